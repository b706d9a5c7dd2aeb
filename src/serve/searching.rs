//! Is there an index to search? It is opened, or made in the background, while the server answers all else.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::http::StatusCode;
use tokio::sync::Notify;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::problem::Problem;
use super::state::State;
use crate::search::{Found, Index, Wanted};

/// How long a reader waits for an index that is being made; small stores are done by then.
const PATIENCE: Duration = Duration::from_secs(4);

/// The index of the store that is served.
#[derive(Default)]
pub(super) struct Searching {
    /// The index, or why there is none.
    index: OnceLock<Result<Index, String>>,
    done: Notify,
    stop: AtomicBool,
}

impl Searching {
    /// Begins to open or make the index.
    pub(super) fn start(state: &Arc<State>) {
        let state = Arc::clone(state);
        spawn_blocking(move || {
            let index = match Index::open(&state.store) {
                Ok(Some(index)) => Ok(index),
                Ok(None) => Index::make(&state.store, &state.searching.stop),
                Err(error) => Err(error),
            };
            // It is set once, here.
            let _ = state.searching.index.set(index.map_err(|error| error.to_string()));
            state.searching.done.notify_waiters();
        });
    }

    /// Gives up an index that is still being made.
    pub(super) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Waits a little for the index; `false` while it is being made.
    pub(super) async fn is_ready(&self) -> bool {
        let done = self.done.notified();
        self.index.get().is_some() || timeout(PATIENCE, done).await.is_ok()
    }
}

/// Searches when its turn has come.
pub(super) async fn search(state: &Arc<State>, wanted: Wanted) -> Result<Found, Problem> {
    if !state.searching.is_ready().await {
        let problem = Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "the search index of this store is being made; come again in a few seconds",
        );
        return Err(problem.come_again(PATIENCE));
    }
    let turn = state.turn().await?;
    let state = Arc::clone(state);
    let failed = |message: String| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, message);
    let task = move || {
        let _turn = turn;
        match state.searching.index.get() {
            Some(Ok(index)) => index.ask(&state.store, &wanted).map_err(|error| failed(error.to_string())),
            Some(Err(message)) => Err(failed(format!("there is no search index: {message}"))),
            None => Err(failed("there is no search index".to_owned())),
        }
    };
    spawn_blocking(task).await.map_err(|_| failed("the search broke off".to_owned()))?
}
