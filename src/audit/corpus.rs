//! What do the rules look at? Who reported when, and the matters of each report.

use std::collections::BTreeMap;

use oxigraph::store::Store;
use serde::Serialize;

use super::ask::{ask, notation};
use crate::query::{self, Limits};
use crate::report::{Span, UnitKind};
use crate::vocab::class;

/// A report with who reports.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ReportRow {
    /// Its IRI.
    pub iri: String,
    /// What its IRI ends in: `620524-2021-50854c2d9ea9`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Name of the region that reports; empty where none is known.
    pub place: String,
    /// Code of that region, where it has one.
    pub code: Option<String>,
    /// The year reported on.
    pub year: Option<u16>,
    /// When it was published, ISO 8601.
    pub published: Option<String>,
    /// Where it was read.
    pub url: Option<String>,
    /// IRI of the region.
    #[serde(skip)]
    pub region: Option<String>,
    /// Notation of the level of who reports.
    #[serde(skip)]
    pub level: String,
    /// Index of who reports among all reporters; reports of one have the same.
    #[serde(skip)]
    pub reporter: usize,
}

/// A region as the rules need it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegionRow {
    /// What it is called now, or was last.
    pub name: String,
    /// Its code, where it has one.
    pub code: Option<String>,
    /// IRI of the region directly above.
    pub parent: Option<String>,
    /// The first year of its name, where known.
    pub since: Option<u16>,
    /// The last year of it, where it is no more.
    pub until: Option<u16>,
    /// IRIs of the regions that took its place.
    pub successors: Vec<String>,
}

/// The reports of a store and the regions that they are of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reports {
    /// In the order of their IRIs.
    pub reports: Vec<ReportRow>,
    /// By IRI.
    pub regions: BTreeMap<String, RegionRow>,
    /// Index of each report, by IRI.
    pub by_iri: BTreeMap<String, usize>,
}

/// A measure, a problem or a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matter {
    /// Its IRI.
    pub iri: String,
    /// Index of its report.
    pub report: usize,
    /// What it is.
    pub kind: UnitKind,
    /// Notations of its fields, the main one first.
    pub fields: Vec<String>,
    /// Notations of its topics.
    pub topics: Vec<String>,
    /// Notation of the reason why a careful reader would doubt what it is.
    pub doubt: Option<String>,
    /// Of a problem, whether a plan answers it.
    pub answered: bool,
    /// Where it stands in the report's text.
    pub span: Span,
    /// Its text.
    pub text: String,
}

impl Reports {
    /// Reads the reports and regions of a store.
    ///
    /// # Errors
    /// When the store cannot be asked.
    pub fn read(store: &Store, limits: Limits) -> Result<Self, query::Error> {
        let mut found = Self { regions: regions(store, limits)?, ..Self::default() };
        let mut reporters: BTreeMap<(String, String, String), usize> = BTreeMap::new();
        ask(store, include_str!("queries/reports.rq"), limits)?.each(|mut row| {
            let iri = row.text("report");
            if found.by_iri.contains_key(&iri) {
                // A page may be known by several addresses.
                return;
            }
            let region = row.take("region");
            let level = row.notation("level").unwrap_or_default();
            // Departments of a place share its region; they are told apart by their names.
            let publisher = if level == "department" { row.text("publisher") } else { String::new() };
            let home = region.as_deref().map_or_else(|| iri.clone(), |region| latest(&found.regions, region));
            let next = reporters.len();
            let reporter = *reporters.entry((home, level.clone(), publisher)).or_insert(next);
            let id = iri.rsplit('/').next().unwrap_or(&iri).to_owned();
            let row_of_region =
                region.as_ref().and_then(|region| found.regions.get(region)).cloned().unwrap_or_default();
            found.by_iri.insert(iri.clone(), found.reports.len());
            found.reports.push(ReportRow {
                title: row.text("title"),
                place: row_of_region.name,
                code: row_of_region.code,
                year: row.number("year"),
                published: row.take("issued"),
                url: row.take("source"),
                iri,
                id,
                region,
                level,
                reporter,
            });
        });
        Ok(found)
    }

    /// The report that a thing of the graph is or stands in: IRIs of parts begin with their report's.
    #[must_use]
    pub fn of(&self, iri: &str) -> Option<&ReportRow> {
        let report = iri.split_once('#').map_or(iri, |(report, _)| report);
        self.by_iri.get(report).and_then(|at| self.reports.get(*at))
    }
}

/// The region that has taken a region's place today, where it is one.
fn latest(regions: &BTreeMap<String, RegionRow>, region: &str) -> String {
    let mut now = region.to_owned();
    // A chain of successors longer than this would be a ring.
    for _ in 0..8 {
        match regions.get(&now).map(|row| row.successors.as_slice()) {
            Some([next]) => now.clone_from(next),
            _ => break,
        }
    }
    now
}

fn regions(store: &Store, limits: Limits) -> Result<BTreeMap<String, RegionRow>, query::Error> {
    let mut found: BTreeMap<String, RegionRow> = BTreeMap::new();
    ask(store, include_str!("queries/regions.rq"), limits)?.each(|mut row| {
        let region = found.entry(row.text("region")).or_default();
        let name = row.text("name");
        if region.name.is_empty() {
            region.name = name;
        }
        region.code = region.code.take().or_else(|| row.take("code"));
        region.parent = region.parent.take().or_else(|| row.take("parent"));
        region.since = region.since.or_else(|| row.number("since"));
        region.until = region.until.or_else(|| row.number("until"));
        if let Some(successor) = row.take("successor").filter(|successor| !region.successors.contains(successor)) {
            region.successors.push(successor);
        }
    });
    Ok(found)
}

/// The measures, problems and plans of a store, those of a report together.
///
/// # Errors
/// When the store cannot be asked.
pub fn matters(store: &Store, reports: &Reports, limits: Limits) -> Result<Vec<Matter>, query::Error> {
    let mut found: Vec<Matter> = Vec::new();
    ask(store, include_str!("queries/matters.rq"), limits)?.each(|mut row| {
        let Some(report) = reports.by_iri.get(&row.text("report")).copied() else { return };
        found.push(Matter {
            iri: row.text("unit"),
            report,
            kind: kind(&row.text("class")),
            fields: row.notation("category").into_iter().collect(),
            topics: Vec::new(),
            doubt: row.notation("doubt"),
            answered: false,
            span: row.span("start", "end").unwrap_or_default(),
            text: row.text("text"),
        });
    });
    found.sort_by(|a, b| (a.report, &a.iri).cmp(&(b.report, &b.iri)));
    let places: BTreeMap<String, usize> = found.iter().enumerate().map(|(at, unit)| (unit.iri.clone(), at)).collect();
    ask(store, include_str!("queries/topics.rq"), limits)?.each(|mut row| {
        if let Some(unit) = places.get(&row.text("unit")).and_then(|at| found.get_mut(*at)) {
            let concept = notation(&row.text("concept"));
            let list = if concept.contains('/') { &mut unit.topics } else { &mut unit.fields };
            list.push(concept);
        }
    });
    ask(store, include_str!("queries/answered.rq"), limits)?.each(|mut row| {
        if let Some(unit) = places.get(&row.text("problem")).and_then(|at| found.get_mut(*at)) {
            unit.answered = true;
        }
    });
    Ok(found)
}

fn kind(class_iri: &str) -> UnitKind {
    if class_iri == class::PROBLEM.as_str() {
        UnitKind::Problem
    } else if class_iri == class::PLAN.as_str() {
        UnitKind::Plan
    } else {
        UnitKind::Measure
    }
}
