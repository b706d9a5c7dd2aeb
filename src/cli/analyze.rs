//! `fazhi analyze`: networks of documents, measures and fields.

use std::path::PathBuf;

use clap::Args;

use super::Place;
use super::exit::{Exit, Outcome};
use super::output::{Output, width};
use super::query::{Cost, pair};
use crate::analyze::{self, Format, Kind};
use crate::store::Store;

/// Measure a network: which documents stand at the centre, which belong together
///
/// cocitation: documents that the same report cites; cocitation-in-units: documents that the same measure, problem or plan
/// cites; law-measure: documents, the measures that cite them, and their fields.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// cocitation, cocitation-in-units or law-measure
    kind: Kind,
    #[command(flatten)]
    place: Place,
    /// region=NAME or year=YYYY: only what is said of this region and all within it, or of this year
    #[arg(short, long = "param", value_name = "NAME=VALUE", value_parser = pair)]
    parameters: Vec<(String, String)>,
    /// table, csv, json, graphml, gexf or dot
    #[arg(long, default_value = "table")]
    format: Format,
    #[command(flatten)]
    limits: Cost,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let store = Store::read(&arguments.place.store)?;
    let limits = arguments.limits.limits();
    let analysis = analyze::analyze(store.dataset(), arguments.kind, &arguments.parameters, limits)?;
    let mut out = Output::open(arguments.output.as_deref())?;
    analyze::write(&analysis, arguments.format, width(), &mut out)?;
    out.finish()?;
    Ok(Exit::Done)
}
