//! What should the reader of a report be warned of? The findings within it, and those that came of laying it beside others.

use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use serde::Serialize;

use super::content::{Content, text};
use super::evidence::labels;
use super::text::Link;
use crate::audit;
use crate::describe::Base;
use crate::lexicon::RuleSentence;
use crate::report::Span;
use crate::serve::explorer::{concepts, link};
use crate::serve::problem::Problem;
use crate::serve::state::State;
use crate::store::Derived;
use crate::vocab::property;

/// Findings between reports that a page lists at most.
const MOST: usize = 60;

/// The findings about a report.
#[derive(Serialize, Default)]
pub(super) struct Findings {
    list: Vec<Finding>,
    /// How many there are between reports; the list has the first of them.
    between: usize,
    /// `missing` or `outdated` where the reports were not laid beside each other as they are now.
    audit: &'static str,
}

/// A finding in a line.
#[derive(Serialize)]
struct Finding {
    rule: RuleSentence,
    message: String,
    /// The page of the finding.
    href: String,
    /// Where it stands in this report; empty where it is about the report as a whole.
    passage: String,
    doubted: bool,
    /// The report on the other side.
    other: Option<Link>,
    /// Both reports side by side.
    compare: String,
    #[serde(skip)]
    start: Option<usize>,
}

/// Whether the findings between reports are those of the reports that the store has: `missing`, `outdated` or nothing.
pub(in crate::serve::explorer) fn audited(state: &State) -> Result<&'static str, Problem> {
    let base = Base::new(state.store.base())?;
    Ok(match audit::state(&state.store, &base)? {
        Derived::Missing => "missing",
        Derived::Outdated => "outdated",
        Derived::Current => "",
    })
}

pub(super) fn of(state: &State, report: NamedNodeRef<'_>, content: &Content) -> Result<Findings, Problem> {
    let mut list = Vec::new();
    for fact in &content.findings {
        let finding = NamedNode::new_unchecked(&fact.iri);
        list.push(told(state, report, &finding, &fact.said, Some(fact.span))?);
    }
    let mut between: Vec<NamedNode> = Vec::new();
    for part in std::iter::once(report.as_str()).chain(content.units.iter().map(|unit| unit.iri.as_str())) {
        let part = NamedNodeRef::new_unchecked(part);
        between.extend(state.store.leading_to(property::CONCERNS, part)?);
    }
    let count = between.len();
    for finding in between.into_iter().take(MOST) {
        let said = state.store.about(finding.as_ref())?;
        let number = |property: NamedNodeRef<'_>| {
            said.iter().find(|(known, _)| known.as_ref() == property).and_then(|(_, value)| text(value).parse().ok())
        };
        let span = number(property::START).zip(number(property::END)).map(|(start, end)| Span { start, end });
        list.push(told(state, report, &finding, &said, span)?);
    }
    list.sort_by(|a, b| (a.start, &a.rule.zh, &a.href).cmp(&(b.start, &b.rule.zh, &b.href)));
    Ok(Findings { list, between: count, audit: audited(state)? })
}

fn told(
    state: &State,
    report: NamedNodeRef<'_>,
    finding: &NamedNode,
    said: &[(NamedNode, Term)],
    span: Option<Span>,
) -> Result<Finding, Problem> {
    let base = state.store.base();
    let value = |property: NamedNodeRef<'_>| {
        said.iter().find(|(known, _)| known.as_ref() == property).map(|(_, value)| text(value))
    };
    let here = link::to(base, report.as_str());
    let passage = span.map(|span| {
        let (start, end) = (span.start.to_string(), span.end.to_string());
        link::with_parameters(&here, [("from", start.as_str()), ("to", end.as_str())]) + "#passage"
    });
    let other = value(property::OTHER_PASSAGE).map(|other| other.split_once('#').map_or(other, |(report, _)| report));
    let named = |iri: &str| -> Result<Link, Problem> {
        let label = labels(state, NamedNodeRef::new_unchecked(iri))?.map(|label| label.zh);
        Ok(Link { text: label.unwrap_or_else(|| link::local(iri).to_owned()), href: link::to(base, iri) })
    };
    let compare = other.map(|other| {
        link::with_parameters("/compare", [("a", link::local(other)), ("b", link::local(report.as_str()))])
    });
    Ok(Finding {
        rule: value(property::RULE).and_then(concepts::name).cloned().unwrap_or_default(),
        message: value(oxigraph::model::vocab::rdfs::COMMENT).unwrap_or_default().to_owned(),
        href: link::with_parameters("/finding", [("iri", finding.as_str())]),
        passage: passage.unwrap_or_default(),
        doubted: value(property::DOUBT).is_some(),
        other: other.map(named).transpose()?,
        compare: compare.unwrap_or_default(),
        start: span.map(|span| span.start),
    })
}
