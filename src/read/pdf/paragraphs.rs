//! Which lines belong together? The lines of pages to paragraphs, by margins, sizes and the beginnings of headings.

use super::lines::{Line, common};
use super::rules::{RULES, is_beginning, may_end};

/// The margins and the size of most of a document's text.
struct Frame {
    left: f32,
    right: f32,
    size: f32,
    /// Usual distance between the lines of a paragraph.
    distance: f32,
    /// Whether paragraphs begin with an indentation.
    indented: bool,
}

/// The paragraphs of a document, each on one line.
pub(super) fn paragraphs(pages: &[Vec<Line>]) -> Vec<String> {
    let frame = Frame::of(pages);
    let mut done: Vec<String> = Vec::new();
    let mut last: Option<&Line> = None;
    for page in pages {
        let mut above = false;
        for line in page {
            match (last, done.last_mut()) {
                (Some(last), Some(paragraph)) if frame.goes_on(last, line, above) => {
                    join(paragraph, &line.text, last.spaced);
                }
                _ => done.push(line.text.clone()),
            }
            (last, above) = (Some(line), true);
        }
    }
    done
}

impl Frame {
    fn of(pages: &[Vec<Line>]) -> Self {
        let all = || pages.iter().flatten();
        let sizes: Vec<(f32, usize)> = all().map(|line| (line.size, line.text.chars().count())).collect();
        let size = common(&sizes);
        let body: Vec<&Line> = all().filter(|line| (line.size - size).abs() < size * 0.1).collect();
        let few = (body.len() / 20).max(1);
        let mut lefts: Vec<f32> = body.iter().map(|line| line.left).collect();
        lefts.sort_by(f32::total_cmp);
        let mut rights: Vec<f32> = body.iter().map(|line| line.right).collect();
        rights.sort_by(|a, b| b.total_cmp(a));
        // A margin is where several lines begin or end; a single one may stand out.
        let left = lefts.get(few.saturating_sub(1)).copied().unwrap_or_default();
        let right = rights.get(few.saturating_sub(1)).copied().unwrap_or_default();
        let distances: Vec<(f32, usize)> = pages
            .iter()
            .flat_map(|page| page.windows(2))
            .filter(|pair| pair.iter().all(|line| (line.size - size).abs() < size * 0.1))
            .map(|pair| (pair[0].base - pair[1].base, 1))
            .collect();
        // Lines further apart than that stand by themselves, even where all do.
        let distance = if distances.is_empty() { size * 2.0 } else { common(&distances).min(size * 2.5) };
        let inner = body.iter().filter(|line| {
            let indent = (line.left - left) / size;
            (1.2..3.5).contains(&indent)
        });
        let indented = inner.count() * 10 >= body.len();
        Self { left, right, size, distance, indented }
    }

    /// Whether `line` goes on where `last` ended; `above` tells whether they stand on one page.
    fn goes_on(&self, last: &Line, line: &Line, above: bool) -> bool {
        if (last.size - line.size).abs() > self.size * 0.1 {
            return false;
        }
        let distance = last.base - line.base;
        if above && distance > self.distance.max(line.size) * 1.6 {
            return false;
        }
        if self.is_centred(last) && self.is_centred(line) && line.size > self.size * 1.15 {
            // The lines of a title.
            return above;
        }
        // A line is filled where what the next begins with would not have fitted any more.
        let filled = last.right + last.size * (opening(&line.text) + 1.2) >= self.right;
        let flush = line.left < self.left + line.size * 1.2;
        if !filled || !flush {
            return false;
        }
        // Without indentation only what a line says can tell that it begins a paragraph.
        self.indented || !(may_end(&last.text) && is_beginning(&line.text))
    }

    fn is_centred(&self, line: &Line) -> bool {
        ((line.left - self.left) - (self.right - line.right)).abs() < line.size * 1.5
    }
}

/// How much room the beginning of a line needs up to where it might have been broken, in parts of the size: a number
/// or Latin word, what may not begin a line and the number after it, what quotation marks hold to their neighbours.
fn opening(line: &str) -> f32 {
    const MOST: f32 = 12.0;
    let mut room = 0.0;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        room += if c.is_ascii() { 0.5 } else { 1.0 };
        let Some(&next) = chars.peek() else { break };
        let holds = c.is_ascii_graphic() && next.is_ascii_graphic()
            || RULES.no_end.contains(c)
            || RULES.no_beginning.contains(next)
            || RULES.no_beginning.contains(c) && next.is_ascii_digit();
        if !holds || room >= MOST {
            break;
        }
    }
    room
}

/// Adds the next line; a space goes between Latin words, and where there is one on the page.
fn join(paragraph: &mut String, line: &str, spaced: bool) {
    let ends = paragraph.chars().next_back().is_some_and(|c| c.is_ascii_alphabetic() || c == ',');
    let begins = line.chars().next().is_some_and(|c| c.is_ascii_alphanumeric());
    if spaced || ends && begins {
        paragraph.push(' ');
    }
    paragraph.push_str(line);
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;

    /// Lines of a page 30 characters wide, from the top; the number is the indentation in characters.
    fn page(lines: &[(f32, &str)]) -> Vec<Line> {
        let place = |(nth, &(indent, text)): (u8, &(f32, &str))| {
            let width = text.chars().map(|c| if c.is_ascii() { 5.0 } else { 10.0 }).sum::<f32>();
            let left = 50.0 + indent * 10.0;
            Line {
                text: text.to_owned(),
                left,
                right: left + width,
                base: 700.0 - f32::from(nth) * 20.0,
                size: 10.0,
                spaced: false,
            }
        };
        (0..).zip(lines).map(place).collect()
    }

    #[test]
    fn indented_paragraphs_are_joined_over_the_pages() {
        let first = page(&[
            (2.0, "一、主要做法"),
            (2.0, "（一）健全工作机制。县政府常务会议专题学习宪法和法律法规六次，"),
            (0.0, "听取法治政府建设情况汇报两次，研究解决重大问题，把法治建设纳入年度考"),
        ]);
        let second = page(&[
            (0.0, "核内容。"),
            (2.0, "（二）推进依法决策。落实重大行政决策程序，聘请法律顾问十二名，"),
            (0.0, "审查合同三十六件。"),
        ]);
        let expected = [
            "一、主要做法",
            "（一）健全工作机制。县政府常务会议专题学习宪法和法律法规六次，听取法治政府建设情况汇报两次，研究解决重大问题，把法治建设纳入年度考核内容。",
            "（二）推进依法决策。落实重大行政决策程序，聘请法律顾问十二名，审查合同三十六件。",
        ];
        assert_eq!(paragraphs(&[first, second]), expected);
    }

    #[test]
    fn without_indentation_numbers_begin_paragraphs() {
        let lines = page(&[
            (0.0, "县政府常务会议专题学习宪法和法律法规六次，听取法治政府建设情况。"),
            (0.0, "（二）推进依法决策。落实重大行政决策程序，聘请法律顾问十二名，审查"),
            (0.0, "合同三十六件。"),
            (0.0, "一、存在问题"),
            (0.0, "部分干部法治意识不强。"),
        ]);
        let expected = [
            "县政府常务会议专题学习宪法和法律法规六次，听取法治政府建设情况。",
            "（二）推进依法决策。落实重大行政决策程序，聘请法律顾问十二名，审查合同三十六件。",
            "一、存在问题",
            "部分干部法治意识不强。",
        ];
        assert_eq!(paragraphs(&[lines]), expected);
    }

    #[test]
    fn the_lines_of_a_title_are_joined() {
        let mut lines = page(&[
            (10.0, "青山县人民政府二〇二二年度"),
            (12.0, "法治政府建设情况报告"),
            (2.0, "二〇二二年，青山县扎实推进依法行政，现将有关情况报告如下，请予审"),
            (0.0, "议。"),
        ]);
        for line in &mut lines[..2] {
            line.size = 16.0;
        }
        let text = paragraphs(&[lines]);
        assert_eq!(text[0], "青山县人民政府二〇二二年度法治政府建设情况报告");
        assert_eq!(text.len(), 2);
    }

    #[test]
    fn a_line_is_filled_where_the_next_word_would_not_fit() {
        for (line, room) in [
            ("办理", 1.0),
            ("为。今年", 2.0),
            ("为。2019年", 4.0),
            ("85%。其中", 2.5),
            ("展“双随机", 3.0),
            ("（一）做法", 3.0),
            ("", 0.0),
        ] {
            assert!((opening(line) - room).abs() < 0.01, "{line}");
        }
        let lines = page(&[
            (2.0, "县政务服务中心全年受理办件，其中网上办结的有四千一百三十一件，网"),
            (0.0, "办率为全市最高，群众办事更加方便，在全市评比中满意率达到了"),
            (0.0, "98.75%，比上年提高。"),
            (2.0, "第二段。"),
        ]);
        assert_eq!(paragraphs(&[lines]).len(), 2);
    }

    #[test]
    fn latin_words_keep_their_space() {
        let mut text = "rule of".to_owned();
        join(&mut text, "law法治", false);
        join(&mut text, "政府", false);
        assert_eq!(text, "rule of law法治政府");
    }
}
