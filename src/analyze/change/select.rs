//! Which reports are compared? Those of one reporter on two years.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::store::Store;
use serde::Serialize;

use crate::analyze::Error;
use crate::analyze::places::{Places, rows};
use crate::query::{self, Around, Limits};

/// Whose reports are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Those of the region's own government.
    Own,
    /// Those of everybody within the region.
    Within,
}

/// The reports of one reporter.
#[derive(Debug, Clone, Default)]
pub(super) struct Pair {
    pub(super) name: String,
    pub(super) before: Vec<String>,
    pub(super) after: Vec<String>,
}

/// What is compared.
#[derive(Debug)]
pub(super) struct Selected {
    pub(super) region: String,
    pub(super) scope: Scope,
    pub(super) from: u16,
    pub(super) to: u16,
    pub(super) pairs: Vec<Pair>,
    pub(super) only_before: Vec<String>,
    pub(super) only_after: Vec<String>,
}

const REPORTS: &str = "SELECT ?report ?region ?year WHERE { ?report a fz:Report ; fz:region ?region ; fz:year ?year }";

/// Who reports: the region as it is now, and of a department its name.
type Reporter = (String, String);

/// The reports of each reporter by year.
type Reports = BTreeMap<Reporter, BTreeMap<u16, BTreeSet<String>>>;

pub(super) fn select(
    store: &Store,
    places: &Places,
    region: &str,
    years: (Option<u16>, Option<u16>),
    within: bool,
    limits: Limits,
) -> Result<Selected, Error> {
    let target = places.latest(region);
    let lineage = places.lineage(&target);
    let mut all: Reports = BTreeMap::new();
    let found = rows(store, REPORTS, limits)?;
    if found.is_empty() {
        return Err(Error::NoReports);
    }
    for row in found {
        let [report, place, year] = row.as_slice() else { continue };
        let Ok(year) = year.parse::<u16>() else { continue };
        let now = places.latest(place);
        let around = |place: &str| lineage.iter().any(|region| places.is_within(place, region));
        if around(place) || around(&now) {
            let reporter = (now, department(store, report)?);
            all.entry(reporter).or_default().entry(year).or_default().insert(report.clone());
        }
    }
    let own_key = (target.clone(), String::new());
    let own: Reports =
        all.iter().filter(|(reporter, _)| **reporter == own_key).map(|(r, y)| (r.clone(), y.clone())).collect();
    let chosen = |scope: Scope, reports: &Reports| two_years(reports, years).map(|(from, to)| (scope, from, to));
    let found = if within { None } else { chosen(Scope::Own, &own) };
    let (scope, from, to) = found.or_else(|| chosen(Scope::Within, &all)).ok_or_else(|| {
        let years: BTreeSet<u16> = all.values().flat_map(BTreeMap::keys).copied().collect();
        Error::NoYears { region: places.name(region), years: years.iter().map(ToString::to_string).collect() }
    })?;
    let reports = if scope == Scope::Own { own } else { all };
    let mut selected = Selected {
        region: places.name(&target),
        scope,
        from,
        to,
        pairs: Vec::new(),
        only_before: Vec::new(),
        only_after: Vec::new(),
    };
    for ((place, department), reports) in reports {
        let name = if department.is_empty() { places.name(&place) } else { department };
        let of = |year: u16| reports.get(&year).map_or_else(Vec::new, |found| found.iter().cloned().collect());
        match (of(from), of(to)) {
            (before, after) if !before.is_empty() && !after.is_empty() => {
                selected.pairs.push(Pair { name, before, after });
            }
            (before, _) if !before.is_empty() => selected.only_before.push(name),
            (_, after) if !after.is_empty() => selected.only_after.push(name),
            _ => {}
        }
    }
    Ok(selected)
}

/// The name of the department that reports; empty where a government does.
fn department(store: &Store, report: &str) -> Result<String, query::Error> {
    let around = Around::new(store);
    if !around.iri(report, "fz:level")?.is_some_and(|level| level.ends_with("/department")) {
        return Ok(String::new());
    }
    let publisher = around.iri(report, "dcterms:publisher")?.unwrap_or_default();
    Ok(around.text(&publisher, "rdfs:label")?.unwrap_or(publisher))
}

/// The last two years, as far as they are not given, on which some reporter reports both times.
fn two_years(reports: &Reports, (from, to): (Option<u16>, Option<u16>)) -> Option<(u16, u16)> {
    let pairs = reports.values().flat_map(|years| {
        years.keys().flat_map(|later| {
            years.keys().filter(move |earlier| *earlier < later).map(move |earlier| (*earlier, *later))
        })
    });
    let fits =
        |(earlier, later): &(u16, u16)| from.is_none_or(|from| from == *earlier) && to.is_none_or(|to| to == *later);
    let fitting = pairs.filter(fits);
    // With only the earlier year given, what came next is asked for.
    if from.is_some() && to.is_none() {
        fitting.min_by_key(|(_, later)| *later)
    } else {
        fitting.max_by_key(|(earlier, later)| (*later, *earlier))
    }
}
