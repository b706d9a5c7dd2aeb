//! Which passages may be alike? Shingles of a few characters, counted over the corpus, sketched by their least hashes, and
//! brought together where parts of the sketches agree.
//!
//! Broder 1997 (min-wise hashing); Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, chapter 3 (bands of a
//! signature). What very many reports say is boilerplate and no copy: such shingles are left out of the sketches.

use rayon::prelude::*;
use std::collections::BTreeSet;

/// Characters of a shingle.
pub(super) const SHINGLE: usize = 4;
/// Rows of a band: all must agree.
const ROWS: usize = 2;
/// Bands: one must agree. With two rows, passages that share a third of their shingles meet with a probability of 0.98.
const BANDS: usize = 32;
const HASHES: usize = ROWS * BANDS;
/// A band that more passages than this share says nothing.
const CROWD: usize = 64;
/// Least share of agreeing hashes at which a pair is looked at.
const LEAST_AGREEMENT: f64 = 0.12;
/// Slots of the counter: a power of two.
const SLOTS: usize = 1 << 22;

/// A passage as it is sketched.
pub(super) struct Shingled {
    /// Index of its report.
    pub report: usize,
    /// Hashes of its shingles, ascending, each once.
    pub shingles: Vec<u64>,
}

/// Hashes of the shingles of some characters, in their order.
pub(super) fn shingles(characters: &[char]) -> impl Iterator<Item = u64> + '_ {
    characters.windows(SHINGLE).map(|window| {
        let hash = window.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, c| mixed(hash ^ u64::from(u32::from(*c))));
        mixed(hash)
    })
}

/// How many reports have each shingle, a little too many where two share a slot.
pub(super) struct Commonness {
    counts: Vec<u32>,
}

impl Commonness {
    /// Counts over all passages; those of one report stand together.
    pub(super) fn new(passages: &[Shingled]) -> Self {
        let mut counts = vec![0_u32; SLOTS];
        let mut of_report: BTreeSet<usize> = BTreeSet::new();
        let mut last = None;
        for passage in passages {
            if last.replace(passage.report).is_some_and(|last| last != passage.report) {
                of_report.clear();
            }
            for shingle in &passage.shingles {
                if of_report.insert(slot(*shingle)) {
                    counts[slot(*shingle)] += 1;
                }
            }
        }
        Self { counts }
    }

    /// The number of reports that have the shingle.
    pub(super) fn of(&self, shingle: u64) -> usize {
        self.counts[slot(shingle)] as usize
    }
}

/// Pairs of passages whose sketches agree, each pair once, in order. `common` is the number of reports from which on a
/// shingle is boilerplate.
pub(super) fn candidates(passages: &[Shingled], commonness: &Commonness, common: usize) -> Vec<(usize, usize)> {
    let signatures: Vec<Option<[u32; HASHES]>> = passages
        .par_iter()
        .map(|passage| {
            let rare = passage.shingles.iter().copied().filter(|shingle| commonness.of(*shingle) < common);
            signature(rare)
        })
        .collect();
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    for band in 0..BANDS {
        let mut keyed: Vec<(u64, usize)> = signatures
            .iter()
            .enumerate()
            .filter_map(|(at, signature)| {
                let rows = signature.as_ref()?.get(band * ROWS..(band + 1) * ROWS)?;
                Some((rows.iter().fold(band as u64, |key, row| mixed(key ^ u64::from(*row))), at))
            })
            .collect();
        keyed.par_sort_unstable();
        for bucket in keyed.chunk_by(|a, b| a.0 == b.0).filter(|bucket| (2..=CROWD).contains(&bucket.len())) {
            for (first, (_, a)) in bucket.iter().enumerate() {
                for (_, b) in &bucket[first + 1..] {
                    let other = passages[*a].report != passages[*b].report;
                    if other && agreement(&signatures, *a, *b) >= LEAST_AGREEMENT {
                        pairs.insert((*a.min(b), *a.max(b)));
                    }
                }
            }
        }
    }
    pairs.into_iter().collect()
}

/// The least hash under each of the functions; `None` of nothing.
fn signature(shingles: impl Iterator<Item = u64>) -> Option<[u32; HASHES]> {
    let mut least = [u32::MAX; HASHES];
    let mut any = false;
    for shingle in shingles {
        any = true;
        for (at, least) in least.iter_mut().enumerate() {
            let hash = mixed(shingle ^ (at as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
            *least = (*least).min(u32::try_from(hash >> 32).unwrap_or(u32::MAX));
        }
    }
    any.then_some(least)
}

/// The share of hashes in which two signatures agree: about the share of shingles that they have in common.
fn agreement(signatures: &[Option<[u32; HASHES]>], a: usize, b: usize) -> f64 {
    let (Some(a), Some(b)) = (&signatures[a], &signatures[b]) else { return 0.0 };
    let same = a.iter().zip(b).filter(|(a, b)| a == b).count();
    f64::from(u32::try_from(same).unwrap_or(0)) / f64::from(u32::try_from(HASHES).unwrap_or(1))
}

fn slot(shingle: u64) -> usize {
    usize::try_from(shingle % SLOTS as u64).unwrap_or(0)
}

/// The finalizer of the generator `SplitMix64`: every bit of the input moves every bit of the output.
const fn mixed(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}
