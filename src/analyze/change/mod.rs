//! What changed between a region's reports on two years?
//!
//! Compared are reports of the same reporter: a region with what it was before a merger or a change of code (`fz:successor`), a
//! department with itself. For a region whose own government reports on both years that pair is compared; else, or when asked for,
//! all reporters within it that report on both, so that a report that is missing does not look like a change.
//!
//! Values of common indicators are those of the year reported on: figures of other times, growth and decline are left out, and no
//! difference is told where a report gives several values. Problems and plans are matched by their words ([`Told::similarity`]):
//! a match is a hint, so both passages are given.

mod compare;
mod likeness;
mod reading;
mod select;
mod tables;

use std::fmt;
use std::io::Write;
use std::str::FromStr;

use oxigraph::store::Store;
use serde::Serialize;

use super::passage::Passage;
use super::{Error, places::Places};
use crate::query::{Around, Limits, ParameterType, find_any};

pub use select::Scope;

/// Whether something came, went or stayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trend {
    /// Only in the later year.
    New,
    /// Only in the earlier year.
    Gone,
    /// In both.
    Stayed,
}

impl fmt::Display for Trend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::New => "new",
            Self::Gone => "gone",
            Self::Stayed => "stayed",
        })
    }
}

/// A measure, problem or plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Told {
    /// Its name.
    pub name: String,
    /// Its words.
    pub passage: Passage,
}

/// A document that is newly cited or no longer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CitedChange {
    /// Its IRI.
    pub document: String,
    /// Its title.
    pub title: String,
    /// Whether it came, went or stayed: over all reporters together.
    pub trend: Trend,
    /// How many reporters cite it in the earlier year.
    pub before: usize,
    /// How many in the later one.
    pub after: usize,
    /// The first words that cite it, in the later year where that has any.
    pub passage: Passage,
}

/// The measures of one field.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldChange {
    /// IRI of the category.
    pub category: String,
    /// Its label.
    pub label: String,
    /// Whether the field came, went or stayed.
    pub trend: Trend,
    /// How many measures it has in the earlier year.
    pub before: usize,
    /// How many in the later one.
    pub after: usize,
    /// Its first measure, in the later year where that has any.
    pub passage: Passage,
}

/// A value of a common indicator.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Value {
    /// The value.
    pub value: f64,
    /// The printed unit.
    pub unit: String,
    /// Whether the text says that it is not exact.
    pub approximate: bool,
    /// The words.
    pub passage: Passage,
}

/// What a reporter says of a common indicator in the two years.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IndicatorChange {
    /// Who reports.
    pub place: String,
    /// IRI of the indicator.
    pub indicator: String,
    /// Its label.
    pub label: String,
    /// The values of the earlier year, in the order of the text.
    pub before: Vec<Value>,
    /// The values of the later year.
    pub after: Vec<Value>,
    /// The later value less the earlier one, where each year has one and both are in one unit.
    pub difference: Option<f64>,
}

/// A problem that came, went or stayed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProblemChange {
    /// Who reports.
    pub place: String,
    /// Which of the three.
    pub trend: Trend,
    /// The problem as the earlier report has it.
    pub before: Option<Told>,
    /// As the later report has it.
    pub after: Option<Told>,
    /// How alike the words of the two are, from 0 to 1; 0 where there is only one.
    pub similarity: f64,
}

/// A plan of the earlier report, and the measure of the later one that took it up.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FollowedPlan {
    /// Who reports.
    pub place: String,
    /// The plan.
    pub plan: Told,
    /// The measure whose words cover most of those that set the plan apart; `None` where none covers enough.
    pub measure: Option<Told>,
    /// The share that it covers, from 0 to 1.
    pub similarity: f64,
}

/// What changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// Name of the region.
    pub region: String,
    /// Whose reports are compared.
    pub scope: Scope,
    /// The earlier year.
    pub from: u16,
    /// The later year.
    pub to: u16,
    /// Who reports on both years.
    pub reporters: Vec<String>,
    /// Who reports on the earlier year only and is left out.
    pub only_before: Vec<String>,
    /// Who reports on the later year only and is left out.
    pub only_after: Vec<String>,
    /// Documents, new ones first.
    pub documents: Vec<CitedChange>,
    /// Fields of measures.
    pub fields: Vec<FieldChange>,
    /// Common indicators by reporter.
    pub indicators: Vec<IndicatorChange>,
    /// Problems by reporter.
    pub problems: Vec<ProblemChange>,
    /// Plans of the earlier year by reporter.
    pub plans: Vec<FollowedPlan>,
}

/// A form in which a change can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeFormat {
    /// A table a part, for a terminal.
    Table,
    /// One table with a row for everything.
    Csv,
    /// Everything.
    Json,
}

impl ChangeFormat {
    /// All the formats by name.
    pub const ALL: [(&'static str, Self); 3] = [("table", Self::Table), ("csv", Self::Csv), ("json", Self::Json)];
}

impl FromStr for ChangeFormat {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        let lower = name.to_ascii_lowercase();
        Self::ALL.iter().find(|(known, _)| *known == lower).map(|(_, format)| *format).ok_or_else(|| {
            Error::UnknownFormat { name: name.to_owned(), known: Self::ALL.map(|(known, _)| known).join(", ") }
        })
    }
}

/// What changed between the reports of a region on two years; of years that are not given, the last two that can be compared.
///
/// # Errors
/// [`Error::Query`] when the name means nothing or several regions, or the store fails; [`Error::NoReports`] for an empty store;
/// [`Error::NoYears`] with the years that there are.
pub fn change(
    store: &Store,
    region: &str,
    years: (Option<u16>, Option<u16>),
    within: bool,
    limits: Limits,
) -> Result<Change, Error> {
    let (_, region) = find_any(store, &[ParameterType::Region], region)?;
    let places = Places::load(store, limits)?;
    let selected = select::select(store, &places, region.as_str(), years, within, limits)?;
    compare::compare(Around::new(store), selected)
}

/// Writes `change` to `out`; a table is at most `width` columns wide.
///
/// # Errors
/// What `out` fails with.
pub fn write_change(change: &Change, format: ChangeFormat, width: u16, out: &mut impl Write) -> Result<(), Error> {
    match format {
        ChangeFormat::Table => tables::write_tables(change, width, out)?,
        ChangeFormat::Csv => tables::write_csv(change, out)?,
        ChangeFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, change).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
    }
    Ok(())
}
