//! What came of laying reports beside each other? The findings across reports, as a source of their own.
//!
//! They hang below the audit as what a report says hangs below the report, so nothing of them is part of any report.

use std::fmt::Write as _;

use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, Triple};

use super::shared::extractor;
use super::{Base, Triples, literal};
use crate::report::Span;
use crate::vocab::{Scheme, class, dcterms, property, prov};

/// A finding across reports.
#[derive(Debug, Clone, PartialEq)]
pub struct CrossFinding {
    /// Notation of its rule.
    pub rule: String,
    /// The unit, report or region that it speaks of.
    pub concerns: NamedNode,
    /// The units on the other side, the nearest first.
    pub others: Vec<NamedNode>,
    /// Other reports that it rests on.
    pub rests_on: Vec<NamedNode>,
    /// The year in question, where it concerns a region.
    pub year: Option<u16>,
    /// Where it stands in the report of what it concerns, where it is about a passage.
    pub span: Option<Span>,
    /// Where the first of the other side stands in its report.
    pub other_span: Option<Span>,
    /// How much two passages have in common, from 0 to 1.
    pub score: Option<f64>,
    /// What a reader is told, in Chinese.
    pub message: String,
    /// Notation of the reason for doubt.
    pub doubt: Option<String>,
}

impl CrossFinding {
    /// A finding of a rule about a unit, report or region, with nothing else said of it yet.
    #[must_use]
    pub fn new(rule: &str, concerns: NamedNode, message: String) -> Self {
        Self {
            rule: rule.to_owned(),
            concerns,
            others: Vec::new(),
            rests_on: Vec::new(),
            year: None,
            span: None,
            other_span: None,
            score: None,
            message,
            doubt: None,
        }
    }

    /// Its IRI: the rule, what it concerns, the first of the other side, each with its span, and the year, below the audit's.
    #[must_use]
    pub fn iri(&self, base: &Base) -> NamedNode {
        let mut iri = format!("{}#{}", audit_iri(base).as_str(), self.rule);
        for (thing, span) in [(Some(&self.concerns), self.span), (self.others.first(), self.other_span)] {
            let Some(name) = thing.map(NamedNode::as_str) else { continue };
            // A fragment may hold a slash and no number sign.
            let name = name.strip_prefix(base.as_str()).unwrap_or(name).replace('#', "/");
            let place = span.map(|span| format!("/{}-{}", span.start, span.end)).unwrap_or_default();
            // Writing to a string cannot fail.
            let _ = write!(iri, "/{name}{place}");
        }
        if let Some(year) = self.year {
            let _ = write!(iri, "/{year}");
        }
        NamedNode::new_unchecked(iri)
    }
}

/// The IRI of the audit, which is also the name of its graph where it has one.
#[must_use]
pub fn audit_iri(base: &Base) -> NamedNode {
    base.mint("audit", &[])
}

/// The audit and its findings, each triple once. `name` is what the audit is called, in Chinese.
#[must_use]
pub fn audit(findings: &[CrossFinding], name: &str, base: &Base) -> Vec<Triple> {
    let audit = audit_iri(base);
    let mut out = Triples::default();
    out.about(&audit)
        .says(rdf::TYPE, class::AUDIT)
        .says(rdfs::LABEL, literal::zh(name))
        .says(prov::WAS_GENERATED_BY, extractor(base));
    for finding in findings {
        let position = |span: Option<Span>, of: fn(Span) -> usize| span.map(|span| literal::position(of(span)));
        out.about(&finding.iri(base))
            .says(rdf::TYPE, class::FINDING)
            .says(dcterms::IS_PART_OF, audit.clone())
            .says(property::RULE, Scheme::Rule.concept(&finding.rule))
            .says(property::CONCERNS, finding.concerns.clone())
            .says_each(property::OTHER_PASSAGE, finding.others.iter().cloned())
            .says_each(prov::WAS_DERIVED_FROM, finding.rests_on.iter().cloned())
            .may_say(property::YEAR, finding.year.map(literal::year))
            .may_say(property::SCORE, finding.score.map(literal::decimal))
            .says(rdfs::COMMENT, literal::zh(&finding.message))
            .may_say(property::DOUBT, finding.doubt.as_deref().map(|reason| Scheme::Doubt.concept(reason)))
            .may_say(property::START, position(finding.span, |span| span.start))
            .may_say(property::END, position(finding.span, |span| span.end))
            .may_say(property::OTHER_START, position(finding.other_span, |span| span.start))
            .may_say(property::OTHER_END, position(finding.other_span, |span| span.end));
    }
    out.once()
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;

    fn node(iri: &str) -> NamedNode {
        NamedNode::new(iri).unwrap()
    }

    #[test]
    fn a_finding_is_known_by_its_rule_and_what_it_concerns() {
        let base = Base::new("x:/").unwrap();
        let unit = |report: &str, span: &str| node(&format!("x:/report/{report}#u{span}"));
        let mut copied = CrossFinding::new("copied_passage", unit("620524-2021-a", "5-90"), String::new());
        copied.others.push(unit("411481-2020-b", "7-95"));
        (copied.span, copied.other_span) = (Some(Span { start: 8, end: 80 }), Some(Span { start: 9, end: 85 }));
        assert_eq!(
            copied.iri(&base).as_str(),
            "x:/audit#copied_passage/report/620524-2021-a/u5-90/8-80/report/411481-2020-b/u7-95/9-85"
        );
        let mut missing = CrossFinding::new("missing_year", node("x:/region/620524/洛门镇"), String::new());
        missing.year = Some(2020);
        assert_eq!(missing.iri(&base).as_str(), "x:/audit#missing_year/region/620524/洛门镇/2020");
        assert!(NamedNode::new(missing.iri(&base).as_str()).is_ok());
    }

    #[test]
    fn nothing_of_an_audit_is_part_of_a_report() {
        let base = Base::new("x:/").unwrap();
        let finding = CrossFinding::new("late_report", node("x:/report/620524-2021-a"), "晚3天".to_owned());
        let triples = audit(&[finding], "审读", &base);
        let parts: Vec<_> = triples.iter().filter(|triple| triple.predicate == dcterms::IS_PART_OF).collect();
        assert!(parts.len() == 1 && parts[0].object == audit_iri(&base).into(), "{parts:?}");
        assert_eq!(triples.len(), 3 + 5);
    }
}
