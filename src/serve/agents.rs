//! How do language models reach the store over HTTP? `/mcp`, the streamable HTTP of the Model Context Protocol.
//!
//! No session is kept: each POST is answered by itself, so that nothing grows with the number of clients. As the protocol asks,
//! a request from a page of another site, or under a name that is not the server's, is refused: a page could otherwise make a
//! browser speak to a server on the same machine (DNS rebinding).

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};

use super::problem::Problem;
use super::routes::LONGEST_BODY;
use super::state::State;
use crate::agents::{Agent, Settings};

/// Names under which a machine knows itself.
const OWN: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

pub(super) fn router(state: &Arc<State>) -> Router<Arc<State>> {
    let settings = Settings {
        limits: state.settings.limits,
        turns: Arc::clone(&state.queries),
        patience: state.settings.patience,
    };
    let agent = Agent::new(Arc::clone(&state.store), settings);
    let hosts: Vec<String> = OWN.into_iter().map(str::to_owned).chain(state.settings.hosts.iter().cloned()).collect();
    let origins = hosts.iter().flat_map(|host| {
        let host = if host.contains(':') && !host.starts_with('[') { format!("[{host}]") } else { host.clone() };
        [format!("http://{host}:*"), format!("https://{host}:*")]
    });
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_allowed_origins(origins)
        .with_allowed_hosts(hosts)
        .enforce_origin_validation()
        .with_max_request_body_bytes(LONGEST_BODY);
    let service =
        StreamableHttpService::new(move || Ok(agent.clone()), Arc::new(NeverSessionManager::default()), config);
    Router::new().route_service("/mcp", service).layer(map_response(explain))
}

/// A refusal names the remedy.
async fn explain(response: Response) -> Response {
    if response.status() == StatusCode::FORBIDDEN {
        let detail = "agents are answered under the server's own names only; start it with --host NAME for each name under \
                      which clients reach it";
        return Problem::new(StatusCode::FORBIDDEN, detail).into_response();
    }
    response
}
