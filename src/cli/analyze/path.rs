//! `fazhi analyze path`: why two things are connected.

use std::path::PathBuf;

use clap::Args;

use super::super::Place;
use super::super::exit::{Exit, Outcome};
use super::super::output::Output;
use crate::analyze::{Bounds, PathFormat, path, write_connection};
use crate::store::Store;

/// What a path takes.
#[derive(Debug, Args)]
#[command(after_help = "\
A thing is a region, document, body, category or indicator, named by name, code, short title, label or IRI. A step is a measure,
problem or plan that has to do with both its ends, or what the registries know (a region within another, a document that puts
another into effect). Each is told as a sentence with the words of the report that say so. A way through what nearly everything has
to do with (a law that everybody cites, a field) costs more than one through what few share.

  fazhi analyze path \u{6B66}\u{5C71}\u{53BF} \u{884C}\u{653F}\u{590D}\u{8BAE}\u{6CD5}")]
pub(super) struct Arguments {
    /// The one
    from: String,
    /// The other
    to: String,
    #[command(flatten)]
    place: Place,
    /// How many ways to tell at most
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..=50))]
    ways: u16,
    /// How many steps a way may have
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=12))]
    steps: u16,
    /// How many things to look around at most; more takes longer
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    things: u32,
    /// text or json
    #[arg(long, default_value = "text")]
    format: PathFormat,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let store = Store::read(&arguments.place.store)?;
    let bounds = Bounds {
        ways: usize::from(arguments.ways),
        steps: usize::from(arguments.steps),
        things: usize::try_from(arguments.things)?,
    };
    let connection = path(store.dataset(), &arguments.from, &arguments.to, bounds)?;
    let mut out = Output::open(arguments.output.as_deref())?;
    write_connection(&connection, arguments.format, &mut out)?;
    out.finish()?;
    Ok(Exit::Done)
}
