//! What is a client told that gets no answer? A status and a sentence that names the remedy (RFC 9457).
//!
//! | status | when |
//! | --- | --- |
//! | 400 | the query is not SPARQL, a parameter is wrong |
//! | 404 | there is no such question, graph or thing |
//! | 405 | anything that would change the store |
//! | 406 | no format that the client accepts can hold the answer |
//! | 413 | the request is too long |
//! | 415 | the body is of a type that the protocol does not have |
//! | 422 | the answer has more rows than the server sends |
//! | 500 | the store failed |
//! | 503 | too much is asked at once; come again |
//! | 504 | the query ran out of time |

use std::time::Duration;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::query::Error;
use crate::store::StoreError;

#[derive(Debug)]
pub(super) struct Problem {
    status: StatusCode,
    detail: String,
    come_again: Option<Duration>,
}

impl Problem {
    pub(super) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into(), come_again: None }
    }

    pub(super) fn bad(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    pub(super) fn missing(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail)
    }

    pub(super) fn read_only() -> Self {
        let detail = "this server only reads; change the store with `fazhi build` and `fazhi remove`";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, detail)
    }

    pub(super) fn come_again(self, after: Duration) -> Self {
        Self { come_again: Some(after), ..self }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let status = match error {
            Error::UnknownQuery { .. } => StatusCode::NOT_FOUND,
            Error::UnfitFormat { .. } => StatusCode::NOT_ACCEPTABLE,
            Error::TimedOut { .. } => StatusCode::GATEWAY_TIMEOUT,
            Error::TooManyRows { .. } | Error::TooMuchMemory { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Storage(_) | Error::BrokenOff | Error::Write(_) | Error::File { .. } => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
            _ => StatusCode::BAD_REQUEST,
        };
        Self::new(status, error.to_string())
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NoReport { .. } | StoreError::NoGraph { .. } | StoreError::Ambiguous { .. } => {
                Self::missing(error.to_string())
            }
            _ => Self::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = json!({
            "type": "about:blank",
            "title": self.status.canonical_reason().unwrap_or("Error"),
            "status": self.status.as_u16(),
            "detail": self.detail,
        });
        let mut response = (self.status, format!("{body}\n")).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json; charset=utf-8"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(after) = self.come_again {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(after.as_secs().max(1)));
        }
        if self.status == StatusCode::METHOD_NOT_ALLOWED {
            headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, POST, OPTIONS"));
        }
        response
    }
}
