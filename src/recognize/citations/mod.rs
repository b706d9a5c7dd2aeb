//! Which documents are named: titles in 《》, known names without brackets, words that refer back.

mod anaphor;
mod bare;
mod number;

use crate::lexicon::{CitationCues, Documents};
use crate::report::How;
use crate::text::{is_han, mark};
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
    /// Bytes of the document number printed behind it, or before it.
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
    found.extend(bare::names(text, &outer, documents, cues));
    bare::add_weak_names(text, &outer, documents, cues, &mut found);
    found.extend(anaphor::unbracketed(text, &outer, cues));
    found.extend(anaphor::defined(text, &outer, cues));
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
            mark::INNER_TITLE_OPEN => open.push(at),
            '<' if !open.is_empty() => open.push(at),
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
    let number = number::after(text, title.range.end, cues);
    let behind =
        number.as_ref().map_or(title.range.end, |number| number.end + usize::from(text[number.end..].starts_with(')')));
    let number = number.or_else(|| number::before(text, title.range.start, cues));
    CitationMention {
        range: title.range.clone(),
        title: title.title.clone(),
        how,
        articles: number::articles(text, behind),
        number,
    }
}
