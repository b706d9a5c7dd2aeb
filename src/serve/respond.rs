//! How does an answer go to a client? Whole where it is small, piece by piece where it is large.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_core::Stream;
use serde::Serialize;
use tokio::sync::OwnedSemaphorePermit;
use tokio::task::spawn_blocking;

use super::negotiate::{Offer, best, offers};
use super::problem::Problem;
use super::state::State;
use crate::query::{self, Answer, Bindings, Chunks, Format, Graphs, Limits};

/// A query with all that belongs to it.
pub(super) struct Asked {
    pub(super) text: String,
    pub(super) bindings: Bindings,
    /// Named graphs that the client chose.
    pub(super) graphs: Option<Graphs>,
}

/// Runs a query when its turn has come.
pub(super) async fn ask(state: &Arc<State>, asked: Asked) -> Result<Answer, Problem> {
    ask_within(state, asked, state.settings.limits).await
}

/// Runs a query when its turn has come, within limits of its own.
pub(super) async fn ask_within(state: &Arc<State>, asked: Asked, limits: Limits) -> Result<Answer, Problem> {
    let turn = state.turn().await?;
    let task = {
        let state = Arc::clone(state);
        move || {
            let _turn = turn;
            query::ask(&state.store, &asked.text, &asked.bindings, asked.graphs.as_ref(), Some(&state.plans), limits)
        }
    };
    let broken = |_| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the query broke off");
    Ok(spawn_blocking(task).await.map_err(broken)??)
}

/// A small answer as JSON.
pub(super) fn json(value: &impl Serialize) -> Result<Response, Problem> {
    let failed = |error: serde_json::Error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string());
    let text = serde_json::to_string(value).map_err(failed)?;
    Ok(([(header::CONTENT_TYPE, "application/json; charset=utf-8")], text).into_response())
}

/// The answer in the format that was named, else in the one that the client likes best.
pub(super) async fn send(
    state: &Arc<State>,
    answer: Answer,
    format: Option<Format>,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let offers = offers(&answer);
    let chosen = match format {
        Some(format) => offers.iter().find(|offer| offer.format == format),
        None => best(headers, offers),
    };
    let Some(Offer { label, format, .. }) = chosen else {
        let known: Vec<&str> = offers.iter().map(|offer| offer.media).collect();
        let detail = format!("this answer can be had as {}", known.join(", "));
        return Err(Problem::new(StatusCode::NOT_ACCEPTABLE, detail));
    };
    let mut chunks = query::chunks(answer, *format)?;
    let failed = |error: std::io::Error| Problem::from(query::Error::from(error));
    let first = chunks.next().transpose().map_err(failed)?.unwrap_or_default();
    let second = chunks.next().transpose().map_err(failed)?;
    let body = match second {
        None => Body::from(first),
        Some(second) => {
            let turn = state.turn_to_send().await?;
            let waiting = vec![second.into(), first.into()];
            Body::from_stream(Pieces { waiting, chunks, _turn: turn })
        }
    };
    let mut response = body.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(label));
    Ok(response)
}

/// The pieces of a large answer; each is made when the client has taken the one before.
struct Pieces {
    /// Pieces that are made already, the next one last.
    waiting: Vec<Bytes>,
    chunks: Chunks,
    _turn: OwnedSemaphorePermit,
}

impl Stream for Pieces {
    type Item = std::io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.waiting.pop().map(Ok);
        Poll::Ready(next.or_else(|| self.chunks.next().map(|piece| piece.map(Bytes::from))))
    }
}
