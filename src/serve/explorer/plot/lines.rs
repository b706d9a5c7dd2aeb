//! Some regions over the years: a line each, told apart by colour, by mark, and by its name at the end.

use serde::Serialize;

use super::scale::Scale;
use super::{FONT, Tick, WIDTH, tenth};
use crate::analyze::picture::{shortened, text_width};

/// Space above and below the lines, and between two names.
const TOP: f64 = 14.0;
const BOTTOM: f64 = 28.0;
const APART: f64 = 17.0;

/// The lowest picture.
const LOWEST: f64 = 300.0;

/// The widest column of names.
const NAMES: f64 = 170.0;

/// Values over the years.
#[derive(Debug, Clone)]
pub(in super::super) struct Line {
    pub(in super::super) name: String,
    /// Year, value, and the value as it is told; several of one year are told apart.
    pub(in super::super) values: Vec<(i32, f64, String)>,
}

#[derive(Debug, Serialize)]
pub(in super::super) struct Lines {
    pub(in super::super) width: f64,
    pub(in super::super) height: f64,
    pub(in super::super) left: f64,
    pub(in super::super) right: f64,
    pub(in super::super) bottom: f64,
    pub(in super::super) years: Vec<Tick>,
    pub(in super::super) ticks: Vec<Tick>,
    /// The lines with their places.
    pub(in super::super) drawn: Vec<Drawn>,
}

/// A line with its places.
#[derive(Debug, Serialize)]
pub(in super::super) struct Drawn {
    /// From 1; colour and mark go by it.
    pub(in super::super) number: usize,
    pub(in super::super) name: String,
    pub(in super::super) short: String,
    pub(in super::super) name_x: f64,
    pub(in super::super) name_y: f64,
    /// Where the line that leads from the last point to the name begins.
    pub(in super::super) lead: (f64, f64),
    pub(in super::super) points: Vec<Point>,
    pub(in super::super) pieces: Vec<Piece>,
}

#[derive(Debug, Serialize)]
pub(in super::super) struct Point {
    pub(in super::super) x: f64,
    pub(in super::super) y: f64,
    pub(in super::super) year: i32,
    pub(in super::super) told: String,
    /// Whether the year has several values: a line cannot choose one.
    pub(in super::super) several: bool,
}

/// A straight piece between two years.
#[derive(Debug, Serialize)]
pub(in super::super) struct Piece {
    pub(in super::super) from: (f64, f64),
    pub(in super::super) to: (f64, f64),
    /// Whether years between them have no value.
    pub(in super::super) gap: bool,
}

/// The picture of these lines; those without a value are left out.
pub(in super::super) fn lines(values: Vec<Line>) -> Lines {
    let values: Vec<Line> = values.into_iter().filter(|line| !line.values.is_empty()).collect();
    let all = || values.iter().flat_map(|line| &line.values);
    let (first, last) =
        all().fold((i32::MAX, i32::MIN), |(first, last), (year, ..)| (first.min(*year), last.max(*year)));
    #[expect(clippy::cast_precision_loss, reason = "a dozen lines")]
    let height = LOWEST.max(values.len() as f64 * APART + TOP + BOTTOM + 10.0);
    let bottom = height - BOTTOM;
    let low = all().map(|(_, value, _)| *value).fold(0.0, f64::min);
    let high = all().map(|(_, value, _)| *value).fold(0.0, f64::max);
    let scale = Scale::new(low, high, 5, (bottom, TOP));
    let ticks = scale.ticks();
    let left = ticks.iter().map(|tick| text_width(&tick.label, FONT)).fold(0.0, f64::max) + 10.0;
    let names = values.iter().map(|line| text_width(&line.name, FONT)).fold(0.0, f64::max).min(NAMES);
    let right = WIDTH - names - 26.0;
    let across = |year: i32| {
        let share = if last > first { f64::from(year - first) / f64::from(last - first) } else { 0.5 };
        tenth(left + 12.0 + share * (right - left - 24.0))
    };
    let years = if values.is_empty() { Vec::new() } else { year_ticks(first, last, &across) };
    let mut placed: Vec<Drawn> =
        values.into_iter().enumerate().map(|(at, line)| drawn(at + 1, line, &scale, &across)).collect();
    let ends: Vec<f64> = placed.iter().map(|line| line.lead.1).collect();
    for (line, y) in placed.iter_mut().zip(apart(&ends, APART, (TOP, bottom))) {
        line.short = shortened(&line.name, names, FONT);
        (line.name_x, line.name_y) = (tenth(right + 22.0), tenth(y));
    }
    Lines { width: WIDTH, height, left: tenth(left), right: tenth(right), bottom, years, ticks, drawn: placed }
}

/// The years at the axis: all, or every second, fifth … where there are many.
fn year_ticks(first: i32, last: i32, across: &impl Fn(i32) -> f64) -> Vec<Tick> {
    let span = last - first;
    let every = [1, 2, 5, 10, 20, 50, 100].into_iter().find(|every| span / every <= 10).unwrap_or(1000);
    let shown = (first..=last).filter(|year| every == 1 || year % every == 0);
    shown.map(|year| Tick { at: across(year), label: year.to_string() }).collect()
}

fn drawn(number: usize, line: Line, scale: &Scale, across: &impl Fn(i32) -> f64) -> Drawn {
    let mut values = line.values;
    values.sort_by(|left, right| (left.0).cmp(&right.0).then_with(|| left.1.total_cmp(&right.1)));
    let of_year = |year: i32| values.iter().filter(|(other, ..)| *other == year).count();
    let points: Vec<Point> = values
        .iter()
        .map(|(year, value, told)| Point {
            x: across(*year),
            y: scale.place(*value),
            year: *year,
            told: told.clone(),
            several: of_year(*year) > 1,
        })
        .collect();
    let single: Vec<&Point> = points.iter().filter(|point| !point.several).collect();
    let pieces = single
        .windows(2)
        .map(|pair| Piece {
            from: (pair[0].x, pair[0].y),
            to: (pair[1].x, pair[1].y),
            gap: pair[1].year > pair[0].year + 1,
        })
        .collect();
    let lead = points.last().map_or((0.0, 0.0), |point| (point.x, point.y));
    Drawn { number, name: line.name, short: String::new(), name_x: 0.0, name_y: 0.0, lead, points, pieces }
}

/// Heights as near to the wanted ones as can be, in their order, each at least `least` from the next, within the ends as far
/// as there is room.
fn apart(wanted: &[f64], least: f64, (top, bottom): (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|one, other| wanted[*one].total_cmp(&wanted[*other]).then(one.cmp(other)));
    let mut found = wanted.to_vec();
    let mut free = top;
    for at in &order {
        found[*at] = found[*at].max(free);
        free = found[*at] + least;
    }
    let mut free = bottom;
    for at in order.iter().rev() {
        found[*at] = found[*at].min(free);
        free = found[*at] - least;
    }
    found
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;

    fn line(name: &str, values: &[(i32, f64)]) -> Line {
        let values = values.iter().map(|(year, value)| (*year, *value, value.to_string())).collect();
        Line { name: name.into(), values }
    }

    #[test]
    fn a_year_without_a_value_is_a_gap_and_one_with_two_has_no_line() {
        let picture = lines(vec![line("甲县", &[(2019, 3.0), (2021, 5.0), (2022, 1.0), (2022, 7.0), (2023, 4.0)])]);
        let points = &picture.drawn[0].points;
        assert_eq!(points.iter().map(|point| point.several).collect::<Vec<_>>(), [false, false, true, true, false]);
        let pieces = &picture.drawn[0].pieces;
        assert_eq!(pieces.iter().map(|piece| piece.gap).collect::<Vec<_>>(), [true, true]);
        assert_eq!(picture.years.len(), 5);
    }

    #[test]
    fn higher_values_stand_higher_and_all_within_the_picture() {
        let picture = lines(vec![line("甲县", &[(2020, 10.0), (2021, 40.0)]), line("乙县", &[(2021, 39.0)])]);
        let points = &picture.drawn[0].points;
        assert!(points[0].y > points[1].y && points[0].x < points[1].x);
        assert!(
            points.iter().all(|point| point.x > picture.left && point.x < picture.right && point.y < picture.bottom)
        );
        // The two end near each other; their names do not.
        assert!((picture.drawn[0].name_y - picture.drawn[1].name_y).abs() >= APART - 0.11);
    }

    #[test]
    fn names_are_pushed_apart_in_their_order() {
        assert_eq!(apart(&[50.0, 52.0, 10.0], 10.0, (0.0, 100.0)), [50.0, 60.0, 10.0]);
        assert_eq!(apart(&[99.0, 98.0], 10.0, (0.0, 100.0)), [100.0, 90.0]);
        assert!(lines(vec![line("甲县", &[])]).drawn.is_empty());
    }

    #[test]
    fn of_many_years_some_are_told() {
        let labels: Vec<String> =
            year_ticks(1999, 2024, &|year| f64::from(year)).into_iter().map(|tick| tick.label).collect();
        assert_eq!(labels, ["2000", "2005", "2010", "2015", "2020"]);
    }
}
