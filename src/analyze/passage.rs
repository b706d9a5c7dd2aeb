//! Where does an answer come from? The words of a report with their place in it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::query::{Around, Error};

/// Words of a report, and where they stand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// The words.
    pub quote: String,
    /// First code point in the report's text, counted from zero.
    pub start: usize,
    /// The code point after the last one.
    pub end: usize,
    /// IRI of what stands there: a unit, a citation, a figure.
    pub part: String,
    /// IRI of the report.
    pub report: String,
    /// Title of the report.
    pub title: String,
    /// Year reported on; 0 where the report does not tell.
    pub year: u16,
    /// Name of the region that reports; empty where it is not told.
    pub place: String,
    /// The page's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// What is known of a report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ReportOf {
    pub(super) iri: String,
    pub(super) title: String,
    pub(super) year: u16,
    pub(super) region: Option<String>,
    pub(super) place: String,
    pub(super) url: Option<String>,
}

/// Reads passages; what is known of a report is read once.
pub(super) struct Passages<'s> {
    around: Around<'s>,
    reports: BTreeMap<String, ReportOf>,
}

impl<'s> Passages<'s> {
    pub(super) const fn new(around: Around<'s>) -> Self {
        Self { around, reports: BTreeMap::new() }
    }

    pub(super) fn report(&mut self, iri: &str) -> Result<ReportOf, Error> {
        if let Some(known) = self.reports.get(iri) {
            return Ok(known.clone());
        }
        let region = self.around.iri(iri, "fz:region")?;
        let place = region.as_deref().map(|region| self.around.text(region, "rdfs:label")).transpose()?.flatten();
        let report = ReportOf {
            iri: iri.to_owned(),
            title: self.around.text(iri, "rdfs:label")?.unwrap_or_default(),
            year: self.around.text(iri, "fz:year")?.and_then(|year| year.parse().ok()).unwrap_or_default(),
            place: place.unwrap_or_default(),
            region,
            url: self.around.text(iri, "dcterms:source")?,
        };
        self.reports.insert(iri.to_owned(), report.clone());
        Ok(report)
    }

    /// The report of which a thing is a part: the report itself, or that of its unit. Nothing is part of more than three.
    pub(super) fn report_of(&mut self, part: &str) -> Result<Option<ReportOf>, Error> {
        let mut at = part.to_owned();
        for _ in 0..4 {
            match self.around.iri(&at, "dcterms:isPartOf")? {
                Some(whole) => at = whole,
                None => return self.report(&at).map(Some),
            }
        }
        Ok(None)
    }

    /// The words of a citation or figure (its quote) or of a unit (its text).
    pub(super) fn of(&mut self, part: &str) -> Result<Option<Passage>, Error> {
        let Some(report) = self.report_of(part)? else { return Ok(None) };
        let number = |text: Option<String>| text.and_then(|text| text.parse().ok()).unwrap_or_default();
        let quote = match self.around.text(part, "fz:quote")? {
            Some(quote) => quote,
            None if part == report.iri => report.title.clone(),
            None => self.around.text(part, "fz:text")?.unwrap_or_default(),
        };
        Ok(Some(Passage {
            quote,
            start: number(self.around.text(part, "fz:start")?),
            end: number(self.around.text(part, "fz:end")?),
            part: part.to_owned(),
            report: report.iri,
            title: report.title,
            year: report.year,
            place: report.place,
            url: report.url,
        }))
    }
}
