//! Which report is it? What every quote names beside its characters.

use oxigraph::model::NamedNode;
use rmcp::schemars::JsonSchema;
use serde::Serialize;

use super::Library;
use super::trouble::Trouble;
use crate::query::Around;

/// A report as a source is named.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct ReportInfo {
    /// Identifier, such as 620524-2021-50854c2d9ea9.
    pub(super) id: String,
    pub(super) iri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// Name of the region that reports.
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region_iri: Option<String>,
    /// The year reported on.
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<String>,
    /// When it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    /// Where it was read.
    urls: Vec<String>,
}

impl ReportInfo {
    /// What the store says of a report.
    pub(super) fn of(library: &Library, report: &NamedNode) -> Result<Self, Trouble> {
        let around = Around::new(library.store.dataset());
        let iri = report.as_str();
        let text = |property| around.text(iri, property);
        let region_iri = around.iri(iri, "fz:region")?;
        let region = region_iri.as_deref().map(|region| around.text(region, "rdfs:label")).transpose()?.flatten();
        let title = text("dcterms:title")?;
        Ok(Self {
            id: iri.rsplit('/').next().unwrap_or(iri).to_owned(),
            iri: iri.to_owned(),
            title: if title.is_some() { title } else { text("rdfs:label")? },
            region,
            region_iri,
            year: text("fz:year")?,
            published: text("dcterms:issued")?,
            urls: around.iris(iri, "dcterms:source")?,
        })
    }
}

/// The characters of a text from one code point to another.
pub(super) fn slice(text: &str, start: usize, end: usize) -> String {
    text.chars().skip(start).take(end.saturating_sub(start)).collect()
}
