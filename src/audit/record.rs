//! What do the rules find in a store, and how is it kept? Worked out over all reports, recorded as a source of its own,
//! and read back while it is up to date.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{GraphName, NamedNode};

use super::AuditError;
use super::ask::{ask, notation};
use super::compare::compare;
use super::corpus::{Reports, matters};
use super::pair::{Pair, Relation, Side};
use super::rules::{Appearance, Evidence, Likeness, Place, findings, order};
use crate::describe::{Base, CrossFinding, audit, audit_iri};
use crate::lexicon::Lexicon;
use crate::query::{self, Limits};
use crate::report::Span;
use crate::store::{Derived, Source, Store};
use crate::vocab::Scheme;

/// Which program found what it found: everything that decides what an audit says.
pub const PROGRAM: &str = env!("FAZHI_AUDIT");

/// The findings across the reports of a store.
#[derive(Debug, Clone, PartialEq)]
pub struct Cross {
    /// In the order of their rules and of what they concern.
    pub findings: Vec<CrossFinding>,
    /// The reports that they are about.
    pub reports: Reports,
}

/// How the recorded audit of a store stands to its reports.
///
/// # Errors
/// When the disk fails.
pub fn state(store: &Store, base: &Base) -> Result<Derived, AuditError> {
    Ok(store.derived(audit_iri(base).as_ref(), PROGRAM)?)
}

/// Works out the findings across all reports of a store.
///
/// # Errors
/// When the store cannot be asked.
pub fn compute(store: &Store, lexicon: &Lexicon, limits: Limits) -> Result<Cross, AuditError> {
    let dataset = store.dataset();
    let reports = Reports::read(dataset, limits)?;
    let matters = matters(dataset, &reports, limits)?;
    let likenesses: Vec<Likeness> = compare(dataset, &[], limits)?.iter().map(likeness).collect();
    let appearances = appearances(dataset, &reports, lexicon, limits)?;
    let evidence =
        Evidence { reports: &reports, matters: &matters, likenesses: &likenesses, appearances: &appearances, lexicon };
    Ok(Cross { findings: findings(evidence), reports })
}

fn likeness(pair: &Pair) -> Likeness {
    let place = |side: &Side| Place {
        report: side.report.clone(),
        part: if side.unit.is_empty() { side.report.clone() } else { side.unit.clone() },
        span: Span { start: side.start, end: side.end },
    };
    Likeness {
        sign: pair.sign,
        similarity: pair.similarity,
        earlier: place(&pair.earlier),
        later: place(&pair.later),
        above_and_below: pair.relation == Relation::AboveAndBelow,
        left_name: pair.left_names.iter().find(|left| left.in_later).map(|left| left.name.clone()),
    }
}

/// Puts findings into the store in the place of those of the audit before.
///
/// # Errors
/// When the disk is full or fails.
pub fn record(store: &Store, base: &Base, findings: &[CrossFinding], lexicon: &Lexicon) -> Result<(), AuditError> {
    let name = audit_iri(base);
    let quads = audit(findings, &lexicon.audit.name, base);
    let quads = quads.into_iter().map(|triple| triple.in_graph(GraphName::DefaultGraph)).collect();
    Ok(store.derive(&Source { name, version: PROGRAM.to_owned(), quads })?)
}

/// Whether findings are about the reports that a store has.
///
/// # Errors
/// When the disk fails.
pub fn is_of(cross: &Cross, store: &Store) -> Result<bool, AuditError> {
    let known = cross.reports.reports.iter().map(|report| report.iri.as_str());
    let known: BTreeSet<&str> = known.collect();
    let there = store.reports()?;
    Ok(there.len() == known.len() && there.iter().all(|report| known.contains(report.as_str())))
}

/// Reads the findings that the last audit recorded.
///
/// # Errors
/// When the store cannot be asked.
pub fn recorded(store: &Store, base: &Base, limits: Limits) -> Result<Cross, AuditError> {
    let text = include_str!("queries/recorded.rq").replace("$AUDIT", &audit_iri(base).to_string());
    let mut found: BTreeMap<String, CrossFinding> = BTreeMap::new();
    ask(store.dataset(), &text, limits)?.each(|mut row| {
        let finding = found.entry(row.text("finding")).or_insert_with(|| {
            let rule = row.notation("rule").unwrap_or_default();
            let concerns = NamedNode::new_unchecked(row.text("concerns"));
            let mut finding = CrossFinding::new(&rule, concerns, row.text("message"));
            finding.year = row.number("year");
            finding.span = row.span("start", "end");
            finding.other_span = row.span("other_start", "other_end");
            finding.score = row.number("score");
            finding.doubt = row.take("doubt").map(|doubt| notation(&doubt));
            finding
        });
        for (list, column) in [(&mut finding.others, "other"), (&mut finding.rests_on, "rests")] {
            if let Some(thing) = row.take(column).map(NamedNode::new_unchecked).filter(|thing| !list.contains(thing)) {
                list.push(thing);
            }
        }
    });
    let reports = Reports::read(store.dataset(), limits)?;
    let mut findings: Vec<CrossFinding> = found.into_values().collect();
    for finding in &mut findings {
        // The nearest year first, as the rules give them.
        finding
            .others
            .sort_by_key(|other| std::cmp::Reverse(reports.of(other.as_str()).and_then(|report| report.year)));
        finding.rests_on.sort();
    }
    order(&mut findings);
    Ok(Cross { findings, reports })
}

/// The rates of court appearance in the reports of a store, in the order of where they stand.
fn appearances(
    dataset: &oxigraph::store::Store,
    reports: &Reports,
    lexicon: &Lexicon,
    limits: Limits,
) -> Result<Vec<Appearance>, query::Error> {
    let cues = &lexicon.audit.rates;
    let counts: Vec<String> =
        cues.counts.iter().map(|notation| Scheme::Indicator.concept(notation).to_string()).collect();
    let mut counted: BTreeSet<String> = BTreeSet::new();
    let text = include_str!("queries/counts.rq").replace("$COUNTS", &counts.join(" "));
    ask(dataset, &text, limits)?.each(|mut row| {
        counted.extend(reports.of(&row.text("part")).map(|report| report.iri.clone()));
    });
    let mut found: BTreeMap<(String, usize), Appearance> = BTreeMap::new();
    let text = include_str!("queries/rates.rq").replace("$RATE", &Scheme::Indicator.concept(&cues.rate).to_string());
    ask(dataset, &text, limits)?.each(|mut row| {
        let part = row.text("part");
        let Some(span) = row.span("start", "end") else { return };
        let known = reports.of(&part).is_some_and(|report| counted.contains(&report.iri));
        let rate = found.entry((part.clone(), span.start)).or_insert_with(|| Appearance {
            part,
            value: row.number("value").unwrap_or_default(),
            quote: row.text("quote"),
            span,
            counted: known,
        });
        let label = row.text("label");
        let is_count = row.take("unit").is_some_and(|unit| !unit.is_empty() && !cues.shares.contains(&unit));
        rate.counted |= is_count && cues.words.iter().any(|word| label.contains(word.as_str()));
    });
    Ok(found.into_values().collect())
}
