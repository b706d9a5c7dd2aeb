//! What can go wrong with a store, said so that the reader knows what to do next.

use std::io;
use std::path::{Path, PathBuf};

use oxigraph::store::StorageError;

/// Trouble with the store on disk.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is nothing at the place where a store is to be read.
    #[error("there is no store at {0}; make one with `fazhi build --store {0} INPUT…`", path.display())]
    Missing {
        /// Where the store was looked for.
        path: PathBuf,
    },
    /// The directory holds something that this program did not make.
    #[error("{0} is not a store of fazhi; name an empty or a new directory with --store", path.display())]
    NotAStore {
        /// The directory.
        path: PathBuf,
    },
    /// The store was written by a program with another layout.
    #[error("the store {} has layout {found}, this program reads layout {expected}; build it again in a new directory", path.display())]
    Layout {
        /// The directory.
        path: PathBuf,
        /// The layout that the store says it has.
        found: String,
        /// The layout of this program.
        expected: &'static str,
    },
    /// Another process has the store open in a way that excludes this one.
    #[error("the store {0} is in use by another process; wait until it has finished, or name another directory with --store", path.display())]
    InUse {
        /// The directory.
        path: PathBuf,
    },
    /// The identifiers in the store start with another base IRI than the one asked for.
    #[error("the store {} was built with --base {found}; use that base, or name another directory for {asked}", path.display())]
    OtherBase {
        /// The directory.
        path: PathBuf,
        /// The base IRI in the store.
        found: String,
        /// The base IRI asked for.
        asked: String,
    },
    /// The disk is full. What was stored before is unharmed.
    #[error("no space is left on the disk of {0}; make room and run the same command again: what is stored already stays and is not read twice", path.display())]
    DiskFull {
        /// The directory.
        path: PathBuf,
        /// What the storage layer said.
        #[source]
        source: io::Error,
    },
    /// The directory cannot be read or written.
    #[error("cannot use the store {}", path.display())]
    Io {
        /// The directory or the file in it.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The storage layer reports any other trouble, such as a damaged file.
    #[error("the store {} cannot be read; restore it from a backup or build it again", path.display())]
    Storage {
        /// The directory.
        path: PathBuf,
        /// What the storage layer said.
        #[source]
        source: StorageError,
    },
    /// No report of the store has the name that was asked for.
    #[error("the store has no report {name}; `fazhi stats --reports` lists them")]
    NoReport {
        /// The name asked for.
        name: String,
    },
    /// No source of the store has this IRI, and no annotations.
    #[error("there is no graph <{name}>; graphs are the reports and registries of the store, and the annotations")]
    NoGraph {
        /// What was asked for.
        name: String,
    },
    /// Something that the program keeps would be changed by an update.
    #[error(
        "{what} belongs to the program; put statements of your own into a named graph of your own, such as \
         <https://example.org/notes>: any IRI that does not begin with {base} or https://w3id.org/fazhi/"
    )]
    Reserved {
        /// What would be changed.
        what: String,
        /// The base of the store.
        base: String,
    },
    /// An update touches more statements than are allowed.
    #[error("the update touches more than {most} statements; send it in parts")]
    TooManyStatements {
        /// How many it may touch.
        most: usize,
    },
    /// Several reports of the store start with the name that was asked for.
    #[error("{name} may mean {}; write more of it", candidates.join(", "))]
    Ambiguous {
        /// The name asked for.
        name: String,
        /// The first reports that it may mean.
        candidates: Vec<String>,
    },
    /// A backup is to go where something is already.
    #[error("{0} exists already; name a new directory for the backup", path.display())]
    BackupExists {
        /// The directory asked for.
        path: PathBuf,
    },
}

impl StoreError {
    /// Sorts what the storage layer said by what a person can do about it.
    pub(super) fn storage(path: &Path, source: StorageError) -> Self {
        let path = path.to_path_buf();
        match source {
            StorageError::Io(source) if source.kind() == io::ErrorKind::StorageFull => Self::DiskFull { path, source },
            // RocksDB says this when the lock on its own LOCK file is held, as by a bare `oxigraph serve`.
            StorageError::Io(source) if source.to_string().contains("lock") => Self::InUse { path },
            StorageError::Io(source) => Self::Io { path, source },
            source => Self::Storage { path, source },
        }
    }

    /// The same for trouble while a whole graph is written out.
    pub(super) fn io(path: &Path, source: io::Error) -> Self {
        Self::storage(path, StorageError::Io(source))
    }
}
