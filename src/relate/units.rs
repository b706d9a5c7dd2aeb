//! The leaves of the outline: measures, problems and plans with their names.

use crate::outline::{Outline, Style};
use crate::report::{Basis, Role, UnitKind};
use crate::text::{Text, enclosures, is_han, mark};
use std::ops::Range;

/// A leaf of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// Which kind of unit it is.
    pub kind: UnitKind,
    /// Its statements, as indexes into the outline's.
    pub pieces: Vec<usize>,
    /// Bytes of the folded text.
    pub range: Range<usize>,
    /// Bytes of its name.
    pub name: Range<usize>,
    /// Whether its name is a heading or a lead, and not merely its first clause.
    pub named: bool,
    /// The node of the outline that it is or stands in.
    pub node: usize,
    /// By which rule it was cut.
    pub basis: Basis,
}

/// An introduction with at most this many characters belongs to the first part below it.
const SHORT_INTRODUCTION: usize = 30;
/// A lead sentence has at most this many characters.
const LEAD_LENGTH: usize = 42;

/// Every unit of the report, in order.
#[must_use]
pub fn units(text: &Text<'_>, outline: &Outline) -> Vec<Leaf> {
    let maker = Maker { text, outline };
    let mut leaves = Vec::new();
    let mut carried: Vec<usize> = Vec::new();
    maker.visit(0, &mut carried, &mut leaves);
    leaves.sort_by_key(|leaf| leaf.range.start);
    leaves
}

struct Maker<'a> {
    text: &'a Text<'a>,
    outline: &'a Outline,
}

impl Maker<'_> {
    /// Makes the units of a node. `carried` is the lead of the nodes above that its first leaf begins with.
    fn visit(&self, node: usize, carried: &mut Vec<usize>, leaves: &mut Vec<Leaf>) {
        let tree = &self.outline.tree;
        let children = &tree.nodes[node].children;
        if children.is_empty() {
            let mut pieces = std::mem::take(carried);
            pieces.extend(tree.nodes[node].pieces.clone());
            for part in self.paragraphs(node, pieces) {
                leaves.extend(self.leaf(node, &part));
            }
            return;
        }
        // The node's own statements before, between and after the parts below it.
        let mut own = tree.own(node).into_iter().peekable();
        for child in children {
            let start = tree.nodes[*child].pieces.start;
            let mut group = std::mem::take(carried);
            while let Some(piece) = own.next_if(|piece| *piece < start) {
                group.push(piece);
            }
            // Paragraphs outside of all sections are units of their own; the last leads the part behind it.
            if node == 0 {
                let mut lines = self.by_line(group);
                group = lines.pop().unwrap_or_default();
                leaves.extend(lines.iter().filter_map(|line| self.leaf(node, line)));
            }
            self.introduce(node, *child, &group, carried, leaves);
            self.visit(*child, carried, leaves);
            carried.clear();
        }
        let rest: Vec<usize> = own.collect();
        for part in self.by_line(rest) {
            leaves.extend(self.leaf(node, &part));
        }
    }

    /// What stands before a part: a unit of its own where it says something, else the lead of the part.
    fn introduce(&self, node: usize, child: usize, group: &[usize], carried: &mut Vec<usize>, leaves: &mut Vec<Leaf>) {
        let told: Vec<usize> = group.iter().copied().filter(|piece| self.is_told(*piece)).collect();
        if told.is_empty() {
            return;
        }
        let lead = told.iter().copied().filter(|piece| self.is_lead_of(node, *piece)).count();
        let length: usize = told.iter().skip(lead).map(|piece| self.words(*piece).chars().count()).sum();
        let same_line = self.outline.pieces[*told.last().unwrap_or(&0)].line
            == self.outline.pieces[self.outline.tree.nodes[child].pieces.start].line;
        let list_intro =
            told.last().is_some_and(|piece| self.words(*piece).ends_with(':')) && told.len() == lead.max(1);
        if length <= SHORT_INTRODUCTION && same_line && !list_intro {
            *carried = told;
        } else if length > SHORT_INTRODUCTION {
            leaves.extend(self.leaf(node, &told));
        }
    }

    /// Whether a statement is the lead sentence that a node's heading is, run into its paragraph.
    fn is_lead_of(&self, node: usize, piece: usize) -> bool {
        let node = &self.outline.tree.nodes[node];
        node.pieces.start == piece && node.style.is_some()
    }

    fn is_told(&self, piece: usize) -> bool {
        matches!(self.outline.roles[piece], Role::Action | Role::Problem | Role::Plan)
    }

    fn words(&self, piece: usize) -> &str {
        self.outline.words(self.text, piece)
    }

    /// The paragraphs of a part without parts of its own are units each where they stand apart; else it is one whole.
    fn paragraphs(&self, node: usize, pieces: Vec<usize>) -> Vec<Vec<usize>> {
        if self.outline.tree.nodes[node].apart { self.by_line(pieces) } else { vec![pieces] }
    }

    fn by_line(&self, pieces: Vec<usize>) -> Vec<Vec<usize>> {
        let mut parts: Vec<Vec<usize>> = Vec::new();
        for piece in pieces {
            let line = self.outline.pieces[piece].line;
            match parts.last_mut() {
                Some(part) if part.last().is_some_and(|last| self.outline.pieces[*last].line == line) => {
                    part.push(piece);
                }
                _ => parts.push(vec![piece]),
            }
        }
        parts
    }

    fn leaf(&self, node: usize, pieces: &[usize]) -> Option<Leaf> {
        let content: Vec<usize> = pieces
            .iter()
            .copied()
            .filter(|piece| !matches!(self.outline.roles[*piece], Role::Heading | Role::Meta))
            .collect();
        let kind = self.kind(&content)?;
        let content = self.without_lead(node, kind, content);
        let (first, last) = (*content.first()?, *content.last()?);
        let range = self.outline.pieces[first].range.start..self.outline.pieces[last].range.end;
        let heading = self.outline.tree.nodes[node].pieces.start;
        let told = &self.outline.tree.nodes[node];
        let whole = !told.apart || pieces.first() == Some(&heading);
        let standalone = told.standalone && told.children.is_empty() && whole;
        let (name, named) =
            if standalone { (self.heading_name(heading), true) } else { self.lead_name(node, &content) };
        let basis = if standalone {
            Basis::rule("units/headed")
        } else if !told.children.is_empty() {
            Basis::rule("units/introduction")
        } else if told.apart {
            Basis::rule("units/paragraph")
        } else {
            Basis::rule("units/item")
        };
        Some(Leaf { kind, pieces: content, range, name, named, node, basis })
    }

    /// A paragraph of problems or plans under no heading of its own begins behind its general lead.
    fn without_lead(&self, node: usize, kind: UnitKind, pieces: Vec<usize>) -> Vec<usize> {
        let told = &self.outline.tree.nodes[node];
        let own_heading = told.depth > 0 && !told.apart;
        if kind == UnitKind::Measure || own_heading {
            return pieces;
        }
        pieces.into_iter().skip_while(|piece| !self.is_told(*piece)).collect()
    }

    /// The role that takes most of the characters.
    fn kind(&self, pieces: &[usize]) -> Option<UnitKind> {
        let length = |role: Role| -> usize {
            pieces
                .iter()
                .filter(|piece| self.outline.roles[**piece] == role)
                .map(|piece| self.words(*piece).len())
                .sum()
        };
        let (action, problem, plan) = (length(Role::Action), length(Role::Problem), length(Role::Plan));
        if action == 0 && problem == 0 && plan == 0 {
            return None;
        }
        Some(if problem >= action && problem >= plan {
            UnitKind::Problem
        } else if plan >= action {
            UnitKind::Plan
        } else {
            UnitKind::Measure
        })
    }

    fn heading_name(&self, piece: usize) -> Range<usize> {
        self.without_frame(piece, self.outline.pieces[piece].range.end)
    }

    /// A statement without its enumerator and the mark at `end`.
    fn without_frame(&self, piece: usize, end: usize) -> Range<usize> {
        let piece = &self.outline.pieces[piece];
        let start = piece.range.start + piece.marker.map_or(0, |marker| marker.len);
        let words = &self.text.folded()[start..end];
        let trimmed =
            words.trim_end_matches(|c| mark::ends_clause(c) || c == ' ' || c == mark::ENUMERATION_COMMA).trim_start();
        let start = end - words.trim_start().len();
        start..start + trimmed.len()
    }

    /// The lead sentence where there is one, else the first clause; and whether it is a lead.
    fn lead_name(&self, node: usize, pieces: &[usize]) -> (Range<usize>, bool) {
        let tree = &self.outline.tree;
        // A part that its section's lead runs into is named by its own words.
        let own = pieces.iter().copied().find(|piece| tree.node_of[*piece] == node).unwrap_or(pieces[0]);
        let first = if self.outline.pieces[own].marker.is_some() {
            own
        } else {
            pieces.iter().copied().find(|piece| self.is_told(*piece)).unwrap_or(pieces[0])
        };
        let words = self.words(first);
        let is_sentence = words.ends_with([mark::FULL_STOP, '!', ':'])
            || (words.ends_with(';') && self.outline.pieces[first].marker.is_none());
        let more = pieces.last() != Some(&first);
        let has_marker = self.outline.pieces[first].marker.is_some();
        if has_marker && is_sentence && more && words.chars().count() <= LEAD_LENGTH && self.is_lead_like(first, node) {
            return (self.heading_name(first), true);
        }
        (self.without_frame(first, self.first_clause_end(first)), false)
    }

    /// Whether the first sentence of an item is a heading run into the paragraph: in two halves at most, and its like
    /// among the items beside it.
    fn is_lead_like(&self, piece: usize, node: usize) -> bool {
        let words = self.words(piece);
        let commas = words.matches(',').count();
        if commas == 0 {
            return true;
        }
        let ordinal = self.outline.tree.nodes[node].style == Some(Style::Ordinal);
        let parent = self.outline.tree.nodes[node].parent;
        let beside = self.outline.tree.nodes[parent].children.iter().filter(|child| **child != node);
        let (mut leads, mut all) = (0, 0);
        for child in beside {
            let first = self.outline.tree.nodes[*child].pieces.start;
            all += 1;
            let more = self.outline.tree.nodes[*child].pieces.len() > 1;
            leads += usize::from(
                more && self.words(first).ends_with(mark::FULL_STOP)
                    && self.words(first).chars().count() <= LEAD_LENGTH,
            );
        }
        commas <= 2 && (!ordinal || all == 0 || leads == all)
    }

    fn first_clause_end(&self, piece: usize) -> usize {
        let range = &self.outline.pieces[piece].range;
        let words = &self.text.folded()[range.clone()];
        let enclosed = enclosures(words, range.start);
        let least = range.start + self.outline.pieces[piece].marker.map_or(0, |marker| marker.len);
        words
            .char_indices()
            .map(|(at, c)| (range.start + at, c))
            .find(|(at, c)| {
                *at > least
                    && mark::ends_clause(*c)
                    && !enclosed.enclose(*at)
                    && self.text.folded()[least..*at].chars().any(is_han)
            })
            .map_or(range.end, |(at, _)| at)
    }
}
