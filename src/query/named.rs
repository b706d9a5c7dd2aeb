//! Which things could be meant by the first characters of a name? For forms and editors that propose while one types.
//!
//! The names are read from the store once and gone through for each proposal: the store's index finds whole names only.

use std::collections::BTreeMap;

use oxigraph::model::vocab::rdfs;
use oxigraph::store::{StorageError, Store};
use serde::Serialize;

use super::names::{Kind, NOTATION, PREF_LABEL, STATE, Search, identifier};
use super::question::ParameterType;
use crate::text::Text;
use crate::vocab::{property, skos};

/// The names of some kinds of things in a store.
#[derive(Debug, Default)]
pub struct Names {
    things: Vec<Thing>,
    /// How many things of a kind have a name.
    bearers: BTreeMap<(ParameterType, String), u32>,
}

#[derive(Debug)]
struct Thing {
    kind: ParameterType,
    iri: Box<str>,
    /// What it is called; then other names, codes and numbers.
    names: Vec<Box<str>>,
}

/// A thing that may be meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// The thing.
    pub iri: String,
    /// What it is called.
    pub name: String,
    /// What can be given for it as a parameter: its name where no other thing of the kind has it, else its code or IRI.
    pub value: String,
    /// What kind of thing it is.
    pub kind: ParameterType,
    /// What tells it from others of its name: the regions around it, the number of a document.
    pub about: String,
}

/// How well a name fits what was typed; the least fits best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Same,
    Begins,
    OtherBegins,
    Holds,
}

impl Names {
    /// Reads the names of all things of these kinds.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn read(store: &Store, kinds: &[ParameterType]) -> Result<Self, StorageError> {
        let mut names = Self::default();
        for &kind in kinds {
            let Some(known) = Kind::of(kind) else { continue };
            let search = Search { store, kind: known };
            for thing in search.kind.all(store)? {
                let mut called = search.objects(&thing, &[rdfs::LABEL, PREF_LABEL])?;
                // Concepts have an English label besides, and people type Chinese.
                called.sort_by_key(|name| name.is_ascii());
                if kind == ParameterType::Report {
                    called.push(identifier(&thing).to_owned());
                }
                called.extend(search.objects(&thing, &[skos::ALT_LABEL, NOTATION, property::CODE, property::NUMBER])?);
                let Some(name) = called.first() else { continue };
                *names.bearers.entry((kind, name.clone())).or_default() += 1;
                let called = called.into_iter().map(String::into_boxed_str).collect();
                names.things.push(Thing { kind, iri: thing.into_string().into(), names: called });
            }
        }
        Ok(names)
    }

    /// The things of these kinds that fit `typed` best, `most` at most: those that are called so, those whose name begins so, those
    /// that have another name, a code or a number that begins so, those whose name holds it. Shorter names come first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn like(
        &self,
        store: &Store,
        typed: &str,
        kinds: &[ParameterType],
        most: usize,
    ) -> Result<Vec<Named>, StorageError> {
        let typed = Text::new(typed.trim());
        let typed = typed.folded();
        if typed.is_empty() {
            return Ok(Vec::new());
        }
        let of_kind = self.things.iter().filter(|thing| kinds.contains(&thing.kind));
        let mut fitting: Vec<(Fit, usize, usize, &Thing)> = of_kind
            .filter_map(|thing| {
                let at = kinds.iter().position(|kind| *kind == thing.kind)?;
                Some((thing.fit(typed)?, thing.name().chars().count(), at, thing))
            })
            .collect();
        fitting.sort_by(|left, right| {
            let key = |of: &(Fit, usize, usize, &Thing)| (of.0, of.1, of.2);
            key(left).cmp(&key(right)).then_with(|| left.3.iri.cmp(&right.3.iri))
        });
        fitting.truncate(most);
        fitting.into_iter().map(|(_, _, _, thing)| self.told(store, thing)).collect()
    }

    fn told(&self, store: &Store, thing: &Thing) -> Result<Named, StorageError> {
        let name = thing.name();
        let only = self.bearers.get(&(thing.kind, name.to_owned())) == Some(&1);
        let (mut value, mut about) = (if only { name } else { &thing.iri }.to_owned(), String::new());
        let Some(kind) = Kind::of(thing.kind) else { return Ok(thing.named(value, about)) };
        let (search, node) = (Search { store, kind }, thing.node());
        match thing.kind {
            ParameterType::Region => {
                for parent in search.parents(&node)? {
                    about.insert_str(0, search.objects(&parent, &[rdfs::LABEL])?.first().map_or("", String::as_str));
                }
                if let (false, Some(code)) = (only, search.objects(&node, &[property::CODE])?.pop()) {
                    value = code;
                }
            }
            ParameterType::Report => identifier(&node).clone_into(&mut value),
            ParameterType::Document => about = search.objects(&node, &[property::NUMBER])?.pop().unwrap_or_default(),
            _ => about = search.objects(&node, &[NOTATION])?.pop().unwrap_or_default(),
        }
        Ok(thing.named(value, about))
    }
}

impl Thing {
    fn name(&self) -> &str {
        self.names.first().map_or("", |name| name)
    }

    fn node(&self) -> oxigraph::model::NamedNode {
        oxigraph::model::NamedNode::new_unchecked(self.iri.to_string())
    }

    fn named(&self, value: String, about: String) -> Named {
        Named { iri: self.iri.to_string(), name: self.name().to_owned(), value, kind: self.kind, about }
    }

    fn fit(&self, typed: &str) -> Option<Fit> {
        // People leave the name of the state out.
        let name = self.name().strip_prefix(STATE).unwrap_or(self.name());
        if name == typed || self.name() == typed {
            Some(Fit::Same)
        } else if name.starts_with(typed) || self.name().starts_with(typed) {
            Some(Fit::Begins)
        } else if self.names.iter().skip(1).any(|other| other.starts_with(typed)) {
            Some(Fit::OtherBegins)
        } else {
            name.contains(typed).then_some(Fit::Holds)
        }
    }
}
