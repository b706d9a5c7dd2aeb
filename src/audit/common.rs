//! What do very many places say? Boilerplate, which is no sign of copying, and words, of which every text is made.
//!
//! Both are told from the number of places that say the same, not from the number of reports: a place that repeats itself
//! year after year makes nothing common.

use super::mask::Masked;
use super::sketch::{SHINGLE, Shingle, mixed, shingles};
use std::collections::HashSet;

/// Characters of a phrase. Four characters are a word that all share; eight that many share are a formula.
const PHRASE: usize = 8;
/// A phrase is boilerplate from this many places on ...
const FEWEST_COMMON: usize = 6;
/// ... and in large collections from one place of this many on.
const COMMON_SHARE: usize = 50;
/// A shingle that more places than one of so many have is a word ...
const WORD_SHARE: usize = 12;
/// ... if they are no fewer than this.
const FEWEST_WORD: usize = 12;
/// Slots of the counter of shingles and of that of phrases: powers of two.
const SHINGLE_SLOTS: usize = 1 << 24;
const PHRASE_SLOTS: usize = 1 << 26;

/// How many places say each phrase and each shingle, and what everybody may say.
pub(super) struct Commonness {
    phrases: Counter,
    words: Counter,
    formulas: HashSet<u64>,
}

impl Commonness {
    /// Counts over all texts. `regions` names the place of each; `formulas` is what everybody may say.
    pub(super) fn new(texts: &[Masked], regions: &[usize], formulas: &[Masked]) -> Self {
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|text| regions.get(*text));
        let places: Vec<&[usize]> = order.chunk_by(|a, b| regions.get(*a) == regions.get(*b)).collect();
        let mut found = Self {
            phrases: Counter::new(PHRASE_SLOTS, FEWEST_COMMON.max(places.len() / COMMON_SHARE)),
            words: Counter::new(SHINGLE_SLOTS, FEWEST_WORD.max(places.len() / WORD_SHARE)),
            formulas: formulas.iter().flat_map(|text| phrases(&text.characters)).collect(),
        };
        for place in places {
            let texts = || place.iter().filter_map(|text| texts.get(*text));
            found.phrases.add(texts().flat_map(|text| phrases(&text.characters)));
            found.words.add(texts().flat_map(|text| shingles(&text.characters)));
        }
        found
    }

    /// Whether very many places have the shingle.
    pub(super) fn is_word(&self, shingle: Shingle) -> bool {
        self.words.is_common(shingle)
    }

    /// Which of some characters stand in a phrase that very many places say, or everybody may.
    pub(super) fn boilerplate(&self, characters: &[u16]) -> Vec<bool> {
        let mut found = vec![false; characters.len()];
        for (at, phrase) in phrases(characters).enumerate() {
            if self.phrases.is_common(phrase) || self.formulas.contains(&phrase) {
                found[at..at + PHRASE].fill(true);
            }
        }
        found
    }
}

/// The phrases of some characters, in their order: two shingles as one hash.
fn phrases(characters: &[u16]) -> impl Iterator<Item = u64> + '_ {
    let behind = characters.get(PHRASE - SHINGLE..).unwrap_or_default();
    shingles(characters).zip(shingles(behind)).map(|(first, second)| mixed(mixed(first) ^ second))
}

/// Counts of what was said, a little too many where two things share a slot.
struct Counter {
    counts: Vec<u8>,
    common: u8,
    slots: Vec<u32>,
}

impl Counter {
    fn new(slots: usize, common: usize) -> Self {
        // A count stops at the largest number that a slot holds, and so must what is common.
        Self { counts: vec![0; slots], common: u8::try_from(common).unwrap_or(u8::MAX), slots: Vec::new() }
    }

    /// Counts what one place said, each thing once.
    fn add(&mut self, said: impl Iterator<Item = u64>) {
        let mut slots = std::mem::take(&mut self.slots);
        slots.clear();
        slots.extend(said.map(|said| u32::try_from(self.slot(said)).unwrap_or(0)));
        slots.sort_unstable();
        slots.dedup();
        for slot in &slots {
            let count = &mut self.counts[*slot as usize];
            *count = count.saturating_add(1);
        }
        self.slots = slots;
    }

    fn is_common(&self, said: u64) -> bool {
        self.counts[self.slot(said)] >= self.common
    }

    fn slot(&self, said: u64) -> usize {
        usize::try_from(mixed(said) % self.counts.len() as u64).unwrap_or(0)
    }
}
