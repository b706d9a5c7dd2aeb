//! What was read to make a report of the store? Its text and what its page said, to be read once more.

use oxigraph::model::NamedNodeRef;
use oxigraph::store::Store;

use super::answer::{Answer, Solutions};
use super::bind::Bindings;
use super::error::Error;
use super::evaluate::{Limits, run};
use crate::read::{Document, PageMetadata};
use crate::report::Source;

/// The document behind a report; `None` where the store does not have the report.
///
/// The text is the one that was read. Of the page there is what the report says of itself: title, dates, index number
/// and address; what only the page said besides is not kept.
///
/// # Errors
/// When the store fails.
pub fn document(store: &Store, report: NamedNodeRef<'_>) -> Result<Option<Document>, Error> {
    let text = format!(
        "SELECT ?text ?title ?issued ?date ?identifier ?source WHERE {{
           {report} a fz:Report ; fz:text ?text .
           OPTIONAL {{ {report} dcterms:title ?title }} OPTIONAL {{ {report} dcterms:issued ?issued }}
           OPTIONAL {{ {report} dcterms:date ?date }} OPTIONAL {{ {report} dcterms:identifier ?identifier }}
           OPTIONAL {{ {report} dcterms:source ?source }} }} LIMIT 1"
    );
    let Answer::Solutions(Solutions { rows, .. }) = run(store, &text, &Bindings::default(), Limits::default())? else {
        return Ok(None);
    };
    let Some(row) = rows.into_iter().next() else { return Ok(None) };
    let mut values = row.into_iter().map(|term| {
        term.map(|term| match term {
            oxigraph::model::Term::Literal(literal) => literal.destruct().0,
            oxigraph::model::Term::NamedNode(node) => node.into_string(),
            oxigraph::model::Term::BlankNode(node) => node.into_string(),
        })
    });
    let mut next = || values.next().flatten();
    let (text, title, published, dated, index_number, url) = (next(), next(), next(), next(), next(), next());
    let source = Source { path: report.as_str().to_owned(), format: "text".to_owned(), url, ..Source::default() };
    let page = PageMetadata { title, published, dated, index_number, ..PageMetadata::default() };
    Ok(text.map(|text| Document { source, text, page }))
}
