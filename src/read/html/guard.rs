//! What may a page do to the parser? The tokens of a page, tamed before they become a tree.
//!
//! The HTML standard asks a parser to nest elements as deep as a page likes and to look through all the open ones at
//! every tag, so that the time for hostile or broken pages grows with the square of their length. Between tokenizer
//! and tree builder this guard limits depth and number of elements; beyond the limits only text goes through. No text
//! is ever dropped.

use std::cell::RefCell;
use std::collections::HashMap;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeSink};
use html5ever::{LocalName, TokenizerResult, local_name};
use scraper::{Html, HtmlTreeSink};

/// Elements open at once. Pages in the wild stay below 60.
const DEPTH: usize = 200;

/// Elements in all.
const ELEMENTS: usize = 400_000;

/// Attributes of one tag.
const ATTRIBUTES: usize = 500;

/// Parses a page into a tree, in time and memory that grow no faster than the page.
pub(super) fn parse(page: &str) -> Html {
    let builder =
        TreeBuilder::new(HtmlTreeSink::new(Html::new_document()), html5ever::tree_builder::TreeBuilderOpts::default());
    let tokenizer = Tokenizer::new(Guard { builder, open: RefCell::default() }, TokenizerOpts::default());
    let input = BufferQueue::default();
    // A tendril holds at most 4 GiB; the readers refuse documents long before that.
    input.push_back(StrTendril::from_slice(&without_endless_tags(page)));
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.builder.sink.finish()
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

struct Guard {
    builder: TreeBuilder<scraper_handle::Handle, HtmlTreeSink>,
    open: RefCell<Open>,
}

/// The handle type of scraper's tree, which it does not name itself.
mod scraper_handle {
    pub(super) type Handle = <scraper::HtmlTreeSink as html5ever::tree_builder::TreeSink>::Handle;
}

/// The elements that are open, as far as tags tell.
#[derive(Default)]
struct Open {
    /// Name, and whether the tree builder knows of it.
    stack: Vec<(LocalName, bool)>,
    /// How many of each name are open.
    count: HashMap<LocalName, usize>,
    /// How many of them the tree builder knows of.
    passed: usize,
    /// Elements passed on in all.
    elements: usize,
}

impl Open {
    fn pop(&mut self) -> Option<(LocalName, bool)> {
        let (name, passed) = self.stack.pop()?;
        if let Some(count) = self.count.get_mut(&name) {
            *count -= 1;
        }
        self.passed -= usize::from(passed);
        Some((name, passed))
    }

    /// Whether the start tag may pass.
    fn start(&mut self, tag: &Tag) -> bool {
        if closes_itself(&tag.name) {
            let near = self.stack.iter().rev().take(40);
            let depth = near.take_while(|(name, _)| !is_container(name)).position(|(name, _)| *name == tag.name);
            for _ in 0..depth.map_or(0, |d| d + 1) {
                self.pop();
            }
        }
        if self.elements >= ELEMENTS {
            return false;
        }
        if is_void(&tag.name) {
            self.elements += 1;
            return true;
        }
        // Lines and cells end one another, so that a little room keeps them apart at any depth.
        let passes = self.passed < if closes_itself(&tag.name) { DEPTH + 10 } else { DEPTH };
        self.elements += usize::from(passes);
        self.passed += usize::from(passes);
        *self.count.entry(tag.name.clone()).or_default() += 1;
        self.stack.push((tag.name.clone(), passes));
        passes
    }

    /// Whether the end tag may pass.
    fn end(&mut self, tag: &Tag) -> bool {
        if self.count.get(&tag.name).is_none_or(|&count| count == 0) {
            return self.elements < ELEMENTS;
        }
        while let Some((name, passed)) = self.pop() {
            if name == tag.name {
                return passed;
            }
        }
        true
    }
}

/// Elements whose end tag may be left out: one ends where the next begins.
fn closes_itself(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("p")
            | local_name!("li")
            | local_name!("dt")
            | local_name!("dd")
            | local_name!("tr")
            | local_name!("td")
            | local_name!("th")
            | local_name!("tbody")
            | local_name!("thead")
            | local_name!("option")
    )
}

/// Elements out of which no left-out end tag reaches.
fn is_container(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("div")
            | local_name!("table")
            | local_name!("ul")
            | local_name!("ol")
            | local_name!("dl")
            | local_name!("select")
            | local_name!("body")
            | local_name!("section")
            | local_name!("article")
    )
}

fn is_void(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("br")
            | local_name!("img")
            | local_name!("input")
            | local_name!("meta")
            | local_name!("link")
            | local_name!("hr")
            | local_name!("area")
            | local_name!("base")
            | local_name!("col")
            | local_name!("embed")
            | local_name!("source")
            | local_name!("track")
            | local_name!("wbr")
            | local_name!("param")
    )
}

/// Elements that only change the look of text, and links. The standard reopens those left open in every paragraph that
/// follows, which can make a page grow without bound; as `span` they end where their parent ends.
fn is_look(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("a")
            | local_name!("b")
            | local_name!("big")
            | local_name!("code")
            | local_name!("em")
            | local_name!("font")
            | local_name!("i")
            | local_name!("nobr")
            | local_name!("s")
            | local_name!("small")
            | local_name!("strike")
            | local_name!("strong")
            | local_name!("tt")
            | local_name!("u")
    )
}

impl TokenSink for Guard {
    type Handle = scraper_handle::Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Self::Handle> {
        let token = match token {
            // Nothing reads these, and a page can have millions.
            Token::CommentToken(_) | Token::ParseError(_) => return TokenSinkResult::Continue,
            Token::TagToken(mut tag) => {
                if is_look(&tag.name) {
                    tag.name = local_name!("span");
                }
                let mut open = self.open.borrow_mut();
                let passes = if tag.kind == TagKind::StartTag { open.start(&tag) } else { open.end(&tag) };
                if !passes {
                    return TokenSinkResult::Continue;
                }
                Token::TagToken(tag)
            }
            token => token,
        };
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(html: &Html) -> String {
        html.root_element().text().collect()
    }

    #[test]
    fn depth_is_limited_and_no_text_is_lost() {
        let page = format!("{}text{}", "<div>".repeat(5000), "</div>end".repeat(5000));
        let html = parse(&page);
        assert_eq!(text(&html), format!("text{}", "end".repeat(5000)));
        let depth = html.tree.nodes().map(|n| n.ancestors().count()).max().unwrap();
        assert!(depth <= DEPTH + 14, "{depth}");
    }

    #[test]
    fn paragraphs_and_looks_left_open_do_not_count_as_depth() {
        let page = "<p><font color=red>one".repeat(3000) + "<div id=last>two</div>";
        let html = parse(&page);
        let last = scraper::Selector::parse("#last").unwrap();
        assert_eq!(html.select(&last).count(), 1);
        assert!(html.tree.nodes().count() < 20_000);
    }

    #[test]
    fn a_tag_with_endless_attributes_is_cut() {
        let attributes: String = (0..5000).map(|n| format!(" a{n}=\"x\"")).collect();
        let html = parse(&format!("<p{attributes}>one</p><p>two</p>"));
        assert_eq!(text(&html), "onetwo");
        let short = without_endless_tags(&format!("<p{attributes}>one"));
        assert!(short.len() < 10_000 && short.ends_with(">one"));
    }

    #[test]
    fn misnested_links_do_not_multiply() {
        let html = parse(&"<a href=x><div></a>y".repeat(2000));
        assert!(html.tree.nodes().count() < 10_000);
        assert_eq!(text(&html), "y".repeat(2000));
    }

    #[test]
    fn an_ordinary_page_passes_unchanged() {
        let page = "<title>t &amp; u</title><ul><li>1<li>2</ul><table><tr><td>a<td>b<tr><td>c</table><p>x<p>y<script>if (a<b) c()</script>";
        let (guarded, plain) = (parse(page), Html::parse_document(page));
        assert_eq!(guarded.html(), plain.html());
    }
}
