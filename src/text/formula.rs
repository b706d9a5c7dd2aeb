//! What would a spreadsheet run? Text that begins like a formula.

use std::borrow::Cow;

/// The beginnings of formulas, with the full-width forms of the four signs.
const BEGINNINGS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// The text as a cell of CSV that no spreadsheet takes for a formula: with an apostrophe in front where it begins like one
/// (the rule of OWASP's advice on CSV injection).
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    if text.starts_with(BEGINNINGS) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn only_the_beginning_counts() {
        for formula in ["=1+1", "+86", "-1", "@SUM(A1)", "\tx", "\rx", "\u{ff1d}1", "\u{ff0d}5%"] {
            assert_eq!(harmless(formula), format!("'{formula}"));
        }
        assert_eq!(harmless("a=1"), "a=1");
        assert_eq!(harmless("'=1"), "'=1");
    }
}
