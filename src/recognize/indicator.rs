//! What a figure counts, in the text's own words.

use crate::lexicon::FigureCues;
use crate::text::mark;
use std::ops::Range;

/// An indicator shorter than this many characters says too little; the words before it are taken in.
const SHORTEST: usize = 4;
/// Longest indicator, in characters.
const LONGEST: usize = 40;

/// The phrase that says what the figure at `range` counts.
///
/// `statement` is the statement's bytes, `others` the ranges of all its figures in order, `counted` the phrase of the
/// figure before, whose object a bare verb (废止5件) shares.
#[must_use]
pub fn indicator(
    text: &str,
    statement: &Range<usize>,
    range: &Range<usize>,
    others: &[Range<usize>],
    counted: Option<&str>,
    cues: &FigureCues,
) -> String {
    let before_end = range.start;
    let previous = others.iter().rev().find(|other| other.end <= before_end).map_or(statement.start, |other| other.end);
    let next = others.iter().find(|other| other.start >= range.end).map_or(statement.end, |other| other.start);
    let after = noun_after(&text[range.end..next]);
    let clause_start = clause_start(text, statement.start, before_end);
    let before = strip(&text[clause_start.max(previous)..before_end], cues);
    let mut phrase = format!("{before}{after}");
    if is_verb(&phrase, cues) || phrase.is_empty() {
        phrase.push_str(&counted.map(|counted| object(counted, cues)).unwrap_or_default());
    }
    if phrase.chars().count() < SHORTEST || before.is_empty() {
        let earlier_end = clause_start.min(before_end);
        let earlier_start =
            self::clause_start(text, statement.start, earlier_end.saturating_sub(1).max(statement.start));
        let earlier = strip(text.get(earlier_start..earlier_end).unwrap_or_default(), cues);
        let earlier = without_figures(&earlier);
        phrase = format!("{earlier}{phrase}");
    }
    let length = phrase.chars().count();
    phrase.chars().skip(length.saturating_sub(LONGEST)).collect()
}

/// The noun directly behind the unit: what is counted (2313名行政执法人员).
fn noun_after(after: &str) -> &str {
    let end = after
        .find(|c: char| mark::ends_clause(c) || matches!(c, mark::ENUMERATION_COMMA | '(' | ')' | mark::QUOTE_CLOSE))
        .unwrap_or(after.len());
    &after[..end]
}

/// Where the clause around `at` begins; brackets with remarks are stepped over.
fn clause_start(text: &str, least: usize, at: usize) -> usize {
    let mut at = at;
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let mut depth = 0_usize;
    for (position, c) in text[least..at].char_indices().rev() {
        match c {
            ')' | mark::TITLE_CLOSE | mark::QUOTE_CLOSE => depth += 1,
            '(' | mark::TITLE_OPEN | mark::QUOTE_OPEN => depth = depth.saturating_sub(1),
            c if depth == 0 && (mark::ends_clause(c) || c == mark::ENUMERATION_COMMA) => {
                return least + position + c.len_utf8();
            }
            _ => {}
        }
    }
    least
}

/// A clause without the words around it that say nothing of what is counted.
fn strip(clause: &str, cues: &FigureCues) -> String {
    let mut clause = clause.trim();
    loop {
        let before = clause;
        clause = clause.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | ')'));
        for word in &cues.indicator.leading {
            clause = clause.strip_prefix(word.as_str()).unwrap_or(clause);
        }
        for word in &cues.indicator.trailing {
            clause = clause.strip_suffix(word.as_str()).unwrap_or(clause);
        }
        clause = clause.trim();
        if clause == before {
            return clause.to_owned();
        }
    }
}

fn is_verb(phrase: &str, cues: &FigureCues) -> bool {
    cues.indicator.verbs.iter().any(|verb| verb == phrase)
}

/// What a verb's phrase is about: the phrase without its verb.
fn object(counted: &str, cues: &FigureCues) -> String {
    let verb =
        cues.indicator.verbs.iter().filter(|verb| counted.starts_with(verb.as_str())).max_by_key(|verb| verb.len());
    verb.map_or(counted, |verb| &counted[verb.len()..]).to_owned()
}

fn without_figures(clause: &str) -> String {
    clause.chars().filter(|c| !c.is_ascii_digit() && !mark::ends_clause(*c) && *c != '%').collect()
}
