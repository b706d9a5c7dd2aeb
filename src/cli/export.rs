//! `fazhi export`: the graph leaves, as RDF or as tables.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Place;
use super::exit::{Exit, Outcome};
use super::output::{Output, say};
use super::query::pair;
use crate::export::{self, Csv, Parquet, Selection, Table, Tables, Writer, Xlsx};
use crate::store::Store;
use crate::vocab::PREFIXES;

/// Write what is in the store to files: tables for spreadsheets, RDF, networks
///
/// Tables (csv, xlsx, parquet): reports, measures, problems, plans, citations, figures, findings, mentions, bodies,
/// documents, regions, and the panel region × year × indicator (panel, panel_long, indicators). docs/export.md tells every
/// column. CSV and Parquet are a file a table, XLSX is one workbook with a sheet a table.
///
/// RDF: N-Quads, TriG and JSON-LD keep which report or registry makes a statement, as the name of its graph; the other
/// formats have every statement once.
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
    /// Give the panel a row for every region that reported at all in every year, also where there is no report
    #[arg(long)]
    balanced: bool,
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
      one report as JSON-LD";

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
}

impl Format {
    const fn rdf(self) -> Option<export::Format> {
        match self {
            Self::Nquads => Some(export::Format::NQuads),
            Self::Ntriples => Some(export::Format::NTriples),
            Self::Turtle => Some(export::Format::Turtle),
            Self::Trig => Some(export::Format::TriG),
            Self::Rdfxml => Some(export::Format::RdfXml),
            Self::Jsonld => Some(export::Format::JsonLd),
            Self::Csv | Self::Xlsx | Self::Parquet => None,
        }
    }
}

/// Arguments that do not go together.
#[derive(Debug, thiserror::Error)]
enum Misfit {
    #[error("`{0}` is for tables (csv, xlsx, parquet); RDF is written whole, or one report with --report")]
    OnlyTables(&'static str),
    #[error("--report is for RDF; narrow tables with -p region=NAME and -p year=YYYY")]
    OnlyRdf,
    #[error("--balanced is for the panel; add --table panel")]
    OnlyPanel,
    #[error("{0} tables need a directory: add -o DIR, or name one table with --table")]
    NeedsDirectory(usize),
    #[error("a workbook needs a file: add -o FILE.xlsx")]
    NeedsFile,
    #[error("cannot make the directory {path}")]
    Directory { path: String, source: std::io::Error },
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let Some(format) = arguments.format.rdf() else { return run_tables(arguments) };
    for (given, name) in [
        (!arguments.tables.is_empty(), "--table"),
        (!arguments.parameters.is_empty(), "--param"),
        (arguments.balanced, "--balanced"),
    ] {
        if given {
            return Err(Misfit::OnlyTables(name).into());
        }
    }
    let store = Store::read(&arguments.place.store)?;
    let report = arguments.report.as_deref().map(|name| store.find(name)).transpose()?;
    let writer = Writer::new(format, PREFIXES, Output::open(arguments.output.as_deref())?)?;
    let out = match report {
        Some(report) => export::report(&store, report.as_ref(), writer)?,
        None => export::whole(&store, writer)?,
    };
    out.finish()?;
    Ok(Exit::Done)
}

fn run_tables(arguments: &Arguments) -> Outcome {
    if arguments.report.is_some() {
        return Err(Misfit::OnlyRdf.into());
    }
    let store = Store::read(&arguments.place.store)?;
    let selection = Selection::new(&store, &arguments.parameters)?;
    let chosen = Tables::choose(&store, &arguments.tables, arguments.balanced)?;
    let tables = chosen.tables();
    if arguments.balanced && !tables.iter().any(|table| table.name == "panel") {
        return Err(Misfit::OnlyPanel.into());
    }
    let output = arguments.output.as_deref();
    match arguments.format {
        Format::Xlsx => {
            let path = output.filter(|path| *path != Path::new("-")).ok_or(Misfit::NeedsFile)?;
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let mut workbook = Xlsx::new(&tables, folder, &arguments.parameters)?;
            chosen.write(&store, &selection, &mut workbook)?;
            let mut out = Output::open(Some(path))?;
            workbook.finish(&mut out)?;
            out.finish()?;
        }
        Format::Parquet => {
            let mut sink = Parquet::new(files(&tables, output, "parquet")?)?;
            chosen.write(&store, &selection, &mut sink)?;
            finish(sink.finish()?)?;
        }
        _ => {
            let mut sink = Csv::new(files(&tables, output, "csv")?)?;
            chosen.write(&store, &selection, &mut sink)?;
            finish(sink.finish()?)?;
        }
    }
    if selection.is_empty() {
        say("note: no report is in the store or fits the parameters; the tables have no rows of reports");
    }
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
    let directory = output.filter(|path| *path != Path::new("-")).ok_or(Misfit::NeedsDirectory(tables.len()))?;
    std::fs::create_dir_all(directory)
        .map_err(|source| Misfit::Directory { path: directory.display().to_string(), source })?;
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
