//! How does the strongest part of a network look?
//!
//! A picture of thousands of nodes tells nothing, so [`part`] chooses what is strongest, [`layout`] finds a place for each
//! node where its label can be read, and [`draw`] writes it as SVG with a legend. Text stays text: it can be searched,
//! copied and set in any font. The same network always gives the same picture.

mod draw;
mod layout;
mod part;

use std::io::Write;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

pub(crate) use layout::{Extent, places};

use super::wording::Wording;
use super::{Analysis, Error};

/// Writes the picture.
pub(super) fn write(analysis: &Analysis, out: &mut impl Write) -> Result<(), Error> {
    let words = Wording::read()?;
    let part = part::strongest(analysis);
    Ok(draw::write_page(analysis, &words, &part, out)?)
}

/// Size of the labels in pixels.
const FONT: f64 = 13.0;

/// Height of a line of a label.
const LINE: f64 = 16.0;

/// How wide a text is about, in pixels: an ideograph is as wide as the font is high, other characters some 0.56 of it.
pub(crate) fn text_width(text: &str, font: f64) -> f64 {
    text.chars().map(|character| if character.width() == Some(2) { font } else { 0.56 * font }).sum()
}

/// A text as far as it is `width` pixels wide; what does not fit ends in an ellipsis.
pub(crate) fn shortened(text: &str, width: f64, font: f64) -> String {
    if text_width(text, font) <= width {
        return text.to_owned();
    }
    let mut short = String::new();
    let mut taken = font;
    for character in text.chars() {
        taken += text_width(character.encode_utf8(&mut [0; 4]), font);
        if taken > width {
            break;
        }
        short.push(character);
    }
    short.push('\u{2026}');
    short
}

/// A text in at most `most` lines of at most `columns` columns; what does not fit ends in an ellipsis. Lines of about
/// the same length look better than a full one and a rest.
pub(crate) fn lines(text: &str, columns: usize, most: usize) -> Vec<String> {
    let pieces = pieces(text);
    let needed = text.width().div_ceil(columns).clamp(1, most);
    let goals = text.width().div_ceil(needed)..columns;
    let even = goals.map(|goal| filled(&pieces, goal)).find(|lines| lines.len() <= needed);
    let mut found = even.unwrap_or_else(|| filled(&pieces, columns));
    if found.len() > most {
        found.truncate(most);
        if let Some(last) = found.last_mut() {
            last.push('\u{2026}');
        }
    }
    found
}

/// The pieces that a line may end after: a character, or a run of letters and digits of one column, each with the closing
/// marks and spaces that follow.
fn pieces(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut before = ' ';
    for character in text.chars() {
        let joins = is_closing(character)
            || character == ' '
            || (character.is_ascii_graphic() && before.is_ascii_graphic() && !is_closing(before));
        match found.last_mut() {
            Some(piece) if joins => piece.push(character),
            _ => found.push(character.to_string()),
        }
        before = character;
    }
    found
}

/// The pieces in lines of at most `columns` columns, as far as no piece is wider.
fn filled(pieces: &[String], columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for piece in pieces {
        let last = lines.len() - 1;
        if !lines[last].is_empty() && lines[last].width() + piece.trim_end().width() > columns {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(piece);
        }
    }
    lines
}

/// Full-width and half-width commas, stops, closing brackets and quotation marks.
fn is_closing(character: char) -> bool {
    matches!(
        character,
        ')' | ']'
            | ','
            | '.'
            | '\u{3001}'
            | '\u{3002}'
            | '\u{300b}'
            | '\u{300d}'
            | '\u{3015}'
            | '\u{2019}'
            | '\u{201d}'
            | '\u{ff09}'
            | '\u{ff0c}'
    )
}

#[cfg(test)]
mod tests {
    #![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
    use super::*;

    #[test]
    fn labels_are_broken_into_even_lines() {
        assert_eq!(lines("行政处罚法", 20, 2), ["行政处罚法"]);
        assert_eq!(lines("优化营商环境条例实施办法", 20, 2), ["优化营商环境", "条例实施办法"]);
        assert_eq!(lines("一二三四、五六七八", 10, 2), ["一二三四、", "五六七八"]);
        assert_eq!(lines("一二三四五六七八九十", 8, 2), ["一二三四", "五六七八…"]);
        assert_eq!(lines("法治政府建设实施纲要(2021-2025年)", 22, 2), ["法治政府建设实施", "纲要(2021-2025年)"]);
        assert_eq!(lines("more of it, said twice", 12, 2), ["more of it, ", "said twice"]);
        assert_eq!(lines("", 8, 2), [""]);
    }

    #[test]
    fn an_ideograph_is_as_wide_as_high() {
        assert!((text_width("行政2021", 10.0) - 42.4).abs() < 1e-9);
        assert_eq!(shortened("行政处罚法", 50.0, 10.0), "行政处罚法");
        assert_eq!(shortened("行政处罚法", 49.0, 10.0), "行政处…");
    }
}
