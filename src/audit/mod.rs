//! What should a reader of many reports be warned of? What shows only when reports are laid beside each other.

mod align;
mod alike;
mod common;
mod compare;
mod mask;
mod names;
mod pair;
mod passage;
mod places;
mod problems;
mod reading;
mod reports;
mod segment;
mod sketch;
mod years;

pub use align::{Stretch, similarity, stretches};
pub use alike::{Alike, Collection, Source};
pub use compare::{Error, compare};
pub use mask::{Clause, Masked};
pub use pair::{LeftName, Order, Pair, Relation, Segment, SegmentKind, Side, Sign};
pub use passage::Shared;
pub use problems::running;
pub use years::{Change, OtherNumbers, YearOnYear, years};
