//! What does a report say that can be compared?

use std::collections::BTreeMap;

use super::{Told, Value};
use crate::analyze::passage::{Passage, Passages};
use crate::query::{Around, Error};

/// Most parts of a report that are read.
const PARTS: usize = 10_000;

/// A measure, problem or plan with its field.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub(super) category: String,
    pub(super) told: Told,
}

/// What the reports of one reporter on one year say.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// The documents with the first words that cite each.
    pub(super) documents: BTreeMap<String, Passage>,
    pub(super) measures: Vec<Unit>,
    pub(super) problems: Vec<Unit>,
    pub(super) plans: Vec<Unit>,
    /// Values of the year itself, by indicator.
    pub(super) values: BTreeMap<String, Vec<Value>>,
}

impl Reading {
    pub(super) fn of(around: Around<'_>, passages: &mut Passages<'_>, reports: &[String]) -> Result<Self, Error> {
        let mut reading = Self::default();
        for report in reports {
            for part in around.pointing("dcterms:isPartOf", report, PARTS)? {
                reading.add(around, passages, &part)?;
                for inner in around.pointing("dcterms:isPartOf", &part, PARTS)? {
                    reading.add(around, passages, &inner)?;
                }
            }
        }
        let place = |unit: &Unit| (unit.told.passage.report.clone(), unit.told.passage.start);
        for units in [&mut reading.measures, &mut reading.problems, &mut reading.plans] {
            units.sort_by_key(place);
        }
        for values in reading.values.values_mut() {
            values.sort_by(|a, b| (&a.passage.report, a.passage.start).cmp(&(&b.passage.report, b.passage.start)));
        }
        Ok(reading)
    }

    fn add(&mut self, around: Around<'_>, passages: &mut Passages<'_>, part: &str) -> Result<(), Error> {
        let class = around.class(part)?.unwrap_or_default();
        let units = match class.as_str() {
            "Measure" => &mut self.measures,
            "Problem" => &mut self.problems,
            "Plan" => &mut self.plans,
            "Citation" => return self.add_citation(around, passages, part),
            "Figure" => return self.add_figure(around, passages, part),
            _ => return Ok(()),
        };
        let Some(passage) = passages.of(part)? else { return Ok(()) };
        let name = around.text(part, "rdfs:label")?.unwrap_or_default();
        let category = around.iri(part, "fz:category")?.unwrap_or_default();
        units.push(Unit { category, told: Told { name, passage } });
        Ok(())
    }

    fn add_citation(&mut self, around: Around<'_>, passages: &mut Passages<'_>, part: &str) -> Result<(), Error> {
        let (Some(document), Some(passage)) = (around.iri(part, "fz:cites")?, passages.of(part)?) else {
            return Ok(());
        };
        let known = self.documents.entry(document).or_insert_with(|| passage.clone());
        if (&passage.report, passage.start) < (&known.report, known.start) {
            *known = passage;
        }
        Ok(())
    }

    /// Keeps a figure of a common indicator that speaks of the year itself and is no growth or decline.
    fn add_figure(&mut self, around: Around<'_>, passages: &mut Passages<'_>, part: &str) -> Result<(), Error> {
        let Some(indicator) = around.iri(part, "fz:indicator")? else { return Ok(()) };
        for other in ["fz:period", "fz:periodFrom", "fz:periodTo", "fz:rises", "fz:comparedWith"] {
            if !around.values(part, other)?.is_empty() {
                return Ok(());
            }
        }
        let value = around.text(part, "fz:value")?.and_then(|value| value.parse::<f64>().ok());
        let (Some(value), Some(passage)) = (value, passages.of(part)?) else { return Ok(()) };
        let unit = around.text(part, "fz:unit")?.unwrap_or_default();
        let approximate = !around.values(part, "fz:approximate")?.is_empty();
        self.values.entry(indicator).or_default().push(Value { value, unit, approximate, passage });
        Ok(())
    }
}
