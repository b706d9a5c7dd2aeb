//! Folding: what does not matter when texts are compared.
//!
//! - full-width forms of ASCII become ASCII, so that （），：；！？％ and (),:;!?% are one;
//! - every dash and wave dash becomes `-`;
//! - zero-width characters go; a run of white space inside a line goes where it stands between two ideographs or
//!   digits (justified type, copied tables) and becomes one space elsewhere; spaces at a line's ends go.
//!
//! Nothing is added and the order stays, so that each byte knows the code point that it comes from.

use super::is_han;

/// Longest run of white space that is taken for a stray one between two ideographs; a longer one separates columns.
const STRAY: usize = 2;

/// The folded form, and for each of its bytes (and its end) the code point of the original.
pub(super) fn fold(original: &str) -> (String, Vec<usize>) {
    let mut folded =
        Folded { text: String::with_capacity(original.len()), origin: Vec::with_capacity(original.len() + 1) };
    let mut spaces: Option<(usize, usize)> = None;
    let mut count = 0;
    for (at, c) in original.chars().enumerate() {
        count = at + 1;
        match fold_char(c) {
            None => {}
            Some(' ') => spaces = Some(spaces.map_or((at, 1), |(first, n)| (first, n + 1))),
            Some('\n') => {
                spaces = None;
                folded.push('\n', at);
            }
            Some(kept) => {
                if let Some((first, n)) = spaces.take()
                    && folded.keeps_space(kept, n)
                {
                    folded.push(' ', first);
                }
                folded.push(kept, at);
            }
        }
    }
    folded.origin.push(count);
    (folded.text, folded.origin)
}

struct Folded {
    text: String,
    origin: Vec<usize>,
}

impl Folded {
    fn push(&mut self, c: char, at: usize) {
        self.text.push(c);
        self.origin.resize(self.text.len(), at);
    }

    fn keeps_space(&self, next: char, run: usize) -> bool {
        match self.text.chars().next_back() {
            None | Some('\n') => false,
            Some(previous) => run > STRAY || !(closes_up(previous) && closes_up(next)),
        }
    }
}

/// Whether a stray space beside this character is not part of the text.
fn closes_up(c: char) -> bool {
    is_han(c)
        || c.is_ascii_digit()
        || matches!(c, '%' | '(' | ')' | ',' | ';' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{201C}' | '\u{201D}')
}

/// Whether folding drops this character: it has no width and says nothing.
pub(super) fn is_dropped(c: char) -> bool {
    fold_char(c).is_none()
}

/// One character folded; `None` where it goes.
fn fold_char(c: char) -> Option<char> {
    Some(match c {
        '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}' => return None,
        '\n' => '\n',
        '\u{FF01}'..='\u{FF5D}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '~'
        | '\u{301C}'
        | '\u{FF5E}'
        | '\u{2010}'..='\u{2015}'
        | '\u{2212}'
        | '\u{2500}'
        | '\u{2501}'
        | '\u{FE58}'
        | '\u{FE63}' => '-',
        '\u{FF61}' => '\u{3002}',
        '\u{FF64}' => '\u{3001}',
        '\u{25CB}' | '\u{25EF}' | '\u{3007}' => '\u{3007}',
        '\u{FE5D}' => '\u{3014}',
        '\u{FE5E}' => '\u{3015}',
        '\u{226A}' => '\u{300A}',
        '\u{226B}' => '\u{300B}',
        c if c.is_whitespace() || c.is_control() => ' ',
        c => c,
    })
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::fold;

    #[test]
    fn widths_dashes_and_stray_spaces_fold() {
        for (original, folded) in [
            ("（一）加强；落实：好！", "(一)加强;落实:好!"),
            ("2015—2020年", "2015-2020年"),
            ("2021～2025", "2021-2025"),
            ("索 引 号", "索引号"),
            ("9 件", "9件"),
            ("来源: 发布时间", "来源: 发布时间"),
            ("甲      乙", "甲 乙"),
            ("中\u{200B}国", "中国"),
            ("二○二一", "二〇二一"),
            ("a b", "a b"),
        ] {
            assert_eq!(fold(original).0, folded, "{original}");
        }
    }

    #[test]
    fn every_byte_has_an_origin() {
        let (text, origin) = fold("　　甲 乙\r\n 丙");
        assert_eq!(text, "甲乙\n丙");
        assert_eq!(origin.len(), text.len() + 1);
        assert_eq!(origin[0], 2);
        assert_eq!(*origin.last().unwrap(), 9);
    }
}
