//! `data/regions/regions.csv`: regions with GB/T 2260 codes and their validity.

use super::LexiconError;
use super::addresses::{Addresses, Spelling};
use super::zones::{Zone, Zones};
use crate::report::Level;
use serde::Deserialize;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

/// A region under one name and one code for a stretch of years.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Region {
    /// GB/T 2260 code, six digits.
    pub code: String,
    /// Name in full.
    pub name: String,
    /// Province, prefecture or county level.
    pub level: Level,
    /// First year of validity; `None` where it is older than the tables.
    pub from: Option<u16>,
    /// Last year of validity; `None` while it is in force.
    pub to: Option<u16>,
    /// Codes of the regions that took its place, separated by `;`.
    #[serde(default)]
    pub successor: String,
    /// Latitude of the seat, decimal degrees.
    pub latitude: Option<f64>,
    /// Longitude of the seat, decimal degrees.
    pub longitude: Option<f64>,
}

impl Region {
    /// Whether the name and the code were valid in `year`.
    #[must_use]
    pub fn is_valid_in(&self, year: u16) -> bool {
        self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
    }

    /// The last character of the name: 县, 市, 区, 旗, 州, 省 …
    #[must_use]
    pub fn unit(&self) -> Option<char> {
        self.name.chars().next_back()
    }
}

/// All regions, by code and by name.
#[derive(Debug)]
pub struct Regions {
    rows: Vec<Region>,
    by_code: HashMap<String, Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
    by_short_name: HashMap<String, Vec<usize>>,
    longest: usize,
    zones: Zones,
    addresses: OnceLock<Addresses>,
}

/// 自治
const AUTONOMOUS: &str = "\u{81EA}\u{6CBB}";
/// 族
const PEOPLE: char = '\u{65CF}';
const ETHNIC_GROUPS: &str = include_str!("../../data/regions/ethnic_groups.csv");
impl Regions {
    /// Reads the embedded table.
    ///
    /// # Errors
    /// Where a row does not fit the schema, which a test of the tables rules out.
    pub fn load() -> Result<Self, LexiconError> {
        let rows: Vec<Region> =
            super::rows("data/regions/regions.csv", include_str!("../../data/regions/regions.csv"))?;
        let mut regions = Self {
            by_code: HashMap::new(),
            by_name: HashMap::new(),
            by_short_name: HashMap::new(),
            longest: 0,
            zones: Zones::load()?,
            addresses: OnceLock::new(),
            rows: Vec::new(),
        };
        for (index, row) in rows.iter().enumerate() {
            regions.by_code.entry(row.code.clone()).or_default().push(index);
            regions.by_name.entry(row.name.clone()).or_default().push(index);
            if let Some(plain) = plain_name(&row.name) {
                regions.by_name.entry(plain).or_default().push(index);
            }
            if let Some(short) = short_name(&row.name) {
                regions.by_short_name.entry(short.to_owned()).or_default().push(index);
            }
            regions.longest = regions.longest.max(row.name.chars().count());
        }
        regions.rows = rows;
        Ok(regions)
    }

    /// The zone whose name or short name stands in `words`, with the bytes of that name; the longest of several.
    #[must_use]
    pub fn zone_in(&self, words: &str) -> Option<(Range<usize>, &Zone)> {
        self.zones.find(words, |name| self.is_name(name))
    }

    /// The regions that the address of a government's page spells, by code.
    #[must_use]
    pub fn spelled(&self, url: &str) -> Vec<(&str, Spelling)> {
        self.addresses.get_or_init(|| Addresses::of(self)).spelled(url)
    }

    /// The region as it was in `year`: itself, another name of its code, or the one region whose place it took.
    #[must_use]
    pub fn in_force<'l>(&'l self, region: &'l Region, year: Option<u16>) -> &'l Region {
        let Some(year) = year.filter(|year| !region.is_valid_in(*year)) else { return region };
        let same = self.by_code.get(&region.code).into_iter().flatten().filter_map(|row| self.rows.get(*row));
        if let Some(named) = same.into_iter().find(|row| row.is_valid_in(year)) {
            return named;
        }
        let mut before = self.rows.iter().filter(|row| row.is_valid_in(year) && row.successor == region.code);
        match (before.next(), before.next()) {
            (Some(only), None) => only,
            _ => region,
        }
    }

    /// Every row in the order of the table.
    #[must_use]
    pub fn rows(&self) -> &[Region] {
        &self.rows
    }

    /// The region with this code, as it was in `year`, else as it was nearest to it.
    #[must_use]
    pub fn with_code(&self, code: &str, year: Option<u16>) -> Option<&Region> {
        let rows = self.by_code.get(code)?;
        self.best(rows, year)
    }

    /// Whether a region of this name has existed.
    #[must_use]
    pub fn is_name(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    /// The regions of this full name, those valid in `year` before others; one row a code.
    #[must_use]
    pub fn named(&self, name: &str, year: Option<u16>) -> Vec<&Region> {
        self.by_name.get(name).map(|rows| self.in_year(rows, year)).unwrap_or_default()
    }

    /// The regions that this short name (浦江 of 浦江县) stands for.
    #[must_use]
    pub fn short_named(&self, name: &str, year: Option<u16>) -> Vec<&Region> {
        self.by_short_name.get(name).map(|rows| self.in_year(rows, year)).unwrap_or_default()
    }

    /// Length of the longest name, in characters.
    #[must_use]
    pub const fn longest_name(&self) -> usize {
        self.longest
    }

    /// The region above: of a county its prefecture, or its province where no prefecture stands between.
    #[must_use]
    pub fn parent(&self, region: &Region, year: Option<u16>) -> Option<&Region> {
        match region.level {
            Level::Province => None,
            Level::Prefecture => self.with_code(&format!("{}0000", region.code.get(..2)?), year),
            _ => {
                let prefecture = format!("{}00", region.code.get(..4)?);
                self.with_code(&prefecture, year)
                    .or_else(|| self.with_code(&format!("{}0000", region.code.get(..2)?), year))
            }
        }
    }

    /// Whether counties lie between this region and its townships; of a prefecture there are some that have none.
    #[must_use]
    pub fn has_counties(&self, region: &Region) -> bool {
        let prefix = region.code.trim_end_matches("00");
        self.rows.iter().any(|row| row.level == Level::County && row.to.is_none() && row.code.starts_with(prefix))
    }

    /// Names from the province down to `region`.
    #[must_use]
    pub fn path(&self, region: &Region, year: Option<u16>) -> Vec<String> {
        let mut path = vec![region.name.clone()];
        let mut at = region;
        while let Some(parent) = self.parent(at, year) {
            path.push(parent.name.clone());
            at = parent;
        }
        path.reverse();
        path
    }

    /// Whether `outer` is `inner` or stands above it.
    #[must_use]
    pub fn is_within(&self, inner: &Region, outer: &Region) -> bool {
        let significant = outer.code.trim_end_matches("00");
        let even = significant.len() + significant.len() % 2;
        outer.code.get(..even).is_some_and(|prefix| inner.code.starts_with(prefix))
    }

    fn best(&self, rows: &[usize], year: Option<u16>) -> Option<&Region> {
        let rows = || rows.iter().filter_map(|row| self.rows.get(*row));
        year.and_then(|year| rows().find(|row| row.is_valid_in(year)))
            .or_else(|| rows().find(|row| row.to.is_none()))
            .or_else(|| rows().next_back())
    }

    fn in_year(&self, rows: &[usize], year: Option<u16>) -> Vec<&Region> {
        let all = || rows.iter().filter_map(|row| self.rows.get(*row));
        let valid: Vec<&Region> =
            all().filter(|row| year.map_or(row.to.is_none(), |year| row.is_valid_in(year))).collect();
        if !valid.is_empty() {
            return valid;
        }
        let mut ended: Vec<&Region> = all().collect();
        ended.sort_by_key(|row| std::cmp::Reverse(row.to));
        ended.truncate(1);
        ended
    }
}

/// The plain name of an autonomous region (金平县 of 金平苗族瑶族傣族自治县), `None` of any other.
fn plain_name(name: &str) -> Option<String> {
    let unit = name.chars().next_back()?;
    let stem = name.strip_suffix(unit)?.strip_suffix(AUTONOMOUS)?;
    let place = without_ethnic_groups(stem);
    (place.len() < stem.len() && !place.is_empty()).then(|| format!("{place}{unit}"))
}

fn without_ethnic_groups(stem: &str) -> &str {
    let mut place = stem;
    while let Some(shorter) = ETHNIC_GROUPS
        .lines()
        .skip(1)
        .filter_map(|group| place.strip_suffix(group))
        .filter(|shorter| !shorter.is_empty())
        .min_by_key(|shorter| shorter.len())
    {
        place = shorter;
    }
    place
}

/// The name without its unit (浦江 of 浦江县), where two characters or more are left.
#[must_use]
pub fn short_name(name: &str) -> Option<&str> {
    stem(name).filter(|short| short.chars().count() >= 2)
}

/// The name without its unit, however short.
pub(super) fn stem(name: &str) -> Option<&str> {
    let unit = name.chars().next_back()?;
    let stem = name.strip_suffix(unit)?;
    // Where the group gives the place its name, that is the name: 东乡 of 东乡族自治县.
    let place = |stem| {
        let place = without_ethnic_groups(stem);
        place.strip_suffix(PEOPLE).unwrap_or(place)
    };
    Some(stem.strip_suffix(AUTONOMOUS).map_or(stem, place))
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::Regions;

    #[test]
    fn a_county_knows_what_stands_above_it() {
        let regions = Regions::load().unwrap();
        let county = regions.with_code("620524", Some(2019)).unwrap();
        assert_eq!(regions.path(county, Some(2019)), ["甘肃省", "天水市", "武山县"]);
        let district = regions.with_code("110105", None).unwrap();
        assert_eq!(regions.path(district, None), ["北京市", "朝阳区"]);
        let prefecture = regions.named("天水市", Some(2019))[0];
        assert!(regions.is_within(county, prefecture));
        assert!(!regions.is_within(prefecture, county));
    }

    #[test]
    fn a_name_is_the_one_of_the_year() {
        let regions = Regions::load().unwrap();
        assert!(regions.named("下城区", Some(2019)).iter().any(|region| region.code == "330103"));
        assert!(regions.named("金平县", Some(2022)).iter().any(|region| region.code == "532530"));
        assert!(regions.short_named("新疆", None).iter().any(|region| region.code == "650000"));
        assert!(regions.short_named("浦江", Some(2022)).iter().any(|region| region.code == "330726"));
    }
}
