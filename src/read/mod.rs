//! What does a file say? Bytes to [`Document`]: one reader a format.
//!
//! [`inputs`] turns arguments into a list of files, [`documents`] reads one of them, [`documents_from`] reads any
//! stream. A reader stops at nothing that a folder of saved pages may hold: what cannot be read is a [`ReadError`] with
//! file, place and remedy, and the next document follows.

pub mod dates;
mod document;
mod encoding;
mod error;
mod html;
mod input;
mod json;
pub mod labels;

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::report::Source;

pub use document::{Document, PageMetadata};
pub use error::{InputError, ReadError};
pub use input::{Format, Input, Inputs, SkipReason, Skipped, inputs};

/// What a reader may take in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one document: of a text file, a page, a JSON file or a line of JSON Lines.
    pub document_bytes: u64,
}

impl Default for Limits {
    /// 64 MiB a document; the longest published reports have a few hundred kilobytes.
    fn default() -> Self {
        Self { document_bytes: 64 << 20 }
    }
}

/// The documents of one file, in its order.
///
/// A file of JSON Lines is read line by line and may have any length. [`Source::path`] is the path as named, with `#n`
/// for a record: the number of its line, or its place in a JSON array. A record's own `id` is not used: only the place
/// leads back to its bytes.
#[must_use]
pub fn documents(path: &Path, format: Format, limits: &Limits) -> Documents {
    let name = path.display().to_string();
    let opened = File::open(path).and_then(|file| file.metadata().map(|metadata| (file, metadata)));
    match opened {
        Ok((_, metadata)) if metadata.is_dir() => {
            let cause = std::io::Error::from(std::io::ErrorKind::IsADirectory);
            Documents { name: name.clone(), state: State::Failed(ReadError::Unreadable { file: name, cause }) }
        }
        Ok((_, metadata)) if format != Format::JsonLines && metadata.len() > limits.document_bytes => {
            // Refused before a byte of it is read.
            let (size, limit) = (Some(metadata.len()), limits.document_bytes);
            Documents { name: name.clone(), state: State::Failed(ReadError::TooLarge { file: name, size, limit }) }
        }
        Ok((file, _)) => documents_from(Box::new(BufReader::with_capacity(1 << 16, file)), &name, format, limits),
        Err(cause) => {
            Documents { name: name.clone(), state: State::Failed(ReadError::Unreadable { file: name, cause }) }
        }
    }
}

/// The documents of a stream; `name` stands for its path (`-` for standard input).
#[must_use]
pub fn documents_from(reader: Box<dyn BufRead + Send>, name: &str, format: Format, limits: &Limits) -> Documents {
    let name = name.to_owned();
    let limit = limits.document_bytes;
    let state = match format {
        Format::JsonLines => State::Lines(json::Lines::new(reader, name.clone(), limit), false),
        Format::Json => match whole(reader, &name, limit) {
            Ok(bytes) => State::Values(json::Values::new(bytes, name.clone())),
            Err(error) => State::Failed(error),
        },
        Format::Text | Format::Html => State::One { reader, format, limit },
    };
    Documents { name, state }
}

/// An iterator over the documents of one input.
pub struct Documents {
    name: String,
    state: State,
}

enum State {
    /// A file that is one document.
    One { reader: Box<dyn BufRead + Send>, format: Format, limit: u64 },
    /// JSON Lines, and whether there was any.
    Lines(json::Lines, bool),
    /// A JSON file.
    Values(json::Values),
    /// An error to be told.
    Failed(ReadError),
    /// Nothing more.
    Done,
}

impl std::fmt::Debug for Documents {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Documents").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Iterator for Documents {
    type Item = Result<Document, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let raw = match &mut self.state {
            State::Lines(lines, any) => {
                let raw = lines.next();
                let empty = raw.is_none() && !*any;
                *any = true;
                if empty { Some(Err(ReadError::Empty { file: self.name.clone() })) } else { raw }
            }
            State::Values(values) => values.next(),
            _ => {
                return match std::mem::replace(&mut self.state, State::Done) {
                    State::One { reader, format, limit } => {
                        let bytes = whole(reader, &self.name, limit);
                        Some(bytes.and_then(|bytes| document(&bytes, &self.name, format)))
                    }
                    State::Failed(error) => Some(Err(error)),
                    _ => None,
                };
            }
        };
        raw.map(|raw| raw.and_then(|raw| record(&raw, &self.name)))
    }
}

/// All the bytes of a stream, if they are within the limit and not only white space.
fn whole(reader: Box<dyn BufRead + Send>, name: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    if let Err(cause) = reader.take(limit.saturating_add(1)).read_to_end(&mut bytes) {
        return Err(ReadError::Unreadable { file: name.to_owned(), cause });
    }
    if bytes.len() as u64 > limit {
        return Err(ReadError::TooLarge { file: name.to_owned(), size: None, limit });
    }
    if bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes).trim_ascii().is_empty() {
        return Err(ReadError::Empty { file: name.to_owned() });
    }
    Ok(bytes)
}

/// A text file or a page.
fn document(bytes: &[u8], name: &str, format: Format) -> Result<Document, ReadError> {
    let is_page = format == Format::Html;
    let declared = if is_page { encoding::declared(bytes) } else { None };
    let decoded = encoding::decode(bytes, declared, name)?;
    let mut source = Source {
        path: name.to_owned(),
        sha256: sha256(bytes),
        format: if is_page { "html" } else { "text" }.to_owned(),
        encoding: decoded.encoding,
        url: None,
    };
    if decoded.text.trim().is_empty() {
        return Err(ReadError::Empty { file: name.to_owned() });
    }
    if !is_page {
        return Ok(Document { source, text: decoded.text, page: PageMetadata::default() });
    }
    let page = html::read(&decoded.text, name)?;
    source.url = page.url;
    Ok(Document { source, text: page.text, page: page.metadata })
}

/// A record: its own fields come before what its page says.
fn record(raw: &json::Raw, name: &str) -> Result<Document, ReadError> {
    let file = format!("{name}#{}", raw.number);
    let record = json::Record::parse(&raw.bytes).map_err(|cause| ReadError::BadRecord { file: file.clone(), cause })?;
    let (text, page, url) = match (record.text, record.html) {
        (Some(text), _) => {
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
            (encoding::with_line_feeds(text.into()), PageMetadata::default(), None)
        }
        (None, html) => {
            let page = html::read(&html.unwrap_or_default(), &file)?;
            (page.text, page.metadata, page.url)
        }
    };
    let date = |date: Option<String>| date.and_then(|date| dates::iso(&date));
    Ok(Document {
        source: Source {
            path: file,
            sha256: sha256(&raw.bytes),
            format: "jsonl".to_owned(),
            encoding: "utf-8".to_owned(),
            url: record.url.or(url),
        },
        text,
        page: PageMetadata {
            title: record.title.or(page.title),
            publisher: record.publisher.or(page.publisher),
            published: date(record.published).or(page.published),
            dated: date(record.dated).or(page.dated),
            index_number: record.index_number.or(page.index_number),
            site: record.site.or(page.site),
            cut_off: page.cut_off,
        },
    })
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests;
