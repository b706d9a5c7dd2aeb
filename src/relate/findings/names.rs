//! Names that do not belong: a placeholder's, a bureau's, another year.

use super::Evidence;
use crate::report::{Basis, Finding, Level, Role};
use crate::text::year::years;
use crate::text::{WordList, mark};
use std::ops::Range;

/// Whether a place lies within a title.
pub(super) fn in_title(text: &str, range: &Range<usize>) -> bool {
    let before = near_before(text, range.start);
    before.rfind(mark::TITLE_OPEN).is_some_and(|open| before.rfind(mark::TITLE_CLOSE).is_none_or(|close| close < open))
}

/// How far titles and sentences are looked at around a place, in bytes.
const REACH: usize = 1800;

fn near_before(text: &str, at: usize) -> &str {
    let mut from = at.saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..at]
}

fn near_after(text: &str, at: usize) -> &str {
    let mut to = text.len().min(at + REACH);
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    &text[at..to]
}

/// Text that was not filled in: x镇, **县, 某局, 召开会议*次, (略).
pub(super) fn placeholders(evidence: &Evidence<'_, '_>) -> Vec<Finding> {
    let (text, cues) = (evidence.text.folded(), &evidence.lexicon.relations.placeholders);
    let mut found: Vec<Range<usize>> = Vec::new();
    for (units, marks) in [(&cues.units, &cues.marks), (&cues.counters, &cues.number_marks)] {
        for (at, unit) in units.occurrences(text).filter(|(at, _)| evidence.body.contains(at)) {
            let start = marks_before(text, at, marks);
            let letters = text[..start].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric());
            if start < at && !letters && !is_case(text, start, &cues.innocent) {
                found.push(start..at + units[unit].len());
            }
        }
    }
    let left = cues.left.occurrences(text).filter(|(at, _)| evidence.body.contains(at));
    found.extend(left.map(|(at, word)| at..at + cues.left[word].len()));
    found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    found.dedup_by_key(|range| range.start);
    found
        .into_iter()
        .map(|range| {
            let words = &text[range.clone()];
            evidence.finding(range, "placeholder", &[("found", words)], Basis::rule("findings/placeholder"))
        })
        .collect()
}

/// Whether the sentence at `at` tells of a case, in which names are left out on purpose.
fn is_case(text: &str, at: usize, innocent: &WordList) -> bool {
    innocent.stand_in(sentence_at(text, at))
}

/// The sentence in which a place lies, as far as the reach goes.
pub(super) fn sentence_at(text: &str, at: usize) -> &str {
    let ends = |c: char| c == mark::FULL_STOP || c == '\n';
    let before = near_before(text, at).rsplit(ends).next().unwrap_or_default();
    let after = near_after(text, at).split(ends).next().unwrap_or_default();
    &text[at - before.len()..at + after.len()]
}

/// The report of a government in which a bureau speaks of itself: 我局, 局党组.
pub(super) fn reused_text(evidence: &Evidence<'_, '_>) -> Vec<Finding> {
    let government = matches!(evidence.reporter.level, Some(Level::Province | Level::Prefecture | Level::County));
    // A page without a title, or with a department's, may be a department's own.
    let ends = &evidence.lexicon.metadata.government_ends;
    let titled = ends.iter().any(|end| evidence.title.contains(end.as_str()));
    if !government || !titled {
        return Vec::new();
    }
    let (text, cues) = (evidence.text.folded(), &evidence.lexicon.relations.reused_text);
    // One that the text quotes is no sign; the first that opens a clause is.
    let first = cues
        .names
        .iter()
        .flat_map(|name| text[evidence.body.clone()].match_indices(name.as_str()))
        .map(|(at, name)| evidence.body.start + at..evidence.body.start + at + name.len())
        .filter(|range| {
            let before = text[..range.start].chars().next_back();
            let opens = before.is_none_or(|c| mark::ends_clause(c) || c == mark::ENUMERATION_COMMA || c == ' ');
            opens && !cues.refused_after.iter().any(|word| text[range.end..].starts_with(word.as_str()))
        })
        .min_by_key(|range| (range.start, range.end));
    first
        .map(|range| {
            let words = &text[range.clone()];
            evidence.finding(range, "reused_text", &[("found", words)], Basis::rule("findings/reused-text"))
        })
        .into_iter()
        .collect()
}

fn marks_before(text: &str, at: usize, marks: &WordList) -> usize {
    let mut start = at;
    while let Some(mark) = marks.longest_ending(&text[..start]) {
        start -= mark.len();
    }
    start
}

/// The title names another year than the text.
pub(super) fn year_mismatch(evidence: &Evidence<'_, '_>) -> Vec<Finding> {
    // The title's own year, be it the one reported on or the mistake.
    let Some(year) = years(evidence.title).first().copied() else { return Vec::new() };
    let text = evidence.text.folded();
    let body = &text[evidence.body.clone()];
    let of_actions = evidence.statements.iter().any(|statement| statement.role == Role::Action);
    // A report of the year names it somewhere; a text that names only another one was written for that.
    let Some((range, other)) = first_year(body) else { return Vec::new() };
    if other == year
        || count(body, year) > 0 && count(body, other) <= count(body, year)
        || !of_actions
        || other > year + 1
    {
        return Vec::new();
    }
    let start = evidence.body.start;
    let (title, told) = (year.to_string(), other.to_string());
    vec![evidence.finding(
        start + range.start..start + range.end,
        "year_mismatch",
        &[("title", &title), ("text", &told)],
        Basis::rule("findings/year-mismatch"),
    )]
}

fn count(body: &str, year: u16) -> usize {
    years_of_text(body).filter(|(_, other)| *other == year).count()
}

/// The first year that a text names (2021年).
fn first_year(text: &str) -> Option<(Range<usize>, u16)> {
    years_of_text(text).next()
}

/// The years that a text itself names: none within a title, and no end of a period (2021-2025年).
fn years_of_text(text: &str) -> impl Iterator<Item = (Range<usize>, u16)> {
    text.match_indices('\u{5E74}').filter_map(|(at, year)| {
        let start = at.checked_sub(4)?;
        let value: u16 = text.get(start..at)?.parse().ok().filter(|value| (1990..=2099).contains(value))?;
        let before = text[..start].chars().next_back();
        let of_period = before.is_some_and(|c| matches!(c, '-' | '\u{81F3}' | '\u{5230}' | '(' | '\u{3014}'));
        let range = start..at + year.len();
        (!of_period && !in_title(text, &range)).then_some((range, value))
    })
}
