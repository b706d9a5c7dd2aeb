//! `fazhi remove`: a report leaves the store.

use std::io::Write;

use clap::Args;

use super::Place;
use super::exit::{Exit, Outcome};
use super::output::Output;
use crate::store::Store;

/// Remove reports with all that is only in them
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Identifiers of reports, the starts of identifiers, or IRIs
    #[arg(required = true)]
    report: Vec<String>,
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let store = Store::open_existing(&arguments.place.store)?;
    // All names are looked up before anything is removed: a wrong one changes nothing.
    let mut reports = Vec::new();
    for name in &arguments.report {
        let report = store.find(name)?;
        if !reports.contains(&report) {
            reports.push(report);
        }
    }
    let mut out = Output::open(None)?;
    for report in reports {
        let statements = store.remove(report.as_ref())?;
        writeln!(out, "removed {} ({statements} statements)", report.as_str())?;
    }
    store.flush()?;
    out.finish()?;
    Ok(Exit::Done)
}
