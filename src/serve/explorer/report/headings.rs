//! What is the outline of a report? Its headings, found in its text as the extractor finds them.

use serde::Serialize;

use crate::lexicon::Lexicon;
use crate::outline::outline;
use crate::text::Text;

/// A heading alone on its line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Heading {
    /// From 1 for those that stand under no other.
    pub(super) level: usize,
    /// Its words.
    pub(super) text: String,
    /// Anchor of its paragraph.
    pub(super) href: String,
    /// Its first code point.
    #[serde(skip)]
    pub(super) at: usize,
}

/// The headings of a text in their order.
pub(super) fn headings(text: &str, lexicon: &Lexicon) -> Vec<Heading> {
    let read = Text::new(text);
    let outline = outline(&read, &lexicon.outline);
    let mut found = Vec::new();
    for (at, node) in outline.tree.nodes.iter().enumerate().filter(|(_, node)| node.standalone) {
        let Some(piece) = outline.pieces.get(node.pieces.start) else { continue };
        let span = read.span(piece.range.clone());
        let words = read.slice(span).trim();
        let above = outline.tree.path(at).into_iter().filter(|above| outline.tree.nodes[*above].standalone);
        if !words.is_empty() {
            found.push(Heading { level: above.count(), text: words.to_owned(), href: String::new(), at: span.start });
        }
    }
    found
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;

    #[test]
    fn headings_are_found_with_their_levels() {
        let text = "青梧县2022年法治政府建设情况报告\n\n一、主要工作\n(一)加强领导\n县委常委会专题研究法治建设工作3次。\n\
            (二)规范执法\n开展案卷评查2次，发现问题12个。\n二、存在的问题\n执法力量不足。\n";
        let found = headings(text, Lexicon::shared().unwrap());
        let told: Vec<(usize, &str)> = found.iter().map(|heading| (heading.level, heading.text.as_str())).collect();
        assert_eq!(told, [(1, "一、主要工作"), (2, "(一)加强领导"), (2, "(二)规范执法"), (1, "二、存在的问题")]);
        let characters: Vec<char> = text.chars().collect();
        assert!(found.iter().all(|heading| heading.text.starts_with(characters[heading.at])), "{found:?}");
        assert!(headings("", Lexicon::shared().unwrap()).is_empty());
    }
}
