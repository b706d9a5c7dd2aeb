//! `data/figures.toml`: how figures are written.

use serde::Deserialize;
use std::collections::BTreeMap;

/// Cues of figures.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureCues {
    /// Units, in any order.
    pub units: Vec<String>,
    /// Powers of ten between number and unit, and the factor of units that hold one.
    pub multiples: BTreeMap<String, f64>,
    /// Words of approximation.
    pub words: ApproximationCues,
    /// Numbers that report nothing.
    pub refused: RefusedNumbers,
    /// Words around an indicator.
    pub indicator: IndicatorCues,
}

/// Words that say that a number is not exact.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApproximationCues {
    /// Between number and unit.
    pub inside: Vec<String>,
    /// Before the number, part of the quotation.
    pub near: Vec<String>,
    /// Before the number, not part of the quotation.
    pub about: Vec<String>,
    /// After the unit, not part of the quotation.
    pub above: Vec<String>,
    /// Before a percentage in words.
    pub per_cent: String,
}

/// Numbers that report nothing.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefusedNumbers {
    /// What stands directly before them.
    pub before: Vec<String>,
    /// What stands directly after their unit.
    pub after_unit: Vec<String>,
    /// What stands in their clause before them, where they set a standard.
    pub standards: Vec<String>,
    /// Phrases with a number that are names.
    pub phrases: Vec<String>,
    /// Units that count only behind digits.
    pub only_digits: Vec<String>,
    /// What follows a unit where it is the beginning of another word.
    pub other_word_after: BTreeMap<String, Vec<String>>,
}

/// Words around an indicator.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorCues {
    /// Words at the beginning of a clause that say nothing of what is counted.
    pub leading: Vec<String>,
    /// Words at the end of a clause before its number.
    pub trailing: Vec<String>,
    /// Words of a total, after which a clause says what is counted.
    pub totals: Vec<String>,
    /// Words that join what is counted with another thing.
    pub joins: Vec<String>,
    /// What opens the object that stands before its deed (对).
    pub object_opener: String,
    /// What opens that deed (进行).
    pub deed_opener: String,
    /// Particles behind a verb.
    pub particles: Vec<String>,
    /// Verbs of what is done with what is counted.
    pub verbs: Vec<String>,
}
