//! How does the graph leave? As RDF in the usual formats, whole or one report, and as a fingerprint.
//!
//! Formats with named graphs (N-Quads, TriG, JSON-LD) get every statement in the graph of the report or registry that
//! makes it, just as `fazhi extract` prints it, so that the graphs of two machines add up. The others get every
//! statement once. Graphs for network programs come from [`crate::analyze`] instead.

mod census;
mod context;
mod error;
mod hash;
mod jsonld;
mod look;
mod network;
mod panel;
mod rdf;
mod selection;
mod sink;
mod sophia;
mod table;
mod walk;

pub use census::{Publication, describe};
pub use error::ExportError;
pub use hash::{HashError, hash};
pub use network::{NetworkFormat, network};
pub use rdf::{Format, Writer, report, whole};
pub use selection::Selection;
pub use sink::{Csv, Parquet, Sink, Xlsx};
pub use table::{Cell, Column, DefinitionError, Kind, Path, Table, panel_tables, tables};
pub use walk::Tables;
