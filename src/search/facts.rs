//! What does the store say of one thing that was or will be found?

use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, NamedNodeRef, Term};

use crate::store::{Store, StoreError};
use crate::vocab::skos;

pub(super) const PREF_LABEL: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#prefLabel");

/// The statements about a thing, sorted.
pub(super) struct Facts(Vec<(NamedNode, Term)>);

impl Facts {
    pub(super) fn read(store: &Store, thing: NamedNodeRef<'_>) -> Result<Self, StoreError> {
        let mut facts = store.about(thing)?;
        facts.sort_by(|left, right| (&left.0, plain(&left.1)).cmp(&(&right.0, plain(&right.1))));
        Ok(Self(facts))
    }

    fn of(&self, property: NamedNodeRef<'_>) -> impl Iterator<Item = &Term> {
        self.0.iter().filter(move |(found, _)| *found == property).map(|(_, value)| value)
    }

    /// The texts and numbers of a property.
    pub(super) fn texts(&self, property: NamedNodeRef<'_>) -> impl Iterator<Item = &str> {
        self.of(property).map(plain)
    }

    pub(super) fn text(&self, property: NamedNodeRef<'_>) -> Option<&str> {
        self.texts(property).next()
    }

    /// The things to which a property leads.
    pub(super) fn nodes(&self, property: NamedNodeRef<'_>) -> impl Iterator<Item = &NamedNode> {
        self.of(property).filter_map(|value| match value {
            Term::NamedNode(node) => Some(node),
            _ => None,
        })
    }

    pub(super) fn node(&self, property: NamedNodeRef<'_>) -> Option<&NamedNode> {
        self.nodes(property).next()
    }

    /// A whole number.
    pub(super) fn number(&self, property: NamedNodeRef<'_>) -> Option<usize> {
        self.text(property)?.parse().ok()
    }

    pub(super) fn classes(&self) -> impl Iterator<Item = &NamedNode> {
        self.nodes(rdf::TYPE)
    }

    /// What people call the thing in Chinese: a label that is no former name.
    pub(super) fn name(&self) -> &str {
        let former = |label: &&Term| !self.of(skos::ALT_LABEL).any(|other| other == *label);
        let chinese = |label: &&Term| matches!(label, Term::Literal(label) if label.language() != Some("en"));
        let labels = || self.of(rdfs::LABEL).filter(chinese);
        let found = labels().find(former).or_else(|| self.of(PREF_LABEL).find(chinese)).or_else(|| labels().next());
        found.map(plain).unwrap_or_default()
    }
}

/// A value without its type or language.
pub(super) fn plain(term: &Term) -> &str {
    match term {
        Term::NamedNode(node) => node.as_str(),
        Term::BlankNode(node) => node.as_str(),
        Term::Literal(literal) => literal.value(),
    }
}
