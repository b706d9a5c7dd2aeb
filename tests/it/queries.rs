//! The catalogue: every question is well formed, says what its parameters and columns are, and has an answer on six
//! small reports that was checked by hand.

#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use fazhi::query::{self, Answer, Bindings, Error, Format, Limits, Parameter, Question, Style, catalogue};
use oxigraph::store::Store;

use crate::fixture;

fn params(values: &[(&str, &str)]) -> Vec<(String, String)> {
    values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn ask(store: &Store, argument: &str, values: &[(&str, &str)]) -> Result<Answer, Error> {
    let question = Question::open(argument)?;
    let bindings = question.bind(store, &params(values))?;
    query::run(store, question.text(), &bindings, Limits::default())
}

fn printed(answer: &Answer, format: Format) -> String {
    let mut out = Vec::new();
    query::write(answer, format, &Style::new(100, None), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The values that the header gives as examples, for what must be given.
fn examples(question: &Question) -> Vec<(String, String)> {
    let required = |parameter: &&Parameter| parameter.required;
    let parameters = question.parameters().unwrap().iter().filter(required);
    parameters.map(|parameter| (parameter.name.clone(), parameter.example.clone().unwrap())).collect()
}

#[test]
fn every_header_is_complete() {
    for question in catalogue() {
        let name = question.name();
        for text in [question.title().unwrap(), question.description().unwrap()] {
            assert!(!text.zh.is_empty() && !text.en.is_empty(), "{name}: title or description lacks a language");
        }
        assert!(question.questions().iter().all(|number| (1..=27).contains(number)), "{name}: no such question");
        for parameter in question.parameters().unwrap() {
            let known = question.body().contains(&format!("?{}", parameter.name));
            assert!(known || parameter.name == "limit", "{name}: the text does not have ?{}", parameter.name);
            assert!(!parameter.description.zh.is_empty() && !parameter.description.en.is_empty(), "{name}");
            assert_eq!(parameter.required, parameter.example.is_some(), "{name}: an example for what is required");
            assert!(!(parameter.required && parameter.default.is_some()), "{name}: required, yet with a default");
        }
    }
}

#[test]
fn every_question_of_the_list_has_a_query() {
    let answered: BTreeSet<u8> = catalogue().iter().flat_map(|question| question.questions().to_vec()).collect();
    assert_eq!(answered, (1..=27).collect());
}

/// The prefixes are declared in the file, so that it can be given to any SPARQL endpoint as it is.
#[test]
fn every_query_is_plain_sparql() {
    for question in catalogue() {
        spargebra::SparqlParser::new().parse_query(question.text()).unwrap_or_else(|error| {
            panic!("queries/{}.rq: {error}", question.name());
        });
    }
}

/// What each query answers to its examples stands in `tests/golden/queries`, one file each.
#[test]
fn answers_are_as_checked_by_hand() {
    let store = fixture::store();
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/queries");
    let mut stale = Vec::new();
    for question in catalogue() {
        let bindings = question.bind(&store, &examples(question)).unwrap();
        let answer = query::run(&store, question.text(), &bindings, Limits::default()).unwrap();
        let Answer::Solutions(solutions) = &answer else { panic!("{} is no SELECT", question.name()) };
        assert!(!solutions.rows.is_empty(), "{} has no answer on the fixture", question.name());
        for variable in &solutions.variables {
            assert!(question.column(variable.as_str()).is_some(), "{}: [columns] lacks {variable}", question.name());
        }
        let found = printed(&answer, Format::Tsv);
        let golden = folder.join(format!("{}.tsv", question.name()));
        if std::env::var_os("UPDATE").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&golden, found).unwrap();
        } else if std::fs::read_to_string(&golden).unwrap_or_default() != found {
            stale.push(question.name());
        }
    }
    assert!(
        stale.is_empty(),
        "the answers of {stale:?} have changed: run `UPDATE=1 cargo test`, then check the diff by hand"
    );
    let known: BTreeSet<String> = catalogue().iter().map(|question| format!("{}.tsv", question.name())).collect();
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(known.contains(&name), "tests/golden/queries/{name} belongs to no query: delete it");
    }
}
