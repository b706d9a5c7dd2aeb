//! Which address leads where, and what holds for every answer.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::cors::{Any, CorsLayer};

use super::negotiate::{RESULTS, wants_page};
use super::problem::{Problem, Told};
use super::state::State;
use super::{access, agents, conditions, explorer, graphs, metrics, protocol, questions, resource, void, writing};

/// A query of more bytes than this is refused before it is read.
pub(super) const LONGEST_BODY: usize = 1 << 20;

/// Clients of agents say with it which revision of their protocol they speak.
const MCP_VERSION: HeaderName = HeaderName::from_static("mcp-protocol-version");

const POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'none'";

pub(super) fn router(state: &Arc<State>) -> Router {
    let answers = Router::new()
        .route("/sparql", get(protocol::get).merge(post(protocol::post)).fallback(read_only))
        .route(
            "/graphs",
            get(graphs::get).put(writing::put).post(writing::post).delete(writing::delete).fallback(read_only),
        )
        .route("/.well-known/void", get(void::void).fallback(read_only))
        .route("/q", get(questions::list).fallback(read_only))
        .route("/q/{name}", get(questions::answer).fallback(read_only))
        .route("/resource", get(resource::by_iri).fallback(read_only))
        .route("/id/{*path}", get(resource::by_path).fallback(read_only))
        .route("/concept/{*path}", get(resource::concept).fallback(read_only))
        .merge(explorer::router())
        .layer(from_fn_with_state(Arc::clone(state), conditions::revalidate));
    Router::new()
        .merge(answers)
        .route("/assets/{name}", get(explorer::assets::get))
        .merge(agents::router(state))
        .route("/health", get(metrics::health))
        .route("/metrics", get(metrics::metrics))
        .fallback(async || Problem::missing("there is nothing here; see /q, /sparql, /graphs"))
        .layer(from_fn(as_page))
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .layer(CompressionLayer::new())
        .layer(cors())
        .layer(map_response(guard))
        .layer(CatchPanicLayer::custom(|_| {
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the request broke off").into_response()
        }))
        .layer(from_fn_with_state(Arc::clone(state), access::record))
        .with_state(Arc::clone(state))
}

/// What is said here may be read by pages of any site: it is public. None of them may write: the header that carries the token is
/// not among those that they may send.
fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD, Method::POST])
        .allow_headers([header::ACCEPT, header::CONTENT_TYPE, header::IF_NONE_MATCH, MCP_VERSION])
        .expose_headers([header::ETAG, header::RETRY_AFTER])
}

async fn read_only() -> Problem {
    Problem::read_only()
}

/// Tells a browser of a problem on a page; other clients have it as they got it.
async fn as_page(request: Request, next: Next) -> Response {
    let page = wants_page(request.headers(), &RESULTS);
    let response = next.run(request).await;
    match response.extensions().get::<Told>() {
        Some(told) if page => explorer::problem(told).unwrap_or(response),
        _ => response,
    }
}

/// A browser takes nothing from an answer but what the answer says it is.
async fn guard(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
