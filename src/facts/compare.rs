//! What did a change do to what is read? Two extractions of the same pages, fact by fact.

use super::{Fact, FactClass, facts};
use crate::report::{Report, Span};
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What differs between two extractions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// Pages of which the facts differ, in the order of their paths.
    pub reports: Vec<ReportChanges>,
    /// Pages that only the old extraction has.
    pub only_old: Vec<String>,
    /// Pages that only the new extraction has.
    pub only_new: Vec<String>,
    /// Counts by class over all pages that both have.
    pub tally: BTreeMap<FactClass, Tally>,
}

/// How many facts of a class.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// In the old extraction.
    pub old: usize,
    /// In the new one.
    pub new: usize,
    /// Only in the new one.
    pub gained: usize,
    /// Only in the old one.
    pub lost: usize,
    /// In both, saying different things.
    pub changed: usize,
}

/// What differs in one page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReportChanges {
    /// Path of the page.
    pub path: String,
    /// Whether both extractions saw the same text: else facts are matched by their words and not by their place.
    pub same_text: bool,
    /// The changes, by class and place.
    pub changes: Vec<FactChange>,
}

/// What became of a fact.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FactChange {
    /// Its class.
    pub class: FactClass,
    /// Where it stands: in the new text, of a lost one in the old text.
    #[serde(flatten)]
    pub span: Option<Span>,
    /// Its characters.
    pub quote: String,
    /// What became of it.
    #[serde(flatten)]
    pub change: Change,
}

/// What became of a fact.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// Only the new extraction has it; what it says.
    Gained {
        /// Its fields.
        fields: serde_json::Map<String, Value>,
    },
    /// Only the old extraction has it; what it said.
    Lost {
        /// Its fields.
        fields: serde_json::Map<String, Value>,
    },
    /// Both have it and it says something else.
    Changed {
        /// The fields that differ.
        fields: Vec<FieldChange>,
    },
}

/// A field that differs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldChange {
    /// Its name.
    pub name: String,
    /// What it was; null where it was not said.
    pub old: Value,
    /// What it is.
    pub new: Value,
}

impl Comparison {
    /// Leaves out the facts and counts of all other classes.
    pub fn retain(&mut self, classes: &BTreeSet<FactClass>) {
        for report in &mut self.reports {
            report.changes.retain(|change| classes.contains(&change.class));
        }
        self.reports.retain(|report| !report.changes.is_empty());
        self.tally.retain(|class, _| classes.contains(class));
    }
}

/// Compares two extractions. Pages are matched by their path; the order in which they stand does not matter.
#[must_use]
pub fn compare(old: &[Report], new: &[Report]) -> Comparison {
    let (old, new) = (by_path(old), by_path(new));
    let only = |here: &BTreeMap<&str, &Report>, there: &BTreeMap<&str, &Report>| {
        here.keys().filter(|path| !there.contains_key(**path)).map(|path| (*path).to_owned()).collect()
    };
    let mut comparison = Comparison {
        reports: Vec::new(),
        only_old: only(&old, &new),
        only_new: only(&new, &old),
        tally: FactClass::ALL.into_iter().map(|class| (class, Tally::default())).collect(),
    };
    for (path, before) in &old {
        let Some(after) = new.get(path) else { continue };
        let same_text = before.text == after.text;
        let changes = changes(facts(before), facts(after), same_text, &mut comparison.tally);
        if !changes.is_empty() || !same_text {
            comparison.reports.push(ReportChanges { path: (*path).to_owned(), same_text, changes });
        }
    }
    comparison
}

fn by_path(reports: &[Report]) -> BTreeMap<&str, &Report> {
    reports.iter().map(|report| (report.source.path.as_str(), report)).collect()
}

/// By what a fact is known again: its place, or its words and which of those it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Place(FactClass, Option<Span>, String),
    Words(FactClass, String, usize),
}

fn keyed(facts: Vec<Fact>, same_text: bool) -> BTreeMap<Key, Fact> {
    let mut seen: BTreeMap<(FactClass, String), usize> = BTreeMap::new();
    let mut keyed = BTreeMap::new();
    for fact in facts {
        let key = if same_text {
            // Two findings may stand on one span; all else stands there once.
            let kind = if fact.class == FactClass::Finding { fact.fields.get("kind") } else { None };
            let name = if fact.class == FactClass::Metadata { fact.quote.clone() } else { String::new() };
            Key::Place(fact.class, fact.span, kind.and_then(Value::as_str).map_or(name, str::to_owned))
        } else {
            let count = seen.entry((fact.class, fact.quote.clone())).or_default();
            *count += 1;
            Key::Words(fact.class, fact.quote.clone(), *count)
        };
        keyed.insert(key, fact);
    }
    keyed
}

fn changes(old: Vec<Fact>, new: Vec<Fact>, same_text: bool, tally: &mut BTreeMap<FactClass, Tally>) -> Vec<FactChange> {
    for fact in &old {
        tally.entry(fact.class).or_default().old += 1;
    }
    for fact in &new {
        tally.entry(fact.class).or_default().new += 1;
    }
    let (old, new) = (keyed(old, same_text), keyed(new, same_text));
    let keys: BTreeSet<&Key> = old.keys().chain(new.keys()).collect();
    let mut found = Vec::new();
    for key in keys {
        let (fact, change) = match (old.get(key), new.get(key)) {
            (Some(before), Some(after)) => match differing(before, after) {
                fields if fields.is_empty() => continue,
                fields => (after, Change::Changed { fields }),
            },
            (Some(before), None) => (before, Change::Lost { fields: before.fields.clone() }),
            (None, Some(after)) => (after, Change::Gained { fields: after.fields.clone() }),
            (None, None) => continue,
        };
        let count = tally.entry(fact.class).or_default();
        match &change {
            Change::Gained { .. } => count.gained += 1,
            Change::Lost { .. } => count.lost += 1,
            Change::Changed { .. } => count.changed += 1,
        }
        found.push(FactChange { class: fact.class, span: fact.span, quote: fact.quote.clone(), change });
    }
    found.sort_by_key(|change| (change.class, change.span));
    found
}

fn differing(old: &Fact, new: &Fact) -> Vec<FieldChange> {
    let names: BTreeSet<&String> = old.fields.keys().chain(new.fields.keys()).collect();
    names
        .into_iter()
        .filter(|name| old.fields.get(*name) != new.fields.get(*name))
        .map(|name| FieldChange {
            name: name.clone(),
            old: old.fields.get(name).cloned().unwrap_or_default(),
            new: new.fields.get(name).cloned().unwrap_or_default(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]

    use super::*;
    use crate::report::{Citation, Figure, Metadata, Source};

    fn report(year: u16, figures: &[(usize, usize, f64)], citations: &[(usize, usize, &str)]) -> Report {
        let text = "受理行政复议申请12件,审结10件。贯彻《行政复议法》。".to_owned();
        let span = |start: usize, end: usize| Span { start, end };
        let figure = |(start, end, value): &(usize, usize, f64)| Figure {
            span: span(*start, *end),
            value: *value,
            ..Figure::default()
        };
        let citation = |(start, end, title): &(usize, usize, &str)| Citation {
            span: span(*start, *end),
            title: (*title).to_owned(),
            ..Citation::default()
        };
        Report {
            id: String::new(),
            source: Source { path: "a.txt".to_owned(), ..Source::default() },
            metadata: Metadata { year: Some(year), ..Metadata::default() },
            statements: Vec::new(),
            units: Vec::new(),
            citations: citations.iter().map(citation).collect(),
            bodies: Vec::new(),
            figures: figures.iter().map(figure).collect(),
            findings: Vec::new(),
            text,
        }
    }

    #[test]
    fn facts_are_gained_lost_and_changed_by_their_place() {
        let old = report(2022, &[(8, 11, 12.0), (14, 17, 10.0)], &[]);
        let new = report(2023, &[(8, 11, 12.0), (14, 17, 11.0)], &[(20, 27, "行政复议法")]);
        let comparison = compare(std::slice::from_ref(&old), &[new]);
        assert_eq!(comparison.tally[&FactClass::Figure], Tally { old: 2, new: 2, gained: 0, lost: 0, changed: 1 });
        assert_eq!(comparison.tally[&FactClass::Citation], Tally { old: 0, new: 1, gained: 1, lost: 0, changed: 0 });
        assert_eq!(comparison.tally[&FactClass::Metadata], Tally { old: 1, new: 1, gained: 0, lost: 0, changed: 1 });
        let [changes] = comparison.reports.as_slice() else { panic!("one page differs") };
        let quotes: Vec<&str> = changes.changes.iter().map(|change| change.quote.as_str()).collect();
        assert_eq!(quotes, ["year", "《行政复议法》", "10件"]);
        let Change::Changed { fields } = &changes.changes[2].change else { panic!("the value changed") };
        assert_eq!((fields[0].name.as_str(), &fields[0].new), ("value", &Value::from(11.0)));
        assert!(compare(std::slice::from_ref(&old), std::slice::from_ref(&old)).reports.is_empty());
    }

    #[test]
    fn facts_of_another_text_are_known_by_their_words() {
        let old = report(2022, &[(8, 11, 12.0)], &[]);
        let mut new = report(2022, &[(9, 12, 12.0)], &[]);
        new.text.insert(0, '共');
        let comparison = compare(&[old], &[new]);
        assert!(!comparison.reports[0].same_text);
        assert!(comparison.reports[0].changes.is_empty(), "{:?}", comparison.reports[0].changes);
    }

    #[test]
    fn pages_of_one_side_are_named() {
        let old = report(2022, &[], &[]);
        let mut new = old.clone();
        new.source.path = "b.txt".to_owned();
        let comparison = compare(&[old], &[new]);
        assert_eq!((comparison.only_old, comparison.only_new), (vec!["a.txt".to_owned()], vec!["b.txt".to_owned()]));
    }
}
