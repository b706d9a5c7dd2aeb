//! The pictures of a table of figures: the numbers in them are those of the table.

use super::super::plot::{self, Bar, Bars, Dot, Line, Lines, Strip};
use super::grid::{Grid, Row, Told};

/// Bars of one picture, beside those of chosen places.
const BARS: usize = 20;

/// Of fewer values, quartiles say nothing.
const FEWEST: usize = 4;

/// Lines of one picture.
pub(super) const LINES: usize = 12;

/// Lines where the reader chose none.
const LINES_UNCHOSEN: usize = 8;

/// The first values of a year in the order of the table, and those of chosen places. A report with several values has a bar each.
pub(super) fn bars(grid: &Grid, at: usize) -> Bars {
    let rows = grid.rows.iter().filter(|row| !row.cells[at].is_empty());
    let shown = rows.enumerate().filter(|(rank, row)| *rank < BARS || row.chosen).map(|(_, row)| row);
    plot::bars(shown.flat_map(|row| of_row(grid, row, at)).collect())
}

fn of_row<'a>(grid: &'a Grid, row: &'a Row, at: usize) -> impl Iterator<Item = Bar> + 'a {
    let several = row.single(at).is_none();
    let shown = if several { row.cells[at].len() } else { 1 };
    row.cells[at][..shown].iter().enumerate().map(move |(number, told)| Bar {
        name: if several { format!("{} {}/{shown}", row.name, number + 1) } else { row.name.clone() },
        value: told.value,
        told: with_unit(grid, told),
        href: told.href.clone(),
        approximate: told.approximate,
        chosen: row.chosen,
    })
}

/// The chosen places over the years; without a choice, the first of the table that have values of two years.
pub(super) fn lines(grid: &Grid) -> Lines {
    let told = |row: &&Row| row.cells.iter().filter(|cell| !cell.is_empty()).count();
    let chosen: Vec<&Row> = grid.rows.iter().filter(|row| row.chosen && told(row) > 0).take(LINES).collect();
    let shown = if chosen.is_empty() {
        grid.rows.iter().filter(|row| told(row) > 1).take(LINES_UNCHOSEN).collect()
    } else {
        chosen
    };
    let line = |row: &Row| Line {
        name: row.name.clone(),
        values: (0..grid.years.len()).flat_map(|at| of_year(grid, row, at)).collect(),
    };
    plot::lines(shown.into_iter().map(line).collect())
}

fn of_year(grid: &Grid, row: &Row, at: usize) -> Vec<(i32, f64, String)> {
    let year = grid.years[at];
    match row.single(at) {
        Some(told) => vec![(year, told.value, with_unit(grid, told))],
        None => row.cells[at].iter().map(|told| (year, told.value, with_unit(grid, told))).collect(),
    }
}

/// The places with one value in a year, and how many have several.
pub(super) fn strip(grid: &Grid, at: usize) -> (Option<Strip>, usize) {
    let dot = |row: &Row| {
        let told = row.single(at)?;
        Some(Dot {
            name: row.name.clone(),
            value: told.value,
            told: with_unit(grid, told),
            href: told.href.clone(),
            chosen: row.chosen,
        })
    };
    let dots: Vec<Dot> = grid.rows.iter().filter_map(dot).collect();
    let told = grid.rows.iter().filter(|row| !row.cells[at].is_empty()).count();
    let several = told - dots.len();
    (if dots.len() < FEWEST { None } else { plot::strip(dots) }, several)
}

fn with_unit(grid: &Grid, told: &Told) -> String {
    let about = if told.approximate { "\u{2248}" } else { "" };
    let space = if grid.unit.is_ascii() && grid.unit != "%" && !grid.unit.is_empty() { " " } else { "" };
    format!("{about}{}{space}{}", told.text, grid.unit)
}
