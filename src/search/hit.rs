//! What is told of a thing that was found?

use oxigraph::model::NamedNode;
use serde::{Serialize, Serializer};

use super::error::SearchError;
use super::facts::Facts;
use super::kind::Kind;
use super::places::{self, Numbers};
use super::snippet::{Highlight, Marked};
use crate::report::Span;
use crate::store::Store;
use crate::vocab::{dcterms, property};

/// A thing that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// What kind of thing it is.
    pub kind: Kind,
    /// Its IRI.
    #[serde(serialize_with = "node")]
    pub iri: NamedNode,
    /// What it is called.
    pub name: Marked,
    /// Names of its region and of those above, from the province down, with spaces between; of a region the names above it and its own.
    pub place: String,
    /// Its region.
    #[serde(serialize_with = "optional_node")]
    pub region: Option<NamedNode>,
    /// The year that it speaks of.
    pub year: Option<u16>,
    /// The report that says it; of a report itself.
    #[serde(serialize_with = "optional_node")]
    pub report: Option<NamedNode>,
    /// Its code points in the text of the report.
    pub span: Option<Span>,
    /// What it says.
    pub passage: Option<Marked>,
    /// The official number of a document, the code of a region.
    pub number: Option<String>,
}

fn node<S: Serializer>(node: &NamedNode, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(node.as_str())
}

#[expect(clippy::ref_option, reason = "serde hands a field over as it is")]
fn optional_node<S: Serializer>(node: &Option<NamedNode>, serializer: S) -> Result<S::Ok, S::Error> {
    node.as_ref().map(NamedNode::as_str).serialize(serializer)
}

impl Hit {
    pub(super) fn read(
        store: &Store,
        numbers: &Numbers,
        kind: Kind,
        iri: NamedNode,
        highlight: &Highlight,
    ) -> Result<Self, SearchError> {
        let facts = Facts::read(store, iri.as_ref())?;
        let region = if kind == Kind::Region { Some(iri.clone()) } else { facts.node(property::REGION).cloned() };
        let place = match &region {
            Some(region) => places::read(store, numbers, region)?.names,
            None => String::new(),
        };
        let report = match kind {
            Kind::Report => Some(iri.clone()),
            _ if kind.is_passage() => facts.node(dcterms::IS_PART_OF).cloned(),
            _ => None,
        };
        let span = facts.number(property::START).zip(facts.number(property::END));
        let text = facts.text(property::TEXT).filter(|_| kind.is_passage());
        Ok(Self {
            kind,
            name: Marked::whole(facts.name(), highlight),
            place,
            region,
            year: facts.text(property::YEAR).and_then(|year| year.parse().ok()),
            report,
            span: span.filter(|_| kind.is_passage()).map(|(start, end)| Span { start, end }),
            passage: text.map(|text| Marked::part(text, highlight)),
            number: facts.text(property::NUMBER).or_else(|| facts.text(property::CODE)).map(str::to_owned),
            iri,
        })
    }
}
