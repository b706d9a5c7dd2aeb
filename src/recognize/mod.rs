//! What is named in the text? Mentions of documents, bodies, regions and figures, with their place.
//!
//! A recognizer finds; what a mention means is told by [`crate::resolve`]. All ranges are bytes of the folded text.

pub mod bodies;
pub mod citations;
pub mod figures;
mod actor;
mod clause;
mod context;
mod doer;
mod indicator;
pub mod period;
mod phrase;
pub mod regions;

use std::ops::Range;

/// Whether `range` shares a byte with one of `others`, which are sorted and do not overlap.
fn overlaps_any(range: &Range<usize>, others: &[Range<usize>]) -> bool {
    let at = others.partition_point(|other| other.end <= range.start);
    others.get(at).is_some_and(|other| other.start < range.end)
}
