//! Why could something not be read, and what can its owner do about it?

use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// Why one document could not be read. Every message names the file, the place in it and the remedy on one line.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The operating system refuses the file or fails while reading it.
    #[error("{file}: cannot be read: {cause}; check that the file is still there and that you may read it")]
    Unreadable {
        /// The file as it was named.
        file: String,
        /// What the operating system says.
        cause: io::Error,
    },
    /// Nothing but white space.
    #[error("{file}: is empty; save the report's page or text again")]
    Empty {
        /// The file, or the record in it.
        file: String,
    },
    /// Not text in any encoding.
    #[error("{file}: is no text but {kind} (byte {byte}); save it as .docx, .pdf, .html or .txt first")]
    Binary {
        /// The file as it was named.
        file: String,
        /// What it seems to be.
        kind: &'static str,
        /// Offset of the first byte that tells.
        byte: usize,
    },
    /// More bytes than one report can have.
    #[error("{file}: has {} bytes, more than the {limit} allowed for one document; is it a report? \
             Split it into JSON Lines, one report a line, or raise the limit", size.map_or_else(|| format!("over {limit}"), |s| s.to_string()))]
    TooLarge {
        /// The file, or the line in it.
        file: String,
        /// Its size, where that is known without reading it.
        size: Option<u64>,
        /// The limit in force.
        limit: u64,
    },
    /// More text than one report can have.
    #[error(
        "{file}: its text has {size} bytes, more than the {limit} allowed for one report; is it several? \
             Split it into JSON Lines, one report a line, or raise the limit with --max-size"
    )]
    TooLong {
        /// The file, or the record in it.
        file: String,
        /// Bytes of its text.
        size: u64,
        /// The limit in force.
        limit: u64,
    },
    /// The bytes are no text in the encoding that they are declared, or look, to be in.
    #[error(
        "{file}: is not readable as {encoding}: {bad} characters cannot be decoded, the first at byte {byte}; \
             save it as UTF-8 or GB18030"
    )]
    WrongEncoding {
        /// The file as it was named.
        file: String,
        /// Label of the encoding that fitted best.
        encoding: String,
        /// How many characters could not be decoded.
        bad: usize,
        /// Offset of the first byte that could not be decoded.
        byte: usize,
    },
    /// A line or record of a JSON file that is not what the format asks for.
    #[error("{file}: is no report record: {cause}; a record is an object like {{\"text\": …, \"url\": …}} on one line")]
    BadRecord {
        /// The file with `#` and the number of the line or record.
        file: String,
        /// What is wrong with it.
        cause: String,
    },
    /// A file whose content is not what its name or beginning promises.
    #[error("{file}: is a damaged {what}: {cause}; fetch it again, or open it and save it anew")]
    Damaged {
        /// The file, or the one within it.
        file: String,
        /// What it should be.
        what: &'static str,
        /// What is wrong with it.
        cause: String,
    },
    /// A file that opens only with a password.
    #[error("{file}: {what} is locked with a password; open it with the password and save it without")]
    Locked {
        /// The file, or the one within it.
        file: String,
        /// What it is.
        what: &'static str,
    },
    /// Pictures of pages.
    #[error(
        "{file}: is a scan without a text layer ({pages} pages); let a program for text recognition (OCR) read it first"
    )]
    Scan {
        /// The file.
        file: String,
        /// How many pages it has.
        pages: usize,
    },
    /// Text whose fonts do not tell which characters they show.
    #[error(
        "{file}: its fonts do not tell which characters they show; let a program for text recognition (OCR) read it first, \
             or take the report as a page or .docx"
    )]
    Unmapped {
        /// The file.
        file: String,
    },
    /// A small file that unpacks to a very large one.
    #[error(
        "{file}: unpacks to over {limit} bytes, which is no compressed text but a trap; \
             if it is meant, unpack it and name what is inside"
    )]
    Bomb {
        /// The file, or the one within it.
        file: String,
        /// How far it was unpacked.
        limit: u64,
    },
    /// Archives in archives in archives.
    #[error("{file}: is packed more than {limit} times; unpack it and name what is inside")]
    Nested {
        /// The innermost archive that was looked at.
        file: String,
        /// How many layers are unpacked.
        limit: usize,
    },
    /// More entries than a collection of reports has.
    #[error("{file}: holds over {limit} files; unpack it and name the folder")]
    TooManyFiles {
        /// The archive.
        file: String,
        /// How many are read.
        limit: usize,
    },
    /// An archive without anything to be read.
    #[error("{file}: holds no report in a format that is read; unpack it and look what is inside")]
    NothingPacked {
        /// The archive.
        file: String,
    },
    /// A table without the column that holds the text or the address.
    #[error("{file}: has no column `{column}` (its columns: {columns}); name the right one with {option}")]
    NoColumn {
        /// The table.
        file: String,
        /// The column that was looked for.
        column: String,
        /// The option that names another.
        option: &'static str,
        /// The columns that are there.
        columns: String,
    },
    /// A page that says nothing.
    #[error(
        "{file}: has no text outside its menus and scripts; save the page after it has loaded, or copy its text into a .txt file"
    )]
    NoText {
        /// The page.
        file: String,
    },
}

impl ReadError {
    /// What went wrong while a stream was read: a cause that a layer of unpacking has named, else the system's.
    pub(super) fn from_io(file: &str, cause: io::Error) -> Self {
        let file = file.to_owned();
        match cause.get_ref().and_then(|inner| inner.downcast_ref::<Unpacking>()) {
            Some(Unpacking::Bomb { limit }) => Self::Bomb { file, limit: *limit },
            Some(Unpacking::TooLarge { limit }) => Self::TooLarge { file, size: None, limit: *limit },
            Some(Unpacking::Damaged { what, cause }) => Self::Damaged { file, what, cause: cause.clone() },
            None => Self::Unreadable { file, cause },
        }
    }

    /// The file, or the record in it, that could not be read.
    #[must_use]
    pub fn file(&self) -> &str {
        match self {
            Self::Unreadable { file, .. }
            | Self::Empty { file }
            | Self::Binary { file, .. }
            | Self::TooLarge { file, .. }
            | Self::TooLong { file, .. }
            | Self::WrongEncoding { file, .. }
            | Self::BadRecord { file, .. }
            | Self::Damaged { file, .. }
            | Self::Locked { file, .. }
            | Self::Scan { file, .. }
            | Self::Unmapped { file }
            | Self::Bomb { file, .. }
            | Self::Nested { file, .. }
            | Self::TooManyFiles { file, .. }
            | Self::NothingPacked { file }
            | Self::NoColumn { file, .. }
            | Self::NoText { file } => file,
        }
    }
}

/// What a layer of unpacking says through [`io::Error`].
#[derive(Debug, Error)]
pub(super) enum Unpacking {
    /// More comes out than any text would give.
    #[error("unpacks to over {limit} bytes")]
    Bomb { limit: u64 },
    /// A record is longer than a document may be.
    #[error("has over {limit} bytes")]
    TooLarge { limit: u64 },
    /// The packed bytes are not well-formed or end early.
    #[error("damaged {what}: {cause}")]
    Damaged { what: &'static str, cause: String },
}

impl From<Unpacking> for io::Error {
    fn from(unpacking: Unpacking) -> Self {
        Self::other(unpacking)
    }
}

/// Why an argument names no input. Every message says what to do.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum InputError {
    /// No such file or folder.
    #[error("{argument}: no such file or folder; check the spelling, or quote the pattern if it is one")]
    Missing {
        /// The argument.
        argument: String,
    },
    /// A pattern that nothing matches.
    #[error("{argument}: no file matches this pattern; quote it so that the shell passes it on, and check the folder")]
    NoMatch {
        /// The argument.
        argument: String,
    },
    /// A pattern that is not well-formed.
    #[error("{argument}: is no valid pattern: {cause}; `*`, `?`, `[…]` and `**` are understood")]
    BadPattern {
        /// The argument.
        argument: String,
        /// What is wrong with it.
        cause: String,
    },
    /// A folder without a single file that can be read.
    #[error(
        "{argument}: no text, page, .docx, .pdf, table, .jsonl or archive in this folder; name the files themselves if they are called otherwise"
    )]
    NothingInside {
        /// The argument.
        argument: String,
    },
    /// A file of a format that is known and not read.
    #[error("{argument}: {format} files are not read; save it as .docx, .pdf, .html or .txt first")]
    Unsupported {
        /// The argument.
        argument: String,
        /// The format's name.
        format: &'static str,
    },
    /// A folder or file that cannot be looked at.
    #[error("{}: cannot be listed: {cause}; check that you may read it", path.display())]
    Unlistable {
        /// The path.
        path: PathBuf,
        /// What the operating system says.
        cause: String,
    },
}
