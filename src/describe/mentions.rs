//! What stands where in the text? Citations, figures, mentions of bodies and findings, each part of the unit that holds it.

use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{Literal, NamedNode};

use crate::report::{Direction, Period};

use super::shared::Shared;
use super::{Place, Triples, doubt, literal, notation, part};
use crate::vocab::{Scheme, class, dcterms, property, push_segment};

pub(super) fn citations<'a>(place: &Place<'a>, shared: &mut Shared<'a>, out: &mut Triples) {
    for citation in &place.report.citations {
        out.about(&part(&place.report_iri, 'c', citation.span))
            .says(rdf::TYPE, class::CITATION)
            .says(dcterms::IS_PART_OF, place.holder(citation.span).clone())
            .says(property::CITES, shared.document(citation))
            .says(property::HOW, Scheme::How.concept(notation::how(citation.how)))
            .may_say(property::NUMBER, citation.number.as_deref().map(literal::plain))
            .says_each(property::ARTICLE, citation.articles.iter().map(|article| literal::zh(article)))
            .may_say(property::REVISION, citation.revision.map(literal::year))
            .may_say(property::DOUBT, doubt(&citation.basis))
            .says(property::QUOTE, literal::zh(&citation.quote))
            .says(property::START, literal::position(citation.span.start))
            .says(property::END, literal::position(citation.span.end));
    }
}

pub(super) fn figures(place: &Place<'_>, out: &mut Triples) {
    for figure in &place.report.figures {
        let day =
            |of: fn(&Period) -> Option<&String>| figure.period.as_ref().and_then(of).map(|day| literal::date(day));
        let changed = figure.change.as_ref().and_then(|change| place.report.figures.get(change.of?));
        let unit = Some(figure.unit.as_str()).filter(|unit| !unit.is_empty());
        out.about(&part(&place.report_iri, 'f', figure.span))
            .says(rdf::TYPE, class::FIGURE)
            .says(dcterms::IS_PART_OF, place.holder(figure.span).clone())
            .says(rdfs::LABEL, literal::zh(&figure.indicator))
            .may_say(property::INDICATOR, figure.concept.as_deref().map(|concept| Scheme::Indicator.concept(concept)))
            .says(property::VALUE, literal::number(figure.value))
            .may_say(property::UNIT, unit.map(literal::plain))
            .may_say(property::APPROXIMATE, figure.approx.then(|| Literal::from(true)))
            .may_say(property::PERIOD, figure.period.as_ref().map(|period| literal::zh(&period.words)))
            .may_say(property::PERIOD_FROM, day(|period| period.from.as_ref()))
            .may_say(property::PERIOD_TO, day(|period| period.to.as_ref()))
            .may_say(
                property::RISES,
                figure.change.as_ref().map(|change| Literal::from(change.direction == Direction::Rise)),
            )
            .may_say(property::CHANGE_OF, changed.map(|changed| part(&place.report_iri, 'f', changed.span)))
            .may_say(
                property::COMPARED_WITH,
                figure.change.as_ref().map(|change| literal::plain(notation::change_base(change.base))),
            )
            .may_say(property::DOUBT, doubt(&figure.basis))
            .says(property::QUOTE, literal::zh(&figure.quote))
            .says(property::START, literal::position(figure.span.start))
            .says(property::END, literal::position(figure.span.end));
    }
}

/// Mentions of bodies are the most numerous parts, so they say the least: their span is in their IRI.
pub(super) fn bodies<'a>(place: &Place<'a>, shared: &mut Shared<'a>, out: &mut Triples) {
    for mention in &place.report.bodies {
        out.about(&part(&place.report_iri, 'b', mention.span))
            .says(rdf::TYPE, class::BODY_MENTION)
            .says(dcterms::IS_PART_OF, place.holder(mention.span).clone())
            .says(property::REFERS_TO, shared.mentioned(mention))
            .may_say(property::DOUBT, doubt(&mention.basis));
    }
}

pub(super) fn findings(place: &Place<'_>, out: &mut Triples) {
    for finding in &place.report.findings {
        // Two rules may warn of one span.
        let mut iri = part(&place.report_iri, 'x', finding.span).into_string();
        iri.push('-');
        push_segment(&mut iri, &finding.kind);
        out.about(&NamedNode::new_unchecked(iri))
            .says(rdf::TYPE, class::FINDING)
            .says(dcterms::IS_PART_OF, place.holder(finding.span).clone())
            .says(property::RULE, Scheme::Rule.concept(&finding.kind))
            .says(rdfs::COMMENT, literal::zh(&finding.message))
            .may_say(property::DOUBT, doubt(&finding.basis))
            .says(property::START, literal::position(finding.span.start))
            .says(property::END, literal::position(finding.span.end));
    }
}
