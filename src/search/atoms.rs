//! What is searched for in a text? Single ideographs and pairs of them, words of letters, numbers; each with its place.
//!
//! Chinese is written without spaces, and a dictionary knows neither the newest law nor the name of a village. So every ideograph
//! and every pair of neighbours is a term, and a phrase is found by the places of its pairs. A stretch of other characters
//! (brackets, stops, spaces) takes one place, whatever it is made of: 〔2023〕 and (2023) are one, and no phrase reaches over a stop.

use std::ops::Range;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::text::is_han;

/// A word of letters or digits that is longer is cut into words of this length.
const LONGEST_WORD: usize = 40;

/// One ideograph or one word of a folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Atom {
    /// Its bytes in the folded text.
    pub(super) range: Range<usize>,
    /// Its place: one for each atom, and one for each stretch of other characters between atoms.
    pub(super) place: usize,
    /// Whether it is an ideograph.
    pub(super) han: bool,
}

/// The atoms of a folded text in their order.
pub(super) fn atoms(folded: &str) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = Vec::new();
    let mut place = 0;
    let mut gap = false;
    let mut characters = folded.char_indices().peekable();
    while let Some((start, c)) = characters.next() {
        let han = is_han(c);
        if !han && !c.is_alphanumeric() {
            gap = !atoms.is_empty();
            continue;
        }
        let mut end = start + c.len_utf8();
        let mut length = 1;
        while !han
            && length < LONGEST_WORD
            && let Some(&(at, next)) = characters.peek()
            && (is_letter(next) || is_point(folded, at))
        {
            end = at + next.len_utf8();
            length += 1;
            characters.next();
        }
        place += usize::from(gap);
        gap = false;
        atoms.push(Atom { range: start..end, place, han });
        place += 1;
    }
    atoms
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c)
}

/// Whether the byte at `at` is the point of a decimal number.
fn is_point(folded: &str, at: usize) -> bool {
    let bytes = folded.as_bytes();
    bytes.get(at) == Some(&b'.')
        && at.checked_sub(1).and_then(|before| bytes.get(before)).is_some_and(u8::is_ascii_digit)
        && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
}

/// A term with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) text: String,
    pub(super) place: usize,
}

/// The term of one atom by itself.
fn single(folded: &str, atom: &Atom) -> String {
    let text = &folded[atom.range.clone()];
    if atom.han { text.to_owned() } else { text.to_lowercase() }
}

/// The pair that an ideograph makes with the one right after it.
fn pair(folded: &str, atoms: &[Atom], at: usize) -> Option<String> {
    let (one, next) = (atoms.get(at)?, atoms.get(at + 1)?);
    (one.han && next.han && next.place == one.place + 1).then(|| folded[one.range.start..next.range.end].to_owned())
}

/// Every term of a text, as it is kept.
fn kept(folded: &str) -> Vec<(Term, Range<usize>)> {
    let atoms = atoms(folded);
    let mut terms = Vec::with_capacity(atoms.len() * 2);
    for (at, atom) in atoms.iter().enumerate() {
        terms.push((Term { text: single(folded, atom), place: atom.place }, atom.range.clone()));
        if let Some(text) = pair(folded, &atoms, at) {
            let end = atom.range.start + text.len();
            terms.push((Term { text, place: atom.place }, atom.range.start..end));
        }
    }
    terms
}

/// The fewest terms that, each at its place, are the phrase of these atoms and no other.
pub(super) fn phrase(folded: &str, atoms: &[Atom]) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    // Up to this atom the phrase is told already.
    let mut told = 0;
    for (at, atom) in atoms.iter().enumerate() {
        if let Some(text) = pair(folded, atoms, at) {
            // The last pair of a run may share an ideograph with the one before.
            if at >= told || (at + 1 >= told && pair(folded, atoms, at + 1).is_none()) {
                terms.push(Term { text, place: atom.place });
                told = at + 2;
            }
        } else if at >= told {
            terms.push(Term { text: single(folded, atom), place: atom.place });
            told = at + 1;
        }
    }
    terms
}

/// All pairs and words of these atoms, and the ideographs that have no neighbour: what a text that is only alike may share.
pub(super) fn pieces(folded: &str, atoms: &[Atom]) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut paired = false;
    for (at, atom) in atoms.iter().enumerate() {
        let pair = pair(folded, atoms, at);
        if pair.is_none() && !paired {
            pieces.push(single(folded, atom));
        }
        paired = pair.is_some();
        pieces.extend(pair);
    }
    pieces
}

/// Each atom by itself.
pub(super) fn singles(folded: &str, atoms: &[Atom]) -> Vec<String> {
    atoms.iter().map(|atom| single(folded, atom)).collect()
}

/// A name by which a thing is found at once: its atoms, with a space for every stretch of other characters between them.
pub(super) fn whole(folded: &str) -> String {
    let mut whole = String::with_capacity(folded.len());
    let mut next = 0;
    for atom in atoms(folded) {
        if atom.place > next {
            whole.push(' ');
        }
        whole.push_str(&single(folded, &atom));
        next = atom.place + 1;
    }
    whole
}

/// Where the phrase stands in a text: for each time the range of its atoms among the text's.
pub(super) fn occurrences(text: (&str, &[Atom]), phrase: (&str, &[Atom])) -> Vec<Range<usize>> {
    let ((folded, atoms), (sought, wanted)) = (text, phrase);
    let Some(first) = wanted.first() else { return Vec::new() };
    let is_same = |one: &Atom, other: &Atom| {
        let (one, other) = (&folded[one.range.clone()], &sought[other.range.clone()]);
        one == other || one.to_lowercase() == other.to_lowercase()
    };
    let fits = |at: &usize| {
        let here = &atoms[*at..*at + wanted.len()];
        here.iter()
            .zip(wanted)
            .all(|(one, other)| one.place - here[0].place == other.place - first.place && is_same(one, other))
    };
    let last = (atoms.len() + 1).saturating_sub(wanted.len());
    (0..last).filter(fits).map(|at| at..at + wanted.len()).collect()
}

/// Makes the terms of a folded text for the index.
#[derive(Clone, Default)]
pub(super) struct Terms;

pub(super) struct Stream {
    terms: std::vec::IntoIter<(Term, Range<usize>)>,
    token: Token,
}

impl Tokenizer for Terms {
    type TokenStream<'a> = Stream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream {
        Stream { terms: kept(text).into_iter(), token: Token::default() }
    }
}

impl TokenStream for Stream {
    fn advance(&mut self) -> bool {
        let Some((term, range)) = self.terms.next() else { return false };
        self.token = Token {
            offset_from: range.start,
            offset_to: range.end,
            position: term.place,
            text: term.text,
            position_length: 1,
        };
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(terms: Vec<Term>) -> Vec<String> {
        terms.into_iter().map(|term| format!("{}@{}", term.text, term.place)).collect()
    }

    #[test]
    fn ideographs_stand_alone_and_in_pairs_and_words_whole() {
        let terms: Vec<Term> = kept("县司法局12.5件, ABC").into_iter().map(|(term, _)| term).collect();
        assert_eq!(
            shown(terms),
            ["县@0", "县司@0", "司@1", "司法@1", "法@2", "法局@2", "局@3", "12.5@4", "件@5", "abc@7"]
        );
    }

    #[test]
    fn a_phrase_is_told_by_few_terms() {
        let of = |text: &str| shown(phrase(text, &atoms(text)));
        assert_eq!(of("行政复议法"), ["行政@0", "复议@2", "议法@3"]);
        assert_eq!(of("行政复议"), ["行政@0", "复议@2"]);
        assert_eq!(of("局"), ["局@0"]);
        assert_eq!(of("国办发〔2023〕27号"), ["国办@0", "办发@1", "2023@4", "27@6", "号@7"]);
        assert_eq!(of("……"), [""; 0]);
    }

    #[test]
    fn brackets_of_any_kind_are_one_place() {
        assert_eq!(whole("国办发〔2023〕27号"), "国办发 2023 27号");
        assert_eq!(whole("《行政处罚法》"), whole("行政处罚法"));
        assert_ne!(whole("2023年27号"), whole("202327号"));
    }

    #[test]
    fn a_phrase_is_found_where_it_stands_and_not_over_a_stop() {
        let count = |text: &str, sought: &str| occurrences((text, &atoms(text)), (sought, &atoms(sought))).len();
        assert_eq!(count("行政复议,行政复议", "行政复议"), 2);
        assert_eq!(count("行政,复议", "行政复议"), 0);
        assert_eq!(count("受理12件", "2件"), 0);
        assert_eq!(count("ABC abc", "Abc"), 2);
        assert_eq!(count("县", "县司法局"), 0);
        assert_eq!(count("县", ""), 0);
    }

    proptest! {
        #[test]
        fn a_phrase_pins_every_atom(text in "[县司法局〇0-9a-c. ,()《》\u{1F600}]{0,30}") {
            let atoms = atoms(&text);
            let terms = phrase(&text, &atoms);
            for atom in &atoms {
                let covers = |term: &Term| {
                    term.place == atom.place || (term.place + 1 == atom.place && atom.han && term.text.chars().count() == 2 && term.text.chars().all(is_han))
                };
                prop_assert!(terms.iter().any(covers), "{atom:?} {terms:?}");
            }
            prop_assert!(atoms.windows(2).all(|two| two[0].place < two[1].place && two[0].range.end <= two[1].range.start));
        }
    }
}
