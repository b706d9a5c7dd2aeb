//! What is loaded beside the reports? The ontology, the regions and the documents of the registries, once.

use oxigraph::model::{GraphName, NamedNode, Triple};

use super::PROGRAM;
use crate::describe::{self, Base, DocumentRow, OntologyError, RegionRow};
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
pub fn registries(
    store: &Store,
    base: &Base,
    regions: &[RegionRow<'_>],
    documents: &[DocumentRow<'_>],
) -> Result<(), RegistryError> {
    renew(store, base, "ontology", || Ok(describe::ontology()?))?;
    renew(store, base, "regions", || Ok(describe::regions(regions, base).collect()))?;
    renew(store, base, "documents", || Ok(describe::documents(documents, base).collect()))
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
