//! Where does what is marked in a text begin and end? Overlapping spans cut into pieces that stand beside each other.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::report::Span;

/// A stretch of the text in which nothing begins and nothing ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Code points of the text.
    pub(super) span: Span,
    /// For each layer the mark that covers the piece; where several do, the shortest.
    pub(super) marks: Vec<Option<usize>>,
}

/// Cuts `whole` at the ends of all marks. A layer is a list of spans; a piece names a mark by its place in that list. What is
/// outside of `whole` or empty marks nothing. Time: for `n` spans that touch `whole`, `n` log `n` and a piece for each end.
pub(super) fn cut(whole: Span, layers: &[&[Span]]) -> Vec<Piece> {
    // Where a mark begins or ends: the place, whether it begins, its layer, its number.
    let mut ends: Vec<(usize, bool, usize, usize)> = Vec::new();
    for (layer, spans) in layers.iter().enumerate() {
        for (number, span) in spans.iter().enumerate() {
            let (start, end) = (span.start.max(whole.start), span.end.min(whole.end));
            if start < end {
                ends.push((start, true, layer, number));
                ends.push((end, false, layer, number));
            }
        }
    }
    ends.sort_unstable();
    let mut open: Vec<BTreeSet<(usize, usize)>> = vec![BTreeSet::new(); layers.len()];
    let mut pieces = Vec::new();
    let mut at = whole.start;
    for (place, begins, layer, number) in ends {
        if place > at {
            pieces.push(piece(at..place, &open));
            at = place;
        }
        let span = layers[layer][number];
        let key = (span.end - span.start, number);
        if begins {
            open[layer].insert(key);
        } else {
            open[layer].remove(&key);
        }
    }
    if at < whole.end {
        pieces.push(piece(at..whole.end, &open));
    }
    pieces
}

fn piece(range: Range<usize>, open: &[BTreeSet<(usize, usize)>]) -> Piece {
    let marks = open.iter().map(|layer| layer.first().map(|(_, number)| *number)).collect();
    Piece { span: Span { start: range.start, end: range.end }, marks }
}

/// The lines of a text that have characters, in code points.
pub(super) fn paragraphs(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let length = line.chars().count();
        if !line.trim().is_empty() {
            found.push(Span { start, end: start + length });
        }
        start += length + 1;
    }
    found
}

/// A text whose characters are found by their number.
pub(super) struct Characters<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Characters<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, starts: text.char_indices().map(|(at, _)| at).chain([text.len()]).collect() }
    }

    /// The characters of a span; of one that leaves the text, those that are in it.
    pub(super) fn slice(&self, span: Span) -> &'a str {
        let byte = |point: usize| self.starts.get(point).copied().unwrap_or(self.text.len());
        self.text.get(byte(span.start)..byte(span.end)).unwrap_or_default()
    }
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;

    fn span(start: usize, end: usize) -> Span {
        Span { start, end }
    }

    /// Each piece with its marks, for texts of which every character is one.
    fn pieces(length: usize, layers: &[&[Span]]) -> Vec<(usize, usize, Vec<Option<usize>>)> {
        cut(span(0, length), layers).into_iter().map(|piece| (piece.span.start, piece.span.end, piece.marks)).collect()
    }

    #[test]
    fn what_lies_within_another_is_named_before_it() {
        let found = pieces(9, &[&[span(1, 8), span(3, 5)]]);
        assert_eq!(
            found,
            [
                (0, 1, vec![None]),
                (1, 3, vec![Some(0)]),
                (3, 5, vec![Some(1)]),
                (5, 8, vec![Some(0)]),
                (8, 9, vec![None])
            ]
        );
    }

    #[test]
    fn marks_that_cross_and_marks_of_other_layers_are_cut_apart() {
        let found = pieces(8, &[&[span(0, 5), span(3, 8)], &[span(4, 6)]]);
        assert_eq!(
            found,
            [
                (0, 3, vec![Some(0), None]),
                (3, 4, vec![Some(0), None]),
                (4, 5, vec![Some(0), Some(0)]),
                (5, 6, vec![Some(1), Some(0)]),
                (6, 8, vec![Some(1), None])
            ]
        );
    }

    #[test]
    fn of_equal_marks_the_first_and_of_empty_or_foreign_ones_none() {
        let marks = [span(2, 2), span(1, 3), span(1, 3), span(9, 12), span(4, 2)];
        assert_eq!(pieces(4, &[&marks]), [(0, 1, vec![None]), (1, 3, vec![Some(1)]), (3, 4, vec![None])]);
        assert_eq!(pieces(0, &[&marks]), []);
    }

    #[test]
    fn the_pieces_are_the_whole_text_whatever_is_marked() {
        let marks: Vec<Span> = (0..200).map(|n| span(n * 7 % 50, n * 11 % 64)).collect();
        let found = pieces(60, &[&marks, &marks[50..]]);
        assert_eq!((found.first().map(|piece| piece.0), found.last().map(|piece| piece.1)), (Some(0), Some(60)));
        assert!(found.windows(2).all(|two| two[0].1 == two[1].0), "{found:?}");
        for (start, end, kinds) in found {
            let shortest = |marks: &[Span]| {
                let covers = |mark: &&Span| mark.start <= start && end <= mark.end;
                marks.iter().filter(covers).map(|mark| mark.end - mark.start).min()
            };
            let length = |marks: &[Span], mark: Option<usize>| mark.map(|mark| marks[mark].end - marks[mark].start);
            assert_eq!(length(&marks, kinds[0]), shortest(&marks), "{start}-{end}");
            assert_eq!(length(&marks[50..], kinds[1]), shortest(&marks[50..]), "{start}-{end}");
        }
    }

    #[test]
    fn paragraphs_and_characters_count_code_points() {
        let text = "甲\u{20BB7}乙\n\n  \n丙a";
        assert_eq!(paragraphs(text), [span(0, 3), span(8, 10)]);
        let characters = Characters::new(text);
        assert_eq!(characters.slice(span(1, 2)), "\u{20BB7}");
        assert_eq!(characters.slice(span(8, 99)), "丙a");
        assert_eq!(characters.slice(span(50, 99)), "");
    }
}
