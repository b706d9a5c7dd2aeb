//! What is ruined in a text, so that only what stands around it tells? Each rule looks at one kind of character and makes
//! edits; where nothing is ruined the text stays as it is.

mod brackets;
mod numbers;
mod pinyin;

use std::ops::Range;

use super::fold::Traced;
use super::is_han;

/// Bytes of the text that read otherwise. What is put in comes from the code point at the start of the range.
#[derive(Debug, PartialEq, Eq)]
struct Edit {
    range: Range<usize>,
    with: Option<char>,
}

impl Edit {
    const fn drop(range: Range<usize>) -> Self {
        Self { range, with: None }
    }

    const fn put(range: Range<usize>, with: char) -> Self {
        Self { range, with: Some(with) }
    }
}

/// One repair may uncover another (pinyin inside doubled brackets); deeper than this nothing is nested that people wrote.
const ROUNDS: usize = 4;

/// The text with what is ruined made whole.
pub(super) fn mend(text: Traced) -> Traced {
    let mut text = text;
    for _ in 0..ROUNDS {
        let edits = edits(&text.text);
        if edits.is_empty() {
            break;
        }
        text = apply(&text, edits);
    }
    text
}

/// What is to be changed, in order of the text and not overlapping.
fn edits(text: &str) -> Vec<Edit> {
    let bytes = text.as_bytes();
    let mut edits = Vec::new();
    let mut lines = Lines::default();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b' ' if !numbers::space(text, at, &mut edits) && lines.is_new(text, at, Kind::Spaced) => {
                letter_spaced(text, lines.line.clone(), &mut edits);
            }
            b'(' => {
                pinyin::inserted(text, at, &mut edits);
                doubled(text, at, "(", &mut lines, &mut edits);
            }
            b')' => doubled(text, at, ")", &mut lines, &mut edits),
            b'<' => brackets::angles(text, at, &mut edits),
            b'0' | b'O' | b'o' => numbers::zero(text, at, &mut edits),
            // Most bytes are those of ideographs: only the few characters that matter are looked at.
            0xC2 | 0xE2 | 0xE3 | 0xE4 | 0xE5 | 0xE8 if matters(&bytes[at..]) => wide(text, at, &mut lines, &mut edits),
            _ => {}
        }
    }
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut end = 0;
    let mut last = None;
    edits.retain(|edit| {
        let keep = edit.range.start >= end && last != Some((edit.range.start, edit.range.end));
        if keep {
            end = edit.range.end;
            last = Some((edit.range.start, edit.range.end));
        }
        keep
    });
    edits
}

/// Whether the bytes begin with a character that a rule looks at: CJK and general punctuation, the middle dot, the
/// ideographs for one and for number.
const fn matters(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [0xC2, 0xB7, ..]
            | [0xE2 | 0xE3, 0x80, ..]
            | [0xE4, 0xB8, 0x80, ..]
            | [0xE5, 0x8F, 0xB7, ..]
            | [0xE8, 0x99, 0x9F, ..]
    )
}

/// Looks at a character that is not ASCII.
fn wide(text: &str, at: usize, lines: &mut Lines, edits: &mut Vec<Edit>) {
    let Some(bytes) = text.as_bytes().get(at..at + 2) else { return };
    match bytes {
        // The middle dot.
        [0xC2, 0xB7] => numbers::decimal(text, at, edits),
        // CJK punctuation and general punctuation.
        [0xE3 | 0xE2, 0x80] => match text.get(at..at + 3) {
            Some("\u{3002}") => numbers::decimal(text, at, edits),
            Some("\u{3008}") => brackets::angles(text, at, edits),
            Some(mark @ ("\u{300A}" | "\u{300B}" | "\u{201C}" | "\u{201D}" | "\u{3014}" | "\u{3015}")) => {
                doubled(text, at, mark, lines, edits);
            }
            _ => {}
        },
        // One, as a dash; and number, in both scripts, of a document.
        [0xE4, 0xB8] if text[at..].starts_with('\u{4E00}') => numbers::dash(text, at, edits),
        [0xE5, 0x8F] if text[at..].starts_with('\u{53F7}') => brackets::document_number(text, at, edits),
        [0xE8, 0x99] if text[at..].starts_with('\u{865F}') => brackets::document_number(text, at, edits),
        _ => {}
    }
}

/// Mends the brackets of a line where two of one kind stand side by side.
fn doubled(text: &str, at: usize, mark: &str, lines: &mut Lines, edits: &mut Vec<Edit>) {
    if text[..at].ends_with(mark) && lines.is_new(text, at, Kind::Doubled) {
        brackets::doubled(text, lines.line.clone(), edits);
    }
}

/// The line that a rule looks at as a whole, so that it does so once.
#[derive(Debug, Default)]
struct Lines {
    line: Range<usize>,
    spaced: bool,
    doubled: bool,
}

#[derive(Clone, Copy)]
enum Kind {
    Spaced,
    Doubled,
}

impl Lines {
    /// Moves to the line of byte `at`; whether a rule of this kind has not yet looked at it.
    fn is_new(&mut self, text: &str, at: usize, kind: Kind) -> bool {
        if !self.line.contains(&at) {
            let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
            let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
            *self = Self { line: start..end, ..Self::default() };
        }
        let seen = match kind {
            Kind::Spaced => &mut self.spaced,
            Kind::Doubled => &mut self.doubled,
        };
        !std::mem::replace(seen, true)
    }
}

/// Closes up a line that consists of single ideographs with wide gaps: a heading set wide. Two of them may be cells.
fn letter_spaced(text: &str, line: Range<usize>, edits: &mut Vec<Edit>) {
    let words = &text[line.clone()];
    let is_single = |word: &str| word.chars().next().is_some_and(|c| is_han(c) && word.len() == c.len_utf8());
    if words.split(' ').count() >= 3 && words.split(' ').all(is_single) {
        edits.extend(words.match_indices(' ').map(|(at, _)| Edit::drop(line.start + at..line.start + at + 1)));
    }
}

fn apply(text: &Traced, edits: Vec<Edit>) -> Traced {
    let mut mended = Traced::with_capacity(text.text.len());
    let mut at = 0;
    for Edit { range, with } in edits {
        mended.push_part(text, at..range.start);
        if let Some(c) = with
            && let Some(origin) = text.origin.get(range.start)
        {
            mended.push(c, *origin);
        }
        at = range.end;
    }
    mended.push_part(text, at..text.text.len());
    mended
}

/// The ASCII digits that end at byte `end`.
fn digits_before(text: &str, end: usize) -> Range<usize> {
    let count = text.as_bytes()[..end].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    end - count..end
}

/// The ASCII digits that start at byte `start`.
fn digits_after(text: &str, start: usize) -> Range<usize> {
    let count = text.as_bytes()[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    start..start + count
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use crate::text::Text;

    /// What is ruined becomes whole, and what is whole stays as it is.
    pub(super) fn check(cases: &[(&str, &str)]) {
        for (ruined, whole) in cases {
            let text = Text::new(ruined);
            assert_eq!(text.folded(), *whole, "{ruined}");
            assert_eq!(Text::new(whole).folded(), *whole, "{whole} is whole");
        }
    }

    #[test]
    fn headings_set_wide_close_up_and_cells_do_not() {
        for (printed, folded) in
            [("主　　　要　　　做　　　法", "主要做法"), ("总   则", "总 则"), ("甲     乙丙     丁", "甲 乙丙 丁")]
        {
            assert_eq!(Text::new(printed).folded(), folded);
        }
    }

    #[test]
    fn one_repair_may_uncover_another() {
        check(&[
            ("((建设(shè)))", "(建设)"),
            ("《《关于推进（tuī jìn）法治建设的意见》》", "《关于推进法治建设的意见》"),
        ]);
    }

    #[test]
    fn positions_lead_back() {
        let text = Text::new("县司法局推进建設(shè)法治、办理 1 234 件");
        let quote = |words: &str| {
            let at = text.folded().find(words).unwrap();
            text.quote(at..at + words.len())
        };
        assert_eq!(quote("建设法治"), "建設(shè)法治");
        assert_eq!(quote("推进建设"), "推进建設");
        assert_eq!(quote("1234件"), "1 234 件");
        let number = Text::new("某政发202326号");
        assert_eq!(number.folded(), "某政发〔2023〕26号");
        assert_eq!(number.quote("某政发".len().."某政发〔2023〕26号".len()), "202326号");
    }
}
