//! What do all requests share? The store, its limits, and the turns that are taken.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::http::StatusCode;
use tokio::sync::{Mutex, OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::Settings;
use super::answers::Answers;
use super::explorer::Networks;
use super::metrics::Metrics;
use super::problem::Problem;
use super::searching::Searching;
use super::void::Census;
use crate::query::{Names, Plans};
use crate::store::{Store, StoreError};

/// How many large answers may be on their way to clients at once: each is held in memory until it was taken.
const LARGE_ANSWERS: usize = 16;

pub(super) struct State {
    pub(super) store: Arc<Store>,
    pub(super) settings: Settings,
    pub(super) metrics: Metrics,
    pub(super) answers: Answers,
    /// Plans of queries: nothing that a server does changes what the reports say.
    pub(super) plans: Arc<Plans>,
    pub(super) networks: Networks,
    pub(super) searching: Searching,
    /// What things are called, once it was asked for, with the version of the store of which it was read.
    pub(super) names: Mutex<Option<(String, Arc<Names>)>>,
    /// What the description of the data set was counted from.
    pub(super) census: Census,
    /// The turns of queries.
    pub(super) queries: Arc<Semaphore>,
    large_answers: Arc<Semaphore>,
    writing: Arc<Semaphore>,
    /// The state of the store when the server began, and how often it was changed since.
    began: String,
    changes: AtomicU64,
}

impl State {
    pub(super) fn new(store: Store, settings: Settings) -> Result<Self, StoreError> {
        let began = store.state()?;
        let queries = Arc::new(Semaphore::new(settings.queries.max(1)));
        let large_answers = Arc::new(Semaphore::new(LARGE_ANSWERS));
        Ok(Self {
            store: Arc::new(store),
            settings,
            metrics: Metrics::default(),
            answers: Answers::default(),
            plans: Arc::default(),
            networks: Networks::default(),
            searching: Searching::default(),
            names: Mutex::default(),
            census: Census::default(),
            queries,
            large_answers,
            writing: Arc::new(Semaphore::new(1)),
            began,
            changes: AtomicU64::new(0),
        })
    }

    /// Another text after every change of the store: nobody but this server changes it while it runs.
    pub(super) fn version(&self) -> String {
        format!("{} {}", self.began, self.changes.load(Ordering::Acquire))
    }

    /// Is told that the store was changed.
    pub(super) fn changed(&self) {
        self.changes.fetch_add(1, Ordering::AcqRel);
    }

    /// Waits for the turn to change the store: one change after another.
    pub(super) async fn turn_to_write(&self) -> Result<OwnedSemaphorePermit, Problem> {
        self.wait(&self.writing, "changes are waiting").await
    }

    /// Waits for the turn of a query.
    pub(super) async fn turn(&self) -> Result<OwnedSemaphorePermit, Problem> {
        self.wait(&self.queries, "queries are running").await
    }

    /// Waits until one more large answer may be sent.
    pub(super) async fn turn_to_send(&self) -> Result<OwnedSemaphorePermit, Problem> {
        self.wait(&self.large_answers, "large answers are being sent").await
    }

    async fn wait(&self, turns: &Arc<Semaphore>, what: &str) -> Result<OwnedSemaphorePermit, Problem> {
        if let Ok(Ok(turn)) = timeout(self.settings.patience, Arc::clone(turns).acquire_owned()).await {
            return Ok(turn);
        }
        let detail = format!("too many {what}; come again in a few seconds");
        Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail).come_again(self.settings.patience))
    }

    /// The longest that an answer can take: its turn, its query, and the moment that it takes to stop one.
    pub(super) fn longest(&self) -> Duration {
        let query = self.settings.limits.timeout.unwrap_or(Duration::from_secs(3600));
        self.settings.patience + query + Duration::from_secs(5)
    }
}
