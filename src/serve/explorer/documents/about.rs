//! What does the registry, or what do reports, say of a document?

use std::collections::BTreeSet;

use oxigraph::model::vocab::rdfs;
use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use serde::Serialize;

use crate::lexicon::RuleSentence;
use crate::serve::explorer::concepts;
use crate::serve::explorer::link::{self, plain};
use crate::serve::explorer::report::labels;
use crate::serve::problem::Problem;
use crate::serve::state::State;
use crate::vocab::{eli, property, skos};

/// A document as the head of its page tells of it.
#[derive(Serialize)]
pub(super) struct About {
    title: String,
    /// Other titles under which it is cited.
    also: BTreeSet<String>,
    kinds: Vec<RuleSentence>,
    level: Option<RuleSentence>,
    region: Vec<Name>,
    issuers: Vec<Name>,
    number: String,
    adopted: String,
    effective: String,
    /// When it went out of force; empty while it is in force, or where nothing is known.
    ended: String,
    repealed_by: Vec<Name>,
    /// What it repealed.
    repeals: Vec<Name>,
    revised: BTreeSet<String>,
    /// Whether the registry knows it: of others nothing is known of dates and of force.
    registered: bool,
}

/// A thing by its name.
#[derive(Serialize)]
struct Name {
    text: String,
    href: String,
}

pub(super) fn about(state: &State, document: NamedNodeRef<'_>) -> Result<About, Problem> {
    let said = state.store.about(document)?;
    let all = |property: NamedNodeRef<'_>| -> BTreeSet<String> {
        let values = said.iter().filter(|(known, _)| known.as_ref() == property);
        values.map(|(_, value)| plain(value)).collect()
    };
    let one = |property: NamedNodeRef<'_>| all(property).into_iter().next().unwrap_or_default();
    let names = |iris: BTreeSet<String>| -> Result<Vec<Name>, Problem> {
        iris.into_iter().map(|iri| name(state, &iri)).collect()
    };
    let titles =
        said.iter().filter(|(known, value)| known.as_ref() == rdfs::LABEL && matches!(value, Term::Literal(_)));
    let mut titles: BTreeSet<String> = titles.map(|(_, value)| plain(value)).collect();
    let title = titles.pop_first().unwrap_or_else(|| link::local(document.as_str()).to_owned());
    titles.extend(all(skos::ALT_LABEL));
    let repeals = state.store.leading_to(eli::REPEALED_BY, document)?;
    let adopted = one(eli::DATE_DOCUMENT);
    let concept = |iri: &String| concepts::name(iri).cloned();
    Ok(About {
        title,
        also: titles,
        kinds: all(property::KIND).iter().filter_map(concept).collect(),
        level: all(property::LEVEL).iter().find_map(concept),
        region: names(all(property::REGION))?,
        issuers: names(all(eli::PASSED_BY))?,
        number: one(property::NUMBER),
        effective: one(eli::FIRST_DATE_ENTRY_IN_FORCE),
        ended: one(eli::DATE_NO_LONGER_IN_FORCE),
        repealed_by: names(all(eli::REPEALED_BY))?,
        repeals: names(repeals.into_iter().map(NamedNode::into_string).collect())?,
        revised: all(property::REVISED_ON),
        registered: !adopted.is_empty(),
        adopted,
    })
}

fn name(state: &State, iri: &str) -> Result<Name, Problem> {
    let label = labels(state, NamedNodeRef::new_unchecked(iri))?.map(|label| label.zh);
    Ok(Name { text: label.unwrap_or_else(|| link::local(iri).to_owned()), href: link::to(state.store.base(), iri) })
}
