//! How do things hang together? `/network?iri=`: what one thing is joined to, as a picture in which each node leads to the network
//! around it; `/network/NAME`: the whole networks of [`crate::analyze`].

mod around;
mod whole;

use std::sync::Arc;

use axum::extract::{RawQuery, State as Extract};
use axum::response::Response;
use minijinja::{Value, context};
use oxigraph::model::vocab::rdfs;
use oxigraph::model::{Literal, NamedNode, Term};
use oxigraph::sparql::Variable;
use tokio::task::spawn_blocking;

use self::around::{Group, Neighbour};
use super::link::{self, with_parameters};
use super::question::find;
use super::table::{self, Part, Table};
use super::{concepts, view};
use crate::query::{self, ParameterType, Solutions, find_any};
use crate::serve::problem::Problem;
use crate::serve::state::State;
use crate::store::Store;
use crate::vocab::skos;

pub(in crate::serve) use whole::Networks;
pub(super) use whole::page as whole;

/// What a network can be asked around, with its question, the parameter of it that is the thing, and how its node is drawn.
const AROUND: [(ParameterType, &str, &str, &str); 7] = [
    (ParameterType::Region, "network-region", "region", "region"),
    (ParameterType::Document, "network-document", "document", "document"),
    (ParameterType::Body, "network-body", "body", "body"),
    (ParameterType::Report, "network-report", "of", "report"),
    (ParameterType::Category, "network-field", "field", "field"),
    (ParameterType::BodyType, "network-body-type", "type", "type"),
    (ParameterType::Indicator, "network-indicator", "indicator", "indicator"),
];

/// `/network?iri=`: the network around what an IRI, a name or a code stands for; without one, what networks there are.
pub(super) async fn page(Extract(state): Extract<Arc<State>>, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let query = query.unwrap_or_default();
    let value = |wanted: &str| {
        let found = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == wanted);
        found.map_or_else(String::new, |(_, value)| value.trim().to_owned())
    };
    let (asked, more) = (value("iri"), value("more"));
    if asked.is_empty() {
        return view::page("networks.html", "", &context! { title => "" });
    }
    let (kind, thing, name) = meant(&state, asked).await?;
    let Some((_, name_of_question, parameter, drawn)) = AROUND.into_iter().find(|(known, ..)| *known == kind) else {
        return Err(Problem::missing(format!("there is no network around {thing}")));
    };
    let question = find(name_of_question).ok_or_else(|| query::Error::unknown_query(name_of_question))?;
    let given = vec![(parameter.to_owned(), thing.as_str().to_owned())];
    let solutions = table::solutions(&state, question, &given).await?;
    let groups = around::groups(&solutions);
    let sizes: Vec<usize> = groups.iter().map(|group| group.all.len()).collect();
    let widened = groups.iter().position(|group| group.name == more);
    let shares = around::shares(&sizes, widened);
    let shown: Vec<(&str, &[Neighbour])> = groups
        .iter()
        .zip(&shares)
        .map(|(group, share)| (group.name.as_str(), &group.all[..(*share).min(group.all.len())]))
        .collect();
    let rows = shown.iter().flat_map(|(_, all)| all.iter().map(|neighbour| solutions.rows[neighbour.row].clone()));
    let part = Solutions { variables: solutions.variables.clone(), rows: rows.collect() };
    let part = with_reports(&state, part).await?;
    let mut table = Table::new(state.store.base(), question, &given, &part, &Part { most: 100, ..Part::default() });
    table.total = solutions.rows.len();
    // Pictures take no part of a second, but they are not for a thread that serves others.
    let around = {
        let (iri, name) = (thing.as_str().to_owned(), name.clone());
        let shown: Vec<(String, Vec<Neighbour>)> =
            shown.iter().map(|(group, all)| ((*group).to_owned(), all.to_vec())).collect();
        spawn_blocking(move || {
            let shown: Vec<(&str, &[Neighbour])> =
                shown.iter().map(|(name, all)| (name.as_str(), all.as_slice())).collect();
            around::picture(&iri, &name, drawn, &shown)
        })
    };
    let picture = around.await.map_err(|_| query::Error::BrokenOff)?;
    let context = context! {
        title => name,
        thing => context! { iri => thing.as_str(), href => link::to(state.store.base(), thing.as_str()), kind => drawn },
        groups => relations(&thing, &groups, &shares, &more),
        widened => widened.map(|at| groups[at].name.clone()),
        all => with_parameters("/network", [("iri", thing.as_str())]),
        picture => view::value(&picture),
        table => view::value(&table),
    };
    view::page("network.html", "", &context)
}

/// The rows with the name of the report of each passage: asked in the query, all names of the store would be looked at.
async fn with_reports(state: &Arc<State>, mut part: Solutions) -> Result<Solutions, Problem> {
    let Some(report) = part.variables.iter().position(|variable| variable.as_str() == "report") else {
        return Ok(part);
    };
    let state = Arc::clone(state);
    let named = spawn_blocking(move || {
        for row in &mut part.rows {
            let name = match &row[report] {
                Some(Term::NamedNode(report)) => Some(Literal::from(name(&state.store, report)?).into()),
                _ => None,
            };
            row.push(name);
        }
        part.variables.push(Variable::new_unchecked("report_name"));
        Ok::<_, Problem>(part)
    });
    named.await.map_err(|_| query::Error::BrokenOff)?
}

/// The relations with how many neighbours they have, and where they are widened.
fn relations(thing: &NamedNode, groups: &[Group], shares: &[usize], more: &str) -> Vec<Value> {
    let relation = |(group, shown): (&Group, &usize)| {
        let href = with_parameters("/network", [("iri", thing.as_str()), ("more", group.name.as_str())]);
        context! {
            name => group.name.clone(), shown, all => group.all.len(),
            href => (*shown < group.all.len() && group.name != more).then_some(href),
        }
    };
    groups.iter().zip(shares).map(relation).collect()
}

/// What a reader means, of which kind it is, and what it is called.
async fn meant(state: &Arc<State>, value: String) -> Result<(ParameterType, NamedNode, String), Problem> {
    let turn = state.turn().await?;
    let state = Arc::clone(state);
    let found = spawn_blocking(move || {
        let _turn = turn;
        let kinds = AROUND.map(|(kind, ..)| kind);
        let (kind, thing) = find_any(state.store.dataset(), &kinds, &value).map_err(|error| match error {
            query::Error::UnknownThing { .. } => Problem::missing(error.to_string()),
            error => Problem::from(error),
        })?;
        let name = name(&state.store, &thing)?;
        Ok::<_, Problem>((kind, thing, name))
    });
    found.await.map_err(|_| query::Error::BrokenOff)?
}

/// The Chinese name of a thing, not a former one; else what its IRI ends in.
fn name(store: &Store, thing: &NamedNode) -> Result<String, Problem> {
    if let Some(name) = concepts::name(thing.as_str()) {
        return Ok(name.zh.clone());
    }
    let former = store.values(thing.as_ref(), skos::ALT_LABEL)?;
    let labels = store.values(thing.as_ref(), rdfs::LABEL)?;
    let labels = labels.into_iter().filter(|label| !former.contains(label)).filter_map(|label| match label {
        Term::Literal(label) if label.language() == Some("zh") => Some(label.value().to_owned()),
        _ => None,
    });
    Ok(labels.min().unwrap_or_else(|| link::local(thing.as_str()).to_owned()))
}
