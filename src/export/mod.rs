//! How does the graph leave? As RDF, as tables and a panel, as a network, as a description of itself, and as a fingerprint.
//!
//! - [`whole`] and [`report()`] write RDF. Formats with named graphs (N-Quads, TriG, JSON-LD) get every statement in the graph
//!   of the report or registry that makes it, just as `fazhi extract` prints it, so that the graphs of two machines add
//!   up. The others get every statement once.
//! - [`Tables`] writes a table a class and the panel region × year × indicator into a [`Sink`]: [`Csv`], [`Xlsx`], [`Parquet`].
//!   `data/export` defines the tables, `docs/export.md` tells them.
//! - [`network()`] writes the graph itself for network programs; computed networks come from [`crate::analyze`].
//! - [`describe()`] counts what there is, in VoID and DCAT.
//! - [`hash()`] is equal exactly where graphs are.

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

pub use census::{Publication, count, describe, published};
pub use error::ExportError;
pub use hash::{HashError, hash};
pub use network::{NetworkFormat, network};
pub use rdf::{Format, Writer, report, whole};
pub use selection::Selection;
pub use sink::{Csv, Parquet, Sink, Xlsx};
pub use table::{Cell, Column, DefinitionError, Kind, Path, Table, panel_tables, tables};
pub use walk::Tables;
