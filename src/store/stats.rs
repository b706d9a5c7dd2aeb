//! How much is in the store?

use std::collections::BTreeMap;

use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphNameRef, NamedNode, Term};
use serde::Serialize;

use super::{Store, StoreError};

/// The size of a store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Number of reports.
    pub reports: usize,
    /// Number of statements that queries see.
    pub statements: usize,
    /// Number of things of each class, by the IRI of the class.
    pub classes: BTreeMap<String, usize>,
    /// Bytes on disk.
    pub bytes: u64,
}

impl Store {
    /// Counts what is in the store. This reads all of one index: about a second for a million statements.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn stats(&self) -> Result<Stats, StoreError> {
        let mut statements = 0;
        for quad in self.inner.quads_for_pattern(None, None, None, Some(GraphNameRef::DefaultGraph)) {
            quad.map_err(|error| self.error(error))?;
            statements += 1;
        }
        let mut classes: BTreeMap<NamedNode, usize> = BTreeMap::new();
        for quad in self.inner.quads_for_pattern(None, Some(rdf::TYPE), None, Some(GraphNameRef::DefaultGraph)) {
            if let Term::NamedNode(class) = quad.map_err(|error| self.error(error))?.object {
                *classes.entry(class).or_default() += 1;
            }
        }
        let classes = classes.into_iter().map(|(class, count)| (class.into_string(), count)).collect();
        Ok(Stats { reports: self.reports()?.len(), statements, classes, bytes: self.bytes()? })
    }

    /// Bytes that the store takes on disk.
    ///
    /// # Errors
    /// When the directory cannot be read.
    pub fn bytes(&self) -> Result<u64, StoreError> {
        let mut bytes = 0;
        for entry in walkdir::WalkDir::new(&self.path) {
            let entry = entry.map_err(|error| StoreError::io(&self.path, error.into()))?;
            // A file that RocksDB removes while this walks is no longer part of the store.
            bytes += entry.metadata().ok().filter(std::fs::Metadata::is_file).map_or(0, |metadata| metadata.len());
        }
        Ok(bytes)
    }
}
