//! How does a report leave? With all of it and nothing else.

use oxigraph::model::{GraphNameRef, NamedNodeRef, Quad};
use oxigraph::store::{StorageError, Transaction};

use super::manifest::MANIFEST;
use super::shared::{self, SAYS};
use super::{Store, StoreError, derived, parts};

impl Store {
    /// Removes a report with all that is only in it, in one atomic step; returns the number of statements that left the
    /// default graph.
    ///
    /// # Errors
    /// When the store has no such report and when the disk fails; nothing is removed then.
    pub fn remove(&self, report: NamedNodeRef<'_>) -> Result<usize, StoreError> {
        if !self.contains(report)? {
            return Err(StoreError::NoReport { name: report.as_str().to_owned() });
        }
        self.transact(|transaction| withdraw(transaction, report))
    }

    /// Runs `change` in a transaction and commits it when it succeeds.
    pub(super) fn transact<T>(
        &self,
        change: impl FnOnce(&mut Transaction<'_>) -> Result<T, StorageError>,
    ) -> Result<T, StoreError> {
        let run = || {
            let mut transaction = self.inner.start_transaction()?;
            let value = change(&mut transaction)?;
            transaction.commit()?;
            Ok(value)
        };
        run().map_err(|error| self.error(error))
    }
}

/// Takes back everything that a source says: a report, or one of the sources beside the reports; and what was derived from it.
pub(super) fn withdraw(transaction: &mut Transaction<'_>, source: NamedNodeRef<'_>) -> Result<usize, StorageError> {
    let own = parts::own(transaction, source)?;
    for quad in &own.quads {
        transaction.remove(quad);
    }
    let mut gone = own.quads.len() + derived::forsake(transaction, &own.leading)?;
    for line in collect(transaction, None, Some(SAYS), source.into())? {
        for quad in shared::said_only_in(&line, transaction)? {
            transaction.remove(&quad);
            gone += 1;
        }
    }
    transaction.remove_named_graph(source)?;
    for quad in collect(transaction, Some(source), None, MANIFEST.into())? {
        transaction.remove(&quad);
    }
    Ok(gone)
}

fn collect(
    transaction: &Transaction<'_>,
    subject: Option<NamedNodeRef<'_>>,
    predicate: Option<NamedNodeRef<'_>>,
    graph: GraphNameRef<'_>,
) -> Result<Vec<Quad>, StorageError> {
    transaction.quads_for_pattern(subject.map(Into::into), predicate, None, Some(graph)).collect()
}
