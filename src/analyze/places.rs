//! Which regions are there, and which lies in which?

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::Term;
use oxigraph::store::Store;

use super::plain;
use crate::query::{self, Answer, Bindings, Error, Limits};

/// A region of the store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) name: String,
    pub(super) code: Option<String>,
    /// The notation of its level.
    pub(super) level: String,
    /// IRI of the region directly above.
    pub(super) above: Option<String>,
    /// IRIs of the regions that took its place.
    pub(super) successors: BTreeSet<String>,
    /// The last year of its code; `None` while in force.
    pub(super) until: Option<u16>,
}

/// The tree of the regions.
#[derive(Debug, Default)]
pub(super) struct Places(BTreeMap<String, Place>);

/// Regions stand in no deeper tree than this: township, county, prefecture, province, and one to spare.
const DEEPEST: usize = 6;

impl Places {
    pub(super) fn load(store: &Store, limits: Limits) -> Result<Self, Error> {
        let mut places: BTreeMap<String, Place> = BTreeMap::new();
        let mut former: BTreeSet<(String, String)> = BTreeSet::new();
        let rows = rows(store, include_str!("places.rq"), limits)?;
        for row in &rows {
            former.insert((row[0].clone(), row[6].clone()));
        }
        for row in rows {
            let [iri, name, code, level, above, successor, _, until] = row.as_slice() else { continue };
            let place = places.entry(iri.clone()).or_default();
            // A region of which a report bore a former name has that as a second label.
            let is_former = former.contains(&(iri.clone(), name.clone()));
            if place.name.is_empty() || !is_former {
                place.name.clone_from(name);
            }
            place.code = some(code).or_else(|| place.code.take());
            place.level = level.rsplit('/').next().unwrap_or_default().to_owned();
            place.above = some(above).or_else(|| place.above.take());
            place.successors.extend(some(successor).filter(|successor| successor != iri));
            place.until = until.parse().ok().or(place.until);
        }
        Ok(Self(places))
    }

    pub(super) fn get(&self, iri: &str) -> Option<&Place> {
        self.0.get(iri)
    }

    pub(super) fn name(&self, iri: &str) -> String {
        self.get(iri).map_or_else(String::new, |place| place.name.clone())
    }

    /// The region itself and those above it, upwards.
    pub(super) fn upwards<'a>(&'a self, iri: &'a str) -> impl Iterator<Item = &'a str> {
        let above = |at: &&'a str| self.get(at).and_then(|place| place.above.as_deref());
        std::iter::successors(Some(iri), above).take(DEEPEST)
    }

    /// Whether a region is another one or lies in it.
    pub(super) fn is_within(&self, iri: &str, around: &str) -> bool {
        self.upwards(iri).any(|above| above == around)
    }

    /// The regions of which one took the place, and itself.
    pub(super) fn lineage(&self, iri: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::from([iri.to_owned()]);
        loop {
            let before = found.len();
            let earlier = self.0.iter().filter(|(_, place)| place.successors.iter().any(|next| found.contains(next)));
            let earlier: Vec<String> = earlier.map(|(iri, _)| iri.clone()).collect();
            found.extend(earlier);
            if found.len() == before {
                return found;
            }
        }
    }

    /// What stands for a region across the years: the last of those that took its place one after the other, where each
    /// had one successor.
    pub(super) fn latest(&self, iri: &str) -> String {
        let mut at = iri.to_owned();
        for _ in 0..DEEPEST {
            match self.get(&at).map(|place| &place.successors) {
                Some(next) if next.len() == 1 => at = next.iter().next().cloned().unwrap_or(at),
                _ => break,
            }
        }
        at
    }

    /// What a region is called where its name alone does not tell it: with the names above it.
    pub(super) fn path(&self, iri: &str) -> String {
        let mut names: Vec<String> = self.upwards(iri).map(|above| self.name(above)).collect();
        names.reverse();
        names.concat()
    }
}

fn some(cell: &str) -> Option<String> {
    (!cell.is_empty()).then(|| cell.to_owned())
}

/// The answer to a query without parameters, as plain text.
pub(super) fn rows(store: &Store, text: &str, limits: Limits) -> Result<Vec<Vec<String>>, Error> {
    let Answer::Solutions(solutions) = query::run(store, text, &Bindings::default(), limits)? else {
        return Ok(Vec::new());
    };
    let plain_row = |row: Vec<Option<Term>>| row.iter().map(|term| plain(term.as_ref())).collect();
    Ok(solutions.rows.into_iter().map(plain_row).collect())
}
