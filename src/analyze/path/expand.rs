//! What is a step away from a thing? Looked up when the search comes by, and kept.

use std::collections::{BTreeMap, BTreeSet};

use super::Weights;
use crate::analyze::scores::as_f64;
use crate::query::{Around, Error};

/// How a unit has to do with things, and how a thing is found from its units.
const TIES: [&str; 6] = ["fz:region", "fz:cites", "fz:responsibleBody", "fz:category", "fz:alsoCategory", "fz:topic"];
/// Joins that no report is needed for.
const REGISTRY: [&str; 6] =
    ["fz:within", "fz:successor", "fz:implements", "eli:repealed_by", "skos:broader", "skos:related"];
/// Classes of units.
const UNITS: [&str; 3] = ["Measure", "Problem", "Plan"];
/// Most units of one thing that are looked at by one property: of a hub only some, and the search says so.
const MOST_UNITS: usize = 500;
/// Most parts of one unit or report that are looked through.
const MOST_PARTS: usize = 5000;

/// What joins two things; a unit is cheaper than the registry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Join {
    /// A unit, or a report that cites a document outside its units.
    Unit(String),
    /// A property, and whether it leads from the second thing to the first.
    Registry(&'static str, bool),
}

/// The part of the graph that was looked at.
pub(super) struct Explored<'s> {
    around: Around<'s>,
    /// What joins two things, the cheapest first; the smaller IRI first.
    joins: BTreeMap<(String, String), BTreeSet<Join>>,
    neighbours: BTreeMap<String, BTreeSet<String>>,
    looked_around: BTreeSet<String>,
    units: BTreeMap<String, Vec<String>>,
    hubs: BTreeMap<String, f64>,
    /// Whether an end is an indicator: only then a unit's figures are looked through for what they give.
    with_indicators: bool,
    /// Whether a hub was looked around only in part.
    pub(super) is_partial: bool,
}

impl<'s> Explored<'s> {
    pub(super) const fn new(around: Around<'s>, with_indicators: bool) -> Self {
        Self {
            around,
            with_indicators,
            joins: BTreeMap::new(),
            neighbours: BTreeMap::new(),
            looked_around: BTreeSet::new(),
            units: BTreeMap::new(),
            hubs: BTreeMap::new(),
            is_partial: false,
        }
    }

    /// The things a step away from one; how many hundreds of units were looked at for it.
    pub(super) fn look_around(&mut self, thing: &str) -> Result<usize, Error> {
        if !self.looked_around.insert(thing.to_owned()) {
            return Ok(0);
        }
        let units = self.units_of(thing)?;
        let effort = 1 + units.len() / 100;
        for unit in units {
            let others = self.things_of(&unit)?;
            for other in others.iter().filter(|other| *other != thing) {
                self.add(thing, other, &Join::Unit(unit.clone()));
            }
        }
        self.look_up_registry(thing)?;
        Ok(effort)
    }

    pub(super) fn neighbours(&self, thing: &str) -> impl Iterator<Item = &str> {
        self.neighbours.get(thing).into_iter().flatten().map(String::as_str)
    }

    /// All pairs that were found to be a step apart, with what the step alone costs.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str, f64)> {
        self.joins.iter().map(|((one, other), joins)| (one.as_str(), other.as_str(), cost(joins)))
    }

    /// What a step costs without the things at its ends.
    pub(super) fn step(&self, one: &str, other: &str) -> f64 {
        self.joins.get(&key(one, other)).map_or(f64::INFINITY, cost)
    }

    pub(super) fn join(&self, one: &str, other: &str) -> Option<Join> {
        Some(match self.joins.get(&key(one, other))?.first()? {
            Join::Registry(property, reversed) if one > other => Join::Registry(property, !reversed),
            join => join.clone(),
        })
    }

    pub(super) fn others(&self, one: &str, other: &str) -> usize {
        let units = |joins: &BTreeSet<Join>| joins.iter().filter(|join| matches!(join, Join::Unit(_))).count();
        self.joins.get(&key(one, other)).map_or(0, |joins| units(joins).saturating_sub(1))
    }

    /// What passing through a thing costs: the logarithm of what is around it.
    pub(super) fn hub(&mut self, thing: &str) -> Result<f64, Error> {
        if let Some(known) = self.hubs.get(thing) {
            return Ok(*known);
        }
        let class = self.around.class(thing)?;
        let properties: &[&str] = match class.as_deref() {
            Some("Document") => &["fz:cites"],
            Some("Body") => &["fz:responsibleBody"],
            Some(_) => &["fz:region", "fz:within"],
            None => &["fz:category", "fz:alsoCategory", "fz:topic", "fz:indicator"],
        };
        let mut count = 0;
        for property in properties {
            count += self.around.count(property, thing, Weights::MOST - count)?;
        }
        let mut cost = (1.0 + as_f64(count)).log2();
        // Concepts are of no class of the graph's own.
        if class.is_none() {
            cost += Weights::CONCEPT;
        }
        self.hubs.insert(thing.to_owned(), cost);
        Ok(cost)
    }

    fn add(&mut self, one: &str, other: &str, join: &Join) {
        let key = key(one, other);
        let join = match join {
            Join::Registry(property, reversed) if one > other => Join::Registry(property, !reversed),
            join => join.clone(),
        };
        self.joins.entry(key).or_default().insert(join);
        self.neighbours.entry(one.to_owned()).or_default().insert(other.to_owned());
        self.neighbours.entry(other.to_owned()).or_default().insert(one.to_owned());
    }

    /// The units that have to do with a thing, and the reports that cite it outside their units.
    fn units_of(&mut self, thing: &str) -> Result<BTreeSet<String>, Error> {
        let mut found = BTreeSet::new();
        for property in TIES {
            let pointing = self.around.pointing(property, thing, MOST_UNITS)?;
            self.is_partial |= pointing.len() == MOST_UNITS;
            for subject in pointing {
                match self.around.class(&subject)?.as_deref() {
                    Some(class) if UNITS.contains(&class) => found.extend([subject]),
                    Some("Citation") => found.extend(self.around.iri(&subject, "dcterms:isPartOf")?),
                    // Where a document was issued and whose body it is.
                    Some("Document" | "Body") => self.add(thing, &subject, &Join::Registry("fz:region", true)),
                    _ => {}
                }
            }
        }
        let figures = self.around.pointing("fz:indicator", thing, MOST_UNITS)?;
        self.is_partial |= figures.len() == MOST_UNITS;
        for figure in figures {
            found.extend(self.around.iri(&figure, "dcterms:isPartOf")?);
        }
        Ok(found)
    }

    /// The things that a unit has to do with.
    fn things_of(&mut self, unit: &str) -> Result<Vec<String>, Error> {
        if let Some(known) = self.units.get(unit) {
            return Ok(known.clone());
        }
        let mut found = BTreeSet::new();
        for property in TIES {
            found.extend(self.around.iris(unit, property)?);
        }
        let is_unit = self.around.class(unit)?.is_some_and(|class| UNITS.contains(&class.as_str()));
        if self.with_indicators || !is_unit {
            for part in self.around.pointing("dcterms:isPartOf", unit, MOST_PARTS)? {
                found.extend(self.around.iri(&part, "fz:indicator")?);
                // Of a report, only what stands outside its units is its own.
                if !is_unit && self.around.class(&part)?.as_deref() == Some("Citation") {
                    found.extend(self.around.iri(&part, "fz:cites")?);
                }
            }
        }
        let found: Vec<String> = found.into_iter().collect();
        self.units.insert(unit.to_owned(), found.clone());
        Ok(found)
    }

    fn look_up_registry(&mut self, thing: &str) -> Result<(), Error> {
        for property in REGISTRY {
            for other in self.around.iris(thing, property)? {
                self.add(thing, &other, &Join::Registry(property, false));
            }
            for other in self.around.pointing(property, thing, MOST_UNITS)? {
                self.add(thing, &other, &Join::Registry(property, true));
            }
        }
        if matches!(self.around.class(thing)?.as_deref(), Some("Document" | "Body")) {
            for region in self.around.iris(thing, "fz:region")? {
                self.add(thing, &region, &Join::Registry("fz:region", false));
            }
        }
        Ok(())
    }
}

/// What the cheapest of some joins costs.
fn cost(joins: &BTreeSet<Join>) -> f64 {
    match joins.first() {
        Some(Join::Unit(_)) => Weights::STEP,
        Some(Join::Registry(..)) => Weights::REGISTRY,
        None => f64::INFINITY,
    }
}

fn key(one: &str, other: &str) -> (String, String) {
    if one < other { (one.to_owned(), other.to_owned()) } else { (other.to_owned(), one.to_owned()) }
}
