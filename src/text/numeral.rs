//! Numbers in Chinese and Arabic numerals.

/// Value of a numeral in Chinese characters (三十二, 一百零五, 两千), `None` where it is not one.
///
/// Positional strings (二〇二一) are read digit by digit.
#[must_use]
pub fn chinese(numeral: &str) -> Option<u64> {
    if numeral.is_empty() {
        return None;
    }
    if numeral.chars().count() > 1 && numeral.chars().all(|c| digit(c).is_some()) {
        return numeral.chars().try_fold(0_u64, |value, c| value.checked_mul(10)?.checked_add(digit(c)?));
    }
    let (mut total, mut section, mut pending) = (0_u64, 0_u64, None);
    for c in numeral.chars() {
        if let Some(value) = digit(c) {
            pending = Some(value);
        } else {
            let unit = unit(c)?;
            if unit >= 10_000 {
                let before = total.checked_add(section)?.checked_add(pending.take().unwrap_or(0))?;
                // A power of ten alone counts once: 上万.
                total = before.max(1).checked_mul(unit)?;
                section = 0;
            } else {
                section = section.checked_add(pending.take().unwrap_or(1).checked_mul(unit)?)?;
            }
        }
    }
    total.checked_add(section)?.checked_add(pending.unwrap_or(0))
}

/// Whether a character can stand in a Chinese numeral.
#[must_use]
pub const fn is_chinese(c: char) -> bool {
    digit(c).is_some() || unit(c).is_some()
}

/// Value of one Chinese digit; 两 counts as two.
#[must_use]
pub const fn digit(c: char) -> Option<u64> {
    Some(match c {
        '\u{3007}' | '\u{96F6}' => 0,
        '\u{4E00}' => 1,
        '\u{4E8C}' | '\u{4E24}' => 2,
        '\u{4E09}' => 3,
        '\u{56DB}' => 4,
        '\u{4E94}' => 5,
        '\u{516D}' => 6,
        '\u{4E03}' => 7,
        '\u{516B}' => 8,
        '\u{4E5D}' => 9,
        _ => return None,
    })
}

/// Value of a Chinese power of ten: 十, 百, 千, 万, 亿.
#[must_use]
pub const fn unit(c: char) -> Option<u64> {
    Some(match c {
        '\u{5341}' => 10,
        '\u{767E}' => 100,
        '\u{5343}' => 1_000,
        '\u{4E07}' => 10_000,
        '\u{4EBF}' => 100_000_000,
        _ => return None,
    })
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::chinese;

    #[test]
    fn numerals_have_values() {
        for (numeral, value) in [
            ("一", Some(1)),
            ("十", Some(10)),
            ("十二", Some(12)),
            ("三十", Some(30)),
            ("一百零五", Some(105)),
            ("两千", Some(2_000)),
            ("二〇二一", Some(2021)),
            ("一万二千", Some(12_000)),
            ("三亿", Some(300_000_000)),
            ("千", Some(1_000)),
            ("万", Some(10_000)),
            ("好", None),
            ("", None),
        ] {
            assert_eq!(chinese(numeral), value, "{numeral}");
        }
    }
}
