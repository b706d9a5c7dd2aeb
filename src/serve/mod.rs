//! How do SPARQL clients, browsers and scripts reach the store? Over HTTP.
//!
//! | path | what it answers |
//! | --- | --- |
//! | `/sparql` | SPARQL 1.1 Protocol: queries by GET and POST; without a query, the description of the service |
//! | `/graphs` | SPARQL 1.1 Graph Store HTTP Protocol: `?default`, `?graph=IRI` |
//! | `/q`, `/q/NAME` | the questions of the catalogue, and their answers |
//! | `/id/…`, `/concept/…`, `/resource?iri=…` | what the store says of one thing: a page for people, RDF for machines |
//! | `/.well-known/void` | what is in the store, for catalogues |
//! | `/mcp` | the tools of language models (`crate::agents`) |
//! | `/health`, `/metrics` | whether the server is well, and what it did so far |
//!
//! [`Server::new`] takes a store, [`Server::run`] answers on a socket until it is told to stop.
//!
//! Only this module knows HTTP. Deliberately absent: any way to change what the reports say (with a token, annotations beside them can
//! be written, see `writing.rs`); an answer that is only a part (a limit that
//! is passed is a status of its own, see `problem.rs`); requests of the server to other hosts (SERVICE is refused).

mod access;
mod agents;
mod answers;
mod conditions;
mod description;
mod explorer;
mod graphs;
mod listen;
mod metrics;
mod negotiate;
mod problem;
mod protocol;
mod questions;
mod resource;
mod respond;
mod routes;
mod searching;
mod state;
mod token;
mod void;
mod writing;

use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;

use crate::query::Limits;
use crate::store::{Store, StoreError};

pub use access::{Access, Log};
use state::State;
pub use token::{Token, TokenError};

/// What the server allows.
#[derive(Clone)]
pub struct Settings {
    /// What one query may cost.
    pub limits: Limits,
    /// How many queries run at once; others wait for their turn.
    pub queries: usize,
    /// How long a query waits for its turn before it is refused.
    pub patience: Duration,
    /// How many connections are open at once; others wait to be accepted.
    pub connections: usize,
    /// How long a client may leave a connection without taking or giving anything.
    pub idle: Duration,
    /// Is told each request when it was answered.
    pub log: Option<Log>,
    /// Who says this may write annotations; without it nobody may. The store must then be open for writing.
    pub token: Option<Token>,
    /// Names under which clients reach the server, besides `localhost`: agents are answered under these only.
    pub hosts: Vec<String>,
}

impl Default for Settings {
    /// Half a minute and 200,000 rows a query, two queries at once, 10 s of patience, 4,096 connections, 30 s of idleness.
    fn default() -> Self {
        Self {
            limits: Limits { timeout: Some(Duration::from_secs(30)), max_rows: Some(200_000) },
            queries: 2,
            patience: Duration::from_secs(10),
            connections: 4096,
            idle: Duration::from_secs(30),
            log: None,
            token: None,
            hosts: Vec::new(),
        }
    }
}

/// Whether the scripts of the explorer were built (`make web`) before this program was; without them its pages are whole, and only
/// some comforts are missing.
#[must_use]
pub fn has_scripts() -> bool {
    explorer::assets::has_scripts()
}

/// A store that is answered from.
#[derive(Clone)]
pub struct Server {
    state: Arc<State>,
}

impl Server {
    /// Makes a server of a store.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn new(store: Store, settings: Settings) -> Result<Self, StoreError> {
        Ok(Self { state: Arc::new(State::new(store, settings)?) })
    }

    /// Answers on `listener` until `stop` comes to an end; then no connection is accepted any more, and requests that
    /// are under way are answered, for as long as a query may take.
    ///
    /// # Errors
    /// When the socket fails.
    pub async fn run(self, listener: TcpListener, stop: impl Future<Output = ()> + Send) -> io::Result<()> {
        searching::Searching::start(&self.state);
        let searching = Arc::clone(&self.state);
        let ended = listen::run(self.state, listener, stop).await;
        searching.searching.stop();
        ended
    }
}
