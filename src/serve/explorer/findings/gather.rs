//! Which findings are there? Every finding of the store with the place and year that it is about, and those that a reader wants.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{NamedNode, NamedNodeRef};

use crate::audit::Filter;
use crate::describe::{Base, audit_iri};
use crate::lexicon::{Lexicon, labels};
use crate::query::{self, Answer, Bindings};
use crate::serve::explorer::link::plain;
use crate::serve::problem::Problem;
use crate::serve::state::State;
use crate::vocab::{Scheme, property};

/// A finding with what it is listed by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Its place among the rules in the order of the sheet.
    pub(super) rank: usize,
    /// IRI of the region; empty where none is known.
    pub(super) place: String,
    pub(super) year: String,
    pub(super) iri: NamedNode,
}

/// The findings of a store that pass a filter, and how many there are by rule and by year.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// Notations of the rules, in the order of the sheet.
    pub(super) rules: Vec<String>,
    /// What passes, by rule, place and year.
    pub(super) rows: Vec<Row>,
    /// Of each rule how many pass the filter of region and year.
    pub(super) by_rule: BTreeMap<usize, usize>,
    /// Of each year how many pass the filter of region and rule.
    pub(super) by_year: BTreeMap<String, usize>,
}

/// Where and on which year a report is.
type Reports = BTreeMap<String, (String, String)>;

/// Looks at every finding of the store once: a look-up each, and none of its texts.
pub(super) fn gather(state: &State, filter: &Filter) -> Result<Gathered, Problem> {
    let reports = reports(state)?;
    let base = Base::new(state.store.base())?;
    let between = format!("{}#", audit_iri(&base).as_str());
    let mut found = Gathered { rules: rules()?, ..Gathered::default() };
    let wanted = filter.year.map(|year| year.to_string());
    for (rank, rule) in found.rules.iter().enumerate() {
        let is_rule = filter.rules.is_empty() || filter.rules.contains(rule);
        for iri in state.store.leading_to(property::RULE, Scheme::Rule.concept(rule).as_ref())? {
            let (place, year) = place(state, iri.as_ref(), &between, &reports)?;
            if filter.regions.as_ref().is_some_and(|regions| !regions.contains(&place)) {
                continue;
            }
            if is_rule {
                *found.by_year.entry(year.clone()).or_default() += 1;
            }
            if wanted.as_ref().is_some_and(|wanted| *wanted != year) {
                continue;
            }
            *found.by_rule.entry(rank).or_default() += 1;
            if is_rule {
                found.rows.push(Row { rank, place, year, iri });
            }
        }
    }
    found.rows.sort_by(|a, b| (a.rank, &a.place, &a.year, &a.iri).cmp(&(b.rank, &b.place, &b.year, &b.iri)));
    Ok(found)
}

/// Notations of all rules in the order of the sheet.
pub(super) fn rules() -> Result<Vec<String>, Problem> {
    let groups = &Lexicon::shared()?.audit.groups;
    let mut rules: Vec<String> = groups.iter().flat_map(|group| group.rules.iter().cloned()).collect();
    let listed: BTreeSet<String> = rules.iter().cloned().collect();
    rules.extend(labels("rule")?.into_keys().filter(|rule| !listed.contains(rule)));
    Ok(rules)
}

fn place(
    state: &State,
    finding: NamedNodeRef<'_>,
    between: &str,
    reports: &Reports,
) -> Result<(String, String), Problem> {
    let concerned = if finding.as_str().starts_with(between) {
        let concerns = state.store.values(finding, property::CONCERNS)?;
        concerns.first().map(plain).unwrap_or_default()
    } else {
        finding.as_str().to_owned()
    };
    let report = concerned.split_once('#').map_or(concerned.as_str(), |(report, _)| report);
    if let Some(known) = reports.get(report) {
        return Ok(known.clone());
    }
    // A region that lacks a report on a year.
    let year = state.store.values(finding, property::YEAR)?;
    Ok((concerned, year.first().map(plain).unwrap_or_default()))
}

fn reports(state: &State) -> Result<Reports, Problem> {
    let text = "SELECT ?report ?region ?year WHERE { ?report a fz:Report \
                OPTIONAL { ?report fz:region ?region } OPTIONAL { ?report fz:year ?year } }";
    let answer = query::run(state.store.dataset(), text, &Bindings::default(), state.settings.limits)?;
    let Answer::Solutions(solutions) = answer else { return Ok(Reports::new()) };
    let value = |row: &[Option<oxigraph::model::Term>], at: usize| {
        row.get(at).and_then(Option::as_ref).map(plain).unwrap_or_default()
    };
    Ok(solutions.rows.iter().map(|row| (value(row, 0), (value(row, 1), value(row, 2)))).collect())
}
