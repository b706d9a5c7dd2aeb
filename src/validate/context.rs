//! Where in the reports does a node stand? What a reader needs to know of it to judge a violation.

use std::collections::BTreeMap;

use oxigraph::model::{NamedNode, Term};
use oxigraph::store::Store;
use serde::Serialize;

use super::error::Error;
use super::wording::plain;
use crate::query::{self, Answer, Bindings, Limits};

/// A node in its surroundings. What the store does not say is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Context {
    /// The IRI of the report that the node is part of, or is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<String>,
    /// What the report is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report_label: Option<String>,
    /// What the node is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The words that the node was read from, else the passage that they stand in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passage: Option<String>,
    /// Where in the text of the report it begins, in code points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
}

impl Context {
    /// Asks `store` for the surroundings of `node`; of a literal or a blank node there are none.
    ///
    /// # Errors
    /// When the store fails.
    pub fn of(store: &Store, node: &Term) -> Result<Self, Error> {
        let Term::NamedNode(node) = node else { return Ok(Self::default()) };
        let report = report_of(node);
        let mut found = ask(store, node)?;
        let mut taken = |kind: &str| found.remove(kind);
        let passage = taken("quote").or_else(|| taken("text")).or_else(|| taken("holder"));
        let (label, start) = (taken("label"), taken("start"));
        let report_label = match &report {
            Some(report) if report == node => label.clone(),
            Some(report) => ask(store, report)?.remove("label"),
            None => None,
        };
        Ok(Self { report: report.map(NamedNode::into_string), report_label, label, passage, start })
    }

    /// The identifier of the report, as `fazhi explain` takes it.
    #[must_use]
    pub fn identifier(&self) -> Option<&str> {
        self.report.as_deref().and_then(|report| report.rsplit('/').next())
    }
}

/// The report of a part: the part's IRI starts with the report's.
fn report_of(node: &NamedNode) -> Option<NamedNode> {
    let report = node.as_str().split('#').next().unwrap_or_default();
    report.contains("/report/").then(|| NamedNode::new_unchecked(report))
}

/// What is said of a node, by kind; of several values of a kind the first in order.
fn ask(store: &Store, node: &NamedNode) -> Result<BTreeMap<String, String>, Error> {
    let text = format!(
        "SELECT ?kind ?said WHERE {{
           {{ {node} rdfs:label ?said . FILTER(LANGMATCHES(LANG(?said), \"zh\")) BIND(\"label\" AS ?kind) }} UNION
           {{ {node} skos:prefLabel ?said . FILTER(LANGMATCHES(LANG(?said), \"zh\")) BIND(\"label\" AS ?kind) }} UNION
           {{ {node} fz:quote ?said . BIND(\"quote\" AS ?kind) }} UNION
           {{ {node} fz:text ?said . FILTER(NOT EXISTS {{ {node} a fz:Report }}) BIND(\"text\" AS ?kind) }} UNION
           {{ {node} dcterms:isPartOf ?unit . FILTER(NOT EXISTS {{ ?unit a fz:Report }})
              ?unit fz:text ?said . BIND(\"holder\" AS ?kind) }} UNION
           {{ {node} fz:start ?said . BIND(\"start\" AS ?kind) }} }}"
    );
    let mut said = BTreeMap::new();
    if let Answer::Solutions(solutions) = query::run(store, &text, &Bindings::default(), Limits::default())? {
        for row in solutions.rows {
            if let [Some(Term::Literal(kind)), Some(value)] = row.as_slice() {
                said.entry(kind.value().to_owned()).or_insert_with(|| plain(value));
            }
        }
    }
    Ok(said)
}
