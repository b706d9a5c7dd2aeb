//! What stands in the columns of the panel? In the order of `data/export/panel.toml`.

use super::Panel;
use super::find::{Found, Value};
use crate::export::look::span;
use crate::export::table::Cell;

impl Found {
    /// The row of the region and year.
    pub(in super::super) fn wide(&self, panel: &Panel) -> Vec<Cell> {
        let governments: Vec<_> = self.sources.iter().filter(|source| !source.of_department).collect();
        let joined = |parts: Vec<String>| Cell::text(parts.join(" | "));
        let chosen: Vec<&Value> = self.values.iter().filter(|value| value.reason.is_none()).collect();
        let notation = |value: &&Value| panel.indicators[value.indicator].notation.clone();
        let named = |which: &dyn Fn(&&&Value) -> bool| {
            joined(chosen.iter().copied().filter(|value| which(&value)).map(|value| notation(&value)).collect())
        };
        let other_units = chosen
            .iter()
            .filter(|value| value.unit != panel.indicators[value.indicator].unit)
            .map(|value| format!("{}={}", notation(value), value.unit));
        let level = governments.first().map_or(&self.place.level, |source| &source.level);
        let mut row = self.place_cells();
        row.extend([
            Cell::text(level.clone()),
            self.year_cell(),
            Cell::count(governments.len()),
            joined(governments.iter().map(|source| source.report.as_str().to_owned()).collect()),
            joined(governments.iter().map(|source| source.url.clone()).filter(|url| !url.is_empty()).collect()),
            named(&|value| self.different.get(&value.indicator).is_some_and(|different| *different > 1)),
            named(&|value| value.approximate),
            named(&|value| value.doubt.is_some()),
            joined(other_units.collect()),
        ]);
        let first = row.len();
        row.resize(first + panel.indicators.len(), Cell::Empty);
        for value in chosen {
            row[first + value.indicator] = Cell::Number(value.number);
        }
        row
    }

    /// The rows of the figures.
    pub(in super::super) fn long(&self, panel: &Panel) -> Vec<Vec<Cell>> {
        self.values.iter().map(|value| self.long_row(panel, value)).collect()
    }

    fn long_row(&self, panel: &Panel, value: &Value) -> Vec<Cell> {
        let (indicator, source) = (&panel.indicators[value.indicator], &self.sources[value.report]);
        let (start, end) = span(&value.figure)
            .map_or((Cell::Empty, Cell::Empty), |(start, end)| (Cell::count(start), Cell::count(end)));
        let mut row = self.place_cells();
        row.extend([
            Cell::text(source.level.clone()),
            self.year_cell(),
            Cell::text(indicator.notation.clone()),
            Cell::text(indicator.name.clone()),
            Cell::Number(value.number),
            Cell::text(value.unit.clone()),
            Cell::Boolean(value.reason.is_none()),
            Cell::some(value.reason.map(super::find::Reason::name)),
            self.different.get(&value.indicator).map_or(Cell::Integer(0), |different| Cell::count(*different)),
            if value.approximate { Cell::Boolean(true) } else { Cell::Empty },
            Cell::text(value.phrase.clone()),
            Cell::text(value.quote.clone()),
            Cell::text(value.passage.clone()),
            start,
            end,
            Cell::text(value.figure.as_str()),
            Cell::text(source.report.as_str()),
            Cell::text(source.url.clone()),
            Cell::some(value.doubt.clone()),
        ]);
        row
    }

    fn place_cells(&self) -> Vec<Cell> {
        let place = &self.place;
        [&place.code, &place.name, &place.prefecture, &place.province].map(|text| Cell::text(text.clone())).to_vec()
    }

    fn year_cell(&self) -> Cell {
        self.year.map_or(Cell::Empty, |year| Cell::Integer(i64::from(year)))
    }
}
