//! Where does the index live, and how is it made? In a folder of the store, whole or not at all.
//!
//! `STORE/search/KEY` is an index of one state of the store, made by one version of this module. It is written under another
//! name, by one process at a time, and renamed when it is complete; so a folder with the right name is a whole index, and a
//! process may be killed at any time. Where the store's folder cannot be written, the index lives in memory.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use tantivy::directory::{MmapDirectory, RamDirectory};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{Directory, Index as Tantivy, IndexSettings, TantivyDocument};

use super::atoms::{self, Terms};
use super::error::SearchError;
use super::gather::{Thing, Walk};
use super::places::Numbers;
use super::schema::{Fields, TERMS, schema};
use crate::query::STATE;
use crate::store::Store;
use crate::text::Text;

/// Raised whenever the index is made in another way.
const VERSION: u32 = 2;

/// The folder in the store's.
const FOLDER: &str = "search";
/// What is locked by the process that makes an index.
const LOCK: &str = "lock";
/// The index while it is being made.
const PARTIAL: &str = "partial";

/// Memory for terms that are not yet written, in bytes.
const MEMORY: usize = 64 << 20;

/// Where an index of the store as it is now belongs.
fn place(store: &Store) -> Result<PathBuf, SearchError> {
    let key = format!("{}-{VERSION}", store.state()?);
    Ok(store.path().join(FOLDER).join(key))
}

/// The index of the store as it is now, if there is one.
pub(super) fn find(store: &Store) -> Result<Option<Tantivy>, SearchError> {
    let path = place(store)?;
    Ok(if path.is_dir() { open(&path).ok() } else { None })
}

/// Makes the index of the store as it is now, unless another process has made it meanwhile.
pub(super) fn make(store: &Store, numbers: &Numbers, stop: &AtomicBool) -> Result<Tantivy, SearchError> {
    match make_in_folder(store, numbers, stop) {
        Err(SearchError::Folder { .. }) => fill(create(RamDirectory::create())?, store, numbers, stop),
        other => other,
    }
}

fn make_in_folder(store: &Store, numbers: &Numbers, stop: &AtomicBool) -> Result<Tantivy, SearchError> {
    let path = place(store)?;
    let folder = store.path().join(FOLDER);
    fs::create_dir_all(&folder).map_err(|source| SearchError::folder(&folder, source))?;
    let lock = folder.join(LOCK);
    let locked = File::create(&lock).and_then(|file| file.lock().map(|()| file));
    let _locked = locked.map_err(|source| SearchError::folder(&lock, source))?;
    if let Some(made) = find(store)? {
        return Ok(made);
    }
    let partial = folder.join(PARTIAL);
    let failed = |source| SearchError::folder(&partial, source);
    remove(&partial).map_err(failed)?;
    fs::create_dir(&partial).map_err(failed)?;
    let directory = MmapDirectory::open(&partial).map_err(|error| failed(io::Error::other(error)))?;
    drop(fill(create(directory)?, store, numbers, stop)?);
    // One that could not be opened may be there.
    remove(&path).map_err(failed)?;
    fs::rename(&partial, &path).map_err(failed)?;
    sweep(&folder, &path);
    open(&path)
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Takes away the indexes of earlier states. Who still reads one keeps it until he ends, where the system allows that; else
/// the next sweep takes it.
fn sweep(folder: &Path, current: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    for entry in entries.map(|entry| entry.path()).filter(|path| path != current && path.is_dir()) {
        let _ = fs::remove_dir_all(entry);
    }
}

fn open(path: &Path) -> Result<Tantivy, SearchError> {
    let failed = |source: io::Error| SearchError::folder(path, source);
    let directory = MmapDirectory::open(path).map_err(|error| failed(io::Error::other(error)))?;
    let index = with_terms(Tantivy::open(directory)?);
    // Readers take a lock, which needs a folder that can be written.
    if index.reader().is_ok() {
        return Ok(index);
    }
    let memory = RamDirectory::create();
    for entry in fs::read_dir(path).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let bytes = fs::read(entry.path()).map_err(failed)?;
        memory.atomic_write(Path::new(&entry.file_name()), &bytes).map_err(failed)?;
    }
    Ok(with_terms(Tantivy::open(memory)?))
}

fn create(directory: impl Into<Box<dyn Directory>>) -> Result<Tantivy, SearchError> {
    Ok(with_terms(Tantivy::create(directory, schema().0, IndexSettings::default())?))
}

fn with_terms(index: Tantivy) -> Tantivy {
    index.tokenizers().register(TERMS, TextAnalyzer::from(Terms));
    index
}

fn fill(index: Tantivy, store: &Store, numbers: &Numbers, stop: &AtomicBool) -> Result<Tantivy, SearchError> {
    let (_, fields) = schema();
    let mut writer = index.writer_with_num_threads::<TantivyDocument>(1, MEMORY)?;
    let mut order = 0;
    Walk::new(store, numbers, stop, |thing| {
        writer.add_document(document(&fields, &thing, order))?;
        order += 1;
        Ok(())
    })
    .run()?;
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(index)
}

fn document(fields: &Fields, thing: &Thing, order: u64) -> TantivyDocument {
    let mut document = TantivyDocument::new();
    document.add_text(fields.iri, thing.iri.as_str());
    for name in &thing.names {
        let folded = Text::new(name);
        document.add_text(fields.name, folded.folded());
        if !thing.kind.is_passage() {
            document.add_text(fields.whole, atoms::whole(folded.folded()));
            // People leave the name of the state out.
            if let Some(short) = folded.folded().strip_prefix(STATE) {
                document.add_text(fields.whole, atoms::whole(short));
            }
        }
    }
    if !thing.text.is_empty() {
        document.add_text(fields.text, Text::new(&thing.text).folded());
    }
    let mut context = thing.place.names.clone();
    if thing.year > 0 {
        context = format!("{context} {}\u{5e74}", thing.year);
        document.add_u64(fields.year, thing.year);
    }
    if !context.is_empty() {
        document.add_text(fields.context, context);
    }
    for region in &thing.place.within {
        document.add_text(fields.within, region.as_str());
    }
    document.add_u64(fields.kind, thing.kind.number());
    document.add_u64(fields.province, thing.place.province);
    for field in thing.fields.iter().filter(|field| **field > 0) {
        document.add_u64(fields.field, *field);
    }
    document.add_u64(fields.weight, thing.weight);
    document.add_u64(fields.order, order);
    document
}
