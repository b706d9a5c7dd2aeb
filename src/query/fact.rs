//! Which fact of the graph is meant? From a report with a place in it to the citation, figure, unit or finding there.

use std::collections::BTreeMap;

use oxigraph::model::{NamedNode, NamedOrBlankNode};
use oxigraph::store::{StorageError, Store};

use super::bind::iri;
use super::error::Error;
use super::graphs::REPORTED;
use super::names::{find, identifier, suggest};
use super::question::ParameterType;
use crate::vocab::dcterms;

/// The fact with this IRI, or at this place of a report: `620524-2019#c939-944`, or without the letter, as tables show
/// report, start and end.
pub(super) fn fact(store: &Store, parameter: &str, value: &str) -> Result<NamedNode, Error> {
    let unknown = |suggestions| Error::UnknownName {
        name: parameter.to_owned(),
        value: value.to_owned(),
        kind: ParameterType::Fact,
        suggestions,
        known: Vec::new(),
    };
    let bare = iri(value).unwrap_or(value);
    let (report, place) = bare.rsplit_once('#').ok_or_else(|| unknown(Vec::new()))?;
    let report = if let Some(iri) = iri(report) {
        NamedNode::new(iri).map_err(|_| unknown(Vec::new()))?
    } else {
        let name = report.strip_prefix("report/").unwrap_or(report);
        find(store, ParameterType::Report, parameter, name)?
    };
    let facts = facts(store, &report)?;
    if let Some(fact) = facts.get(place) {
        return Ok(fact.clone());
    }
    // A finding has its rule behind its span.
    let spans =
        |known: &str| known.get(1..).is_some_and(|span| span == place || span.starts_with(&format!("{place}-")));
    let there: Vec<(&String, &NamedNode)> = facts.iter().filter(|(known, _)| spans(known)).collect();
    let shown = |place: &String| format!("{}#{place}", identifier(&report));
    match there.as_slice() {
        [(_, fact)] => Ok((*fact).clone()),
        [] => Err(unknown(suggest(place, facts.keys().cloned()).iter().map(shown).collect())),
        several => Err(Error::AmbiguousName {
            name: parameter.to_owned(),
            value: value.to_owned(),
            kind: ParameterType::Fact,
            total: several.len(),
            candidates: several.iter().map(|(place, fact)| (shown(place), fact.to_string())).collect(),
        }),
    }
}

/// What is part of a report and of its units, by its place there (`c939-944`).
fn facts(store: &Store, report: &NamedNode) -> Result<BTreeMap<String, NamedNode>, StorageError> {
    let mut facts = BTreeMap::new();
    let mut wholes = vec![report.clone()];
    while let Some(whole) = wholes.pop() {
        for quad in store.quads_for_pattern(None, Some(dcterms::IS_PART_OF), Some(whole.as_ref().into()), REPORTED) {
            if let NamedOrBlankNode::NamedNode(part) = quad?.subject
                && let Some((_, place)) = part.as_str().rsplit_once('#')
                && facts.insert(place.to_owned(), part.clone()).is_none()
            {
                wholes.push(part);
            }
        }
    }
    Ok(facts)
}
