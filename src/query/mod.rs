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
//! query::write(&answer, Format::Table, &Style::new(100, None).headed_by(&question), &mut std::io::stdout())?;
//! # Ok(()) }
//! ```
//!
//! Deliberately absent: an answer that is only a part. A query that runs out of time or has more rows than were
//! allowed is an [`Error`], never a shorter table.

mod answer;
mod bind;
mod catalogue;
mod document;
mod error;
mod evaluate;
mod names;
mod order;
mod plan;
mod question;
mod rewrite;
mod statistics;
mod substitute;
mod table;
mod variables;
mod write;

pub use answer::{Answer, Solutions};
pub use bind::Bindings;
pub use catalogue::catalogue;
pub use document::document;
pub use error::{Error, SyntaxError};
pub use evaluate::{Limits, run};
pub use question::{Parameter, ParameterType, Question, Text};
pub use table::Style;
pub use write::{Format, write};

pub(crate) use table::write_cells;
