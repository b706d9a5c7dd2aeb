//! `data/genre.toml`: what tells an annual report on law-based government from texts that look alike.

use crate::text::WordList;
use serde::Deserialize;

/// Cues of the genre.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GenreCues {
    /// Words of the subject.
    pub subjects: WordList,
    /// How often a report says them at least.
    pub least_subjects: usize,
    /// Ideographs that a report has at least.
    pub least_length: usize,
    /// Ideographs that the beginning of one has at least, where title or announcement says that it is one.
    pub least_beginning: usize,
    /// Phrases of the title of such a report.
    pub report: WordList,
    /// Ends of a title that names the subject, by which it is one of such a report too.
    pub report_ends: WordList,
    /// "The report follows".
    pub announces: WordList,
    /// How many characters before such a phrase the subject stands at most.
    pub announced_within: usize,
    /// Why a text is refused that is none of `kinds`.
    pub reasons: Vec<Reason>,
    /// Kinds of texts that only look alike, the first that fits is told.
    pub kinds: Vec<Kind>,
}

/// Why a text is refused.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// Short notation.
    pub notation: String,
    /// What it means, in Chinese.
    pub zh: String,
    /// What it means, in English.
    pub en: String,
}

/// A kind of text that only looks alike.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a column of the table")]
pub struct Kind {
    /// Short notation.
    pub notation: String,
    /// What it is, in Chinese.
    pub zh: String,
    /// What it is, in English.
    pub en: String,
    /// Whether its words weigh more than what says that the text is a report (《…报告》解读).
    #[serde(default)]
    pub stronger: bool,
    /// Words of its title.
    #[serde(default)]
    pub title: WordList,
    /// Ends of its title.
    #[serde(default)]
    pub title_ends: WordList,
    /// Words of its text.
    #[serde(default)]
    pub words: WordList,
    /// How many different ones of `words` it has at least; zero where its text does not tell it.
    #[serde(default)]
    pub least: usize,
    /// How many times it has any of them at least.
    #[serde(default)]
    pub times: usize,
    /// Most ideographs of a text that its words tell; zero for any number.
    #[serde(default)]
    pub longest: usize,
    /// Whether `words` stand in it more often than those of the subject.
    #[serde(default)]
    pub outweighs: bool,
    /// Whether `words` count only where the text does not say which region it speaks of.
    #[serde(default)]
    pub nameless: bool,
    /// Whether `words` count only in short lines without a stop, and only where there is hardly any prose.
    #[serde(default)]
    pub in_lists: bool,
}
