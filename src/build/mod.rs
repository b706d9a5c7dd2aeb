//! How does a folder of pages become a store? Read, extract, describe, store: the pipeline from end to end.
//!
//! [`pages`] reads and extracts on many threads and gives results in the order of the inputs; [`Build`] puts them into a
//! store, a batch at a time. It may be stopped at any moment, by its flag or by killing the process: what was stored
//! stays, each report wholly or not at all, and the same command goes on where it ended, because pages that the same
//! program read before are passed over.

mod ordered;
mod pages;
mod registries;
mod summary;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::BufRead;
use std::ops::ControlFlow;
use std::sync::atomic::Ordering;

use oxigraph::model::NamedNode;
use sha2::{Digest, Sha256};

pub use pages::{PageError, Reading, pages};
pub use registries::{RegistryError, registries};
pub use summary::{Skip, SkipKind, Summary};

use crate::describe::{self, Base};
use crate::read::{Document, Inputs};
use crate::report::Report;
use crate::store::{Entry, Store, StoreError};
use crate::{Refusal, breaks_off};

/// Which program this is: its version, and a fingerprint of everything that decides what it reads from a page.
pub const PROGRAM: &str = env!("FAZHI_PROGRAM");

/// Statements that are stored in one step unless the user says otherwise: enough for sorted files to pay, and little to
/// read again when a build is killed.
pub const BATCH: usize = 200_000;

/// A build that the store broke off. What was stored before stays.
#[derive(Debug, thiserror::Error)]
#[error("the build broke off after {} reports", summary.reports())]
pub struct BuildError {
    /// What was done until then.
    pub summary: Box<Summary>,
    /// What the store said.
    #[source]
    pub source: StoreError,
}

/// What is to be built, and how.
pub struct Build<'a, E> {
    /// Where it goes.
    pub store: &'a Store,
    /// What the identifiers of the store start with.
    pub base: &'a Base,
    /// How pages are read.
    pub reading: Reading<'a>,
    /// What a page says, or why it is no report of the kind that is wanted.
    pub extract: E,
    /// Settings of `extract` that change what it reads, in any form: pages are read again when they differ.
    pub settings: &'a str,
    /// Read and replace also what the same program read before.
    pub renew: bool,
    /// Statements that are stored in one step; see [`BATCH`].
    pub batch: usize,
}

impl<E> Build<'_, E>
where
    E: Fn(&Document) -> Result<Report, Refusal> + Sync,
{
    /// Reads the inputs into the store; `progress` is told of each page and of the end.
    ///
    /// # Errors
    /// When the store fails. Trouble with a page is no error but a line of the summary.
    pub fn run(
        &self,
        inputs: Inputs,
        standard_input: Box<dyn BufRead + Send>,
        mut progress: impl FnMut(Progress<'_>),
    ) -> Result<Summary, BuildError> {
        let mut load = Load {
            store: self.store,
            summary: Summary::default(),
            waiting: Vec::new(),
            size: 0,
            batch: self.batch,
            renewed: self.renew.then(BTreeSet::new),
        };
        for error in inputs.errors {
            load.skip(SkipKind::NotFound, error.to_string());
        }
        let failed = pages(
            inputs.found,
            standard_input,
            &self.reading,
            |page| self.page(&page),
            |page| match load.take(page) {
                Ok(()) => {
                    progress(Progress::Page(&load.summary));
                    ControlFlow::Continue(())
                }
                Err(error) => ControlFlow::Break(error),
            },
        );
        // Even an interrupted build keeps what was read; only a store that failed gets nothing more.
        let end = match failed {
            None => load.flush(),
            Some(error) => Err(error),
        };
        load.summary.interrupted = self.reading.cancel.load(Ordering::Relaxed);
        let Summary { new, replaced, copies, interrupted, .. } = load.summary;
        let mut settle = || {
            // Who interrupts does not want to wait; the next build merges what this one left.
            if self.store.scatter(new + replaced + copies)? && !interrupted {
                progress(Progress::Merging);
                self.store.merge()?;
            }
            self.store.flush()
        };
        match end.and_then(|()| settle()) {
            Ok(()) => Ok(load.summary),
            Err(source) => Err(BuildError { summary: Box::new(load.summary), source }),
        }
    }

    /// The part of the work that many threads do.
    fn page(&self, page: &Document) -> Result<Page, StoreError> {
        let program =
            if self.settings.is_empty() { PROGRAM.to_owned() } else { format!("{PROGRAM} {}", self.settings) };
        let read = fingerprint(page, &program);
        if !self.renew && self.store.holds(&read)? {
            return Ok(Page::Unchanged);
        }
        let report = match (self.extract)(page) {
            Ok(report) => report,
            Err(refusal) => return Ok(Page::NoReport(page.source.path.clone(), refusal)),
        };
        let cut_off = page.page.cut_off || breaks_off(&report);
        let note = cut_off.then(|| {
            let path = &page.source.path;
            format!("{path}: ends in the middle; what is there was read. Save the page again to have it whole")
        });
        let entry = Entry {
            report: describe::report_iri(&report, self.base),
            quads: describe::quads(&report, self.base).collect(),
            read,
            program,
            text: hex(&Sha256::digest(&report.text), 12),
        };
        Ok(Page::Report(Box::new(entry), note))
    }
}

/// How far a build is.
#[derive(Debug, Clone, Copy)]
pub enum Progress<'a> {
    /// A page was looked at; this is what was done so far.
    Page(&'a Summary),
    /// All pages were looked at, and the files of the store are merged, which takes about a second for a thousand reports.
    Merging,
}

/// What became of a page before it reaches the store.
enum Page {
    Unchanged,
    /// Its path, and why.
    NoReport(String, Refusal),
    Report(Box<Entry>, Option<String>),
}

/// The part of the work that one thread does.
struct Load<'a> {
    store: &'a Store,
    summary: Summary,
    waiting: Vec<Entry>,
    /// Statements that wait.
    size: usize,
    batch: usize,
    renewed: Option<BTreeSet<NamedNode>>,
}

impl Load<'_> {
    fn take(&mut self, page: Result<Result<Page, StoreError>, PageError>) -> Result<(), StoreError> {
        self.summary.pages += 1;
        match page {
            Err(error @ PageError::Read(_)) => self.skip(SkipKind::Unreadable, error.to_string()),
            Err(error @ PageError::Panic { .. }) => self.skip(SkipKind::Failed, error.to_string()),
            Ok(page) => match page? {
                Page::Unchanged => self.summary.unchanged += 1,
                Page::NoReport(path, refusal) => self.summary.skipped.push(Skip {
                    kind: SkipKind::NoReport,
                    message: format!("{path}: {refusal}"),
                    reason: Some(refusal.reason),
                }),
                Page::Report(entry, note) => {
                    self.summary.notes.extend(note);
                    self.size += entry.quads.len();
                    self.waiting.push(*entry);
                    if self.size >= self.batch {
                        return self.flush();
                    }
                }
            },
        }
        Ok(())
    }

    fn skip(&mut self, kind: SkipKind, message: String) {
        self.summary.skipped.push(Skip { kind, message, reason: None });
    }

    fn flush(&mut self) -> Result<(), StoreError> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let loaded = self.store.load(std::mem::take(&mut self.waiting), self.renewed.as_mut())?;
        self.summary.add(loaded);
        self.summary.statements += std::mem::take(&mut self.size);
        Ok(())
    }
}

/// Fingerprint of a page and the program that reads it. The file's path is no part of it: a page may move.
fn fingerprint(page: &Document, program: &str) -> String {
    let mut digest = Sha256::new();
    let about = &page.page;
    for field in [
        Some(program),
        Some(&page.text),
        page.source.url.as_deref(),
        about.title.as_deref(),
        about.publisher.as_deref(),
        about.published.as_deref(),
        about.dated.as_deref(),
        about.index_number.as_deref(),
        about.site.as_deref(),
    ] {
        // The length before each field keeps two neighbours from running into each other.
        digest.update(field.map_or(u64::MAX, |field| field.len() as u64).to_le_bytes());
        digest.update(field.unwrap_or_default());
    }
    hex(&digest.finalize(), 32)
}

/// The first `digits` hexadecimal digits.
fn hex(bytes: &[u8], digits: usize) -> String {
    let mut hex = String::with_capacity(digits);
    for byte in bytes.iter().take(digits / 2) {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}
