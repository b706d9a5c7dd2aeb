//! Whether a department reports, and which.

use super::{Selves, Signs, opening};
use crate::lexicon::{Lexicon, Region};
use crate::recognize::regions::regions;
use crate::report::Level;
use crate::text::mark;

/// How often more a department must speak of itself than of a region where the title names the region alone.
const OFTEN: usize = 3;

/// Whether a department reports: its name stands in the title or acts in the first sentence, or it speaks of itself as
/// one (我局) more often than of a region.
pub(super) fn is_department(signs: &Signs<'_>, selves: &Selves, lexicon: &Lexicon) -> bool {
    if department_in(signs.title, lexicon).is_some() {
        return true;
    }
    let before = before_breaks(signs.title, lexicon);
    if lexicon.metadata.government_ends.iter().any(|end| before.contains(end.as_str())) {
        return false;
    }
    let of_region = selves.units.first().map_or(0, |(_, count)| *count);
    if !regions(signs.title, lexicon).is_empty() {
        return selves.department >= OFTEN && selves.department > OFTEN * of_region;
    }
    let signed = [signs.signature, signs.publisher].iter().any(|words| signs_as_department(words, lexicon));
    selves.department > 0 && (signed || of_region <= selves.department) || department_acts(signs, lexicon)
}

/// What stands in a title before what it says.
fn before_breaks<'t>(title: &'t str, lexicon: &Lexicon) -> &'t str {
    let breaks = lexicon.metadata.title_breaks.iter().filter_map(|word| title.find(word.as_str()));
    let end = breaks.chain(title.find(|c: char| c.is_ascii_digit())).min().unwrap_or(title.len());
    &title[..end]
}

/// The county for which the branch of a prefecture's bureau works that reports (青石市公安局青梧分局): a branch speaks for
/// the place where it works.
pub(super) fn branch_place<'l>(
    signs: &Signs<'_>,
    above: &Region,
    year: Option<u16>,
    lexicon: &'l Lexicon,
) -> Option<&'l Region> {
    if above.level != Level::Prefecture {
        return None;
    }
    let within = |place: &str| {
        let named = lexicon.regions.short_named(place, year);
        named.into_iter().find(|region| region.level == Level::County && lexicon.regions.is_within(region, above))
    };
    [signs.title, signs.signature].iter().find_map(|words| {
        let ends = lexicon.metadata.branch_ends.iter().filter_map(|end| words.find(end.as_str()));
        let before = &words[..ends.min()?];
        let starts = before.char_indices().rev().map(|(start, _)| start).take(BRANCH_PLACE);
        starts.filter_map(|start| within(&before[start..])).last()
    })
}

/// Characters of the longest short name of a place for which a branch works.
const BRANCH_PLACE: usize = 4;

/// Whether a department, and not an office of the government, signs.
fn signs_as_department(words: &str, lexicon: &Lexicon) -> bool {
    lexicon.bodies.forms_in(words).into_iter().any(|(range, form)| {
        let last = range.end == words.len();
        last && lexicon.bodies.kind(form).is_some_and(|kind| !is_general(&kind.kind))
    })
}

/// The department that reports, by title, signature or page, without its region.
pub(super) fn department_of(signs: &Signs<'_>, lexicon: &Lexicon) -> Option<String> {
    let named = [signs.title, signs.signature, signs.publisher, signs.source];
    named.iter().find_map(|words| department_in(words, lexicon))
}

/// Whether a department is the subject of the first sentence: 2021年,在…指导下,市交通运输局坚持….
fn department_acts(signs: &Signs<'_>, lexicon: &Lexicon) -> bool {
    let text = opening(signs);
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
pub(super) fn department_in(title: &str, lexicon: &Lexicon) -> Option<String> {
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
