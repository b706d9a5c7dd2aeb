//! Parts that do not add up to their total in one passage.
//!
//! A list of parts may be left unfinished, and categories may overlap. So a list speaks against its total only where it
//! is closed: by a word that sums it up (共计88件), by one that hands the total out (分别为), by parts that exclude each other
//! and exceed it, or by a sum that misses it so narrowly that nothing can have been left out on purpose.

use super::Evidence;
use crate::report::{Basis, Figure, Finding, Role, Span, Statement};
use crate::text::mark;

/// A total of at least this many can be missed by one only in a list that is meant to be whole.
const LARGE: f64 = 20.0;
/// The same for a list of two.
const LARGER: f64 = 50.0;
/// Share of the total by which a list of parts that exclude each other may fall short and still be meant to be whole.
const NARROW: f64 = 0.05;

/// Most figures of a list; a longer one is no list of parts.
const LIST: usize = 40;

/// A figure with the words before it.
struct Summand<'e> {
    figure: &'e Figure,
    /// Words since the mark or figure before.
    own: &'e str,
    /// Words since the figure before.
    between: &'e str,
    /// How many brackets it stands in.
    depth: usize,
}

pub(super) fn mismatches(evidence: &Evidence<'_, '_>) -> Vec<Finding> {
    let of_actions = evidence.statements.iter().filter(|statement| statement.role == Role::Action);
    let mut found: Vec<Finding> = Vec::new();
    for statement in of_actions {
        let summands = summands(evidence, statement);
        let told = summed_up(evidence, &summands).or_else(|| handed_out(evidence, statement, &summands));
        found.extend(told);
    }
    found
}

fn summands<'e>(evidence: &'e Evidence<'_, '_>, statement: &Statement) -> Vec<Summand<'e>> {
    let mut from = statement.span.start;
    let mut depth = 0_usize;
    let mut found = Vec::new();
    for figure in evidence.figures_of(statement) {
        let between = evidence.text.folded_at(Span { start: from.min(figure.span.start), end: figure.span.start });
        for c in between.chars() {
            match c {
                '(' | '\u{FF08}' => depth += 1,
                ')' | '\u{FF09}' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        let own = between.rsplit(ends_part).next().unwrap_or(between);
        found.push(Summand { figure, own, between, depth });
        from = figure.span.end;
    }
    found
}

fn ends_part(c: char) -> bool {
    mark::ends_clause(c)
        || matches!(
            c,
            mark::ENUMERATION_COMMA | '\u{FF0C}' | '\u{FF1A}' | '\u{FF1B}' | '(' | ')' | '\u{FF08}' | '\u{FF09}'
        )
}

/// 保留61件、修改12件、废止15件,共计88件: no run of figures before the sum adds up to it.
fn summed_up(evidence: &Evidence<'_, '_>, summands: &[Summand<'_>]) -> Option<Finding> {
    let cues = &evidence.lexicon.relations.sums;
    for (at, total) in summands.iter().enumerate() {
        if !cues.summing.iter().any(|word| word == total.own.trim()) || total.figure.approx {
            continue;
        }
        let run = summands[..at].iter().rev().take(LIST).take_while(|part| {
            part.figure.unit == total.figure.unit && !part.figure.approx && part.figure.change.is_none()
        });
        let parts: Vec<&Figure> = run.filter(|part| part.depth == total.depth).map(|part| part.figure).collect();
        let sums = parts.iter().scan(0.0, |sum: &mut f64, part| {
            *sum += part.value;
            Some(*sum)
        });
        let sums: Vec<f64> = sums.collect();
        let whole = sums.last().copied().unwrap_or_default();
        if parts.len() >= 2 && !sums.iter().any(|sum| same(*sum, total.figure.value)) {
            let first = parts.last().map_or(total.figure.span.start, |part| part.span.start);
            return Some(finding(
                evidence,
                Span { start: first, end: total.figure.span.end },
                whole,
                total.figure.value,
            ));
        }
    }
    None
}

/// 清理86件,其中保留61件、修改12件、废止15件.
fn handed_out(evidence: &Evidence<'_, '_>, statement: &Statement, summands: &[Summand<'_>]) -> Option<Finding> {
    let cues = &evidence.lexicon.relations.sums;
    for (at, total) in summands.iter().enumerate() {
        if total.figure.approx || total.figure.change.is_some() || total.figure.value < 2.0 {
            continue;
        }
        let Some(first) = summands.get(at + 1) else { break };
        let parts = parts(&summands[at + 1..], total);
        let Some(last) = parts.last().filter(|_| parts.len() >= 2) else { continue };
        let closing = evidence.text.folded_at(Span { start: last.figure.span.end, end: statement.span.end });
        let open = cues.open.iter().any(|word| closing.starts_with(word.as_str()))
            || parts.iter().any(|part| cues.open.iter().any(|word| part.own.trim().ends_with(word.as_str())));
        let told_apart = told_apart(evidence, total, &parts);
        let (parts, last) =
            match told_apart.and_then(|count| Some((&parts[..count], parts.get(count.checked_sub(1)?)?))) {
                Some((apart, last)) => (apart, *last),
                None => (&*parts, *last),
            };
        let sum: f64 = parts.iter().map(|part| part.figure.value).sum();
        if open || same(sum, total.figure.value) {
            continue;
        }
        let opener = |words: &[String]| words.iter().any(|word| first.between.contains(word.as_str()));
        let exclusive = told_apart.is_some();
        let short = total.figure.value - sum;
        let narrow = short > 0.0 && short <= (total.figure.value * NARROW).max(1.0);
        let by_one =
            (short.abs() - 1.0).abs() < 0.5 && total.figure.value >= if parts.len() > 2 { LARGE } else { LARGER };
        let wrong = opener(&cues.each) || (exclusive && (short < 0.0 || narrow)) || (opener(&cues.among) && by_one);
        if wrong {
            let span = Span { start: total.figure.span.start, end: last.figure.span.end };
            return Some(finding(evidence, span, sum, total.figure.value));
        }
    }
    None
}

/// How many figures behind a total are parts that exclude each other; what follows them speaks of something else:
/// 收到61件,受理52件、不予受理9件,审结47件.
fn told_apart(evidence: &Evidence<'_, '_>, total: &Summand<'_>, parts: &[&Summand<'_>]) -> Option<usize> {
    const LEAST: usize = 2;
    let partitions = &evidence.lexicon.relations.sums.partitions;
    let names = |word: &String| total.own.contains(word.as_str()) || total.figure.indicator.contains(word.as_str());
    let of_whole =
        partitions.iter().filter(|partition| partition.whole.is_empty() || partition.whole.iter().any(names));
    let counts = of_whole.map(|partition| parts.iter().take_while(|part| named(part, &partition.parts)).count());
    counts.max().filter(|count| *count >= LEAST)
}

/// The figures behind a total that can be its parts: a run in its unit, in one bracket or in none.
fn parts<'s, 'e>(behind: &'s [Summand<'e>], total: &Summand<'_>) -> Vec<&'s Summand<'e>> {
    let Some(first) = behind.first() else { return Vec::new() };
    let depth = first.depth;
    behind
        .iter()
        .take(LIST)
        .take_while(|part| part.depth >= depth)
        .filter(|part| part.depth == depth)
        .take_while(|part| {
            let figure = part.figure;
            figure.unit == total.figure.unit
                && !figure.approx
                && figure.change.is_none()
                && figure.value <= total.figure.value
                && figure.period == total.figure.period
        })
        .collect()
}

/// Whether a figure counts one of these: its own words say so, or, where they are none of them, its indicator begins so.
fn named(summand: &Summand<'_>, words: &[String]) -> bool {
    words.iter().any(|word| summand.own.contains(word.as_str()) || summand.figure.indicator.starts_with(word.as_str()))
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < 0.005 * 1.0_f64.max(b.abs() * 1e-9)
}

fn finding(evidence: &Evidence<'_, '_>, span: Span, sum: f64, total: f64) -> Finding {
    let (sum, total) = (format!("{sum}"), format!("{total}"));
    let message = evidence.lexicon.categories.message("sum_mismatch", &[("sum", &sum), ("total", &total)]);
    Finding { span, kind: "sum_mismatch".to_owned(), message, basis: Basis::rule("findings/sum") }
}
