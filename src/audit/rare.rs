//! Which reports share what hardly anybody else says? An inverted index of rare runs of characters.
//!
//! The sketches bring reports together by how much of a piece they share; of a copy of which two short clauses are left that is
//! little. But what few places say points to these places: two reports in which several such runs stand close to each other, in both, are
//! laid beside each other, however little it is.

use super::mask::Masked;
use super::sketch::{SHINGLE, mixed, shingles};
use rayon::prelude::*;
use std::collections::HashSet;

/// Characters of a run.
const RUN: usize = 5;
/// A run that more reporters have is not rare ...
const FEW: usize = 8;
/// ... nor one that stands in more places of their reports.
const MOST_PLACES: usize = 32;
/// The index is made in so many parts, one after the other, so that only what is rare is ever held of all.
const PARTS: u64 = 16;
/// Of no more places than these: where more is rare, because every report stands there twice, say, the runs of the first parts do.
const MOST_INDEXED: usize = 1 << 25;
/// Two reports are brought together where their runs cover this many characters ...
const LEAST_COVERED: usize = 12;
/// ... and stand no further apart, in both.
const APART: u32 = 120;
/// A text is laid beside no more later ones than these, those with which it shares most within a passage: where all reports are made of
/// the same few phrases, everything would be laid beside everything.
const MOST_COMPANIONS: usize = 8;

/// Where a run stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    text: u32,
    at: u32,
}

/// The rare runs, and where each stands.
#[derive(Default)]
struct Index {
    /// The places of each run, those of a run behind those of the one before it; in order.
    places: Vec<Place>,
    /// Where the places of each run begin, and at last where they end.
    starts: Vec<u32>,
}

/// Pairs of texts in which several rare runs stand close to each other, each once, in order; never of one `reporter`.
pub(super) fn companions(texts: &[Masked], reporters: &[usize]) -> Vec<(usize, usize)> {
    let index = Index::new(texts, reporters);
    // The runs of each text, in the order of its characters.
    let mut runs_of: Vec<(Place, u32)> = Vec::with_capacity(index.places.len());
    for (run, bounds) in (0_u32..).zip(index.starts.windows(2)) {
        let places = index.places.get(bounds[0] as usize..bounds[1] as usize).unwrap_or_default();
        runs_of.extend(places.iter().map(|place| (*place, run)));
    }
    runs_of.par_sort_unstable();
    let of_texts: Vec<&[(Place, u32)]> = runs_of.chunk_by(|a, b| a.0.text == b.0.text).collect();
    let mut pairs: Vec<(usize, usize)> =
        of_texts.into_par_iter().flat_map_iter(|runs| index.companions_of(runs, reporters).into_iter()).collect();
    pairs.par_sort_unstable();
    pairs
}

impl Index {
    fn new(texts: &[Masked], reporters: &[usize]) -> Self {
        let mut index = Self { starts: vec![0], ..Self::default() };
        for part in 0..PARTS {
            if index.places.len() > MOST_INDEXED {
                break;
            }
            let mut runs: Vec<(u64, Place)> = (texts.par_iter().enumerate())
                .flat_map_iter(|(text, masked)| {
                    let of_part = hashes(&masked.characters).zip(0_u32..).filter(move |(hash, _)| hash % PARTS == part);
                    of_part.map(move |(hash, at)| (hash, Place { text: short(text), at }))
                })
                .collect();
            runs.par_sort_unstable();
            for run in runs.chunk_by(|a, b| a.0 == b.0) {
                if is_rare(run, reporters) {
                    index.places.extend(run.iter().map(|(_, place)| *place));
                    index.starts.push(short(index.places.len()));
                }
            }
        }
        index
    }

    /// The later texts in which runs of this one, which are in its order, stand close to each other too.
    fn companions_of(&self, runs: &[(Place, u32)], reporters: &[usize]) -> Vec<(usize, usize)> {
        let mut met: Vec<(u32, u32, u32)> = Vec::new();
        let Some(text) = runs.first().map(|(place, _)| place.text) else { return Vec::new() };
        for (place, run) in runs {
            let bounds = self.starts.get(*run as usize..*run as usize + 2).unwrap_or_default();
            let [start, end] = bounds else { continue };
            let places = self.places.get(*start as usize..*end as usize).unwrap_or_default();
            let later = places.iter().filter(|other| other.text > text);
            let others = later.filter(|other| reporters.get(other.text as usize) != reporters.get(text as usize));
            met.extend(others.map(|other| (other.text, place.at, other.at)));
        }
        met.sort_unstable();
        let of_others = met.chunk_by(|a, b| a.0 == b.0).map(|met| (std::cmp::Reverse(covered(met)), met[0].0));
        let mut close: Vec<_> = of_others.filter(|(covered, _)| covered.0 >= LEAST_COVERED).collect();
        close.sort_unstable();
        close.truncate(MOST_COMPANIONS);
        close.into_iter().map(|(_, other)| (text as usize, other as usize)).collect()
    }
}

/// Whether a run, whose places are in order, is of two reporters at least and of few.
fn is_rare(run: &[(u64, Place)], reporters: &[usize]) -> bool {
    if !(2..=MOST_PLACES).contains(&run.len()) {
        return false;
    }
    let of: HashSet<Option<&usize>> = run.iter().map(|(_, place)| reporters.get(place.text as usize)).collect();
    (2..=FEW).contains(&of.len())
}

/// How many characters the runs that two texts share cover within a passage of both, at most.
fn covered(met: &[(u32, u32, u32)]) -> usize {
    let from = |first: usize| {
        let (_, left, right) = met[first];
        let (mut covered, mut end) = (0, left as usize);
        for (_, l, r) in met[first..].iter().take_while(|(_, l, _)| l - left <= APART) {
            let l = *l as usize;
            if r.abs_diff(right) <= APART && l + RUN > end {
                covered += l + RUN - l.max(end);
                end = l + RUN;
            }
        }
        covered
    };
    (0..met.len()).map(from).max().unwrap_or_default()
}

/// The runs of some characters as hashes, in their order.
fn hashes(characters: &[u16]) -> impl Iterator<Item = u64> + '_ {
    let last = characters.get(SHINGLE..).unwrap_or_default();
    shingles(characters).zip(last).map(|(shingle, last)| mixed(mixed(shingle) ^ u64::from(*last)))
}

fn short(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::companions;
    use crate::audit::Masked;
    use crate::lexicon::Lexicon;

    /// The pairs of texts, each of a reporter of its own.
    fn pairs(texts: &[&str]) -> Vec<(usize, usize)> {
        let masked: Vec<Masked> = texts.iter().map(|text| Masked::new(text, Lexicon::shared().unwrap())).collect();
        companions(&masked, &(0..texts.len()).collect::<Vec<_>>())
    }

    const SHARED: [&str; 2] = ["劝离占道摊位", "复核拆迁补偿"];

    #[test]
    fn two_texts_that_share_rare_runs_close_to_each_other_are_brought_together() {
        let [first, second] = SHARED;
        let (left, right) = (format!("{first},清点库房,{second}。"), format!("{second},{first},修缮围墙。"));
        assert_eq!(pairs(&[&left, "整修水渠,更换井盖。", &right]), [(0, 2)]);
        assert!(pairs(&[&left, first, second]).is_empty(), "one short run is little");
        let apart = format!("{first}{}{second}。", "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥".repeat(6));
        assert!(pairs(&[&left, &apart]).is_empty(), "nor are two that are no passage");
    }

    #[test]
    fn what_many_reporters_say_and_what_one_repeats_brings_nobody_together() {
        let said = SHARED.concat();
        assert_eq!(pairs(&[said.as_str(); 3]), [(0, 1), (0, 2), (1, 2)]);
        assert!(pairs(&[said.as_str(); 9]).is_empty());
        let masked = vec![Masked::new(&said, Lexicon::shared().unwrap()); 2];
        assert!(companions(&masked, &[7, 7]).is_empty() && companions(&[], &[]).is_empty());
    }
}
