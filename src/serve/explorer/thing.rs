//! A page about a thing of which nothing particular is known: what is said of it, and what leads to it.

use std::sync::Arc;

use axum::response::Response;
use minijinja::context;
use oxigraph::model::{NamedNode, Term};
use serde::Serialize;

use super::{link, view};
use crate::query::{Answer, Bindings};
use crate::serve::problem::Problem;
use crate::serve::respond::{Asked, ask};
use crate::serve::state::State;

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

pub(super) async fn page(state: &Arc<State>, thing: &NamedNode) -> Result<Response, Problem> {
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
    let data = link::with_parameters("/resource", [("iri", thing.as_str())]);
    let (said, leading) = (view::value(&said), view::value(&leading));
    view::page("thing.html", "", &context! { title, iri => thing.as_str(), data, said, leading, shown => SHOWN })
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
            Some(Term::NamedNode(node)) => link::to(state.store.base(), node.as_str()),
            _ => String::new(),
        };
        let value = if label.is_some() { text_of(label) } else { text_of(object) };
        let property_name = name.map_or_else(|| link::local(&property).to_owned(), |name| text_of(Some(name)));
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
        let said = view::value(&[row]);
        let context = context! { title => "<b>", iri => "urn:x", data => "/resource?iri=urn", said, shown => 1 };
        let page = view::render("thing.html", "", &context).unwrap();
        assert!(!page.contains("<script>alert") && page.contains("&lt;script&gt;alert"), "{page}");
        assert!(page.contains("&lt;b&gt;"));
    }
}
