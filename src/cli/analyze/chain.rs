//! `fazhi analyze chain`: which lower documents put a document into effect.

use std::path::PathBuf;

use clap::Args;

use super::super::Place;
use super::super::exit::{Exit, Outcome};
use super::super::output::Output;
use super::super::query::{Cost, pair};
use crate::analyze::{ChainFormat, chain, write_chain};
use crate::lexicon::Lexicon;
use crate::store::Store;

/// What the chain takes.
#[derive(Debug, Args)]
#[command(after_help = "\
For each document: its place, the first year in which a report cites it, how many reports do, why it stands where it does
(stated: a report or its title says so; same_subject: same subject and period, and its place lies within the other's), and the
words that name it. A line with \u{2717} is a place of which reports were read, and none names such a document of its own: one
may exist all the same.

  fazhi analyze chain '\u{6CD5}\u{6CBB}\u{653F}\u{5E9C}\u{5EFA}\u{8BBE}\u{5B9E}\u{65BD}\u{7EB2}\u{8981}(2021-2025\u{5E74})' --region \u{7518}\u{8083}\u{7701}")]
pub(super) struct Arguments {
    /// Title, short title or number of the document
    document: String,
    #[command(flatten)]
    place: Place,
    /// Only documents of this region, of those within it and of those above it
    #[arg(long, value_name = "NAME")]
    region: Option<String>,
    /// region=NAME: the same as --region
    #[arg(short, long = "param", value_name = "region=NAME", value_parser = pair)]
    parameters: Vec<(String, String)>,
    /// table, csv or json
    #[arg(long, default_value = "table")]
    format: ChainFormat,
    #[command(flatten)]
    limits: Cost,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// A parameter that a chain does not have, or not twice.
#[derive(Debug, thiserror::Error)]
#[error("a chain takes one region, as --region NAME or as --param region=NAME; not `{name}` beside it")]
struct NoRegion {
    name: String,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let region = match (arguments.region.as_deref(), arguments.parameters.as_slice()) {
        (region, []) => region,
        (None, [(name, region)]) if name == "region" => Some(region.as_str()),
        (_, [(name, _), ..]) => return Err(NoRegion { name: name.clone() }.into()),
    };
    let store = Store::read(&arguments.place.store)?;
    let limits = arguments.limits.within(600);
    let found = chain(store.dataset(), &arguments.document, region, Lexicon::shared()?, limits)?;
    let mut out = Output::open(arguments.output.as_deref())?;
    write_chain(&found, arguments.format, &mut out)?;
    out.finish()?;
    Ok(Exit::Done)
}
