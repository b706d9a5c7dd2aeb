//! `fazhi extract`: what pages say, without a store.

use std::io::{BufReader, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::exit::{Exit, Outcome};
use super::output::{Output, say};
use super::{build, signal};
use crate::build::pages;
use crate::describe::{self, Base};
use crate::export::{self, Writer};
use crate::report::Report;
use crate::vocab::PREFIXES;
use crate::{lexicon, read};

/// Print what pages say, page by page in the order of the inputs, without a store
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Files, folders, patterns; - reads JSON Lines ({"text" or "html", "url", ...} a line) from standard input
    #[arg(required = true)]
    input: Vec<String>,
    /// What to print: an object a line, or RDF
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    extraction: build::Extraction,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Jsonl,
    Nquads,
    Ntriples,
    Turtle,
    Trig,
    Rdfxml,
    Jsonld,
}

impl Format {
    const fn rdf(self) -> Option<export::Format> {
        Some(match self {
            Self::Jsonl => return None,
            Self::Nquads => export::Format::NQuads,
            Self::Ntriples => export::Format::NTriples,
            Self::Turtle => export::Format::Turtle,
            Self::Trig => export::Format::TriG,
            Self::Rdfxml => export::Format::RdfXml,
            Self::Jsonld => export::Format::JsonLd,
        })
    }
}

/// What is printed of a page; made by many threads, printed by one.
enum Piece {
    Line(Vec<u8>),
    Quads(Vec<Quad>),
}

/// Where it is printed to.
enum Sink {
    Lines(Output),
    Statements(Writer<Output>),
}

impl Sink {
    fn write(&mut self, piece: &Piece) -> Result<(), ExportError> {
        match (self, piece) {
            (Self::Lines(out), Piece::Line(line)) => Ok(out.write_all(line)?),
            (Self::Statements(writer), Piece::Quads(quads)) => quads.iter().try_for_each(|quad| writer.write(quad)),
            // Both come from the same format.
            (Self::Lines(_), Piece::Quads(_)) | (Self::Statements(_), Piece::Line(_)) => Ok(()),
        }
    }

    fn finish(self) -> Outcome {
        match self {
            Self::Lines(out) => out.finish()?,
            Self::Statements(writer) => writer.finish()?.finish()?,
        }
        Ok(Exit::Done)
    }
}

pub(super) fn run(arguments: Arguments) -> Outcome {
    let inputs = read::inputs(&arguments.input);
    for error in &inputs.errors {
        say(&format!("skipped: {error}"));
    }
    let mut skipped = inputs.errors.len();
    let mut done = 0;
    let (base, lexicon) = (arguments.extraction.base()?, lexicon::Lexicon::shared());
    let mut sink = Sink::new(arguments.format, Output::open(arguments.output.as_deref())?)?;
    let work = |page| {
        let report = arguments.extraction.extract(&page, lexicon)?;
        Ok(piece(&report, arguments.format, &base))
    };
    let reading = arguments.extraction.reading();
    let standard_input = Box::new(BufReader::new(std::io::stdin()));
    let failed = pages(inputs.found, standard_input, &reading, work, |page| {
        let piece: Result<_, String> = page.map_err(|error| error.to_string()).and_then(|piece| piece);
        match piece {
            Ok(piece) => {
                done += 1;
                match sink.write(&piece) {
                    Ok(()) => ControlFlow::Continue(()),
                    Err(error) => ControlFlow::Break(error),
                }
            }
            Err(message) => {
                skipped += 1;
                say(&format!("skipped: {message}"));
                ControlFlow::Continue(())
            }
        }
    });
    if let Some(error) = failed {
        return Err(error);
    }
    sink.finish()?;
    Ok(signal::exit_unless_stopped(match (done, skipped) {
        (_, 0) => Exit::Done,
        (0, _) => Exit::Failed,
        _ => Exit::Skipped,
    }))
}
