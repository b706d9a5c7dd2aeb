//! Which regions are named: full names of the table of regions.

use crate::lexicon::Regions;
use std::ops::Range;

/// A region's full name in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionMention {
    /// Bytes of the name.
    pub range: Range<usize>,
}

/// Ends of region names: 省 市 县 区 旗 州 盟, and 岛 of no one else.
const UNITS: [char; 7] = ['\u{7701}', '\u{5E02}', '\u{53BF}', '\u{533A}', '\u{65D7}', '\u{5DDE}', '\u{76DF}'];

/// Every full name of a region in the folded text, in order; of names that overlap, the one that begins first and is
/// longest.
#[must_use]
pub fn regions(text: &str, table: &Regions) -> Vec<RegionMention> {
    let mut found: Vec<RegionMention> = Vec::new();
    for (at, c) in text.char_indices() {
        if !UNITS.contains(&c) {
            continue;
        }
        let end = at + c.len_utf8();
        let least = found.last().map_or(0, |mention| mention.range.end);
        let Some(start) = longest_name(text, least, end, table) else { continue };
        found.push(RegionMention { range: start..end });
    }
    found
}

/// Start of the longest name of a region that ends at `end` and starts at `least` or later.
fn longest_name(text: &str, least: usize, end: usize, table: &Regions) -> Option<usize> {
    let mut best = None;
    let mut length = 0;
    for (start, c) in text[least..end].char_indices().rev() {
        length += 1;
        if length > table.longest_name() || c == '\n' {
            break;
        }
        if length >= 2 && table.is_name(&text[least + start..end]) {
            best = Some(least + start);
        }
    }
    best
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::regions;
    use crate::lexicon::Regions;

    #[test]
    fn full_names_are_found() {
        let table = Regions::load().unwrap();
        let text = "甘肃省天水市武山县在内蒙古自治区鄂伦春自治旗和社区、市区";
        let names: Vec<&str> = regions(text, &table).into_iter().map(|mention| &text[mention.range]).collect();
        assert_eq!(names, ["甘肃省", "天水市", "武山县", "内蒙古自治区", "鄂伦春自治旗"]);
    }
}
