//! An answer with more columns than a terminal has room for: a row becomes a few lines, each value behind its name.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::table::Shown;

/// A value wider than this is wrapped in a column of a table, and has lines of its own in a record.
const LONG: usize = 26;

/// Space and line around a column's content.
const PADDING: usize = 3;

/// Space between two values of a line.
const GAP: usize = 3;

/// Whether the columns at `filled` would be squeezed in a table of `width`: their short values wrapped, or less than
/// [`LONG`] left for each of the long ones.
pub(super) fn are_better(header: &[String], rows: &[Vec<Shown>], filled: &[usize], width: u16) -> bool {
    let needed = |at: &usize| {
        let widest =
            rows.iter().map(|row| row[*at].text.width()).chain([header[*at].width()]).max().unwrap_or_default();
        widest.min(LONG) + PADDING
    };
    filled.iter().map(needed).sum::<usize>() > usize::from(width)
}

/// Writes the rows one below the other.
pub(super) fn write(header: &[String], rows: &[Vec<Shown>], width: u16, out: &mut impl Write) -> io::Result<()> {
    let width = usize::from(width);
    for (number, row) in rows.iter().enumerate() {
        let head = format!("\u{2500}\u{2500} {} ", number + 1);
        writeln!(out, "{head}{}", "\u{2500}".repeat(width.saturating_sub(head.width())))?;
        let filled = || header.iter().zip(row).filter(|(_, value)| !value.text.is_empty());
        let mut line = String::new();
        for (name, value) in filled().filter(|(_, value)| is_short(value)) {
            let piece = format!("{name} {}", value.text);
            if !line.is_empty() && line.width() + GAP + piece.width() > width {
                writeln!(out, "{line}")?;
                line.clear();
            }
            if !line.is_empty() {
                line.push_str(&" ".repeat(GAP));
            }
            line.push_str(&piece);
        }
        if !line.is_empty() {
            writeln!(out, "{line}")?;
        }
        for (name, value) in filled().filter(|(_, value)| !is_short(value)) {
            for line in wrapped(&format!("{name} {}", value.text), width) {
                writeln!(out, "{line}")?;
            }
        }
    }
    Ok(())
}

fn is_short(value: &Shown) -> bool {
    value.text.width() <= LONG && !value.text.contains('\n')
}

/// The lines of a text, broken where they would be wider than `width`: Chinese breaks between any two characters.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let (mut line, mut taken) = (String::new(), 0);
        for character in paragraph.chars() {
            let wide = unicode_width::UnicodeWidthChar::width(character).unwrap_or_default();
            if taken + wide > width && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                taken = 0;
            }
            line.push(character);
            taken += wide;
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_the_width_of_the_characters() {
        assert_eq!(wrapped("原文 行政复议\n应诉", 9), ["原文 行政", "复议", "应诉"]);
        assert_eq!(wrapped("report/620524", 8), ["report/6", "20524"]);
    }
}
