//! `src/vocab/class.rs` and `src/vocab/property.rs` are made from `ontology/fazhi.ttl`.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Term};

use crate::ontology::{NS, OWL_CLASS, declared, fazhi};

/// Compares a committed file with what it should be, or renews it when `UPDATE` is set.
pub fn expect_file(path: &str, content: &str) {
    let full = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&full, content).expect("the file can be written");
        return;
    }
    let committed = std::fs::read_to_string(&full).unwrap_or_default();
    if committed != content {
        let line = committed.lines().zip(content.lines()).take_while(|(a, b)| a == b).count() + 1;
        panic!("{path} is stale from line {line} on: run `UPDATE=1 cargo test` and read the diff");
    }
}

fn constant(local: &str) -> String {
    let mut name = String::new();
    for c in local.chars() {
        if c.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(c.to_ascii_uppercase());
    }
    name
}

fn module(question: &str, of_classes: bool) -> String {
    let triples = fazhi();
    let comments: BTreeMap<String, String> = triples
        .iter()
        .filter(|triple| triple.predicate == rdfs::COMMENT)
        .filter_map(|triple| match (&triple.subject, &triple.object) {
            (NamedOrBlankNode::NamedNode(term), Term::Literal(comment)) if comment.language() == Some("en") => {
                Some((term.as_str().to_owned(), comment.value().to_owned()))
            }
            _ => None,
        })
        .collect();
    let is_class = |iri: &str| {
        triples.iter().any(|triple| {
            triple.subject == NamedNodeRef::new_unchecked(iri).into()
                && triple.predicate == rdf::TYPE
                && triple.object == Term::from(OWL_CLASS)
        })
    };
    let mut code = format!(
        "//! {question}\n//!\n//! Made from `ontology/fazhi.ttl` by `UPDATE=1 cargo test`.\n\nuse oxigraph::model::NamedNodeRef;\n"
    );
    for iri in declared().iter().filter(|iri| is_class(iri) == of_classes) {
        let local = &iri[NS.len()..];
        let _ = writeln!(code, "\n/// `fz:{local}`: {}", comments[iri]);
        let head = format!("pub const {}: NamedNodeRef<'_> =", constant(local));
        let value = format!("NamedNodeRef::new_unchecked(\"{iri}\");");
        // As rustfmt breaks it: a line holds 120 characters.
        let gap = if head.len() + 1 + value.len() <= 120 { " " } else { "\n    " };
        let _ = writeln!(code, "{head}{gap}{value}");
    }
    code
}

#[test]
fn classes_are_those_of_the_ontology() {
    expect_file("src/vocab/class.rs", &module("Which classes does fazhi add?", true));
}

#[test]
fn properties_are_those_of_the_ontology() {
    expect_file("src/vocab/property.rs", &module("Which properties does fazhi add?", false));
}
