//! Where does a text say what was asked, and which part of it is shown?

use serde::Serialize;

use super::atoms::{self, Atom};
use super::words::Words;
use crate::report::Span;
use crate::text::Text;

/// Code points of a long text that are shown.
const WINDOW: usize = 130;

/// Code points that are shown before the first mark.
const BEFORE: usize = 24;

/// Places that are marked in one text.
const MOST_MARKS: usize = 60;

/// A text, or a part of one, with the places where it says what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Marked {
    /// The characters as they stand in the text.
    pub text: String,
    /// Code points of `text` that are marked, in order and apart from each other.
    pub marks: Vec<Span>,
    /// Code points of the whole text before `text`.
    pub before: usize,
    /// Code points of the whole text after `text`.
    pub after: usize,
}

/// A stretch of a text that is marked, or is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// The characters.
    pub text: String,
    /// Whether they are marked.
    pub marked: bool,
}

impl Marked {
    /// The whole of a text.
    pub(super) fn whole(text: &str, highlight: &Highlight) -> Self {
        Self { text: text.to_owned(), marks: highlight.marks(text), before: 0, after: 0 }
    }

    /// The part of a text in which most of what was asked is said.
    pub(super) fn part(text: &str, highlight: &Highlight) -> Self {
        let marks = highlight.marks(text);
        let length = text.chars().count();
        if length <= WINDOW {
            return Self { text: text.to_owned(), marks, before: 0, after: 0 };
        }
        let within = |start: usize| {
            let inside = |mark: &&Span| mark.start >= start && mark.end <= start + WINDOW;
            marks.iter().filter(inside).map(|mark| mark.end - mark.start).sum::<usize>()
        };
        let starts = marks.iter().map(|mark| mark.start.saturating_sub(BEFORE).min(length - WINDOW));
        // Of equal ones the first.
        let start = starts.fold(0, |best, start| if within(start) > within(best) { start } else { best });
        let end = start + WINDOW;
        let shown = marks.iter().filter(|mark| mark.start >= start && mark.end <= end);
        Self {
            text: text.chars().skip(start).take(WINDOW).collect(),
            marks: shown.map(|mark| Span { start: mark.start - start, end: mark.end - start }).collect(),
            before: start,
            after: length - end,
        }
    }

    /// The text in stretches that are marked or not.
    #[must_use]
    pub fn pieces(&self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut at = 0;
        let end = self.text.chars().count();
        let ends = |mark: &Span| [(mark.start, false), (mark.end, true)];
        for (to, marked) in self.marks.iter().flat_map(ends).chain([(end, false)]) {
            let text: String = self.text.chars().skip(at).take(to.saturating_sub(at)).collect();
            if !text.is_empty() {
                pieces.push(Piece { text, marked });
            }
            at = to.max(at);
        }
        pieces
    }
}

/// What is marked.
pub(super) struct Highlight(Vec<(String, Vec<Atom>)>);

impl Highlight {
    /// The phrases of a query, or its pairs and words where texts are only like it.
    pub(super) fn new(words: &Words, alike: bool) -> Self {
        if alike {
            let pieces = words.pieces().into_iter();
            return Self(pieces.map(|piece| (piece.clone(), atoms::atoms(&piece))).collect());
        }
        Self(words.phrases.iter().map(|phrase| (phrase.folded.clone(), phrase.atoms.clone())).collect())
    }

    /// The code points of `text` that say what is sought.
    fn marks(&self, text: &str) -> Vec<Span> {
        let text = Text::new(text);
        let atoms = atoms::atoms(text.folded());
        let mut marks = Vec::new();
        for (folded, wanted) in &self.0 {
            let found = atoms::occurrences((text.folded(), &atoms), (folded, wanted));
            marks.extend(found.into_iter().map(|range| {
                let bytes = atoms[range.start].range.start..atoms[range.end - 1].range.end;
                text.span(bytes)
            }));
        }
        marks.sort_by_key(|mark| (mark.start, mark.end));
        let mut apart: Vec<Span> = Vec::new();
        for mark in marks {
            let full = apart.len() == MOST_MARKS;
            match apart.last_mut() {
                Some(last) if mark.start <= last.end => last.end = last.end.max(mark.end),
                _ if full => break,
                _ => apart.push(mark),
            }
        }
        apart
    }
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str, query: &str) -> Vec<String> {
        let marked = Marked::part(text, &Highlight::new(&Words::new(query), false));
        marked
            .pieces()
            .into_iter()
            .map(|piece| if piece.marked { format!("<{}>", piece.text) } else { piece.text })
            .collect()
    }

    #[test]
    fn marks_lie_on_the_characters_as_printed() {
        assert_eq!(shown("縣司法局辦理行政復議 1 2 件", "行政复议"), ["縣司法局辦理", "<行政復議>", " 1 2 件"]);
        assert_eq!(
            shown("贯彻（国办发[2023]27号）文件", "国办发〔2023〕27号"),
            ["贯彻（", "<国办发[2023]27号>", "）文件"]
        );
        assert_eq!(shown("复议复议", "复议"), ["<复议复议>"]);
        assert_eq!(shown("无", "复议"), ["无"]);
        assert!(shown("", "复议").is_empty());
    }

    #[test]
    fn of_a_long_text_the_part_is_shown_where_it_is_said() {
        let text = format!("{}行政复议{}", "甲".repeat(300), "乙".repeat(300));
        let marked = Marked::part(&text, &Highlight::new(&Words::new("行政复议"), false));
        assert_eq!((marked.before, marked.after), (300 - BEFORE, 604 - (300 - BEFORE) - WINDOW));
        assert_eq!(marked.marks, [Span { start: BEFORE, end: BEFORE + 4 }]);
        assert_eq!(marked.text.chars().count(), WINDOW);
    }

    proptest! {
        #[test]
        fn pieces_are_the_text(text in "[行政复议法縣司 ,0-9()a]{0,300}", query in "[行政复议法县司0-9 ]{1,8}") {
            let marked = Marked::part(&text, &Highlight::new(&Words::new(&query), true));
            let joined: String = marked.pieces().into_iter().map(|piece| piece.text).collect();
            prop_assert_eq!(&joined, &marked.text);
            prop_assert_eq!(marked.before + marked.text.chars().count() + marked.after, text.chars().count());
        }
    }
}
