//! Which findings does a person want? Of a region and all within it, of a year, of rules, from a similarity on.

use std::collections::BTreeSet;

use oxigraph::model::NamedNode;
use oxigraph::store::Store;

use super::AuditError;
use super::ask::rows;
use super::corpus::{ReportRow, Reports};
use crate::describe::CrossFinding;
use crate::lexicon::labels;
use crate::query::{Limits, Question, suggest};

/// A filter that findings pass.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// IRIs of the regions that a finding may concern; `None` for all.
    pub regions: Option<BTreeSet<String>>,
    /// The year reported on.
    pub year: Option<u16>,
    /// Notations of the rules; none for all.
    pub rules: BTreeSet<String>,
    /// Least similarity of two passages.
    pub least: f64,
}

impl Filter {
    /// The regions that a name or code means, with all within it.
    ///
    /// # Errors
    /// Where the store knows no such region, or several.
    pub fn within(mut self, store: &Store, region: &str, limits: Limits) -> Result<Self, AuditError> {
        let question = Question::parse("places", include_str!("queries/places.rq"))?;
        let bindings = question.bind(store, &[("region".to_owned(), region.to_owned())])?;
        let mut regions = BTreeSet::new();
        rows(store, question.text(), &bindings, limits)?.each(|mut row| regions.extend(row.take("place")));
        self.regions = Some(regions);
        Ok(self)
    }

    /// Takes a rule in, by notation or label.
    ///
    /// # Errors
    /// Where there is no such rule.
    pub fn with_rule(mut self, name: &str) -> Result<Self, AuditError> {
        let rules = labels("rule")?;
        let name = name.trim();
        let found = rules.iter().find(|(notation, label)| [*notation, &label.zh, &label.en].iter().any(|n| *n == name));
        let Some((notation, _)) = found else {
            let names = rules.iter().flat_map(|(notation, label)| [notation, &label.zh, &label.en]).cloned();
            let suggestions = suggest(name, names);
            let known = rules.iter().map(|(notation, label)| format!("{notation} {}", label.zh)).collect();
            return Err(AuditError::UnknownRule { name: name.to_owned(), suggestions, known });
        };
        self.rules.insert(notation.clone());
        Ok(self)
    }

    /// Whether a finding across reports passes: one of its sides is of a wanted region.
    pub(super) fn takes(&self, finding: &CrossFinding, reports: &Reports) -> bool {
        let sides = std::iter::once(&finding.concerns).chain(&finding.others);
        let of_region = |iri: &str| {
            let region = reports.of(iri).map_or(Some(iri), |report| report.region.as_deref());
            self.regions.as_ref().is_none_or(|regions| region.is_some_and(|region| regions.contains(region)))
        };
        let year = finding.year.or_else(|| reports.of(finding.concerns.as_str())?.year);
        self.takes_rule(&finding.rule)
            && self.takes_year(year)
            && finding.score.is_none_or(|score| score >= self.least)
            && sides.map(NamedNode::as_str).any(of_region)
    }

    /// Whether a finding within a report passes.
    pub(super) fn takes_report(&self, rule: &str, report: &ReportRow) -> bool {
        let of_region = self
            .regions
            .as_ref()
            .is_none_or(|regions| report.region.as_ref().is_some_and(|region| regions.contains(region)));
        self.takes_rule(rule) && self.takes_year(report.year) && of_region
    }

    fn takes_rule(&self, rule: &str) -> bool {
        self.rules.is_empty() || self.rules.contains(rule)
    }

    fn takes_year(&self, year: Option<u16>) -> bool {
        self.year.is_none_or(|wanted| year == Some(wanted))
    }
}
