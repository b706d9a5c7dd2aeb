//! How is a text compared, and where does it stand? The text as read beside the form in which it is compared.
//!
//! Recognizers work on [`Text::folded`], in which half and full width, the kinds of dashes, stray spaces and traditional
//! script no longer differ and what copying ruined is mended; every position goes back to code points of the text as read by [`Text::span`].

mod character;
mod enclosure;
mod fold;
mod formula;
pub mod mark;
mod mend;
pub mod numeral;
mod script;
mod words;
pub mod year;

pub use enclosure::{Enclosures, closer_of, enclosures};
pub use formula::harmless;
pub use words::WordList;

use crate::report::Span;
use std::ops::Range;

/// A text as read, with the folded form in which it is compared.
#[derive(Debug, Clone)]
pub struct Text<'a> {
    original: &'a str,
    /// Byte at which each code point of the original starts, and its length at the end.
    starts: Vec<usize>,
    folded: String,
    /// Code point of the original from which each byte of the folded form comes, and the count at the end.
    origin: Vec<usize>,
    /// Whether the original is in traditional script.
    traditional: bool,
}

impl<'a> Text<'a> {
    /// Folds `original`.
    #[must_use]
    pub fn new(original: &'a str) -> Self {
        let mut starts: Vec<usize> = original.char_indices().map(|(at, _)| at).collect();
        starts.push(original.len());
        let (folded, traditional) = fold::fold(original);
        Self { original, starts, folded: folded.text, origin: folded.origin, traditional }
    }

    /// The text as read.
    #[must_use]
    pub const fn original(&self) -> &'a str {
        self.original
    }

    /// The form in which the text is compared; see the module `fold` for what is folded.
    #[must_use]
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// The code points of the original that a range of bytes of the folded form stands for.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Span {
        let last = range.end.saturating_sub(1).min(self.origin.len().saturating_sub(1));
        if range.start >= range.end {
            let at = self.origin.get(range.start).copied().unwrap_or(self.starts.len() - 1);
            return Span { start: at, end: at };
        }
        Span { start: self.origin[range.start], end: self.origin[last] + 1 }
    }

    /// The bytes of the folded form that come from the code points of `span`.
    #[must_use]
    pub fn range(&self, span: Span) -> Range<usize> {
        let last = self.folded.len();
        let start = self.origin.partition_point(|at| *at < span.start).min(last);
        let end = self.origin.partition_point(|at| *at < span.end).min(last);
        start..end.max(start)
    }

    /// The folded form of the code points of `span`.
    #[must_use]
    pub fn folded_at(&self, span: Span) -> &str {
        &self.folded[self.range(span)]
    }

    /// The characters of the original at `span`.
    #[must_use]
    pub fn slice(&self, span: Span) -> &'a str {
        let last = self.starts.len() - 1;
        &self.original[self.starts[span.start.min(last)]..self.starts[span.end.min(last)]]
    }

    /// The characters of the original behind a range of bytes of the folded form.
    #[must_use]
    pub fn quote(&self, range: Range<usize>) -> &'a str {
        self.slice(self.span(range))
    }

    /// The characters of the original behind a range of bytes of the folded form, without what folding takes for
    /// insertions (pinyin, doubled brackets, what has no width), ideographs in their common form.
    #[must_use]
    pub fn printed(&self, range: Range<usize>) -> String {
        let span = self.span(range.clone());
        let origins = &self.origin[range];
        let characters = self.slice(span).chars().enumerate();
        let is_kept =
            |at: usize, c: char| is_han(c) || c.is_whitespace() || origins.binary_search(&(span.start + at)).is_ok();
        characters.filter(|(at, c)| is_kept(*at, *c)).map(|(_, c)| character::ideograph(c)).collect()
    }

    /// Words of this text in the script of its folded form: folded where the text is traditional, else as they are.
    #[must_use]
    pub fn in_simplified(&self, words: &str) -> String {
        if self.traditional { Text::new(words).folded } else { words.to_owned() }
    }

    /// The lines of the folded form that are not empty, as ranges of bytes without surrounding spaces.
    #[must_use]
    pub fn lines(&self) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        let mut start = 0;
        for line in self.folded.split('\n') {
            let trimmed = line.trim();
            if !trimmed.is_empty() {
                let from = start + (line.len() - line.trim_start().len());
                lines.push(from..from + trimmed.len());
            }
            start += line.len() + 1;
        }
        lines
    }
}

/// The byte offset one character before `at`, for stepping back through a text.
#[must_use]
pub fn previous(text: &str, at: usize) -> Option<(usize, char)> {
    text[..at].char_indices().next_back()
}

/// Whether a character has no width and says nothing (a zero-width space, a byte-order mark inside the text).
#[must_use]
pub fn is_invisible(c: char) -> bool {
    character::is_invisible(c)
}

/// An ideograph in simplified script, whatever stands beside it; any other character as it is.
#[must_use]
pub fn simplified(c: char) -> char {
    script::character(c)
}

/// Whether a character is a Chinese ideograph.
#[must_use]
pub const fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}' | '\u{3007}')
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;

    #[test]
    fn a_folded_range_leads_back_to_the_text_as_read() {
        let text = Text::new("  (一)审 核 文件\u{00A0}9件，\n  好");
        assert_eq!(text.folded(), "(一)审核文件9件,\n好");
        let at = text.folded().find("9件").unwrap();
        let span = text.span(at..at + "9件".len());
        assert_eq!(text.slice(span), "9件");
        assert_eq!(span, Span { start: 12, end: 14 });
        assert_eq!(text.quote(0..text.folded().find(',').unwrap()), "(一)审 核 文件\u{00A0}9件");
    }

    #[test]
    fn a_span_leads_to_its_folded_form() {
        let text = Text::new("縣司法局(jú)辦理 1 234 件");
        let span = text.span(0.."县司法局".len());
        assert_eq!((text.slice(span), text.folded_at(span)), ("縣司法局", "县司法局"));
        assert_eq!(text.folded_at(Span { start: 0, end: 99 }), "县司法局办理1234件");
        assert_eq!(text.printed(0..text.folded().len()), "縣司法局辦理 1 234 件");
    }

    #[test]
    fn lines_leave_out_the_empty_ones() {
        let text = Text::new("一\n\n \u{3000}\n  二  \n");
        let lines: Vec<&str> = text.lines().into_iter().map(|range| &text.folded()[range]).collect();
        assert_eq!(lines, ["一", "二"]);
    }
}
