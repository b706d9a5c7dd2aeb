//! When are the files of the store merged?
//!
//! Each step of a build leaves files of its own, in which a look-up has to look one after another. RocksDB merges some of
//! them when it likes; merged once and for all, a store of 10,000 reports answers a question of all of them four to seven times as fast, and
//! the merging takes a fifth of the time of building it. So it is done when a fifth of the reports came since it was last
//! done: a store that grows by little steps is then merged a handful of times for every time that it doubles.

use oxigraph::model::{Literal, NamedNodeRef, Quad};

use super::manifest::MANIFEST;
use super::{Store, StoreError};

/// How many reports came since the files were last merged.
const SCATTERED: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:fazhi:store:scattered");

/// Of so many reports, one may have come since.
const SHARE: usize = 5;

impl Store {
    /// Remembers that `came` reports came, and tells whether the files of the store are to be merged: much came since that was last
    /// done, or it never was.
    ///
    /// # Errors
    /// When the disk is full or fails.
    pub fn scatter(&self, came: usize) -> Result<bool, StoreError> {
        let reports = self.reports()?.len();
        let before = self.manifest_value(MANIFEST, SCATTERED)?;
        let known = before.as_deref().and_then(|before| before.parse::<usize>().ok());
        let scattered = known.map_or(reports, |known| known.saturating_add(came));
        self.remember(before.as_deref(), scattered)?;
        Ok(scattered > 0 && scattered.saturating_mul(SHARE) >= reports)
    }

    /// Merges the files of the store, which needs as much room again as the store takes, until it is done.
    ///
    /// # Errors
    /// When the disk is full or fails. What was stored is unharmed.
    pub fn merge(&self) -> Result<(), StoreError> {
        self.flush()?;
        self.inner.optimize().map_err(|error| self.error(error))?;
        let before = self.manifest_value(MANIFEST, SCATTERED)?;
        self.remember(before.as_deref(), 0)
    }

    fn remember(&self, before: Option<&str>, scattered: usize) -> Result<(), StoreError> {
        let line =
            |value: &str| Quad::new(MANIFEST, SCATTERED, Literal::new_simple_literal(value), MANIFEST.into_owned());
        let now = scattered.to_string();
        if before == Some(now.as_str()) {
            return Ok(());
        }
        self.transact(|transaction| {
            if let Some(before) = before {
                transaction.remove(&line(before));
            }
            transaction.insert(&line(&now));
            Ok(())
        })
    }
}
