//! What do all reports say of one field, one type of body, one body, one kind of document …? Pages that go across the counties:
//! what the thing is, and tables of what is reported of it, narrowed by region, field and year.

mod subject;
mod tabs;

use std::sync::Arc;

use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use minijinja::{Value, context};
use oxigraph::model::NamedNode;
use tokio::task::JoinSet;

use self::subject::Subject;
use self::tabs::{Tab, Tabs};
use super::link::with_parameters;
use super::question::{choices, find};
use super::table::{Part, Table};
use super::{link, thing, view};
use crate::query::{self, ParameterType};
use crate::serve::problem::Problem;
use crate::serve::state::State;
use crate::vocab::CONCEPTS;

/// `/bodies`: the types of bodies.
pub(super) async fn bodies(Extract(state): Extract<Arc<State>>) -> Result<Response, Problem> {
    let table = Table::of(&state, "body-types", &[], 200).await?;
    view::page("bodies.html", "bodies", &context! { title => "", table => view::value(&table) })
}

/// `/fields`: the ten fields.
pub(super) async fn fields(Extract(state): Extract<Arc<State>>) -> Result<Response, Problem> {
    let table = Table::of(&state, "fields", &[], 50).await?;
    view::page("fields.html", "fields", &context! { title => "", table => view::value(&table) })
}

/// The page of a concept or a scheme of concepts.
pub(super) async fn concept(state: &Arc<State>, iri: &NamedNode, query: &str) -> Result<Response, Problem> {
    let path = iri.as_str().strip_prefix(CONCEPTS).unwrap_or_default();
    // Where these are compared, they are told of, too.
    match path.split_once('/') {
        None if path == "category" => return Ok(Redirect::to("/fields").into_response()),
        None if path == "body-type" => return Ok(Redirect::to("/bodies").into_response()),
        None if path == "indicator" => return Ok(Redirect::to("/figures").into_response()),
        Some(("indicator", notation)) => {
            let address = with_parameters("/figures", [("indicator", notation)]);
            return Ok(Redirect::to(&address).into_response());
        }
        _ => {}
    }
    let Some(mut about) = subject::concept(state, iri).await? else { return thing::page(state, iri).await };
    if about.scheme.is_empty() {
        path.clone_into(&mut about.notation);
        return page(state, &about, tabs::of_concepts(), query, "").await;
    }
    let here = match about.scheme.as_str() {
        "category" => "fields",
        "body-type" => "bodies",
        "document-kind" => "documents",
        "rule" => "findings",
        _ => "",
    };
    match tabs::of_scheme(&about.scheme) {
        Some(tabs) => page(state, &about, tabs, query, here).await,
        None => thing::page(state, iri).await,
    }
}

/// The page of one body.
pub(super) async fn body(state: &Arc<State>, iri: &NamedNode, query: &str) -> Result<Response, Problem> {
    let about = subject::body(state, iri).await?;
    page(state, &about, tabs::of_body(), query, "bodies").await
}

/// What a reader asks for.
#[derive(Debug, Default)]
struct Wish {
    tab: String,
    /// What the tables are narrowed by.
    narrowed: Vec<(String, String)>,
}

impl Wish {
    fn read(query: &str, tabs: Tabs) -> Self {
        let pairs = || form_urlencoded::parse(query.as_bytes());
        let tab = pairs().find(|(name, _)| name == "tab").map_or_else(String::new, |(_, value)| value.into_owned());
        let facets = tabs.facets(tabs.chosen(&tab));
        let value = |name: &str| pairs().find(|(known, _)| known == name).map(|(_, value)| value.trim().to_owned());
        let narrowed = facets.into_iter().filter_map(|facet| Some((value(&facet.name)?, facet.name)));
        let narrowed = narrowed.filter(|(value, _)| !value.is_empty()).map(|(value, name)| (name, value)).collect();
        Self { tab, narrowed }
    }

    fn value(&self, name: &str) -> &str {
        self.narrowed.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }
}

async fn page(state: &Arc<State>, about: &Subject, tabs: Tabs, query: &str, here: &str) -> Result<Response, Problem> {
    let wish = Wish::read(query, tabs);
    let tab = tabs.chosen(&wish.tab);
    let mut facets = Vec::new();
    for facet in tabs.facets(tab) {
        let value = wish.value(&facet.name);
        let choices = match facet.name.as_str() {
            "field" => choices(state, ParameterType::Category, value).await?,
            _ => Vec::new(),
        };
        facets.push(context! { value, choices => view::value(&choices), ..view::value(&facet) });
    }
    let (tables, problem) = match tables(state, about, tabs, tab, &wish).await {
        Ok(tables) => (tables, None),
        // What was filled in stays in the form, with what is wrong about it.
        Err(problem) if problem.status() == StatusCode::BAD_REQUEST && !wish.narrowed.is_empty() => {
            (Vec::new(), Some(problem))
        }
        Err(problem) => return Err(problem),
    };
    let address = link::to(state.store.base(), &about.iri);
    let context = context! {
        title => about.zh.clone(),
        about => view::value(about),
        address => address.clone(),
        tabs => links(&address, tabs, tab, &wish),
        tab => tab.name,
        facets, tables => view::value(&tables),
        problem => problem.as_ref().map(Problem::detail),
        network => with_parameters("/network", [("iri", about.iri.as_str())]),
        data => with_parameters("/resource", [("iri", about.iri.as_str()), ("format", "turtle")]),
        has_network => about.scheme.is_empty() && about.place.is_some() || matches!(about.scheme.as_str(), "category" | "body-type"),
    };
    let page = view::page("across.html", here, &context)?;
    Ok(if problem.is_some() { (StatusCode::BAD_REQUEST, page).into_response() } else { page })
}

/// The other tabs with where they are; what the tables are narrowed by goes along.
fn links(address: &str, tabs: Tabs, here: Tab, wish: &Wish) -> Vec<Value> {
    let link = |tab: &Tab| {
        let title = tab.questions().next().and_then(|question| question.title().cloned()).unwrap_or_default();
        let narrowed = wish.narrowed.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let href = with_parameters(address, [("tab", tab.name)].into_iter().chain(narrowed));
        context! { name => tab.name, title => view::value(&title), here => tab.name == here.name, href }
    };
    if tabs.all.len() > 1 { tabs.all.iter().map(link).collect() } else { Vec::new() }
}

/// The tables of a tab, asked side by side.
async fn tables(state: &Arc<State>, about: &Subject, tabs: Tabs, tab: Tab, wish: &Wish) -> Result<Vec<Table>, Problem> {
    let thing = if tabs.by_notation { &about.notation } else { &about.iri };
    let mut asked = JoinSet::new();
    for (place, (name, most)) in tab.tables.iter().enumerate() {
        let question = find(name).ok_or_else(|| query::Error::unknown_query(name))?;
        let parameters = question.parameters().unwrap_or_default();
        let takes = |name: &str| parameters.iter().any(|parameter| parameter.name == name);
        let narrowed = wish.narrowed.iter().filter(|(name, _)| takes(name)).cloned();
        let given: Vec<_> = [(tabs.parameter.to_owned(), thing.clone())].into_iter().chain(narrowed).collect();
        let (state, most) = (Arc::clone(state), *most);
        asked.spawn(async move {
            let part = Part { most, ..Part::default() };
            (place, Table::of_question(&state, question, &given, part).await)
        });
    }
    let mut found = Vec::new();
    while let Some(answered) = asked.join_next().await {
        let (place, table) = answered.map_err(|_| query::Error::BrokenOff)?;
        found.push((place, table?));
    }
    found.sort_by_key(|(place, _)| *place);
    let tables: Vec<Table> = found.into_iter().map(|(_, table)| table).collect();
    let any = tables.iter().any(|table| table.total > 0);
    // Beside tables that say something, an empty one says nothing (a topic has no topics).
    Ok(tables.into_iter().filter(|table| !any || table.total > 0).collect())
}
