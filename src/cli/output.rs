//! Where does output go? Results to standard output or a file, all else to standard error.

use std::fs::File;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Says something to the person at the terminal.
pub(super) fn say(message: &str) {
    // When nobody listens on standard error either, there is nobody to tell.
    let _ = writeln!(io::stderr().lock(), "{message}");
}

/// Trouble with an output file.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {}", path.display())]
pub(super) struct OutputError {
    path: PathBuf,
    source: io::Error,
}

/// Standard output, or a file that appears under its name only when it is complete.
pub(super) enum Output {
    /// Standard output.
    Standard(BufWriter<io::Stdout>),
    /// A file beside the one that is wanted.
    File {
        /// The file that is written.
        writer: BufWriter<File>,
        /// Its name while it is incomplete.
        partial: PathBuf,
        /// The name that it gets in the end.
        path: PathBuf,
    },
}

impl Output {
    /// Opens the file, or standard output when there is none or it is called `-`.
    pub(super) fn open(path: Option<&Path>) -> Result<Self, OutputError> {
        let Some(path) = path.filter(|path| *path != Path::new("-")) else {
            return Ok(Self::Standard(BufWriter::with_capacity(1 << 16, io::stdout())));
        };
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".partial");
        let partial = path.with_file_name(name);
        let file = File::create(&partial).map_err(|source| OutputError { path: path.to_path_buf(), source })?;
        Ok(Self::File { writer: BufWriter::with_capacity(1 << 16, file), partial, path: path.to_path_buf() })
    }

    /// Writes what is still waiting and gives the file its name.
    pub(super) fn finish(mut self) -> Result<(), OutputError> {
        let flushed = self.flush();
        match self {
            Self::Standard(_) => flushed.map_err(|source| OutputError { path: "standard output".into(), source }),
            Self::File { partial, path, .. } => {
                flushed.and_then(|()| std::fs::rename(&partial, &path)).map_err(|source| OutputError { path, source })
            }
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Standard(writer) => writer.write(bytes),
            Self::File { writer, .. } => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Standard(writer) => writer.flush(),
            Self::File { writer, .. } => writer.flush(),
        }
    }
}

/// Some formats write their head last, which only a file allows.
impl Seek for Output {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        match self {
            Self::Standard(_) => {
                Err(io::Error::new(io::ErrorKind::NotSeekable, "standard output has no places to go back to"))
            }
            Self::File { writer, .. } => writer.seek(position),
        }
    }
}

/// Columns that a table may have: those of the terminal, or what fits most screens where there is none.
pub(super) fn width() -> u16 {
    comfy_table::Table::new().width().unwrap_or(120)
}
