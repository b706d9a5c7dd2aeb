//! Which reports say that heads of agencies always appeared in court, and never how often?

use std::collections::BTreeSet;

use super::{Evidence, node};
use crate::describe::CrossFinding;
use crate::report::Span;

/// A rate of court appearance that a report gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Appearance {
    /// IRI of the unit, or of the report, that holds it.
    pub part: String,
    /// In per cent.
    pub value: f64,
    /// Its characters.
    pub quote: String,
    /// Where it stands.
    pub span: Span,
    /// Whether the report says anywhere how many cases or appearances there were.
    pub counted: bool,
}

/// Full rates of reports that say nowhere how many cases or appearances there were, the first of each report.
#[must_use]
pub fn rates_without_cases(evidence: Evidence<'_>) -> Vec<CrossFinding> {
    let full = evidence.lexicon.audit.rates.full;
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let mut found = Vec::new();
    for rate in evidence.appearances.iter().filter(|rate| rate.value >= full && !rate.counted) {
        let Some(report) = evidence.reports.of(&rate.part) else { continue };
        if !told.insert(report.iri.as_str()) {
            continue;
        }
        let message = evidence.message("rate_without_cases", &[("found", &rate.quote)]);
        let mut finding = CrossFinding::new("rate_without_cases", node(&rate.part), message);
        finding.span = Some(rate.span);
        found.push(finding);
    }
    found
}
