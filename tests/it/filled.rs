//! A question with its values in its text asks what the question asks with the values beside it.

#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::Path;

use fazhi::query::{self, Bindings, Limits, Parameter, ParameterType, Question, catalogue};

use crate::fixture;

/// The questions of the catalogue and those of pages.
fn questions() -> Vec<Question> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("queries/pages");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let queries = files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "rq"));
    let of_pages = queries.map(|file| {
        let name = file.file_stem().unwrap().to_str().unwrap();
        Question::parse(name, &fs::read_to_string(file).unwrap()).unwrap()
    });
    catalogue().iter().cloned().chain(of_pages).collect()
}

/// A value that the store of the fixture knows; the example, where none is given here.
fn value(parameter: &Parameter) -> Option<String> {
    let value = match parameter.kind {
        ParameterType::Region => "武山县",
        ParameterType::Document => "中华人民共和国行政处罚法",
        ParameterType::Body => "武山县司法局",
        ParameterType::Report => "620524-2019",
        ParameterType::Category => "disputes",
        ParameterType::Level => "county",
        ParameterType::DocumentKind => "law",
        ParameterType::Indicator => "review-accepted",
        ParameterType::Year if parameter.name == "until" => "2021",
        ParameterType::Year => "2019",
        ParameterType::Limit => "3",
        _ => return parameter.example.clone(),
    };
    Some(value.to_owned())
}

#[test]
fn a_filled_question_has_the_same_answer() {
    let store = fixture::store();
    let mut rows = 0;
    for question in questions() {
        let parameters = question.parameters().unwrap();
        let all: Vec<(String, String)> =
            parameters.iter().filter_map(|parameter| Some((parameter.name.clone(), value(parameter)?))).collect();
        let required: Vec<_> = all
            .iter()
            .filter(|(name, _)| parameters.iter().any(|known| known.required && known.name == *name))
            .cloned()
            .collect();
        for given in [all, required] {
            let name = question.name();
            // What the fixture does not know cannot be asked for.
            let Ok(bindings) = question.bind(&store, &given) else { continue };
            let expected = query::run(&store, question.text(), &bindings, Limits::default()).unwrap();
            let filled = question.filled(&bindings);
            let found = query::run(&store, &filled, &Bindings::default(), Limits::default());
            let found = found.unwrap_or_else(|error| panic!("{name}: {error}\n{filled}"));
            assert_eq!(found, expected, "{name}\n{filled}");
            if let query::Answer::Solutions(solutions) = found {
                rows += solutions.rows.len();
            }
        }
    }
    assert!(rows > 100, "only {rows} rows were compared");
}

#[test]
fn a_filled_question_says_what_it_was_filled_with() {
    let store = fixture::store();
    let question = Question::open("laws-by-counties").unwrap();
    let bindings = question.bind(&store, &[("region".to_owned(), "甘肃省".to_owned())]).unwrap();
    let filled = question.filled(&bindings);
    assert!(filled.starts_with(&format!("# {} ", question.title().unwrap().zh)), "{filled}");
    assert!(filled.contains("# region = <") && filled.contains("/region/620000>: "), "{filled}");
    assert!(!filled.contains("?region") && filled.contains("?since"), "{filled}");
}
