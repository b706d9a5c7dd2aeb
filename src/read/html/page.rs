//! Where on the page does the report stand? The page with the sizes of its parts, and the choice of the main box.

use std::ops::Range;

use super::tree::{Element, Kind, Tree};

/// The page in document order: every element and text once, so that a loop takes the place of recursion.
pub(super) struct Page {
    pub nodes: Vec<Node>,
}

/// An element or a text.
pub(super) struct Node {
    pub kind: Kind,
    /// Index after the last node within this one.
    pub end: usize,
    /// Characters of text within, white space and furniture left out.
    pub text: usize,
    /// Those of them that are within links.
    pub linked: usize,
    /// Links within.
    pub links: usize,
    /// Whether this is furniture, with all within it.
    pub furniture: bool,
}

impl Node {
    pub fn element(&self) -> Option<&Element> {
        match &self.kind {
            Kind::Element(element) => Some(element),
            Kind::Text(_) => None,
        }
    }

    /// Name of the element; empty for a text.
    pub fn name(&self) -> &str {
        self.element().map_or("", |e| &e.name)
    }

    /// A list of links.
    fn is_menu(&self) -> bool {
        matches!(self.name(), "ul" | "ol" | "dl" | "div") && self.links >= 3 && self.linked * 20 >= self.text * 17
    }

    /// Text that is no link.
    fn plain(&self) -> usize {
        self.text.saturating_sub(self.linked)
    }
}

impl Page {
    pub fn new(tree: Tree) -> Self {
        let node = |node: super::tree::Node| Node {
            kind: node.kind,
            end: node.end,
            text: 0,
            linked: 0,
            links: 0,
            furniture: false,
        };
        let mut page = Self { nodes: tree.nodes.into_iter().map(node).collect() };
        page.measure();
        page.clear_away();
        page.measure();
        page
    }

    /// Counts the text and the links of every node; furniture has none.
    fn measure(&mut self) {
        let mut before = Vec::with_capacity(self.nodes.len() + 1);
        let (mut text, mut linked, mut links) = (0, 0, 0);
        let (mut skip_until, mut link_until) = (0, 0);
        for (index, node) in self.nodes.iter().enumerate() {
            before.push((text, linked, links));
            match &node.kind {
                _ if index < skip_until => {}
                _ if node.furniture => skip_until = node.end,
                Kind::Element(e) if is_never_text(e) => skip_until = node.end,
                Kind::Element(e) if e.link => {
                    links += 1;
                    link_until = link_until.max(node.end);
                }
                Kind::Element(_) => {}
                Kind::Text(words) => {
                    let count = words.chars().filter(|c| !c.is_whitespace()).count();
                    text += count;
                    if index < link_until {
                        linked += count;
                    }
                }
            }
        }
        before.push((text, linked, links));
        for (index, node) in self.nodes.iter_mut().enumerate() {
            let (from, to) = (before[index], before[node.end]);
            (node.text, node.linked, node.links) = (to.0 - from.0, to.1 - from.1, to.2 - from.2);
        }
    }

    /// Marks furniture, unless it holds most of what the page says: some sites wrap all of it in a `form`, or hide the
    /// text until a script has run. Furniture within the text goes, furniture around the text stays.
    fn clear_away(&mut self) {
        let most = self.nodes.first().map_or(0, Node::plain) / 2;
        let mut index = 0;
        while index < self.nodes.len() {
            let node = &mut self.nodes[index];
            if let Some(element) = node.element()
                && (is_never_text(element)
                    || (element.furniture || node.is_menu()) && (node.plain() < most || node.text == 0))
            {
                node.furniture = true;
                index = node.end;
            } else {
                index += 1;
            }
        }
    }

    /// The node that holds the report's text, and nothing else as far as can be seen.
    pub fn main(&self) -> usize {
        let body = self.body();
        let strict = self.largest(|e| e.main);
        let dense = self.densest(body);
        if let Some(index) = strict {
            // A template's box may be there and empty, with the text elsewhere.
            let (inside, elsewhere) = (self.nodes[index].plain(), self.nodes[dense].plain());
            if inside >= 200 || inside * 3 >= elsewhere {
                return index;
            }
        }
        let loose = self.largest(|e| e.loose);
        match loose {
            // The narrower of the two, if it holds nearly as much.
            Some(index) if self.nodes[index].plain() * 10 >= self.nodes[dense].plain() * 9 => {
                if self.nodes[index].text <= self.nodes[dense].text { index } else { dense }
            }
            _ => dense,
        }
    }

    /// The innermost box that holds nearly as much text as the largest of those chosen, or what holds several of them
    /// if they share the text.
    fn largest(&self, chosen: impl Fn(&Element) -> bool) -> Option<usize> {
        let candidates: Vec<usize> =
            self.visible(0..self.nodes.len()).filter(|&i| self.nodes[i].element().is_some_and(&chosen)).collect();
        let plain = |i: usize| self.nodes[i].plain();
        let most = candidates.iter().map(|&i| plain(i)).max().filter(|&most| most > 0)?;
        let large = |i: &usize| plain(*i) * 20 >= most * 19;
        let outermost = candidates.iter().copied().find(large)?;
        let mut parts = Vec::new();
        let mut past = 0;
        for &candidate in candidates.iter().filter(|&&i| plain(i) * 4 >= most) {
            if candidate >= past {
                parts.push(candidate);
                past = self.nodes[candidate].end;
            }
        }
        if let (Some(&first), true) = (parts.first(), parts.len() > 1) {
            let whole = (0..first).rev().find(|&i| self.nodes[i].end >= past)?;
            let sum: usize = parts.iter().map(|&i| plain(i)).sum();
            if plain(whole) * 10 <= sum * 13 {
                return Some(whole);
            }
        }
        let within = |i: &usize| *i < self.nodes[outermost].end;
        candidates.iter().copied().filter(large).take_while(within).last()
    }

    /// From `start` inwards as long as one element holds seven tenths of the text that is no link.
    fn densest(&self, start: usize) -> usize {
        let mut at = start;
        loop {
            let enough = self.nodes[at].plain() * 7 / 10;
            let mut child = at + 1;
            let mut heavy = None;
            while child < self.nodes[at].end {
                let node = &self.nodes[child];
                if !node.furniture && node.element().is_some() && node.plain() > enough {
                    heavy = Some(child);
                }
                child = node.end;
            }
            match heavy {
                // A single paragraph is not the report: stop at what holds the paragraphs.
                Some(next) if !matches!(self.nodes[next].name(), "p" | "span" | "tr" | "li") => at = next,
                _ => return at,
            }
        }
    }

    /// Index of the body, or of the page where it has none.
    pub fn body(&self) -> usize {
        self.position("body").unwrap_or(0)
    }

    /// Index of the first element of this name.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.nodes.iter().position(|n| n.name() == name)
    }

    /// The nodes of a range that are not furniture, nor within any.
    pub fn visible(&self, range: Range<usize>) -> impl Iterator<Item = usize> + '_ {
        let mut at = range.start;
        std::iter::from_fn(move || {
            while at < range.end {
                let index = at;
                if self.nodes[index].furniture {
                    at = self.nodes[index].end;
                } else {
                    at += 1;
                    return Some(index);
                }
            }
            None
        })
    }
}

/// Elements that hold no text to read, however much they hold.
fn is_never_text(element: &Element) -> bool {
    matches!(&*element.name, "script" | "style" | "noscript" | "head" | "title" | "iframe" | "textarea")
}
