//! Numbers that cannot be, or that contradict each other.

use std::collections::HashMap;

use super::Evidence;
use crate::lexicon::RateCues;
use crate::report::{Basis, Figure, Finding, Role, Statement};
use crate::text::mark;

const PER_CENT: &str = "%";

/// A fall of more than 100 %, a share above it.
pub(super) fn impossible_percentages(evidence: &Evidence<'_, '_>) -> Vec<Finding> {
    let cues = &evidence.lexicon.relations.rates;
    evidence
        .figures
        .iter()
        .filter(|figure| {
            figure.unit == PER_CENT && figure.value > 100.0 && (falls(evidence, figure, cues) || is_share(figure, cues))
        })
        .map(|figure| warn(evidence, figure, "impossible_percentage", &[("found", &figure.quote)]))
        .collect()
}

fn warn(evidence: &Evidence<'_, '_>, figure: &Figure, kind: &str, blanks: &[(&str, &str)]) -> Finding {
    Finding {
        span: figure.span,
        kind: kind.to_owned(),
        message: evidence.lexicon.categories.message(kind, blanks),
        basis: Basis::default(),
    }
}

/// Whether the words right before a figure say that something fell by it.
fn falls(evidence: &Evidence<'_, '_>, figure: &Figure, cues: &RateCues) -> bool {
    let from = figure.span.start.saturating_sub(12);
    let before = evidence.text.folded_at(crate::report::Span { start: from, end: figure.span.start });
    let clause = before.rsplit(mark::ends_clause).next().unwrap_or(before);
    cues.falls.iter().any(|word| clause.trim_end_matches(['\u{4E86}', '\u{7EA6}', '\u{8FD1}']).ends_with(word.as_str()))
}

fn is_share(figure: &Figure, cues: &RateCues) -> bool {
    cues.shares.iter().any(|end| figure.indicator.ends_with(end.as_str()))
        && !cues.unbounded.iter().any(|word| figure.indicator.contains(word.as_str()))
}

/// Parts that do not add up to their total in the same statement.
pub(super) fn sum_mismatches(evidence: &Evidence<'_, '_>) -> Vec<Finding> {
    let of_actions = evidence.statements.iter().filter(|statement| statement.role == Role::Action);
    of_actions.filter_map(|statement| sum_mismatch(evidence, statement)).collect()
}

fn sum_mismatch(evidence: &Evidence<'_, '_>, statement: &Statement) -> Option<Finding> {
    let figures = evidence.figures_of(statement);
    let words = evidence.text.folded_at(statement.span);
    for partition in &evidence.lexicon.relations.sums.partitions {
        let names = |figure: &Figure, list: &[String]| {
            list.iter().any(|word| {
                before(evidence, figure).contains(word.as_str()) || figure.indicator.contains(word.as_str())
            })
        };
        let is_part = |figure: &&Figure| names(figure, &partition.parts);
        let parts: Vec<&Figure> = figures.iter().filter(is_part).collect();
        let first = parts.first()?.span.start;
        let total = figures.iter().rev().find(|figure| figure.span.end <= first && !names(figure, &partition.parts));
        let Some(total) = total.filter(|total| {
            names(total, &partition.whole) || partition.whole.iter().any(|word| words.contains(word.as_str()))
        }) else {
            continue;
        };
        let same_unit = parts.iter().all(|part| part.unit == total.unit && !part.approx) && !total.approx;
        let sum: f64 = parts.iter().map(|part| part.value).sum();
        if parts.len() >= 2 && same_unit && (sum - total.value).abs() > 0.5 {
            let (sum, whole) = (format!("{sum}"), format!("{}", total.value));
            let span = crate::report::Span {
                start: total.span.start,
                end: parts.last().map_or(total.span.end, |part| part.span.end),
            };
            let message = evidence.lexicon.categories.message("sum_mismatch", &[("sum", &sum), ("total", &whole)]);
            return Some(Finding { span, kind: "sum_mismatch".to_owned(), message, basis: Basis::default() });
        }
    }
    None
}

/// The words of the figure's own clause before it.
fn before<'t>(evidence: &Evidence<'t, '_>, figure: &Figure) -> &'t str {
    let from = figure.span.start.saturating_sub(10);
    let words = evidence.text.folded_at(crate::report::Span { start: from, end: figure.span.start });
    words
        .rsplit(|c: char| mark::ends_clause(c) || c == mark::ENUMERATION_COMMA || c.is_ascii_digit() || c == '\u{FF0C}')
        .next()
        .unwrap_or(words)
}

/// A printed rate that its printed counts contradict.
pub(super) fn rate_mismatches(evidence: &Evidence<'_, '_>) -> Vec<Finding> {
    evidence
        .statements
        .iter()
        .filter(|statement| statement.role == Role::Action)
        .flat_map(|statement| rates_of(evidence, statement))
        .collect()
}

/// 率
const RATE: char = '\u{7387}';

fn rates_of(evidence: &Evidence<'_, '_>, statement: &Statement) -> Vec<Finding> {
    let cues = &evidence.lexicon.relations.rates;
    let figures = evidence.figures_of(statement);
    let mut found = Vec::new();
    for (at, rate) in figures.iter().enumerate().filter(|(_, figure)| figure.unit == PER_CENT) {
        let Some(deed) = deed_of_rate(&rate.indicator) else { continue };
        let Some(part_at) =
            figures[..at].iter().rposition(|figure| figure.unit != PER_CENT && figure.indicator.contains(&deed))
        else {
            continue;
        };
        let part = &figures[part_at];
        let Some(whole) = figures[..part_at]
            .iter()
            .rev()
            .find(|figure| figure.unit == part.unit && figure.value >= part.value && figure.value > 0.0)
        else {
            continue;
        };
        let computed = part.value / whole.value * 100.0;
        if (computed - rate.value).abs() > cues.tolerance && !part.approx && !whole.approx && !rate.approx {
            let computed = format!("{computed:.2}%");
            found.push(warn(evidence, rate, "rate_mismatch", &[("printed", &rate.quote), ("computed", &computed)]));
        }
    }
    found
}

/// What is done in a rate: 审结 of 审结率.
fn deed_of_rate(indicator: &str) -> Option<String> {
    let stem = &indicator[..indicator.rfind(RATE)?];
    let deed: String = stem.chars().rev().take(2).collect::<Vec<char>>().into_iter().rev().collect();
    (deed.chars().count() == 2).then_some(deed)
}

/// One indicator with two values: the same phrase and concept, in two places.
pub(super) fn duplicate_indicators(evidence: &Evidence<'_, '_>) -> Vec<Finding> {
    let mut found = Vec::new();
    // Of each indicator the first figure and the first that differs from it: one of them differs from any other.
    let mut seen: HashMap<_, (&Figure, Option<&Figure>)> = HashMap::new();
    let differ = |one: &Figure, other: &Figure| (one.value - other.value).abs() > f64::EPSILON;
    for figure in evidence.figures.iter().filter(|figure| figure.concept.is_some()) {
        let key = (&figure.concept, figure.indicator.as_str(), figure.unit.as_str());
        let (first, other) = seen.entry(key).or_insert((figure, None));
        if differ(first, figure) {
            other.get_or_insert(figure);
        }
        let first = [Some(*first), *other].into_iter().flatten().find(|earlier| differ(earlier, figure));
        if let Some(first) = first {
            found.push(warn(
                evidence,
                figure,
                "duplicate_indicator",
                &[("indicator", &figure.indicator), ("first", &first.quote), ("second", &figure.quote)],
            ));
        }
    }
    found
}
