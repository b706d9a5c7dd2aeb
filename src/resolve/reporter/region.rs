//! Which region reports: evidence from title, signature and text, added up; a region that no table has, by the title.

use super::township::township_name;
use super::{OPENING, Selves, Signs};
use crate::lexicon::{Lexicon, Region, UnlistedUnit};
use crate::recognize::regions::RegionMention;
use crate::report::Level;
use crate::text::is_han;
use std::collections::BTreeMap;
use std::ops::Range;

/// A region that stands in no table, by its names in the title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unlisted {
    /// Names from above down to the region itself.
    pub path: Vec<String>,
    /// Its level, by the last character of its name.
    pub level: Level,
}

impl Unlisted {
    /// The region's own name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }

    /// The name on the path that ends with `unit`, the lowest first.
    #[must_use]
    pub fn name_with_unit(&self, unit: &str) -> Option<&str> {
        self.path.iter().rev().find(|name| name.ends_with(unit)).map(String::as_str)
    }
}

/// Weights of the places where a region's name may stand. They order the evidence: a title outweighs every mention in
/// the text, a signature all but the title.
mod weight {
    pub(super) const TITLE: f64 = 40.0;
    pub(super) const SIGNATURE: f64 = 16.0;
    pub(super) const PUBLISHER: f64 = 6.0;
    pub(super) const OPENING: f64 = 10.0;
    pub(super) const MENTION: f64 = 1.0;
    pub(super) const MOST_MENTIONS: f64 = 8.0;
    pub(super) const PARENT: f64 = 4.0;
    pub(super) const UNIT: f64 = 6.0;
    pub(super) const ADDRESSEE: f64 = -12.0;
}

/// The region for which the most evidence speaks.
pub(super) fn region<'l>(
    signs: &Signs<'_>,
    mentions: &[RegionMention],
    selves: &Selves,
    lexicon: &'l Lexicon,
    year: Option<u16>,
) -> Option<&'l Region> {
    let mut scores: BTreeMap<&str, (f64, &'l Region)> = BTreeMap::new();
    let mut add = |name: &str, weight: f64, most: Option<f64>| {
        for region in lexicon.regions.named(name, year) {
            let score = &mut scores.entry(region.code.as_str()).or_insert((0.0, region)).0;
            *score = most.map_or(*score + weight, |most| if *score < most { *score + weight } else { *score });
        }
    };
    for mention in mentions {
        add(&signs.text[mention.range.clone()], weight::MENTION, Some(weight::MOST_MENTIONS));
    }
    if let Some(first) = first_in_opening(signs, mentions, lexicon) {
        add(&signs.text[first], weight::OPENING, None);
    }
    for (words, weight) in
        [(signs.title, weight::TITLE), (signs.signature, weight::SIGNATURE), (signs.publisher, weight::PUBLISHER)]
    {
        for (name, share) in chained_names(words, lexicon) {
            add(name, weight * share, None);
        }
    }
    for (name, share) in chained_names(signs.addressee, lexicon) {
        add(name, weight::ADDRESSEE * share, None);
    }
    let unit = selves.units.first().map(|(unit, _)| unit.as_str());
    let names: Vec<&str> = mentions.iter().map(|mention| &signs.text[mention.range.clone()]).collect();
    let all = format!("{}{}{}{}", signs.title, signs.signature, signs.publisher, signs.addressee);
    scores
        .into_values()
        .map(|(score, region)| {
            let above = lexicon.regions.path(region, year);
            let parents = above[..above.len() - 1]
                .iter()
                .filter(|name| names.contains(&name.as_str()) || all.contains(name.as_str()))
                .count();
            let fits = unit.is_some_and(|unit| region.name.ends_with(unit));
            let score = score
                + weight::PARENT * f64::from(u32::try_from(parents).unwrap_or(0))
                + if fits { weight::UNIT } else { 0.0 };
            (score, region)
        })
        .max_by(|(a, left), (b, right)| a.total_cmp(b).then_with(|| right.code.cmp(&left.code)))
        .map(|(_, region)| region)
}

/// The first region in the opening of the body that is not named as another place.
fn first_in_opening(signs: &Signs<'_>, mentions: &[RegionMention], lexicon: &Lexicon) -> Option<Range<usize>> {
    let end = signs.body.start + OPENING;
    let own = |mention: &&RegionMention| {
        let before = &signs.text[..mention.range.start];
        mention.range.start >= signs.body.start
            && mention.range.end <= end
            && !lexicon.metadata.foreign_openers.iter().any(|word| before.ends_with(word.as_str()))
    };
    let first = mentions.iter().position(|mention| own(&mention))?;
    // 浙江省金华市浦江县: the last of the names that follow each other.
    let mut last = first;
    while mentions.get(last + 1).is_some_and(|next| next.range.start == mentions[last].range.end) {
        last += 1;
    }
    Some(mentions[last].range.clone())
}

/// The region names of a line, each with the share of the line's weight that it takes: the last name of a chain all.
fn chained_names<'t>(words: &'t str, lexicon: &Lexicon) -> Vec<(&'t str, f64)> {
    let mentions = crate::recognize::regions::regions(words, lexicon);
    mentions
        .iter()
        .enumerate()
        .map(|(at, mention)| {
            let is_last = mentions.get(at + 1).is_none_or(|next| next.range.start != mention.range.end);
            (&words[mention.range.clone()], if is_last { 1.0 } else { 0.1 })
        })
        .collect()
}

/// The region that the title names in front of what it says, where no table has it: 青梧县人民政府关于….
pub(super) fn unlisted(signs: &Signs<'_>, lexicon: &Lexicon) -> Option<Unlisted> {
    if let Some(zone) = lexicon.regions.zone_in(signs.title) {
        let parent = lexicon.regions.with_code(&zone.parent, None)?;
        let mut path = lexicon.regions.path(parent, None);
        path.push(zone.name.clone());
        return Some(Unlisted { path, level: Level::County });
    }
    let about = lexicon
        .metadata
        .title_breaks
        .iter()
        .chain(&lexicon.metadata.government_ends)
        .filter_map(|word| signs.title.find(word.as_str()))
        .chain(signs.title.find(|c: char| c.is_ascii_digit()))
        .min()?;
    let named = &signs.title[..about];
    let is_listed = !crate::recognize::regions::regions(signs.title, lexicon).is_empty();
    let units: Vec<&UnlistedUnit> = lexicon.metadata.unlisted_units.iter().collect();
    let unit = units.iter().find(|unit| named.ends_with(unit.word.as_str()))?;
    if is_listed || !named.chars().all(is_han) || township_name(signs.title, lexicon).is_some() {
        return None;
    }
    let mut path: Vec<String> = Vec::new();
    let mut start = 0;
    for (at, c) in named.char_indices() {
        let end = at + c.len_utf8();
        let is_unit = units.iter().any(|unit| unit.divides && named[start..end].ends_with(unit.word.as_str()));
        if (is_unit && end - start >= 2 * c.len_utf8()) || end == named.len() {
            path.push(named[start..end].to_owned());
            start = end;
        }
    }
    path.iter().all(|name| name.chars().count() >= 2).then_some(Unlisted { path, level: unit.level })
}
