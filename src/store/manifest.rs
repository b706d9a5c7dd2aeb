//! What does the store remember of its own making?
//!
//! The manifest is a named graph of a few statements a report: the fingerprint of the page and program that made it (to
//! pass over what was read before), the program alone (to tell a second copy of a text from a text read anew), and the
//! fingerprint of the text (to find the same text under an earlier identifier). It is never exported and no query of
//! the default graph sees it.

use oxigraph::model::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use oxigraph::store::StorageError;

use super::{Store, StoreError};

/// The graph, and the subject of what is said of the whole store.
pub(super) const MANIFEST: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:fazhi:store");
/// Version of the layout: a program opens only a store with its own.
const LAYOUT: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:fazhi:store:layout");
/// The base IRI of the store.
const BASE: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:fazhi:store:base");
/// Fingerprint of a page together with the program and settings that read it.
const READ: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:fazhi:store:read");
/// The program and settings alone.
const PROGRAM: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:fazhi:store:program");
/// Fingerprint of a report's text.
const TEXT: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:fazhi:store:text");
/// Version of a source that is loaded beside the reports.
const VERSION: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:fazhi:store:version");

/// Raised whenever the statements in the store are arranged in another way.
const CURRENT_LAYOUT: &str = "1";

/// The manifest's line for a report.
pub(super) fn line(report: &NamedNode, read: &str, program: &str, text: &str) -> [Quad; 3] {
    [(READ, read), (PROGRAM, program), (TEXT, text)].map(|(predicate, value)| {
        Quad::new(report.clone(), predicate, Literal::new_simple_literal(value), MANIFEST.into_owned())
    })
}

/// The manifest's line for a source.
pub(super) fn version_line(source: &NamedNode, version: &str) -> Quad {
    Quad::new(source.clone(), VERSION, Literal::new_simple_literal(version), MANIFEST.into_owned())
}

impl Store {
    /// Whether the store has a report made from this page by this program; see [`super::Entry::read`].
    ///
    /// # Errors
    /// When the disk fails.
    pub fn holds(&self, read: &str) -> Result<bool, StoreError> {
        Ok(!self.manifest_subjects(READ, read)?.is_empty())
    }

    /// Whether the store has the report with this IRI.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn contains(&self, report: NamedNodeRef<'_>) -> Result<bool, StoreError> {
        Ok(self.manifest_value(report, PROGRAM)?.is_some())
    }

    /// All reports of the store in the order of their IRIs.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn reports(&self) -> Result<Vec<NamedNode>, StoreError> {
        let quads = self.inner.quads_for_pattern(None, Some(PROGRAM), None, Some(MANIFEST.into()));
        self.subjects(quads)
    }

    /// The program that made a report of the store.
    pub(super) fn program_of(&self, report: NamedNodeRef<'_>) -> Result<Option<String>, StoreError> {
        self.manifest_value(report, PROGRAM)
    }

    /// The reports of the store that have this text.
    pub(super) fn reports_with_text(&self, text: &str) -> Result<Vec<NamedNode>, StoreError> {
        self.manifest_subjects(TEXT, text)
    }

    /// The version of a source that the store has, if any.
    pub(super) fn version_of(&self, source: NamedNodeRef<'_>) -> Result<Option<String>, StoreError> {
        self.manifest_value(source, VERSION)
    }

    /// The sources beside the reports, in the order of their IRIs.
    pub(super) fn sources(&self) -> Result<Vec<NamedNode>, StoreError> {
        let quads = self.inner.quads_for_pattern(None, Some(VERSION), None, Some(MANIFEST.into()));
        self.subjects(quads)
    }

    /// The base of the store; `None` when it has no manifest.
    pub(super) fn manifest_base(&self) -> Result<Option<String>, StoreError> {
        match self.manifest_value(MANIFEST, LAYOUT)? {
            None => Ok(None),
            Some(layout) if layout == CURRENT_LAYOUT => self.manifest_value(MANIFEST, BASE),
            Some(found) => Err(StoreError::Layout { path: self.path.clone(), found, expected: CURRENT_LAYOUT }),
        }
    }

    pub(super) fn begin_manifest(&self, base: &str) -> Result<(), StoreError> {
        let (layout, base) = (Literal::new_simple_literal(CURRENT_LAYOUT), Literal::new_simple_literal(base));
        self.inner
            .extend([
                Quad::new(MANIFEST, LAYOUT, layout, MANIFEST.into_owned()),
                Quad::new(MANIFEST, BASE, base, MANIFEST.into_owned()),
            ])
            .map_err(|error| self.error(error))
    }

    pub(super) fn manifest_value(
        &self,
        subject: NamedNodeRef<'_>,
        predicate: NamedNodeRef<'_>,
    ) -> Result<Option<String>, StoreError> {
        let mut quads =
            self.inner.quads_for_pattern(Some(subject.into()), Some(predicate), None, Some(MANIFEST.into()));
        match quads.next() {
            None => Ok(None),
            Some(Err(error)) => Err(self.error(error)),
            Some(Ok(Quad { object: Term::Literal(value), .. })) => Ok(Some(value.value().to_owned())),
            Some(Ok(_)) => Err(StoreError::NotAStore { path: self.path.clone() }),
        }
    }

    pub(super) fn manifest_subjects(
        &self,
        predicate: NamedNodeRef<'_>,
        value: &str,
    ) -> Result<Vec<NamedNode>, StoreError> {
        let value = Literal::new_simple_literal(value);
        let object = Some(value.as_ref().into());
        self.subjects(self.inner.quads_for_pattern(None, Some(predicate), object, Some(MANIFEST.into())))
    }

    pub(super) fn subjects(
        &self,
        quads: impl Iterator<Item = Result<Quad, StorageError>>,
    ) -> Result<Vec<NamedNode>, StoreError> {
        let mut subjects = Vec::new();
        for quad in quads {
            if let NamedOrBlankNode::NamedNode(subject) = quad.map_err(|error| self.error(error))?.subject {
                subjects.push(subject);
            }
        }
        subjects.sort_unstable();
        subjects.dedup();
        Ok(subjects)
    }
}
