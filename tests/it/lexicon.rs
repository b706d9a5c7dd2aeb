//! Do the tables of cues mean what they are for? Their form, and an example of every rule at work.
#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fazhi::lexicon::Lexicon;
use fazhi::read::Document;
use fazhi::report::{How, Report};
use fazhi::text::Text;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedOrBlankNode, Term};

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn lexicon() -> &'static Lexicon {
    Lexicon::shared().expect("the tables fit their schemas")
}

/// What is found in one paragraph of a report of 武山县.
fn extract(words: &str) -> Report {
    let frame = "武山县人民政府关于2021年度法治政府建设情况的报告\n一、工作情况\n";
    let mut report = fazhi::extract(&Document { text: format!("{frame}{words}\n"), ..Document::default() }, lexicon());
    report.bodies.retain(|body| body.span.start >= frame.chars().count());
    report
}

/// The files of cues; the others under `data/` are tables with tests of their own.
const CUES: &[&str] = &[
    "data/audit.toml",
    "data/bodies/rules.toml",
    "data/citations.toml",
    "data/dates.toml",
    "data/figures.toml",
    "data/formulas.toml",
    "data/genre.toml",
    "data/metadata.toml",
    "data/outline.toml",
    "data/page_labels.toml",
    "data/relations.toml",
];

/// Every list of words in a table, by its path.
fn lists(name: &str, value: &toml::Value, found: &mut BTreeMap<String, Vec<String>>) {
    match value {
        toml::Value::Array(items) => {
            for item in items {
                match item {
                    toml::Value::String(word) => found.entry(name.to_owned()).or_default().push(word.clone()),
                    toml::Value::Table(table) => {
                        let word = table.get("word").and_then(toml::Value::as_str);
                        if let Some(word) = word {
                            found.entry(format!("{name}.word")).or_default().push(word.to_owned());
                        } else {
                            let number = found.len();
                            lists(&format!("{name}[{number}]"), item, found);
                        }
                    }
                    _ => {}
                }
            }
        }
        toml::Value::Table(table) => {
            for (key, value) in table {
                lists(&format!("{name}.{key}"), value, found);
            }
        }
        _ => {}
    }
}

fn cue_lists() -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    for path in CUES {
        let table: toml::Table = read(path).parse().unwrap_or_else(|error| panic!("{path}: {error}"));
        lists(path, &toml::Value::Table(table), &mut found);
    }
    found
}

#[test]
fn every_file_of_cues_is_looked_at() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let entries = std::fs::read_dir(folder).expect("data is there");
    let names = entries.map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned());
    let is_table = |name: &String| Path::new(name).extension().is_some_and(|extension| extension == "toml");
    // What the readers need stands in raw text, before it is folded, and is tested beside them.
    let of_readers = |name: &str| matches!(name, "columns.toml" | "html.toml" | "numbering.toml" | "pdf.toml");
    // Sentences for people, and what an editor proposes, are no cues.
    let of_people = |name: &str| matches!(name, "rules.toml" | "search.toml" | "sentences.toml" | "words.toml");
    for name in names.filter(|name| is_table(name) && !of_readers(name) && !of_people(name)) {
        assert!(CUES.contains(&format!("data/{name}").as_str()), "data/{name} is in no test");
    }
}

#[test]
fn no_cue_stands_twice_in_its_list() {
    let mut twice = Vec::new();
    for (list, words) in cue_lists() {
        let mut seen = BTreeSet::new();
        for word in words {
            if !seen.insert(word.clone()) {
                twice.push(format!("{word} in {list}"));
            }
        }
    }
    assert!(twice.is_empty(), "these stand twice: {}", twice.join(", "));
}

#[test]
fn cues_stand_in_the_folded_form() {
    let mut unfolded = Vec::new();
    // data/dates.toml lists how digits are printed, to be read before anything is folded; patterns are no words, and their
    // examples are as printed.
    let is_printed = |list: &str| list.starts_with("data/dates.toml") || list.starts_with("data/citations.toml.number");
    for (list, words) in cue_lists().into_iter().filter(|(list, _)| !is_printed(list)) {
        for word in words {
            if Text::new(&word).folded() != word {
                unfolded.push(format!("{word:?} in {list}"));
            }
            // Two bodies are joined by nothing, too.
            let may_be_empty = list.rsplit('.').next() == Some("joins");
            assert!(may_be_empty || !word.is_empty(), "{list} has an empty word, which stands everywhere");
        }
    }
    assert!(unfolded.is_empty(), "the text is compared in its folded form: {}", unfolded.join(", "));
}

/// Words by property (`prefLabel`) of the concepts of a scheme, by notation.
fn labels(scheme: &str) -> BTreeMap<String, Vec<(String, String)>> {
    let text = read("ontology/categories.ttl");
    let mut found: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(&text) {
        let quad = quad.expect("ontology/categories.ttl is Turtle");
        let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
        let Some(notation) = subject.as_str().strip_prefix(&format!("{}{scheme}/", fazhi::vocab::CONCEPTS)) else {
            continue;
        };
        let labels = found.entry(notation.to_owned()).or_default();
        if let (Some(property), Term::Literal(label)) =
            (quad.predicate.as_str().strip_prefix("http://www.w3.org/2004/02/skos/core#"), &quad.object)
            && label.language() == Some("zh")
        {
            labels.push((property.to_owned(), label.value().to_owned()));
        }
    }
    found
}

#[test]
fn cue_words_of_concepts_stand_in_the_folded_form() {
    for scheme in ["category", "indicator"] {
        for (notation, labels) in labels(scheme) {
            for (property, word) in labels.iter().filter(|(property, _)| property.ends_with("Label")) {
                assert_eq!(Text::new(word).folded(), word, "{property} of {scheme}/{notation}");
            }
        }
    }
}

#[test]
fn a_cue_word_tells_one_category() {
    let mut meaning: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (notation, labels) in labels("category") {
        let first_level = notation.split('/').next().unwrap_or(&notation).to_owned();
        for (property, word) in labels {
            if property.ends_with("Label") {
                meaning.entry(word).or_default().insert(first_level.clone());
            }
        }
    }
    let doubtful: Vec<_> = meaning.iter().filter(|(_, categories)| categories.len() > 1).collect();
    assert!(doubtful.is_empty(), "these words tell several categories, and the last one read wins: {doubtful:?}");
}

/// A row of the tables of bodies.
struct Body {
    name: String,
    forms: Vec<String>,
    kind: String,
    bare: Vec<String>,
}

fn bodies() -> Vec<Body> {
    let list = |cell: Option<&str>| -> Vec<String> {
        cell.unwrap_or_default().split(';').filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    let mut found = Vec::new();
    for path in ["data/bodies/bodies.csv", "data/bodies/national.csv"] {
        let text = read(path);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        for row in reader.records() {
            let row = row.unwrap_or_else(|error| panic!("{path}: {error}"));
            let cell = |at: usize| row.get(at).map(str::to_owned).unwrap_or_default();
            found.push(Body { name: cell(0), forms: list(row.get(1)), kind: cell(2), bare: list(row.get(3)) });
        }
    }
    found
}

#[test]
fn every_type_of_body_is_a_concept() {
    let types = labels("body-type");
    assert!(types.len() > 30, "{} types", types.len());
    for body in bodies() {
        assert!(types.contains_key(&body.kind), "{} of {} is no body type of the ontology", body.kind, body.name);
    }
    for tail in &lexicon().bodies.rules.tails {
        assert!(types.contains_key(&tail.kind), "{} of the tail {} is no body type", tail.kind, tail.word);
    }
}

#[test]
fn bodies_of_one_form_are_of_one_type() {
    let (mut names, mut types, mut bare) = (BTreeSet::new(), BTreeMap::new(), BTreeMap::new());
    for body in bodies() {
        assert!(names.insert(body.name.clone()), "{} stands twice", body.name);
        let unique: BTreeSet<&String> = body.forms.iter().collect();
        assert_eq!(unique.len(), body.forms.len(), "{} has a form twice", body.name);
        for form in &body.forms {
            let kind: &mut String = types.entry(form.clone()).or_insert_with(|| body.kind.clone());
            assert_eq!(*kind, body.kind, "{form} of {} is a form of another type too", body.name);
            assert_eq!(Text::new(form).folded(), form, "form of {}", body.name);
        }
        for form in &body.bare {
            let other: Option<String> = bare.insert(form.clone(), body.name.clone());
            assert!(other.is_none(), "{form} means {} and {}", other.unwrap_or_default(), body.name);
        }
    }
}

#[test]
fn every_form_of_a_county_body_is_found_behind_its_county() {
    // A form that begins with the unit stands behind any region; 县 is the commonest.
    let missed = |form: &String, body: &Body| -> Option<String> {
        let spelled = form.replace("{d}", "县");
        let found = extract(&format!("会议明确由{spelled}，承担有关法治建设的日常协调工作。"));
        let whole = found.bodies.iter().any(|mention| mention.quote == spelled);
        (!whole).then(|| format!("{spelled} of {}: {:?}", body.name, found.bodies))
    };
    let mut failures = Vec::new();
    for body in bodies().iter().filter(|body| body.name.contains("{r}")) {
        failures.extend(body.forms.iter().filter(|form| form.starts_with("{d}")).filter_map(|form| missed(form, body)));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_tail_makes_a_name() {
    let mut failures = Vec::new();
    for tail in &lexicon().bodies.rules.tails {
        let name = format!("武山县清源河{}", tail.word);
        let found = extract(&format!("经研究决定成立{name}，负责日常工作。"));
        let names: Vec<&str> = found.bodies.iter().map(|body| body.name.as_str()).collect();
        let full = format!("武山县清源河{}", tail.full.as_ref().unwrap_or(&tail.word));
        if names != [full.as_str()] {
            failures.push(format!("{name}: {names:?}"));
        }
    }
    assert!(failures.is_empty(), "tails that make no name:\n{}", failures.join("\n"));
}

#[test]
fn general_words_make_no_name() {
    let mut failures = Vec::new();
    for word in &lexicon().bodies.rules.left.generic {
        let found = extract(&format!("全年召开会议，{word}领导小组负责日常工作。"));
        failures.extend(found.bodies.iter().map(|body| format!("{} of {word}领导小组", body.quote)));
    }
    assert!(failures.is_empty(), "no bodies in particular: {}", failures.join(", "));
}

#[test]
fn titles_of_works_and_periodicals_are_no_citations() {
    let (cues, mut failures) = (&lexicon().citations, Vec::new());
    let mut sentences: Vec<String> =
        cues.refused_after.iter().map(|word| format!("推出《远山的回声》{word}一批。")).collect();
    sentences.extend(cues.refused_before.iter().map(|word| format!("先后推出{word}《远山的回声》一批。")));
    sentences.extend(cues.periodicals.iter().map(|word| format!("有关做法见于《远山{word}》第二版面。")));
    for sentence in sentences {
        if !extract(&sentence).citations.is_empty() {
            failures.push(sentence);
        }
    }
    assert!(failures.is_empty(), "these cite no document:\n{}", failures.join("\n"));
}

#[test]
fn every_word_that_refers_back_does_so() {
    let mut failures = Vec::new();
    for word in &lexicon().citations.anaphors {
        let found = extract(&format!("县政府印发《武山县远山{word}》，各单位对照《{word}》逐条落实。"));
        let last = found.citations.last().map(|citation| (citation.how, citation.title.clone()));
        if last != Some((How::Anaphor, format!("武山县远山{word}"))) {
            failures.push(format!("{word}: {last:?}"));
        }
    }
    assert!(failures.is_empty(), "these do not refer back:\n{}", failures.join("\n"));
}

#[test]
fn a_law_is_not_named_inside_other_words() {
    let (cues, mut failures) = (&lexicon().citations, Vec::new());
    for word in &cues.bare_refused_after {
        let words = format!("宪法{word}");
        if !cues.bare_allowed_after.iter().any(|allowed| allowed.starts_with(word.as_str())) {
            let found = extract(&format!("全县各单位参观{words}，受到教育。"));
            failures.extend(found.citations.iter().map(|citation| format!("{} in {words}", citation.quote)));
        }
    }
    for word in &cues.bare_allowed_after {
        let found = extract(&format!("全县各单位遵守宪法{word}的各项原则。"));
        if found.citations.len() != 1 {
            failures.push(format!("nothing in 宪法{word}"));
        }
    }
    assert!(failures.is_empty(), "found where no law is named, or not found where one is: {}", failures.join(", "));
}

#[test]
fn numbers_that_report_nothing_are_no_figures() {
    let (cues, mut failures) = (&lexicon().figures, Vec::new());
    let mut sentences: Vec<String> =
        cues.refused.phrases.iter().map(|phrase| format!("全县认真落实{phrase}的要求。")).collect();
    sentences.extend(cues.refused.standards.iter().map(|word| format!("办理时限{word}3次，由各单位执行。")));
    for sentence in sentences {
        failures.extend(extract(&sentence).figures.iter().map(|figure| format!("{} of {sentence}", figure.quote)));
    }
    assert!(failures.is_empty(), "these report no figure:\n{}", failures.join("\n"));
}

#[test]
fn every_unit_makes_a_figure() {
    let mut failures = Vec::new();
    let cues = &lexicon().figures;
    for unit in &cues.units {
        // Times are counted where they are saved.
        let deed = if cues.refused.spans.contains(unit) { "共压缩办理时限" } else { "共办理有关事项" };
        let found = extract(&format!("全县{deed}37{unit}，同比有所增长。"));
        let quotes: Vec<&str> = found.figures.iter().map(|figure| figure.quote.as_str()).collect();
        if quotes != [format!("37{unit}")] {
            failures.push(format!("37{unit}: {quotes:?}"));
        }
    }
    assert!(failures.is_empty(), "units that make no figure: {failures:?}");
}

#[test]
fn names_that_are_words_are_names() {
    let lexicon = lexicon();
    let idle = |word: &&String| lexicon.regions.short_named(word, None).is_empty();
    let idle: Vec<&String> = lexicon.relations.foreign_region.words.iter().filter(idle).collect();
    assert!(idle.is_empty(), "no region is called so for short: {idle:?}");
}
