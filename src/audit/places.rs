//! How are the places of two reports related? The regions of the store with what stands above them and what became of them.

use std::collections::{BTreeMap, BTreeSet};

/// A region.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Its names, in the order of code points.
    pub(super) names: BTreeSet<String>,
    /// Its code; empty where it has none.
    pub(super) code: String,
    above: BTreeSet<String>,
    successors: BTreeSet<String>,
}

/// The regions of a store, by IRI.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    places: BTreeMap<String, Place>,
    /// How many regions became this one.
    predecessors: BTreeMap<String, usize>,
}

/// Steps upwards or onwards that are taken at most: a loop in the data ends.
const MOST_STEPS: usize = 8;

impl Places {
    /// From rows of a region, a name, a code, what stands above it and what took its place; any but the first may be empty.
    pub(super) fn new(rows: impl Iterator<Item = [String; 5]>) -> Self {
        let mut places: BTreeMap<String, Place> = BTreeMap::new();
        for [region, name, code, above, successor] in rows {
            let place = places.entry(region).or_default();
            if !code.is_empty() {
                place.code = code;
            }
            place.names.extend(Some(name).filter(|name| !name.is_empty()));
            place.above.extend(Some(above).filter(|above| !above.is_empty()));
            place.successors.extend(Some(successor).filter(|successor| !successor.is_empty()));
        }
        let mut predecessors: BTreeMap<String, usize> = BTreeMap::new();
        for successor in places.values().flat_map(|place| &place.successors) {
            *predecessors.entry(successor.clone()).or_default() += 1;
        }
        Self { places, predecessors }
    }

    pub(super) fn get(&self, region: &str) -> Option<&Place> {
        self.places.get(region)
    }

    /// The region that carries on a region across changes of its code and its name: where one took its place and took no
    /// other's, for a merged region is none of those that it was made of.
    pub(super) fn lasting<'a>(&'a self, region: &'a str) -> &'a str {
        let mut lasting = region;
        for _ in 0..MOST_STEPS {
            let mut successors = self.places.get(lasting).into_iter().flat_map(|place| &place.successors);
            match (successors.next(), successors.next()) {
                (Some(only), None) if self.predecessors.get(only) == Some(&1) => lasting = only,
                _ => break,
            }
        }
        lasting
    }

    /// Whether a region lies within another, or is it.
    pub(super) fn is_within(&self, inner: &str, outer: &str) -> bool {
        let mut layer: BTreeSet<&str> = [inner, self.lasting(inner)].into();
        for _ in 0..MOST_STEPS {
            if layer.contains(outer) || layer.contains(self.lasting(outer)) {
                return true;
            }
            layer = layer
                .into_iter()
                .filter_map(|region| self.places.get(region))
                .flat_map(|p| &p.above)
                .map(String::as_str)
                .collect();
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::Places;

    fn places() -> Places {
        let row = |region: &str, above: &str, successor: &str| [region, "", "", above, successor].map(str::to_owned);
        let rows = [
            row("province", "", ""),
            row("prefecture", "province", ""),
            row("old", "prefecture", "new"),
            row("new", "prefecture", ""),
            row("one", "prefecture", "both"),
            row("two", "prefecture", "both"),
            row("both", "prefecture", ""),
            row("round", "about", "about"),
            row("about", "round", "round"),
        ];
        Places::new(rows.into_iter())
    }

    #[test]
    fn a_region_goes_on_under_another_code_but_not_in_a_merger() {
        let places = places();
        assert_eq!(places.lasting("old"), "new");
        assert_eq!(places.lasting("one"), "one");
        assert_eq!(places.lasting("unheard-of"), "unheard-of");
    }

    #[test]
    fn what_stands_above_is_found_at_any_height_and_a_loop_ends() {
        let places = places();
        assert!(places.is_within("old", "province") && places.is_within("old", "old"));
        assert!(!places.is_within("province", "old") && !places.is_within("one", "two"));
        assert!(!places.is_within("round", "province"));
        assert!(places.lasting("round").len() == 5);
    }
}
