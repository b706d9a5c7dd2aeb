//! What does a source say of the things that it shares with others?
//!
//! A body or a cited document is described by every report that names it, mostly in the same words. Its statements stand
//! once, in the default graph. Who makes them is kept in one line for each source and thing, in the source's named
//! graph: the statements as one literal, which the store keeps once however many sources say the same. So a report that
//! leaves takes with it exactly what no other source says.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, Quad, Term};
use oxigraph::store::{StorageError, Transaction};

/// Leads from a thing to what the source says of it.
pub(super) const SAYS: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:fazhi:store:says");

/// The lines of a source that makes these statements.
pub(super) fn lines<'a>(quads: impl Iterator<Item = &'a Quad>, source: &NamedNode) -> Vec<Quad> {
    let mut things = BTreeMap::<String, (&Quad, BTreeSet<String>)>::new();
    for quad in quads {
        let (_, statements) = things.entry(quad.subject.to_string()).or_insert_with(|| (quad, BTreeSet::new()));
        statements.insert(format!("{} {}", quad.predicate, quad.object));
    }
    things
        .into_values()
        .map(|(first, statements)| {
            let text = statements.into_iter().collect::<Vec<_>>().join("\n");
            Quad::new(first.subject.clone(), SAYS, Literal::new_simple_literal(text), source.clone())
        })
        .collect()
}

/// The statements of a line, in the graph of its source.
pub(super) fn statements(line: &Quad) -> Result<Vec<Quad>, StorageError> {
    texts(line).into_iter().map(|text| statement(line, text)).collect()
}

/// The statements of a line that no other source makes.
pub(super) fn said_only_in(line: &Quad, transaction: &Transaction<'_>) -> Result<Vec<Quad>, StorageError> {
    let mut left = texts(line);
    for other in transaction.quads_for_pattern(Some(line.subject.as_ref()), Some(SAYS), None, None) {
        let other = other?;
        if other.graph_name != line.graph_name {
            let others: BTreeSet<&str> = texts(&other).into_iter().collect();
            left.retain(|text| !others.contains(text));
        }
        // Most often the very next source says the same.
        if left.is_empty() {
            break;
        }
    }
    left.into_iter().map(|text| Ok(Quad { graph_name: GraphName::DefaultGraph, ..statement(line, text)? })).collect()
}

fn texts(line: &Quad) -> Vec<&str> {
    match &line.object {
        Term::Literal(literal) => literal.value().lines().collect(),
        _ => Vec::new(),
    }
}

fn statement(line: &Quad, text: &str) -> Result<Quad, StorageError> {
    let text = format!("{} {text} .", line.subject);
    let damaged = || StorageError::Io(io::Error::new(io::ErrorKind::InvalidData, format!("damaged line: {text}")));
    let quad = RdfParser::from_format(RdfFormat::NTriples).for_slice(&text).next().and_then(Result::ok);
    Ok(Quad { graph_name: line.graph_name.clone(), ..quad.ok_or_else(damaged)? })
}
