//! `data/regions/zones.csv`: zones that report without a code of their own, under their names and short names.

use super::LexiconError;
use serde::Deserialize;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

/// A zone that reports without a code of its own (开发区, 新区, 兵团师).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Zone {
    /// Name in full.
    pub name: String,
    /// Code of the region in which it lies.
    pub parent: String,
    /// `economic_development`, `high_tech`, `new_area`, `bonded`, `xpcc_division`, `scenic` or `other`.
    pub kind: String,
}

impl Zone {
    /// Whether it is a division of the Xinjiang corps, or the corps itself.
    #[must_use]
    pub fn is_of_corps(&self) -> bool {
        self.kind == "xpcc_division"
    }
}

/// The end of a zone's name with a shorter one (经济技术开发区, 经开区).
#[derive(Debug, Clone, Deserialize)]
struct Ending {
    ending: String,
    short: String,
}

/// Every zone with the words that name it.
#[derive(Debug)]
pub(super) struct Zones {
    zones: Vec<Zone>,
    /// Words and the place of their zone in `zones`, by their first two characters.
    names: HashMap<[char; 2], Vec<(String, usize)>>,
}

/// 师, with which the name of a division of the corps ends.
const DIVISION: char = '\u{5E08}';
/// 范: what stands behind 师 where it is no division.
const NO_DIVISION: char = '\u{8303}';
/// What may stand between a place and the end of its zone's name: nothing, 市, 县, 区.
const BETWEEN: [&str; 4] = ["", "\u{5E02}", "\u{53BF}", "\u{533A}"];

impl Zones {
    pub(super) fn load() -> Result<Self, LexiconError> {
        let zones: Vec<Zone> = super::rows("data/regions/zones.csv", include_str!("../../data/regions/zones.csv"))?;
        let endings: Vec<Ending> =
            super::rows("data/regions/zone_endings.csv", include_str!("../../data/regions/zone_endings.csv"))?;
        let mut names: Vec<(String, usize)> = Vec::new();
        for (at, zone) in zones.iter().enumerate() {
            names.push((zone.name.clone(), at));
            if zone.is_of_corps()
                && let Some(end) = zone.name.find(DIVISION)
            {
                // 第八师 of 第八师石河子市; 第十二师 of 兵团第十二师.
                let division = &zone.name[..end + DIVISION.len_utf8()];
                let start = division.char_indices().rev().map(|(start, _)| start);
                let start = start.take_while(|start| !division[*start..].starts_with('\u{56E2}')).last().unwrap_or(0);
                names.push((division[start..].to_owned(), at));
            }
            for Ending { ending, short } in &endings {
                let Some(place) = zone.name.strip_suffix(ending.as_str()) else { continue };
                for between in BETWEEN {
                    names.push((format!("{place}{between}{short}"), at));
                    names.push((format!("{place}{between}{ending}"), at));
                }
            }
        }
        let mut opened: HashMap<[char; 2], Vec<(String, usize)>> = HashMap::new();
        for (name, zone) in names {
            let mut chars = name.chars();
            if let (Some(first), Some(second)) = (chars.next(), chars.next()) {
                opened.entry([first, second]).or_default().push((name, zone));
            }
        }
        Ok(Self { zones, names: opened })
    }

    /// The zone that `words` name by the longest of its names, where that is no name of a region.
    pub(super) fn find(&self, words: &str, is_region: impl Fn(&str) -> bool) -> Option<(Range<usize>, &Zone)> {
        let pairs = words.char_indices().zip(words.chars().skip(1));
        let opened = pairs.flat_map(|((start, first), second)| {
            let names = self.names.get(&[first, second]).into_iter().flatten();
            names.map(move |(name, zone)| (start, name, *zone))
        });
        let found = opened.filter_map(|(start, name, zone)| {
            let after = words[start..].strip_prefix(name.as_str())?;
            let whole = !(name.ends_with(DIVISION) && after.starts_with(NO_DIVISION));
            (whole && !is_region(name)).then_some((start..start + name.len(), zone))
        });
        let (range, zone) = found.max_by_key(|(range, zone)| (range.len(), Reverse(range.start), Reverse(*zone)))?;
        Some((range, self.zones.get(zone)?))
    }
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use crate::lexicon::Regions;

    #[test]
    fn a_zone_is_found_by_its_short_names() {
        let regions = Regions::load().unwrap();
        for (words, name) in [
            ("武汉经开区统计局", "武汉经济技术开发区"),
            ("苏州工业园区管理委员会", "苏州工业园区"),
            ("武汉市经济技术开发区", "武汉经济技术开发区"),
            ("第八师司法局", "第八师石河子市"),
            ("雄安新区管理委员会", "雄安新区"),
        ] {
            let zone = regions.zone_in(words).map(|(_, zone)| zone.name.as_str());
            assert_eq!(zone, Some(name), "{words}");
        }
        for words in ["武山县", "浦东新区", "第一师范学校", ""] {
            assert_eq!(regions.zone_in(words), None, "{words}");
        }
    }
}
