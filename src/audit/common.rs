//! What do very many places say? Boilerplate, which is no sign of copying, and words, of which every text is made.
//!
//! Both are told from the number of places that say the same, not from the number of reports: a place that repeats itself
//! year after year makes nothing common. What every report of the kind says is known beforehand, too: from the formulas of the state,
//! and from the words of the tables by which reports are read.

use super::mask::{Masked, is_compared};
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
/// Slots of the counter of phrases at most; a power of two, as those of the others.
const PHRASE_SLOTS: usize = 1 << 26;
/// Slots for each character of the texts, so that hardly two things share one ...
const SLOTS_A_CHARACTER: usize = 8;
/// ... and of a counter at least.
const FEWEST_SLOTS: usize = 1 << 12;

/// Runs of characters by which it is told how rare some words are: how many characters, and the slots of their counter at most. Two
/// characters are a word, four a phrase; of both some are rare and some are not.
const RUNS: [(usize, usize); 3] = [(2, 1 << 22), (3, 1 << 24), (SHINGLE, 1 << 24)];
/// A run that no more than one place of so many has is as rare as any.
const RARE_SHARE: usize = 100;
/// Where fewer other places than these are compared, a run that one of them has is no rarer for it: a third that copied too makes
/// nothing common.
const FEWEST_OTHERS: usize = 32;
/// Places whose texts share the passage that is weighed.
const BOTH: usize = 2;

/// How many places say each phrase and each run of characters, and what everybody may say.
pub(super) struct Commonness {
    places: usize,
    phrases: Counter,
    /// One for each of [`RUNS`].
    runs: [Counter; RUNS.len()],
    word: u16,
    formulas: HashSet<u64>,
    /// The runs of the words of the genre.
    vocabulary: HashSet<u64>,
}

impl Commonness {
    /// Counts over all texts. `regions` names the place of each; `formulas` is what everybody may say, `vocabulary` what words
    /// everybody uses.
    pub(super) fn new(texts: &[Masked], regions: &[usize], formulas: &[Masked], vocabulary: &[&str]) -> Self {
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|text| regions.get(*text));
        let places: Vec<&[usize]> = order.chunk_by(|a, b| regions.get(*a) == regions.get(*b)).collect();
        let characters: usize = texts.iter().map(|text| text.characters.len()).sum();
        let enough = characters.saturating_mul(SLOTS_A_CHARACTER).max(FEWEST_SLOTS);
        let counter = |most: usize| Counter::new(enough.min(most).next_power_of_two());
        let mut found = Self {
            places: places.len(),
            phrases: counter(PHRASE_SLOTS),
            runs: RUNS.map(|(_, most)| counter(most)),
            word: short(FEWEST_WORD.max(places.len() / WORD_SHARE)),
            formulas: formulas.iter().flat_map(|text| phrases(&text.characters)).collect(),
            vocabulary: vocabulary.iter().flat_map(|words| all_runs(words)).collect(),
        };
        for place in places {
            let texts = || place.iter().filter_map(|text| texts.get(*text));
            found.phrases.add(texts().flat_map(|text| phrases(&text.characters)));
            for (counter, (length, _)) in found.runs.iter_mut().zip(RUNS) {
                counter.add(texts().flat_map(|text| runs(&text.characters, length)));
            }
        }
        found
    }

    /// How many places were counted.
    pub(super) fn places(&self) -> usize {
        self.places
    }

    /// Whether very many places have the shingle.
    pub(super) fn is_word(&self, shingle: Shingle) -> bool {
        self.runs.last().is_some_and(|counter| counter.count(shingle) >= self.word)
    }

    /// Which of some characters stand in a phrase that very many places say, or everybody may.
    pub(super) fn boilerplate(&self, characters: &[u16]) -> Vec<bool> {
        let common = self.common();
        let mut found = vec![false; characters.len()];
        for (at, phrase) in phrases(characters).enumerate() {
            if self.phrases.count(phrase) >= common || self.formulas.contains(&phrase) {
                found[at..at + PHRASE].fill(true);
            }
        }
        found
    }

    /// How much each of some characters that two places share speaks for copying; `None` where it is boilerplate.
    ///
    /// 1 where hardly any other place has the runs in which it stands and none the phrase, 0 where all have them, or where they are
    /// words of the genre: the mean over the runs, times the phrase that most places say.
    pub(super) fn telling(&self, characters: &[u16]) -> Vec<Option<f64>> {
        let mut telling: Vec<Option<f64>> = self.rarity(characters).into_iter().map(Some).collect();
        let (common, mut of_phrases) = (self.common(), vec![1.0_f64; characters.len()]);
        for (at, phrase) in phrases(characters).enumerate() {
            let count = self.phrases.count(phrase);
            if count >= common || self.formulas.contains(&phrase) {
                telling[at..at + PHRASE].fill(None);
            }
            let rarity = 1.0 - logarithm(others(count)) / logarithm(self.all());
            of_phrases[at..at + PHRASE].iter_mut().for_each(|of| *of = of.min(rarity.max(0.0)));
        }
        telling.into_iter().zip(of_phrases).map(|(telling, phrase)| telling.map(|rarity| rarity * phrase)).collect()
    }

    /// How rare the runs are in which each of some characters stands.
    fn rarity(&self, characters: &[u16]) -> Vec<f64> {
        let mut rarity = vec![0.0; characters.len()];
        for (counter, (length, _)) in self.runs.iter().zip(RUNS) {
            let of_runs: Vec<f64> = runs(characters, length).map(|run| self.rarity_of(run, counter)).collect();
            for (at, rarity) in rarity.iter_mut().enumerate() {
                let covering = of_runs.get(at.saturating_sub(length - 1)..(at + 1).min(of_runs.len()));
                let covering = covering.unwrap_or_default();
                if !covering.is_empty() {
                    *rarity += covering.iter().sum::<f64>() / float(covering.len() * RUNS.len());
                }
            }
        }
        rarity
    }

    fn rarity_of(&self, run: u64, counter: &Counter) -> f64 {
        if self.vocabulary.contains(&run) {
            return 0.0;
        }
        let (others, all) = (others(counter.count(run)), self.all());
        ((logarithm(all) - logarithm(others)) / logarithm(all.min(RARE_SHARE))).clamp(0.0, 1.0)
    }

    /// From how many places on a phrase is boilerplate.
    fn common(&self) -> u16 {
        short(FEWEST_COMMON.max(self.places / COMMON_SHARE))
    }

    /// The places that could say the same as two others.
    fn all(&self) -> usize {
        self.places.saturating_sub(BOTH).max(FEWEST_OTHERS)
    }
}

/// How many places say the same as two others, of a count of all.
fn others(count: u16) -> usize {
    usize::from(count).saturating_sub(BOTH)
}

/// The logarithm of one more than a count.
fn logarithm(count: usize) -> f64 {
    float(count + 1).ln()
}

/// The runs of so many of some characters, four at most, as numbers, in their order.
fn runs(characters: &[u16], length: usize) -> impl Iterator<Item = u64> + '_ {
    characters.windows(length).map(|run| run.iter().fold(0, |all, c| all << 16 | u64::from(*c)))
}

/// The runs of all lengths of some words, of what is compared of them.
fn all_runs(words: &str) -> Vec<u64> {
    let characters: Vec<u16> =
        words.chars().filter(|c| is_compared(*c)).filter_map(|c| u16::try_from(u32::from(c)).ok()).collect();
    RUNS.iter().flat_map(|(length, _)| runs(&characters, *length)).collect()
}

/// The phrases of some characters, in their order: two shingles as one hash.
fn phrases(characters: &[u16]) -> impl Iterator<Item = u64> + '_ {
    let behind = characters.get(PHRASE - SHINGLE..).unwrap_or_default();
    shingles(characters).zip(shingles(behind)).map(|(first, second)| mixed(mixed(first) ^ second))
}

/// A count stops at the largest number that a slot holds, and so must what is common.
fn short(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

fn float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Counts of what was said, a little too many where two things share a slot.
struct Counter {
    counts: Vec<u16>,
    slots: Vec<u32>,
}

impl Counter {
    fn new(slots: usize) -> Self {
        Self { counts: vec![0; slots], slots: Vec::new() }
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

    fn count(&self, said: u64) -> u16 {
        self.counts[self.slot(said)]
    }

    fn slot(&self, said: u64) -> usize {
        usize::try_from(mixed(said) % self.counts.len() as u64).unwrap_or(0)
    }
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;

    fn commonness(texts: &[&str]) -> Commonness {
        let masked: Vec<Masked> = texts
            .iter()
            .map(|text| Masked { characters: text.encode_utf16().collect(), ..Masked::default() })
            .collect();
        let formula = Masked { characters: "办事依法遇事找法".encode_utf16().collect(), ..Masked::default() };
        Commonness::new(&masked, &(0..texts.len()).collect::<Vec<_>>(), &[formula], &["行政复议", "三定职责"])
    }

    fn telling(texts: &[&str], words: &str) -> Vec<Option<f64>> {
        commonness(texts).telling(&words.encode_utf16().collect::<Vec<_>>())
    }

    #[test]
    fn what_nobody_else_says_tells_all_and_words_of_the_genre_nothing() {
        let is =
            |told: Vec<Option<f64>>, value: f64| told.iter().all(|told| told.is_some_and(|t| (t - value).abs() < 1e-9));
        assert!(is(telling(&["鱼塘尾水"; 2], "鱼塘尾水"), 1.0));
        assert!(is(telling(&["行政复议"; 2], "行政复议"), 0.0));
        assert!(is(telling(&[], "定职责"), 0.0), "numbers of a word of the genre are not compared either");
        // Of 34 places 32 could say the same as two; where five others do, it is ln 33 - ln 6 by ln 33.
        let mut texts = vec!["各自不同"; 27];
        texts.extend(["鱼塘尾水"; 7]);
        assert!(is(telling(&texts, "鱼塘尾水"), 1.0 - 6.0_f64.ln() / 33.0_f64.ln()));
    }

    #[test]
    fn boilerplate_tells_nothing_at_all() {
        let told = telling(&["逐月通报办案质量"; 6], "逐月通报办案质量并");
        assert_eq!(told.iter().map(Option::is_some).collect::<Vec<_>>(), [vec![false; 8], vec![true]].concat());
        assert_eq!(telling(&[], "办事依法遇事找法"), vec![None; 8]);
        assert!(telling(&["逐月通报办案质量"; 5], "逐月通报办案质量").iter().all(Option::is_some));
    }

    #[test]
    fn texts_without_characters_are_counted_too() {
        assert!(telling(&["", ""], "").is_empty());
        assert_eq!(telling(&[""], "鱼"), [Some(0.0)], "a character alone stands in no run");
    }
}
