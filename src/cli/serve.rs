//! `fazhi serve`: the store over HTTP.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use super::Place;
use super::exit::{Exit, Outcome};
use super::output::say;
use crate::query::Limits;
use crate::serve::{Access, Server, Settings, has_scripts};
use crate::store::Store;

/// Answer SPARQL clients, browsers and scripts over HTTP
///
/// /sparql is a SPARQL 1.1 endpoint, /q/NAME answers the questions of the catalogue, /graphs gives the graphs of single reports,
/// /id/... tells of one thing. The store is only read; `fazhi build` waits until the server has ended.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// Address and port to answer on; 0.0.0.0:7878 is open to other machines
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7878")]
    bind: SocketAddr,
    /// Seconds that a query may take
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..))]
    timeout: u64,
    /// Rows that an answer may have
    #[arg(long, value_name = "N", default_value_t = 200_000)]
    max_rows: usize,
    /// Queries that run at once; 0 is one a processor
    #[arg(long, value_name = "N", default_value_t = 0)]
    queries: usize,
    /// Do not tell each request
    #[arg(short, long)]
    quiet: bool,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let store = Store::read(&arguments.place.store)?;
    let processors = std::thread::available_parallelism().map_or(2, usize::from);
    let settings = Settings {
        limits: Limits { timeout: Some(Duration::from_secs(arguments.timeout)), max_rows: Some(arguments.max_rows) },
        queries: if arguments.queries == 0 { processors } else { arguments.queries },
        log: (!arguments.quiet).then(|| Arc::new(|access: &Access| say(&access.to_string())) as _),
        ..Settings::default()
    };
    let server = Server::new(store, settings)?;
    Runtime::new()?.block_on(async {
        let listener = TcpListener::bind(arguments.bind)
            .await
            .map_err(|error| format!("cannot answer on {}: {error}; choose another with --bind", arguments.bind))?;
        say(&format!("answering on http://{}/ (SPARQL at /sparql); Ctrl-C to end", listener.local_addr()?));
        if !has_scripts() {
            say("the explorer has no scripts in this program: pages are whole, sorting and the editor are missing; \
                 `make web` (Node.js 18) before building adds them");
        }
        server.run(listener, told_to_stop()).await?;
        Ok(Exit::Done)
    })
}

/// Comes to an end with Ctrl-C, or when the process is asked to end.
async fn told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => return,
                _ = tokio::signal::ctrl_c() => return,
            }
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
