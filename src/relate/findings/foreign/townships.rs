//! Townships of another county.
//!
//! A name speaks against a report if no township of the own prefecture bears it or did so within the ten years before the table was
//! made, and all that bear it lie in one other county. With a second township of that county, or the county's own
//! name where it does not belong, that is enough. Alone it must not be an ordinary word either, the sentence must not tell of
//! dealings with others, and the report must be of the years whose townships are known.

use super::super::names::{in_title, sentence_at};
use super::{Foreign, Own};
use crate::lexicon::{LONGEST_TOWNSHIP, Region, TOWNSHIPS_SINCE, townships_named, townships_of, was_township_of};
use crate::report::Level;
use crate::text::WordList;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// How many townships of one county are a sign wherever they stand.
const SIGN: usize = 2;

/// Townships that belong to one other county.
pub(super) fn names<'l>(own: &Own<'_, '_, 'l>, others: &[&'l Region]) -> Vec<Foreign<'l>> {
    let Some(region) = own.evidence.reporter.region.filter(|own| own.level != Level::Province) else {
        return Vec::new();
    };
    // Whatever lies in the own prefecture may have been the own county's once.
    let near = region.code.get(..4).unwrap_or_default();
    let own_names: BTreeSet<&str> = townships_of(near).map(|township| township.name).collect();
    let mut counties: BTreeMap<&str, Vec<Range<usize>>> = BTreeMap::new();
    for end in ends(own).filter(|end| !is_own(own, *end, near, &own_names)) {
        if let Some((range, county)) = township_of_one(own, end).filter(|(_, county)| !county.starts_with(near)) {
            counties.entry(county).or_default().push(range);
        }
    }
    let mut found = Vec::new();
    for (county, ranges) in counties {
        let names: BTreeSet<&str> = ranges.iter().map(|range| &own.text[range.clone()]).collect();
        let is_told = names.len() >= SIGN || others.iter().any(|other| other.code == county);
        let Some(region) = own.table.with_code(county, own.evidence.reporter.year) else { continue };
        if own.is_related(region) {
            continue;
        }
        let free = ranges.into_iter().filter(|range| {
            !own.deals_with_others(range) && !in_title(own.text, range) && (is_told || own.is_sign_alone(range, region))
        });
        found.extend(free.map(|range| Foreign { name: range.clone(), range, region }));
    }
    found
}

/// The ends of what can be names of townships in the body.
fn ends<'s>(own: &'s Own<'_, '_, '_>) -> impl Iterator<Item = usize> + 's {
    let body = own.evidence.body.clone();
    let text = own.text.get(body.clone()).unwrap_or_default();
    let cues = own.cues;
    let places = cues.township_ends.occurrences(text).filter(|(at, _)| !cues.no_township.end(&text[..*at]));
    places.map(move |(at, word)| body.start + at + cues.township_ends[word].len())
}

/// Whether the name of a township ends here that the own prefecture has or had.
fn is_own(own: &Own<'_, '_, '_>, end: usize, near: &str, names: &BTreeSet<&str>) -> bool {
    starts(own, end).map(|start| &own.text[start..end]).any(|name| names.contains(name) || was_township_of(near, name))
}

impl Own<'_, '_, '_> {
    /// Whether the only township of a county that is named tells of a text that was made there.
    fn is_sign_alone(&self, range: &Range<usize>, region: &Region) -> bool {
        let cues = self.cues;
        let (name, sentence) = (&self.text[range.clone()], sentence_at(self.text, range.start));
        let (before, after) = sentence.split_once(name).unwrap_or((sentence, sentence));
        let stem = cues.township_ends.iter().find_map(|end| name.strip_suffix(end.as_str())).unwrap_or(name);
        let ordinary = |words: &WordList| words.have(stem);
        let known = self.evidence.reporter.year.is_none_or(|year| year >= TOWNSHIPS_SINCE);
        let dealings = cues.refused_before.stand_in(before)
            || [&cues.refused_after, &cues.handed].into_iter().any(|words| words.stand_in(after));
        known
            && self.is_sure_beside(region)
            && ![&cues.township_words, &cues.words, &cues.frames].into_iter().any(ordinary)
            && !cues.township_goes_on.open(&self.text[range.end..])
            && !dealings
    }
}

/// The longest name that ends here, where all townships of that name lie in one county.
fn township_of_one(own: &Own<'_, '_, '_>, end: usize) -> Option<(Range<usize>, &'static str)> {
    let mut told = None;
    for start in starts(own, end) {
        let mut counties = townships_named(&own.text[start..end]).filter_map(|township| township.code.get(..6));
        if let Some(first) = counties.next() {
            told = counties.all(|county| county == first).then_some((start..end, first));
        }
    }
    told
}

/// Where a name of three characters and more can begin that ends here, from the shortest on.
fn starts<'s>(own: &'s Own<'_, '_, '_>, end: usize) -> impl Iterator<Item = usize> + 's {
    let before = own.text[..end].char_indices().rev().take_while(|(_, c)| crate::text::is_han(*c));
    before.take(LONGEST_TOWNSHIP).skip(2).map(|(at, _)| at)
}
