//! What do two reports share? All their passages that are alike, whoever they are of, without looking at any other report.

use oxigraph::store::Store;

use super::Error;
use super::alike::Collection;
use super::compare::{relation, told};
use super::pair::{Pair, Relation, Side, Sign};
use super::reading::Reading;
use super::reports::{Report, Reports};
use super::{problems, years};
use crate::lexicon::Lexicon;
use crate::query::Limits;

/// Two reports laid beside each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Two {
    /// The reports in the order in which they were named.
    pub reports: [Compared; 2],
    /// How those who report are related.
    pub relation: Relation,
    /// The passages that are alike, in the order of the first report's text. Between two years of one place they are unchanged
    /// statements, statements with other numbers and repeated problems, and then what else is alike, with the sign of a copy.
    pub pairs: Vec<Pair>,
    /// How much the later report took over, where both are of one place.
    pub reused: Option<years::YearOnYear>,
}

/// A report as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// Its IRI.
    pub iri: String,
    /// Name of the place that reports; empty where none is known.
    pub place: String,
    /// The year reported on; empty where none is known.
    pub year: String,
    /// Its text.
    pub text: String,
}

/// The passages that the reports with these IRIs share; `None` where the store lacks one of them, or both are the same.
///
/// What everybody may say is told by the formulas of the state and by registered titles alone: how many other places say a
/// passage, only [`super::compare`] can tell.
///
/// # Errors
/// Where the store cannot be asked.
pub fn two(store: &Store, first: &str, second: &str, limits: Limits) -> Result<Option<Two>, Error> {
    let mut all = Reports::some(store, &[first, second], limits)?;
    all.reports.sort_by_key(|report| report.iri != first);
    let [one, other] = all.reports.as_slice() else { return Ok(None) };
    let lexicon = Lexicon::shared()?;
    let relation = relation(one, other, &all.places);
    let (mut pairs, mut reused) = (Vec::new(), None);
    if relation == Relation::SamePlace && one.year != other.year && !one.year.is_empty() && !other.year.is_empty() {
        let (earlier, later) = if one.year < other.year { (one, other) } else { (other, one) };
        let (earlier, later) = (Reading::new(earlier, lexicon), Reading::new(later, lexicon));
        pairs = years::pairs(&earlier, &later, lexicon);
        pairs.extend(problems::pairs(&earlier, &later, lexicon));
        reused = Some(years::year_on_year(&earlier, &later, lexicon));
    }
    let collection = Collection::new(&all.sources(), lexicon)?;
    for found in collection.compare(&[(0, 1)]) {
        pairs.extend(told(found, &all, lexicon, true).filter(|pair| is_new(pair, &pairs)));
    }
    let place = |pair: &Pair| (side(pair, first).start, side(pair, first).end);
    // Between two years of one place statements come first: the passages around them repeat most of them.
    pairs.sort_by_key(|pair| (reused.is_some() && pair.sign == Sign::CopiedPassage, place(pair), pair.sign));
    let reports = [compared(one), compared(other)];
    Ok(Some(Two { reports, relation, pairs, reused }))
}

/// The side of a pair that is of the report with this IRI.
fn side<'a>(pair: &'a Pair, report: &str) -> &'a Side {
    if pair.earlier.report == report { &pair.earlier } else { &pair.later }
}

/// Whether most of a pair's later passage is in none of the pairs that are known.
fn is_new(pair: &Pair, known: &[Pair]) -> bool {
    let (start, end) = (pair.later.start, pair.later.end);
    let both = known.iter().filter(|known| known.later.report == pair.later.report);
    let covered: usize = both.map(|known| known.later.end.min(end).saturating_sub(known.later.start.max(start))).sum();
    covered * 2 < end - start
}

fn compared(report: &Report) -> Compared {
    Compared {
        iri: report.iri.clone(),
        place: report.place.clone(),
        year: report.year.clone(),
        text: report.text.clone(),
    }
}
