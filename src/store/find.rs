//! Which report does a person mean? Its identifier, the start of one, or its IRI.

use oxigraph::model::NamedNode;

use super::{Store, StoreError};

/// How many reports an ambiguous name is answered with.
const CANDIDATES: usize = 5;

impl Store {
    /// Finds a report by its IRI, its identifier (`{code}-{year}-{12 hex digits}`), or the start of an identifier that
    /// only one report has.
    ///
    /// # Errors
    /// When no report or several have the name, and when the disk fails.
    pub fn find(&self, name: &str) -> Result<NamedNode, StoreError> {
        let reports = self.reports()?;
        let matching: Vec<&NamedNode> = reports
            .iter()
            .filter(|report| report.as_str() == name || id(report).is_some_and(|id| id.starts_with(name)))
            .collect();
        let exact = matching.iter().find(|report| report.as_str() == name || id(report) == Some(name));
        match (exact, matching.as_slice()) {
            (Some(report), _) | (None, [report]) => Ok((*report).clone()),
            (None, []) => Err(StoreError::NoReport { name: name.to_owned() }),
            (None, several) => Err(StoreError::Ambiguous {
                name: name.to_owned(),
                candidates: several
                    .iter()
                    .take(CANDIDATES)
                    .filter_map(|report| id(report))
                    .map(str::to_owned)
                    .collect(),
            }),
        }
    }
}

/// The identifier at the end of a report's IRI.
fn id(report: &NamedNode) -> Option<&str> {
    report.as_str().rsplit('/').next().filter(|id| !id.is_empty())
}
