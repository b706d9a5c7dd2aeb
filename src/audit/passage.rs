//! Which of the stretches that two texts share make a passage? Those that stand close together in both.

use super::align::{LEFT_OUT, Stretch, near, similarity};
use super::common::Commonness;
use super::mask::Masked;
use std::ops::Range;

/// Least similarity of a passage.
const LEAST_SIMILARITY: f64 = 0.4;
/// A group of stretches with fewer characters does not draw others to it.
const LEAST_GROUP: usize = 7;
/// Two groups are one passage where they stand no further apart, in both texts, ...
const APART: usize = 240;
/// ... and what they make together is no less alike than the first of these. Where that makes no passage, each is tried by itself, and
/// then those that still make none, together, by the last.
const LEAST_JOINED: [Option<f64>; 3] = [Some(0.5), None, Some(LEAST_SIMILARITY)];
/// Neighbours of a group in the one text that are tried.
const NEIGHBOURS: usize = 4;
/// A passage is told from its first clause to its last where no more characters of them are not shared.
const REST_OF_CLAUSE: usize = 12;

/// Least weight of a passage that is no chance, where there are so many places that what all say is known ...
const LEAST_WEIGHT: f64 = 11.0;
const MANY_PLACES: usize = 50;
/// ... and where there are fewer: of a wording that nobody else has nobody can tell there whether others would have it.
const LEAST_WEIGHT_OF_FEW: f64 = 13.0;
/// Characters of a stretch that even stock phrases give.
const STOCK: f64 = 2.0;
/// Shared characters below which no weight is reached, of whatever words they are.
const LEAST_SHARED: usize = 13;

/// A passage that two texts share.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared {
    /// The compared characters of the one text from its first to its last clause.
    pub left: Range<usize>,
    /// Those of the other.
    pub right: Range<usize>,
    /// What they share, in the order of the left.
    pub stretches: Vec<Stretch>,
    /// Twice the shared characters by the characters of both: 0 to 1.
    pub similarity: f64,
    /// How much speaks for copying: the characters of the shared stretches that are no boilerplate, each by how rare the words are
    /// in which it stands (0 to 1), of each stretch those beyond the few that stock phrases share. Zero in reports of one place, where
    /// nothing hangs on it.
    pub weight: f64,
}

impl Shared {
    /// The same seen from the other text.
    #[must_use]
    pub(super) fn turned(&self) -> Self {
        let mut stretches: Vec<Stretch> = self
            .stretches
            .iter()
            .map(|stretch| Stretch { left: stretch.right, right: stretch.left, length: stretch.length })
            .collect();
        stretches.sort_by_key(|stretch| stretch.left);
        Self { left: self.right.clone(), right: self.left.clone(), stretches, ..*self }
    }
}

/// The passages that two texts share, in the order of the left one.
pub(super) fn passages(left: &Masked, right: &Masked, tiles: &[Stretch], commonness: &Commonness) -> Vec<Shared> {
    let mut open = groups(tiles);
    open.retain(|group| group.shared >= LEAST_GROUP);
    let mut found: Vec<Shared> = Vec::new();
    for least in LEAST_JOINED {
        let mut joined = open.clone();
        if let Some(least) = least {
            join(&mut joined, least);
        }
        for group in joined.into_iter().filter(|group| group.shared >= LEAST_SHARED) {
            let passage = shared(&group, left, right, tiles, commonness);
            if is_no_chance(&passage, commonness) && found.iter().all(|found| !overlap(found, &passage)) {
                open.retain(|part| !group.has(part));
                found.push(passage);
            }
        }
    }
    found.sort_by_key(|passage| (passage.left.start, passage.right.start));
    found
}

/// Whether a passage is alike enough, and more than set phrases are.
fn is_no_chance(passage: &Shared, commonness: &Commonness) -> bool {
    let least = if commonness.places() >= MANY_PLACES { LEAST_WEIGHT } else { LEAST_WEIGHT_OF_FEW };
    passage.similarity >= LEAST_SIMILARITY && passage.weight >= least
}

/// Whether two passages share a stretch.
fn overlap(one: &Shared, other: &Shared) -> bool {
    one.stretches.iter().any(|stretch| other.stretches.contains(stretch))
}

/// Stretches that belong together: where they stand in both texts.
#[derive(Clone)]
struct Group {
    left: Range<usize>,
    right: Range<usize>,
    shared: usize,
}

impl Group {
    fn of(stretch: Stretch) -> Self {
        Self {
            left: stretch.left..stretch.left + stretch.length,
            right: stretch.right..stretch.right + stretch.length,
            shared: stretch.length,
        }
    }

    fn with(&self, other: &Self) -> Self {
        let hull = |a: &Range<usize>, b: &Range<usize>| a.start.min(b.start)..a.end.max(b.end);
        Self {
            left: hull(&self.left, &other.left),
            right: hull(&self.right, &other.right),
            shared: self.shared + other.shared,
        }
    }

    /// Whether another stands within it.
    fn has(&self, other: &Self) -> bool {
        let within = |inner: &Range<usize>, outer: &Range<usize>| outer.start <= inner.start && inner.end <= outer.end;
        within(&other.left, &self.left) && within(&other.right, &self.right)
    }

    fn similarity(&self) -> f64 {
        similarity(self.shared, self.left.len(), self.right.len())
    }
}

/// Groups of stretches each of which stands near another of its group, in the order of the left text.
fn groups(tiles: &[Stretch]) -> Vec<Group> {
    let mut group_of: Vec<usize> = (0..tiles.len()).collect();
    for (at, tile) in tiles.iter().enumerate() {
        let end = tile.left + tile.length + LEFT_OUT;
        for (other, behind) in tiles.iter().enumerate().skip(at + 1).take_while(|(_, behind)| behind.left <= end) {
            if near(*tile, *behind) {
                let (a, b) = (root(&mut group_of, at), root(&mut group_of, other));
                group_of[a.max(b)] = a.min(b);
            }
        }
    }
    let mut groups: Vec<Option<Group>> = vec![None; tiles.len()];
    for (at, tile) in tiles.iter().enumerate() {
        let root = root(&mut group_of, at);
        let one = Group::of(*tile);
        groups[root] = Some(groups[root].as_ref().map_or_else(|| one.clone(), |group| group.with(&one)));
    }
    groups.into_iter().flatten().collect()
}

fn root(group_of: &mut [usize], mut at: usize) -> usize {
    while group_of[at] != at {
        group_of[at] = group_of[group_of[at]];
        at = group_of[at];
    }
    at
}

/// Joins groups that are one passage, until none are left that are: what they make together is no less alike than `least`.
fn join(groups: &mut Vec<Group>, least: f64) {
    let mut at = 0;
    while at < groups.len() {
        let joined = (at + 1..groups.len().min(at + 1 + NEIGHBOURS)).find_map(|other| {
            let both = groups[at].with(&groups[other]);
            let apart = |a: &Range<usize>, b: &Range<usize>| {
                if a.start < b.start { b.start.saturating_sub(a.end) } else { a.start.saturating_sub(b.end) }
            };
            let close = apart(&groups[at].left, &groups[other].left) <= APART
                && apart(&groups[at].right, &groups[other].right) <= APART;
            (close && both.similarity() >= least).then_some((other, both))
        });
        if let Some((other, both)) = joined {
            groups.remove(other);
            groups[at] = both;
            // What is larger now may reach what stands before it.
            at = at.saturating_sub(NEIGHBOURS);
        } else {
            at += 1;
        }
    }
}

fn shared(group: &Group, left: &Masked, right: &Masked, tiles: &[Stretch], commonness: &Commonness) -> Shared {
    let of_left = whole_clauses(&group.left, left);
    let of_right = whole_clauses(&group.right, right);
    let within =
        |range: &Range<usize>, start: usize, length: usize| range.start <= start && start + length <= range.end;
    let stretches: Vec<Stretch> = tiles
        .iter()
        .filter(|tile| within(&of_left, tile.left, tile.length) && within(&of_right, tile.right, tile.length))
        .copied()
        .collect();
    let characters: usize = stretches.iter().map(|stretch| stretch.length).sum();
    Shared {
        similarity: similarity(characters, of_left.len(), of_right.len()),
        weight: stretches.iter().map(|stretch| weight(*stretch, left, commonness)).sum(),
        left: of_left,
        right: of_right,
        stretches,
    }
}

/// The range from the beginning of its first clause to the end of its last, if they are not far.
fn whole_clauses(range: &Range<usize>, text: &Masked) -> Range<usize> {
    let next = text.clauses.partition_point(|clause| clause.first as usize <= range.start);
    let start =
        next.checked_sub(1).and_then(|at| text.clauses.get(at)).map_or(range.start, |clause| clause.first as usize);
    let behind = text.clauses.partition_point(|clause| (clause.first as usize) < range.end);
    let end = text.clauses.get(behind).map_or(text.characters.len(), |clause| clause.first as usize);
    let start = if range.start - start <= REST_OF_CLAUSE { start } else { range.start };
    let end = if end - range.end <= REST_OF_CLAUSE { end } else { range.end };
    start..end
}

/// The characters of a stretch that are no boilerplate, each as far as it is rare, but for the first few.
fn weight(stretch: Stretch, text: &Masked, commonness: &Commonness) -> f64 {
    let told = commonness.telling(&text.characters[stretch.left..stretch.left + stretch.length]);
    let runs = told.chunk_by(|a, b| a.is_some() == b.is_some());
    runs.map(|run| (run.iter().flatten().sum::<f64>() - STOCK).max(0.0)).sum()
}
