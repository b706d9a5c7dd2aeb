//! Whether a place without a code reports: a zone, a new or an invented county.

use super::township::township_name;
use super::{Signs, opening};
use crate::lexicon::{Lexicon, Region, UnlistedUnit, Zone, short_name};
use crate::recognize::regions::regions;
use crate::report::Level;
use crate::text::is_han;

/// A region that stands in no table of codes, by the names that it goes by.
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

/// A reporter beside the regions with a code.
#[derive(Debug)]
pub(super) enum Place<'l> {
    /// A division of the Xinjiang corps is one with its city, which has a code.
    City(&'l Region),
    /// A place without a code.
    Unlisted(Unlisted),
}

/// The place without a code that the title names, or where the title names no region, signature, page or first
/// sentence.
pub(super) fn place<'l>(signs: &Signs<'_>, region: Option<&Region>, lexicon: &'l Lexicon) -> Option<Place<'l>> {
    if let Some((_, zone)) = lexicon.regions.zone_in(signs.title) {
        return of_zone(zone, lexicon);
    }
    let plain = || zone_of_text(signs, lexicon);
    if let Some(unlisted) = zone_of_region(signs, lexicon).or_else(plain).or_else(|| unlisted(signs, lexicon)) {
        return Some(Place::Unlisted(unlisted));
    }
    if !regions(signs.title, lexicon).is_empty() {
        return None;
    }
    let opening = opening(signs);
    let subject = lexicon.regions.zone_in(opening).filter(|(range, _)| acts(&opening[range.end..], lexicon));
    let zone = lexicon
        .regions
        .zone_in(signs.signature)
        .or(subject)
        .or_else(|| lexicon.regions.zone_in(signs.publisher))
        .or_else(|| {
            lexicon.regions.zone_in(signs.site).filter(|(range, _)| signs.text.contains(&signs.site[range.clone()]))
        })
        .or_else(|| zone_without_place(signs, region?, lexicon));
    zone.and_then(|(_, zone)| of_zone(zone, lexicon))
}

fn of_zone<'l>(zone: &Zone, lexicon: &'l Lexicon) -> Option<Place<'l>> {
    let parent = lexicon.regions.with_code(&zone.parent, None)?;
    if zone.is_of_corps() && parent.level == Level::County {
        return Some(Place::City(parent));
    }
    let mut path = lexicon.regions.path(parent, None);
    path.push(zone.name.clone());
    let level = match (zone.is_of_corps(), parent.level) {
        (true, Level::Province) => Level::Province,
        (true, _) => Level::Prefecture,
        (false, _) => Level::County,
    };
    Some(Place::Unlisted(Unlisted { path, level }))
}

/// Whether what follows a name makes it the one that acts.
fn acts(after: &str, lexicon: &Lexicon) -> bool {
    let words = &lexicon.metadata;
    words.subject_words.iter().chain(&words.zone_offices).any(|word| after.starts_with(word.as_str()))
}

/// Characters of the longest name of a zone's office that is looked for.
const OFFICE: usize = 10;

/// Whether an office of the place acts (高新区综治局在…).
fn office_acts(after: &str, lexicon: &Lexicon) -> bool {
    let ends = after.char_indices().map(|(at, c)| at + c.len_utf8()).take(OFFICE);
    ends.into_iter().any(|end| {
        let is_office = lexicon.metadata.department_ends.iter().any(|office| after[..end].ends_with(office.as_str()));
        is_office && after[..end].chars().all(is_han) && acts(&after[end..], lexicon)
    })
}

/// 高新区 as the subject of the first sentence or of the title: the one zone of that kind in the region.
fn zone_without_place<'l>(
    signs: &Signs<'_>,
    region: &Region,
    lexicon: &'l Lexicon,
) -> Option<(std::ops::Range<usize>, &'l Zone)> {
    let opening = opening(signs);
    let is_subject = |word: &String| {
        let opens = |words: &str| words.starts_with(word.as_str()) && !words.is_empty();
        let mut found = opening.match_indices(word.as_str());
        opens(signs.title)
            || found.any(|(at, _)| {
                let free = opening[..at].chars().next_back().is_none_or(|c| !is_han(c) || c == crate::text::year::YEAR);
                free && (acts(&opening[at + word.len()..], lexicon)
                    || office_acts(&opening[at + word.len()..], lexicon))
            })
    };
    let word = lexicon.metadata.zone_words.iter().find(|word| is_subject(word))?;
    let place = short_name(&region.name)?;
    lexicon.regions.zone_in(&format!("{place}{word}"))
}

/// The words in front of what a title says, as long as they are a name.
fn named<'t>(title: &'t str, lexicon: &Lexicon) -> Option<&'t str> {
    let breaks = lexicon.metadata.title_breaks.iter().chain(&lexicon.metadata.government_ends);
    let about =
        breaks.filter_map(|word| title.find(word.as_str())).chain(title.find(|c: char| c.is_ascii_digit())).min()?;
    let named = title[..about].trim();
    let named =
        lexicon.metadata.zone_offices.iter().find_map(|office| named.strip_suffix(office.as_str())).unwrap_or(named);
    named.chars().all(is_han).then_some(named)
}

/// The zone of a region that the title names (武山县工业园区管理委员会2022年…).
fn zone_of_region(signs: &Signs<'_>, lexicon: &Lexicon) -> Option<Unlisted> {
    let named = named(signs.title, lexicon)?;
    let mentions = regions(named, lexicon);
    let above = mentions.last()?;
    let rest = &named[above.range.end..];
    let is_zone = lexicon.metadata.zone_words.iter().any(|word| rest.ends_with(word.as_str()));
    if !is_zone {
        return None;
    }
    let parent = *lexicon.regions.named(&named[above.range.clone()], None).first()?;
    let mut path = lexicon.regions.path(parent, None);
    // A zone without a name of its own goes by that of its place: 武山工业园区.
    let is_plain = lexicon.metadata.zone_words.iter().any(|word| word == rest);
    let place = if is_plain { short_name(&parent.name).unwrap_or(&parent.name) } else { "" };
    path.push(format!("{place}{rest}"));
    Some(Unlisted { path, level: Level::County })
}

/// The zone that the title calls by its kind alone (经济开发区2022年…), under the name that the text gives it
/// (武山经济开发区).
fn zone_of_text(signs: &Signs<'_>, lexicon: &Lexicon) -> Option<Unlisted> {
    let word =
        named(signs.title, lexicon).filter(|named| lexicon.metadata.zone_words.iter().any(|word| word == named))?;
    signs.text.match_indices(word).find_map(|(at, _)| {
        let before = &signs.text[..at];
        let starts = before.char_indices().rev().map(|(start, _)| start).take(PLACE);
        let place = starts.filter_map(|start| {
            let place = &before[start..];
            let region = *lexicon.regions.short_named(place, None).first()?;
            Some((place, region))
        });
        let (place, parent) = place.last()?;
        let mut path = lexicon.regions.path(parent, None);
        path.push(format!("{place}{word}"));
        Some(Unlisted { path, level: Level::County })
    })
}

/// Fewest characters of the name of a county that no table has in front of its department.
const COUNTY: usize = 3;

/// The place in front of a department's name (青梧县 of 青梧县司法局), else the words as they stand.
fn without_department<'t>(named: &'t str, lexicon: &Lexicon) -> &'t str {
    if !lexicon.metadata.department_ends.iter().any(|end| named.ends_with(end.as_str())) {
        return named;
    }
    let ends = lexicon.metadata.unlisted_units.iter().filter(|unit| unit.divides);
    let places = ends.filter_map(|unit| named.find(unit.word.as_str()).map(|at| &named[..at + unit.word.len()]));
    let is_name = |place: &&str| {
        let plain = lexicon.metadata.no_place_begins.iter().any(|word| place.starts_with(word.as_str()));
        place.chars().count() >= COUNTY && !plain
    };
    places.filter(is_name).max_by_key(|place| place.len()).unwrap_or(named)
}

/// Characters of the longest short name of a place that is looked for.
const PLACE: usize = 4;

/// The region that the title names in front of what it says, where no table has it: 青梧县人民政府关于….
fn unlisted(signs: &Signs<'_>, lexicon: &Lexicon) -> Option<Unlisted> {
    let named = without_department(named(signs.title, lexicon)?, lexicon);
    let is_listed = !regions(signs.title, lexicon).is_empty();
    let units: Vec<&UnlistedUnit> = lexicon.metadata.unlisted_units.iter().collect();
    let unit = units.iter().find(|unit| named.ends_with(unit.word.as_str()))?;
    if is_listed || township_name(signs.title, lexicon).is_some() {
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
