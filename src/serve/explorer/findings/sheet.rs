//! What does an auditor want to know of one place, on a page? The sheets of all who report from a region.

use minijinja::{Value, context};

use super::gather::rules;
use crate::audit::{self, Filter, Listed, list};
use crate::describe::Base;
use crate::lexicon::Lexicon;
use crate::serve::explorer::report::audited;
use crate::serve::explorer::{link, view};
use crate::serve::problem::Problem;
use crate::serve::state::State;

/// Sheets of a page; a province has hundreds.
const MOST: usize = 12;
/// Findings of a line.
const OF_A_LINE: usize = 12;

/// What the template knows of the sheets of a region.
pub(super) fn sheets(state: &State, region: &str) -> Result<Value, Problem> {
    let (store, limits) = (state.store.dataset(), state.settings.limits);
    let lexicon = Lexicon::shared()?;
    let base = Base::new(state.store.base())?;
    let filter = Filter { least: 0.5, ..Filter::default() }.within(store, region, limits)?;
    let cross = audit::recorded(&state.store, &base, limits)?;
    let found = list(store, &base, &cross, &filter, &rules()?, limits)?;
    let sheets = audit::sheets(store, &cross.reports, &found, &filter, lexicon, limits)?;
    let total = sheets.len();
    let shown: Vec<Value> = sheets
        .iter()
        .take(MOST)
        .map(|sheet| {
            let reports = sheet.reports.iter().map(|report| {
                let href = link::to(state.store.base(), &report.report.iri);
                context! { href, ..view::value(report) }
            });
            let lines = sheet.lines.iter().map(|line| {
                let shown: Vec<Value> = line.findings.iter().take(OF_A_LINE).map(finding).collect();
                let rule = line.findings.first().map_or("", |finding| finding.rule.as_str());
                let all = link::with_parameters("/findings", [("rule", rule), ("region", region)]);
                context! { label => view::value(&line.label), count => line.findings.len(), findings => shown, all }
            });
            let shares = |shares: &[audit::Share]| -> Vec<Value> {
                let told = shares.iter().take(OF_A_LINE).map(|share| {
                    let other = &share.other;
                    let own = sheet.reports.iter().find(|report| report.report.year == share.year);
                    let own = own.map_or("", |report| report.report.id.as_str());
                    context! {
                        year => share.year, place => other.place.as_str(), other_year => other.year,
                        passages => share.passages, characters => share.characters,
                        share => format!("{:.0}%", share.share * 100.0),
                        href => link::to(state.store.base(), &other.iri),
                        compare => link::with_parameters("/compare", [("a", other.id.as_str()), ("b", own)]),
                    }
                });
                told.collect()
            };
            context! {
                place => sheet.place.as_str(), code => sheet.code.as_deref(), above => &sheet.above,
                total => sheet.findings,
                reports => reports.collect::<Vec<_>>(),
                fields => view::value(&sheet.fields),
                lines => lines.collect::<Vec<_>>(),
                shared_with => shares(&sheet.shared_with),
                reused => shares(&sheet.reused),
            }
        })
        .collect();
    let all = link::with_parameters("/findings", [("region", region)]);
    Ok(context! { region, sheets => shown, total, audit => audited(state)?, all })
}

fn finding(finding: &Listed) -> Value {
    context! {
        href => link::with_parameters("/finding", [("iri", finding.iri.as_str())]),
        message => finding.message.as_str(),
        year => finding.year,
        doubted => finding.doubt.is_some(),
    }
}
