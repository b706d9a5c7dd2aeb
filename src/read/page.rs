//! What does one page say? The bytes of one document, with the format they are in, to the document.

use std::fmt::Write as _;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::document::{Document, PageMetadata};
use super::error::ReadError;
use super::input::Format;
use super::record::{Columns, Record};
use super::{Limits, docx, encoding, html, json, pages, pdf};
use crate::report::Source;

/// One document as it came out of its file, not yet understood.
#[derive(Debug)]
pub struct Page {
    pub(super) name: String,
    pub(super) body: Body,
    pub(super) limits: Limits,
}

/// What there is of a page.
#[derive(Debug)]
pub(super) enum Body {
    /// A file of its own, not opened before it is read.
    File(PathBuf, Format),
    /// Its bytes.
    Bytes(Vec<u8>, Format),
    /// A JSON object, and the fields that are read of it.
    Json(Vec<u8>, Arc<Columns>),
    /// The row of a table, and the table's format.
    Row(Box<Record>, &'static str),
}

impl Page {
    /// Where it stands: the path as named, with `#` and the place within an archive or table.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Reads it.
    ///
    /// # Errors
    /// The bytes are not what they should be, or say nothing.
    pub fn read(self) -> Result<Document, ReadError> {
        let limit = self.limits.text_bytes();
        let document = self.whole()?;
        let size = document.text.len() as u64;
        if size > limit {
            return Err(ReadError::TooLong { file: document.source.path, size, limit });
        }
        Ok(document)
    }

    /// Reads it, however long its text is.
    fn whole(self) -> Result<Document, ReadError> {
        let Self { name, body, limits } = self;
        match body {
            Body::File(path, format) => {
                let bytes = content(&path, &name, limits.document_bytes)?;
                document(&bytes, name, format, limits)
            }
            Body::Bytes(bytes, format) => document(&bytes, name, format, limits),
            Body::Json(bytes, columns) => {
                let record = json::parse(&bytes, &columns)
                    .map_err(|cause| ReadError::BadRecord { file: name.clone(), cause })?;
                record.document(source(name, sha256(&bytes), "jsonl", "utf-8"))
            }
            Body::Row(record, format) => {
                let said = [&record.text, &record.html, &record.url, &record.title, &record.published];
                let said: Vec<&str> = said.map(|field| field.as_deref().unwrap_or_default()).to_vec();
                let hash = sha256(said.join("\0").as_bytes());
                record.document(source(name, hash, format, "utf-8"))
            }
        }
    }
}

fn source(path: String, sha256: String, format: &str, encoding: &str) -> Source {
    Source { path, sha256, format: format.to_owned(), encoding: encoding.to_owned(), url: None }
}

/// The bytes of a file, refused before a byte is read where it is too large.
fn content(path: &Path, name: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
    let opened = File::open(path).and_then(|file| file.metadata().map(|metadata| (file, metadata)));
    let (file, metadata) = opened.map_err(|cause| ReadError::from_io(name, cause))?;
    if metadata.len() > limit {
        return Err(ReadError::TooLarge { file: name.to_owned(), size: Some(metadata.len()), limit });
    }
    pages::whole(file, name, limit)
}

/// A file that is one document.
fn document(bytes: &[u8], name: String, format: Format, limits: Limits) -> Result<Document, ReadError> {
    let hash = sha256(bytes);
    let plain = |text: String, source: Source| {
        if text.trim().is_empty() {
            return Err(ReadError::Empty { file: source.path });
        }
        Ok(Document { source, text, page: PageMetadata::default() })
    };
    match format {
        Format::Docx => {
            let text = docx::read(bytes, &name, limits.document_bytes)?;
            plain(text, source(name, hash, "docx", "utf-8"))
        }
        Format::Pdf => {
            let text = pdf::read(bytes, &name, limits.document_bytes)?;
            plain(text, source(name, hash, "pdf", "utf-8"))
        }
        Format::Html => {
            let decoded = encoding::decode(bytes, encoding::declared(bytes), &name)?;
            if decoded.text.trim().is_empty() {
                return Err(ReadError::Empty { file: name });
            }
            let page = html::read(&decoded.text, &name)?;
            let source = Source { url: page.url, ..source(name, hash, "html", &decoded.encoding) };
            Ok(Document { source, text: page.text, page: page.metadata })
        }
        Format::Packed => {
            let cause = "it is none of gzip, Zstandard, ZIP and tar".to_owned();
            Err(ReadError::Damaged { file: name, what: "archive", cause })
        }
        Format::Parquet => {
            let cause = "it does not begin as one".to_owned();
            Err(ReadError::Damaged { file: name, what: "Parquet table", cause })
        }
        Format::Text | Format::JsonLines | Format::Json | Format::Csv => {
            let decoded = encoding::decode(bytes, None, &name)?;
            plain(decoded.text, source(name, hash, "text", &decoded.encoding))
        }
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_in_hexadecimal() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
