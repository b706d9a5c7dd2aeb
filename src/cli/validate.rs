//! `fazhi validate`: does the store say what the shapes demand?

use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

use super::Place;
use super::exit::{Exit, Outcome};
use super::output::Output;
use crate::describe::Base;
use crate::store::Store;
use crate::validate::{self, Notation, Options, Severity, Shapes, validate};

/// Check the store against SHACL shapes: those of the ontology, or your own
///
/// Ends with 0 where the store conforms and with 4 where it does not. Understood are SHACL Core and sh:sparql constraints;
/// shapes that say anything else are refused, so that nothing is left unchecked in silence.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// Turtle file of shapes to check instead of the program's own
    #[arg(long, value_name = "FILE")]
    shapes: Option<PathBuf>,
    /// Only shapes of this severity or a greater one
    #[arg(long, value_enum, default_value_t = Least::Info)]
    severity: Least,
    /// Violations to list; the others are counted
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: usize,
    /// turtle, ntriples and jsonld are in SHACL's own vocabulary
    #[arg(long, value_enum, default_value_t = Style::Text)]
    format: Style,
    /// Seconds that the check of one demand may take; 0 is any time
    #[arg(long, value_name = "SECONDS", default_value_t = 600)]
    timeout: u64,
    /// Print the SPARQL query of each demand instead of asking it
    #[arg(long)]
    queries: bool,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Least {
    Info,
    Warning,
    Violation,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Style {
    Text,
    Csv,
    Json,
    Turtle,
    Ntriples,
    Jsonld,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let shapes = arguments.shapes.as_deref().map_or_else(Shapes::own, Shapes::open)?;
    if arguments.queries {
        let mut out = Output::open(arguments.output.as_deref())?;
        for (shape, component, query) in validate::queries(&shapes)? {
            writeln!(out, "# {shape} {component}\n{query}\n")?;
        }
        out.finish()?;
        return Ok(Exit::Done);
    }
    let store = Store::read(&arguments.place.store)?;
    let options = Options {
        severity: match arguments.severity {
            Least::Info => Severity::Info,
            Least::Warning => Severity::Warning,
            Least::Violation => Severity::Violation,
        },
        limit: arguments.limit,
        timeout: (arguments.timeout > 0).then(|| Duration::from_secs(arguments.timeout)),
    };
    let report = validate(store.dataset(), &shapes, &options)?;
    let mut out = Output::open(arguments.output.as_deref())?;
    let (data, base) = (store.dataset(), Base::new(store.base())?);
    match arguments.format {
        Style::Text => validate::text(&report, data, &mut out)?,
        Style::Csv => validate::csv(&report, data, &mut out)?,
        Style::Json => validate::json(&report, data, &mut out)?,
        Style::Turtle => validate::rdf(&report, &base, Notation::Turtle, &mut out)?,
        Style::Ntriples => validate::rdf(&report, &base, Notation::NTriples, &mut out)?,
        Style::Jsonld => validate::rdf(&report, &base, Notation::JsonLd, &mut out)?,
    }
    out.finish()?;
    Ok(if report.conforms() { Exit::Done } else { Exit::Broken })
}
