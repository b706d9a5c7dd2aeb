//! Rates that the counts printed beside them contradict.

use super::Evidence;
use crate::lexicon::RateCues;
use crate::report::{Basis, Change, ChangeBase, ChangeKind, Direction, Figure, Finding, Span, Statement};
use crate::text::is_han;

const PER_CENT: &str = "%";
/// How many figures before a rate its counts are looked for.
const NEAR: usize = 40;
/// 的, between a year and its number.
const OF: char = '\u{7684}';
/// 为 and 是, between a year and its number.
const IS: [char; 2] = ['\u{4E3A}', '\u{662F}'];
/// Characters of the word for what is done: 采纳 of 采纳率.
const DEED: usize = 2;

pub(super) fn mismatches(evidence: &Evidence<'_, '_>) -> Vec<Finding> {
    evidence.statements.iter().flat_map(|statement| in_statement(evidence, statement)).collect()
}

fn in_statement(evidence: &Evidence<'_, '_>, statement: &Statement) -> Vec<Finding> {
    let cues = &evidence.lexicon.relations.rates;
    let figures = evidence.figures_of(statement);
    let mut found = Vec::new();
    for (at, rate) in figures.iter().enumerate().filter(|(_, figure)| figure.unit == PER_CENT && !figure.approx) {
        let tolerance = tolerance(&rate.quote, cues);
        let computed = if rate.change.is_some() {
            growth(evidence, statement, figures, at)
        } else {
            let near = at.saturating_sub(NEAR);
            let counts = || of_counts(evidence, statement, (&figures[near..], at - near), cues);
            let fallen = || fallen(evidence, statement, figures, at);
            let corrected = || corrected(evidence, &figures[near..at], rate, tolerance);
            compared(evidence, figures, at).or_else(fallen).or_else(counts).or_else(corrected)
        };
        if let Some(computed) = computed.filter(|computed| (computed - rate.value).abs() > tolerance) {
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
    let words = words.trim_start_matches(ends);
    let share = cues.portions.iter().any(|word| words.starts_with(word.as_str()));
    let kind = cues.kinds.iter().find(|kind| evidence.say(&rate.indicator, &kind.rate));
    let (part, whole) = if share {
        portion(evidence, figures, at, words)?
    } else if let Some(kind) = kind {
        let part = last_of(evidence, &figures[..at], &kind.part)?;
        (part, last_of(evidence, &figures[..part], &kind.whole)?)
    } else {
        of_deed(evidence, statement, figures, at)?
    };
    let (part, whole) = (&figures[part], &figures[whole]);
    let exact = !part.approx && !whole.approx && part.period == whole.period;
    let fits = part.unit == whole.unit && part.value <= whole.value && whole.value > 0.0;
    (exact && fits).then(|| part.value / whole.value * 100.0)
}

fn ends(c: char) -> bool {
    crate::text::mark::ends_clause(c) || matches!(c, '\u{FF0C}' | '\u{FF08}' | '(' | ' ')
}

/// 其中受理41件,占89.1%: the figure right before and the only greater one in its unit, or of several the only one that the
/// words of the share name (占审结案件的62%).
fn portion(evidence: &Evidence<'_, '_>, figures: &[Figure], at: usize, words: &str) -> Option<(usize, usize)> {
    let part = at.checked_sub(1).filter(|part| figures[*part].unit != PER_CENT)?;
    let greater = |whole: &usize| {
        let (whole, part) = (&figures[*whole], &figures[part]);
        whole.unit == part.unit && whole.value > part.value && whole.change.is_none()
    };
    let wholes: Vec<usize> = (part.saturating_sub(NEAR)..part).filter(greater).collect();
    let shares = &evidence.lexicon.relations.rates.portions;
    let named = shares.iter().filter_map(|share| words.strip_prefix(share.as_str())).min_by_key(|rest| rest.len());
    let named =
        named.and_then(|rest| rest.get(..rest.char_indices().nth(DEED)?.0)).filter(|word| word.chars().all(is_han));
    let of_name = |whole: &&usize| named.is_some_and(|word| figures[**whole].indicator.contains(word));
    match wholes.as_slice() {
        [whole] => Some((part, *whole)),
        wholes => {
            let mut named = wholes.iter().filter(of_name);
            let whole = named.next()?;
            named.next().is_none().then_some((part, *whole))
        }
    }
}

fn last_of(evidence: &Evidence<'_, '_>, figures: &[Figure], words: &[String]) -> Option<usize> {
    figures.iter().rposition(|figure| {
        figure.unit != PER_CENT && figure.change.is_none() && evidence.say(&figure.indicator, words)
    })
}

/// Part and whole of a rate of no known kind (采纳率): the last figure whose own clause has what is done, and the one before it,
/// whose clause has it not. Where that was done to the whole (审查21件,其中涉企10件,审查率100%), the rate is of other counts.
fn of_deed(
    evidence: &Evidence<'_, '_>,
    statement: &Statement,
    figures: &[Figure],
    at: usize,
) -> Option<(usize, usize)> {
    let deed = deed_of_rate(&figures[at].indicator, &evidence.lexicon.relations.rates)?;
    let own_clause = |at: usize| {
        let from = at.checked_sub(1).map_or(statement.span.start, |before| figures[before].span.end);
        let words =
            evidence.text.folded_at(Span { start: from.min(figures[at].span.start), end: figures[at].span.start });
        words.rsplit(ends).next().unwrap_or(words)
    };
    let part = (0..at).rev().find(|part| figures[*part].unit != PER_CENT && own_clause(*part).contains(&deed))?;
    let whole = (0..part).rev().find(|whole| figures[*whole].unit == figures[part].unit)?;
    (!figures[whole].indicator.contains(&deed)).then_some((part, whole))
}

/// What is done in a rate of no known kind: 采纳 of 采纳率.
fn deed_of_rate(indicator: &str, cues: &RateCues) -> Option<String> {
    let end = cues.shares.iter().filter_map(|share| indicator.rfind(share.as_str())).max()?;
    let deed: String = indicator[..end].chars().rev().take(DEED).collect::<Vec<char>>().into_iter().rev().collect();
    (deed.chars().count() == DEED).then_some(deed)
}

/// The growth that counts give: 今年46件,去年40件,同比增长15%, or 今年46件,同比增加6件,增长15%.
fn growth(evidence: &Evidence<'_, '_>, statement: &Statement, figures: &[Figure], at: usize) -> Option<f64> {
    let change = figures[at].change.as_ref()?;
    let first = evidence.figures.partition_point(|figure| figure.span.start < statement.span.start);
    let now = figures.get(change.of?.checked_sub(first)?)?;
    if change.kind != ChangeKind::Relative || now.approx {
        return None;
    }
    let near = &figures[at.saturating_sub(NEAR)..at];
    let since_last_year = change.base == ChangeBase::LastYear;
    let then = by_difference(now, change, near)
        .or_else(|| of_last_year(evidence, now, near).filter(|_| since_last_year))
        .or_else(|| in_brackets(evidence, now, figures, at))?;
    let grown = (now.value - then) / then * 100.0;
    (then > 0.0).then_some(if change.direction == Direction::Fall { -grown } else { grown })
}

/// 今年46件,比去年的40件增长15%: the growth from the figure right before the rate to the one before that.
fn compared(evidence: &Evidence<'_, '_>, figures: &[Figure], at: usize) -> Option<f64> {
    let cues = &evidence.lexicon.relations.rates;
    let (then, now) = (figures.get(at.checked_sub(1)?)?, figures.get(at.checked_sub(2)?)?);
    let between =
        |from: &Figure, to: &Figure| evidence.text.folded_at(Span { start: from.span.end, end: to.span.start });
    let told = between(then, &figures[at]).trim_matches(ends);
    let told = cues.beside.longest_opening(told).map_or(told, |word| &told[word.len()..]);
    let falls = cues.falls.iter().any(|word| word == told);
    let dated = between(now, then).trim_end_matches(OF);
    let of_last_year = cues.last_year.iter().any(|word| dated.ends_with(word.as_str()));
    let exact = !then.approx && !now.approx && now.unit == then.unit && now.change.is_none() && then.value > 0.0;
    let grown = (now.value - then.value) / then.value * 100.0;
    let is_told = of_last_year && (falls || cues.rises.iter().any(|word| word == told));
    (exact && is_told).then_some(if falls { -grown } else { grown })
}

/// 审结25件,其中维持18件、撤销4件、和解3件,纠错率16%: the rate of what was corrected, where the results are all; where results by
/// agreement bear the printed rate out, that.
fn corrected(evidence: &Evidence<'_, '_>, before: &[Figure], rate: &Figure, tolerance: f64) -> Option<f64> {
    let cues = &evidence.lexicon.relations.rates;
    if !evidence.say(&rate.indicator, &cues.correction) || evidence.say(&rate.indicator, &cues.qualified) {
        return None;
    }
    let of_unit = |figure: &&Figure| figure.unit != PER_CENT && figure.change.is_none();
    let is_whole = |whole: &usize| {
        let parts = before[whole + 1..].iter().filter(of_unit);
        parts.map(|part| part.value).sum::<f64>().to_bits() == before[*whole].value.to_bits()
    };
    let whole = (0..before.len()).find(is_whole).filter(|whole| before[*whole].value > 0.0)?;
    let parts = || before[whole + 1..].iter().filter(of_unit);
    if before[whole].approx || parts().any(|part| part.approx || part.unit != before[whole].unit) {
        return None;
    }
    let share = |words: &[&[String]]| {
        let counted = parts().filter(|part| words.iter().any(|words| evidence.say(&part.indicator, words)));
        counted.map(|part| part.value).sum::<f64>() / before[whole].value * 100.0
    };
    let (narrow, wide) = (share(&[&cues.corrected]), share(&[&cues.corrected, &cues.agreed]));
    Some(if (wide - rate.value).abs() <= tolerance { wide } else { narrow })
}

/// 从20天压缩至5天,压缩率75%: the fall from one amount to the next.
fn fallen(evidence: &Evidence<'_, '_>, statement: &Statement, figures: &[Figure], at: usize) -> Option<f64> {
    let cues = &evidence.lexicon.relations.rates;
    let (then, now) = (figures.get(at.checked_sub(2)?)?, figures.get(at.checked_sub(1)?)?);
    let words = |start: usize, end: usize| evidence.text.folded_at(Span { start: start.min(end), end });
    let start = at.checked_sub(3).map_or(statement.span.start, |before| figures[before].span.end);
    let lead = words(start, then.span.start).rsplit(ends).next().unwrap_or_default();
    let told = words(now.span.end, figures[at].span.start);
    let goes_down = cues.from.stand_in(lead) && cues.down_to.end(words(then.span.end, now.span.start).trim());
    let is_rate = cues.went_down.have(told.trim_matches(ends));
    let exact = !then.approx && !now.approx && now.unit == then.unit && now.value < then.value;
    (goes_down && is_rate && exact).then(|| (then.value - now.value) / then.value * 100.0)
}

/// What a number was before it changed by another: of the figure right before the rate that is its change.
fn by_difference(now: &Figure, relative: &Change, near: &[Figure]) -> Option<f64> {
    let by = near.last().filter(|by| by.unit == now.unit && !by.approx)?;
    let change = by.change.as_ref().filter(|change| change.kind == ChangeKind::Absolute && change.of == relative.of)?;
    // 同比 is said of one of the two, or of both.
    let bases = [change.base, relative.base];
    let since_last_year = bases.contains(&ChangeBase::LastYear) && !bases.contains(&ChangeBase::Previous);
    (change.direction == relative.direction && since_last_year).then_some(if change.direction == Direction::Fall {
        now.value + by.value
    } else {
        now.value - by.value
    })
}

/// Last year's number in the brackets behind a rate: 同比增长15%(上年为40件).
fn in_brackets(evidence: &Evidence<'_, '_>, now: &Figure, figures: &[Figure], at: usize) -> Option<f64> {
    let then = figures.get(at + 1).filter(|then| then.unit == now.unit && !then.approx && then.change.is_none())?;
    let between = evidence.text.folded_at(Span { start: figures[at].span.end, end: then.span.start });
    let words = between.strip_prefix(['(', '\u{FF08}'])?.trim_end_matches(IS);
    evidence.lexicon.relations.rates.last_year.iter().any(|word| word == words).then_some(then.value)
}

/// The only figure before a rate that the text dates to the year before.
fn of_last_year(evidence: &Evidence<'_, '_>, now: &Figure, near: &[Figure]) -> Option<f64> {
    let cues = &evidence.lexicon.relations.rates;
    let year = evidence.reporter.year.map(|year| year.saturating_sub(1));
    let whole_year = year.map(|year| (format!("{year}-01-01"), format!("{year}-12-31")));
    let of_last_year = |figure: &&Figure| {
        let Some(period) = &figure.period else { return false };
        let whole = period.from.clone().zip(period.to.clone());
        let dated = cues.last_year.contains(&period.words) || whole.is_some() && whole == whole_year;
        figure.unit == now.unit && figure.span != now.span && dated
    };
    let mut before = near.iter().filter(of_last_year);
    let then = before.next().filter(|then| !then.approx)?;
    before.next().is_none().then_some(then.value)
}
