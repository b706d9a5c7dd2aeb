//! Who carries a unit out, told from who is only named.

use crate::lexicon::RelationCues;
use crate::text::mark;
use std::ops::Range;

/// Which of the bodies at `bodies`, in order, carry out the unit that the text is of: those that act, or are set up to
/// act, and those that stand in a list with one that does. All ranges are bytes of `text`.
#[must_use]
pub fn carriers(text: &str, unit: &Range<usize>, bodies: &[Range<usize>], cues: &RelationCues) -> Vec<bool> {
    let mut carries: Vec<bool> = Vec::with_capacity(bodies.len());
    for (at, body) in bodies.iter().enumerate() {
        let listed = at > 0 && carries[at - 1] && is_listed(text, &bodies[at - 1], body, cues);
        carries.push((listed || acts(text, unit, body, cues)) && !is_only_named(text, body, cues));
    }
    // A list of which the last member alone is followed by a word of praise or of rank is only named as a whole.
    for at in (1..bodies.len()).rev() {
        if !carries[at] && carries[at - 1] && is_listed(text, &bodies[at - 1], &bodies[at], cues) {
            carries[at - 1] = false;
        }
    }
    carries
}

fn is_listed(text: &str, before: &Range<usize>, body: &Range<usize>, cues: &RelationCues) -> bool {
    let between = text.get(before.end..body.start).unwrap_or("?");
    cues.carriers.joins.iter().any(|join| join == between)
        || (between.starts_with(mark::ENUMERATION_COMMA)
            && between.ends_with(mark::ENUMERATION_COMMA)
            && between.chars().count() <= 10)
}

fn acts(text: &str, unit: &Range<usize>, body: &Range<usize>, cues: &RelationCues) -> bool {
    let before = &text[unit.start..body.start];
    let carriers = &cues.carriers;
    if carriers.before.iter().any(|word| before.ends_with(word.as_str())) {
        return true;
    }
    let clause = before.rsplit(is_clause_end).next().unwrap_or(before);
    let near = carriers.near_before.iter().any(|word| {
        clause.rfind(word.as_str()).is_some_and(|at| clause[at + word.len()..].chars().count() <= carriers.reach)
    });
    near || clause.is_empty()
}

const fn is_clause_end(c: char) -> bool {
    mark::ends_clause(c) || matches!(c, '\u{FF0C}' | '\u{FF1B}' | '\u{FF1A}')
}

fn is_only_named(text: &str, body: &Range<usize>, cues: &RelationCues) -> bool {
    let (before, after) = (&text[..body.start], &text[body.end..]);
    let ends = after.chars().next().is_none_or(|c| c != mark::ENUMERATION_COMMA && is_clause_end(c));
    let founded =
        cues.carriers.before.iter().chain(&cues.carriers.near_before).any(|word| before.ends_with(word.as_str()));
    cues.carriers.refused_after.iter().any(|word| after.starts_with(word.as_str()))
        || cues.carriers.refused_before.iter().any(|word| before.ends_with(word.as_str()))
        || (ends && !founded)
}
