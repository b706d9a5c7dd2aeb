//! What does a reader see? The explorer: pages that the server writes, whole without scripts.
//!
//! A page is made of tables, each the answer of a question ([`table::Table`]), of what is particular to it, and of a template in
//! `web/pages`. The questions of pages stand in `queries/pages`, with the same header as those of the catalogue; so every table
//! can be had alone, sorted, in other formats and as a query ([`question`]).

pub(super) mod assets;
mod link;
mod names;
mod query;
pub(super) mod question;
pub(super) mod questions;
pub(super) mod sheet;
pub(super) mod table;
mod thing;
pub(super) mod view;

use std::sync::Arc;

use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use minijinja::context;
use oxigraph::model::NamedNode;

use super::problem::{Problem, Told};
use super::state::State;

/// The addresses of pages that tell of no single thing; those of things are at [`super::resource`].
pub(super) fn router() -> Router<Arc<State>> {
    Router::new()
        .route("/", get(async || Redirect::temporary("/q")))
        .route("/names", get(names::like))
        .route("/query", get(query::get).post(query::post))
        .route("/query/check", post(query::check))
        .route("/query/words", get(query::words))
}

/// The page about one thing, by what kind of thing it is.
pub(super) async fn thing(state: &Arc<State>, thing: &NamedNode) -> Result<Response, Problem> {
    thing::page(state, thing).await
}

/// A problem as a page: the status and the headers stay.
pub(super) fn problem(told: &Told) -> Option<Response> {
    let title = told.status.canonical_reason().unwrap_or("Error");
    let context = context! { title, status => told.status.as_u16(), detail => &*told.detail };
    let page = view::page("problem.html", "", &context).ok()?;
    Some((told.status, page).into_response())
}
