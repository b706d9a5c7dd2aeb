//! Why are two things connected? The shortest meaningful ways from one to the other, a sentence with its source a step.
//!
//! Things are regions, documents, bodies and categories, and indicators at an end. Two of them are a step apart when one measure, problem or plan
//! has to do with both (武山县's report on 2021 cites a law in a measure that its bureau of justice carries out), or when the
//! registries join them (a region within another, a document that puts another into effect). What nearly everything has to do
//! with explains nothing, so a way through it is long: passing through a thing costs more the more units have to do with it
//! ([`Weights`]). The search goes out from both ends and looks up only what it passes.

mod expand;
mod search;
mod tell;

use std::fmt;
use std::io::Write;
use std::str::FromStr;

use oxigraph::store::Store;
use serde::Serialize;

use super::Error;
use super::passage::Passage;
use crate::query::{Around, ParameterType, find_any};

/// What a name may mean.
const KINDS: [ParameterType; 5] = [
    ParameterType::Region,
    ParameterType::Document,
    ParameterType::Body,
    ParameterType::Category,
    ParameterType::Indicator,
];

/// How far a search goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// How many ways are told at most.
    pub ways: usize,
    /// How many steps a way has at most.
    pub steps: usize,
    /// How many things are looked around at most; a hub counts as many as its units fill hundreds.
    pub things: usize,
}

impl Default for Bounds {
    /// Three ways of at most five steps; 200 things.
    fn default() -> Self {
        Self { ways: 3, steps: 5, things: 200 }
    }
}

/// What a way costs.
///
/// A step costs [`Weights::STEP`], one that only the registries tell [`Weights::REGISTRY`]; passing through a thing costs the
/// binary logarithm of the number of units and other things around it, counted up to [`Weights::MOST`], and through a category or
/// an indicator [`Weights::CONCEPT`] more: that two places report on the same field connects any two.
#[derive(Debug, Clone, Copy)]
pub struct Weights;

impl Weights {
    /// A step through a unit.
    pub const STEP: f64 = 1.0;
    /// A step that needs no report.
    pub const REGISTRY: f64 = 2.0;
    /// What passing through a category or an indicator costs besides.
    pub const CONCEPT: f64 = 4.0;
    /// Up to how many neighbours a hub is counted.
    pub const MOST: usize = 128;
}

/// A thing on a way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Thing {
    /// Its IRI.
    pub iri: String,
    /// What people call it.
    pub label: String,
    /// What kind of thing it is: `region`, `document`, `body`, `category`, `indicator`.
    pub kind: String,
}

/// A step of a way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// From where.
    pub from: Thing,
    /// To where.
    pub to: Thing,
    /// The step as a sentence in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// The unit that has to do with both; `None` where the registries join them.
    pub unit: Option<Passage>,
    /// The citations and figures in it that say so.
    pub quotes: Vec<Passage>,
    /// How many other units join the two, as far as the search came by them.
    pub others: usize,
}

/// A way from one thing to the other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Way {
    /// What it costs; see [`Weights`].
    pub cost: f64,
    /// Its steps.
    pub steps: Vec<Step>,
}

/// Why two things are connected.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Connection {
    /// The one.
    pub from: Thing,
    /// The other.
    pub to: Thing,
    /// The ways, the cheapest first; empty where there is none within the bounds.
    pub ways: Vec<Way>,
    /// How many things were looked around.
    pub looked_around: usize,
    /// Whether the bounds ended the search before it was complete, or a hub was looked around only in part.
    pub cut_short: bool,
}

/// A form in which a connection can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathFormat {
    /// Sentences.
    Text,
    /// Everything.
    Json,
}

impl PathFormat {
    /// All the formats by name.
    pub const ALL: [(&'static str, Self); 2] = [("text", Self::Text), ("json", Self::Json)];
}

impl FromStr for PathFormat {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        let lower = name.to_ascii_lowercase();
        let lower = if lower == "table" { "text" } else { lower.as_str() };
        Self::ALL.iter().find(|(known, _)| *known == lower).map(|(_, format)| *format).ok_or_else(|| {
            Error::UnknownFormat { name: name.to_owned(), known: Self::ALL.map(|(known, _)| known).join(", ") }
        })
    }
}

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label)
    }
}

/// Why two things are connected, each named by name, code, short title, label or IRI.
///
/// # Errors
/// [`Error::Query`] when a name means nothing or several things, or when the store fails; [`Error::SameThing`] when both names
/// mean one thing; [`Error::Lexicon`] never: a test reads the sentences.
pub fn path(store: &Store, from: &str, to: &str, bounds: Bounds) -> Result<Connection, Error> {
    let (kind_from, from) = find_any(store, &KINDS, from)?;
    let (kind_to, to) = find_any(store, &KINDS, to)?;
    if from == to {
        return Err(Error::SameThing { name: from.into_string() });
    }
    let around = Around::new(store);
    let with_indicators = [kind_from, kind_to].contains(&ParameterType::Indicator);
    let mut explored = expand::Explored::new(around, with_indicators);
    let found = search::search(&mut explored, from.as_str(), to.as_str(), bounds)?;
    let mut teller = tell::Teller::new(around)?;
    let mut ways = Vec::new();
    for (cost, things) in &found.ways {
        let mut steps = Vec::new();
        for pair in things.windows(2) {
            let [one, other] = pair else { continue };
            if let Some(join) = explored.join(one, other) {
                steps.push(teller.step(one, other, join, explored.others(one, other))?);
            }
        }
        ways.push(Way { cost: (cost * 100.0).round() / 100.0, steps });
    }
    Ok(Connection {
        from: teller.thing(from.as_str())?,
        to: teller.thing(to.as_str())?,
        ways,
        looked_around: found.looked_around,
        cut_short: found.cut_short,
    })
}

/// Writes `connection` to `out`.
///
/// # Errors
/// What `out` fails with.
pub fn write_connection(connection: &Connection, format: PathFormat, out: &mut impl Write) -> Result<(), Error> {
    match format {
        PathFormat::Text => tell::write_text(connection, out)?,
        PathFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, connection).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
    }
    Ok(())
}
