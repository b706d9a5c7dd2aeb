//! Does another place's name stand where only the reporting one can be meant?
//!
//! Reports rightly name other places: they visit and help them, work with them, tell of people and firms from there. So a
//! name speaks against a report only where a place speaks of itself (法治…建设, 为…高质量发展, the subject of what was done,
//! a document that it issued), and in a clause that has no word of such dealings.

mod full;
mod short;
mod townships;

use super::Evidence;
use crate::lexicon::{ForeignRegionCues, Region, Regions, short_name, townships_named};
use crate::report::{Basis, Finding, Level};
use crate::text::mark;
use std::ops::Range;

/// A name that does not belong, and the region that bears it.
struct Foreign<'l> {
    range: Range<usize>,
    /// Bytes of the name itself, without the word before it that makes it one of the own place.
    name: Range<usize>,
    region: &'l Region,
}

/// Names of other places where this one's is meant, in order.
pub(super) fn names(evidence: &Evidence<'_, '_>) -> Vec<Finding> {
    let Some(own) = Own::of(evidence) else { return Vec::new() };
    let mut found = full::names(&own);
    found.extend(full::bodies(&own));
    found.extend(short::names(&own));
    let others: Vec<&Region> = found.iter().map(|foreign| foreign.region).collect();
    found.extend(townships::names(&own, &others));
    found.sort_by_key(|foreign| (foreign.range.start, foreign.range.end));
    // A township right behind its county is one warning with it.
    let mut end = None;
    found.retain(|foreign| {
        let apart = end.is_none_or(|end| end < foreign.range.start);
        end = if apart { Some(foreign.range.end) } else { end };
        apart
    });
    let text = evidence.text.folded();
    found
        .into_iter()
        .map(|foreign| {
            let name = &text[foreign.name];
            let basis = Basis::rule("findings/foreign-region");
            evidence.finding(foreign.range, "foreign_region", &[("found", name)], basis)
        })
        .collect()
}

/// The reporting place, and what is its own beside it.
struct Own<'e, 'a, 'l> {
    evidence: &'e Evidence<'a, 'l>,
    text: &'e str,
    level: Level,
    table: &'l Regions,
    cues: &'l ForeignRegionCues,
}

impl<'e, 'a, 'l> Own<'e, 'a, 'l> {
    /// `None` where it is not told who reports.
    fn of(evidence: &'e Evidence<'a, 'l>) -> Option<Self> {
        let reporter = evidence.reporter;
        let unlisted = || reporter.unlisted.as_ref().map(|own| own.level);
        let of_township = || reporter.township.as_ref().map(|_| Level::County);
        Some(Self {
            evidence,
            text: evidence.text.folded(),
            level: reporter.region.map(|own| own.level).or_else(unlisted).or_else(of_township)?,
            table: &evidence.lexicon.regions,
            cues: &evidence.lexicon.relations.foreign_region,
        })
    }

    /// Whether a range lies in the body of the report.
    fn is_in_body(&self, range: &Range<usize>) -> bool {
        self.evidence.body.start <= range.start && range.end <= self.evidence.body.end
    }

    /// The region that a name means, where none that it can mean has to do with the reporter.
    fn foreign(&self, meant: &[&'l Region]) -> Option<&'l Region> {
        let first = meant.first().filter(|_| !meant.iter().any(|region| self.is_related(region)))?;
        self.is_sure_beside(first).then_some(first)
    }

    /// Whether a region is the reporter's, lies within it or above it, or is what it was or became.
    fn is_related(&self, region: &Region) -> bool {
        let reporter = self.evidence.reporter;
        let Some(own) = reporter.region else {
            return self.may_be_above(region);
        };
        let heirs = |region: &'l Region| region.successor.split(';').filter(|code| !code.is_empty());
        let stem = short_name(&own.name);
        region.name == own.name
            || stem.is_some() && short_name(&region.name) == stem
            || self.table.is_within(region, own)
            || self.table.is_within(own, region)
            || region.successor.split(';').any(|code| !code.is_empty() && lies_within(code, &own.code))
            || heirs(own).any(|code| lies_within(code, &region.code))
    }

    /// Whether a region may lie above a reporter that no table has, or whose county is not told.
    fn may_be_above(&self, region: &Region) -> bool {
        let reporter = self.evidence.reporter;
        if let Some(unlisted) = &reporter.unlisted {
            let province = self.table.path(region, reporter.year).into_iter().next();
            return unlisted.path.first() == province.as_ref();
        }
        let Some(township) = &reporter.township else { return true };
        let mut namesakes = townships_named(&township.name).peekable();
        namesakes.peek().is_none() || namesakes.any(|namesake| lies_within(namesake.code, &region.code))
    }

    /// Whether it is certain enough that the reporter and not this region is who reports. Where that is doubtful, the text has to
    /// name the reporter more often; where the title does not name it, at least not less often.
    fn is_sure_beside(&self, region: &Region) -> bool {
        let reporter = self.evidence.reporter;
        let stem = |region: &'_ Region| short_name(&region.name).unwrap_or(&region.name).to_owned();
        let Some(own) = reporter.region.map(stem) else { return true };
        let doubted = reporter.basis.doubt.is_some();
        if !doubted && self.evidence.title.contains(&own) {
            return true;
        }
        let count = |name: &str| self.text.matches(name).take(MANY).count();
        let (here, there) = (count(&own), count(&stem(region)));
        there < here || !doubted && here == 0
    }

    /// Whether a region is one with which the reporter can be confused: no higher than it, or a city beside a county.
    fn is_level(&self, region: &Region) -> bool {
        region.level >= self.level || self.level == Level::County && region.level == Level::Prefecture
    }

    /// Whether the clause of a name tells of dealings with other places.
    fn deals_with_others(&self, name: &Range<usize>) -> bool {
        let (before, after) = clause_around(self.text, name);
        let beside = || self.cues.beside.opening(after).is_some_and(|word| self.is_region_at(name.end + word.len()));
        self.cues.refused_before.stand_in(before)
            || self.cues.refused_after.stand_in(after)
            || self.cues.led_by.end(before)
            || self.cues.followed_by.open(after)
            || beside()
    }

    /// Whether the full name of a region begins at a byte.
    fn is_region_at(&self, at: usize) -> bool {
        let regions = self.evidence.regions;
        regions
            .get(regions.partition_point(|mention| mention.range.start < at))
            .is_some_and(|next| next.range.start == at)
    }
}

/// Names are counted up to this.
const MANY: usize = 50;

/// Whether the region of one code lies within that of the other, or is it.
fn lies_within(inner: &str, outer: &str) -> bool {
    let stem = outer.trim_end_matches("00");
    let even = stem.len() + stem.len() % 2;
    outer.get(..even).is_some_and(|stem| inner.starts_with(stem))
}

/// What stands before and behind a name in its clause.
fn clause_around<'t>(text: &'t str, range: &Range<usize>) -> (&'t str, &'t str) {
    let before = text[..range.start].rsplit(mark::ends_clause).next().unwrap_or_default();
    let after = text[range.end..].split(mark::ends_clause).next().unwrap_or_default();
    (before, after)
}
