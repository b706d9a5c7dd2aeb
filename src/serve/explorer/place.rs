//! What is a region? Its name, code, level, years, and the regions around it.

use std::sync::Arc;

use oxigraph::model::Term;
use serde::Serialize;
use tokio::task::spawn_blocking;

use super::link;
use crate::query::{self, Around};
use crate::serve::problem::Problem;
use crate::serve::state::State;

/// Regions lie within regions, and no deeper than this.
const DEEPEST: usize = 8;

/// Predecessors and successors that are told.
const MOST: usize = 20;

/// A region that another one leads to.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Other {
    pub(super) name: String,
    pub(super) href: String,
    /// Where the regions within it are shown.
    pub(super) list: String,
}

/// A region.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Place {
    pub(super) name: String,
    pub(super) iri: String,
    pub(super) href: String,
    pub(super) code: String,
    /// Notation of its level.
    pub(super) level: String,
    pub(super) level_name: String,
    pub(super) former: Vec<String>,
    pub(super) since: String,
    pub(super) until: String,
    /// The regions above it, the province first.
    pub(super) above: Vec<Other>,
    pub(super) successors: Vec<Other>,
    pub(super) predecessors: Vec<Other>,
}

/// Reads a region from the store.
pub(super) async fn read(state: &Arc<State>, region: &str) -> Result<Place, Problem> {
    let turn = state.turn().await?;
    let (state, region) = (Arc::clone(state), region.to_owned());
    let place = spawn_blocking(move || {
        let _turn = turn;
        look_up(Around::new(state.store.dataset()), state.store.base(), region)
    });
    Ok(place.await.map_err(|_| query::Error::BrokenOff)??)
}

fn look_up(around: Around<'_>, base: &str, region: String) -> Result<Place, query::Error> {
    let text = |property| Ok::<_, query::Error>(around.text(&region, property)?.unwrap_or_default());
    let others = |regions: Vec<String>| -> Result<Vec<Other>, query::Error> {
        regions.iter().map(|region| other(around, base, region)).collect()
    };
    let level = around.iri(&region, "fz:level")?.unwrap_or_default();
    let mut above: Vec<String> = Vec::new();
    let mut next = around.iri(&region, "fz:within")?;
    while let Some(place) = next.filter(|place| !above.contains(place) && above.len() < DEEPEST) {
        next = around.iri(&place, "fz:within")?;
        above.push(place);
    }
    above.reverse();
    Ok(Place {
        name: name(around, &region)?,
        href: link::to(base, &region),
        code: text("fz:code")?,
        level_name: if level.is_empty() {
            String::new()
        } else {
            around.text(&level, "skos:prefLabel")?.unwrap_or_default()
        },
        level: link::local(&level).to_owned(),
        former: texts(around.values(&region, "skos:altLabel")?),
        since: text("fz:since")?,
        until: text("fz:until")?,
        above: others(above)?,
        successors: others(around.iris(&region, "fz:successor")?)?,
        predecessors: others(around.pointing("fz:successor", &region, MOST)?)?,
        iri: region,
    })
}

fn other(around: Around<'_>, base: &str, region: &str) -> Result<Other, query::Error> {
    let code = around.text(region, "fz:code")?;
    let within = code.as_deref().unwrap_or(region);
    let list = link::with_parameters("/regions", [("within", within)]);
    Ok(Other { name: name(around, region)?, href: link::to(base, region), list })
}

/// The name that a region has or had last: a label that is no former name.
fn name(around: Around<'_>, region: &str) -> Result<String, query::Error> {
    let former = texts(around.values(region, "skos:altLabel")?);
    let names = texts(around.values(region, "rdfs:label")?);
    let current = names.iter().find(|name| !former.contains(name)).or(names.first());
    Ok(current.map_or_else(|| link::local(region).to_owned(), Clone::clone))
}

fn texts(terms: Vec<Term>) -> Vec<String> {
    terms
        .into_iter()
        .filter_map(|term| match term {
            Term::Literal(literal) => Some(literal.destruct().0),
            _ => None,
        })
        .collect()
}
