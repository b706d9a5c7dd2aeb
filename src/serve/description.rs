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

/// The description, in a format of RDF.
pub(super) async fn service(
    state: &Arc<State>,
    format: Option<Format>,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let triples =
        triples(&endpoint(headers)).map_err(|message| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, message))?;
    send(state, Answer::Graph(triples), format, headers).await
}

/// The address under which the client knows the endpoint.
fn endpoint(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let sane = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte));
    format!("http://{}/sparql", if sane { host } else { "localhost" })
}

fn triples(endpoint: &str) -> Result<Vec<Triple>, String> {
    let parser =
        RdfParser::from_format(RdfFormat::Turtle).with_base_iri(endpoint).map_err(|error| error.to_string())?;
    let quads = parser.for_slice(SERVICE).map(|quad| quad.map(Triple::from).map_err(|error| error.to_string()));
    quads.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_endpoint_is_named_as_the_client_named_it() {
        let triples = triples("http://127.0.0.1:7878/sparql").unwrap();
        assert!(triples.iter().any(|triple| triple.predicate.as_str().ends_with("#endpoint")
            && triple.object.to_string() == "<http://127.0.0.1:7878/sparql>"));
        assert!(triples.iter().any(|triple| triple.object.to_string() == "<http://127.0.0.1:7878/graphs?default>"));
    }

    #[test]
    fn a_host_that_is_none_is_not_repeated() {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, "a/<script>".parse().unwrap());
        assert_eq!(endpoint(&headers), "http://localhost/sparql");
    }
}
