//! `fazhi compare`: what two extractions of the same pages read differently.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::{Map, Value};

use super::exit::{Exit, Outcome};
use super::output::Output;
use crate::facts::{Change, Comparison, FactChange, FactClass, ReportChanges, compare};
use crate::report::Report;

/// Print the facts gained, lost and changed between two extractions of the same pages
///
/// Both files are what `fazhi extract --format jsonl` printed, by two versions of the program or of its tables.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The earlier extraction
    old: PathBuf,
    /// The later extraction
    new: PathBuf,
    /// Only facts of these classes: metadata, statement, unit, citation, body, figure, finding
    #[arg(long, value_name = "CLASS", value_delimiter = ',', value_parser = class)]
    only: Vec<FactClass>,
    /// Print the counts alone
    #[arg(long)]
    summary: bool,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Style::Text)]
    format: Style,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Style {
    Text,
    Json,
}

/// Trouble with a file of extracted reports.
#[derive(Debug, thiserror::Error)]
enum ExtractionError {
    #[error("cannot read {}", path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("{}:{line}: no extracted report ({source}); write the file with `fazhi extract --format jsonl`", path.display())]
    NoReport { path: PathBuf, line: usize, source: serde_json::Error },
}

fn class(name: &str) -> Result<FactClass, String> {
    let known = || FactClass::ALL.map(|class| class.to_string()).join(", ");
    FactClass::ALL
        .into_iter()
        .find(|class| class.to_string() == name)
        .ok_or_else(|| format!("it is one of {}", known()))
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let (old, new) = (read(&arguments.old)?, read(&arguments.new)?);
    let mut comparison = compare(&old, &new);
    if !arguments.only.is_empty() {
        let wanted: BTreeSet<FactClass> = arguments.only.iter().copied().collect();
        comparison.retain(&wanted);
    }
    if arguments.summary {
        comparison.reports.clear();
    }
    let mut out = Output::open(arguments.output.as_deref())?;
    match arguments.format {
        Style::Json => {
            serde_json::to_writer(&mut out, &comparison)?;
            writeln!(out)?;
        }
        Style::Text => tell(&comparison, &mut out)?,
    }
    out.finish()?;
    Ok(Exit::Done)
}

fn read(path: &Path) -> Result<Vec<Report>, ExtractionError> {
    let unreadable = |source| ExtractionError::Unreadable { path: path.to_path_buf(), source };
    let file = BufReader::new(File::open(path).map_err(unreadable)?);
    let mut reports = Vec::new();
    for (at, line) in file.lines().enumerate() {
        let line = line.map_err(unreadable)?;
        if line.trim().is_empty() {
            continue;
        }
        let no_report = |source| ExtractionError::NoReport { path: path.to_path_buf(), line: at + 1, source };
        reports.push(serde_json::from_str(&line).map_err(no_report)?);
    }
    Ok(reports)
}

fn tell(comparison: &Comparison, out: &mut impl Write) -> io::Result<()> {
    for report in &comparison.reports {
        tell_report(report, out)?;
    }
    for (side, paths) in [("old", &comparison.only_old), ("new", &comparison.only_new)] {
        for path in paths {
            writeln!(out, "only in the {side} extraction: {path}")?;
        }
    }
    writeln!(out, "{:<10} {:>8} {:>8} {:>8} {:>8} {:>8}", "", "old", "new", "gained", "lost", "changed")?;
    for (class, tally) in &comparison.tally {
        let [old, new, gained, lost, changed] = [tally.old, tally.new, tally.gained, tally.lost, tally.changed];
        writeln!(out, "{class:<10} {old:>8} {new:>8} {gained:>8} {lost:>8} {changed:>8}")?;
    }
    Ok(())
}

fn tell_report(report: &ReportChanges, out: &mut impl Write) -> io::Result<()> {
    let note = if report.same_text { "" } else { " (the text differs: facts are matched by their words)" };
    writeln!(out, "{}{note}", report.path)?;
    for change in &report.changes {
        tell_change(change, out)?;
    }
    writeln!(out)
}

fn tell_change(change: &FactChange, out: &mut impl Write) -> io::Result<()> {
    let place = change.span.map(|span| format!(" {}-{}", span.start, span.end)).unwrap_or_default();
    let (mark, said) = match &change.change {
        Change::Gained { fields } => ('+', listed(fields)),
        Change::Lost { fields } => ('-', listed(fields)),
        Change::Changed { fields } => {
            let field =
                fields.iter().map(|field| format!("{} {} -> {}", field.name, brief(&field.old), brief(&field.new)));
            ('~', field.collect::<Vec<_>>().join("; "))
        }
    };
    writeln!(out, "  {mark} {}{place} {}: {said}", change.class, shortened(&change.quote))
}

/// The fields that say something.
pub(super) fn listed(fields: &Map<String, Value>) -> String {
    let says = |value: &Value| !(value.is_null() || value.as_array().is_some_and(Vec::is_empty));
    let said = fields.iter().filter(|(_, value)| says(value));
    said.map(|(name, value)| format!("{name} {}", brief(value))).collect::<Vec<_>>().join("; ")
}

fn brief(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::String(words) => shortened(words),
        other => shortened(&other.to_string()),
    }
}

/// Longest quotation in a line, in characters.
const LONGEST: usize = 40;

/// The beginning of a longer text, on one line.
pub(super) fn shortened(words: &str) -> String {
    let mut line: String = words.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if words.chars().nth(LONGEST).is_some() {
        line.push('\u{2026}');
    }
    line
}
