//! `data/regions/pinyin.csv`: how the names of regions are spelled in the addresses of their sites.
//!
//! Governments name their domains after the region: in full (pujiang.gov.cn), with the unit (yyx for a county), by
//! initials behind those of the region above (hzxh for a district of a prefecture), or by initials alone. The less a
//! label says, the more regions it fits.

use super::regions::{Region, Regions};
use std::collections::HashMap;

/// How much of a region's name a part of an address spells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spelling {
    /// The initials of the name.
    Initials,
    /// The initials of the name and of its unit.
    InitialsWithUnit,
    /// The initials of the region above and of the name.
    InitialsOfBoth,
    /// The whole name.
    Whole,
}

/// The labels of addresses with the regions that they may spell.
#[derive(Debug)]
pub(super) struct Addresses {
    by_label: HashMap<String, Vec<(String, Spelling)>>,
}

const PINYIN: &str = include_str!("../../data/regions/pinyin.csv");
/// Ends of names that are no part of what an address spells: special administrative region, prefecture (of the older
/// kind), special district, forestry district; then any unit of one character.
const UNITS: [&str; 4] =
    ["\u{7279}\u{522B}\u{884C}\u{653F}\u{533A}", "\u{5730}\u{533A}", "\u{7279}\u{533A}", "\u{6797}\u{533A}"];
/// Units and the pinyin of each: 县, 市, 区, 旗, 州, 盟.
const UNIT_PINYIN: [(char, &str); 6] = [
    ('\u{53BF}', "xian"),
    ('\u{5E02}', "shi"),
    ('\u{533A}', "qu"),
    ('\u{65D7}', "qi"),
    ('\u{5DDE}', "zhou"),
    ('\u{76DF}', "meng"),
];
/// What a label says besides the region: it is a government's, a town hall's, an information page's.
const OFFICES: [&str; 7] = ["rmzf", "zfw", "zf", "gov", "xxgk", "zwgk", "zww"];
/// The domain of governments.
const GOVERNMENT: &str = ".gov.cn";

impl Addresses {
    pub(super) fn of(regions: &Regions) -> Self {
        let spelled: HashMap<&str, Vec<&str>> = PINYIN
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(','))
            .map(|(name, pinyin)| (name, pinyin.split(' ').collect()))
            .collect();
        let mut addresses = Self { by_label: HashMap::new() };
        for region in regions.rows() {
            let Some(syllables) = spelled.get(stem(&region.name)) else { continue };
            let unit = unit_of(region);
            let whole: String = syllables.concat();
            addresses.add(format!("{whole}{unit}"), region, Spelling::Whole);
            addresses.add(format!("{whole}{}", first_letter(unit)), region, Spelling::Whole);
            addresses.add(whole, region, Spelling::Whole);
            let own = initials(syllables);
            addresses.add(format!("{own}{}", first_letter(unit)), region, Spelling::InitialsWithUnit);
            let mut above = regions.parent(region, region.to);
            while let Some(parent) = above {
                if let Some(parents) = spelled.get(stem(&parent.name)) {
                    let above = initials(parents);
                    let unit = unit_of(parent);
                    for label in [format!("{above}{own}"), format!("{above}{}{own}", first_letter(unit))] {
                        addresses.add(label, region, Spelling::InitialsOfBoth);
                    }
                }
                above = regions.parent(parent, region.to);
            }
            addresses.add(own, region, Spelling::Initials);
        }
        addresses
    }

    fn add(&mut self, label: String, region: &Region, spelling: Spelling) {
        // One letter says nothing.
        if label.len() < 2 {
            return;
        }
        let known = self.by_label.entry(label).or_default();
        match known.iter_mut().find(|(code, _)| *code == region.code) {
            Some((_, best)) => *best = spelling.max(*best),
            None => known.push((region.code.clone(), spelling)),
        }
    }

    /// The codes of the regions that the address spells, each once with the most that it spells of it, sorted by code.
    pub(super) fn spelled(&self, url: &str) -> Vec<(&str, Spelling)> {
        let mut found: Vec<(&str, Spelling)> = Vec::new();
        for label in labels(url) {
            for (code, spelling) in self.by_label.get(&label).into_iter().flatten() {
                match found.iter_mut().find(|(known, _)| known == code) {
                    Some((_, best)) => *best = (*spelling).max(*best),
                    None => found.push((code, *spelling)),
                }
            }
        }
        found.sort_unstable();
        found
    }
}

/// The parts of a government's address that may spell a region, in lower case.
fn labels(url: &str) -> Vec<String> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let mut labels: Vec<String> = Vec::new();
    if let Some(names) = host.strip_suffix(GOVERNMENT) {
        for label in names.split('.') {
            labels.push(label.to_owned());
            labels.extend(OFFICES.iter().filter_map(|office| label.strip_suffix(office)).map(str::to_owned));
        }
    }
    // Sites of prefectures keep their counties in folders: /ncx/ncxrmzf/.
    let folders = path.split('/').map(str::to_ascii_lowercase);
    labels.extend(folders.filter_map(|folder| folder.strip_suffix(OFFICES[0]).map(str::to_owned)));
    labels.retain(|label| label.len() >= 2 && label.bytes().all(|b| b.is_ascii_lowercase()));
    labels
}

/// The name without its unit, as the table has it.
fn stem(name: &str) -> &str {
    let plain = || super::regions::stem(name).unwrap_or(name);
    UNITS.iter().find_map(|unit| name.strip_suffix(unit)).unwrap_or_else(plain)
}

/// Pinyin of the unit with which the region's name ends.
fn unit_of(region: &Region) -> &'static str {
    UNIT_PINYIN.iter().find(|(unit, _)| region.unit() == Some(*unit)).map_or("", |(_, pinyin)| pinyin)
}

fn first_letter(word: &str) -> &str {
    word.get(..1).unwrap_or_default()
}

fn initials(syllables: &[&str]) -> String {
    syllables.iter().filter_map(|syllable| syllable.get(..1)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Spelling, labels};
    use crate::lexicon::Regions;

    #[test]
    fn an_address_spells_its_region() {
        let regions = Regions::load().unwrap();
        for (url, code, spelling) in [
            ("http://www.wushan.gov.cn/html/1.html", "620524", Spelling::Whole),
            ("https://www.lueyang.gov.cn/", "610727", Spelling::Whole),
            ("http://www.hzxh.gov.cn/art/2023/2/10/a.html", "330106", Spelling::InitialsOfBoth),
            ("http://www.cqfd.gov.cn", "500230", Spelling::InitialsOfBoth),
            ("http://yyx.gov.cn/37584/content.html", "430621", Spelling::InitialsWithUnit),
            ("http://www.xwzf.gov.cn/", "320102", Spelling::Initials),
            ("https://jtw.lanzhou.gov.cn/", "620100", Spelling::Whole),
            ("https://example.com/ncx/ncxrmzf/a.shtml", "360121", Spelling::InitialsWithUnit),
        ] {
            assert!(regions.spelled(url).contains(&(code, spelling)), "{url}: {:?}", regions.spelled(url));
        }
    }

    #[test]
    fn what_is_no_government_spells_nothing() {
        assert!(labels("https://www.wushan.com/gov.cn").is_empty());
        assert!(labels("").is_empty());
        assert!(labels("http://").is_empty());
        assert!(labels("http://1.2.3.4/x").is_empty());
    }
}
