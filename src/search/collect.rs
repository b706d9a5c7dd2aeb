//! Which things come first, and how many are there of each kind, year, province and field? Told in one pass over what fits.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

use tantivy::columnar::Column;
use tantivy::query::{EnableScoring, Query, Weight};
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentReader};

use super::kind::Kind;
use super::schema::column;

/// One way in which a thing may have a word of the query.
pub(super) struct Way {
    pub(super) query: Box<dyn Query>,
    /// How much it weighs; nothing where it only says where or when the thing is.
    pub(super) worth: Score,
}

/// What a thing must have to be found.
///
/// Words, fields and filters are put together here, on plain arrays, and not by the library's queries of queries, whose unions within
/// intersections have lost and invented things in more than one release (tantivy issues 3086 and 3103).
pub(super) struct Sought {
    /// For each word the ways to have it; the best counts.
    pub(super) words: Vec<Vec<Way>>,
    /// How many of the words it must have; at least one of them in a way that has a worth.
    pub(super) least: usize,
    /// Adds its worth to things that have it, and asks for nothing.
    pub(super) bonus: Option<Way>,
    /// What it must have, too.
    pub(super) within: Option<Box<dyn Query>>,
}

/// What is looked for beside the words.
#[derive(Debug, Clone, Default)]
pub(super) struct Sieve {
    /// Kinds as numbers; any where there is none.
    pub(super) kinds: Vec<u64>,
    pub(super) year: Option<u64>,
    pub(super) field: Option<u64>,
    /// How many of each kind are kept.
    pub(super) most: usize,
}

/// A thing that fits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    score: Score,
    order: u64,
    pub(super) address: DocAddress,
}

impl Ord for Found {
    /// The better, then the earlier one, is the smaller, so that a heap gives up the worst first.
    fn cmp(&self, other: &Self) -> Ordering {
        other.score.total_cmp(&self.score).then(self.order.cmp(&other.order))
    }
}

impl PartialOrd for Found {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Found {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Found {}

/// What was collected. Kinds are counted whatever kinds are wanted; the rest is of the kinds that are.
#[derive(Debug, Clone, Default)]
pub(super) struct Collected {
    pub(super) kinds: BTreeMap<u64, usize>,
    pub(super) years: BTreeMap<u64, usize>,
    pub(super) provinces: BTreeMap<u64, usize>,
    pub(super) fields: BTreeMap<u64, usize>,
    /// The best of each kind.
    pub(super) best: BTreeMap<u64, BinaryHeap<Found>>,
}

impl Collected {
    fn keep(&mut self, kind: u64, found: Found, most: usize) {
        let best = self.best.entry(kind).or_default();
        best.push(found);
        if best.len() > most {
            best.pop();
        }
    }
}

struct Columns<'a> {
    sieve: &'a Sieve,
    kind: Column<u64>,
    year: Column<u64>,
    province: Column<u64>,
    field: Column<u64>,
    weight: Column<u64>,
    order: Column<u64>,
}

impl<'a> Columns<'a> {
    fn new(sieve: &'a Sieve, segment: &SegmentReader) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        Ok(Self {
            sieve,
            kind: columns.u64(column::KIND)?,
            year: columns.u64(column::YEAR)?,
            province: columns.u64(column::PROVINCE)?,
            field: columns.u64(column::FIELD)?,
            weight: columns.u64(column::WEIGHT)?,
            order: columns.u64(column::ORDER)?,
        })
    }

    fn collect(&self, address: DocAddress, score: Score, collected: &mut Collected) {
        let doc = address.doc_id;
        let year = self.year.first(doc);
        let fits_field = |field: u64| self.field.values_for_doc(doc).any(|found| found == field);
        if self.sieve.year.is_some_and(|wanted| year != Some(wanted))
            || self.sieve.field.is_some_and(|field| !fits_field(field))
        {
            return;
        }
        let kind = self.kind.first(doc).unwrap_or_default();
        *collected.kinds.entry(kind).or_default() += 1;
        if !self.sieve.kinds.is_empty() && !self.sieve.kinds.contains(&kind) {
            return;
        }
        if let Some(year) = year {
            *collected.years.entry(year).or_default() += 1;
        }
        let province = self.province.first(doc).unwrap_or_default();
        if province > 0 {
            *collected.provinces.entry(province).or_default() += 1;
        }
        for field in self.field.values_for_doc(doc) {
            *collected.fields.entry(field).or_default() += 1;
        }
        // What many reports speak of is what most people mean.
        #[expect(clippy::cast_precision_loss, reason = "a logarithm needs no exact count")]
        let fame = 1.0 + (1.0 + self.weight.first(doc).unwrap_or_default() as Score).ln() / 4.0;
        let order = self.order.first(doc).unwrap_or_default();
        collected.keep(kind, Found { score: score * fame, order, address }, self.sieve.most);
    }
}

/// What a thing has of the query so far.
#[derive(Debug, Clone, Copy, Default)]
struct Has {
    score: Score,
    /// The best way of having the word at hand; less than nothing where there is none.
    best: Score,
    words: usize,
    /// Whether it has a word in a way that has a worth.
    own: bool,
    within: bool,
}

/// The things that are sought, counted, and the best of each kind.
pub(super) fn collect(searcher: &Searcher, sought: &Sought, sieve: &Sieve) -> tantivy::Result<Collected> {
    let scored = |query: &dyn Query| query.weight(EnableScoring::enabled_from_searcher(searcher));
    let mut words: Vec<Vec<(Box<dyn Weight>, Score)>> = Vec::new();
    for ways in &sought.words {
        let ways = ways.iter().map(|way| Ok((scored(way.query.as_ref())?, way.worth)));
        words.push(ways.collect::<tantivy::Result<_>>()?);
    }
    let bonus =
        sought.bonus.as_ref().map(|way| Ok::<_, tantivy::TantivyError>((scored(way.query.as_ref())?, way.worth)));
    let bonus = bonus.transpose()?;
    let within = sought.within.as_ref().map(|query| scored(query.as_ref())).transpose()?;
    let mut collected = Collected::default();
    for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
        let mut things =
            vec![Has { best: -1.0, within: within.is_none(), ..Has::default() }; segment.max_doc() as usize];
        if let Some(within) = &within {
            within.for_each(segment, &mut |doc, _| things[doc as usize].within = true)?;
        }
        for ways in &words {
            count(segment, ways, &mut things)?;
        }
        if let Some((bonus, worth)) = &bonus {
            bonus.for_each(segment, &mut |doc, _| things[doc as usize].score += worth)?;
        }
        let columns = Columns::new(sieve, segment)?;
        for (doc, has) in (0..).zip(&things) {
            if has.words >= sought.least && has.own && has.within {
                columns.collect(DocAddress::new(ordinal, doc), has.score, &mut collected);
            }
        }
    }
    Ok(collected)
}

/// Counts one word for the things that have it.
fn count(segment: &SegmentReader, ways: &[(Box<dyn Weight>, Score)], things: &mut [Has]) -> tantivy::Result<()> {
    let mut touched: Vec<DocId> = Vec::new();
    for (weight, worth) in ways {
        weight.for_each(segment, &mut |doc, score| {
            let has = &mut things[doc as usize];
            if has.best < 0.0 {
                touched.push(doc);
            }
            has.best = has.best.max(score * worth);
            has.own |= *worth > 0.0;
        })?;
    }
    for doc in touched {
        let has = &mut things[doc as usize];
        has.score += has.best;
        has.words += 1;
        has.best = -1.0;
    }
    Ok(())
}

impl Sieve {
    /// The numbers of these kinds.
    pub(super) fn numbers(kinds: &[Kind]) -> Vec<u64> {
        kinds.iter().map(|kind| kind.number()).collect()
    }
}
