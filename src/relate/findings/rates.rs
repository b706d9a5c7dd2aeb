//! Rates that the counts printed beside them contradict.

use super::Evidence;
use crate::lexicon::RateCues;
use crate::report::{Basis, ChangeBase, ChangeKind, Direction, Figure, Finding, Role, Span, Statement};

const PER_CENT: &str = "%";
/// How many figures before a rate its counts are looked for.
const NEAR: usize = 40;

pub(super) fn mismatches(evidence: &Evidence<'_, '_>) -> Vec<Finding> {
    let of_actions = evidence.statements.iter().filter(|statement| statement.role == Role::Action);
    of_actions.flat_map(|statement| in_statement(evidence, statement)).collect()
}

fn in_statement(evidence: &Evidence<'_, '_>, statement: &Statement) -> Vec<Finding> {
    let cues = &evidence.lexicon.relations.rates;
    let figures = evidence.figures_of(statement);
    let mut found = Vec::new();
    for (at, rate) in figures.iter().enumerate().filter(|(_, figure)| figure.unit == PER_CENT && !figure.approx) {
        let computed = if rate.change.is_some() {
            growth(evidence, statement, figures, at)
        } else {
            let near = at.saturating_sub(NEAR);
            of_counts(evidence, statement, (&figures[near..], at - near), cues)
        };
        if let Some(computed) = computed.filter(|computed| (computed - rate.value).abs() > tolerance(&rate.quote, cues))
        {
            let computed = format!("{computed:.2}%");
            let message = evidence
                .lexicon
                .categories
                .message("rate_mismatch", &[("printed", &rate.quote), ("computed", &computed)]);
            let basis = Basis::rule("findings/rate");
            found.push(Finding { span: rate.span, kind: "rate_mismatch".to_owned(), message, basis });
        }
    }
    found
}

/// A rate in whole per cent is rounded or cut more coarsely than one with decimals.
fn tolerance(quote: &str, cues: &RateCues) -> f64 {
    let decimal = |c: char| c == '.' || c == '\u{FF0E}';
    if quote.contains(decimal) { cues.tolerance_of_decimals } else { cues.tolerance }
}

/// The rate that the counts before it give; nothing where it is not told of which counts it is.
fn of_counts(
    evidence: &Evidence<'_, '_>,
    statement: &Statement,
    (figures, at): (&[Figure], usize),
    cues: &RateCues,
) -> Option<f64> {
    let rate = &figures[at];
    let from = figures[..at].last().map_or(statement.span.start, |before| before.span.end);
    let words = evidence.text.folded_at(Span { start: from, end: rate.span.start });
    if cues.qualified.iter().any(|word| words.contains(word.as_str())) {
        return None;
    }
    let share = cues.portions.iter().any(|word| words.trim_start_matches(ends).starts_with(word.as_str()));
    let kind = cues.kinds.iter().find(|kind| kind.rate.iter().any(|word| rate.indicator.contains(word.as_str())));
    let (part, whole) = if share {
        portion(figures, at)?
    } else if let Some(kind) = kind {
        let part = last_of(&figures[..at], &kind.part)?;
        (part, last_of(&figures[..part], &kind.whole)?)
    } else {
        let deed = deed_of_rate(&rate.indicator, cues)?;
        let part =
            figures[..at].iter().rposition(|figure| figure.unit != PER_CENT && figure.indicator.contains(&deed))?;
        let whole = figures[..part].iter().rposition(|figure| figure.unit == figures[part].unit)?;
        (part, whole)
    };
    let (part, whole) = (&figures[part], &figures[whole]);
    let exact = !part.approx && !whole.approx && part.period == whole.period;
    let fits = part.unit == whole.unit && part.value <= whole.value && whole.value > 0.0;
    (exact && fits).then(|| part.value / whole.value * 100.0)
}

fn ends(c: char) -> bool {
    crate::text::mark::ends_clause(c) || matches!(c, '\u{FF0C}' | '\u{FF08}' | '(' | ' ')
}

/// 其中受理41件,占89.1%: the figure right before and the only greater one in its unit.
fn portion(figures: &[Figure], at: usize) -> Option<(usize, usize)> {
    let part = at.checked_sub(1).filter(|part| figures[*part].unit != PER_CENT)?;
    let greater = |whole: &&usize| {
        let (whole, part) = (&figures[**whole], &figures[part]);
        whole.unit == part.unit && whole.value > part.value && whole.change.is_none()
    };
    let before: Vec<usize> = (part.saturating_sub(NEAR)..part).collect();
    let mut wholes = before.iter().filter(greater);
    let whole = wholes.next()?;
    wholes.next().is_none().then_some((part, *whole))
}

fn last_of(figures: &[Figure], words: &[String]) -> Option<usize> {
    figures.iter().rposition(|figure| {
        figure.unit != PER_CENT
            && figure.change.is_none()
            && words.iter().any(|word| figure.indicator.contains(word.as_str()))
    })
}

/// What is done in a rate of no known kind: 采纳 of 采纳率.
fn deed_of_rate(indicator: &str, cues: &RateCues) -> Option<String> {
    let end = cues.shares.iter().filter_map(|share| indicator.rfind(share.as_str())).max()?;
    let deed: String = indicator[..end].chars().rev().take(2).collect::<Vec<char>>().into_iter().rev().collect();
    (deed.chars().count() == 2).then_some(deed)
}

/// 今年46件,去年40件,同比增长15%: the growth that both counts give.
fn growth(evidence: &Evidence<'_, '_>, statement: &Statement, figures: &[Figure], at: usize) -> Option<f64> {
    let change = figures[at].change.as_ref()?;
    let first = evidence.figures.partition_point(|figure| figure.span.start < statement.span.start);
    let now = figures.get(change.of?.checked_sub(first)?)?;
    let relative = change.kind == ChangeKind::Relative && change.base == ChangeBase::LastYear;
    let cues = &evidence.lexicon.relations.rates;
    let of_last_year = |figure: &&Figure| {
        let words = figure.period.as_ref().map_or("", |period| period.words.as_str());
        figure.unit == now.unit && figure.span != now.span && cues.last_year.iter().any(|word| word == words)
    };
    let mut before = figures[at.saturating_sub(NEAR)..at].iter().filter(of_last_year);
    let then = before.next().filter(|then| relative && !then.approx && !now.approx && then.value > 0.0)?;
    if before.next().is_some() {
        return None;
    }
    let grown = (now.value - then.value) / then.value * 100.0;
    Some(if change.direction == Direction::Fall { -grown } else { grown })
}
