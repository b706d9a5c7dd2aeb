//! What of a passage is compared? Its ideographs, without the numbers and the names of regions, which whoever copies
//! changes, and without the titles of documents, which all who cite one have in common.

use crate::lexicon::Lexicon;
use crate::recognize::regions::regions;
use crate::report::Span;
use crate::text::{Text, is_han, mark, numeral};

/// The characters of a passage that are compared, each with its place in the report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Masked {
    /// The characters.
    pub characters: Vec<char>,
    /// Code point of the passage's own text at which each stands.
    pub places: Vec<usize>,
    /// The digits of the passage in their order, for telling what differs in numbers alone.
    pub digits: String,
}

impl Masked {
    /// Masks a passage.
    #[must_use]
    pub fn new(passage: &str, lexicon: &Lexicon) -> Self {
        let text = Text::new(passage);
        let mut names = regions(text.folded(), lexicon).into_iter().map(|mention| mention.range).peekable();
        let mut masked = Self::default();
        let mut titles = 0_usize;
        for (at, c) in text.folded().char_indices() {
            while names.next_if(|name| name.end <= at).is_some() {}
            let in_name = names.peek().is_some_and(|name| name.start <= at);
            match c {
                mark::TITLE_OPEN => titles += 1,
                mark::TITLE_CLOSE => titles = titles.saturating_sub(1),
                _ => {}
            }
            if titles > 0 {
                continue;
            }
            if c.is_ascii_digit() {
                masked.digits.push(c);
            } else if is_han(c) && !in_name && !numeral::is_chinese(c) {
                masked.characters.push(c);
                masked.places.push(text.span(at..at + c.len_utf8()).start);
            }
        }
        masked
    }

    /// The span, within the passage, of a range of the compared characters.
    #[must_use]
    pub fn span(&self, start: usize, end: usize) -> Span {
        let first = self.places.get(start).copied().unwrap_or_default();
        let last = end.checked_sub(1).and_then(|last| self.places.get(last)).copied().unwrap_or(first);
        Span { start: first, end: last + 1 }
    }
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::Masked;
    use crate::lexicon::Lexicon;
    use crate::report::Span;

    #[test]
    fn names_and_numbers_are_left_out_and_places_are_kept() {
        let masked = Masked::new("武山县审查文件12件。", Lexicon::shared().unwrap());
        assert_eq!(masked.characters.iter().collect::<String>(), "审查文件件");
        assert_eq!(masked.digits, "12");
        assert_eq!(masked.span(0, 4), Span { start: 3, end: 7 });
        assert_eq!(masked.span(4, 5), Span { start: 9, end: 10 });
        let masked = Masked::new("落实《武山县行政复议办法》要求", Lexicon::shared().unwrap());
        assert_eq!(masked.characters.iter().collect::<String>(), "落实要求");
    }
}
