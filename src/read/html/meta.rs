//! What does the page say of itself? Its `meta` elements, title and addresses.

use super::page::Page;
use super::rules::RULES;
use super::tree::{Kind, Tree};

/// What stands in the head of a page.
pub(super) struct Meta {
    /// The `meta` elements: name in lower case and content, in order.
    pairs: Vec<(String, String)>,
    canonical: Option<String>,
}

impl Meta {
    pub fn of(tree: &mut Tree) -> Self {
        Self { pairs: std::mem::take(&mut tree.meta), canonical: tree.canonical.take() }
    }

    /// The content of the first of these names that is there.
    pub fn first(&self, names: &[String]) -> Option<&str> {
        names.iter().find_map(|name| self.pairs.iter().find(|(n, _)| n == name).map(|(_, content)| content.as_str()))
    }
}

/// The page's address: what it gives as its own, else what a browser noted when it saved the page.
pub(super) fn address(meta: &Meta, source: &str) -> Option<String> {
    let given = [meta.canonical.as_deref(), meta.first(&RULES.meta.url)];
    let own = given.into_iter().flatten().map(str::trim).find(|u| is_absolute(u));
    own.map(str::to_owned).or_else(|| noted(source))
}

fn is_absolute(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| rest.contains('.') && !url.contains(char::is_whitespace))
}

/// `<!-- saved from url=(0042)http://… -->` of browsers and ` url: http://… ` of the `SingleFile` extension.
fn noted(source: &str) -> Option<String> {
    let end = (0..=source.len().min(4096)).rev().find(|&end| source.is_char_boundary(end))?;
    let head = &source[..end];
    let after = match head.split_once("saved from url=(") {
        Some((_, rest)) => rest.split_once(')')?.1,
        None => head.split_once("Page saved with SingleFile")?.1.split_once("url:")?.1.trim_start(),
    };
    let url = after.split(|c: char| c.is_whitespace() || c == '>').next()?;
    is_absolute(url).then(|| url.to_owned())
}

/// The report's title: as the page's `meta` gives it, else its main heading, else the page's title without the site.
pub(super) fn title(page: &Page, meta: &Meta) -> Option<String> {
    let site = meta.first(&RULES.meta.site);
    if let Some(title) = meta.first(&RULES.meta.title).map(|t| without_site(t, site)).filter(|t| !t.is_empty()) {
        return Some(title);
    }
    let heading = |visible: bool| {
        RULES.headings.elements.iter().find_map(|name| {
            let mut found = page.nodes.iter().enumerate().filter(|(_, n)| n.name() == name && (!visible || n.text > 0));
            found.find_map(|(index, node)| {
                let text = words(page, index + 1..node.end);
                (text.chars().count() >= 6 && Some(text.as_str()) != site && !is_site(&text)).then_some(text)
            })
        })
    };
    let element = || {
        let index = page.position("title")?;
        Some(without_site(&words(page, index + 1..page.nodes[index].end), site)).filter(|t| !t.is_empty())
    };
    heading(true).or_else(element).or_else(|| heading(false))
}

/// All the text of some nodes on one line.
fn words(page: &Page, range: std::ops::Range<usize>) -> String {
    let text: String = page.nodes[range]
        .iter()
        .filter_map(|n| if let Kind::Text(text) = &n.kind { Some(&**text) } else { None })
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A title without the parts that name the site or its sections.
fn without_site(title: &str, site: Option<&str>) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let (mut from, mut opened) = (0, false);
    let chars: Vec<(usize, char)> = title.char_indices().collect();
    for (nth, &(at, c)) in chars.iter().enumerate() {
        let between_digits = nth > 0
            && chars[nth - 1].1.is_ascii_digit()
            && chars.get(nth + 1).is_some_and(|(_, next)| next.is_ascii_digit());
        // A closing bracket of a cited document's name is no separator.
        opened |= c == '\u{300a}';
        let closes = c == '\u{300b}' && opened;
        if RULES.site.separators.contains(c) && !between_digits && !closes {
            parts.push(title[from..at].trim());
            from = at + c.len_utf8();
        }
    }
    parts.push(title[from..].trim());
    parts.retain(|part| !part.is_empty());
    if parts.len() < 2 {
        return title.trim().to_owned();
    }
    let named = |part: &&str| Some(*part) != site && !is_site(part);
    let longest = |parts: &mut dyn Iterator<Item = &str>| {
        parts.fold("", |best, part| if part.chars().count() > best.chars().count() { part } else { best }).to_owned()
    };
    let own = longest(&mut parts.iter().copied().filter(named));
    if own.is_empty() { longest(&mut parts.iter().copied()) } else { own }
}

fn is_site(part: &str) -> bool {
    RULES.site.endings.iter().any(|ending| part.ends_with(ending.as_str()))
}
