//! What is part of a report? The statements that are its own, and those that it shares with others.

use std::collections::BTreeSet;

use oxigraph::model::{
    GraphName, GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Quad, Term,
};
use oxigraph::store::{StorageError, Transaction};

use super::shared::{self, SAYS};
use super::{Store, StoreError};

/// Whether `iri` is the report itself or one of the things that exist only in it.
pub(super) fn belongs(iri: &str, report: NamedNodeRef<'_>) -> bool {
    iri.strip_prefix(report.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('#'))
}

/// Whether the statement is about the report or a thing that exists only in it.
pub(super) fn is_own(subject: NamedOrBlankNodeRef<'_>, report: NamedNodeRef<'_>) -> bool {
    matches!(subject, NamedOrBlankNodeRef::NamedNode(node) if belongs(node.as_str(), report))
}

/// Anything that statements can be looked up in: the store as it is, or a transaction with its own changes.
pub(super) trait Lookup {
    /// Statements of the default graph about `subject`.
    fn about(&self, subject: NamedNodeRef<'_>) -> impl Iterator<Item = Result<Quad, StorageError>>;
    /// Statements of the default graph that lead to `object`.
    fn leading_to(&self, object: NamedNodeRef<'_>) -> impl Iterator<Item = Result<Quad, StorageError>>;
}

const DEFAULT: Option<GraphNameRef<'static>> = Some(GraphNameRef::DefaultGraph);

impl Lookup for oxigraph::store::Store {
    fn about(&self, subject: NamedNodeRef<'_>) -> impl Iterator<Item = Result<Quad, StorageError>> {
        self.quads_for_pattern(Some(subject.into()), None, None, DEFAULT)
    }

    fn leading_to(&self, object: NamedNodeRef<'_>) -> impl Iterator<Item = Result<Quad, StorageError>> {
        self.quads_for_pattern(None, None, Some(object.into()), DEFAULT)
    }
}

impl Lookup for Transaction<'_> {
    fn about(&self, subject: NamedNodeRef<'_>) -> impl Iterator<Item = Result<Quad, StorageError>> {
        self.quads_for_pattern(Some(subject.into()), None, None, DEFAULT)
    }

    fn leading_to(&self, object: NamedNodeRef<'_>) -> impl Iterator<Item = Result<Quad, StorageError>> {
        self.quads_for_pattern(None, None, Some(object.into()), DEFAULT)
    }
}

/// The statements about a thing.
pub(super) fn about(lookup: &impl Lookup, thing: NamedNodeRef<'_>) -> Result<Vec<Quad>, StorageError> {
    lookup.about(thing).collect()
}

/// What a walk from a report finds.
pub(super) struct Own {
    /// The statements about the report and the things that exist only in it.
    pub(super) quads: Vec<Quad>,
    /// The things outside that lead to one of these.
    pub(super) leading: BTreeSet<NamedNode>,
}

/// The statements of the default graph that are a report's own, found by walking from the report in both directions.
///
/// The walk never leaves the report: it follows only things whose IRI starts with the report's.
pub(super) fn own(lookup: &impl Lookup, report: NamedNodeRef<'_>) -> Result<Own, StorageError> {
    let mut seen = BTreeSet::from([report.into_owned()]);
    let mut waiting = vec![report.into_owned()];
    let (mut quads, mut leading) = (Vec::new(), BTreeSet::new());
    while let Some(node) = waiting.pop() {
        for quad in lookup.about(node.as_ref()) {
            let quad = quad?;
            if let Term::NamedNode(object) = &quad.object {
                visit(object, report, &mut seen, &mut waiting);
            }
            quads.push(quad);
        }
        for quad in lookup.leading_to(node.as_ref()) {
            if let NamedOrBlankNode::NamedNode(subject) = quad?.subject {
                visit(&subject, report, &mut seen, &mut waiting);
                if !belongs(subject.as_str(), report) {
                    leading.insert(subject);
                }
            }
        }
    }
    Ok(Own { quads, leading })
}

fn visit(node: &NamedNode, report: NamedNodeRef<'_>, seen: &mut BTreeSet<NamedNode>, waiting: &mut Vec<NamedNode>) {
    if belongs(node.as_str(), report) && !seen.contains(node) {
        seen.insert(node.clone());
        waiting.push(node.clone());
    }
}

impl Store {
    /// Everything that one report says, in the named graph of that report: what is its own and what it says of things
    /// that it shares with others. The order is that of the text of the statements.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn report(&self, report: NamedNodeRef<'_>) -> Result<Vec<Quad>, StoreError> {
        let mut quads = own(&self.inner, report).map_err(|error| self.error(error))?.quads;
        for quad in &mut quads {
            quad.graph_name = GraphName::NamedNode(report.into_owned());
        }
        for line in self.inner.quads_for_pattern(None, Some(SAYS), None, Some(report.into())) {
            let said = line.and_then(|line| shared::statements(&line));
            quads.extend(said.map_err(|error| self.error(error))?);
        }
        quads
            .sort_by_cached_key(|quad| (quad.subject.to_string(), quad.predicate.to_string(), quad.object.to_string()));
        Ok(quads)
    }

    /// Every statement of the store in the named graph of the source that makes it, source by source in the order of
    /// their IRIs: the ontology and the registries, then the reports.
    ///
    /// # Errors
    /// When the disk fails, and whatever `each` returns.
    pub fn by_source<E: From<StoreError>>(&self, mut each: impl FnMut(&[Quad]) -> Result<(), E>) -> Result<(), E> {
        for source in self.sources()?.iter().chain(&self.reports()?) {
            each(&self.report(source.as_ref())?)?;
        }
        Ok(())
    }

    /// Every statement of the store once, those about one thing together.
    ///
    /// # Errors
    /// When the disk fails, and whatever `each` returns.
    pub fn statements<E: From<StoreError>>(&self, mut each: impl FnMut(&Quad) -> Result<(), E>) -> Result<(), E> {
        for quad in self.inner.quads_for_pattern(None, None, None, DEFAULT) {
            each(&quad.map_err(|error| self.error(error))?)?;
        }
        Ok(())
    }
}
