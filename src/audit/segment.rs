//! How do two passages read side by side? What both have, what stands for what, and what only one has.

use super::align::Stretch;
use super::mask::{Masked, is_level};
use super::pair::{Segment, SegmentKind};
use super::passage::Shared;
use crate::lexicon::Lexicon;
use crate::recognize::regions::regions;
use crate::report::Span;
use crate::text::{Text, closer_of, is_han, mark, numeral, previous};
use std::ops::Range;

/// A text with its compared characters.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) text: &'a Text<'a>,
    pub(super) masked: &'a Masked,
}

impl Side<'_> {
    /// The span of a passage: with the mark beside it that opens or closes what it ends or begins in, and without the rest of a
    /// number that stands before it.
    pub(super) fn whole(self, range: &Range<usize>) -> Span {
        let span = self.masked.span(range);
        let folded = self.text.folded();
        let bytes = self.text.range(span);
        let words = folded.get(bytes.clone()).unwrap_or_default();
        let (mut start, mut end) = (bytes.start, bytes.end);
        let before = previous(folded, start).and_then(|(at, opens)| Some((at, closer_of(opens)?)));
        let mut open: Vec<char> = Vec::new();
        for (at, c) in words.char_indices() {
            if let Some(closes) = closer_of(c) {
                open.push(closes);
            } else if open.last() == Some(&c) {
                open.pop();
            } else if let Some((before, _)) = before.filter(|(_, closes)| *closes == c) {
                start = before;
            } else if c == ')' && words[..at].trim_end().chars().all(|c| c.is_ascii_digit() || numeral::is_chinese(c)) {
                start = bytes.start + at + c.len_utf8();
            }
        }
        let behind = folded.get(end..).and_then(|behind| behind.chars().next());
        if let Some(closes) = open.last().filter(|closes| behind == Some(**closes)) {
            end += closes.len_utf8();
        }
        if start < end { self.text.span(start..end) } else { span }
    }

    /// The code points between two compared characters; `None` where there are none.
    fn between(self, last: usize, next: usize) -> Option<Span> {
        let span = Span { start: self.masked.place(last) + 1, end: self.masked.place(next) };
        (span.start < span.end).then_some(span)
    }

    /// What stands between the end of a stretch, or the beginning of the passage, and the next stretch.
    fn gap(self, end: Option<usize>, next: usize, whole: Span) -> Option<Span> {
        let start = end.map_or(whole.start, |end| self.masked.place(end.saturating_sub(1)) + 1);
        let span = Span { start, end: self.masked.place(next) };
        (span.start < span.end).then_some(span)
    }

    /// What stands behind the last stretch.
    fn rest(self, end: Option<usize>, whole: Span) -> Option<Span> {
        let span = Span { start: self.masked.place(end?.saturating_sub(1)) + 1, end: whole.end };
        (span.start < span.end).then_some(span)
    }

    /// What says something within a span: no marks, no spaces.
    fn words(self, span: Option<Span>) -> String {
        let words = span.map(|span| self.text.folded_at(span)).unwrap_or_default();
        words.chars().filter(|c| c.is_alphanumeric() || matches!(c, '.' | '%')).collect()
    }
}

/// The segments of two passages, in the order of the left one.
pub(super) fn segments(shared: &Shared, left: Side, right: Side, lexicon: &Lexicon) -> Vec<Segment> {
    let mut writer = Writer { left, right, lexicon, segments: Vec::new() };
    let mut by_right: Vec<&Stretch> = shared.stretches.iter().collect();
    by_right.sort_by_key(|stretch| stretch.right);
    // What stands before a stretch on the right: from the end of the stretch before it.
    let right_before = |stretch: &Stretch| {
        let at = by_right.partition_point(|other| other.right < stretch.right);
        at.checked_sub(1).and_then(|at| by_right.get(at)).copied()
    };
    let (whole_left, whole_right) = (left.whole(&shared.left), right.whole(&shared.right));
    let mut last: Option<&Stretch> = None;
    for stretch in &shared.stretches {
        let before = right_before(stretch);
        let of_left = left.gap(last.map(|last| last.left + last.length), stretch.left, whole_left);
        let of_right = right.gap(before.map(|last| last.right + last.length), stretch.right, whole_right);
        if last == before {
            writer.replaced(of_left, of_right);
        } else {
            writer.replaced(of_left, None);
            writer.replaced(None, of_right);
        }
        writer.stretch(*stretch);
        last = Some(stretch);
    }
    let of_left = left.rest(last.map(|last| last.left + last.length), whole_left);
    let of_right = right.rest(by_right.last().map(|last| last.right + last.length), whole_right);
    writer.replaced(of_left, of_right);
    writer.segments
}

struct Writer<'a> {
    left: Side<'a>,
    right: Side<'a>,
    lexicon: &'a Lexicon,
    segments: Vec<Segment>,
}

impl Writer<'_> {
    /// A stretch: shared segments, and between them the names and numbers that differ.
    fn stretch(&mut self, stretch: Stretch) {
        let mut first = 0;
        for at in 1..=stretch.length {
            let gaps = (at < stretch.length).then(|| {
                let (l, r) = (stretch.left + at, stretch.right + at);
                (self.left.between(l - 1, l), self.right.between(r - 1, r))
            });
            if gaps.is_some_and(|(l, r)| self.left.words(l) == self.right.words(r)) {
                continue;
            }
            let earlier = self.left.masked.inner_span(&(stretch.left + first..stretch.left + at));
            let later = self.right.masked.inner_span(&(stretch.right + first..stretch.right + at));
            self.push(SegmentKind::Shared, Some(earlier), Some(later));
            if let Some((l, r)) = gaps {
                self.replaced(l, r);
            }
            first = at;
        }
    }

    /// What stands in the one where something else, or nothing, stands in the other.
    fn replaced(&mut self, left: Option<Span>, right: Option<Span>) {
        let (words, others) = (self.left.words(left), self.right.words(right));
        if words == others {
            // Marks alone: they are part of neither.
            return;
        }
        let (left, right) = (left.filter(|_| !words.is_empty()), right.filter(|_| !others.is_empty()));
        let (Some(l), Some(r)) = (left, right) else {
            let kind = if [&words, &others].into_iter().all(|words| is_named(words, self.lexicon)) {
                SegmentKind::Name
            } else {
                SegmentKind::Own
            };
            self.push(kind, left, right);
            return;
        };
        let kind = if is_number(&words) && is_number(&others) {
            SegmentKind::Number
        } else if is_named(&words, self.lexicon) && is_named(&others, self.lexicon) {
            SegmentKind::Name
        } else {
            SegmentKind::Words
        };
        self.push(kind, Some(trimmed(l, self.left)), Some(trimmed(r, self.right)));
    }

    fn push(&mut self, kind: SegmentKind, earlier: Option<Span>, later: Option<Span>) {
        // Shared segments that only marks divide are one.
        if let (Some(last), Some(e), Some(l)) = (self.segments.last_mut(), earlier, later)
            && kind == SegmentKind::Shared
            && last.kind == kind
            && let (Some(last_earlier), Some(last_later)) = (&mut last.earlier, &mut last.later)
            && last_earlier.end <= e.start
            && last_later.end <= l.start
            && self.left.words(Some(Span { start: last_earlier.end, end: e.start }))
                == self.right.words(Some(Span { start: last_later.end, end: l.start }))
        {
            (last_earlier.end, last_later.end) = (e.end, l.end);
            return;
        }
        self.segments.push(Segment { kind, earlier, later });
    }
}

/// A span without the marks and spaces at its ends.
fn trimmed(span: Span, side: Side) -> Span {
    let says = |c: char| c.is_alphanumeric() || matches!(c, mark::TITLE_OPEN | mark::TITLE_CLOSE | '%');
    let characters: Vec<char> = side.text.slice(span).chars().collect();
    let start = characters.iter().position(|c| says(*c)).unwrap_or(0);
    let end = characters.iter().rposition(|c| says(*c)).map_or(characters.len(), |last| last + 1);
    Span { start: span.start + start, end: span.start + end }
}

/// Whether words are nothing but a number.
fn is_number(words: &str) -> bool {
    !words.is_empty() && words.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '%') || numeral::is_chinese(c))
}

/// Whether words are nothing but names of regions and words for their levels.
fn is_named(words: &str, lexicon: &Lexicon) -> bool {
    let names = regions(words, lexicon);
    words.char_indices().all(|(at, c)| {
        !is_han(c) && !c.is_alphanumeric() || is_level(c) || names.iter().any(|name| name.range.contains(&at))
    })
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::Side;
    use crate::audit::Masked;
    use crate::lexicon::Lexicon;
    use crate::text::Text;

    /// The passage of a text from the first compared character of `first` to the last of `last`.
    fn passage(text: &str, first: &str, last: &str) -> String {
        let (read, masked) = (Text::new(text), Masked::new(text, Lexicon::shared().unwrap()));
        let characters = String::from_utf16_lossy(&masked.characters);
        let index = |words: &str| characters[..characters.find(words).unwrap()].chars().count();
        let side = Side { text: &read, masked: &masked };
        read.slice(side.whole(&(index(first)..index(last) + last.chars().count()))).to_owned()
    }

    #[test]
    fn a_passage_has_the_brackets_of_what_it_has() {
        assert_eq!(passage("落实“包容审慎监管”,通报。", "落实", "监管"), "落实“包容审慎监管”");
        assert_eq!(passage("(试行)检查,通报。", "试行", "检查"), "(试行)检查");
        assert_eq!(passage("检查（回访）,通报。", "检查", "回访"), "检查（回访）");
    }

    #[test]
    fn the_rest_of_a_number_stands_before_it_and_what_is_not_its_own_behind() {
        assert_eq!(passage("其他\n(二 )检查案卷,通报。", "检查", "案卷"), "检查案卷");
        assert_eq!(passage("检查案卷(详见附件),通报。", "检查", "案卷"), "检查案卷", "what is not shared is not shown");
        assert_eq!(
            passage("检查案卷)通报。", "检查", "通报"),
            "检查案卷)通报",
            "a bracket that nothing opens changes nothing"
        );
    }
}
