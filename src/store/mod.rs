//! Where do the statements live? An Oxigraph store on disk, laid out so that one report can be replaced, removed or
//! exported alone.
//!
//! The layout, with the figures that led to it in `docs/layout.md`:
//!
//! - Everything that is asked about stands once in the default graph; a query needs no `GRAPH` and no union.
//! - What belongs to one report (the report and all IRIs that start with it and a `#`) stands nowhere else. It is
//!   found again by walking from the report, which costs nothing until a report is removed.
//! - A statement about a thing that sources share (a body, a cited document) stands once in the default graph too. Which
//!   sources make it is kept in lines of its own (`shared.rs`), and it leaves when no source makes it any longer. The ontology and
//!   each registry are sources of the same sort as the reports, only with nothing of their own.
//! - What was worked out from the reports together (`derived.rs`) is a source with things of its own, and goes as they go.
//! - What people say beside the reports stands in named graphs of theirs (`annotations.rs`), which nothing else touches.
//! - One named graph (`manifest.rs`) is the store's memory: which pages were read by which program into which report.
//!
//! What a build leaves scattered over many files is merged from time to time (`compact.rs`).
//!
//! A report enters or leaves in one atomic step together with its line in the manifest, so that a process may be killed
//! at any time: every report is in the store wholly or not at all.
//!
//! Deliberately absent: any knowledge of the vocabulary, any query language. Only this module writes to Oxigraph.

mod annotations;
mod compact;
mod derived;
mod error;
mod find;
mod load;
mod lock;
mod look;
mod manifest;
mod parts;
mod remove;
mod shared;
mod stats;
mod view;

use std::fs::File;
use std::path::{Path, PathBuf};

use oxigraph::store::{StorageError, Store as Oxigraph};

pub use annotations::{Annotating, Changes, annotations};
pub use derived::Derived;
pub use error::StoreError;
pub use load::{Entry, Loaded, Source};
pub use stats::Stats;

use lock::Access;

/// A store on disk, open for one writer or for any number of readers.
pub struct Store {
    inner: Oxigraph,
    path: PathBuf,
    base: String,
    /// Held until the store is dropped; declared last, so that RocksDB has closed its files before.
    _lock: Option<File>,
}

impl Store {
    /// Opens the store in `path` for writing, or makes one whose identifiers start with `base`.
    ///
    /// # Errors
    /// When the directory holds something else or cannot be used, when another process has the store open, and when
    /// the store there has another base or another layout.
    pub fn open(path: &Path, base: &str) -> Result<Self, StoreError> {
        if !lock::usable(path)? {
            return Err(StoreError::NotAStore { path: path.to_path_buf() });
        }
        std::fs::create_dir_all(path).map_err(|source| StoreError::io(path, source))?;
        let store = Self::open_locked(path)?;
        match store.manifest_base()? {
            Some(found) if found != base => {
                Err(StoreError::OtherBase { path: store.path, found, asked: base.to_owned() })
            }
            Some(_) => Ok(Self { base: base.to_owned(), ..store }),
            None if store.inner.is_empty().map_err(|error| store.error(error))? => {
                store.begin_manifest(base)?;
                Ok(Self { base: base.to_owned(), ..store })
            }
            None => Err(StoreError::NotAStore { path: store.path }),
        }
    }

    /// Opens the store that is in `path` for writing, whatever its base is.
    ///
    /// # Errors
    /// As [`Store::open`], and when there is none.
    pub fn open_existing(path: &Path) -> Result<Self, StoreError> {
        Self::expect_store(path)?;
        Self::open_locked(path)?.with_own_base()
    }

    /// Opens the store that is in `path` for reading, beside any other readers.
    ///
    /// # Errors
    /// When there is none, when a process is writing to it, and when it has another layout.
    pub fn read(path: &Path) -> Result<Self, StoreError> {
        Self::expect_store(path)?;
        let lock = lock::lock(path, Access::Shared)?;
        let inner = Oxigraph::open_read_only(path).map_err(|error| StoreError::storage(path, error))?;
        Self { inner, path: path.to_path_buf(), base: String::new(), _lock: lock }.with_own_base()
    }

    fn expect_store(path: &Path) -> Result<(), StoreError> {
        if lock::exists(path) {
            Ok(())
        } else if lock::usable(path)? {
            Err(StoreError::Missing { path: path.to_path_buf() })
        } else {
            Err(StoreError::NotAStore { path: path.to_path_buf() })
        }
    }

    fn open_locked(path: &Path) -> Result<Self, StoreError> {
        let lock = lock::lock(path, Access::Exclusive)?;
        lock::sweep(path)?;
        let inner = Oxigraph::open(path).map_err(|error| StoreError::storage(path, error))?;
        Ok(Self { inner, path: path.to_path_buf(), base: String::new(), _lock: lock })
    }

    fn with_own_base(self) -> Result<Self, StoreError> {
        match self.manifest_base()? {
            Some(base) => Ok(Self { base, ..self }),
            None => Err(StoreError::NotAStore { path: self.path }),
        }
    }

    /// The IRI that all identifiers in the store start with.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The directory of the store.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What queries and analyses read: all statements are in its default graph.
    #[must_use]
    pub const fn dataset(&self) -> &Oxigraph {
        &self.inner
    }

    /// Writes what is still in memory to the disk, so that the next process opens the store at once.
    ///
    /// # Errors
    /// When the disk is full or fails.
    pub fn flush(&self) -> Result<(), StoreError> {
        self.inner.flush().map_err(|error| self.error(error))
    }

    /// Makes a copy of the store in the new directory `target`; on the same file system it takes no room at first, since
    /// files that never change are shared.
    ///
    /// # Errors
    /// When `target` exists or cannot be written.
    pub fn backup(&self, target: &Path) -> Result<(), StoreError> {
        if target.exists() {
            return Err(StoreError::BackupExists { path: target.to_path_buf() });
        }
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent).map_err(|source| StoreError::io(parent, source))?;
        }
        self.flush()?;
        self.inner.backup(target).map_err(|error| StoreError::storage(target, error))
    }

    fn error(&self, source: StorageError) -> StoreError {
        StoreError::storage(&self.path, source)
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("path", &self.path).field("base", &self.base).finish_non_exhaustive()
    }
}
