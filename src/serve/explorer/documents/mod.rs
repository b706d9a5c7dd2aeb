//! Which documents do reports cite, and who cites one, with which measures, since when?

mod about;
mod chain;

use std::sync::Arc;

use axum::extract::{RawQuery, State as Extract};
use axum::response::Response;
use minijinja::{Value, context};
use oxigraph::model::NamedNode;
use tokio::task::spawn_blocking;

use super::plot::{Bar, Bars, bars};
use super::table::Table;
use super::{concepts, link, view};
use crate::lexicon::labels;
use crate::query;
use crate::serve::problem::Problem;
use crate::serve::state::State;
use crate::vocab::Scheme;

/// Rows of the list.
const LISTED: usize = 100;
/// Rows of a table on the page of a document.
const SHOWN: usize = 12;
/// Provinces of the picture.
const BARS: usize = 34;

/// What is filled in, by name.
fn wishes<const N: usize>(query: &str, names: [&'static str; N]) -> [(&'static str, String); N] {
    names.map(|name| {
        let values = form_urlencoded::parse(query.as_bytes()).filter(|(known, _)| known == name);
        (name, values.last().map(|(_, value)| value.trim().to_owned()).unwrap_or_default())
    })
}

/// The list: `/documents?kind=…&level=…&region=…&words=…`.
pub(super) async fn page(Extract(state): Extract<Arc<State>>, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let wish = wishes(&query.unwrap_or_default(), ["words", "kind", "level", "region"]);
    let given: Vec<(&str, &str)> = wish.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let (table, problem) = match Table::of(&state, "documents", &given, LISTED).await {
        Ok(table) => (Some(table), String::new()),
        // What was filled in stays in the form, with what is wrong about it.
        Err(problem) => (None, problem.detail().to_owned()),
    };
    let chosen = |name: &str| wish.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value.as_str());
    let fields = context! {
        words => chosen("words"), region => chosen("region"),
        kinds => choices(Scheme::DocumentKind, chosen("kind"))?,
        levels => choices(Scheme::Level, chosen("level"))?,
    };
    view::page("documents.html", "documents", &context! { table => view::value(&table), problem, fields })
}

/// The concepts of a scheme as choices of a form.
fn choices(scheme: Scheme, chosen: &str) -> Result<Vec<Value>, Problem> {
    let found = labels(scheme.name())?.into_iter().filter(|(notation, _)| !notation.contains('/'));
    let choice = |(notation, label): (String, crate::lexicon::RuleSentence)| {
        let is_chosen = [&notation, &label.zh].contains(&&chosen.to_owned());
        context! { notation, zh => label.zh, en => label.en, chosen => is_chosen }
    };
    Ok(found.map(choice).collect())
}

/// The page of a document; `field`, `region` and `year` of the address choose among its measures.
pub(super) async fn thing(state: &Arc<State>, document: &NamedNode, query: &str) -> Result<Response, Problem> {
    let iri = document.as_str();
    let wish = wishes(query, ["field", "region", "year"]);
    let about = {
        let (state, document) = (Arc::clone(state), document.clone());
        spawn_blocking(move || about::about(&state, document.as_ref())).await.map_err(|_| query::Error::BrokenOff)??
    };
    let given = [("document", iri)];
    let measures: Vec<(&str, &str)> =
        given.into_iter().chain(wish.iter().map(|(name, value)| (*name, value.as_str()))).collect();
    // One after the other: a page that asks for many turns at once would keep others waiting.
    let by_year = Table::of(state, "document-by-year", &given, 100).await?;
    let by_province = Table::of(state, "document-by-province", &given, BARS).await?;
    let by_region = Table::of(state, "document-by-region", &given, SHOWN).await?;
    let fields = Table::of(state, "document-fields", &given, SHOWN).await?;
    let repealed = Table::of(state, "document-after-repeal", &given, SHOWN).await?;
    let lower = Table::of(state, "document-implementing", &given, SHOWN).await?;
    let upper = Table::of(state, "document-implements", &given, SHOWN).await?;
    let together = Table::of(state, "document-together", &given, SHOWN).await?;
    let (measures, problem) = match Table::of(state, "document-measures", &measures, SHOWN).await {
        Ok(table) => (Some(table), String::new()),
        Err(problem) => (None, problem.detail().to_owned()),
    };
    // A bar leads to the measures of its year, or of its province.
    let here = link::to(state.store.base(), iri);
    let measures_of = |name: &'static str| {
        let here = here.clone();
        move |value: &str| link::with_parameters(&here, [(name, value)]) + "#measures"
    };
    let years = drawn(&by_year, "year", "reports", measures_of("year"));
    let provinces = drawn(&by_province, "province_name", "regions", measures_of("region"));
    let tables = context! {
        by_year => view::value(&by_year), by_province => view::value(&by_province),
        by_region => view::value(&by_region), fields => view::value(&fields),
        repealed => view::value(&repealed), lower => view::value(&lower), upper => view::value(&upper),
        together => view::value(&together), measures => view::value(&measures),
    };
    let chosen = |name: &str| wish.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value.as_str());
    let filter = context! {
        fields => choices(Scheme::Category, concept(chosen("field")))?,
        region => chosen("region"), year => chosen("year"), problem,
    };
    let context = context! {
        iri, tables, filter,
        chain => link::with_parameters("/chain", [("document", iri)]),
        about => view::value(&about),
        years => view::value(&years),
        provinces => view::value(&provinces),
        here,
        data => link::with_parameters("/resource", [("iri", iri)]),
    };
    view::page("document.html", "documents", &context)
}

/// What puts a document into effect, as a tree: `/chain?document=…&region=…`.
pub(super) async fn chain(Extract(state): Extract<Arc<State>>, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let [(_, document), (_, region)] = wishes(&query.unwrap_or_default(), ["document", "region"]);
    let document = NamedNode::new(&document)
        .map_err(|error| Problem::bad(format!("say which document: /chain?document=IRI (`{document}`: {error})")))?;
    let turn = state.turn().await?;
    let task = move || {
        let _turn = turn;
        chain::chain(&state, &document, &region)
    };
    let context = spawn_blocking(task).await.map_err(|_| query::Error::BrokenOff)??;
    view::page("chain.html", "documents", &context)
}

/// A concept as it is named in a form, by its IRI or its notation.
fn concept(named: &str) -> &str {
    if concepts::name(named).is_some() { link::local(named) } else { named }
}

/// The columns of a table as bars; `None` where there are fewer than two rows.
fn drawn(table: &Table, name: &str, value: &str, href: impl Fn(&str) -> String) -> Option<Bars> {
    // A column is named by what it shows, or by the name beside it.
    let at = |wanted: &str| table.columns.iter().position(|column| column.name == wanted);
    let (name, value) = (at(name)?, at(value)?);
    let rows = table.rows.iter().filter_map(|row| {
        let told = row.get(value)?.text.clone();
        Some(Bar {
            name: row.get(name)?.text.clone(),
            value: told.parse().ok()?,
            told,
            href: href(&row.get(name)?.text),
            approximate: false,
            chosen: false,
        })
    });
    let rows: Vec<Bar> = rows.collect();
    (rows.len() > 1).then(|| bars(rows))
}
