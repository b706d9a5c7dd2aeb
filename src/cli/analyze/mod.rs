//! `fazhi analyze`: how things hang together. One file an analysis; the networks share theirs.

mod alike;
mod chain;
mod change;
mod network;
mod path;

use clap::{Args, Subcommand};

use super::exit::Outcome;
use crate::analyze::Kind;

/// Show how documents, measures and places hang together
///
/// A network answers: what stands at the centre (PageRank, betweenness), what forms a group (communities, numbered from the
/// largest and called by their strongest members), what is its dense middle (core numbers). `--format svg` draws the
/// strongest part of it; `gexf`, `graphml`, `dot` and `edges-csv` hand all of it to Gephi, networkx and others.
///
/// `fazhi analyze help NAME` tells what an analysis takes and gives.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    analysis: Analysis,
}

#[derive(Debug, Subcommand)]
enum Analysis {
    /// Which documents do the same reports cite? Network of documents
    ///
    /// Two documents are joined when a report cites both; the edge weighs the number of such reports. A community is a set
    /// of documents that tend to be cited together.
    Cocitation(network::Arguments),
    /// Which documents do the same measures, problems and plans cite? Network of documents
    ///
    /// As `cocitation`, but only what one unit cites together counts: what is used for one thing, not only in one report.
    CocitationInUnits(network::Arguments),
    /// In which fields is which document put to use? Network of documents, measures and fields
    ///
    /// Each measure is joined to the documents that it cites and to its field. The picture leaves the measures out and
    /// joins documents to fields by their number.
    LawMeasure(network::Arguments),
    /// Which regions form groups by what they cite and do? Network of regions
    ///
    /// Each region is joined to the eight most like it: half by the documents that its reports cite, half by the fields and
    /// topics of its measures; what few regions have counts more. The edge weighs how alike the two are, from 0 to 1.
    Regions(network::Arguments),
    /// Which regions are most like one, and why? With passages of both
    Alike(alike::Arguments),
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
        Analysis::Regions(arguments) => network::run(Kind::Regions, arguments),
        Analysis::Alike(arguments) => alike::run(arguments),
        Analysis::Chain(arguments) => chain::run(arguments),
        Analysis::Path(arguments) => path::run(arguments),
        Analysis::Change(arguments) => change::run(arguments),
    }
}
