//! Which quantities report a statistic: numbers with their units.

use super::overlaps_any;
use crate::lexicon::FigureCues;
use crate::text::{is_han, mark, numeral};
use std::ops::Range;

pub use super::indicator::{Counted, Indicated, Indicators};

/// A figure before it is known what it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureMention {
    /// Bytes of the number with its unit and its 余, 多, 近.
    pub range: Range<usize>,
    /// The value in `unit`, multiplied out.
    pub value: f64,
    /// The unit.
    pub unit: String,
    /// Whether the text says that it is not exact.
    pub approx: bool,
}

/// Every figure of a statement in order. `statement` are bytes of the folded text; figures in `titles` (what stands in
/// 《》) and in short quotations are none.
#[must_use]
pub fn figures(text: &str, statement: &Range<usize>, titles: &[Range<usize>], cues: &FigureCues) -> Vec<FigureMention> {
    let quotations = quotations(text, statement);
    let mut found: Vec<FigureMention> = Vec::new();
    let mut at = statement.start;
    while let Some(c) = text[at..statement.end].chars().next() {
        let next = at + c.len_utf8();
        if !(c.is_ascii_digit() || numeral::is_chinese(c)) {
            at = next;
            continue;
        }
        let number = number_at(text, at, statement.end, cues);
        let end = number.as_ref().map_or(next, |number| number.end);
        if let Some(figure) = number.and_then(|number| figure(text, statement, &number, cues))
            && !overlaps_any(&figure.range, titles)
            && !overlaps_any(&figure.range, &quotations)
        {
            at = figure.range.end;
            found.push(figure);
            continue;
        }
        at = end.max(next);
    }
    found
}

/// A number as printed.
struct Number {
    start: usize,
    end: usize,
    value: f64,
    chinese: bool,
    approx: bool,
    per_cent: bool,
}

fn number_at(text: &str, at: usize, end: usize, cues: &FigureCues) -> Option<Number> {
    let rest = &text[at..end];
    if let Some(words) = rest.strip_prefix(cues.words.per_cent.as_str()) {
        let (length, value) = if words.starts_with(|c: char| c.is_ascii_digit()) {
            arabic(words).map(|(length, value, _)| (length, value))?
        } else {
            in_words(words, cues)?
        };
        let end = at + cues.words.per_cent.len() + length;
        return Some(Number { start: at, end, value, chinese: false, approx: false, per_cent: true });
    }
    let first = rest.chars().next()?;
    let (length, value, chinese) = if first.is_ascii_digit() { arabic(rest)? } else { chinese(rest)? };
    let mut number = Number { start: at, end: at + length, value, chinese, approx: false, per_cent: false };
    number.take_inside(text, end, cues);
    if !chinese {
        for (word, factor) in &cues.multiples {
            let rest = &text[number.end..end];
            // 百分点 is a unit and no hundred.
            let begins_unit = cues.units.iter().any(|unit| {
                unit.len() > word.len() && unit.starts_with(word.as_str()) && rest.starts_with(unit.as_str())
            });
            if word.chars().count() == 1 && rest.starts_with(word.as_str()) && !begins_unit {
                number.value *= factor;
                number.end += word.len();
                number.take_smaller(&text[number.end..end], *factor, cues);
                break;
            }
        }
        number.take_inside(text, end, cues);
    }
    Some(number)
}

impl Number {
    /// 2千 of 3万2千: a smaller power of ten behind a greater one.
    fn take_smaller(&mut self, rest: &str, factor: f64, cues: &FigureCues) {
        let Some((length, value, _)) = arabic(rest) else { return };
        let powers = cues.multiples.iter().filter(|(word, _)| word.chars().count() == 1);
        for (word, power) in powers.filter(|(_, power)| **power < factor) {
            if rest[length..].starts_with(word.as_str()) && value * power < factor {
                self.value += value * power;
                self.end += length + word.len();
                return;
            }
        }
    }

    /// 余, 多 and 几 between the number and its unit.
    fn take_inside(&mut self, text: &str, end: usize, cues: &FigureCues) {
        if let Some(word) = cues.words.inside.iter().find(|word| text[self.end..end].starts_with(word.as_str())) {
            self.end += word.len();
            self.approx = true;
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "numerals of reports stay far below 2^53")]
const fn as_float(value: u64) -> f64 {
    value as f64
}

/// Digits with their decimal point and their commas: length, value.
fn arabic(rest: &str) -> Option<(usize, f64, bool)> {
    let bytes = rest.as_bytes();
    let mut end = 0;
    let mut digits = String::new();
    while let Some(b) = bytes.get(end) {
        match b {
            b'0'..=b'9' => digits.push(char::from(*b)),
            b'.' if !digits.contains('.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) => digits.push('.'),
            b',' if is_group(bytes, end) => {}
            _ => break,
        }
        end += 1;
    }
    digits.parse().ok().map(|value| (end, value, false))
}

/// Whether the comma at `at` separates thousands: three digits follow, and no fourth.
fn is_group(bytes: &[u8], at: usize) -> bool {
    let group = bytes.get(at + 1..at + 4).is_some_and(|group| group.iter().all(u8::is_ascii_digit));
    let before = bytes[..at].iter().rev().take_while(|b| b.is_ascii_digit()).count();
    group && !bytes.get(at + 4).is_some_and(u8::is_ascii_digit) && (1..=3).contains(&before)
}

/// A number in Chinese characters with decimals: 九十八点五.
fn in_words(words: &str, cues: &FigureCues) -> Option<(usize, f64)> {
    let (length, value, _) = chinese(words)?;
    let Some(decimals) = words[length..].strip_prefix(cues.words.point.as_str()) else { return Some((length, value)) };
    let digits: String = decimals.chars().map_while(numeral::digit).map(|digit| digit.to_string()).collect();
    let count = digits.chars().count();
    let bytes: usize = decimals.chars().take(count).map(char::len_utf8).sum();
    let fraction = format!("0.{digits}").parse::<f64>().ok().filter(|_| count > 0)?;
    Some((length + cues.words.point.len() + bytes, value + fraction))
}

fn chinese(rest: &str) -> Option<(usize, f64, bool)> {
    let length = rest.find(|c: char| !numeral::is_chinese(c)).unwrap_or(rest.len());
    numeral::chinese(&rest[..length]).map(|value| (length, as_float(value), true))
}

/// The figure that a number makes with its unit, if it reports something.
fn figure(text: &str, statement: &Range<usize>, number: &Number, cues: &FigureCues) -> Option<FigureMention> {
    let (unit_end, unit, factor) =
        if number.per_cent { (number.end, "%".to_owned(), 1.0) } else { unit_at(text, number, statement.end, cues)? };
    let (before, mut after) = (&text[statement.start..number.start], &text[unit_end..statement.end]);
    if is_reached(before, &unit, cues) {
        // 压缩至1.5天以内 tells what was reached.
        after = cues.refused.within.iter().find_map(|word| after.strip_prefix(word.as_str())).unwrap_or(after);
    }
    let refused = is_refused(before, after, cues)
        || is_range(before, cues)
        || is_limit(before, after, &unit, cues)
        || is_phrase(text, number.start, cues)
        || (number.chinese && !counts_in_words(text, statement, number, unit_end, &unit, cues));
    if refused {
        return None;
    }
    let near = cues.words.near.iter().find(|word| before.ends_with(word.as_str()));
    let about = cues.words.about.iter().any(|word| before.ends_with(word.as_str()));
    let over = number.chinese && cues.words.over.iter().any(|word| before.ends_with(word.as_str()));
    let above = cues.words.above.iter().any(|word| after.starts_with(word.as_str()));
    let start = number.start - near.map_or(0, std::string::String::len);
    let approx = number.approx || near.is_some() || about || above || over;
    Some(FigureMention { range: start..unit_end, value: round(number.value * factor), unit, approx })
}

/// Multiplying by powers of ten leaves traces of binary fractions (12.3 万 is not 123000.00000000001).
fn round(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

fn unit_at(text: &str, number: &Number, end: usize, cues: &FigureCues) -> Option<(usize, String, f64)> {
    let rest = &text[number.end..end];
    let fits = |unit: &&String| {
        rest.strip_prefix(unit.as_str()).is_some_and(|after| {
            let other = cues.refused.other_word_after.get(unit.as_str());
            let begins = |words: &[String]| words.iter().any(|word| after.starts_with(word.as_str()));
            begins(&cues.refused.whole_after) || !other.is_some_and(|words| begins(words))
        })
    };
    let unit = cues.units.iter().filter(fits).max_by_key(|unit| unit.len())?;
    let unit_end = number.end + unit.len();
    // 123.3万元 counts 元.
    for (word, factor) in cues.multiples.iter().filter(|(word, _)| word.chars().count() > 1) {
        if unit == word {
            let base: String = word.chars().skip(1).collect();
            return Some((unit_end, base, *factor));
        }
    }
    let multiplied = cues
        .multiples
        .iter()
        .find(|(word, _)| word.chars().count() == 1 && unit.starts_with(word.as_str()) && unit.chars().count() > 1);
    if let Some((word, factor)) = multiplied {
        return Some((unit_end, unit[word.len()..].to_owned(), *factor));
    }
    Some((unit_end, unit.clone(), 1.0))
}

/// Whether what stands around the number says that it is a date, an ordinal, a standard.
fn is_refused(before: &str, after: &str, cues: &FigureCues) -> bool {
    let refused = &cues.refused;
    if before.chars().next_back().is_some_and(|c| c.is_ascii_alphabetic())
        || refused.before.iter().any(|word| before.ends_with(word.as_str()))
    {
        return true;
    }
    if refused.after_unit.iter().any(|word| after.starts_with(word.as_str())) {
        return true;
    }
    let clause = clause_of(before);
    // 以每两月1次的频次开展学习5次: the standard is the first number, the second counts.
    let since = clause.rfind(|c: char| c.is_ascii_digit()).map_or(0, |at| at + 1);
    let standard = |word: &String| clause.rfind(word.as_str()).is_some_and(|at| at >= since || !is_each(word));
    let least = refused.least.iter().any(|word| before.ends_with(word.as_str()));
    refused.standards.iter().any(standard)
        || (least && refused.demands.iter().any(|word| clause.contains(word.as_str())))
}

/// 每
fn is_each(word: &str) -> bool {
    word.starts_with('\u{6BCF}')
}

/// Whether a number closes a range, of which no one value can be told: 3至5件.
fn is_range(before: &str, cues: &FigureCues) -> bool {
    cues.refused.ranges.iter().filter_map(|word| before.strip_suffix(word.as_str())).any(|first| {
        let first = cues.multiples.keys().find_map(|word| first.strip_suffix(word.as_str())).unwrap_or(first);
        first.ends_with(|c: char| c.is_ascii_digit() || numeral::digit(c).is_some())
    })
}

/// Whether a number is the time to which something was shortened.
fn is_reached(before: &str, unit: &str, cues: &FigureCues) -> bool {
    let refused = &cues.refused;
    let clause = clause_of(before);
    refused.spans.iter().any(|span| span == unit)
        && refused.saved.iter().any(|word| clause.contains(word.as_str()))
        && refused.saved_to.iter().any(|word| clause.ends_with(word.as_str()))
}

/// Whether a time is a limit that is set, and neither what was saved nor what was reached.
fn is_limit(before: &str, after: &str, unit: &str, cues: &FigureCues) -> bool {
    const NEAR: usize = 12;
    let refused = &cues.refused;
    if !refused.spans.iter().any(|span| span == unit) {
        return false;
    }
    let clause = clause_of(before);
    let has = |words: &str, list: &[String]| list.iter().any(|word| words.contains(word.as_str()));
    if has(clause, &refused.demands) {
        return true;
    }
    // 由25天减少到11天: what follows says that the first is what it was before.
    let shortened = |words: &str| {
        let end = words.char_indices().nth(NEAR).map_or(words.len(), |(at, _)| at);
        refused.saved.iter().filter_map(|word| Some(words[..end].find(word.as_str())? + word.len())).any(|at| {
            let to = words[at..].trim_start();
            refused.saved_to.iter().any(|word| to.starts_with(word.as_str()))
        })
    };
    !has(clause, &refused.saved) && !shortened(after)
}

/// The words of a number's clause before it, as far back as they can be of it.
fn clause_of(before: &str) -> &str {
    const FAR: usize = 120;
    let near = before.char_indices().rev().nth(FAR).map_or(before, |(at, _)| &before[at..]);
    near.rsplit(mark::ends_clause).next().unwrap_or(near)
}

fn is_phrase(text: &str, at: usize, cues: &FigureCues) -> bool {
    cues.refused.phrases.iter().any(|phrase| text[at..].starts_with(phrase.as_str()))
}

/// Whether a number in words counts something: a verb stands before it in its clause and it is no 一.
fn counts_in_words(
    text: &str,
    statement: &Range<usize>,
    number: &Number,
    unit_end: usize,
    unit: &str,
    cues: &FigureCues,
) -> bool {
    const MANY: f64 = 10.0;
    let next = text[unit_end..statement.end].chars().next();
    let ends = next.is_none_or(|c| !is_han(c));
    let people = cues.indicator.people.iter().any(|word| word == unit);
    if cues.refused.only_digits.iter().any(|only| only == unit) && !(people && number.value >= MANY) {
        return false;
    }
    let before = &text[statement.start..number.start];
    let clause = clause_of(before);
    let over = cues.words.over.iter().any(|word| before.ends_with(word.as_str()));
    let has_verb = cues.words.counting.iter().any(|verb| clause.contains(verb.as_str()));
    let bare = text[number.start..].chars().next().is_some_and(|c| numeral::unit(c).is_some());
    if bare && cues.refused.some.iter().any(|word| before.ends_with(word.as_str())) {
        return false;
    }
    if number.value > MANY && (ends || over) {
        return true;
    }
    if number.value < 1.5 {
        // 一 is an article more often than a count.
        return has_verb && ends && number.value > 0.5 && clause.chars().count() >= 4;
    }
    has_verb && next.is_none_or(|c| c != '\u{4E4B}')
}

/// Short quotations, which hold slogans and names.
fn quotations(text: &str, statement: &Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in text[statement.clone()].char_indices().map(|(at, c)| (statement.start + at, c)) {
        match c {
            mark::QUOTE_OPEN => open = Some(at),
            '"' if open.is_none() => open = Some(at),
            mark::QUOTE_CLOSE | '"' => {
                if let Some(start) = open.take() {
                    found.push(start..at + c.len_utf8());
                }
            }
            _ => {}
        }
    }
    found
}
