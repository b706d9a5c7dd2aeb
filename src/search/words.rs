//! What do the words that somebody typed ask for?
//!
//! Words are set apart by spaces and stops; each has to be found, letter by letter and ideograph by ideograph, in a name or a text;
//! or in what says where and when a passage is, so that 武山县 2021 行政复议 finds what that county said that year. Quotation marks
//! hold together what has spaces or stops within. There are no operators: every other mark is as good as any.

use oxigraph::model::NamedNode;
use tantivy::Term;
use tantivy::query::{PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::atoms::{self, Atom};
use super::collect::{Sought, Way};
use super::schema::Fields;
use crate::text::Text;

/// Characters of a query that are looked at.
const LONGEST: usize = 400;

/// Phrases of a query that are looked for.
const MOST_PHRASES: usize = 24;

/// Pairs and words of a query that are looked for where it is found nowhere as it stands.
const MOST_PIECES: usize = 64;

/// A word in a name weighs so much more than one in a text.
const NAME: f32 = 4.0;

/// A name that is the whole query.
const WHOLE: f32 = 60.0;

/// The share of the pieces that a text must have to be like the query.
const ALIKE: (usize, usize) = (3, 5);

/// One word or phrase, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    pub(super) folded: String,
    pub(super) atoms: Vec<Atom>,
}

/// A query as it is understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) phrases: Vec<Phrase>,
    /// The whole query as a name.
    pub(super) whole: String,
    /// Whether something of it was left out for its length.
    pub(super) cut: bool,
}

impl Words {
    pub(super) fn new(query: &str) -> Self {
        let mut characters = query.char_indices().skip(LONGEST);
        let end = characters.next().map(|(at, _)| at);
        let read = &query[..end.unwrap_or(query.len())];
        let mut phrases: Vec<Phrase> = Vec::new();
        let mut cut = end.is_some();
        for part in parts(read) {
            // Each by itself: a space between two ideographs is a stray one within a text, and not in a query.
            let folded = Text::new(part).folded().to_owned();
            let phrase = Phrase { atoms: atoms::atoms(&folded), folded };
            if phrase.atoms.is_empty() || phrases.contains(&phrase) {
                continue;
            }
            if phrases.len() == MOST_PHRASES {
                cut = true;
                break;
            }
            phrases.push(phrase);
        }
        Self { phrases, whole: atoms::whole(Text::new(read).folded()), cut }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    /// Things that have all phrases as they stand.
    pub(super) fn exact(&self, fields: &Fields, within: Option<&NamedNode>) -> Sought {
        let words = self.phrases.iter().map(|phrase| ways(fields, |field| phrase_in(field, phrase)));
        let bonus = Way { query: term(fields.whole, &self.whole), worth: WHOLE };
        Sought {
            words: words.collect(),
            least: self.phrases.len(),
            bonus: Some(bonus),
            within: within.map(|region| term(fields.within, region.as_str())),
        }
    }

    /// Things that bear the query as a name.
    pub(super) fn named(&self, fields: &Fields, within: Option<&NamedNode>) -> Sought {
        let whole = Way { query: term(fields.whole, &self.whole), worth: 1.0 };
        let within = within.map(|region| term(fields.within, region.as_str()));
        Sought { words: vec![vec![whole]], least: 1, bonus: None, within }
    }

    /// Things that have most of the pairs and words of the query; `None` where that is no other question.
    pub(super) fn alike(&self, fields: &Fields, within: Option<&NamedNode>) -> Option<Sought> {
        let pieces = self.pieces();
        let (share, of) = ALIKE;
        let least = (pieces.len() * share).div_ceil(of).max(2);
        let words = pieces.iter().map(|piece| ways(fields, |field| term(field, piece))).collect();
        let within = within.map(|region| term(fields.within, region.as_str()));
        (pieces.len() > 1).then_some(Sought { words, least, bonus: None, within })
    }

    /// Things whose names have at least half of the ideographs and words of the query; `None` where that is too little.
    pub(super) fn near(&self, fields: &Fields) -> Option<Sought> {
        let mut singles: Vec<String> = Vec::new();
        for single in self.phrases.iter().flat_map(|phrase| atoms::singles(&phrase.folded, &phrase.atoms)) {
            if singles.len() < MOST_PIECES && !singles.contains(&single) {
                singles.push(single);
            }
        }
        let least = singles.len().div_ceil(2);
        let words = singles.iter().map(|single| vec![Way { query: term(fields.name, single), worth: 1.0 }]).collect();
        (singles.len() > 1).then_some(Sought { words, least, bonus: None, within: None })
    }

    /// The pairs and words of the query, each once.
    pub(super) fn pieces(&self) -> Vec<String> {
        let mut pieces: Vec<String> = Vec::new();
        for piece in self.phrases.iter().flat_map(|phrase| atoms::pieces(&phrase.folded, &phrase.atoms)) {
            if pieces.len() < MOST_PIECES && !pieces.contains(&piece) {
                pieces.push(piece);
            }
        }
        pieces
    }
}

/// Having a word in a name, in a text, or in what says where and when.
fn ways(fields: &Fields, in_field: impl Fn(Field) -> Box<dyn Query>) -> Vec<Way> {
    [(fields.name, NAME), (fields.text, 1.0), (fields.context, 0.0)]
        .map(|(field, worth)| Way { query: in_field(field), worth })
        .into()
}

fn term(field: Field, text: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs))
}

fn phrase_in(field: Field, phrase: &Phrase) -> Box<dyn Query> {
    let terms = atoms::phrase(&phrase.folded, &phrase.atoms);
    if let [only] = terms.as_slice() {
        return term(field, &only.text);
    }
    let terms = terms.iter().map(|found| (found.place, Term::from_field_text(field, &found.text)));
    Box::new(PhraseQuery::new_with_offset(terms.collect()))
}

/// The parts of a query: set apart by spaces and stops, unless quotation marks hold them together.
fn parts(query: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (at, c) in query.char_indices() {
        let mark = quotation_mark(c);
        if mark.is_some() || (!quoted && is_stop(c)) {
            parts.push(&query[start..at]);
            start = at + c.len_utf8();
        }
        quoted = match mark {
            Some(Mark::Opens) => true,
            Some(Mark::Closes) => false,
            Some(Mark::Either) => !quoted,
            None => quoted,
        };
    }
    parts.push(&query[start..]);
    parts.retain(|part| !part.is_empty());
    parts
}

/// What a quotation mark does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Opens,
    Closes,
    /// A straight one: what went before tells.
    Either,
}

const fn quotation_mark(c: char) -> Option<Mark> {
    match c {
        '\u{201c}' | '\u{300c}' | '\u{300e}' => Some(Mark::Opens),
        '\u{201d}' | '\u{300d}' | '\u{300f}' => Some(Mark::Closes),
        '"' | '\u{ff02}' => Some(Mark::Either),
        _ => None,
    }
}

/// Spaces, and the stops , ; : ! ? in both widths with their Chinese kin.
fn is_stop(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, ',' | ';' | ':' | '!' | '?' | '\u{3001}' | '\u{3002}')
        || matches!(c, '\u{ff0c}' | '\u{ff1b}' | '\u{ff1a}' | '\u{ff01}' | '\u{ff1f}')
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;
    use crate::search::schema::schema;
    use proptest::prelude::*;

    fn phrases(query: &str) -> Vec<String> {
        Words::new(query).phrases.into_iter().map(|phrase| phrase.folded).collect()
    }

    #[test]
    fn words_are_set_apart_by_spaces_and_stops() {
        assert_eq!(phrases("武山县 行政复议、应诉"), ["武山县", "行政复议", "应诉"]);
        assert_eq!(phrases("國辦發〔2023〕27號"), ["国办发〔2023〕27号"]);
        assert_eq!(phrases("“加强,落实” 好"), ["加强,落实", "好"]);
        assert_eq!(phrases("\"a b"), ["a b"]);
        assert_eq!(phrases("复议 复议 -- ()"), ["复议"]);
        assert_eq!(Words::new("《行政处罚法》").whole, "行政处罚法");
    }

    #[test]
    fn a_long_query_is_cut() {
        let words = Words::new(&"一二三 ".repeat(1000));
        assert!(words.cut && words.phrases.len() == 1);
        assert!(!Words::new("一二").cut);
    }

    #[test]
    fn what_is_alike_needs_two_pieces() {
        let (_, fields) = schema();
        assert!(Words::new("县").alike(&fields, None).is_none());
        assert!(Words::new("复议").alike(&fields, None).is_none());
        assert!(Words::new("复议法").alike(&fields, None).is_some());
        assert_eq!(Words::new("复议法 县 12").pieces(), ["复议", "议法", "县", "12"]);
    }

    proptest! {
        #[test]
        fn any_text_makes_a_query(text in "\\PC{0,60}|[\"“”()+\\-*?~^:/\\\\县法 ]{0,40}") {
            let (_, fields) = schema();
            let words = Words::new(&text);
            if !words.is_empty() {
                drop(words.exact(&fields, None));
                drop(words.alike(&fields, None));
            }
        }
    }
}
