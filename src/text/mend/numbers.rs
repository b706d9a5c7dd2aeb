//! Numbers with spaces in them, other characters for their zeros, dashes and points.

use super::{Edit, digits_after, digits_before};
use crate::text::{is_han, numeral, previous};

const YEAR: char = '\u{5E74}';

/// Drops the space at byte `at` where it stands within a number; whether it stands beside one.
pub(super) fn space(text: &str, at: usize, edits: &mut Vec<Edit>) -> bool {
    let bytes = text.as_bytes();
    let before = at.checked_sub(1).map(|at| bytes[at]);
    let after = bytes.get(at + 1).copied();
    let (Some(before), Some(after)) = (before, after) else { return false };
    let within = match (before, after) {
        (b'0'..=b'9', b'0'..=b'9') => is_group(text, at) || is_letter_spaced(text, at) || is_split_year(text, at),
        // 12 . 5% and 12 .5%, but not 1. 加强 nor 1 .加强.
        (b'0'..=b'9', b'.') => {
            let rest = text[at + 2..].strip_prefix(' ').unwrap_or(&text[at + 2..]);
            rest.starts_with(|c: char| c.is_ascii_digit())
        }
        (b'.', b'0'..=b'9') => {
            let point = at - 1;
            let spaced =
                text[..point].strip_suffix(' ').is_some_and(|left| left.ends_with(|c: char| c.is_ascii_digit()));
            spaced || (!digits_before(text, point).is_empty() && is_rate(text, at + 1))
        }
        // 2021 - 2025年 and 2021年 - 2025年.
        (_, b'-') => ends_in_year(text, at) && digits_after(text, skip_space(text, at + 2)).len() >= 2,
        (b'-', b'0'..=b'9') => {
            let left = text[..at - 1].trim_end_matches(' ').len();
            ends_in_year(text, left)
        }
        _ => return false,
    };
    if within {
        edits.push(Edit::drop(at..at + 1));
    }
    true
}

fn skip_space(text: &str, at: usize) -> usize {
    at + usize::from(text[at..].starts_with(' '))
}

/// Whether four digits, with 年 behind them or not, end at byte `end`.
fn ends_in_year(text: &str, end: usize) -> bool {
    let end = text[..end].strip_suffix(YEAR).map_or(end, str::len);
    digits_before(text, end).len() == 4
}

/// Whether up to two digits and a per cent sign follow.
fn is_rate(text: &str, at: usize) -> bool {
    let digits = digits_after(text, at);
    (1..=2).contains(&digits.len()) && text[digits.end..].starts_with('%')
}

/// Whether a number in a sentence follows the digits: ideographs or a per cent sign, not another cell.
fn is_counted(text: &str, end: usize) -> bool {
    text[end..].chars().next().is_some_and(|c| is_han(c) || c == '%')
}

/// Whether the space separates thousands: 1 234件, 12 345 678元. A row of a table is none.
fn is_group(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let mut end = at;
    while bytes.get(end) == Some(&b' ') {
        let group = digits_after(text, end + 1);
        if group.len() != 3 {
            return false;
        }
        end = group.end;
    }
    let mut first = digits_before(text, at);
    while first.len() == 3 && first.start > 0 && bytes[first.start - 1] == b' ' {
        let before = digits_before(text, first.start - 1);
        if before.is_empty() {
            break;
        }
        first = before;
    }
    let stands_in_words = previous(text, first.start).is_none_or(|(_, c)| !matches!(c, ' ' | '.' | ','));
    is_counted(text, end) && (1..=3).contains(&first.len()) && stands_in_words
}

/// Whether the space is one of a number set wide: 2 0 2 1年, 审结1 2件.
fn is_letter_spaced(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let (mut start, mut end) = (at - 1, at + 2);
    while start >= 2 && bytes[start - 1] == b' ' && is_digit(start - 2) {
        start -= 2;
    }
    while bytes.get(end) == Some(&b' ') && is_digit(end + 1) {
        end += 2;
    }
    let single = !is_digit(end) && (start == 0 || !is_digit(start - 1));
    let within_words = previous(text, start).is_some_and(|(_, c)| is_han(c));
    single && (end - start >= 5 || within_words) && is_counted(text, end)
}

/// Whether the space splits a year: 20 21年.
fn is_split_year(text: &str, at: usize) -> bool {
    let (left, right) = (digits_before(text, at), digits_after(text, at + 1));
    left.len() == 2 && right.len() == 2 && matches!(&text[left], "19" | "20") && text[right.end..].starts_with(YEAR)
}

/// The ideograph for one between digits is a dash: 2021一2025年.
pub(super) fn dash(text: &str, at: usize, edits: &mut Vec<Edit>) {
    let end = at + '\u{4E00}'.len_utf8();
    if digits_before(text, at).len() == 4 && digits_after(text, end).len() >= 2 {
        edits.push(Edit::put(at..end, '-'));
    }
}

/// A full stop or a middle dot within a rate is its point: 98。5%.
pub(super) fn decimal(text: &str, at: usize, edits: &mut Vec<Edit>) {
    let end = at + text[at..].chars().next().map_or(0, char::len_utf8);
    if (1..=3).contains(&digits_before(text, at).len()) && is_rate(text, end) {
        edits.push(Edit::put(at..end, '.'));
    }
}

/// A letter or an Arabic zero in a year in Chinese numerals is its zero: 二0二一年, 二O一六年.
pub(super) fn zero(text: &str, at: usize, edits: &mut Vec<Edit>) {
    let is_zero = |c: char| matches!(c, '0' | 'O' | 'o');
    let is_member = |c: char| is_zero(c) || numeral::digit(c).is_some();
    if previous(text, at).is_none_or(|(_, c)| numeral::digit(c).is_none()) {
        return;
    }
    let start =
        text[..at].char_indices().rev().take(5).take_while(|(_, c)| is_member(*c)).last().map_or(at, |(at, _)| at);
    let run: Vec<(usize, char)> = text[start..]
        .char_indices()
        .take(5)
        .take_while(|(_, c)| is_member(*c))
        .map(|(at, c)| (start + at, c))
        .collect();
    // 一 and 二 begin the years of reports.
    if run.len() == 4 && matches!(run[0].1, '\u{4E00}' | '\u{4E8C}') {
        edits.extend(run.iter().filter(|(_, c)| is_zero(*c)).map(|(at, _)| Edit::put(*at..at + 1, '\u{3007}')));
    }
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::super::tests::check;

    #[test]
    fn spaces_within_numbers_go_and_cells_stay_apart() {
        check(&[
            ("办理 1 234 件", "办理1234件"),
            ("罚没 12 345 678 元", "罚没12345678元"),
            ("同比增长 12 . 5 %", "同比增长12.5%"),
            ("占比 98. 5%", "占比98.5%"),
            ("2 0 2 1 年", "2021年"),
            ("20 21年度", "2021年度"),
            ("（2021 － 2025 年）", "(2021-2025年)"),
            ("2021年 — 2025年", "2021年-2025年"),
            ("二 〇 二 一 年", "二〇二一年"),
            ("共 1，234 件", "共1,234件"),
            ("12 345 67", "12 345 67"),
            ("总数 56 123\n其他 3 100 200", "总数56 123\n其他3 100 200"),
            ("1 2 3", "1 2 3"),
            ("1. 加强领导", "1. 加强领导"),
            ("第1条 2021年", "第1条2021年"),
        ]);
    }

    #[test]
    fn other_characters_for_dashes_points_and_zeros() {
        check(&[
            ("2021一2025年", "2021-2025年"),
            ("2021—2025年、2021～2025年、2021−2025年", "2021-2025年、2021-2025年、2021-2025年"),
            ("纠错率3。5%，化解率96·8％", "纠错率3.5%,化解率96.8%"),
            ("二0二一年、二О一六年、二o二O年、二○一九年", "二〇二一年、二〇一六年、二〇二〇年、二〇一九年"),
            ("十0八", "十0八"),
            ("一是共有1。2021年", "一是共有1。2021年"),
            ("３．５％、3﹒5﹪", "3.5%、3.5%"),
            ("绿化120㎡", "绿化120平方米"),
        ]);
    }
}
