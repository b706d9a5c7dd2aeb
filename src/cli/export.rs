//! `fazhi export`: the graph leaves, as RDF or as tables.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use oxigraph::model::NamedNode;

use super::Place;
use super::exit::{Exit, Outcome};
use super::output::{Output, say};
use super::query::{Common, pair};
use crate::export::{self, Csv, NetworkFormat, Parquet, Publication, Selection, Table, Tables, Writer, Xlsx};
use crate::store::Store;
use crate::vocab::PREFIXES;

/// Write what is in the store to files: tables for spreadsheets, RDF, networks
///
/// Tables (csv, xlsx, parquet): reports, measures, problems, plans, citations, figures, findings, mentions, bodies,
/// documents, regions, and the panel region × year × indicator (panel, `panel_long`, indicators). `docs/export.md` tells every
/// column. CSV and Parquet are a file a table, XLSX is one workbook with a sheet a table.
///
/// RDF: N-Quads, TriG and JSON-LD keep which report or registry makes a statement, as the name of its graph; the other
/// formats have every statement once. JSON-LD carries its context and can be read without a network.
///
/// Networks (graphml, gexf, dot, edges): reports, their measures, problems and plans, and the regions, bodies, documents
/// and categories that they lead to. Computed networks, such as which laws are cited together, come from `fazhi analyze`.
///
/// void describes the data set in the words of VoID and DCAT: what classes and properties there are and how many.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// The format
    #[arg(long, value_enum)]
    format: Format,
    /// Only this table, and any other that is named so; all tables where none is
    #[arg(long = "table", value_name = "NAME")]
    tables: Vec<String>,
    /// region=NAME or year=YYYY: only reports of this region and all within it, or of this year
    #[arg(short, long = "param", value_name = "NAME=VALUE", value_parser = pair)]
    parameters: Vec<(String, String)>,
    #[command(flatten)]
    common: Common,
    /// Give the panel a row for every region that reported at all in every year, also where there is no report
    #[arg(long)]
    balanced: bool,
    /// IRI of the licence under which the extracted data are published (void only)
    #[arg(long, value_name = "IRI", value_parser = iri)]
    license: Option<NamedNode>,
    /// Date of the last change, such as 2024-05-01; without it the latest date on a page (void only)
    #[arg(long, value_name = "DATE", value_parser = date)]
    modified: Option<String>,
    /// Address under which the exported files are published, with a slash at its end (void only)
    #[arg(long, value_name = "URL", value_parser = folder)]
    address: Option<NamedNode>,
    /// RDF format of the description (void only)
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "turtle")]
    syntax: Syntax,
    /// Only this report: its identifier, the start of one, or its IRI (RDF only)
    #[arg(long, value_name = "ID")]
    report: Option<String>,
    /// Write to this file, or for several tables in CSV or Parquet to this directory, instead of standard output
    #[arg(short, long, value_name = "FILE|DIR")]
    output: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  fazhi export --format xlsx -o gansu.xlsx -p region=620000
      everything of a province in one workbook
  fazhi export --format csv --table figures -o figures.csv
      every figure with its passage, for a spreadsheet
  fazhi export --format parquet -o tables/
      all tables, for pandas, R or DuckDB
  fazhi export --format csv --table panel --balanced -o panel.csv
      a row a region and year, a column an indicator
  fazhi export --format jsonld --report 620524-2021 -o report.jsonld
      one report as JSON-LD
  fazhi export --format gexf -o county.gexf -p region=620524
      a county's reports as a network for Gephi
  fazhi export --format void --license https://creativecommons.org/licenses/by/4.0/ -o void.ttl
      what is in the store, for a catalogue";

/// The formats, by the names that the command line has for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Nquads,
    Ntriples,
    Turtle,
    Trig,
    Rdfxml,
    Jsonld,
    /// A file a table, for spreadsheets and programs
    Csv,
    /// One workbook, a sheet a table
    Xlsx,
    /// A file a table with typed columns
    Parquet,
    /// The graph as a network, for Gephi, Cytoscape, networkx
    Graphml,
    /// The graph as a network, for Gephi
    Gexf,
    /// The graph as a network, for Graphviz
    Dot,
    /// The graph as two tables, nodes.csv and edges.csv
    Edges,
    /// Description of the data set
    Void,
}

/// The RDF formats of the description.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Syntax {
    Turtle,
    Ntriples,
    Nquads,
    Trig,
    Rdfxml,
    Jsonld,
}

impl From<Syntax> for export::Format {
    fn from(syntax: Syntax) -> Self {
        match syntax {
            Syntax::Turtle => Self::Turtle,
            Syntax::Ntriples => Self::NTriples,
            Syntax::Nquads => Self::NQuads,
            Syntax::Trig => Self::TriG,
            Syntax::Rdfxml => Self::RdfXml,
            Syntax::Jsonld => Self::JsonLd,
        }
    }
}

fn iri(text: &str) -> Result<NamedNode, String> {
    NamedNode::new(text).map_err(|error| format!("give an absolute IRI: {error}"))
}

fn folder(text: &str) -> Result<NamedNode, String> {
    if text.ends_with('/') { iri(text) } else { Err("give an address that ends in a slash".to_owned()) }
}

fn date(text: &str) -> Result<String, String> {
    let is_date = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
    if is_date { Ok(text.to_owned()) } else { Err("give a date such as 2024-05-01".to_owned()) }
}

/// What a format is of.
enum Form {
    Rdf(export::Format),
    Tables,
    Network(NetworkFormat),
    Description,
}

impl Format {
    const fn form(self) -> Form {
        match self {
            Self::Nquads => Form::Rdf(export::Format::NQuads),
            Self::Ntriples => Form::Rdf(export::Format::NTriples),
            Self::Turtle => Form::Rdf(export::Format::Turtle),
            Self::Trig => Form::Rdf(export::Format::TriG),
            Self::Rdfxml => Form::Rdf(export::Format::RdfXml),
            Self::Jsonld => Form::Rdf(export::Format::JsonLd),
            Self::Csv | Self::Xlsx | Self::Parquet => Form::Tables,
            Self::Graphml => Form::Network(NetworkFormat::GraphMl),
            Self::Gexf => Form::Network(NetworkFormat::Gexf),
            Self::Dot => Form::Network(NetworkFormat::Dot),
            Self::Edges => Form::Network(NetworkFormat::Tables),
            Self::Void => Form::Description,
        }
    }
}

/// Arguments that do not go together.
#[derive(Debug, thiserror::Error)]
enum Misfit {
    #[error("{argument} is not for this format, but for {format}")]
    Argument { argument: &'static str, format: &'static str },
    #[error("--balanced is for the panel; add --table panel")]
    OnlyPanel,
    #[error("{0} need a directory: add -o DIR{1}")]
    NeedsDirectory(&'static str, &'static str),
    #[error("a workbook needs a file: add -o FILE.xlsx")]
    NeedsFile,
    #[error("cannot make the directory {path}")]
    Directory { path: String, source: std::io::Error },
}

impl Arguments {
    fn parameters(&self) -> Vec<(String, String)> {
        self.common.and(&self.parameters)
    }

    /// Refuses arguments that the format has no use for, rather than pass over them.
    fn check(&self) -> Result<(), Misfit> {
        let form = self.format.form();
        let (rdf, tables) = (matches!(form, Form::Rdf(_)), matches!(form, Form::Tables));
        let (network, description) = (matches!(form, Form::Network(_)), matches!(form, Form::Description));
        let only_tables = "csv, xlsx and parquet";
        let narrowed = "tables and networks; RDF is written whole, or one report with --report";
        let published = self.license.is_some() || self.modified.is_some() || self.address.is_some();
        let wrong = [
            (!self.tables.is_empty() && !tables, "--table", only_tables),
            (self.balanced && !tables, "--balanced", only_tables),
            (!self.parameters().is_empty() && !tables && !network, "--param, --region or --year", narrowed),
            (
                self.report.is_some() && !rdf,
                "--report",
                "RDF; narrow tables and networks with -p region=NAME, -p year=YYYY",
            ),
            (published && !description, "--license, --modified or --address", "void"),
            (self.syntax != Syntax::Turtle && !description, "--syntax", "void"),
        ];
        match wrong.into_iter().find(|(wrong, ..)| *wrong) {
            Some((_, argument, format)) => Err(Misfit::Argument { argument, format }),
            None => Ok(()),
        }
    }
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    arguments.check()?;
    let store = Store::read(&arguments.place.store)?;
    match arguments.format.form() {
        Form::Rdf(format) => run_rdf(arguments, &store, format),
        Form::Tables => run_tables(arguments, &store),
        Form::Network(format) => run_network(arguments, &store, format),
        Form::Description => run_description(arguments, &store),
    }
}

fn run_rdf(arguments: &Arguments, store: &Store, format: export::Format) -> Outcome {
    let report = arguments.report.as_deref().map(|name| store.find(name)).transpose()?;
    let writer = Writer::new(format, PREFIXES, Output::open(arguments.output.as_deref())?)?;
    let out = match report {
        Some(report) => export::report(store, report.as_ref(), writer)?,
        None => export::whole(store, writer)?,
    };
    out.finish()?;
    Ok(Exit::Done)
}

fn run_description(arguments: &Arguments, store: &Store) -> Outcome {
    let publication = Publication {
        license: arguments.license.clone(),
        modified: arguments.modified.clone(),
        address: arguments.address.clone(),
        service: None,
    };
    let quads = export::describe(store, &publication)?;
    let out = Output::open(arguments.output.as_deref())?;
    let mut writer = Writer::new(arguments.syntax.into(), PREFIXES, out)?;
    for quad in &quads {
        writer.write(quad)?;
    }
    writer.finish()?.finish()?;
    Ok(Exit::Done)
}

fn run_network(arguments: &Arguments, store: &Store, format: NetworkFormat) -> Outcome {
    let selection = Selection::new(store, &arguments.parameters())?;
    let output = arguments.output.as_deref();
    let (nodes, edges) = if format == NetworkFormat::Tables {
        let directory = directory(output, "nodes and edges", "")?;
        (Output::open(Some(&directory.join("nodes.csv")))?, Some(Output::open(Some(&directory.join("edges.csv")))?))
    } else {
        (Output::open(output)?, None)
    };
    finish(export::network(store, &selection, format, nodes, edges)?)?;
    tell_if_empty(&selection);
    Ok(Exit::Done)
}

fn tell_if_empty(selection: &Selection) {
    if selection.is_empty() {
        say("note: no report is in the store or fits the parameters; the export has none");
    }
}

fn directory<'a>(output: Option<&'a Path>, what: &'static str, or: &'static str) -> Result<&'a Path, Misfit> {
    let directory = output.filter(|path| *path != Path::new("-")).ok_or(Misfit::NeedsDirectory(what, or))?;
    std::fs::create_dir_all(directory)
        .map_err(|source| Misfit::Directory { path: directory.display().to_string(), source })?;
    Ok(directory)
}

fn run_tables(arguments: &Arguments, store: &Store) -> Outcome {
    let selection = Selection::new(store, &arguments.parameters())?;
    let chosen = Tables::choose(store, &arguments.tables, arguments.balanced)?;
    let tables = chosen.tables();
    if arguments.balanced && !tables.iter().any(|table| table.name == "panel") {
        return Err(Misfit::OnlyPanel.into());
    }
    let output = arguments.output.as_deref();
    match arguments.format {
        Format::Xlsx => {
            let path = output.filter(|path| *path != Path::new("-")).ok_or(Misfit::NeedsFile)?;
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let mut workbook = Xlsx::new(&tables, folder, &arguments.parameters())?;
            chosen.write(store, &selection, &mut workbook)?;
            let mut out = Output::open(Some(path))?;
            workbook.finish(&mut out)?;
            out.finish()?;
        }
        Format::Parquet => {
            let mut sink = Parquet::new(files(&tables, output, "parquet")?)?;
            chosen.write(store, &selection, &mut sink)?;
            finish(sink.finish()?)?;
        }
        _ => {
            let mut sink = Csv::new(files(&tables, output, "csv")?)?;
            chosen.write(store, &selection, &mut sink)?;
            finish(sink.finish()?)?;
        }
    }
    tell_if_empty(&selection);
    Ok(Exit::Done)
}

/// Where each table goes: one table to a file or standard output, several to files of a directory.
fn files<'a>(
    tables: &[&'a Table],
    output: Option<&Path>,
    extension: &str,
) -> Result<Vec<(&'a Table, Output)>, Box<dyn std::error::Error + Send + Sync>> {
    let is_directory = |path: &Path| path.is_dir() || path.as_os_str().to_string_lossy().ends_with(['/', '\\']);
    if let [table] = tables
        && !output.is_some_and(is_directory)
    {
        return Ok(vec![(table, Output::open(output)?)]);
    }
    let directory = directory(output, "several tables", ", or name one table with --table")?;
    let mut files = Vec::new();
    for table in tables {
        let path = directory.join(format!("{}.{extension}", table.name));
        files.push((*table, Output::open(Some(&path))?));
    }
    Ok(files)
}

fn finish(files: Vec<Output>) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    for file in files {
        file.finish()?;
    }
    Ok(())
}
