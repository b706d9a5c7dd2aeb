//! What does one character fold to, whatever stands beside it?

use unicode_normalization::UnicodeNormalization;

/// One character folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Character {
    /// It goes: it has no width and says nothing.
    Dropped,
    /// White space within a line.
    Space,
    /// It is this one.
    One(char),
    /// It is another way of printing these.
    Words(&'static str),
    /// It is a compatibility character: [`decomposed`] says of which.
    Composed,
}

/// Folds one character.
pub(super) fn fold(c: char) -> Character {
    match c {
        '\u{4E00}'..='\u{9FFF}'
        | '\n'
        | '!'..='}'
        | '\u{3001}'
        | '\u{3002}'
        | '\u{3007}'..='\u{300B}'
        | '\u{3010}'
        | '\u{3011}' => Character::One(c),
        ' ' => Character::Space,
        '\u{FF01}'..='\u{FF5D}' => Character::One(char::from_u32(c as u32 - 0xFEE0).unwrap_or(c)),
        c if is_invisible(c) => Character::Dropped,
        c if is_composed(c) => Character::Composed,
        c if c.is_whitespace() || c.is_control() || c == '\u{3164}' => Character::Space,
        c => unit(c).map_or_else(|| Character::One(mark(c)), Character::Words),
    }
}

/// Whether a character has no width, or has a shape in one font alone (the private-use areas), so that it says nothing.
pub(super) const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{00AD}'
            | '\u{034F}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{E000}'..='\u{F8FF}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFC}'
            | '\u{E0000}'..='\u{10FFFF}'
    )
}

/// Whether a character is a compatibility character of Unicode: an ideograph with a second number (Kangxi radicals,
/// compatibility ideographs), or an enumerator in one piece.
const fn is_composed(c: char) -> bool {
    matches!(
        c,
        '\u{2474}'..='\u{249B}'
            | '\u{2E9F}'
            | '\u{2EF3}'
            | '\u{2F00}'..='\u{2FD5}'
            | '\u{3220}'..='\u{3229}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{2F800}'..='\u{2FA1F}'
    )
}

/// The characters of which a compatibility character is made (NFKC).
pub(super) fn decomposed(c: char) -> impl Iterator<Item = char> {
    std::iter::once(c).nfkc()
}

/// An ideograph in its common form where it is printed as a radical or a compatibility ideograph; any other as it is.
pub(super) fn ideograph(c: char) -> char {
    match c {
        '\u{2E80}'..='\u{2FD5}' | '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}' => {
            radical(decomposed(c).next().unwrap_or(c))
        }
        c => c,
    }
}

/// Square metres, kilometres, kilograms and the like in one character.
const fn unit(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{33A1}' => "\u{5E73}\u{65B9}\u{7C73}",
        '\u{33A2}' => "\u{5E73}\u{65B9}\u{516C}\u{91CC}",
        '\u{33A5}' => "\u{7ACB}\u{65B9}\u{7C73}",
        '\u{339E}' => "\u{516C}\u{91CC}",
        '\u{338F}' => "\u{516C}\u{65A4}",
        _ => return None,
    })
}

/// Punctuation and shapes that are another way of printing a common one.
const fn mark(c: char) -> char {
    match c {
        // Dashes of every length, wave dashes, minus signs and box drawings.
        '~'
        | '\u{301C}'
        | '\u{3030}'
        | '\u{30FC}'
        | '\u{02D7}'
        | '\u{2010}'..='\u{2015}'
        | '\u{2053}'
        | '\u{2212}'
        | '\u{223C}'
        | '\u{2500}'
        | '\u{2501}'
        | '\u{2574}'
        | '\u{2796}'
        | '\u{FE31}'
        | '\u{FE32}'
        | '\u{FE58}'
        | '\u{FE63}'
        | '\u{FF5E}'
        | '\u{FF70}' => '-',
        // The small and the half-width forms of punctuation.
        '\u{FE50}' | '\u{FE10}' => ',',
        '\u{FE51}' | '\u{FE11}' | '\u{FF64}' => '\u{3001}',
        '\u{FE52}' => '.',
        '\u{FE12}' | '\u{FF61}' => '\u{3002}',
        '\u{FE54}' | '\u{FE14}' => ';',
        '\u{FE55}' | '\u{FE13}' | '\u{2236}' => ':',
        '\u{FE56}' | '\u{FE16}' => '?',
        '\u{FE57}' | '\u{FE15}' => '!',
        '\u{FE6A}' => '%',
        '\u{2027}' | '\u{22C5}' | '\u{FF65}' => '\u{00B7}',
        // Brackets.
        '\u{FE59}' | '\u{FE35}' | '\u{207D}' => '(',
        '\u{FE5A}' | '\u{FE36}' | '\u{207E}' => ')',
        '\u{FE5D}' | '\u{FE39}' | '\u{3018}' => '\u{3014}',
        '\u{FE5E}' | '\u{FE3A}' | '\u{3019}' => '\u{3015}',
        '\u{FE3B}' | '\u{3016}' => '\u{3010}',
        '\u{FE3C}' | '\u{3017}' => '\u{3011}',
        '\u{226A}' | '\u{FE3D}' => '\u{300A}',
        '\u{226B}' | '\u{FE3E}' => '\u{300B}',
        '\u{2329}' | '\u{27E8}' | '\u{2039}' | '\u{FE3F}' => '\u{3008}',
        '\u{232A}' | '\u{27E9}' | '\u{203A}' | '\u{FE40}' => '\u{3009}',
        // Quotation marks: the corner brackets of traditional script, primes, low ones.
        '\u{300C}' | '\u{300E}' | '\u{FE41}' | '\u{FE43}' | '\u{FF62}' | '\u{301D}' | '\u{201E}' | '\u{201F}' => {
            '\u{201C}'
        }
        '\u{300D}' | '\u{300F}' | '\u{FE42}' | '\u{FE44}' | '\u{FF63}' | '\u{301E}' | '\u{301F}' => '\u{201D}',
        // Circles for zero, and letters that only look like O.
        '\u{25CB}' | '\u{25EF}' => '\u{3007}',
        '\u{039F}' | '\u{041E}' => 'O',
        // Filled and double circled numbers, as the plain circled ones.
        '\u{2776}'..='\u{277F}' => shifted(c, 0x2776),
        '\u{2780}'..='\u{2789}' => shifted(c, 0x2780),
        '\u{278A}'..='\u{2793}' => shifted(c, 0x278A),
        '\u{24F5}'..='\u{24FE}' => shifted(c, 0x24F5),
        c => radical(c),
    }
}

/// The circled number that is as far from ① as `c` from the first of its kind.
const fn shifted(c: char, first: u32) -> char {
    match char::from_u32(0x2460 + (c as u32 - first)) {
        Some(circled) => circled,
        None => c,
    }
}

/// Radicals that PDF files put for the character of the same shape (EquivalentUnifiedIdeograph.txt of Unicode 15).
const fn radical(c: char) -> char {
    match c {
        '\u{2EA0}' => '\u{6C11}',
        '\u{2EAC}' => '\u{793A}',
        '\u{2EC4}' => '\u{897F}',
        '\u{2EC5}' => '\u{89C1}',
        '\u{2EC6}' => '\u{89D2}',
        '\u{2EC9}' => '\u{8D1D}',
        '\u{2ECB}' => '\u{8F66}',
        '\u{2ED1}' => '\u{9577}',
        '\u{2ED3}' => '\u{957F}',
        '\u{2ED4}' => '\u{95E8}',
        '\u{2ED8}' => '\u{9752}',
        '\u{2ED9}' => '\u{97E6}',
        '\u{2EDA}' => '\u{9875}',
        '\u{2EDB}' => '\u{98CE}',
        '\u{2EDC}' => '\u{98DE}',
        '\u{2EDD}' => '\u{98DF}',
        '\u{2EE2}' => '\u{9A6C}',
        '\u{2EE3}' => '\u{9AA8}',
        '\u{2EE5}' => '\u{9C7C}',
        '\u{2EE6}' => '\u{9E1F}',
        '\u{2EE8}' => '\u{9EA6}',
        '\u{2EE9}' => '\u{9EC4}',
        '\u{2EEC}' => '\u{9F50}',
        '\u{2EF0}' => '\u{9F99}',
        c => c,
    }
}
