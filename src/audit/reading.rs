//! How is a pair of passages told? With the report of each, its units and its place, and side by side.

use super::mask::Masked;
use super::pair::{Order, Pair, Relation, Side, Sign};
use super::passage::Shared;
use super::reports::Report;
use super::segment::{self, segments};
use crate::lexicon::Lexicon;
use crate::text::Text;
use std::ops::Range;

/// Characters of a passage that name it where it touches no unit.
const NAME: usize = 20;

/// A report with its text folded and masked.
pub(super) struct Reading<'a> {
    pub(super) report: &'a Report,
    pub(super) text: Text<'a>,
    pub(super) masked: Masked,
}

impl<'a> Reading<'a> {
    pub(super) fn new(report: &'a Report, lexicon: &Lexicon) -> Self {
        let text = Text::new(&report.text);
        let masked = Masked::of(&text, lexicon);
        Self { report, text, masked }
    }

    fn side(&self, range: &Range<usize>) -> Side {
        let span = self.masked.span(range);
        let text = self.text.slice(span).to_owned();
        let units: Vec<_> = self.report.units_at(span).collect();
        Side {
            report: self.report.iri.clone(),
            unit: units.first().map(|unit| unit.iri.clone()).unwrap_or_default(),
            units: units.iter().map(|unit| unit.iri.clone()).collect(),
            place: self.report.place.clone(),
            region: self.report.region.clone(),
            year: self.report.year.clone(),
            published: self.report.published.clone(),
            name: units.first().map_or_else(|| text.chars().take(NAME).collect(), |unit| unit.name.clone()),
            start: span.start,
            end: span.end,
            text,
        }
    }
}

/// How two reports hang together.
#[derive(Clone, Copy)]
pub(super) struct Bond {
    pub(super) sign: Sign,
    pub(super) relation: Relation,
    pub(super) order: Order,
}

/// The pair that the passages of two reports make.
pub(super) fn pair(bond: Bond, shared: &Shared, earlier: &Reading, later: &Reading, lexicon: &Lexicon) -> Pair {
    let of_earlier = segment::Side { text: &earlier.text, masked: &earlier.masked };
    let of_later = segment::Side { text: &later.text, masked: &later.masked };
    let stretches = shared.stretches.iter().map(|stretch| {
        let left = earlier.masked.inner_span(&(stretch.left..stretch.left + stretch.length));
        (left, later.masked.inner_span(&(stretch.right..stretch.right + stretch.length)))
    });
    Pair {
        sign: bond.sign,
        relation: bond.relation,
        order: bond.order,
        similarity: shared.similarity,
        earlier: earlier.side(&shared.left),
        later: later.side(&shared.right),
        shared: stretches.collect(),
        segments: segments(shared, of_earlier, of_later, lexicon),
        left_names: Vec::new(),
    }
}
