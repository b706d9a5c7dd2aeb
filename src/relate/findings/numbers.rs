//! Numbers that cannot be, and indicators with two values.

use std::collections::HashMap;

use super::Evidence;
use crate::lexicon::RateCues;
use crate::report::{Basis, Direction, Figure, Finding, Span};
use crate::text::mark;

const PER_CENT: &str = "%";

/// A fall of more than 100 %, a share above it, a difference of shares above 100 points.
pub(super) fn impossible_percentages(evidence: &Evidence<'_, '_>) -> Vec<Finding> {
    let cues = &evidence.lexicon.relations.rates;
    let points = &evidence.lexicon.figures.points;
    let impossible = |figure: &&Figure| {
        let per_cent = figure.unit == PER_CENT && (falls(evidence, figure, cues) || is_share(figure, cues));
        figure.value > 100.0 && (per_cent || points.contains(&figure.unit))
    };
    let basis = || Basis::rule("findings/impossible-percentage");
    let found = evidence.figures.iter().filter(impossible);
    found.map(|figure| warn(evidence, figure, "impossible_percentage", &[("found", &figure.quote)], basis())).collect()
}

fn warn(evidence: &Evidence<'_, '_>, figure: &Figure, kind: &str, blanks: &[(&str, &str)], basis: Basis) -> Finding {
    let message = evidence.lexicon.categories.message(kind, blanks);
    Finding { span: figure.span, kind: kind.to_owned(), message, basis }
}

/// Whether something fell by a figure: its words say so, or the words right before it.
fn falls(evidence: &Evidence<'_, '_>, figure: &Figure, cues: &RateCues) -> bool {
    if figure.change.as_ref().is_some_and(|change| change.direction == Direction::Fall) {
        return true;
    }
    let from = figure.span.start.saturating_sub(12);
    let before = evidence.text.folded_at(Span { start: from, end: figure.span.start });
    let clause = before.rsplit(mark::ends_clause).next().unwrap_or(before);
    cues.falls.iter().any(|word| clause.trim_end_matches(['\u{4E86}', '\u{7EA6}', '\u{8FD1}']).ends_with(word.as_str()))
}

fn is_share(figure: &Figure, cues: &RateCues) -> bool {
    figure.change.is_none()
        && cues.shares.iter().any(|end| figure.indicator.ends_with(end.as_str()))
        && !cues.unbounded.iter().any(|word| figure.indicator.contains(word.as_str()))
}

/// One indicator with two values: the same phrase, concept, unit and time in two places, in clauses that say nothing
/// more, so that no other office or place can be meant.
pub(super) fn duplicate_indicators(evidence: &Evidence<'_, '_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let plain = |figure: &&Figure| figure.concept.is_some() && !figure.approx && says_no_more(evidence, figure);
    // Of each indicator the first figure and the first that differs from it: one of them differs from any other.
    let mut seen: HashMap<_, (&Figure, Option<&Figure>)> = HashMap::new();
    let differ = |one: &Figure, other: &Figure| (one.value - other.value).abs() > f64::EPSILON;
    for figure in evidence.figures.iter().filter(plain) {
        let period = figure.period.as_ref().map(|period| (period.from.as_deref(), period.to.as_deref()));
        let key = (&figure.concept, figure.indicator.as_str(), figure.unit.as_str(), period);
        let (first, other) = seen.entry(key).or_insert((figure, None));
        if differ(first, figure) {
            other.get_or_insert(figure);
        }
        let first = [Some(*first), *other].into_iter().flatten().find(|earlier| differ(earlier, figure));
        if let Some(first) = first {
            let blanks = [("indicator", &*figure.indicator), ("first", &*first.quote), ("second", &*figure.quote)];
            found.push(warn(
                evidence,
                figure,
                "duplicate_indicator",
                &blanks,
                Basis::rule("findings/duplicate-indicator"),
            ));
        }
    }
    found
}

/// Whether the clause of a figure has little more than its indicator.
fn says_no_more(evidence: &Evidence<'_, '_>, figure: &Figure) -> bool {
    const MORE: usize = 9;
    const FAR: usize = 60;
    let before = evidence.text.folded_at(Span { start: figure.span.start.saturating_sub(FAR), end: figure.span.start });
    let ends = |c: char| mark::ends_clause(c) || matches!(c, '\u{FF0C}' | '\u{FF1A}' | '\u{FF1B}' | '(' | '\u{FF08}');
    let clause = before.rsplit(ends).next().unwrap_or(before);
    let whole = clause.len() < before.len() || figure.span.start <= FAR;
    // What another organ did is another thing.
    let own = figure.indicator.char_indices().nth(2).map_or(figure.indicator.len(), |(at, _)| at);
    let actor = clause.find(&figure.indicator[..own]).map_or("", |at| &clause[..at]);
    // From one amount to another: 从40项减少到30项.
    let cues = &evidence.lexicon.relations.rates;
    if cues.from.stand_in(clause) && cues.became.end(clause) {
        return false;
    }
    if evidence.lexicon.figures.indicator.organs.iter().any(|organ| actor.contains(organ.as_str())) {
        return false;
    }
    // A part of a whole that its clause does not name is told apart by what stands before.
    whole && clause.chars().count() <= figure.indicator.chars().count() + MORE && clause.chars().count() >= 4
}
