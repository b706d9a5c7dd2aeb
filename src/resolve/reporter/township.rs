//! Which township reports: its name in the title, the signature or the first sentence, and its code in the county.

use super::region::{Evidence, doubt};
use super::{Selves, Signs, opening};
use crate::lexicon::{LONGEST_TOWNSHIP, Lexicon, Region, townships_named};
use crate::recognize::regions::regions;
use crate::report::Level;
use crate::text::year::YEAR;
use crate::text::{is_han, mark, numeral};

/// The township that reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TownshipName {
    /// Name in full.
    pub name: String,
    /// Nine-digit code, where it is in the table.
    pub code: Option<String>,
}

/// A township with the region in which it lies.
pub(super) struct Told<'l> {
    pub(super) township: TownshipName,
    /// Its county; where only that is known, its prefecture or province.
    pub(super) region: Option<&'l Region>,
    pub(super) doubt: Option<&'static str>,
}

/// The township that reports, and where it lies.
pub(super) fn township<'l>(
    signs: &Signs<'_>,
    region: Option<&'l Region>,
    evidence: &Evidence<'l>,
    selves: &Selves,
    lexicon: &'l Lexicon,
) -> Option<Told<'l>> {
    let in_title = township_name(signs.title, lexicon);
    let in_opening = || township_name(opening(signs), lexicon);
    let of_region = selves.units.first().map_or(0, |(_, count)| *count);
    let speaks = speaks(selves);
    let name = in_title.or_else(|| {
        if speaks {
            return township_name(signs.signature, lexicon)
                .or_else(|| township_name(signs.publisher, lexicon))
                .or_else(|| township_name(signs.source, lexicon))
                .or_else(in_opening);
        }
        let signs_alone = selves.department == 0 && of_region == 0;
        let signer = || [signs.signature, signs.publisher].iter().find_map(|words| office_name(words, lexicon));
        if signs_alone && let Some(name) = signer().filter(|_| regions(signs.title, lexicon).is_empty()) {
            return Some(name);
        }
        // It acts in the first sentences and is named again and again, and nobody else speaks of itself.
        let body = signs.text.get(signs.body.clone()).unwrap_or_default();
        let titled = !regions(signs.title, lexicon).is_empty();
        let often = |name: &str| {
            let least = usize::from(!acts_first(opening(signs), name, lexicon));
            body.matches(name).count() + selves.township > of_region.max(least)
        };
        in_opening().filter(|name| !titled && selves.department == 0 && often(name))
    })?;
    Some(placed(&name, region, evidence, lexicon))
}

/// Whether the first sentence has the township as its subject: 2025年,青石镇在县委、县政府领导下….
fn acts_first(opening: &str, name: &str, lexicon: &Lexicon) -> bool {
    let sentence = opening.split(mark::FULL_STOP).next().unwrap_or(opening);
    sentence.match_indices(name).any(|(at, _)| {
        let before = &sentence[..at];
        let place = regions(before, lexicon).last().is_some_and(|region| region.range.end == at);
        place || before.chars().next_back().is_none_or(|c| !is_han(c) || c == YEAR)
    })
}

/// Whether the reporter speaks of itself as of a township.
pub(super) fn speaks(selves: &Selves) -> bool {
    let of_region = selves.units.first().map_or(0, |(_, count)| *count);
    selves.township >= 2 && selves.township > selves.department && of_region < selves.township
}

/// A township that other names may share, put where the most evidence speaks for it.
fn placed<'l>(name: &str, region: Option<&'l Region>, evidence: &Evidence<'l>, lexicon: &'l Lexicon) -> Told<'l> {
    let table = &lexicon.regions;
    let mut candidates: Vec<(f64, &'static str, &'l Region)> = townships_named(name)
        .filter_map(|township| {
            let county = table
                .with_code(township.code.get(..6)?, None)
                .or_else(|| table.with_code(&format!("{}00", township.code.get(..4)?), None))?;
            Some((evidence.along(county, lexicon), township.code, county))
        })
        .collect();
    candidates.sort_by(|(left, a, _), (right, b, _)| right.total_cmp(left).then_with(|| a.cmp(b)));
    let told = |code: Option<&str>, region, doubt| Told {
        township: TownshipName { name: name.to_owned(), code: code.map(str::to_owned) },
        region,
        doubt,
    };
    // A county that is named as the reporter's keeps a township that the table does not have there.
    let county = region.filter(|region| region.level == Level::County && evidence.is_named_as_reporter(region));
    // So does one that the address alone spells, where no table has the township.
    let addressed = region.filter(|region| evidence.is_addressed(region));
    match candidates.as_slice() {
        [(score, code, place), others @ ..] if *score > 0.0 || others.is_empty() => {
            let next = others.first().map_or(0.0, |(next, _, _)| *next);
            let elsewhere = county.is_some_and(|county| !is_same(county, place, lexicon));
            if elsewhere {
                told(None, county, None)
            } else if others.is_empty() || *score > next {
                let weak = others.iter().any(|(next, _, _)| score - next < 2.0);
                let alone = others.is_empty() && *score <= 0.0;
                if alone && evidence.is_addressed_elsewhere(place, lexicon) {
                    return told(None, addressed, None);
                }
                told(Some(code), Some(place), (weak || alone).then_some(doubt::NAMESAKE))
            } else {
                told(None, region.filter(|region| region.level != Level::County), None)
            }
        }
        _ => told(
            None,
            county
                .or(addressed)
                .or_else(|| region.filter(|region| region.level != Level::County && candidates.is_empty())),
            None,
        ),
    }
}

/// Whether a place is this county, today or under the code that it had.
fn is_same(county: &Region, place: &Region, lexicon: &Lexicon) -> bool {
    let heirs = county.successor.split(';').any(|code| code == place.code);
    let prefecture = place.level == Level::Prefecture;
    county.code == place.code || heirs || (prefecture && lexicon.regions.is_within(county, place))
}

/// The township whose office signs or publishes (青石街道办事处).
fn office_name(words: &str, lexicon: &Lexicon) -> Option<String> {
    let is_office = lexicon.metadata.township_offices.iter().any(|office| words.ends_with(office.as_str()));
    township_name(words, lexicon).filter(|_| is_office)
}

/// A township's name in a line: the words before 镇, 乡 or 街道, behind the names of the regions above it.
pub(super) fn township_name(words: &str, lexicon: &Lexicon) -> Option<String> {
    for end in &lexicon.metadata.township_ends {
        for (at, _) in words.match_indices(end.as_str()) {
            let name_end = at + end.len();
            if !reports(&words[name_end..], lexicon) {
                continue;
            }
            let starts = words[..name_end].char_indices().rev().map(|(start, _)| start).take(LONGEST_TOWNSHIP);
            // The table has a few that go by their unit alone.
            let listed =
                starts.filter(|start| *start < at && townships_named(&words[*start..name_end]).next().is_some()).last();
            if let Some(start) = listed.or_else(|| unlisted(words, name_end, lexicon)) {
                return Some(words[start..name_end].to_owned());
            }
        }
    }
    None
}

/// Whether what follows the name of a township makes it the one that reports.
fn reports(after: &str, lexicon: &Lexicon) -> bool {
    let words = &lexicon.metadata;
    after.is_empty()
        || after.starts_with(|c: char| c.is_ascii_digit() || numeral::is_chinese(c) || !is_han(c))
        || words.report_words.iter().chain(&words.township_words).any(|word| after.starts_with(word.as_str()))
}

/// Characters of the name of a township that no table has.
const UNLISTED_LENGTH: std::ops::RangeInclusive<usize> = 3..=6;

/// Start of the name of a township that no table has: it stands between the county's name and its government's.
fn unlisted(words: &str, name_end: usize, lexicon: &Lexicon) -> Option<usize> {
    let after = &words[name_end..];
    let governs = lexicon.metadata.township_offices.iter().any(|office| after.starts_with(office.as_str()));
    let start = regions(&words[..name_end], lexicon).last().map_or(0, |region| region.range.end);
    let name = words.get(start..name_end)?;
    let is_name = name.chars().all(is_han) && UNLISTED_LENGTH.contains(&name.chars().count());
    let government = lexicon.metadata.government_ends.iter().any(|word| name.contains(word.as_str()));
    (governs && is_name && !government).then_some(start)
}
