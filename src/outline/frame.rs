//! The frame around the report: page furniture, title, salutation before the body; signature, date, page furniture
//! after it.

use super::marker::{Style, marker};
use crate::lexicon::OutlineCues;
use crate::text::{is_han, mark};
use std::ops::Range;

/// Which of the lines are the report's body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame {
    /// Index of the title's first line.
    pub title: Option<usize>,
    /// How many lines the title takes.
    pub title_lines: usize,
    /// Index of the salutation.
    pub salutation: Option<usize>,
    /// The lines of the signature and date of a letter that goes before the report within the body.
    pub letter: Range<usize>,
    /// The lines of the body, closing formulas and furniture among them left out by [`Frame::is_meta`].
    pub body: Range<usize>,
    /// Lines within the body that belong to the page.
    furniture: Vec<usize>,
}

impl Frame {
    /// Whether a line belongs to the page and not to the report's body.
    #[must_use]
    pub fn is_meta(&self, line: usize) -> bool {
        !self.body.contains(&line) || self.furniture.binary_search(&line).is_ok()
    }
}

/// Longest title line, salutation and heading without a number, in characters.
const TITLE_LENGTH: usize = 70;
const SALUTATION_LENGTH: usize = 45;
/// A title stands among this many first lines.
const TITLE_WITHIN: usize = 16;
/// A line of this many characters is prose even without a stop.
const PROSE_LENGTH: usize = 60;
/// Fewest ideographs of a line that is one short sentence.
const SHORT_SENTENCE: usize = 6;
/// Shortest line that ends with a stop and is no furniture although it begins like it.
const SENTENCE_LENGTH: usize = 16;
/// Longest heading without a number that opens the body.
const HEADING_LENGTH: usize = 16;

/// Finds the body among the lines of the folded text.
#[must_use]
pub fn frame(lines: &[&str], cues: &OutlineCues) -> Frame {
    let start = body_start(lines, cues);
    let end = body_end(lines, start, cues);
    let letter = letter(&lines[..end], start, cues);
    let title = letter.as_ref().map(|(_, title)| *title).or_else(|| title(&lines[..start], cues));
    let salutation = (0..start).rev().find(|line| is_salutation(lines[*line], cues));
    let passed = letter.as_ref().map_or(0..0, |(letter, (line, n))| letter.start..line + n);
    let is_page =
        |line: &usize| passed.contains(line) || is_closing(lines[*line], cues) || is_furniture(lines[*line], cues);
    let furniture = (start..end).filter(is_page).collect();
    Frame {
        title: title.map(|(line, _)| line),
        title_lines: title.map_or(0, |(_, n)| n),
        salutation,
        letter: letter.map_or(0..0, |(letter, _)| letter),
        body: start..end,
        furniture,
    }
}

/// The first line of the body: the first that is prose or a numbered heading.
fn body_start(lines: &[&str], cues: &OutlineCues) -> usize {
    let opens = |line: &&str| {
        !is_furniture(line, cues)
            && !is_salutation(line, cues)
            && !is_title(line, cues)
            && !is_listed_title(line, cues)
            && (is_prose(line) || is_numbered(line) || is_announcement(line, cues))
    };
    // A remark or a summary may stand before the title.
    let names_year = |line: &str| line.chars().any(|c| c.is_ascii_digit());
    let titled = lines
        .iter()
        .take(TITLE_WITHIN)
        .take_while(|line| !is_numbered(line) || is_bullet(line))
        .enumerate()
        .filter(|(_, line)| is_title(line, cues) && has_form(line, cues) && names_year(line))
        .filter(|(at, _)| !follows_letter(&lines[..*at]))
        .last()
        .map(|(at, _)| at);
    let from = titled.map_or(0, |title| title + 1);
    let first = lines[from..].iter().position(opens).map_or(lines.len(), |at| from + at);
    // A heading without a number opens the body with the prose under it.
    let headed = first > 0 && first < lines.len() && is_heading_of_actions(lines[first - 1], cues);
    if headed { first - 1 } else { first }
}

/// Whether these lines end with the date of a letter, behind which the report has its own title.
fn follows_letter(lines: &[&str]) -> bool {
    lines.last().is_some_and(|last| is_date(last)) && lines.iter().any(|line| is_prose(line))
}

/// Whether a line without a number can only be the heading of a section on what was done (主要做法).
fn is_heading_of_actions(line: &str, cues: &OutlineCues) -> bool {
    (4..=HEADING_LENGTH).contains(&line.chars().count())
        && line.chars().all(is_han)
        && !is_title(line, cues)
        && !is_furniture(line, cues)
        && cues.headings.actions.iter().any(|word| line.ends_with(word.as_str()))
}

/// The end of the body: after the last line of prose, a heading or an item, unless a signature's date stands before it.
fn body_end(lines: &[&str], start: usize, cues: &OutlineCues) -> usize {
    let is_content =
        |line: &str| !is_furniture(line, cues) && !is_closing(line, cues) && (is_prose(line) || is_numbered(line));
    let last = (start..lines.len()).rev().find(|line| is_content(lines[*line])).map_or(start, |line| line + 1);
    // After the date under the signature only the page follows, however long its lines are.
    let dated = (start + 1..last).find(|line| {
        let after = &lines[line + 1..last];
        is_date(lines[*line]) && !after.iter().any(|later| is_numbered(later)) && title_at(after, 0, cues).is_none()
    });
    dated.map_or(last, |line| {
        let before = (start..line).rev().find(|line| is_content(lines[*line])).map_or(start, |line| line + 1);
        before.max(start)
    })
}

/// A letter takes at most this many lines, and its signature this many.
const LETTER: usize = 16;
const SIGNERS: usize = 3;

/// The signature with its date of a letter that goes before the report, and the report's title behind it.
fn letter(lines: &[&str], start: usize, cues: &OutlineCues) -> Option<(Range<usize>, (usize, usize))> {
    let dated = (start + 1..lines.len().min(start + LETTER)).find(|line| is_date(lines[*line]))?;
    let title = title_at(lines, dated + 1, cues)?;
    let signs = |line: &usize| !is_prose(lines[*line]) && !is_closing(lines[*line], cues) && !is_numbered(lines[*line]);
    let signers = (start + 1..dated).rev().take(SIGNERS).take_while(signs).count();
    let body = lines.get(title.0 + title.1)?;
    (signers > 0 && (is_prose(body) || is_numbered(body) || is_salutation(body, cues)))
        .then_some((dated - signers..dated + 1, title))
}

/// Longest title, in lines.
const TITLE_LINES: usize = 4;

/// The title that begins with this line, and how many lines it takes.
fn title_at(lines: &[&str], start: usize, cues: &OutlineCues) -> Option<(usize, usize)> {
    let part = |line: &&str| is_title_part(line) && !is_furniture(line, cues);
    let n = (1..=TITLE_LINES).find(|n| {
        let lines = lines.get(start..start + n).unwrap_or_default();
        (*n == 1 || lines.iter().all(part)) && is_title(&lines.concat(), cues)
    })?;
    let tail = lines.get(start + n).is_some_and(|next| is_tail(next, cues));
    Some((start, n + usize::from(tail)))
}

/// The title among the lines before the body, and how many lines it takes.
fn title(lines: &[&str], cues: &OutlineCues) -> Option<(usize, usize)> {
    // A page prints its title more than once, and the longest says most.
    let single = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| is_title(line, cues) && has_form(line, cues))
        .max_by_key(|(_, line)| (!line.contains(mark::YEAR_OPEN), line.chars().count()))
        .map(|(at, _)| (at, 1));
    let (mut first, mut n) = single.or_else(|| (0..lines.len()).find_map(|line| title_at(lines, line, cues)))?;
    let last = lines[first + n - 1];
    if lines.get(first + n).is_some_and(|next| is_tail(next, cues) || goes_on(last, next, cues)) {
        n += 1;
    }
    while n < TITLE_LINES && first > 0 {
        let (previous, next) = (lines[first - 1], lines[first]);
        let joins = !is_furniture(previous, cues)
            && is_title_part(previous)
            && (continues(previous, next, cues) || (n > 1 && signs_with(previous, next, cues)));
        if !joins {
            break;
        }
        (first, n) = (first - 1, n + 1);
    }
    Some((first, n))
}

/// Whether a line is the end of a title that was broken (情况的报告).
fn is_tail(line: &str, cues: &OutlineCues) -> bool {
    cues.title.tails.iter().any(|tail| tail == line)
}

/// Whether a title that does not end as titles do goes on in the next line, which does (…情况及2022年 / …要点的报告).
fn goes_on(last: &str, next: &str, cues: &OutlineCues) -> bool {
    let ends = |line: &str| cues.title.forms.iter().any(|form| line.trim_end_matches(')').ends_with(form.as_str()));
    !ends(last) && last.ends_with(is_han) && is_title_part(next) && ends(next) && !is_furniture(next, cues)
}

/// Whether the Party's committee stands on the line before its government's.
fn signs_with(previous: &str, next: &str, cues: &OutlineCues) -> bool {
    cues.title.party.iter().any(|end| previous.ends_with(end.as_str()))
        && cues.title.breaks.iter().any(|end| next.ends_with(end.as_str()))
}

fn has_form(line: &str, cues: &OutlineCues) -> bool {
    cues.title.forms.iter().any(|form| line.contains(form.as_str()))
}

/// Whether a title is set on these two lines.
fn continues(first: &str, second: &str, cues: &OutlineCues) -> bool {
    let breaks = cues.title.breaks.iter().any(|end| first.ends_with(end.as_str()));
    let opens = second.starts_with(|c: char| c.is_ascii_digit())
        || cues.title.continues.iter().any(|word| second.starts_with(word.as_str()));
    breaks && opens
}

fn is_title_part(line: &str) -> bool {
    let length = line.chars().count();
    (4..=TITLE_LENGTH).contains(&length)
        && line
            .chars()
            .all(|c| is_han(c) || c.is_ascii_digit() || matches!(c, mark::TITLE_OPEN | mark::TITLE_CLOSE | ' '))
        && marker(line).is_none()
}

/// Whether a line can be a title of such a report.
#[must_use]
pub fn is_title(line: &str, cues: &OutlineCues) -> bool {
    line.chars().count() <= TITLE_LENGTH
        && !line.contains(mark::FULL_STOP)
        && !line.ends_with(':')
        && marker(line).is_none()
        && !is_furniture(line, cues)
        && cues.title.subjects.iter().any(|subject| line.contains(subject.as_str()))
        && has_form(line, cues)
        && !line.contains(',')
}

/// Whether a line is a salutation (主送机关).
#[must_use]
pub fn is_salutation(line: &str, cues: &OutlineCues) -> bool {
    line.ends_with(':')
        && line.chars().count() <= SALUTATION_LENGTH
        && marker(line).is_none()
        && !line.contains(mark::FULL_STOP)
        && cues.salutation.addressees.iter().any(|word| line.contains(word.as_str()))
        && !cues.statements.transitions.iter().any(|word| line.contains(word.as_str()))
        && !is_furniture(line, cues)
}

/// Whether a line belongs to the page.
#[must_use]
pub fn is_furniture(line: &str, cues: &OutlineCues) -> bool {
    let bare = line.trim_start_matches(['|', '>', ' ', '\u{00D7}']);
    if bare.is_empty() {
        return true;
    }
    if marker(line).is_some() {
        return false;
    }
    let pipes = line.matches('|').count();
    let begins = cues.furniture.begins.iter().any(|cue| bare.starts_with(cue.as_str()));
    pipes >= 2
        || (begins && !is_sentence_of_its_own(line))
        || cues.furniture.contains.iter().any(|cue| line.contains(cue.as_str()))
}

/// Whether a line that begins like furniture (政府信息公开…) is a sentence of the report: long, or ended and unlabelled.
fn is_sentence_of_its_own(line: &str) -> bool {
    let length = line.chars().count();
    let ends = line.ends_with(mark::FULL_STOP) && !line.contains([':', '|', mark::LABEL_OPEN]);
    line.contains(mark::FULL_STOP) && (length > PROSE_LENGTH || (length >= SENTENCE_LENGTH && ends))
}

/// Whether a line is a closing formula (专此报告).
fn is_closing(line: &str, cues: &OutlineCues) -> bool {
    let bare = line.trim_end_matches([mark::FULL_STOP, '!', ',']);
    cues.furniture.closings.iter().any(|closing| closing == bare)
}

/// Whether a line is running text.
fn is_prose(line: &str) -> bool {
    let length = line.chars().count();
    let han = line.chars().filter(|c| is_han(*c)).count();
    // Lines of statistics are half digits.
    let digits = line.chars().filter(char::is_ascii_digit).count();
    let least = if line.ends_with(mark::FULL_STOP) { SHORT_SENTENCE } else { 8 };
    let stops = line.contains([mark::FULL_STOP, ';']) && han >= least;
    (han + digits) * 2 >= length && (stops || (length >= PROSE_LENGTH && line.contains([',', mark::ENUMERATION_COMMA])))
}

/// Whether a line says that the report follows.
fn is_announcement(line: &str, cues: &OutlineCues) -> bool {
    line.ends_with(':') && cues.statements.transitions.iter().any(|word| line.contains(word.as_str()))
}

/// Whether a line begins with an enumerator and says something.
fn is_numbered(line: &str) -> bool {
    marker(line).is_some_and(|marker| line[marker.len..].chars().filter(|c| is_han(*c)).count() >= 2)
}

/// Whether a line is an item of a list without numbers: pages print their data and their slogans so.
fn is_bullet(line: &str) -> bool {
    marker(line).is_some_and(|marker| marker.style == Style::Bullet)
}

/// Whether a page prints the title in a list of its data: a bullet stands before it.
fn is_listed_title(line: &str, cues: &OutlineCues) -> bool {
    marker(line).is_some_and(|marker| marker.style == Style::Bullet && is_title(line[marker.len..].trim_start(), cues))
}

/// Whether a line is nothing but a date.
#[must_use]
pub fn is_date(line: &str) -> bool {
    let line = line.trim_matches(['(', ')', ' ']);
    let date = crate::read::dates::find(line).map(|(date, _)| date);
    (6..=14).contains(&line.chars().count()) && date == Some(0..line.len())
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::{frame, is_date, is_furniture, is_salutation, is_title};
    use crate::lexicon::Lexicon;

    #[test]
    fn lines_around_the_body_are_told_by_their_form() {
        let cues = &Lexicon::shared().unwrap().outline;
        for title in ["武山县2021年法治政府建设情况报告", "关于2016年度依法行政工作情况的报告"]
        {
            assert!(is_title(title, cues), "{title}");
        }
        for other in
            ["一、法治政府建设工作情况", "2021年,法治政府建设工作情况良好", "法治政府建设情况如下:", "工作报告"]
        {
            assert!(!is_title(other, cues), "{other}");
        }
        for salutation in ["天水市人民政府:", "市委、市政府:", "县人大常委会:"] {
            assert!(is_salutation(salutation, cues), "{salutation}");
        }
        for other in ["现将县政府有关情况报告如下:", "一、县委:", "主要做法:"] {
            assert!(!is_salutation(other, cues), "{other}");
        }
        for furniture in ["来源:县政府办", "【打印】【关闭】", "索引号: | 1 | 发布机构: |", "浏览次数:35"]
        {
            assert!(is_furniture(furniture, cues), "{furniture}");
        }
        for other in ["政府信息公开工作稳步推进,公开900条。", "一、来源清晰", "审核文件13件。"]
        {
            assert!(!is_furniture(other, cues), "{other}");
        }
        for date in ["2022年1月15日", "二〇二二年一月十五日", "(2022年1月15日)"] {
            assert!(is_date(date), "{date}");
        }
        assert!(!is_date("2022年1月15日召开会议"));
    }

    #[test]
    fn the_body_ends_before_signature_and_page() {
        let cues = &Lexicon::shared().unwrap().outline;
        let lines = [
            "武山县人民政府",
            "关于2021年法治政府建设情况的报告",
            "天水市人民政府:",
            "2021年,全县扎实推进各项工作任务。",
            "一、工作情况",
            "审查文件13件,评查案卷60份。",
            "武山县人民政府",
            "2022年1月15日",
            "本网站所有内容未经书面授权不得转载,违者将依法追究责任。",
        ];
        let frame = frame(&lines, cues);
        assert_eq!((frame.title, frame.title_lines, frame.salutation), (Some(0), 2, Some(2)));
        assert_eq!(frame.body, 3..6);
    }
}
