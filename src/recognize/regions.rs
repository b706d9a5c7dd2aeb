//! Which regions are named: full names of the table of regions.

use crate::lexicon::{Lexicon, short_name};
use crate::text::is_han;
use std::ops::Range;

/// A region's full name in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionMention {
    /// Bytes of the name.
    pub range: Range<usize>,
}

/// Ends of region names: 省 市 县 区 旗 州 盟, and 岛 of no one else.
const UNITS: [char; 7] = ['\u{7701}', '\u{5E02}', '\u{53BF}', '\u{533A}', '\u{65D7}', '\u{5DDE}', '\u{76DF}'];

/// Characters of the longest short name that is looked for.
const SHORT_NAME: usize = 5;

/// 区
const DISTRICT: char = '\u{533A}';

/// Every full name of a region in the folded text, in order; of names that overlap, the one that begins first and is
/// longest.
#[must_use]
pub fn regions(text: &str, lexicon: &Lexicon) -> Vec<RegionMention> {
    let mut found: Vec<RegionMention> = Vec::new();
    for (at, c) in text.char_indices() {
        if !UNITS.contains(&c) {
            continue;
        }
        let end = at + c.len_utf8();
        let least = found.last().map_or(0, |mention| mention.range.end);
        let Some(start) = longest_name(text, least, end, lexicon) else { continue };
        found.push(RegionMention { range: start..end });
    }
    found
}

/// Every short name of a region behind a word that such names follow (法治浦江), in order.
#[must_use]
pub fn short_names(text: &str, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for opener in &lexicon.metadata.name_openers {
        for (at, _) in text.match_indices(opener.as_str()) {
            let start = at + opener.len();
            let ends = text[start..].char_indices().map(|(offset, c)| start + offset + c.len_utf8());
            let fits = |end: &usize| !lexicon.regions.short_named(&text[start..*end], None).is_empty();
            found.extend(ends.take(SHORT_NAME).filter(fits).last().map(|end| start..end));
        }
    }
    found.sort_by_key(|range| range.start);
    found
}

/// Start of the longest name of a region that ends at `end` and starts at `least` or later.
fn longest_name(text: &str, least: usize, end: usize, lexicon: &Lexicon) -> Option<usize> {
    let table = &lexicon.regions;
    let mut best = None;
    let mut length = 0;
    for (start, c) in text[least..end].char_indices().rev() {
        length += 1;
        if length > table.longest_name() || c == '\n' {
            break;
        }
        if length >= 2
            && table.is_name(&text[least + start..end])
            && (length > 2 || stands_free(text, least + start..end, least, lexicon))
            && !is_word(text, least + start..end, least, lexicon)
        {
            best = Some(least + start);
        }
    }
    best
}

/// Whether a name is a word with a unit behind it (会同县审计局): it is a name only behind the region above, or where a
/// line begins.
fn is_word(text: &str, name: Range<usize>, last_name: usize, lexicon: &Lexicon) -> bool {
    let follows_region = name.start == last_name && name.start > 0;
    let short = short_name(&text[name.clone()]).unwrap_or_default();
    let opens_line = name.start == 0 || text[..name.start].ends_with('\n');
    !follows_region && !opens_line && lexicon.bodies.rules.region_words.iter().any(|word| word == short)
}

/// Whether a name of two characters (和县, 成县) is no part of other words: a mark, or the name of a region, stands
/// before it, or a word that names of regions follow (法治). 市区, 郊区, 城区 and their like are common nouns unless the
/// name of the region above stands right before them.
fn stands_free(text: &str, name: Range<usize>, last_name: usize, lexicon: &Lexicon) -> bool {
    let follows_region = name.start == last_name && name.start > 0;
    if text[name.clone()].ends_with(DISTRICT) {
        return follows_region;
    }
    let before = &text[..name.start];
    let opened = || lexicon.metadata.name_openers.iter().any(|word| before.ends_with(word.as_str()));
    follows_region || before.chars().next_back().is_none_or(|c| !is_han(c)) || opened()
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::regions;
    use crate::lexicon::Lexicon;

    #[test]
    fn full_names_are_found() {
        let lexicon = Lexicon::shared().unwrap();
        let text = "甘肃省天水市武山县在内蒙古自治区鄂伦春自治旗和社区、市区";
        let names: Vec<&str> = regions(text, lexicon).into_iter().map(|mention| &text[mention.range]).collect();
        assert_eq!(names, ["甘肃省", "天水市", "武山县", "内蒙古自治区", "鄂伦春自治旗"]);
    }

    #[test]
    fn common_nouns_are_names_only_behind_the_region_above() {
        let lexicon = Lexicon::shared().unwrap();
        let text = "阳泉市城区和晋城市城区,城区、郊区道路;和县";
        let names: Vec<&str> = regions(text, lexicon).into_iter().map(|mention| &text[mention.range]).collect();
        assert_eq!(names, ["阳泉市", "城区", "晋城市", "城区", "和县"]);
    }

    #[test]
    fn a_name_that_is_a_word_stands_behind_the_region_above_or_opens_a_line() {
        let lexicon = Lexicon::shared().unwrap();
        let text = "会同县人民政府\n怀化市会同县推进工作,县司法局会同县财政局起草";
        let names: Vec<&str> = regions(text, lexicon).into_iter().map(|mention| &text[mention.range]).collect();
        assert_eq!(names, ["会同县", "怀化市", "会同县"]);
    }
}
