//! What was asked, and how did it end? One record a request.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{Request, State as Extract};
use axum::middleware::Next;
use axum::response::Response;

use super::state::State;

/// A request that was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// GET, POST …
    pub method: String,
    /// Path and query as they were asked for, still encoded and at most 300 bytes of them.
    pub target: String,
    /// Status of the answer.
    pub status: u16,
    /// Time until the answer began.
    pub took: Duration,
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {} {} ms", self.status, self.method, self.target, self.took.as_millis())
    }
}

/// Takes the records.
pub type Log = Arc<dyn Fn(&Access) + Send + Sync>;

/// An address that is longer is cut in the log.
const LONGEST: usize = 300;

/// Counts a request, and tells the log of it.
pub(super) async fn record(Extract(state): Extract<Arc<State>>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().to_string();
    // An address is ASCII, so it can be cut anywhere; control characters are not in it.
    let mut target = request.uri().path_and_query().map_or_else(String::new, ToString::to_string);
    if target.len() > LONGEST {
        target.truncate(LONGEST);
        target.push('+');
    }
    let response = next.run(request).await;
    let took = began.elapsed();
    state.metrics.count(response.status(), took);
    if let Some(log) = &state.settings.log {
        log(&Access { method, target, status: response.status().as_u16(), took });
    }
    response
}
