//! Who reports, and on which year: the region by its names in title, signature and text, told apart by what stands
//! above it; the level by the title and by how the reporter speaks of itself.

mod department;
mod region;
mod selves;
mod township;
mod year;
mod zone;

pub use township::TownshipName;
pub use zone::Unlisted;

use crate::lexicon::{Lexicon, Region};
use crate::recognize::regions::RegionMention;
use crate::report::{Basis, Level, RegionRef};
use department::{department_in, department_of, is_department};
use region::Evidence;
use selves::{Selves, selves};
use std::ops::Range;
use township::township;
use zone::Place;

/// The parts of a report that say who reports.
#[derive(Debug, Clone, Default)]
pub struct Signs<'a> {
    /// The folded text.
    pub text: &'a str,
    /// The title, folded.
    pub title: &'a str,
    /// Who signs under the text, folded, one a line.
    pub signature: &'a str,
    /// The publishing body that the page names, folded.
    pub publisher: &'a str,
    /// Where the page says that it took the text from, folded.
    pub source: &'a str,
    /// The name of the site, folded.
    pub site: &'a str,
    /// The page's address.
    pub url: Option<&'a str>,
    /// The page's file.
    pub path: &'a str,
    /// The addressee, folded: a level above the reporter.
    pub addressee: &'a str,
    /// Bytes of the body in the text.
    pub body: Range<usize>,
    /// Date of publication.
    pub published: Option<&'a str>,
    /// Date under the signature.
    pub dated: Option<&'a str>,
}

impl Signs<'_> {
    fn title_names_no_region(&self, lexicon: &Lexicon) -> bool {
        crate::recognize::regions::regions(self.title, lexicon).is_empty()
    }
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
    /// By which rule the region is told, and why it may be another.
    pub basis: Basis,
}

/// How much of the body counts as its opening, in bytes.
const OPENING: usize = 360;

/// Doubt of a level that is told by how the reporter speaks of itself alone.
const GUESSED_LEVEL: &str = "guessed-level";

/// The opening of the body.
fn opening<'a>(signs: &Signs<'a>) -> &'a str {
    signs.text.get(signs.body.start..floor(signs.text, signs.body.start + OPENING)).unwrap_or_default()
}

impl<'l> Reporter<'l> {
    /// Tells who reports.
    #[must_use]
    pub fn tell(signs: &Signs<'_>, mentions: &[RegionMention], lexicon: &'l Lexicon) -> Self {
        let year = year::reported(signs);
        let selves = selves(signs, lexicon);
        let evidence = Evidence::gather(signs, mentions, &selves, lexicon, year);
        let best = evidence.best().map(|(region, doubt)| {
            let above = evidence.lifted(region, &selves, lexicon, year);
            above.map_or((region, doubt), |above| (above, Some(region::doubt::GUESSED)))
        });
        let mut basis = Basis::rule("region/evidence");
        let mut region = best.map(|(region, _)| region);
        let mut doubt = best.and_then(|(_, doubt)| doubt);
        let unlisted = match zone::place(signs, region, lexicon) {
            Some(Place::City(city)) => {
                (region, doubt, basis) = (Some(city), None, Basis::rule("region/zone"));
                None
            }
            Some(Place::Unlisted(unlisted)) => {
                (region, doubt, basis) = (None, None, Basis::rule("region/zone"));
                Some(unlisted)
            }
            None => None,
        };
        let namesake = region.and_then(|region| {
            let county = evidence.county_of_namesake(region, lexicon, year)?;
            let township = TownshipName { name: region.name.clone(), code: None };
            Some(township::Told { township, region: Some(county), doubt: Some(region::doubt::NAMESAKE) })
        });
        let told = namesake.or_else(|| township(signs, region, &evidence, &selves, lexicon));
        let township = told.map(|told| {
            if unlisted.is_none() {
                (region, doubt, basis) = (told.region, told.doubt, Basis::rule("region/township"));
            }
            told.township
        });
        if let Some(place) = region.and_then(|region| department::branch_place(signs, region, year, lexicon)) {
            (region, basis) = (Some(place), Basis::rule("region/branch"));
        }
        let region = region.map(|region| lexicon.regions.in_force(region, year));
        let unnamed_township = township.is_none() && township::speaks(&selves) && signs.title_names_no_region(lexicon);
        let department = township.is_none() && !unnamed_township && is_department(signs, &selves, lexicon);
        let by_words = township.is_none() && department && department_in(signs.title, lexicon).is_none();
        let by_words = by_words || unnamed_township;
        let doubt = doubt.or(by_words.then_some(GUESSED_LEVEL));
        let basis = match doubt {
            Some(doubt) => basis.doubted(doubt),
            None => basis,
        };
        let level = if township.is_some() || unnamed_township {
            Some(Level::Township)
        } else if department {
            Some(Level::Department)
        } else {
            let told = region.map(|region| region.level).or_else(|| unlisted.as_ref().map(|region| region.level));
            told.or_else(|| selves::level_of_unit(&selves, lexicon))
        };
        let department =
            (level == Some(Level::Department)).then(|| department_of(signs, lexicon)).flatten().and_then(|words| {
                region.map(|region| {
                    if words.starts_with(&region.name) { words.clone() } else { format!("{}{words}", region.name) }
                })
            });
        Self { region, unlisted, township, department, level, year, basis }
    }

    /// The region as the report's metadata name it; without a name where only the level is told.
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
        let name = path.last().cloned().unwrap_or_default();
        Some(RegionRef {
            name,
            code: self.code(lexicon),
            level,
            path,
            township: self.township.as_ref().and_then(|township| township.code.clone()),
            basis: self.basis.clone(),
        })
    }

    /// The code of the region; of a township only that of its county.
    fn code(&self, lexicon: &Lexicon) -> Option<String> {
        let region = self.region?;
        let is_county = region.level == Level::County || !lexicon.regions.has_counties(region);
        (self.township.is_none() || is_county).then(|| region.code.clone())
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

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
