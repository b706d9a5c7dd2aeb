//! Pinyin that a copying site inserted: 建設(shè).

use super::Edit;
use crate::text::{is_han, previous};

/// Longest reading in brackets, in characters.
const LONGEST: usize = 24;

/// Syllables without a tone mark that are also units, initials or words of another language.
const AMBIGUOUS: [&str; 16] =
    ["min", "ha", "mu", "pa", "an", "ai", "men", "gan", "fan", "long", "pan", "can", "pin", "sui", "ma", "ba"];

const INITIALS: [&str; 23] = [
    "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c", "s", "y",
    "w",
];

const FINALS: [&str; 36] = [
    "a", "o", "e", "i", "u", "v", "ai", "ei", "ao", "ou", "an", "en", "in", "un", "ang", "eng", "ing", "ong", "er",
    "ia", "ie", "iu", "ua", "uo", "ui", "ue", "ve", "iao", "ian", "uai", "uan", "iang", "iong", "uang", "ueng", "van",
];

/// Drops a reading in the brackets that open at byte `at`, directly behind an ideograph.
pub(super) fn inserted(text: &str, at: usize, edits: &mut Vec<Edit>) {
    if !previous(text, at).is_some_and(|(_, c)| is_han(c)) {
        return;
    }
    let inner = &text[at + 1..];
    let end = inner.char_indices().take(LONGEST + 1).find(|(_, c)| *c == ')' || *c == '\n').filter(|(_, c)| *c == ')');
    if let Some((length, _)) = end
        && is_reading(&inner[..length])
    {
        edits.push(Edit::drop(at..at + 1 + length + 1));
    }
}

/// Whether letters are a reading: with a tone mark or a number of the tone, or a whole syllable that means nothing else.
fn is_reading(letters: &str) -> bool {
    let letters = letters.trim();
    if letters.is_empty()
        || !letters.chars().all(|c| c.is_ascii_lowercase() || is_toned(c) || matches!(c, ' ' | '1'..='5'))
    {
        return false;
    }
    if letters.chars().any(is_toned) {
        return !letters.contains(|c: char| c.is_ascii_digit());
    }
    let bare = letters.trim_end_matches(|c: char| c.is_ascii_digit());
    let numbered = letters.len() - bare.len() == 1;
    is_syllable(bare) && (numbered || !AMBIGUOUS.contains(&bare))
}

/// Whether a letter carries a tone mark, or is a u with two dots or the script forms of a and g in which pinyin is set.
const fn is_toned(c: char) -> bool {
    matches!(
        c,
        '\u{E0}'
            | '\u{E1}'
            | '\u{E8}'
            | '\u{E9}'
            | '\u{EA}'
            | '\u{EC}'
            | '\u{ED}'
            | '\u{F2}'
            | '\u{F3}'
            | '\u{F9}'
            | '\u{FA}'
            | '\u{FC}'
            | '\u{101}'
            | '\u{113}'
            | '\u{11B}'
            | '\u{12B}'
            | '\u{144}'
            | '\u{148}'
            | '\u{14D}'
            | '\u{16B}'
            | '\u{1CE}'
            | '\u{1D0}'
            | '\u{1D2}'
            | '\u{1D4}'
            | '\u{1D6}'
            | '\u{1D8}'
            | '\u{1DA}'
            | '\u{1DC}'
            | '\u{1F9}'
            | '\u{251}'
            | '\u{261}'
            | '\u{300}'
            | '\u{301}'
            | '\u{304}'
            | '\u{30C}'
    )
}

/// Whether letters without a tone are a syllable of at least two letters.
fn is_syllable(letters: &str) -> bool {
    if letters.len() < 2 {
        return false;
    }
    let rest = INITIALS.iter().find_map(|initial| letters.strip_prefix(initial)).unwrap_or(letters);
    FINALS.contains(&rest)
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::super::tests::check;

    #[test]
    fn readings_go_and_abbreviations_stay() {
        check(&[
            ("建設(shè)法治（zhì）政府", "建设法治政府"),
            ("行政处罚(fá)办法", "行政处罚办法"),
            ("法制（zhi）审核", "法制审核"),
            ("调（tiao2）解中心", "调解中心"),
            ("治理（zhì lǐ）能力", "治理能力"),
            ("政务服务（APP）和项目（PPP）", "政务服务(APP)和项目(PPP)"),
            ("管道长度(km)、面积(ha)", "管道长度(km)、面积(ha)"),
            ("便民热线(12345)", "便民热线(12345)"),
            ("等级(A)(B)和附件(a)", "等级(A)(B)和附件(a)"),
            ("平台(app)、响应时间(min)", "平台(app)、响应时间(min)"),
            ("办法(试行)", "办法(试行)"),
        ]);
    }
}
