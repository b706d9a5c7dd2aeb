//! Which day does a text name? Any common way of writing a date to ISO 8601.

use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

/// How dates are written: `data/dates.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Writing {
    digits: [String; 10],
    tens: [String; 3],
    year: String,
    month: String,
    day: String,
    separators: String,
}

#[expect(clippy::expect_used, reason = "the embedded table is fixed when the program is built; a test parses it")]
static WRITING: LazyLock<Writing> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/dates.toml")).expect("data/dates.toml is well-formed"));

/// The date at the start of `text` in ISO 8601, whatever follows it (a time of day, a label).
///
/// Digits may be Arabic, full-width or Chinese. A day that the calendar does not have is refused, as is a year
/// outside 1900–2099, so that an index number is not taken for a date.
#[must_use]
pub fn iso(text: &str) -> Option<String> {
    let start = text.find(|c: char| !c.is_whitespace() && !matches!(c, '[' | '('))?;
    parse(&text[start..]).map(|(date, _)| date)
}

/// The first date within `text`: the bytes it takes, and the date in ISO 8601.
#[must_use]
pub fn find(text: &str) -> Option<(Range<usize>, String)> {
    let mut before = None;
    for (start, c) in text.char_indices() {
        // A date does not begin in the middle of a number.
        let fresh = before.is_none_or(|b| !(is_figure(b) || is_figure(c) && WRITING.separators.contains(b)));
        if fresh
            && is_figure(c)
            && let Some((date, length)) = parse(&text[start..])
        {
            return Some((start..start + length, date));
        }
        before = Some(c);
    }
    None
}

/// The date that `text` begins with, and how many bytes it takes.
fn parse(text: &str) -> Option<(String, usize)> {
    let mut reader = Reader { text, at: 0 };
    let (year, month, day) = reader.compact().or_else(|| {
        reader.at = 0;
        let year = reader.number(4, 4)?;
        let in_words = reader.one_of(&WRITING.year);
        if !in_words && !reader.one_of(&WRITING.separators) {
            return None;
        }
        let month = reader.number(1, 3)?;
        if in_words && !reader.one_of(&WRITING.month) || !in_words && !reader.one_of(&WRITING.separators) {
            return None;
        }
        let day = reader.number(1, 3)?;
        if in_words {
            // The sign for the day is often left out at the end of a table cell.
            reader.one_of(&WRITING.day);
        } else if text[reader.at..].chars().next().is_some_and(is_figure) {
            return None;
        }
        Some((year, month, day))
    })?;
    exists(year, month, day).then(|| (format!("{year:04}-{month:02}-{day:02}"), reader.at))
}

/// Whether the calendar has this day.
fn exists(year: u32, month: u32, day: u32) -> bool {
    let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1900..2100).contains(&year) && (1..=days).contains(&day)
}

/// Characters with their values, sorted: every character of a text is looked up.
fn values<'a>(forms: impl Iterator<Item = (u32, &'a String)>) -> Vec<(char, u32)> {
    let mut values: Vec<(char, u32)> =
        forms.flat_map(|(value, forms)| forms.chars().map(move |c| (c, value))).collect();
    values.sort_unstable();
    values
}

fn value(values: &[(char, u32)], c: char) -> Option<u32> {
    values.binary_search_by_key(&c, |(other, _)| *other).ok().and_then(|at| values.get(at)).map(|(_, value)| *value)
}

fn digit(c: char) -> Option<u32> {
    static DIGITS: LazyLock<Vec<(char, u32)>> = LazyLock::new(|| values((0..10).zip(&WRITING.digits)));
    value(&DIGITS, c)
}

fn tens(c: char) -> Option<u32> {
    static TENS: LazyLock<Vec<(char, u32)>> = LazyLock::new(|| values((1..4).map(|n| n * 10).zip(&WRITING.tens)));
    value(&TENS, c)
}

fn is_figure(c: char) -> bool {
    !matches!(c, 'O' | 'o') && (digit(c).is_some() || tens(c).is_some())
}

/// A place in a text that dates are read from.
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    /// Passes one character of `set`, with white space around it.
    fn one_of(&mut self, set: &str) -> bool {
        let rest = &self.text[self.at..];
        let trimmed = rest.trim_start_matches([' ', '\u{a0}', '\u{3000}']);
        let Some(c) = trimmed.chars().next().filter(|&c| set.contains(c)) else { return false };
        self.at += rest.len() - trimmed.len() + c.len_utf8();
        let rest = &self.text[self.at..];
        let trimmed = rest.trim_start_matches([' ', '\u{a0}', '\u{3000}']);
        // White space belongs to the date only where the date goes on after it.
        if trimmed.chars().next().is_some_and(is_figure) && set != WRITING.day {
            self.at += rest.len() - trimmed.len();
        }
        true
    }

    /// Passes a numeral of `least` to `most` characters: digits in a row (2021, 〇五) or with tens (二十三).
    fn number(&mut self, least: usize, most: usize) -> Option<u32> {
        let (mut value, mut count, mut has_tens) = (0u32, 0, false);
        for c in self.text[self.at..].chars() {
            if let Some(d) = digit(c) {
                value = if has_tens { value + d } else { value * 10 + d };
            } else if let Some(t) = tens(c) {
                // 十 after a digit multiplies (二十), alone it counts (十二).
                value = if value > 0 { value * t } else { t };
                has_tens = true;
            } else {
                break;
            }
            count += 1;
            self.at += c.len_utf8();
            if count > most {
                return None;
            }
        }
        (count >= least).then_some(value)
    }

    /// Eight digits in a row: 20210304.
    fn compact(&mut self) -> Option<(u32, u32, u32)> {
        let digits = self.text.bytes().take_while(u8::is_ascii_digit).count();
        if digits != 8 {
            return None;
        }
        self.at = 8;
        let part = |range: Range<usize>| self.text[range].parse().ok();
        Some((part(0..4)?, part(4..6)?, part(6..8)?))
    }
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_common_way_of_writing_a_date_is_read() {
        for (written, meant) in [
            ("2021-03-04", "2021-03-04"),
            ("2021-03-04 09:35:00", "2021-03-04"),
            ("2021-03-04T09:35:00+08:00", "2021-03-04"),
            ("2021/3/4", "2021-03-04"),
            ("2021.03.04", "2021-03-04"),
            ("20210304", "2021-03-04"),
            ("2021年3月4日", "2021-03-04"),
            ("2021 年 3 月 4 日", "2021-03-04"),
            ("2021年03月04日 16:40", "2021-03-04"),
            ("2021年3月4", "2021-03-04"),
            ("二〇二一年三月四日", "2021-03-04"),
            ("二○二○年十二月三十一日", "2020-12-31"),
            ("二O一六年十月二十日", "2016-10-20"),
            ("二零一六年十一月十日", "2016-11-10"),
            ("２０２１年３月４日", "2021-03-04"),
            (" [2021-03-04]", "2021-03-04"),
            ("2024-02-29", "2024-02-29"),
        ] {
            assert_eq!(iso(written).as_deref(), Some(meant), "{written}");
        }
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for written in [
            "",
            "2021",
            "2021年",
            "2021年3月",
            "2021-13-01",
            "2021-02-30",
            "2023-02-29",
            "2021年2月三十日",
            "0000-00-00",
            "440703QS02/2023-17045",
            "11620300013909010R/2025-48086",
            "2021-3",
            "202103041",
            "9999-01-01",
            "1200-01-01",
            "二十年三月四日",
            "2021-03-045",
            "政府办",
            "O年",
            "2015-2020年",
        ] {
            assert_eq!(iso(written), None, "{written}");
        }
    }

    #[test]
    fn a_date_is_found_within_a_line() {
        let line = "来源:县政府 (二〇二一年三月四日 印发)";
        let (bytes, date) = find(line).unwrap();
        assert_eq!((&line[bytes], date.as_str()), ("二〇二一年三月四日", "2021-03-04"));
        assert_eq!(find("12021-03-04").map(|(_, d)| d), None);
        assert_eq!(find("第十二届2021年3月4日").map(|(_, d)| d).as_deref(), Some("2021-03-04"));
        assert_eq!(find("没有日期"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in "\\PC*") {
            if let Some((bytes, date)) = find(&text) {
                prop_assert_eq!(iso(&text[bytes]), Some(date));
            }
            let _ = iso(&text);
        }

        #[test]
        fn every_day_is_read_in_digits_and_in_words(year in 1900u32..2100, month in 1u32..=12, day in 1u32..=28) {
            let meant = Some(format!("{year:04}-{month:02}-{day:02}"));
            prop_assert_eq!(iso(&format!("{year}年{month}月{day}日")), meant.clone());
            prop_assert_eq!(iso(&format!("{year}/{month}/{day} 08:00")), meant.clone());
            let ones = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
            let one = |n: u32| ones[n as usize];
            let words = |n: u32| match (n / 10, n % 10) {
                (0, b) => one(b).to_owned(),
                (1, 0) => "十".to_owned(),
                (1, b) => format!("十{}", one(b)),
                (a, 0) => format!("{}十", one(a)),
                (a, b) => format!("{}十{}", one(a), one(b)),
            };
            let years: String = year.to_string().chars().filter_map(|c| c.to_digit(10)).map(one).collect();
            prop_assert_eq!(iso(&format!("{years}年{}月{}日", words(month), words(day))), meant);
        }
    }
}
