//! What does the comparison need of a store? The texts of the reports, whose they are, and where their units stand.

use super::Error;
use super::alike::Source;
use super::places::Places;
use crate::query::{self, Answer, Limits, Question};
use crate::report::Span;
use crate::vocab::class;
use oxigraph::model::Term;
use oxigraph::store::Store;
use std::collections::{BTreeMap, BTreeSet};

/// A report with its units.
#[derive(Debug, Clone, Default)]
pub(super) struct Report {
    pub(super) iri: String,
    pub(super) text: String,
    /// IRI of its region; empty where none is known.
    pub(super) region: String,
    /// Name of the region; empty where none is known.
    pub(super) place: String,
    pub(super) year: String,
    pub(super) published: String,
    /// Index of the place among those of the store.
    pub(super) of_region: usize,
    /// Index of the reporter.
    pub(super) reporter: usize,
    /// In the order of the text.
    pub(super) units: Vec<Unit>,
    /// Their spans.
    pub(super) parts: Vec<Span>,
}

/// A measure, a problem or a plan.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub(super) iri: String,
    pub(super) name: String,
    pub(super) span: Span,
    pub(super) is_problem: bool,
}

/// The reports of a store in the order of their IRIs, and its regions.
pub(super) struct Reports {
    pub(super) reports: Vec<Report>,
    pub(super) places: Places,
}

/// Local name of the level of a department's report: one of several reporters of its region.
const DEPARTMENT: &str = "/department";

impl Reports {
    pub(super) fn read(store: &Store, limits: Limits) -> Result<Self, Error> {
        let regions = rows(store, "regions", include_str!("regions.rq"), &[], limits)?;
        let mut found = Self { reports: Vec::new(), places: Places::new(regions) };
        let texts = rows(store, "texts", include_str!("texts.rq"), &[], limits)?;
        let units = rows(store, "units", include_str!("units.rq"), &[], limits)?;
        found.add(texts, units);
        Ok(found)
    }

    /// The reports with these IRIs, as far as the store has them, and the regions above and before theirs.
    pub(super) fn some(store: &Store, reports: &[&str], limits: Limits) -> Result<Self, Error> {
        let (mut texts, mut units, mut regions) = (Vec::new(), Vec::new(), Vec::new());
        for report in reports {
            let filter = [("report".to_owned(), (*report).to_owned())];
            let found: Vec<[String; 7]> = rows(store, "texts", include_str!("texts.rq"), &filter, limits)?.collect();
            if let Some([_, region, ..]) = found.first().filter(|[_, region, ..]| !region.is_empty()) {
                let around = [("start".to_owned(), region.clone())];
                regions.extend(rows(store, "around", include_str!("around.rq"), &around, limits)?);
            }
            texts.extend(found);
            units.extend(rows(store, "units", include_str!("units.rq"), &filter, limits)?);
        }
        let mut found = Self { reports: Vec::new(), places: Places::new(regions.into_iter()) };
        found.add(texts.into_iter(), units.into_iter());
        Ok(found)
    }

    fn add(&mut self, texts: impl Iterator<Item = [String; 7]>, units: impl Iterator<Item = [String; 6]>) {
        let mut reports: BTreeMap<String, Report> = BTreeMap::new();
        let mut regions: BTreeMap<String, usize> = BTreeMap::new();
        let mut reporters: BTreeMap<(usize, String), usize> = BTreeMap::new();
        for [iri, region, level, issuer, year, published, text] in texts {
            // A report whose region nobody knows has a place of its own.
            let key = if region.is_empty() { iri.clone() } else { self.places.lasting(&region).to_owned() };
            let next = regions.len();
            let of_region = *regions.entry(key).or_insert(next);
            let department = if level.ends_with(DEPARTMENT) { issuer } else { String::new() };
            let next = reporters.len();
            let reporter = *reporters.entry((of_region, department)).or_insert(next);
            let names = self.places.get(&region).map(|place| &place.names);
            let place = names.and_then(BTreeSet::first).cloned().unwrap_or_default();
            let iri_of_report = iri.clone();
            let report = Report { iri, text, region, place, year, published, of_region, reporter, ..Report::default() };
            reports.entry(iri_of_report).or_insert(report);
        }
        for [report, unit, class, name, start, end] in units {
            let (Some(report), Ok(start), Ok(end)) = (reports.get_mut(&report), start.parse(), end.parse()) else {
                continue;
            };
            let is_problem = class == class::PROBLEM.as_str();
            report.units.push(Unit { iri: unit, name, span: Span { start, end }, is_problem });
        }
        self.reports = reports.into_values().collect();
        for report in &mut self.reports {
            report.units.sort_by(|a, b| (a.span, &a.iri).cmp(&(b.span, &b.iri)));
            report.units.dedup_by(|a, b| a.iri == b.iri);
            report.parts = report.units.iter().map(|unit| unit.span).collect();
        }
    }

    /// The reports that the filter names; `None` where it names all.
    pub(super) fn within(
        store: &Store,
        filter: &[(String, String)],
        limits: Limits,
    ) -> Result<Option<BTreeSet<String>>, Error> {
        if filter.is_empty() {
            return Ok(None);
        }
        let rows = rows(store, "reports", include_str!("reports.rq"), filter, limits)?;
        Ok(Some(rows.map(|[report]| report).collect()))
    }

    /// The reports as they are compared: what they did, lack and plan, not how they begin.
    pub(super) fn sources(&self) -> Vec<Source<'_>> {
        self.reports
            .iter()
            .map(|report| Source {
                text: &report.text,
                parts: &report.parts,
                region: report.of_region,
                reporter: report.reporter,
            })
            .collect()
    }
}

impl Report {
    /// The units that a span touches, in order.
    pub(super) fn units_at(&self, span: Span) -> impl Iterator<Item = &Unit> {
        self.units.iter().filter(move |unit| unit.span.start < span.end && span.start < unit.span.end)
    }
}

/// The values of an answer's rows; an empty one where there is none.
fn rows<const N: usize>(
    store: &Store,
    name: &str,
    text: &str,
    filter: &[(String, String)],
    limits: Limits,
) -> Result<impl Iterator<Item = [String; N]> + use<N>, Error> {
    let question = Question::parse(name, text)?;
    let bindings = question.bind(store, filter)?;
    let found = match query::run(store, question.text(), &bindings, limits)? {
        Answer::Solutions(solutions) => solutions.rows,
        Answer::Boolean(_) | Answer::Graph(_) => Vec::new(),
    };
    let value = |term: Option<Term>| match term {
        Some(Term::NamedNode(node)) => node.into_string(),
        Some(Term::Literal(literal)) => literal.destruct().0,
        _ => String::new(),
    };
    Ok(found.into_iter().map(move |row| {
        let mut values = row.into_iter().map(value);
        std::array::from_fn(|_| values.next().unwrap_or_default())
    }))
}
