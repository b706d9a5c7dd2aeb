//! What is known beforehand? The tables of `data/` and `ontology/`, in memory.
//!
//! Every other stage asks this one; it alone knows how the tables are written down.

mod outline;

pub use outline::OutlineCues;
