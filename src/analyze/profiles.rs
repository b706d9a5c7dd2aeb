//! Which regions are alike by what they cite and what they do?
//!
//! A region's profile has a weight for each document that its reports cite and for each field and topic of its measures.
//! What was met `n` times in a region and in `f` of the `N` regions that are compared weighs
//!
//! ```text
//! (1 + ln n) · ln(1 + N/f)
//! ```
//!
//! so that what few share counts more than what all have, and saying it ten times more than once, but not ten times as
//! much (tf-idf with sublinear frequency; Manning, Raghavan and Schuetze 2008, section 6.4). A document that the region
//! itself issued is left out: hardly anybody else could cite it. The likeness of two regions is half the cosine of what
//! they cite and half the cosine of their fields and topics, from 0 to 1. For the cosine each region is taken to have one
//! thing more, which nobody else has: two short reports that both cite one law are little alike, two long ones that
//! cite the same twenty very much.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::network::{Network, NetworkBuilder, Node, NodeKind};
use super::scores::as_f64;
use super::titles::Titles;

/// To how many of those most like it a region is joined.
const NEIGHBOURS: usize = 8;

/// Entries of the index that are read for one region. Where the things of a region stand in more profiles than this,
/// those that most regions have do not propose anybody; they count for whoever was proposed.
const ENTRIES: usize = 200_000;

/// How many proposed regions are compared in full for each that is wanted.
const CANDIDATES: usize = 16;

/// Something that a region cites or does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Thing {
    pub(super) iri: String,
    pub(super) label: String,
    pub(super) is_document: bool,
    /// In how many of the regions it is met.
    pub(super) regions: usize,
}

/// A region that reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) iri: String,
    pub(super) label: String,
}

/// A thing in a region's profile.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) thing: usize,
    /// Scaled so that two profiles' products add up to the likeness.
    pub(super) weight: f64,
    /// One of the passages by IRI.
    pub(super) passage: String,
}

/// What the store says, as rows of `reporters.rq`, `regions.rq`, `topics.rq` and `topic-names.rq`.
pub(super) struct Rows<'a> {
    pub(super) places: &'a [Vec<String>],
    pub(super) citations: &'a [Vec<String>],
    pub(super) topics: &'a [Vec<String>],
    pub(super) topic_names: &'a [Vec<String>],
}

/// How often a thing is met in each place, and one of the passages.
type ByPlace<'a> = BTreeMap<usize, (usize, &'a str)>;

/// The profiles of all regions that are compared.
#[derive(Debug, Default)]
pub(super) struct Profiles {
    pub(super) places: Vec<Place>,
    pub(super) things: Vec<Thing>,
    /// Of each region, by thing.
    pub(super) entries: Vec<Vec<Entry>>,
}

impl Profiles {
    pub(super) fn new(rows: &Rows<'_>, titles: &Titles) -> Self {
        let places = places(rows.places);
        let numbers: BTreeMap<&str, usize> =
            places.iter().enumerate().map(|(number, place)| (place.iri.as_str(), number)).collect();
        let topic_names: BTreeMap<&str, &str> =
            rows.topic_names.iter().map(|row| (row[0].as_str(), row[1].as_str())).collect();
        let cited = rows.citations.iter().filter(|row| titles.issuer(&row[1]) != Some(row[0].as_str()));
        let mut found: BTreeMap<(bool, &str), ByPlace<'_>> = BTreeMap::new();
        for (row, is_document) in cited.map(|row| (row, true)).chain(rows.topics.iter().map(|row| (row, false))) {
            if let Some(place) = numbers.get(row[0].as_str()) {
                let count = row[2].parse().unwrap_or(1);
                found.entry((is_document, &row[1])).or_default().insert(*place, (count, &row[3]));
            }
        }
        let mut entries: Vec<Vec<Entry>> = vec![Vec::new(); places.len()];
        let mut things = Vec::with_capacity(found.len());
        let all = as_f64(places.len());
        for ((is_document, iri), regions) in found {
            let label = if is_document { titles.label(iri) } else { topic_names.get(iri).copied() };
            let rarity = (all / as_f64(regions.len())).ln_1p();
            let thing = things.len();
            things.push(Thing {
                iri: iri.to_owned(),
                label: label.unwrap_or(iri).to_owned(),
                is_document,
                regions: regions.len(),
            });
            for (place, (count, passage)) in regions {
                let weight = (1.0 + as_f64(count.max(1)).ln()) * rarity;
                entries[place].push(Entry { thing, weight, passage: passage.to_owned() });
            }
        }
        for profile in &mut entries {
            scale(profile, &things, (1.0 + all).ln());
        }
        Self { places, things, entries }
    }

    /// What two regions share, each thing with its part of their likeness: the sum of the parts. In the order of the things.
    pub(super) fn shared(&self, one: usize, other: usize) -> Vec<(&Entry, &Entry, f64)> {
        let (mut left, mut right) = (self.entries[one].iter().peekable(), self.entries[other].iter().peekable());
        let mut found = Vec::new();
        while let (Some(mine), Some(theirs)) = (left.peek(), right.peek()) {
            match mine.thing.cmp(&theirs.thing) {
                std::cmp::Ordering::Less => drop(left.next()),
                std::cmp::Ordering::Greater => drop(right.next()),
                std::cmp::Ordering::Equal => {
                    found.push((*mine, *theirs, mine.weight * theirs.weight));
                    left.next();
                    right.next();
                }
            }
        }
        found
    }

    fn likeness(&self, one: usize, other: usize) -> f64 {
        self.shared(one, other).iter().map(|(_, _, part)| part).sum()
    }

    /// In which profiles each thing stands.
    fn index(&self) -> Vec<Vec<(usize, f64)>> {
        let mut index = vec![Vec::new(); self.things.len()];
        for (place, profile) in self.entries.iter().enumerate() {
            for entry in profile {
                index[entry.thing].push((place, entry.weight));
            }
        }
        index
    }

    /// The regions most like one, at most `wanted`, the most alike first.
    pub(super) fn nearest(&self, place: usize, wanted: usize) -> Vec<(usize, f64)> {
        let others = (0..self.places.len()).filter(|other| *other != place);
        self.best(place, others.collect(), wanted)
    }

    fn best(&self, place: usize, others: Vec<usize>, wanted: usize) -> Vec<(usize, f64)> {
        let mut found: Vec<(usize, f64)> = others
            .into_iter()
            .map(|other| (other, self.likeness(place, other)))
            .filter(|(_, likeness)| *likeness > 0.0)
            .collect();
        found.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.cmp(&right.0)));
        found.truncate(wanted);
        found
    }

    /// Proposes the regions that share rare things with one.
    fn candidates(&self, place: usize, index: &[Vec<(usize, f64)>], sums: &mut [f64]) -> Vec<usize> {
        let mut things: Vec<(usize, &Entry)> =
            self.entries[place].iter().map(|entry| (index[entry.thing].len(), entry)).collect();
        things.sort_by_key(|(length, entry)| (*length, entry.thing));
        let mut left = ENTRIES;
        let mut met = Vec::new();
        for (length, entry) in things {
            let Some(rest) = left.checked_sub(length) else { break };
            left = rest;
            for (other, weight) in &index[entry.thing] {
                if sums[*other] == 0.0 {
                    met.push(*other);
                }
                sums[*other] += entry.weight * weight;
            }
        }
        met.retain(|other| *other != place);
        met.sort_by(|left, right| sums[*right].total_cmp(&sums[*left]).then(left.cmp(right)));
        sums.fill(0.0);
        met.truncate(NEIGHBOURS * CANDIDATES);
        met
    }

    /// The regions, each joined to those most like it.
    pub(super) fn network(&self) -> Network {
        let index = self.index();
        let nearest: Vec<Vec<(usize, f64)>> = (0..self.places.len())
            .into_par_iter()
            .map_init(
                || vec![0.0; self.places.len()],
                |sums, place| self.best(place, self.candidates(place, &index, sums), NEIGHBOURS),
            )
            .collect();
        let mut builder = NetworkBuilder::default();
        for place in &self.places {
            builder.node(Node::new(&place.iri, &place.label, NodeKind::Region));
        }
        let mut joined = BTreeSet::new();
        for (place, others) in nearest.iter().enumerate() {
            for (other, likeness) in others {
                if joined.insert((place.min(*other), place.max(*other))) {
                    builder.edge(&self.places[place].iri, &self.places[*other].iri, *likeness);
                }
            }
        }
        builder.build()
    }
}

/// Gives the documents and the topics of a profile half its length each, one thing of the weight `unknown` included.
fn scale(profile: &mut [Entry], things: &[Thing], unknown: f64) {
    for documents in [true, false] {
        let of_kind = |entry: &&mut Entry| things[entry.thing].is_document == documents;
        let squares: f64 = profile.iter_mut().filter(of_kind).map(|entry| entry.weight.powi(2)).sum();
        let length = unknown.mul_add(unknown, squares).sqrt();
        for entry in profile.iter_mut().filter(of_kind) {
            entry.weight *= std::f64::consts::FRAC_1_SQRT_2 / length;
        }
    }
}

/// The regions in the order of their IRIs. One whose name others have too goes by that of the region above it as well.
fn places(rows: &[Vec<String>]) -> Vec<Place> {
    let mut found: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    for row in rows {
        let names = (row[1].as_str(), row[2].as_str());
        let known = found.entry(&row[0]).or_insert(names);
        *known = names.min(*known);
    }
    let mut bearers: BTreeMap<&str, usize> = BTreeMap::new();
    for (label, _) in found.values() {
        *bearers.entry(label).or_default() += 1;
    }
    found
        .into_iter()
        .map(|(iri, (label, above))| {
            let above = if bearers.get(label).is_some_and(|count| *count > 1) { above } else { "" };
            Place { iri: iri.to_owned(), label: format!("{above}{label}") }
        })
        .collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    fn rows<const N: usize>(rows: &[[&str; N]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.map(str::to_owned).to_vec()).collect()
    }

    /// Regions a, b, c, d. All cite `all`; a and b cite `rare`; a cites what it issued itself; a and c have measures of
    /// one topic; d has nothing but what it issued.
    pub fn profiles() -> Profiles {
        let places = rows(&[["a", "A", ""], ["b", "B", "P"], ["c", "B", "Q"], ["d", "D", ""]]);
        let citations = rows(&[
            ["a", "all", "1", "a#1"],
            ["b", "all", "1", "b#1"],
            ["c", "all", "1", "c#1"],
            ["a", "rare", "1", "a#2"],
            ["b", "rare", "1", "b#2"],
            ["a", "own", "1", "a#3"],
            ["d", "dd", "1", "d#1"],
            ["elsewhere", "rare", "1", "e#1"],
        ]);
        let topics = rows(&[["a", "topic", "3", "a#u"], ["c", "topic", "1", "c#u"]]);
        let topic_names = rows(&[["topic", "Topic"]]);
        let names =
            rows(&[["all", "All", "", ""], ["rare", "Rare", "", ""], ["own", "Own", "", "a"], ["dd", "DD", "", "d"]]);
        Profiles::new(
            &Rows { places: &places, citations: &citations, topics: &topics, topic_names: &topic_names },
            &Titles::new(&names),
        )
    }

    /// With N = 4, `all` (f = 3) weighs p = ln(1 + 4/3), `rare` (f = 2) q = ln 3, the unknown thing u = ln 5. a and b cite
    /// the same, so the cosine of what they cite is (p² + q²)/(p² + q² + u²), and b has no topics. c cites only `all`;
    /// the topic (f = 2) weighs (1 + ln 3)·q in a, which has it three times, and q in c.
    #[test]
    fn likeness_is_as_computed_by_hand() {
        let profiles = profiles();
        let (p, q, u) = ((7.0f64 / 3.0).ln(), 3.0f64.ln(), 5.0f64.ln());
        let both = p * p + q * q;
        let with_b = both / (both + u * u) / 2.0;
        let cited = p * p / ((both + u * u) * (p * p + u * u)).sqrt();
        let often = (1.0 + q) * q;
        let done = often * q / ((often * often + u * u) * (q * q + u * u)).sqrt();
        let found = profiles.nearest(0, 10);
        assert_eq!(found.iter().map(|(place, _)| *place).collect::<Vec<_>>(), [2, 1]);
        assert!((found[0].1 - f64::midpoint(cited, done)).abs() < 1e-12, "{found:?}");
        assert!((found[1].1 - with_b).abs() < 1e-12, "{found:?}");
        assert_eq!(profiles.nearest(3, 10), []);
    }

    #[test]
    fn what_is_shared_adds_up_to_the_likeness() {
        let profiles = profiles();
        let shared = profiles.shared(0, 1);
        let labels: Vec<&str> = shared.iter().map(|(mine, _, _)| profiles.things[mine.thing].label.as_str()).collect();
        assert_eq!(labels, ["All", "Rare"]);
        assert!(shared[1].2 > shared[0].2, "the rarer document says more");
        assert_eq!((shared[1].0.passage.as_str(), shared[1].1.passage.as_str()), ("a#2", "b#2"));
    }

    #[test]
    fn regions_of_one_name_are_told_apart() {
        let labels: Vec<String> = profiles().places.into_iter().map(|place| place.label).collect();
        assert_eq!(labels, ["A", "PB", "QB", "D"]);
    }

    #[test]
    fn the_network_joins_each_to_those_most_like_it() {
        let network = profiles().network();
        let edges: Vec<(usize, usize)> = network.edges().map(|(one, other, _)| (one, other)).collect();
        assert_eq!(edges, [(0, 1), (0, 2), (1, 2)]);
        assert!(network.nodes().all(|node| node.kind == NodeKind::Region));
    }

    /// The index proposes what a comparison of all with all would find.
    #[test]
    fn the_index_misses_nobody() {
        let mut citations = Vec::new();
        let names: Vec<String> = (0..300).map(|place| format!("p{place:03}")).collect();
        for (place, name) in names.iter().enumerate() {
            for thing in [place % 7, 10 + place % 11, 30 + place / 5, 100 + place * place % 97] {
                citations.push(vec![name.clone(), format!("t{thing:03}"), "1".to_owned(), String::new()]);
            }
        }
        let places: Vec<Vec<String>> =
            names.iter().map(|name| vec![name.clone(), name.clone(), String::new()]).collect();
        let rows = Rows { places: &places, citations: &citations, topics: &[], topic_names: &[] };
        let profiles = Profiles::new(&rows, &Titles::default());
        let index = profiles.index();
        let mut sums = vec![0.0; 300];
        for place in 0..300 {
            let found = profiles.best(place, profiles.candidates(place, &index, &mut sums), NEIGHBOURS);
            assert_eq!(found, profiles.nearest(place, NEIGHBOURS));
        }
    }
}
