//! Where do two texts say the same? Stretches that both have, the longest first, none of them twice.
//!
//! Greedy string tiling (Wise 1993, as `JPlag` has it): unlike a longest common subsequence it also finds what was moved.
//! Between stretches that stand close to each other in both texts, shorter ones count too; alone they are chance.

use super::sketch::{Shingle, shingles};
use std::collections::{BTreeMap, BinaryHeap, HashMap};

/// A stretch shorter than this is chance.
const LEAST: usize = 4;
/// A stretch shorter than this is chance unless another stands near.
const LEAST_ALONE: usize = 7;
/// So far away, in both texts, is near.
const NEAR: usize = 16;
/// Where no more stand between in the one text, ...
const BESIDE: usize = 4;
/// ... so many may stand between in the other: a clause or two that was left out, or put in.
pub(super) const LEFT_OUT: usize = 40;
/// Rounds in which short stretches may grow from stretch to stretch.
const ROUNDS: usize = 6;
/// A shingle that one text has more often tells nothing of where it belongs.
const MOST_PLACES: usize = 24;

/// A stretch that two texts share: where it begins in each, and its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stretch {
    /// Index of its first character in the one.
    pub left: usize,
    /// Index of its first character in the other.
    pub right: usize,
    /// Characters.
    pub length: usize,
}

/// Where a text has each of its shingles.
pub(super) struct Index(HashMap<Shingle, Vec<u32>>);

impl Index {
    pub(super) fn new(characters: &[u16]) -> Self {
        let mut index: HashMap<Shingle, Vec<u32>> = HashMap::with_capacity(characters.len());
        for (at, shingle) in shingles(characters).enumerate() {
            index.entry(shingle).or_default().push(u32::try_from(at).unwrap_or(u32::MAX));
        }
        Self(index)
    }
}

/// The stretches that two texts share, in their order in the left one; no character of either is in two of them.
#[must_use]
pub fn stretches(left: &[u16], right: &[u16]) -> Vec<Stretch> {
    tiles(left, &Index::new(left), right)
}

/// [`stretches`], with the index of the left text.
pub(super) fn tiles(left: &[u16], index: &Index, right: &[u16]) -> Vec<Stretch> {
    let maximal = maximal(left, index, right);
    let mut tiling =
        Tiling { left: vec![false; left.len()], right: vec![false; right.len()], by_left: BTreeMap::new() };
    let mut short = Vec::new();
    let mut open: BinaryHeap<(usize, std::cmp::Reverse<(usize, usize)>)> =
        maximal.into_iter().map(|s| (s.length, std::cmp::Reverse((s.left, s.right)))).collect();
    while let Some((length, std::cmp::Reverse((left, right)))) = open.pop() {
        for part in tiling.free_parts(Stretch { left, right, length }) {
            if part.length < LEAST_ALONE {
                short.push(part);
            } else if part.length == length {
                tiling.put(part);
            } else {
                open.push((part.length, std::cmp::Reverse((part.left, part.right))));
            }
        }
    }
    for _ in 0..ROUNDS {
        let before = tiling.by_left.len();
        let rest = std::mem::take(&mut short);
        for stretch in rest {
            for part in tiling.free_parts(stretch) {
                if tiling.stands_near(part) {
                    tiling.put(part);
                } else {
                    short.push(part);
                }
            }
        }
        if tiling.by_left.len() == before {
            break;
        }
    }
    tiling.by_left.into_iter().map(|(left, (right, length))| Stretch { left, right, length }).collect()
}

/// All stretches that cannot be made longer, in the order of the right text.
fn maximal(left: &[u16], index: &Index, right: &[u16]) -> Vec<Stretch> {
    let mut found = Vec::new();
    for (at, shingle) in shingles(right).enumerate() {
        let Some(places) = index.0.get(&shingle).filter(|places| places.len() <= MOST_PLACES) else { continue };
        for place in places.iter().map(|place| *place as usize) {
            // One that begins earlier was found there, unless its first shingle is one of those that tell nothing.
            if at > 0 && place > 0 && left[place - 1] == right[at - 1] && is_telling(index, right, at - 1) {
                continue;
            }
            let length = left[place..].iter().zip(&right[at..]).take_while(|(a, b)| a == b).count();
            found.push(Stretch { left: place, right: at, length });
        }
    }
    found
}

fn is_telling(index: &Index, right: &[u16], at: usize) -> bool {
    let shingle = shingles(&right[at..]).next();
    shingle.and_then(|shingle| index.0.get(&shingle)).is_some_and(|places| places.len() <= MOST_PLACES)
}

struct Tiling {
    left: Vec<bool>,
    right: Vec<bool>,
    by_left: BTreeMap<usize, (usize, usize)>,
}

impl Tiling {
    /// The parts of a stretch that are in no stretch yet on either side, as far as they are long enough.
    fn free_parts(&self, stretch: Stretch) -> Vec<Stretch> {
        let mut parts = Vec::new();
        let mut length = 0;
        for at in 0..=stretch.length {
            let is_free = at < stretch.length && !self.left[stretch.left + at] && !self.right[stretch.right + at];
            if is_free {
                length += 1;
            } else {
                if length >= LEAST {
                    parts.push(Stretch {
                        left: stretch.left + at - length,
                        right: stretch.right + at - length,
                        length,
                    });
                }
                length = 0;
            }
        }
        parts
    }

    fn put(&mut self, stretch: Stretch) {
        self.left[stretch.left..stretch.left + stretch.length].fill(true);
        self.right[stretch.right..stretch.right + stretch.length].fill(true);
        self.by_left.insert(stretch.left, (stretch.right, stretch.length));
    }

    /// Whether the stretch before it or behind it in the left text stands near in both.
    fn stands_near(&self, stretch: Stretch) -> bool {
        let of = |(left, (right, length)): (&usize, &(usize, usize))| Stretch {
            left: *left,
            right: *right,
            length: *length,
        };
        let before = self.by_left.range(..stretch.left).next_back().map(of);
        let behind = self.by_left.range(stretch.left..).next().map(of);
        before.is_some_and(|other| near(other, stretch)) || behind.is_some_and(|other| near(other, stretch))
    }
}

/// Whether two stretches stand near each other in both texts, in whichever order.
pub(super) fn near(a: Stretch, b: Stretch) -> bool {
    let left = distance(a.left, a.length, b.left, b.length);
    let right = distance(a.right, a.length, b.right, b.length);
    left.max(right) <= NEAR || left.min(right) <= BESIDE && left.max(right) <= LEFT_OUT
}

/// Characters between two ranges.
fn distance(a: usize, length_of_a: usize, b: usize, length_of_b: usize) -> usize {
    if a < b { b.saturating_sub(a + length_of_a) } else { a.saturating_sub(b + length_of_b) }
}

/// The share of the characters of both passages that stands in shared stretches, from 0 to 1: twice the shared ones by
/// those of both.
#[must_use]
pub fn similarity(shared: usize, left: usize, right: usize) -> f64 {
    let float = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    if left + right == 0 { 0.0 } else { 2.0 * float(shared) / float(left + right) }
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;

    fn characters(words: &str) -> Vec<u16> {
        words.encode_utf16().collect()
    }

    fn found(left: &str, right: &str) -> Vec<String> {
        let (left, right) = (characters(left), characters(right));
        let of = |s: &Stretch| String::from_utf16_lossy(&left[s.left..s.left + s.length]);
        stretches(&left, &right).iter().map(of).collect()
    }

    #[test]
    fn a_short_stretch_counts_beside_a_long_one() {
        let (left, right) = ("建立案件质量评查制度定期通报情况", "完善案件质量评查制度每季通报情况");
        assert_eq!(found(left, right), ["案件质量评查制度", "通报情况"]);
        assert!((similarity(12, 16, 16) - 0.75).abs() < 1e-9);
    }

    #[test]
    fn short_stretches_alone_are_chance() {
        assert!(found("推进重大工作", "检查重大工作").is_empty());
        assert!(found("", "检查工作").is_empty());
        assert!(similarity(0, 0, 0).abs() < 1e-9);
    }

    #[test]
    fn a_short_stretch_counts_where_what_stood_between_was_left_out() {
        let left = "组织案卷交叉评查邀请律师参与疑难案件会商并形成书面纪要结果张榜公布";
        let right = "组织案卷交叉评查结果张榜公布";
        assert_eq!(found(left, right), ["组织案卷交叉评查", "结果张榜公布"]);
        assert_eq!(found(&left.replace("书面纪要", &"书面纪要".repeat(8)), right), ["组织案卷交叉评查"]);
    }

    #[test]
    fn what_was_moved_is_found() {
        let left = "组织案卷交叉评查并逐一反馈整改,邀请律师参与疑难案件会商";
        let right = "邀请律师参与疑难案件会商,组织案卷交叉评查并逐一反馈整改";
        assert_eq!(found(left, right), ["组织案卷交叉评查并逐一反馈整改", "邀请律师参与疑难案件会商"]);
    }

    #[test]
    fn no_character_is_used_twice() {
        let found = found("逐月通报办案质量指标", "逐月通报办案质量指标逐月通报办案质量指标");
        assert_eq!(found, ["逐月通报办案质量指标"]);
    }
}
