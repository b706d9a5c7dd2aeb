//! Parts that do not add up to their total in one passage.
//!
//! A list of parts may be left unfinished, and categories may overlap. So a list speaks against its total only where it
//! is closed: by a word that sums it up (共计88件), by one that hands the total out (分别为), by parts that exclude each other
//! and exceed it, or by a sum that misses it so narrowly that nothing can have been left out on purpose.

use super::Evidence;
use crate::lexicon::Partition;
use crate::report::{Basis, Figure, Finding, Span, Statement};
use crate::text::mark;

/// A total of at least this many can be missed by one only in a list that is meant to be whole.
const LARGE: f64 = 20.0;
/// The same for a list of two.
const LARGER: f64 = 50.0;
/// Share of the total by which a list of parts that exclude each other may fall short and still be meant to be whole.
const NARROW: f64 = 0.05;

/// The same for a list whose last part takes up the rest: a greater difference is more likely a list read wrongly.
const WIDE: f64 = 0.2;

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
    let told = |statement: &Statement| {
        let summands = summands(evidence, statement);
        summed_up(evidence, &summands)
            .or_else(|| carried_over(evidence, &summands))
            .or_else(|| handed_out(evidence, statement, &summands))
    };
    evidence.statements.iter().filter_map(told).collect()
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
        let word = total.own.trim();
        if !cues.summing.have(word) || total.figure.approx {
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
        let earlier = cues.cumulative.have(word) && total.figure.value > whole;
        if parts.len() >= 2 && !earlier && !sums.iter().any(|sum| same(*sum, total.figure.value)) {
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

/// 上年结转5件,新收56件,全年共办理61件.
fn carried_over(evidence: &Evidence<'_, '_>, summands: &[Summand<'_>]) -> Option<Finding> {
    let cues = &evidence.lexicon.relations.sums;
    let is_wrong = |three: &&[Summand<'_>]| {
        let [carried, new, total] = three else { return false };
        let sums_up = cues.totals.open(total.own.trim()) && !cues.finished.stand_in(total.own);
        let told = cues.left_over.stand_in(carried.own) && cues.new.stand_in(new.own) && sums_up;
        let alike = three.iter().all(|one| {
            one.figure.unit == total.figure.unit
                && !one.figure.approx
                && one.figure.change.is_none()
                && one.depth == total.depth
        });
        told && alike && !same(carried.figure.value + new.figure.value, total.figure.value)
    };
    let wrong = summands.windows(3).find(is_wrong)?;
    let span = Span { start: wrong[0].figure.span.start, end: wrong[2].figure.span.end };
    Some(finding(evidence, span, wrong[0].figure.value + wrong[1].figure.value, wrong[2].figure.value))
}

/// 清理86件,其中保留61件、修改12件、废止15件.
fn handed_out(evidence: &Evidence<'_, '_>, statement: &Statement, summands: &[Summand<'_>]) -> Option<Finding> {
    summands.iter().enumerate().find_map(|(at, total)| {
        let figure = total.figure;
        let parts = parts(&summands[at + 1..], total);
        let counts = !figure.approx && figure.change.is_none() && figure.value >= 2.0 && parts.len() >= 2;
        counts.then(|| contradicted(evidence, statement, total, &parts)).flatten()
    })
}

/// How a list of parts is meant.
struct Meant {
    /// The total is said to be handed out to them.
    each: bool,
    /// A word, a colon or a bracket opens the list.
    among: bool,
    /// The last of them takes up what the others leave.
    rest: bool,
}

/// The finding where a total is contradicted by the parts behind it.
fn contradicted(
    evidence: &Evidence<'_, '_>,
    statement: &Statement,
    total: &Summand<'_>,
    parts: &[&Summand<'_>],
) -> Option<Finding> {
    let cues = &evidence.lexicon.relations.sums;
    let (first, last) = (*parts.first()?, *parts.last()?);
    let closing = evidence.text.folded_at(Span { start: last.figure.span.end, end: statement.span.end });
    if cues.open.open(closing) || parts.iter().any(|part| cues.open.end(part.own.trim())) {
        return None;
    }
    let opening = first.between.trim_start_matches(ends_part);
    let meant = Meant {
        each: cues.each.open(opening),
        among: first.depth > total.depth || cues.among.stand_in(first.between),
        rest: cues.rest.open(last.own.trim())
            && closing.chars().next().is_none_or(|c| mark::ends_statement(c) || c == ')'),
    };
    let apart = told_apart(evidence, total, parts, &meant);
    let of_whole = evidence.text.folded_at(statement.span);
    let apart = apart.filter(|apart| !apart.partition.carries || !cues.carried.stand_in(of_whole));
    let parts = apart.as_ref().map_or(parts, |apart| &parts[..apart.count]);
    let sum: f64 = parts.iter().map(|part| part.figure.value).sum();
    let whole = total.figure.value;
    if same(sum, whole) || !is_wrong(&meant, apart.as_ref(), whole - sum, whole, parts.len()) {
        return None;
    }
    let end = parts.last().map_or(last.figure.span.end, |part| part.figure.span.end);
    Some(finding(evidence, Span { start: total.figure.span.start, end }, sum, whole))
}

/// Whether parts that fall short of a total by so much (or exceed it) contradict it.
fn is_wrong(meant: &Meant, apart: Option<&Apart<'_>>, short: f64, total: f64, parts: usize) -> bool {
    let by_one = (short.abs() - 1.0).abs() < 0.5 && total >= if parts > 2 { LARGE } else { LARGER };
    let narrow = short > 0.0 && short <= (total * NARROW).max(1.0);
    let exclusive = apart.is_some_and(|apart| short < 0.0 || apart.closed && narrow || by_one);
    let rest = meant.rest && (meant.among || apart.is_some()) && short.abs() <= total * WIDE;
    meant.each || exclusive || rest || meant.among && by_one
}

/// Figures behind a total that are parts which exclude each other.
struct Apart<'p> {
    partition: &'p Partition,
    count: usize,
    /// Whether they are meant to be all the parts.
    closed: bool,
}

/// How many figures behind a total are parts that exclude each other; what follows them speaks of something else:
/// 收到61件,受理52件、不予受理9件,审结47件.
fn told_apart<'p>(
    evidence: &Evidence<'_, 'p>,
    total: &Summand<'_>,
    parts: &[&Summand<'_>],
    meant: &Meant,
) -> Option<Apart<'p>> {
    const LEAST: usize = 2;
    let opened = meant.among || meant.each;
    let of_whole = |partition: &&Partition| {
        let names =
            || evidence.say(total.own, &partition.whole) || evidence.say(&total.figure.indicator, &partition.whole);
        // Of anything whatever: only where the parts are opened as such, or are told by these words alone.
        let bare = || parts.iter().take(LEAST).all(|part| partition.parts.iter().any(|word| word == part.own.trim()));
        if partition.whole.is_empty() {
            return opened || bare();
        }
        // A part is the whole of others only where they are opened as its parts.
        names() && (opened || !counts(evidence, total, &partition.parts))
    };
    let partitions = evidence.lexicon.relations.sums.partitions.iter().filter(of_whole);
    let told = partitions.map(|partition| {
        let count = parts.iter().take_while(|part| named(part, &partition.parts)).count();
        let has = |group: &Vec<String>| parts[..count].iter().any(|part| counts(evidence, part, group));
        let closed = !partition.closed_by.is_empty() && partition.closed_by.iter().all(has);
        Apart { partition, count, closed }
    });
    let is_told = |apart: &Apart<'_>| {
        let first = apart.partition.closed_by.first();
        let once = || {
            first.is_some_and(|first| {
                parts[..apart.count].iter().filter(|part| counts(evidence, part, first)).count() == 1
            })
        };
        apart.count >= LEAST && (!apart.partition.carries || apart.closed && once())
    };
    told.filter(is_told).max_by_key(|apart| (apart.count, apart.closed))
}

/// Whether a figure counts one of these and not its contrary.
fn counts(evidence: &Evidence<'_, '_>, summand: &Summand<'_>, words: &[String]) -> bool {
    let own = summand.own.trim();
    evidence.say(own, words) || own.is_empty() && evidence.say(&summand.figure.indicator, words)
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
