//! What does a file say? Bytes to [`Document`]: one reader a format.

mod document;

pub use document::{Document, PageMetadata};
