//! What became of a build?

use serde::Serialize;

use crate::store::Loaded;

/// What a build has done so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Pages that were looked at.
    pub pages: usize,
    /// Reports that the store did not have.
    pub new: usize,
    /// Reports that took the place of an earlier reading.
    pub replaced: usize,
    /// Further copies of reports that the store has.
    pub copies: usize,
    /// Pages that the same program had read before.
    pub unchanged: usize,
    /// Statements that were read from the new and the replaced reports.
    pub statements: usize,
    /// Inputs that gave no report, in their order.
    pub skipped: Vec<Skip>,
    /// What a reader should know of pages that were read, in their order.
    pub notes: Vec<String>,
    /// Whether the build was stopped before all pages were looked at.
    pub interrupted: bool,
}

impl Summary {
    pub(super) const fn add(&mut self, loaded: Loaded) {
        self.new += loaded.new;
        self.replaced += loaded.replaced;
        self.copies += loaded.copies;
    }

    /// Number of pages that the store now has a report of.
    #[must_use]
    pub const fn reports(&self) -> usize {
        self.new + self.replaced + self.copies + self.unchanged
    }
}

/// An input that gave no report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skip {
    /// Why.
    pub kind: SkipKind,
    /// The same for a person: the file, the place in it and the remedy.
    pub message: String,
    /// Of a page that is no report of the kind that is wanted, the notation of the reason (`data/genre.toml`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Why an input gave no report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SkipKind {
    /// There is no such file.
    NotFound,
    /// It could not be read.
    Unreadable,
    /// It is no report of the kind that is wanted.
    NoReport,
    /// The program failed on it.
    Failed,
}
