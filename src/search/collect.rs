//! Which things come first, and how many are there of each kind, year, province and field? Told in one pass over what fits.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use super::kind::Kind;
use super::schema::column;

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

pub(super) struct InSegment {
    sieve: Sieve,
    segment: SegmentOrdinal,
    kind: Column<u64>,
    year: Column<u64>,
    province: Column<u64>,
    field: Column<u64>,
    weight: Column<u64>,
    order: Column<u64>,
    collected: Collected,
}

impl SegmentCollector for InSegment {
    type Fruit = Collected;

    fn collect(&mut self, doc: DocId, score: Score) {
        let year = self.year.first(doc);
        let fits_field = |field: u64| self.field.values_for_doc(doc).any(|found| found == field);
        if self.sieve.year.is_some_and(|wanted| year != Some(wanted)) || self.sieve.field.is_some_and(|field| !fits_field(field)) {
            return;
        }
        let kind = self.kind.first(doc).unwrap_or_default();
        *self.collected.kinds.entry(kind).or_default() += 1;
        if !self.sieve.kinds.is_empty() && !self.sieve.kinds.contains(&kind) {
            return;
        }
        if let Some(year) = year {
            *self.collected.years.entry(year).or_default() += 1;
        }
        let province = self.province.first(doc).unwrap_or_default();
        if province > 0 {
            *self.collected.provinces.entry(province).or_default() += 1;
        }
        for field in self.field.values_for_doc(doc) {
            *self.collected.fields.entry(field).or_default() += 1;
        }
        // What many reports speak of is what most people mean.
        #[expect(clippy::cast_precision_loss, reason = "a logarithm needs no exact count")]
        let fame = 1.0 + (1.0 + self.weight.first(doc).unwrap_or_default() as Score).ln() / 4.0;
        let order = self.order.first(doc).unwrap_or_default();
        let found = Found { score: score * fame, order, address: DocAddress::new(self.segment, doc) };
        self.collected.keep(kind, found, self.sieve.most);
    }

    fn harvest(self) -> Collected {
        self.collected
    }
}

impl Collector for Sieve {
    type Fruit = Collected;
    type Child = InSegment;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<InSegment> {
        let columns = reader.fast_fields();
        Ok(InSegment {
            sieve: self.clone(),
            segment,
            kind: columns.u64(column::KIND)?,
            year: columns.u64(column::YEAR)?,
            province: columns.u64(column::PROVINCE)?,
            field: columns.u64(column::FIELD)?,
            weight: columns.u64(column::WEIGHT)?,
            order: columns.u64(column::ORDER)?,
            collected: Collected::default(),
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, fruits: Vec<Collected>) -> tantivy::Result<Collected> {
        let mut all = Collected::default();
        for fruit in fruits {
            for (into, from) in [
                (&mut all.kinds, fruit.kinds),
                (&mut all.years, fruit.years),
                (&mut all.provinces, fruit.provinces),
                (&mut all.fields, fruit.fields),
            ] {
                for (number, count) in from {
                    *into.entry(number).or_default() += count;
                }
            }
            for (kind, best) in fruit.best {
                for found in best {
                    all.keep(kind, found, self.most);
                }
            }
        }
        Ok(all)
    }
}

impl Sieve {
    /// The numbers of these kinds.
    pub(super) fn numbers(kinds: &[Kind]) -> Vec<u64> {
        kinds.iter().map(|kind| kind.number()).collect()
    }
}
