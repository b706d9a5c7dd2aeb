//! How are two reports laid beside each other? Their shared passages as pairs, cut into what is the same and what is not, and
//! both texts with the passages marked.

use serde::Serialize;

use crate::audit::{Compared, Pair, Relation, SegmentKind, Side, Sign, Two, YearOnYear};
use crate::report::Span;
use crate::serve::explorer::cut::{Characters, cut, paragraphs};
use crate::serve::explorer::link;

/// Pairs that are shown side by side; those beyond are marked in the texts.
const MOST: usize = 120;

/// Two reports as the page shows them.
#[derive(Serialize)]
pub(super) struct Passages {
    relation: Relation,
    columns: [Column; 2],
    pairs: Vec<Shown>,
    /// All pairs, those that are not shown included.
    total: usize,
    reused: Option<Reused>,
}

/// A report with its passages marked.
#[derive(Serialize)]
struct Column {
    /// `a` or `b`.
    name: &'static str,
    title: String,
    href: String,
    /// Of its characters, in per cent, what stands in passages that both have.
    share: usize,
    lines: Vec<Vec<Stretch>>,
}

/// A piece of a text.
#[derive(Serialize)]
struct Stretch {
    text: String,
    /// Number of the pair whose passage it belongs to; 0 of none.
    pair: usize,
    /// Whether the passage begins here.
    first: bool,
}

/// A pair of passages.
#[derive(Serialize)]
struct Shown {
    number: usize,
    /// `copied`, `reworded`, `unchanged`, `numbers` or `problem`.
    sign: &'static str,
    /// In per cent.
    similarity: usize,
    sides: [Half; 2],
    /// Names of the one's place that stand in the other's passage.
    left_names: Vec<String>,
}

/// One side of a pair.
#[derive(Serialize)]
struct Half {
    place: String,
    year: String,
    href: String,
    start: usize,
    end: usize,
    pieces: Vec<Piece>,
}

/// A piece of a passage.
#[derive(Serialize)]
struct Piece {
    /// `same`, `name`, `number`, `words`, `own`, `left` (another place's name) or nothing.
    kind: &'static str,
    text: String,
}

/// How much the later report took over, in per cent.
#[derive(Serialize)]
struct Reused {
    earlier: String,
    later: String,
    unchanged: usize,
    numbers: usize,
    reworded: usize,
    new: usize,
}

impl Passages {
    pub(super) fn new(two: &Two, base: &str) -> Self {
        let [first, second] = &two.reports;
        let texts = [Characters::new(&first.text), Characters::new(&second.text)];
        let shown = two.pairs.iter().take(MOST).enumerate().map(|(at, pair)| shown(at + 1, pair, two, &texts, base));
        Self {
            relation: two.relation,
            columns: [
                column("a", first, &two.pairs, &texts[0], base),
                column("b", second, &two.pairs, &texts[1], base),
            ],
            pairs: shown.collect(),
            total: two.pairs.len(),
            reused: two.reused.as_ref().map(reused),
        }
    }
}

/// The side of a pair that stands in this report.
fn of<'a>(pair: &'a Pair, report: &Compared) -> &'a Side {
    if pair.earlier.report == report.iri { &pair.earlier } else { &pair.later }
}

fn shown(number: usize, pair: &Pair, two: &Two, texts: &[Characters<'_>; 2], base: &str) -> Shown {
    let half = |at: usize| {
        let report = &two.reports[at];
        let side = of(pair, report);
        let is_later = pair.earlier.report != report.iri;
        let (start, end) = (side.start.to_string(), side.end.to_string());
        let passage = [("from", start.as_str()), ("to", end.as_str())];
        Half {
            place: side.place.clone(),
            year: side.year.clone(),
            href: link::with_parameters(&link::to(base, &report.iri), passage) + "#passage",
            start: side.start,
            end: side.end,
            pieces: pieces(pair, side, is_later, texts, at),
        }
    };
    let sign = match (pair.sign, two.relation) {
        (Sign::CopiedPassage, Relation::SamePlace) => "reworded",
        (Sign::CopiedPassage, _) => "copied",
        (Sign::UnchangedPassage, _) => "unchanged",
        (Sign::OnlyNumbersChanged, _) => "numbers",
        (Sign::RepeatedProblem, _) => "problem",
    };
    let mut left_names: Vec<String> = pair.left_names.iter().map(|left| left.name.clone()).collect();
    left_names.dedup();
    Shown { number, sign, similarity: percent(pair.similarity), sides: [half(0), half(1)], left_names }
}

/// The passage of one side, cut at the segments of the pair and at names that were left in it. `at` is the side's number.
fn pieces(pair: &Pair, side: &Side, is_later: bool, texts: &[Characters<'_>; 2], at: usize) -> Vec<Piece> {
    let (mine, theirs) = (&texts[at], &texts[1 - at]);
    let segments = pair.segments.iter().filter_map(|segment| {
        let (here, there) = if is_later { (segment.later, segment.earlier) } else { (segment.earlier, segment.later) };
        // Numbers, names and headings are not compared, but where they are the same nothing differs.
        let is_same = there.is_some_and(|there| here.is_some_and(|here| mine.slice(here) == theirs.slice(there)));
        let kind = match segment.kind {
            _ if is_same => "same",
            SegmentKind::Shared => "same",
            SegmentKind::Name => "name",
            SegmentKind::Number => "number",
            SegmentKind::Words => "words",
            SegmentKind::Own => "own",
        };
        Some((here?, kind))
    });
    let (spans, kinds): (Vec<Span>, Vec<&'static str>) = segments.unzip();
    let left: Vec<Span> =
        pair.left_names.iter().filter(|left| left.in_later == is_later).map(|left| left.span).collect();
    let whole = Span { start: side.start, end: side.end };
    let mut pieces: Vec<Piece> = Vec::new();
    for piece in cut(whole, &[&spans, &left]) {
        let is_left = piece.marks[1].is_some();
        let kind = if is_left { "left" } else { piece.marks[0].and_then(|at| kinds.get(at).copied()).unwrap_or("") };
        let follows_break = pieces.last().is_none_or(|last| last.text.ends_with('\n'));
        let text = without_blank_lines(mine.slice(piece.span), follows_break);
        if !text.is_empty() {
            pieces.push(Piece { kind, text });
        }
    }
    pieces
}

/// A text whose lines follow each other; one that follows a line break begins with none.
fn without_blank_lines(text: &str, follows_break: bool) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut at_start = follows_break;
    for c in text.chars() {
        if c != '\n' || !at_start {
            kept.push(c);
        }
        at_start = c == '\n' || (at_start && c.is_whitespace());
    }
    kept
}

fn column(name: &'static str, report: &Compared, pairs: &[Pair], text: &Characters<'_>, base: &str) -> Column {
    let spans: Vec<Span> =
        pairs.iter().map(|pair| of(pair, report)).map(|side| Span { start: side.start, end: side.end }).collect();
    let mut met = vec![false; spans.len()];
    let (mut inside, mut all) = (0, 0);
    let mut lines = Vec::new();
    for line in paragraphs(&report.text) {
        let mut stretches: Vec<Stretch> = Vec::new();
        for piece in cut(line, &[&spans]) {
            let pair = piece.marks[0];
            let length = piece.span.end - piece.span.start;
            all += length;
            inside += if pair.is_some() { length } else { 0 };
            let first = pair.is_some_and(|pair| !std::mem::replace(&mut met[pair], true));
            let number = pair.map_or(0, |pair| pair + 1);
            let words = text.slice(piece.span);
            match stretches.last_mut() {
                Some(last) if last.pair == number && !first => last.text.push_str(words),
                _ => stretches.push(Stretch { text: words.to_owned(), pair: number, first }),
            }
        }
        lines.push(stretches);
    }
    let name_of = format!("{} {}", report.place, report.year);
    let title = if report.place.is_empty() { link::local(&report.iri).to_owned() } else { name_of };
    Column {
        name,
        title,
        href: link::to(base, &report.iri),
        share: (inside * 100).checked_div(all).unwrap_or_default(),
        lines,
    }
}

fn reused(years: &YearOnYear) -> Reused {
    Reused {
        earlier: years.earlier_year.clone(),
        later: years.later_year.clone(),
        unchanged: percent(years.unchanged),
        numbers: percent(years.only_numbers),
        reworded: percent(years.reworded),
        new: percent(years.new),
    }
}

/// A share from 0 to 1 in whole hundredths.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a percentage before")]
fn percent(share: f64) -> usize {
    (share.clamp(0.0, 1.0) * 100.0).round() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_follow_each_other() {
        assert_eq!(without_blank_lines("a\n\n \nb\n", false), "a\n b\n");
        assert_eq!(without_blank_lines("\n\na", true), "a");
        assert_eq!(without_blank_lines("\na", false), "\na");
    }

    #[test]
    fn shares_are_whole_hundredths() {
        assert_eq!([percent(0.0), percent(0.996), percent(7.0), percent(f64::NAN)], [0, 100, 100, 0]);
    }
}
