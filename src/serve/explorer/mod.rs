//! What does a reader see? The explorer: pages that the server writes, whole without scripts.
//!
//! A page is made of tables, each the answer of a question ([`table::Table`]), of what is particular to it, and of a template in
//! `web/pages`. The questions of pages stand in `queries/pages`, with the same header as those of the catalogue; so every table
//! can be had alone, sorted, in other formats and as a query ([`question`]).

mod across;
pub(super) mod assets;
mod concepts;
mod cut;
mod documents;
mod figures;
mod findings;
mod home;
mod lines;
mod link;
mod map;
mod names;
mod network;
mod place;
mod plot;
mod query;
pub(super) mod question;
pub(super) mod questions;
mod region;
mod regions;
mod report;
mod rows;
mod search;
mod series;
mod sides;
pub(super) mod sheet;
pub(super) mod table;
mod thing;
pub(super) mod view;

pub(super) use network::Networks;

use std::sync::Arc;

use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use minijinja::context;
use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use tokio::task::spawn_blocking;

use super::problem::{Problem, Told};
use super::state::State;
use crate::query::Error;
use crate::vocab::{CONCEPTS, class};

/// The addresses of pages that tell of no single thing; those of things are at [`super::resource`].
pub(super) fn router() -> Router<Arc<State>> {
    Router::new()
        .route("/bodies", get(across::bodies))
        .route("/fields", get(across::fields))
        .route("/", get(home::page))
        .route("/search", get(search::page))
        .route("/regions", get(regions::page))
        .route("/regions/alike", get(region::alike))
        .route("/compare", get(sides::page))
        .route("/documents", get(documents::page))
        .route("/chain", get(documents::chain))
        .route("/findings", get(findings::page))
        .route("/finding", get(findings::one))
        .route("/sheet", get(findings::sheet))
        .route("/figures", get(figures::page))
        .route("/figures.csv", get(figures::csv))
        .route("/figures.xlsx", get(figures::xlsx))
        .route("/network", get(network::page))
        .route("/network/{name}", get(network::whole))
        .route("/names", get(names::like))
        .route("/query", get(query::get).post(query::post))
        .route("/query/check", post(query::check))
        .route("/query/words", get(query::words))
}

/// The page about one thing, by what kind of thing it is; `query` is that of the address.
pub(super) async fn thing(state: &Arc<State>, thing: &NamedNode, query: &str) -> Result<Response, Problem> {
    let classes = {
        let (state, thing) = (Arc::clone(state), thing.clone());
        spawn_blocking(move || state.store.values(thing.as_ref(), rdf::TYPE)).await
    };
    let classes = classes.map_err(|_| Error::BrokenOff)??;
    let is = |class: NamedNodeRef<'_>| {
        classes.iter().any(|known| matches!(known, Term::NamedNode(known) if *known == class))
    };
    if is(class::REGION) {
        return region::page(state, thing).await;
    }
    if is(class::REPORT) {
        return report::page(state, thing, query).await;
    }
    if is(class::DOCUMENT) {
        return documents::thing(state, thing, query).await;
    }
    if is(class::FINDING) {
        return findings::thing(state, thing).await;
    }
    if PARTS.into_iter().any(is)
        && let Some(page) = report::fact(state, thing)
    {
        return Ok(page);
    }
    if is(class::BODY) {
        return across::body(state, thing, query).await;
    }
    if thing.as_str().starts_with(CONCEPTS) {
        return across::concept(state, thing, query).await;
    }
    thing::page(state, thing).await
}

/// What is told of on the page of its report.
const PARTS: [NamedNodeRef<'static>; 6] =
    [class::MEASURE, class::PROBLEM, class::PLAN, class::CITATION, class::BODY_MENTION, class::FIGURE];

/// A problem as a page: the status and the headers stay.
pub(super) fn problem(told: &Told) -> Option<Response> {
    let title = told.status.canonical_reason().unwrap_or("Error");
    let context = context! { title, status => told.status.as_u16(), detail => &*told.detail };
    let page = view::page("problem.html", "", &context).ok()?;
    Some((told.status, page).into_response())
}
