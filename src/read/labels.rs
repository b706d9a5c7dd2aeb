//! What does a page say of itself in labelled lines? 索引号: X, \[发布机构\] X, | 成文日期 | X | to concepts and values.
//!
//! The reader of HTML asks this of the lines around the main text, a later stage of the lines of plain text.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use super::dates;
use crate::text::simplified;

/// What a label is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LabelConcept {
    /// 索引号
    IndexNumber,
    /// 发布机构: who put the page up; often not the author.
    Publisher,
    /// 来源: where the site took it from.
    Source,
    /// 发布日期: when the page was put up.
    Published,
    /// 更新时间: when the page was last changed.
    Updated,
    /// 成文日期: the document's own date.
    Dated,
    /// 发文字号
    Number,
    /// 标题, 名称
    Title,
    /// 主题分类
    Topic,
    /// 体裁分类
    Genre,
    /// 有效性
    Validity,
    /// Any other label of a page (公开方式, 浏览次数, 字号 …): it ends the value before it.
    Other,
}

impl LabelConcept {
    /// Whether the value is a date.
    #[must_use]
    pub const fn is_date(self) -> bool {
        matches!(self, Self::Published | Self::Updated | Self::Dated)
    }
}

/// A label with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageLabel {
    /// What the label is about.
    pub concept: LabelConcept,
    /// The value as printed, white space collapsed; a date in ISO 8601. Empty where the page leaves it empty.
    pub value: String,
    /// Bytes of the text from the start of the label's line to the end of the value's line, line break excluded.
    pub lines: Range<usize>,
}

/// The words of `data/page_labels.toml`, without white space.
static WORDS: LazyLock<HashMap<String, LabelConcept>> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the embedded table is fixed when the program is built; a test parses it")]
    let table: HashMap<LabelConcept, Vec<String>> =
        toml::from_str(include_str!("../../data/page_labels.toml")).expect("data/page_labels.toml is well-formed");
    table.into_iter().flat_map(|(concept, words)| words.into_iter().map(move |word| (word, concept))).collect()
});

/// Characters of the longest label word.
static LONGEST: LazyLock<usize> = LazyLock::new(|| WORDS.keys().map(|w| w.chars().count()).max().unwrap_or(0));

/// The first value of this concept that is not empty.
#[must_use]
pub fn first(labels: &[PageLabel], concept: LabelConcept) -> Option<&str> {
    labels.iter().find(|l| l.concept == concept && !l.value.is_empty()).map(|l| l.value.as_str())
}

/// Every label in the lines of `text`, in order.
///
/// A label stands at the start of a line, of a table cell or after white space, is followed by a colon, a closing
/// bracket or a cell border, and may have white space between its characters. The value ends at the next label or at
/// the end of the line; after a label that is alone on its line it is the next line, unless that holds a label itself.
#[must_use]
pub fn labels(text: &str) -> Vec<PageLabel> {
    let mut found: Vec<PageLabel> = Vec::new();
    // The last label if it still waits for a value on the next line, and how many lines it has waited.
    let mut waiting: Option<usize> = None;
    let mut blank = 0;
    let mut start = 0;
    for line in text.split('\n') {
        let lines = start..start + line.len();
        start = lines.end + 1;
        if line.trim().is_empty() {
            blank += 1;
            if blank > 2 {
                waiting = None;
            }
            continue;
        }
        let marks = marks(line);
        if marks.is_empty() {
            if let Some(index) = waiting.take() {
                take_next_line(&mut found[index], line, lines.end);
            }
            blank = 0;
            continue;
        }
        blank = 0;
        // A value that the last label of the line before waits for may stand in front of further labels.
        if let Some(index) = waiting.take() {
            take_next_line(&mut found[index], &line[..marks[0].label.start], lines.start + marks[0].label.start);
        }
        unlabelled_date(line, &marks, &lines, &mut found);
        for (nth, mark) in marks.iter().enumerate() {
            let end = marks.get(nth + 1).map_or(line.len(), |next| next.label.start);
            let value = value(mark.concept, &line[mark.label.end..end]);
            let (value, date) = split_date(value, mark.concept, &marks);
            found.extend(date.map(|value| PageLabel { concept: LabelConcept::Published, value, lines: lines.clone() }));
            found.push(PageLabel { concept: mark.concept, value, lines: lines.clone() });
        }
        let empty = marks.last().is_some_and(|last| line[last.label.end..].trim().is_empty());
        let alone = marks.len() == 1 || found.last().is_some_and(|label| label.concept == LabelConcept::Title);
        waiting = (empty && alone).then(|| found.len() - 1);
    }
    found
}

/// What stands before the first label of a line.
#[must_use]
pub fn before_labels(line: &str) -> &str {
    marks(line).first().map_or(line, |mark| line[..mark.label.start].trim_end())
}

/// A line that a label waits for: taken if it can be a value of that concept.
fn take_next_line(label: &mut PageLabel, line: &str, end: usize) {
    let text = value(label.concept, line);
    let short = text.chars().count() <= if label.concept == LabelConcept::Title { 120 } else { 60 };
    // A sentence is the text of the report, not the value of an empty label.
    let sentence = text.contains(SENTENCE_ENDS) && label.concept != LabelConcept::Title;
    if !text.is_empty() && short && !sentence {
        label.value = text;
        label.lines.end = end;
    }
}

/// The full stop, exclamation mark, question mark and semicolon of Chinese.
const SENTENCE_ENDS: [char; 4] = ['\u{3002}', '\u{ff01}', '\u{ff1f}', '\u{ff1b}'];

/// `2021-03-04 来源: X`: the date before the first label of a line is the date of publication.
fn unlabelled_date(line: &str, marks: &[Mark], lines: &Range<usize>, found: &mut Vec<PageLabel>) {
    let Some(first) = marks.first() else { return };
    let before = line[..first.label.start].trim();
    if marks.iter().all(|m| !m.concept.is_date())
        && before.len() <= 40
        && let Some(date) = dates::iso(before)
    {
        found.push(PageLabel { concept: LabelConcept::Published, value: date, lines: lines.clone() });
    }
}

/// The value of a source without the date of publication that stands behind it, on a line that labels no date.
fn split_date(value: String, concept: LabelConcept, marks: &[Mark]) -> (String, Option<String>) {
    if concept != LabelConcept::Source || marks.iter().any(|mark| mark.concept.is_date()) {
        return (value, None);
    }
    match dates::find(&value) {
        Some((at, date)) if at.start > 0 && value[at.end..].chars().all(|c| !c.is_alphabetic()) => {
            (value[..at.start].trim_end().to_owned(), Some(date))
        }
        _ => (value, None),
    }
}

/// A label found in a line.
struct Mark {
    concept: LabelConcept,
    /// Bytes of the label with its brackets and colon.
    label: Range<usize>,
}

/// The labels of one line.
fn marks(line: &str) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut may_start = true;
    let mut passed = 0;
    for (at, c) in line.char_indices() {
        if at < passed {
            continue;
        }
        // Within a line of labels one may follow the value before it without a gap.
        if (may_start || !marks.is_empty())
            && let Some((concept, end)) = label_at(line, at, may_start)
        {
            let bracket = line[..at].chars().next_back().filter(|b| OPENING.contains(b));
            marks.push(Mark { concept, label: at - bracket.map_or(0, char::len_utf8)..end });
            passed = end;
            may_start = true;
            continue;
        }
        may_start = c.is_whitespace() || c == '|' || OPENING.contains(&c) || BULLETS.contains(&c);
    }
    marks
}

/// What may stand before a label: square brackets, lenticular brackets, full-width square brackets, tortoise-shell brackets.
const OPENING: [char; 6] = ['[', '\u{3010}', '\u{ff3b}', '\u{3014}', '(', '\u{ff08}'];
/// What closes them.
const CLOSING: [char; 4] = [']', '\u{3011}', '\u{ff3d}', '\u{3015}'];
/// Bullets and the vertical bars of a table.
const BULLETS: [char; 6] = ['\u{2022}', '\u{b7}', '\u{25cf}', '\u{25a0}', '\u{ff5c}', '\u{2502}'];
/// The two colons.
const COLONS: [char; 2] = [':', '\u{ff1a}'];

/// The label that begins at byte `at` of the line, and the byte after its colon, bracket or border.
fn label_at(line: &str, at: usize, after_gap: bool) -> Option<(LabelConcept, usize)> {
    let mut word = String::new();
    let mut best = None;
    for (offset, c) in line[at..].char_indices().filter(|(_, c)| !c.is_whitespace()).take(*LONGEST) {
        word.push(simplified(c));
        if let Some(&concept) = WORDS.get(word.as_str())
            && let Some(end) = closed(line, at, at + offset + c.len_utf8(), concept, after_gap)
        {
            best = Some((concept, end));
        }
    }
    best
}

/// The byte after what closes a label whose word ends at byte `end`; `None` if nothing does.
fn closed(line: &str, start: usize, end: usize, concept: LabelConcept, after_gap: bool) -> Option<usize> {
    let rest = &line[end..];
    let trimmed = rest.trim_start();
    let after_gap_at = line.len() - trimmed.len();
    let mut chars = trimmed.chars();
    let next = chars.next();
    let past = |c: char, rest: &str| after_gap_at + c.len_utf8() + (rest.len() - rest.trim_start().len());
    match next {
        Some(c) if COLONS.contains(&c) => Some(after_gap_at + c.len_utf8()),
        Some(c) if CLOSING.contains(&c) && after_gap => {
            let rest = chars.as_str();
            let at = past(c, rest);
            let colon = line[at..].chars().next().filter(|c| COLONS.contains(c));
            Some(at + colon.map_or(0, char::len_utf8))
        }
        Some('|' | '\u{ff5c}' | '\u{2502}') if after_gap => Some(after_gap_at),
        // A label alone on its line, or as the last cell of a row.
        None if after_gap => {
            let before = line[..start].trim_end();
            (before.is_empty() || before.ends_with(['|', '\u{2022}', '\u{b7}'])).then_some(line.len())
        }
        // Only white space between label and value: enough where the value proves it.
        Some(_) if after_gap && trimmed.len() < rest.len() => {
            let proven = match concept {
                LabelConcept::IndexNumber => trimmed.starts_with(|c: char| c.is_ascii_alphanumeric()),
                c if c.is_date() => dates::iso(trimmed).is_some(),
                _ => false,
            };
            proven.then_some(after_gap_at)
        }
        _ => None,
    }
}

/// The value of a label: borders and brackets off, white space collapsed, a date in ISO 8601.
fn value(concept: LabelConcept, printed: &str) -> String {
    let borders = |c: char| c.is_whitespace() || matches!(c, '|' | '\u{ff5c}' | '\u{2502}') || BULLETS.contains(&c);
    // A dash between white space and the next label is the bullet of a list.
    let printed = printed.trim_end();
    let printed = printed.strip_suffix('-').filter(|rest| rest.ends_with(char::is_whitespace)).unwrap_or(printed);
    let printed = printed.trim_matches(borders);
    let printed = printed.strip_prefix(COLONS).unwrap_or(printed).trim_matches(borders);
    if concept.is_date() {
        return dates::iso(printed).unwrap_or_default();
    }
    // An opening bracket left over belongs to what follows, a closing one without its partner to what went before.
    let printed = printed.trim_end_matches(|c: char| borders(c) || OPENING.contains(&c));
    let cells: Vec<&str> = printed.split_whitespace().collect();
    cells.join(" ")
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::LabelConcept::{Dated, IndexNumber, Other, Published, Publisher, Source, Title, Topic, Validity};
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<(LabelConcept, String)> {
        labels(text).into_iter().filter(|l| l.concept != Other).map(|l| (l.concept, l.value)).collect()
    }

    fn pairs(expected: &[(LabelConcept, &str)]) -> Vec<(LabelConcept, String)> {
        expected.iter().map(|(c, v)| (*c, (*v).to_owned())).collect()
    }

    #[test]
    fn every_word_belongs_to_one_concept_and_has_no_space() {
        let table: HashMap<LabelConcept, Vec<String>> =
            toml::from_str(include_str!("../../data/page_labels.toml")).unwrap();
        let words: Vec<&String> = table.values().flatten().collect();
        assert_eq!(words.len(), WORDS.len(), "a word stands twice in data/page_labels.toml");
        assert!(words.iter().all(|w| !w.is_empty() && !w.contains(char::is_whitespace)));
    }

    #[test]
    fn a_line_of_labels_is_split_at_each_label() {
        let line = "来源:青山县政府网 发布时间:2021-03-04 09:35:00 浏览次数: 128 字号:[小] [大]";
        assert_eq!(read(line), pairs(&[(Source, "青山县政府网"), (Published, "2021-03-04")]));
        assert_eq!(
            read("来源:青山县政府发布时间:2021年3月4日"),
            pairs(&[(Source, "青山县政府"), (Published, "2021-03-04")])
        );
        assert_eq!(read("来源: 发布时间:2022-03-31"), pairs(&[(Source, ""), (Published, "2022-03-31")]));
    }

    #[test]
    fn labels_in_brackets_and_with_spaces_inside() {
        let text = "[ 索 引 号 ] QS0001/2022-00012 [ 发布机构 ] 青山县司法局\n【成文日期】二〇二二年一月五日";
        assert_eq!(
            read(text),
            pairs(&[(IndexNumber, "QS0001/2022-00012"), (Publisher, "青山县司法局"), (Dated, "2022-01-05")])
        );
    }

    #[test]
    fn tables_with_bars() {
        let text = "索引号: | QS01/2023-605 | 文件编号: | 发布机构: | 县司法局 | |\n生成日期: | 2023-02-17 | 主题分类: | 公开方式: | 依申请公开 |\n| 有效性 | 有效 | 发布日期 |  |";
        assert_eq!(
            read(text),
            pairs(&[
                (IndexNumber, "QS01/2023-605"),
                (LabelConcept::Number, ""),
                (Publisher, "县司法局"),
                (Published, "2023-02-17"),
                (Topic, ""),
                (Validity, "有效"),
                (Published, ""),
            ])
        );
    }

    #[test]
    fn label_and_value_on_lines_of_their_own() {
        let text = "• 索引号:\n\n  QS02/2024-001\n • 主题分类:\n\n • 来源:\n\n • 发布机构:\n 青山县人民政府办公室\n发布日期:\n2024年4月6日 16:34\n标题\n青山县2023年法治政府建设报告\n内容概述:\n\n一年来,我县依法行政工作取得实效。";
        assert_eq!(
            read(text),
            pairs(&[
                (IndexNumber, "QS02/2024-001"),
                (Topic, ""),
                (Source, ""),
                (Publisher, "青山县人民政府办公室"),
                (Published, "2024-04-06"),
                (Title, "青山县2023年法治政府建设报告"),
            ])
        );
        let found = labels(text);
        assert!(text[found[0].lines.clone()].ends_with("QS02/2024-001"));
    }

    #[test]
    fn an_empty_label_does_not_swallow_the_report() {
        let found = labels("来源:\n2023年,全县行政机关依法履职。各项工作有序推进。\n");
        assert_eq!(found[0].value, "");
    }

    #[test]
    fn white_space_alone_separates_only_what_proves_itself() {
        assert_eq!(read("索引号 000014349/2017-00110"), pairs(&[(IndexNumber, "000014349/2017-00110")]));
        assert_eq!(read("发布时间 2022-03-04 打印"), pairs(&[(Published, "2022-03-04")]));
        assert_eq!(read("来源 广泛,渠道多样"), pairs(&[]));
    }

    #[test]
    fn a_date_before_the_source_is_that_of_publication() {
        assert_eq!(
            read("2011-06-18 00:00:00 来源: 本站原创"),
            pairs(&[(Published, "2011-06-18"), (Source, "本站原创")])
        );
    }

    #[test]
    fn running_text_has_no_labels() {
        for text in [
            "一、公开发布日期之前的来源:审查工作情况",
            "严格落实有效性审查,规范来源管理。",
            "二是规范发布。发布机构进一步明确。",
            "法治政府建设主题分类明确",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in "[索引号发布日期来源:|\\[\\]【】 \n\u{3000}0-9年月a-c]{0,80}") {
            for label in labels(&text) {
                prop_assert!(text.get(label.lines).is_some());
            }
        }
    }
}
