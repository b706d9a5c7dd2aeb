//! Townships of another county.
//!
//! The table of townships is of one year, and thousands were merged or renamed before and after: that a name is none of
//! the own county's today says little, since one name in nine is borne elsewhere, too. So a township speaks against a
//! report only beside another sign of the same county: a second township, or the county's own name where it does not
//! belong.

use super::super::names::in_title;
use super::{Foreign, Own};
use crate::lexicon::{LONGEST_TOWNSHIP, Region, townships_named, townships_of};
use crate::report::Level;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// How many townships of one county are a sign without its name.
const SIGN: usize = 2;

/// Townships that belong to one other county, and to one whose name is foreign here (`others`) or that has several such.
pub(super) fn names<'l>(own: &Own<'_, '_, 'l>, others: &[&'l Region]) -> Vec<Foreign<'l>> {
    let Some(region) = own.evidence.reporter.region.filter(|own| own.level != Level::Province) else {
        return Vec::new();
    };
    // Whatever lies in the own prefecture may have been the own county's once.
    let near = region.code.get(..4).unwrap_or_default();
    let own_names: BTreeSet<&str> = townships_of(near).map(|township| township.name).collect();
    let unknown: Vec<Range<usize>> =
        ends(own).filter(|end| !is_own(own, *end, &own_names)).map(|end| end..end).collect();
    if unknown.len() < SIGN && others.is_empty() {
        return Vec::new();
    }
    let mut counties: BTreeMap<&str, Vec<Range<usize>>> = BTreeMap::new();
    for end in unknown.into_iter().map(|range| range.end) {
        if let Some((range, county)) = township_of_one(own, end).filter(|(_, county)| !county.starts_with(near)) {
            counties.entry(county).or_default().push(range);
        }
    }
    let mut found = Vec::new();
    for (county, ranges) in counties {
        let names: BTreeSet<&str> = ranges.iter().map(|range| &own.text[range.clone()]).collect();
        let is_told = names.len() >= SIGN || others.iter().any(|other| other.code == county);
        let Some(region) = own.table.with_code(county, own.evidence.reporter.year).filter(|_| is_told) else {
            continue;
        };
        let free = ranges.into_iter().filter(|range| !own.deals_with_others(range) && !in_title(own.text, range));
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

/// Whether the name of a township of the own prefecture ends here.
fn is_own(own: &Own<'_, '_, '_>, end: usize, names: &BTreeSet<&str>) -> bool {
    starts(own, end).any(|start| names.contains(&own.text[start..end]))
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
