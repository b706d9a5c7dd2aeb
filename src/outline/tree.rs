//! The tree of headings and items.
//!
//! Reports mix the styles of enumerators, so a style's level is where it first appears: a style that is open already
//! closes what is below it, a new one opens a level below.

use super::frame::Frame;
use super::marker::{Marker, Style};
use super::segment::Piece;
use crate::lexicon::OutlineCues;
use crate::text::mark;
use std::ops::Range;

/// The headings and items of a report; the root, which is the whole body, comes first.
#[derive(Debug, Clone)]
pub struct Tree {
    /// Every node in the order of the text.
    pub nodes: Vec<Node>,
    /// The node to which each statement belongs directly.
    pub node_of: Vec<usize>,
}

/// A heading or an item with what stands under it.
#[derive(Debug, Clone)]
pub struct Node {
    /// The node above; of the root itself.
    pub parent: usize,
    /// How far below the root.
    pub depth: usize,
    /// Style of its enumerator; `None` of the root.
    pub style: Option<Style>,
    /// Whether its heading stands alone on its line.
    pub standalone: bool,
    /// Its statements, those of the nodes below included.
    pub pieces: Range<usize>,
    /// The nodes directly below.
    pub children: Vec<usize>,
}

impl Tree {
    /// The statements of `node` that belong to none of the nodes below it, in order.
    #[must_use]
    pub fn own(&self, node: usize) -> Vec<usize> {
        self.nodes[node].pieces.clone().filter(|piece| self.node_of[*piece] == node).collect()
    }

    /// From the section directly under the root down to `node` itself; empty for the root.
    #[must_use]
    pub fn path(&self, node: usize) -> Vec<usize> {
        let mut path = Vec::new();
        let mut at = node;
        while at != 0 {
            path.push(at);
            at = self.nodes[at].parent;
        }
        path.reverse();
        path
    }
}

/// A heading alone on its line is at most this long, in characters.
const HEADING_LENGTH: usize = 50;
/// A heading alone on its line that ends like a sentence is at most this long.
const SENTENCE_HEADING_LENGTH: usize = 42;
/// A heading without a number is at most this long.
const PLAIN_HEADING_LENGTH: usize = 26;

pub(super) fn tree(folded: &str, pieces: &[Piece], frame: &Frame, cues: &OutlineCues) -> Tree {
    let mut builder = Builder {
        tree: Tree { nodes: vec![root(pieces.len())], node_of: vec![0; pieces.len()] },
        open: vec![0],
        inline: None,
    };
    for (index, piece) in pieces.iter().enumerate() {
        if frame.is_meta(piece.line) {
            continue;
        }
        let words = &folded[piece.range.clone()];
        let next = pieces[index + 1..].iter().find(|next| !frame.is_meta(next.line)).filter(|_| piece.closes_line);
        builder.close_inline_items(piece);
        if let Some(marker) = piece.marker {
            let standalone = is_standalone(words, piece, next, marker);
            builder.add(index, marker.style, standalone, (!piece.opens_line).then_some(piece.line));
        } else if is_plain_heading(words, piece, next, cues) {
            builder.add(index, Style::Plain, true, None);
        }
        builder.place(index);
    }
    builder.tree
}

const fn root(pieces: usize) -> Node {
    Node { parent: 0, depth: 0, style: None, standalone: false, pieces: 0..pieces, children: Vec::new() }
}

struct Builder {
    tree: Tree,
    /// The open nodes, from the root down.
    open: Vec<usize>,
    /// The line on which items are being counted inside a paragraph, and how many nodes were open before them.
    inline: Option<(usize, usize)>,
}

impl Builder {
    /// Items counted inside a paragraph (一是…二是…) end with it.
    fn close_inline_items(&mut self, piece: &Piece) {
        if let Some((line, depth)) = self.inline
            && piece.line != line
        {
            self.open.truncate(depth);
            self.inline = None;
        }
    }

    /// Opens a node; `inside` is the line of an item that is counted inside a paragraph.
    fn add(&mut self, piece: usize, style: Style, standalone: bool, inside: Option<usize>) {
        let level = self.open.iter().position(|node| self.tree.nodes[*node].style == Some(style));
        self.open.truncate(level.unwrap_or(self.open.len()));
        let parent = self.open.last().copied().unwrap_or(0);
        let node = self.tree.nodes.len();
        let depth = self.tree.nodes[parent].depth + 1;
        self.tree.nodes.push(Node {
            parent,
            depth,
            style: Some(style),
            standalone,
            pieces: piece..piece,
            children: Vec::new(),
        });
        self.tree.nodes[parent].children.push(node);
        self.open.push(node);
        if let Some(line) = inside
            && self.inline.is_none()
        {
            self.inline = Some((line, self.open.len() - 1));
        }
    }

    fn place(&mut self, piece: usize) {
        for node in &self.open {
            let range = &mut self.tree.nodes[*node].pieces;
            if *node != 0 {
                range.end = piece + 1;
            }
        }
        self.tree.node_of[piece] = self.open.last().copied().unwrap_or(0);
    }
}

/// Whether a numbered statement is a heading alone on its line: something stands under it.
fn is_standalone(words: &str, piece: &Piece, next: Option<&Piece>, marker: Marker) -> bool {
    if !(piece.opens_line && piece.closes_line) || marker.style == Style::Ordinal {
        return false;
    }
    let length = words.chars().count();
    let is_sentence = words.ends_with([mark::FULL_STOP, ';']);
    let most = if is_sentence { SENTENCE_HEADING_LENGTH } else { HEADING_LENGTH };
    if length > most {
        return false;
    }
    match next {
        None => !is_sentence,
        Some(next) => match next.marker {
            None => true,
            // Two items of one style in a row: the first has nothing under it, so it is no heading but says it all.
            Some(after) if after.style == marker.style => {
                !is_sentence && matches!(marker.style, Style::Comma | Style::Part)
            }
            Some(after) => !is_sentence || rank(after.style) > rank(marker.style),
        },
    }
}

/// The usual order of the styles.
const fn rank(style: Style) -> usize {
    match style {
        Style::Part => 0,
        Style::Comma => 1,
        Style::Bracketed => 2,
        Style::Dot => 3,
        Style::BracketedDigit => 4,
        Style::Circled => 5,
        Style::Ordinal => 6,
        Style::Plain => 7,
    }
}

/// Whether a short line without a number and without a stop stands as a heading.
fn is_plain_heading(words: &str, piece: &Piece, next: Option<&Piece>, cues: &OutlineCues) -> bool {
    piece.opens_line
        && piece.closes_line
        && (4..=PLAIN_HEADING_LENGTH).contains(&words.chars().count())
        && !words.contains([mark::FULL_STOP, ';', ',', ':', '|', '>'])
        && words.chars().all(|c| !c.is_ascii_digit() || words.chars().count() > 8)
        && next.is_some_and(|next| next.marker.is_none_or(|m| rank(m.style) >= rank(Style::Bracketed)))
        && !cues.furniture.closings.iter().any(|closing| words.starts_with(closing.as_str()))
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use crate::lexicon::Lexicon;
    use crate::outline::outline;
    use crate::text::Text;

    /// The headings and items with their depth, and a star where one stands alone on its line.
    fn drawn(original: &str) -> Vec<String> {
        let text = Text::new(original);
        let outline = outline(&text, &Lexicon::shared().unwrap().outline);
        let draw = |node: &super::Node| {
            let words: String = outline.words(&text, node.pieces.start).chars().take(4).collect();
            format!("{}{}{words}", "-".repeat(node.depth), if node.standalone { "*" } else { "" })
        };
        outline.tree.nodes.iter().skip(1).map(draw).collect()
    }

    #[test]
    fn a_style_that_is_open_closes_what_is_below_it() {
        let report = "一、工作情况\n(一)依法决策\n1.审查文件13件。\n2.评查案卷60份。\n(二)规范执法\n办理案件30件。\n二、不足\n力量有待充实加强。\n";
        assert_eq!(drawn(report), ["-*一、工作", "--*(一)依", "---1.审查", "---2.评查", "--*(二)规", "-*二、不足"]);
    }

    #[test]
    fn items_inside_a_paragraph_end_with_it() {
        let report = "一、工作情况\n主要做了两项工作。一是审查文件13件。二是评查案卷60份。\n(一)规范执法\n办理案件30件,结案28件。\n";
        assert_eq!(drawn(report), ["-*一、工作", "--一是审查", "--二是评查", "--*(一)规"]);
    }

    #[test]
    fn styles_stand_in_the_order_of_the_report() {
        let report =
            "1.组织领导\n(1)召开会议4次,研究法治工作。\n(2)举办培训3期,参加200人。\n2.执法监督\n一是评查案卷60份。\n";
        assert_eq!(drawn(report), ["-*1.组织", "--(1)召", "--(2)举", "-*2.执法", "--一是评查"]);
    }
}
