//! What does an auditor want to know of one place, on a page? Its reports, what they cover, and what is found, line by line.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::store::Store;
use serde::Serialize;

use super::AuditError;
use super::ask::ask;
use super::corpus::{ReportRow, Reports};
use super::filter::Filter;
use super::listing::{Listed, in_pieces};
use super::pieces::side_by_side;
use crate::lexicon::{Lexicon, RuleSentence, labels};
use crate::query::Limits;
use crate::report::Span;
use crate::vocab::class;

/// What is found of one place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sheet {
    /// Name of the place.
    pub place: String,
    /// Its code, where it has one.
    pub code: Option<String>,
    /// Names of the regions above, from the province down.
    pub above: Vec<String>,
    /// Its reports, by year.
    pub reports: Vec<SheetReport>,
    /// The ten fields, with the measures of each report.
    pub fields: Vec<Field>,
    /// The lines of the sheet.
    pub lines: Vec<Line>,
    /// How much of its reports other places have too.
    pub shared_with: Vec<Share>,
    /// How much of a report was there before.
    pub reused: Vec<Share>,
    /// All that is found.
    pub findings: usize,
}

/// A report with how much it holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SheetReport {
    /// The report.
    #[serde(flatten)]
    pub report: ReportRow,
    /// Characters.
    pub length: usize,
    /// Measures.
    pub measures: usize,
    /// Problems.
    pub problems: usize,
    /// Plans.
    pub plans: usize,
    /// Citations.
    pub citations: usize,
    /// Figures.
    pub figures: usize,
}

/// A field with the number of measures that each report has in it, in the order of the reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Notation.
    pub notation: String,
    /// What it is called.
    pub label: RuleSentence,
    /// Measures, report by report.
    pub measures: Vec<usize>,
}

/// A line of the sheet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// Its name.
    pub key: String,
    /// What it is called.
    pub label: RuleSentence,
    /// What is found.
    pub findings: Vec<Listed>,
}

/// How much of a report stands in another one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Share {
    /// The year of the place's report.
    pub year: Option<u16>,
    /// The other report.
    pub other: ReportRow,
    /// Passages.
    pub passages: usize,
    /// Characters of the place's report that the other has too.
    pub characters: usize,
    /// Their share of the place's report, from 0 to 1.
    pub share: f64,
}

/// The sheets of all who report from within the regions of a filter, by code and name. `found` is what passes the filter.
///
/// # Errors
/// When the store cannot be asked.
pub fn sheets(
    store: &Store,
    reports: &Reports,
    found: &[Listed],
    filter: &Filter,
    lexicon: &Lexicon,
    limits: Limits,
) -> Result<Vec<Sheet>, AuditError> {
    let mut reporters: BTreeMap<(Option<&str>, &str, usize), Vec<&ReportRow>> = BTreeMap::new();
    let wanted = |report: &&ReportRow| {
        let region = report.region.as_ref();
        filter.regions.as_ref().is_none_or(|regions| region.is_some_and(|region| regions.contains(region)))
    };
    for report in reports.reports.iter().filter(wanted) {
        let key = (report.code.as_deref(), report.place.as_str(), report.reporter);
        reporters.entry(key).or_default().push(report);
    }
    let rows: Vec<&ReportRow> = reporters.values().flatten().copied().collect();
    let contents = contents(store, &rows, limits)?;
    let coverage = coverage(store, &rows, limits)?;
    let mut fields: Vec<(String, RuleSentence)> =
        labels("category")?.into_iter().filter(|(notation, _)| !notation.contains('/')).collect();
    fields.sort_by_key(|(notation, _)| lexicon.audit.fields.iter().position(|field| field == notation));
    Ok(reporters
        .into_values()
        .map(|mut own| {
            own.sort_by_key(|report| (report.year, report.iri.clone()));
            let measures = |notation: &str| {
                let count = |report: &&ReportRow| coverage.get(&(report.iri.clone(), notation.to_owned()));
                own.iter().map(|report| count(report).copied().unwrap_or_default()).collect()
            };
            let fields = fields.iter().map(|(notation, label)| Field {
                notation: notation.clone(),
                label: label.clone(),
                measures: measures(notation),
            });
            let sheet = own.iter().map(|report| contents.get(&report.iri).cloned().unwrap_or_default()).collect();
            one(reports, &own, sheet, fields.collect(), found, lexicon)
        })
        .collect())
}

fn one(
    all: &Reports,
    own: &[&ReportRow],
    reports: Vec<SheetReport>,
    fields: Vec<Field>,
    found: &[Listed],
    lexicon: &Lexicon,
) -> Sheet {
    let (names, reporter) =
        own.first().map_or((ReportRow::default(), None), |own| ((*own).clone(), Some(own.reporter)));
    let is_own = |finding: &&Listed| match (&finding.report, &finding.region) {
        (Some(report), _) => {
            let others = finding.others.iter().any(|other| Some(other.report.reporter) == reporter);
            Some(report.reporter) == reporter || others
        }
        (None, region) => region.is_some() && own.iter().any(|report| report.region == *region),
    };
    let mine: Vec<Listed> = found.iter().filter(is_own).map(|finding| turned(finding, reporter)).collect();
    let lines = lexicon.audit.groups.iter().map(|group| Line {
        key: group.key.clone(),
        label: group.label.clone(),
        findings: mine.iter().filter(|finding| group.rules.contains(&finding.rule)).cloned().collect(),
    });
    let share = |rules: &[&str]| shares(&mine, rules, &reports, lexicon);
    Sheet {
        place: names.place,
        code: names.code,
        above: above(all, own.first().and_then(|report| report.region.as_deref())),
        lines: lines.collect(),
        shared_with: share(&["copied_passage"]),
        reused: share(&["unchanged_passage", "only_numbers_changed"]),
        findings: mine.len(),
        reports,
        fields,
    }
}

/// A finding with the place's own passage first, whichever side it is on.
fn turned(finding: &Listed, reporter: Option<usize>) -> Listed {
    let mut turned = finding.clone();
    let is_own = |report: &ReportRow| Some(report.reporter) == reporter;
    if turned.report.as_ref().is_some_and(is_own) {
        return turned;
    }
    if let (Some(at), Some(passage)) =
        (turned.others.iter().position(|other| is_own(&other.report)), turned.passage.take())
    {
        let own = turned.others.remove(at);
        turned.others.insert(0, passage);
        turned.passage = Some(own);
    }
    turned
}

/// How much of each report of a place stands in each other report, the most first.
fn shares(found: &[Listed], rules: &[&str], reports: &[SheetReport], lexicon: &Lexicon) -> Vec<Share> {
    let mut spans: BTreeMap<(&str, &str), (Vec<Span>, usize, &ReportRow)> = BTreeMap::new();
    for finding in found.iter().filter(|finding| rules.contains(&finding.rule.as_str())) {
        let (Some(passage), Some(other)) = (&finding.passage, finding.others.first()) else { continue };
        let key = (passage.report.iri.as_str(), other.report.iri.as_str());
        let entry = spans.entry(key).or_insert_with(|| (Vec::new(), 0, &other.report));
        entry.0.extend(side_by_side(finding, lexicon).shared);
        entry.1 += 1;
    }
    let mut found: Vec<Share> = spans
        .into_iter()
        .filter_map(|((own, _), (spans, passages, other))| {
            let report = reports.iter().find(|report| report.report.iri == own)?;
            let characters = covered(spans);
            let share = ratio(characters, report.length);
            Some(Share { year: report.report.year, other: other.clone(), passages, characters, share })
        })
        .collect();
    found.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| (a.year, &a.other.iri).cmp(&(b.year, &b.other.iri))));
    found
}

/// Code points that lie in any of the spans.
fn covered(mut spans: Vec<Span>) -> usize {
    spans.sort();
    let (mut sum, mut at) = (0, 0);
    for span in spans {
        sum += span.end.saturating_sub(span.start.max(at));
        at = at.max(span.end);
    }
    sum
}

fn ratio(part: usize, whole: usize) -> f64 {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    if whole == 0 { 0.0 } else { (number(part) / number(whole)).min(1.0) }
}

/// Names of the regions above one, from the top down.
fn above(reports: &Reports, region: Option<&str>) -> Vec<String> {
    let mut names = Vec::new();
    let mut next = region.and_then(|region| reports.regions.get(region));
    // Four levels stand above a township at most; a ring would be a mistake of the registry.
    for _ in 0..6 {
        let Some(parent) = next.and_then(|region| reports.regions.get(region.parent.as_ref()?)) else { break };
        names.push(parent.name.clone());
        next = Some(parent);
    }
    names.reverse();
    names
}

fn named(reports: &[&ReportRow]) -> Vec<String> {
    let names: BTreeSet<String> = reports.iter().map(|report| format!("<{}>", report.iri)).collect();
    in_pieces(&names)
}

fn contents(store: &Store, rows: &[&ReportRow], limits: Limits) -> Result<BTreeMap<String, SheetReport>, AuditError> {
    let mut found: BTreeMap<String, SheetReport> = rows
        .iter()
        .map(|report| (report.iri.clone(), SheetReport { report: (*report).clone(), ..SheetReport::default() }))
        .collect();
    for names in named(rows) {
        let text = include_str!("queries/contents.rq").replace("$REPORTS", &names);
        ask(store, &text, limits)?.each(|mut row| {
            let Some(report) = found.get_mut(&row.text("report")) else { return };
            let things = row.number("things").unwrap_or_default();
            let kinds = [
                (class::MEASURE, &mut report.measures),
                (class::PROBLEM, &mut report.problems),
                (class::PLAN, &mut report.plans),
                (class::CITATION, &mut report.citations),
                (class::FIGURE, &mut report.figures),
            ];
            let told = row.text("class");
            for (_, count) in kinds.into_iter().filter(|(kind, _)| kind.as_str() == told) {
                *count = things;
            }
        });
        let text = include_str!("queries/lengths.rq").replace("$REPORTS", &names);
        ask(store, &text, limits)?.each(|mut row| {
            if let Some(report) = found.get_mut(&row.text("report")) {
                report.length = row.number("length").unwrap_or_default();
            }
        });
    }
    Ok(found)
}

fn coverage(
    store: &Store,
    rows: &[&ReportRow],
    limits: Limits,
) -> Result<BTreeMap<(String, String), usize>, AuditError> {
    let mut found = BTreeMap::new();
    for names in named(rows) {
        let text = include_str!("queries/coverage.rq").replace("$REPORTS", &names);
        ask(store, &text, limits)?.each(|mut row| {
            let key = (row.text("report"), row.notation("field").unwrap_or_default());
            found.insert(key, row.number("measures").unwrap_or_default());
        });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::{covered, ratio};
    use crate::report::Span;

    #[test]
    fn what_is_covered_twice_counts_once() {
        let span = |start, end| Span { start, end };
        assert_eq!(covered(vec![span(10, 20), span(0, 5), span(15, 30), span(16, 18)]), 25);
        assert_eq!(covered(Vec::new()), 0);
        assert!(ratio(1, 0).abs() < 1e-9 && (ratio(25, 100) - 0.25).abs() < 1e-9);
    }
}
