//! What do the reports of a store say alike? Pairs of units of different reports, with what each pair is a sign of.

use super::alike::{Alike, Passage, alike};
use crate::lexicon::{Lexicon, LexiconError};
use crate::query::{self, Answer, Limits, Question};
use crate::report::Span;
use oxigraph::model::Term;
use oxigraph::store::Store;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What two passages that are alike are a sign of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// Reports of two places share it: one may be copied from the other.
    CopiedPassage,
    /// Reports of one place and different years have it word for word.
    UnchangedPassage,
    /// Reports of one place and different years have it with other numbers.
    OnlyNumbersChanged,
    /// Reports of one place and different years name the same problem.
    RepeatedProblem,
}

/// A unit as it is compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unit {
    /// IRI of its report.
    pub report: String,
    /// IRI of the unit.
    pub unit: String,
    /// Name of the region that reports; empty where none is known.
    pub place: String,
    /// The year reported on; empty where none is known.
    pub year: String,
    /// Name of the unit.
    pub name: String,
    /// Its first code point in the report's text.
    pub start: usize,
    /// Its text.
    #[serde(skip)]
    pub text: String,
    #[serde(skip)]
    is_problem: bool,
    #[serde(skip)]
    region: String,
}

/// A pair of units that are alike.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pair {
    /// What it is a sign of.
    pub sign: Sign,
    /// The share of their ideographs that they have in common, names of regions and numbers left out: 0 to 1.
    pub similarity: f64,
    /// The earlier unit; of one year the one whose IRI is less.
    pub earlier: Unit,
    /// The later one.
    pub later: Unit,
    /// What they share: spans in the earlier report's text and in the later one's.
    pub shared: Vec<(Span, Span)>,
}

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

/// From this similarity on a passage is unchanged.
const UNCHANGED: f64 = 0.97;
/// Pairs in which a unit is shown at most, the most alike first: a passage that goes round is not shown with everybody.
const MOST_PAIRS: usize = 3;

/// The pairs of units of different reports that are alike, the most alike first.
///
/// `filter` are values of the parameter `region` as [`Question::bind`] takes them: at least one of a pair is of a report from
/// within the region.
///
/// # Errors
/// Where the filter names nothing or the store cannot be asked.
pub fn compare(store: &Store, filter: &[(String, String)], limits: Limits) -> Result<Vec<Pair>, Error> {
    let all = units(store, limits)?;
    let wanted: Option<BTreeSet<String>> = if filter.is_empty() {
        None
    } else {
        let rows = rows(store, &Question::parse("reports", include_str!("reports.rq"))?, filter, limits)?;
        Some(rows.into_iter().flatten().collect())
    };
    let mut reports: BTreeMap<&str, usize> = BTreeMap::new();
    let passages: Vec<Passage> = all
        .iter()
        .map(|unit| {
            let next = reports.len();
            let report = *reports.entry(unit.report.as_str()).or_insert(next);
            Passage { report, text: unit.text.clone() }
        })
        .collect();
    let mut pairs: Vec<Pair> = alike(&passages, Lexicon::shared()?)
        .into_iter()
        .filter(|found| {
            let touches = |at: usize| wanted.as_ref().is_none_or(|wanted| wanted.contains(&all[at].report));
            touches(found.left) || touches(found.right)
        })
        .filter_map(|found| pair(&all, found))
        .collect();
    pairs.sort_by(|a, b| {
        let key = |pair: &Pair| (pair.sign, pair.earlier.unit.clone(), pair.later.unit.clone());
        b.similarity.total_cmp(&a.similarity).then_with(|| key(a).cmp(&key(b)))
    });
    let mut shown: BTreeMap<(Sign, String), usize> = BTreeMap::new();
    pairs.retain(|pair| {
        let counts = [&pair.earlier.unit, &pair.later.unit].map(|unit| {
            let count = shown.entry((pair.sign, unit.clone())).or_default();
            *count += 1;
            *count
        });
        counts.into_iter().all(|count| count <= MOST_PAIRS)
    });
    Ok(pairs)
}

/// A pair with the earlier unit first, and what it is a sign of, if of anything.
fn pair(units: &[Unit], found: Alike) -> Option<Pair> {
    let (left, right) = (&units[found.left], &units[found.right]);
    let in_order = left.year <= right.year;
    let (earlier, later) = if in_order { (left, right) } else { (right, left) };
    let same_place = left.region == right.region;
    let sign = if !same_place {
        Sign::CopiedPassage
    } else if left.year == right.year {
        // Two versions of one report.
        return None;
    } else if earlier.is_problem && later.is_problem {
        Sign::RepeatedProblem
    } else if found.similarity < UNCHANGED {
        return None;
    } else if found.other_numbers {
        Sign::OnlyNumbersChanged
    } else {
        Sign::UnchangedPassage
    };
    let within = |unit: &Unit, span: Span| Span { start: unit.start + span.start, end: unit.start + span.end };
    let shared = found.shared.into_iter().map(|(a, b)| {
        let (of_earlier, of_later) = if in_order { (a, b) } else { (b, a) };
        (within(earlier, of_earlier), within(later, of_later))
    });
    Some(Pair {
        sign,
        similarity: found.similarity,
        shared: shared.collect(),
        earlier: earlier.clone(),
        later: later.clone(),
    })
}

/// The values of an answer's rows; an empty one where there is none.
fn rows(
    store: &Store,
    question: &Question,
    filter: &[(String, String)],
    limits: Limits,
) -> Result<Vec<Vec<String>>, Error> {
    let bindings = question.bind(store, filter)?;
    let Answer::Solutions(solutions) = query::run(store, question.text(), &bindings, limits)? else {
        return Ok(Vec::new());
    };
    let value = |term: Option<Term>| match term {
        Some(Term::NamedNode(node)) => node.into_string(),
        Some(Term::Literal(literal)) => literal.destruct().0,
        _ => String::new(),
    };
    Ok(solutions.rows.into_iter().map(|row| row.into_iter().map(value).collect()).collect())
}

fn units(store: &Store, limits: Limits) -> Result<Vec<Unit>, Error> {
    let rows = rows(store, &Question::parse("units", include_str!("units.rq"))?, &[], limits)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let mut values = row.into_iter();
            let mut next = || values.next().unwrap_or_default();
            let (report, unit, class, region, place, year) = (next(), next(), next(), next(), next(), next());
            let (name, start, text) = (next(), next(), next());
            Unit {
                is_problem: class == crate::vocab::class::PROBLEM.as_str(),
                report,
                unit,
                region,
                place,
                year,
                name,
                start: start.parse().unwrap_or_default(),
                text,
            }
        })
        .collect())
}
