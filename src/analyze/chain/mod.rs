//! Which documents of provinces, prefectures, counties and townships put a document into effect, and where does the chain break?
//!
//! What a report says of a document, its title included, is in the graph as `fz:implements`. What shows only when reports are laid
//! beside each other is joined here: a county's scheme belongs below its prefecture's or province's of the same subject and
//! period where any report names one, else below the document from above that it states. A region of which reports were read but none
//! names such a document is listed as such: no more is claimed than that none was found in them.

mod gather;
mod tables;
mod tree;

use std::fmt;
use std::io::Write;
use std::str::FromStr;

use oxigraph::store::Store;
use serde::Serialize;

use super::passage::Passage;
use super::{Error, places::Places};
use crate::lexicon::Lexicon;
use crate::query::{Limits, ParameterType, find_any};

/// Why a document stands below another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tie {
    /// It is the document that was asked for.
    Root,
    /// A report or a title says that it puts the other one into effect.
    Stated,
    /// Its region lies within the other's, and both are of the same subject and period.
    SameSubject,
}

impl fmt::Display for Tie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Root => "root",
            Self::Stated => "stated",
            Self::SameSubject => "same_subject",
        })
    }
}

/// A document of the chain with those below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Its IRI.
    pub document: String,
    /// Its title.
    pub title: String,
    /// Other spellings of the title under which it is cited.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// Notation of its issuer's level.
    pub level: String,
    /// Name of the region that issued it; empty for a national one.
    pub place: String,
    /// IRI of that region.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Its official number, where the registry knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Why it stands here.
    pub tie: Tie,
    /// The first year whose report cites it.
    pub first_cited: Option<u16>,
    /// Of how many reports.
    pub reports: usize,
    /// The words that name it: in the first report of that year, one of its own region before others.
    pub passage: Option<Passage>,
    /// The documents below it, by region and title.
    pub below: Vec<Link>,
    /// Regions below its own of which reports were read, and none of which names such a document of theirs.
    pub none_found: Vec<NoneFound>,
}

/// A region whose reports name no document of its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct NoneFound {
    /// Its IRI.
    pub region: String,
    /// Its name with those above it.
    pub place: String,
    /// Notation of its level.
    pub level: String,
    /// How many reports of it and of what lies within it were read.
    pub reports: usize,
    /// Their years.
    pub years: Vec<u16>,
}

/// The documents that put one into effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chain {
    /// The document that was asked for, with all below it.
    pub root: Link,
    /// Name of the region that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// First and last year of the reports in which documents were looked for: from the document's first year to its last.
    pub years: (Option<u16>, Option<u16>),
    /// How many reports these are.
    pub reports: usize,
}

/// A form in which a chain can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChainFormat {
    /// An indented tree, for a terminal.
    Table,
    /// A row a document and a row a region without one.
    Csv,
    /// The tree.
    Json,
}

impl ChainFormat {
    /// All the formats by name.
    pub const ALL: [(&'static str, Self); 3] = [("table", Self::Table), ("csv", Self::Csv), ("json", Self::Json)];
}

impl FromStr for ChainFormat {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        let lower = name.to_ascii_lowercase();
        Self::ALL.iter().find(|(known, _)| *known == lower).map(|(_, format)| *format).ok_or_else(|| {
            Error::UnknownFormat { name: name.to_owned(), known: Self::ALL.map(|(known, _)| known).join(", ") }
        })
    }
}

/// The chain below a document, named by title, short title, number or IRI; of one region, where it is named, with what stands
/// above it.
///
/// # Errors
/// [`Error::Query`] when a name means nothing or several things, or the store fails or takes too long;
/// [`Error::NoReports`] when the store has no report.
pub fn chain(
    store: &Store,
    document: &str,
    region: Option<&str>,
    lexicon: &Lexicon,
    limits: Limits,
) -> Result<Chain, Error> {
    let (_, root) = find_any(store, &[ParameterType::Document], document)?;
    let region = region.map(|region| find_any(store, &[ParameterType::Region], region)).transpose()?;
    let region = region.map(|(_, region)| region.into_string());
    let places = Places::load(store, limits)?;
    let gathered = gather::gather(store, root.as_str(), lexicon, limits)?;
    if gathered.reports.is_empty() {
        return Err(Error::NoReports);
    }
    tree::grow(store, &gathered, &places, region.as_deref(), lexicon)
}

/// Writes `chain` to `out`.
///
/// # Errors
/// What `out` fails with.
pub fn write_chain(chain: &Chain, format: ChainFormat, out: &mut impl Write) -> Result<(), Error> {
    match format {
        ChainFormat::Table => tables::write_tree(chain, out)?,
        ChainFormat::Csv => tables::write_csv(chain, out)?,
        ChainFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, chain).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
    }
    Ok(())
}
