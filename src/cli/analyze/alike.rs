//! `fazhi analyze alike`: the regions most like one, and why.

use std::path::PathBuf;

use clap::Args;

use super::super::Place;
use super::super::exit::{Exit, Outcome};
use super::super::output::{Output, width};
use super::super::query::{Cost, pair};
use crate::analyze::{self, Format};
use crate::store::Store;

/// A region, and among which to look for others.
///
/// Two regions are alike when their reports cite the same documents and their measures are in the same fields. What few
/// regions have counts more than what all have. Each reason names a passage of both reports.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The region, by name or code
    region: String,
    #[command(flatten)]
    place: Place,
    /// region=NAME, level=LEVEL, year=YYYY, since=YYYY, until=YYYY: compare only with regions within this one, of this
    /// level (such as county), by what these years say
    #[arg(short, long = "param", value_name = "NAME=VALUE", value_parser = pair)]
    parameters: Vec<(String, String)>,
    /// How many regions to list
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// table, csv (a line a reason) or json
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
    let limits = arguments.limits.within(600);
    let found = analyze::alike(store.dataset(), &arguments.region, &arguments.parameters, arguments.limit, limits)?;
    let mut out = Output::open(arguments.output.as_deref())?;
    analyze::write_alike(&found, arguments.format, store.base(), width(), &mut out)?;
    out.finish()?;
    Ok(Exit::Done)
}
