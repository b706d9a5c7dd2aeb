//! What does the store say of one thing? Look-ups for whoever walks through the store without a query.

use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Term};
use oxigraph::store::StorageError;

use super::{Store, StoreError};

const DEFAULT: Option<GraphNameRef<'static>> = Some(GraphNameRef::DefaultGraph);

impl Store {
    /// All that is said of a thing: property and value, in no particular order.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn about(&self, thing: NamedNodeRef<'_>) -> Result<Vec<(NamedNode, Term)>, StoreError> {
        let quads = self.inner.quads_for_pattern(Some(thing.into()), None, None, DEFAULT);
        let facts: Result<_, StorageError> = quads.map(|quad| quad.map(|quad| (quad.predicate, quad.object))).collect();
        facts.map_err(|error| self.error(error))
    }

    /// The values of a property of a thing, in no particular order.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn values(&self, thing: NamedNodeRef<'_>, property: NamedNodeRef<'_>) -> Result<Vec<Term>, StoreError> {
        let quads = self.inner.quads_for_pattern(Some(thing.into()), Some(property), None, DEFAULT);
        let values: Result<_, StorageError> = quads.map(|quad| quad.map(|quad| quad.object)).collect();
        values.map_err(|error| self.error(error))
    }

    /// The things that a property leads from to `value`, in the order of their IRIs.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn leading_to(
        &self,
        property: NamedNodeRef<'_>,
        value: NamedNodeRef<'_>,
    ) -> Result<Vec<NamedNode>, StoreError> {
        let mut things = Vec::new();
        for quad in self.inner.quads_for_pattern(None, Some(property), Some(value.into()), DEFAULT) {
            if let NamedOrBlankNode::NamedNode(thing) = quad.map_err(|error| self.error(error))?.subject {
                things.push(thing);
            }
        }
        things.sort_unstable();
        Ok(things)
    }

    /// The things of a class, in the order of their IRIs.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn of_class(&self, class: NamedNodeRef<'_>) -> Result<Vec<NamedNode>, StoreError> {
        self.leading_to(rdf::TYPE, class)
    }
}
