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
    #[error("{file}: is no text but {kind} (byte {byte}); save it as .txt or .html first")]
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
    /// The file, or the record in it, that could not be read.
    #[must_use]
    pub fn file(&self) -> &str {
        match self {
            Self::Unreadable { file, .. }
            | Self::Empty { file }
            | Self::Binary { file, .. }
            | Self::TooLarge { file, .. }
            | Self::WrongEncoding { file, .. }
            | Self::BadRecord { file, .. }
            | Self::NoText { file } => file,
        }
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
        "{argument}: no .txt, .html or .jsonl file in this folder; name the files themselves if they are called otherwise"
    )]
    NothingInside {
        /// The argument.
        argument: String,
    },
    /// A file of a format that is known and not read.
    #[error("{argument}: {format} files are not read; save it as .txt or .html first")]
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
