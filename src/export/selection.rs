//! Which reports are exported, and in which order?

use std::collections::BTreeSet;

use oxigraph::model::{NamedNode, Term};

use super::error::ExportError;
use super::look::plain;
use crate::query::{ParameterType, resolve};
use crate::store::{Store, StoreError};
use crate::vocab::{Scheme, dcterms, property};

/// A report that is exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chosen {
    pub(super) report: NamedNode,
    pub(super) region: Option<NamedNode>,
    /// Code of the region, else its IRI: what the rows are sorted by.
    pub(super) code: String,
    pub(super) year: Option<i32>,
    /// Whether a department reports, and not the government of the region.
    pub(super) of_department: bool,
    /// The date on the page.
    pub(super) issued: String,
}

/// Some or all reports of a store, sorted by region, year and IRI.
#[derive(Debug, Clone)]
pub struct Selection {
    reports: Vec<Chosen>,
    within: Option<BTreeSet<NamedNode>>,
    year: Option<i32>,
    filtered: bool,
}

impl Selection {
    /// The reports that `parameters` leave: `region` by name or code, with everything within it, and `year`. Without
    /// parameters it is all of them.
    ///
    /// # Errors
    /// A parameter that is neither, or is given twice; a region that the store does not know, with names spelled alike;
    /// a year that is none; trouble with the disk.
    pub fn new(store: &Store, parameters: &[(String, String)]) -> Result<Self, ExportError> {
        let (mut within, mut year) = (None, None);
        for (position, (name, value)) in parameters.iter().enumerate() {
            if parameters[..position].iter().any(|(earlier, _)| earlier == name) {
                return Err(ExportError::RepeatedParameter { name: name.clone() });
            }
            match name.as_str() {
                "region" => {
                    let region = resolve(store.dataset(), ParameterType::Region, name, value.trim())?;
                    within = Some(regions_within(store, region)?);
                }
                "year" => {
                    let term = resolve(store.dataset(), ParameterType::Year, name, value.trim())?;
                    year = plain(&term).parse().ok();
                }
                _ => return Err(ExportError::UnknownParameter { name: name.clone() }),
            }
        }
        let mut reports = Vec::new();
        for report in store.reports()? {
            let chosen = Chosen::read(store, report)?;
            let is_within = within.as_ref().is_none_or(|regions: &BTreeSet<NamedNode>| {
                chosen.region.as_ref().is_some_and(|region| regions.contains(region))
            });
            if is_within && (year.is_none() || chosen.year == year) {
                reports.push(chosen);
            }
        }
        reports.sort_by(|left, right| {
            (&left.code, left.year, left.report.as_str()).cmp(&(&right.code, right.year, right.report.as_str()))
        });
        Ok(Self { reports, within, year, filtered: !parameters.is_empty() })
    }

    pub(super) fn reports(&self) -> &[Chosen] {
        &self.reports
    }

    /// How many reports are exported.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.reports.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.reports.is_empty()
    }

    /// Whether only a part of the store is exported.
    pub(super) const fn is_filtered(&self) -> bool {
        self.filtered
    }

    /// Whether something of a region and year, of which there is no report, belongs to what was asked for.
    pub(super) fn allows(&self, region: &NamedNode, year: Option<i32>) -> bool {
        self.within.as_ref().is_none_or(|regions| regions.contains(region))
            && (self.year.is_none() || self.year == year)
    }

    /// Whether a region is within the one that was asked for.
    pub(super) fn has_region(&self, region: &NamedNode) -> bool {
        self.within.as_ref().is_some_and(|regions| regions.contains(region))
    }
}

impl Chosen {
    fn read(store: &Store, report: NamedNode) -> Result<Self, StoreError> {
        let first = |thing: &NamedNode, property| -> Result<Option<Term>, StoreError> {
            let mut values = store.values(thing.as_ref(), property)?;
            values.sort_by(|left, right| plain(left).cmp(plain(right)));
            Ok(values.into_iter().next())
        };
        let region = match first(&report, property::REGION)? {
            Some(Term::NamedNode(region)) => Some(region),
            _ => None,
        };
        let code = match &region {
            Some(region) => match first(region, property::CODE)? {
                Some(code) => plain(&code).to_owned(),
                None => region.as_str().to_owned(),
            },
            None => String::new(),
        };
        let year = first(&report, property::YEAR)?.and_then(|year| plain(&year).parse().ok());
        let department = Term::from(Scheme::Level.concept("department"));
        let of_department = first(&report, property::LEVEL)? == Some(department);
        let issued = first(&report, dcterms::ISSUED)?.map(|date| plain(&date).to_owned()).unwrap_or_default();
        Ok(Self { report, region, code, year, of_department, issued })
    }
}

/// A region with all regions within it.
fn regions_within(store: &Store, region: Term) -> Result<BTreeSet<NamedNode>, StoreError> {
    let mut found = BTreeSet::new();
    let mut waiting: Vec<NamedNode> = match region {
        Term::NamedNode(region) => vec![region],
        _ => Vec::new(),
    };
    while let Some(region) = waiting.pop() {
        if found.insert(region.clone()) {
            waiting.extend(store.leading_to(property::WITHIN, region.as_ref())?);
        }
    }
    Ok(found)
}
