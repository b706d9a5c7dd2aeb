//! How is a report said in RDF? [`Report`] to triples, and the registries and the ontology beside it.
//!
//! `ontology/README.md` tells the graph's shape and why it has it. Only this stage makes IRIs and uses the vocabulary. It
//! reads no text, it makes no blank nodes, and one input gives the same triples in the same order everywhere.

mod base;
mod dataset;
mod literal;
mod mentions;
mod notation;
mod ontology;
mod registry;
mod shared;
mod units;

use std::collections::HashSet;

use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, NamedNodeRef, Quad, Term, Triple};

use crate::report::{Basis, Report, Span};
use crate::vocab::{Scheme, class, dcterms, property, prov};

pub use base::{Base, BaseError};
pub use dataset::{Dataset, Distribution, Members, Use, Words, dataset};
pub use ontology::{OntologyError, ontology};
pub use registry::{DocumentRow, RegionRow, documents, regions};

use shared::Shared;

/// The IRI of a report, which is also the name of its graph where it has one.
#[must_use]
pub fn report_iri(report: &Report, base: &Base) -> NamedNode {
    base.mint("report", &[&report.id])
}

/// Everything that a report says, each triple once: the report, its parts in the order of the text, then what it shares with
/// other reports (documents, bodies, its region).
#[must_use]
pub fn triples(report: &Report, base: &Base) -> Vec<Triple> {
    let place = Place::new(report, base);
    let mut triples = Triples::default();
    let mut shared = Shared::new(report, base);
    describe_report(&place, &mut shared, &mut triples);
    units::describe(&place, &mut shared, &mut triples);
    mentions::citations(&place, &mut shared, &mut triples);
    mentions::figures(&place, &mut triples);
    mentions::bodies(&place, &mut shared, &mut triples);
    mentions::findings(&place, &mut triples);
    shared.describe(&mut triples);
    triples.once()
}

/// [`triples`] in the report's own graph.
pub fn quads(report: &Report, base: &Base) -> impl Iterator<Item = Quad> {
    let graph = report_iri(report, base);
    triples(report, base).into_iter().map(move |triple| triple.in_graph(graph.clone()))
}

fn describe_report<'a>(place: &Place<'a>, shared: &mut Shared<'a>, out: &mut Triples) {
    let (report, metadata) = (place.report, &place.report.metadata);
    let region = metadata.region.as_ref();
    let title = metadata.title.as_deref();
    let label = title.map_or_else(
        || match (region, metadata.year) {
            (Some(region), Some(year)) if !region.name.is_empty() => format!("{} {year}", region.name),
            _ => report.id.clone(),
        },
        str::to_owned,
    );
    out.about(&place.report_iri)
        .says(rdf::TYPE, class::REPORT)
        .says(rdfs::LABEL, literal::zh(&label))
        .may_say(dcterms::TITLE, title.map(literal::zh))
        .may_say(property::REGION, place.region.clone())
        .may_say(property::YEAR, metadata.year.map(literal::year))
        .may_say(property::LEVEL, region.map(|region| Scheme::Level.concept(notation::level(region.level))))
        .may_say(dcterms::PUBLISHER, metadata.issuer.as_deref().map(|name| shared.body(name)))
        .may_say(property::ADDRESSEE, metadata.addressee.as_deref().map(literal::zh))
        .may_say(dcterms::ISSUED, metadata.published.as_deref().map(literal::date))
        .may_say(dcterms::DATE, metadata.dated.as_deref().map(literal::date))
        .may_say(dcterms::IDENTIFIER, metadata.index_number.as_deref().map(literal::plain))
        .may_say(dcterms::SOURCE, report.source.url.as_deref().map(literal::address))
        .may_say(property::DOUBT, region.and_then(|region| doubt(&region.basis)))
        .says(property::TEXT, literal::zh(&report.text))
        .says(prov::WAS_GENERATED_BY, shared.extractor());
}

/// Why a careful reader would doubt a fact.
fn doubt(basis: &Basis) -> Option<NamedNode> {
    basis.doubt.as_deref().map(|reason| Scheme::Doubt.concept(reason))
}

/// A report with the IRIs that its parts refer to.
struct Place<'a> {
    report: &'a Report,
    report_iri: NamedNode,
    region: Option<NamedNode>,
    units: Vec<NamedNode>,
    /// Spans of the units with their indexes, in order.
    spans: Vec<(Span, usize)>,
}

impl<'a> Place<'a> {
    fn new(report: &'a Report, base: &Base) -> Self {
        let report_iri = report_iri(report, base);
        let named = report.metadata.region.as_ref().filter(|region| !region.name.is_empty());
        let region = named.map(|region| base.region_of(region));
        let units = report.units.iter().map(|unit| part(&report_iri, 'u', unit.span)).collect();
        let mut spans: Vec<_> = report.units.iter().enumerate().map(|(index, unit)| (unit.span, index)).collect();
        spans.sort_unstable();
        Self { report, report_iri, region, units, spans }
    }

    /// What a part of the report with this span belongs to: the unit that holds it, else the report.
    fn holder(&self, span: Span) -> &NamedNode {
        let after = self.spans.partition_point(|(unit, _)| unit.start <= span.start);
        match self.spans[..after].last() {
            Some((unit, index)) if unit.contains(&span) => &self.units[*index],
            _ => &self.report_iri,
        }
    }
}

/// The IRI of a part of a report: a letter for what it is, and its span.
fn part(report: &NamedNode, letter: char, span: Span) -> NamedNode {
    NamedNode::new_unchecked(format!("{}#{letter}{}-{}", report.as_str(), span.start, span.end))
}

/// Triples as they are made.
#[derive(Default)]
struct Triples(Vec<Triple>);

impl Triples {
    /// Begins to say something about `subject`.
    fn about<'a>(&'a mut self, subject: &'a NamedNode) -> About<'a> {
        About { subject, out: &mut self.0 }
    }

    /// The triples without those that were said before.
    fn once(self) -> Vec<Triple> {
        let mut seen = HashSet::with_capacity(self.0.len());
        let first: Vec<bool> = self.0.iter().map(|triple| seen.insert(triple)).collect();
        self.0.into_iter().zip(first).filter_map(|(triple, first)| first.then_some(triple)).collect()
    }
}

/// A subject that something is said about.
struct About<'a> {
    subject: &'a NamedNode,
    out: &'a mut Vec<Triple>,
}

impl About<'_> {
    fn says(self, predicate: NamedNodeRef<'_>, object: impl Into<Term>) -> Self {
        self.out.push(Triple::new(self.subject.clone(), predicate, object));
        self
    }

    fn may_say(self, predicate: NamedNodeRef<'_>, object: Option<impl Into<Term>>) -> Self {
        match object {
            Some(object) => self.says(predicate, object),
            None => self,
        }
    }

    fn says_each<T: Into<Term>>(self, predicate: NamedNodeRef<'_>, objects: impl IntoIterator<Item = T>) -> Self {
        objects.into_iter().fold(self, |about, object| about.says(predicate, object))
    }
}
