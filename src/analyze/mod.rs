//! How do things hang together? The store as petgraph networks.
//!
//! [`analyze`] asks the store for a [`Network`] (see [`Kind`]) and measures each node (see [`Scores`]); [`write()`] prints
//! the [`Analysis`] as tables for a person, or as the network itself for Gephi, Cytoscape, Graphviz or networkx.
//!
//! [`alike()`] lists the regions most like one, and why.
//!
//! Useful for: which documents stand at the centre, which are cited together, what forms a group of its own, which
//! regions are alike. Not for counts, which a query of the catalogue gives sooner.

mod alike;
mod betweenness;
mod chain;
mod change;
mod cocitation;
mod colour;
mod communities;
mod dot;
mod gexf;
mod graphml;
mod law_measure;
mod network;
mod passage;
mod path;
pub(crate) mod picture;
mod places;
mod profiles;
mod scores;
mod tables;
mod titles;
mod wording;

use std::fmt;
use std::io::Write;
use std::str::FromStr;

use oxigraph::model::Term;
use oxigraph::store::Store;

use crate::query::{self, Answer, Bindings, Limits, Question};

use profiles::{Profiles, Rows};
use titles::Titles;

pub use alike::{Alike, Evidence, Like, Reason, alike, write_alike};
pub use betweenness::{Betweenness, betweenness};
pub use chain::{Chain, ChainFormat, Link, NoneFound, Tie, chain, write_chain};
pub use change::{
    Change, ChangeFormat, CitedChange, FieldChange, FollowedPlan, IndicatorChange, ProblemChange, Scope, Told, Trend,
    Value as IndicatorValue, change, write_change,
};
pub use communities::{Community, communities, modularity};
pub use network::{Network, NetworkBuilder, Node, NodeKind};
pub use passage::Passage;
pub use path::{Bounds, Connection, PathFormat, Step, Thing, Way, Weights, path, write_connection};
pub use scores::{DAMPING, Measures, Scores, components, cores, measure, page_rank};

/// Which network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Documents; two are joined when a report cites both. An edge weighs the number of such reports.
    CocitationInReports,
    /// Documents; two are joined when a unit (measure, problem or plan) cites both. An edge weighs the number of
    /// reports that have such a unit.
    CocitationInUnits,
    /// Documents, the measures that cite them, and the categories of these. Every edge weighs 1.
    LawMeasure,
    /// Regions, each joined to those most like it by what their reports cite and what their measures are about. An edge
    /// weighs how alike the two are, from 0 to 1.
    Regions,
}

impl Kind {
    /// All the networks by name.
    pub const ALL: [(&'static str, Self); 4] = [
        ("cocitation", Self::CocitationInReports),
        ("cocitation-in-units", Self::CocitationInUnits),
        ("law-measure", Self::LawMeasure),
        ("regions", Self::Regions),
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    /// The question that the store is asked, with its parameters: `region`, `year`, `since`, `until`, and of
    /// [`Kind::Regions`] also `level`.
    ///
    /// # Errors
    /// None: a test parses the text.
    pub fn question(self) -> Result<Question, query::Error> {
        match self {
            Self::CocitationInReports | Self::CocitationInUnits => {
                Question::parse(self.name(), include_str!("cocitation.rq"))
            }
            Self::LawMeasure => Question::parse(self.name(), include_str!("law-measure.rq")),
            Self::Regions => Question::parse(self.name(), include_str!("regions.rq")),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Kind {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind).ok_or_else(|| Error::UnknownKind {
            name: name.to_owned(),
            known: Self::ALL.map(|(known, _)| known).join(", "),
        })
    }
}

/// A form in which an analysis can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The first nodes and edges, for a terminal.
    Table,
    /// All nodes with their scores, for a spreadsheet and for Gephi.
    Nodes,
    /// All edges, likewise.
    Edges,
    /// All nodes with their scores, all edges and all communities.
    Json,
    /// `GraphML`.
    GraphMl,
    /// GEXF 1.3.
    Gexf,
    /// Graphviz.
    Dot,
    /// A picture of the strongest part.
    Svg,
}

impl Format {
    /// All the formats by name; `csv` is short for `nodes-csv`.
    pub const ALL: [(&'static str, Self); 9] = [
        ("table", Self::Table),
        ("csv", Self::Nodes),
        ("nodes-csv", Self::Nodes),
        ("edges-csv", Self::Edges),
        ("json", Self::Json),
        ("graphml", Self::GraphMl),
        ("gexf", Self::Gexf),
        ("dot", Self::Dot),
        ("svg", Self::Svg),
    ];
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        let lower = name.to_ascii_lowercase();
        Self::ALL.iter().find(|(known, _)| *known == lower).map(|(_, format)| *format).ok_or_else(|| {
            Error::UnknownFormat { name: name.to_owned(), known: Self::ALL.map(|(known, _)| known).join(", ") }
        })
    }
}

/// Why there is no analysis.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No network has this name.
    #[error("there is no analysis `{name}`; use one of {known}")]
    UnknownKind {
        /// What was asked for.
        name: String,
        /// The names there are.
        known: String,
    },
    /// No format has this name.
    #[error("an analysis cannot be written as `{name}`; use one of {known}")]
    UnknownFormat {
        /// What was asked for.
        name: String,
        /// The formats there are.
        known: String,
    },
    /// The store has nothing to make the network of.
    #[error(
        "the store has no {what} for the network `{kind}`{}",
        if *.filtered { " within this region, level and years; ask for more" } else { "; read reports into it with `fazhi build`" }
    )]
    Empty {
        /// The network.
        kind: Kind,
        /// What it is made of.
        what: &'static str,
        /// Whether only a region, a level or some years were looked at.
        filtered: bool,
    },
    /// No edge is so heavy.
    #[error("no edge of the network `{kind}` weighs {least} or more; the heaviest weighs {heaviest}")]
    Light {
        /// The network.
        kind: Kind,
        /// What was asked for.
        least: f64,
        /// The weight of its heaviest edge; 0 without edges.
        heaviest: f64,
    },
    /// A region has nothing that it could be compared by.
    #[error("no report of {region} that cites a document or has a measure is in the store{}; `fazhi stats` shows what it has",
        if *.filtered { " for this level and these years" } else { "" })]
    NoReport {
        /// The region as it was asked for.
        region: String,
        /// Whether only a level or some years were looked at.
        filtered: bool,
    },
    /// There is no report to look in.
    #[error("the store has no report; read some into it with `fazhi build`")]
    NoReports,
    /// A way leads from one thing to another.
    #[error("both names mean {name}; name two things")]
    SameThing {
        /// The IRI.
        name: String,
    },
    /// A region has not the reports of two years.
    #[error(
        "nobody in {region} has reports on the two years{}",
        if .years.is_empty() { String::new() } else { format!("; the reports of it and within it are on {}", .years.join(", ")) }
    )]
    NoYears {
        /// Name of the region.
        region: String,
        /// The years with reports.
        years: Vec<String>,
    },
    /// A table of the program does not fit its schema.
    #[error(transparent)]
    Lexicon(#[from] crate::lexicon::LexiconError),
    /// The store could not be asked.
    #[error(transparent)]
    Query(#[from] query::Error),
    /// The words of tables and pictures cannot be read; a test reads them.
    #[error("the program's own `wording.toml` cannot be read: {0}")]
    Wording(#[from] toml::de::Error),
    /// The analysis cannot be written.
    #[error("cannot write the analysis: {0}")]
    Write(#[from] std::io::Error),
}

/// Where the searches that are left to chance begin, so that an analysis comes out the same every time.
pub const SEED: u64 = 1;

/// A network with what was measured at its nodes.
#[derive(Debug, Clone)]
pub struct Analysis {
    kind: Kind,
    filter: Vec<(String, String)>,
    network: Network,
    measures: Measures,
}

impl Analysis {
    /// Which network it is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The network.
    #[must_use]
    pub const fn network(&self) -> &Network {
        &self.network
    }

    /// What was measured.
    #[must_use]
    pub const fn measures(&self) -> &Measures {
        &self.measures
    }

    /// Every node with its scores, in the order of the network.
    pub fn nodes(&self) -> impl Iterator<Item = (&Node, &Scores)> {
        self.network.nodes().zip(&self.measures.nodes)
    }

    /// The name of a node's community.
    fn community_name(&self, scores: &Scores) -> String {
        let community = scores.community.checked_sub(1).and_then(|place| self.measures.communities.get(place));
        community.map_or_else(String::new, Community::title)
    }
}

/// Makes the network of what the store has of a region and some years, `filter` being values of the parameters of
/// [`Kind::question`] as [`Question::bind`] takes them, and measures it. With `least`, only edges of that weight or more
/// count, and nodes that have one.
///
/// # Errors
/// [`Error::Empty`] when there is nothing to make it of; [`Error::Light`] when no edge is so heavy; [`Error::Query`] when the filter names nothing or the store
/// cannot be asked.
pub fn analyze(
    store: &Store,
    kind: Kind,
    filter: &[(String, String)],
    least: Option<f64>,
    limits: Limits,
) -> Result<Analysis, Error> {
    let question = kind.question()?;
    let asked = Asked { store, bindings: question.bind(store, filter)?, limits };
    let titles = asked.titles()?;
    let (mut network, what) = match kind {
        Kind::CocitationInReports => {
            (cocitation::in_reports(&asked.rows(question.text())?), "report that cites a document")
        }
        Kind::CocitationInUnits => {
            (cocitation::in_units(&asked.rows(question.text())?), "measure, problem or plan that cites a document")
        }
        Kind::LawMeasure => (law_measure::network(&asked.rows(question.text())?), "measure that cites a document"),
        Kind::Regions => {
            (asked.profiles(question.text(), &titles)?.network(), "report that cites a document or has a measure")
        }
    };
    if network.nodes().next().is_none() {
        return Err(Error::Empty { kind, what, filtered: !filter.is_empty() });
    }
    if let Some(least) = least {
        network = network.of_edges(least).map_err(|heaviest| Error::Light { kind, least, heaviest })?;
    }
    network.shorten(|node| match node.kind {
        NodeKind::Document => titles.short(&node.iri, &node.label),
        NodeKind::Measure | NodeKind::Category | NodeKind::Region => titles::abridged(&node.label),
    });
    let measures = measure(&network, SEED);
    let mut filter = filter.to_vec();
    filter.extend(least.map(|least| ("least".to_owned(), least.to_string())));
    Ok(Analysis { kind, filter, network, measures })
}

/// A store with the values that its answers are narrowed to.
struct Asked<'a> {
    store: &'a Store,
    bindings: Bindings,
    limits: Limits,
}

impl Asked<'_> {
    fn rows(&self, text: &str) -> Result<Vec<Vec<String>>, Error> {
        let rows = match query::run(self.store, text, &self.bindings, self.limits)? {
            Answer::Solutions(solutions) => solutions.rows,
            _ => Vec::new(),
        };
        Ok(rows.iter().map(|row| row.iter().map(|term| plain(term.as_ref())).collect()).collect())
    }

    fn titles(&self) -> Result<Titles, Error> {
        Ok(Titles::new(&self.rows(include_str!("names.rq"))?))
    }

    fn profiles(&self, citations: &str, titles: &Titles) -> Result<Profiles, Error> {
        let rows = Rows {
            places: &self.rows(include_str!("reporters.rq"))?,
            citations: &self.rows(citations)?,
            topics: &self.rows(include_str!("topics.rq"))?,
            topic_names: &self.rows(include_str!("topic-names.rq"))?,
        };
        Ok(Profiles::new(&rows, titles))
    }
}

fn csv_error(error: csv::Error) -> Error {
    Error::Write(std::io::Error::other(error))
}

fn plain(term: Option<&Term>) -> String {
    match term {
        Some(Term::NamedNode(node)) => node.as_str().to_owned(),
        Some(Term::Literal(literal)) => literal.value().to_owned(),
        _ => String::new(),
    }
}

/// Writes `analysis` to `out`; a table is at most `width` columns wide.
///
/// # Errors
/// What `out` fails with.
pub fn write(analysis: &Analysis, format: Format, width: u16, out: &mut impl Write) -> Result<(), Error> {
    match format {
        Format::Table => tables::write_table(analysis, width, out)?,
        Format::Nodes => tables::write_nodes(analysis, out)?,
        Format::Edges => tables::write_edges(analysis, out)?,
        Format::Json => tables::write_json(analysis, out)?,
        Format::GraphMl => graphml::write(analysis, out)?,
        Format::Gexf => gexf::write(analysis, out)?,
        Format::Dot => dot::write(analysis, out)?,
        Format::Svg => picture::write(analysis, out)?,
    }
    Ok(())
}
