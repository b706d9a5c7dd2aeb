//! Who reports, and on which year: the region by its names in title, signature and text, told apart by what stands
//! above it; the level by the title and by how the reporter speaks of itself.

mod department;
mod region;
mod township;

pub use region::Unlisted;
pub use township::TownshipName;

use crate::lexicon::{Lexicon, Region};
use crate::recognize::regions::RegionMention;
use crate::report::{Basis, Level, RegionRef};
use crate::text::year::years;
use department::{department_in, is_department};
use region::{region, unlisted};
use std::collections::BTreeMap;
use std::ops::Range;
use township::township;

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
            basis: Basis::default(),
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
