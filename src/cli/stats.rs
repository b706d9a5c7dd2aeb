//! `fazhi stats`: how much is in the store.

use std::io::Write;

use clap::{Args, ValueEnum};
use indicatif::HumanCount;

use super::Place;
use super::exit::{Exit, Outcome};
use super::output::Output;
use crate::store::Store;
use crate::vocab::PREFIXES;

/// Count what is in the store
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// List the identifiers of the reports instead
    #[arg(long)]
    reports: bool,
    /// How to print the counts
    #[arg(long, value_enum, default_value_t = Style::Text)]
    format: Style,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Style {
    Text,
    Json,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let store = Store::read(&arguments.place.store)?;
    let mut out = Output::open(None)?;
    if arguments.reports {
        for report in store.reports()? {
            let iri = report.as_str();
            writeln!(out, "{}", iri.rsplit('/').next().unwrap_or(iri))?;
        }
    } else {
        let stats = store.stats()?;
        match arguments.format {
            Style::Json => writeln!(out, "{}", serde_json::to_string(&stats)?)?,
            Style::Text => {
                let count = |n: usize| HumanCount(n as u64).to_string();
                writeln!(out, "{:<24}{:>14}", "reports", count(stats.reports))?;
                writeln!(out, "{:<24}{:>14}", "statements", count(stats.statements))?;
                writeln!(out, "{:<24}{:>14}", "bytes on disk", HumanCount(stats.bytes).to_string())?;
                for (class, things) in &stats.classes {
                    writeln!(out, "{:<24}{:>14}", short(class), count(*things))?;
                }
            }
        }
    }
    out.finish()?;
    Ok(Exit::Done)
}

/// An IRI by its prefix, where it has one.
fn short(iri: &str) -> String {
    let named = |(prefix, base): &(&str, &str)| iri.strip_prefix(base).map(|name| format!("{prefix}:{name}"));
    PREFIXES.iter().find_map(named).unwrap_or_else(|| iri.to_owned())
}
