//! How does the graph leave? As RDF in the usual formats, whole or one report, and as a fingerprint.
//!
//! Formats with named graphs (N-Quads, TriG, JSON-LD) get every statement in the graph of the report or registry that
//! makes it, just as `fazhi extract` prints it, so that the graphs of two machines add up. The others get every
//! statement once. Graphs for network programs come from [`crate::analyze`] instead.

mod hash;
mod rdf;
mod sophia;

pub use hash::{HashError, hash};
pub use rdf::{ExportError, Format, Writer, report, whole};
