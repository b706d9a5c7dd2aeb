//! Other places by their short names, in the words that a place says of itself: 法治浦江建设, 为浦江高质量发展.

use super::super::names::in_title;
use super::{Foreign, Own};
use crate::lexicon::{Region, short_name, townships_of};
use crate::report::Level;
use crate::text::{is_han, mark};
use std::ops::Range;

/// Characters of the shortest and the longest short name that is looked for.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=5;

/// Short names that do not belong.
pub(super) fn names<'l>(own: &Own<'_, '_, 'l>) -> Vec<Foreign<'l>> {
    // A township's report speaks of itself by its own short name, which some county bears, too.
    let body = own.evidence.body.clone();
    let Some(text) = own.text.get(body.clone()) else { return Vec::new() };
    let mut found: Vec<Foreign<'l>> = Vec::new();
    for (at, frame) in own.cues.frames.occurrences(text) {
        let start = body.start + at + own.cues.frames[frame].len();
        found.extend(framed(own, start));
    }
    for (at, _) in own.cues.goals.occurrences(text) {
        found.extend(before_goal(own, body.start + at));
    }
    for (at, _) in own.cues.accounts.occurrences(text) {
        found.extend(of_account(own, body.start + at));
    }
    found
}

/// The name between a word that opens one and one that closes it: 法治浦江建设, “平安浦江”.
fn framed<'l>(own: &Own<'_, '_, 'l>, start: usize) -> Option<Foreign<'l>> {
    let closes = |end: usize| {
        let after = &own.text[end..];
        own.cues.framed.open(after) || after.chars().next().is_none_or(|c| !is_han(c) && c != mark::TITLE_CLOSE)
    };
    let ends = own.text[start..].char_indices().map(|(offset, c)| start + offset + c.len_utf8());
    let names = ends.take(*LENGTHS.end()).skip(1).filter(|end| closes(*end)).filter_map(|end| named(own, start..end));
    names.last()
}

/// The name between a word that leads to a goal, or the beginning of a sentence, and the goal: 为浦江高质量发展.
fn before_goal<'l>(own: &Own<'_, '_, 'l>, end: usize) -> Option<Foreign<'l>> {
    let foreign = backwards(own, end).filter_map(|start| {
        let leads = || own.cues.leading.end(&own.text[..start]) || own.opens_sentence(start);
        is_name(own, &own.text[start..end]).then(leads).filter(|leads| *leads)?;
        named(own, start..end)
    });
    let foreign = foreign.last()?;
    (foreign.region.level != Level::Province).then_some(foreign)
}

/// The name that opens that of an account in quotation marks: “浦江普法”.
fn of_account<'l>(own: &Own<'_, '_, 'l>, end: usize) -> Option<Foreign<'l>> {
    let quoted = |start: &usize| own.text[..*start].ends_with(mark::QUOTE_OPEN);
    let closed = own
        .cues
        .accounts
        .opening(&own.text[end..])
        .is_some_and(|word| own.text[end + word.len()..].starts_with(mark::QUOTE_CLOSE));
    let mut starts = backwards(own, end).filter(quoted);
    let foreign = starts.find_map(|start| named(own, start..end)).filter(|_| closed)?;
    own.is_level(foreign.region).then_some(foreign)
}

/// Where a name can begin that ends at a byte, from the shortest on.
fn backwards<'s>(own: &'s Own<'_, '_, '_>, end: usize) -> impl Iterator<Item = usize> + 's {
    own.text[..end].char_indices().rev().take(*LENGTHS.end()).skip(LENGTHS.start() - 1).map(|(at, _)| at)
}

/// The foreign region that a short name stands for.
fn named<'l>(own: &Own<'_, '_, 'l>, range: Range<usize>) -> Option<Foreign<'l>> {
    let name = &own.text[range.clone()];
    if !is_name(own, name) {
        return None;
    }
    let meant = own.table.short_named(name, own.evidence.reporter.year);
    let region = own.foreign(&meant)?;
    let innocent = is_of_own_township(own, name) || in_title(own.text, &range) || own.deals_with_others(&range);
    (!innocent).then(|| Foreign { name: range.clone(), range, region })
}

/// Whether words are the short name of a region and nothing else.
fn is_name(own: &Own<'_, '_, '_>, name: &str) -> bool {
    !own.table.short_named(name, own.evidence.reporter.year).is_empty() && !own.cues.words.have(name)
}

/// Whether a township of the own place, or the one that reports, has this short name as well.
fn is_of_own_township(own: &Own<'_, '_, '_>, name: &str) -> bool {
    let reporter = own.evidence.reporter;
    let is_own = |full: &str| short_name(full) == Some(name) || full.starts_with(name);
    let stem = |region: &Region| region.code.trim_end_matches("00").to_owned();
    reporter.township.as_ref().is_some_and(|township| is_own(&township.name))
        || reporter.region.is_some_and(|own| townships_of(&stem(own)).any(|township| is_own(township.name)))
}
