//! Which field a unit belongs to: the cue words in its name, in the headings above it and in its text.

use crate::lexicon::Categories;
use std::collections::{BTreeMap, BTreeSet};

/// The parts of a unit in which cue words stand.
#[derive(Debug, Clone, Default)]
pub struct UnitWords<'a> {
    /// Its name.
    pub name: &'a str,
    /// The headings above it, the nearest last.
    pub headings: Vec<&'a str>,
    /// Its text.
    pub text: &'a str,
}

/// Weights of the places where a cue word may stand; a weak word counts a third of a strong one.
mod weight {
    pub(super) const NAME: f64 = 6.0;
    pub(super) const HEADING: f64 = 4.0;
    pub(super) const TEXT: f64 = 1.0;
    pub(super) const WEAK: f64 = 0.34;
    /// A word said again adds this much of its first weight.
    pub(super) const AGAIN: f64 = 0.25;
}

/// A category counts as a further one from this share of the main one's weight on.
const ALSO: f64 = 0.55;
/// Categories beside the main one.
const MOST_ALSO: usize = 2;
/// Where no word tells a category, the unit is about the leadership of the work.
const DEFAULT: &str = "leadership";

/// The main category of a unit and the further ones.
#[must_use]
pub fn categorize<'a>(words: &UnitWords<'a>, categories: &'a Categories) -> (String, Vec<String>) {
    let mut scores: BTreeMap<&str, f64> = BTreeMap::new();
    add(&mut scores, words.name, weight::NAME, categories);
    for (above, heading) in words.headings.iter().rev().enumerate() {
        let distance = f64::from(u32::try_from(above + 1).unwrap_or(u32::MAX));
        add(&mut scores, heading, weight::HEADING / distance, categories);
    }
    add(&mut scores, words.text, weight::TEXT, categories);
    let mut ranked: Vec<(&str, f64)> = scores.into_iter().collect();
    ranked.sort_by(|(a, left), (b, right)| right.total_cmp(left).then_with(|| a.cmp(b)));
    let Some((main, most)) = ranked.first().copied() else { return (DEFAULT.to_owned(), Vec::new()) };
    let also = ranked
        .iter()
        .skip(1)
        .filter(|(_, score)| *score >= most * ALSO)
        .take(MOST_ALSO)
        .map(|(category, _)| (*category).to_owned())
        .collect();
    (main.to_owned(), also)
}

fn add<'c>(scores: &mut BTreeMap<&'c str, f64>, words: &'c str, weight: f64, categories: &'c Categories) {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for (range, category) in categories.cues_in(words) {
        let first = seen.insert(&words[range]);
        let strength = if category.strong { 1.0 } else { weight::WEAK };
        let repeated = if first { 1.0 } else { weight::AGAIN };
        *scores.entry(category.notation.as_str()).or_default() += weight * strength * repeated;
    }
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::{UnitWords, categorize};
    use crate::lexicon::Lexicon;

    #[test]
    fn a_name_outweighs_its_text_and_a_heading_stands_between() {
        let categories = &Lexicon::shared().unwrap().categories;
        let told = |name, headings, text| categorize(&UnitWords { name, headings, text }, categories).0;
        assert_eq!(told("规范行政复议", Vec::new(), "规范行政复议。开展普法宣传,公开信息。"), "disputes");
        assert_eq!(told("强化落实", vec!["规范行政执法"], "强化落实。"), "enforcement");
        assert_eq!(told("强化落实", vec!["加强普法宣传", "规范行政执法"], "强化落实。"), "enforcement");
        assert_eq!(told("强化落实", Vec::new(), "强化落实。受理行政复议案件12件。"), "disputes");
        assert_eq!(told("强化落实", Vec::new(), "强化落实。"), "leadership", "where no word tells");
    }
}
