//! SPARQL 1.1 Protocol (<https://www.w3.org/TR/sparql11-protocol/>): the query operation, and with a token the update operation.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State as Extract};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use oxigraph::model::NamedNode;

use super::description;
use super::negotiate::named;
use super::problem::Problem;
use super::respond::{Asked, ask, send};
use super::state::State;
use super::writing;
use crate::query::{Bindings, Format, Graphs};

/// What a request asks for.
#[derive(Default)]
struct Operation {
    query: Option<String>,
    update: Option<String>,
    graphs: Graphs,
    using: Graphs,
    format: Option<Format>,
}

impl Operation {
    /// Adds what a query string, or a body of the same form, says. Parameters that the protocol does not have are left to
    /// those who sent them.
    fn read(&mut self, encoded: &[u8]) -> Result<(), Problem> {
        for (name, value) in form_urlencoded::parse(encoded) {
            match name.as_ref() {
                "query" if self.query.is_some() => {
                    return Err(Problem::bad("there are several queries in the request; send one"));
                }
                "query" => self.query = Some(value.into_owned()),
                "update" if self.update.is_some() => {
                    return Err(Problem::bad(
                        "there are several updates in the request; send one, with `;` between its operations",
                    ));
                }
                "update" => self.update = Some(value.into_owned()),
                "using-graph-uri" => self.using.default.push(graph(&value)?),
                "using-named-graph-uri" => self.using.named.push(graph(&value)?),
                "default-graph-uri" => self.graphs.default.push(graph(&value)?),
                "named-graph-uri" => self.graphs.named.push(graph(&value)?),
                // The protocol does not have this one; clients send all sorts of values, and the header says the same.
                "format" => self.format = named(&value).ok().filter(|format| *format != Format::Table),
                _ => {}
            }
        }
        Ok(())
    }
}

fn graph(iri: &str) -> Result<NamedNode, Problem> {
    NamedNode::new(iri).map_err(|error| Problem::bad(format!("`{iri}` is not the IRI of a graph: {error}")))
}

/// `GET /sparql?query=…`; without a query, what the service is.
pub(super) async fn get(
    Extract(state): Extract<Arc<State>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let mut operation = Operation::default();
    operation.read(query.unwrap_or_default().as_bytes())?;
    if operation.update.is_some() {
        return Err(Problem::new(StatusCode::METHOD_NOT_ALLOWED, "an update is sent by POST"));
    }
    if operation.query.is_none() && operation.graphs.is_empty() {
        return description::service(&state, operation.format, &headers).await;
    }
    answer(&state, operation, &headers).await
}

/// `POST /sparql`, the query or update in a form or as the body itself.
pub(super) async fn post(
    Extract(state): Extract<Arc<State>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let mut operation = Operation::default();
    match media(&headers).as_str() {
        "application/x-www-form-urlencoded" => {
            // The address may not carry the protocol's parameters here.
            operation.read(&body)?;
        }
        "application/sparql-query" => {
            operation.read(query.unwrap_or_default().as_bytes())?;
            if operation.query.is_some() {
                return Err(Problem::bad("there is a query in the address and one in the body; send one"));
            }
            let text = String::from_utf8(body.into());
            operation.query = Some(text.map_err(|_| Problem::bad("the query is not UTF-8"))?);
        }
        "application/sparql-update" => {
            operation.read(query.unwrap_or_default().as_bytes())?;
            let text = String::from_utf8(body.into());
            operation.update = Some(text.map_err(|_| Problem::bad("the update is not UTF-8"))?);
        }
        other => {
            let detail = format!(
                "a query comes as application/sparql-query or in a form (application/x-www-form-urlencoded), not as `{other}`"
            );
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
        }
    }
    match operation.update.take() {
        Some(_) if operation.query.is_some() => {
            Err(Problem::bad("there is a query and an update in the request; send one"))
        }
        Some(update) => writing::update(&state, update, operation.using, &headers).await,
        None => answer(&state, operation, &headers).await,
    }
}

/// The media type of the body, without its parameters.
pub(super) fn media(headers: &HeaderMap) -> String {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

async fn answer(state: &Arc<State>, operation: Operation, headers: &HeaderMap) -> Result<Response, Problem> {
    let Operation { query, graphs, format, .. } = operation;
    let text =
        query.ok_or_else(|| Problem::bad("there is no query in the request; send it as the parameter `query`"))?;
    let graphs = (!graphs.is_empty()).then_some(graphs);
    let answer = ask(state, Asked { text, bindings: Bindings::default(), graphs }).await?;
    send(state, answer, format, headers).await
}
