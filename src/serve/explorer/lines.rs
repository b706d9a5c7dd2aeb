//! How did a number go over the years? A small picture of a line for each indicator, drawn by the server.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::link::{self, with_parameters};
use super::rows::{Row, Rows};

/// Width and height of the area in which the line runs, and the space around it.
const AREA: (f64, f64) = (220.0, 70.0);
const MARGIN: (f64, f64) = (12.0, 18.0);

/// A value of a year.
#[derive(Debug, Clone, Serialize)]
struct Point {
    x: f64,
    y: f64,
    year: String,
    value: String,
    /// The passage that says so.
    href: String,
}

/// An indicator over the years.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Plot {
    name: String,
    unit: String,
    href: String,
    path: String,
    points: Vec<Point>,
    width: f64,
    height: f64,
}

/// A figure as it is plotted.
struct Figure<'a> {
    year: i32,
    value: f64,
    row: Row<'a>,
}

/// The indicators that are told for most years, at most `most` of them; `rows` is the answer of `region-figures`.
pub(super) fn plots(base: &str, rows: &Rows, most: usize) -> Vec<Plot> {
    let mut indicators: BTreeMap<(&str, &str), Vec<Row<'_>>> = BTreeMap::new();
    for row in rows.iter() {
        indicators.entry((row.text("indicator_name"), row.text("indicator"))).or_default().push(row);
    }
    let mut plots: Vec<Plot> =
        indicators.into_iter().filter_map(|((name, iri), rows)| plot(base, name, iri, &rows)).collect();
    // The sort is stable, so that of equal ones the names decide.
    plots.sort_by_key(|plot| std::cmp::Reverse(plot.points.len()));
    plots.truncate(most);
    plots
}

fn plot(base: &str, name: &str, iri: &str, rows: &[Row<'_>]) -> Option<Plot> {
    let unit = usual(rows)?;
    let mut figures: Vec<Figure<'_>> = Vec::new();
    // Figures of the year itself before those of another time; of several the first in the text.
    let mut sorted: Vec<&Row<'_>> = rows.iter().filter(|row| row.text("unit") == unit).collect();
    sorted.sort_by_key(|row| !row.text("period").is_empty());
    for row in sorted {
        let (Ok(year), Some(value)) = (row.text("year").parse::<i32>(), row.number("value")) else { continue };
        if !figures.iter().any(|figure| figure.year == year) {
            figures.push(Figure { year, value, row: *row });
        }
    }
    if figures.len() < 2 {
        return None;
    }
    figures.sort_by_key(|figure| figure.year);
    let points = points(base, &figures);
    let mut path = String::new();
    for (at, point) in points.iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = write!(path, "{}{} {}", if at == 0 { 'M' } else { 'L' }, point.x, point.y);
    }
    let (width, height) = (AREA.0 + 2.0 * MARGIN.0, AREA.1 + 2.0 * MARGIN.1);
    Some(Plot { name: name.to_owned(), unit: unit.to_owned(), href: link::to(base, iri), path, points, width, height })
}

/// The unit that most figures have; of equal ones the first.
fn usual<'a>(rows: &[Row<'a>]) -> Option<&'a str> {
    let mut units: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows {
        *units.entry(row.text("unit")).or_default() += 1;
    }
    let most = units.values().max().copied()?;
    units.into_iter().find(|(_, count)| *count == most).map(|(unit, _)| unit)
}

fn points(base: &str, figures: &[Figure<'_>]) -> Vec<Point> {
    let (first, last) = (figures[0].year, figures[figures.len() - 1].year);
    // The axis begins at nothing, so that a small change does not look like a large one.
    let top = figures.iter().map(|figure| figure.value).fold(0.0, f64::max);
    let bottom = figures.iter().map(|figure| figure.value).fold(0.0, f64::min);
    let height = if top > bottom { top - bottom } else { 1.0 };
    let round = |number: f64| (number * 10.0).round() / 10.0;
    figures
        .iter()
        .map(|figure| {
            let row = &figure.row;
            let href = with_parameters(
                &link::to(base, row.text("report")),
                [("from", row.text("start")), ("to", row.text("end"))],
            );
            Point {
                x: round(MARGIN.0 + AREA.0 * f64::from(figure.year - first) / f64::from(last - first)),
                y: round(MARGIN.1 + AREA.1 * (top - figure.value) / height),
                year: figure.year.to_string(),
                value: row.text("value").to_owned(),
                href: href + "#passage",
            }
        })
        .collect()
}
