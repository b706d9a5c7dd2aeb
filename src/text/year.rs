//! The years that a text names.

use super::numeral;

/// 年
pub const YEAR: char = '\u{5E74}';
/// 度
pub const ANNUAL: char = '\u{5EA6}';

/// The years that a text names: 2021年, 2021年度, 2021度, 二〇二一年.
#[must_use]
pub fn years(text: &str) -> Vec<u16> {
    let mut found = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| *c == YEAR || *c == ANNUAL) {
        let before = &text[..at];
        let digits: String = before.chars().rev().take(4).collect::<Vec<char>>().into_iter().rev().collect();
        let value = digits.parse::<u16>().ok().or_else(|| {
            let spelled = digits.chars().count() == 4 && digits.chars().all(|c| numeral::digit(c).is_some());
            spelled.then(|| numeral::chinese(&digits)).flatten().and_then(|value| u16::try_from(value).ok())
        });
        // 法治政府建设实施纲要(2021-2025年) names no year that is reported on.
        let in_range = before.chars().rev().nth(4).is_some_and(|c| c == '-' || c.is_ascii_digit());
        if let Some(year) = value.filter(|year| (1990..=2099).contains(year) && (!in_range || c == ANNUAL)) {
            found.push(year);
        }
    }
    found
}

/// The last year of the first range of years in a text (2020 of 2016-2020年, 2022 of 2021-2022年度), where the range is
/// no part of a title in brackets.
#[must_use]
pub fn last_of_range(text: &str) -> Option<u16> {
    text.char_indices().filter(|(_, c)| *c == YEAR).find_map(|(at, _)| {
        let before = &text[..at];
        let (first, last) = before.get(before.len().checked_sub(9)?..)?.split_once('-')?;
        let (first, last) = (first.parse::<u16>().ok()?, last.parse::<u16>().ok()?);
        let bracketed = text[..at - 9].ends_with(['(', '\u{300A}']);
        ((1990..=2099).contains(&first) && first < last && last <= 2099 && !bracketed).then_some(last)
    })
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::{last_of_range, years};

    #[test]
    fn years_of_a_plan_are_none_of_the_report() {
        assert_eq!(years("2021年度和二〇二二年"), [2021, 2022]);
        assert_eq!(years("2025度"), [2025]);
        assert_eq!(years("纲要(2021-2025年)"), [0_u16; 0]);
    }

    #[test]
    fn a_range_ends_with_its_last_year() {
        assert_eq!(last_of_range("青山县2016-2020年法治政府建设情况"), Some(2020));
        assert_eq!(last_of_range("青山县2021-2022年度报告"), Some(2022));
        for none in ["纲要(2021-2025年)", "2021年", "年", "法治1-2年", "2025-2021年"] {
            assert_eq!(last_of_range(none), None, "{none}");
        }
    }
}
