//! What do two reports share? Both beside each other, with the passages that are alike and what differs in them.

mod choose;
mod passages;

use std::sync::Arc;

use axum::extract::{RawQuery, State as Extract};
use axum::response::Response;
use minijinja::{Value, context};
use tokio::task::spawn_blocking;

use self::choose::{Choice, Chosen};
use self::passages::Passages;
use super::{link, view};
use crate::audit;
use crate::query;
use crate::serve::problem::Problem;
use crate::serve::state::State;

/// The page of two reports: `/compare?a=REPORT&b=REPORT`, or by place and year with `a_place`, `a_year`, `b_place`, `b_year`.
pub(super) async fn page(Extract(state): Extract<Arc<State>>, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let query = query.unwrap_or_default();
    let value = |name: &str| {
        let values = form_urlencoded::parse(query.as_bytes()).filter(|(known, _)| known == name);
        values.last().map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    };
    let a = choose::choose(&state, "a", [value("a"), value("a_place"), value("a_year")]).await?;
    let b = choose::choose(&state, "b", [value("b"), value("b_place"), value("b_year")]).await?;
    let mut compared = Value::from(());
    let mut problem = "";
    if let (Chosen::Report(first), Chosen::Report(second)) = (&a.chosen, &b.chosen) {
        if first == second {
            problem = "same";
        } else {
            let told = both(&state, first.clone(), second.clone()).await?;
            compared = told.ok_or_else(|| Problem::missing("the store lacks one of the two reports"))?;
        }
    }
    let sides = [side(&a, &b), side(&b, &a)];
    view::page("compare.html", "compare", &context! { sides, problem, compared })
}

/// A side of the form; the reports that its place has lead to the page with the other side as it is.
fn side(choice: &Choice, other: &Choice) -> Value {
    let beside = |id: &str| {
        let mut parameters = vec![(choice.name, id)];
        if let Chosen::Report(iri) = &other.chosen {
            parameters.push((other.name, link::local(iri)));
        } else {
            parameters.extend(other.place_and_year());
        }
        link::with_parameters("/compare", parameters)
    };
    let candidates: Vec<Value> = choice
        .candidates
        .iter()
        .map(|report| {
            context! {
                year => report.year.as_str(), level => report.level.as_str(), title => report.title.as_str(),
                id => link::local(&report.iri),
                href => beside(link::local(&report.iri)),
                chosen => matches!(&choice.chosen, Chosen::Report(iri) if *iri == report.iri),
            }
        })
        .collect();
    context! {
        name => choice.name,
        place => choice.place.as_str(),
        year => choice.year.as_str(),
        problem => choice.problem.as_str(),
        candidates,
    }
}

async fn both(state: &Arc<State>, first: String, second: String) -> Result<Option<Value>, Problem> {
    let turn = state.turn().await?;
    let state = Arc::clone(state);
    let task = move || -> Result<Option<Value>, Problem> {
        let _turn = turn;
        let limits = state.settings.limits;
        let Some(two) = audit::two(state.store.dataset(), &first, &second, limits)? else { return Ok(None) };
        Ok(Some(view::value(&Passages::new(&two, state.store.base()))))
    };
    spawn_blocking(task).await.map_err(|_| query::Error::BrokenOff)?
}
