//! What has the server done so far? Counters in the text format of Prometheus, and whether it is well.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::extract::State as Extract;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::problem::Problem;
use super::state::State;

/// Upper bounds of the classes of time, in milliseconds.
const BOUNDS: [u64; 8] = [5, 20, 100, 500, 2_000, 10_000, 30_000, 60_000];

#[derive(Default)]
pub(super) struct Metrics {
    /// Requests by the first digit of their status, from 1 to 5.
    statuses: [AtomicU64; 5],
    /// Requests that took no longer than each of the bounds.
    times: [AtomicU64; BOUNDS.len()],
    milliseconds: AtomicU64,
    out_of_time: AtomicU64,
    refused: AtomicU64,
}

impl Metrics {
    pub(super) fn count(&self, status: StatusCode, took: Duration) {
        let class = usize::from(status.as_u16() / 100).clamp(1, self.statuses.len()) - 1;
        self.statuses[class].fetch_add(1, Ordering::Relaxed);
        let took = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        self.milliseconds.fetch_add(took, Ordering::Relaxed);
        for (bound, count) in BOUNDS.iter().zip(&self.times) {
            if took <= *bound {
                count.fetch_add(1, Ordering::Relaxed);
            }
        }
        match status {
            StatusCode::GATEWAY_TIMEOUT => &self.out_of_time,
            StatusCode::SERVICE_UNAVAILABLE => &self.refused,
            _ => return,
        }
        .fetch_add(1, Ordering::Relaxed);
    }

    fn text(&self) -> String {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let mut text = String::from(
            "# HELP fazhi_requests_total Requests by class of status.\n# TYPE fazhi_requests_total counter\n",
        );
        // Writing to a string cannot fail.
        for (class, count) in (1..).zip(&self.statuses) {
            let _ = writeln!(text, "fazhi_requests_total{{status=\"{class}xx\"}} {}", read(count));
        }
        let total: u64 = self.statuses.iter().map(read).sum();
        text.push_str(
            "# HELP fazhi_request_seconds Time until an answer began.\n# TYPE fazhi_request_seconds histogram\n",
        );
        for (bound, count) in BOUNDS.iter().zip(&self.times) {
            let seconds = Duration::from_millis(*bound).as_secs_f64();
            let _ = writeln!(text, "fazhi_request_seconds_bucket{{le=\"{seconds}\"}} {}", read(count));
        }
        let seconds = Duration::from_millis(read(&self.milliseconds)).as_secs_f64();
        let _ = writeln!(text, "fazhi_request_seconds_bucket{{le=\"+Inf\"}} {total}");
        let _ = writeln!(text, "fazhi_request_seconds_sum {seconds}\nfazhi_request_seconds_count {total}");
        for (name, help, counter) in [
            ("fazhi_queries_out_of_time_total", "Queries that passed the time limit.", &self.out_of_time),
            ("fazhi_requests_refused_total", "Requests that did not get their turn.", &self.refused),
        ] {
            let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} counter\n{name} {}", read(counter));
        }
        text
    }
}

pub(super) async fn metrics(Extract(state): Extract<Arc<State>>) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], state.metrics.text()).into_response()
}

/// 200 where the store can be read.
pub(super) async fn health(Extract(state): Extract<Arc<State>>) -> Result<Response, Problem> {
    let first = state.store.dataset().iter().next().transpose();
    let empty = first.map_err(|error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?.is_none();
    let body = json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION"), "empty": empty });
    Ok(([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")], format!("{body}\n"))
        .into_response())
}
