//! Which problems does a place name year after year?

use super::align::{Index, similarity, tiles};
use super::pair::{Order, Pair, Relation, Side, Sign};
use super::passage::Shared;
use super::reading::{Bond, Reading, pair};
use crate::lexicon::Lexicon;
use std::collections::BTreeMap;
use std::ops::Range;

/// Least similarity of a problem that is named again.
const LEAST_SIMILARITY: f64 = 0.5;
/// Compared characters of the shortest problem.
const SHORTEST: usize = 8;

/// The problems of two reports of one reporter that are the same: of each the most alike.
pub(super) fn pairs(earlier: &Reading, later: &Reading, lexicon: &Lexicon) -> Vec<Pair> {
    let (before, after) = (problems(earlier), problems(later));
    let mut found: Vec<Shared> = Vec::new();
    for left in &before {
        let characters = &earlier.masked.characters[left.clone()];
        let index = Index::new(characters);
        for right in &after {
            let mut stretches = tiles(characters, &index, &later.masked.characters[right.clone()]);
            for stretch in &mut stretches {
                stretch.left += left.start;
                stretch.right += right.start;
            }
            let shared: usize = stretches.iter().map(|stretch| stretch.length).sum();
            let similarity = similarity(shared, left.len(), right.len());
            if similarity >= LEAST_SIMILARITY {
                found.push(Shared { left: left.clone(), right: right.clone(), stretches, similarity, weight: 0.0 });
            }
        }
    }
    found.sort_by(|a, b| b.similarity.total_cmp(&a.similarity).then_with(|| a.left.start.cmp(&b.left.start)));
    let mut taken: Vec<(bool, usize)> = Vec::new();
    found.retain(|shared| {
        let sides = [(false, shared.left.start), (true, shared.right.start)];
        let is_free = sides.iter().all(|side| !taken.contains(side));
        taken.extend(sides.into_iter().filter(|_| is_free));
        is_free
    });
    let bond = Bond { sign: Sign::RepeatedProblem, relation: Relation::SamePlace, order: Order::Year };
    found.iter().map(|shared| pair(bond, shared, earlier, later, lexicon)).collect()
}

/// The problems of a report, as ranges of its compared characters.
fn problems(reading: &Reading) -> Vec<Range<usize>> {
    let places = &reading.masked.places;
    let index = |place: usize| places.partition_point(|at| (*at as usize) < place);
    let units = reading.report.units.iter().filter(|unit| unit.is_problem);
    units.map(|unit| index(unit.span.start)..index(unit.span.end)).filter(|range| range.len() >= SHORTEST).collect()
}

/// The problems that run through reports of several years, each as it stands in every one, the longest runs first.
///
/// `pairs` are those that [`super::compare`] found; a run of two is a problem that was named again once.
#[must_use]
pub fn running(pairs: &[Pair]) -> Vec<Vec<&Side>> {
    let repeated = || pairs.iter().filter(|pair| pair.sign == Sign::RepeatedProblem);
    let place = |side: &Side| (side.report.clone(), side.start, side.end);
    let next: BTreeMap<_, &Pair> = repeated().map(|pair| (place(&pair.earlier), pair)).collect();
    let has_earlier: Vec<_> = repeated().map(|pair| place(&pair.later)).collect();
    let mut runs: Vec<Vec<&Side>> = Vec::new();
    for first in repeated().filter(|pair| !has_earlier.contains(&place(&pair.earlier))) {
        let mut run = vec![&first.earlier];
        let mut at = Some(first);
        while let Some(pair) = at.filter(|_| run.len() <= next.len()) {
            run.push(&pair.later);
            at = next.get(&place(&pair.later)).copied();
        }
        runs.push(run);
    }
    runs.sort_by_cached_key(|run| {
        (std::cmp::Reverse(run.len()), run.first().map(|side| (side.report.clone(), side.start)))
    });
    runs
}
