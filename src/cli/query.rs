//! `fazhi query`: a question is answered.

use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::Place;
use super::exit::{Exit, Outcome};
use super::output::{Output, say, width};
use super::stats::note_on_audit;
use crate::query::{self, Answer, Bindings, Format, Limits, Question, Style};
use crate::store::Store;

/// Answer a question of the catalogue, a query file, or SPARQL text
///
/// `fazhi queries` lists the catalogue, `fazhi queries NAME` tells the parameters of one. An answer without rows is an answer: the
/// exit code is 0, and a note on standard error says so. A query that is stopped by a limit has no answer, and the exit code is 1.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Name in the catalogue, file.rq, or SPARQL text
    query: String,
    #[command(flatten)]
    place: Place,
    /// Value of a parameter; regions, documents, bodies and fields may be named as people name them. An empty value takes a
    /// default away
    #[arg(short, long = "param", value_name = "NAME=VALUE", value_parser = pair)]
    parameters: Vec<(String, String)>,
    #[command(flatten)]
    common: Common,
    /// table, csv, tsv, json or xml; of a graph (CONSTRUCT, DESCRIBE) table, turtle, ntriples, rdfxml or jsonld
    #[arg(long, default_value = "table")]
    format: Format,
    /// Begin CSV with a byte order mark, without which Excel does not read Chinese
    #[arg(long)]
    bom: bool,
    #[command(flatten)]
    limits: Cost,
    /// Show the cells of a table in full
    #[arg(long)]
    whole: bool,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Instead of the answer, write the steps in which the store is asked, each before its parts: seconds, rows, what is done
    #[arg(long, conflicts_with_all = ["format", "bom", "whole"])]
    explain: bool,
}

/// The property that only findings between reports have.
const CONCERNS: &str = "fz:concerns";

/// What a question may cost. There is never a part of an answer.
#[derive(Debug, Args)]
pub(super) struct Cost {
    /// Seconds that a question may take; 0 is any time [default: 60; ten minutes of an analysis, an hour of an audit, which read much of the
    /// store]
    #[arg(long, value_name = "SECONDS")]
    timeout: Option<u64>,
    /// Rows that the answer may have; 0 is any number
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    max_rows: usize,
}

impl Cost {
    /// For whoever waits before a page.
    pub(super) fn limits(&self) -> Limits {
        self.within(60)
    }

    /// With so many seconds where no number is given.
    pub(super) fn within(&self, seconds: u64) -> Limits {
        let timeout = self.timeout.unwrap_or(seconds);
        Limits {
            timeout: (timeout > 0).then(|| Duration::from_secs(timeout)),
            max_rows: (self.max_rows > 0).then_some(self.max_rows),
        }
    }
}

/// The parameters that most questions have, as options of their own.
#[derive(Debug, Args)]
pub(super) struct Common {
    /// The same as --param region=NAME
    #[arg(long, value_name = "NAME")]
    region: Option<String>,
    /// The same as --param year=YYYY
    #[arg(long, value_name = "YYYY")]
    year: Option<String>,
}

impl Common {
    /// The values given with --param, and these.
    pub(super) fn and(&self, parameters: &[(String, String)]) -> Vec<(String, String)> {
        let own = [("region", &self.region), ("year", &self.year)];
        let own = own.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.clone()?)));
        parameters.iter().cloned().chain(own).collect()
    }
}

/// Reads NAME=VALUE.
pub(super) fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write NAME=VALUE")?;
    Ok((name.trim().to_owned(), value.to_owned()))
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let question = Question::open(&arguments.query)?;
    let store = Store::read(&arguments.place.store)?;
    let bindings = question.bind(store.dataset(), &arguments.common.and(&arguments.parameters))?;
    if arguments.explain {
        let mut out = Output::open(arguments.output.as_deref())?;
        for query::Step { depth, name, rows, seconds } in query::measure(store.dataset(), question.text(), &bindings)? {
            writeln!(out, "{seconds:9.3} s {rows:9} {:indent$}{name}", "", indent = 2 * depth)?;
        }
        out.finish()?;
        return Ok(Exit::Done);
    }
    let answer = query::run(store.dataset(), question.text(), &bindings, arguments.limits.limits())?;
    let mut style = Style::new(width(), Some(store.dataset())).based_on(store.base()).headed_by(&question);
    if arguments.whole {
        style = style.whole();
    }
    let mut out = Output::open(arguments.output.as_deref())?;
    if arguments.bom && arguments.format == Format::Csv {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let nothing = matches!(&answer, Answer::Solutions(solutions) if solutions.rows.is_empty());
    query::write(answer, arguments.format, &style, &mut out)?;
    out.finish()?;
    if nothing {
        say(&note(&store, arguments)?);
    }
    // Only queries that read findings between reports name this.
    if question.text().contains(CONCERNS)
        && let Some(note) = note_on_audit(&store)?
    {
        say(note);
    }
    Ok(Exit::Done)
}

/// Why an answer may have no rows.
fn note(store: &Store, arguments: &Arguments) -> Result<String, query::Error> {
    let any = query::run(store.dataset(), "ASK { ?report a fz:Report }", &Bindings::default(), Limits::default())?;
    if matches!(any, Answer::Boolean(false)) {
        return Ok(format!(
            "note: the store {0} holds no reports yet; read some with `fazhi build --store {0} FOLDER`",
            store.path().display()
        ));
    }
    let given: Vec<String> = arguments.parameters.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let with = if given.is_empty() { String::new() } else { format!(" with {}", given.join(", ")) };
    Ok(format!("note: nothing in the store answers this{with}; `fazhi query report-overview` lists its reports"))
}
