//! Which reports may share a passage? Shingles of a few characters, sketched by their least hashes, and brought together where parts of the sketches agree.
//!
//! Broder 1997 (min-wise hashing); Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, chapter 3 (bands of a
//! signature). A text is sketched in pieces of a statement or two, so that a passage is found inside a text that is
//! otherwise its own, however the passage was divided. What very many places say is left out
//! of the sketches.

use super::common::Commonness;
use super::mask::Masked;
use rayon::prelude::*;
use std::collections::HashSet;

/// Characters of a shingle.
pub(super) const SHINGLE: usize = 4;
/// A shingle: its characters, one behind the other.
pub(super) type Shingle = u64;
/// Rows of a band: all must agree.
const ROWS: usize = 2;
/// Bands: one must agree. With two rows, pieces that share a quarter of their shingles meet with a probability of 0.87,
/// and a passage has several pieces.
const BANDS: usize = 32;
const HASHES: usize = ROWS * BANDS;
/// A band that more pieces than this share says nothing.
const CROWD: usize = 64;
/// Characters of the shortest piece; it ends with the statement in which it reaches them ...
const PIECE: usize = 24;
/// ... or with the clause in which it reaches these.
const LONG_PIECE: usize = 40;
/// A piece with fewer shingles that are no boilerplate is not looked for.
const LEAST_SHINGLES: usize = 6;
/// So many that are no words either are enough to go by.
const ENOUGH_SHINGLES: usize = 16;
/// Least number of such shingles that two pieces must share.
const LEAST_SHARED: usize = 6;
/// The shingles of some characters, in their order.
pub(super) fn shingles(characters: &[u16]) -> impl Iterator<Item = Shingle> + '_ {
    characters.windows(SHINGLE).map(|window| window.iter().fold(0, |all, c| all << 16 | Shingle::from(*c)))
}

/// A piece of a text.
struct Piece {
    text: u32,
    /// Its shingles that are no boilerplate, ascending, each once.
    shingles: Vec<Shingle>,
}

/// Pairs of texts that may share a passage, each once, in order; never of one `reporter`.
pub(super) fn candidates(texts: &[Masked], reporters: &[usize], commonness: &Commonness) -> Vec<(usize, usize)> {
    let pieces: Vec<Piece> =
        texts.par_iter().enumerate().flat_map_iter(|(at, text)| telling(at, text, commonness)).collect();
    let signatures: Vec<[u32; HASHES]> = pieces.par_iter().map(|piece| signature(&piece.shingles)).collect();
    let mut pairs: HashSet<(u32, u32)> = HashSet::new();
    for band in 0..BANDS {
        let mut keyed: Vec<(u64, u32)> = signatures
            .par_iter()
            .enumerate()
            .map(|(at, signature)| {
                let (first, second) = (signature[band * ROWS], signature[band * ROWS + 1]);
                (u64::from(first) << 32 | u64::from(second), u32::try_from(at).unwrap_or(u32::MAX))
            })
            .collect();
        keyed.par_sort_unstable();
        let buckets: Vec<&[(u64, u32)]> =
            keyed.chunk_by(|a, b| a.0 == b.0).filter(|bucket| (2..=CROWD).contains(&bucket.len())).collect();
        let found: Vec<(u32, u32)> = buckets
            .into_par_iter()
            .flat_map_iter(|bucket| in_bucket(bucket, &pieces, reporters).into_iter())
            .filter(|pair| !pairs.contains(pair))
            .collect();
        pairs.extend(found);
    }
    let mut pairs: Vec<(usize, usize)> = pairs.into_iter().map(|(a, b)| (a as usize, b as usize)).collect();
    pairs.par_sort_unstable();
    pairs
}

/// The pieces of a text that say enough of their own.
fn telling<'a>(at: usize, text: &'a Masked, commonness: &'a Commonness) -> impl Iterator<Item = Piece> + 'a {
    let is_boilerplate = commonness.boilerplate(&text.characters);
    pieces(text).into_iter().filter_map(move |range| {
        let own = shingles(&text.characters[range.clone()]).zip(range).filter(|(_, at)| !is_boilerplate[*at]);
        let mut found: Vec<Shingle> = own.map(|(shingle, _)| shingle).collect();
        let words = found.iter().filter(|shingle| commonness.is_word(**shingle)).count();
        // Where enough is left without them, words only bring together what has nothing else in common.
        if found.len() - words >= ENOUGH_SHINGLES {
            found.retain(|shingle| !commonness.is_word(*shingle));
        }
        found.sort_unstable();
        found.dedup();
        let text = u32::try_from(at).unwrap_or(u32::MAX);
        (found.len() >= LEAST_SHINGLES).then_some(Piece { text, shingles: found })
    })
}

/// The pairs of texts of which pieces fell into one bucket and share enough.
fn in_bucket(bucket: &[(u64, u32)], pieces: &[Piece], reporters: &[usize]) -> Vec<(u32, u32)> {
    let mut found = Vec::new();
    for (first, (_, a)) in bucket.iter().enumerate() {
        for (_, b) in &bucket[first + 1..] {
            let (a, b) = (&pieces[*a as usize], &pieces[*b as usize]);
            if reporters[a.text as usize] != reporters[b.text as usize]
                && shared(&a.shingles, &b.shingles) >= LEAST_SHARED
            {
                found.push((a.text.min(b.text), a.text.max(b.text)));
            }
        }
    }
    found
}

/// How many members two ascending lists share.
fn shared(mut a: &[Shingle], mut b: &[Shingle]) -> usize {
    let mut count = 0;
    while let ([first, rest @ ..], [other, others @ ..]) = (a, b) {
        match first.cmp(other) {
            std::cmp::Ordering::Less => a = rest,
            std::cmp::Ordering::Greater => b = others,
            std::cmp::Ordering::Equal => {
                count += 1;
                (a, b) = (rest, others);
            }
        }
    }
    count
}

/// The pieces of a text: whole statements until they are long enough, of long statements whole clauses.
fn pieces(text: &Masked) -> Vec<std::ops::Range<usize>> {
    let end = text.characters.len();
    let mut cuts: Vec<usize> = Vec::new();
    let mut start = 0;
    let mut statements = text.statements.iter().map(|at| *at as usize).peekable();
    for at in text.clauses.iter().map(|clause| clause.first as usize).chain([end]) {
        while statements.next_if(|statement| *statement < at).is_some() {}
        let is_statement = at == end || statements.peek() == Some(&at);
        let least = if is_statement { PIECE } else { LONG_PIECE };
        if at >= start + least {
            cuts.push(start);
            start = at;
        }
    }
    if start < end {
        cuts.push(start);
    }
    cuts.push(end);
    cuts.windows(2).map(|cut| cut[0]..cut[1]).collect()
}

/// The least hash under each of the functions.
fn signature(shingles: &[Shingle]) -> [u32; HASHES] {
    let mut least = [u32::MAX; HASHES];
    for shingle in shingles {
        // One good hash, then a multiplication for each function: the high bits of the product are as good as independent.
        let hash = mixed(*shingle);
        for (at, least) in least.iter_mut().enumerate() {
            let product = hash.wrapping_mul(MULTIPLIERS[at]) ^ (hash >> 32).wrapping_mul(MULTIPLIERS[HASHES - 1 - at]);
            *least = (*least).min(u32::try_from(product >> 32).unwrap_or(u32::MAX));
        }
    }
    least
}

/// Odd multipliers, one a function.
const MULTIPLIERS: [u64; HASHES] = {
    let mut all = [0; HASHES];
    let mut at = 0;
    while at < HASHES {
        all[at] = mixed(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(at as u64 + 1)) | 1;
        at += 1;
    }
    all
};

/// The finalizer of the generator `SplitMix64`: every bit of the input moves every bit of the output.
pub(super) const fn mixed(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}
