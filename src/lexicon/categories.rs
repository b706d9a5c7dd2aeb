//! `ontology/categories.ttl`: the concepts with the words by which they are known.

use super::LexiconError;
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedOrBlankNode, Term};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

const TABLE: &str = "ontology/categories.ttl";
const CONCEPT: &str = "https://w3id.org/fazhi/concept/";
const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";

/// A category and how strongly a word tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Notation of the category on the first level.
    pub notation: String,
    /// Whether the word tells it alone.
    pub strong: bool,
}

/// The concepts of the vocabulary that the extractor needs.
pub struct Categories {
    categories: Words<Category>,
    indicators: Words<String>,
    messages: HashMap<String, String>,
}

impl std::fmt::Debug for Categories {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Categories").field("cues", &self.categories.values.len()).finish_non_exhaustive()
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
        let parser = RdfParser::from_format(RdfFormat::Turtle).for_slice(include_str!("../../ontology/categories.ttl"));
        for quad in parser {
            let quad = quad.map_err(|error| LexiconError::Turtle { table: TABLE, message: error.to_string() })?;
            let (NamedOrBlankNode::NamedNode(subject), Term::Literal(label)) = (&quad.subject, &quad.object) else {
                continue;
            };
            let (Some(notation), Some(property)) =
                (subject.as_str().strip_prefix(CONCEPT), quad.predicate.as_str().strip_prefix(SKOS))
            else {
                continue;
            };
            if label.language() != Some("zh") {
                continue;
            }
            let Some((scheme, notation)) = notation.split_once('/') else { continue };
            let word = label.value().to_owned();
            match (scheme, property) {
                ("category", "prefLabel" | "altLabel" | "hiddenLabel") => {
                    let first_level = notation.split('/').next().unwrap_or(notation).to_owned();
                    categories.insert(word, Category { notation: first_level, strong: property != "hiddenLabel" });
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
        Ok(Self { categories: Words::new(categories)?, indicators: Words::new(indicators)?, messages })
    }

    /// Every cue word of a category in `text`, longest first at each place.
    pub fn cues_in<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (Range<usize>, &'t Category)> + 't {
        self.categories.find(text)
    }

    /// The indicator that a phrase names: the one of the longest cue word in it.
    #[must_use]
    pub fn indicator<'t>(&'t self, phrase: &'t str) -> Option<&'t str> {
        self.indicators.find(phrase).max_by_key(|(range, _)| range.len()).map(|(_, notation)| notation.as_str())
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
