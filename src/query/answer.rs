//! What comes back: rows, yes or no, or a graph.

use oxigraph::model::Triple;
use oxigraph::sparql::{QueryResults, Variable};

use super::error::Error;
use super::order::{Order, Row, Sorter, compare_rows};

/// The complete answer to a query.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Of SELECT.
    Solutions(Solutions),
    /// Of ASK.
    Boolean(bool),
    /// Of CONSTRUCT and DESCRIBE; sorted, none twice.
    Graph(Vec<Triple>),
}

/// A table of terms.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Solutions {
    /// The columns in the order of the SELECT.
    pub variables: Vec<Variable>,
    /// The rows: in the order of the query's ORDER BY, else sorted by their terms from the first column on.
    pub rows: Vec<Row>,
}

impl Answer {
    /// Reads all the results, or fails when there are more than `max_rows`. Rows are sorted by `order`; if they are not
    /// `ordered` already, by their columns.
    pub(super) fn collect(
        results: QueryResults<'_>,
        order: Option<Order>,
        ordered: bool,
        max_rows: Option<usize>,
    ) -> Result<Self, Error> {
        let within = |rows: usize| match max_rows {
            Some(limit) if rows > limit => Err(Error::TooManyRows { limit }),
            _ => Ok(()),
        };
        Ok(match results {
            QueryResults::Boolean(value) => Self::Boolean(value),
            QueryResults::Graph(found) => {
                let mut triples: Vec<Triple> = Vec::new();
                for triple in found {
                    triples.push(triple?);
                    within(triples.len())?;
                }
                triples.sort_by_cached_key(ToString::to_string);
                triples.dedup();
                Self::Graph(triples)
            }
            QueryResults::Solutions(found) => {
                let variables = found.variables().to_vec();
                let mut rows: Vec<Row> = Vec::new();
                let mut sorter = order.map(|order| Sorter::new(order, &variables));
                for solution in found {
                    let solution = solution?;
                    let row = (0..variables.len()).map(|column| solution.get(column).cloned()).collect();
                    let count = if let Some(sorter) = &mut sorter {
                        sorter.push(row)
                    } else {
                        rows.push(row);
                        rows.len()
                    };
                    within(count)?;
                }
                if sorter.is_none() && !ordered {
                    rows.sort_by(compare_rows);
                }
                let (variables, rows) = sorter.map_or((variables, rows), Sorter::finish);
                Self::Solutions(Solutions { variables, rows })
            }
        })
    }
}
