//! `fazhi extract`: what pages say, without a store.

use std::error::Error;
use std::io::{BufReader, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use oxigraph::model::Quad;

use super::exit::{Exit, Outcome};
use super::output::{Output, say};
use super::{build, signal};
use crate::build::pages;
use crate::describe;
use crate::export::{self, ExportError, Writer};
use crate::lexicon::Lexicon;
use crate::read::{self, Document};
use crate::report::Report;
use crate::vocab::PREFIXES;

/// Print what pages say, page by page in the order of the inputs, without a store
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Files, folders, patterns: text, HTML, .docx, PDF, JSON Lines, CSV, Parquet, also packed (.gz .zst .zip .tar); and
    /// for standard input -, which is JSON Lines ({"text" or "html", "url", ...} a line)
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

/// Why a page gives nothing to print.
enum Trouble {
    /// It is no such report.
    Refused(String),
    /// It could not be read or written.
    Failed(String),
}

/// Where it is printed to.
enum Sink {
    Lines(Output),
    Statements(Box<Writer<Output>>),
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

    fn finish(self) -> Result<(), Box<dyn Error + Send + Sync>> {
        match self {
            Self::Lines(out) => out.finish()?,
            Self::Statements(writer) => writer.finish()?.finish()?,
        }
        Ok(())
    }
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let inputs = read::inputs(&arguments.input);
    let mut skipped = inputs.errors.len();
    let (mut done, mut refused) = (0, 0);
    for error in &inputs.errors {
        say(&format!("skipped: {error}"));
    }
    let (base, lexicon) = (arguments.extraction.base()?, Lexicon::shared()?);
    let out = Output::open(arguments.output.as_deref())?;
    let rdf = arguments.format.rdf();
    let mut sink = match rdf {
        Some(format) => Sink::Statements(Box::new(Writer::new(format, PREFIXES, out)?)),
        None => Sink::Lines(out),
    };
    let work = |page: Document| {
        let report = arguments
            .extraction
            .extract(&page, lexicon)
            .map_err(|refusal| Trouble::Refused(format!("{}: {refusal}", page.source.path)))?;
        match rdf {
            Some(_) => Ok(Piece::Quads(describe::quads(&report, &base).collect())),
            None => line(&report).map(Piece::Line).map_err(Trouble::Failed),
        }
    };
    let standard_input = Box::new(BufReader::new(std::io::stdin()));
    let failed = pages(inputs.found, standard_input, &arguments.extraction.reading(), work, |page| {
        match page.map_err(|error| Trouble::Failed(error.to_string())).and_then(|piece| piece) {
            Ok(piece) => {
                done += 1;
                sink.write(&piece).map_or_else(ControlFlow::Break, ControlFlow::Continue)
            }
            Err(trouble) => {
                skipped += 1;
                match trouble {
                    Trouble::Failed(message) => say(&format!("skipped: {message}")),
                    Trouble::Refused(message) => {
                        refused += 1;
                        if refused <= build::REFUSED_TOLD {
                            say(&format!("refused: {message}"));
                        }
                    }
                }
                ControlFlow::Continue(())
            }
        }
    });
    build::tell_refused(refused);
    match failed {
        Some(error) => return Err(error.into()),
        None => sink.finish()?,
    }
    Ok(signal::exit_unless_stopped(match (done, skipped) {
        (_, 0) => Exit::Done,
        (0, _) => Exit::Failed,
        _ => Exit::Skipped,
    }))
}

fn line(report: &Report) -> Result<Vec<u8>, String> {
    let mut line = serde_json::to_vec(report).map_err(|error| format!("{}: {error}", report.source.path))?;
    line.push(b'\n');
    Ok(line)
}
