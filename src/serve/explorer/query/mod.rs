//! The SPARQL page: a text, its answer as a table, and the ways to take the answer along. A question of the catalogue or of a
//! page can be opened in it (`/query?name=NAME&param=…`): it then shows a text that asks the same.

mod answer;
mod words;

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{RawQuery, State as Extract};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use minijinja::context;
use serde::Serialize;
use tokio::task::spawn_blocking;

use self::answer::{Mistake, Shown};
use super::question::find;
use super::{sheet, table, view};
use crate::query::{self, Answer, Bindings, Error, Limits, Question, Text, groups};
use crate::serve::negotiate::named;
use crate::serve::problem::Problem;
use crate::serve::respond::{Asked, ask_within, json, send};
use crate::serve::state::State;

pub(super) use words::words;

/// How many rows of an answer a page may show; the first is what it shows unless told otherwise.
const ROWS: [usize; 3] = [100, 500, 2000];

/// What the page is asked for.
#[derive(Default)]
struct Wish {
    query: String,
    /// A question to be shown as a text.
    name: String,
    given: Vec<(String, String)>,
    /// Empty for a page.
    format: String,
    rows: usize,
    seconds: Option<u64>,
}

impl Wish {
    fn read(encoded: &[u8]) -> Self {
        let mut wish = Self { rows: ROWS[0], ..Self::default() };
        for (name, value) in form_urlencoded::parse(encoded) {
            match name.as_ref() {
                "query" => wish.query = value.into_owned(),
                "name" => wish.name = value.into_owned(),
                "format" if value == "html" => {}
                "format" => wish.format = value.into_owned(),
                "rows" => wish.rows = value.parse().unwrap_or(ROWS[0]).clamp(1, ROWS[2]),
                "seconds" => wish.seconds = value.parse().ok(),
                _ if value.is_empty() => {}
                _ => wish.given.push((name.into_owned(), value.into_owned())),
            }
        }
        wish
    }

    /// What the query may cost: no more than the server allows.
    fn limits(&self, most: Limits) -> Limits {
        let wished = self.seconds.map(|seconds| Duration::from_secs(seconds.max(1)));
        let timeout = match (wished, most.timeout) {
            (Some(wished), Some(most)) => Some(wished.min(most)),
            (wished, most) => wished.or(most),
        };
        Limits { timeout, ..most }
    }
}

/// `GET /query`: so that a query has an address.
pub(super) async fn get(Extract(state): Extract<Arc<State>>, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    respond(&state, Wish::read(query.unwrap_or_default().as_bytes())).await
}

/// `POST /query`: for texts that are too long for an address.
pub(super) async fn post(Extract(state): Extract<Arc<State>>, body: Bytes) -> Result<Response, Problem> {
    respond(&state, Wish::read(&body)).await
}

/// `POST /query/check`: where the text is no query, as JSON; `null` where it is one.
pub(super) async fn check(body: Bytes) -> Result<Response, Problem> {
    let text = Wish::read(&body).query;
    let checked = spawn_blocking(move || query::check(&text).err().map(|error| Mistake::new(&text, error)));
    json(&checked.await.map_err(|_| Error::BrokenOff)?)
}

async fn respond(state: &Arc<State>, mut wish: Wish) -> Result<Response, Problem> {
    if wish.query.trim().is_empty() {
        let (text, problem) = text(state, &wish).await?;
        wish.query = text;
        return page(state, &wish, None, problem);
    }
    let asked = Asked { text: wish.query.clone(), bindings: Bindings::default(), graphs: None };
    let limits = wish.limits(state.settings.limits);
    if wish.format.is_empty() {
        let checked = {
            let text = wish.query.clone();
            spawn_blocking(move || query::check(&text))
        };
        if let Err(error) = checked.await.map_err(|_| Error::BrokenOff)? {
            let mistake = Mistake::new(&wish.query, error);
            return page(state, &wish, Some(&Shown::of_mistake(mistake)), None);
        }
        return match ask_within(state, asked, limits).await {
            Ok(answer) => page(state, &wish, Some(&Shown::of(state.store.base(), answer, wish.rows)), None),
            Err(problem) => page(state, &wish, None, Some(problem)),
        };
    }
    file(state, asked, limits, &wish.format).await
}

/// The answer as a file to keep.
async fn file(state: &Arc<State>, asked: Asked, limits: Limits, format: &str) -> Result<Response, Problem> {
    if format.eq_ignore_ascii_case("xlsx") {
        return match ask_within(state, asked, limits).await? {
            Answer::Solutions(solutions) => sheet::send(state, None, Arc::new(solutions), "answer").await,
            _ => Err(Problem::new(StatusCode::NOT_ACCEPTABLE, "only rows can be had as a workbook")),
        };
    }
    let chosen = named(format)?;
    let answer = ask_within(state, asked, limits).await?;
    let mut response = send(state, answer, Some(chosen), &header::HeaderMap::new()).await?;
    let ending = match format {
        "turtle" => "ttl",
        "ntriples" => "nt",
        "rdfxml" => "rdf",
        other => other,
    };
    if let Ok(name) = HeaderValue::from_str(&format!("attachment; filename=\"answer.{ending}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

/// The text that the page opens with, and what kept the values of its parameters out of it.
async fn text(state: &Arc<State>, wish: &Wish) -> Result<(String, Option<Problem>), Problem> {
    if wish.name.is_empty() {
        return Ok((String::new(), None));
    }
    let question = find(&wish.name).ok_or_else(|| Error::unknown_query(&wish.name))?;
    Ok(match table::bound(state, question, &wish.given).await {
        Ok(asked) => (question.filled(&asked.bindings), None),
        Err(problem) => (question.filled(&Bindings::default()), Some(problem)),
    })
}

fn page(state: &Arc<State>, wish: &Wish, shown: Option<&Shown>, problem: Option<Problem>) -> Result<Response, Problem> {
    let most = state.settings.limits.timeout.map_or(3600, |most| most.as_secs());
    let question = find(&wish.name);
    let context = context! {
        query => wish.query.as_str(),
        question => question.map(|question| context! { name => wish.name.as_str(), title => view::value(&question.title()) }),
        rows => wish.rows,
        choices => ROWS.to_vec(),
        seconds => wish.seconds.unwrap_or(most).min(most),
        most,
        shown => shown.map(view::value),
        problem => problem.as_ref().map(Problem::detail),
        groups => view::value(&catalogue()),
    };
    let page = view::page("query.html", "query", &context)?;
    let status = match (problem, shown) {
        (Some(problem), _) => problem.status(),
        (None, Some(shown)) if shown.is_mistake() => StatusCode::BAD_REQUEST,
        _ => StatusCode::OK,
    };
    Ok((status, page).into_response())
}

/// A question to begin with.
#[derive(Serialize)]
struct Listed {
    title: Text,
    /// The page with the question as a text; what it needs has the value of the example.
    href: String,
}

#[derive(Serialize)]
struct Listing {
    title: Text,
    questions: Vec<Listed>,
}

/// The catalogue, each question once.
fn catalogue() -> Vec<Listing> {
    let mut told: Vec<&str> = Vec::new();
    let mut listings = Vec::new();
    for group in groups() {
        let mut questions = Vec::new();
        for name in group.questions.iter().flat_map(|question| &question.answers).filter_map(|way| way.query()) {
            if let Some(question) = find(name).filter(|_| !told.contains(&name)) {
                told.push(name);
                questions.extend(listed(question));
            }
        }
        if !questions.is_empty() {
            listings.push(Listing { title: group.title.clone(), questions });
        }
    }
    listings
}

fn listed(question: &Question) -> Option<Listed> {
    let parameters = question.parameters().unwrap_or_default().iter().filter(|parameter| parameter.required);
    let examples = parameters.filter_map(|parameter| Some((parameter.name.as_str(), parameter.example.as_deref()?)));
    let href = super::link::with_parameters("/query", [("name", question.name())].into_iter().chain(examples));
    Some(Listed { title: question.title()?.clone(), href })
}
