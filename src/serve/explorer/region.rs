//! The page of a region: its reports by year, what they cover, cite and count, what they admit and plan, and what to doubt.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::extract::{RawQuery, State as Extract};
use axum::http::StatusCode;
use axum::response::Response;
use minijinja::context;
use oxigraph::model::NamedNode;
use serde::Serialize;
use tokio::task::spawn_blocking;

use super::lines::plots;
use super::link::{self, with_parameters};
use super::map::reports as reports_of;
use super::place;
use super::rows::Rows;
use super::table::Table;
use super::view;
use crate::analyze;
use crate::query;
use crate::serve::problem::Problem;
use crate::serve::state::State;

/// Indicators that are drawn.
const PLOTS: usize = 9;

/// Regions that are alike, on the page about these.
const ALIKE: usize = 12;

/// The page.
pub(super) async fn page(state: &Arc<State>, region: &NamedNode) -> Result<Response, Problem> {
    let iri = region.as_str();
    let own = [("region", iri)];
    let place = place::read(state, iri).await?;
    let is_leaf = matches!(place.level.as_str(), "county" | "township");
    let (reports, rows) =
        tokio::try_join!(Table::of(state, "region-reports", &own, 40), Rows::of(state, "region-reports", &own))?;
    let years: BTreeSet<i32> = rows.iter().filter_map(|row| row.text("year").parse().ok()).collect();
    let missing = gaps(&years);
    let below = if is_leaf {
        None
    } else {
        let (below, all) = tokio::try_join!(Rows::of(state, "regions-below", &own), Rows::of(state, "regions", &own))?;
        let mut reports = reports_of(&all);
        reports.remove(iri);
        let (reporting, sum) = (reports.len(), reports.values().sum::<usize>());
        Some(context! { regions => below.iter().count(), reporting, reports => sum })
    };
    let links = context! {
        list => with_parameters("/regions", [("within", if place.code.is_empty() { iri } else { &place.code })]),
        search => with_parameters("/search", [("region", iri)]),
        alike => with_parameters("/regions/alike", [("region", iri)]),
        history => with_parameters("/q/region-history", [("region", iri)]),
        missing => with_parameters("/q/missing-years", [("region", iri)]),
        data => with_parameters("/resource", [("iri", iri)]),
        network => with_parameters("/network", [("iri", iri)]),
    };
    let title = place.name.clone();
    let (reports, place) = (view::value(&reports), view::value(&place));
    let unreported = years.is_empty();
    let head = context! { title, place, reports, missing, years, below, links, iri };
    if unreported {
        return view::page("region.html", "regions", &head);
    }
    let (fields, laws, bodies, figures, drawn) = tokio::try_join!(
        Rows::of(state, "region-fields", &own),
        Table::of(state, "region-laws", &own, 12),
        Table::of(state, "region-bodies", &own, 10),
        Table::of(state, "region-figures", &own, 12),
        Rows::of(state, "region-figures", &own),
    )?;
    let (problems, plans, findings) = tokio::try_join!(
        Table::of(state, "region-problems", &own, 12),
        Table::of(state, "region-plans", &own, 12),
        Table::of(state, "region-findings", &own, 10),
    )?;
    let base = state.store.base();
    let tables = context! {
        laws => view::value(&laws), bodies => view::value(&bodies), figures => view::value(&figures), problems => view::value(&problems),
        plans => view::value(&plans), findings => view::value(&findings),
    };
    let fields = view::value(&heat(base, iri, &fields));
    let plots = view::value(&plots(base, &drawn, PLOTS));
    view::page("region.html", "regions", &context! { heat => fields, plots, ..context! { ..tables, ..head } })
}

/// The years between the first and the last that have no report.
fn gaps(years: &BTreeSet<i32>) -> Vec<i32> {
    let (Some(first), Some(last)) = (years.first(), years.last()) else { return Vec::new() };
    (*first..=*last).filter(|year| !years.contains(year)).collect()
}

/// A field with its measures by year.
#[derive(Serialize)]
struct Line {
    name: String,
    href: String,
    cells: Vec<Cell>,
    total: usize,
}

#[derive(Serialize, Clone, Default)]
struct Cell {
    measures: usize,
    problems: usize,
    plans: usize,
    /// From 0, none, to 5, the most.
    shade: usize,
    /// The measures themselves.
    href: String,
}

/// Fields by years.
#[derive(Serialize)]
struct Heat {
    years: Vec<String>,
    lines: Vec<Line>,
    table: String,
}

fn heat(base: &str, region: &str, rows: &Rows) -> Heat {
    let years: BTreeSet<&str> = rows.iter().map(|row| row.text("year")).collect();
    let most = rows.iter().map(|row| row.count("measures")).max().unwrap_or_default();
    let mut fields: BTreeMap<(&str, &str), BTreeMap<&str, Cell>> = BTreeMap::new();
    for row in rows.iter() {
        let (year, measures) = (row.text("year"), row.count("measures"));
        let href = with_parameters(
            "/q/measures-of-field",
            [("field", row.text("field")), ("region", region), ("since", year), ("until", year)],
        );
        let (problems, plans) = (row.count("problems"), row.count("plans"));
        let shade = if measures == 0 { 0 } else { (measures * 5).div_ceil(most.max(1)) };
        let cell = Cell { measures, problems, plans, shade, href };
        fields.entry((row.text("field"), row.text("field_name"))).or_default().insert(year, cell);
    }
    let mut lines: Vec<Line> = fields
        .into_iter()
        .map(|((field, name), cells)| Line {
            name: name.to_owned(),
            href: link::to(base, field),
            total: cells.values().map(|cell| cell.measures).sum(),
            cells: years.iter().map(|year| cells.get(year).cloned().unwrap_or_default()).collect(),
        })
        .collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.total));
    let table = with_parameters("/q/region-fields", [("region", region)]);
    Heat { years: years.into_iter().map(str::to_owned).collect(), lines, table }
}

/// `/regions/alike?region=`: the regions whose reports are most like a region's, and why. A page of its own, since all profiles are
/// compared for it.
pub(super) async fn alike(Extract(state): Extract<Arc<State>>, RawQuery(text): RawQuery) -> Result<Response, Problem> {
    let text = text.unwrap_or_default();
    let region =
        form_urlencoded::parse(text.as_bytes()).find(|(name, _)| name == "region").map(|(_, value)| value.into_owned());
    let region = region.ok_or_else(|| Problem::bad("say which region: /regions/alike?region=NAME"))?;
    let turn = state.turn().await?;
    let found = {
        let state = Arc::clone(&state);
        spawn_blocking(move || {
            let _turn = turn;
            analyze::alike(state.store.dataset(), &region, &[], ALIKE, state.settings.limits)
        })
    };
    let found = found.await.map_err(|_| query::Error::BrokenOff)?.map_err(|error| match error {
        analyze::Error::Query(error) => Problem::from(error),
        other => Problem::new(StatusCode::NOT_FOUND, other.to_string()),
    })?;
    let base = state.store.base();
    let others = found.others.iter().map(|other| {
        let reasons = other.reasons.iter().map(|reason| {
            context! { label => &reason.label, href => link::to(base, &reason.iri), kind => reason.kind, regions => reason.regions }
        });
        context! {
            label => &other.label, href => link::to(base, &other.iri), likeness => percent(other.likeness), citations => percent(other.citations),
            topics => percent(other.topics), reasons => reasons.collect::<Vec<_>>(),
        }
    });
    let others: Vec<_> = others.collect();
    let place = place::read(&state, &found.iri).await?;
    let context = context! { title => &found.label, place => view::value(&place), regions => found.regions, others };
    view::page("alike.html", "regions", &context)
}

/// A share in whole hundredths.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share is from 0 to 1")]
fn percent(share: f64) -> u32 {
    (share.clamp(0.0, 1.0) * 100.0).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_that_are_missing_lie_between_the_others() {
        assert_eq!(gaps(&BTreeSet::from([2019, 2021, 2024])), [2020, 2022, 2023]);
        assert!(gaps(&BTreeSet::from([2019])).is_empty() && gaps(&BTreeSet::new()).is_empty());
    }

    #[test]
    fn a_share_is_told_in_hundredths() {
        assert_eq!([0.0, 0.005, 0.5, 1.0].map(percent), [0, 1, 50, 100]);
    }
}
