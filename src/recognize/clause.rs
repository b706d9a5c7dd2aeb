//! How the clauses of a statement hold its figures.
//!
//! A clause ends at a comma, a colon or a bracket; brackets are clauses of their own. Within a clause the figures of a
//! list (聘请顾问12名、专家3名) are members, each with the words before and behind its figures.

use crate::text::mark;
use std::ops::Range;

/// How far from a figure, in characters, words may say what it counts.
const FAR: usize = 240;

/// A clause with its figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Bytes of the clause in the text.
    pub range: Range<usize>,
    /// The figures that its members hold, by their place in the statement.
    pub members: Vec<Member>,
    /// The last figure before the bracket that the clause stands in.
    pub inside: Option<usize>,
    /// Its words without titles, brackets and figures.
    pub words: String,
}

/// A part of a clause: words, figures with the words between them, words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Member {
    /// Words before its first figure.
    pub lead: String,
    /// Its figures, by their place in the statement.
    pub figures: Vec<usize>,
    /// Words behind each of its figures.
    pub behind: Vec<String>,
    /// Whether it follows another member of its clause.
    pub joined: bool,
}

/// The clauses of a statement, in order; those in brackets behind the clause that holds the bracket.
#[must_use]
pub fn clauses(text: &str, statement: &Range<usize>, figures: &[Range<usize>], joins: &[String]) -> Vec<Clause> {
    let mut ranges = Vec::new();
    split(text, statement.clone(), figures, None, &mut ranges);
    let mut found = Vec::with_capacity(ranges.len());
    for (range, inside, brackets) in ranges {
        let first = figures.partition_point(|figure| figure.start < range.start);
        let end = figures.partition_point(|figure| figure.start < range.end);
        let own: Vec<usize> =
            (first..end.max(first)).filter(|at| holder(&brackets, figures[*at].start).is_none()).collect();
        let mut gaps: Vec<String> = Vec::with_capacity(own.len() + 1);
        let mut at = range.start;
        for figure in &own {
            gaps.push(words(text, at..figures[*figure].start.max(at), &brackets));
            at = figures[*figure].end.max(at);
        }
        gaps.push(words(text, at..range.end.max(at), &brackets));
        let words = end_of(&gaps.concat()).to_owned();
        found.push(Clause { range, words, members: members(&own, gaps, joins), inside });
    }
    found
}

type Part = (Range<usize>, Option<usize>, Vec<Range<usize>>);

/// Splits a range into clauses; what stands in quotations and titles is stepped over, brackets are split on their own.
fn split(text: &str, range: Range<usize>, figures: &[Range<usize>], inside: Option<usize>, found: &mut Vec<Part>) {
    let mut start = range.start;
    let mut brackets: Vec<Range<usize>> = Vec::new();
    let mut opened: Option<usize> = None;
    let (mut depth, mut quoted) = (0_usize, 0_usize);
    let mut closed = |end: usize, start: usize, brackets: &mut Vec<Range<usize>>| {
        let own = std::mem::take(brackets);
        if !text[start..end].trim().is_empty() {
            found.push((start..end, inside, own.clone()));
        }
        // Brackets do not nest in what is split: an inner one is part of the outer one's clause.
        for bracket in own.iter().filter(|bracket| inside.is_none() && holds(figures, bracket)) {
            let outer = figures.partition_point(|figure| figure.end <= bracket.start).checked_sub(1);
            let content = bracket.start + 1..bracket.end.saturating_sub(1).max(bracket.start + 1);
            split(text, content, figures, Some(outer.unwrap_or(usize::MAX)), found);
        }
    };
    for (at, c) in text[range.clone()].char_indices().map(|(at, c)| (range.start + at, c)) {
        match c {
            '(' => {
                depth += 1;
                opened.get_or_insert(at);
            }
            ')' if depth > 0 => {
                depth -= 1;
                if depth == 0
                    && let Some(from) = opened.take()
                {
                    brackets.push(from..at + 1);
                }
            }
            mark::TITLE_OPEN | mark::QUOTE_OPEN => quoted += 1,
            mark::TITLE_CLOSE | mark::QUOTE_CLOSE => quoted = quoted.saturating_sub(1),
            c if depth == 0 && quoted == 0 && mark::ends_clause(c) && holder(figures, at).is_none() => {
                closed(at, start, &mut brackets);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    closed(range.end, start, &mut brackets);
}

fn holds(figures: &[Range<usize>], bracket: &Range<usize>) -> bool {
    let first = figures.partition_point(|figure| figure.start <= bracket.start);
    figures.get(first).is_some_and(|figure| figure.end < bracket.end)
}

/// The one of some sorted ranges that holds a place.
fn holder(ranges: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
    ranges.get(ranges.partition_point(|range| range.end <= at)).filter(|range| range.contains(&at))
}

/// The end of the words before a figure, as far as they can say what it counts.
fn end_of(words: &str) -> &str {
    words.char_indices().rev().nth(FAR).map_or(words, |(at, _)| &words[at..])
}

/// The beginning of the words behind one.
fn beginning_of(words: &str) -> &str {
    words.char_indices().nth(FAR).map_or(words, |(at, _)| &words[..at])
}

/// The words of a range without titles and without brackets, short names of places in brackets kept: 乡镇(街道).
fn words(text: &str, range: Range<usize>, brackets: &[Range<usize>]) -> String {
    const PLACE: usize = 4;
    let mut titled = 0_usize;
    let mut words = String::new();
    for (at, c) in text[range.clone()].char_indices().map(|(at, c)| (range.start + at, c)) {
        let bracket = holder(brackets, at);
        let short = |bracket: &Range<usize>| {
            let content = &text[bracket.start + 1..bracket.end - 1];
            content.chars().count() < PLACE && content.chars().all(crate::text::is_han)
        };
        match c {
            mark::TITLE_OPEN => titled += 1,
            mark::TITLE_CLOSE => titled = titled.saturating_sub(1),
            _ if titled > 0 || bracket.is_some_and(|bracket| bracket.start == range.start || !short(bracket)) => {}
            c => words.push(c),
        }
    }
    words.trim().to_owned()
}

/// Groups the figures of a clause into the members of its list. `gaps` are the words around them, one more than figures.
fn members(figures: &[usize], gaps: Vec<String>, joins: &[String]) -> Vec<Member> {
    let mut found: Vec<Member> = Vec::new();
    let mut gaps = gaps.into_iter();
    let mut lead = gaps.next().unwrap_or_default();
    let mut joined = false;
    let mut current = Member::default();
    for (figure, gap) in figures.iter().zip(gaps) {
        if current.figures.is_empty() {
            end_of(&lead).clone_into(&mut current.lead);
            lead.clear();
            current.joined = joined;
        }
        current.figures.push(*figure);
        let last = figures.last() == Some(figure);
        let passes = (!last).then(|| joint(&gap, joins)).flatten();
        if let Some((end, start)) = passes {
            current.behind.push(beginning_of(gap[..end].trim()).to_owned());
            gap[start..].trim().clone_into(&mut lead);
            found.push(std::mem::take(&mut current));
            joined = true;
        } else {
            current.behind.push(beginning_of(&gap).to_owned());
        }
    }
    if !current.figures.is_empty() {
        found.push(current);
    }
    found
}

/// Where the words between two figures pass from one member of a list to the next: end of the first, start of the next.
fn joint(gap: &str, joins: &[String]) -> Option<(usize, usize)> {
    if let Some(at) = gap.find(mark::ENUMERATION_COMMA) {
        return Some((at, at + mark::ENUMERATION_COMMA.len_utf8()));
    }
    joins.iter().find_map(|word| {
        let at = gap.find(word.as_str())?;
        // 和 within a word (和解) joins nothing: the word stands right behind the figure or at the end.
        (at == 0 || at + word.len() == gap.len()).then_some((at, at + word.len()))
    })
}
