//! How does a thing become a row? Each column's path is followed from it.

use std::collections::BTreeMap;
use std::sync::Arc;

use oxigraph::model::vocab::rdf;
use oxigraph::model::{Literal, NamedNode, Term};

use super::cell::Cell;
use super::definition::{Column, Table};
use super::path::{Count, Step};
use crate::export::look::{Facts, Look, Told, plain, span};
use crate::store::StoreError;
use crate::vocab::{class, property};

/// How often the exported reports speak of a shared thing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in super::super) struct Tally {
    reports: usize,
    mentions: usize,
    units: usize,
    citations: usize,
}

impl Tally {
    const fn of(self, count: Count) -> usize {
        match count {
            Count::Reports => self.reports,
            Count::Mentions => self.mentions,
            Count::Units => self.units,
            Count::Citations => self.citations,
        }
    }

    pub(in super::super) const fn add(&mut self, other: Self) {
        self.reports += other.reports;
        self.mentions += other.mentions;
        self.units += other.units;
        self.citations += other.citations;
    }

    /// How often one report speaks of each shared thing.
    pub(in super::super) fn of_report(told: &Told) -> BTreeMap<NamedNode, Self> {
        let mut tallies: BTreeMap<NamedNode, Self> = BTreeMap::new();
        for (_, facts) in told.things() {
            let is_citation = facts.is(class::CITATION);
            for (found, value) in facts.all() {
                let Term::NamedNode(thing) = value else { continue };
                let mut tally = Self { reports: 1, ..Self::default() };
                match found.as_ref() {
                    property::REFERS_TO => tally.mentions = 1,
                    property::RESPONSIBLE_BODY => tally.units = 1,
                    property::CITES if is_citation => tally.citations = 1,
                    property::CITES | property::REGION | crate::vocab::dcterms::PUBLISHER => {}
                    _ => continue,
                }
                let known = tallies.entry(thing.clone()).or_default();
                known.add(tally);
                known.reports = 1;
            }
        }
        tallies
    }
}

/// What a row is made of.
pub(in super::super) struct Rows<'a> {
    pub(in super::super) look: &'a Look<'a>,
    /// The report that the things are of; `None` for shared things.
    pub(in super::super) told: Option<&'a Told>,
    pub(in super::super) tally: Tally,
}

impl Rows<'_> {
    /// The rows of a table that has a row a thing of its class, in the order of the text.
    pub(in super::super) fn of_class(&self, table: &Table) -> Result<Vec<Vec<Cell>>, StoreError> {
        let Some(told) = self.told else { return Ok(Vec::new()) };
        let about_report = |column: &Column| column.path.0.first() == Some(&Step::Report);
        // What is said of the report is the same in each row.
        let mut common: Option<Vec<Cell>> = None;
        let mut rows = Vec::new();
        for (thing, facts) in told.things() {
            if !facts.of(rdf::TYPE).any(|class| plain(class) == table.class) {
                continue;
            }
            let common = if let Some(common) = &common {
                common
            } else {
                let cells = table
                    .columns
                    .iter()
                    .map(|column| if about_report(column) { self.cell(thing, column) } else { Ok(Cell::Empty) });
                common.insert(cells.collect::<Result<_, _>>()?)
            };
            let cells = table.columns.iter().zip(common).map(|(column, common)| {
                if about_report(column) { Ok(common.clone()) } else { self.cell(thing, column) }
            });
            rows.push(cells.collect::<Result<_, _>>()?);
        }
        Ok(rows)
    }

    /// The rows of the findings between reports that concern the report or a part of it, in the order of the text.
    pub(in super::super) fn across(&self, table: &Table) -> Result<Vec<Vec<Cell>>, StoreError> {
        let Some(told) = self.told else { return Ok(Vec::new()) };
        let concerned = [class::REPORT, class::MEASURE, class::PROBLEM, class::PLAN];
        let mut rows = Vec::new();
        for (thing, facts) in told.things() {
            if concerned.iter().any(|class| facts.is(*class)) {
                rows.extend(self.concerning(thing, table)?);
            }
        }
        Ok(rows)
    }

    /// The rows of the findings between reports that concern one thing.
    pub(in super::super) fn concerning(&self, thing: &NamedNode, table: &Table) -> Result<Vec<Vec<Cell>>, StoreError> {
        let mut findings = self.look.store().leading_to(property::CONCERNS, thing.as_ref())?;
        findings.sort();
        findings.iter().map(|finding| self.of_thing(finding, table)).collect()
    }

    /// The row of one thing.
    pub(in super::super) fn of_thing(&self, thing: &NamedNode, table: &Table) -> Result<Vec<Cell>, StoreError> {
        table.columns.iter().map(|column| self.cell(thing, column)).collect()
    }

    fn cell(&self, thing: &NamedNode, column: &Column) -> Result<Cell, StoreError> {
        let mut values = vec![Term::from(thing.clone())];
        for step in &column.path.0 {
            let mut next = Vec::new();
            for value in &values {
                match value {
                    Term::NamedNode(node) => self.step(node, step, &mut next)?,
                    Term::Literal(literal) if *step == Step::Characters => {
                        next.push(number(literal.value().chars().count()));
                    }
                    _ => {}
                }
            }
            values = next;
        }
        Ok(Cell::new(column.kind, &values))
    }

    pub(super) fn facts(&self, thing: &NamedNode) -> Result<Arc<Facts>, StoreError> {
        match self.told.and_then(|told| told.facts(thing)) {
            Some(facts) => Ok(Arc::clone(facts)),
            None => self.look.about(thing),
        }
    }

    fn step(&self, thing: &NamedNode, step: &Step, out: &mut Vec<Term>) -> Result<(), StoreError> {
        let text = |text: &str| Term::from(Literal::from(text));
        match step {
            Step::Follow(property) => out.extend(self.facts(thing)?.of(property.as_ref()).cloned()),
            Step::Itself => out.push(thing.clone().into()),
            Step::Name => out.extend(self.facts(thing)?.name().map(text)),
            Step::Class => {
                let facts = self.facts(thing)?;
                let local = |class| plain(class).rsplit(['#', '/']).next().unwrap_or_default().to_ascii_lowercase();
                out.extend(facts.of(rdf::TYPE).map(|class| text(&local(class))));
            }
            Step::Province => out.extend(self.look.around(thing, "province")?.map(Term::from)),
            Step::Prefecture => out.extend(self.look.around(thing, "prefecture")?.map(Term::from)),
            Step::Start => out.extend(span(thing).map(|(start, _)| number(start))),
            Step::End => out.extend(span(thing).map(|(_, end)| number(end))),
            Step::Tally(count) => out.push(number(self.tally.of(*count))),
            Step::Concerned | Step::Source | Step::Region | Step::Year | Step::Side(..) => {
                self.beside(thing, step, out)?;
            }
            Step::Report | Step::Holder | Step::Quote | Step::Passage | Step::Own(_) => {
                if let Some(told) = self.told {
                    in_report(told, thing, step, out);
                }
            }
            Step::Characters => {}
        }
        Ok(())
    }
}

/// The steps that only a thing of a report knows.
fn in_report(told: &Told, thing: &NamedNode, step: &Step, out: &mut Vec<Term>) {
    let text = |text: &str| Term::from(Literal::from(text));
    let facts = told.facts(thing);
    match step {
        Step::Report => out.push(told.report.clone().into()),
        Step::Holder => out.extend(facts.and_then(|facts| told.holder(facts)).map(Term::from)),
        Step::Quote => out.extend(told.quote(thing).map(text)),
        Step::Passage => out.extend(facts.and_then(|facts| told.passage(thing, facts)).map(text)),
        Step::Own(class) => {
            let count = told.things().filter(|(_, facts)| facts.is(class.as_ref())).count();
            out.push(number(count));
        }
        _ => {}
    }
}

pub(super) fn number(value: usize) -> Term {
    Literal::from(u64::try_from(value).unwrap_or(u64::MAX)).into()
}
