//! The questions of the catalogue: `/q` lists them, `/q/NAME?param=value` answers one, `/q/NAME.csv` in a format.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State as Extract};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::task::spawn_blocking;

use super::negotiate::named;
use super::problem::Problem;
use super::respond::{Asked, ask, send};
use super::state::State;
use crate::query::{self, Format, Question, catalogue};

/// Every question with its parameters, as JSON.
pub(super) async fn list() -> Result<Response, Problem> {
    let questions: Vec<Value> = catalogue()
        .iter()
        .map(|question| {
            json!({
                "name": question.name(),
                "title": question.title(),
                "description": question.description(),
                "questions": question.questions(),
                "parameters": question.parameters(),
                "href": format!("/q/{}", question.name()),
            })
        })
        .collect();
    let body = serde_json::to_string_pretty(&questions).map_err(|error| Problem::bad(error.to_string()))?;
    Ok(([(header::CONTENT_TYPE, "application/json; charset=utf-8")], body + "\n").into_response())
}

/// The answer to one question.
pub(super) async fn answer(
    Extract(state): Extract<Arc<State>>,
    Path(name): Path<String>,
    RawQuery(values): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (question, mut format) = open(&name)?;
    let mut given = Vec::new();
    for (name, value) in form_urlencoded::parse(values.unwrap_or_default().as_bytes()) {
        // A form sends what was left empty, too.
        match name.as_ref() {
            "format" => format = Some(named(&value)?),
            _ if value.is_empty() => {}
            _ => given.push((name.into_owned(), value.into_owned())),
        }
    }
    let bound = {
        let state = Arc::clone(&state);
        let turn = state.turn().await?;
        spawn_blocking(move || {
            let _turn = turn;
            let bindings = question.bind(state.store.dataset(), &given)?;
            Ok::<_, query::Error>(Asked { text: question.text().to_owned(), bindings, graphs: None })
        })
    };
    let asked = bound.await.map_err(|_| query::Error::BrokenOff)??;
    let answer = ask(&state, asked).await?;
    send(&state, answer, format, &headers).await
}

/// A question of the catalogue, perhaps with the ending of a format. Never a file or a text, which a name on the command line may be.
fn open(name: &str) -> Result<(&'static Question, Option<Format>), Problem> {
    let listed = |name: &str| catalogue().iter().find(|question| question.name() == name);
    if let Some(question) = listed(name) {
        return Ok((question, None));
    }
    if let Some((stem, ending)) = name.rsplit_once('.')
        && let Some(question) = listed(stem)
    {
        return Ok((question, Some(named(ending)?)));
    }
    Err(query::Error::unknown_query(name).into())
}
