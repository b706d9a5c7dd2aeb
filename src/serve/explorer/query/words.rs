//! `/query/words`: by which words does the graph speak, and what do they mean? For the editor, which proposes them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedOrBlankNode, Term};
use serde::{Deserialize, Serialize};

use crate::describe::ontology;
use crate::query::Text;
use crate::serve::problem::Problem;
use crate::vocab::PREFIXES;

/// What the words of other vocabularies mean here: prefix, local name, text.
const OTHERS: &str = include_str!("../../../../data/words.toml");

const OWL: &str = "http://www.w3.org/2002/07/owl#";

#[derive(Serialize)]
struct Words {
    prefixes: &'static [(&'static str, &'static str)],
    terms: Vec<Word>,
}

/// A class or a property.
#[derive(Default, Serialize)]
struct Word {
    /// As it is written in a query: `fz:cites`.
    name: String,
    kind: &'static str,
    zh: String,
    en: String,
    /// What it means, Chinese first.
    about: String,
}

#[derive(Deserialize)]
#[serde(transparent)]
struct Others(BTreeMap<String, BTreeMap<String, Text>>);

pub(in crate::serve::explorer) async fn words() -> Result<Response, Problem> {
    static WORDS: LazyLock<Result<String, String>> = LazyLock::new(compute);
    match &*WORDS {
        Ok(json) => Ok(([(header::CONTENT_TYPE, "application/json; charset=utf-8")], json.as_str()).into_response()),
        Err(message) => Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR, message.as_str())),
    }
}

fn compute() -> Result<String, String> {
    let mut words: BTreeMap<String, Word> = BTreeMap::new();
    for triple in ontology().map_err(|error| error.to_string())? {
        let NamedOrBlankNode::NamedNode(subject) = &triple.subject else { continue };
        let Some(name) = short(subject.as_str()) else { continue };
        let word = words.entry(name).or_default();
        match (triple.predicate.as_ref(), &triple.object) {
            (rdf::TYPE, Term::NamedNode(class)) => match class.as_str().strip_prefix(OWL) {
                Some("Class") => word.kind = "class",
                Some("ObjectProperty" | "DatatypeProperty") => word.kind = "property",
                _ => {}
            },
            (rdfs::LABEL, Term::Literal(label)) => match label.language() {
                Some("zh") => label.value().clone_into(&mut word.zh),
                _ => label.value().clone_into(&mut word.en),
            },
            (rdfs::COMMENT, Term::Literal(comment)) => {
                if !word.about.is_empty() {
                    word.about.push('\n');
                }
                word.about.push_str(comment.value());
            }
            _ => {}
        }
    }
    let others: Others = toml::from_str(OTHERS).map_err(|error| error.to_string())?;
    for (prefix, names) in others.0 {
        for (local, Text { zh, en }) in names {
            let name = format!("{prefix}:{local}");
            words.insert(name, Word { kind: "property", zh, en, ..Word::default() });
        }
    }
    let told = words.into_iter().filter(|(_, word)| !word.kind.is_empty());
    let terms = told.map(|(name, word)| Word { name, ..word }).collect();
    serde_json::to_string(&Words { prefixes: PREFIXES, terms }).map_err(|error| error.to_string())
}

/// An IRI with a prefix, as queries write it.
fn short(iri: &str) -> Option<String> {
    PREFIXES.iter().find_map(|(prefix, namespace)| Some(format!("{prefix}:{}", iri.strip_prefix(namespace)?)))
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use serde_json::Value;

    use super::*;

    fn told() -> Value {
        serde_json::from_str(&compute().unwrap()).unwrap()
    }

    #[test]
    fn classes_and_properties_are_told_in_both_languages() {
        let words = told();
        let terms = words["terms"].as_array().unwrap();
        let of = |name: &str| terms.iter().find(|term| term["name"] == name).unwrap();
        assert_eq!((&of("fz:Measure")["kind"], &of("fz:cites")["kind"]), (&"class".into(), &"property".into()));
        assert_eq!((&of("fz:year")["zh"], &of("fz:year")["en"]), (&"年度".into(), &"year".into()));
        assert!(of("fz:year")["about"].as_str().unwrap().starts_with("报告或事项"));
        assert!(terms.iter().all(|term| term["zh"] != "" && term["en"] != ""), "{terms:?}");
    }

    #[test]
    fn every_word_of_others_has_a_known_prefix() {
        let others: Others = toml::from_str(OTHERS).unwrap();
        for prefix in others.0.keys() {
            assert!(PREFIXES.iter().any(|(known, _)| known == prefix), "{prefix}");
        }
    }
}
