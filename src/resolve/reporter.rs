//! Who reports, and on which year: the region by its names in title, signature and text, told apart by what stands
//! above it; the level by the title and by how the reporter speaks of itself.

use crate::lexicon::{Lexicon, Region, Township, UnlistedUnit, townships, townships_of};
use crate::recognize::regions::RegionMention;
use crate::report::{Level, RegionRef};
use crate::text::year::years;
use crate::text::{is_han, mark, numeral};
use std::collections::BTreeMap;
use std::ops::Range;

/// The parts of a report that say who reports.
#[derive(Debug, Clone, Default)]
pub struct Signs<'a> {
    /// The folded text.
    pub text: &'a str,
    /// The title, folded.
    pub title: &'a str,
    /// The lines under the text that may be a signature, folded.
    pub signature: &'a str,
    /// The publishing body that the page names, folded.
    pub publisher: &'a str,
    /// The addressee, folded: a level above the reporter.
    pub addressee: &'a str,
    /// Bytes of the body in the text.
    pub body: Range<usize>,
    /// Date of publication.
    pub published: Option<&'a str>,
}

/// Who reports.
#[derive(Debug, Clone)]
pub struct Reporter<'l> {
    /// The region with a code, where one is told.
    pub region: Option<&'l Region>,
    /// The region where it stands in no table: a zone, a new county, an invented one.
    pub unlisted: Option<Unlisted>,
    /// The township, where one reports.
    pub township: Option<TownshipName>,
    /// Full name of the department, where one reports and its title names it.
    pub department: Option<String>,
    /// What kind of government or body reports.
    pub level: Option<Level>,
    /// The year reported on.
    pub year: Option<u16>,
}

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

/// The township that reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TownshipName {
    /// Name in full.
    pub name: String,
    /// Nine-digit code, where it is in the table.
    pub code: Option<String>,
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

/// How much of the body counts as its opening, in bytes.
const OPENING: usize = 360;

impl<'l> Reporter<'l> {
    /// Tells who reports.
    #[must_use]
    pub fn tell(signs: &Signs<'_>, mentions: &[RegionMention], lexicon: &'l Lexicon) -> Self {
        let year = year(signs);
        let selves = selves(signs, lexicon);
        let unlisted = unlisted(signs, lexicon);
        let region = if unlisted.is_none() { region(signs, mentions, &selves, lexicon, year) } else { None };
        let township = township(signs, region, &selves, lexicon);
        let region = region.or_else(|| township.as_ref().and_then(|(_, county)| *county));
        let department = township.is_none() && is_department(signs, &selves, lexicon);
        let township = township.map(|(township, _)| township);
        let level = if township.is_some() {
            Some(Level::Township)
        } else if department {
            Some(Level::Department)
        } else {
            region.map(|region| region.level).or_else(|| unlisted.as_ref().map(|region| region.level))
        };
        let department = (level == Some(Level::Department))
            .then(|| department_in(signs.title, lexicon))
            .flatten()
            .and_then(|words| {
                region.map(|region| {
                    if words.starts_with(&region.name) { words.clone() } else { format!("{}{words}", region.name) }
                })
            });
        Self { region, unlisted, township, department, level, year }
    }

    /// The region as the report's metadata name it.
    #[must_use]
    pub fn region_ref(&self, lexicon: &Lexicon) -> Option<RegionRef> {
        let level = self.level?;
        let mut path = match (self.region, &self.unlisted) {
            (Some(region), _) => lexicon.regions.path(region, self.year),
            (None, Some(region)) => region.path.clone(),
            (None, None) => Vec::new(),
        };
        if let Some(township) = &self.township {
            path.push(township.name.clone());
        }
        let name = path.last()?.clone();
        Some(RegionRef {
            name,
            code: self.region.map(|region| region.code.clone()),
            level,
            path,
            township: self.township.as_ref().and_then(|township| township.code.clone()),
        })
    }

    /// The region or one above it whose name ends with `unit` (市 for a county: its prefecture).
    #[must_use]
    pub fn region_with_unit(&self, unit: &str, lexicon: &'l Lexicon) -> Option<&'l Region> {
        let mut at = self.region?;
        loop {
            if at.name.ends_with(unit) {
                return Some(at);
            }
            at = lexicon.regions.parent(at, self.year)?;
        }
    }
}

/// The year reported on: of the title, else of the first sentence, else the one named most, else the one before
/// publication.
///
/// A title may name another year than the text, left from an older report or being the year in which it was written:
/// the first sentence is right where the page was published in the year after it.
fn year(signs: &Signs<'_>) -> Option<u16> {
    let opening = signs.text.get(signs.body.start..floor(signs.text, signs.body.start + OPENING)).unwrap_or_default();
    let first = years(opening).into_iter().next();
    let before = signs.published.and_then(|date| date.get(..4)?.parse::<u16>().ok()).map(|year| year - 1);
    let titled = years(signs.title).first().copied();
    if titled.is_some() && first.is_some() && first == before {
        return first;
    }
    titled.or_else(|| {
        let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
        for year in years(signs.text.get(signs.body.clone()).unwrap_or_default()) {
            *counts.entry(year).or_default() += 1;
        }
        let most = counts.iter().max_by_key(|(year, count)| (**count, **year)).map(|(year, _)| *year);
        first.or(most).or(before)
    })
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// How often the reporter speaks of itself with each unit.
struct Selves {
    /// Units of regions (县) with their counts, the most frequent first.
    units: Vec<(String, usize)>,
    township: usize,
    department: usize,
}

fn selves(signs: &Signs<'_>, lexicon: &Lexicon) -> Selves {
    let body = signs.text.get(signs.body.clone()).unwrap_or_default();
    let mut units: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut township, mut department) = (0, 0);
    for word in &lexicon.metadata.selves {
        let count = body.matches(word.word.as_str()).count();
        match word.kind.as_str() {
            "township" => township += count,
            "department" => department += count,
            _ => *units.entry(word.unit.as_str()).or_default() += count,
        }
    }
    let mut units: Vec<(String, usize)> =
        units.into_iter().filter(|(_, count)| *count > 0).map(|(unit, count)| (unit.to_owned(), count)).collect();
    units.sort_by_key(|(unit, count)| (std::cmp::Reverse(*count), unit.clone()));
    Selves { units, township, department }
}

/// The region for which the most evidence speaks.
fn region<'l>(
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
fn unlisted(signs: &Signs<'_>, lexicon: &Lexicon) -> Option<Unlisted> {
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

/// The township that reports, and its county where only the township tells it.
fn township<'l>(
    signs: &Signs<'_>,
    region: Option<&Region>,
    selves: &Selves,
    lexicon: &'l Lexicon,
) -> Option<(TownshipName, Option<&'l Region>)> {
    let in_title = township_name(signs.title, lexicon);
    let speaks = selves.township >= 2
        && selves.township > selves.department
        && selves.units.first().is_none_or(|(_, count)| *count < selves.township);
    if in_title.is_none() && !speaks {
        return None;
    }
    let opening = signs.text.get(signs.body.start..floor(signs.text, signs.body.start + OPENING)).unwrap_or_default();
    let name = in_title
        .or_else(|| township_name(signs.signature, lexicon))
        .or_else(|| township_name(signs.publisher, lexicon))
        .or_else(|| township_name(opening, lexicon))?;
    let code = region.and_then(|region| {
        let within =
            lexicon.regions.named(&region.name, None).first().map_or(region.code.as_str(), |row| row.code.as_str());
        let prefix = within.trim_end_matches("00");
        if prefix.len() == 6 {
            townships_of(prefix).find(|township| township.name == name).map(|township| township.code.to_owned())
        } else {
            only(townships().filter(|township| township.name == name && township.code.starts_with(prefix)))
        }
    });
    let code = code
        .or_else(|| if region.is_none() { only(townships().filter(|township| township.name == name)) } else { None });
    let county = code.as_deref().and_then(|code| lexicon.regions.with_code(code.get(..6)?, None));
    Some((TownshipName { name, code }, county))
}

fn only(mut townships: impl Iterator<Item = Township>) -> Option<String> {
    let first = townships.next()?;
    townships.next().is_none().then(|| first.code.to_owned())
}

/// A township's name in a line: the words before 镇, 乡 or 街道, behind the names of the regions above it.
fn township_name(words: &str, lexicon: &Lexicon) -> Option<String> {
    for end in &lexicon.metadata.township_ends {
        for (at, _) in words.match_indices(end.as_str()) {
            let name_end = at + end.len();
            let after = &words[name_end..];
            let reports = after.is_empty()
                || after.starts_with(|c: char| c.is_ascii_digit() || numeral::is_chinese(c) || !is_han(c))
                || lexicon
                    .metadata
                    .report_words
                    .iter()
                    .chain(&lexicon.metadata.township_words)
                    .any(|word| after.starts_with(word.as_str()));
            if !reports {
                continue;
            }
            let name = townships()
                .map(|township| township.name)
                .filter(|name| words[..name_end].ends_with(name))
                .max_by_key(|name| name.len());
            if let Some(name) = name {
                return Some(name.to_owned());
            }
        }
    }
    None
}

/// Whether a department reports: its name stands in the title or acts in the first sentence, or it speaks of itself as
/// one (我局) more often than of a region.
fn is_department(signs: &Signs<'_>, selves: &Selves, lexicon: &Lexicon) -> bool {
    if department_in(signs.title, lexicon).is_some() {
        return true;
    }
    let governs = lexicon.metadata.government_ends.iter().any(|end| signs.title.contains(end.as_str()));
    let of_region = selves.units.first().map_or(0, |(_, count)| *count);
    !governs && (selves.department > 0 && of_region <= selves.department || department_acts(signs, lexicon))
}

/// Whether a department is the subject of the first sentence: 2021年,在…指导下,市交通运输局坚持….
fn department_acts(signs: &Signs<'_>, lexicon: &Lexicon) -> bool {
    let text = signs.text.get(signs.body.start..floor(signs.text, signs.body.start + OPENING)).unwrap_or_default();
    let sentence = text.split(mark::FULL_STOP).next().unwrap_or(text);
    lexicon.bodies.forms_in(sentence).into_iter().any(|(range, form)| {
        let acts = lexicon.metadata.subject_words.iter().any(|word| sentence[range.end..].starts_with(word.as_str()));
        acts && lexicon.bodies.kind(form).is_some_and(|kind| !is_general(&kind.kind))
    })
}

/// Whether bodies of a type speak for their region as a whole.
fn is_general(kind: &str) -> bool {
    matches!(
        kind,
        "party-committee"
            | "government"
            | "congress"
            | "congress-standing-committee"
            | "rule-of-law-committee"
            | "rule-of-law-office"
            | "government-office"
            | "party-office"
    )
}

/// The department that a title names as the one that reports, without its region.
fn department_in(title: &str, lexicon: &Lexicon) -> Option<String> {
    lexicon.bodies.forms_in(title).into_iter().find_map(|(range, form)| {
        let kind = lexicon.bodies.kind(form)?;
        let general = is_general(&kind.kind);
        let ends = lexicon.metadata.department_ends.iter().any(|end| title[range.clone()].ends_with(end.as_str()));
        let reports = !general && ends && !title[..range.start].contains(lexicon.metadata.report_words[2].as_str());
        let full =
            if form.unit.is_some() { kind.name.trim_start_matches("{r}").to_owned() } else { title[range].to_owned() };
        reports.then_some(full)
    })
}
