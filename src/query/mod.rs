//! What can be asked? The catalogue of `queries/` and any other SPARQL.
//!
//! A question is a [`Question`]: SPARQL text with a header that says, in Chinese and English, what it answers and
//! which parameters it takes. [`Question::open`] finds one by its name in the [`catalogue`], reads it from a file or
//! takes it as it is; [`Question::bind`] turns what a person typed (a region's name, a law's short title) into
//! [`Bindings`]; [`run`] asks the store; [`write()`] prints the [`Answer`].
//!
//! ```no_run
//! # use fazhi::query::{self, Format, Limits, Question, Style};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let store = oxigraph::store::Store::new()?;
//! let question = Question::open("laws-by-counties")?;
//! let bindings = question.bind(&store, &[("year".into(), "2021".into())])?;
//! let answer = query::run(&store, question.text(), &bindings, Limits::default())?;
//! query::write(answer, Format::Table, &Style::new(100, None).headed_by(&question), &mut std::io::stdout())?;
//! # Ok(()) }
//! ```
//!
//! Deliberately absent: an answer that is only a part. A query that runs out of time or has more rows than were
//! allowed is an [`Error`], never a shorter table.

mod answer;
mod apart;
mod around;
mod ask;
mod bind;
mod catalogue;
mod chunks;
mod document;
mod each_name;
mod error;
mod evaluate;
mod explain;
mod fact;
mod filled;
mod graphs;
mod guard;
mod memory;
mod named;
mod names;
mod order;
mod plan;
mod plans;
mod question;
mod questions;
mod records;
mod rewrite;
mod statistics;
mod substitute;
mod table;
mod update;
mod variables;
mod write;

pub use answer::{Answer, Solutions};
pub use around::Around;
pub use ask::ask;
pub use bind::{Bindings, resolve};
pub use catalogue::catalogue;
pub use chunks::Chunks;
pub use document::document;
pub use error::{Error, SyntaxError};
pub use evaluate::{Limits, check, run};
pub use explain::{Step, explain, measure};
pub use graphs::Graphs;
pub use named::{Named, Names};
pub use names::find_any;
pub use plans::Plans;
pub use question::{Parameter, ParameterType, Question, Text};
pub use questions::{Group, Listed, Way, groups};
pub use table::Style;
pub use update::update;
pub use write::{Format, chunks, write};

pub(crate) use names::{STATE, suggest};
pub(crate) use table::write_cells;
