//! The values of an indicator as a table of who reports by year. Values of different units are never in one table, and several
//! values of a report stand beside each other.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{Literal, NamedNode, Term};
use oxigraph::sparql::Variable;
use serde::Serialize;

use super::super::link;
use super::super::plot::grouped;
use crate::query::Solutions;

/// A value as a report tells it.
#[derive(Debug, Clone, Serialize, PartialEq)]
pub(super) struct Told {
    pub(super) value: f64,
    /// The value with commas between thousands.
    pub(super) text: String,
    pub(super) approximate: bool,
    /// What is counted, in the report's words.
    pub(super) phrase: String,
    pub(super) quote: String,
    /// The passage.
    pub(super) href: String,
    /// Other passages of the report with the same value.
    pub(super) again: Vec<String>,
    #[serde(skip)]
    report: String,
    #[serde(skip)]
    plain: String,
}

/// Who reports: a place, or a department of it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Row {
    /// The place's path under the store's base.
    pub(super) place: String,
    pub(super) name: String,
    pub(super) href: String,
    pub(super) level: String,
    /// The values of each year of the table.
    pub(super) cells: Vec<Vec<Told>>,
    /// Whether the reader chose it.
    pub(super) chosen: bool,
}

/// A unit that is printed after values of the indicator; empty for none.
#[derive(Debug, Serialize, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) name: String,
    pub(super) values: usize,
}

/// All values of one unit.
#[derive(Debug)]
pub(super) struct Grid {
    /// From the one with most values down.
    pub(super) units: Vec<Unit>,
    pub(super) unit: String,
    pub(super) years: Vec<i32>,
    pub(super) rows: Vec<Row>,
}

/// A row of the answer.
struct Value<'a> {
    place: &'a str,
    name: &'a str,
    level: &'a str,
    level_name: &'a str,
    unit: &'a str,
    year: i32,
    told: Told,
}

impl Grid {
    /// The table of the answer of `figure-values` in this unit, else in the one that has most values. `chosen` are paths of places.
    pub(super) fn new(base: &str, solutions: &Solutions, unit: Option<&str>, chosen: &[String]) -> Self {
        let values: Vec<Value> =
            solutions.rows.iter().filter_map(|row| read(base, &solutions.variables, row)).collect();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for value in &values {
            *counts.entry(value.unit).or_default() += 1;
        }
        let mut units: Vec<Unit> =
            counts.into_iter().map(|(name, values)| Unit { name: name.to_owned(), values }).collect();
        units.sort_by(|left, right| right.values.cmp(&left.values).then_with(|| left.name.cmp(&right.name)));
        let most = units.first().map_or("", |unit| unit.name.as_str());
        let unit = unit.filter(|wanted| units.iter().any(|unit| unit.name == *wanted)).unwrap_or(most).to_owned();
        let of_unit: Vec<Value> = values.into_iter().filter(|value| value.unit == unit).collect();
        let years: Vec<i32> = of_unit.iter().map(|value| value.year).collect::<BTreeSet<_>>().into_iter().collect();
        let mut rows: BTreeMap<(&str, &str), Row> = BTreeMap::new();
        for value in of_unit {
            let row = rows.entry((value.place, value.level)).or_insert_with(|| {
                let place = value.place.strip_prefix(base).unwrap_or(value.place).to_owned();
                Row {
                    chosen: chosen.contains(&place),
                    place,
                    name: value.name.to_owned(),
                    href: link::to(base, value.place),
                    level: value.level_name.to_owned(),
                    cells: vec![Vec::new(); years.len()],
                }
            });
            if let Ok(at) = years.binary_search(&value.year) {
                add(&mut row.cells[at], value.told);
            }
        }
        Self { unit, units, years, rows: rows.into_values().collect() }
    }

    /// Brings the rows into the order of a year, from the greatest value down or from the least up; where a report has several, its
    /// greatest or least counts. What has no value comes last. Without a year, they stand by level and code as they came.
    pub(super) fn sort(&mut self, year: Option<i32>, falling: bool) {
        let Some(at) = year.and_then(|year| self.years.binary_search(&year).ok()) else { return };
        let key = |row: &Row| {
            let values = row.cells[at].iter().map(|told| told.value);
            if falling { values.max_by(f64::total_cmp) } else { values.min_by(f64::total_cmp) }
        };
        self.rows.sort_by(|left, right| match (key(left), key(right)) {
            (Some(left), Some(right)) if falling => right.total_cmp(&left),
            (Some(left), Some(right)) => left.total_cmp(&right),
            (None, None) => Ordering::Equal,
            (left, _) => {
                if left.is_some() {
                    Ordering::Less
                } else {
                    Ordering::Greater
                }
            }
        });
    }

    /// The latest year with at least half as many places as the year that has most: the newest reports may be few yet.
    pub(super) fn usual_year(&self) -> Option<i32> {
        let counts: Vec<usize> =
            (0..self.years.len()).map(|at| self.rows.iter().filter(|row| !row.cells[at].is_empty()).count()).collect();
        let most = counts.iter().copied().max()?;
        self.years.iter().zip(&counts).rev().find(|(_, count)| **count * 2 >= most).map(|(year, _)| *year)
    }

    /// The table as an answer with a column a year, for a spreadsheet. Several values of a report are joined.
    pub(super) fn wide(&self, headings: [&str; 3]) -> Solutions {
        let years = self.years.iter().map(i32::to_string);
        let names = headings.into_iter().map(str::to_owned).chain(years);
        let variables = names.map(Variable::new_unchecked).collect();
        let rows = self.rows.iter().map(|row| {
            let place = [&row.name, &row.level, &self.unit].map(|text| Some(Literal::from(text.as_str()).into()));
            place.into_iter().chain(row.cells.iter().map(|cell| joined(cell))).collect()
        });
        Solutions { variables, rows: rows.collect() }
    }
}

impl Row {
    /// The value of a year, where the row has just one.
    pub(super) fn single(&self, at: usize) -> Option<&Told> {
        let first = self.cells.get(at)?.first()?;
        self.cells[at].iter().all(|told| told.plain == first.plain).then_some(first)
    }
}

/// A cell for a spreadsheet: a number where there is one exact value, else the values as text.
fn joined(cell: &[Told]) -> Option<Term> {
    let texts: BTreeSet<String> =
        cell.iter().map(|told| format!("{}{}", if told.approximate { "\u{2248}" } else { "" }, told.plain)).collect();
    match cell {
        [] => None,
        [told, ..] if texts.len() == 1 && !told.approximate => {
            Some(Literal::new_typed_literal(&told.plain, oxigraph::model::vocab::xsd::DECIMAL).into())
        }
        _ => Some(Literal::from(texts.into_iter().collect::<Vec<_>>().join("; ")).into()),
    }
}

/// Adds a value; one that the report told already is only another passage.
fn add(cell: &mut Vec<Told>, told: Told) {
    let same = cell.iter_mut().find(|known| {
        known.report == told.report && known.plain == told.plain && known.approximate == told.approximate
    });
    match same {
        Some(known) => known.again.push(told.href),
        None => cell.push(told),
    }
}

fn read<'a>(base: &str, variables: &[Variable], row: &'a [Option<Term>]) -> Option<Value<'a>> {
    let at = |name: &str| variables.iter().position(|variable| variable.as_str() == name);
    let iri = |name: &str| match row.get(at(name)?)? {
        Some(Term::NamedNode(node)) => Some(NamedNode::as_str(node)),
        _ => None,
    };
    let text = |name: &str| match row.get(at(name)?)? {
        Some(Term::Literal(literal)) => Some(literal.value()),
        _ => None,
    };
    let plain = text("value")?;
    let value: f64 = plain.parse().ok().filter(|value: &f64| value.is_finite())?;
    let report = iri("report")?;
    let passage = [("from", text("start")?), ("to", text("end")?)];
    let told = Told {
        value,
        text: grouped(plain),
        approximate: text("approximate").is_some_and(|told| told == "true"),
        phrase: text("phrase").unwrap_or_default().to_owned(),
        quote: text("quote").unwrap_or_default().to_owned(),
        href: link::with_parameters(&link::to(base, report), passage) + "#passage",
        again: Vec::new(),
        report: report.to_owned(),
        plain: plain.to_owned(),
    };
    let (place, level) = (iri("place")?, iri("level")?);
    let (name, level_name) = (text("place_name")?, text("level_name")?);
    Some(Value {
        place,
        name,
        level,
        level_name,
        unit: text("unit").unwrap_or_default(),
        year: text("year")?.parse().ok()?,
        told,
    })
}
