//! By which words does the graph speak? The ontology and the concepts as triples, to be loaded beside the reports.

use oxigraph::io::{RdfFormat, RdfParseError, RdfParser};
use oxigraph::model::Triple;

const FILES: [(&str, &str); 2] = [
    ("ontology/fazhi.ttl", include_str!("../../ontology/fazhi.ttl")),
    ("ontology/categories.ttl", include_str!("../../ontology/categories.ttl")),
];

/// A file of the ontology that this program was built with cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{file} is not valid Turtle: mend it and build again")]
pub struct OntologyError {
    file: &'static str,
    source: RdfParseError,
}

/// The classes, the properties and the concepts, in the order of the files.
///
/// # Errors
/// When a file that the program was built with is not valid Turtle, which the tests rule out.
pub fn ontology() -> Result<Vec<Triple>, OntologyError> {
    let mut triples = Vec::new();
    for (file, text) in FILES {
        for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(text) {
            triples.push(Triple::from(quad.map_err(|source| OntologyError { file, source: source.into() })?));
        }
    }
    Ok(triples)
}
