//! What does a report say of itself? Who reports, on which year, when, and where it was read.

use oxigraph::model::{NamedNodeRef, Term};
use serde::Serialize;

use super::content::{Content, text};
use super::evidence::labels;
use super::text::Link;
use crate::lexicon::RuleSentence;
use crate::serve::explorer::{concepts, link};
use crate::serve::problem::Problem;
use crate::serve::state::State;
use crate::vocab::{dcterms, property, prov};

/// What a report says of itself, each under the name that the template has words for.
#[derive(Serialize, Default)]
pub(super) struct Head {
    region: Vec<Link>,
    year: String,
    level: Option<RuleSentence>,
    publisher: Vec<Link>,
    addressee: String,
    dated: String,
    published: String,
    identifier: String,
    sources: Vec<String>,
    extractor: Vec<Link>,
    doubts: Vec<RuleSentence>,
}

/// The head of a report.
pub(super) fn head(state: &State, content: &Content) -> Result<Head, Problem> {
    let value = |property| content.value(property).unwrap_or_default().to_owned();
    let all = |property: NamedNodeRef<'_>| {
        content
            .about
            .iter()
            .filter(move |(known, _)| known.as_ref() == property)
            .map(|(_, value)| value)
            .collect::<Vec<_>>()
    };
    let links = |property: NamedNodeRef<'_>| -> Result<Vec<Link>, Problem> {
        let nodes = all(property).into_iter().filter_map(|term| match term {
            Term::NamedNode(node) => Some(node),
            _ => None,
        });
        nodes
            .map(|node| {
                let known = match content.label(node.as_str()) {
                    Some(label) => Some(label.to_owned()),
                    None => labels(state, node.as_ref())?.map(|label| label.zh),
                };
                let text = known.unwrap_or_else(|| link::local(node.as_str()).to_owned());
                Ok(Link { text, href: link::to(state.store.base(), node.as_str()) })
            })
            .collect()
    };
    let mut sources: Vec<String> = all(dcterms::SOURCE).into_iter().map(|term| text(term).to_owned()).collect();
    sources.sort();
    Ok(Head {
        region: links(property::REGION)?,
        year: value(property::YEAR),
        level: content.value(property::LEVEL).and_then(concepts::name).cloned(),
        publisher: links(dcterms::PUBLISHER)?,
        addressee: value(property::ADDRESSEE),
        dated: value(dcterms::DATE),
        published: value(dcterms::ISSUED),
        identifier: value(dcterms::IDENTIFIER),
        sources,
        extractor: links(prov::WAS_GENERATED_BY)?,
        doubts: all(property::DOUBT).into_iter().filter_map(|term| concepts::name(text(term))).cloned().collect(),
    })
}
