//! Brackets that are doubled, of the wrong kind, or lost beside the year of a document number.

use std::ops::Range;

use super::{Edit, digits_before};
use crate::text::{is_han, mark, previous};

/// Longest title in angle brackets, in bytes.
const LONGEST_TITLE: usize = 180;
/// How far back an opening title mark is looked for, in bytes.
const LONGEST_OUTER: usize = 600;

/// Titles in < >, << >> or, outside of a title, 〈 〉: these become title marks, those within a title inner ones.
pub(super) fn angles(text: &str, at: usize, edits: &mut Vec<Edit>) {
    let rest = &text[at..];
    let (open, close) = match rest.as_bytes() {
        [b'<', b'<', ..] => ("<<", ">>"),
        [b'<', ..] if text[..at].ends_with('<') => return,
        [b'<', ..] => ("<", ">"),
        _ => ("\u{3008}", "\u{3009}"),
    };
    let inner = &rest[open.len()..];
    let Some(length) =
        inner.find(['\n', '<', '>', '\u{3008}', '\u{3009}']).filter(|length| inner[*length..].starts_with(close))
    else {
        return;
    };
    let words = &inner[..length];
    let is_title = words.starts_with(is_han)
        && words.chars().nth(1).is_some()
        && length <= LONGEST_TITLE
        && !words
            .contains(|c: char| matches!(c, '/' | '=' | '|' | mark::FULL_STOP | mark::TITLE_OPEN | mark::TITLE_CLOSE));
    if !is_title {
        return;
    }
    let within = is_within_title(text, at);
    if within && open == "\u{3008}" {
        return;
    }
    let (opens, closes) =
        if within { (mark::INNER_TITLE_OPEN, mark::INNER_TITLE_CLOSE) } else { (mark::TITLE_OPEN, mark::TITLE_CLOSE) };
    let start = at + open.len();
    edits.push(Edit::put(at..start, opens));
    edits.push(Edit::put(start + length..start + length + close.len(), closes));
}

/// Whether a title is open at byte `at` of its line.
fn is_within_title(text: &str, at: usize) -> bool {
    let least = at.saturating_sub(LONGEST_OUTER);
    text[..at]
        .char_indices()
        .rev()
        .take_while(|(at, c)| *at >= least && *c != '\n')
        .find(|(_, c)| matches!(*c, mark::TITLE_OPEN | mark::TITLE_CLOSE))
        .is_some_and(|(_, c)| c == mark::TITLE_OPEN)
}

/// Drops what is too much of doubled brackets in a line: a pair directly within a pair of its kind (《《…》》), and a mark
/// without a partner beside one of its kind (《《…》, 《…》》). A title that only begins with another (《《A》办法》) stays.
pub(super) fn doubled(text: &str, line: Range<usize>, edits: &mut Vec<Edit>) {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut pairs: Vec<(char, usize, usize)> = Vec::new();
    let mut alone: Vec<(usize, char)> = Vec::new();
    for (at, c) in text[line.clone()].char_indices().map(|(at, c)| (line.start + at, c)) {
        if partner(c).is_some() {
            open.push((at, c));
        } else if let Some(opener) = opener(c) {
            match open.iter().rposition(|(_, other)| *other == opener) {
                Some(depth) => {
                    pairs.push((opener, open[depth].0, at));
                    alone.extend(open.drain(depth..).skip(1));
                }
                None => alone.push((at, c)),
            }
        }
    }
    alone.extend(open);
    pairs.sort_unstable_by_key(|(_, start, _)| *start);
    for neighbours in pairs.windows(2) {
        let [(kind, start, end), (other, inner_start, inner_end)] = neighbours else { continue };
        let width = kind.len_utf8();
        if kind == other && start + width == *inner_start && inner_end + width == *end {
            edits.push(Edit::drop(*start..start + width));
            edits.push(Edit::drop(*end..end + width));
        }
    }
    for (at, c) in alone {
        let end = at + c.len_utf8();
        if text[..at].ends_with(c) || text[end..].starts_with(c) {
            edits.push(Edit::drop(at..end));
        }
    }
}

const KINDS: [(char, char); 4] = [
    (mark::TITLE_OPEN, mark::TITLE_CLOSE),
    ('(', ')'),
    (mark::QUOTE_OPEN, mark::QUOTE_CLOSE),
    (mark::YEAR_OPEN, mark::YEAR_CLOSE),
];

fn partner(c: char) -> Option<char> {
    KINDS.iter().find(|(open, _)| *open == c).map(|(_, close)| *close)
}

fn opener(c: char) -> Option<char> {
    KINDS.iter().find(|(_, close)| *close == c).map(|(open, _)| *open)
}

const ORDINAL: char = '\u{7B2C}';

/// The last character of what stands before the year of a document number: 发, 办, 函, 字, 政, 令, 规, 通, 呈, 复, 电, 文, 党,
/// 委, 厅, 府, 司, 法, 审, 议, 批, and those of them that traditional script writes otherwise.
const CODE_ENDS: [char; 29] = [
    '\u{53D1}', '\u{529E}', '\u{51FD}', '\u{5B57}', '\u{653F}', '\u{4EE4}', '\u{89C4}', '\u{901A}', '\u{5448}',
    '\u{590D}', '\u{7535}', '\u{6587}', '\u{515A}', '\u{59D4}', '\u{5385}', '\u{5E9C}', '\u{53F8}', '\u{6CD5}',
    '\u{5BA1}', '\u{8BAE}', '\u{6279}', '\u{767C}', '\u{8FA6}', '\u{898F}', '\u{9EE8}', '\u{5EF3}', '\u{8B70}',
    '\u{5FA9}', '\u{96FB}',
];

/// Puts 〔〕 around the year of the document number that ends with 号 at byte `at`: [2021]5号, 【2021】5号, (2021)5号,
/// 〔2021)5号, 2021〕5号, 〔20215号, 某政发20215号.
pub(super) fn document_number(text: &str, at: usize, edits: &mut Vec<Edit>) {
    let digits = digits_before(text, at);
    let (mut number, mut split) = (digits.start, None);
    if digits.is_empty() {
        return;
    }
    let before = text[..number].strip_suffix(ORDINAL).map_or(number, str::len);
    let closes = previous(text, before).filter(|(_, c)| matches!(*c, ')' | ']' | mark::LABEL_CLOSE | mark::YEAR_CLOSE));
    let (year, close) = match closes {
        Some((start, c)) => (digits_before(text, start), Some((start, c))),
        None if (5..=8).contains(&digits.len()) => {
            split = Some(digits.start + 4);
            number = digits.start + 4;
            (digits.start..number, None)
        }
        None => return,
    };
    if year.len() != 4 || !text[year.clone()].parse::<u16>().is_ok_and(|year| (1980..=2049).contains(&year)) {
        return;
    }
    let ahead = previous(text, year.start);
    let open = ahead.filter(|(_, c)| matches!(*c, '(' | '[' | mark::LABEL_OPEN | mark::YEAR_OPEN));
    let is_code = ahead.is_some_and(|(_, c)| CODE_ENDS.contains(&c));
    if open.is_none() && !is_code {
        return;
    }
    match open {
        Some((_, mark::YEAR_OPEN)) => {}
        Some((start, _)) => edits.push(Edit::put(start..year.start, mark::YEAR_OPEN)),
        None => edits.push(Edit::put(year.start..year.start, mark::YEAR_OPEN)),
    }
    match (close, split) {
        (Some((_, mark::YEAR_CLOSE)), _) | (None, None) => {}
        (Some((start, c)), _) => edits.push(Edit::put(start..start + c.len_utf8(), mark::YEAR_CLOSE)),
        (None, Some(split)) => edits.push(Edit::put(split..split, mark::YEAR_CLOSE)),
    }
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::super::tests::check;

    #[test]
    fn doubled_brackets_become_single_and_nested_titles_stay() {
        check(&[
            ("落实《《法治县建设规划》》要求", "落实《法治县建设规划》要求"),
            ("落实《《法治县建设规划》要求", "落实《法治县建设规划》要求"),
            ("落实《法治县建设规划》》要求", "落实《法治县建设规划》要求"),
            ("出台《《行政处罚法》实施办法》", "出台《《行政处罚法》实施办法》"),
            ("印发《关于贯彻《信访工作条例》》", "印发《关于贯彻《信访工作条例》》"),
            ("（（试行））", "(试行)"),
            ("（（一）总体", "(一)总体"),
            ("““三项制度””", "“三项制度”"),
            ("(甲)(乙)", "(甲)(乙)"),
        ]);
    }

    #[test]
    fn angle_brackets_around_titles_are_title_marks() {
        check(&[
            ("学习<行政复议法>和<<民法典>>", "学习《行政复议法》和《民法典》"),
            ("印发《关于贯彻<优化营商环境条例>的意见》", "印发《关于贯彻〈优化营商环境条例〉的意见》"),
            ("学习〈行政处罚法〉", "学习《行政处罚法》"),
            ("《关于修改〈治安条例〉的决定》", "《关于修改〈治安条例〉的决定》"),
            ("首页>政务公开>法治政府", "首页>政务公开>法治政府"),
            ("<br>和<a href=x>", "<br>和<a href=x>"),
        ]);
    }

    #[test]
    fn document_numbers_have_their_brackets() {
        check(&[
            ("某政发[2021]5号", "某政发〔2021〕5号"),
            ("某政办【2021】15号", "某政办〔2021〕15号"),
            ("某政办发（2021）15号", "某政办发〔2021〕15号"),
            ("某政发﹝2021﹞5号", "某政发〔2021〕5号"),
            ("某政发〔2021)5号", "某政发〔2021〕5号"),
            ("某政发2021〕5号", "某政发〔2021〕5号"),
            ("某政发〔20215号", "某政发〔2021〕5号"),
            ("某府函202526号", "某府函〔2025〕26号"),
            ("公告（2021）第3号", "公告〔2021〕第3号"),
            ("令第713号、幢202526号、(2021)", "令第713号、幢202526号、(2021)"),
            ("电话12345号", "电话12345号"),
        ]);
    }
}
