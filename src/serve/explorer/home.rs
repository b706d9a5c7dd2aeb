//! `/`: what is here, and where a reader may begin.

use std::sync::Arc;

use axum::extract::State as Extract;
use axum::response::Response;
use minijinja::context;

use super::map;
use super::rows::Rows;
use super::table::Table;
use super::view;
use crate::serve::problem::Problem;
use crate::serve::state::State;

/// Reports that are listed.
const NEWEST: usize = 8;

/// The page.
pub(super) async fn page(Extract(state): Extract<Arc<State>>) -> Result<Response, Problem> {
    let (contents, provinces, regions, newest) = tokio::try_join!(
        Rows::of(&state, "store-contents", &[]),
        Rows::of(&state, "provinces", &[]),
        Rows::of(&state, "regions", &[]),
        Table::of(&state, "newest-reports", &[], NEWEST),
    )?;
    let count = |class: &str| {
        contents.iter().find(|row| row.text("class").ends_with(class)).map_or(0, |row| row.count("things"))
    };
    let units = count("#Measure") + count("#Problem") + count("#Plan");
    let first = regions.iter().map(|row| row.text("first")).min();
    let last = regions.iter().map(|row| row.text("last")).max();
    let counts = context! {
        reports => count("#Report"), regions => regions.iter().count(), first, last, units, citations => count("#Citation"), figures => count("#Figure"),
        findings => count("#Finding"), documents => count("#Document"), bodies => count("#Body"),
    };
    let tiles = map::tiles(&provinces);
    view::page("home.html", "", &context! { counts, tiles => view::value(&tiles), newest => view::value(&newest) })
}
