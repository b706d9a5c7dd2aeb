//! `ontology/categories.ttl`: the concepts with the words by which they are known.

use super::LexiconError;
use super::figures::IndicatorCues;
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedOrBlankNode, Term};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

const TABLE: &str = "ontology/categories.ttl";
const CONCEPT: &str = "https://w3id.org/fazhi/concept/";
const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";

/// A category and how strongly a word tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Notation of the category on the first level.
    pub notation: String,
    /// Notation of the concept on the second level that the word tells, where it is one of that.
    pub topic: Option<String>,
    /// Whether the word tells it alone.
    pub strong: bool,
    /// Label property under which the word stands: `skos:altLabel`.
    pub label: &'static str,
}

/// An indicator that a word tells.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Indicator {
    notation: String,
    /// Its usual unit.
    unit: String,
}

const UNIT: &str = "https://w3id.org/fazhi/ns#unit";
/// Characters of a verb.
const VERB: usize = 2;

/// The concepts of the vocabulary that the extractor needs.
pub struct Categories {
    cues: Words<Category>,
    indicators: Words<Indicator>,
    /// By the verb of a cue word, what is behind it and the indicator.
    deeds: HashMap<String, Vec<(String, Indicator)>>,
    /// Objects with which indicators of several verbs are told, sorted: 行政复议申请.
    objects: BTreeSet<String>,
    messages: HashMap<String, String>,
}

impl std::fmt::Debug for Categories {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Categories").field("cues", &self.cues.values.len()).finish_non_exhaustive()
    }
}

struct Words<T> {
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
    values: Vec<T>,
}

impl<T> Words<T> {
    fn new(words: BTreeMap<String, T>) -> Result<Self, LexiconError> {
        let patterns =
            words.keys().enumerate().map(|(at, word)| (word.as_str(), u32::try_from(at).unwrap_or(u32::MAX)));
        let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .build_with_values(patterns)
            .map_err(|error| LexiconError::Names { table: TABLE, message: error.to_string() })?;
        Ok(Self { automaton, values: words.into_values().collect() })
    }

    fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (Range<usize>, &'t T)> + 't {
        self.automaton
            .leftmost_find_iter(text)
            .filter_map(|found| Some((found.start()..found.end(), self.values.get(found.value() as usize)?)))
    }
}

impl Categories {
    /// Reads the embedded vocabulary.
    ///
    /// # Errors
    /// Where it is not Turtle, which a test rules out.
    pub fn load() -> Result<Self, LexiconError> {
        let (mut categories, mut indicators, mut messages) = (BTreeMap::new(), BTreeMap::new(), HashMap::new());
        let mut units: HashMap<String, String> = HashMap::new();
        let parser = RdfParser::from_format(RdfFormat::Turtle).for_slice(include_str!("../../ontology/categories.ttl"));
        for quad in parser {
            let quad = quad.map_err(|error| LexiconError::Turtle { table: TABLE, message: error.to_string() })?;
            let (NamedOrBlankNode::NamedNode(subject), Term::Literal(label)) = (&quad.subject, &quad.object) else {
                continue;
            };
            let Some(notation) = subject.as_str().strip_prefix(CONCEPT) else { continue };
            if quad.predicate.as_str() == UNIT {
                let unit = label.value();
                units.extend(notation.split_once('/').map(|(_, notation)| (notation.to_owned(), unit.to_owned())));
            }
            let Some(property) = quad.predicate.as_str().strip_prefix(SKOS) else { continue };
            if label.language() != Some("zh") {
                continue;
            }
            let Some((scheme, notation)) = notation.split_once('/') else { continue };
            let word = label.value().to_owned();
            match (scheme, property) {
                ("category", "prefLabel" | "altLabel" | "hiddenLabel") => {
                    let first_level = notation.split('/').next().unwrap_or(notation).to_owned();
                    let topic = (first_level != notation).then(|| notation.to_owned());
                    let label = match property {
                        "prefLabel" => "skos:prefLabel",
                        "altLabel" => "skos:altLabel",
                        _ => "skos:hiddenLabel",
                    };
                    let strong = property != "hiddenLabel";
                    categories.insert(word, Category { notation: first_level, topic, strong, label });
                }
                ("indicator", "prefLabel" | "altLabel") => {
                    indicators.insert(word, notation.to_owned());
                }
                ("rule", "definition") => {
                    messages.insert(notation.to_owned(), word);
                }
                _ => {}
            }
        }
        let indicators: BTreeMap<String, Indicator> = indicators
            .into_iter()
            .map(|(word, notation)| {
                let unit = units.get(&notation).cloned().unwrap_or_default();
                (word, Indicator { notation, unit })
            })
            .collect();
        let mut deeds: HashMap<String, Vec<(String, Indicator)>> = HashMap::new();
        for (word, indicator) in &indicators {
            let verb: String = word.chars().take(VERB).collect();
            let object = word[verb.len()..].to_owned();
            if !object.is_empty() {
                deeds.entry(verb).or_default().push((object, indicator.clone()));
            }
        }
        let mut objects: HashMap<String, BTreeSet<String>> = HashMap::new();
        for (object, indicator) in deeds.values().flatten() {
            objects.entry(object.clone()).or_default().insert(indicator.notation.clone());
        }
        let objects = objects.into_iter().filter(|(_, told)| told.len() > 2).map(|(object, _)| object).collect();
        Ok(Self { cues: Words::new(categories)?, indicators: Words::new(indicators)?, deeds, objects, messages })
    }

    /// Every cue word of a category in `text`, longest first at each place.
    pub fn cues_in<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (Range<usize>, &'t Category)> + 't {
        self.cues.find(text)
    }

    /// The indicator that a phrase names.
    ///
    /// Where the phrase opens with one of `verbs`, that of a cue word which says what is done with what (保留规范性文件 in
    /// 保留县政府现行的规范性文件); else that of the longest cue word in it. A noun with which many things are done
    /// (行政复议申请) tells none behind another verb. `fits` says whether the figure's unit may stand for an indicator's
    /// usual one: 2 supervisors are no 2 inspections. A cue word behind one of the `denials` of the words tells what was not done.
    #[must_use]
    pub fn indicator<'t>(
        &'t self,
        phrase: &'t str,
        words: &IndicatorCues,
        fits: impl Fn(&str) -> bool,
    ) -> Option<&'t str> {
        let verbs = words.verbs.as_slice();
        if let Some(indicator) = self.done(phrase, verbs) {
            return fits(&indicator.unit).then_some(indicator.notation.as_str());
        }
        let done = verbs.iter().any(|verb| phrase.starts_with(verb.as_str()));
        let cues = self.indicators.find(phrase).filter(|(range, indicator)| {
            let contested = done && range.start > 0 && self.objects.contains(&phrase[range.clone()]);
            let denied = words.denials.iter().any(|denial| phrase[..range.start].ends_with(denial.as_str()));
            fits(&indicator.unit) && !contested && !denied
        });
        cues.max_by_key(|(range, _)| range.len()).map(|(_, indicator)| indicator.notation.as_str())
    }

    /// The indicator of the longest cue word that is the verb of a phrase and words behind it.
    fn done<'t>(&'t self, phrase: &str, verbs: &[String]) -> Option<&'t Indicator> {
        let verb = verbs.iter().find(|verb| verb.chars().count() == VERB && phrase.starts_with(verb.as_str()))?;
        let cues = self.deeds.get(verb.as_str())?.iter();
        let told = cues.filter(|(object, _)| phrase[verb.len()..].contains(object.as_str()));
        told.max_by_key(|(object, _)| object.len()).map(|(_, indicator)| indicator)
    }

    /// The message of a finding's rule, its blanks (`{found}`) filled in.
    #[must_use]
    pub fn message(&self, rule: &str, blanks: &[(&str, &str)]) -> String {
        let mut message = self.messages.get(rule).cloned().unwrap_or_else(|| rule.to_owned());
        for (blank, value) in blanks {
            message = message.replace(&format!("{{{blank}}}"), value);
        }
        message
    }
}
