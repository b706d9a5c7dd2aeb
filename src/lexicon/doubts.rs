//! The scheme `doubt` of `ontology/categories.ttl`: for which reasons a careful reader would doubt a fact.

use super::rules::RuleSentence;
use super::{LexiconError, source};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedOrBlankNode, Term};
use std::collections::BTreeMap;

const TABLE: &str = "ontology/categories.ttl";
const SCHEME: &str = "https://w3id.org/fazhi/concept/doubt/";
const DEFINITION: &str = "http://www.w3.org/2004/02/skos/core#definition";

/// The definitions of all reasons for doubt, by notation.
///
/// # Errors
/// Where the vocabulary is not Turtle, which a test rules out.
pub fn doubts() -> Result<BTreeMap<String, RuleSentence>, LexiconError> {
    let mut found: BTreeMap<String, RuleSentence> = BTreeMap::new();
    for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(source(TABLE).unwrap_or_default()) {
        let quad = quad.map_err(|error| LexiconError::Turtle { table: TABLE, message: error.to_string() })?;
        let (NamedOrBlankNode::NamedNode(subject), Term::Literal(words)) = (&quad.subject, &quad.object) else {
            continue;
        };
        let Some(notation) = subject.as_str().strip_prefix(SCHEME).filter(|_| quad.predicate.as_str() == DEFINITION)
        else {
            continue;
        };
        let sentence = found.entry(notation.to_owned()).or_default();
        match words.language() {
            Some("en") => words.value().clone_into(&mut sentence.en),
            _ => words.value().clone_into(&mut sentence.zh),
        }
    }
    Ok(found)
}
