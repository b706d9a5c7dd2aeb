//! A few rows of a query that is being put into order, on which the next step is tried.
//!
//! What a property does on average says little: a report has dozens of parts and a part two or three, by the same property;
//! one region has a thousand reports and another none. So each way of going on is tried on some of the rows that there are
//! by then.

use oxigraph::model::Term;
use oxigraph::sparql::Variable;
use spargebra::algebra::GraphPattern;
use spargebra::term::GroundTerm;

use super::super::error::Error;
use super::super::statistics::Statistics;
use super::super::variables::{Variables, mentioned};

/// Rows on which a step is tried.
const ROWS: usize = 16;
/// Rows that are looked at in a trial, all in all.
const MOST: usize = 512;
/// Rows that are counted where there are more: some milliseconds, which tell a table of one county from one of all.
const MANY: usize = 8_192;

/// Some rows, with values for the variables by which the parts of a query hang together.
#[derive(Debug, Clone, Default)]
pub(super) struct Sample {
    columns: Vec<Variable>,
    rows: Vec<Vec<Option<GroundTerm>>>,
    /// Whether these are all the rows that there are.
    whole: bool,
}

impl Sample {
    /// One row without values, from which any part can be tried.
    pub(super) fn nothing() -> Self {
        Self { columns: Vec::new(), rows: vec![Vec::new()], whole: true }
    }

    /// Whether it is one row without values.
    pub(super) const fn is_nothing(&self) -> bool {
        self.columns.is_empty()
    }

    /// No row: nothing can be tried.
    pub(super) const fn none() -> Self {
        Self { columns: Vec::new(), rows: Vec::new(), whole: false }
    }

    /// The variables that have values.
    pub(super) fn variables(&self) -> Variables {
        self.columns.iter().cloned().collect()
    }

    /// Whether something can be tried with these variables: the rows have them, or it is known that there are no rows.
    pub(super) fn knows<'a>(&self, variables: impl IntoIterator<Item = &'a Variable>) -> bool {
        if self.rows.is_empty() {
            return self.whole;
        }
        variables.into_iter().all(|variable| self.columns.contains(variable))
    }

    /// The same rows without the other variables, as some of many.
    pub(super) fn only(&self, variables: &Variables) -> Self {
        let kept: Vec<usize> =
            (0..self.columns.len()).filter(|column| variables.contains(&self.columns[*column])).collect();
        Self {
            columns: kept.iter().map(|column| self.columns[*column].clone()).collect(),
            rows: self.rows.iter().map(|row| kept.iter().map(|column| row[*column].clone()).collect()).collect(),
            whole: false,
        }
    }

    /// How many rows one of these becomes, on average, when `part` is looked up for it; `None` if none of a few becomes any,
    /// which does not tell how many of all do.
    pub(super) fn fan_out(&self, part: &GraphPattern, statistics: &Statistics<'_>) -> Result<Option<f64>, Error> {
        if self.rows.is_empty() {
            return Ok(self.whole.then_some(0.0));
        }
        let found = if let GraphPattern::Values { variables, bindings } = part {
            self.agreeing(variables, bindings)
        } else {
            let trial = self.only(&mentioned(part)).with(part);
            match statistics.rows(trial.clone(), MOST)? {
                MOST => statistics.rows(trial, MANY)?,
                few => few,
            }
        };
        Ok((found > 0 || self.whole).then(|| super::count(found) / super::count(self.rows.len())))
    }

    /// Some of the pairs of these rows and others. What both know from outside is taken from these.
    pub(super) fn beside(&self, other: &Self) -> Self {
        let new: Vec<usize> =
            (0..other.columns.len()).filter(|column| !self.columns.contains(&other.columns[*column])).collect();
        let columns = self.columns.iter().chain(new.iter().map(|column| &other.columns[*column])).cloned().collect();
        let pairs = self.rows.iter().cycle().zip(other.rows.iter().cycle());
        let number = if self.rows.is_empty() || other.rows.is_empty() { 0 } else { ROWS };
        let both = |(one, other): (&Vec<Option<GroundTerm>>, &Vec<Option<GroundTerm>>)| {
            one.iter().chain(new.iter().map(|column| &other[*column])).cloned().collect()
        };
        let rows = pairs.take(number).map(both).collect();
        Self { columns, rows, whole: false }
    }

    /// The rows when `part` was looked up for them, with the variables in `needed`.
    pub(super) fn extended(
        &self,
        part: &GraphPattern,
        needed: &Variables,
        statistics: &Statistics<'_>,
    ) -> Result<Self, Error> {
        if self.rows.is_empty() {
            return Ok(self.clone());
        }
        let columns: Vec<_> = self
            .columns
            .iter()
            .cloned()
            .chain(mentioned(part).into_iter().filter(|variable| !self.columns.contains(variable)))
            .filter(|variable| needed.contains(variable))
            .collect();
        let found = statistics.first(self.with(part), &columns, MOST)?;
        // Some from everywhere: those beside each other are often alike.
        let whole = self.whole && found.len() <= ROWS;
        let step = found.len().div_ceil(ROWS).max(1);
        let rows = found.into_iter().step_by(step).map(|row| row.into_iter().map(ground).collect()).collect();
        Ok(Self { columns, rows, whole })
    }

    /// How many pairs of a row of the sample and one of a table agree.
    fn agreeing(&self, variables: &[Variable], table: &[Vec<Option<GroundTerm>>]) -> usize {
        let places: Vec<(usize, usize)> = variables
            .iter()
            .enumerate()
            .filter_map(|(there, variable)| Some((self.columns.iter().position(|column| column == variable)?, there)))
            .collect();
        let agrees =
            |here: &Option<GroundTerm>, there: &Option<GroundTerm>| here.is_none() || there.is_none() || here == there;
        let pairs = self.rows.iter().flat_map(|row| table.iter().map(move |other| (row, other)));
        pairs.filter(|(row, other)| places.iter().all(|(here, there)| agrees(&row[*here], &other[*there]))).count()
    }

    fn with(&self, part: &GraphPattern) -> GraphPattern {
        let rows = GraphPattern::Values { variables: self.columns.clone(), bindings: self.rows.clone() };
        GraphPattern::Lateral { left: Box::new(rows), right: Box::new(part.clone()) }
    }
}

fn ground(term: Option<Term>) -> Option<GroundTerm> {
    match term? {
        Term::NamedNode(node) => Some(node.into()),
        Term::Literal(literal) => Some(literal.into()),
        Term::BlankNode(_) => None,
    }
}
