//! The files of `ontology/` agree with each other and with the code, the queries, the data and the goldens.
#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use fazhi::vocab::{CONCEPTS, Scheme};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Term, Triple};

/// Namespace of the terms that fazhi adds.
pub const NS: &str = "https://w3id.org/fazhi/ns#";
pub const OWL_CLASS: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2002/07/owl#Class");
const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn triples(path: &str) -> Vec<Triple> {
    let text = read(path);
    RdfParser::from_format(RdfFormat::Turtle).for_slice(&text).map(|quad| Triple::from(quad.expect(path))).collect()
}

/// The triples of `ontology/fazhi.ttl`.
pub fn fazhi() -> Vec<Triple> {
    triples("ontology/fazhi.ttl")
}

/// IRIs of the terms that `ontology/fazhi.ttl` declares, in order.
pub fn declared() -> BTreeSet<String> {
    let terms = fazhi().into_iter().filter(|triple| triple.predicate == rdf::TYPE);
    terms.filter_map(|triple| subject(&triple).strip_prefix(NS).map(|local| format!("{NS}{local}"))).collect()
}

fn subject(triple: &Triple) -> String {
    match &triple.subject {
        NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
        NamedOrBlankNode::BlankNode(node) => node.to_string(),
    }
}

fn object(triple: &Triple) -> &str {
    match &triple.object {
        Term::NamedNode(node) => node.as_str(),
        Term::Literal(literal) => literal.value(),
        Term::BlankNode(node) => node.as_str(),
    }
}

fn language(triple: &Triple) -> &str {
    match &triple.object {
        Term::Literal(literal) => literal.language().unwrap_or_default(),
        _ => "",
    }
}

/// Files below `folder` that end in `extension`, in order.
fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Local names after each `marker` in `text`.
fn names_after<'a>(text: &'a str, marker: &'a str) -> impl Iterator<Item = &'a str> {
    text.match_indices(marker).map(|(at, _)| {
        let rest = &text[at + marker.len()..];
        &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len())]
    })
}

/// Every term of ours that `text` names, as `fz:name` or in full, but no bare prefix.
fn terms_in(text: &str) -> BTreeSet<String> {
    names_after(text, "fz:")
        .chain(names_after(text, NS))
        .filter(|name| !name.is_empty())
        .map(|name| format!("{NS}{name}"))
        .collect()
}

#[test]
fn every_term_is_labelled_and_explained_in_both_languages() {
    let triples = fazhi();
    for term in declared() {
        for property in [rdfs::LABEL, rdfs::COMMENT] {
            let mut languages: Vec<&str> = triples
                .iter()
                .filter(|triple| subject(triple) == term && triple.predicate == property)
                .map(language)
                .collect();
            languages.sort_unstable();
            assert_eq!(languages, ["en", "zh"], "{term} {property}");
        }
    }
}

#[test]
fn what_files_name_is_declared() {
    let declared = declared();
    let mut paths = files("ontology", "ttl");
    paths.extend(files("ontology", "jsonld"));
    paths.extend(files("ontology", "md"));
    paths.extend(files("queries", "rq"));
    paths.extend(files("tests/golden", "nq"));
    for path in paths {
        let unknown: Vec<_> = terms_in(&read(&path)).difference(&declared).cloned().collect();
        assert!(unknown.is_empty(), "{} names {unknown:?}, which ontology/fazhi.ttl does not declare", path.display());
    }
}

#[test]
fn what_is_declared_is_written() {
    let code: String =
        files("src", "rs").iter().filter(|path| !path.starts_with(root().join("src/vocab"))).map(read).collect();
    let used: BTreeSet<String> = ["class::", "property::"]
        .iter()
        .flat_map(|module| names_after(&code, module).map(move |name| format!("{module}{name}")))
        .collect();
    let triples = fazhi();
    for term in declared() {
        let is_class = triples.iter().any(|triple| subject(triple) == term && triple.object == Term::from(OWL_CLASS));
        let above = triples.iter().any(|triple| {
            object(triple) == term
                && (triple.predicate == rdfs::SUB_CLASS_OF || triple.predicate == rdfs::SUB_PROPERTY_OF)
        });
        let module = if is_class { "class::" } else { "property::" };
        let constant: String = term[NS.len()..]
            .char_indices()
            .flat_map(|(at, c)| (c.is_uppercase() && at > 0).then_some('_').into_iter().chain([c.to_ascii_uppercase()]))
            .collect();
        assert!(
            above || used.contains(&format!("{module}{constant}")),
            "nothing in src writes {term}: take it out or use it"
        );
    }
}

#[test]
fn the_context_knows_every_property_that_is_written() {
    let context: serde_json::Value = serde_json::from_str(&read("ontology/context.jsonld")).expect("it is JSON");
    let terms = context["@context"].as_object().expect("it has a context");
    let known: BTreeSet<String> = terms
        .values()
        .filter_map(|term| term.as_str().or_else(|| term["@id"].as_str()))
        .filter_map(|id| {
            let (prefix, local) = id.split_once(':')?;
            Some(format!("{}{local}", terms.get(prefix)?.as_str()?))
        })
        .collect();
    let mut written = declared();
    for path in files("tests/golden", "nq") {
        let text = read(&path);
        for quad in RdfParser::from_format(RdfFormat::NQuads).for_slice(&text) {
            let quad = quad.expect("a golden is valid");
            if quad.predicate != rdf::TYPE {
                written.insert(quad.predicate.into_string());
            }
        }
    }
    let missing: Vec<_> = written.difference(&known).collect();
    assert!(missing.is_empty(), "ontology/context.jsonld lacks {missing:?}");
}

/// One concept: its scheme, its notation, its labels by property and language.
#[derive(Default)]
struct Concept {
    scheme: String,
    notation: String,
    labels: BTreeMap<(String, String), Vec<String>>,
    related: Vec<String>,
    unit: Option<String>,
}

fn concepts() -> BTreeMap<String, Concept> {
    let mut concepts: BTreeMap<String, Concept> = BTreeMap::new();
    for triple in triples("ontology/categories.ttl") {
        let concept = concepts.entry(subject(&triple)).or_default();
        match triple.predicate.as_str() {
            "https://w3id.org/fazhi/ns#unit" => concept.unit = Some(object(&triple).to_owned()),
            iri => match iri.strip_prefix(SKOS) {
                Some("inScheme") => object(&triple).clone_into(&mut concept.scheme),
                Some("notation") => object(&triple).clone_into(&mut concept.notation),
                Some("broader" | "related") => concept.related.push(object(&triple).to_owned()),
                Some(label @ ("prefLabel" | "altLabel" | "hiddenLabel")) => {
                    let key = (label.to_owned(), language(&triple).to_owned());
                    concept.labels.entry(key).or_default().push(object(&triple).to_owned());
                }
                _ => {}
            },
        }
    }
    concepts.retain(|_, concept| !concept.scheme.is_empty());
    concepts
}

fn in_scheme(scheme: Scheme) -> BTreeMap<String, Concept> {
    let iri = format!("{CONCEPTS}{}", scheme.name());
    concepts()
        .into_values()
        .filter(|concept| concept.scheme == iri)
        .map(|concept| (concept.notation.clone(), concept))
        .collect()
}

#[test]
fn a_concept_is_named_by_its_notation_and_labelled_in_both_languages() {
    let concepts = concepts();
    for (iri, concept) in &concepts {
        let name = concept.scheme.strip_prefix(CONCEPTS);
        let scheme = Scheme::ALL.into_iter().find(|scheme| Some(scheme.name()) == name);
        let scheme = scheme.unwrap_or_else(|| panic!("{iri} is of no scheme that src/vocab knows"));
        assert_eq!(scheme.concept(&concept.notation).as_str(), iri);
        for language in ["zh", "en"] {
            let labels = concept.labels.get(&("prefLabel".to_owned(), language.to_owned()));
            assert_eq!(labels.map_or(0, Vec::len), 1, "{iri} has one label @{language}");
        }
        for other in &concept.related {
            assert!(concepts.contains_key(other), "{iri} refers to {other}, which is not there");
        }
    }
}

#[test]
fn a_cue_tells_one_concept_and_stands_in_its_place() {
    let mut seen: BTreeMap<(String, String), String> = BTreeMap::new();
    for (iri, concept) in concepts() {
        for ((property, language), cues) in &concept.labels {
            if language != "zh" {
                assert_eq!(property, "prefLabel", "{iri}: cues are Chinese");
                continue;
            }
            for pair in cues.windows(2) {
                assert!(pair[0] < pair[1], "{iri}: {} stands before {}: sort by code point", pair[1], pair[0]);
            }
            for cue in cues {
                let other = seen.insert((concept.scheme.clone(), cue.clone()), iri.clone());
                assert!(other.is_none(), "{cue} is a cue of {iri} and of {}", other.unwrap_or_default());
            }
        }
    }
}

#[test]
fn the_ten_fields_are_those_of_the_specification() {
    let categories = in_scheme(Scheme::Category);
    let fields: Vec<&str> = categories.keys().map(String::as_str).filter(|notation| !notation.contains('/')).collect();
    let mut expected = ["functions", "rulemaking", "decision", "enforcement", "emergency"].to_vec();
    expected.extend(["disputes", "oversight", "digital", "leadership", "publicity"]);
    expected.sort_unstable();
    assert_eq!(fields, expected);
    for notation in categories.keys() {
        let (field, part) = notation.split_once('/').unwrap_or((notation, "-"));
        let related = &categories[notation].related;
        let expected = if part == "-" { vec![] } else { vec![Scheme::Category.concept(field).into_string()] };
        assert_eq!(related, &expected, "{notation} stands below its field");
    }
}

#[test]
fn an_indicator_has_a_unit_and_a_field() {
    let units = in_scheme(Scheme::UnitOfMeasure);
    let indicators = in_scheme(Scheme::Indicator);
    assert!(indicators.len() >= 60);
    for (notation, indicator) in indicators {
        let unit = indicator.unit.unwrap_or_default();
        assert!(units.contains_key(&unit), "{notation}: {unit} is no unit of measure");
        assert_eq!(indicator.related.len(), 1, "{notation} belongs to one field");
    }
}

#[test]
fn body_types_of_the_data_are_concepts() {
    let types = in_scheme(Scheme::BodyType);
    for path in files("data/bodies", "csv") {
        let mut reader = csv::Reader::from_path(&path).expect("the table can be read");
        let column =
            reader.headers().expect("it has a header").iter().position(|name| name == "type").expect("it has types");
        for record in reader.records() {
            let record = record.expect("a row");
            let kind = record[column].to_owned();
            assert!(types.contains_key(&kind), "{}: {kind} is no concept of body-type", path.display());
        }
    }
}

#[test]
fn the_prefixes_are_those_of_the_files() {
    let ours: BTreeMap<&str, &str> = fazhi::vocab::PREFIXES.iter().copied().collect();
    let context: serde_json::Value = serde_json::from_str(&read("ontology/context.jsonld")).expect("it is JSON");
    for (prefix, iri) in context["@context"].as_object().expect("it has a context") {
        if let Some(iri) = iri.as_str().filter(|iri| iri.starts_with("http")) {
            assert_eq!(ours.get(prefix.as_str()), Some(&iri), "prefix {prefix} of ontology/context.jsonld");
        }
    }
    assert!(read("ontology/fazhi.ttl").contains(&format!("@prefix fz: <{}>", ours["fz"])), "法治");
}
