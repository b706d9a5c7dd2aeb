//! What is a concept or a body, before anything is told of what reports say about it? Its names, its meaning, what stands above and
//! below it.

use std::sync::Arc;

use oxigraph::model::{NamedNode, Term};
use serde::Serialize;

use super::super::link;
use crate::query::{Answer, Bindings};
use crate::serve::problem::Problem;
use crate::serve::respond::{Asked, ask};
use crate::serve::state::State;
use crate::vocab::CONCEPTS;

/// Something that is named and told of elsewhere.
#[derive(Debug, Clone, Default, Serialize, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) href: String,
}

/// What a page is about.
#[derive(Debug, Default, Serialize)]
pub(super) struct Subject {
    pub(super) iri: String,
    pub(super) zh: String,
    pub(super) en: String,
    pub(super) notation: String,
    /// The scheme of a concept, by its name in IRIs; empty of a body and of a scheme.
    pub(super) scheme: String,
    pub(super) scheme_name: String,
    pub(super) meaning: String,
    pub(super) meaning_en: String,
    pub(super) above: Vec<Named>,
    pub(super) below: Vec<Named>,
    /// The place of a body.
    pub(super) place: Option<Named>,
}

/// Of a concept or a scheme; `None` of what is neither.
pub(super) async fn concept(state: &Arc<State>, thing: &NamedNode) -> Result<Option<Subject>, Problem> {
    let text = format!(
        "SELECT ?zh ?en ?notation ?scheme ?scheme_name ?meaning ?meaning_en WHERE {{
           {thing} skos:prefLabel ?zh FILTER (LANG(?zh) = \"zh\")
           OPTIONAL {{ {thing} skos:prefLabel ?en FILTER (LANG(?en) = \"en\") }}
           OPTIONAL {{ {thing} skos:notation ?notation }}
           OPTIONAL {{ {thing} skos:inScheme ?scheme . ?scheme skos:prefLabel ?scheme_name FILTER (LANG(?scheme_name) = \"zh\") }}
           OPTIONAL {{ {thing} skos:definition ?meaning FILTER (LANG(?meaning) = \"zh\") }}
           OPTIONAL {{ {thing} skos:definition ?meaning_en FILTER (LANG(?meaning_en) = \"en\") }} }} LIMIT 1"
    );
    let Some([zh, en, notation, scheme, scheme_name, meaning, meaning_en]) =
        rows(state, text).await?.into_iter().next()
    else {
        return Ok(None);
    };
    let named = |property: &str| {
        format!(
            "SELECT ?thing ?name WHERE {{ {property} . ?thing skos:prefLabel ?name FILTER (LANG(?name) = \"zh\") }} ORDER BY ?thing"
        )
    };
    let above = rows(state, named(&format!("{thing} skos:broader ?thing"))).await?;
    let below = rows(state, named(&format!("?thing skos:broader {thing}"))).await?;
    let base = state.store.base();
    let links = |rows: Vec<[String; 2]>| rows.into_iter().map(|[iri, name]| Named { name, href: link::to(base, &iri) });
    let scheme = scheme.strip_prefix(CONCEPTS).unwrap_or_default().to_owned();
    Ok(Some(Subject {
        iri: thing.as_str().to_owned(),
        zh,
        en,
        notation,
        scheme,
        scheme_name,
        meaning,
        meaning_en,
        above: links(above).collect(),
        below: links(below).collect(),
        place: None,
    }))
}

/// Of a body.
pub(super) async fn body(state: &Arc<State>, thing: &NamedNode) -> Result<Subject, Problem> {
    let text = format!(
        "SELECT ?zh ?type ?type_name ?place ?place_name WHERE {{ {thing} rdfs:label ?zh
           OPTIONAL {{ {thing} org:classification ?type . ?type skos:prefLabel ?type_name FILTER (LANG(?type_name) = \"zh\") }}
           OPTIONAL {{ {thing} fz:region ?place . ?place rdfs:label ?place_name MINUS {{ ?place skos:altLabel ?place_name }} }} }}
         ORDER BY ?zh ?type ?place LIMIT 1"
    );
    let [zh, kind, kind_name, place, place_name] = rows(state, text).await?.into_iter().next().unwrap_or_default();
    let base = state.store.base();
    let named = |iri: String, name: String| (!iri.is_empty()).then(|| Named { name, href: link::to(base, &iri) });
    Ok(Subject {
        iri: thing.as_str().to_owned(),
        zh,
        above: named(kind, kind_name).into_iter().collect(),
        place: named(place, place_name),
        ..Subject::default()
    })
}

/// The rows of an answer with so many columns, as text.
async fn rows<const COLUMNS: usize>(state: &Arc<State>, text: String) -> Result<Vec<[String; COLUMNS]>, Problem> {
    let answer = ask(state, Asked { text, bindings: Bindings::default(), graphs: None }).await?;
    let Answer::Solutions(solutions) = answer else { return Ok(Vec::new()) };
    let text = |term: Option<&Option<Term>>| match term {
        Some(Some(Term::NamedNode(node))) => node.as_str().to_owned(),
        Some(Some(Term::Literal(literal))) => literal.value().to_owned(),
        _ => String::new(),
    };
    Ok(solutions.rows.iter().map(|row| std::array::from_fn(|at| text(row.get(at)))).collect())
}
