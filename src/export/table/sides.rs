//! What does a row on a finding between reports tell of its two sides?
//!
//! The finding itself says where its passages stand only where they are not whole units; else the units' IRIs say it.

use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Term};

use super::path::{Part, Side, Step};
use super::row::{Rows, number};
use crate::export::look::{Facts, plain, span};
use crate::store::StoreError;
use crate::vocab::{class, property};

impl Rows<'_> {
    /// The steps that lead from a finding between reports to what it is about.
    pub(super) fn beside(&self, thing: &NamedNode, step: &Step, out: &mut Vec<Term>) -> Result<(), StoreError> {
        match step {
            Step::Concerned => match self.told {
                Some(told) => out.push(told.report.clone().into()),
                None => out.extend(self.facts(thing)?.of(property::CONCERNS).cloned()),
            },
            Step::Source => out.push(source(thing).into()),
            Step::Region => {
                let facts = self.facts(thing)?;
                if facts.is(class::REGION) {
                    out.push(thing.clone().into());
                } else {
                    out.extend(facts.of(property::REGION).cloned());
                }
            }
            Step::Year => {
                let own = self.facts(thing)?;
                let report = self.told.map(crate::export::look::Told::of_report).unwrap_or_default();
                out.extend(own.of(property::YEAR).next().or_else(|| report.of(property::YEAR).next()).cloned());
            }
            Step::Side(side, part) => {
                let finding = self.facts(thing)?;
                match side {
                    Side::Here => self.here(&finding, *part, out),
                    Side::There => self.there(&finding, *part, out)?,
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The passage of the report that the finding concerns.
    fn here(&self, finding: &Facts, part: Part, out: &mut Vec<Term>) {
        let told = place(finding, property::START, property::END);
        let Some(place) = told.or_else(|| span(finding.node(property::CONCERNS)?)) else { return };
        let text = || self.told.and_then(|told| told.characters(place.0, place.1)).map(str::to_owned);
        out.extend(tell(place, part, text));
    }

    /// The passages of the other side: the place of one, the texts of all.
    fn there(&self, finding: &Facts, part: Part, out: &mut Vec<Term>) -> Result<(), StoreError> {
        let others: Vec<&NamedNode> = finding
            .of(property::OTHER_PASSAGE)
            .filter_map(|other| if let Term::NamedNode(other) = other { Some(other) } else { None })
            .collect();
        let told = place(finding, property::OTHER_START, property::OTHER_END);
        match others[..] {
            [other] => {
                let Some(place) = told.or_else(|| span(other)) else { return Ok(()) };
                let text = if part == Part::Text { self.characters(&source(other), place)? } else { None };
                out.extend(tell(place, part, || text));
            }
            _ if part == Part::Text => {
                for other in others {
                    out.extend(self.facts(other)?.of(property::TEXT).cloned());
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The characters at a place of another report, whose text is not kept.
    fn characters(&self, report: &NamedNode, (start, end): (usize, usize)) -> Result<Option<String>, StoreError> {
        let texts = self.look.store().values(report.as_ref(), property::TEXT)?;
        let length = end.saturating_sub(start);
        Ok(texts.first().map(|text| plain(text).chars().skip(start).take(length).collect()))
    }
}

/// The report below which a thing hangs.
fn source(thing: &NamedNode) -> NamedNode {
    let report = thing.as_str().split('#').next().unwrap_or_default();
    NamedNode::new_unchecked(report)
}

/// The place that two properties tell.
fn place(facts: &Facts, start: NamedNodeRef<'_>, end: NamedNodeRef<'_>) -> Option<(usize, usize)> {
    Some((facts.first(start)?.parse().ok()?, facts.first(end)?.parse().ok()?))
}

fn tell(place: (usize, usize), part: Part, text: impl FnOnce() -> Option<String>) -> Option<Term> {
    match part {
        Part::Start => Some(number(place.0)),
        Part::End => Some(number(place.1)),
        Part::Text => text().map(|text| Literal::from(text).into()),
    }
}
