//! Does a passage still name the place that it was copied from? The strongest evidence there is.

use super::pair::{LeftName, Segment, SegmentKind};
use super::places::{Place, Places};
use crate::lexicon::{short_name, townships_of};
use crate::report::Span;
use crate::text::Text;
use std::collections::BTreeSet;

/// A township's name shorter than this may be a word, or a part of other names.
const LEAST_TOWNSHIP: usize = 3;

/// Names of a place that a report of another has no reason to use as its own.
struct Names {
    full: BTreeSet<String>,
    /// Short names, and names of townships: they count only where both passages have them in the same place.
    others: BTreeSet<String>,
}

impl Names {
    fn of(place: &Place) -> Self {
        let long = |name: &&str| name.chars().count() >= LEAST_TOWNSHIP;
        let short = place.names.iter().filter_map(|name| short_name(name)).map(str::to_owned);
        let townships = (place.code.len() == 6).then(|| townships_of(&place.code));
        let townships = townships.into_iter().flatten().map(|township| township.name).filter(long).map(str::to_owned);
        Self { full: place.names.clone(), others: short.chain(townships).collect() }
    }

    fn all(&self) -> impl Iterator<Item = &String> {
        self.full.iter().chain(&self.others)
    }
}

/// The names of `other`, of which the report is not, in a passage of a report of `own`.
///
/// `of_later` tells which side of the segments the passage is.
pub(super) fn left_names(
    text: &Text,
    passage: Span,
    segments: &[Segment],
    in_later: bool,
    (own, other): (&str, &str),
    places: &Places,
) -> Vec<LeftName> {
    let (Some(of_own), Some(of_other)) = (places.get(own), places.get(other)) else { return Vec::new() };
    // Above one's own place stands no foreign one, nor below it.
    if places.is_within(own, other) || places.is_within(other, own) {
        return Vec::new();
    }
    let (of_own, of_other) = (Names::of(of_own), Names::of(of_other));
    let range = text.range(passage);
    let words = &text.folded()[range.clone()];
    let mut found: Vec<LeftName> = Vec::new();
    for name in of_other.all() {
        // A name that is in a name of one's own (东山 in 东山镇) tells nothing.
        if of_own.all().any(|own| own.contains(name.as_str())) {
            continue;
        }
        let is_full = of_other.full.contains(name);
        for (at, _) in words.match_indices(name.as_str()) {
            let span = text.span(range.start + at..range.start + at + name.len());
            let in_both = segments.iter().filter(|segment| segment.kind == SegmentKind::Shared).any(|segment| {
                let side = if in_later { segment.later } else { segment.earlier };
                side.is_some_and(|side| side.start <= span.start && span.end <= side.end)
            });
            let is_new = !found.iter().any(|left| left.span.start < span.end && span.start < left.span.end);
            if (is_full || in_both) && is_new {
                found.push(LeftName { name: text.slice(span).to_owned(), in_later, span });
            }
        }
    }
    found.sort_by_key(|left| left.span);
    found
}
