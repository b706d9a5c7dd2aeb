//! Which figures are the values of a region and year?

use std::cmp::Reverse;
use std::collections::BTreeMap;

use oxigraph::model::NamedNode;

use super::{Indicator, Known, NOTATION, Panel};
use crate::export::look::{Facts, Look, Told, span};
use crate::export::selection::Chosen;
use crate::store::StoreError;
use crate::vocab::{class, property};

/// Why the wide panel has not a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reason {
    Place,
    Reporter,
    Year,
    Change,
    Plan,
    Unit,
    Repeated,
    OtherValue,
}

impl Reason {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Reporter => "reporter",
            Self::Year => "year",
            Self::Change => "change",
            Self::Plan => "plan",
            Self::Unit => "unit",
            Self::Repeated => "repeated",
            Self::OtherValue => "other_value",
        }
    }
}

/// A figure of an indicator.
pub(super) struct Value {
    pub(super) indicator: usize,
    pub(super) number: f64,
    pub(super) unit: String,
    pub(super) approximate: bool,
    pub(super) doubt: Option<String>,
    pub(super) phrase: String,
    pub(super) quote: String,
    pub(super) passage: String,
    pub(super) figure: NamedNode,
    /// Which of the reports it is of.
    pub(super) report: usize,
    /// Why the panel has it not; `None` of those that it has.
    pub(super) reason: Option<Reason>,
}

/// A report with what the panel says of it.
pub(super) struct Source {
    pub(super) report: NamedNode,
    pub(super) url: String,
    pub(super) level: String,
    pub(super) of_department: bool,
    issued: String,
}

/// The figures of one region and year.
pub(in super::super) struct Found {
    pub(super) place: Place,
    pub(super) year: Option<i32>,
    pub(super) sources: Vec<Source>,
    /// By indicator, report and place in the text.
    pub(super) values: Vec<Value>,
    /// How many different values an indicator has.
    pub(super) different: BTreeMap<usize, usize>,
}

/// Where a region lies.
#[derive(Default)]
pub(super) struct Place {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) prefecture: String,
    pub(super) province: String,
    pub(super) level: String,
}

impl Place {
    fn read(look: &Look<'_>, region: &NamedNode) -> Result<Self, StoreError> {
        let facts = look.about(region)?;
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        Ok(Self {
            code: text(facts.first(property::CODE)),
            name: text(facts.name()),
            prefecture: look.name_around(region, "prefecture")?.unwrap_or_default(),
            province: look.name_around(region, "province")?.unwrap_or_default(),
            level: level(look, &facts)?,
        })
    }
}

fn level(look: &Look<'_>, facts: &Facts) -> Result<String, StoreError> {
    let Some(level) = facts.node(property::LEVEL) else { return Ok(String::new()) };
    Ok(look.about(level)?.first(NOTATION).unwrap_or_default().to_owned())
}

impl Panel {
    /// The figures of indicators in the reports of one region and year, and which of them are its values.
    pub(in super::super) fn find(
        &self,
        look: &Look<'_>,
        of: Option<(&NamedNode, i32)>,
        told: &[(&Chosen, Told)],
    ) -> Result<Found, StoreError> {
        let mut found = Found {
            place: of.map(|(region, _)| Place::read(look, region)).transpose()?.unwrap_or_default(),
            year: of.map(|(_, year)| year),
            sources: Vec::new(),
            values: Vec::new(),
            different: BTreeMap::new(),
        };
        for (number, (chosen, told)) in told.iter().enumerate() {
            let facts = told.of_report();
            found.sources.push(Source {
                report: told.report.clone(),
                url: facts.first(crate::vocab::dcterms::SOURCE).unwrap_or_default().to_owned(),
                level: level(look, &facts)?,
                of_department: chosen.of_department,
                issued: chosen.issued.clone(),
            });
            for (figure, facts) in told.things().filter(|(_, facts)| facts.is(class::FIGURE)) {
                let Some(value) = self.value(look, told, figure, facts)? else { continue };
                let reason = match value.reason {
                    _ if of.is_none() => Some(Reason::Place),
                    _ if chosen.of_department => Some(Reason::Reporter),
                    reason => reason,
                };
                found.values.push(Value { report: number, reason, ..value });
            }
        }
        found.values.sort_by_key(|value| (value.indicator, value.report, span(&value.figure)));
        found.choose(&self.indicators);
        Ok(found)
    }

    fn value(
        &self,
        look: &Look<'_>,
        told: &Told,
        figure: &NamedNode,
        facts: &Facts,
    ) -> Result<Option<Value>, StoreError> {
        let indicator = facts.node(property::INDICATOR).and_then(|concept| self.positions.get(concept).copied());
        let value = facts.first(property::VALUE).and_then(|value| value.parse::<f64>().ok());
        let (Some(indicator), Some(value)) = (indicator, value.filter(|value| value.is_finite())) else {
            return Ok(None);
        };
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let unit = text(facts.first(property::UNIT));
        let in_plan = told.holder(facts).and_then(|holder| told.facts(&holder).map(|facts| facts.is(class::PLAN)));
        let reason = if facts.first(property::PERIOD).is_some() {
            Some(Reason::Year)
        } else if facts.first(property::RISES).is_some() {
            Some(Reason::Change)
        } else if in_plan == Some(true) {
            Some(Reason::Plan)
        } else if is_rate(&unit) != is_rate(&self.indicators[indicator].unit) {
            Some(Reason::Unit)
        } else {
            None
        };
        let doubt = match facts.node(property::DOUBT) {
            Some(doubt) => Some(text(look.about(doubt)?.first(NOTATION))),
            None => None,
        };
        Ok(Some(Value {
            indicator,
            number: value,
            unit,
            approximate: facts.first(property::APPROXIMATE) == Some("true"),
            doubt,
            phrase: text(facts.first(oxigraph::model::vocab::rdfs::LABEL)),
            quote: text(facts.first(property::QUOTE)),
            passage: text(told.passage(figure, facts)),
            figure: figure.clone(),
            report: 0,
            reason,
        }))
    }
}

/// Whether a unit is of a rate, which is never a number of things.
fn is_rate(unit: &str) -> bool {
    unit.contains(['%', '\u{2030}'])
}

impl Found {
    /// Leaves one value for each indicator without a reason against it.
    fn choose(&mut self, indicators: &[Indicator]) {
        let mut by_indicator: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (position, value) in self.values.iter().enumerate().filter(|(_, value)| value.reason.is_none()) {
            by_indicator.entry(value.indicator).or_default().push(position);
        }
        for (indicator, mut positions) in by_indicator {
            positions.sort_by_key(|position| {
                let value = &self.values[*position];
                let other_unit = value.unit != indicators[indicator].unit;
                let issued = &self.sources[value.report].issued;
                (value.doubt.is_some(), value.approximate, other_unit, Reverse(issued.clone()), *position)
            });
            let mut values: Vec<f64> = positions.iter().map(|position| self.values[*position].number).collect();
            let chosen = values[0];
            for position in positions.iter().skip(1) {
                let same = self.values[*position].number.total_cmp(&chosen).is_eq();
                self.values[*position].reason = Some(if same { Reason::Repeated } else { Reason::OtherValue });
            }
            values.sort_by(f64::total_cmp);
            values.dedup();
            self.different.insert(indicator, values.len());
        }
    }

    /// In how many rows the indicators have a value, and several.
    pub(in super::super) fn known(&self) -> Known {
        let of = |(indicator, different): (&usize, &usize)| (*indicator, (1, usize::from(*different > 1)));
        Known(self.different.iter().map(of).collect())
    }
}
