//! How does a map come to be, without borders? A tile for every province, and a dot for the seat of every county.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::link;
use super::rows::Rows;
use crate::lexicon::Tile;

/// Shades of the tiles, from few reports to many; shade 0 is for none.
const SHADES: usize = 5;

/// A tile of the map as it is drawn.
#[derive(Debug, Serialize, PartialEq)]
pub(super) struct Square {
    name: String,
    full: String,
    column: u16,
    row: u16,
    reports: usize,
    regions: usize,
    years: String,
    shade: usize,
    href: String,
}

/// The tiles with what their shades mean.
#[derive(Debug, Serialize)]
pub(super) struct Tiles {
    squares: Vec<Square>,
    columns: u16,
    rows: u16,
    /// The fewest and the most reports of each shade that is used.
    legend: Vec<(usize, usize, usize)>,
}

/// The tiles of the provinces; `provinces` is the answer of the question of this name.
pub(super) fn tiles(provinces: &Rows) -> Tiles {
    // A test reads the table.
    let tiles = Tile::all().unwrap_or_default();
    let most = provinces.iter().map(|row| row.count("reports")).max().unwrap_or_default();
    let (columns, rows) = (tiles.iter().map(|tile| tile.column + 1).max(), tiles.iter().map(|tile| tile.row + 1).max());
    let mut squares = Vec::new();
    for tile in tiles {
        let row = provinces.iter().find(|row| row.text("code") == tile.code);
        let count = |name| row.map_or(0, |row| row.count(name));
        let text = |name| row.map_or("", |row| row.text(name));
        let full = if row.is_some() { text("province_name").to_owned() } else { tile.name.clone() };
        let years = match (text("first"), text("last")) {
            (first, last) if first == last => first.to_owned(),
            (first, last) => format!("{first}\u{2013}{last}"),
        };
        squares.push(Square {
            href: link::with_parameters("/regions", [("within", tile.code.as_str())]),
            shade: shade(count("reports"), most),
            name: tile.name,
            full,
            column: tile.column,
            row: tile.row,
            reports: count("reports"),
            regions: count("regions"),
            years,
        });
    }
    let legend = (1..=SHADES).filter_map(|shade| {
        let of: Vec<usize> =
            squares.iter().filter(|square| square.shade == shade).map(|square| square.reports).collect();
        Some((shade, *of.iter().min()?, *of.iter().max()?))
    });
    let legend = legend.collect();
    Tiles { squares, columns: columns.unwrap_or_default(), rows: rows.unwrap_or_default(), legend }
}

/// The shade of a number of reports: by its logarithm, since some provinces have a hundred times as many as others.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::cast_possible_truncation,
    reason = "a shade is from 0 to 5"
)]
fn shade(reports: usize, most: usize) -> usize {
    if reports == 0 {
        return 0;
    }
    let share = (1.0 + reports as f64).ln() / (1.0 + most as f64).ln();
    ((share * SHADES as f64).ceil() as usize).clamp(1, SHADES)
}

/// Dots of one size as one path.
#[derive(Debug, Serialize)]
pub(super) struct Size {
    class: usize,
    path: String,
    /// The fewest and the most reports of a dot.
    range: (usize, usize),
}

/// A dot that leads somewhere.
#[derive(Debug, Serialize)]
pub(super) struct Dot {
    x: f64,
    y: f64,
    radius: f64,
    name: String,
    reports: usize,
    href: String,
}

/// The dots of a map.
#[derive(Debug, Serialize)]
pub(super) struct Dots {
    width: f64,
    height: f64,
    /// Those without reports, and then those with some in sizes.
    none: String,
    sizes: Vec<Size>,
    /// Those of one province, which are few enough to be links.
    links: Vec<Dot>,
    counted: usize,
}

/// Width of a map in its own units.
const WIDTH: f64 = 800.0;
/// Space around the dots.
const MARGIN: f64 = 14.0;
/// Reports from which a dot is of the next size.
const SIZES: [usize; 4] = [1, 3, 6, 12];
/// Dots of a province that are links; what is beyond is drawn and not linked.
const MOST: usize = 300;

/// How many reports there are of each region; `regions` is the answer of the question of this name.
pub(super) fn reports(regions: &Rows) -> BTreeMap<String, usize> {
    regions.iter().map(|row| (row.text("place").to_owned(), row.count("reports"))).collect()
}

/// The dots of the rows with latitude and longitude, by the `reports` of each; `linked`, each with its name, where it is a map of
/// a province.
pub(super) fn dots(base: &str, rows: &Rows, reports: &BTreeMap<String, usize>, linked: bool) -> Option<Dots> {
    let places: Vec<_> =
        rows.iter().filter_map(|row| Some((project(row.number("latitude")?, row.number("longitude")?), row))).collect();
    let (first, _) = places.first()?;
    let bounds = places.iter().fold((first.0, first.1, first.0, first.1), |(left, top, right, bottom), ((x, y), _)| {
        (left.min(*x), top.min(*y), right.max(*x), bottom.max(*y))
    });
    let scale = (WIDTH - 2.0 * MARGIN) / (bounds.2 - bounds.0).max(bounds.3 - bounds.1).max(0.005);
    let place = |(x, y): (f64, f64)| ((x - bounds.0) * scale + MARGIN, (y - bounds.1) * scale + MARGIN);
    let mut none = String::new();
    let mut sizes: Vec<Size> =
        (0..SIZES.len()).map(|class| Size { class, path: String::new(), range: (usize::MAX, 0) }).collect();
    let mut links = Vec::new();
    let mut counted = 0;
    for (point, row) in &places {
        let (x, y) = place(*point);
        let reports = reports.get(row.text("place")).copied().unwrap_or_default();
        counted += usize::from(reports > 0);
        if linked && links.len() < MOST {
            let href = link::to(base, row.text("place"));
            let (x, y) = ((x * 10.0).round() / 10.0, (y * 10.0).round() / 10.0);
            links.push(Dot { x, y, radius: radius(reports), name: row.text("place_name").to_owned(), reports, href });
            continue;
        }
        let class = SIZES.iter().rposition(|least| reports >= *least);
        let path = match class {
            Some(class) => {
                let size = &mut sizes[class];
                size.range = (size.range.0.min(reports), size.range.1.max(reports));
                &mut size.path
            }
            None => &mut none,
        };
        // A line without length is a dot, as its ends are round. Writing to a string cannot fail.
        let _ = write!(path, "M{x:.0} {y:.0}h0");
    }
    sizes.retain(|size| !size.path.is_empty());
    let height = (bounds.3 - bounds.1) * scale + 2.0 * MARGIN;
    Some(Dots { width: WIDTH, height: height.round(), none, sizes, links, counted })
}

#[expect(clippy::cast_precision_loss, reason = "the size of a dot needs no exact count")]
fn radius(reports: usize) -> f64 {
    if reports == 0 { 3.0 } else { (4.0 + 2.5 * (reports as f64).sqrt()).min(18.0).round() }
}

/// Where a place is on the map: Albers' equal-area conic projection with the parallels 25° and 47° N and the meridian 105° E, which
/// maps of China commonly use. To the right and downwards, in radii of the earth.
fn project(latitude: f64, longitude: f64) -> (f64, f64) {
    let (first, second) = (25_f64.to_radians(), 47_f64.to_radians());
    let n = f64::midpoint(first.sin(), second.sin());
    let c = first.cos().powi(2) + 2.0 * n * first.sin();
    let rho = |latitude: f64| (c - 2.0 * n * latitude.sin()).max(0.0).sqrt() / n;
    let theta = n * (longitude - 105.0).to_radians();
    let here = rho(latitude.to_radians());
    (here * theta.sin(), here * theta.cos() - rho(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shades_go_from_none_to_the_most() {
        assert_eq!([0, 1, 10, 100, 1000].map(|reports| shade(reports, 1000)), [0, 1, 2, 4, 5]);
        assert_eq!(shade(1, 1), 5);
    }

    #[test]
    fn the_east_is_right_and_the_north_is_up() {
        let (beijing, kashi, sanya) = (project(39.9, 116.4), project(39.5, 76.0), project(18.25, 109.5));
        assert!(kashi.0 < sanya.0 && sanya.0 < beijing.0);
        assert!(beijing.1 < sanya.1);
        // On the standard parallels lengths are true: a degree of longitude at 25° N is cos 25° times one of the equator.
        let along = project(25.0, 106.0).0 - project(25.0, 105.0).0;
        assert!((along - 25_f64.to_radians().cos() * 1_f64.to_radians()).abs() < 1e-5, "{along}");
    }
}
