//! What shows only when reports are laid beside each other? One rule a function; what each judges by stands in
//! `data/audit.toml`, what it tells in the scheme `rule`, how it works in `docs/audit.md`.

mod appearance;
mod passages;
mod plans;
mod years;

pub use appearance::{Appearance, rates_without_cases};
pub use passages::{Likeness, Place, passages, repeated_problems};
pub use plans::{plans_without_measure, problems_without_plan};
pub use years::{late_reports, missing_years};

use oxigraph::model::NamedNode;

use super::corpus::{Matter, Reports};
use crate::describe::CrossFinding;
use crate::lexicon::Lexicon;

/// What all rules look at.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// Who reported when.
    pub reports: &'a Reports,
    /// What the reports say, those of a report together.
    pub matters: &'a [Matter],
    /// Passages of different reports that are alike.
    pub likenesses: &'a [Likeness],
    /// Rates of court appearance.
    pub appearances: &'a [Appearance],
    /// The tables.
    pub lexicon: &'a Lexicon,
}

/// Every finding across the reports, in the order of the rules' names and of what they concern.
#[must_use]
pub fn findings(evidence: Evidence<'_>) -> Vec<CrossFinding> {
    let mut found = passages(evidence);
    found.extend(repeated_problems(evidence));
    found.extend(plans_without_measure(evidence));
    found.extend(problems_without_plan(evidence));
    found.extend(missing_years(evidence));
    found.extend(late_reports(evidence));
    found.extend(rates_without_cases(evidence));
    order(&mut found);
    found
}

/// Brings findings into their order: by rule, what they concern, and where.
pub(super) fn order(findings: &mut [CrossFinding]) {
    findings.sort_by_cached_key(|finding| {
        let place = (finding.concerns.as_str().to_owned(), finding.span, finding.year);
        (finding.rule.clone(), place, finding.others.first().map(|other| other.as_str().to_owned()), finding.other_span)
    });
}

impl Evidence<'_> {
    fn message(&self, rule: &str, blanks: &[(&str, &str)]) -> String {
        self.lexicon.categories.message(rule, blanks)
    }
}

/// The node of an IRI that the store gave.
fn node(iri: &str) -> NamedNode {
    NamedNode::new_unchecked(iri)
}

/// A share as readers write it: 87%.
fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}
