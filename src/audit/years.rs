//! What did a place take over from its last report? Statements word for word, statements with other numbers, and the rest.

use super::Error;
use super::align::{Index, Stretch, tiles};
use super::pair::{Order, Pair, Relation, SegmentKind, Sign};
use super::passage::Shared;
use super::reading::{Bond, Reading, pair};
use super::reports::{Report, Reports};
use crate::lexicon::Lexicon;
use crate::query::Limits;
use crate::report::Span;
use crate::text::numeral;
use oxigraph::store::Store;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// Compared characters of the shortest passage that is shown as unchanged.
const SHORTEST_PASSAGE: usize = 20;
/// Compared characters of the shortest statement that is shown as changed in numbers.
const SHORTEST_STATEMENT: usize = 8;

/// What became of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It stands in the earlier report word for word.
    Unchanged,
    /// It stands there with other numbers.
    OnlyNumbers,
    /// It does not.
    Other,
}

/// How much of a report was taken over from the report before it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct YearOnYear {
    /// IRI of the earlier report.
    pub earlier: String,
    /// IRI of the later report.
    pub later: String,
    /// Name of the region that reports in the later one; empty where none is known.
    pub place: String,
    /// The year of the earlier report.
    pub earlier_year: String,
    /// The year of the later report.
    pub later_year: String,
    /// Share of the later report's compared characters that stand in unchanged statements: 0 to 1. Compared are the
    /// ideographs but for numbers, names of regions, words for their levels, and titles of documents.
    pub unchanged: f64,
    /// Share in statements of which only the numbers changed.
    pub only_numbers: f64,
    /// Share of what stands in other statements, but in stretches of the earlier report.
    pub reworded: f64,
    /// The rest: what is new.
    pub new: f64,
    /// The statements of the later report of which only the numbers changed.
    pub numbers: Vec<OtherNumbers>,
}

/// A statement in which only numbers changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OtherNumbers {
    /// Where it stands in the earlier report.
    pub earlier: Span,
    /// Where it stands in the later report.
    pub later: Span,
    /// The earlier statement.
    pub earlier_text: String,
    /// The later statement.
    pub later_text: String,
    /// Each number that changed, as it was and as it is.
    pub changes: Vec<(String, String)>,
}

/// What each report of a store took over from the one before it, in the order of their IRIs.
///
/// `filter` is that of [`super::compare`]. A region whose code changed is one place before and after.
///
/// # Errors
/// Where the filter names nothing or the store cannot be asked.
pub fn years(store: &Store, filter: &[(String, String)], limits: Limits) -> Result<Vec<YearOnYear>, Error> {
    let wanted = Reports::within(store, filter, limits)?;
    let all = Reports::read(store, limits)?;
    let lexicon = Lexicon::shared()?;
    let is_wanted = |report: usize| wanted.as_ref().is_none_or(|wanted| wanted.contains(&all.reports[report].iri));
    let mut found: Vec<YearOnYear> = following(&all.reports)
        .into_par_iter()
        .filter(|(earlier, later)| is_wanted(*earlier) || is_wanted(*later))
        .map(|(earlier, later)| {
            let read = |report: usize| Reading::new(&all.reports[report], lexicon);
            year_on_year(&read(earlier), &read(later), lexicon)
        })
        .collect();
    found.sort_by(|a, b| (&a.earlier, &a.later).cmp(&(&b.earlier, &b.later)));
    Ok(found)
}

/// Each report of which the year is known with the next one of the same reporter; of several of one year the longest.
pub(super) fn following(reports: &[Report]) -> Vec<(usize, usize)> {
    let mut by_reporter: BTreeMap<usize, BTreeMap<&str, usize>> = BTreeMap::new();
    for (at, report) in reports.iter().enumerate().filter(|(_, report)| !report.year.is_empty()) {
        let of_year = by_reporter.entry(report.reporter).or_default().entry(&report.year).or_insert(at);
        if reports[*of_year].text.len() < report.text.len() {
            *of_year = at;
        }
    }
    let pairs = by_reporter.into_values().flat_map(|years| {
        let years: Vec<usize> = years.into_values().collect();
        years.windows(2).map(|two| (two[0], two[1])).collect::<Vec<_>>()
    });
    pairs.collect()
}

/// Statements of the later report, each with what became of it and with its place in the earlier one.
fn statements(earlier: &Reading, later: &Reading) -> Vec<(Range<usize>, Change, Option<Range<usize>>)> {
    let mut exact: HashMap<String, Vec<Range<usize>>> = HashMap::new();
    let mut without_numbers: HashMap<String, Vec<Range<usize>>> = HashMap::new();
    for range in earlier.masked.statements() {
        let words = words(earlier, &range);
        without_numbers.entry(no_numbers(&words)).or_default().push(range.clone());
        exact.entry(words).or_default().push(range);
    }
    let mut last = 0;
    let mut found = Vec::new();
    for range in later.masked.statements() {
        let words = words(later, &range);
        // Of several that say the same, the one that goes on where the last one ended, else the first.
        let mut nearest = |places: Option<&Vec<Range<usize>>>| {
            let places = places?;
            let place = places.iter().find(|place| place.start >= last).or(places.first())?;
            last = place.end;
            Some(place.clone())
        };
        if let Some(place) = nearest(exact.get(&words)) {
            found.push((range, Change::Unchanged, Some(place)));
        } else if let Some(place) = nearest(without_numbers.get(&no_numbers(&words))) {
            found.push((range, Change::OnlyNumbers, Some(place)));
        } else {
            found.push((range, Change::Other, None));
        }
    }
    found
}

/// What a statement says, without marks and spaces.
fn words(reading: &Reading, range: &Range<usize>) -> String {
    reading.text.folded_at(reading.masked.span(range)).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn no_numbers(words: &str) -> String {
    words.chars().filter(|c| !c.is_ascii_digit() && !numeral::is_chinese(*c)).collect()
}

pub(super) fn year_on_year(earlier: &Reading, later: &Reading, lexicon: &Lexicon) -> YearOnYear {
    let statements = statements(earlier, later);
    let mut reused = vec![false; later.masked.characters.len()];
    let index = Index::new(&earlier.masked.characters);
    for stretch in tiles(&earlier.masked.characters, &index, &later.masked.characters) {
        reused[stretch.right..stretch.right + stretch.length].fill(true);
    }
    let (mut unchanged, mut only_numbers, mut reworded) = (0, 0, 0);
    for (range, change, _) in &statements {
        match change {
            Change::Unchanged => unchanged += range.len(),
            Change::OnlyNumbers => only_numbers += range.len(),
            Change::Other => reworded += reused[range.clone()].iter().filter(|reused| **reused).count(),
        }
    }
    let all = later.masked.characters.len();
    let share = |count: usize| if all == 0 { 0.0 } else { float(count) / float(all) };
    let numbers = pairs(earlier, later, lexicon).into_iter().filter(|pair| pair.sign == Sign::OnlyNumbersChanged);
    YearOnYear {
        earlier: earlier.report.iri.clone(),
        later: later.report.iri.clone(),
        place: later.report.place.clone(),
        earlier_year: earlier.report.year.clone(),
        later_year: later.report.year.clone(),
        unchanged: share(unchanged),
        only_numbers: share(only_numbers),
        reworded: share(reworded),
        new: share(all - unchanged - only_numbers - reworded),
        numbers: numbers.map(|pair| other_numbers(pair, earlier, later)).collect(),
    }
}

fn other_numbers(pair: Pair, earlier: &Reading, later: &Reading) -> OtherNumbers {
    let slice = |reading: &Reading, span: Option<Span>| {
        span.map(|span| reading.text.slice(span).to_owned()).unwrap_or_default()
    };
    let changed = pair.segments.iter().filter(|segment| segment.kind != SegmentKind::Shared);
    OtherNumbers {
        earlier: Span { start: pair.earlier.start, end: pair.earlier.end },
        later: Span { start: pair.later.start, end: pair.later.end },
        changes: changed.map(|of| (slice(earlier, of.earlier), slice(later, of.later))).collect(),
        earlier_text: pair.earlier.text,
        later_text: pair.later.text,
    }
}

fn float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The passages that a later report took over: runs of unchanged statements, and statements with other numbers.
pub(super) fn pairs(earlier: &Reading, later: &Reading, lexicon: &Lexicon) -> Vec<Pair> {
    let mut found: Vec<(Sign, Range<usize>, Range<usize>)> = Vec::new();
    let is_told = |range: &Range<usize>| {
        // Headings belong to no unit, and a problem that is named again is a sign of its own.
        let mut units = later.report.units_at(later.masked.span(range)).peekable();
        units.peek().is_some() && units.all(|unit| !unit.is_problem)
    };
    for (range, change, place) in statements(earlier, later).into_iter().filter(|(range, ..)| is_told(range)) {
        match (change, place) {
            (Change::Unchanged, Some(place)) => match found.last_mut() {
                Some((Sign::UnchangedPassage, left, right)) if left.end == place.start && right.end == range.start => {
                    (left.end, right.end) = (place.end, range.end);
                }
                _ => found.push((Sign::UnchangedPassage, place, range)),
            },
            (Change::OnlyNumbers, Some(place)) => found.push((Sign::OnlyNumbersChanged, place, range)),
            _ => {}
        }
    }
    let shortest = |sign: Sign| if sign == Sign::UnchangedPassage { SHORTEST_PASSAGE } else { SHORTEST_STATEMENT };
    found.retain(|(sign, left, _)| left.len() >= shortest(*sign));
    let pairs = found.into_iter().map(|(sign, left, right)| {
        // Both have the same compared characters.
        let stretch = Stretch { left: left.start, right: right.start, length: left.len().min(right.len()) };
        let bond = Bond { sign, relation: Relation::SamePlace, order: Order::Year };
        let shared = Shared { left, right, stretches: vec![stretch], similarity: 1.0, weight: 0.0 };
        pair(bond, &shared, earlier, later, lexicon)
    });
    pairs.collect()
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;
    use crate::audit::reports::Unit;

    fn report(year: &str, text: &str) -> Report {
        let span = Span { start: 0, end: text.chars().count() };
        let units = vec![Unit { iri: String::new(), name: String::new(), span, is_problem: false }];
        Report { iri: year.to_owned(), text: text.to_owned(), year: year.to_owned(), units, ..Report::default() }
    }

    fn compared(before: &str, after: &str) -> YearOnYear {
        let lexicon = Lexicon::shared().unwrap();
        let (before, after) = (report("2021", before), report("2022", after));
        year_on_year(&Reading::new(&before, lexicon), &Reading::new(&after, lexicon), lexicon)
    }

    #[test]
    fn the_shares_are_of_characters_and_sum_to_one() {
        // Of 29 compared characters 8 are unchanged, 7 have another number, 8 are taken over in a statement that grew by 6.
        let before = "逐月通报办案指标。收到来信来访12件。印发执法口袋手册。";
        let after = "逐月通报办案指标。收到来信来访15件。组织人员精心印发执法口袋手册。";
        let found = compared(before, after);
        let all = 8.0 + 7.0 + 14.0;
        for (share, expected) in
            [(found.unchanged, 8.0), (found.only_numbers, 7.0), (found.reworded, 8.0), (found.new, 6.0)]
        {
            assert!((share - expected / all).abs() < 1e-9, "{share} is not {expected} of {all}: {found:?}");
        }
    }

    #[test]
    fn both_numbers_of_a_changed_statement_are_told() {
        let found = compared("(一)收到来信来访12件,办结9件。", "(二)收到来信来访15件,办结9件。");
        let [numbers] = found.numbers.as_slice() else { panic!("{found:?}") };
        assert_eq!(numbers.changes, [("12".to_owned(), "15".to_owned())]);
        assert_eq!(numbers.later, Span { start: 3, end: 17 });
    }

    #[test]
    fn a_new_number_in_a_list_changes_nothing_and_a_new_year_does() {
        assert!((compared("3.逐月通报办案指标。", "4.逐月通报办案指标。").unchanged - 1.0).abs() < 1e-9);
        assert!((compared("3.5万人参加旁听庭审。", "4.5万人参加旁听庭审。").only_numbers - 1.0).abs() < 1e-9);
        assert!((compared("2021年通报办案指标。", "2022年通报办案指标。").only_numbers - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_place_without_words_took_over_nothing() {
        let found = compared("", "");
        assert!(found.unchanged.abs() < 1e-9 && found.new.abs() < 1e-9, "{found:?}");
    }

    #[test]
    fn the_next_report_follows_and_of_one_year_the_longest() {
        let reports = [("2023", "甲"), ("2020", "甲"), ("2021", "甲"), ("2021", "甲乙"), ("", "甲乙丙")];
        let reports: Vec<Report> = reports.iter().map(|(year, text)| report(year, text)).collect();
        assert_eq!(following(&reports), [(1, 3), (3, 0)]);
    }
}
