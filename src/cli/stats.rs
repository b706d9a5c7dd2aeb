//! `fazhi stats`: how much is in the store.

use std::io::Write;

use clap::{Args, ValueEnum};
use indicatif::HumanCount;

use super::Place;
use super::exit::{Exit, Outcome};
use super::output::{Output, say};
use crate::audit;
use crate::describe::Base;
use crate::store::{Derived, Store};
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
                let mut rows = vec![
                    ("reports".to_owned(), stats.reports as u64),
                    ("statements".to_owned(), stats.statements as u64),
                    ("bytes on disk".to_owned(), stats.bytes),
                ];
                rows.extend(stats.classes.iter().map(|(class, things)| (short(class), *things as u64)));
                let longest = rows.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
                for (name, count) in rows {
                    writeln!(out, "{name:longest$}  {:>14}", HumanCount(count).to_string())?;
                }
            }
        }
    }
    out.finish()?;
    if let Some(note) = note_on_audit(&store)? {
        say(note);
    }
    Ok(Exit::Done)
}

/// What to tell whoever reads the findings of an audit that the reports have outgrown.
pub(super) fn note_on_audit(store: &Store) -> Result<Option<&'static str>, Box<dyn std::error::Error + Send + Sync>> {
    let outdated = audit::state(store, &Base::new(store.base())?)? == Derived::Outdated;
    Ok(outdated.then_some(
        "note: the findings between reports are older than the reports or the program; `fazhi audit` renews them",
    ))
}

/// An IRI by its prefix, where it has one.
fn short(iri: &str) -> String {
    let named = |(prefix, base): &(&str, &str)| iri.strip_prefix(base).map(|name| format!("{prefix}:{name}"));
    PREFIXES.iter().find_map(named).unwrap_or_else(|| iri.to_owned())
}
