//! What do people say beside the reports? Named graphs of their own, which no build, audit or removal touches.
//!
//! An annotation is any statement in a named graph whose IRI is not one of the program's. What the reports say stays as it was
//! read: statements of the default graph, the lines of the sources and the store's memory cannot be changed this way, and no
//! statement in the store's own words can be put in. The manifest lists the graphs, so that queries see these and not the lines
//! in which the store keeps who says what.

use oxigraph::model::{GraphName, GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use oxigraph::store::{StorageError, Store as Oxigraph, Transaction};

use super::manifest::MANIFEST;
use super::{Store, StoreError};

/// Marks a graph of annotations in the manifest.
const ANNOTATIONS: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:fazhi:store:annotations");

/// IRIs of the program's own things begin so, besides those under the base of the store.
const OWN: [&str; 2] = ["https://w3id.org/fazhi/", "urn:fazhi:"];

/// The graphs of annotations in a store of the program, in the order of their IRIs.
///
/// # Errors
/// When the disk fails.
pub fn annotations(dataset: &Oxigraph) -> Result<Vec<NamedNode>, StorageError> {
    sorted(dataset.quads_for_pattern(None, Some(ANNOTATIONS), None, Some(MANIFEST.into())))
}

fn sorted(lines: impl Iterator<Item = Result<Quad, StorageError>>) -> Result<Vec<NamedNode>, StorageError> {
    let mut graphs = Vec::new();
    for line in lines {
        if let NamedOrBlankNode::NamedNode(graph) = line?.subject {
            graphs.push(graph);
        }
    }
    graphs.sort_unstable();
    Ok(graphs)
}

/// How many statements an update took in and out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Changes {
    /// Statements that were not there before.
    pub inserted: usize,
    /// Statements that were there before.
    pub removed: usize,
}

impl Store {
    /// The graphs of annotations, in the order of their IRIs.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn annotations(&self) -> Result<Vec<NamedNode>, StoreError> {
        annotations(&self.inner).map_err(|error| self.error(error))
    }

    /// The statements of a graph of annotations; `None` where there is no such graph.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn annotation(&self, graph: NamedNodeRef<'_>) -> Result<Option<Vec<Quad>>, StoreError> {
        if !self.annotations()?.iter().any(|known| known.as_ref() == graph) {
            return Ok(None);
        }
        let quads: Result<_, _> = self.inner.quads_for_pattern(None, None, None, Some(graph.into())).collect();
        quads.map(Some).map_err(|error| self.error(error))
    }

    /// Changes annotations in one atomic step: where `change` fails, nothing is changed. It may touch `most` statements.
    ///
    /// # Errors
    /// When the disk is full or fails, and whatever `change` returns.
    pub fn annotate<T, E: From<StoreError>>(
        &self,
        most: usize,
        change: impl FnOnce(&mut Annotating<'_>) -> Result<T, E>,
    ) -> Result<(T, Changes), E> {
        let failed = |error| E::from(self.error(error));
        let transaction = self.inner.start_transaction().map_err(failed)?;
        let mut annotating = Annotating { store: self, transaction, left: most, most, changes: Changes::default() };
        let value = change(&mut annotating)?;
        let Annotating { transaction, changes, .. } = annotating;
        transaction.commit().map_err(failed)?;
        Ok((value, changes))
    }
}

/// A change of annotations that is under way.
pub struct Annotating<'s> {
    store: &'s Store,
    transaction: Transaction<'s>,
    /// Statements that may still be touched.
    left: usize,
    most: usize,
    changes: Changes,
}

impl std::fmt::Debug for Annotating<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Annotating").field("changes", &self.changes).finish_non_exhaustive()
    }
}

impl<'s> Annotating<'s> {
    /// The store with what was changed so far.
    pub const fn transaction(&self) -> &Transaction<'s> {
        &self.transaction
    }

    /// The graphs of annotations, in the order of their IRIs.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn graphs(&self) -> Result<Vec<NamedNode>, StoreError> {
        let lines = self.transaction.quads_for_pattern(None, Some(ANNOTATIONS), None, Some(MANIFEST.into()));
        sorted(lines).map_err(|error| self.store.error(error))
    }

    /// Whether there is a graph of annotations of this name.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn has(&self, graph: NamedNodeRef<'_>) -> Result<bool, StoreError> {
        let line = line(graph);
        self.transaction.contains(line.as_ref()).map_err(|error| self.store.error(error))
    }

    /// Whether annotations may stand in this graph.
    ///
    /// # Errors
    /// [`StoreError::Reserved`] where it is one of the program's, or the default graph.
    pub fn check(&self, graph: GraphNameRef<'_>) -> Result<(), StoreError> {
        let own = |iri: &str| OWN.iter().any(|own| iri.starts_with(own)) || iri.starts_with(self.store.base());
        match graph {
            GraphNameRef::NamedNode(node) if !own(node.as_str()) => Ok(()),
            GraphNameRef::DefaultGraph => Err(self.reserved("the default graph")),
            other => Err(self.reserved(&format!("the graph {other}"))),
        }
    }

    fn reserved(&self, what: &str) -> StoreError {
        StoreError::Reserved { what: what.to_owned(), base: self.store.base().to_owned() }
    }

    /// Makes an empty graph; returns whether it is new.
    ///
    /// # Errors
    /// As [`Annotating::check`].
    pub fn create(&mut self, graph: NamedNodeRef<'_>) -> Result<bool, StoreError> {
        self.check(graph.into())?;
        let is_new = !self.has(graph)?;
        if is_new {
            self.transaction.insert_named_graph(graph);
            self.transaction.insert(&line(graph));
        }
        Ok(is_new)
    }

    /// Puts a statement in; its graph is made where it is new.
    ///
    /// # Errors
    /// As [`Annotating::check`]; a statement in the words in which the store keeps its memory; too many statements.
    pub fn insert(&mut self, quad: &Quad) -> Result<(), StoreError> {
        self.check(quad.graph_name.as_ref())?;
        let object = match &quad.object {
            Term::NamedNode(node) => node.as_str(),
            _ => "",
        };
        let words = [quad.predicate.as_str(), object];
        if words.iter().any(|word| word.starts_with("urn:fazhi:store")) {
            return Err(self.reserved(&format!("the term {}", quad.predicate)));
        }
        self.count()?;
        if let GraphName::NamedNode(graph) = &quad.graph_name {
            self.create(graph.as_ref())?;
        }
        if !self.transaction.contains(quad).map_err(|error| self.store.error(error))? {
            self.transaction.insert(quad);
            self.changes.inserted += 1;
        }
        Ok(())
    }

    /// Takes a statement out, where it is there.
    ///
    /// # Errors
    /// As [`Annotating::check`]; too many statements.
    pub fn remove(&mut self, quad: &Quad) -> Result<(), StoreError> {
        self.check(quad.graph_name.as_ref())?;
        self.count()?;
        if self.transaction.contains(quad).map_err(|error| self.store.error(error))? {
            self.transaction.remove(quad);
            self.changes.removed += 1;
        }
        Ok(())
    }

    /// Takes all statements of a graph out; returns whether there was one.
    ///
    /// # Errors
    /// As [`Annotating::check`]; too many statements.
    pub fn clear(&mut self, graph: NamedNodeRef<'_>) -> Result<bool, StoreError> {
        self.check(graph.into())?;
        if !self.has(graph)? {
            return Ok(false);
        }
        let mut quads = Vec::new();
        for quad in self.transaction.quads_for_pattern(None, None, None, Some(graph.into())) {
            quads.push(quad.map_err(|error| self.store.error(error))?);
            if quads.len() > self.left {
                break;
            }
        }
        quads.iter().try_for_each(|quad| self.remove(quad))?;
        Ok(true)
    }

    /// Takes a graph away with its statements; returns whether there was one.
    ///
    /// # Errors
    /// As [`Annotating::check`]; too many statements.
    pub fn drop_graph(&mut self, graph: NamedNodeRef<'_>) -> Result<bool, StoreError> {
        let was = self.clear(graph)?;
        if was {
            self.transaction.remove_named_graph(graph).map_err(|error| self.store.error(error))?;
            self.transaction.remove(&line(graph));
        }
        Ok(was)
    }

    fn count(&mut self) -> Result<(), StoreError> {
        self.left = self.left.checked_sub(1).ok_or(StoreError::TooManyStatements { most: self.most })?;
        Ok(())
    }
}

fn line(graph: NamedNodeRef<'_>) -> Quad {
    Quad::new(graph, ANNOTATIONS, Literal::new_simple_literal("1"), MANIFEST.into_owned())
}
