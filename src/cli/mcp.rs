//! `fazhi mcp`: tools for a language model, over standard input and output.

use std::io::IsTerminal as _;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use rmcp::ServiceExt as _;
use rmcp::service::ServerInitializeError;
use rmcp::transport::stdio;
use tokio::runtime::Runtime;
use tokio::sync::Semaphore;

use super::Place;
use super::exit::{Exit, Outcome};
use super::output::say;
use crate::agents::{Agent, Settings};
use crate::query::Limits;
use crate::store::Store;

/// Let a language model ask the store (Model Context Protocol)
///
/// Speaks the protocol over standard input and output, as desktop agents start their tools; nothing else is printed there. The
/// store is only read. `docs/mcp.md` tells how to connect a client; `fazhi serve` offers the same tools over HTTP at /mcp.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// Seconds that a query may take
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..))]
    timeout: u64,
    /// Rows that an answer may have before it is cut into pages
    #[arg(long, value_name = "N", default_value_t = 50_000)]
    max_rows: usize,
}

/// A model asks one thing after another; a few at once are possible.
const TURNS: usize = 4;

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let store = Arc::new(Store::read(&arguments.place.store)?);
    let timeout = Duration::from_secs(arguments.timeout);
    let settings = Settings {
        limits: Limits { timeout: Some(timeout), max_rows: Some(arguments.max_rows) },
        turns: Arc::new(Semaphore::new(TURNS)),
        patience: timeout,
    };
    if std::io::stdin().is_terminal() {
        say("waiting for a client of the Model Context Protocol on standard input; see docs/mcp.md. Ctrl-C to end");
    }
    let runtime = Runtime::new()?;
    let outcome = runtime.block_on(async {
        match Agent::new(store, settings).serve(stdio()).await {
            Ok(running) => {
                running.waiting().await?;
                Ok(Exit::Done)
            }
            // Whoever only looks whether the program starts says nothing and closes.
            Err(ServerInitializeError::ConnectionClosed(_)) => Ok(Exit::Done),
            Err(error) => Err(error.into()),
        }
    });
    // A thread may still wait for standard input.
    runtime.shutdown_background();
    outcome
}
