//! Who carries a unit out, told from who is only named.

use crate::lexicon::RelationCues;
use crate::text::mark;
use std::ops::Range;

/// Whether the body at `range` carries out the unit that the text is of: it acts, or is set up to act.
#[must_use]
pub fn carries_out(text: &str, unit: &Range<usize>, range: &Range<usize>, cues: &RelationCues) -> bool {
    let (before, after) = (&text[unit.start..range.start], &text[range.end..unit.end]);
    let carriers = &cues.carriers;
    if carriers.refused_after.iter().any(|word| after.starts_with(word.as_str())) {
        return false;
    }
    if carriers.before.iter().any(|word| before.ends_with(word.as_str())) {
        return true;
    }
    let opens = before.chars().next_back().is_none_or(|c| mark::ends_clause(c) || c == mark::ENUMERATION_COMMA);
    opens && carriers.after.iter().any(|word| after.starts_with(word.as_str()))
}
