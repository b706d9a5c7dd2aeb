//! What do pages carry besides the report? `data/pdf.toml` in memory.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

/// `data/pdf.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rules {
    page_numbers: HashSet<String>,
    numerals: String,
    ends: String,
    beginnings: Vec<String>,
    beginning_numerals: String,
    /// Characters that hold the next to them, and such as hold to the one before.
    pub no_end: String,
    pub no_beginning: String,
    /// The characters that the radicals U+2F00 to U+2FD5 stand for.
    pub radicals: String,
}

#[expect(clippy::expect_used, reason = "the embedded table is fixed when the program is built; a test parses it")]
pub(super) static RULES: LazyLock<Rules> =
    LazyLock::new(|| toml::from_str(include_str!("../../../data/pdf.toml")).expect("data/pdf.toml is well-formed"));

/// Characters of the longest line that is only a page number.
const LONGEST: usize = 24;

/// Whether a line says nothing but the number of its page.
pub(super) fn is_page_number(line: &str) -> bool {
    if line.chars().count() > LONGEST {
        return false;
    }
    let mut pattern = String::new();
    for c in line.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase) {
        let is_digit = c.is_ascii_digit() || RULES.numerals.contains(c);
        if !is_digit {
            pattern.push(c);
        } else if !pattern.ends_with('#') {
            pattern.push('#');
        }
    }
    RULES.page_numbers.contains(&pattern)
}

/// Whether a paragraph may end with this line.
pub(super) fn may_end(line: &str) -> bool {
    line.chars().next_back().is_some_and(|c| RULES.ends.contains(c))
}

/// Whether a line begins with a number as headings and items have it.
pub(super) fn is_beginning(line: &str) -> bool {
    let is_number = |c: char| RULES.beginning_numerals.contains(c);
    RULES.beginnings.iter().any(|form| {
        let Some((before, after)) = form.split_once('#') else { return false };
        line.strip_prefix(before).is_some_and(|rest| {
            let number = rest.trim_start_matches(is_number);
            let length = rest[..rest.len() - number.len()].chars().count();
            (1..=3).contains(&length) && number.starts_with(after)
        })
    })
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;

    #[test]
    fn no_form_stands_twice() {
        let table: toml::Table = toml::from_str(include_str!("../../../data/pdf.toml")).unwrap();
        for list in ["page_numbers", "beginnings"] {
            let forms: Vec<&str> = table[list].as_array().unwrap().iter().map(|form| form.as_str().unwrap()).collect();
            let once: HashSet<&str> = forms.iter().copied().collect();
            assert_eq!(once.len(), forms.len(), "{list}");
        }
    }

    #[test]
    fn page_numbers_are_known_in_all_their_forms() {
        for line in ["3", "- 3 -", "— 12 —", "－３－", "第 3 页", "第3页 共9页", "第三页", "3/9", "Page 3 of 9", "- 3-"]
        {
            assert!(is_page_number(line), "{line}");
        }
        for line in ["2022年", "三、", "3件", "1月5日", "（一）加强领导", "-", "第3页脚注", "", "3 个"]
        {
            assert!(!is_page_number(line), "{line}");
        }
    }

    #[test]
    fn beginnings_are_known() {
        for line in ["一、主要做法", "（二）健全", "(3)落实", "12.加强", "第三部分 问题", "二是推进"]
        {
            assert!(is_beginning(line), "{line}");
        }
        for line in ["2023年", "一年来", "（以下简称", "十分重要", "12件", "第三方评估"] {
            assert!(!is_beginning(line), "{line}");
        }
    }

    #[test]
    fn every_radical_has_its_character() {
        assert_eq!(RULES.radicals.chars().count(), 0x2fd6 - 0x2f00);
        let of = |radical: char| RULES.radicals.chars().nth(radical as usize - 0x2f00);
        assert_eq!((of('⼀'), of('⼈'), of('⽇'), of('⿕')), (Some('一'), Some('人'), Some('日'), Some('龠')));
    }
}
