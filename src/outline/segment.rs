//! Lines to statements: a statement ends at a line break, at 。!?; outside brackets and quotation marks, or before
//! an enumerator.

use super::marker::{Marker, Style, marker};
use crate::text::{Text, enclosures, mark, previous};
use std::ops::Range;

/// A statement before its role is known.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Bytes of the folded text.
    pub range: Range<usize>,
    /// Index of its line.
    pub line: usize,
    /// The enumerator that it begins with.
    pub marker: Option<Marker>,
    /// Whether it is the first of its line.
    pub opens_line: bool,
    /// Whether it is the last of its line.
    pub closes_line: bool,
}

/// Cuts every line of the text into statements.
#[must_use]
pub fn pieces(text: &Text<'_>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (line, range) in text.lines().into_iter().enumerate() {
        cut_line(text.folded(), &range, line, &mut pieces);
    }
    pieces
}

fn cut_line(folded: &str, range: &Range<usize>, line: usize, pieces: &mut Vec<Piece>) {
    let content = &folded[range.clone()];
    let enclosed = enclosures(content, range.start);
    let first = pieces.len();
    let mut start = range.start;
    let mut ended = true;
    for (at, c) in content.char_indices().map(|(at, c)| (range.start + at, c)) {
        if at > start && !enclosed.enclose(at) && opens_part(folded, at, ended) {
            push(folded, start..at, line, pieces);
            start = at;
        }
        if !c.is_whitespace() {
            ended = mark::ends_statement(c);
        }
        let next = at + c.len_utf8();
        if mark::ends_statement(c) && !enclosed.enclose(at) && !continues(&folded[next..range.end]) {
            push(folded, start..next, line, pieces);
            start = next;
        }
    }
    push(folded, start..range.end, line, pieces);
    if let Some(piece) = pieces.get_mut(first) {
        piece.opens_line = true;
    }
    if pieces.len() > first
        && let Some(piece) = pieces.last_mut()
    {
        piece.closes_line = true;
    }
}

/// Whether the text after a stop belongs to the statement before it: a doubled stop or a stray closing mark.
fn continues(rest: &str) -> bool {
    rest.chars()
        .next()
        .is_some_and(|c| mark::ends_statement(c) || matches!(c, mark::QUOTE_CLOSE | mark::TITLE_CLOSE | ')'))
}

/// Whether an enumerator at `at` begins a new statement inside a line.
fn opens_part(folded: &str, at: usize, after_stop: bool) -> bool {
    let Some((_, before)) = previous(folded, at) else { return false };
    let Some(marker) = marker(&folded[at..]) else { return false };
    match marker.style {
        Style::Ordinal => {
            after_stop || matches!(before, ',' | ':' | ' ' | mark::ENUMERATION_COMMA | mark::QUOTE_CLOSE | ')')
        }
        Style::Part | Style::Plain => false,
        Style::Comma => after_stop || before == ':',
        _ => after_stop || before == ':' || (before == ' ' && marker.style != Style::Dot),
    }
}

fn push(folded: &str, range: Range<usize>, line: usize, pieces: &mut Vec<Piece>) {
    let content = &folded[range.clone()];
    let trimmed = content.trim();
    if trimmed.is_empty() {
        return;
    }
    let start = range.start + (content.len() - content.trim_start().len());
    let range = start..start + trimmed.len();
    pieces.push(Piece { marker: marker(trimmed), range, line, opens_line: false, closes_line: false });
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::pieces;
    use crate::text::Text;

    fn cut(original: &str) -> Vec<String> {
        let text = Text::new(original);
        pieces(&text).into_iter().map(|piece| text.folded()[piece.range].to_owned()).collect()
    }

    #[test]
    fn statements_end_at_stops_outside_enclosures() {
        assert_eq!(cut("加强“学习。”落实好;建立(一。)制度。"), ["加强“学习。”落实好;", "建立(一。)制度。"]);
    }

    #[test]
    fn statements_end_before_enumerators() {
        assert_eq!(
            cut("表现有:一是不够强,二是不够实。其中之一是好的。1、履职方面。2、执法方面。"),
            ["表现有:", "一是不够强,", "二是不够实。", "其中之一是好的。", "1、履职方面。", "2、执法方面。"]
        );
    }

    #[test]
    fn numbers_are_no_enumerators() {
        assert_eq!(cut("占比12.5%。2021年,办理3.5万件。"), ["占比12.5%。", "2021年,办理3.5万件。"]);
    }
}
