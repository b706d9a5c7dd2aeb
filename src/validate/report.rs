//! What was found? SHACL's validation report as plain data.

use std::collections::BTreeMap;

use oxigraph::model::{Literal, NamedNode, Term};

use super::path::Path;
use super::shape::Severity;

/// Whether a graph conforms to shapes, and where it does not.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The file of the shapes.
    pub shapes: String,
    /// How many demands were checked.
    pub checked: usize,
    /// What was found, demand by demand in the order of the file, the nodes of each in the order of their names; at most
    /// as many as were asked for.
    pub violations: Vec<Violation>,
    /// The demands that are broken, in the same order.
    pub tallies: Vec<Tally>,
}

/// One broken demand.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    /// The shape that makes it.
    pub shape: Term,
    /// Where it looks.
    pub path: Option<Path>,
    /// The constraint component.
    pub component: NamedNode,
    /// How much it matters.
    pub severity: Severity,
    /// How often it is broken.
    pub count: usize,
    /// How many of those are among the violations of the report.
    pub listed: usize,
}

/// One `sh:ValidationResult`.
#[derive(Debug, Clone, PartialEq)]
pub struct Violation {
    /// The node that does not conform.
    pub focus: Term,
    /// Where in it.
    pub path: Option<Path>,
    /// The value that breaks the demand, where there is one.
    pub value: Option<Term>,
    /// What else tells it from other violations: what is demanded, and what the query that found it says beside.
    pub distinction: String,
    /// The shape that makes the demand.
    pub shape: Term,
    /// The constraint component.
    pub component: NamedNode,
    /// The constraint, where it is a node of its own.
    pub constraint: Option<Term>,
    /// How much it matters.
    pub severity: Severity,
    /// What the shape says to a reader, else what the component does; in Chinese and English.
    pub messages: Vec<Literal>,
    /// What is demanded and broken, by language: the component's own words, beside those of the shape.
    pub reasons: BTreeMap<String, String>,
}

impl Report {
    /// Whether the graph conforms: no demand is broken, of whatever severity that was asked for.
    #[must_use]
    pub const fn conforms(&self) -> bool {
        self.tallies.is_empty()
    }

    /// How many violations there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.tallies.iter().map(|tally| tally.count).sum()
    }

    /// How many violations there are beside those that are listed.
    #[must_use]
    pub fn left_off(&self) -> usize {
        self.count().saturating_sub(self.violations.len())
    }
}
