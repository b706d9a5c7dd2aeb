//! What of a text is compared? Its ideographs, without the numbers and the names of regions, which whoever copies
//! changes, and without the titles of documents, which all who cite one have in common.

use crate::lexicon::Lexicon;
use crate::recognize::regions::regions;
use crate::report::Span;
use crate::text::{Text, is_han, mark, numeral};
use std::ops::Range;

/// Words of one character for the level of a region: 省 市 县 区 旗 州 盟 镇 乡. A county that copies from a district writes
/// 全县 for 全区, so that they count as names do.
const LEVELS: [char; 9] =
    ['\u{7701}', '\u{5E02}', '\u{53BF}', '\u{533A}', '\u{65D7}', '\u{5DDE}', '\u{76DF}', '\u{9547}', '\u{4E61}'];

/// Whether a character is the word for the level of a region.
pub(super) fn is_level(c: char) -> bool {
    LEVELS.contains(&c)
}

/// Whether a character is compared where it is in no name and no title: an ideograph that is no number and no word for a level.
pub(super) fn is_compared(c: char) -> bool {
    is_han(c) && !numeral::is_chinese(c) && !is_level(c)
}

/// A clause of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Clause {
    /// Index of its first compared character.
    pub first: u32,
    /// Code point with which it begins: a name or a number may stand before what is compared.
    pub start: u32,
    /// Code point behind its last character that is no mark and no space.
    pub end: u32,
}

/// The characters of a text that are compared, each with its place in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Masked {
    /// The characters as UTF-16 has them, which for all but the rarest ideographs is the code point.
    pub characters: Vec<u16>,
    /// The code point of the text at which each stands.
    pub places: Vec<u32>,
    /// The clauses that have compared characters, in order.
    pub clauses: Vec<Clause>,
    /// Indexes of the characters with which a statement or a line begins, ascending.
    pub statements: Vec<u32>,
}

impl Masked {
    /// Masks a text.
    #[must_use]
    pub fn new(text: &str, lexicon: &Lexicon) -> Self {
        Self::of(&Text::new(text), lexicon)
    }

    /// Masks what stands within these spans of a text, which are in its order; all of it where there are none.
    #[must_use]
    pub fn within(text: &Text, spans: &[Span], lexicon: &Lexicon) -> Self {
        let mut masked = Self::of(text, lexicon);
        if !spans.is_empty() {
            masked.keep(|place| {
                let behind = spans.partition_point(|span| span.start <= place);
                spans[..behind].last().is_some_and(|span| place < span.end)
            });
        }
        masked
    }

    /// Leaves out the compared characters at other places.
    fn keep(&mut self, is_kept: impl Fn(usize) -> bool) {
        let kept: Vec<bool> = self.places.iter().map(|place| is_kept(*place as usize)).collect();
        // Of each index the one that it has when the others are gone.
        let after: Vec<u32> = std::iter::once(0)
            .chain(kept.iter().scan(0, |count, kept| {
                *count += u32::from(*kept);
                Some(*count)
            }))
            .collect();
        let renumbered = |index: u32| after.get(index as usize).copied().unwrap_or_default();
        let total = after.last().copied().unwrap_or_default();
        self.clauses.iter_mut().for_each(|clause| clause.first = renumbered(clause.first));
        self.statements.iter_mut().for_each(|first| *first = renumbered(*first));
        // A clause of which nothing is left begins where the next one does.
        let mut next = total;
        self.clauses.reverse();
        self.clauses.retain(|clause| std::mem::replace(&mut next, clause.first) > clause.first);
        self.clauses.reverse();
        self.statements.dedup();
        self.statements.retain(|first| *first < total);
        let mut kept_places = kept.iter();
        self.places.retain(|_| kept_places.next().copied().unwrap_or_default());
        let mut kept_characters = kept.iter();
        self.characters.retain(|_| kept_characters.next().copied().unwrap_or_default());
    }

    /// Masks a text that is folded already.
    #[must_use]
    pub fn of(text: &Text, lexicon: &Lexicon) -> Self {
        let mut names = regions(text.folded(), lexicon).into_iter().map(|mention| mention.range).peekable();
        let mut masked = Self::default();
        let mut titles = 0_usize;
        // What a clause begins with before its first compared character, and whether a statement begins there too.
        let (mut opening, mut statement) = (None, true);
        let (mut in_clause, mut is_numbering) = (false, false);
        for (at, c) in text.folded().char_indices() {
            while names.next_if(|name| name.end <= at).is_some() {}
            let in_name = names.peek().is_some_and(|name| name.start <= at);
            match c {
                mark::TITLE_OPEN => titles += 1,
                mark::TITLE_CLOSE => titles = titles.saturating_sub(1),
                // A title that is never closed ends with its line.
                '\n' => titles = 0,
                _ => {}
            }
            if mark::ends_clause(c) {
                (opening, in_clause) = (None, false);
                statement |= mark::ends_statement(c) || c == '\n';
                continue;
            }
            let span = text.span(at..at + c.len_utf8());
            let (start, end) = (short(span.start), short(span.end));
            let behind = text.folded().get(at + c.len_utf8()..).unwrap_or_default();
            if !in_clause && is_numbering && closes_number(c, behind) {
                // The number of an item is none of its words.
                opening = None;
                continue;
            }
            is_numbering = (opening.is_none() || is_numbering) && (c.is_ascii_digit() || numeral::is_chinese(c));
            if c.is_alphanumeric() || matches!(c, mark::TITLE_OPEN | mark::TITLE_CLOSE | '%') {
                opening = opening.or(Some(start));
                if let Some(clause) = masked.clauses.last_mut().filter(|_| in_clause) {
                    clause.end = end;
                }
            }
            if titles == 0 && !in_name && is_compared(c) {
                let first = short(masked.characters.len());
                if !std::mem::replace(&mut in_clause, true) {
                    masked.clauses.push(Clause { first, start: opening.unwrap_or(start), end });
                }
                if std::mem::take(&mut statement) {
                    masked.statements.push(first);
                }
                masked.characters.push(u16::try_from(u32::from(c)).unwrap_or(u16::MAX));
                masked.places.push(start);
            }
        }
        masked
    }

    /// The code point at which the compared character of this index stands.
    #[must_use]
    pub fn place(&self, index: usize) -> usize {
        self.places.get(index).map_or(0, |place| *place as usize)
    }

    /// The span of a range of the compared characters: where it begins or ends with a clause, that of the whole clause.
    #[must_use]
    pub fn span(&self, range: &Range<usize>) -> Span {
        let behind = self.clauses.partition_point(|clause| (clause.first as usize) < range.end);
        let opened = self.clauses.binary_search_by_key(&range.start, |clause| clause.first as usize);
        let start = opened.ok().and_then(|at| self.clauses.get(at)).map(|clause| clause.start as usize);
        let is_end = self.clauses.get(behind).map_or(self.characters.len(), |next| next.first as usize) == range.end;
        let last = behind.checked_sub(1).and_then(|at| self.clauses.get(at)).filter(|_| is_end);
        let within = self.inner_span(range);
        Span { start: start.unwrap_or(within.start), end: last.map_or(within.end, |clause| clause.end as usize) }
    }

    /// The span from the first to the last of a range of the compared characters.
    #[must_use]
    pub fn inner_span(&self, range: &Range<usize>) -> Span {
        let last = self.place(range.end.saturating_sub(1).max(range.start));
        Span { start: self.place(range.start), end: last + 1 }
    }

    /// The statements, as ranges of the compared characters.
    pub fn statements(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let ends = self.statements.iter().skip(1).map(|next| *next as usize).chain([self.characters.len()]);
        self.statements.iter().map(|first| *first as usize).zip(ends).map(|(start, end)| start..end)
    }
}

/// Whether a mark closes the number of an item: a closing bracket, an enumeration comma, or a point that no digit follows.
fn closes_number(c: char, behind: &str) -> bool {
    match c {
        ')' | mark::ENUMERATION_COMMA => true,
        '.' => !behind.starts_with(|c: char| c.is_ascii_digit()),
        _ => false,
    }
}

fn short(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::Masked;
    use crate::lexicon::Lexicon;
    use crate::report::Span;
    use crate::text::Text;

    fn words(masked: &Masked) -> String {
        String::from_utf16_lossy(&masked.characters)
    }

    #[test]
    fn names_levels_and_numbers_are_left_out_and_places_are_kept() {
        let masked = Masked::new("武山县审查文件12件,全县通报。", Lexicon::shared().unwrap());
        assert_eq!(words(&masked), "审查文件件全通报");
        assert_eq!(masked.inner_span(&(0..4)), Span { start: 3, end: 7 });
        assert_eq!(masked.inner_span(&(4..5)), Span { start: 9, end: 10 });
        assert_eq!(masked.span(&(0..5)), Span { start: 0, end: 10 }, "the name belongs to the clause");
        assert_eq!(masked.span(&(5..8)), Span { start: 11, end: 15 });
        assert!(masked.statements().eq(std::iter::once(0..8)));
    }

    #[test]
    fn the_number_of_an_item_is_none_of_its_words_but_a_year_is() {
        let start = |text: &str| Masked::new(text, Lexicon::shared().unwrap()).clauses[0].start;
        assert_eq!(["(十二)检查", "3.检查", "3.5万人", "2021年", "一、检查", "10%的人"].map(start), [4, 2, 0, 0, 2, 0]);
    }

    #[test]
    fn only_what_stands_within_the_spans_is_compared() {
        let text = "现将情况报告如下:审查文件,通报。清理证明;再查";
        let spans = [Span { start: 9, end: 17 }, Span { start: 22, end: 24 }];
        let masked = Masked::within(&Text::new(text), &spans, Lexicon::shared().unwrap());
        assert_eq!(words(&masked), "审查文件通报再查");
        assert_eq!(masked.clauses.iter().map(|clause| clause.first).collect::<Vec<_>>(), [0, 4, 6]);
        assert_eq!(masked.clauses.iter().map(|clause| clause.start).collect::<Vec<_>>(), [9, 14, 22]);
        assert_eq!(masked.statements, [0, 6]);
        assert_eq!(masked.inner_span(&(6..8)), Span { start: 22, end: 24 });
        let whole = Masked::within(&Text::new(text), &[], Lexicon::shared().unwrap());
        assert_eq!(whole, Masked::new(text, Lexicon::shared().unwrap()));
    }

    #[test]
    fn titles_are_left_out_and_an_open_one_ends_with_its_line() {
        let masked = Masked::new("落实《武山县行政复议办法》要求", Lexicon::shared().unwrap());
        assert_eq!(words(&masked), "落实要求");
        let masked = Masked::new("落实《行政复议办法要求\n组织检查", Lexicon::shared().unwrap());
        assert_eq!(words(&masked), "落实组织检查");
        assert_eq!(masked.statements, [0, 2]);
    }
}
