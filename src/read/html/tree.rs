//! What is nested in what? A page's tags to one flat list, in document order.
//!
//! The HTML standard's tree builder asks for time that grows with the square of a hostile or broken page's length, and
//! makes a tree that must be walked with care not to overflow the stack. Text needs less: the standard's tokenizer
//! reads tags, entities and scripts, and one pass over its tokens notes where each element ends. Elements may nest a
//! million deep; no text is dropped, and what a page leaves open ends where its parent ends.

use std::cell::RefCell;
use std::collections::HashMap;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::{LocalName, TokenizerResult, local_name};

use super::elements::{
    belongs_in_head, closes_itself, ends, is_block, is_container, is_heading, is_table_part, is_void, raw_text,
};
use super::rules::RULES;

/// Elements and texts in all; of a page with more, further tags are passed over and their text is kept.
const NODES: usize = 2_000_000;

/// Attributes of one tag.
const ATTRIBUTES: usize = 500;

/// How far up an end tag looks for its start tag.
const REACH: usize = 300;

/// An element or a text.
pub(super) struct Node {
    pub kind: Kind,
    /// Index after the last node within this one.
    pub end: usize,
}

pub(super) enum Kind {
    Element(Element),
    Text(StrTendril),
}

/// What is to be known of an element.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a question of its own, and any of them may be true together"
)]
pub(super) struct Element {
    pub name: LocalName,
    /// A box of `data/html.toml` that holds an article's text.
    pub main: bool,
    /// A box that holds an article's text and perhaps more.
    pub loose: bool,
    /// Furniture, or hidden.
    pub furniture: bool,
    /// A link.
    pub link: bool,
}

/// A page: the first node is the page itself.
pub(super) struct Tree {
    pub nodes: Vec<Node>,
    /// The `meta` elements: name in lower case and content, in order.
    pub meta: Vec<(String, String)>,
    /// The address in `link rel=canonical`.
    pub canonical: Option<String>,
}

/// Reads the tags of a page.
pub(super) fn parse(page: &str) -> Tree {
    let tokenizer = Tokenizer::new(Builder::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    // A tendril holds up to 4 GiB; the readers refuse documents long before that.
    input.push_back(StrTendril::from_slice(&without_endless_tags(page)));
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.0.into_inner().finish()
}

/// Takes the attributes off a tag that has more than [`ATTRIBUTES`] of them: the tokenizer compares every attribute
/// with all those before it.
fn without_endless_tags(page: &str) -> String {
    let bytes = page.as_bytes();
    let mut kept = String::with_capacity(page.len());
    let (mut from, mut at) = (0, 0);
    while let Some(open) = position(bytes, at, |b| b == b'<') {
        let end = position(bytes, open + 1, |b| matches!(b, b'>' | b'<')).unwrap_or(bytes.len());
        at = end;
        let tag = &bytes[open + 1..end];
        let breaks = tag.windows(2).filter(|w| is_break(w[0]) && !is_break(w[1])).take(ATTRIBUTES).count();
        if breaks == ATTRIBUTES && tag[0].is_ascii_alphabetic() {
            // A break is ASCII, so the cut is at a character boundary.
            let name = position(bytes, open + 1, is_break).unwrap_or(end);
            kept.push_str(&page[from..name]);
            from = end;
        }
    }
    kept.push_str(&page[from..]);
    kept
}

fn position(bytes: &[u8], from: usize, wanted: impl Fn(u8) -> bool) -> Option<usize> {
    bytes[from..].iter().position(|&b| wanted(b)).map(|at| from + at)
}

/// What can stand between two attributes.
const fn is_break(b: u8) -> bool {
    b.is_ascii_whitespace() || matches!(b, b'/' | b'"' | b'\'')
}

#[derive(Default)]
struct Builder(RefCell<Open>);

impl TokenSink for Builder {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut open = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                open.start(&tag);
                return raw_text(&tag.name);
            }
            Token::TagToken(tag) => open.end(&tag),
            Token::CharacterTokens(text) => open.text(text),
            Token::DoctypeToken(_)
            | Token::CommentToken(_)
            | Token::NullCharacterToken
            | Token::EOFToken
            | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}

/// The nodes so far and the elements that are open.
struct Open {
    tree: Tree,
    /// Indexes of the open elements, outermost first.
    stack: Vec<usize>,
    /// How many elements of each name are open.
    count: HashMap<LocalName, usize>,
    /// Whether the body has begun.
    in_body: bool,
    /// Whether an element has ended since the last text.
    ended: bool,
    /// Whether the text that follows is that of a script whose tag was passed over.
    in_passed_script: bool,
}

impl Default for Open {
    fn default() -> Self {
        let page = Element { name: local_name!(""), main: false, loose: false, furniture: false, link: false };
        let nodes = vec![Node { kind: Kind::Element(page), end: 0 }];
        let tree = Tree { nodes, meta: Vec::new(), canonical: None };
        Self { tree, stack: vec![0], count: HashMap::new(), in_body: false, ended: false, in_passed_script: false }
    }
}

impl Open {
    fn name(&self, index: usize) -> &str {
        match &self.tree.nodes[index].kind {
            Kind::Element(element) => &element.name,
            Kind::Text(_) => "",
        }
    }

    fn is_open(&self, name: &LocalName) -> bool {
        self.count.get(name).is_some_and(|&count| count > 0)
    }

    fn is_full(&self) -> bool {
        self.tree.nodes.len() >= NODES
    }

    fn text(&mut self, text: StrTendril) {
        if self.is_open(&local_name!("head"))
            && self.stack.last().is_some_and(|&top| self.name(top) == "head")
            && !text.trim().is_empty()
        {
            self.pop_to(&local_name!("head"));
        }
        if self.in_passed_script {
            return;
        }
        match self.tree.nodes.last_mut() {
            // Nothing but text since the last text: one node will do.
            Some(Node { kind: Kind::Text(last), .. }) if !self.ended => last.push_tendril(&text),
            _ => {
                let end = self.tree.nodes.len() + 1;
                self.tree.nodes.push(Node { kind: Kind::Text(text), end });
                self.ended = false;
            }
        }
    }

    fn start(&mut self, tag: &Tag) {
        let name = &*tag.name;
        match name {
            "meta" => self.meta(tag),
            "link" if attribute(tag, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                self.tree.canonical = attribute(tag, "href").map(str::to_owned);
            }
            // A page included in another brings these along.
            "html" => return,
            "head" | "body" if self.in_body => return,
            _ => {}
        }
        if self.is_full() {
            self.in_passed_script =
                !matches!(raw_text(&tag.name), TokenSinkResult::Continue | TokenSinkResult::Plaintext);
            return;
        }
        if self.is_open(&local_name!("head")) && !belongs_in_head(name) {
            self.pop_to(&local_name!("head"));
        }
        self.in_body |= name == "body";
        if closes_itself(name) {
            self.close_the_last(name);
        }
        let index = self.tree.nodes.len();
        self.tree.nodes.push(Node { kind: Kind::Element(element(tag)), end: index + 1 });
        // Drawings and formulas may close their elements in the tag itself; HTML may not.
        let foreign =
            name == "svg" || name == "math" || self.is_open(&local_name!("svg")) || self.is_open(&local_name!("math"));
        if !(is_void(name) || tag.self_closing && foreign) {
            self.stack.push(index);
            *self.count.entry(tag.name.clone()).or_default() += 1;
        }
    }

    fn meta(&mut self, tag: &Tag) {
        let name = ["name", "property", "itemprop"].into_iter().find_map(|key| attribute(tag, key));
        let Some((name, content)) = name.zip(attribute(tag, "content")) else { return };
        let content: Vec<&str> = content.split_whitespace().collect();
        // Templates print "null" and "undefined" for what an editor left out.
        if !content.is_empty() && !matches!(content[..], ["null" | "undefined"]) {
            self.tree.meta.push((name.trim().to_lowercase(), content.join(" ")));
        }
    }

    /// An element whose end tag was left out ends where the next of its name begins.
    fn close_the_last(&mut self, name: &str) {
        let near = self.stack.iter().rev().take(REACH).map(|&index| self.name(index));
        let depth = near.take_while(|open| !is_container(open)).position(|open| ends(open, name));
        for _ in 0..depth.map_or(0, |depth| depth + 1) {
            self.pop();
        }
    }

    fn end(&mut self, tag: &Tag) {
        self.in_passed_script = false;
        if !self.is_open(&tag.name) && !is_heading(&tag.name) || matches!(&*tag.name, "html" | "body") {
            return;
        }
        let name = &*tag.name;
        let same = |open: &str| open == name || is_heading(open) && is_heading(name);
        let stops = |open: &str| match (is_table_part(name), is_block(name)) {
            // An end tag closes what was left open within its element, but reaches out of no box that it is not the end
            // of: a table's parts not out of their table, blocks not out of a cell, the looks of text not out of a block.
            (true, _) => open == "table",
            (false, true) => matches!(open, "td" | "th" | "caption" | "table"),
            (false, false) => is_block(open) || is_table_part(open),
        };
        let near = self.stack.iter().rev().take(REACH).map(|&index| self.name(index));
        let depth = near.take_while(|open| same(open) || !stops(open)).position(same);
        for _ in 0..depth.map_or(0, |depth| depth + 1) {
            self.pop();
        }
    }

    fn pop_to(&mut self, name: &LocalName) {
        while self.is_open(name) {
            self.pop();
        }
    }

    fn pop(&mut self) {
        let after = self.tree.nodes.len();
        let Some(node) = self.stack.pop().and_then(|index| self.tree.nodes.get_mut(index)) else { return };
        node.end = after;
        self.ended = true;
        if let Kind::Element(element) = &node.kind
            && let Some(count) = self.count.get_mut(&element.name)
        {
            *count -= 1;
        }
    }

    fn finish(mut self) -> Tree {
        while !self.stack.is_empty() {
            self.pop();
        }
        self.tree
    }
}

fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

fn element(tag: &Tag) -> Element {
    let (id, class) = (attribute(tag, "id"), attribute(tag, "class").unwrap_or_default());
    let hidden = attribute(tag, "hidden").is_some() || attribute(tag, "style").is_some_and(is_hidden);
    Element {
        main: RULES.main.contain(&tag.name, id, class),
        loose: RULES.loose.contain(&tag.name, id, class),
        furniture: hidden || RULES.furniture.contain(&tag.name, attribute(tag, "role"), id, class),
        link: &*tag.name == "a" && attribute(tag, "href").is_some(),
        name: tag.name.clone(),
    }
}

fn is_hidden(style: &str) -> bool {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    style.contains("display:none") || style.contains("visibility:hidden")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree as brackets: `p[x]` for a paragraph with a text.
    fn shape(page: &str) -> String {
        fn write(nodes: &[Node], range: std::ops::Range<usize>, out: &mut String) {
            let mut at = range.start;
            while at < range.end {
                match &nodes[at].kind {
                    Kind::Text(text) => out.push_str(text),
                    Kind::Element(element) => {
                        out.push_str(&element.name);
                        out.push('[');
                        write(nodes, at + 1..nodes[at].end, out);
                        out.push(']');
                    }
                }
                at = nodes[at].end;
            }
        }
        let tree = parse(page);
        let mut out = String::new();
        write(&tree.nodes, 1..tree.nodes.len(), &mut out);
        out
    }

    #[test]
    fn left_out_end_tags_are_understood() {
        for (page, expected) in [
            ("<p>a<p>b", "p[a]p[b]"),
            ("<ul><li>a<ul><li>b</ul><li>c</ul>d", "ul[li[aul[li[b]]]li[c]]d"),
            ("<table><tr><td>a<td>b<tr><td>c</table>d", "table[tr[td[a]td[b]]tr[td[c]]]d"),
            ("<table><tr><th>a<td>b</table>", "table[tr[th[a]td[b]]]"),
            ("<dl><dt>a<dd>b<dt>c</dl>", "dl[dt[a]dd[b]dt[c]]"),
            ("<head><title>t &amp; u</title><p>a", "head[title[t & u]]p[a]"),
            ("<head><title>t</title>a", "head[title[t]]a"),
            ("<div><b>a</div>b", "div[b[a]]b"),
            ("<p><font>a</p><p>b", "p[font[a]]p[b]"),
            ("a<br>b<br/>c<img src=x>d", "abr[]bbr[]cimg[]d"),
            ("<svg/>a<svg><path/><g>b</svg>c", "svg[]asvg[path[]g[b]]c"),
        ] {
            assert_eq!(shape(page), expected, "{page}");
        }
    }

    #[test]
    fn end_tags_reach_out_of_no_box() {
        for (page, expected) in [
            ("<b><p>a</b>b</p>c", "b[p[ab]c]"),
            ("<div><table><tr><td>a</div>b</table>c</div>d", "div[table[tr[td[ab]]]c]d"),
            ("a</p></div></x>b", "ab"),
            ("<h1>a</h2>b", "h1[a]b"),
            ("<body>a<html><head><body class=x>b</body></html>c", "body[abc]"),
        ] {
            assert_eq!(shape(page), expected, "{page}");
        }
    }

    #[test]
    fn scripts_and_styles_are_no_markup() {
        assert_eq!(shape("<script>if (a<b) '<p>'</script><style>p>q</style>x"), "script[if (a<b) '<p>']style[p>q]x");
    }

    #[test]
    fn a_tag_with_endless_attributes_loses_them() {
        let attributes = (0..5000).fold(String::new(), |all, n| all + &format!(" a{n}=\"x\""));
        assert_eq!(shape(&format!("<p{attributes}>one</p><p>two</p>")), "p[one]p[two]");
        assert_eq!(without_endless_tags(&format!("<p{attributes}>one")), "<p>one");
    }

    #[test]
    fn beyond_the_limit_only_text_is_kept() {
        let tree = parse(&"<p>x".repeat(NODES));
        assert!(tree.nodes.len() <= NODES + 1);
        let text: usize = tree.nodes.iter().map(|n| if let Kind::Text(text) = &n.kind { text.len() } else { 0 }).sum();
        assert_eq!(text, NODES);
        let scripts = format!("{}end", "<script>x</script>".repeat(NODES));
        assert!(matches!(&parse(&scripts).nodes.last().unwrap().kind, Kind::Text(text) if &**text == "end"));
    }
}
