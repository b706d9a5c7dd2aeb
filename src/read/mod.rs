//! What does a file say? Bytes to [`Document`]: one reader a format.
//!
//! [`inputs`] turns arguments into a list of files, [`documents`] reads one of them, [`documents_from`] reads any
//! stream; [`Pages`] does the same in two steps, so that many threads can share the second. What a file is, its first
//! bytes tell before its name does. A packed file is unpacked within bounds. A reader stops at nothing that a folder of
//! saved pages may hold: what cannot be read is a [`ReadError`] with file, place and remedy, and the next document
//! follows.

mod archive;
pub mod dates;
mod document;
mod docx;
mod encoding;
mod error;
mod html;
mod input;
mod json;
pub mod labels;
mod listing;
mod page;
mod pages;
mod pdf;
mod record;
mod sniff;
mod table;
mod unpack;

use std::io::BufRead;
use std::path::Path;
use std::sync::Arc;

pub use document::{Document, PageMetadata};
pub use error::{InputError, ReadError};
pub use input::{Format, Input, Inputs, SkipReason, Skipped, inputs};
pub use page::Page;
pub use pages::Pages;
pub use record::Columns;

/// What a reader may take in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one document: of a text file, a page, a .docx or PDF, a JSON file, a line of JSON Lines or a row; also
    /// of what it is unpacked to.
    pub document_bytes: u64,
}

impl Default for Limits {
    /// 64 MiB a document; the longest published reports have a few hundred kilobytes.
    fn default() -> Self {
        Self { document_bytes: 64 << 20 }
    }
}

impl Limits {
    /// Bytes of text in one document: a page may carry pictures and markup, but text is what every later stage works on, and the
    /// longest published reports have two hundred kilobytes of it.
    #[must_use]
    pub fn text_bytes(&self) -> u64 {
        (self.document_bytes / TEXT_SHARE).max(LEAST_TEXT)
    }
}

/// A document's text takes at most one part of so many ...
const TEXT_SHARE: u64 = 32;
/// ... and this many bytes are always allowed.
const LEAST_TEXT: u64 = 64 << 10;

/// How files are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// What is refused as too large.
    pub limits: Limits,
    /// Where tables and records have their text.
    pub columns: Arc<Columns>,
}

/// The documents of one file, in its order.
///
/// A table or a file of JSON Lines is read row by row and may have any length. [`Source::path`] is the path as named,
/// with `#n` for a record (the number of its line, of its row under the header, or its place in a JSON array) and with
/// `#name` for a file in an archive. A record's own `id` is not used: only the place leads back to its bytes.
///
/// [`Source::path`]: crate::report::Source::path
pub fn documents(
    path: &Path,
    format: Format,
    options: &Options,
) -> impl Iterator<Item = Result<Document, ReadError>> + use<> {
    Pages::of_file(path, format, options).map(|page| page.and_then(Page::read))
}

/// The documents of a stream; `name` stands for its path (`-` for standard input).
pub fn documents_from(
    stream: Box<dyn BufRead + Send>,
    name: &str,
    format: Format,
    options: &Options,
) -> impl Iterator<Item = Result<Document, ReadError>> + use<> {
    Pages::of_stream(stream, name, format, options).map(|page| page.and_then(Page::read))
}

#[cfg(test)]
mod tests;
