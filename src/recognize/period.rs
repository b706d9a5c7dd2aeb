//! Of which time does a figure speak?
//!
//! The nearest words of time before it in its statement tell it: 上半年, 近五年, 2019年以来, 截至11月底. Where there are none, or where they
//! name the year reported on, it speaks of that year and nothing is noted.

use super::overlaps_any;
use crate::lexicon::{PeriodCues, PeriodForm, PeriodKind};
use crate::report::Period;
use crate::text::{mark, numeral};
use std::ops::Range;

/// First year before the first five-year plan: the thirteenth began in 2016.
const PLANS_FROM: u64 = 1951;
/// Years of a plan.
const PLAN: u64 = 5;

/// Words of time in a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Named {
    range: Range<usize>,
    /// `None` where they name the year reported on.
    period: Option<Period>,
}

/// What words of time mean.
enum Meaning {
    /// The year reported on.
    Reported,
    /// Another time.
    Other(Period),
}

/// The time of which each figure speaks, where it is another than `year`.
#[must_use]
pub fn periods(
    text: &str,
    statement: &Range<usize>,
    (figures, titles): (&[Range<usize>], &[Range<usize>]),
    year: Option<u16>,
    cues: &PeriodCues,
) -> Vec<Option<Period>> {
    let Some(year) = year.map(u64::from).filter(|_| !figures.is_empty()) else { return vec![None; figures.len()] };
    let named = named(text, statement, titles, year, cues);
    let before = |figure: &Range<usize>| {
        named.partition_point(|named| named.range.end <= figure.start).checked_sub(1).map(|at| &named[at])
    };
    figures.iter().map(|figure| before(figure).and_then(|named| named.period.clone())).collect()
}

fn named(text: &str, statement: &Range<usize>, titles: &[Range<usize>], year: u64, cues: &PeriodCues) -> Vec<Named> {
    let mut found = Vec::new();
    let openers: Vec<char> = cues.forms.iter().filter_map(|form| form.form.chars().next()).collect();
    let mut at = statement.start;
    while let Some(c) = text[at..statement.end].chars().next() {
        if !(c.is_ascii_digit() || numeral::is_chinese(c) || openers.contains(&c)) {
            at += c.len_utf8();
            continue;
        }
        let rest = &text[at..statement.end];
        let forms = cues.forms.iter().filter_map(|form| Some((matched(rest, &form.form)?, form)));
        let longest = forms.max_by_key(|((length, _), _)| *length);
        let before = &text[statement.start..at];
        let refused = cues.refused_before.iter().any(|word| before.ends_with(word.as_str()))
            || before.ends_with(|c: char| c.is_ascii_digit());
        match longest.filter(|((length, _), _)| !refused && !overlaps_any(&(at..at + length), titles)) {
            Some(((length, numbers), form)) => {
                if let Some(meaning) = meant(form, &numbers, year, before, &rest[..length]) {
                    let period = match meaning {
                        Meaning::Reported => None,
                        Meaning::Other(period) => Some(period),
                    };
                    found.push(Named { range: at..at + length, period });
                }
                at += length;
            }
            None => at += c.len_utf8(),
        }
    }
    found
}

/// Length and numbers of a form at the beginning of `rest`.
fn matched(rest: &str, form: &str) -> Option<(usize, Vec<u64>)> {
    let (mut at, mut numbers) = (0, Vec::new());
    let mut chars = form.chars().peekable();
    while let Some(c) = chars.next() {
        let here = &rest[at..];
        let digits = here.bytes().take_while(u8::is_ascii_digit).count();
        let length = match c {
            'Y' if digits == 4 => 4,
            'M' | 'D' if (1..=2).contains(&digits) => digits,
            'N' if digits > 0 && digits <= 2 => digits,
            'N' => {
                let length = here.find(|c: char| !numeral::is_chinese(c)).unwrap_or(here.len());
                // The last sign of 十三五 is the form's own.
                let own =
                    chars.peek().filter(|next| here[..length].ends_with(**next)).map_or(0, |next| next.len_utf8());
                Some(length - own).filter(|length| *length > 0)?
            }
            c if here.starts_with(c) && !matches!(c, 'Y' | 'M' | 'D') => {
                at += c.len_utf8();
                continue;
            }
            _ => return None,
        };
        let number = here[..length].parse().ok().or_else(|| numeral::chinese(&here[..length]))?;
        let fits = match c {
            'Y' => (1978..=2100).contains(&number),
            'M' => (1..=12).contains(&number),
            'D' => (1..=31).contains(&number),
            _ => (1..=99).contains(&number),
        };
        if !fits {
            return None;
        }
        numbers.push(number);
        at += length;
    }
    Some((at, numbers))
}

/// What a form means in a report on `year`; nothing where it is no time of a figure.
fn meant(form: &PeriodForm, numbers: &[u64], year: u64, before: &str, words: &str) -> Option<Meaning> {
    let dated = form.form.contains('Y');
    let own = if dated { numbers.first().copied().unwrap_or(year) } else { year };
    let rest = if dated { numbers.get(1..).unwrap_or_default() } else { numbers };
    let last = |from: String, to: String| (Some(from), Some(to));
    let (from, to) = match form.means {
        PeriodKind::Whole => return Some(Meaning::Reported),
        PeriodKind::Since => {
            let (month, day) = (rest.first().copied().unwrap_or(1), rest.get(1).copied().unwrap_or(1));
            last(date(own, month, day)?, date(year, 12, 31)?)
        }
        PeriodKind::Until => {
            let month = rest.first().copied().unwrap_or(12);
            let day = rest.get(1).copied().unwrap_or_else(|| days(own, month));
            (None, Some(date(own, month, day)?))
        }
        PeriodKind::Span if rest.len() == 2 => last(date(own, rest[0], 1)?, date(own, rest[1], days(own, rest[1]))?),
        PeriodKind::Span => last(date(own, 1, 1)?, date(rest.first().copied().unwrap_or(own), 12, 31)?),
        PeriodKind::Years => {
            let count = numbers.first().copied().filter(|count| (2..=40).contains(count))?;
            last(date(year + 1 - count, 1, 1)?, date(year, 12, 31)?)
        }
        PeriodKind::Quarters => {
            let month = numbers.first().copied().unwrap_or(1).clamp(1, 4) * 3;
            last(date(year, 1, 1)?, date(year, month, days(year, month))?)
        }
        PeriodKind::FirstHalf => last(date(own, 1, 1)?, date(own, 6, 30)?),
        PeriodKind::SecondHalf => last(date(own, 7, 1)?, date(own, 12, 31)?),
        PeriodKind::Plan => {
            let first = PLANS_FROM + PLAN * numbers.first().copied().filter(|plan| (8..=20).contains(plan))?;
            last(date(first, 1, 1)?, date(first + PLAN - 1, 12, 31)?)
        }
        PeriodKind::LastYear => last(date(year - 1, 1, 1)?, date(year - 1, 12, 31)?),
        PeriodKind::Year if own == year => return Some(Meaning::Reported),
        PeriodKind::Year => {
            let opens = before.trim_end().chars().next_back().is_none_or(|c| mark::ends_clause(c) || c == '(');
            if !opens {
                return None;
            }
            last(date(own, 1, 1)?, date(own, 12, 31)?)
        }
    };
    let whole = from.as_deref().is_none_or(|from| Some(from) == date(year, 1, 1).as_deref());
    if whole && to == date(year, 12, 31) {
        return Some(Meaning::Reported);
    }
    Some(Meaning::Other(Period { words: words.replace(' ', ""), from, to }))
}

fn date(year: u64, month: u64, day: u64) -> Option<String> {
    (day <= days(year, month)).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

const fn days(year: u64, month: u64) -> u64 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
