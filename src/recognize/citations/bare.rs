//! Names of registered documents outside of brackets.

use super::{CitationMention, number};
use crate::lexicon::{CitationCues, Documents};
use crate::recognize::overlaps_any;
use crate::report::{DocumentKind, How};
use crate::text::{is_han, previous};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Most bytes between two names of a list: 、, 以及.
const LONGEST_JOINT: usize = 6;

/// Names that mean a document wherever they stand.
pub(super) fn names(
    text: &str,
    bracketed: &[Range<usize>],
    documents: &Documents,
    cues: &CitationCues,
) -> Vec<CitationMention> {
    documents
        .names_in(text)
        .filter(|(range, document)| {
            !overlaps_any(range, bracketed)
                && stands_alone(text, range, documents, cues)
                && (document.kind == DocumentKind::Law || !is_local(text, range.start, cues))
                && (document.kind == DocumentKind::Law || !carries_out(text, range.end, cues))
        })
        .map(|(range, _)| mention(text, range, cues))
        .collect()
}

fn mention(text: &str, range: Range<usize>, cues: &CitationCues) -> CitationMention {
    // A bare number behind a name without brackets is not told from what follows it.
    let number = text[range.end..].starts_with('(').then(|| number::after(text, range.end, cues)).flatten();
    CitationMention { articles: number::articles(text, range.end), title: range.clone(), number, range, how: How::Bare }
}

/// Whether a name is not part of another word or name (宪法广场, 行政诉讼法律).
fn stands_alone(text: &str, range: &Range<usize>, documents: &Documents, cues: &CitationCues) -> bool {
    let (before, after, name) = (&text[..range.start], &text[range.end..], &text[range.clone()]);
    let allowed = cues.bare_allowed_after.iter().any(|word| after.starts_with(word.as_str()));
    let refused_after = !allowed && cues.bare_refused_after.iter().any(|word| after.starts_with(word.as_str()));
    let short = name.chars().count() <= 3;
    let refused_before = short && cues.bare_refused_before.iter().any(|word| before.ends_with(word.as_str()));
    let rejected = documents.rejected().iter().any(|phrase| {
        phrase
            .match_indices(name)
            .any(|(at, _)| before.ends_with(&phrase[..at]) && after.starts_with(&phrase[at + name.len()..]))
    });
    !refused_after && !refused_before && !rejected
}

/// Whether a region stands right before a name: 省优化营商环境条例 is the province's own, 全省 and 我市 are only where.
fn is_local(text: &str, at: usize, cues: &CitationCues) -> bool {
    let before = &text[..at];
    cues.local_before.iter().any(|unit| {
        before
            .strip_suffix(unit.as_str())
            .is_some_and(|rest| !cues.not_local_before.iter().any(|word| rest.ends_with(word.as_str())))
    })
}

/// Whether a name is the beginning of the name of what carries it out (职责规定实施细则).
fn carries_out(text: &str, at: usize, cues: &CitationCues) -> bool {
    cues.implementing_ends.iter().any(|word| text[at..].starts_with(word.as_str()))
}

/// Adds names that mean a document only in context: beside others (宪法、民法), or behind a verb (落实法治政府建设实施纲要).
pub(super) fn add_weak_names(
    text: &str,
    bracketed: &[Range<usize>],
    documents: &Documents,
    cues: &CitationCues,
    found: &mut Vec<CitationMention>,
) {
    let mut bare: Vec<Range<usize>> = found.iter().map(|mention| mention.range.clone()).collect();
    bare.retain(|range| !overlaps_any(range, bracketed));
    bare.sort_by_key(|range| range.start);
    let mut candidates: Vec<Range<usize>> = Vec::new();
    for (at, name) in documents.weak_names_in(text) {
        let range = at..at + name.len();
        let taken = overlaps_any(&range, &bare) || overlaps_any(&range, bracketed);
        if taken || !stands_alone(text, &range, documents, cues) {
            continue;
        }
        let in_full = cues.weak_ends.iter().any(|end| name.ends_with(end.as_str()));
        if in_full && follows_verb(text, at, cues) && !carries_out(text, range.end, cues) {
            found.push(mention(text, range, cues));
        } else {
            candidates.push(range);
        }
    }
    // One that is found beside a certain name makes its own neighbours certain: to the right, then to the left.
    candidates.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut certain: BTreeMap<usize, usize> = found.iter().map(|other| (other.range.start, other.range.end)).collect();
    let mut ends: BTreeSet<usize> = certain.values().copied().collect();
    let mut listed: BTreeSet<(usize, usize)> = BTreeSet::new();
    for range in candidates.iter().chain(candidates.iter().rev()) {
        if !listed.contains(&(range.start, range.end)) && is_listed_with_law(text, range, &certain, &ends) {
            certain.insert(range.start, range.end);
            ends.insert(range.end);
            listed.insert((range.start, range.end));
        }
    }
    found.extend(listed.into_iter().map(|(start, end)| mention(text, start..end, cues)));
}

fn follows_verb(text: &str, at: usize, cues: &CitationCues) -> bool {
    cues.following.iter().any(|verb| text[..at].ends_with(verb.as_str()))
}

/// Whether a name stands in a list with a certain mention: 宪法、民法 or 民法和《行政处罚法》.
fn is_listed_with_law(
    text: &str,
    range: &Range<usize>,
    certain: &BTreeMap<usize, usize>,
    ends: &BTreeSet<usize>,
) -> bool {
    let joins = |between: &str| {
        matches!(between.trim(), "\u{3001}" | "\u{548C}" | "\u{4E0E}" | "\u{53CA}" | "\u{4EE5}\u{53CA}")
    };
    let ends_word = text[range.end..].chars().next().is_none_or(|c| {
        !is_han(c) || matches!(c, '\u{548C}' | '\u{4E0E}' | '\u{53CA}' | '\u{7B49}' | '\u{6709}' | '\u{76F8}')
    });
    let begins_word = previous(text, range.start).is_none_or(|(_, c)| !is_han(c));
    let after = || {
        ends.range(range.start.saturating_sub(LONGEST_JOINT)..=range.start).any(|end| joins(&text[*end..range.start]))
    };
    let before =
        || certain.range(range.end..=range.end + LONGEST_JOINT).any(|(start, _)| joins(&text[range.end..*start]));
    ends_word && after() || (ends_word || begins_word) && before()
}
