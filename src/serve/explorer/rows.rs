//! What does a page read of an answer, beside showing it as a table? Its values by the names of its columns.

use std::sync::Arc;

use oxigraph::model::Term;

use super::question::find;
use super::table::{number, solutions};
use crate::query::{self, Solutions};
use crate::serve::problem::Problem;
use crate::serve::state::State;

/// An answer by rows and columns.
pub(in crate::serve) struct Rows(Arc<Solutions>);

impl Rows {
    /// What the question of this name answers with these values of its parameters.
    pub(in crate::serve) async fn of(state: &Arc<State>, name: &str, given: &[(&str, &str)]) -> Result<Self, Problem> {
        let question = find(name).ok_or_else(|| query::Error::unknown_query(name))?;
        let given = given.iter().filter(|(_, value)| !value.is_empty());
        let given: Vec<(String, String)> = given.map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
        Ok(Self(solutions(state, question, &given).await?))
    }

    /// The rows in their order.
    pub(in crate::serve) fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        self.0.rows.iter().map(|cells| Row { solutions: &self.0, cells })
    }
}

/// A row of an answer.
#[derive(Clone, Copy)]
pub(in crate::serve) struct Row<'a> {
    solutions: &'a Solutions,
    cells: &'a [Option<Term>],
}

impl<'a> Row<'a> {
    fn term(&self, name: &str) -> Option<&'a Term> {
        let column = self.solutions.variables.iter().position(|variable| variable.as_str() == name)?;
        self.cells.get(column)?.as_ref()
    }

    /// The text of a value; empty where there is none.
    pub(in crate::serve) fn text(&self, name: &str) -> &'a str {
        match self.term(name) {
            Some(Term::NamedNode(node)) => node.as_str(),
            Some(Term::Literal(literal)) => literal.value(),
            Some(Term::BlankNode(node)) => node.as_str(),
            None => "",
        }
    }

    /// A number.
    pub(in crate::serve) fn number(&self, name: &str) -> Option<f64> {
        self.term(name).and_then(number)
    }

    /// A whole number that is not negative; 0 where there is none.
    pub(in crate::serve) fn count(&self, name: &str) -> usize {
        self.text(name).parse().unwrap_or_default()
    }
}
