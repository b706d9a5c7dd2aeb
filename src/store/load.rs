//! How do reports and registries enter? New reports in bulk, changed ones one by one, each wholly or not at all.

use std::collections::BTreeSet;

use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, Quad};
use oxigraph::store::Transaction;

use super::remove::withdraw;
use super::{Store, StoreError, manifest, parts, shared};

/// From this number of statements on, writing sorted files and taking them in is faster than a transaction.
const BULK: usize = 20_000;

/// A report as the store takes it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// IRI of the report.
    pub report: NamedNode,
    /// What it says. The graph names are not looked at: the store has its own layout.
    pub quads: Vec<Quad>,
    /// Fingerprint of the page together with the program and the settings that read it: a page with a fingerprint that
    /// the store [`holds`](Store::holds) need not be read again.
    pub read: String,
    /// The program and the settings alone.
    pub program: String,
    /// Fingerprint of the report's text.
    pub text: String,
}

/// Something that is loaded beside the reports, such as the ontology or the registry of regions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// IRI of the source; its statements stand in the named graph of that name also.
    pub name: NamedNode,
    /// Whatever changes when the statements change.
    pub version: String,
    /// What it says.
    pub quads: Vec<Quad>,
}

/// What became of the reports that were to be loaded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Reports that the store did not have.
    pub new: usize,
    /// Reports that an earlier program or an earlier reading had made; they were replaced.
    pub replaced: usize,
    /// Further copies of a report that the store has from the same program; what they add was added.
    pub copies: usize,
}

impl Store {
    /// Takes reports in.
    ///
    /// A report that another program made before is replaced; so is the same text under another identifier, which an
    /// earlier program gave it. A second copy of a text (the same report on another site) adds what it says: in whatever
    /// order copies are read, the store says the same in the end.
    ///
    /// With `renewed`, a report is replaced even when the same program made it, the first time that it is met; the set
    /// keeps which were met, so that further copies are added.
    ///
    /// # Errors
    /// When the disk is full or fails. Reports that were taken in before stay, and the one at hand stays as it was.
    pub fn load(
        &self,
        entries: Vec<Entry>,
        mut renewed: Option<&mut BTreeSet<NamedNode>>,
    ) -> Result<Loaded, StoreError> {
        if !entries.is_empty() {
            self.outdate()?;
        }
        let mut loaded = Loaded::default();
        let mut fresh = Vec::new();
        let mut fresh_names = BTreeSet::new();
        for entry in entries {
            let first_now = renewed.as_deref_mut().is_some_and(|done| done.insert(entry.report.clone()));
            let superseded = self.superseded(&entry, first_now)?;
            if !superseded.is_empty() {
                self.replace(&superseded, &entry)?;
                loaded.replaced += 1;
            } else if self.contains(entry.report.as_ref())? || fresh_names.contains(&entry.report) {
                loaded.copies += 1;
                fresh.push(entry);
            } else {
                loaded.new += 1;
                fresh_names.insert(entry.report.clone());
                fresh.push(entry);
            }
        }
        self.add(&fresh)?;
        Ok(loaded)
    }

    /// The reports in the store that this entry takes the place of.
    fn superseded(&self, entry: &Entry, renew: bool) -> Result<Vec<NamedNode>, StoreError> {
        let mut superseded = Vec::new();
        let same_text = self.reports_with_text(&entry.text)?;
        for report in same_text {
            let same_program = self.program_of(report.as_ref())?.as_deref() == Some(&entry.program);
            if !same_program || (renew && report == entry.report) {
                superseded.push(report);
            }
        }
        Ok(superseded)
    }

    fn replace(&self, old: &[NamedNode], entry: &Entry) -> Result<(), StoreError> {
        self.transact(|transaction| {
            for report in old {
                withdraw(transaction, report.as_ref())?;
            }
            insert_all(transaction, arranged(entry));
            Ok(())
        })
    }

    /// Adds entries that take no other's place.
    fn add(&self, entries: &[Entry]) -> Result<(), StoreError> {
        self.insert(entries.iter().map(|entry| entry.quads.len()).sum(), entries.iter().flat_map(arranged))
    }

    pub(super) fn insert(&self, about: usize, quads: impl Iterator<Item = Quad>) -> Result<(), StoreError> {
        if about < BULK {
            return self.transact(|transaction| {
                insert_all(transaction, quads);
                Ok(())
            });
        }
        let run = || {
            let mut loader = self.inner.bulk_loader();
            loader.load_quads(quads)?;
            loader.commit()
        };
        run().map_err(|error| self.error(error))
    }

    /// Loads a source that the store lacks or has in another version; returns whether that was needed.
    ///
    /// # Errors
    /// When the disk is full or fails; the store stays as it was then.
    pub fn renew(&self, source: &Source) -> Result<bool, StoreError> {
        match self.version_of(source.name.as_ref())? {
            Some(version) if version == source.version => return Ok(false),
            // What was derived may rest on a registry too: withdrawing it outdates that.
            Some(_) => self.transact(|transaction| {
                withdraw(transaction, source.name.as_ref())?;
                insert_all(transaction, arranged_source(source));
                Ok(())
            })?,
            None => self.insert(2 * source.quads.len(), arranged_source(source))?,
        }
        Ok(true)
    }

    /// Whether the store has this version of the source, so that its statements need not be made.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn has_version(&self, source: NamedNodeRef<'_>, version: &str) -> Result<bool, StoreError> {
        Ok(self.version_of(source)?.is_some_and(|found| found == version))
    }
}

fn insert_all(transaction: &mut Transaction<'_>, quads: impl Iterator<Item = Quad>) {
    for quad in quads {
        transaction.insert(&quad);
    }
}

/// The statements of an entry where the layout wants them, with its line in the manifest.
fn arranged(entry: &Entry) -> impl Iterator<Item = Quad> {
    let line = manifest::line(&entry.report, &entry.read, &entry.program, &entry.text);
    arrange(&entry.quads, &entry.report).chain(line)
}

pub(super) fn arranged_source(source: &Source) -> impl Iterator<Item = Quad> {
    arrange(&source.quads, &source.name).chain([manifest::version_line(&source.name, &source.version)])
}

fn arrange(quads: &[Quad], source: &NamedNode) -> impl Iterator<Item = Quad> {
    let shared = quads.iter().filter(|quad| !parts::is_own(quad.subject.as_ref(), source.as_ref()));
    let lines = shared::lines(shared, source);
    quads.iter().map(|quad| Quad { graph_name: GraphName::DefaultGraph, ..quad.clone() }).chain(lines)
}
