//! What can go wrong while something is searched for?

use std::io;
use std::path::{Path, PathBuf};

use tantivy::TantivyError;

use crate::query;
use crate::store::StoreError;

/// Trouble with a search or with its index.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The kind is none.
    #[error("`{name}` is no kind of thing that can be searched for; there are {known}")]
    UnknownKind {
        /// What was given.
        name: String,
        /// The kinds.
        known: String,
    },
    /// A name that narrows the search means nothing in the store, or several things.
    #[error(transparent)]
    Name(#[from] query::Error),
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The index cannot be made or read.
    #[error("the search index failed; remove the folder `search` in the store, and it is made anew")]
    Index(#[from] TantivyError),
    /// A folder of the index cannot be used.
    #[error("cannot use {}", path.display())]
    Folder {
        /// The folder or file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Making the index was given up, as it was asked.
    #[error("making the search index was stopped")]
    Stopped,
}

impl SearchError {
    pub(super) fn folder(path: &Path, source: io::Error) -> Self {
        Self::Folder { path: path.to_path_buf(), source }
    }
}
