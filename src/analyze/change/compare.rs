//! What came, what went, what stayed?

use std::collections::{BTreeMap, BTreeSet};

use super::likeness::Likeness;
use super::reading::{Reading, Unit};
use super::select::Selected;
use super::{Change, CitedChange, FieldChange, FollowedPlan, IndicatorChange, ProblemChange, Told, Trend, Value};
use crate::analyze::Error;
use crate::analyze::passage::{Passage, Passages};
use crate::query::{self, Around};

/// From which similarity on two problems are the same one.
const SAME_PROBLEM: f64 = 0.3;
/// Which share of a plan a measure must cover to have taken it up.
const TAKEN_UP: f64 = 0.4;

pub(super) fn compare(around: Around<'_>, selected: Selected) -> Result<Change, Error> {
    let mut passages = Passages::new(around);
    let mut documents: BTreeMap<String, Tally> = BTreeMap::new();
    let mut fields: BTreeMap<String, Tally> = BTreeMap::new();
    let (mut indicators, mut problems, mut plans) = (Vec::new(), Vec::new(), Vec::new());
    for pair in &selected.pairs {
        let before = Reading::of(around, &mut passages, &pair.before)?;
        let after = Reading::of(around, &mut passages, &pair.after)?;
        for (reading, is_after) in [(&before, false), (&after, true)] {
            for (document, passage) in &reading.documents {
                documents.entry(document.clone()).or_default().add(is_after, passage);
            }
            for measure in &reading.measures {
                fields.entry(measure.category.clone()).or_default().add(is_after, &measure.told.passage);
            }
        }
        let units = [&before, &after].into_iter().flat_map(|reading| {
            reading
                .measures
                .iter()
                .chain(&reading.problems)
                .chain(&reading.plans)
                .map(|unit| unit.told.passage.quote.as_str())
        });
        let likeness = Likeness::over(units);
        indicators.extend(indicator_changes(around, &pair.name, before.values, after.values)?);
        problems.extend(problem_changes(&pair.name, &before.problems, &after.problems, &likeness));
        plans.extend(followed_plans(&pair.name, &before.plans, &after.measures, &likeness));
    }
    let mut documents: Vec<CitedChange> = documents
        .into_iter()
        .map(|(document, tally)| {
            let title = around.text(&document, "rdfs:label")?.unwrap_or_default();
            let trend = tally.trend();
            Ok(CitedChange {
                title,
                trend,
                before: tally.before,
                after: tally.after,
                passage: tally.passage(),
                document,
            })
        })
        .collect::<Result<_, query::Error>>()?;
    documents.sort_by(|a, b| (a.trend, &a.title).cmp(&(b.trend, &b.title)));
    let fields = fields
        .into_iter()
        .map(|(category, tally)| {
            let label = around.text(&category, "skos:prefLabel")?.unwrap_or_default();
            let trend = tally.trend();
            Ok(FieldChange {
                label,
                trend,
                before: tally.before,
                after: tally.after,
                passage: tally.passage(),
                category,
            })
        })
        .collect::<Result<_, query::Error>>()?;
    Ok(Change {
        region: selected.region,
        scope: selected.scope,
        from: selected.from,
        to: selected.to,
        reporters: selected.pairs.into_iter().map(|pair| pair.name).collect(),
        only_before: selected.only_before,
        only_after: selected.only_after,
        documents,
        fields,
        indicators,
        problems,
        plans,
    })
}

/// How often something is said in the two years, with the first words.
#[derive(Debug, Default)]
struct Tally {
    before: usize,
    after: usize,
    first_before: Option<Passage>,
    first_after: Option<Passage>,
}

impl Tally {
    fn add(&mut self, is_after: bool, passage: &Passage) {
        let (count, first) = if is_after {
            (&mut self.after, &mut self.first_after)
        } else {
            (&mut self.before, &mut self.first_before)
        };
        *count += 1;
        first.get_or_insert_with(|| passage.clone());
    }

    const fn trend(&self) -> Trend {
        match (self.before, self.after) {
            (0, _) => Trend::New,
            (_, 0) => Trend::Gone,
            _ => Trend::Stayed,
        }
    }

    fn passage(self) -> Passage {
        self.first_after.or(self.first_before).unwrap_or_default()
    }
}

fn indicator_changes(
    around: Around<'_>,
    place: &str,
    mut before: BTreeMap<String, Vec<Value>>,
    mut after: BTreeMap<String, Vec<Value>>,
) -> Result<Vec<IndicatorChange>, Error> {
    let indicators: BTreeSet<String> = before.keys().chain(after.keys()).cloned().collect();
    let mut changes = Vec::new();
    for indicator in indicators {
        let once = |values: Option<Vec<Value>>| {
            let mut values = values.unwrap_or_default();
            // A figure that is printed twice is one value.
            let mut seen: Vec<(f64, String)> = Vec::new();
            values.retain(|value| {
                let known =
                    seen.iter().any(|(number, unit)| number.total_cmp(&value.value).is_eq() && *unit == value.unit);
                seen.push((value.value, value.unit.clone()));
                !known
            });
            values
        };
        let (before, after) = (once(before.remove(&indicator)), once(after.remove(&indicator)));
        let difference = match (before.as_slice(), after.as_slice()) {
            // Rounded to what reports print, so that 0.3 is not 0.29999.
            ([old], [new]) if old.unit == new.unit => Some(((new.value - old.value) * 1e6).round() / 1e6),
            _ => None,
        };
        let label = around.text(&indicator, "skos:prefLabel")?.unwrap_or_default();
        changes.push(IndicatorChange { place: place.to_owned(), indicator, label, before, after, difference });
    }
    changes.sort_by(|a, b| a.label.cmp(&b.label));
    Ok(changes)
}

/// Matches the problems of two years, the most alike first, each with one other.
fn problem_changes(place: &str, before: &[Unit], after: &[Unit], likeness: &Likeness) -> Vec<ProblemChange> {
    let words = |unit: &Unit| unit.told.passage.quote.clone();
    let mut matches: Vec<(f64, usize, usize)> = Vec::new();
    for (earlier, old) in before.iter().enumerate() {
        for (later, new) in after.iter().enumerate() {
            let similarity = likeness.both_ways(&words(old), &words(new));
            if similarity >= SAME_PROBLEM {
                matches.push((similarity, earlier, later));
            }
        }
    }
    matches.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    let (mut taken_before, mut taken_after) = (BTreeSet::new(), BTreeSet::new());
    let mut changes = Vec::new();
    let told = |unit: &Unit| Some(unit.told.clone());
    let mut add = |trend, before, after, similarity: f64| {
        let similarity = (similarity * 100.0).round() / 100.0;
        changes.push(ProblemChange { place: place.to_owned(), trend, before, after, similarity });
    };
    for (similarity, earlier, later) in matches {
        if !taken_before.contains(&earlier) && !taken_after.contains(&later) {
            taken_before.insert(earlier);
            taken_after.insert(later);
            add(Trend::Stayed, told(&before[earlier]), told(&after[later]), similarity);
        }
    }
    for (_, new) in after.iter().enumerate().filter(|(at, _)| !taken_after.contains(at)) {
        add(Trend::New, None, told(new), 0.0);
    }
    for (_, old) in before.iter().enumerate().filter(|(at, _)| !taken_before.contains(at)) {
        add(Trend::Gone, told(old), None, 0.0);
    }
    changes
}

/// The measure that covers most of each plan.
fn followed_plans(place: &str, plans: &[Unit], measures: &[Unit], likeness: &Likeness) -> Vec<FollowedPlan> {
    let covered = |plan: &Unit| {
        let words = |told: &Told| told.passage.quote.clone();
        let cover = |measure: &Unit| likeness.covered(&words(&plan.told), &words(&measure.told));
        let mut best: Option<(f64, &Unit)> = None;
        for measure in measures {
            let cover = cover(measure);
            if best.is_none_or(|(known, _)| cover > known) {
                best = Some((cover, measure));
            }
        }
        best
    };
    plans
        .iter()
        .map(|plan| {
            let best = covered(plan);
            let similarity = best.map_or(0.0, |(cover, _)| (cover * 100.0).round() / 100.0);
            let measure = best.filter(|(cover, _)| *cover >= TAKEN_UP).map(|(_, measure)| measure.told.clone());
            FollowedPlan { place: place.to_owned(), plan: plan.told.clone(), measure, similarity }
        })
        .collect()
}
