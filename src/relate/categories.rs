//! Which field a unit belongs to: the cue words in its name, in the headings above it and in its text.

use crate::lexicon::{Categories, Category};
use crate::report::Entry;
use crate::text::is_han;
use std::collections::{BTreeMap, BTreeSet};

/// The parts of a unit in which cue words stand.
#[derive(Debug, Clone, Default)]
pub struct UnitWords<'a> {
    /// Its name.
    pub name: &'a str,
    /// Whether the name is a heading or a lead, and not merely the first clause.
    pub named: bool,
    /// What stands in its text before its name: its number, and the lead of the section where it is the first part.
    pub lead: &'a str,
    /// The headings above it, the nearest last.
    pub headings: Vec<&'a str>,
    /// Its text.
    pub text: &'a str,
}

/// The fields of a unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Field {
    /// Notation of the main category.
    pub main: String,
    /// Notations of further ones.
    pub also: Vec<String>,
    /// Notations of the concepts of the second level, the strongest first.
    pub topics: Vec<String>,
    /// The cue word that weighed most for the main category.
    pub cue: Option<Entry>,
    /// What a reader would doubt of it.
    pub doubt: Option<String>,
}

/// Weights of the places where a cue word may stand; a weak word counts a third of a strong one.
mod weight {
    pub(super) const NAME: f64 = 6.0;
    /// A first clause says less of what a unit is about than a heading does.
    pub(super) const CLAUSE: f64 = 4.0;
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
/// From this share on another category is as likely the main one.
const CLOSE: f64 = 0.85;
/// A topic counts from this share of the strongest one's weight on.
const TOPIC: f64 = 0.4;
/// Least weight of a topic: that of a strong word in the text.
const LEAST_TOPIC: f64 = 1.0;
/// Fewest ideographs of a lead before the name: less is but a number.
const LEAD_LENGTH: usize = 5;
/// Topics of a unit.
const MOST_TOPICS: usize = 3;
/// Where no word tells a category, the unit is about the leadership of the work.
const DEFAULT: &str = "leadership";
/// The table of the cue words.
const TABLE: &str = "ontology/categories.ttl";

/// The main category of a unit, the further ones and the topics within them.
#[must_use]
pub fn categorize<'a>(words: &UnitWords<'a>, categories: &'a Categories) -> Field {
    let mut scores = Scores::default();
    scores.add(words.name, if words.named { weight::NAME } else { weight::CLAUSE }, categories);
    let lead = Some(words.lead).filter(|lead| lead.chars().filter(|c| is_han(*c)).count() >= LEAD_LENGTH);
    for (above, heading) in lead.into_iter().chain(words.headings.iter().rev().copied()).enumerate() {
        let distance = f64::from(u32::try_from(above + 1).unwrap_or(u32::MAX));
        scores.add(heading, weight::HEADING / distance, categories);
    }
    scores.add(words.text, weight::TEXT, categories);
    scores.field()
}

/// What the cue words of a unit weigh.
#[derive(Default)]
struct Scores<'c> {
    categories: BTreeMap<&'c str, f64>,
    topics: BTreeMap<&'c str, f64>,
    /// By category, the cue word that weighs most.
    cues: BTreeMap<&'c str, (f64, &'c str, &'c Category)>,
}

impl<'c> Scores<'c> {
    fn add(&mut self, words: &'c str, weight: f64, categories: &'c Categories) {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for (range, category) in categories.cues_in(words) {
            let word = &words[range];
            let strength = if category.strong { 1.0 } else { weight::WEAK };
            let repeated = if seen.insert(word) { 1.0 } else { weight::AGAIN };
            let told = weight * strength * repeated;
            *self.categories.entry(category.notation.as_str()).or_default() += told;
            if let Some(topic) = &category.topic {
                *self.topics.entry(topic.as_str()).or_default() += told;
            }
            let most = self.cues.entry(category.notation.as_str()).or_insert((told, word, category));
            if told > most.0 {
                *most = (told, word, category);
            }
        }
    }

    fn field(self) -> Field {
        let ranked = ranked(self.categories);
        let Some((main, most)) = ranked.first().copied() else {
            return Field { main: DEFAULT.to_owned(), doubt: Some("no-cue".to_owned()), ..Field::default() };
        };
        let share = |score: f64| score / most;
        let further = ranked.iter().skip(1).filter(|(_, score)| share(*score) >= ALSO).take(MOST_ALSO);
        let also: Vec<String> = further.map(|(category, _)| (*category).to_owned()).collect();
        let close = ranked.get(1).is_some_and(|(_, score)| share(*score) >= CLOSE);
        let cue = self.cues.get(main).map(|(_, word, category)| Entry {
            table: TABLE,
            key: category.label,
            word: (*word).to_owned(),
        });
        let topics = topics(self.topics, main, &also);
        Field { main: main.to_owned(), also, topics, cue, doubt: close.then(|| "close-category".to_owned()) }
    }
}

/// The strongest topics within the categories of a unit.
fn topics(scores: BTreeMap<&str, f64>, main: &str, also: &[String]) -> Vec<String> {
    let within = |topic: &str| {
        let field = topic.split('/').next().unwrap_or(topic);
        field == main || also.iter().any(|also| also == field)
    };
    let ranked: Vec<(&str, f64)> = ranked(scores).into_iter().filter(|(topic, _)| within(topic)).collect();
    let most = ranked.first().map_or(0.0, |(_, score)| *score);
    let counts = |score: f64| score >= LEAST_TOPIC && score >= most * TOPIC;
    ranked
        .into_iter()
        .filter(|(_, score)| counts(*score))
        .take(MOST_TOPICS)
        .map(|(topic, _)| topic.to_owned())
        .collect()
}

/// The heaviest first, those of one weight by their name.
fn ranked(scores: BTreeMap<&str, f64>) -> Vec<(&str, f64)> {
    let mut ranked: Vec<(&str, f64)> = scores.into_iter().collect();
    ranked.sort_by(|(a, left), (b, right)| right.total_cmp(left).then_with(|| a.cmp(b)));
    ranked
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::{UnitWords, categorize};
    use crate::lexicon::Lexicon;

    #[test]
    fn a_name_outweighs_its_text_and_a_heading_stands_between() {
        let categories = &Lexicon::shared().unwrap().categories;
        let told = |name, headings, text| {
            categorize(&UnitWords { name, named: true, lead: "", headings, text }, categories).main
        };
        assert_eq!(told("规范行政复议", Vec::new(), "规范行政复议。开展普法宣传,公开信息。"), "disputes");
        assert_eq!(told("强化落实", vec!["规范行政执法"], "强化落实。"), "enforcement");
        assert_eq!(told("强化落实", vec!["加强普法宣传", "规范行政执法"], "强化落实。"), "enforcement");
        assert_eq!(told("强化落实", Vec::new(), "强化落实。受理行政复议案件12件。"), "disputes");
        assert_eq!(told("强化落实", Vec::new(), "强化落实。"), "leadership", "where no word tells");
    }

    #[test]
    fn topics_are_of_the_second_level_and_within_the_fields() {
        let categories = &Lexicon::shared().unwrap().categories;
        let text = "全年评查行政执法案卷60份,换发执法证件30个,开通便民热线。";
        let words = UnitWords { name: "加强行政执法监督", named: true, text, ..UnitWords::default() };
        let field = categorize(&words, categories);
        assert_eq!(field.main, "enforcement");
        assert_eq!(field.topics.first().map(String::as_str), Some("enforcement/supervision"));
        assert!(field.topics.iter().all(|topic| topic.starts_with("enforcement/")), "{:?}", field.topics);
        assert_eq!(field.cue.map(|cue| cue.key), Some("skos:prefLabel"));
    }

    #[test]
    fn what_no_word_or_two_fields_tell_is_doubted() {
        let categories = &Lexicon::shared().unwrap().categories;
        let doubt =
            |name, text| categorize(&UnitWords { name, named: true, text, ..UnitWords::default() }, categories).doubt;
        assert_eq!(doubt("强化落实", "强化落实。").as_deref(), Some("no-cue"));
        assert_eq!(doubt("开展人民调解和应急演练", "").as_deref(), Some("close-category"));
        assert_eq!(doubt("开展人民调解", ""), None);
    }
}
