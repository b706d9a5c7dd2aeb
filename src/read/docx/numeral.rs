//! How does a word processor write the number of a list item? `data/numbering.toml` in memory.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// `data/numbering.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Forms {
    counting: HashMap<String, [String; 2]>,
    digits: HashMap<String, String>,
    signs: HashMap<String, Signs>,
}

/// A sign a number, each of one character or of several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Signs {
    Row(String),
    List(Vec<String>),
}

#[expect(clippy::expect_used, reason = "the embedded table is fixed when the program is built; a test parses it")]
static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/numbering.toml")).expect("data/numbering.toml is well-formed")
});

/// A number in a format of `ST_NumberFormat`; `None` where the format shows no number, as a bullet's.
pub(super) fn numeral(number: u32, format: &str) -> Option<String> {
    if matches!(format, "bullet" | "none") {
        return None;
    }
    if format == "decimalZero" {
        return Some(format!("{number:02}"));
    }
    if let Some([digits, units]) = FORMS.counting.get(format) {
        return Some(counted(number, digits, units));
    }
    let sign = |signs: &Signs| {
        let nth = number.checked_sub(1)? as usize;
        match signs {
            Signs::Row(row) => row.chars().nth(nth).map(String::from),
            Signs::List(list) => list.get(nth).cloned(),
        }
    };
    if let Some(sign) = FORMS.signs.get(format).and_then(sign) {
        return Some(sign);
    }
    let digits = FORMS.digits.get(format).map_or("0123456789", String::as_str);
    let digit = |c: char| c.to_digit(10).and_then(|d| digits.chars().nth(d as usize));
    Some(number.to_string().chars().filter_map(digit).collect())
}

/// A number below 100,000 as it is spoken: 23 as two ten three, 105 as one hundred nought five.
fn counted(number: u32, digits: &str, units: &str) -> String {
    let digits: Vec<char> = digits.chars().collect();
    let units: Vec<char> = units.chars().collect();
    if number == 0 || number > 99_999 || digits.len() != 10 || units.len() != 4 {
        return number.to_string();
    }
    let (mut spoken, mut gap) = (String::new(), false);
    for place in (0..5).rev() {
        let digit = number / 10u32.pow(place) % 10;
        if digit == 0 {
            gap = !spoken.is_empty();
            continue;
        }
        if gap {
            spoken.push(digits[0]);
            gap = false;
        }
        // Ten to nineteen are spoken without the one.
        if !(digit == 1 && place == 1 && spoken.is_empty()) {
            spoken.push(digits[digit as usize]);
        }
        if place > 0 {
            spoken.push(units[place as usize - 1]);
        }
    }
    spoken
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_every_format() {
        for (number, format, written) in [
            (1, "chineseCounting", "一"),
            (10, "chineseCounting", "十"),
            (11, "chineseCountingThousand", "十一"),
            (20, "japaneseCounting", "二十"),
            (23, "chineseCountingThousand", "二十三"),
            (105, "chineseCountingThousand", "一百〇五"),
            (110, "chineseCountingThousand", "一百一十"),
            (1003, "chineseCountingThousand", "一千〇三"),
            (12, "chineseLegalSimplified", "拾贰"),
            (12, "ideographDigital", "一二"),
            (3, "decimal", "3"),
            (3, "decimalZero", "03"),
            (12, "decimalFullWidth", "１２"),
            (3, "decimalEnclosedCircle", "③"),
            (21, "decimalEnclosedCircle", "21"),
            (2, "ideographTraditional", "乙"),
            (4, "lowerRoman", "iv"),
            (3, "upperLetter", "C"),
            (7, "aFormatOfTheFuture", "7"),
        ] {
            assert_eq!(numeral(number, format).as_deref(), Some(written), "{number} {format}");
        }
        assert_eq!(numeral(1, "bullet"), None);
    }
}
