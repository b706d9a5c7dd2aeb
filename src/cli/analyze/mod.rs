//! `fazhi analyze`: how things hang together. One file an analysis; the networks share theirs.

mod network;

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
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    match &arguments.analysis {
        Analysis::Cocitation(arguments) => network::run(Kind::CocitationInReports, arguments),
        Analysis::CocitationInUnits(arguments) => network::run(Kind::CocitationInUnits, arguments),
        Analysis::LawMeasure(arguments) => network::run(Kind::LawMeasure, arguments),
    }
}
