//! Who may use the directory? One process writes, or any number read.
//!
//! Oxigraph's own lock keeps two writers apart but lets a reader open a store that is being written, which it documents
//! as undefined behaviour. An advisory lock on a file of ours closes that gap; the system drops it with the process,
//! however that ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

use super::StoreError;

/// Name of the file that is locked, inside the store's directory.
const LOCK_FILE: &str = "fazhi.lock";
/// A file that every store of RocksDB has.
const ROCKSDB_FILE: &str = "CURRENT";

/// What a process wants to do with the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Read, beside other readers.
    Shared,
    /// Write, alone.
    Exclusive,
}

/// Takes the lock; `None` where a read-only file system has no lock file and can have no writer.
pub(super) fn lock(dir: &Path, access: Access) -> Result<Option<File>, StoreError> {
    let path = dir.join(LOCK_FILE);
    let file = match open(&path, access) {
        Ok(file) => file,
        Err(error)
            if access == Access::Shared
                && matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem) =>
        {
            return Ok(None);
        }
        Err(source) => return Err(StoreError::io(&path, source)),
    };
    let taken = match access {
        Access::Shared => file.try_lock_shared(),
        Access::Exclusive => file.try_lock(),
    };
    match taken {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse { path: dir.to_path_buf() }),
        Err(TryLockError::Error(source)) => Err(StoreError::io(&path, source)),
    }
}

fn open(path: &Path, access: Access) -> io::Result<File> {
    if access == Access::Shared
        && let Ok(file) = File::open(path)
    {
        return Ok(file);
    }
    OpenOptions::new().write(true).create(true).truncate(false).open(path)
}

/// Whether a store may be made in `dir` or is there already: the directory is missing, empty or one of RocksDB's.
pub(super) fn usable(dir: &Path) -> Result<bool, StoreError> {
    if dir.join(ROCKSDB_FILE).is_file() {
        return Ok(true);
    }
    match std::fs::read_dir(dir) {
        Ok(mut entries) => Ok(entries.all(|entry| entry.is_ok_and(|entry| entry.file_name() == LOCK_FILE))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Ok(false),
        Err(source) => Err(StoreError::io(dir, source)),
    }
}

/// Whether there is a store in `dir`.
pub(super) fn exists(dir: &Path) -> bool {
    dir.join(ROCKSDB_FILE).is_file()
}

/// Removes the unfinished files of a bulk load that a killed process has left.
pub(super) fn sweep(dir: &Path) -> Result<(), StoreError> {
    let entries = std::fs::read_dir(dir).map_err(|source| StoreError::io(dir, source))?;
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with("bulk-") && name.ends_with(".sst") {
            std::fs::remove_file(entry.path()).map_err(|source| StoreError::io(&entry.path(), source))?;
        }
    }
    Ok(())
}
