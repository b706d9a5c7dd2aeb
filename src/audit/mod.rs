//! What should a reader of many reports be warned of? What shows only when reports are laid beside each other.

mod align;
mod alike;
mod compare;
mod mask;
mod sketch;

pub use align::{Stretch, similarity, stretches};
pub use alike::{Alike, Passage, alike};
pub use compare::{Error, Pair, Sign, Unit, compare};
pub use mask::Masked;
