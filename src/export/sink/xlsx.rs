//! One workbook with a sheet a table, for Excel, WPS and `LibreOffice`.
//!
//! A heading has two lines, the Chinese one and the name of the column; it stays in sight and filters. Text is written as
//! text, never as a formula, and unchanged. Years and numbers are numbers, days are days. What Excel cannot hold is never cut
//! off unsaid: a table of more rows goes on in a further sheet, a cell of more characters goes on in the sheet for long
//! texts, and links beyond those that a sheet can have are plain text. The first sheet says how many rows each table has and
//! what each column holds.
//!
//! Rows are written to temporary files as they come; what is kept in memory is a row and the links.

use std::borrow::Cow;
use std::io::{Seek, Write};
use std::path::Path;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet};

use super::Sink;
use crate::export::error::ExportError;
use crate::export::table::{Cell, Column, Kind, Table};

/// Rows of a sheet with its heading: Excel's limit.
const MOST_ROWS: u32 = 1_048_576;
/// UTF-16 code units in a cell: Excel's limit.
const MOST_CHARACTERS: usize = 32_767;
/// Characters of an address that can be a link: Excel's limit is 2,079 UTF-16 code units, and escapes count.
const LONGEST_LINK: usize = 700;
/// Links of a sheet. Excel's limit is 65,530; each is kept in memory, so only so many first ones of a sheet are made.
const MOST_LINKS: usize = 10_000;

/// The wording of the workbook itself.
const WORDING: &str = include_str!("../../../data/export/workbook.toml");

/// What the workbook says besides the tables.
#[derive(Debug, serde::Deserialize)]
struct Wording {
    about: String,
    long: String,
    title: String,
    made_by: String,
    only: String,
    tables: [String; 4],
    columns: [String; 4],
    continued: String,
    notes: Vec<String>,
    long_columns: [String; 5],
}

/// Writes tables as one workbook.
pub struct Xlsx {
    workbook: Workbook,
    wording: Wording,
    tables: Vec<Sheets>,
    long: Long,
    formats: Formats,
    /// What the export was narrowed to.
    only: String,
}

/// A table with the sheets that it has filled so far.
struct Sheets {
    table: Table,
    filled: Vec<Worksheet>,
    /// The next row of the last sheet.
    row: u32,
    rows: u64,
    links: usize,
}

/// The sheet of texts that no cell can hold.
struct Long {
    sheet: Worksheet,
    row: u32,
}

struct Formats {
    head: Format,
    wrap: Format,
    date: Format,
    title: Format,
}

impl Xlsx {
    /// Begins a workbook with a sheet for each table. Rows wait in temporary files in the directory `temporary`; `only`
    /// are the parameters that the export was narrowed by.
    ///
    /// # Errors
    /// When no file can be made there.
    pub fn new(tables: &[&Table], temporary: &Path, only: &[(String, String)]) -> Result<Self, ExportError> {
        let wording: Wording =
            toml::from_str(WORDING).map_err(|error| std::io::Error::new(std::io::ErrorKind::InvalidData, error))?;
        let mut workbook = Workbook::new();
        workbook.set_tempdir(temporary)?;
        // No clock: the same store gives the same file.
        let properties = DocProperties::new()
            .set_title(&wording.title)
            .set_author(concat!("fazhi ", env!("CARGO_PKG_VERSION")))
            .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
        workbook.set_properties(&properties);
        let formats = Formats {
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_background_color(0x00DD_E7F0),
            wrap: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            date: Format::new().set_num_format("yyyy-mm-dd"),
            title: Format::new().set_bold().set_font_size(14),
        };
        let mut sheet = workbook.new_worksheet_with_constant_memory()?;
        sheet.set_name(&wording.long)?.set_freeze_panes(1, 0)?;
        for (position, (width, heading)) in [12.0, 40.0, 16.0, 8.0, 100.0].iter().zip(&wording.long_columns).enumerate()
        {
            let position = u16::try_from(position).unwrap_or_default();
            sheet.set_column_width(position, *width)?;
            sheet.write_string_with_format(0, position, heading, &formats.head)?;
        }
        let long = Long { sheet, row: 1 };
        let only = only.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(", ");
        let mut this = Self { workbook, wording, tables: Vec::new(), long, formats, only };
        for table in tables {
            let mut sheets = Sheets { table: (*table).clone(), filled: Vec::new(), row: 0, rows: 0, links: 0 };
            sheets.begin(&mut this.workbook, &this.formats)?;
            this.tables.push(sheets);
        }
        Ok(this)
    }

    /// Ends the workbook and writes it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish<W: Write + Seek + Send>(mut self, out: W) -> Result<(), ExportError> {
        let about = self.about()?;
        self.workbook.push_worksheet(about);
        for Sheets { table, filled, row, .. } in self.tables {
            let (count, columns) = (filled.len(), u16::try_from(table.columns.len()).unwrap_or(u16::MAX));
            for (position, mut sheet) in filled.into_iter().enumerate() {
                // Every sheet but the last is full.
                let last = if position + 1 == count { row.saturating_sub(1) } else { MOST_ROWS - 1 };
                sheet.autofilter(0, 0, last.max(1), columns.saturating_sub(1))?;
                self.workbook.push_worksheet(sheet);
            }
        }
        if self.long.row > 1 {
            self.workbook.push_worksheet(self.long.sheet);
        }
        self.workbook.save_to_writer(out)?;
        Ok(())
    }

    /// The first sheet: what the others hold.
    fn about(&mut self) -> Result<Worksheet, ExportError> {
        let mut sheet = self.workbook.new_worksheet_with_constant_memory()?;
        sheet.set_name(&self.wording.about)?;
        for (column, width) in [(0, 24.0), (1, 22.0), (2, 26.0), (3, 90.0)] {
            sheet.set_column_width(column, width)?;
        }
        sheet.write_string_with_format(0, 0, &self.wording.title, &self.formats.title)?;
        sheet.write_string(1, 0, self.wording.made_by.replace("{version}", env!("CARGO_PKG_VERSION")))?;
        let mut row = 2;
        if !self.only.is_empty() {
            sheet.write_string(row, 0, self.wording.only.replace("{parameters}", &self.only))?;
            row += 1;
        }
        for note in &self.wording.notes {
            sheet.write_string(row, 0, note)?;
            row += 1;
        }
        row += 1;
        let head = |sheet: &mut Worksheet, row, words: &[String; 4]| -> Result<(), ExportError> {
            for (column, word) in (0..).zip(words) {
                sheet.write_string_with_format(row, column, word, &self.formats.head)?;
            }
            Ok(())
        };
        head(&mut sheet, row, &self.wording.tables)?;
        for table in &self.tables {
            row += 1;
            sheet.write_string(row, 0, &table.table.zh)?.write_string(row, 1, &table.table.name)?;
            // A number of rows is far below what a double holds exactly.
            #[expect(clippy::cast_precision_loss, reason = "a workbook has fewer than 2^53 rows")]
            sheet.write_number(row, 2, table.rows as f64)?;
            sheet.write_string(row, 3, &table.table.en)?;
        }
        row += 2;
        head(&mut sheet, row, &self.wording.columns)?;
        for table in &self.tables {
            for column in &table.table.columns {
                row += 1;
                sheet.write_string(row, 0, &table.table.zh)?.write_string(row, 1, &column.zh)?;
                sheet.write_string(row, 2, &column.name)?.write_string(row, 3, &column.en)?;
            }
        }
        Ok(sheet)
    }
}

impl Sheets {
    /// Begins a sheet: the first of the table, or a further one when the last is full.
    fn begin(&mut self, workbook: &mut Workbook, formats: &Formats) -> Result<(), ExportError> {
        let mut sheet = workbook.new_worksheet_with_constant_memory()?;
        sheet.set_name(sheet_name(&self.table, self.filled.len() + 1))?.set_freeze_panes(1, 1)?;
        for (position, column) in (0..).zip(&self.table.columns) {
            sheet.set_column_width(position, width(column))?;
            let heading = format!("{}\n{}", column.zh, column.name);
            sheet.write_string_with_format(0, position, heading, &formats.head)?;
        }
        self.filled.push(sheet);
        self.row = 1;
        self.links = 0;
        Ok(())
    }
}

/// What a sheet is called: the table's names, and a number where the table goes on.
fn sheet_name(table: &Table, number: usize) -> String {
    if number == 1 { format!("{} {}", table.zh, table.name) } else { format!("{} {} {number}", table.zh, table.name) }
}

/// The width of a column in characters.
fn width(column: &Column) -> f64 {
    let least = match column.kind {
        Kind::Long => 60.0,
        Kind::Iri | Kind::Url => 24.0,
        Kind::Text => 18.0,
        Kind::Date => 12.0,
        Kind::Integer | Kind::Number | Kind::Year | Kind::Boolean => 9.0,
    };
    // A Chinese character is as wide as two digits; the mark of the filter takes three more.
    let heading = unicode_width::UnicodeWidthStr::width(column.zh.as_str()).max(column.name.len()) + 3;
    f64::from(u32::try_from(heading).unwrap_or(u32::MAX)).clamp(least, 60.0)
}

impl Sink for Xlsx {
    fn row(&mut self, table: usize, row: Vec<Cell>) -> Result<(), ExportError> {
        let Some(sheets) = self.tables.get_mut(table) else { return Ok(()) };
        if sheets.row >= MOST_ROWS {
            sheets.begin(&mut self.workbook, &self.formats)?;
        }
        let Some(sheet) = sheets.filled.last_mut() else { return Ok(()) };
        let at = sheets.row;
        let id = row.iter().zip(&sheets.table.columns).find_map(|(cell, column)| match cell {
            Cell::Text(text) if column.kind == Kind::Iri => Some(text.clone()),
            _ => None,
        });
        for ((position, cell), column) in (0..).zip(&row).zip(&sheets.table.columns) {
            match cell {
                Cell::Empty => {}
                #[expect(clippy::cast_precision_loss, reason = "positions and counts are below 2^53")]
                Cell::Integer(number) => {
                    sheet.write_number(at, position, *number as f64)?;
                }
                Cell::Number(number) => {
                    sheet.write_number(at, position, *number)?;
                }
                Cell::Boolean(value) => {
                    sheet.write_boolean(at, position, *value)?;
                }
                Cell::Date(_, date) => write_date(sheet, at, position, *date, &self.formats)?,
                Cell::Text(text) => {
                    let text = match fitting(text) {
                        Some(end) => {
                            let id = id.as_deref().unwrap_or_default();
                            self.long.add(&sheets.table.name, id, &column.name, &text[end..])?;
                            Cow::Owned(format!("{}{}", &text[..end], self.wording.continued))
                        }
                        None => Cow::Borrowed(text),
                    };
                    let can_link = column.kind == Kind::Url && sheets.links < MOST_LINKS && is_link(&text);
                    if can_link && sheet.write_url(at, position, text.as_str()).is_ok() {
                        sheets.links += 1;
                    } else if column.kind == Kind::Long {
                        sheet.write_string_with_format(at, position, text.as_ref(), &self.formats.wrap)?;
                    } else {
                        sheet.write_string(at, position, text.as_ref())?;
                    }
                }
            }
        }
        sheets.row += 1;
        sheets.rows += 1;
        Ok(())
    }
}

/// Writes a day; one before Excel's calendar begins, in 1900, as text.
fn write_date(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    [year, month, day]: [u16; 3],
    formats: &Formats,
) -> Result<(), ExportError> {
    let narrow = |number: u16| u8::try_from(number).unwrap_or_default();
    match ExcelDateTime::from_ymd(year, narrow(month), narrow(day)) {
        Ok(date) => sheet.write_datetime_with_format(row, column, &date, &formats.date)?,
        Err(_) => sheet.write_string(row, column, format!("{year:04}-{month:02}-{day:02}"))?,
    };
    Ok(())
}

/// Where a text has to be cut to fit into a cell with a note that it goes on; `None` when it fits.
fn fitting(text: &str) -> Option<usize> {
    // A code point has at least one byte.
    if text.len() <= MOST_CHARACTERS || text.encode_utf16().count() <= MOST_CHARACTERS {
        return None;
    }
    piece(text, MOST_CHARACTERS - 100)
}

/// Where the first so many UTF-16 code units of a text end, if it has more.
fn piece(text: &str, units: usize) -> Option<usize> {
    let mut left = units;
    text.char_indices().find_map(|(at, c)| {
        let short = left < c.len_utf16();
        left = left.saturating_sub(c.len_utf16());
        short.then_some(at)
    })
}

fn is_link(text: &str) -> bool {
    let web = text.starts_with("https://") || text.starts_with("http://");
    web && text.len() <= LONGEST_LINK && !text.contains([' ', '\n', '"', '<', '>'])
}

impl Long {
    /// Adds the rest of a text, in as many rows as it takes.
    fn add(&mut self, table: &str, id: &str, column: &str, rest: &str) -> Result<(), ExportError> {
        let (mut rest, mut part) = (rest, 2.0);
        while !rest.is_empty() {
            let end = piece(rest, MOST_CHARACTERS).unwrap_or(rest.len());
            self.sheet.write_string(self.row, 0, table)?.write_string(self.row, 1, id)?;
            self.sheet.write_string(self.row, 2, column)?.write_number(self.row, 3, part)?;
            self.sheet.write_string(self.row, 4, &rest[..end])?;
            rest = &rest[end..];
            self.row += 1;
            part += 1.0;
        }
        Ok(())
    }
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_where_excel_counts_and_nothing_is_lost() {
        assert_eq!(fitting(&"县".repeat(MOST_CHARACTERS)), None);
        let long = "县".repeat(MOST_CHARACTERS + 1);
        assert_eq!(fitting(&long), Some(3 * (MOST_CHARACTERS - 100)));
        // A rare character is two code units.
        let rare = "𠮷".repeat(MOST_CHARACTERS / 2 + 1);
        let end = fitting(&rare).unwrap();
        assert!(rare.is_char_boundary(end) && rare[..end].encode_utf16().count() <= MOST_CHARACTERS);
        assert_eq!(piece("县𠮷", 2), Some(3));
        assert_eq!(piece("县", 1), None);
    }

    #[test]
    fn only_an_address_of_the_web_is_a_link() {
        assert!(is_link("https://www.example.gov.cn/a.html"));
        for text in ["file:///etc/passwd", "javascript:alert(1)", "https://a | https://b", "", &"https://a/".repeat(99)]
        {
            assert!(!is_link(text), "{text}");
        }
    }
}
