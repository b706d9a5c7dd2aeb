//! `data/genre.toml`: what tells an annual report on law-based government from texts that look alike.

use serde::Deserialize;

/// Cues of the genre.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GenreCues {
    /// Words of the subject.
    pub subjects: Vec<String>,
    /// How often a report says them at least.
    pub least_subjects: usize,
    /// Ideographs that a report has at least.
    pub least_length: usize,
    /// Phrases of the title of such a report.
    pub report: Vec<String>,
    /// Words of the titles of other texts.
    pub lookalikes: Vec<Lookalike>,
}

/// A kind of text that only looks alike.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lookalike {
    /// Word of its title.
    pub word: String,
}
