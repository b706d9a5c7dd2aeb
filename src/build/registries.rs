//! What is loaded beside the reports? The ontology, the regions and the documents of the registries, once.

use oxigraph::model::{GraphName, NamedNode, Triple};

use super::PROGRAM;
use crate::describe::{self, Base, DocumentRow, OntologyError, RegionRow};
use crate::lexicon::{Lexicon, Region, RegisteredDocument};
use crate::report::Level;
use crate::store::{Source, Store, StoreError};

/// Why the registries could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum RegistryError {
    /// The ontology is damaged.
    #[error(transparent)]
    Ontology(#[from] OntologyError),
    /// The store fails.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Loads the ontology and the registries that the store lacks or has from another program.
///
/// Townships are not loaded: there are forty thousand, and a report of one describes its own.
///
/// # Errors
/// When the store fails; and when a file that the program was built with is damaged, which the tests rule out.
pub fn registries(store: &Store, base: &Base, lexicon: &Lexicon) -> Result<(), RegistryError> {
    renew(store, base, "ontology", || Ok(describe::ontology()?))?;
    renew(store, base, "regions", || {
        let rows: Vec<RegionRow<'_>> = lexicon.regions.rows().iter().map(|row| region(row, lexicon)).collect();
        Ok(describe::regions(&rows, base).collect())
    })?;
    renew(store, base, "documents", || {
        let rows: Vec<DocumentRow<'_>> = lexicon.documents.rows().iter().map(document).collect();
        Ok(describe::documents(&rows, base).collect())
    })
}

fn renew(
    store: &Store,
    base: &Base,
    name: &str,
    triples: impl FnOnce() -> Result<Vec<Triple>, RegistryError>,
) -> Result<(), RegistryError> {
    let name = NamedNode::new_unchecked(format!("{}registry/{name}", base.as_str()));
    if !store.has_version(name.as_ref(), PROGRAM)? {
        let quads = triples()?.into_iter().map(|triple| triple.in_graph(GraphName::DefaultGraph)).collect();
        store.renew(&Source { name, version: PROGRAM.to_owned(), quads })?;
    }
    Ok(())
}

fn region<'a>(row: &'a Region, lexicon: &'a Lexicon) -> RegionRow<'a> {
    RegionRow {
        code: &row.code,
        name: &row.name,
        level: row.level,
        // The region above is that of the row's last year: where a county moved, it is found where it ended.
        parent: lexicon.regions.parent(row, row.to).map(|parent| parent.code.as_str()),
        from: row.from,
        to: row.to,
        successors: row.successor.split(';').filter(|code| !code.is_empty()).collect(),
        latitude: row.latitude,
        longitude: row.longitude,
    }
}

fn document(row: &RegisteredDocument) -> DocumentRow<'_> {
    DocumentRow {
        title: &row.title,
        kind: row.kind,
        level: Level::National,
        region: None,
        aliases: row.names.iter().chain(&row.weak_names).map(String::as_str).collect(),
        adopted: row.date.as_deref(),
        revised: row.revised.iter().map(String::as_str).collect(),
        effective: row.effective.as_deref(),
        repealed_on: row.repealed_on.as_deref(),
        repealed_by: row.repealed_by.as_deref(),
        issuers: row.issuer.iter().map(String::as_str).collect(),
        number: row.number.as_deref(),
        implements: Vec::new(),
    }
}
