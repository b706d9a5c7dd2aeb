//! `/names?q=武&kind=region+document`: what could be meant by the first characters of a name, for forms and the editor of queries.

use std::sync::Arc;

use axum::extract::{RawQuery, State as Extract};
use axum::response::Response;
use tokio::task::spawn_blocking;

use crate::query::{Error, Names, ParameterType};
use crate::serve::problem::Problem;
use crate::serve::respond::json;
use crate::serve::state::State;

/// What has names, as `kind` calls it.
const KINDS: [(&str, ParameterType); 10] = [
    ("region", ParameterType::Region),
    ("document", ParameterType::Document),
    ("body", ParameterType::Body),
    ("report", ParameterType::Report),
    ("category", ParameterType::Category),
    ("body-type", ParameterType::BodyType),
    ("document-kind", ParameterType::DocumentKind),
    ("level", ParameterType::Level),
    ("indicator", ParameterType::Indicator),
    ("rule", ParameterType::Rule),
];

/// A list of more is not read while one types.
const MOST: usize = 12;

/// Nobody types more characters of a name.
const LONGEST: usize = 100;

pub(super) async fn like(Extract(state): Extract<Arc<State>>, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let (mut typed, mut kinds) = (String::new(), Vec::new());
    for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
        match name.as_ref() {
            "q" => typed = value.chars().take(LONGEST).collect(),
            "kind" => {
                for name in value.split([' ', ',']).filter(|name| !name.is_empty()) {
                    kinds.push(kind(name)?);
                }
            }
            _ => {}
        }
    }
    if kinds.is_empty() {
        kinds.extend(KINDS.map(|(_, kind)| kind));
    }
    let names = names(&state).await?;
    let found = spawn_blocking(move || names.like(state.store.dataset(), &typed, &kinds, MOST));
    let found = found.await.map_err(|_| Error::BrokenOff)?.map_err(Error::from)?;
    json(&found)
}

fn kind(name: &str) -> Result<ParameterType, Problem> {
    let known = KINDS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
    known.ok_or_else(|| {
        let known = KINDS.map(|(name, _)| name).join(", ");
        Problem::bad(format!("there are no names of `{name}`; kind is one of {known}"))
    })
}

/// The names of the store as it is now, read when they are first asked for.
async fn names(state: &Arc<State>) -> Result<Arc<Names>, Problem> {
    let mut kept = state.names.lock().await;
    let now = state.version();
    if let Some((version, names)) = kept.as_ref()
        && *version == now
    {
        return Ok(Arc::clone(names));
    }
    let read = {
        let state = Arc::clone(state);
        spawn_blocking(move || Names::read(state.store.dataset(), &KINDS.map(|(_, kind)| kind)))
    };
    let names = Arc::new(read.await.map_err(|_| Error::BrokenOff)?.map_err(Error::from)?);
    *kept = Some((now, Arc::clone(&names)));
    Ok(names)
}
