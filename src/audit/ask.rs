//! How do the rules read the store? Rows of a query, each value by the name of its column.

use std::collections::BTreeMap;

use oxigraph::model::Term;
use oxigraph::store::Store;

use crate::query::{self, Answer, Bindings, Limits};
use crate::report::Span;
use crate::vocab::CONCEPTS;

/// The answer to a query: rows of values, with the name of each column.
pub(super) struct Rows {
    columns: BTreeMap<String, usize>,
    rows: Vec<Vec<Option<String>>>,
}

/// A row of an answer.
pub(super) struct Row<'a> {
    columns: &'a BTreeMap<String, usize>,
    values: Vec<Option<String>>,
}

/// Asks a query that takes no values.
pub(super) fn ask(store: &Store, text: &str, limits: Limits) -> Result<Rows, query::Error> {
    rows(store, text, &Bindings::default(), limits)
}

/// Asks a query with values for some of its variables.
pub(super) fn rows(store: &Store, text: &str, bindings: &Bindings, limits: Limits) -> Result<Rows, query::Error> {
    let Answer::Solutions(solutions) = query::run(store, text, bindings, limits)? else {
        return Ok(Rows { columns: BTreeMap::new(), rows: Vec::new() });
    };
    let value = |term: Term| match term {
        Term::NamedNode(node) => node.into_string(),
        Term::Literal(literal) => literal.destruct().0,
        Term::BlankNode(node) => node.into_string(),
    };
    let columns = solutions.variables.iter().enumerate().map(|(at, name)| (name.as_str().to_owned(), at)).collect();
    let rows = solutions.rows.into_iter();
    Ok(Rows { columns, rows: rows.map(|row| row.into_iter().map(|term| term.map(value)).collect()).collect() })
}

impl Rows {
    /// The rows in their order.
    pub(super) fn each(self, mut tell: impl FnMut(Row<'_>)) {
        for values in self.rows {
            tell(Row { columns: &self.columns, values });
        }
    }
}

impl Row<'_> {
    /// The value of a column, taken out of the row.
    pub(super) fn take(&mut self, column: &str) -> Option<String> {
        self.values.get_mut(*self.columns.get(column)?)?.take()
    }

    /// The same of a column that always has one.
    pub(super) fn text(&mut self, column: &str) -> String {
        self.take(column).unwrap_or_default()
    }

    /// The value of a column as a number.
    pub(super) fn number<T: std::str::FromStr>(&mut self, column: &str) -> Option<T> {
        self.take(column)?.parse().ok()
    }

    /// The span that begins and ends at the values of two columns.
    pub(super) fn span(&mut self, start: &str, end: &str) -> Option<Span> {
        Some(Span { start: self.number(start)?, end: self.number(end)? })
    }

    /// The notation of the concept in a column.
    pub(super) fn notation(&mut self, column: &str) -> Option<String> {
        self.take(column).map(|iri| notation(&iri))
    }
}

/// What stands behind the scheme in a concept's IRI.
pub(super) fn notation(iri: &str) -> String {
    let below = iri.strip_prefix(CONCEPTS).unwrap_or(iri);
    below.split_once('/').map_or(below, |(_, notation)| notation).to_owned()
}
