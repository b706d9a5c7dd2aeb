//! Enumerators (序号): the numbers that begin a heading, an item or a part of a sentence.

use crate::text::{mark, numeral};

/// How an enumerator is written; GB/T 9704-2012 (party and government document format) orders the first four
/// 一、 (一) 1. (1), but reports mix them, so that the level of a style is told from the report itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// 第一部分, 第一章
    Part,
    /// 一、
    Comma,
    /// (一)
    Bracketed,
    /// 1. or 1、
    Dot,
    /// (1) or 1)
    BracketedDigit,
    /// ①
    Circled,
    /// 一是, 一要, 其一, 第一,
    Ordinal,
    /// ●, ◆, ■ or a double dash, which has no number of its own.
    Bullet,
    /// A short line without a number that stands as a heading.
    Plain,
}

/// An enumerator at the beginning of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marker {
    /// How it is written.
    pub style: Style,
    /// Its number, from 1; 1 of a bullet.
    pub number: u64,
    /// Its length in bytes.
    pub len: usize,
}

/// Signs that stand before an item instead of a number.
const BULLETS: [char; 18] = [
    '\u{25CF}', '\u{25C6}', '\u{25A0}', '\u{2605}', '\u{25B2}', '\u{25CB}', '\u{25C7}', '\u{25A1}', '\u{2606}',
    '\u{25B3}', '\u{2022}', '\u{00B7}', '\u{25AA}', '\u{25BA}', '\u{25B6}', '\u{25CE}', '\u{203B}', '\u{2756}',
];
const IS: char = '\u{662F}';
const MUST: char = '\u{8981}';
const ORDINAL: char = '\u{7B2C}';
const ITS: char = '\u{5176}';
/// 部 (of 部分) and 章 and 篇, which follow a number in the title of a part.
const PARTS: [char; 3] = ['\u{90E8}', '\u{7AE0}', '\u{7BC7}'];
/// 分 of 部分
const PART_TAIL: char = '\u{5206}';

/// The enumerator that `text` begins with.
#[must_use]
pub fn marker(text: &str) -> Option<Marker> {
    let first = text.chars().next()?;
    match first {
        '(' => bracketed(text),
        ORDINAL | ITS => ordinal_word(text, first),
        '\u{2460}'..='\u{2473}' => {
            Some(Marker { style: Style::Circled, number: u64::from(first) - 0x245F, len: first.len_utf8() })
        }
        '-' => dashes(text),
        c if BULLETS.contains(&c) => {
            let len = c.len_utf8();
            says(&text[len..]).then_some(Marker { style: Style::Bullet, number: 1, len })
        }
        c if c.is_ascii_digit() => digits(text),
        c if numeral::is_chinese(c) => chinese(text),
        _ => None,
    }
}

/// A double dash before an item.
fn dashes(text: &str) -> Option<Marker> {
    let len = leading(text, |c| c == '-').len();
    ((2..=4).contains(&len) && says(&text[len..])).then_some(Marker { style: Style::Bullet, number: 1, len })
}

/// Whether what stands behind a bullet begins with a word.
fn says(rest: &str) -> bool {
    rest.trim_start().starts_with(|c| crate::text::is_han(c) || matches!(c, mark::QUOTE_OPEN | mark::TITLE_OPEN))
}

/// The length of a second mark behind a bracketed number: (一)、
fn doubled(rest: &str) -> usize {
    rest.chars().next().filter(|c| matches!(*c, mark::ENUMERATION_COMMA | '.' | ',' | ':')).map_or(0, char::len_utf8)
}

/// The part of `text` that consists of characters that satisfy `is`.
fn leading(text: &str, is: impl Fn(char) -> bool) -> &str {
    &text[..text.find(|c| !is(c)).unwrap_or(text.len())]
}

fn bracketed(text: &str) -> Option<Marker> {
    let inner = leading(&text[1..], |c| numeral::is_chinese(c) || c.is_ascii_digit());
    let len = 1 + inner.len() + 1;
    let len = len + doubled(text.get(len..).unwrap_or_default());
    if inner.is_empty() || !text[1 + inner.len()..].starts_with(')') {
        return None;
    }
    if inner.bytes().all(|b| b.is_ascii_digit()) {
        return number_up_to(inner, 99).map(|number| Marker { style: Style::BracketedDigit, number, len });
    }
    numeral::chinese(inner).map(|number| Marker { style: Style::Bracketed, number, len })
}

fn ordinal_word(text: &str, first: char) -> Option<Marker> {
    let rest = &text[first.len_utf8()..];
    let inner = leading(rest, numeral::is_chinese);
    let number = numeral::chinese(inner).filter(|n| (1..=20).contains(n))?;
    let len = first.len_utf8() + inner.len();
    let mut after = text[len..].chars();
    match after.next()? {
        mark @ (',' | mark::ENUMERATION_COMMA | ':') => {
            Some(Marker { style: Style::Ordinal, number, len: len + mark.len_utf8() })
        }
        part if first == ORDINAL && PARTS.contains(&part) => {
            let tail = after.next().filter(|c| *c == PART_TAIL).map_or(0, char::len_utf8);
            Some(Marker { style: Style::Part, number, len: len + part.len_utf8() + tail })
        }
        _ => None,
    }
}

fn digits(text: &str) -> Option<Marker> {
    let inner = leading(text, |c| c.is_ascii_digit());
    let number = number_up_to(inner, 99)?;
    let mut after = text[inner.len()..].chars();
    let (style, width) = match after.next()? {
        ')' => (Style::BracketedDigit, 1),
        '.' | '\u{FF0E}' => (Style::Dot, 1),
        mark::ENUMERATION_COMMA => (Style::Dot, mark::ENUMERATION_COMMA.len_utf8()),
        _ => return None,
    };
    // 2.0 and 12.5% are numbers.
    let is_number = after.next().is_some_and(|c| c.is_ascii_digit());
    let width = width + if style == Style::BracketedDigit { doubled(&text[inner.len() + width..]) } else { 0 };
    (!is_number).then_some(Marker { style, number, len: inner.len() + width })
}

fn chinese(text: &str) -> Option<Marker> {
    let inner = leading(text, numeral::is_chinese);
    let number = numeral::chinese(inner).filter(|n| (1..=99).contains(n))?;
    let next = text[inner.len()..].chars().next()?;
    let style = match next {
        mark::ENUMERATION_COMMA | '.' | ',' => Style::Comma,
        // A lost left bracket: 一)
        ')' => Style::Bracketed,
        IS | MUST => Style::Ordinal,
        _ => return None,
    };
    Some(Marker { style, number, len: inner.len() + next.len_utf8() })
}

fn number_up_to(digits: &str, most: u64) -> Option<u64> {
    digits.parse().ok().filter(|n| (1..=most).contains(n))
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::{Style, marker};

    #[test]
    fn enumerators_are_told_from_numbers() {
        for (text, expected) in [
            ("一、总体情况", Some((Style::Comma, 1, "一、"))),
            ("十二、打算", Some((Style::Comma, 12, "十二、"))),
            ("(三)落实", Some((Style::Bracketed, 3, "(三)"))),
            ("二)落实", Some((Style::Bracketed, 2, "二)"))),
            ("1.加强", Some((Style::Dot, 1, "1."))),
            ("3、还要", Some((Style::Dot, 3, "3、"))),
            ("(一)、落实", Some((Style::Bracketed, 1, "(一)、"))),
            ("●落实", Some((Style::Bullet, 1, "●"))),
            ("--落实", Some((Style::Bullet, 1, "--"))),
            ("其三、加强", Some((Style::Ordinal, 3, "其三、"))),
            ("-2021年", None),
            ("----", None),
            ("(2)推进", Some((Style::BracketedDigit, 2, "(2)"))),
            ("②推进", Some((Style::Circled, 2, "②"))),
            ("一是强化", Some((Style::Ordinal, 1, "一是"))),
            ("其三,加强", Some((Style::Ordinal, 3, "其三,"))),
            ("第一部分 概况", Some((Style::Part, 1, "第一部分"))),
            ("2.0版", None),
            ("2021年,我县", None),
            ("一些问题", None),
            ("第三批", None),
            ("(试行)", None),
        ] {
            let found = marker(text).map(|m| (m.style, m.number, &text[..m.len]));
            assert_eq!(found, expected, "{text}");
        }
    }
}
