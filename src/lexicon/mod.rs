//! What is known beforehand? The tables of `data/` and `ontology/`, in memory.
//!
//! Every later stage asks this one; it alone knows how the tables are written down. They are part of the program, so
//! that one file is all there is to install.

mod addresses;
mod audit;
mod bodies;
mod body_rules;
mod categories;
mod citations;
mod documents;
mod doubts;
mod figures;
mod formulas;
mod genre;
mod metadata;
mod outline;
mod regions;
mod relations;
mod rules;
mod series;
mod source;
mod tiles;
mod townships;
mod vocabulary;
mod zones;

pub use addresses::Spelling;
pub use audit::{AuditCues, RuleGroup, labels};
pub use bodies::{Bodies, BodyForm, BodyKind, Stands};
pub use body_rules::{BodyRules, Tail};
pub use categories::{Categories, Category};
pub use citations::{CarriedOut, CitationCues, Ending};
pub use documents::{Documents, RegisteredDocument, title_key};
pub use doubts::doubts;
pub use figures::{ChangeCues, ChangeWords, FigureCues, IndicatorCues, PeriodCues, PeriodForm, PeriodKind};
pub use formulas::formulas;
pub use genre::{GenreCues, Kind, Reason};
pub use metadata::{MetadataCues, UnlistedUnit};
pub use outline::OutlineCues;
pub use regions::{Region, Regions, short_name};
pub use relations::{CarrierCues, ForeignRegionCues, Partition, RateCues, RelationCues};
pub use rules::{RuleSentence, rules, sentences};
pub use series::{Series, SeriesCues, Subjects};
pub use source::source;
pub use tiles::Tile;
pub use townships::{
    LONGEST_TOWNSHIP, TOWNSHIPS_SINCE, Township, townships, townships_named, townships_of, was_township_of,
};
pub use vocabulary::vocabulary;
pub use zones::Zone;

use serde::de::DeserializeOwned;
use std::sync::OnceLock;

/// A table that does not fit its schema.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    /// A row of a CSV table.
    #[error("{table}: {source}; see the README beside the table for its schema")]
    Csv {
        /// Path of the table.
        table: &'static str,
        /// What is wrong with it.
        source: csv::Error,
    },
    /// A TOML file.
    #[error("{table}: {source}")]
    Toml {
        /// Path of the file.
        table: &'static str,
        /// What is wrong with it.
        source: Box<toml::de::Error>,
    },
    /// A Turtle file.
    #[error("{table}: {message}")]
    Turtle {
        /// Path of the file.
        table: &'static str,
        /// What is wrong with it.
        message: String,
    },
    /// The automaton over the names of a table could not be built.
    #[error("{table}: {message}")]
    Names {
        /// Path of the table.
        table: &'static str,
        /// What is wrong with it.
        message: String,
    },
}

/// Everything that is known beforehand.
#[derive(Debug)]
pub struct Lexicon {
    /// Cues of the outline.
    pub outline: OutlineCues,
    /// Regions.
    pub regions: Regions,
    /// National law and policy.
    pub documents: Documents,
    /// Cues of citations.
    pub citations: CitationCues,
    /// National policy by what it is about.
    pub subjects: Subjects,
    /// Public bodies.
    pub bodies: Bodies,
    /// Cues of figures.
    pub figures: FigureCues,
    /// Cues of metadata.
    pub metadata: MetadataCues,
    /// Cues of the genre.
    pub genre: GenreCues,
    /// Cues of relations and findings.
    pub relations: RelationCues,
    /// Categories with their cue words.
    pub categories: Categories,
    /// What reports are judged by beside each other.
    pub audit: AuditCues,
}

impl Lexicon {
    /// Reads all the tables.
    ///
    /// # Errors
    /// Where a table does not fit its schema, which a test of the tables rules out.
    pub fn load() -> Result<Self, LexiconError> {
        let documents = Documents::load()?;
        let citations: CitationCues = table("data/citations.toml", include_str!("../../data/citations.toml"))?;
        let subjects = Subjects::new(&documents, &citations);
        Ok(Self {
            outline: table("data/outline.toml", include_str!("../../data/outline.toml"))?,
            regions: Regions::load()?,
            documents,
            citations,
            subjects,
            bodies: Bodies::load()?,
            figures: FigureCues::sorted(table("data/figures.toml", include_str!("../../data/figures.toml"))?),
            metadata: table("data/metadata.toml", include_str!("../../data/metadata.toml"))?,
            genre: table("data/genre.toml", include_str!("../../data/genre.toml"))?,
            relations: table("data/relations.toml", include_str!("../../data/relations.toml"))?,
            categories: Categories::load()?,
            audit: table("data/audit.toml", include_str!("../../data/audit.toml"))?,
        })
    }

    /// The lexicon of this process, read at the first call.
    ///
    /// # Errors
    /// As [`Lexicon::load`].
    pub fn shared() -> Result<&'static Self, LexiconError> {
        static SHARED: OnceLock<Lexicon> = OnceLock::new();
        if let Some(lexicon) = SHARED.get() {
            return Ok(lexicon);
        }
        let lexicon = Self::load()?;
        Ok(SHARED.get_or_init(|| lexicon))
    }
}

fn table<T: DeserializeOwned>(table: &'static str, text: &str) -> Result<T, LexiconError> {
    toml::from_str(text).map_err(|source| LexiconError::Toml { table, source: Box::new(source) })
}

fn rows<T: DeserializeOwned>(table: &'static str, text: &str) -> Result<Vec<T>, LexiconError> {
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(|source| LexiconError::Csv { table, source })
}

/// The parts of a cell that holds a list.
fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').map(str::trim).filter(|part| !part.is_empty())
}
