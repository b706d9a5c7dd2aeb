//! What does a Word document say? Office Open XML (ECMA-376) to lines of plain text.
//!
//! A paragraph is a line, with the number that the program would show before it. The cells of a row are joined as the
//! reader of web pages joins them. Deleted, moved and hidden text, notes, heads and feet are left out; inserted text
//! and text boxes are kept. The properties of the file (title, dates) are not read: they tell of the template as often as
//! of the report.

mod body;
mod numbering;
mod numeral;
mod xml;

use std::io::Read;
use std::sync::Arc;

use super::archive::{Place, Zip};
use super::error::ReadError;
use super::listing;

const DOCX: &str = "Word document";

/// The text of a document; no part of it may unpack to more than `limit` bytes.
pub(super) fn read(bytes: &[u8], file: &str, limit: u64) -> Result<String, ReadError> {
    if !bytes.starts_with(b"PK") {
        return Err(other(bytes, file));
    }
    let archive = Zip::open(Place::Memory(Arc::from(bytes)), file)?;
    let damaged = |cause: &str| ReadError::Damaged { file: file.to_owned(), what: DOCX, cause: cause.to_owned() };
    let Some(main) = archive.entries.iter().find(|entry| listing::is_main_part(&entry.name)) else {
        return Err(damaged("it has no word/document.xml"));
    };
    let main = part(&archive, &main.name, file, limit)?;
    let other = |name: &str| match archive.find(name) {
        Some(_) => part(&archive, name, file, limit),
        None => Ok(String::new()),
    };
    let numbering = numbering::Numbering::new(&other("word/numbering.xml")?, &other("word/styles.xml")?);
    let text = body::text(&main, numbering).map_err(|cause| damaged(&cause))?;
    if text.trim().is_empty() {
        return Err(ReadError::Empty { file: file.to_owned() });
    }
    Ok(text)
}

fn part(archive: &Zip, name: &str, file: &str, limit: u64) -> Result<String, ReadError> {
    let Some(entry) = archive.find(name) else { return Ok(String::new()) };
    let mut bytes = Vec::new();
    let stream = archive.stream(entry, file)?;
    stream.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|cause| ReadError::from_io(file, cause))?;
    if bytes.len() as u64 > limit {
        return Err(ReadError::Bomb { file: file.to_owned(), limit });
    }
    Ok(String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

/// What is called a Word document and is none of today's.
fn other(bytes: &[u8], file: &str) -> ReadError {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let file = file.to_owned();
    if bytes.starts_with(b"{\\rtf") {
        ReadError::Binary { file, kind: "an RTF document", byte: 0 }
    } else if !bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        ReadError::Damaged { file, what: DOCX, cause: "it does not begin as one".to_owned() }
    } else if bytes.windows(name.len()).any(|window| window == name) {
        ReadError::Locked { file, what: "the document" }
    } else {
        ReadError::Binary { file, kind: "a document of Word before 2007 (.doc)", byte: 0 }
    }
}

#[cfg(test)]
mod tests;
