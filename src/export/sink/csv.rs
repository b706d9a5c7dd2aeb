//! Comma-separated values, a file a table, that spreadsheets open with Chinese intact and without running anything.
//!
//! RFC 4180, UTF-8 with a byte-order mark (without it Excel takes the file for GBK), lines end in CR LF. The headings are the
//! names of the columns.
//!
//! A report may print, or be made to print, what a spreadsheet takes for a formula. Text that begins with `=`, `+`, `-`, `@`,
//! their full-width forms, a tab or a carriage return gets an apostrophe in front. Numbers are numbers and keep their sign.
//! Whoever needs the characters unchanged reads Parquet.

use std::borrow::Cow;
use std::io::Write;

use ::csv::{Terminator, WriterBuilder};

use super::Sink;
use crate::export::error::ExportError;
use crate::export::table::{Cell, Table};
use crate::text::harmless;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Writes tables as CSV, each to a place of its own.
pub struct Csv<W: Write> {
    writers: Vec<::csv::Writer<W>>,
}

impl<W: Write> Csv<W> {
    /// Begins a file for each table.
    ///
    /// # Errors
    /// When the heading cannot be written.
    pub fn new(files: Vec<(&Table, W)>) -> Result<Self, ExportError> {
        let mut writers = Vec::new();
        for (table, mut out) in files {
            out.write_all(BYTE_ORDER_MARK)?;
            let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
            writer.write_record(table.columns.iter().map(|column| &column.name))?;
            writers.push(writer);
        }
        Ok(Self { writers })
    }

    /// Ends the files and gives them back in their order.
    ///
    /// # Errors
    /// When the last rows cannot be written.
    pub fn finish(self) -> Result<Vec<W>, ExportError> {
        self.writers
            .into_iter()
            .map(|writer| writer.into_inner().map_err(|error| ExportError::Write(error.into_error())))
            .collect()
    }
}

impl<W: Write> Sink for Csv<W> {
    fn row(&mut self, table: usize, row: Vec<Cell>) -> Result<(), ExportError> {
        if let Some(writer) = self.writers.get_mut(table) {
            writer.write_record(row.iter().map(|cell| field(cell)).map(|field| field.into_owned().into_bytes()))?;
        }
        Ok(())
    }
}

fn field(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Empty => Cow::Borrowed(""),
        Cell::Text(text) => harmless(text),
        Cell::Integer(number) => Cow::Owned(number.to_string()),
        Cell::Number(number) => Cow::Owned(number.to_string()),
        Cell::Boolean(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
        Cell::Date(_, [year, month, day]) => Cow::Owned(format!("{year:04}-{month:02}-{day:02}")),
    }
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;

    #[test]
    fn text_that_looks_like_a_formula_is_text() {
        let text = |text: &str| field(&Cell::text(text)).into_owned();
        for formula in ["=1+1", "+86", "-1", "@SUM(A1)", "\tx", "\rx", "＝1", "－5%"] {
            assert_eq!(text(formula), format!("'{formula}"));
        }
        assert_eq!(text("武山县=1"), "武山县=1");
        assert_eq!(text("'=1"), "'=1");
        assert_eq!(field(&Cell::Number(-0.5)), "-0.5");
        assert_eq!(field(&Cell::Integer(-3)), "-3");
    }

    #[test]
    fn numbers_are_written_out() {
        assert_eq!(field(&Cell::Number(1e21)), "1000000000000000000000");
        assert_eq!(field(&Cell::Number(12.0)), "12");
        assert_eq!(field(&Cell::Number(94.65)), "94.65");
        assert_eq!(field(&Cell::Date(0, [1970, 1, 1])), "1970-01-01");
    }
}
