//! Which passages were copied, carried over, or named again year after year?

use std::collections::{BTreeMap, BTreeSet};

use super::{Evidence, node, percent};
use crate::audit::corpus::ReportRow;
use crate::audit::pair::Sign;
use crate::describe::CrossFinding;
use crate::report::Span;

/// Two passages that are alike, as the comparison of all reports gives them.
#[derive(Debug, Clone, PartialEq)]
pub struct Likeness {
    /// What it is a sign of.
    pub sign: Sign,
    /// How much they have in common, from 0 to 1.
    pub similarity: f64,
    /// The earlier passage.
    pub earlier: Place,
    /// The later one.
    pub later: Place,
    /// Whether one of the two places lies within the other.
    pub above_and_below: bool,
    /// The name of the earlier one's place, left in the later passage.
    pub left_name: Option<String>,
}

/// Where a passage stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// IRI of its report.
    pub report: String,
    /// IRI of the unit in which it begins, else of the report.
    pub part: String,
    /// Its span in the report's text.
    pub span: Span,
}

/// Passages that two places share, and those that a place carried over from another year.
///
/// What repeats a problem is left to [`repeated_problems`].
#[must_use]
pub fn passages(evidence: Evidence<'_>) -> Vec<CrossFinding> {
    evidence.likenesses.iter().filter_map(|pair| passage(evidence, pair)).collect()
}

fn passage(evidence: Evidence<'_>, pair: &Likeness) -> Option<CrossFinding> {
    let (source, copy) = (evidence.reports.of(&pair.earlier.report)?, evidence.reports.of(&pair.later.report)?);
    let rule = rule(pair.sign, source, copy)?;
    // Titles and salutations, which stand outside the units, are the same every year.
    if rule != "copied_passage" && pair.later.part == pair.later.report {
        return None;
    }
    let year = source.year.map(|year| year.to_string()).unwrap_or_default();
    let reasons = &evidence.lexicon.audit.reasons;
    let left = pair.left_name.as_ref().map(|name| reasons.left_name.replace("{name}", name)).unwrap_or_default();
    let score = percent(pair.similarity);
    let blanks = [("place", source.place.as_str()), ("year", &year), ("score", &score), ("left", &left)];
    let mut finding = CrossFinding::new(rule, node(&pair.later.part), evidence.message(rule, &blanks));
    finding.others = vec![node(&pair.earlier.part)];
    finding.score = Some(rounded(pair.similarity));
    finding.span = Some(pair.later.span);
    finding.other_span = Some(pair.earlier.span);
    finding.doubt = (rule == "copied_passage" && pair.above_and_below).then(|| "above-and-below".to_owned());
    Some(finding)
}

/// What government and departments of one region have in common is no wonder, and no finding.
fn rule(sign: Sign, source: &ReportRow, copy: &ReportRow) -> Option<&'static str> {
    let one_reporter = source.reporter == copy.reporter;
    let one_region = source.region.is_some() && source.region == copy.region;
    match sign {
        Sign::CopiedPassage => (!one_reporter && !one_region).then_some("copied_passage"),
        Sign::UnchangedPassage => one_reporter.then_some("unchanged_passage"),
        Sign::OnlyNumbersChanged => one_reporter.then_some("only_numbers_changed"),
        Sign::RepeatedProblem => None,
    }
}

fn rounded(similarity: f64) -> f64 {
    (similarity * 1000.0).round() / 1000.0
}

/// Problems that a place names year after year, each at its last year.
#[must_use]
pub fn repeated_problems(evidence: Evidence<'_>) -> Vec<CrossFinding> {
    let mut before: BTreeMap<&Place, &Likeness> = BTreeMap::new();
    for pair in evidence.likenesses.iter().filter(|pair| pair.sign == Sign::RepeatedProblem) {
        let (Some(earlier), Some(later)) =
            (evidence.reports.of(&pair.earlier.report), evidence.reports.of(&pair.later.report))
        else {
            continue;
        };
        let next = earlier.year.and_then(|year| year.checked_add(1));
        if next.is_none() || next != later.year || earlier.reporter != later.reporter {
            continue;
        }
        let nearest = before.entry(&pair.later).or_insert(pair);
        if pair.similarity > nearest.similarity {
            *nearest = pair;
        }
    }
    let continued: BTreeSet<&Place> = before.values().map(|pair| &pair.earlier).collect();
    let last = before.keys().filter(|place| !continued.contains(*place));
    last.filter_map(|place| repeated(evidence, place, &before)).collect()
}

fn repeated(evidence: Evidence<'_>, end: &Place, before: &BTreeMap<&Place, &Likeness>) -> Option<CrossFinding> {
    let mut chain = vec![end];
    let mut least = 1.0_f64;
    // Every step goes a year back, so that there is an end.
    while let Some(pair) = chain.last().and_then(|place| before.get(place)) {
        least = least.min(pair.similarity);
        chain.push(&pair.earlier);
    }
    if chain.len() < evidence.lexicon.audit.repeated.years {
        return None;
    }
    let years: Vec<String> =
        chain.iter().rev().filter_map(|place| Some(evidence.reports.of(&place.report)?.year?.to_string())).collect();
    let (count, list) = (chain.len().to_string(), years.join(&evidence.lexicon.audit.reasons.separator));
    let message = evidence.message("repeated_problem", &[("years", &count), ("list", &list)]);
    let mut finding = CrossFinding::new("repeated_problem", node(&end.part), message);
    finding.others = chain[1..].iter().map(|place| node(&place.part)).collect();
    finding.score = Some(rounded(least));
    finding.span = Some(end.span);
    finding.other_span = chain.get(1).map(|place| place.span);
    Some(finding)
}
