//! The punctuation marks of Chinese documents (GB/T 15834-2011), in the form that folding leaves.

/// 。 ends a sentence.
pub const FULL_STOP: char = '\u{3002}';
/// 、 separates the parts of an enumeration, and follows a number.
pub const ENUMERATION_COMMA: char = '\u{3001}';
/// 《 opens a title.
pub const TITLE_OPEN: char = '\u{300A}';
/// 》 closes a title.
pub const TITLE_CLOSE: char = '\u{300B}';
/// 〈 opens a title within a title.
pub const INNER_TITLE_OPEN: char = '\u{3008}';
/// 〉 closes a title within a title.
pub const INNER_TITLE_CLOSE: char = '\u{3009}';
/// “ opens a quotation.
pub const QUOTE_OPEN: char = '\u{201C}';
/// ” closes a quotation.
pub const QUOTE_CLOSE: char = '\u{201D}';
/// ‘ opens a quotation within a quotation.
pub const INNER_QUOTE_OPEN: char = '\u{2018}';
/// ’ closes a quotation within a quotation.
pub const INNER_QUOTE_CLOSE: char = '\u{2019}';
/// 〔 opens the year of a document number.
pub const YEAR_OPEN: char = '\u{3014}';
/// 〕 closes the year of a document number.
pub const YEAR_CLOSE: char = '\u{3015}';
/// 【 opens a label.
pub const LABEL_OPEN: char = '\u{3010}';
/// 】 closes a label.
pub const LABEL_CLOSE: char = '\u{3011}';

/// Whether a statement ends at this mark: 。 ! ? ;
#[must_use]
pub const fn ends_statement(c: char) -> bool {
    matches!(c, FULL_STOP | '!' | '?' | ';')
}

/// Whether a clause ends at this mark: a statement's end, a comma or a colon.
#[must_use]
pub const fn ends_clause(c: char) -> bool {
    ends_statement(c) || matches!(c, ',' | ':' | '\n')
}
