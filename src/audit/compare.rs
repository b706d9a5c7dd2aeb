//! What do the reports of a store say alike? Pairs of passages of different reports, with what each pair is a sign of.

use super::alike::{Alike, Collection};
use super::names::left_names;
use super::pair::{LeftName, Order, Pair, Relation, SegmentKind, Side, Sign};
use super::places::Places;
use super::reading::{Bond, Reading, pair};
use super::reports::{Report, Reports};
use super::{problems, years};
use crate::lexicon::{Lexicon, LexiconError};
use crate::query::{self, Limits};
use crate::report::Span;
use oxigraph::store::Store;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Why reports could not be compared.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The store could not be asked, or the filter names nothing.
    #[error(transparent)]
    Query(#[from] query::Error),
    /// A table of the program is damaged, which the tests rule out.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
}

/// Pairs in which a passage is shown at most, those with most evidence first: what goes round is not shown with everybody.
const MOST_PAIRS: usize = 3;
/// Compared characters of a step: passages whose middles lie in the same step are the same for that.
const STEP: usize = 64;
/// Two texts of one year that are so alike, names included, are two editions of one report ...
const EDITION: f64 = 0.95;
/// ... if the passages make up so many hundredths of both.
const WHOLE: usize = 90;

/// The pairs of passages of different reports that are alike, the most alike first.
///
/// `filter` are values of the parameter `region` as [`query::Question::bind`] takes them: at least one of a pair is of a
/// report from within the region.
///
/// # Errors
/// Where the filter names nothing or the store cannot be asked.
pub fn compare(store: &Store, filter: &[(String, String)], limits: Limits) -> Result<Vec<Pair>, Error> {
    let wanted = Reports::within(store, filter, limits)?;
    let all = Reports::read(store, limits)?;
    let lexicon = Lexicon::shared()?;
    let touches = |pair: &(usize, usize)| {
        wanted.as_ref().is_none_or(|wanted| [pair.0, pair.1].iter().any(|at| wanted.contains(&all.reports[*at].iri)))
    };
    let found = {
        let collection = Collection::new(&all.sources(), lexicon)?;
        let candidates: Vec<(usize, usize)> = collection.candidates().into_iter().filter(touches).collect();
        shown(collection.compare(&candidates))
    };
    let mut pairs: Vec<Pair> = found.into_par_iter().filter_map(|found| copied(found, &all, lexicon)).collect();
    let following: Vec<(usize, usize)> = years::following(&all.reports).into_iter().filter(touches).collect();
    let of_years: Vec<Vec<Pair>> = following
        .into_par_iter()
        .map(|(earlier, later)| {
            let read = |report: usize| Reading::new(&all.reports[report], lexicon);
            let (earlier, later) = (read(earlier), read(later));
            let mut pairs = years::pairs(&earlier, &later, lexicon);
            pairs.extend(problems::pairs(&earlier, &later, lexicon));
            pairs
        })
        .collect();
    pairs.extend(of_years.into_iter().flatten());
    let place = |side: &Side| (side.report.clone(), side.start);
    pairs.sort_by_cached_key(|pair| (pair.sign, place(&pair.earlier), place(&pair.later)));
    pairs.sort_by(|a, b| b.similarity.total_cmp(&a.similarity));
    Ok(pairs)
}

/// Of each passage the pairs with most evidence.
fn shown(mut found: Vec<Alike>) -> Vec<Alike> {
    let place = |found: &Alike| (found.left, found.right, found.shared.left.start, found.shared.right.start);
    found.sort_by(|a, b| b.shared.weight.total_cmp(&a.shared.weight).then_with(|| place(a).cmp(&place(b))));
    let mut counts: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    found.retain(|found| {
        let sides = [(found.left, &found.shared.left), (found.right, &found.shared.right)];
        let counts = sides.map(|(report, range)| {
            let count = counts.entry((report, usize::midpoint(range.start, range.end) / STEP)).or_default();
            *count += 1;
            *count
        });
        counts.into_iter().all(|count| count <= MOST_PAIRS)
    });
    found
}

/// The pair of passages of two reporters; `None` where they are two editions of one report.
fn copied(found: Alike, all: &Reports, lexicon: &Lexicon) -> Option<Pair> {
    told(found, all, lexicon, false)
}

/// The pair of passages of two reports, also of two editions of one report where `editions` says so.
pub(super) fn told(found: Alike, all: &Reports, lexicon: &Lexicon, editions: bool) -> Option<Pair> {
    let (left, right) = (all.reports.get(found.left)?, all.reports.get(found.right)?);
    let relation = relation(left, right, &all.places);
    let (order, in_order) = order(left, right);
    let (earlier, later, shared) =
        if in_order { (left, right, found.shared) } else { (right, left, found.shared.turned()) };
    let (earlier, later) = (Reading::of_units(earlier, lexicon), Reading::of_units(later, lexicon));
    let bond = Bond { sign: Sign::CopiedPassage, relation, order };
    let mut pair = pair(bond, &shared, &earlier, &later, lexicon);
    if !editions && is_edition(&pair, &earlier, &later) {
        return None;
    }
    if relation == Relation::Unrelated {
        let regions = (earlier.report.region.as_str(), later.report.region.as_str());
        let of_earlier = Span { start: pair.earlier.start, end: pair.earlier.end };
        let of_later = Span { start: pair.later.start, end: pair.later.end };
        let in_earlier = left_names(&earlier.text, of_earlier, &pair.segments, false, regions, &all.places);
        let in_later = left_names(&later.text, of_later, &pair.segments, true, (regions.1, regions.0), &all.places);
        // Who names the other's place wrote after it.
        if order == Order::Unknown && in_earlier.is_empty() != in_later.is_empty() {
            let bond = Bond { order: Order::Name, ..bond };
            if in_later.is_empty() {
                let names = in_earlier.into_iter().map(|name| LeftName { in_later: true, ..name }).collect();
                let pair = self::pair(bond, &shared.turned(), &later, &earlier, lexicon);
                return Some(Pair { left_names: names, ..pair });
            }
            pair.order = Order::Name;
        }
        pair.left_names = in_earlier.into_iter().chain(in_later).collect();
    }
    Some(pair)
}

/// Whether two texts are one report, found on two pages of which one does not tell whose it is.
fn is_edition(pair: &Pair, earlier: &Reading, later: &Reading) -> bool {
    let are_known = !pair.earlier.region.is_empty() && !pair.later.region.is_empty();
    let is_one = !are_known || pair.relation == Relation::SameRegion;
    let is_whole = |side: &Side, reading: &Reading| {
        (side.end - side.start) * 100 >= WHOLE * reading.masked.places.last().map_or(0, |last| *last as usize)
    };
    let other_names = pair
        .segments
        .iter()
        .any(|segment| segment.kind == SegmentKind::Name && segment.earlier.is_some() && segment.later.is_some());
    is_one
        && pair.earlier.year == pair.later.year
        && pair.similarity >= EDITION
        && is_whole(&pair.earlier, earlier)
        && is_whole(&pair.later, later)
        && !other_names
}

pub(super) fn relation(left: &Report, right: &Report, places: &Places) -> Relation {
    if left.region.is_empty() || right.region.is_empty() {
        Relation::Unrelated
    } else if left.of_region == right.of_region {
        if left.reporter == right.reporter { Relation::SamePlace } else { Relation::SameRegion }
    } else if places.is_within(&left.region, &right.region) || places.is_within(&right.region, &left.region) {
        Relation::AboveAndBelow
    } else {
        Relation::Unrelated
    }
}

/// Which of two reports came first, and how that is told; `true` where it is the left one.
fn order(left: &Report, right: &Report) -> (Order, bool) {
    let told = |left: &str, right: &str| !left.is_empty() && !right.is_empty() && left != right;
    if told(&left.year, &right.year) {
        (Order::Year, left.year < right.year)
    } else if told(&left.published, &right.published) {
        (Order::Published, left.published < right.published)
    } else {
        (Order::Unknown, left.iri <= right.iri)
    }
}
