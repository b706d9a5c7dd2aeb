//! Which number does a paragraph show? The lists of `numbering.xml` and the styles that use them, counted through.

use std::collections::{HashMap, HashSet};

use super::numeral::numeral;
use super::xml::{Event, Events};

/// Levels of a list.
const LEVELS: usize = 9;
/// How far styles may be based on each other.
const DEPTH: usize = 20;

/// One level of a list.
#[derive(Debug, Clone)]
struct Level {
    start: u32,
    format: String,
    /// `%1` stands for the number of the first level, and so on.
    text: String,
    /// Whether all numbers in it are Arabic.
    legal: bool,
    /// Whether a tab or space follows.
    spaced: bool,
    /// The style whose paragraphs are of this level.
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self { start: 1, format: "decimal".to_owned(), text: String::new(), legal: false, spaced: true, style: None }
    }
}

type Levels = [Option<Level>; LEVELS];

/// What a paragraph or style says of its list.
#[derive(Debug, Clone, Default)]
pub(super) struct Item {
    /// Number of the list; 0 takes the paragraph out of any.
    pub list: Option<u32>,
    pub level: Option<usize>,
}

/// A list as paragraphs name it.
#[derive(Debug, Default)]
struct List {
    /// The definition it uses.
    definition: u32,
    starts: [Option<u32>; LEVELS],
    levels: Levels,
}

#[derive(Debug, Default)]
struct Style {
    base: Option<String>,
    item: Item,
}

/// The lists of a document, with how far each has been counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: HashMap<u32, Levels>,
    lists: HashMap<u32, List>,
    styles: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    usual: Option<String>,
    counts: HashMap<u32, [Option<u32>; LEVELS]>,
    begun: HashSet<u32>,
}

impl Numbering {
    /// Reads the two parts; a part that is not well-formed is read as far as it is.
    pub fn new(numbering: &str, styles: &str) -> Self {
        let mut read = Self::default();
        read.lists(numbering);
        read.styles(styles);
        read
    }

    fn lists(&mut self, part: &str) {
        let (mut definition, mut list, mut level) = (None::<u32>, None::<u32>, None::<usize>);
        for event in Events::new(part) {
            match event {
                Event::Start(element) => {
                    let number = |name: &str| element.attribute(name).and_then(|value| value.parse::<u32>().ok());
                    let at = number("ilvl").map(|at| at as usize).filter(|&at| at < LEVELS);
                    match element.name.as_str() {
                        "abstractNum" => (definition, list) = (number("abstractNumId"), None),
                        "num" => (definition, list) = (None, number("numId")),
                        "abstractNumId" => {
                            if let (Some(list), Some(of)) = (list, number("val")) {
                                self.lists.entry(list).or_default().definition = of;
                            }
                        }
                        "lvlOverride" => level = at,
                        "startOverride" => {
                            if let (Some(list), Some(level)) = (list, level) {
                                self.lists.entry(list).or_default().starts[level] = number("val");
                            }
                        }
                        name => {
                            level = if name == "lvl" { at } else { level };
                            if let Some(level) = level.and_then(|at| self.level(definition, list, at)) {
                                level.set(name, element.attribute("val").unwrap_or_default());
                            }
                        }
                    }
                }
                Event::End(name) if name == "lvl" && list.is_none() => level = None,
                _ => {}
            }
        }
    }

    fn level(&mut self, definition: Option<u32>, list: Option<u32>, at: usize) -> Option<&mut Level> {
        let levels = match (definition, list) {
            (Some(definition), _) => self.definitions.entry(definition).or_default(),
            (None, Some(list)) => &mut self.lists.entry(list).or_default().levels,
            (None, None) => return None,
        };
        Some(levels[at].get_or_insert_default())
    }

    fn styles(&mut self, part: &str) {
        let mut current: Option<String> = None;
        for event in Events::new(part) {
            let Event::Start(element) = event else { continue };
            let value = || element.attribute("val").unwrap_or_default();
            match element.name.as_str() {
                "style" => {
                    let id = element.attribute("styleId").map(str::to_owned);
                    let is_default = matches!(element.attribute("default"), Some("1" | "true"));
                    if is_default && element.attribute("type") == Some("paragraph") {
                        self.usual.clone_from(&id);
                    }
                    current = id;
                }
                name => {
                    let Some(style) = current.as_ref().map(|id| self.styles.entry(id.clone()).or_default()) else {
                        continue;
                    };
                    match name {
                        "basedOn" => style.base = Some(value().to_owned()),
                        "numId" => style.item.list = value().parse().ok(),
                        "ilvl" => style.item.level = value().parse().ok(),
                        _ => {}
                    }
                }
            }
        }
    }

    /// The number that a paragraph shows, with what stands around it, and counts it.
    pub fn next(&mut self, own: &Item, style: Option<&str>) -> Option<String> {
        let style = style.or(self.usual.as_deref());
        let (by_style, owner) = self.of_style(style);
        let list = own.list.or(by_style.list).filter(|&list| list > 0)?;
        let definition = self.lists.get(&list)?.definition;
        let linked = || {
            let levels = self.definitions.get(&definition)?;
            levels.iter().position(|level| level.as_ref().is_some_and(|l| l.style.is_some() && l.style == owner))
        };
        let at = own.level.or(by_style.level).or_else(linked).unwrap_or(0);
        self.count(list, definition, at)?;
        self.show(list, definition, at)
    }

    /// What a style says of a list, or what it is based on says; and which of them does.
    fn of_style(&self, style: Option<&str>) -> (Item, Option<String>) {
        let mut name = style;
        for _ in 0..DEPTH {
            let Some((id, style)) = name.and_then(|id| self.styles.get(id).map(|style| (id, style))) else { break };
            if style.item.list.is_some() {
                return (style.item.clone(), Some(id.to_owned()));
            }
            name = style.base.as_deref();
        }
        (Item::default(), None)
    }

    fn of_list(&self, list: u32, definition: u32, at: usize) -> Option<&Level> {
        let own = self.lists.get(&list).and_then(|list| list.levels.get(at)?.as_ref());
        own.or_else(|| self.definitions.get(&definition)?.get(at)?.as_ref())
    }

    fn count(&mut self, list: u32, definition: u32, at: usize) -> Option<()> {
        let start = |at| self.of_list(list, definition, at).map_or(1, |level| level.start);
        let starts: [u32; LEVELS] = std::array::from_fn(start);
        let overrides = self.lists.get(&list)?.starts;
        let counts = self.counts.entry(definition).or_default();
        if self.begun.insert(list) {
            // A list that says where it begins does so the first time that it is used.
            for (count, start) in counts.iter_mut().zip(overrides).filter(|(_, start)| start.is_some()) {
                *count = start.and_then(|start| start.checked_sub(1));
            }
        }
        for (upper, start) in counts.iter_mut().zip(starts).take(at) {
            upper.get_or_insert(start);
        }
        let count = counts.get_mut(at)?;
        *count = Some(count.map_or(starts[at], |count| count.saturating_add(1)));
        for lower in counts.iter_mut().skip(at + 1) {
            *lower = None;
        }
        Some(())
    }

    fn show(&self, list: u32, definition: u32, at: usize) -> Option<String> {
        let level = self.of_list(list, definition, at)?;
        numeral(1, &level.format)?;
        let counts = self.counts.get(&definition)?;
        let (mut shown, mut rest) = (String::new(), level.text.as_str());
        while let Some((before, after)) = rest.split_once('%') {
            shown.push_str(before);
            rest = after;
            let Some(digit) = after.chars().next().and_then(|c| c.to_digit(10)).filter(|d| (1..=9).contains(d)) else {
                shown.push('%');
                continue;
            };
            rest = &after[1..];
            let place = digit as usize - 1;
            let format = self.of_list(list, definition, place).map_or("decimal", |level| level.format.as_str());
            let format = if level.legal { "decimal" } else { format };
            shown.extend(numeral(counts[place].unwrap_or(1), format));
        }
        shown.push_str(rest);
        // After a sign of full width a space would be seen twice.
        if level.spaced && shown.chars().next_back().is_some_and(|c| c.is_ascii() && c != ' ') {
            shown.push(' ');
        }
        Some(shown)
    }
}

impl Level {
    fn set(&mut self, element: &str, value: &str) {
        match element {
            "start" => self.start = value.parse().unwrap_or(1),
            "numFmt" => value.clone_into(&mut self.format),
            "lvlText" => value.clone_into(&mut self.text),
            "isLgl" => self.legal = !matches!(value, "0" | "false"),
            "suff" => self.spaced = value != "nothing",
            "pStyle" => self.style = Some(value.to_owned()),
            _ => {}
        }
    }
}
