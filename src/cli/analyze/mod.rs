//! `fazhi analyze`: how things hang together. One file an analysis; the networks share theirs.

mod chain;
mod change;
mod network;
mod path;

use clap::{Args, Subcommand};

use super::exit::Outcome;
use crate::analyze::Kind;

/// Show how documents, measures and places hang together
///
/// `fazhi analyze help NAME` tells what an analysis takes and gives.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    analysis: Analysis,
}

#[derive(Debug, Subcommand)]
enum Analysis {
    /// Network of documents that the same report cites
    Cocitation(network::Arguments),
    /// Network of documents that the same measure, problem or plan cites
    CocitationInUnits(network::Arguments),
    /// Network of documents, the measures that cite them, and their fields
    LawMeasure(network::Arguments),
    /// Which documents of provinces, prefectures, counties and townships put a document into effect, and where none is found
    Chain(chain::Arguments),
    /// Why two things are connected, in sentences with their sources
    Path(path::Arguments),
    /// What changed between a region's reports on two years
    Change(change::Arguments),
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    match &arguments.analysis {
        Analysis::Cocitation(arguments) => network::run(Kind::CocitationInReports, arguments),
        Analysis::CocitationInUnits(arguments) => network::run(Kind::CocitationInUnits, arguments),
        Analysis::LawMeasure(arguments) => network::run(Kind::LawMeasure, arguments),
        Analysis::Chain(arguments) => chain::run(arguments),
        Analysis::Path(arguments) => path::run(arguments),
        Analysis::Change(arguments) => change::run(arguments),
    }
}
