//! Folding: what does not matter when texts are compared.
//!
//! 1. Each character by itself ([`super::character`]): full-width forms of ASCII become ASCII, so that （），：；！？％ and
//!    (),:;!?% are one; every dash becomes `-`; compatibility ideographs, enumerators in one piece, corner brackets and
//!    small forms become the common ones; what has no width goes. A run of white space inside a line goes where it
//!    stands between two ideographs (justified type, copied tables) and becomes one space elsewhere; spaces at a line's
//!    ends go.
//! 2. What is ruined by its surroundings ([`super::mend`]): inserted pinyin, spaces within numbers, doubled brackets,
//!    brackets of document numbers, letters for zeros.
//! 3. Traditional script becomes simplified ([`super::script`]), where the text is traditional.
//!
//! The order stays and every byte knows the code point that it comes from, so that positions lead back.

use super::character::{self, Character};
use super::{is_han, mend, script};

/// Longest run of white space that is taken for a stray one between two ideographs; a longer one separates columns.
const STRAY: usize = 2;

/// The folded form with an origin for its end too, and whether the original is in traditional script.
pub(super) fn fold(original: &str) -> (Traced, bool) {
    let (text, count) = fold_characters(original);
    let mut text = mend::mend(text);
    let traditional = script::is_traditional(&text.text);
    if traditional {
        text = mend::mend(script::simplified(&text));
    }
    text.origin.push(count);
    (text, traditional)
}

/// Text on its way to the folded form: each byte with the code point of the original that it comes from.
#[derive(Debug, Default)]
pub(super) struct Traced {
    /// The text.
    pub text: String,
    /// A code point for each byte, never falling.
    pub origin: Vec<usize>,
}

impl Traced {
    /// An empty text with room for `length` bytes.
    pub(super) fn with_capacity(length: usize) -> Self {
        Self { text: String::with_capacity(length), origin: Vec::with_capacity(length + 1) }
    }

    /// Adds a character that comes from code point `at`.
    pub(super) fn push(&mut self, c: char, at: usize) {
        self.text.push(c);
        match c.len_utf8() {
            1 => self.origin.push(at),
            3 => self.origin.extend_from_slice(&[at; 3]),
            n => self.origin.extend(std::iter::repeat_n(at, n)),
        }
    }

    /// Adds a part of another text as it is.
    pub(super) fn push_part(&mut self, other: &Self, range: std::ops::Range<usize>) {
        self.text.push_str(&other.text[range.clone()]);
        self.origin.extend_from_slice(&other.origin[range]);
    }

    fn keeps_space(&self, next: char, run: usize) -> bool {
        match self.text.chars().next_back() {
            None | Some('\n') => false,
            // Whether two numbers are one is told from what stands around them.
            Some(previous) if previous.is_ascii_digit() && next.is_ascii_digit() => true,
            Some(previous) => run > STRAY || !(closes_up(previous) && closes_up(next)),
        }
    }

    /// Adds a character of the line after a run of white space.
    fn push_after(&mut self, spaces: Option<(usize, usize)>, c: char, at: usize) {
        if let Some((first, run)) = spaces
            && self.keeps_space(c, run)
        {
            self.push(' ', first);
        }
        self.push(c, at);
    }
}

/// Every character by itself, white space by what stands beside it; and how many code points there are.
fn fold_characters(original: &str) -> (Traced, usize) {
    let mut folded = Traced::with_capacity(original.len());
    let mut spaces: Option<(usize, usize)> = None;
    let mut count = 0;
    for (at, c) in original.chars().enumerate() {
        count = at + 1;
        match character::fold(c) {
            Character::Dropped => {}
            Character::Space => spaces = Some(spaces.map_or((at, 1), |(first, n)| (first, n + 1))),
            Character::One('\n') => {
                spaces = None;
                folded.push('\n', at);
            }
            Character::One(kept) => folded.push_after(spaces.take(), kept, at),
            Character::Words(words) => {
                words.chars().for_each(|kept| folded.push_after(spaces.take(), kept, at));
            }
            Character::Composed => {
                character::decomposed(c).for_each(|kept| folded.push_after(spaces.take(), kept, at));
            }
        }
    }
    (folded, count)
}

/// Whether a stray space beside this character is not part of the text.
fn closes_up(c: char) -> bool {
    is_han(c)
        || c.is_ascii_digit()
        || matches!(c, '%' | '(' | ')' | ',' | ';' | '\u{3001}'..='\u{3003}')
        || matches!(c, '\u{3008}'..='\u{3011}' | '\u{3014}' | '\u{3015}' | '\u{201C}' | '\u{201D}')
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::fold;
    use proptest::prelude::*;

    #[test]
    fn each_character_by_itself() {
        for (original, folded) in [
            ("（一）加强；落实：好！", "(一)加强;落实:好!"),
            ("2015—2020年", "2015-2020年"),
            ("2021～2025", "2021-2025"),
            ("索 引 号", "索引号"),
            ("9 件", "9件"),
            ("来源: 发布时间", "来源: 发布时间"),
            ("甲      乙", "甲 乙"),
            ("中\u{200B}国\u{AD}共\u{E123}产\u{FEFF}党", "中国共产党"),
            ("二○二一", "二〇二一"),
            ("a b", "a b"),
            ("县\u{A0}司\u{B}法局", "县司法局"),
            ("「三项制度」、『一件事』", "“三项制度”、“一件事”"),
            ("⽂化和⾏政\u{F9DB}", "文化和行政率"),
            ("⻓效、⻔户、⻢", "长效、门户、马"),
            ("⑴学法㈡执法⒊守法❶❷", "(1)学法(二)执法3.守法①②"),
            ("甲﹑乙﹔丙﹪", "甲、乙;丙%"),
        ] {
            assert_eq!(fold(original).0.text, folded, "{original}");
        }
    }

    #[test]
    fn every_byte_has_an_origin() {
        let (folded, _) = fold("　　甲 乙\r\n 丙");
        assert_eq!(folded.text, "甲乙\n丙");
        assert_eq!(folded.origin.len(), folded.text.len() + 1);
        assert_eq!(folded.origin[0], 2);
        assert_eq!(folded.origin.last(), Some(&9));
    }

    /// Text of the characters on which the rules turn.
    fn any_text() -> impl Strategy<Value = String> {
        "[法治建設縣關於程式一二号年发件甲0-9Oo ()（）《》<>〈〉\\[\\]【】〔〕“”「」，。、；%％一二—～āèsh\u{200B}\u{A0}\u{3000}⑴㎡\n]{0,60}"
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

        #[test]
        fn origins_never_fall_and_stay_within(text in any_text()) {
            let (folded, _) = fold(&text);
            let count = text.chars().count();
            prop_assert_eq!(folded.origin.len(), folded.text.len() + 1);
            prop_assert!(folded.origin.windows(2).all(|pair| pair[0] <= pair[1]), "{:?}", folded);
            prop_assert!(folded.origin.iter().all(|at| *at <= count));
        }

        #[test]
        fn folding_again_changes_nothing(text in any_text()) {
            // A wide gap is one space in the folded form, and that may be a stray one.
            let text = text.replace(|c: char| c.is_whitespace() && c != '\n', "");
            let (once, _) = fold(&text);
            let (twice, _) = fold(&once.text);
            prop_assert_eq!(once.text, twice.text);
        }

        #[test]
        fn what_is_whole_stays(text in "([法治政府建设实施意见，。；：、“”《》0-9年%]|\\(试行\\)){0,40}") {
            let whole = text.replace('，', ",").replace('；', ";").replace('：', ":");
            // Marks side by side may be doubled ones, and digits around a stop a rate.
            prop_assume!(!["《《", "》》", "““", "””"].iter().any(|double| whole.contains(double)));
            prop_assume!(!whole.contains('%'));
            prop_assert_eq!(fold(&whole).0.text, whole);
        }
    }
}
