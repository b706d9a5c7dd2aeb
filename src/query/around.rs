//! What stands around a thing? Its statements and those that point to it, looked up one by one.
//!
//! A walk that does not know beforehand where it leads cannot be written as one query. Properties and classes are named as in a
//! query, by prefix and name.

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};
use oxigraph::store::Store;

use super::error::Error;
use super::graphs::REPORTED;
use crate::vocab::PREFIXES;

/// Looks up single statements.
#[derive(Clone, Copy)]
pub struct Around<'s> {
    store: &'s Store,
}

impl std::fmt::Debug for Around<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Around").finish_non_exhaustive()
    }
}

impl<'s> Around<'s> {
    /// Reads from `store`.
    #[must_use]
    pub const fn new(store: &'s Store) -> Self {
        Self { store }
    }

    /// What `thing` says by a property (`fz:cites`), in the order of its terms.
    ///
    /// # Errors
    /// When the store fails.
    pub fn values(&self, thing: &str, property: &str) -> Result<Vec<Term>, Error> {
        let (thing, property) = (NamedNodeRef::new_unchecked(thing), expanded(property));
        let mut found = Vec::new();
        for quad in self.store.quads_for_pattern(Some(thing.into()), Some(property.as_ref()), None, REPORTED) {
            found.push(quad?.object);
        }
        found.sort_by_cached_key(ToString::to_string);
        Ok(found)
    }

    /// The first of the IRIs that `thing` is joined to by a property.
    ///
    /// # Errors
    /// When the store fails.
    pub fn iri(&self, thing: &str, property: &str) -> Result<Option<String>, Error> {
        Ok(self.iris(thing, property)?.into_iter().next())
    }

    /// The IRIs that `thing` is joined to by a property, sorted.
    ///
    /// # Errors
    /// When the store fails.
    pub fn iris(&self, thing: &str, property: &str) -> Result<Vec<String>, Error> {
        let mut found: Vec<String> = self.values(thing, property)?.into_iter().filter_map(iri_of).collect();
        found.sort();
        Ok(found)
    }

    /// The text that `thing` says by a property: in Chinese where there are several languages.
    ///
    /// # Errors
    /// When the store fails.
    pub fn text(&self, thing: &str, property: &str) -> Result<Option<String>, Error> {
        let values = self.values(thing, property)?;
        let mut literals: Vec<(bool, String)> = values
            .into_iter()
            .map(|term| match term {
                Term::Literal(literal) => (literal.language() == Some("en"), literal.value().to_owned()),
                Term::NamedNode(node) => (false, node.into_string()),
                Term::BlankNode(node) => (false, node.into_string()),
            })
            .collect();
        literals.sort();
        Ok(literals.into_iter().next().map(|(_, text)| text))
    }

    /// The things that are joined to `thing` by a property: at most `most`, sorted. Which ones are left out where there are
    /// more, the store decides, for one content always alike.
    ///
    /// # Errors
    /// When the store fails.
    pub fn pointing(&self, property: &str, thing: &str, most: usize) -> Result<Vec<String>, Error> {
        let (thing, property) = (NamedNodeRef::new_unchecked(thing), expanded(property));
        let mut found = Vec::new();
        for quad in self.store.quads_for_pattern(None, Some(property.as_ref()), Some(thing.into()), REPORTED).take(most)
        {
            if let NamedOrBlankNode::NamedNode(subject) = quad?.subject {
                found.push(subject.into_string());
            }
        }
        found.sort();
        Ok(found)
    }

    /// How many things are joined to `thing` by a property; counted up to `most`.
    ///
    /// # Errors
    /// When the store fails.
    pub fn count(&self, property: &str, thing: &str, most: usize) -> Result<usize, Error> {
        let (thing, property) = (NamedNodeRef::new_unchecked(thing), expanded(property));
        let mut count = 0;
        for quad in self.store.quads_for_pattern(None, Some(property.as_ref()), Some(thing.into()), REPORTED).take(most)
        {
            quad?;
            count += 1;
        }
        Ok(count)
    }

    /// The name of the class of `thing` without its prefix (`Measure`), where it has one of fazhi's.
    ///
    /// # Errors
    /// When the store fails.
    pub fn class(&self, thing: &str) -> Result<Option<String>, Error> {
        let own = expanded("fz:");
        let classes = self.iris(thing, "rdf:type")?;
        Ok(classes.iter().find_map(|class| class.strip_prefix(own.as_str()).map(str::to_owned)))
    }
}

/// The IRI of a term that is named by prefix and name.
fn expanded(term: &str) -> NamedNode {
    let (prefix, name) = term.split_once(':').unwrap_or(("", term));
    let namespace = PREFIXES.iter().find(|(known, _)| *known == prefix).map_or("", |(_, namespace)| namespace);
    NamedNode::new_unchecked(format!("{namespace}{name}"))
}

fn iri_of(term: Term) -> Option<String> {
    match term {
        Term::NamedNode(node) => Some(node.into_string()),
        _ => None,
    }
}
