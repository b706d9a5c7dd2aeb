//! What does the store say of one thing? `/id/…` stands for the IRIs under the store's base, `/resource?iri=…` for any.
//!
//! A client that accepts RDF gets the statements about the thing with the labels of what they lead to (of a report all that
//! it says); a browser gets a page, from which every statement leads on. `format=` names a format whatever the client accepts.

use std::sync::Arc;

use axum::extract::{RawQuery, State as Extract};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use oxigraph::model::NamedNode;

use super::explorer;
use super::graphs::one;
use super::negotiate::{GRAPHS, named, wants_page};
use super::problem::Problem;
use super::respond::{Asked, ask, send};
use super::state::State;
use crate::query::{Answer, Bindings};
use crate::vocab::CONCEPTS;

/// A thing by its path under the base.
pub(super) async fn by_path(
    Extract(state): Extract<Arc<State>>,
    address: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let query = address.query().unwrap_or_default();
    // Chinese characters arrive percent-encoded, and IRIs have them as they are; what is encoded in IRIs arrives doubly so.
    let path = address.path().trim_start_matches("/id/");
    let decoded = percent_decode(path).ok_or_else(|| Problem::bad("the path is not UTF-8"))?;
    let bases = [path, decoded.as_str()];
    for path in bases {
        if let Ok(thing) = NamedNode::new(format!("{}{path}", state.store.base()))
            && is_known(&state, &thing).await?
        {
            return about(&state, thing, query, &headers).await;
        }
    }
    Err(Problem::missing(format!("the store knows nothing of {}{decoded}", state.store.base())))
}

/// A concept of the vocabulary: a field, a type of body, a rule …
pub(super) async fn concept(
    Extract(state): Extract<Arc<State>>,
    address: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let query = address.query().unwrap_or_default();
    let path = address.path().trim_start_matches("/concept/");
    let decoded = percent_decode(path).ok_or_else(|| Problem::bad("the path is not UTF-8"))?;
    if let Ok(thing) = NamedNode::new(format!("{CONCEPTS}{decoded}"))
        && is_known(&state, &thing).await?
    {
        return about(&state, thing, query, &headers).await;
    }
    Err(Problem::missing(format!("there is no concept {CONCEPTS}{decoded}")))
}

/// A thing by its IRI.
pub(super) async fn by_iri(
    Extract(state): Extract<Arc<State>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let query = query.unwrap_or_default();
    let iri = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "iri").map(|(_, value)| value);
    let iri = iri.ok_or_else(|| Problem::bad("say which thing: /resource?iri=IRI"))?;
    let thing =
        NamedNode::new(iri.as_ref()).map_err(|error| Problem::bad(format!("`{iri}` is not an IRI: {error}")))?;
    if is_known(&state, &thing).await? {
        about(&state, thing, &query, &headers).await
    } else {
        Err(Problem::missing(format!("the store knows nothing of {}", thing.as_str())))
    }
}

async fn is_known(state: &Arc<State>, thing: &NamedNode) -> Result<bool, Problem> {
    let text = format!("ASK {{ {{ {thing} ?p ?o }} UNION {{ ?s ?p {thing} }} }}");
    Ok(ask(state, Asked { text, bindings: Bindings::default(), graphs: None }).await? == Answer::Boolean(true))
}

async fn about(state: &Arc<State>, thing: NamedNode, query: &str, headers: &HeaderMap) -> Result<Response, Problem> {
    let mut wish = form_urlencoded::parse(query.as_bytes());
    let format = wish.find(|(name, _)| name == "format").map(|(_, name)| named(&name)).transpose()?;
    if format.is_none() && wants_page(headers, &GRAPHS) {
        return explorer::thing(state, &thing, query).await;
    }
    let is_report = state.store.contains(thing.as_ref())?;
    let answer = if is_report {
        Answer::Graph(one(state, thing).await?)
    } else {
        let text = format!(
            "CONSTRUCT {{ {thing} ?p ?o . ?o rdfs:label ?label }} WHERE {{ {thing} ?p ?o OPTIONAL {{ ?o rdfs:label ?label }} }}"
        );
        ask(state, Asked { text, bindings: Bindings::default(), graphs: None }).await?
    };
    send(state, answer, format, headers).await
}

/// Undoes percent-encoding, once; `None` where the bytes are not UTF-8.
fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        let encoded = (byte == b'%').then(|| tail.get(..2)).flatten().and_then(|digits| {
            let digits = std::str::from_utf8(digits).ok()?;
            u8::from_str_radix(digits, 16).ok()
        });
        if let Some(decoded) = encoded {
            bytes.push(decoded);
            rest = &tail[2..];
        } else {
            bytes.push(byte);
            rest = tail;
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::percent_decode;

    #[test]
    fn paths_are_decoded_once() {
        assert_eq!(percent_decode("document/%E5%AE%AA%E6%B3%95").as_deref(), Some("document/宪法"));
        assert_eq!(percent_decode("body/a%252Fb").as_deref(), Some("body/a%2Fb"));
        assert_eq!(percent_decode("100%"), Some("100%".to_owned()));
        assert_eq!(percent_decode("%ff"), None);
    }
}
