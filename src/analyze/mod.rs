//! How do things hang together? The store as petgraph networks.
//!
//! [`analyze`] asks the store for a [`Network`] (see [`Kind`]) and measures each node (see [`Scores`]); [`write()`] prints
//! the [`Analysis`] as tables for a person, or as the network itself for Gephi, Cytoscape, Graphviz or networkx.
//!
//! Useful for: which documents stand at the centre, which are cited together, what forms a group of its own. Not for
//! counts, which a query of the catalogue gives sooner.

mod chain;
mod change;
mod cocitation;
mod dot;
mod gexf;
mod graphml;
mod law_measure;
mod network;
mod passage;
mod path;
mod places;
mod scores;
mod tables;

use std::fmt;
use std::io::Write;
use std::str::FromStr;

use oxigraph::model::Term;
use oxigraph::store::Store;

use crate::query::{self, Answer, Limits, Question};

pub use chain::{Chain, ChainFormat, Link, NoneFound, Tie, chain, write_chain};
pub use change::{
    Change, ChangeFormat, CitedChange, FieldChange, FollowedPlan, IndicatorChange, ProblemChange, Scope, Told, Trend,
    Value as IndicatorValue, change, write_change,
};
pub use network::{Network, NetworkBuilder, Node, NodeKind};
pub use passage::Passage;
pub use path::{Bounds, Connection, PathFormat, Step, Thing, Way, Weights, path, write_connection};
pub use scores::{DAMPING, Scores, components, page_rank, scores};

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
}

impl Kind {
    /// All the networks by name.
    pub const ALL: [(&'static str, Self); 3] = [
        ("cocitation", Self::CocitationInReports),
        ("cocitation-in-units", Self::CocitationInUnits),
        ("law-measure", Self::LawMeasure),
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    /// The question that the store is asked, with its parameters `region` and `year`.
    ///
    /// # Errors
    /// None: a test parses the text.
    pub fn question(self) -> Result<Question, query::Error> {
        match self {
            Self::CocitationInReports | Self::CocitationInUnits => {
                Question::parse(self.name(), include_str!("cocitation.rq"))
            }
            Self::LawMeasure => Question::parse(self.name(), include_str!("law-measure.rq")),
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
    /// All nodes with their scores, for a spreadsheet.
    Csv,
    /// All nodes with their scores, and all edges.
    Json,
    /// `GraphML`.
    GraphMl,
    /// GEXF 1.3.
    Gexf,
    /// Graphviz.
    Dot,
}

impl Format {
    /// All the formats by name.
    pub const ALL: [(&'static str, Self); 6] = [
        ("table", Self::Table),
        ("csv", Self::Csv),
        ("json", Self::Json),
        ("graphml", Self::GraphMl),
        ("gexf", Self::Gexf),
        ("dot", Self::Dot),
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
        if *.filtered { " within this region and year; ask for more" } else { "; read reports into it with `fazhi build`" }
    )]
    Empty {
        /// The network.
        kind: Kind,
        /// What it is made of.
        what: &'static str,
        /// Whether only a region or a year was looked at.
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
    /// The analysis cannot be written.
    #[error("cannot write the analysis: {0}")]
    Write(#[from] std::io::Error),
}

/// A network with what was measured at its nodes.
#[derive(Debug, Clone)]
pub struct Analysis {
    kind: Kind,
    network: Network,
    scores: Vec<Scores>,
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

    /// Every node with its scores, in the order of the network.
    pub fn nodes(&self) -> impl Iterator<Item = (&Node, &Scores)> {
        self.network.nodes().zip(&self.scores)
    }
}

/// Makes the network of what the store has of a region and a year, `filter` being values of the parameters `region` and
/// `year` as [`Question::bind`] takes them, and measures it.
///
/// # Errors
/// [`Error::Empty`] when there is nothing to make it of; [`Error::Query`] when the filter names nothing or the store
/// cannot be asked.
pub fn analyze(store: &Store, kind: Kind, filter: &[(String, String)], limits: Limits) -> Result<Analysis, Error> {
    let question = kind.question()?;
    let bindings = question.bind(store, filter)?;
    let rows = match query::run(store, question.text(), &bindings, limits)? {
        Answer::Solutions(solutions) => solutions.rows,
        _ => Vec::new(),
    };
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|term| plain(term.as_ref())).collect()).collect();
    let (network, what) = match kind {
        Kind::CocitationInReports => (cocitation::in_reports(&rows), "report that cites a document"),
        Kind::CocitationInUnits => (cocitation::in_units(&rows), "measure, problem or plan that cites a document"),
        Kind::LawMeasure => (law_measure::network(&rows), "measure that cites a document"),
    };
    if network.nodes().next().is_none() {
        return Err(Error::Empty { kind, what, filtered: !filter.is_empty() });
    }
    let scores = scores(&network);
    Ok(Analysis { kind, network, scores })
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
        Format::Csv => tables::write_csv(analysis, out)?,
        Format::Json => tables::write_json(analysis, out)?,
        Format::GraphMl => graphml::write(analysis, out)?,
        Format::Gexf => gexf::write(analysis, out)?,
        Format::Dot => dot::write(analysis, out)?,
    }
    Ok(())
}
