//! Which boxes hold text and which are furniture? `data/html.toml` in memory.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

/// `data/html.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rules {
    pub main: Boxes,
    pub loose: Boxes,
    pub furniture: Furniture,
    pub buttons: Buttons,
    pub meta: Meta,
    pub headings: Headings,
    pub site: Site,
}

/// Elements known by name, id or class.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Boxes {
    elements: HashSet<String>,
    ids: HashSet<String>,
    classes: HashSet<String>,
}

impl Boxes {
    /// Whether an element of this name, id and `class` attribute is one of the boxes.
    pub fn contain(&self, name: &str, id: Option<&str>, class: &str) -> bool {
        self.elements.contains(name) || has(&self.ids, id) || has_any(&self.classes, class)
    }
}

/// Elements without text of the report.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Furniture {
    elements: HashSet<String>,
    roles: HashSet<String>,
    ids: HashSet<String>,
    classes: HashSet<String>,
}

impl Furniture {
    /// Whether an element with these is furniture.
    pub fn contain(&self, name: &str, role: Option<&str>, id: Option<&str>, class: &str) -> bool {
        self.elements.contains(name) || has(&self.roles, role) || has(&self.ids, id) || has_any(&self.classes, class)
    }
}

fn has(set: &HashSet<String>, value: Option<&str>) -> bool {
    value.is_some_and(|value| set.contains(&value.trim().to_ascii_lowercase()))
}

fn has_any(set: &HashSet<String>, classes: &str) -> bool {
    classes.split_ascii_whitespace().any(|class| set.contains(&class.to_ascii_lowercase()))
}

/// Lines that are buttons.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Buttons {
    pub lines: HashSet<String>,
}

/// Names of `meta` elements, the first choice first.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Meta {
    pub title: Vec<String>,
    pub published: Vec<String>,
    pub publisher: Vec<String>,
    pub site: Vec<String>,
    pub url: Vec<String>,
    pub index_number: Vec<String>,
    pub dated: Vec<String>,
}

/// Elements that hold the title, the first choice first.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Headings {
    pub elements: Vec<String>,
}

/// The site's part of a title.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Site {
    pub separators: String,
    pub endings: Vec<String>,
}

#[expect(clippy::expect_used, reason = "the embedded table is fixed when the program is built; a test parses it")]
pub(super) static RULES: LazyLock<Rules> =
    LazyLock::new(|| toml::from_str(include_str!("../../../data/html.toml")).expect("data/html.toml is well-formed"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_lower_case_and_stand_once() {
        let table: toml::Table = toml::from_str(include_str!("../../../data/html.toml")).unwrap();
        for (name, section) in &table {
            if name == "site" || name == "buttons" {
                continue;
            }
            for (key, names) in section.as_table().unwrap() {
                let names: Vec<&str> = names.as_array().unwrap().iter().map(|n| n.as_str().unwrap()).collect();
                let once: HashSet<&str> = names.iter().copied().collect();
                assert_eq!(once.len(), names.len(), "{name}.{key} has a name twice");
                for name in names {
                    assert_eq!(name, name.to_lowercase());
                }
            }
        }
    }

    #[test]
    fn no_box_is_both_text_and_furniture() {
        for boxes in [&RULES.main, &RULES.loose] {
            assert!(boxes.ids.is_disjoint(&RULES.furniture.ids));
            assert!(boxes.classes.is_disjoint(&RULES.furniture.classes));
        }
    }
}
