//! Which word of a list opens, ends or stands in a text? The question that every rule asks of its list of cues.
//!
//! Lists have up to some hundred words, and most texts begin, end or go on with none of them: a filter over first and last
//! characters says so at once, and only words with the right character are compared.

use serde::{Deserialize, Deserializer};
use std::ops::{Deref, Range};

/// A list of words. It is read from a table as a list of strings and can be looked through as one.
#[derive(Debug, Clone, Default)]
pub struct WordList {
    words: Vec<String>,
    /// Indexes of the words by their first character.
    first: ByCharacter,
    /// Indexes of the words by their last character.
    last: ByCharacter,
}

impl WordList {
    /// The words in the order in which they are asked: the first that fits counts.
    #[must_use]
    pub fn new(words: Vec<String>) -> Self {
        let first = ByCharacter::new(words.iter().map(|word| word.chars().next()));
        let last = ByCharacter::new(words.iter().map(|word| word.chars().next_back()));
        Self { words, first, last }
    }

    /// The first word of the list with which `text` begins.
    #[must_use]
    pub fn opening(&self, text: &str) -> Option<&str> {
        let fits = |word: &str| text.starts_with(word);
        self.first.of(text.chars().next()?).map(|at| self.words[at].as_str()).find(|word| fits(word))
    }

    /// The first word of the list with which `text` ends.
    #[must_use]
    pub fn ending(&self, text: &str) -> Option<&str> {
        let fits = |word: &str| text.ends_with(word);
        self.last.of(text.chars().next_back()?).map(|at| self.words[at].as_str()).find(|word| fits(word))
    }

    /// The longest word with which `text` begins.
    #[must_use]
    pub fn longest_opening(&self, text: &str) -> Option<&str> {
        let words = self.first.of(text.chars().next()?).map(|at| self.words[at].as_str());
        words.filter(|word| text.starts_with(word)).max_by_key(|word| word.len())
    }

    /// The longest word with which `text` ends.
    #[must_use]
    pub fn longest_ending(&self, text: &str) -> Option<&str> {
        let words = self.last.of(text.chars().next_back()?).map(|at| self.words[at].as_str());
        words.filter(|word| text.ends_with(word)).max_by_key(|word| word.len())
    }

    /// Where the first words stand in `text`, from left to right; of those at one place the first of the list.
    pub fn places<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (Range<usize>, &'a str)> + 'a {
        text.char_indices().filter(|(_, c)| self.first.may_have(*c)).filter_map(move |(at, _)| {
            let word = self.opening(&text[at..])?;
            Some((at..at + word.len(), word))
        })
    }

    /// Every word at every place of `text`, from left to right: its first byte and its index in the list.
    pub fn occurrences<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
        text.char_indices().filter(|(_, c)| self.first.may_have(*c)).flat_map(move |(at, c)| {
            let fits = move |word: &usize| text[at..].starts_with(self.words[*word].as_str());
            self.first.of(c).filter(fits).map(move |word| (at, word))
        })
    }

    /// A word that stands in `text`: the leftmost.
    #[must_use]
    pub fn within(&self, text: &str) -> Option<&str> {
        let mut places = text.char_indices().filter(|(_, c)| self.first.may_have(*c));
        places.find_map(|(at, _)| self.opening(&text[at..]))
    }

    /// Whether `text` begins with a word.
    #[must_use]
    pub fn open(&self, text: &str) -> bool {
        self.opening(text).is_some()
    }

    /// Whether `text` ends with a word.
    #[must_use]
    pub fn end(&self, text: &str) -> bool {
        self.ending(text).is_some()
    }

    /// Whether a word stands in `text`.
    #[must_use]
    pub fn stand_in(&self, text: &str) -> bool {
        self.within(text).is_some()
    }

    /// Whether `text` is a word.
    #[must_use]
    pub fn have(&self, text: &str) -> bool {
        text.chars().next().is_some_and(|c| self.first.of(c).any(|at| self.words[at] == text))
    }
}

impl Deref for WordList {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.words
    }
}

impl<'a> IntoIterator for &'a WordList {
    type Item = &'a String;
    type IntoIter = std::slice::Iter<'a, String>;

    fn into_iter(self) -> Self::IntoIter {
        self.words.iter()
    }
}

impl<'de> Deserialize<'de> for WordList {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self::new)
    }
}

/// Bits of the filter: a character is looked up by the lowest bits of its code point.
const BITS: usize = 512;

/// Words by one of their characters.
#[derive(Debug, Clone)]
struct ByCharacter {
    filter: [u64; BITS / 64],
    /// A character and the index of a word, sorted.
    entries: Vec<(char, u32)>,
}

impl Default for ByCharacter {
    fn default() -> Self {
        Self { filter: [0; BITS / 64], entries: Vec::new() }
    }
}

impl ByCharacter {
    fn new(characters: impl Iterator<Item = Option<char>>) -> Self {
        let mut made = Self::default();
        for (at, c) in characters.enumerate() {
            // An empty word fits nowhere.
            let (Some(c), Ok(at)) = (c, u32::try_from(at)) else { continue };
            let (block, bit) = slot(c);
            made.filter[block] |= bit;
            made.entries.push((c, at));
        }
        made.entries.sort_unstable();
        made
    }

    /// Whether there may be a word with this character; `false` is certain.
    #[inline]
    fn may_have(&self, c: char) -> bool {
        let (block, bit) = slot(c);
        self.filter[block] & bit != 0
    }

    /// Indexes of the words with this character, ascending.
    fn of(&self, c: char) -> impl Iterator<Item = usize> + '_ {
        let start =
            if self.may_have(c) { self.entries.partition_point(|(other, _)| *other < c) } else { self.entries.len() };
        self.entries[start..].iter().take_while(move |(other, _)| *other == c).map(|(_, at)| *at as usize)
    }
}

#[inline]
const fn slot(c: char) -> (usize, u64) {
    let at = c as usize % BITS;
    (at / 64, 1 << (at % 64))
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::WordList;
    use proptest::prelude::*;

    fn words(list: &[&str]) -> WordList {
        WordList::new(list.iter().map(|word| (*word).to_owned()).collect())
    }

    #[test]
    fn the_first_of_the_list_counts_unless_the_longest_is_asked_for() {
        let list = words(&["县", "县委", "法治"]);
        assert_eq!(list.opening("县委法治"), Some("县"));
        assert_eq!(list.longest_opening("县委法治"), Some("县委"));
        assert_eq!(list.ending("推进法治"), Some("法治"));
        assert_eq!(list.within("全县委托"), Some("县"));
        assert!(list.have("县委") && !list.have("委"));
        assert_eq!(list.occurrences("县委讲法治").collect::<Vec<_>>(), [(0, 0), (0, 1), (9, 2)]);
        let places: Vec<_> = list.places("县委讲法治").map(|(range, word)| (range.start, word)).collect();
        assert_eq!(places, [(0, "县"), (9, "法治")]);
    }

    #[test]
    fn an_empty_list_an_empty_word_and_an_empty_text_fit_nothing() {
        assert!(!words(&[]).stand_in("县"));
        assert!(!words(&[""]).open("县"));
        assert!(!words(&["县"]).end(""));
    }

    proptest! {
        #[test]
        fn it_answers_as_looking_at_each_word_does(list in prop::collection::vec("[县市法治a]{1,3}", 0..8), text in "[县市法治a]{0,8}") {
            let words = WordList::new(list.clone());
            let first = |fits: &dyn Fn(&String) -> bool| list.iter().find(|word| fits(word)).map(String::as_str);
            prop_assert_eq!(words.opening(&text), first(&|word| text.starts_with(word.as_str())));
            prop_assert_eq!(words.ending(&text), first(&|word| text.ends_with(word.as_str())));
            prop_assert_eq!(words.stand_in(&text), list.iter().any(|word| text.contains(word.as_str())));
            prop_assert_eq!(words.have(&text), list.contains(&text));
        }
    }
}
