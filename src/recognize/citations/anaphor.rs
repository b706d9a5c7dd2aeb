//! Words without 《》 that refer back: 该办法, 上述条例, and short titles in quotation marks that 以下简称 introduces.

use super::number::HEREAFTER;
use super::{CitationMention, number};
use crate::lexicon::CitationCues;
use crate::recognize::overlaps_any;
use crate::report::How;
use crate::text::mark;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Longest short title that 以下简称 introduces, in characters.
const LONGEST_SHORT: usize = 16;
/// Most short titles that one text introduces in quotation marks; a text with more is no report.
const MOST_SHORTS: usize = 64;
/// How far a title, its number and the remark that introduces a short title reach, in bytes.
const LONGEST_REMARK: usize = 240;

/// 该办法, 上述条例.
pub(super) fn unbracketed(text: &str, bracketed: &[Range<usize>], cues: &CitationCues) -> Vec<CitationMention> {
    let mut found = Vec::new();
    for opener in &cues.anaphor_openers {
        for (at, _) in text.match_indices(opener.as_str()) {
            let start = at + opener.len();
            // 应该办 and the like: the opener is the end of another word.
            if cues.opener_in_word.iter().any(|word| text[..start].ends_with(word.as_str())) {
                continue;
            }
            let word = cues
                .anaphors
                .iter()
                .filter(|word| text[start..].starts_with(word.as_str()))
                .max_by_key(|word| word.len());
            let Some(word) = word else { continue };
            let range = start..start + word.len();
            if !overlaps_any(&range, bracketed) {
                found.push(mention(text, range));
            }
        }
    }
    found
}

fn mention(text: &str, range: Range<usize>) -> CitationMention {
    CitationMention {
        articles: number::articles(text, range.end),
        title: range.clone(),
        range,
        how: How::Anaphor,
        number: None,
    }
}

/// (以下简称“实施方案”) behind a title, and the same words in quotation marks further on.
pub(super) fn defined(text: &str, bracketed: &[Range<usize>], cues: &CitationCues) -> Vec<CitationMention> {
    let mut found: BTreeMap<usize, CitationMention> = BTreeMap::new();
    let mut shorts: BTreeSet<&str> = BTreeSet::new();
    for (at, _) in text.match_indices(HEREAFTER) {
        let start = at + HEREAFTER.len();
        let Some(inner) = text[start..].strip_prefix(mark::QUOTE_OPEN) else { continue };
        let Some(length) = inner.find([mark::QUOTE_CLOSE, '\n']) else { continue };
        let short = &inner[..length];
        let is_short = (2..=LONGEST_SHORT).contains(&short.chars().count());
        if !is_short || short.contains(mark::TITLE_OPEN) || !follows_title(text, at, cues) || !shorts.insert(short) {
            continue;
        }
        if shorts.len() > MOST_SHORTS {
            break;
        }
        let quoted = format!("{}{short}{}", mark::QUOTE_OPEN, mark::QUOTE_CLOSE);
        for (place, _) in text[start..].match_indices(&quoted) {
            let from = start + place + mark::QUOTE_OPEN.len_utf8();
            let range = from..from + short.len();
            if !overlaps_any(&range, bracketed) {
                found.entry(from).or_insert_with(|| mention(text, range));
            }
        }
    }
    found.into_values().collect()
}

/// Whether the remark that holds the place stands behind a title, with the document number between or not.
fn follows_title(text: &str, at: usize, cues: &CitationCues) -> bool {
    let mut from = at.saturating_sub(LONGEST_REMARK);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let open = text[from..at].rfind(['(', '\n']).map(|open| from + open);
    let Some(open) = open.filter(|open| text[*open..].starts_with('(')) else { return false };
    let mut from = open.saturating_sub(LONGEST_REMARK);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let title = text[from..open].rfind(mark::TITLE_CLOSE).map(|close| from + close + mark::TITLE_CLOSE.len_utf8());
    title.is_some_and(|end| end == open || number::after(text, end, cues).is_some_and(|number| open <= number.end + 1))
}
