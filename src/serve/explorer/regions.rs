//! `/regions`: which regions report? A map, and lists from the provinces down; `?within=` shows one region's own part.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{RawQuery, State as Extract};
use axum::response::Response;
use minijinja::context;
use oxigraph::model::Term;
use serde::Serialize;

use super::link;
use super::map;
use super::place;
use super::rows::Rows;
use super::table::Table;
use super::view;
use crate::query::{self, ParameterType, resolve};
use crate::serve::problem::Problem;
use crate::serve::state::State;

/// Rows of the list; the others are a page further.
const LISTED: usize = 60;

/// A region in the list of those within another.
#[derive(Serialize)]
struct Below {
    name: String,
    href: String,
    reports: usize,
}

/// The regions directly within one.
#[derive(Serialize)]
struct Group {
    name: String,
    href: String,
    reports: usize,
    below: Vec<Below>,
}

/// The page.
pub(super) async fn page(Extract(state): Extract<Arc<State>>, RawQuery(text): RawQuery) -> Result<Response, Problem> {
    let (mut within, mut level, mut year) = (String::new(), String::new(), String::new());
    for (name, value) in form_urlencoded::parse(text.unwrap_or_default().as_bytes()) {
        let value = value.trim().to_owned();
        match name.as_ref() {
            "within" => within = value,
            "level" => level = value,
            "year" => year = value,
            _ => {}
        }
    }
    let region = if within.is_empty() { String::new() } else { named(&state, &within).await? };
    let given = [("region", region.as_str()), ("level", level.as_str()), ("year", year.as_str())];
    let list = Table::of(&state, "regions", &given, LISTED);
    let asked = context! { within => &within, level => &level, year => &year };
    if region.is_empty() {
        let (list, provinces, table, all, dots) = tokio::try_join!(
            list,
            Rows::of(&state, "provinces", &[]),
            Table::of(&state, "provinces", &[], 40),
            Rows::of(&state, "regions", &[]),
            Rows::of(&state, "region-dots", &[]),
        )?;
        let tiles = view::value(&map::tiles(&provinces));
        let dots = view::value(&map::dots(state.store.base(), &dots, &map::reports(&all), false));
        let (list, provinces) = (view::value(&list), view::value(&table));
        return view::page("regions.html", "regions", &context! { asked, tiles, dots, list, provinces });
    }
    let own = [("region", region.as_str())];
    let (list, all, below) =
        tokio::try_join!(list, Rows::of(&state, "regions", &own), Rows::of(&state, "regions-below", &own))?;
    let reports = map::reports(&all);
    let place = place::read(&state, &region).await?;
    let dots = view::value(&map::dots(state.store.base(), &below, &reports, true));
    let groups = view::value(&groups(state.store.base(), &region, &below, &reports));
    let (list, place) = (view::value(&list), view::value(&place));
    view::page("regions.html", "regions", &context! { asked, region, place, dots, groups, list })
}

/// The IRI of the region that a reader named.
async fn named(state: &Arc<State>, name: &str) -> Result<String, Problem> {
    let turn = state.turn().await?;
    let (state, name) = (Arc::clone(state), name.to_owned());
    let found = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        resolve(state.store.dataset(), ParameterType::Region, "within", &name)
    });
    match found.await.map_err(|_| query::Error::BrokenOff)?? {
        Term::NamedNode(node) => Ok(node.into_string()),
        other => Err(Problem::bad(format!("{other} is no region"))),
    }
}

/// The regions below one, under those directly below it.
fn groups(base: &str, region: &str, rows: &Rows, reports: &BTreeMap<String, usize>) -> Vec<Group> {
    let mut below: BTreeMap<&str, Vec<Below>> = BTreeMap::new();
    let mut direct: Vec<Group> = Vec::new();
    let mut places: Vec<&str> = Vec::new();
    for row in rows.iter() {
        let name = row.text("place_name").to_owned();
        let reports = reports.get(row.text("place")).copied().unwrap_or_default();
        let href = link::to(base, row.text("place"));
        if row.text("above") == region {
            direct.push(Group { name, href, reports, below: Vec::new() });
            places.push(row.text("place"));
        } else {
            below.entry(row.text("above")).or_default().push(Below { name, href, reports });
        }
    }
    for (group, place) in direct.iter_mut().zip(&places) {
        group.below = below.remove(place).unwrap_or_default();
    }
    // What lies deeper is listed with its own name all the same.
    let deeper: Vec<Below> = below.into_values().flatten().collect();
    if !deeper.is_empty() {
        direct.push(Group { name: String::new(), href: String::new(), reports: 0, below: deeper });
    }
    // Those with regions below first; a province's own counties, and a prefecture's, after them in one group.
    direct.sort_by_key(|group| group.below.is_empty());
    direct
}
