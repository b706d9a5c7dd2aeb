//! An answer in the formats that other programs read.

use std::fmt;
use std::io::Write;
use std::str::FromStr;

use oxigraph::io::{JsonLdProfileSet, RdfFormat};
use oxigraph::sparql::results::QueryResultsFormat;

use super::answer::Answer;
use super::chunks::Chunks;
use super::error::Error;
use super::names::suggest;
use super::table::{self, Style};

/// A form in which an answer can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For a terminal.
    Table,
    /// SPARQL 1.1 Query Results CSV: plain values, for spreadsheets.
    Csv,
    /// SPARQL 1.1 Query Results TSV: terms in Turtle's notation.
    Tsv,
    /// SPARQL 1.1 Query Results JSON.
    Json,
    /// SPARQL Query Results XML.
    Xml,
    /// Turtle.
    Turtle,
    /// N-Triples.
    NTriples,
    /// RDF/XML.
    RdfXml,
    /// JSON-LD.
    JsonLd,
}

impl Format {
    /// All the formats by name; each can hold a SELECT's rows, a graph or both.
    pub const ALL: [(&'static str, Self); 9] = [
        ("table", Self::Table),
        ("csv", Self::Csv),
        ("tsv", Self::Tsv),
        ("json", Self::Json),
        ("xml", Self::Xml),
        ("turtle", Self::Turtle),
        ("ntriples", Self::NTriples),
        ("rdfxml", Self::RdfXml),
        ("jsonld", Self::JsonLd),
    ];

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, format)| *format == self).map_or("", |(name, _)| name)
    }

    const fn of_results(self) -> Option<QueryResultsFormat> {
        match self {
            Self::Csv => Some(QueryResultsFormat::Csv),
            Self::Tsv => Some(QueryResultsFormat::Tsv),
            Self::Json => Some(QueryResultsFormat::Json),
            Self::Xml => Some(QueryResultsFormat::Xml),
            _ => None,
        }
    }

    const fn of_graphs(self) -> Option<RdfFormat> {
        match self {
            Self::Turtle => Some(RdfFormat::Turtle),
            Self::NTriples => Some(RdfFormat::NTriples),
            Self::RdfXml => Some(RdfFormat::RdfXml),
            Self::JsonLd => Some(RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }),
            _ => None,
        }
    }

    fn unfit(self, answer: &'static str, fits: impl Fn(Self) -> bool) -> Error {
        let fitting = Self::ALL.iter().filter(|(_, format)| fits(*format)).map(|(name, _)| *name);
        Error::UnfitFormat { format: self.name(), answer, fitting: std::iter::once("table").chain(fitting).collect() }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        let lower = name.to_ascii_lowercase();
        let lower = match lower.as_str() {
            "text" => "table",
            "ttl" => "turtle",
            "nt" | "n-triples" => "ntriples",
            "rdf" | "rdf/xml" => "rdfxml",
            "json-ld" => "jsonld",
            other => other,
        };
        Self::ALL.iter().find(|(known, _)| *known == lower).map(|(_, format)| *format).ok_or_else(|| {
            Error::UnknownFormat {
                name: name.to_owned(),
                suggestions: suggest(lower, Self::ALL.map(|(known, _)| known.to_owned())),
                known: Self::ALL.map(|(known, _)| known).to_vec(),
            }
        })
    }
}

/// Writes `answer` to `out`.
///
/// # Errors
/// [`Error::UnfitFormat`] when rows are asked for as a graph or a graph as rows, and what `out` fails with.
pub fn write(answer: Answer, format: Format, style: &Style<'_>, out: &mut impl Write) -> Result<(), Error> {
    if format == Format::Table {
        return table::write(&answer, style, out);
    }
    for piece in chunks(answer, format)? {
        out.write_all(&piece?)?;
    }
    Ok(())
}

/// The bytes of `answer` in a format that other programs read, piece by piece.
///
/// # Errors
/// [`Error::UnfitFormat`] when rows are asked for as a graph, a graph as rows, or either as a table.
pub fn chunks(answer: Answer, format: Format) -> Result<Chunks, Error> {
    let is_boolean = matches!(answer, Answer::Boolean(_));
    let ends_open = matches!(format, Format::Json | Format::Xml | Format::JsonLd | Format::RdfXml) || is_boolean;
    let end: &[u8] = if ends_open { b"\n" } else { b"" };
    match answer {
        Answer::Graph(triples) => {
            let rdf =
                format.of_graphs().ok_or_else(|| format.unfit("a graph", |format| format.of_graphs().is_some()))?;
            Ok(Chunks::of_graph(triples, rdf, end))
        }
        rows => {
            let what = if is_boolean { "yes or no" } else { "rows" };
            let results =
                format.of_results().ok_or_else(|| format.unfit(what, |format| format.of_results().is_some()))?;
            Ok(Chunks::of_results(rows, results, end)?)
        }
    }
}
