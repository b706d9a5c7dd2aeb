//! How do annotations get into the store? By SPARQL Update at `/sparql`, and by the Graph Store Protocol at `/graphs`, both only
//! with the token (`token.rs`). What may be changed is decided by the store (`Store::annotate`).

use std::sync::Arc;

use axum::body::{Bytes, to_bytes};
use axum::extract::{RawQuery, Request, State as Extract};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedNode, Quad};
use tokio::task::spawn_blocking;

use super::problem::Problem;
use super::protocol::media;
use super::state::State;
use super::token::authorize;
use crate::query::{self, Graphs};
use crate::store::{Annotating, Changes, StoreError};

/// Bytes of a graph that is sent, at most.
const LONGEST_GRAPH: usize = 16 << 20;

/// Carries out a SPARQL Update.
pub(super) async fn update(
    state: &Arc<State>,
    text: String,
    using: Graphs,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    authorize(state, headers)?;
    let using = (!using.is_empty()).then_some(using);
    let limits = state.settings.limits;
    let changes =
        write(state, move |state| query::update(&state.store, &text, using.as_ref(), limits).map_err(Problem::from))
            .await?;
    Ok(told(StatusCode::OK, changes))
}

/// `PUT /graphs?graph=IRI`: the graph is what is sent, and nothing else.
pub(super) async fn put(
    Extract(state): Extract<Arc<State>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Problem> {
    take(&state, query, &headers, request, true).await
}

/// `POST /graphs?graph=IRI`: what is sent is added to the graph.
pub(super) async fn post(
    Extract(state): Extract<Arc<State>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Problem> {
    take(&state, query, &headers, request, false).await
}

/// `DELETE /graphs?graph=IRI`.
pub(super) async fn delete(
    Extract(state): Extract<Arc<State>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    authorize(&state, &headers)?;
    let graph = named(query)?;
    let (was, changes) = change(&state, move |annotating| annotating.drop_graph(graph.as_ref())).await?;
    if was {
        Ok(told(StatusCode::OK, changes))
    } else {
        Err(Problem::missing("there is no such graph; `/graphs` lists them"))
    }
}

async fn take(
    state: &Arc<State>,
    query: Option<String>,
    headers: &HeaderMap,
    request: Request,
    replace: bool,
) -> Result<Response, Problem> {
    // Before the body is read: whoever may not write need not be listened to.
    authorize(state, headers)?;
    let graph = named(query)?;
    let format = format(headers)?;
    let body = to_bytes(request.into_body(), LONGEST_GRAPH).await.map_err(|_| {
        let detail = format!("a graph has {LONGEST_GRAPH} bytes at most; send it in parts with POST");
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail)
    })?;
    let most = state.settings.limits.max_rows.unwrap_or(usize::MAX);
    let quads = {
        let graph = graph.clone();
        spawn_blocking(move || parse(&body, format, &graph, most)).await.map_err(|_| broken())??
    };
    let (is_new, changes) = change(state, move |annotating| {
        let is_new = annotating.create(graph.as_ref())?;
        if replace {
            annotating.clear(graph.as_ref())?;
        }
        quads.iter().try_for_each(|quad| annotating.insert(quad))?;
        Ok(is_new)
    })
    .await?;
    Ok(told(if is_new { StatusCode::CREATED } else { StatusCode::OK }, changes))
}

fn named(query: Option<String>) -> Result<NamedNode, Problem> {
    let query = query.unwrap_or_default();
    let mut graphs = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name == "graph" || name == "default");
    match (graphs.next(), graphs.next()) {
        (Some((name, iri)), None) if name == "graph" => NamedNode::new(iri.as_ref())
            .map_err(|error| Problem::bad(format!("`{iri}` is not the IRI of a graph: {error}"))),
        (Some((name, _)), None) if name == "default" => Err(Problem::new(
            StatusCode::FORBIDDEN,
            "the default graph is what the reports say, and stays so; name a graph of your own: ?graph=IRI",
        )),
        _ => Err(Problem::bad("name one graph of your own: ?graph=IRI")),
    }
}

fn format(headers: &HeaderMap) -> Result<RdfFormat, Problem> {
    match media(headers).as_str() {
        "text/turtle" | "application/x-turtle" => Ok(RdfFormat::Turtle),
        "application/n-triples" => Ok(RdfFormat::NTriples),
        "application/rdf+xml" => Ok(RdfFormat::RdfXml),
        other => Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            format!("a graph comes as text/turtle, application/n-triples or application/rdf+xml, not as `{other}`"),
        )),
    }
}

fn parse(body: &Bytes, format: RdfFormat, graph: &NamedNode, most: usize) -> Result<Vec<Quad>, Problem> {
    let parser = RdfParser::from_format(format)
        .without_named_graphs()
        .with_default_graph(graph.clone())
        .rename_blank_nodes()
        .with_base_iri(graph.as_str())
        .map_err(|error| Problem::bad(error.to_string()))?;
    let mut quads = Vec::new();
    for quad in parser.for_slice(body) {
        quads.push(quad.map_err(|error| Problem::bad(format!("the graph cannot be read: {error}")))?);
        if quads.len() > most {
            return Err(StoreError::TooManyStatements { most }.into());
        }
    }
    Ok(quads)
}

/// Changes annotations when the turn has come.
async fn change<T: Send + 'static>(
    state: &Arc<State>,
    change: impl FnOnce(&mut Annotating<'_>) -> Result<T, StoreError> + Send + 'static,
) -> Result<(T, Changes), Problem> {
    let most = state.settings.limits.max_rows.unwrap_or(usize::MAX);
    write(state, move |state| Ok(state.store.annotate(most, change)?)).await
}

/// One change after another, each on a thread that may wait.
async fn write<T: Send + 'static>(
    state: &Arc<State>,
    task: impl FnOnce(&State) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let turn = state.turn_to_write().await?;
    let state = Arc::clone(state);
    let work = move || {
        let _turn = turn;
        let outcome = task(&state);
        // Even a change that failed at its very end may be seen.
        state.changed();
        outcome
    };
    spawn_blocking(work).await.map_err(|_| broken())?
}

fn broken() -> Problem {
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the change broke off; nothing was changed")
}

fn told(status: StatusCode, changes: Changes) -> Response {
    let body = serde_json::json!({ "inserted": changes.inserted, "removed": changes.removed });
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, format!("{body}\n")).into_response()
}
