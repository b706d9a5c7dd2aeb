//! Which lines does a page show? Runs of text to lines from top to bottom, without heads, feet and page numbers.

use std::collections::HashMap;

use super::rules::{RULES, is_page_number};
use super::walk::Run;

/// A line of a page.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub text: String,
    pub left: f32,
    pub right: f32,
    pub base: f32,
    /// The size of most of its characters.
    pub size: f32,
    /// Whether a space stands at its end.
    pub spaced: bool,
}

/// A gap of so many parts of the size is seen as one between cells or columns.
const COLUMN: f32 = 1.2;
/// A gap of so many parts of the size is seen as a space between Latin words.
const WORD: f32 = 0.18;
/// Lines at the top and at the bottom of a page that may be furniture.
const EDGE: usize = 4;

/// The lines of a page, from top to bottom.
pub(super) fn lines(mut runs: Vec<Run>) -> Vec<Line> {
    runs.sort_by(|a, b| b.base.total_cmp(&a.base).then(a.left.total_cmp(&b.left)));
    let mut lines = Vec::new();
    let mut current: Vec<Run> = Vec::new();
    for run in runs {
        // Digits of another font and raised characters stand a little off the line.
        let same = current.first().is_some_and(|first| (first.base - run.base).abs() < first.size.max(run.size) * 0.45);
        if !same && !current.is_empty() {
            lines.extend(line(std::mem::take(&mut current)));
        }
        current.push(run);
    }
    lines.extend(line(current));
    lines
}

/// The runs of one line from left to right.
fn line(mut runs: Vec<Run>) -> Option<Line> {
    runs.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut text = String::new();
    let mut last: Option<Run> = None;
    let mut sizes: Vec<(f32, usize)> = Vec::new();
    let (mut left, mut right) = (f32::MAX, f32::MIN);
    for run in runs {
        if let Some(last) = &last {
            // Heavy type is drawn twice by some programs.
            if last.text == run.text && (run.left - last.left).abs() < run.size * 0.3 {
                continue;
            }
            let gap = (run.left - last.right) / run.size.max(last.size);
            let ends = last.text.chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric());
            let begins = run.text.chars().next().is_some_and(|c| c.is_ascii_alphanumeric());
            if gap > COLUMN || gap > WORD && ends && begins {
                text.push(' ');
            }
        }
        text.push_str(&run.text);
        sizes.push((run.size, run.text.chars().count()));
        (left, right) = (left.min(run.left), right.max(run.right));
        last = Some(run);
    }
    let base = last?.base;
    let size = common(&sizes);
    let text: String = text.chars().filter(|c| !is_invisible(*c)).map(usual).collect();
    let spaced = text.ends_with(' ');
    let text = text.trim();
    (!text.is_empty()).then(|| Line { text: text.to_owned(), left, right, base, size, spaced })
}

/// The size of most characters.
pub(super) fn common(sizes: &[(f32, usize)]) -> f32 {
    let mut counts: Vec<(f32, usize)> = Vec::new();
    for &(size, count) in sizes {
        match counts.iter_mut().find(|(other, _)| (other - size).abs() < 0.3) {
            Some((_, sum)) => *sum += count,
            None => counts.push((size, count)),
        }
    }
    counts.into_iter().rev().max_by_key(|&(_, count)| count).map_or(1.0, |(size, _)| size)
}

/// Characters of the compatibility blocks of radicals, which fonts give for the characters themselves.
fn usual(c: char) -> char {
    match c {
        '\u{2f00}'..='\u{2fd5}' => RULES.radicals.chars().nth(c as usize - 0x2f00).unwrap_or(c),
        '\u{a0}' => ' ',
        c if c.is_control() => ' ',
        c => c,
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
        // The private area has signs of fonts, which say nothing in another.
        || matches!(c, '\u{e000}'..='\u{f8ff}')
}

/// Takes page numbers and running heads and feet out of the pages: lines at the edges that are only a number, or that
/// stand at the same height on many pages and differ at most in their numbers.
pub(super) fn clear(pages: &mut [Vec<Line>]) {
    let mut seen: HashMap<(String, i64), usize> = HashMap::new();
    for page in pages.iter() {
        let mut here: Vec<(String, i64)> = edges(page).flat_map(|line| keys(line).into_iter().take(1)).collect();
        here.sort();
        here.dedup();
        for key in here {
            *seen.entry(key).or_default() += 1;
        }
    }
    // Heads may alternate between left and right pages.
    let enough = (pages.len() * 2).div_ceil(5).max(2);
    let repeated = |line: &Line| keys(line).iter().filter_map(|key| seen.get(key)).sum::<usize>() >= enough;
    for page in pages.iter_mut() {
        for _ in 0..EDGE {
            if page.last().is_some_and(|line| is_page_number(&line.text) || repeated(line)) {
                page.pop();
            }
            if page.first().is_some_and(|line| is_page_number(&line.text) || repeated(line)) {
                page.remove(0);
            }
        }
    }
}

fn edges(page: &[Line]) -> impl Iterator<Item = &Line> {
    let last = page.len().saturating_sub(EDGE).max(EDGE);
    page.iter().take(EDGE).chain(page.iter().skip(last))
}

/// What a line says without its numbers, and its height: as measured, and a step above and below.
fn keys(line: &Line) -> Vec<(String, i64)> {
    let text: String = line.text.chars().filter(|c| !c.is_whitespace() && !c.is_ascii_digit()).collect();
    #[expect(clippy::cast_possible_truncation, reason = "heights are some thousand units at most; others saturate")]
    let height = (line.base / 4.0).round() as i64;
    [0, 1, -1].into_iter().map(|step| (text.clone(), height.saturating_add(step))).collect()
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;

    fn run(text: &str, left: f32, base: f32) -> Run {
        let width = text.chars().map(|c| if c.is_ascii() { 6.0 } else { 12.0 }).sum::<f32>();
        Run { text: text.to_owned(), left, right: left + width, base, size: 12.0, artifact: false }
    }

    fn texts(runs: Vec<Run>) -> Vec<String> {
        lines(runs).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn runs_are_put_in_the_order_of_reading() {
        let runs =
            vec![run("县", 40.0, 700.0), run("2022", 52.0, 699.0), run("青山", 16.0, 700.0), run("一", 16.0, 720.0)];
        assert_eq!(texts(runs), ["一", "青山县2022"]);
    }

    #[test]
    fn gaps_are_spaces_between_latin_words_and_between_cells() {
        let runs = vec![
            run("law", 0.0, 9.0),
            run("of", 21.0, 9.0),
            run("法", 36.0, 9.0),
            run("治", 51.0, 9.0),
            run("甲", 90.0, 9.0),
        ];
        assert_eq!(texts(runs), ["law of法治 甲"]);
    }

    #[test]
    fn what_is_drawn_twice_is_read_once() {
        assert_eq!(texts(vec![run("法治", 10.0, 9.0), run("法治", 10.4, 9.0)]), ["法治"]);
        assert_eq!(texts(vec![run("人", 10.0, 9.0), run("人", 22.0, 9.0)]), ["人人"]);
    }

    #[test]
    fn heads_feet_and_page_numbers_are_taken_out() {
        let page = |number: usize, body: &[&str]| {
            let mut runs = vec![run("青山县法治政府建设年度报告", 100.0, 800.0)];
            runs.extend(body.iter().zip(0u8..).map(|(text, nth)| run(text, 60.0, 760.0 - f32::from(nth) * 20.0)));
            runs.push(run(&format!("— {number} —"), 280.0, 40.0));
            lines(runs)
        };
        let mut pages = vec![
            page(1, &["青山县法治政府建设年度报告", "正文一"]),
            page(2, &["正文二", "12件"]),
            page(3, &["正文三"]),
        ];
        clear(&mut pages);
        let left: Vec<Vec<&str>> =
            pages.iter().map(|page| page.iter().map(|line| line.text.as_str()).collect()).collect();
        // The title says the same as the running head, at another height.
        assert_eq!(left, [vec!["青山县法治政府建设年度报告", "正文一"], vec!["正文二", "12件"], vec!["正文三"]]);
    }

    #[test]
    fn a_single_page_loses_only_its_number() {
        let mut pages =
            vec![lines(vec![run("标题", 100.0, 800.0), run("正文", 60.0, 700.0), run("第1页 共1页", 250.0, 40.0)])];
        clear(&mut pages);
        assert_eq!(pages[0].iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), ["标题", "正文"]);
    }
}
