//! Brackets and quotation marks: what stands inside them does not end a statement.

use super::mark;
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

/// Pairs the marks of `line`; a mark without a partner encloses nothing, as unbalanced ones are common.
#[must_use]
pub fn enclosures(line: &str, offset: usize) -> Enclosures {
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, c) in line.char_indices() {
        if c == '"' {
            if let Some(depth) = open.iter().rposition(|(closer, _)| *closer == '"') {
                close(&mut open, depth, offset + at + 1, offset, &mut found);
            } else {
                open.push(('"', at));
            }
        } else if let Some(closer) = closer_of(c) {
            open.push((closer, at));
        } else if let Some(depth) = open.iter().rposition(|(closer, _)| *closer == c) {
            close(&mut open, depth, offset + at + c.len_utf8(), offset, &mut found);
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

fn close(open: &mut Vec<(char, usize)>, depth: usize, end: usize, offset: usize, found: &mut Vec<Range<usize>>) {
    found.push(offset + open[depth].1..end);
    open.truncate(depth);
}

const fn closer_of(c: char) -> Option<char> {
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
}
