//! Brackets and quotation marks: what stands inside them does not end a statement.

use super::{is_han, mark, numeral};
use std::ops::Range;

/// The outermost enclosed stretches of one line, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Enclosures(Vec<Range<usize>>);

impl Enclosures {
    /// Whether byte `at` stands inside an enclosure (its marks count as inside, except the opening one).
    #[must_use]
    pub fn enclose(&self, at: usize) -> bool {
        let after = self.0.partition_point(|range| range.start < at);
        after > 0 && at < self.0[after - 1].end
    }
}

/// Longest quotation in straight marks, in bytes: their two ends look alike, so that after a lost one all would be taken
/// the wrong way round.
const LONGEST_STRAIGHT: usize = 240;
/// An enclosure longer than this, in bytes, with so many stops in it is none: its closing mark was lost.
const LONGEST: usize = 1_200;
const MOST_STOPS: usize = 3;

/// Pairs the marks of `line`; a mark without a partner encloses nothing, as unbalanced ones are common.
#[must_use]
pub fn enclosures(line: &str, offset: usize) -> Enclosures {
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut close = |open: &mut Vec<(char, usize)>, depth: usize, end: usize| {
        let start = open[depth].1;
        open.truncate(depth);
        if !swallows(&line[start..end]) {
            found.push(offset + start..offset + end);
        }
    };
    for (at, c) in line.char_indices() {
        if c == '"' {
            match open.iter().rposition(|(closer, _)| *closer == '"') {
                Some(depth) if at - open[depth].1 <= LONGEST_STRAIGHT => close(&mut open, depth, at + 1),
                Some(depth) => open[depth].1 = at,
                None => open.push(('"', at)),
            }
        } else if let Some(closer) = closer_of(c) {
            open.push((closer, at));
        } else if let Some(depth) = open.iter().rposition(|(closer, _)| *closer == c)
            && !(c == ')' && ends_enumerator(line, open[depth].1, at))
        {
            close(&mut open, depth, at + c.len_utf8());
        }
    }
    found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut outermost: Vec<Range<usize>> = Vec::new();
    for range in found {
        if outermost.last().is_none_or(|last| last.end <= range.start) {
            outermost.push(range);
        }
    }
    Enclosures(outermost)
}

/// Whether a stretch is too much of the line to stand in brackets.
fn swallows(enclosed: &str) -> bool {
    enclosed.len() > LONGEST && enclosed.matches(mark::FULL_STOP).count() > MOST_STOPS
}

/// Whether the bracket that closes at byte `at` belongs to an enumerator that lost its opening one (。二)), and not to the
/// bracket that opens at `start`.
fn ends_enumerator(line: &str, start: usize, at: usize) -> bool {
    let number = |c: char| c.is_ascii_digit() || numeral::is_chinese(c);
    let before = line[start..at].trim_end_matches(number);
    // What is hardly begun before the stop is a remark: 又(一。二)好.
    let told = before.chars().skip(1).filter(|c| is_han(*c)).count();
    before.len() < at - start && told >= 3 && before.ends_with([mark::FULL_STOP, ';', '!'])
}

/// The mark that closes what this one opens; `None` for one that opens nothing.
#[must_use]
pub const fn closer_of(c: char) -> Option<char> {
    Some(match c {
        '(' => ')',
        '[' => ']',
        mark::TITLE_OPEN => mark::TITLE_CLOSE,
        mark::INNER_TITLE_OPEN => mark::INNER_TITLE_CLOSE,
        mark::QUOTE_OPEN => mark::QUOTE_CLOSE,
        mark::INNER_QUOTE_OPEN => mark::INNER_QUOTE_CLOSE,
        mark::YEAR_OPEN => mark::YEAR_CLOSE,
        mark::LABEL_OPEN => mark::LABEL_CLOSE,
        _ => return None,
    })
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::enclosures;

    #[test]
    fn marks_without_a_partner_enclose_nothing() {
        let line = "既“开源””又(一。二)好。";
        let found = enclosures(line, 0);
        assert!(found.enclose(line.find('源').unwrap()));
        assert!(found.enclose(line.find('二').unwrap()));
        assert!(!found.enclose(line.find('好').unwrap()));
        let open = "他说“好。真好。";
        assert!(!enclosures(open, 0).enclose(open.find('真').unwrap()));
    }

    #[test]
    fn a_lost_mark_does_not_swallow_what_follows() {
        let line = "推进改革(含试点。一)健全制度。二)强化监督。(三)好";
        let found = enclosures(line, 0);
        assert!(!found.enclose(line.find('健').unwrap()) && !found.enclose(line.find('强').unwrap()));
        let quoted = format!("既\"开放。{}推行\"一件事\"改革。又\"办。\"好", "加强行政执法监督。".repeat(12));
        let found = enclosures(&quoted, 0);
        assert!(!found.enclose(quoted.find("加强").unwrap()));
        assert!(found.enclose(quoted.find("件事").unwrap()) && found.enclose(quoted.rfind('办').unwrap()));
        let long = format!("推进(一期。{}完)", "加强行政执法监督,提高执法能力。".repeat(40));
        assert!(!enclosures(&long, 0).enclose(long.find("加强").unwrap()));
    }
}
