//! The questions of the catalogue: `/q` lists them, `/q/NAME?param=value` answers one, `/q/NAME.csv` in a format, `/q/NAME.xlsx`
//! as a workbook. A browser gets pages.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State as Extract};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::explorer::{question, questions, sheet, table};
use super::negotiate::{RESULTS, named, wants_page};
use super::problem::Problem;
use super::respond::{ask, send};
use super::state::State;
use crate::query::{self, Format, Question, catalogue};

/// Every question with its parameters: a page, or JSON.
pub(super) async fn list(headers: HeaderMap) -> Result<Response, Problem> {
    if wants_page(&headers, &RESULTS) {
        return questions::page();
    }
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

/// What an answer is made into.
enum Form {
    /// What the client likes best.
    Liked,
    Rdf(Format),
    Workbook,
}

impl Form {
    fn named(name: &str) -> Result<Self, Problem> {
        if name.eq_ignore_ascii_case("xlsx") { Ok(Self::Workbook) } else { Ok(Self::Rdf(named(name)?)) }
    }
}

/// The answer to one question.
pub(super) async fn answer(
    Extract(state): Extract<Arc<State>>,
    Path(name): Path<String>,
    RawQuery(values): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (question, mut form) = open(&name)?;
    let mut given = Vec::new();
    let mut wish = question::Wish::default();
    for (name, value) in form_urlencoded::parse(values.unwrap_or_default().as_bytes()) {
        // A form sends what was left empty, too.
        match name.as_ref() {
            "format" => form = Form::named(&value)?,
            "sort" => wish.sort = value.into_owned(),
            "page" => wish.page = value.parse().unwrap_or(1),
            _ if value.is_empty() => {}
            _ => given.push((name.into_owned(), value.into_owned())),
        }
    }
    let format = match form {
        Form::Liked if wants_page(&headers, &RESULTS) => return question::page(&state, question, &given, &wish).await,
        Form::Liked => None,
        Form::Rdf(format) => Some(format),
        Form::Workbook => return workbook(&state, question, &given).await,
    };
    let asked = table::bound(&state, question, &given).await?;
    let answer = ask(&state, asked).await?;
    send(&state, answer, format, &headers).await
}

async fn workbook(
    state: &Arc<State>,
    question: &'static Question,
    given: &[(String, String)],
) -> Result<Response, Problem> {
    let solutions = table::solutions(state, question, given).await?;
    sheet::send(state, Some(question), solutions, question.name()).await
}

/// A question by its name, perhaps with the ending of a format. Never a file or a text, which a name on the command line may be.
fn open(name: &str) -> Result<(&'static Question, Form), Problem> {
    if let Some(question) = question::find(name) {
        return Ok((question, Form::Liked));
    }
    if let Some((stem, ending)) = name.rsplit_once('.')
        && let Some(question) = question::find(stem)
    {
        return Ok((question, Form::named(ending)?));
    }
    Err(query::Error::unknown_query(name).into())
}
