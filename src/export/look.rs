//! What is known of the things that reports speak of, kept at hand while an export walks from report to report.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, NamedNodeRef, Term};

use crate::store::{Store, StoreError};
use crate::vocab::{Scheme, class, dcterms, property, skos};

/// How many things are kept; beyond that all are forgotten and looked up again. A thing takes about a kilobyte.
const KEPT: usize = 50_000;

/// Regions lie within regions, and no deeper than this.
const DEEPEST: usize = 8;

const PREF_LABEL: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#prefLabel");

/// What is said of one thing, sorted by property and value.
#[derive(Debug, Default)]
pub(super) struct Facts(Vec<(NamedNode, Term)>);

impl Facts {
    fn new(mut facts: Vec<(NamedNode, Term)>) -> Self {
        facts.sort_by(|left, right| left.0.cmp(&right.0).then_with(|| plain(&left.1).cmp(plain(&right.1))));
        Self(facts)
    }

    /// The values of a property, sorted.
    pub(super) fn of(&self, property: NamedNodeRef<'_>) -> impl Iterator<Item = &Term> {
        self.0.iter().filter(move |(found, _)| *found == property).map(|(_, value)| value)
    }

    /// The first value of a property, without its type.
    pub(super) fn first(&self, property: NamedNodeRef<'_>) -> Option<&str> {
        self.of(property).next().map(plain)
    }

    /// The first value of a property that is a thing.
    pub(super) fn node(&self, property: NamedNodeRef<'_>) -> Option<&NamedNode> {
        self.of(property).find_map(|value| match value {
            Term::NamedNode(node) => Some(node),
            _ => None,
        })
    }

    pub(super) fn is(&self, class: NamedNodeRef<'_>) -> bool {
        self.of(rdf::TYPE).any(|found| *found == Term::from(class))
    }

    /// All properties with their values.
    pub(super) fn all(&self) -> impl Iterator<Item = (&NamedNode, &Term)> {
        self.0.iter().map(|(property, value)| (property, value))
    }

    /// What people call the thing in Chinese. A region that once bore another name may have that as a second label, which
    /// the registry knows for a former name.
    pub(super) fn name(&self) -> Option<&str> {
        let former = |label: &&Term| !self.of(skos::ALT_LABEL).any(|other| other == *label);
        let labels = || self.of(rdfs::LABEL);
        let chinese = |label: &&Term| matches!(label, Term::Literal(label) if label.language() != Some("en"));
        labels()
            .filter(chinese)
            .find(former)
            .or_else(|| self.of(PREF_LABEL).find(chinese))
            .or_else(|| labels().next())
            .map(plain)
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

/// The store with what was looked up lately.
pub(super) struct Look<'a> {
    store: &'a Store,
    known: RwLock<HashMap<NamedNode, Arc<Facts>>>,
}

impl<'a> Look<'a> {
    pub(super) fn new(store: &'a Store) -> Self {
        Self { store, known: RwLock::default() }
    }

    pub(super) const fn store(&self) -> &'a Store {
        self.store
    }

    /// What is said of a thing that reports share.
    pub(super) fn about(&self, thing: &NamedNode) -> Result<Arc<Facts>, StoreError> {
        // A thread that panics while it holds the lock leaves a map that is whole.
        if let Some(facts) = self.known.read().unwrap_or_else(PoisonError::into_inner).get(thing) {
            return Ok(Arc::clone(facts));
        }
        let mut facts = Facts::new(self.store.about(thing.as_ref())?);
        if facts.is(class::REPORT) {
            // Its text alone would take as much as a hundred other things.
            facts.0.retain(|(found, _)| *found != property::TEXT);
        }
        let facts = Arc::new(facts);
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= KEPT {
            known.clear();
        }
        known.insert(thing.clone(), Arc::clone(&facts));
        Ok(facts)
    }

    /// The region of a level (`province`, `prefecture`) in which a region lies, or that it is.
    pub(super) fn around(&self, region: &NamedNode, level: &str) -> Result<Option<NamedNode>, StoreError> {
        let level = Term::from(Scheme::Level.concept(level));
        let mut place = region.clone();
        for _ in 0..DEEPEST {
            let facts = self.about(&place)?;
            if facts.of(property::LEVEL).any(|found| *found == level) {
                return Ok(Some(place));
            }
            match facts.node(property::WITHIN) {
                Some(above) => place = above.clone(),
                None => break,
            }
        }
        Ok(None)
    }

    /// The Chinese name of that region.
    pub(super) fn name_around(&self, region: &NamedNode, level: &str) -> Result<Option<String>, StoreError> {
        let Some(place) = self.around(region, level)? else { return Ok(None) };
        Ok(self.about(&place)?.name().map(str::to_owned))
    }
}

/// What one report says of itself and of what exists only in it.
pub(super) struct Told {
    pub(super) report: NamedNode,
    things: HashMap<NamedNode, Arc<Facts>>,
    /// The things in the order of the text, the report first.
    order: Vec<NamedNode>,
    text: String,
    /// Where the code points of the text stand in its bytes.
    bytes: Vec<usize>,
}

impl Told {
    /// Reads a report by what is part of what: its units and what stands outside them, then the parts of each unit. Other
    /// things have no parts, and looking for them would cost as much as all the rest.
    pub(super) fn read(store: &Store, report: &NamedNode) -> Result<Self, StoreError> {
        let mut things: HashMap<NamedNode, Arc<Facts>> = HashMap::new();
        let mut waiting = vec![report.clone()];
        while let Some(thing) = waiting.pop() {
            let facts = Facts::new(store.about(thing.as_ref())?);
            if [class::REPORT, class::MEASURE, class::PROBLEM, class::PLAN].iter().any(|class| facts.is(*class)) {
                waiting.extend(store.leading_to(dcterms::IS_PART_OF, thing.as_ref())?);
            }
            things.insert(thing, Arc::new(facts));
        }
        let text = things.get(report).and_then(|facts| facts.first(property::TEXT)).unwrap_or_default().to_owned();
        let bytes = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
        let mut order: Vec<NamedNode> = things.keys().cloned().collect();
        order.sort_by(|left, right| (span(left), left.as_str()).cmp(&(span(right), right.as_str())));
        Ok(Self { report: report.clone(), things, order, text, bytes })
    }

    pub(super) fn facts(&self, thing: &NamedNode) -> Option<&Arc<Facts>> {
        self.things.get(thing)
    }

    /// What is said of the report itself.
    pub(super) fn of_report(&self) -> Arc<Facts> {
        self.facts(&self.report).cloned().unwrap_or_default()
    }

    /// Everything that exists only in the report, in the order of the text; the report itself first.
    pub(super) fn things(&self) -> impl Iterator<Item = (&NamedNode, &Facts)> {
        self.order.iter().filter_map(|thing| Some((thing, self.things.get(thing)?.as_ref())))
    }

    /// The measure, problem or plan that a thing is part of.
    pub(super) fn holder(&self, facts: &Facts) -> Option<NamedNode> {
        facts.node(dcterms::IS_PART_OF).filter(|holder| **holder != self.report).cloned()
    }

    /// The characters at the place of a thing.
    pub(super) fn quote(&self, thing: &NamedNode) -> Option<&str> {
        let (start, end) = span(thing)?;
        self.characters(start, end)
    }

    /// The characters from one position in the text to another.
    pub(super) fn characters(&self, start: usize, end: usize) -> Option<&str> {
        self.text.get(*self.bytes.get(start)?..*self.bytes.get(end)?)
    }

    /// The text of the measure, problem or plan that holds a thing, else the line in which it stands.
    pub(super) fn passage(&self, thing: &NamedNode, facts: &Facts) -> Option<&str> {
        if let Some(holder) = self.holder(facts) {
            return self.facts(&holder)?.first(property::TEXT);
        }
        let (start, end) = span(thing)?;
        let (start, end) = (*self.bytes.get(start)?, *self.bytes.get(end)?);
        let begin = self.text.get(..start)?.rfind('\n').map_or(0, |line| line + 1);
        let stop = self.text.get(end..)?.find('\n').map_or(self.text.len(), |line| end + line);
        Some(self.text.get(begin..stop)?.trim())
    }
}

/// The place of a thing in its report, which its IRI ends in.
pub(super) fn span(thing: &NamedNode) -> Option<(usize, usize)> {
    let (_, fragment) = thing.as_str().rsplit_once('#')?;
    let mut numbers = fragment.get(1..)?.split('-');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}
