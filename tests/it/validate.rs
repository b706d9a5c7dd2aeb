//! Does `fazhi validate` find what breaks the shapes, and nothing else?
//!
//! `tests/shapes/whole.ttl` is a small graph that conforms; `tests/shapes/seeds.txt` breaks every demand of `ontology/shapes.ttl`
//! once, and says by hand what must be found.

#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use fazhi::describe::Base;
use fazhi::validate::{Error, Notation, Options, Report, Severity, Shapes, queries, rdf, triples, validate};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, GraphNameRef, NamedNode, NamedOrBlankNode, Quad, Term};
use oxigraph::store::Store;

use crate::program::{output, page, run, text};

const PREFIXES: &str = "@base <https://w3id.org/fazhi/id/> . @prefix dcterms: <http://purl.org/dc/terms/> .
    @prefix concept: <https://w3id.org/fazhi/concept/> . @prefix shape: <https://w3id.org/fazhi/shape/> .
    @prefix eli: <http://data.europa.eu/eli/ontology#> . @prefix fz: <https://w3id.org/fazhi/ns#> .
    @prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> . @prefix org: <http://www.w3.org/ns/org#> .
    @prefix prov: <http://www.w3.org/ns/prov#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix sh: <http://www.w3.org/ns/shacl#> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix : <x:> . ";

/// The names that seeds use for the things of the small graph.
const NAMES: [(&str, &str); 15] = [
    ("R", "<report/990101-2023-0123456789ab>"),
    ("M", "<report/990101-2023-0123456789ab#u19-60>"),
    ("P", "<report/990101-2023-0123456789ab#u61-68>"),
    ("Q", "<report/990101-2023-0123456789ab#u69-76>"),
    ("C", "<report/990101-2023-0123456789ab#c25-32>"),
    ("F", "<report/990101-2023-0123456789ab#f41-44>"),
    ("G", "<report/990101-2023-0123456789ab#f49-52>"),
    ("H", "<report/990101-2023-0123456789ab#f56-59>"),
    ("B", "<report/990101-2023-0123456789ab#b19-23>"),
    ("X", "<report/990101-2023-0123456789ab#x56-59-rate>"),
    (
        "K",
        "<audit#copied_passage/report/990101-2023-0123456789ab/u61-68/61-68/report/990102-2022-0123456789ab/u10-18/11-18>",
    ),
    ("D", "<document/中华人民共和国行政复议法>"),
    ("S", "<body/990101/青梧县司法局>"),
    ("N", "<region/990101>"),
    ("I", "<https://w3id.org/fazhi/concept/indicator/review-correction-rate>"),
];

fn quads(turtle: &str) -> Vec<Quad> {
    let parser = RdfParser::from_format(RdfFormat::Turtle);
    parser.for_slice(turtle).map(|quad| quad.unwrap_or_else(|error| panic!("{turtle}: {error}"))).collect()
}

fn file(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

fn whole() -> Store {
    let store = Store::new().unwrap();
    store.extend(quads(&file("tests/shapes/whole.ttl"))).unwrap();
    store
}

fn check(store: &Store, shapes: &Shapes) -> Report {
    validate(store, shapes, &Options::default()).unwrap()
}

/// A text of a seed with its names written out.
fn written_out(text: &str) -> String {
    let word = |word: &str| match NAMES.iter().find(|(name, _)| *name == word) {
        Some((_, iri)) => (*iri).to_owned(),
        None if word == "Y" => "<https://w3id.org/fazhi/concept/category>".to_owned(),
        None => match word.strip_prefix("concept:") {
            Some(path) => {
                let (path, comma) = path.strip_suffix(',').map_or((path, ""), |path| (path, ","));
                format!("<https://w3id.org/fazhi/concept/{path}>{comma}")
            }
            None => word.to_owned(),
        },
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// One line of `seeds.txt`.
struct Seed {
    line: String,
    /// Shape, component and node of what must be found, in order.
    expected: Vec<(String, String, String)>,
    taken: Vec<String>,
    put: Vec<String>,
}

fn seeds() -> Vec<Seed> {
    let text = file("tests/shapes/seeds.txt");
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let mut parts = line.split(" | ");
            let found = |text: &str| {
                let [shape, component, node] = text.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
                (shape.to_owned(), format!("sh:{component}ConstraintComponent"), term(node))
            };
            let mut seed = Seed { line: line.to_owned(), expected: vec![], taken: vec![], put: vec![] };
            seed.expected.push(found(parts.next().unwrap()));
            for part in parts {
                match part.split_once(' ').unwrap() {
                    ("-", text) => seed.taken.push(written_out(text)),
                    ("+", text) => seed.put.push(written_out(text)),
                    ("&", text) => seed.expected.push(found(text)),
                    _ => panic!("{line}"),
                }
            }
            seed.expected.sort();
            seed
        })
        .collect()
}

/// A node as a seed names it, in full; all blank nodes are alike.
fn term(node: &str) -> String {
    if node.starts_with("_:") {
        return "_:".to_owned();
    }
    quads(&format!("{PREFIXES}{} a rdfs:Resource .", written_out(node)))[0].subject.to_string()
}

fn break_it(store: &Store, seed: &Seed) {
    for taken in &seed.taken {
        let before = store.len().unwrap();
        if let Some(pattern) = taken.strip_suffix(" *") {
            let pattern = &quads(&format!("{PREFIXES}{pattern} 0 ."))[0];
            let found =
                store.quads_for_pattern(Some(pattern.subject.as_ref()), Some(pattern.predicate.as_ref()), None, None);
            for quad in found.collect::<Result<Vec<_>, _>>().unwrap() {
                store.remove(&quad).unwrap();
            }
        } else {
            for quad in &quads(&format!("{PREFIXES}{taken} .")) {
                store.remove(quad).unwrap();
            }
        }
        assert!(store.len().unwrap() < before, "{}: nothing is taken out by {taken}", seed.line);
    }
    for put in &seed.put {
        store.extend(quads(&format!("{PREFIXES}{put} ."))).unwrap();
    }
}

/// Shape, component and node of all that is found, in order.
fn found(report: &Report) -> Vec<(String, String, String)> {
    let short = |iri: String| {
        let prefixes = [("https://w3id.org/fazhi/shape/", "shape:"), ("http://www.w3.org/ns/shacl#", "sh:")];
        prefixes.iter().fold(iri, |iri, (namespace, prefix)| iri.replace(namespace, prefix)).replace(['<', '>'], "")
    };
    let node = |term: &Term| if let Term::BlankNode(_) = term { "_:".to_owned() } else { term.to_string() };
    let violations = report.violations.iter();
    let mut found: Vec<_> = violations
        .map(|violation| {
            (short(violation.shape.to_string()), short(violation.component.to_string()), node(&violation.focus))
        })
        .collect();
    found.sort();
    found
}

#[test]
fn the_small_graph_conforms() {
    let report = check(&whole(), &Shapes::own().unwrap());
    assert!(report.conforms(), "{:#?}", report.violations);
    assert!(report.checked > 180, "{}", report.checked);
}

#[test]
fn a_broken_demand_is_found_and_nothing_else() {
    let shapes = Shapes::own().unwrap();
    let mut wrong = Vec::new();
    for seed in seeds() {
        let store = whole();
        break_it(&store, &seed);
        let found = found(&check(&store, &shapes));
        if found != seed.expected {
            wrong.push(format!("{}\n    found {found:?}", seed.line));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_demand_of_the_shapes_is_broken_by_a_seed() {
    let mut demands: Vec<(String, String)> =
        queries(&Shapes::own().unwrap()).unwrap().into_iter().map(|(shape, component, _)| (shape, component)).collect();
    for seed in seeds() {
        let line = &seed.line;
        let mut words = line.split(' ');
        let demand = (words.next().unwrap().to_owned(), format!("{}ConstraintComponent", words.next().unwrap()));
        let at = demands.iter().position(|known| *known == demand);
        demands.remove(at.unwrap_or_else(|| panic!("{line}: the shapes have no such demand, or fewer of them")));
    }
    assert!(demands.is_empty(), "no seed in tests/shapes/seeds.txt breaks {demands:?}");
}

#[test]
fn shapes_of_the_ontology_have_names() {
    for (shape, component, _) in queries(&Shapes::own().unwrap()).unwrap() {
        assert!(shape.starts_with("shape:"), "{shape} {component}: give the property shape an IRI");
    }
}

#[test]
fn every_component_has_words_in_both_languages() {
    let words = quads(&file("ontology/components.ttl"));
    let code = file("src/validate/shape.rs");
    let names = code.split('"').filter(|word| word.ends_with("Component") && !word.contains(' '));
    let mut counted = 0;
    for name in names {
        let iri = format!("http://www.w3.org/ns/shacl#{name}");
        let said = words.iter().filter(|quad| quad.subject == NamedOrBlankNode::from(NamedNode::new(&iri).unwrap()));
        let languages: BTreeSet<&str> = said
            .filter_map(|quad| match &quad.object {
                Term::Literal(literal) => literal.language(),
                _ => None,
            })
            .collect();
        assert_eq!(languages, BTreeSet::from(["en", "zh"]), "{name} in ontology/components.ttl");
        counted += 1;
    }
    assert!(counted >= 30, "{counted}");
}

/// What shapes written in Turtle find in a graph written in Turtle: local names of component and node, and the value.
fn with(shape: &str, data: &str) -> Vec<String> {
    let store = Store::new().unwrap();
    store.extend(quads(&format!("{PREFIXES}{data}"))).unwrap();
    let shapes = Shapes::parse("test", &format!("{PREFIXES}{shape}")).unwrap();
    let local = |text: String| text.rsplit(['#', ':']).next().unwrap_or_default().replace('>', "");
    let report = check(&store, &shapes);
    let violations = report.violations.iter().map(|violation| {
        let value = violation.value.as_ref().map(|value| format!(" {}", local(value.to_string()))).unwrap_or_default();
        let component = local(violation.component.to_string()).replace("ConstraintComponent", "");
        format!("{component} {}{value}", local(violation.focus.to_string()))
    });
    violations.collect()
}

#[test]
fn demands_that_our_own_shapes_do_not_make_are_understood_too() {
    let on = |shape: &str| format!(":s a sh:NodeShape ; sh:targetClass :T ; sh:property [ sh:path :p ; {shape} ] .");
    let two = ":a a :T ; :p 1 . :b a :T ; :p 5 .";
    assert_eq!(with(&on("sh:minExclusive 1"), two), ["MinExclusive a integer"]);
    assert_eq!(with(&on("sh:maxExclusive 5"), two), ["MaxExclusive b integer"]);
    assert_eq!(with(&on("sh:hasValue 5"), two), ["HasValue a"]);
    assert_eq!(with(&on("sh:not [ sh:datatype xsd:integer ; sh:maxInclusive 3 ]"), two), ["Not a integer"]);
    assert_eq!(with(&on("sh:and ( [ sh:minInclusive 1 ] [ sh:maxInclusive 3 ] )"), two), ["And b integer"]);
    assert_eq!(with(&on("sh:xone ( [ sh:minInclusive 1 ] [ sh:maxInclusive 3 ] )"), two), ["Xone a integer"]);
    assert_eq!(
        with(&on("sh:equals :q"), ":a a :T ; :p :x ; :q :x . :b a :T ; :p :x ; :q :y ."),
        ["Equals b x", "Equals b y"]
    );
    assert_eq!(with(&on("sh:lessThan :q"), ":a a :T ; :p 1 ; :q 2 . :b a :T ; :p 2 ; :q 2 ."), ["LessThan b integer"]);
    assert_eq!(
        with(&on("sh:maxLength 2"), ":a a :T ; :p \"甲乙\" . :b a :T ; :p \"甲乙丙\" ."),
        ["MaxLength b \"甲乙丙\""]
    );
    let node = "sh:node [ sh:property [ sh:path :q ; sh:minCount 1 ] ]";
    assert_eq!(with(&on(node), ":a a :T ; :p :x . :x :q 1 . :b a :T ; :p :y ."), ["Node b y"]);
    let qualified = "sh:qualifiedValueShape [ sh:class :K ] ; sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 1";
    let data = ":a a :T ; :p :x, :z . :b a :T ; :p :z . :c a :T ; :p :x, :y . :x a :K . :y a :K .";
    assert_eq!(with(&on(qualified), data), ["QualifiedMinCount b", "QualifiedMaxCount c"]);
    let closed =
        ":s sh:targetNode :a ; sh:closed true ; sh:ignoredProperties ( rdf:type ) ; sh:property [ sh:path :p ] .";
    assert_eq!(with(closed, ":a a :T ; :p :x ; :q :y ."), ["Closed a y"]);
    // An instance of a class below is an instance, as target and as value.
    let below = ":K2 rdfs:subClassOf :K . :T2 rdfs:subClassOf :T . :a a :T2 ; :p :x . :x a :K2 . :b a :T2 ; :p :y .";
    assert_eq!(with(&on("sh:class :K"), below), ["Class b y"]);
}

#[test]
fn paths_lead_from_a_node_to_its_values() {
    let on = |path: &str| {
        format!(
            ":s a sh:NodeShape ; sh:targetClass :T ; sh:property [ sh:path {path} ; sh:maxCount 1 ; sh:class :K ] ."
        )
    };
    let data = ":a a :T ; :p :b . :b :q :c . :c a :K . :d a :T ; :p :e, :f . :e :q :g . :f :q :h . :g a :K . :h a :K . :i :r :a .";
    assert_eq!(with(&on("( :p :q )"), data), ["MaxCount d"]);
    assert_eq!(with(&on("[ sh:inversePath :r ]"), data), ["Class a i"]);
    assert_eq!(with(&on("[ sh:alternativePath ( :q :r ) ]"), data), Vec::<String>::new());
    assert_eq!(
        with(&on("[ sh:oneOrMorePath [ sh:alternativePath ( :p :q ) ] ]"), data),
        ["Class a b", "Class d e", "Class d f", "MaxCount a", "MaxCount d"]
    );
    assert_eq!(with(&on("( [ sh:zeroOrOnePath :p ] :q )"), data), ["MaxCount d"]);
}

#[test]
fn what_is_not_understood_is_named() {
    let error = |text: &str| Shapes::parse("mine.ttl", &format!("{PREFIXES}{text}")).unwrap_err().to_string();
    let said = error(":s a sh:NodeShape ; sh:targetClass :T ; sh:minCont 1 .");
    assert!(said.contains("<x:s>") || said.contains("x:s"), "{said}");
    assert!(said.contains("sh:minCont") && said.contains("did you mean sh:minCount"), "{said}");
    assert!(error(":s sh:targetClass :T ; sh:rule [ ] .").contains("sh:rule"), "a rule of SHACL-AF");
    assert!(error(":s sh:target [ sh:select \"\" ] .").contains("sh:target"), "a target of SHACL-AF");
    assert!(
        error(":s a sh:NodeShape ; sh:property [ sh:path :p ; sh:minCount 1 ] .").contains("no shape with a target")
    );
    assert!(error(":s sh:targetClass :T ; sh:node :s .").contains("refers to itself"));
    assert!(error(":s sh:targetClass :T ; sh:not [ sh:node :s ] .").contains("refers to itself"));
    assert!(
        error(":s sh:targetClass :T ; sh:property [ sh:path :p ; sh:minCount \"one\" ] .").contains("a whole number")
    );
    assert!(
        error(":s sh:targetClass :T ; sh:property [ sh:path :p ; sh:pattern \"(\" ] .")
            .contains("a regular expression")
    );
    let broken =
        Shapes::parse("mine.ttl", "@prefix sh: <http://www.w3.org/ns/shacl#> .\n\n<x:s> sh:in ( 1 2 .").unwrap_err();
    assert!(broken.to_string().starts_with("mine.ttl is not valid Turtle at line 3, column "), "{broken}");
    let minus =
        ":s sh:targetClass :T ; sh:sparql [ sh:select \"SELECT $this { $this ?p ?o MINUS { $this :p 1 } }\" ] .";
    assert!(error(minus).contains("MINUS"));
    let circle = ":s sh:targetClass :T ; sh:in _:l . _:l rdf:first 1 ; rdf:rest _:l .";
    assert!(error(circle).contains("without a circle"));
    assert!(matches!(Shapes::open(Path::new("no/such.ttl")), Err(Error::File { .. })));
}

#[test]
fn a_report_is_the_same_in_every_notation() {
    let store = whole();
    for seed in seeds().iter().filter(|seed| seed.taken.is_empty()) {
        break_it(&store, seed);
    }
    let report = check(&store, &Shapes::own().unwrap());
    assert!(report.count() > 20);
    let base = Base::default();
    let said: BTreeSet<String> = triples(&report, &base).unwrap().iter().map(ToString::to_string).collect();
    assert!(said.iter().any(|triple| triple.contains("shacl#conforms> \"false\"")));
    let results = said.iter().filter(|triple| triple.contains("shacl#focusNode>")).count();
    assert_eq!(results, report.count(), "each violation has an IRI of its own");
    let formats = [
        (Notation::Turtle, RdfFormat::Turtle),
        (Notation::NTriples, RdfFormat::NTriples),
        (Notation::JsonLd, RdfFormat::JsonLd { profile: oxigraph::io::JsonLdProfileSet::empty() }),
    ];
    for (notation, format) in formats {
        let mut out = Vec::new();
        rdf(&report, &base, notation, &mut out).unwrap();
        let read = RdfParser::from_format(format).for_reader(out.as_slice());
        let read: BTreeSet<String> = read
            .map(|quad| {
                let quad = quad.unwrap();
                assert_eq!(quad.graph_name, GraphName::DefaultGraph);
                format!("{} {} {}", quad.subject, quad.predicate, quad.object)
            })
            .collect();
        assert_eq!(read, said, "{notation:?}");
    }
}

#[test]
fn severity_and_limit_leave_out_what_they_say() {
    let store = whole();
    let warning = seeds().into_iter().find(|seed| seed.line.starts_with("shape:Rate ")).unwrap();
    break_it(&store, &warning);
    let shapes = Shapes::own().unwrap();
    let with = |severity, limit| validate(&store, &shapes, &Options { severity, limit, ..Options::default() }).unwrap();
    assert_eq!(with(Severity::Info, 10).count(), 1);
    assert_eq!(with(Severity::Warning, 10).count(), 1);
    assert!(with(Severity::Violation, 10).conforms());
    let none = ":s a sh:NodeShape ; sh:targetSubjectsOf rdf:type ; sh:property [ sh:path :none ; sh:minCount 1 ] .";
    let shapes = Shapes::parse("test", &format!("{PREFIXES}{none}")).unwrap();
    let all = check(&store, &shapes);
    let few = validate(&store, &shapes, &Options { limit: 3, ..Options::default() }).unwrap();
    assert_eq!((few.count(), few.violations.len(), few.left_off()), (all.count(), 3, all.count() - 3));
    assert_eq!(few.violations[..], all.violations[..3], "the first by name, whatever the limit");
}

#[test]
fn the_program_says_what_is_wrong_where_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let (pages, store) = (folder.path().join("pages"), folder.path().join("store"));
    fs::create_dir(&pages).unwrap();
    fs::write(pages.join("a.txt"), page(1)).unwrap();
    output(&["build", "--store", text(&store), text(&pages)]);
    let store = ["validate", "--store", text(&store)];
    let said = output(&store);
    assert!(said.starts_with("符合") && said.contains("conforms"), "{said}");
    let shapes = folder.path().join("mine.ttl");
    let mine =
        ":s a sh:NodeShape ; sh:targetClass fz:Figure ; sh:property :p . :p sh:path fz:value ; sh:maxInclusive 10 ;
        sh:message \"十件以上要核实\"@zh, \"check what is above ten\"@en .";
    fs::write(&shapes, format!("{PREFIXES}{mine}")).unwrap();
    let with = |more: &[&str]| run(&[&store[..], &["--shapes", text(&shapes)], more].concat());
    let done = with(&[]);
    assert_eq!(done.code, 4, "{}", done.err);
    for part in [
        "不符合",
        "十件以上要核实",
        "check what is above ten",
        "武山县",
        "fz:value",
        "11",
        "fazhi explain 620524-2019-",
        "原文",
    ] {
        assert!(done.out.contains(part), "{part}: {}", done.out);
    }
    let few = with(&["--limit", "1"]);
    assert!(few.out.contains("--limit") && few.out.len() < done.out.len(), "{}", few.out);
    let json: serde_json::Value = serde_json::from_str(&with(&["--format", "json", "--limit", "1"]).out).unwrap();
    assert_eq!(json["conforms"], false);
    assert_eq!(json["count"].as_u64().unwrap(), json["left_off"].as_u64().unwrap() + 1);
    assert_eq!(json["results"][0]["message"]["zh"], "十件以上要核实");
    let table = with(&["--format", "csv"]).out;
    assert!(table.starts_with("severity,shape,component,report,"), "{table}");
    assert_eq!(table.lines().count() as u64, json["count"].as_u64().unwrap() + 1);
    assert_eq!(with(&["--format", "turtle"]).out, with(&["--format", "turtle"]).out);

    fs::write(&shapes, "@prefix sh: <http://www.w3.org/ns/shacl#> .\n<x:s> sh:targetClass .").unwrap();
    let done = with(&[]);
    assert_eq!(done.code, 1);
    assert!(done.err.contains("line 2"), "{}", done.err);
    let done = run(&[&store[..], &["--shapes", "no/such.ttl"]].concat());
    assert!(done.code == 1 && done.err.contains("no/such.ttl"), "{}", done.err);
    let done = run(&["validate", "--store", text(&folder.path().join("none"))]);
    assert!(done.code == 1 && done.err.contains("there is no store"), "{}", done.err);
}

#[test]
fn the_samples_conform_after_an_audit() {
    let dir = tempfile::tempdir().unwrap();
    let store = text(&dir.path().join("store")).to_owned();
    output(&["build", "--quiet", "--store", &store, text(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/reports"))]);
    let audited = output(&["audit", "--store", &store]);
    assert!(audited.contains("copied_passage"), "{audited}");
    let done = run(&["validate", "--store", &store]);
    assert!(done.code == 0, "{}{}", done.out, done.err);
}

#[test]
fn a_store_without_reports_conforms() {
    assert!(check(&Store::new().unwrap(), &Shapes::own().unwrap()).conforms());
    let store = Store::new().unwrap();
    let ontology = fazhi::describe::ontology().unwrap();
    store.extend(ontology.iter().map(|triple| triple.as_ref().in_graph(GraphNameRef::DefaultGraph))).unwrap();
    let report = check(&store, &Shapes::own().unwrap());
    assert!(report.conforms(), "{:#?}", report.violations);
}
