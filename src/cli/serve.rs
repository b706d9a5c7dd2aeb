//! `fazhi serve`: the store over HTTP.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use super::Place;
use super::exit::{Exit, Outcome};
use super::output::say;
use crate::query::Limits;
use crate::serve::{Access, Server, Settings, Token, has_scripts};
use crate::store::Store;

/// Answer SPARQL clients, browsers and scripts over HTTP
///
/// /sparql is a SPARQL 1.1 endpoint, /q/NAME answers the questions of the catalogue, /graphs gives the graphs of single reports,
/// /id/... tells of one thing, /mcp answers language models. The store is only read; `fazhi build` waits until the server has ended.
///
/// With --token-file, whoever sends the token may put statements of their own beside the reports (docs/serve.md); then no other command
/// can use the store meanwhile.
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
    /// File with the secret that lets a client write annotations: SPARQL Update, PUT, POST and DELETE of graphs
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// Name under which clients reach the server, beside localhost; agents (/mcp) are answered under these only. May be given several
    /// times
    #[arg(long = "host", value_name = "NAME")]
    hosts: Vec<String>,
    /// Do not tell each request
    #[arg(short, long)]
    quiet: bool,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let token = arguments.token_file.as_deref().map(token).transpose()?;
    // Whoever writes has the store alone.
    let path = &arguments.place.store;
    let store = if token.is_some() { Store::open_existing(path)? } else { Store::read(path)? };
    let mut hosts = arguments.hosts.clone();
    if !arguments.bind.ip().is_unspecified() {
        hosts.push(arguments.bind.ip().to_string());
    }
    let processors = std::thread::available_parallelism().map_or(2, usize::from);
    let settings = Settings {
        limits: Limits { timeout: Some(Duration::from_secs(arguments.timeout)), max_rows: Some(arguments.max_rows) },
        queries: if arguments.queries == 0 { processors } else { arguments.queries },
        log: (!arguments.quiet).then(|| Arc::new(|access: &Access| say(&access.to_string())) as _),
        token,
        hosts,
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

/// The token in a file.
fn token(path: &Path) -> Result<Token, Box<dyn std::error::Error + Send + Sync>> {
    let named = |error: &dyn std::fmt::Display| format!("cannot take the token of {}: {error}", path.display());
    let text = std::fs::read_to_string(path).map_err(|error| named(&error))?;
    Ok(Token::new(&text).map_err(|error| named(&error))?)
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
