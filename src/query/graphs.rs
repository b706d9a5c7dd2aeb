//! Which named graphs is a query asked over? What its FROM clauses say, or who asks instead.
//!
//! A store of the program has every statement in its default graph, and a query without FROM is asked over that. What a
//! single report or registry says is a named graph only where somebody wants it as one: [`crate::store::Store::report`] gives its
//! statements, and a query is then asked over these alone.

use std::thread;

use oxigraph::model::{GraphNameRef, NamedNode};
use spargebra::Query;
use spargebra::algebra::QueryDataset;

use super::error::Error;
use super::evaluate::{STACK, parse};

/// Where look-ups without a query look: in what the reports and registries say. Annotations lend no names.
pub(super) const REPORTED: Option<GraphNameRef<'static>> = Some(GraphNameRef::DefaultGraph);

/// The dataset of a query (SPARQL 1.1, 13.2): graphs that are merged into the default graph, and graphs that keep their name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Graphs {
    /// FROM, or `default-graph-uri` of the protocol.
    pub default: Vec<NamedNode>,
    /// FROM NAMED, or `named-graph-uri` of the protocol.
    pub named: Vec<NamedNode>,
}

impl Graphs {
    /// The graphs that the FROM clauses of a query name; `None` where it has none.
    ///
    /// # Errors
    /// [`Error::Syntax`] when the text is not SPARQL.
    pub fn of_query(text: &str) -> Result<Option<Self>, Error> {
        let read = || -> Result<Option<Self>, Error> { Ok(Self::dataset(&parse(text)?).cloned().map(Self::from)) };
        // The parser descends by recursion.
        thread::scope(|scope| {
            let reader = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, read)?;
            reader.join().unwrap_or(Err(Error::BrokenOff))
        })
    }

    /// Whether nothing is chosen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.default.is_empty() && self.named.is_empty()
    }

    /// Makes the query ask these graphs, whatever its own FROM clauses say.
    pub(super) fn impose(&self, query: &mut Query) {
        let (Query::Select { dataset, .. }
        | Query::Construct { dataset, .. }
        | Query::Describe { dataset, .. }
        | Query::Ask { dataset, .. }) = query;
        *dataset = Some(QueryDataset { default: self.default.clone(), named: Some(self.named.clone()) });
    }

    /// What a query says of its dataset.
    pub(super) const fn dataset(query: &Query) -> Option<&QueryDataset> {
        let (Query::Select { dataset, .. }
        | Query::Construct { dataset, .. }
        | Query::Describe { dataset, .. }
        | Query::Ask { dataset, .. }) = query;
        dataset.as_ref()
    }
}

impl From<QueryDataset> for Graphs {
    fn from(dataset: QueryDataset) -> Self {
        Self { default: dataset.default, named: dataset.named.unwrap_or_default() }
    }
}
