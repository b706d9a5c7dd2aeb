//! The tree of headings and items.
//!
//! Reports mix the styles of enumerators, so a style's level is where it first appears: a style that is open already
//! closes what is below it, a new one opens a level below.

use super::frame::Frame;
use super::marker::{Marker, Style};
use super::paragraphs;
use super::segment::Piece;
use super::telling::Heading;
use super::turn;
use crate::lexicon::OutlineCues;
use crate::text::{is_han, mark};
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
    /// Its number; 0 where it has none.
    pub number: u64,
    /// Whether its heading stands alone on its line.
    pub standalone: bool,
    /// Whether its paragraphs stand each for itself: they are under no heading or under one that only says what kind of
    /// thing is told (存在的问题), or each has a lead or a field of its own.
    pub apart: bool,
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
/// One in two halves (坚持党的领导,凝聚法治合力) is at most this long, and the paragraph below it at least so long.
const HALVED_HEADING_LENGTH: usize = 32;
const PARAGRAPH_LENGTH: usize = 45;
/// How often the text may turn to problems or plans without a heading.
const MOST_TURNS: usize = 8;

pub(super) fn tree(folded: &str, pieces: &[Piece], frame: &Frame, cues: &OutlineCues, year: Option<u16>) -> Tree {
    let plain = plain_headings(folded, pieces, frame, cues);
    let mut builder = Builder {
        tree: Tree { nodes: vec![root(pieces.len())], node_of: vec![0; pieces.len()] },
        open: vec![0],
        inline: None,
    };
    let mut turns = 0;
    let mut under_heading = true;
    for (index, piece) in pieces.iter().enumerate() {
        if frame.is_meta(piece.line) {
            continue;
        }
        let words = &folded[piece.range.clone()];
        let next = following(pieces, index, frame).filter(|_| piece.closes_line);
        builder.close_inline_items(piece);
        let was_under_heading = std::mem::take(&mut under_heading);
        if let Some(marker) = piece.marker {
            let before_heading = next.is_some_and(|next| plain[next]);
            let standalone = is_standalone(words, piece, next.map(|next| &pieces[next]), before_heading, marker);
            let inside = (!piece.opens_line).then_some(piece.line);
            builder.add(index, (marker.style, marker.number), standalone, inside);
            under_heading = standalone;
        } else if plain[index] {
            builder.add(index, (Style::Plain, 0), true, None);
            under_heading = true;
        } else if turns < MOST_TURNS && turn::turns(words, piece.opens_line, cues, year) {
            turns += 1;
            if !piece.opens_line {
                builder.leave_inline_items();
            } else if !was_under_heading {
                builder.leave_items(&pieces[index + 1..], |node| tells(folded, pieces, node, cues, year));
            }
        }
        builder.place(index);
    }
    let mut tree = builder.tree;
    for node in 1..tree.nodes.len() {
        tree.nodes[node].apart = paragraphs::stand_apart(folded, pieces, &tree.nodes[node], cues, |node| {
            tells(folded, pieces, node, cues, year)
        });
    }
    tree
}

/// Whether the heading of a section says that problems or plans are told in it.
fn tells(folded: &str, pieces: &[Piece], section: &Node, cues: &OutlineCues, year: Option<u16>) -> bool {
    let heading = Heading { is_section: section.standalone, standalone: section.standalone };
    heading.tells(&folded[pieces[section.pieces.start].range.clone()], cues, year).is_some()
}

/// The next statement of the body.
fn following(pieces: &[Piece], index: usize, frame: &Frame) -> Option<usize> {
    (index + 1..pieces.len()).find(|next| !frame.is_meta(pieces[*next].line))
}

const fn root(pieces: usize) -> Node {
    Node {
        parent: 0,
        depth: 0,
        style: None,
        number: 0,
        standalone: false,
        apart: true,
        pieces: 0..pieces,
        children: Vec::new(),
    }
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

    /// The same where the paragraph goes on about something else.
    fn leave_inline_items(&mut self) {
        if let Some((_, depth)) = self.inline.take() {
            self.open.truncate(depth);
        }
    }

    /// Leaves the open items where no later line goes on counting them, and their section too unless its heading speaks
    /// of problems or plans or later sections follow.
    fn leave_items(&mut self, later: &[Piece], tells: impl Fn(&Node) -> bool) {
        let Some(section) = self.open.get(1).map(|section| &self.tree.nodes[*section]) else { return };
        let deeper: Vec<&Node> = self.open[2..].iter().map(|node| &self.tree.nodes[*node]).collect();
        let goes_on =
            |node: &Node, marker: Marker| node.style == Some(marker.style) && node.number + 1 == marker.number;
        let mut markers = later.iter().filter(|piece| piece.opens_line).filter_map(|piece| piece.marker);
        let next_section = markers.clone().position(|marker| section.style == Some(marker.style));
        let counted = markers.clone().take(next_section.unwrap_or(usize::MAX));
        let counted_on = counted
            .filter(|marker| !matches!(marker.style, Style::Ordinal | Style::Bullet))
            .any(|marker| deeper.iter().any(|node| goes_on(node, marker)));
        if !counted_on {
            let stays = tells(section) || markers.any(|marker| goes_on(section, marker));
            self.open.truncate(if stays && section.standalone { 2 } else { 1 });
        }
    }

    /// Opens a node; `inside` is the line of an item that is counted inside a paragraph.
    fn add(&mut self, piece: usize, (style, number): (Style, u64), standalone: bool, inside: Option<usize>) {
        let level = self.open.iter().position(|node| self.tree.nodes[*node].style == Some(style));
        self.open.truncate(level.unwrap_or(self.open.len()));
        let parent = self.open.last().copied().unwrap_or(0);
        let node = self.tree.nodes.len();
        let depth = self.tree.nodes[parent].depth + 1;
        self.tree.nodes.push(Node {
            parent,
            depth,
            style: Some(style),
            number,
            standalone,
            apart: false,
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

/// Whether a numbered statement is a heading alone on its line: something stands under it that is no heading itself.
fn is_standalone(words: &str, piece: &Piece, next: Option<&Piece>, before_heading: bool, marker: Marker) -> bool {
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
            None => !(is_sentence && before_heading),
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
        Style::Bullet => 7,
        Style::Plain => 8,
    }
}

/// Which statements are headings without a number: short lines without a stop, or a line in two halves over a paragraph.
fn plain_headings(folded: &str, pieces: &[Piece], frame: &Frame, cues: &OutlineCues) -> Vec<bool> {
    let mut plain = vec![false; pieces.len()];
    let mut after_stop = true;
    for (index, piece) in pieces.iter().enumerate() {
        if frame.is_meta(piece.line) {
            continue;
        }
        let words = &folded[piece.range.clone()];
        if piece.marker.is_none() && piece.opens_line && piece.closes_line {
            let next = following(pieces, index, frame);
            let below = next.map(|next| &pieces[next]);
            let halved = || {
                let over = next.is_some_and(|next| is_paragraph(folded, pieces, next));
                after_stop && over && is_halved_heading(words)
            };
            plain[index] = is_plain_heading(words, below, cues) || halved();
        }
        let is_heading = plain[index] || (piece.marker.is_some() && piece.opens_line);
        after_stop = is_heading || words.ends_with(mark::ends_statement);
    }
    plain
}

/// Whether a short line without a number and without a stop stands as a heading.
fn is_plain_heading(words: &str, next: Option<&Piece>, cues: &OutlineCues) -> bool {
    (4..=PLAIN_HEADING_LENGTH).contains(&words.chars().count())
        && !words.contains([mark::FULL_STOP, ';', ',', ':', '|', '>'])
        && words.chars().all(|c| !c.is_ascii_digit() || words.chars().count() > 8)
        && next.is_some_and(|next| next.marker.is_none_or(|m| rank(m.style) >= rank(Style::Bracketed)))
        && !cues.furniture.closings.iter().any(|closing| words.starts_with(closing.as_str()))
}

/// Whether a line is a phrase in halves, as headings are.
fn is_halved_heading(words: &str) -> bool {
    let allowed =
        |c| is_han(c) || matches!(c, ',' | ' ' | '+' | mark::QUOTE_OPEN | mark::QUOTE_CLOSE | mark::ENUMERATION_COMMA);
    (6..=HALVED_HEADING_LENGTH).contains(&words.chars().count())
        && (1..=2).contains(&words.matches([',', ' ']).count())
        && words.chars().all(allowed)
        && words.ends_with(is_han)
}

/// Whether the line that opens with a statement is a paragraph.
fn is_paragraph(folded: &str, pieces: &[Piece], first: usize) -> bool {
    let line = pieces[first].line;
    let last = pieces[first..].iter().take_while(|piece| piece.line == line).last().unwrap_or(&pieces[first]);
    let words = &folded[pieces[first].range.start..last.range.end];
    words.ends_with(mark::ends_statement) && words.chars().count() >= PARAGRAPH_LENGTH
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
