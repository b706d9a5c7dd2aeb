//! SPARQL 1.1 Graph Store HTTP Protocol, for reading: `/graphs?default` is everything, `/graphs?graph=IRI` what one report or
//! registry says, `/graphs` the list of these.

use std::io::{self, Write};
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{RawQuery, State as Extract};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use oxigraph::model::{NamedNode, Triple};
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

use super::negotiate::{GRAPHS, Offer, best, named};
use super::problem::Problem;
use super::respond::send;
use super::state::State;
use crate::export::{self, Writer};
use crate::query::{Answer, Format};
use crate::vocab::PREFIXES;

enum Which {
    All,
    One(NamedNode),
    List,
}

/// Reads a graph.
pub(super) async fn get(
    Extract(state): Extract<Arc<State>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (which, format) = read(&query.unwrap_or_default())?;
    match which {
        Which::All => whole(&state, format, &headers).await,
        Which::One(graph) => {
            let triples = one(&state, graph).await?;
            send(&state, Answer::Graph(triples), format, &headers).await
        }
        Which::List => {
            let list = {
                let state = Arc::clone(&state);
                spawn_blocking(move || state.store.graphs()).await.map_err(|_| broken())??
            };
            let mut body: String = list.iter().flat_map(|graph| [graph.as_str(), "\n"]).collect();
            if body.is_empty() {
                body.push('\n');
            }
            Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], body).into_response())
        }
    }
}

fn read(query: &str) -> Result<(Which, Option<Format>), Problem> {
    let mut which = Which::List;
    let mut format = None;
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let chosen = match name.as_ref() {
            "default" => Which::All,
            "graph" => {
                let iri = NamedNode::new(value.as_ref());
                Which::One(iri.map_err(|error| Problem::bad(format!("`{value}` is not the IRI of a graph: {error}")))?)
            }
            "format" => {
                format = Some(named(&value)?);
                continue;
            }
            _ => continue,
        };
        if !matches!(which, Which::List) {
            return Err(Problem::bad("name one graph: `default` or `graph=IRI`"));
        }
        which = chosen;
    }
    Ok((which, format))
}

/// What one report or registry says.
pub(super) async fn one(state: &Arc<State>, graph: NamedNode) -> Result<Vec<Triple>, Problem> {
    let state = Arc::clone(state);
    let task = move || -> Result<Vec<Triple>, Problem> {
        Ok(state.store.graph(graph.as_ref())?.into_iter().map(Triple::from).collect())
    };
    spawn_blocking(task).await.map_err(|_| broken())?
}

fn broken() -> Problem {
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "reading the graph broke off")
}

/// Everything, as it is read from the store. The status is said before the end is known, so trouble on the way breaks the
/// connection: what was received can then not be taken for the whole.
async fn whole(state: &Arc<State>, format: Option<Format>, headers: &HeaderMap) -> Result<Response, Problem> {
    let offer = match format {
        Some(format) => GRAPHS.iter().find(|offer| offer.format == format),
        None => best(headers, &GRAPHS),
    };
    let Some(Offer { label, format, .. }) = offer else {
        return Err(Problem::new(
            StatusCode::NOT_ACCEPTABLE,
            "a graph can be had as Turtle, N-Triples, RDF/XML and JSON-LD",
        ));
    };
    let format = match format {
        Format::NTriples => export::Format::NTriples,
        Format::RdfXml => export::Format::RdfXml,
        Format::JsonLd => export::Format::JsonLd,
        _ => export::Format::Turtle,
    };
    let turn = state.turn_to_send().await?;
    let (sender, receiver) = mpsc::channel(4);
    let state = Arc::clone(state);
    spawn_blocking(move || {
        let _turn = turn;
        let out = Channel { sender: sender.clone(), buffer: Vec::with_capacity(PIECE) };
        let written = Writer::new(format, PREFIXES, out).and_then(|mut writer| {
            state.store.statements::<export::ExportError>(|quad| writer.write(quad))?;
            writer.finish()
        });
        if let Err(error) = written {
            // Whoever has gone away needs no error.
            let _ = sender.blocking_send(Err(io::Error::other(error.to_string())));
        }
    });
    let mut response = Body::from_stream(Received(receiver)).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(label));
    Ok(response)
}

const PIECE: usize = 64 << 10;

/// Hands what is written to a client, as fast as it takes it.
struct Channel {
    sender: mpsc::Sender<io::Result<Bytes>>,
    buffer: Vec<u8>,
}

impl Write for Channel {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.buffer, Vec::with_capacity(PIECE));
        let gone = |_| io::Error::new(io::ErrorKind::BrokenPipe, "the client has gone");
        self.sender.blocking_send(Ok(piece.into())).map_err(gone)
    }
}

struct Received(mpsc::Receiver<io::Result<Bytes>>);

impl futures_core::Stream for Received {
    type Item = io::Result<Bytes>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}
