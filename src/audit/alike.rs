//! Which passages of different reports say nearly the same?

use super::align::{Index, tiles};
use super::mask::Masked;
use super::passage::{Shared, passages};
use super::sketch::{Commonness, candidates};
use crate::lexicon::{Lexicon, LexiconError, formulas};
use rayon::prelude::*;

/// A report as it is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source<'a> {
    /// Its text.
    pub text: &'a str,
    /// Which region it is of: what many regions say is boilerplate. A number of one's own where the region is not known.
    pub region: usize,
    /// Who reports: the reports of one reporter are not compared with each other.
    pub reporter: usize,
}

/// Two passages that are alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Alike {
    /// Index of the report of the one, the smaller.
    pub left: usize,
    /// Index of the report of the other.
    pub right: usize,
    /// Where they stand and what they share, in compared characters.
    pub shared: Shared,
}

/// A shingle is boilerplate from this many places on ...
const FEWEST_COMMON: usize = 6;
/// ... and in large collections from one place of this many on.
const COMMON_SHARE: usize = 50;

/// The reports of a collection, made ready to be compared.
pub struct Collection {
    masked: Vec<Masked>,
    reporters: Vec<usize>,
    commonness: Commonness,
}

impl Collection {
    /// Masks the reports and counts what is common.
    ///
    /// Common is what more than one place of fifty says, and six at least; and the formulas of the state and the titles
    /// of registered documents, whoever says them.
    ///
    /// # Errors
    /// Where the table of formulas is damaged, which the tests rule out.
    pub fn new(sources: &[Source], lexicon: &Lexicon) -> Result<Self, LexiconError> {
        let masked: Vec<Masked> = sources.par_iter().map(|source| Masked::new(source.text, lexicon)).collect();
        let regions: Vec<usize> = sources.iter().map(|source| source.region).collect();
        let mut places = regions.clone();
        places.sort_unstable();
        places.dedup();
        let titles = lexicon.documents.rows().iter().map(|row| row.title.clone());
        let known: Vec<String> = formulas()?.into_iter().chain(titles).collect();
        let known: Vec<Masked> = known.par_iter().map(|phrase| Masked::new(phrase, lexicon)).collect();
        let common = FEWEST_COMMON.max(places.len() / COMMON_SHARE);
        let commonness = Commonness::new(&masked, &regions, &known, common);
        Ok(Self { masked, reporters: sources.iter().map(|source| source.reporter).collect(), commonness })
    }

    /// The compared characters of a report.
    #[must_use]
    pub fn masked(&self, report: usize) -> Option<&Masked> {
        self.masked.get(report)
    }

    /// All pairs of passages of reports of different reporters that are alike, in their order.
    #[must_use]
    pub fn alike(&self) -> Vec<Alike> {
        self.compare(&self.candidates())
    }

    /// Pairs of reports that are likely to share a passage, each once, in order.
    #[must_use]
    pub fn candidates(&self) -> Vec<(usize, usize)> {
        candidates(&self.masked, &self.reporters, &self.commonness)
    }

    /// The passages that these pairs of reports share; of pairs in order.
    #[must_use]
    pub fn compare(&self, pairs: &[(usize, usize)]) -> Vec<Alike> {
        let of_one: Vec<&[(usize, usize)]> = pairs.chunk_by(|a, b| a.0 == b.0).collect();
        of_one
            .into_par_iter()
            .flat_map_iter(|pairs| {
                let one = pairs.first().and_then(|(left, _)| self.masked.get(*left));
                let index = one.map(|one| Index::new(&one.characters));
                pairs.iter().flat_map(move |(left, right)| {
                    let (Some(one), Some(index), Some(other)) = (one, &index, self.masked.get(*right)) else {
                        return Vec::new();
                    };
                    let tiles = tiles(&one.characters, index, &other.characters);
                    let shared = passages(one, other, &tiles, &self.commonness);
                    shared.into_iter().map(|shared| Alike { left: *left, right: *right, shared }).collect()
                })
            })
            .collect()
    }
}
