//! What is a client told that gets no answer? A status and a sentence that names the remedy (RFC 9457).
//!
//! | status | when |
//! | --- | --- |
//! | 400 | the query is not SPARQL, a parameter is wrong |
//! | 401 | writing without the token of the server |
//! | 403 | an update would change more than annotations; an agent's request under a foreign name |
//! | 404 | there is no such question, graph or thing |
//! | 405 | anything that would change the store |
//! | 406 | no format that the client accepts can hold the answer |
//! | 413 | the request is too long |
//! | 415 | the body is of a type that the protocol does not have |
//! | 422 | the answer has more rows than the server sends |
//! | 500 | the store failed |
//! | 503 | too much is asked at once; come again |
//! | 504 | the query ran out of time |

use std::sync::Arc;
use std::time::Duration;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::analyze;
use crate::audit::{self, AuditError};
use crate::describe::BaseError;
use crate::export::ExportError;
use crate::lexicon::LexiconError;
use crate::query::Error;
use crate::store::StoreError;

#[derive(Debug)]
pub(super) struct Problem {
    status: StatusCode,
    detail: String,
    come_again: Option<Duration>,
    challenge: Option<&'static str>,
}

impl Problem {
    pub(super) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into(), come_again: None, challenge: None }
    }

    pub(super) fn bad(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    pub(super) fn missing(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail)
    }

    pub(super) fn read_only() -> Self {
        let detail = "this server only reads; start it with --token-file to take annotations, and change reports with `fazhi build` and `fazhi remove`";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, detail)
    }

    pub(super) fn challenge(self, challenge: &'static str) -> Self {
        Self { challenge: Some(challenge), ..self }
    }

    /// What is wrong, and the remedy.
    pub(super) fn detail(&self) -> &str {
        &self.detail
    }

    pub(super) const fn status(&self) -> StatusCode {
        self.status
    }

    pub(super) fn come_again(self, after: Duration) -> Self {
        Self { come_again: Some(after), ..self }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let status = match error {
            Error::Store(error) => return error.into(),
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
            StoreError::Reserved { .. } => Self::new(StatusCode::FORBIDDEN, error.to_string()),
            StoreError::TooManyStatements { .. } => Self::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string()),
            _ => Self::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
        }
    }
}

/// What only a damaged program or a full disk brings about.
macro_rules! broken {
    ($($error:ty)*) => {$(
        impl From<$error> for Problem {
            fn from(error: $error) -> Self {
                Self::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string())
            }
        }
    )*};
}

broken! { LexiconError ExportError BaseError }

impl From<AuditError> for Problem {
    fn from(error: AuditError) -> Self {
        match error {
            AuditError::Query(error) | AuditError::Compare(audit::Error::Query(error)) => error.into(),
            AuditError::Store(error) => error.into(),
            AuditError::UnknownRule { .. } => Self::bad(error.to_string()),
            _ => Self::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
        }
    }
}

impl From<analyze::Error> for Problem {
    fn from(error: analyze::Error) -> Self {
        match error {
            analyze::Error::Query(error) => error.into(),
            analyze::Error::NoReports | analyze::Error::NoReport { .. } => Self::missing(error.to_string()),
            _ => Self::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
        }
    }
}

impl From<audit::Error> for Problem {
    fn from(error: audit::Error) -> Self {
        AuditError::from(error).into()
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
        if let Some(challenge) = self.challenge {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        if self.status == StatusCode::METHOD_NOT_ALLOWED {
            headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, POST, OPTIONS"));
        }
        response.extensions_mut().insert(Told { status: self.status, detail: self.detail.into() });
        response
    }
}

/// What an answer with a problem says, for those who say it in another form.
#[derive(Clone)]
pub(super) struct Told {
    pub(super) status: StatusCode,
    pub(super) detail: Arc<str>,
}
