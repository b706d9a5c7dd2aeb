//! Which reports belong to one reporter, in the order of their years?

use std::sync::Arc;

use serde::Serialize;

use super::link;
use super::question::find;
use super::table::solutions;
use crate::query;
use crate::serve::problem::Problem;
use crate::serve::state::State;

/// The reports of a place, and the two beside the one that is read.
#[derive(Serialize, Default)]
pub(super) struct Series {
    reports: Vec<Item>,
    before: Option<Item>,
    after: Option<Item>,
}

/// A report in a list.
#[derive(Serialize, Clone)]
struct Item {
    year: String,
    title: String,
    href: String,
    /// Both side by side; empty of the report itself.
    compare: String,
    current: bool,
}

/// The reports of the same place as this one.
pub(super) async fn of(state: &Arc<State>, report: &str) -> Result<Series, Problem> {
    let question = find("report-series").ok_or_else(|| query::Error::unknown_query("report-series"))?;
    let found = solutions(state, question, &[("report".to_owned(), report.to_owned())]).await?;
    let mut reports: Vec<Item> = Vec::new();
    for row in &found.rows {
        let value = |name: &str| {
            let at = found.variables.iter().position(|variable| variable.as_str() == name);
            at.and_then(|at| row.get(at)?.as_ref()).map(link::plain).unwrap_or_default()
        };
        let (iri, year) = (value("other"), value("year"));
        let href = link::to(state.store.base(), &iri);
        let current = iri == report;
        if reports.iter().any(|item| item.href == href) {
            continue;
        }
        let compare = [("a", link::local(&iri)), ("b", link::local(report))];
        let compare = if current { String::new() } else { link::with_parameters("/compare", compare) };
        reports.push(Item { year, title: value("other_name"), href, compare, current });
    }
    let at = reports.iter().position(|item| item.current);
    let before = at.and_then(|at| reports.get(at.checked_sub(1)?)).cloned();
    let after = at.and_then(|at| reports.get(at + 1)).cloned();
    Ok(Series { reports, before, after })
}
