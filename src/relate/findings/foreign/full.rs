//! Other places by their full names: in the words that a place says of itself, as the subject of what was done, in the
//! title of a document that it issued, and as the owner of a body that did something.

use super::super::names::{in_title, sentence_at};
use super::{Foreign, Own, clause_around};
use crate::lexicon::townships_of;
use crate::recognize::regions::RegionMention;
use crate::report::{BodyMention, Level};
use crate::text::mark;
use std::ops::Range;

/// Types of the organs that hear the cases of other places.
const JUDICIAL: [&str; 2] = ["court", "procuratorate"];

/// The rule by which a body is the agent or the partner of another.
const AGENT: &str = "carriers/agent";

/// Names in the positions of the own one.
pub(super) fn names<'l>(own: &Own<'_, '_, 'l>) -> Vec<Foreign<'l>> {
    own.evidence.regions.iter().filter_map(|mention| name(own, mention)).collect()
}

fn name<'l>(own: &Own<'_, '_, 'l>, mention: &RegionMention) -> Option<Foreign<'l>> {
    let name = mention.range.clone();
    if !own.is_in_body(&name) {
        return None;
    }
    // What is looked at first costs least: few names stand in such a position.
    let (before, after) = clause_around(own.text, &name);
    let frame = own.cues.frames.longest_ending(before);
    let titled = is_issued(own, &name, before);
    if in_title(own.text, &name) && !titled {
        return None;
    }
    let told = frame.is_some() || titled || own.cues.goals.open(after);
    if !told && !own.opens_sentence(name.start) {
        return None;
    }
    let region = own.foreign(&own.table.named(&own.text[name.clone()], own.evidence.reporter.year))?;
    if frame.is_none() && !own.is_level(region) || !(told || own.is_subject(&region.code, after)) {
        return None;
    }
    let start = name.start - frame.map_or(0, str::len);
    (!own.deals_with_others(&name)).then_some(Foreign { range: start..name.end, name, region })
}

/// Whether a name opens the title of a document that the text says was made here: 印发《…县…方案》.
fn is_issued(own: &Own<'_, '_, '_>, name: &Range<usize>, before: &str) -> bool {
    let Some(maker) = before.strip_suffix(mark::TITLE_OPEN) else { return false };
    let title = own.text[name.start..].split(mark::TITLE_CLOSE).next().unwrap_or_default();
    own.cues.issued.end(maker) && !own.cues.refused_after.stand_in(title) && !own.cues.refused_before.stand_in(title)
}

/// Bodies of other places that carry out what is told.
pub(super) fn bodies<'l>(own: &Own<'_, '_, 'l>) -> Vec<Foreign<'l>> {
    own.evidence.bodies.iter().filter_map(|body| body_of_another(own, body)).collect()
}

fn body_of_another<'l>(own: &Own<'_, '_, 'l>, body: &BodyMention) -> Option<Foreign<'l>> {
    if body.kind.as_deref().is_some_and(|kind| JUDICIAL.contains(&kind)) {
        return None;
    }
    let range = own.evidence.text.range(body.span);
    let regions = own.evidence.regions;
    let mention = regions.get(regions.partition_point(|mention| mention.range.start < range.start))?;
    if mention.range.start != range.start || mention.range.end >= range.end || !own.is_in_body(&range) {
        return None;
    }
    let name = mention.range.clone();
    if !own.acts(body, &range) || in_title(own.text, &name) {
        return None;
    }
    let region = own.foreign(&own.table.named(&own.text[name.clone()], own.evidence.reporter.year))?;
    let (before, _) = clause_around(own.text, &name);
    let innocent = own.deals_with_others(&name) && !own.cues.agents.end(before) || own.tells_of_others(&range);
    let level = region.level == own.level || own.is_level(region) && region.level != Level::Province;
    (level && !innocent).then_some(Foreign { range, name, region })
}

impl Own<'_, '_, '_> {
    /// Whether a body does what is told, and does not help another; outside the units, where it opens a sentence.
    fn acts(&self, body: &BodyMention, range: &Range<usize>) -> bool {
        let (before, after) = clause_around(self.text, range);
        let assigned = || self.cues.agents.end(before);
        match &body.carries {
            Some(carries) => carries.rule != AGENT || assigned(),
            None => assigned() || self.cues.subject_of.open(after) && self.opens_sentence(range.start),
        }
    }

    /// Whether only a date, a number or words of transition stand between the beginning of the sentence and a byte.
    pub(super) fn opens_sentence(&self, at: usize) -> bool {
        const LEADS: usize = 8;
        let ends = |c: char| mark::ends_statement(c) || c == '\n';
        let mut left = self.text[..at].rsplit(ends).next().unwrap_or_default();
        let carriers = &self.evidence.lexicon.relations.carriers;
        for _ in 0..LEADS {
            left = left.trim_start_matches(|c: char| {
                c.is_ascii_digit() || c.is_whitespace() || c == ',' || carriers.lead_characters.contains(c)
            });
            let lead = carriers.leads.iter().filter(|lead| left.starts_with(lead.as_str())).map(String::len).max();
            match lead {
                Some(lead) => left = &left[lead..],
                None => break,
            }
        }
        left.is_empty()
    }

    /// Whether what follows a name, or a township of it, is what a place tells of itself.
    fn is_subject(&self, county: &str, after: &str) -> bool {
        let township = townships_of(county).find_map(|township| after.strip_prefix(township.name));
        self.cues.subject_of.open(township.unwrap_or(after))
    }

    /// Whether the clause around a body's name tells of dealings with other places, or its sentence of dealings with this one.
    fn tells_of_others(&self, range: &Range<usize>) -> bool {
        let (before, after) = clause_around(self.text, range);
        let sentence = sentence_at(self.text, range.start);
        self.cues.refused_before.stand_in(before)
            || self.cues.refused_after.stand_in(after)
            || self.cues.handed.stand_in(sentence)
    }
}
