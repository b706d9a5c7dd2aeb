//! What should a reader of many reports be warned of? What shows only when reports are laid beside each other.
//!
//! [`compute`] works the findings out over a whole store, [`record`](record()) keeps them there, [`list`] tells them
//! together with those within the reports, [`sheets`] puts what is found of a place on a page, [`write()`] prints either.

mod align;
mod alike;
mod ask;
mod common;
mod compare;
mod corpus;
mod filter;
mod listing;
mod mask;
mod names;
mod pair;
mod passage;
mod pieces;
mod places;
mod problems;
mod rare;
mod reading;
mod record;
mod render;
mod reports;
pub mod rules;
mod segment;
mod sheet;
mod sketch;
mod two;
mod years;

pub use align::{Stretch, similarity, stretches};
pub use alike::{Alike, Collection, Source};
pub use compare::{Error, compare};
pub use corpus::{Matter, RegionRow, ReportRow, Reports};
pub use filter::Filter;
pub use listing::{Listed, Quoted, list};
pub use mask::{Clause, Masked};
pub use pair::{LeftName, Order, Pair, Relation, Segment, SegmentKind, Side, Sign};
pub use passage::Shared;
pub use pieces::{Piece, PieceKind, SideBySide, side_by_side};
pub use problems::running;
pub use record::{Cross, PROGRAM, compute, is_of, record, recorded, state};
pub use render::{Format, View, write};
pub use sheet::{Field, Line, Share, Sheet, SheetReport, sheets};
pub use two::{Compared, Two, two};
pub use years::{Change, OtherNumbers, YearOnYear, years};

use crate::lexicon::LexiconError;
use crate::{query, store};

/// Why there is no audit.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// The store could not be asked, or a filter names nothing.
    #[error(transparent)]
    Query(#[from] query::Error),
    /// Passages could not be compared.
    #[error(transparent)]
    Compare(#[from] Error),
    /// A table of the program is damaged, which the tests rule out.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    /// The store cannot be read or written.
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// No rule has the name that was given.
    #[error(
        "there is no rule `{name}`{}; the rules are:\n{}",
        if .suggestions.is_empty() { String::new() } else { format!(" (did you mean {}?)", .suggestions.join(", ")) },
        .known.iter().map(|rule| format!("  {rule}")).collect::<Vec<_>>().join("\n")
    )]
    UnknownRule {
        /// The name as given.
        name: String,
        /// Rules that are spelled alike.
        suggestions: Vec<String>,
        /// All rules, with what they are called.
        known: Vec<String>,
    },
    /// What was found cannot be written.
    #[error("cannot write what was found: {0}")]
    Write(#[from] std::io::Error),
    /// The same, as a table.
    #[error("cannot write what was found: {0}")]
    Csv(#[from] csv::Error),
    /// The same, as JSON.
    #[error("cannot write what was found: {0}")]
    Json(#[from] serde_json::Error),
    /// A template of the program is damaged, which the tests rule out.
    #[error("a page cannot be made: {0:#}")]
    Page(#[from] minijinja::Error),
}
