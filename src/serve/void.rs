//! What is in the store, for catalogues and for programs that look for their way about? VoID and DCAT at `/.well-known/void`.

use std::sync::Arc;

use axum::extract::{RawQuery, State as Extract};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use oxigraph::model::{NamedNode, Triple};
use tokio::task::spawn_blocking;

use super::description::address;
use super::negotiate::named;
use super::problem::Problem;
use super::respond::send;
use super::state::State;
use crate::describe::{Base, Dataset};
use crate::export::{Publication, count, published};
use crate::query::Answer;

/// The description, in a format of RDF.
pub(super) async fn void(
    Extract(state): Extract<Arc<State>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let query = query.unwrap_or_default();
    let format = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "format");
    let format = format.map(|(_, value)| named(&value)).transpose()?;
    let counted = census(&state).await?;
    let publication = Publication { service: NamedNode::new(address(&headers)).ok(), ..Publication::default() };
    let failed = |error: &dyn std::fmt::Display| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string());
    let base = Base::new(state.store.base()).map_err(|error| failed(&error))?;
    let quads = published(&counted, &publication, &base).map_err(|error| failed(&error))?;
    let triples = quads.into_iter().map(Triple::from).collect();
    send(&state, Answer::Graph(triples), format, &headers).await
}

/// What is counted of the store: every statement is read once, and again only when the store has changed.
async fn census(state: &Arc<State>) -> Result<Arc<Dataset>, Problem> {
    if let Some(known) = state.census.get() {
        return Ok(known);
    }
    let turn = state.turn().await?;
    let state = Arc::clone(state);
    let work = move || {
        let _turn = turn;
        // Whoever waited behind the one that counted need not count again.
        if let Some(known) = state.census.get() {
            return Ok(known);
        }
        let counted = count(&state.store);
        let counted = counted.map_err(|error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?;
        Ok(state.census.keep(counted))
    };
    let broken = |_| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "counting the store broke off");
    spawn_blocking(work).await.map_err(broken)?
}

/// What was counted. Annotations are not part of it, so that it holds as long as the server runs.
#[derive(Default)]
pub(super) struct Census(std::sync::OnceLock<Arc<Dataset>>);

impl Census {
    fn get(&self) -> Option<Arc<Dataset>> {
        self.0.get().cloned()
    }

    fn keep(&self, counted: Dataset) -> Arc<Dataset> {
        Arc::clone(self.0.get_or_init(|| Arc::new(counted)))
    }
}
