//! Has the client this answer already? Entity tags (RFC 9110, 8.8.3 and 13.1.2).
//!
//! An answer depends on the store, the address and the formats that the client takes, so its tag is made of these, and a
//! client that has it is told so without the query being run. The tags are weak: compressed bodies share them.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::extract::{Request, State as Extract};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::explorer::assets::fingerprint;
use super::state::State;

/// Answers 304 where the client has the answer, else marks the answer with its tag.
pub(super) async fn revalidate(Extract(state): Extract<Arc<State>>, request: Request, next: Next) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let tag = tag(&state, &request);
    if has(&request, &tag) {
        return mark((StatusCode::NOT_MODIFIED, ()).into_response(), &tag);
    }
    let response = next.run(request).await;
    if response.status() == StatusCode::OK { mark(response, &tag) } else { response }
}

fn tag(state: &State, request: &Request) -> String {
    let mut digest = Sha256::new();
    digest.update(state.version());
    digest.update(env!("CARGO_PKG_VERSION"));
    digest.update(fingerprint().as_bytes());
    digest.update(request.uri().to_string());
    for name in [header::ACCEPT, header::HOST] {
        for value in request.headers().get_all(name) {
            digest.update(b"\n");
            digest.update(value.as_bytes());
        }
    }
    let mut tag = String::from("W/\"");
    for byte in digest.finalize().iter().take(12) {
        // Writing to a string cannot fail.
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    tag
}

fn has(request: &Request, tag: &str) -> bool {
    let values = request.headers().get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let strong = tag.trim_start_matches("W/");
    values.flat_map(|value| value.split(',')).map(str::trim).any(|known| known.trim_start_matches("W/") == strong)
}

fn mark(mut response: Response, tag: &str) -> Response {
    let headers = response.headers_mut();
    if let Ok(tag) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, tag);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.append(header::VARY, HeaderValue::from_static("accept, host"));
    response
}
