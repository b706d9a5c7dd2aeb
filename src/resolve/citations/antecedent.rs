//! What has been cited before a place, and which of it a word there refers back to.

use super::ResolvedCitation;
use crate::recognize::citations::CitationMention;
use crate::report::{Basis, How};
use std::collections::BTreeSet;
use std::ops::Range;

/// Longest title in brackets that may be the end of one cited before (《考核办法》), in characters.
const LONGEST_SHORT: usize = 5;

/// Most documents to which a word is compared, from the last one back: what lies further is not meant.
const REACH: usize = 512;

/// Whether a title is as short as those that refer back.
pub(super) fn is_short(title: &str) -> bool {
    title.chars().count() <= LONGEST_SHORT
}

/// The documents cited so far, and the short titles that the text itself introduced.
#[derive(Debug, Default)]
pub(super) struct Cited {
    documents: Vec<(Range<usize>, ResolvedCitation)>,
    defined: Vec<(String, ResolvedCitation)>,
}

impl Cited {
    /// Adds what was cited at `range`.
    pub(super) fn add(&mut self, range: Range<usize>, document: Option<ResolvedCitation>) {
        self.documents.extend(document.map(|document| (range, document)));
    }

    /// Adds a short title that the text introduces.
    pub(super) fn define(&mut self, short: String, document: ResolvedCitation) {
        self.defined.push((short, document));
    }

    /// The document for which the text introduced this short title.
    pub(super) fn defined(&self, short: &str) -> Option<&ResolvedCitation> {
        self.defined.iter().rev().take(REACH).find(|(name, _)| name == short).map(|(_, document)| document)
    }

    /// The document that stands last before a mention, the outer one of two in each other.
    pub(super) fn last(&self, mention: &CitationMention) -> Option<&ResolvedCitation> {
        let recent = &self.documents[self.documents.len().saturating_sub(REACH)..];
        let before = || recent.iter().filter(|(range, _)| range.end <= mention.range.start);
        let end = before().map(|(range, _)| range.end).max()?;
        before()
            .filter(|(range, _)| end - range.end <= '\u{300B}'.len_utf8())
            .max_by_key(|(range, _)| (range.end, std::cmp::Reverse(range.start)))
            .map(|(_, document)| document)
    }

    /// The last document in the line of a mention whose title ends with the word that refers back.
    pub(super) fn in_line(&self, text: &str, mention: &CitationMention, word: &str) -> Option<ResolvedCitation> {
        let recent = self.documents.len().checked_sub(REACH).map_or(0, |at| self.documents[at].0.start);
        let from = recent.min(mention.range.start);
        let line = text[from..mention.range.start].rfind('\n').map_or(from, |end| from + end + 1);
        self.referred(line, mention, word)
    }

    /// The last document whose title ends with the word that refers back.
    pub(super) fn ending_in(&self, text: &str, mention: &CitationMention, word: &str) -> Option<ResolvedCitation> {
        self.in_line(text, mention, word).or_else(|| self.referred(0, mention, word))
    }

    /// The last document cited whose title has `name` in it.
    pub(super) fn titled_like(&self, name: &str) -> Option<ResolvedCitation> {
        self.documents
            .iter()
            .rev()
            .take(REACH)
            .find(|(_, document)| document.title.contains(name) || document.canonical.contains(name))
            .map(|(_, document)| ResolvedCitation {
                how: How::Anaphor,
                basis: Basis::rule("citations/anaphor"),
                ..document.clone()
            })
    }

    fn referred(&self, from: usize, mention: &CitationMention, word: &str) -> Option<ResolvedCitation> {
        let fits = |document: &ResolvedCitation| {
            let stem = document.title.split('(').next().unwrap_or_default();
            stem.ends_with(word) && stem.len() > word.len()
        };
        let fitting = || {
            self.documents
                .iter()
                .filter(|(range, document)| range.start >= from && range.end <= mention.range.start && fits(document))
        };
        let (_, document) = fitting().next_back()?;
        let candidates: BTreeSet<&str> = fitting().map(|(_, document)| document.canonical.as_str()).collect();
        let basis = Basis::rule("citations/anaphor");
        let basis = if candidates.len() > 1 { basis.doubted("antecedent") } else { basis };
        Some(ResolvedCitation { how: How::Anaphor, basis, ..document.clone() })
    }
}
