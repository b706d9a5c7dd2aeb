//! `data/regions/townships.csv`: townships, towns, streets and sumu with their codes; `former_townships.csv`: names that a
//! prefecture's own bore before.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// A township-level unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Township {
    /// Nine digits: the county's code and three of its own (GB/T 10114).
    pub code: &'static str,
    /// Name in full.
    pub name: &'static str,
}

const TOWNSHIPS: &str = include_str!("../../data/regions/townships.csv");

/// The townships of a county, by its six-digit code.
pub fn townships_of(county: &str) -> impl Iterator<Item = Township> {
    let county = county.to_owned();
    // The table is sorted by code and read rarely, so a binary search over the text spares an index at every start.
    let offset = first_line_from(&county);
    TOWNSHIPS[offset..].lines().map_while(move |line| line.starts_with(&county).then(|| township(line)).flatten())
}

/// Every township of the country.
pub fn townships() -> impl Iterator<Item = Township> {
    TOWNSHIPS.lines().skip(1).filter_map(township)
}

fn township(line: &'static str) -> Option<Township> {
    line.split_once(',').map(|(code, name)| Township { code, name })
}

/// Byte of the first line whose code is not below `prefix`.
fn first_line_from(prefix: &str) -> usize {
    let header = TOWNSHIPS.find('\n').map_or(0, |at| at + 1);
    let (mut low, mut high) = (header, TOWNSHIPS.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let line = TOWNSHIPS.as_bytes()[..middle].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1).max(low);
        let end = TOWNSHIPS.as_bytes()[middle..]
            .iter()
            .position(|b| *b == b'\n')
            .map_or(TOWNSHIPS.len(), |at| middle + at + 1);
        if TOWNSHIPS.as_bytes()[line..end] < *prefix.as_bytes() {
            low = end;
        } else {
            high = line;
        }
    }
    low
}

/// The townships of this name, by code.
pub fn townships_named(name: &str) -> impl Iterator<Item = Township> + use<> {
    // Few reports ask for a township by its name alone, so that the index is built at the first of them.
    static BY_NAME: OnceLock<HashMap<&'static str, Vec<Township>>> = OnceLock::new();
    let index = BY_NAME.get_or_init(|| {
        let mut index: HashMap<&'static str, Vec<Township>> = HashMap::new();
        for township in townships() {
            index.entry(township.name).or_default().push(township);
        }
        index
    });
    index.get(name).into_iter().flatten().copied()
}

const FORMER: &str = include_str!("../../data/regions/former_townships.csv");

/// The first year of which the names of all townships are known, today's or former ones.
pub const TOWNSHIPS_SINCE: u16 = 2013;

/// Whether a township of the prefecture, given by the first four digits of its code, bore this name since [`TOWNSHIPS_SINCE`] and no longer
/// does. Told only of names that a township elsewhere bears today.
pub fn was_township_of(prefecture: &str, name: &str) -> bool {
    static NAMES: OnceLock<HashSet<(&'static str, &'static str)>> = OnceLock::new();
    NAMES
        .get_or_init(|| FORMER.lines().skip(1).filter_map(|line| line.split_once(',')).collect())
        .contains(&(prefecture, name))
}

/// Characters of the longest name of a township.
pub const LONGEST_TOWNSHIP: usize = 15;

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::{LONGEST_TOWNSHIP, townships, townships_named, townships_of, was_township_of};

    #[test]
    fn townships_are_found_by_county() {
        let names: Vec<&str> = townships_of("330726").map(|township| township.name).collect();
        assert!(names.contains(&"白马镇"), "{names:?}");
        let by_scan = townships().filter(|township| township.code.starts_with("330726")).count();
        assert_eq!(names.len(), by_scan);
        assert_eq!(townships_of("999999").count(), 0);
    }

    #[test]
    fn former_names_are_those_of_another_prefecture_today() {
        let mut lines = super::FORMER.lines();
        assert_eq!(lines.next(), Some("prefecture,name"));
        let rows: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once(',')).collect();
        assert!(rows.is_sorted() && rows.len() > 2_000);
        for (prefecture, name) in rows {
            assert!(was_township_of(prefecture, name));
            let mut bearers = townships_named(name).map(|township| &township.code[..4]).peekable();
            assert!(bearers.peek().is_some() && bearers.all(|bearer| bearer != prefecture), "{prefecture} {name}");
        }
        assert!(!was_township_of("6205", "洛门镇"));
    }

    #[test]
    fn townships_are_found_by_name() {
        let codes: Vec<&str> = townships_named("洛门镇").map(|township| township.code).collect();
        assert_eq!(codes, ["620524101"]);
        assert!(townships_named("城关镇").count() > 20);
        assert_eq!(townships_named("无此镇").count(), 0);
        assert_eq!(townships().map(|township| township.name.chars().count()).max(), Some(LONGEST_TOWNSHIP));
    }
}
