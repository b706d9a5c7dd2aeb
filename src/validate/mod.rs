//! Does a graph say what it has to, and nothing that it must not? SHACL shapes over the store.
//!
//! [`Shapes`] are read from Turtle: the program's own from `ontology/shapes.ttl`, or a user's. Each of their demands
//! becomes one SPARQL query over all nodes that it is for (`compile`, `fails`), [`validate`] asks them, and what they find is
//! a [`Report`], written in SHACL's own vocabulary ([`rdf`]), as rows ([`csv()`], [`json`]) or as lines for a person ([`text`]).
//!
//! Understood are the targets, property paths and all constraint components of SHACL Core, and `sh:sparql` constraints.
//! What is not understood (SHACL-AF targets, rules, expressions, custom components, recursive shapes) is an [`Error`] that names
//! it; a shape is never checked in part.
//!
//! ```no_run
//! # use fazhi::validate::{self, Options, Shapes, validate};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let store = oxigraph::store::Store::new()?;
//! let report = validate(&store, &Shapes::own()?, &Options::default())?;
//! validate::text(&report, &store, &mut std::io::stdout())?;
//! # Ok(()) }
//! ```
//!
//! Why not a SHACL engine: `docs/validation.md`.

mod compile;
mod context;
mod error;
mod fails;
mod graph;
mod name;
mod parse;
mod path;
mod report;
mod run;
mod select;
mod shape;

mod text;
mod values;
mod wording;
mod write;

pub use context::Context;
pub use error::Error;
pub use path::Path;
pub use report::{Report, Tally, Violation};
pub use run::{Options, queries, validate};
pub use shape::{Severity, Shapes};
pub use text::text;
pub use write::{Notation, csv, json, rdf, triples};
