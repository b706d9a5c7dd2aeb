//! Documents that do not exist or were no longer in force.

use super::Evidence;
use super::names::sentence_at;
use crate::lexicon::title_key;
use crate::report::{Basis, Citation, Finding, Level};

/// A planning document cited with years that it never had: 法治政府建设实施纲要(2022-2025年).
pub(super) fn unknown_documents(evidence: &Evidence<'_, '_>) -> Vec<Finding> {
    let cited = |citation: &&Citation| {
        citation.level == Level::National
            && period(&citation.title).is_some()
            && evidence.lexicon.documents.titled(&citation.title).is_none()
    };
    evidence
        .citations
        .iter()
        .filter(cited)
        .filter_map(|citation| {
            let stem = title_key(citation.title.split('(').next()?);
            let meant = evidence.lexicon.documents.rows().iter().rfind(|row| {
                period(&row.title).is_some() && row.title.split('(').next().map(title_key).as_deref() == Some(&stem)
            })?;
            let message = evidence
                .lexicon
                .categories
                .message("unknown_document", &[("found", &citation.title), ("meant", &meant.title)]);
            let basis = Basis::rule("findings/unknown-document");
            Some(Finding { span: citation.span, kind: "unknown_document".to_owned(), message, basis })
        })
        .collect()
}

/// The period behind a title: (2021-2025年).
fn period(title: &str) -> Option<&str> {
    let open = title.rfind('(')?;
    let inner = title[open + 1..].strip_suffix(')')?;
    (inner.contains('-') && inner.starts_with(|c: char| c.is_ascii_digit())).then_some(inner)
}

/// A law cited that was repealed before the year began.
pub(super) fn repealed_documents(evidence: &Evidence<'_, '_>) -> Vec<Finding> {
    let Some(year) = evidence.reporter.year else { return Vec::new() };
    evidence
        .citations
        .iter()
        .filter_map(|citation| {
            let document = evidence.lexicon.documents.titled(&citation.canonical)?;
            let date = document.repealed_on.as_deref()?;
            let repealed: u16 = date.get(..4)?.parse().ok()?;
            let sentence = sentence_at(evidence.text.folded(), evidence.text.range(citation.span).start);
            let cues = &evidence.lexicon.relations.repealed;
            if cues.innocent.iter().any(|word| sentence.contains(word.as_str())) {
                return None;
            }
            let before = repealed < year || date == format!("{year}-01-01");
            let successor = document.repealed_by.as_deref().unwrap_or_default();
            let blanks = [("found", citation.title.as_str()), ("date", date), ("successor", successor)];
            let message = evidence.lexicon.categories.message("repealed_document", &blanks);
            before.then(|| Finding {
                span: citation.span,
                kind: "repealed_document".to_owned(),
                message,
                basis: Basis::rule("findings/repealed-document"),
            })
        })
        .collect()
}
