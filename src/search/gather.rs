//! What can be found in a store? One walk over its reports, then over what they share.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use oxigraph::model::{NamedNode, NamedNodeRef};

use super::error::SearchError;
use super::facts::{Facts, PREF_LABEL};
use super::kind::Kind;
use super::places::{Numbers, Place, Places};
use crate::store::Store;
use crate::vocab::{CONCEPTS, Scheme, class, dcterms, property, skos};

const IN_SCHEME: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#inScheme");
const NOTATION: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#notation");

/// A thing as it comes into the index.
pub(super) struct Thing {
    pub(super) kind: Kind,
    pub(super) iri: NamedNode,
    /// What it is called, in any way.
    pub(super) names: Vec<String>,
    pub(super) text: String,
    pub(super) place: Place,
    pub(super) year: u64,
    /// Numbers of its fields.
    pub(super) fields: Vec<u64>,
    /// How often reports speak of it.
    pub(super) weight: u64,
}

impl Thing {
    fn new(kind: Kind, iri: NamedNode) -> Self {
        let (names, text, place) = (Vec::new(), String::new(), Place::default());
        Self { kind, iri, names, text, place, year: 0, fields: Vec::new(), weight: 0 }
    }
}

/// Walks through the store until it has seen everything or is told to stop.
pub(super) struct Walk<'a, F> {
    store: &'a Store,
    numbers: &'a Numbers,
    stop: &'a AtomicBool,
    places: Places,
    /// How many reports, units or citations speak of a shared thing.
    spoken_of: BTreeMap<NamedNode, u64>,
    each: F,
}

impl<'a, F: FnMut(Thing) -> Result<(), SearchError>> Walk<'a, F> {
    pub(super) fn new(store: &'a Store, numbers: &'a Numbers, stop: &'a AtomicBool, each: F) -> Self {
        Self { store, numbers, stop, places: Places::default(), spoken_of: BTreeMap::new(), each }
    }

    /// Hands over everything, in an order that the store alone decides.
    pub(super) fn run(mut self) -> Result<(), SearchError> {
        for report in self.store.reports()? {
            self.check()?;
            self.report(&report)?;
        }
        for (kind, class) in
            [(Kind::Region, class::REGION), (Kind::Document, class::DOCUMENT), (Kind::Body, class::BODY)]
        {
            for thing in self.store.of_class(class)? {
                self.check()?;
                self.shared(kind, thing)?;
            }
        }
        for (kind, scheme) in [(Kind::Field, Scheme::Category), (Kind::Indicator, Scheme::Indicator)] {
            let scheme = NamedNode::new_unchecked(format!("{CONCEPTS}{}", scheme.name()));
            for concept in self.store.leading_to(IN_SCHEME, scheme.as_ref())? {
                self.concept(kind, concept)?;
            }
        }
        Ok(())
    }

    fn check(&self) -> Result<(), SearchError> {
        if self.stop.load(Ordering::Relaxed) { Err(SearchError::Stopped) } else { Ok(()) }
    }

    fn place(&mut self, facts: &Facts) -> Result<Place, SearchError> {
        Ok(match facts.node(property::REGION) {
            Some(region) => self.places.get(self.store, self.numbers, region)?.clone(),
            None => Place::default(),
        })
    }

    fn count(&mut self, things: impl IntoIterator<Item = NamedNode>) {
        for thing in things {
            *self.spoken_of.entry(thing).or_default() += 1;
        }
    }

    fn report(&mut self, report: &NamedNode) -> Result<(), SearchError> {
        let facts = Facts::read(self.store, report.as_ref())?;
        let mut thing = Thing::new(Kind::Report, report.clone());
        thing.names.push(facts.name().to_owned());
        thing.year = year(&facts);
        thing.place = self.place(&facts)?;
        self.count(facts.node(property::REGION).cloned());
        (self.each)(thing)?;
        for part in self.store.leading_to(dcterms::IS_PART_OF, report.as_ref())? {
            let facts = Facts::read(self.store, part.as_ref())?;
            let Some(kind) = facts.classes().find_map(|class| Kind::of_passage(class.as_ref())) else { continue };
            let mut unit = Thing::new(kind, part);
            unit.names.push(facts.name().to_owned());
            facts.text(property::TEXT).unwrap_or_default().clone_into(&mut unit.text);
            unit.year = year(&facts);
            unit.place = self.place(&facts)?;
            let fields = facts.nodes(property::CATEGORY).chain(facts.nodes(property::ALSO_CATEGORY));
            unit.fields = fields.map(|field| Numbers::of(&self.numbers.fields, field)).collect();
            let spoken_of: Vec<NamedNode> =
                facts.nodes(property::CITES).chain(facts.nodes(property::RESPONSIBLE_BODY)).cloned().collect();
            self.count(spoken_of);
            (self.each)(unit)?;
        }
        Ok(())
    }

    fn shared(&mut self, kind: Kind, iri: NamedNode) -> Result<(), SearchError> {
        let facts = Facts::read(self.store, iri.as_ref())?;
        let mut thing = Thing::new(kind, iri);
        thing.names.push(facts.name().to_owned());
        for property in [skos::ALT_LABEL, property::CODE, property::NUMBER] {
            thing.names.extend(facts.texts(property).map(str::to_owned));
        }
        thing.place = if kind == Kind::Region {
            self.places.get(self.store, self.numbers, &thing.iri)?.clone()
        } else {
            self.place(&facts)?
        };
        thing.weight = self.spoken_of.get(&thing.iri).copied().unwrap_or_default();
        (self.each)(thing)
    }

    fn concept(&mut self, kind: Kind, iri: NamedNode) -> Result<(), SearchError> {
        let facts = Facts::read(self.store, iri.as_ref())?;
        let mut thing = Thing::new(kind, iri);
        thing.names = [PREF_LABEL, NOTATION].iter().flat_map(|name| facts.texts(*name)).map(str::to_owned).collect();
        // The words by which it is recognised in a report.
        thing.text = facts.texts(skos::ALT_LABEL).collect::<Vec<&str>>().join(" ");
        (self.each)(thing)
    }
}

/// The year of a thing; 0 where it has none.
fn year(facts: &Facts) -> u64 {
    facts.text(property::YEAR).and_then(|year| year.parse().ok()).unwrap_or_default()
}
