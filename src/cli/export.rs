//! `fazhi export`: the graph as RDF.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Place;
use super::exit::{Exit, Outcome};
use super::output::Output;
use crate::export::{self, Writer};
use crate::store::Store;
use crate::vocab::PREFIXES;

/// Write the graph as RDF, whole or one report
///
/// N-Quads, TriG and JSON-LD keep which report or registry makes a statement, as the name of its graph; the other formats
/// have every statement once. Networks of laws, regions and measures (GraphML and others) come from `fazhi analyze`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// The format
    #[arg(long, value_enum)]
    format: Format,
    /// Only this report: its identifier, the start of one, or its IRI
    #[arg(long, value_name = "ID")]
    report: Option<String>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The RDF formats, by the names that the command line has for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Nquads,
    Ntriples,
    Turtle,
    Trig,
    Rdfxml,
    Jsonld,
}

impl From<Format> for export::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Nquads => Self::NQuads,
            Format::Ntriples => Self::NTriples,
            Format::Turtle => Self::Turtle,
            Format::Trig => Self::TriG,
            Format::Rdfxml => Self::RdfXml,
            Format::Jsonld => Self::JsonLd,
        }
    }
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let store = Store::read(&arguments.place.store)?;
    let report = arguments.report.as_deref().map(|name| store.find(name)).transpose()?;
    let writer = Writer::new(arguments.format.into(), PREFIXES, Output::open(arguments.output.as_deref())?)?;
    let out = match report {
        Some(report) => export::report(&store, report.as_ref(), writer)?,
        None => export::whole(&store, writer)?,
    };
    out.finish()?;
    Ok(Exit::Done)
}
