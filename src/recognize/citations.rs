//! Which documents are named: titles in 《》, known names without brackets, words that refer back.

use super::overlaps_any;
use crate::lexicon::{CitationCues, Documents};
use crate::report::How;
use crate::text::{is_han, mark, numeral, previous};
use std::ops::Range;

/// A mention of a document before it is known which one is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitationMention {
    /// Bytes of the mention, brackets included.
    pub range: Range<usize>,
    /// Bytes of the title.
    pub title: Range<usize>,
    /// How it is mentioned.
    pub how: How,
    /// Bytes of the document number printed behind it.
    pub number: Option<Range<usize>>,
    /// Bytes of the articles printed behind it.
    pub articles: Vec<Range<usize>>,
}

/// Longest title, in bytes; a bracket that is not closed within it is a stray one.
const LONGEST_TITLE: usize = 600;

/// Every mention of a document in the folded text, in order.
#[must_use]
pub fn citations(text: &str, documents: &Documents, cues: &CitationCues) -> Vec<CitationMention> {
    let bracketed = bracketed_titles(text);
    let outer: Vec<Range<usize>> =
        bracketed.iter().filter(|title| !title.nested).map(|title| title.range.clone()).collect();
    let mut found: Vec<CitationMention> = bracketed
        .iter()
        .filter(|title| !is_refused(text, title, cues))
        .map(|title| bracketed_mention(text, title, cues))
        .collect();
    found.extend(bare_names(text, &outer, documents, cues));
    found.extend(weak_names(text, &outer, documents, &found));
    found.extend(unbracketed_anaphors(text, &outer, cues));
    found.sort_by_key(|mention| (mention.range.start, std::cmp::Reverse(mention.range.end)));
    found
}

/// A stretch in 《》 or 〈〉.
struct Bracketed {
    range: Range<usize>,
    title: Range<usize>,
    nested: bool,
}

fn bracketed_titles(text: &str) -> Vec<Bracketed> {
    let mut found = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '\n' => open.clear(),
            mark::TITLE_OPEN => {
                open.retain(|start| at - start < LONGEST_TITLE);
                open.push(at);
            }
            mark::INNER_TITLE_OPEN | '<' if !open.is_empty() => open.push(at),
            mark::TITLE_CLOSE | mark::INNER_TITLE_CLOSE | '>' => {
                let Some(start) = matching_open(text, &mut open, c) else { continue };
                let (title, range) = (start + opener_len(text, start)..at, start..at + c.len_utf8());
                if text[title.clone()].chars().any(is_han) {
                    found.push(Bracketed { range, title, nested: !open.is_empty() });
                }
            }
            _ => {}
        }
    }
    found.sort_by_key(|title| title.range.start);
    // An opening bracket that was never closed makes what follows look nested.
    let mut reached = 0;
    for title in &mut found {
        title.nested = title.range.end <= reached;
        reached = reached.max(title.range.end);
    }
    found
}

/// The opening bracket that `close` closes; one of the other kind above it is a stray one.
fn matching_open(text: &str, open: &mut Vec<usize>, close: char) -> Option<usize> {
    let fits = |start: usize| match text[start..].chars().next() {
        Some(mark::TITLE_OPEN) => close == mark::TITLE_CLOSE,
        Some(mark::INNER_TITLE_OPEN) => close == mark::INNER_TITLE_CLOSE,
        _ => close == '>',
    };
    let depth = open.iter().rposition(|start| fits(*start))?;
    let start = open[depth];
    open.truncate(depth);
    Some(start)
}

fn opener_len(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

/// Whether a title is one of a periodical, a work or a campaign.
fn is_refused(text: &str, title: &Bracketed, cues: &CitationCues) -> bool {
    let (after, before) = (&text[title.range.end..], &text[..title.range.start]);
    cues.refused_after.iter().any(|word| after.starts_with(word.as_str()))
        || cues.refused_before.iter().any(|word| before.ends_with(word.as_str()))
        || cues.periodicals.iter().any(|end| text[title.title.clone()].ends_with(end.as_str()))
}

fn bracketed_mention(text: &str, title: &Bracketed, cues: &CitationCues) -> CitationMention {
    let words = &text[title.title.clone()];
    let how = if cues.anaphors.iter().any(|anaphor| anaphor == words) { How::Anaphor } else { How::Bracketed };
    let number = number_after(text, title.range.end, cues);
    let behind =
        number.as_ref().map_or(title.range.end, |number| number.end + usize::from(text[number.end..].starts_with(')')));
    CitationMention {
        range: title.range.clone(),
        title: title.title.clone(),
        how,
        articles: articles_after(text, behind),
        number,
    }
}

/// The document number (发文字号) behind a title, in brackets or without, a remark such as (试行) before it or not.
fn number_after(text: &str, at: usize, cues: &CitationCues) -> Option<Range<usize>> {
    let rest = &text[at..];
    let bracketed = usize::from(rest.starts_with('('));
    let number = cues.numbers.iter().filter_map(|form| form.find(&rest[bracketed..])).max_by_key(regex::Match::len);
    if let Some(number) = number {
        let start = at + bracketed;
        return Some(start..start + number.end());
    }
    let inner = rest.strip_prefix('(')?;
    let end = inner.find([')', '\n'])?;
    (inner[..end].chars().count() <= LONGEST_REMARK).then(|| number_after(text, at + end + 2, cues)).flatten()
}

/// Longest remark between a title and its number, in characters.
const LONGEST_REMARK: usize = 6;

const ORDINAL: char = '\u{7B2C}';
/// 条, 款, 项
const ARTICLE_UNITS: [char; 3] = ['\u{6761}', '\u{6B3E}', '\u{9879}'];

/// The articles named behind a title: 第三十三条第一款第二项、第四十条.
fn articles_after(text: &str, at: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = at;
    while let Some(end) = article_end(text, start) {
        found.push(start..end);
        let next = text[end..].chars().next();
        if !matches!(next, Some(mark::ENUMERATION_COMMA | '\u{548C}')) {
            break;
        }
        start = end + next.map_or(0, char::len_utf8);
    }
    found
}

fn article_end(text: &str, at: usize) -> Option<usize> {
    let mut end = at;
    for (level, unit) in ARTICLE_UNITS.into_iter().enumerate() {
        let Some(rest) = text.get(end..)?.strip_prefix(ORDINAL) else { continue };
        let digits = rest.find(|c: char| !(numeral::is_chinese(c) || c.is_ascii_digit())).unwrap_or(rest.len());
        match rest[digits..].chars().next() {
            Some(c) if c == unit && digits > 0 => end += ORDINAL.len_utf8() + digits + unit.len_utf8(),
            _ if level == 0 => return None,
            _ => {}
        }
    }
    (end > at).then_some(end)
}

/// Names of registered documents outside of brackets.
fn bare_names(
    text: &str,
    bracketed: &[Range<usize>],
    documents: &Documents,
    cues: &CitationCues,
) -> Vec<CitationMention> {
    documents
        .names_in(text)
        .map(|(range, _)| range)
        .filter(|range| !overlaps_any(range, bracketed) && stands_alone(text, range, documents, cues))
        .map(|range| CitationMention {
            articles: articles_after(text, range.end),
            title: range.clone(),
            range,
            how: How::Bare,
            number: None,
        })
        .collect()
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

/// Names that mean a law only beside others (宪法、民法).
fn weak_names(
    text: &str,
    bracketed: &[Range<usize>],
    documents: &Documents,
    found: &[CitationMention],
) -> Vec<CitationMention> {
    let mut weak = Vec::new();
    for name in documents.weak_names() {
        for (at, _) in text.match_indices(name) {
            let range = at..at + name.len();
            let touches = found.iter().any(|other| other.range.start < range.end && range.start < other.range.end);
            if !touches && !overlaps_any(&range, bracketed) && is_listed_with_law(text, &range, found) {
                weak.push(CitationMention {
                    title: range.clone(),
                    range,
                    how: How::Bare,
                    number: None,
                    articles: Vec::new(),
                });
            }
        }
    }
    weak
}

/// Whether a name stands in a list with a certain mention: 宪法、民法 or 民法和《行政处罚法》.
fn is_listed_with_law(text: &str, range: &Range<usize>, found: &[CitationMention]) -> bool {
    let joins = |between: &str| {
        matches!(between.trim(), "\u{3001}" | "\u{548C}" | "\u{4E0E}" | "\u{53CA}" | "\u{4EE5}\u{53CA}")
    };
    let ends_word = text[range.end..].chars().next().is_none_or(|c| {
        !is_han(c) || matches!(c, '\u{548C}' | '\u{4E0E}' | '\u{53CA}' | '\u{7B49}' | '\u{6709}' | '\u{76F8}')
    });
    ends_word
        && found.iter().any(|other| {
            let before = other.range.end <= range.start
                && range.start - other.range.end <= 6
                && joins(&text[other.range.end..range.start]);
            let after = range.end <= other.range.start
                && other.range.start - range.end <= 6
                && joins(&text[range.end..other.range.start]);
            before || after
        })
}

/// 该办法, 上述条例: words that refer back without brackets.
fn unbracketed_anaphors(text: &str, bracketed: &[Range<usize>], cues: &CitationCues) -> Vec<CitationMention> {
    let mut found = Vec::new();
    for opener in &cues.anaphor_openers {
        for (at, _) in text.match_indices(opener.as_str()) {
            let start = at + opener.len();
            // 应该办 and the like: the opener is the end of another word.
            let inside_word =
                previous(text, at).is_some_and(|(_, c)| is_han(c) && opener.chars().count() == 1 && !is_clause_word(c));
            let word = cues
                .anaphors
                .iter()
                .filter(|word| text[start..].starts_with(word.as_str()))
                .max_by_key(|word| word.len());
            if let Some(word) = word
                && !inside_word
            {
                let range = start..start + word.len();
                if !overlaps_any(&range, bracketed) {
                    found.push(CitationMention {
                        title: range.clone(),
                        range,
                        how: How::Anaphor,
                        number: None,
                        articles: Vec::new(),
                    });
                }
            }
        }
    }
    found
}

/// 按, 据, 将, 对, 以 and 照, after which a reference back may stand.
const fn is_clause_word(c: char) -> bool {
    matches!(
        c,
        '\u{6309}'
            | '\u{636E}'
            | '\u{5C06}'
            | '\u{5BF9}'
            | '\u{4EE5}'
            | '\u{7167}'
            | '\u{5B9E}'
            | '\u{5F7B}'
            | '\u{884C}'
    )
}
