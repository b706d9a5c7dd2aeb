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

    /// The same of what stands in its units: as [`super::Collection`] compares it.
    pub(super) fn of_units(report: &'a Report, lexicon: &Lexicon) -> Self {
        let text = Text::new(&report.text);
        let masked = Masked::within(&text, &report.parts, lexicon);
        Self { report, text, masked }
    }

    fn side(&self, range: &Range<usize>) -> Side {
        let span = segment::Side { text: &self.text, masked: &self.masked }.whole(range);
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

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;
    use crate::audit::align::stretches;
    use crate::audit::pair::SegmentKind;
    use crate::report::Span;

    /// The segments of two texts that are passages as a whole: what kind, and the words of both.
    fn side_by_side(earlier: &str, later: &str) -> Vec<(SegmentKind, String, String)> {
        let lexicon = Lexicon::shared().unwrap();
        let report = |text: &str| Report { text: text.to_owned(), ..Report::default() };
        let (earlier, later) = (report(earlier), report(later));
        let (earlier, later) = (Reading::new(&earlier, lexicon), Reading::new(&later, lexicon));
        let shared = Shared {
            left: 0..earlier.masked.characters.len(),
            right: 0..later.masked.characters.len(),
            stretches: stretches(&earlier.masked.characters, &later.masked.characters),
            similarity: 1.0,
            weight: 0.0,
        };
        let bond = Bond { sign: Sign::CopiedPassage, relation: Relation::Unrelated, order: Order::Unknown };
        let pair = pair(bond, &shared, &earlier, &later, lexicon);
        let words = |reading: &Reading, span: Option<Span>| {
            span.map(|span| reading.text.slice(span).to_owned()).unwrap_or_default()
        };
        let told = pair
            .segments
            .iter()
            .map(|segment| (segment.kind, words(&earlier, segment.earlier), words(&later, segment.later)));
        told.collect()
    }

    fn told(kind: SegmentKind, earlier: &str, later: &str) -> (SegmentKind, String, String) {
        (kind, earlier.to_owned(), later.to_owned())
    }

    #[test]
    fn names_and_numbers_stand_for_each_other() {
        let found =
            side_by_side("武山县办理案件12件,组织村居法律明白人轮训。", "永城市办理案件15件，组织村居法律明白人轮训。");
        assert_eq!(
            found,
            [
                told(SegmentKind::Name, "武山县", "永城市"),
                told(SegmentKind::Shared, "办理案件", "办理案件"),
                told(SegmentKind::Number, "12", "15"),
                told(SegmentKind::Shared, "件,组织村居法律明白人轮训", "件，组织村居法律明白人轮训"),
            ]
        );
    }

    #[test]
    fn other_words_stand_for_each_other_and_what_only_one_has_is_its_own() {
        let found =
            side_by_side("组织村居法律明白人轮训,颁发聘任证书。", "组织村居法律明白人集训,共颁发聘任证书,效果良好。");
        assert_eq!(
            found,
            [
                told(SegmentKind::Shared, "组织村居法律明白人", "组织村居法律明白人"),
                told(SegmentKind::Words, "轮训", "集训,共"),
                told(SegmentKind::Shared, "颁发聘任证书", "颁发聘任证书"),
                told(SegmentKind::Own, "", ",效果良好"),
            ]
        );
    }

    #[test]
    fn moved_clauses_are_shared_where_they_stand() {
        let found = side_by_side(
            "组织村居法律明白人轮训,张贴办事流程图解海报。",
            "张贴办事流程图解海报,组织村居法律明白人轮训。",
        );
        let kinds: Vec<SegmentKind> = found.iter().map(|(kind, ..)| *kind).collect();
        assert_eq!(kinds, [SegmentKind::Shared; 2], "{found:?}");
        assert!(found.iter().all(|(_, earlier, later)| earlier == later), "{found:?}");
    }
}
