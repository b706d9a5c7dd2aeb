//! What do the words that somebody typed ask for?
//!
//! Words are set apart by spaces and stops; each has to be found, letter by letter and ideograph by ideograph, in a name or a text;
//! or in what says where and when a passage is, so that 武山县 2021 行政复议 finds what that county said that year. Quotation marks
//! hold together what has spaces or stops within. There are no operators: every other mark is as good as any.

use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::Term;

use super::atoms::{self, Atom};
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

/// A word that only tells where or when.
const CONTEXT: f32 = 0.1;

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
        let printed = Text::new(&query[..end.unwrap_or(query.len())]);
        let folded = printed.folded();
        let mut phrases: Vec<Phrase> = Vec::new();
        let mut cut = end.is_some();
        for part in parts(folded) {
            let atoms = atoms::atoms(part);
            let phrase = Phrase { folded: part.to_owned(), atoms };
            if phrase.atoms.is_empty() || phrases.contains(&phrase) {
                continue;
            }
            if phrases.len() == MOST_PHRASES {
                cut = true;
                break;
            }
            phrases.push(phrase);
        }
        Self { phrases, whole: atoms::whole(folded), cut }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    /// Things that have all phrases as they stand.
    pub(super) fn exact(&self, fields: &Fields) -> Box<dyn Query> {
        let mut all: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        let mut own: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for phrase in &self.phrases {
            let in_field = |field| phrase_in(field, phrase);
            let told: Box<dyn Query> = Box::new(DisjunctionMaxQuery::new(vec![
                Box::new(BoostQuery::new(in_field(fields.name), NAME)),
                in_field(fields.text),
                Box::new(ConstScoreQuery::new(in_field(fields.context), CONTEXT)),
            ]));
            all.push((Occur::Must, told));
            own.extend([(Occur::Should, in_field(fields.name)), (Occur::Should, in_field(fields.text))]);
        }
        // Where something is does not make it what was asked for.
        all.push((Occur::Must, Box::new(ConstScoreQuery::new(Box::new(BooleanQuery::new(own)), 0.0))));
        all.push((Occur::Should, Box::new(ConstScoreQuery::new(self.whole(fields), WHOLE))));
        Box::new(BooleanQuery::new(all))
    }

    /// Things that bear the query as a name.
    pub(super) fn whole(&self, fields: &Fields) -> Box<dyn Query> {
        Box::new(TermQuery::new(Term::from_field_text(fields.whole, &self.whole), IndexRecordOption::Basic))
    }

    /// Things that have most of the pairs and words of the query; `None` where that is no other question.
    pub(super) fn alike(&self, fields: &Fields) -> Option<Box<dyn Query>> {
        let pieces = self.pieces();
        if pieces.len() < 2 {
            return None;
        }
        let (share, of) = ALIKE;
        let least = (pieces.len() * share).div_ceil(of).max(2);
        let told = |piece: &String| -> Box<dyn Query> {
            let term = |field| -> Box<dyn Query> {
                Box::new(TermQuery::new(Term::from_field_text(field, piece), IndexRecordOption::WithFreqs))
            };
            let context = Box::new(ConstScoreQuery::new(term(fields.context), CONTEXT));
            Box::new(DisjunctionMaxQuery::new(vec![
                Box::new(BoostQuery::new(term(fields.name), NAME)),
                term(fields.text),
                context,
            ]))
        };
        Some(Box::new(BooleanQuery::union_with_minimum_required_clauses(pieces.iter().map(told).collect(), least)))
    }

    /// Things whose names have at least half of the ideographs and words of the query.
    pub(super) fn near(&self, fields: &Fields) -> Option<Box<dyn Query>> {
        let mut singles: Vec<String> = Vec::new();
        for single in self.phrases.iter().flat_map(|phrase| atoms::singles(&phrase.folded, &phrase.atoms)) {
            if singles.len() < MOST_PIECES && !singles.contains(&single) {
                singles.push(single);
            }
        }
        let told = |single: &String| -> Box<dyn Query> {
            Box::new(TermQuery::new(Term::from_field_text(fields.name, single), IndexRecordOption::WithFreqs))
        };
        let least = singles.len().div_ceil(2);
        (singles.len() > 1)
            .then(|| Box::new(BooleanQuery::union_with_minimum_required_clauses(singles.iter().map(told).collect(), least)) as _)
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

fn phrase_in(field: Field, phrase: &Phrase) -> Box<dyn Query> {
    let mut terms = atoms::phrase(&phrase.folded, &phrase.atoms);
    let term = |term: &atoms::Term| Term::from_field_text(field, &term.text);
    if terms.len() == 1 {
        let only = terms.remove(0);
        return Box::new(TermQuery::new(term(&only), IndexRecordOption::WithFreqs));
    }
    Box::new(PhraseQuery::new_with_offset(terms.iter().map(|found| (found.place, term(found))).collect()))
}

/// The parts of a folded query: set apart by spaces and stops, unless quotation marks hold them together.
fn parts(folded: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (at, c) in folded.char_indices() {
        let mark = is_quotation_mark(c);
        if mark || (!quoted && is_stop(c)) {
            parts.push(&folded[start..at]);
            start = at + c.len_utf8();
        }
        if mark {
            quoted = match c {
                '\u{201c}' => true,
                '\u{201d}' => false,
                _ => !quoted,
            };
        }
    }
    parts.push(&folded[start..]);
    parts.retain(|part| !part.is_empty());
    parts
}

const fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}')
}

/// Spaces, and the stops , ; : ! ? and their Chinese kin.
fn is_stop(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | ':' | '!' | '?' | '\u{3001}' | '\u{3002}')
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
        let words = Words::new(&"一二 ".repeat(1000));
        assert!(words.cut && words.phrases.len() == 1);
        assert!(!Words::new("一二").cut);
    }

    #[test]
    fn what_is_alike_needs_two_pieces() {
        let (_, fields) = schema();
        assert!(Words::new("县").alike(&fields).is_none());
        assert!(Words::new("复议").alike(&fields).is_none());
        assert!(Words::new("复议法").alike(&fields).is_some());
        assert_eq!(Words::new("复议法 县 12").pieces(), ["复议", "议法", "县", "12"]);
    }

    proptest! {
        #[test]
        fn any_text_makes_a_query(text in "\\PC{0,60}|[\"“”()+\\-*?~^:/\\\\县法 ]{0,40}") {
            let (_, fields) = schema();
            let words = Words::new(&text);
            if !words.is_empty() {
                drop(words.exact(&fields));
                drop(words.alike(&fields));
            }
        }
    }
}
