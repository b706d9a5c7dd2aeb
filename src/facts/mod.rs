//! What are the single facts of a report? Each with its span, what it says and why it was read so: the common ground of
//! comparing two extractions and of explaining one.

mod compare;
mod explain;
mod source;

pub use compare::{Change, Comparison, FactChange, FieldChange, ReportChanges, Tally, compare};
pub use explain::{Explanation, explain};
pub use source::{TableLine, table_line};

use crate::report::{Basis, Report, Span};
use serde::Serialize;
use serde_json::{Map, Value};
use std::fmt;

/// What a fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FactClass {
    /// What the report says of itself, with no span.
    Metadata,
    /// A statement with its role.
    Statement,
    /// A measure, problem or plan.
    Unit,
    /// A mention of a document.
    Citation,
    /// A mention of a body.
    Body,
    /// A figure.
    Figure,
    /// A finding.
    Finding,
}

impl FactClass {
    /// All classes, in the order in which they are shown.
    pub const ALL: [Self; 7] =
        [Self::Metadata, Self::Statement, Self::Unit, Self::Citation, Self::Body, Self::Figure, Self::Finding];
}

impl fmt::Display for FactClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Metadata => "metadata",
            Self::Statement => "statement",
            Self::Unit => "unit",
            Self::Citation => "citation",
            Self::Body => "body",
            Self::Figure => "figure",
            Self::Finding => "finding",
        })
    }
}

/// One fact of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// What it is about.
    pub class: FactClass,
    /// Where it stands; `None` for metadata.
    pub span: Option<Span>,
    /// The characters of the span; of metadata the name of the field.
    pub quote: String,
    /// What it says, by the names that `fazhi extract` prints.
    pub fields: Map<String, Value>,
    /// Why it was read so.
    pub basis: Basis,
}

/// All facts of a report: its metadata, then class by class in the order of the text.
#[must_use]
pub fn facts(report: &Report) -> Vec<Fact> {
    let text = Characters::new(&report.text);
    let mut found = metadata(report);
    let mut add = |class: FactClass, span: Span, said: Value, basis: &Basis| {
        found.push(Fact {
            class,
            span: Some(span),
            quote: text.slice(span).to_owned(),
            fields: fields(said),
            basis: basis.clone(),
        });
    };
    for statement in &report.statements {
        add(FactClass::Statement, statement.span, value(statement), &statement.basis);
    }
    for unit in &report.units {
        let mut said = value(unit);
        // Indexes move when anything before them does: what is linked is said by its words.
        let problems: Vec<&str> =
            unit.addresses.iter().filter_map(|at| report.units.get(*at)).map(|unit| unit.name.as_str()).collect();
        if let Value::Object(said) = &mut said {
            said.insert("addresses".to_owned(), problems.into());
        }
        add(FactClass::Unit, unit.span, said, &unit.basis);
    }
    for citation in &report.citations {
        add(FactClass::Citation, citation.span, value(citation), &citation.basis);
    }
    for body in &report.bodies {
        add(FactClass::Body, body.span, value(body), &body.basis);
    }
    for figure in &report.figures {
        add(FactClass::Figure, figure.span, value(figure), &figure.basis);
    }
    for finding in &report.findings {
        add(FactClass::Finding, finding.span, value(finding), &finding.basis);
    }
    found
}

/// A fact for each field of the metadata that says something.
fn metadata(report: &Report) -> Vec<Fact> {
    let Value::Object(said) = value(&report.metadata) else { return Vec::new() };
    let region = report.metadata.region.as_ref().map(|region| region.basis.clone()).unwrap_or_default();
    said.into_iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| Fact {
            class: FactClass::Metadata,
            span: None,
            basis: if name == "region" { region.clone() } else { Basis::default() },
            fields: match value {
                Value::Object(fields) => fields,
                other => [("value".to_owned(), other)].into_iter().collect(),
            },
            quote: name,
        })
        .collect()
}

fn value(said: &impl Serialize) -> Value {
    // The model is plain data with string keys: nothing in it cannot be written as JSON.
    serde_json::to_value(said).unwrap_or_default()
}

/// What is said beside where it stands. Links by index are left out: they follow from the spans.
fn fields(said: Value) -> Map<String, Value> {
    let Value::Object(mut fields) = said else { return Map::new() };
    for known in ["start", "end", "quote", "citations", "figures"] {
        fields.remove(known);
    }
    fields
}

/// The code points of a text.
struct Characters<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Characters<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, starts: text.char_indices().map(|(at, _)| at).chain([text.len()]).collect() }
    }

    /// The characters of a span; of one that leaves the text, those that are in it.
    fn slice(&self, span: Span) -> &'a str {
        let byte = |point: usize| self.starts.get(point).copied().unwrap_or(self.text.len());
        self.text.get(byte(span.start)..byte(span.end)).unwrap_or_default()
    }
}
