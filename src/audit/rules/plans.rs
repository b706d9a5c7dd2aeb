//! Was done what was planned, and is planned what is lacking? Judged by field, topic and words.

use std::collections::BTreeMap;

use oxigraph::model::NamedNode;
use rayon::prelude::*;

use super::{Evidence, node};
use crate::audit::corpus::{Matter, ReportRow};
use crate::describe::CrossFinding;
use crate::relate::plans::{Matter as Words, addressed};
use crate::report::UnitKind;

/// Why a careful reader would doubt it: something of the same field is there, in other words.
const OTHER_WORDS: &str = "same-in-other-words";

/// What a plan or problem finds among the measures or plans that could answer it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    /// One that shares its topic or enough of its words.
    Found,
    /// Only some of its field, about other things.
    Field,
    /// None of its field.
    None,
}

/// The matters that could answer one, with what is compared of each.
struct Candidates<'a> {
    matters: Vec<&'a Matter>,
    words: Vec<Words<'a>>,
}

impl<'a> Candidates<'a> {
    fn new(matters: Vec<&'a Matter>, evidence: Evidence<'_>) -> Self {
        let words = matters.iter().map(|matter| words(matter, evidence)).collect();
        Self { matters, words }
    }

    /// Looks for an answer to `asked`.
    fn answer(&self, asked: &Matter, evidence: Evidence<'_>) -> Answer {
        let topical = |other: &&Matter| other.topics.iter().any(|topic| asked.topics.contains(topic));
        if self.matters.iter().any(topical)
            || !addressed(&words(asked, evidence), None, &self.words, &evidence.lexicon.relations).is_empty()
        {
            return Answer::Found;
        }
        let of_field = |other: &&Matter| other.fields.iter().any(|field| asked.fields.contains(field));
        if self.matters.iter().any(of_field) { Answer::Field } else { Answer::None }
    }
}

/// What is compared of a matter. Which field it is put under is a matter of degree, so its words count wherever it stands.
fn words<'a>(matter: &Matter, evidence: Evidence<'_>) -> Words<'a> {
    Words::new(&matter.text, "", &evidence.lexicon.relations)
}

/// The matters of each report, by its index.
fn by_report(evidence: Evidence<'_>) -> Vec<&[Matter]> {
    let mut found: Vec<&[Matter]> = vec![&[]; evidence.reports.reports.len()];
    for group in evidence.matters.chunk_by(|a, b| a.report == b.report) {
        if let Some(place) = group.first().and_then(|first| found.get_mut(first.report)) {
            *place = group;
        }
    }
    found
}

/// Plans that no measure of the place's next report answers.
#[must_use]
pub fn plans_without_measure(evidence: Evidence<'_>) -> Vec<CrossFinding> {
    let reports = &evidence.reports.reports;
    let matters = by_report(evidence);
    let mut of_year: BTreeMap<(usize, u16), Vec<usize>> = BTreeMap::new();
    for (at, report) in reports.iter().enumerate() {
        if let Some(year) = report.year {
            of_year.entry((report.reporter, year)).or_default().push(at);
        }
    }
    let unanswered = |(at, report): (usize, &ReportRow)| {
        let next_year = report.year.and_then(|year| year.checked_add(1))?;
        let next = of_year.get(&(report.reporter, next_year))?;
        let all = next.iter().filter_map(|next| matters.get(*next)).flat_map(|matters| matters.iter());
        let measures: Vec<&Matter> = all.filter(|matter| matter.kind == UnitKind::Measure).collect();
        // A report without any measure was cut off or is of another kind.
        if measures.is_empty() {
            return None;
        }
        let measures = Candidates::new(measures, evidence);
        let plans = matters.get(at)?.iter().filter(|matter| matter.kind == UnitKind::Plan);
        let rests_on: Vec<NamedNode> = next.iter().map(|next| node(&reports[*next].iri)).collect();
        Some(plans.filter_map(|plan| unfollowed(plan, &measures, next_year, &rests_on, evidence)).collect::<Vec<_>>())
    };
    reports.par_iter().enumerate().filter_map(unanswered).flatten().collect()
}

fn unfollowed(
    plan: &Matter,
    measures: &Candidates<'_>,
    next: u16,
    rests_on: &[NamedNode],
    evidence: Evidence<'_>,
) -> Option<CrossFinding> {
    let reasons = &evidence.lexicon.audit.reasons;
    let (reason, doubt) = match measures.answer(plan, evidence) {
        Answer::Found => return None,
        Answer::Field => (&reasons.field_differs, Some(OTHER_WORDS)),
        Answer::None => (&reasons.field_empty, plan.doubt.as_deref()),
    };
    let years = (next.saturating_sub(1).to_string(), next.to_string());
    let blanks = [("year", years.0.as_str()), ("next", years.1.as_str()), ("reason", reason.as_str())];
    let message = evidence.message("plan_without_measure", &blanks);
    let mut finding = CrossFinding::new("plan_without_measure", node(&plan.iri), message);
    finding.span = Some(plan.span);
    finding.rests_on = rests_on.to_vec();
    finding.doubt = doubt.map(str::to_owned);
    Some(finding)
}

/// Problems that no plan of the same report answers.
#[must_use]
pub fn problems_without_plan(evidence: Evidence<'_>) -> Vec<CrossFinding> {
    let of_report = |matters: &[Matter]| {
        let open = matters.iter().filter(|matter| matter.kind == UnitKind::Problem && !matter.answered);
        let plans = matters.iter().filter(|matter| matter.kind == UnitKind::Plan).collect();
        let plans = Candidates::new(plans, evidence);
        open.filter_map(|problem| unplanned(problem, &plans, evidence)).collect::<Vec<_>>()
    };
    let groups: Vec<&[Matter]> = evidence.matters.chunk_by(|a, b| a.report == b.report).collect();
    groups.into_par_iter().map(of_report).flatten().collect()
}

fn unplanned(problem: &Matter, plans: &Candidates<'_>, evidence: Evidence<'_>) -> Option<CrossFinding> {
    let reasons = &evidence.lexicon.audit.reasons;
    let (reason, doubt) = match plans.answer(problem, evidence) {
        Answer::Found => return None,
        Answer::Field => (&reasons.plans_differ, Some(OTHER_WORDS)),
        Answer::None if plans.matters.is_empty() => (&reasons.no_plans, problem.doubt.as_deref()),
        Answer::None => (&reasons.no_plan_of_field, problem.doubt.as_deref()),
    };
    let message = evidence.message("problem_without_plan", &[("reason", reason.as_str())]);
    let mut finding = CrossFinding::new("problem_without_plan", node(&problem.iri), message);
    finding.span = Some(problem.span);
    finding.doubt = doubt.map(str::to_owned);
    Some(finding)
}
