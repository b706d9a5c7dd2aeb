//! What should a reader of many reports be warned of? What shows only when reports are laid beside each other.
//!
//! [`compute`] works the findings out over a whole store, [`record`](record()) keeps them there, [`Listing`] tells them
//! together with those within the reports, [`Sheet`] puts what is found of one place on a page.

mod align;
mod alike;
mod ask;
mod compare;
mod corpus;
mod mask;
mod record;
pub mod rules;
mod sketch;

pub use align::{Stretch, similarity, stretches};
pub use alike::{Alike, Passage, alike};
pub use compare::{Pair, Sign, Unit, compare};
pub use corpus::{Matter, RegionRow, ReportRow, Reports};
pub use mask::Masked;
pub use record::{Cross, PROGRAM, compute, record, recorded, state};

use crate::lexicon::LexiconError;
use crate::{query, store};

/// Why there is no audit.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The store could not be asked, or a filter names nothing.
    #[error(transparent)]
    Query(#[from] query::Error),
    /// Passages could not be compared.
    #[error(transparent)]
    Compare(#[from] compare::Error),
    /// A table of the program is damaged, which the tests rule out.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    /// The store cannot be read or written.
    #[error(transparent)]
    Store(#[from] store::StoreError),
}
