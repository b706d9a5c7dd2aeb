//! Where is a region? Its names and those of the regions above it, and its province.

use std::collections::BTreeMap;

use oxigraph::model::{NamedNode, NamedNodeRef};

use super::facts::Facts;
use crate::store::{Store, StoreError};
use crate::vocab::{CONCEPTS, Scheme, class, property};

/// Regions lie within regions, and no deeper than this.
const DEEPEST: usize = 8;

const TOP: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#topConceptOf");

/// What the numbers in the columns of the index stand for: the position of a province, or of a field, among those of the store.
/// Both are read from the store, which the index belongs to, so the lists are those with which it was made.
#[derive(Debug, Clone)]
pub(super) struct Numbers {
    pub(super) provinces: Vec<NamedNode>,
    pub(super) fields: Vec<NamedNode>,
}

impl Numbers {
    pub(super) fn read(store: &Store) -> Result<Self, StoreError> {
        let scheme = NamedNode::new_unchecked(format!("{CONCEPTS}{}", Scheme::Category.name()));
        let regions = store.of_class(class::REGION)?;
        // Reports and documents of a province have its level, too.
        let mut provinces = store.leading_to(property::LEVEL, Scheme::Level.concept("province").as_ref())?;
        provinces.retain(|thing| regions.binary_search(thing).is_ok());
        Ok(Self { provinces, fields: store.leading_to(TOP, scheme.as_ref())? })
    }

    /// The number of a province or field in its list; 0 is for none.
    pub(super) fn of(list: &[NamedNode], thing: &NamedNode) -> u64 {
        list.binary_search(thing).map_or(0, |at| at as u64 + 1)
    }

    /// The thing that a number stands for.
    pub(super) fn thing(list: &[NamedNode], number: u64) -> Option<&NamedNode> {
        list.get(usize::try_from(number.checked_sub(1)?).ok()?)
    }
}

/// A region with those above it.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    /// The region and those above it.
    pub(super) within: Vec<NamedNode>,
    /// Their names, from the province down, with spaces between.
    pub(super) names: String,
    /// Number of the province.
    pub(super) province: u64,
}

/// The regions that were asked for.
#[derive(Default)]
pub(super) struct Places(BTreeMap<NamedNode, Place>);

impl Places {
    pub(super) fn get(&mut self, store: &Store, numbers: &Numbers, region: &NamedNode) -> Result<&Place, StoreError> {
        if !self.0.contains_key(region) {
            let place = read(store, numbers, region)?;
            self.0.insert(region.clone(), place);
        }
        Ok(self.0.entry(region.clone()).or_default())
    }
}

/// Reads where a region is.
pub(super) fn read(store: &Store, numbers: &Numbers, region: &NamedNode) -> Result<Place, StoreError> {
    let mut place = Place::default();
    let mut names = Vec::new();
    let mut next = Some(region.clone());
    while let Some(region) = next.filter(|region| !place.within.contains(region) && place.within.len() < DEEPEST) {
        let facts = Facts::read(store, region.as_ref())?;
        names.push(facts.name().to_owned());
        place.province = place.province.max(Numbers::of(&numbers.provinces, &region));
        next = facts.node(property::WITHIN).cloned();
        place.within.push(region);
    }
    names.reverse();
    place.names = names.join(" ");
    Ok(place)
}
