//! Which report does a reader mean? By its identifier, or by place and year.

use std::sync::Arc;

use tokio::task::spawn_blocking;

use super::super::question::find;
use super::super::table::solutions;
use crate::query;
use crate::serve::explorer::link;
use crate::serve::problem::Problem;
use crate::serve::state::State;

/// What was chosen for a side.
pub(super) enum Chosen {
    /// IRI of the report.
    Report(String),
    Nothing,
}

/// A side of the form.
pub(super) struct Choice {
    /// `a` or `b`.
    pub(super) name: &'static str,
    pub(super) chosen: Chosen,
    pub(super) place: String,
    pub(super) year: String,
    /// The reports of the place, by year.
    pub(super) candidates: Vec<Candidate>,
    /// What is wrong with what was filled in: a sentence, or `none` where the place has no report on the year.
    pub(super) problem: String,
}

/// A report of a place.
#[derive(Clone)]
pub(super) struct Candidate {
    pub(super) iri: String,
    pub(super) year: String,
    pub(super) level: String,
    pub(super) title: String,
}

impl Choice {
    /// What was filled in, as parameters of the page.
    pub(super) fn place_and_year(&self) -> [(&'static str, &str); 2] {
        let names = if self.name == "a" { ["a_place", "a_year"] } else { ["b_place", "b_year"] };
        [(names[0], self.place.as_str()), (names[1], self.year.as_str())]
    }
}

/// What a side means: a report by identifier (or its beginning), else place and year.
pub(super) async fn choose(
    state: &Arc<State>,
    name: &'static str,
    [id, place, year]: [String; 3],
) -> Result<Choice, Problem> {
    let mut choice =
        Choice { name, chosen: Chosen::Nothing, place, year, candidates: Vec::new(), problem: String::new() };
    // A place that was filled in is meant, whatever report was shown before.
    if choice.place.is_empty() && !id.is_empty() {
        match named(state, id).await? {
            Ok((iri, region)) => {
                choice.candidates = candidates(state, &region).await.unwrap_or_default();
                choice.chosen = Chosen::Report(iri);
            }
            Err(problem) => choice.problem = problem,
        }
        return Ok(choice);
    }
    if choice.place.is_empty() {
        return Ok(choice);
    }
    match candidates(state, &choice.place).await {
        Err(problem) => problem.detail().clone_into(&mut choice.problem),
        Ok(found) => {
            let fits = |report: &&Candidate| choice.year.is_empty() || report.year == choice.year;
            let fitting: Vec<&Candidate> = found.iter().filter(fits).collect();
            match fitting.as_slice() {
                [only] => choice.chosen = Chosen::Report(only.iri.clone()),
                [] => "none".clone_into(&mut choice.problem),
                _ => {}
            }
            choice.candidates = found;
        }
    }
    Ok(choice)
}

/// The report of an identifier with the IRI of its region, or what is wrong with it.
async fn named(state: &Arc<State>, id: String) -> Result<Result<(String, String), String>, Problem> {
    let state = Arc::clone(state);
    let task = move || {
        let report = match state.store.find(&id) {
            Ok(report) => report,
            Err(error) => return Ok(Err(error.to_string())),
        };
        let region = state.store.values(report.as_ref(), crate::vocab::property::REGION)?;
        let region = region.into_iter().next().map(|region| region.to_string()).unwrap_or_default();
        Ok(Ok((report.into_string(), region.trim_matches(['<', '>']).to_owned())))
    };
    spawn_blocking(task).await.map_err(|_| query::Error::BrokenOff)?
}

/// The reports of a place, named or by IRI, in the order of their years.
async fn candidates(state: &Arc<State>, place: &str) -> Result<Vec<Candidate>, Problem> {
    if place.is_empty() {
        return Ok(Vec::new());
    }
    let question = find("reports-of-place").ok_or_else(|| query::Error::unknown_query("reports-of-place"))?;
    let found = solutions(state, question, &[("region".to_owned(), place.to_owned())]).await?;
    let mut reports: Vec<Candidate> = Vec::new();
    for row in &found.rows {
        let value = |name: &str| {
            let at = found.variables.iter().position(|variable| variable.as_str() == name);
            at.and_then(|at| row.get(at)?.as_ref()).map(link::plain).unwrap_or_default()
        };
        let iri = value("report");
        if !reports.iter().any(|report| report.iri == iri) {
            reports.push(Candidate {
                iri,
                year: value("year"),
                level: value("level_name"),
                title: value("report_name"),
            });
        }
    }
    Ok(reports)
}
