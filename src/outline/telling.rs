//! What does a heading say that is told below it?

use crate::lexicon::OutlineCues;
use crate::text::mark;

/// What a section tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Telling {
    /// What was done, and whatever follows without a heading of its own.
    Actions,
    Problems,
    /// Problems first, then plans.
    ProblemsThenPlans,
    Plans,
}

/// A heading of at most this many characters is short.
const SHORT: usize = 22;
/// A heading below the first level that consists of little more than its noun.
const BARE: usize = 12;

/// How a heading stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heading {
    /// Whether it stands alone on its line directly under the root.
    pub(super) is_section: bool,
    /// Whether it stands alone on its line.
    pub(super) standalone: bool,
}

impl Heading {
    /// What a heading opens, where it says so. Below the first level only plain words of it count, as measures too
    /// speak of problems that they solve.
    pub(super) fn tells(self, words: &str, cues: &OutlineCues, year: Option<u16>) -> Option<Telling> {
        let headings = &cues.headings;
        let first = words.split(mark::FULL_STOP).next().unwrap_or(words);
        let bare = first.trim_end_matches([':', ';', ',']);
        let bare = super::marker::marker(bare).map_or(bare, |marker| &bare[marker.len..]).trim();
        let length = bare.chars().count();
        let has = |list: &[String]| list.iter().any(|cue| bare.contains(cue.as_str()));
        let ends = headings.problem_nouns.iter().any(|noun| bare.ends_with(noun.as_str()));
        let (holds, opens) = (has(&headings.problem_nouns), has(&headings.problem_openers));
        let solves = has(&headings.problem_refused);
        let problem = if self.is_section {
            (ends && length <= SHORT && !solves) || (holds && opens)
        } else {
            (holds && opens && length <= SHORT && !solves) || (self.standalone && ends && length <= BARE && !solves)
        };
        let later = year.is_some_and(|year| (year + 1..=year + 2).any(|later| bare.contains(&later.to_string())));
        let next = headings.next.iter().any(|cue| bare.contains(cue.as_str()));
        let planned = has(&headings.plan) && !has(&headings.plan_refused);
        let plan = if self.is_section {
            planned || later || next
        } else {
            next || (self.standalone && planned && length <= BARE && (later || has(&headings.plan_ends)))
        };
        match (problem, plan) {
            (true, true) => Some(Telling::ProblemsThenPlans),
            (true, false) => Some(Telling::Problems),
            (false, true) => Some(Telling::Plans),
            (false, false) => None,
        }
    }
}
