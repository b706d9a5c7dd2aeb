//! `fazhi hash`: the fingerprint of a graph.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;

use super::Place;
use super::exit::{Exit, Outcome};
use super::output::Output;
use crate::export::{self, ExportError};
use crate::store::Store;

/// Print the SHA-256 of the canonical form (RDFC-1.0) of the graph
///
/// Two graphs have the same fingerprint exactly when they are the same graph: on any machine, with any number of threads,
/// in any order of the inputs. All of the graph is held in memory.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// RDF files instead of the store, together one graph: .nq, .nt, .ttl, .trig, .rdf, .jsonld
    file: Vec<PathBuf>,
    #[command(flatten)]
    place: Place,
    /// Only this report: its identifier, the start of one, or its IRI
    #[arg(long, value_name = "ID", conflicts_with = "file")]
    report: Option<String>,
}

/// Trouble with a file that is to be hashed.
#[derive(Debug, thiserror::Error)]
enum FileError {
    /// What follows the last dot of its name is no known format.
    #[error("{0}: the name does not tell the format; it ends in .nq, .nt, .ttl, .trig, .rdf or .jsonld")]
    Format(String),
    /// It cannot be read.
    #[error("{file}: cannot be read")]
    Read { file: String, source: oxigraph::io::RdfParseError },
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let mut quads = Vec::new();
    for path in &arguments.file {
        let file = path.display().to_string();
        let format = path.extension().and_then(|extension| RdfFormat::from_extension(extension.to_str()?));
        let format = format.ok_or_else(|| FileError::Format(file.clone()))?;
        let read = |source| FileError::Read { file: file.clone(), source };
        let reader = std::fs::File::open(path).map_err(|error| read(error.into()))?;
        for quad in RdfParser::from_format(format).rename_blank_nodes().for_reader(std::io::BufReader::new(reader)) {
            quads.push(quad.map_err(read)?);
        }
    }
    if arguments.file.is_empty() {
        let store = Store::read(&arguments.place.store)?;
        if let Some(name) = &arguments.report {
            quads = store.report(store.find(name)?.as_ref())?;
        } else {
            // An audit is worked out from the graph and comes and goes: the fingerprint is that of what was read.
            let derived = store.derived_sources()?;
            store.by_source::<ExportError>(|part| {
                let is_derived = |quad: &Quad| derived.iter().any(|name| quad.graph_name == name.clone().into());
                if !part.first().is_some_and(is_derived) {
                    quads.extend_from_slice(part);
                }
                Ok(())
            })?;
        }
    }
    let mut out = Output::open(None)?;
    writeln!(out, "{}", export::hash(quads)?)?;
    out.finish()?;
    Ok(Exit::Done)
}
