//! How do the tables get their rows? One walk over the chosen reports fills all of them, a few reports at a time.
//!
//! Reports are read side by side on all processors and written in their order, by region, year and IRI; then come the rows
//! of shared things (bodies, documents, regions). In memory are the reports at hand and, if shared things are wanted, how
//! often each is spoken of.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{NamedNode, NamedNodeRef};
use rayon::prelude::*;

use super::error::ExportError;
use super::look::{Look, Told};
use super::panel::{self, Panel};
use super::selection::{Chosen, Selection};
use super::sink::Sink;
use super::table::row::{Rows, Tally};
use super::table::{Cell, Table, panel_tables, tables};
use crate::query::suggest;
use crate::store::Store;
use crate::vocab::{class, property};

/// How many region-years are read side by side.
const AT_ONCE: usize = 64;

/// The tables that are exported.
pub struct Tables {
    chosen: Vec<Table>,
    panel: Panel,
    /// Whether the panel has a row for every region and year.
    balanced: bool,
}

impl Tables {
    /// The tables with these names, in the order of the documentation; all where none is named. A `balanced` panel has a
    /// row for every region that reported at all in every year from the first to the last.
    ///
    /// # Errors
    /// A name that no table has; trouble with the disk.
    pub fn choose(store: &Store, names: &[String], balanced: bool) -> Result<Self, ExportError> {
        let known = Self::names();
        if let Some(name) = names.iter().find(|name| !known.contains(&name.as_str())) {
            return Err(ExportError::UnknownTable {
                name: name.clone(),
                suggestions: suggest(name, known.iter().map(|name| (*name).to_owned())),
                known: known.join(", "),
            });
        }
        let panel = Panel::new(store)?;
        let mut all: Vec<Table> = tables().to_vec();
        all.extend(panel::NAMES.iter().filter_map(|name| panel_tables().get(*name)).map(|table| panel.complete(table)));
        all.retain(|table| names.is_empty() || names.contains(&table.name));
        Ok(Self { chosen: all, panel, balanced })
    }

    /// The names of all tables.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        tables().iter().map(|table| table.name.as_str()).chain(panel::NAMES).collect()
    }

    /// The tables in their order.
    #[must_use]
    pub fn tables(&self) -> Vec<&Table> {
        self.chosen.iter().collect()
    }

    /// Writes the rows of the chosen reports to `sink`, which was made with [`Tables::tables`].
    ///
    /// # Errors
    /// Trouble with the disk or the sink.
    pub fn write(&self, store: &Store, selection: &Selection, sink: &mut dyn Sink) -> Result<(), ExportError> {
        let look = Look::new(store);
        let groups = groups(selection, self.balanced);
        let shared = self.chosen.iter().any(is_shared);
        let mut tallies: BTreeMap<NamedNode, Tally> = BTreeMap::new();
        let mut known = panel::Known::default();
        for some in groups.chunks(AT_ONCE) {
            let filled: Result<Vec<Filled>, ExportError> =
                some.par_iter().map(|group| self.fill(&look, group, shared)).collect();
            for filled in filled? {
                for (table, row) in filled.rows {
                    sink.row(table, row)?;
                }
                for (thing, tally) in filled.tallies {
                    tallies.entry(thing).or_default().add(tally);
                }
                known.add(&filled.known);
            }
        }
        self.write_unreported(&look, selection, sink)?;
        self.write_shared(&look, selection, &tallies, sink)?;
        if let Some(table) = self.chosen.iter().position(|table| table.name == panel::INDICATORS) {
            for row in self.panel.indicators(&known) {
                sink.row(table, row)?;
            }
        }
        Ok(())
    }

    fn fill(&self, look: &Look<'_>, group: &Group<'_>, shared: bool) -> Result<Filled, ExportError> {
        let mut filled = Filled::default();
        let mut told = Vec::new();
        for chosen in group.reports {
            told.push((chosen, Told::read(look.store(), &chosen.report)?));
        }
        for (position, table) in self.chosen.iter().enumerate() {
            if table.class.is_empty() || is_shared(table) {
                continue;
            }
            for (_, told) in &told {
                let rows = Rows { look, told: Some(told), tally: Tally::default() };
                let rows = if table.across { rows.across(table)? } else { rows.of_class(table)? };
                filled.rows.extend(rows.into_iter().map(|row| (position, row)));
            }
        }
        let wanted = |name: &str| self.chosen.iter().position(|table| table.name == name);
        let (wide, long, indicators) = (wanted(panel::WIDE), wanted(panel::LONG), wanted(panel::INDICATORS));
        if wide.is_some() || long.is_some() || indicators.is_some() {
            let found = self.panel.find(look, group.region.zip(group.year), &told)?;
            if let Some(wide) = wide.filter(|_| group.in_panel) {
                filled.rows.push((wide, found.wide(&self.panel)));
            }
            if let Some(long) = long {
                filled.rows.extend(found.long(&self.panel).into_iter().map(|row| (long, row)));
            }
            filled.known = found.known();
        }
        if shared {
            filled.tallies = told.iter().flat_map(|(_, told)| Tally::of_report(told)).collect();
        }
        Ok(filled)
    }

    /// The findings between reports that concern a region, for want of a report.
    fn write_unreported(&self, look: &Look<'_>, selection: &Selection, sink: &mut dyn Sink) -> Result<(), ExportError> {
        let store = look.store();
        for (position, table) in self.chosen.iter().enumerate().filter(|(_, table)| table.across) {
            let rows = Rows { look, told: None, tally: Tally::default() };
            for region in store.of_class(class::REGION)? {
                let mut findings = store.leading_to(property::CONCERNS, region.as_ref())?;
                findings.sort();
                for finding in findings {
                    let year = look.about(&finding)?.first(property::YEAR).and_then(|year| year.parse().ok());
                    if selection.allows(&region, year) {
                        sink.row(position, rows.of_thing(&finding, table)?)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// The rows of things that reports share: all that the store knows, or those that the chosen reports name.
    fn write_shared(
        &self,
        look: &Look<'_>,
        selection: &Selection,
        tallies: &BTreeMap<NamedNode, Tally>,
        sink: &mut dyn Sink,
    ) -> Result<(), ExportError> {
        for (position, table) in self.chosen.iter().enumerate().filter(|(_, table)| is_shared(table)) {
            let class = NamedNodeRef::new_unchecked(&table.class);
            for thing in look.store().of_class(class)? {
                let tally = tallies.get(&thing);
                if selection.is_filtered() && tally.is_none() && !selection.has_region(&thing) {
                    continue;
                }
                let rows = Rows { look, told: None, tally: tally.copied().unwrap_or_default() };
                sink.row(position, rows.of_thing(&thing, table)?)?;
            }
        }
        Ok(())
    }
}

/// Whether the things of a table are shared by reports.
fn is_shared(table: &Table) -> bool {
    [class::BODY, class::DOCUMENT, class::REGION].iter().any(|class| class.as_str() == table.class)
}

/// What the reports of one region and year give.
#[derive(Default)]
struct Filled {
    rows: Vec<(usize, Vec<Cell>)>,
    tallies: Vec<(NamedNode, Tally)>,
    known: panel::Known,
}

/// The reports on one year of one region.
struct Group<'a> {
    region: Option<&'a NamedNode>,
    year: Option<i32>,
    reports: &'a [Chosen],
    /// Whether the panel has a row for it.
    in_panel: bool,
}

fn groups(selection: &Selection, balanced: bool) -> Vec<Group<'_>> {
    let reports = selection.reports();
    // Departments have no row in the panel, so they make no region one that reports.
    let governments = || reports.iter().filter(|report| !report.of_department);
    let years: BTreeSet<i32> = governments().filter_map(|report| report.year).collect();
    let reporting: BTreeMap<&NamedNode, &str> =
        governments().filter_map(|report| Some((report.region.as_ref()?, report.code.as_str()))).collect();
    let mut groups: Vec<(&str, Group<'_>)> = Vec::new();
    for reports in reports.chunk_by(|one, other| one.region == other.region && one.year == other.year) {
        let Some(first) = reports.first() else { continue };
        let (region, year) = (first.region.as_ref(), first.year);
        let missing = balanced && region.is_some_and(|region| reporting.contains_key(region));
        let in_panel =
            region.is_some() && year.is_some() && (missing || reports.iter().any(|report| !report.of_department));
        groups.push((first.code.as_str(), Group { region, year, reports, in_panel }));
    }
    if let (true, Some(first), Some(last)) = (balanced, years.first(), years.last()) {
        let present: BTreeSet<_> = groups.iter().map(|(_, group)| (group.region, group.year)).collect();
        for (region, code) in reporting {
            let missing = (*first..=*last).map(|year| (Some(region), Some(year))).filter(|key| !present.contains(key));
            groups.extend(missing.map(|(region, year)| (code, Group { region, year, reports: &[], in_panel: true })));
        }
        groups.sort_by_key(|(code, group)| (*code, group.year));
    }
    groups.into_iter().map(|(_, group)| group).collect()
}
