//! What does a web page report? A saved page to its main text and to what the page says of itself.
//!
//! The text is made so that it reads like a plain-text copy of the report: the title if the text lacks it, the lines of
//! the page's index table (索引号 …), then the main text, a block a line.

mod elements;
mod meta;
mod page;
mod render;
mod rules;
mod tree;

use super::document::PageMetadata;
use super::labels::{self, LabelConcept, PageLabel};
use super::{dates, encoding};
use crate::read::error::ReadError;

use meta::Meta;
use page::Page;
use rules::RULES;

/// A page as it was read.
pub(super) struct ReadPage {
    /// The report's text.
    pub text: String,
    /// What the page says of itself.
    pub metadata: PageMetadata,
    /// The page's address.
    pub url: Option<String>,
}

/// Reads a decoded page.
pub(super) fn read(source: &str, file: &str) -> Result<ReadPage, ReadError> {
    let source = encoding::with_line_feeds(source.into());
    let mut tree = tree::parse(&source);
    let meta = Meta::of(&mut tree);
    let page = Page::new(tree);
    let title = meta::title(&page, &meta);

    let main = page.main();
    let body = render::render(&page, main..page.nodes.get(main).map_or(0, |n| n.end));
    if body.is_empty() {
        return Err(ReadError::NoText { file: file.to_owned() });
    }
    let before = render::render(&page, page.body()..main);
    let after = render::render(&page, page.nodes.get(main).map_or(0, |n| n.end)..page.nodes.len());
    let said = [labels::labels(&before), labels::labels(head(&body)), labels::labels(&after)].concat();

    let metadata = PageMetadata {
        title: title.clone(),
        publisher: value(&said, LabelConcept::Publisher)
            .or_else(|| meta.first(&RULES.meta.publisher).map(str::to_owned))
            .or_else(|| value(&said, LabelConcept::Source)),
        published: meta
            .first(&RULES.meta.published)
            .and_then(dates::iso)
            .or_else(|| value(&said, LabelConcept::Published))
            .or_else(|| value(&said, LabelConcept::Updated)),
        dated: value(&said, LabelConcept::Dated).or_else(|| meta.first(&RULES.meta.dated).and_then(dates::iso)),
        index_number: value(&said, LabelConcept::IndexNumber)
            .or_else(|| meta.first(&RULES.meta.index_number).map(str::to_owned)),
        site: meta.first(&RULES.meta.site).map(str::to_owned),
        cut_off: is_cut_off(&source),
    };
    Ok(ReadPage { text: assemble(title.as_deref(), &before, body), metadata, url: meta::address(&meta, &source) })
}

/// Whether a page opens its body and ends before it closes it.
fn is_cut_off(source: &str) -> bool {
    let has = |tag: &[u8]| source.as_bytes().windows(tag.len()).any(|bytes| bytes.eq_ignore_ascii_case(tag));
    has(b"<body") && !has(b"</body") && !has(b"</html")
}

fn value(said: &[PageLabel], concept: LabelConcept) -> Option<String> {
    labels::first(said, concept).map(str::to_owned)
}

/// Title, labelled lines and main text.
fn assemble(title: Option<&str>, before: &str, body: String) -> String {
    let labelled = labelled_lines(before);
    let opening = compact(head(&body));
    let title = title.filter(|title| !opening.contains(&compact(title)));
    let parts = title.into_iter().map(str::to_owned).chain(labelled).chain([body]);
    parts.collect::<Vec<_>>().join("\n")
}

/// The lines around the main text in which the page describes the document.
fn labelled_lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut until = 0;
    for label in labels::labels(text) {
        // Lines of buttons and counters say nothing of the document.
        if label.concept != LabelConcept::Other && label.lines.start >= until {
            lines.push(text[label.lines.clone()].to_owned());
            until = label.lines.end;
        }
    }
    lines
}

/// The first lines of a text: where a title and an index table stand.
fn head(text: &str) -> &str {
    let end = text.match_indices('\n').nth(29).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// A text without white space, for comparing.
fn compact(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests;
