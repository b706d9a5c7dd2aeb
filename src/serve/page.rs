//! A page about one thing: what is said of it, and what leads to it.

use std::sync::{Arc, LazyLock};

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Value, context};
use oxigraph::model::{NamedNode, Term};
use serde::Serialize;

use super::problem::Problem;
use super::respond::{Asked, ask};
use super::state::State;
use crate::query::{Answer, Bindings};

static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    templates.set_auto_escape_callback(|_| AutoEscape::Html);
    // A test renders it.
    let _ = templates.add_template("thing.html", include_str!("thing.html"));
    templates
});

/// Things that lead to this one are many for a law or a province; a page shows the first of each property.
const SHOWN: usize = 200;

/// A statement as a row of a table.
#[derive(Serialize)]
struct Row {
    property: String,
    property_name: String,
    /// Where the other thing is told of; empty for a text or a number.
    href: String,
    value: String,
}

pub(super) async fn thing(state: &Arc<State>, thing: &NamedNode) -> Result<Response, Problem> {
    let said = format!(
        "SELECT ?p ?name ?o ?label WHERE {{ {thing} ?p ?o
           OPTIONAL {{ ?p rdfs:label ?name FILTER (LANG(?name) = \"zh\") }}
           OPTIONAL {{ ?o rdfs:label|skos:prefLabel ?label FILTER (LANG(?label) = \"zh\") }} }} ORDER BY ?p ?o LIMIT 2000"
    );
    let leading = format!(
        "SELECT ?p ?name ?o ?label WHERE {{ {{ SELECT ?p ?o WHERE {{ ?o ?p {thing} }} LIMIT {SHOWN} }}
           OPTIONAL {{ ?p rdfs:label ?name FILTER (LANG(?name) = \"zh\") }}
           OPTIONAL {{ ?o rdfs:label|skos:prefLabel ?label FILTER (LANG(?label) = \"zh\") }} }} ORDER BY ?p ?o"
    );
    let said = rows(state, said).await?;
    let leading = rows(state, leading).await?;
    let label = said.iter().find(|row| row.property.ends_with("#label") || row.property.ends_with("#prefLabel"));
    let title = label.map_or_else(|| thing.as_str().to_owned(), |row| row.value.clone());
    let (said, leading) = (Value::from(Serde(&said)), Value::from(Serde(&leading)));
    let context =
        context! { title, iri => thing.as_str(), data => link(thing.as_str()), said, leading, shown => SHOWN };
    let failed = |error: minijinja::Error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string());
    let page = TEMPLATES.get_template("thing.html").and_then(|template| template.render(context)).map_err(failed)?;
    let mut response = page.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    Ok(response)
}

async fn rows(state: &Arc<State>, text: String) -> Result<Vec<Row>, Problem> {
    let answer = ask(state, Asked { text, bindings: Bindings::default(), graphs: None }).await?;
    let Answer::Solutions(solutions) = answer else { return Ok(Vec::new()) };
    let mut rows: Vec<Row> = Vec::new();
    for row in solutions.rows {
        let mut cells = row.into_iter();
        let mut next = || cells.next().flatten();
        let (property, name, object, label) = (next(), next(), next(), next());
        let (property, object) = (text_of(property), object);
        let href = match &object {
            Some(Term::NamedNode(node)) => link(node.as_str()),
            _ => String::new(),
        };
        let value = if label.is_some() { text_of(label) } else { text_of(object) };
        let property_name = name.map_or_else(|| local(&property).to_owned(), |name| text_of(Some(name)));
        // A thing with two labels is one row.
        if rows.last().is_none_or(|last| href.is_empty() || last.href != href || last.property != property) {
            rows.push(Row { property, property_name, href, value });
        }
    }
    Ok(rows)
}

fn text_of(term: Option<Term>) -> String {
    match term {
        Some(Term::NamedNode(node)) => node.into_string(),
        Some(Term::Literal(literal)) => literal.destruct().0,
        Some(Term::BlankNode(node)) => node.into_string(),
        None => String::new(),
    }
}

/// Where the server tells of a thing.
fn link(iri: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("iri", iri);
    format!("/resource?{}", query.finish())
}

/// What an IRI ends in.
fn local(iri: &str) -> &str {
    iri.rsplit(['#', '/']).next().unwrap_or(iri)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_report_says_is_shown_as_text() {
        let row = Row {
            property: "p".into(),
            property_name: "p".into(),
            href: String::new(),
            value: "<script>alert(1)</script>".into(),
        };
        let said = Value::from(Serde(&[row]));
        let context = context! { title => "<b>", iri => "urn:x", data => "/resource?iri=urn", said, shown => 1 };
        let page = TEMPLATES.get_template("thing.html").unwrap().render(context).unwrap();
        assert!(!page.contains("<script>alert") && page.contains("&lt;script&gt;alert"), "{page}");
        assert!(page.contains("&lt;b&gt;"));
    }

    #[test]
    fn a_link_carries_any_iri() {
        assert_eq!(link("http://x/a?b=1&c#d"), "/resource?iri=http%3A%2F%2Fx%2Fa%3Fb%3D1%26c%23d");
        assert_eq!(local("https://w3id.org/fazhi/ns#cites"), "cites");
    }
}
