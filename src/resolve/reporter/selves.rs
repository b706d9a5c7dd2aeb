//! How does the reporter speak of itself? 我县, 我镇, 我局, counted.

use super::Signs;
use crate::lexicon::Lexicon;
use crate::report::Level;
use std::collections::BTreeMap;

/// How often the reporter speaks of itself with each unit.
pub(super) struct Selves {
    /// Units of regions (县) with their counts, the most frequent first.
    pub(super) units: Vec<(String, usize)>,
    pub(super) township: usize,
    pub(super) department: usize,
}

pub(super) fn selves(signs: &Signs<'_>, lexicon: &Lexicon) -> Selves {
    let body = signs.text.get(signs.body.clone()).unwrap_or_default();
    let mut units: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut township, mut department) = (0, 0);
    for word in lexicon.metadata.selves.told_in(body) {
        match word.kind.as_str() {
            "township" => township += 1,
            "department" => department += 1,
            _ => *units.entry(word.unit.as_str()).or_default() += 1,
        }
    }
    let mut units: Vec<(String, usize)> = units.into_iter().map(|(unit, count)| (unit.to_owned(), count)).collect();
    units.sort_by_key(|(unit, count)| (std::cmp::Reverse(*count), unit.clone()));
    Selves { units, township, department }
}

/// The level of a region without a name that speaks of itself with the unit of one level alone (我县, but not 我区).
pub(super) fn level_of_unit(selves: &Selves, lexicon: &Lexicon) -> Option<Level> {
    let (unit, _) = selves.units.first()?;
    let told = |cue: &&crate::lexicon::UnlistedUnit| cue.word == *unit && cue.of_one_level;
    lexicon.metadata.unlisted_units.iter().find(told).map(|cue| cue.level)
}
