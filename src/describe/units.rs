//! What was done, what is lacking, what is to be done? A unit with the short paths that people ask for.

use std::collections::BTreeSet;

use oxigraph::model::NamedNodeRef;
use oxigraph::model::vocab::{rdf, rdfs};

use super::shared::Shared;
use super::{Place, Triples, doubt, literal};
use crate::report::{Span, UnitKind};
use crate::vocab::{Scheme, class, dcterms, property};

pub(super) fn describe<'a>(place: &Place<'a>, shared: &mut Shared<'a>, out: &mut Triples) {
    let report = place.report;
    let offsets = Offsets::new(&report.text);
    for (unit, iri) in report.units.iter().zip(&place.units) {
        let also: BTreeSet<&String> = unit.also.iter().filter(|also| **also != unit.category).collect();
        let topics: BTreeSet<&String> = unit.topics.iter().collect();
        let cited = unit.citations.iter().filter_map(|index| report.citations.get(*index));
        let documents: Vec<_> = cited.map(|citation| shared.document(citation)).collect();
        let bodies: Vec<_> = unit.bodies.iter().map(|name| shared.body(name)).collect();
        let problems = unit.addresses.iter().filter_map(|index| place.units.get(*index).cloned());
        out.about(iri)
            .says(rdf::TYPE, class_of(unit.kind))
            .says(dcterms::IS_PART_OF, place.report_iri.clone())
            .says(rdfs::LABEL, literal::zh(&unit.name))
            .says(property::CATEGORY, Scheme::Category.concept(&unit.category))
            .says_each(property::ALSO_CATEGORY, also.into_iter().map(|also| Scheme::Category.concept(also)))
            .says_each(property::TOPIC, topics.into_iter().map(|topic| Scheme::Category.concept(topic)))
            .may_say(property::REGION, place.region.clone())
            .may_say(property::YEAR, report.metadata.year.map(literal::year))
            .says_each(property::RESPONSIBLE_BODY, bodies)
            .says_each(property::CITES, documents)
            .says_each(property::ADDRESSES, problems)
            .may_say(property::DOUBT, doubt(&unit.basis))
            .says(property::START, literal::position(unit.span.start))
            .says(property::END, literal::position(unit.span.end))
            .says(property::TEXT, literal::zh(offsets.slice(unit.span)));
    }
}

const fn class_of(kind: UnitKind) -> NamedNodeRef<'static> {
    match kind {
        UnitKind::Measure => class::MEASURE,
        UnitKind::Problem => class::PROBLEM,
        UnitKind::Plan => class::PLAN,
    }
}

/// Where the code points of a text stand in its bytes.
struct Offsets<'a> {
    text: &'a str,
    bytes: Vec<usize>,
}

impl<'a> Offsets<'a> {
    fn new(text: &'a str) -> Self {
        let bytes = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
        Self { text, bytes }
    }

    /// The characters of a span; of one that leaves the text, those that are in it.
    fn slice(&self, span: Span) -> &'a str {
        let byte = |point: usize| self.bytes.get(point).copied().unwrap_or(self.text.len());
        self.text.get(byte(span.start)..byte(span.end)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]

    use super::*;

    #[test]
    fn a_slice_counts_code_points_and_stays_in_the_text() {
        let offsets = Offsets::new("县a司法局");
        assert_eq!(offsets.slice(Span { start: 1, end: 3 }), "a司");
        assert_eq!(offsets.slice(Span { start: 3, end: 99 }), "法局");
        assert_eq!(offsets.slice(Span { start: 4, end: 2 }), "");
        assert_eq!(offsets.slice(Span { start: 99, end: 100 }), "");
    }
}
