//! What does a report say, as its page needs it? Its own statements, and its facts by where they stand.

use std::collections::BTreeMap;

use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};

use crate::report::Span;
use crate::vocab::{class, property};

/// What kind of fact it is. The order is that of layers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Measure,
    Problem,
    Plan,
    Citation,
    Body,
    Figure,
    Finding,
}

impl Kind {
    const ALL: [(Self, NamedNodeRef<'static>); 7] = [
        (Self::Measure, class::MEASURE),
        (Self::Problem, class::PROBLEM),
        (Self::Plan, class::PLAN),
        (Self::Citation, class::CITATION),
        (Self::Body, class::BODY_MENTION),
        (Self::Figure, class::FIGURE),
        (Self::Finding, class::FINDING),
    ];

    /// The kind of a class; `None` of classes that are no facts of a report.
    pub(super) fn of_class(iri: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, class)| class.as_str() == iri).map(|(kind, _)| *kind)
    }

    pub(super) const fn is_unit(self) -> bool {
        matches!(self, Self::Measure | Self::Problem | Self::Plan)
    }

    /// Its name in style and script.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Measure => "measure",
            Self::Problem => "problem-unit",
            Self::Plan => "plan",
            Self::Citation => "citation",
            Self::Body => "body",
            Self::Figure => "figure",
            Self::Finding => "finding",
        }
    }

    /// The property that leads to what a fact means.
    const fn leading(self) -> Option<NamedNodeRef<'static>> {
        match self {
            Self::Citation => Some(property::CITES),
            Self::Body => Some(property::REFERS_TO),
            Self::Figure => Some(property::INDICATOR),
            Self::Finding => Some(property::RULE),
            Self::Measure | Self::Problem | Self::Plan => None,
        }
    }
}

/// A fact of a report.
#[derive(Debug, Clone)]
pub(super) struct Fact {
    pub(super) iri: String,
    /// What stands behind the sharp of its IRI: `c939-944`.
    pub(super) place: String,
    pub(super) kind: Kind,
    pub(super) span: Span,
    /// What is said of it.
    pub(super) said: Vec<(NamedNode, Term)>,
}

impl Fact {
    /// The first value of a property, as text.
    pub(super) fn value(&self, property: NamedNodeRef<'_>) -> Option<&str> {
        first(&self.said, property)
    }

    pub(super) fn values(&self, property: NamedNodeRef<'_>) -> impl Iterator<Item = &str> {
        self.said.iter().filter(move |(known, _)| known.as_ref() == property).map(|(_, value)| text(value))
    }

    /// What it means: a document, a body, an indicator, a rule.
    pub(super) fn meant(&self) -> Option<&str> {
        self.value(self.kind.leading()?)
    }
}

/// What a report says.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// Statements about the report itself.
    pub(super) about: Vec<(NamedNode, Term)>,
    /// Its text.
    pub(super) text: String,
    /// Its units, in the order of the text.
    pub(super) units: Vec<Fact>,
    /// Its citations, mentions of bodies and figures, in the order of the text.
    pub(super) mentions: Vec<Fact>,
    /// The findings within it, in the order of the text.
    pub(super) findings: Vec<Fact>,
    /// What things are called that the report speaks of.
    labels: BTreeMap<String, String>,
}

impl Content {
    /// From the statements of the report with this IRI, in any order.
    pub(super) fn new(report: &str, quads: Vec<Quad>) -> Self {
        let mut content = Self::default();
        let mut facts: BTreeMap<String, Vec<(NamedNode, Term)>> = BTreeMap::new();
        for Quad { subject, predicate, object, .. } in quads {
            let NamedOrBlankNode::NamedNode(subject) = subject else { continue };
            let subject = subject.into_string();
            if subject == report {
                content.about.push((predicate, object));
            } else if subject.strip_prefix(report).is_some_and(|rest| rest.starts_with('#')) {
                facts.entry(subject).or_default().push((predicate, object));
            } else if predicate.as_ref() == rdfs::LABEL {
                content.labels.insert(subject, text(&object).to_owned());
            }
        }
        content.text = first(&content.about, property::TEXT).unwrap_or_default().to_owned();
        for fact in facts.into_iter().filter_map(|(iri, said)| fact(iri, said)) {
            match fact.kind {
                kind if kind.is_unit() => content.units.push(fact),
                Kind::Finding => content.findings.push(fact),
                _ => content.mentions.push(fact),
            }
        }
        for facts in [&mut content.units, &mut content.mentions, &mut content.findings] {
            facts.sort_by(|a, b| (a.span, &a.place).cmp(&(b.span, &b.place)));
        }
        content
    }

    /// The first value of a property of the report.
    pub(super) fn value(&self, property: NamedNodeRef<'_>) -> Option<&str> {
        first(&self.about, property)
    }

    /// What a thing is called in the report's own statements.
    pub(super) fn label(&self, iri: &str) -> Option<&str> {
        self.labels.get(iri).map(String::as_str)
    }

    /// The fact at this place, written as in its IRI.
    pub(super) fn fact(&self, place: &str) -> Option<&Fact> {
        self.facts().find(|fact| fact.place == place)
    }

    /// Every fact.
    pub(super) fn facts(&self) -> impl Iterator<Item = &Fact> {
        self.units.iter().chain(&self.mentions).chain(&self.findings)
    }
}

fn fact(iri: String, said: Vec<(NamedNode, Term)>) -> Option<Fact> {
    let kinds = said.iter().filter(|(property, _)| property.as_ref() == rdf::TYPE);
    let kind = kinds.filter_map(|(_, class)| Kind::of_class(text(class))).min()?;
    let place = iri.rsplit_once('#')?.1.to_owned();
    let told = |property| first(&said, property).and_then(|value| value.parse().ok());
    let span = match (told(property::START), told(property::END)) {
        (Some(start), Some(end)) => Span { start, end },
        _ => span(&place)?,
    };
    Some(Fact { iri, place, kind, span, said })
}

/// The span that stands in the IRI of a fact: `b120-125`, or `x5-9-rule` of a finding.
pub(super) fn span(place: &str) -> Option<Span> {
    let mut numbers = place.get(1..)?.splitn(3, '-');
    let (start, end) = (numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?);
    (start <= end).then_some(Span { start, end })
}

fn first<'a>(said: &'a [(NamedNode, Term)], property: NamedNodeRef<'_>) -> Option<&'a str> {
    said.iter().find(|(known, _)| known.as_ref() == property).map(|(_, value)| text(value))
}

/// The characters of a literal, or an IRI.
pub(super) fn text(term: &Term) -> &str {
    match term {
        Term::NamedNode(node) => node.as_str(),
        Term::BlankNode(node) => node.as_str(),
        Term::Literal(literal) => literal.value(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_tells_its_span() {
        assert_eq!(span("b120-125"), Some(Span { start: 120, end: 125 }));
        assert_eq!(span("x5-9-sum_mismatch"), Some(Span { start: 5, end: 9 }));
        for wrong in ["", "b", "b9-5", "b-1-2", "bx-y", "\u{6cd5}1-2", "\u{6cd5}"] {
            assert_eq!(span(wrong), None, "{wrong}");
        }
    }
}
