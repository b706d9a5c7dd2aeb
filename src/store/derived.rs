//! What is kept that was worked out from the reports together? A source that is replaced as a whole, and that grows old
//! when a report comes or goes.
//!
//! Its statements are about things below its own IRI, as those of a report are. A thing of it that leads to a report
//! leaves with that report, so that no statement leads nowhere; and from then on, as from the moment that any report
//! comes, the store remembers that the whole is out of date.

use std::collections::BTreeSet;

use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Quad};
use oxigraph::store::{StorageError, Transaction};

use super::manifest::MANIFEST;
use super::remove::withdraw;
use super::{Source, Store, StoreError, load, parts};

/// Leads from a derived source to whether it is up to date.
const DERIVED: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:fazhi:store:derived");
const CURRENT: &str = "current";
const OUTDATED: &str = "outdated";

/// How a derived source stands to the reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Derived {
    /// The store has none.
    Missing,
    /// Reports came or went since it was made, or another program made it.
    Outdated,
    /// It was made from the reports that the store has.
    Current,
}

impl Store {
    /// Puts a derived source into the store in the place of an earlier one.
    ///
    /// # Errors
    /// When the disk is full or fails: then the store has the source as a whole, or not at all.
    pub fn derive(&self, source: &Source) -> Result<(), StoreError> {
        self.transact(|transaction| withdraw(transaction, source.name.as_ref()))?;
        let state = state(&source.name, CURRENT);
        self.insert(source.quads.len(), load::arranged_source(source).chain([state]))
    }

    /// How the derived source of this name and version stands to the reports.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn derived(&self, name: NamedNodeRef<'_>, version: &str) -> Result<Derived, StoreError> {
        let made_by = self.version_of(name)?;
        Ok(match (self.manifest_value(name, DERIVED)?, made_by) {
            (Some(state), Some(made_by)) if state == CURRENT && made_by == version => Derived::Current,
            (Some(_), _) => Derived::Outdated,
            (None, _) => Derived::Missing,
        })
    }

    /// The derived sources of the store, in the order of their IRIs.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn derived_sources(&self) -> Result<Vec<NamedNode>, StoreError> {
        self.subjects(self.inner.quads_for_pattern(None, Some(DERIVED), None, Some(MANIFEST.into())))
    }

    /// Remembers that what was derived is out of date.
    pub(super) fn outdate(&self) -> Result<(), StoreError> {
        if self.manifest_subjects(DERIVED, CURRENT)?.is_empty() {
            return Ok(());
        }
        self.transact(|transaction| outdate(transaction).map(drop))
    }
}

fn state(name: &NamedNode, state: &str) -> Quad {
    Quad::new(name.clone(), DERIVED, Literal::new_simple_literal(state), MANIFEST.into_owned())
}

/// Remembers it within a transaction; the names of the derived sources.
fn outdate(transaction: &mut Transaction<'_>) -> Result<Vec<String>, StorageError> {
    let lines: Vec<Quad> =
        transaction.quads_for_pattern(None, Some(DERIVED), None, Some(MANIFEST.into())).collect::<Result<_, _>>()?;
    let mut names = Vec::new();
    for line in lines {
        if let oxigraph::model::NamedOrBlankNode::NamedNode(name) = &line.subject {
            names.push(name.as_str().to_owned());
            transaction.remove(&line);
            transaction.insert(&state(name, OUTDATED));
        }
    }
    Ok(names)
}

/// Takes away the things of derived sources among those that lead to a report that leaves; returns the number of
/// statements.
pub(super) fn forsake(transaction: &mut Transaction<'_>, leading: &BTreeSet<NamedNode>) -> Result<usize, StorageError> {
    let names = outdate(transaction)?;
    let mut gone = 0;
    for thing in leading {
        let derived =
            |name: &String| thing.as_str().strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with('#'));
        if !names.iter().any(derived) {
            continue;
        }
        for quad in parts::about(transaction, thing.as_ref())? {
            transaction.remove(&quad);
            gone += 1;
        }
    }
    Ok(gone)
}
