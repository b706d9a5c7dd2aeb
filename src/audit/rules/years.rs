//! Which year is missing, and which report came late?

use std::collections::{BTreeMap, BTreeSet};

use super::{Evidence, node};
use crate::audit::corpus::ReportRow;
use crate::describe::CrossFinding;

/// The years on which one reporter reported, with a report of each.
#[derive(Debug, Default)]
struct Row<'a> {
    reports: BTreeMap<u16, &'a ReportRow>,
}

/// Years without a report of a place that reported before and after, or that stopped while the places beside it went on.
///
/// Departments are left out: how they are named changes too often to say that one is missing.
#[must_use]
pub fn missing_years(evidence: Evidence<'_>) -> Vec<CrossFinding> {
    let mut rows: BTreeMap<usize, Row<'_>> = BTreeMap::new();
    for report in &evidence.reports.reports {
        if let (Some(year), Some(_), true) = (report.year, &report.region, report.level != "department") {
            rows.entry(report.reporter).or_default().reports.insert(year, report);
        }
    }
    let mut found = Vec::new();
    for row in rows.values() {
        let years: Vec<u16> = row.reports.keys().copied().collect();
        for pair in years.windows(2) {
            for year in pair[0] + 1..pair[1] {
                let (before, after) = (row.reports[&pair[0]], row.reports[&pair[1]]);
                found.extend(missing(evidence, year, &[before, after], None));
            }
        }
        if let Some(last) = years.last().and_then(|last| row.reports.get(last))
            && let Some(next) = last.year.and_then(|year| year.checked_add(1))
            && gone_on(evidence, &rows, last, next)
        {
            found.extend(missing(evidence, next, &[last], Some("peers-only")));
        }
    }
    found
}

/// Whether most of the places beside the one of this report also reported on the year and on the next.
fn gone_on(evidence: Evidence<'_>, rows: &BTreeMap<usize, Row<'_>>, last: &ReportRow, next: u16) -> bool {
    let parent = |report: &ReportRow| {
        report.region.as_ref().and_then(|region| evidence.reports.regions.get(region)?.parent.as_ref())
    };
    let (Some(year), Some(above)) = (last.year, parent(last)) else { return false };
    let region = last.region.as_ref().and_then(|region| evidence.reports.regions.get(region));
    if region.and_then(|region| region.until).is_some_and(|until| until < next) {
        return false;
    }
    let beside = rows.values().filter(|row| {
        let report = row.reports.get(&year);
        report.is_some_and(|report| {
            report.reporter != last.reporter && report.level == last.level && parent(report) == Some(above)
        })
    });
    let (mut peers, mut went_on) = (0_u32, 0_u32);
    for row in beside {
        peers += 1;
        went_on += u32::from(row.reports.contains_key(&next));
    }
    let cues = &evidence.lexicon.audit.missing;
    peers as usize >= cues.peers && f64::from(went_on) >= cues.share * f64::from(peers)
}

fn missing(evidence: Evidence<'_>, year: u16, reports: &[&ReportRow], doubt: Option<&str>) -> Option<CrossFinding> {
    let last = reports.first()?;
    let reasons = &evidence.lexicon.audit.reasons;
    let reason = if doubt.is_some() { &reasons.peers } else { &reasons.between };
    let blanks = [("place", last.place.as_str()), ("year", &year.to_string()), ("reason", reason)];
    let mut finding =
        CrossFinding::new("missing_year", node(last.region.as_ref()?), evidence.message("missing_year", &blanks));
    finding.year = Some(year);
    let rests_on: BTreeSet<_> = reports.iter().map(|report| node(&report.iri)).collect();
    finding.rests_on = rests_on.into_iter().collect();
    finding.doubt = doubt.map(str::to_owned);
    Some(finding)
}

/// Reports that were published after the day on which they were due.
#[must_use]
pub fn late_reports(evidence: Evidence<'_>) -> Vec<CrossFinding> {
    let cues = &evidence.lexicon.audit.late;
    let late = |report: &ReportRow| {
        let year = report.year.filter(|year| *year >= cues.first_year)?;
        let due = format!("{:04}-{}", year.checked_add(1)?, cues.due);
        let issued = report.published.as_deref()?;
        let days = day_number(issued)? - day_number(&due)?;
        if days <= 0 {
            return None;
        }
        let (year, told) = (year.to_string(), days.to_string());
        let blanks = [("year", year.as_str()), ("issued", issued), ("due", &due), ("days", &told)];
        let mut finding = CrossFinding::new("late_report", node(&report.iri), evidence.message("late_report", &blanks));
        finding.doubt = (days >= cues.doubted_days).then(|| "later-upload".to_owned());
        Some(finding)
    };
    evidence.reports.reports.iter().filter_map(late).collect()
}

/// The number of a day in the Gregorian calendar, counted from some day on; `None` for what is not `YYYY-MM-DD`.
fn day_number(date: &str) -> Option<i64> {
    let mut parts = date.splitn(3, '-').map(str::parse::<i64>);
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    if !((1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)) {
        return None;
    }
    // A year that begins in March has its leap day at its end.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    Some(365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day)
}

#[cfg(test)]
mod tests {
    use super::day_number;

    #[test]
    fn days_are_counted_over_leap_years() {
        let between = |from: &str, to: &str| Some(day_number(to)? - day_number(from)?);
        assert_eq!(between("2022-04-01", "2022-04-01"), Some(0));
        assert_eq!(between("2020-02-28", "2020-03-01"), Some(2));
        assert_eq!(between("2021-02-28", "2021-03-01"), Some(1));
        assert_eq!(between("2000-01-01", "2001-01-01"), Some(366));
        assert_eq!(between("2022-04", "2022-04-01"), None);
        assert_eq!(between("2022-13-01", "2022-04-01"), None);
    }
}
