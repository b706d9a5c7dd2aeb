//! How do two passages look side by side? Cut into what both share, what stands for something else, and what only one has.

use serde::Serialize;

use super::Masked;
use super::align::stretches;
use super::listing::{Listed, Quoted};
use crate::lexicon::Lexicon;
use crate::report::Span;

/// What a piece of a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PieceKind {
    /// Words around what is meant, or what only this passage has.
    Plain,
    /// What a finding within a report speaks of.
    Found,
    /// What both passages have.
    Shared,
    /// What stands where the other passage has something else.
    Changed,
}

/// A piece of a passage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// Its characters.
    pub text: String,
}

/// Both passages of a pair, cut into pieces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SideBySide {
    /// The passage.
    pub passage: Vec<Piece>,
    /// The other one; none where there is none.
    pub other: Vec<Piece>,
    /// What of the passage stands in the other, as spans in its report.
    pub shared: Vec<Span>,
}

/// A stretch between two shared ones that is no longer than this in both passages stands for the other.
const SUBSTITUTE: usize = 16;

/// The passages of a finding as a reader sees them side by side.
#[must_use]
pub fn side_by_side(finding: &Listed, lexicon: &Lexicon) -> SideBySide {
    let Some(passage) = &finding.passage else { return SideBySide::default() };
    let Some(other) = finding.others.first() else {
        return SideBySide { passage: marked(passage), ..SideBySide::default() };
    };
    let (left, right) = (Masked::new(&passage.text, lexicon), Masked::new(&other.text, lexicon));
    let mut found = stretches(&left.characters, &right.characters);
    found.sort_by_key(|stretch| stretch.left);
    // What was moved cannot be shown in one order on both sides.
    let mut reached = 0;
    found.retain(|stretch| {
        let follows = stretch.right >= reached;
        reached = if follows { stretch.right + stretch.length } else { reached };
        follows
    });
    let (mut of_left, mut of_right): (Vec<Span>, Vec<Span>) = (Vec::new(), Vec::new());
    for stretch in &found {
        for at in 0..stretch.length {
            let (here, there) = (left.place(stretch.left + at), right.place(stretch.right + at));
            match (of_left.last_mut(), of_right.last_mut()) {
                // Numbers, names and marks are not compared: what stands on either side of one is two pieces.
                (Some(a), Some(b)) if a.end == here && b.end == there => (a.end, b.end) = (here + 1, there + 1),
                _ => {
                    of_left.push(Span { start: here, end: here + 1 });
                    of_right.push(Span { start: there, end: there + 1 });
                }
            }
        }
    }
    SideBySide {
        passage: cut(&passage.text, &of_left, &other.text, &of_right),
        other: cut(&other.text, &of_right, &passage.text, &of_left),
        shared: of_left
            .iter()
            .map(|span| Span { start: passage.from + span.start, end: passage.from + span.end })
            .collect(),
    }
}

/// The words that a finding within a report speaks of, with those around them.
fn marked(passage: &Quoted) -> Vec<Piece> {
    let characters: Vec<char> = passage.text.chars().collect();
    let start = passage.span.start.saturating_sub(passage.from).min(characters.len());
    let end = passage.span.end.saturating_sub(passage.from).clamp(start, characters.len());
    let is_all = start == 0 && end == characters.len();
    let kind = if is_all { PieceKind::Plain } else { PieceKind::Found };
    let mut pieces = Vec::new();
    add(&mut pieces, PieceKind::Plain, &characters[..start]);
    add(&mut pieces, kind, &characters[start..end]);
    add(&mut pieces, PieceKind::Plain, &characters[end..]);
    pieces
}

/// A text cut at what it shares with another, of which the shared spans stand in the same order.
fn cut(text: &str, shared: &[Span], other: &str, theirs: &[Span]) -> Vec<Piece> {
    let (mine, other): (Vec<char>, Vec<char>) = (text.chars().collect(), other.chars().collect());
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut at, mut there) = (0, 0);
    for (index, (span, their)) in shared.iter().zip(theirs).enumerate() {
        let (start, end) = within(*span, at, mine.len());
        let (their_start, their_end) = within(*their, there, other.len());
        let (gap, their_gap) = (&mine[at..start], &other[there..their_start]);
        let kind = if gap == their_gap {
            // Marks, numbers and names are not compared, but here they are the same.
            PieceKind::Shared
        } else if index > 0 && gap.len() <= SUBSTITUTE && (1..=SUBSTITUTE).contains(&their_gap.len()) {
            PieceKind::Changed
        } else {
            PieceKind::Plain
        };
        add(&mut pieces, kind, gap);
        add(&mut pieces, PieceKind::Shared, &mine[start..end]);
        (at, there) = (end, their_end);
    }
    let kind = if mine[at..] == other[there..] { PieceKind::Shared } else { PieceKind::Plain };
    add(&mut pieces, kind, &mine[at..]);
    pieces
}

/// A span that begins at `at` at the earliest and ends in the text.
fn within(span: Span, at: usize, length: usize) -> (usize, usize) {
    let start = span.start.clamp(at.min(length), length);
    (start, span.end.clamp(start, length))
}

fn add(pieces: &mut Vec<Piece>, kind: PieceKind, characters: &[char]) {
    match pieces.last_mut() {
        _ if characters.is_empty() => {}
        Some(last) if last.kind == kind => last.text.extend(characters),
        _ => pieces.push(Piece { kind, text: characters.iter().collect() }),
    }
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;

    fn told(pieces: &[Piece]) -> Vec<(PieceKind, &str)> {
        pieces.iter().map(|piece| (piece.kind, piece.text.as_str())).collect()
    }

    #[test]
    fn what_stands_for_something_else_is_told_from_what_is_shared() {
        let (mine, other) = ("全年办结案件12件,满意度高。", "全年办结案件97件,满意度高。");
        let shared = [Span { start: 0, end: 6 }, Span { start: 8, end: 13 }];
        assert_eq!(
            told(&cut(mine, &shared, other, &shared)),
            [(PieceKind::Shared, "全年办结案件"), (PieceKind::Changed, "12"), (PieceKind::Shared, "件,满意度高。")]
        );
        assert_eq!(told(&cut("甲", &[], "乙", &[])), [(PieceKind::Plain, "甲")]);
        let beyond = [Span { start: 3, end: 99 }];
        assert_eq!(told(&cut("甲乙", &beyond, "丙", &beyond)), [(PieceKind::Plain, "甲乙")]);
    }

    #[test]
    fn the_words_of_a_finding_are_marked_among_those_around_them() {
        let quoted = |start, end| Quoted {
            span: Span { start, end },
            from: 10,
            text: "审结案件12件。".to_owned(),
            ..Quoted::default()
        };
        assert_eq!(
            told(&marked(&quoted(14, 17))),
            [(PieceKind::Plain, "审结案件"), (PieceKind::Found, "12件"), (PieceKind::Plain, "。")]
        );
        assert_eq!(told(&marked(&quoted(10, 18))), [(PieceKind::Plain, "审结案件12件。")]);
        assert_eq!(told(&marked(&quoted(90, 95))), [(PieceKind::Plain, "审结案件12件。")]);
    }
}
