//! What can the service do? SPARQL 1.1 Service Description.

use std::sync::Arc;

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Triple;

use super::problem::Problem;
use super::respond::send;
use super::state::State;
use crate::query::{Answer, Format};

const SERVICE: &str = include_str!("service.ttl");
/// What is added where annotations are taken.
const UPDATES: &str = "\n<> sd:supportedLanguage sd:SPARQL11Update .\n";

/// The description, in a format of RDF.
pub(super) async fn service(
    state: &Arc<State>,
    format: Option<Format>,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let triples = triples(&format!("{}/sparql", address(headers)), state.settings.token.is_some())
        .map_err(|message| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, message))?;
    send(state, Answer::Graph(triples), format, headers).await
}

/// The address under which the client knows the server, without a slash at its end.
pub(super) fn address(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let sane = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte));
    format!("http://{}", if sane { host } else { "localhost" })
}

fn triples(endpoint: &str, takes_updates: bool) -> Result<Vec<Triple>, String> {
    let parser =
        RdfParser::from_format(RdfFormat::Turtle).with_base_iri(endpoint).map_err(|error| error.to_string())?;
    let text = if takes_updates { format!("{SERVICE}{UPDATES}") } else { SERVICE.to_owned() };
    let quads = parser.for_slice(&text).map(|quad| quad.map(Triple::from).map_err(|error| error.to_string()));
    quads.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_endpoint_is_named_as_the_client_named_it() {
        let triples = triples("http://127.0.0.1:7878/sparql", false).unwrap();
        assert!(triples.iter().any(|triple| triple.predicate.as_str().ends_with("#endpoint")
            && triple.object.to_string() == "<http://127.0.0.1:7878/sparql>"));
        assert!(triples.iter().any(|triple| triple.object.to_string() == "<http://127.0.0.1:7878/graphs?default>"));
    }

    #[test]
    fn a_host_that_is_none_is_not_repeated() {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, "a/<script>".parse().unwrap());
        assert_eq!(address(&headers), "http://localhost");
    }
}
