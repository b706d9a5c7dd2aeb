//! `fazhi analyze cocitation` and the other networks: what stands at the centre, what belongs together.

use std::path::PathBuf;

use clap::Args;

use super::super::Place;
use super::super::exit::{Exit, Outcome};
use super::super::output::{Output, width};
use super::super::query::{Common, Cost, pair};
use crate::analyze::{self, Format, Kind};
use crate::store::Store;

/// What every network takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// region=NAME, year=YYYY, since=YYYY, until=YYYY: only what is said of this region and all within it, or of these
    /// years; `regions` takes level=LEVEL (such as county) too
    #[arg(short, long = "param", value_name = "NAME=VALUE", value_parser = pair)]
    parameters: Vec<(String, String)>,
    #[command(flatten)]
    common: Common,
    /// Leave out edges lighter than this, and what is then joined to nothing
    #[arg(long, value_name = "WEIGHT")]
    least: Option<f64>,
    /// table; svg: a picture of the strongest part, for a browser; csv (or nodes-csv) and edges-csv: spreadsheets, for Gephi
    /// too; json; gexf (Gephi, with colours and places), graphml (Gephi, Cytoscape, networkx, igraph), dot (Graphviz)
    #[arg(long, default_value = "table")]
    format: Format,
    #[command(flatten)]
    limits: Cost,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(kind: Kind, arguments: &Arguments) -> Outcome {
    let store = Store::read(&arguments.place.store)?;
    let (parameters, limits) = (arguments.common.and(&arguments.parameters), arguments.limits.within(600));
    let analysis = analyze::analyze(store.dataset(), kind, &parameters, arguments.least, limits)?;
    let mut out = Output::open(arguments.output.as_deref())?;
    analyze::write(&analysis, arguments.format, width(), &mut out)?;
    out.finish()?;
    Ok(Exit::Done)
}
