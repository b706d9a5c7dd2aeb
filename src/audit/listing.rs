//! What is a reader told of a finding? Its rule, what it says, and the passage on each side with its place, found again
//! in the reports.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::store::Store;
use serde::Serialize;

use super::ask::{ask, notation};
use super::corpus::{ReportRow, Reports};
use super::record::Cross;
use super::{AuditError, Filter};
use crate::describe::{Base, CrossFinding};
use crate::lexicon::{RuleSentence, labels};
use crate::query::Limits;
use crate::report::Span;

/// Characters shown on either side of what a finding within a report speaks of.
const AROUND: usize = 60;
/// A finding across reports about fewer characters is shown with words around it too.
const SHORT: usize = 12;
/// Bytes of a query that names places one by one; see [`crate::query::run`] for the most.
const LONGEST: usize = 80_000;

/// A finding as it is shown.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Listed {
    /// Its IRI.
    pub iri: String,
    /// Notation of its rule.
    pub rule: String,
    /// What the rule is called.
    pub label: RuleSentence,
    /// What a reader is told, in Chinese.
    pub message: String,
    /// How much two passages have in common, from 0 to 1.
    pub score: Option<f64>,
    /// Why a careful reader would doubt it.
    pub doubt: Option<RuleSentence>,
    /// Name of the place whose report it speaks of.
    pub place: String,
    /// Code of that place.
    pub code: Option<String>,
    /// The year reported on.
    pub year: Option<u16>,
    /// The passage; of a whole report or a missing one there is none.
    pub passage: Option<Quoted>,
    /// The report, where it speaks of one as a whole.
    pub report: Option<ReportRow>,
    /// What stands on the other side, the nearest first.
    pub others: Vec<Quoted>,
    /// IRI of the region that lacks a report.
    #[serde(skip)]
    pub region: Option<String>,
}

/// A passage of a report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Quoted {
    /// The report.
    pub report: ReportRow,
    /// Where the finding's words stand in the report's text, in code points.
    #[serde(flatten)]
    pub span: Span,
    /// Code point of the report's text at which `text` begins: what is found within a report is shown with words around it.
    pub from: usize,
    /// The characters.
    pub text: String,
}

/// Where a finding's passages stand, before their text is looked up.
struct Placed {
    listed: Listed,
    parts: Vec<(String, Option<Span>)>,
    around: usize,
}

/// The findings across reports and within them that pass a filter: by rule in the order of the sheet, then by place and year.
///
/// # Errors
/// When the store cannot be asked.
pub fn list(
    store: &Store,
    base: &Base,
    cross: &Cross,
    filter: &Filter,
    rules: &[String],
    limits: Limits,
) -> Result<Vec<Listed>, AuditError> {
    let (labels, doubts) = (labels("rule")?, labels("doubt")?);
    let named = |found: &BTreeMap<String, RuleSentence>, name: &str| found.get(name).cloned().unwrap_or_default();
    let mut placed: Vec<Placed> = Vec::new();
    for finding in cross.findings.iter().filter(|finding| filter.takes(finding, &cross.reports)) {
        let (label, doubt) = (named(&labels, &finding.rule), finding.doubt.as_ref().map(|doubt| named(&doubts, doubt)));
        placed.push(of_cross(finding, label, doubt, base, &cross.reports));
    }
    ask(store, include_str!("queries/within.rq"), limits)?.each(|mut row| {
        let (rule, part) = (row.notation("rule").unwrap_or_default(), row.text("part"));
        let Some(report) = cross.reports.of(&part).filter(|report| filter.takes_report(&rule, report)) else { return };
        let (label, doubt) = (named(&labels, &rule), row.take("doubt").map(|doubt| named(&doubts, &notation(&doubt))));
        let listed = of_report(row.text("finding"), rule, label, row.text("message"), doubt, report);
        let span = row.span("start", "end");
        placed.push(Placed { listed, parts: vec![(report.iri.clone(), span)], around: AROUND });
    });
    let mut listed = quoted(store, placed, &cross.reports, limits)?;
    listed.sort_by_cached_key(|finding| {
        let rank = rules.iter().position(|rule| *rule == finding.rule);
        let start = finding.passage.as_ref().map(|passage| passage.span);
        (rank, finding.code.clone(), finding.place.clone(), finding.year, start, finding.iri.clone())
    });
    Ok(listed)
}

fn of_cross(
    finding: &CrossFinding,
    label: RuleSentence,
    doubt: Option<RuleSentence>,
    base: &Base,
    reports: &Reports,
) -> Placed {
    let iri = finding.iri(base).into_string();
    let concerned = reports.of(finding.concerns.as_str());
    let mut listed = if let Some(report) = concerned {
        of_report(iri, finding.rule.clone(), label, finding.message.clone(), doubt, report)
    } else {
        let like = finding.rests_on.first().and_then(|report| reports.of(report.as_str()));
        let empty = ReportRow::default();
        let mut listed =
            of_report(iri, finding.rule.clone(), label, finding.message.clone(), doubt, like.unwrap_or(&empty));
        listed.year = finding.year;
        listed.report = None;
        listed.region = Some(finding.concerns.as_str().to_owned());
        listed
    };
    listed.score = finding.score;
    let mut parts = Vec::new();
    if let (Some(_), Some(span)) = (concerned, finding.span) {
        parts.push((finding.concerns.as_str().to_owned(), Some(span)));
        let spans = std::iter::once(finding.other_span).chain(std::iter::repeat(None));
        parts.extend(finding.others.iter().map(|other| other.as_str().to_owned()).zip(spans));
    }
    let length = finding.span.map_or(0, |span| span.end.saturating_sub(span.start));
    Placed { listed, parts, around: if length < SHORT { AROUND } else { 0 } }
}

fn of_report(
    iri: String,
    rule: String,
    label: RuleSentence,
    message: String,
    doubt: Option<RuleSentence>,
    report: &ReportRow,
) -> Listed {
    Listed {
        iri,
        rule,
        label,
        message,
        score: None,
        doubt,
        place: report.place.clone(),
        code: report.code.clone(),
        year: report.year,
        passage: None,
        report: Some(report.clone()),
        others: Vec::new(),
        region: None,
    }
}

/// Looks the texts of all passages up.
fn quoted(store: &Store, findings: Vec<Placed>, reports: &Reports, limits: Limits) -> Result<Vec<Listed>, AuditError> {
    let unplaced = findings.iter().flat_map(|finding| &finding.parts).filter(|(_, span)| span.is_none());
    let units: BTreeSet<String> = unplaced.map(|(part, _)| format!("<{part}>")).collect();
    let mut spans: BTreeMap<String, Span> = BTreeMap::new();
    for names in in_pieces(&units) {
        let text = include_str!("queries/passages.rq").replace("$UNITS", &names);
        ask(store, &text, limits)?.each(|mut row| {
            let unit = row.text("unit");
            spans.extend(row.span("start", "end").map(|span| (unit, span)));
        });
    }
    let mut places: BTreeSet<String> = BTreeSet::new();
    let mut wanted: Vec<(Listed, Vec<Quoted>)> = Vec::new();
    for Placed { listed, parts, around } in findings {
        let quotes = parts.into_iter().filter_map(|(part, span)| {
            let span = span.or_else(|| spans.get(&part).copied())?;
            let report = reports.of(&part)?.clone();
            let from = span.start.saturating_sub(around);
            places.insert(format!("(<{}> {from} {})", report.iri, span.end + around));
            // The key under which the text comes back.
            Some(Quoted { text: format!("{} {from} {}", report.iri, span.end + around), report, span, from })
        });
        wanted.push((listed, quotes.collect()));
    }
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for names in in_pieces(&places) {
        let text = include_str!("queries/excerpts.rq").replace("$PLACES", &names);
        ask(store, &text, limits)?.each(|mut row| {
            let key = format!("{} {} {}", row.text("report"), row.text("start"), row.text("end"));
            texts.insert(key, row.text("text"));
        });
    }
    Ok(wanted
        .into_iter()
        .map(|(mut listed, quotes)| {
            let mut quotes = quotes.into_iter().map(|mut quote| {
                quote.text = texts.get(&quote.text).cloned().unwrap_or_default();
                quote
            });
            listed.passage = quotes.next();
            listed.others = quotes.collect();
            listed
        })
        .collect())
}

/// Names joined into pieces that a query can hold.
pub(super) fn in_pieces(names: &BTreeSet<String>) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for name in names {
        match pieces.last_mut() {
            Some(piece) if piece.len() + name.len() < LONGEST => {
                piece.push(' ');
                piece.push_str(name);
            }
            _ => pieces.push(name.clone()),
        }
    }
    pieces
}
