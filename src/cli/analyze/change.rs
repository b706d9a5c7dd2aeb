//! `fazhi analyze change`: what changed between two years.

use std::path::PathBuf;

use clap::Args;

use super::super::Place;
use super::super::exit::{Exit, Outcome};
use super::super::output::{Output, width};
use super::super::query::{Cost, pair};
use crate::analyze::{ChangeFormat, change, write_change};
use crate::store::Store;

/// What a change takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Compared are the reports of the region's own government on the two years; where there are none, or with --within, those of
everybody within the region who reports on both. A region is compared with what it was before a merger or a change of code.

  fazhi analyze change --param region=\u{6B66}\u{5C71}\u{53BF} --from 2021 --to 2022")]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// region=NAME: whose reports
    #[arg(short, long = "param", value_name = "region=NAME", value_parser = pair, required_unless_present = "region")]
    parameters: Vec<(String, String)>,
    /// Whose reports: the same as --param region=NAME
    #[arg(long, value_name = "NAME")]
    region: Option<String>,
    /// The earlier year; the last that can be compared unless given
    #[arg(long, value_name = "YYYY", value_parser = clap::value_parser!(u16).range(1990..=2099))]
    from: Option<u16>,
    /// The later year
    #[arg(long, value_name = "YYYY", value_parser = clap::value_parser!(u16).range(1990..=2099))]
    to: Option<u16>,
    /// Compare everybody within the region, also where its own government reports
    #[arg(long)]
    within: bool,
    /// table, csv or json
    #[arg(long, default_value = "table")]
    format: ChangeFormat,
    #[command(flatten)]
    limits: Cost,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// A parameter that a change does not have, or not twice.
#[derive(Debug, thiserror::Error)]
#[error(
    "a change takes one region, as --region NAME or as --param region=NAME, and its years as --from and --to; not `{name}`"
)]
struct NoRegion {
    name: String,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let region = match (arguments.region.as_deref(), arguments.parameters.as_slice()) {
        (Some(region), []) => region,
        (None, [(name, region)]) if name == "region" => region.as_str(),
        (_, [(name, _)] | [_, (name, _), ..]) => return Err(NoRegion { name: name.clone() }.into()),
        (None, []) => return Err(NoRegion { name: String::new() }.into()),
    };
    let store = Store::read(&arguments.place.store)?;
    let years = (arguments.from, arguments.to);
    let found = change(store.dataset(), region, years, arguments.within, arguments.limits.within(600))?;
    let mut out = Output::open(arguments.output.as_deref())?;
    write_change(&found, arguments.format, width(), &mut out)?;
    out.finish()?;
    Ok(Exit::Done)
}
