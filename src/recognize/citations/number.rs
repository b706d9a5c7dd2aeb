//! What is printed beside a title: the document number (发文字号) and the articles cited.

use crate::lexicon::CitationCues;
use crate::text::{mark, numeral};
use std::ops::Range;

/// Longest remark between a title and its number, in characters.
const LONGEST_REMARK: usize = 6;
/// Longest remark that introduces a short title, in characters.
const LONGEST_DEFINITION: usize = 40;
/// How far a number may reach back before a title, in bytes.
const LONGEST_NUMBER: usize = 96;

/// The document number behind a title, in brackets or without, a remark such as (试行) or (以下简称…) before it or not.
pub(super) fn after(text: &str, at: usize, cues: &CitationCues) -> Option<Range<usize>> {
    let rest = &text[at..];
    let bracketed = usize::from(rest.starts_with('('));
    if let Some(number) = longest(&rest[bracketed..], cues) {
        let start = at + bracketed;
        return Some(start..start + number);
    }
    let inner = rest.strip_prefix('(')?;
    let end = inner.find([')', '\n'])?;
    let longest = if inner[..end].contains(HEREAFTER) { LONGEST_DEFINITION } else { LONGEST_REMARK };
    let closed = inner[end..].starts_with(')');
    (closed && inner[..end].chars().count() <= longest).then(|| after(text, at + end + 2, cues)).flatten()
}

/// 简称, which introduces a short title.
pub(super) const HEREAFTER: &str = "\u{7B80}\u{79F0}";

fn longest(text: &str, cues: &CitationCues) -> Option<usize> {
    cues.numbers.iter().filter_map(|form| form.find(text)).map(|found| found.len()).max()
}

/// The document number that stands before a title: 国办发〔2018〕118号《…》, 以…号文件印发《…》, (…号)《…》.
pub(super) fn before(text: &str, at: usize, cues: &CitationCues) -> Option<Range<usize>> {
    let mut from = at.saturating_sub(LONGEST_NUMBER);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let line = text[from..at].rfind('\n').map_or(from, |end| from + end + 1);
    let mut end = at;
    loop {
        let words = &text[line..end];
        let join = cues.number_joins.iter().filter(|join| words.ends_with(join.as_str())).max_by_key(|join| join.len());
        let Some(join) = join else { break };
        end -= join.len();
    }
    if !text[line..end].ends_with(NUMBER) {
        return None;
    }
    let behind_title = |start: usize| text[..start].trim_end_matches('(').ends_with(mark::TITLE_CLOSE);
    let mut starts: Vec<usize> = text[line..end].char_indices().map(|(start, _)| line + start).collect();
    // A number reaches back to the word before which its issuer's short name cannot go on.
    if let Some(opened) =
        starts.iter().rposition(|start| cues.number_openers.iter().any(|word| text[..*start].ends_with(word.as_str())))
    {
        starts.drain(..opened);
    }
    let start = starts.into_iter().find(|start| longest(&text[*start..end], cues) == Some(end - start))?;
    (!behind_title(start)).then_some(start..end)
}

/// 号
const NUMBER: char = '\u{53F7}';
/// 第
const ORDINAL: char = '\u{7B2C}';
/// 条, 款, 项
const ARTICLE_UNITS: [char; 3] = ['\u{6761}', '\u{6B3E}', '\u{9879}'];
/// Most articles that one mention is read with.
const MOST_ARTICLES: usize = 64;

/// The articles named behind a title: 第三十三条第一款第二项、第四十条; a range (第三条至第五条) is one.
pub(super) fn articles(text: &str, at: usize) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut start = skip_remark(text, at);
    while let Some(mut end) = article(text, start) {
        if let Some(to) = text[end..].chars().next().filter(|c| matches!(c, '\u{81F3}' | '\u{5230}' | '-'))
            && let Some(last) = article(text, end + to.len_utf8())
        {
            end = last;
        }
        found.push(start..end);
        let next = text[end..].chars().next();
        let joins = matches!(next, Some(mark::ENUMERATION_COMMA | '\u{548C}' | '\u{53CA}' | '\u{4E0E}'));
        if !joins || found.len() == MOST_ARTICLES {
            break;
        }
        start = end + next.map_or(0, char::len_utf8);
    }
    found
}

/// The place behind a remark on the version: (2021年修订)第五条.
fn skip_remark(text: &str, at: usize) -> usize {
    let Some(inner) = text[at..].strip_prefix('(') else { return at };
    let end = inner.find([')', '\n']).filter(|end| inner[*end..].starts_with(')'));
    end.filter(|end| inner[..*end].chars().count() <= 2 * LONGEST_REMARK).map_or(at, |end| at + end + 2)
}

fn article(text: &str, at: usize) -> Option<usize> {
    let mut end = at;
    for (level, unit) in ARTICLE_UNITS.into_iter().enumerate() {
        let Some(rest) = text.get(end..)?.strip_prefix(ORDINAL) else { continue };
        let is_digit = |c: char| numeral::is_chinese(c) || c.is_ascii_digit();
        let opened = usize::from(rest.starts_with('('));
        let digits = rest[opened..].find(|c| !is_digit(c)).unwrap_or(rest.len() - opened);
        let closed = usize::from(opened == 1 && rest[opened + digits..].starts_with(')'));
        let behind = opened + digits + closed;
        match rest[behind..].chars().next() {
            Some(c) if c == unit && digits > 0 => end += ORDINAL.len_utf8() + behind + unit.len_utf8(),
            _ if level == 0 => return None,
            _ => {}
        }
    }
    (end > at).then_some(end)
}
