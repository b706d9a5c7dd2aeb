//! Which township reports: its name in the title, the signature or the first sentence, and its code in the county.

use super::{OPENING, Selves, Signs, floor};
use crate::lexicon::{Lexicon, Region, Township, townships, townships_of};
use crate::text::{is_han, numeral};

/// The township that reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TownshipName {
    /// Name in full.
    pub name: String,
    /// Nine-digit code, where it is in the table.
    pub code: Option<String>,
}

/// The township that reports, and its county where only the township tells it.
pub(super) fn township<'l>(
    signs: &Signs<'_>,
    region: Option<&Region>,
    selves: &Selves,
    lexicon: &'l Lexicon,
) -> Option<(TownshipName, Option<&'l Region>)> {
    let in_title = township_name(signs.title, lexicon);
    let speaks = selves.township >= 2
        && selves.township > selves.department
        && selves.units.first().is_none_or(|(_, count)| *count < selves.township);
    if in_title.is_none() && !speaks {
        return None;
    }
    let opening = signs.text.get(signs.body.start..floor(signs.text, signs.body.start + OPENING)).unwrap_or_default();
    let name = in_title
        .or_else(|| township_name(signs.signature, lexicon))
        .or_else(|| township_name(signs.publisher, lexicon))
        .or_else(|| township_name(opening, lexicon))?;
    let code = region.and_then(|region| {
        let within =
            lexicon.regions.named(&region.name, None).first().map_or(region.code.as_str(), |row| row.code.as_str());
        let prefix = within.trim_end_matches("00");
        if prefix.len() == 6 {
            townships_of(prefix).find(|township| township.name == name).map(|township| township.code.to_owned())
        } else {
            only(townships().filter(|township| township.name == name && township.code.starts_with(prefix)))
        }
    });
    let code = code
        .or_else(|| if region.is_none() { only(townships().filter(|township| township.name == name)) } else { None });
    let county = code.as_deref().and_then(|code| lexicon.regions.with_code(code.get(..6)?, None));
    Some((TownshipName { name, code }, county))
}

fn only(mut townships: impl Iterator<Item = Township>) -> Option<String> {
    let first = townships.next()?;
    townships.next().is_none().then(|| first.code.to_owned())
}

/// A township's name in a line: the words before 镇, 乡 or 街道, behind the names of the regions above it.
pub(super) fn township_name(words: &str, lexicon: &Lexicon) -> Option<String> {
    for end in &lexicon.metadata.township_ends {
        for (at, _) in words.match_indices(end.as_str()) {
            let name_end = at + end.len();
            let after = &words[name_end..];
            let reports = after.is_empty()
                || after.starts_with(|c: char| c.is_ascii_digit() || numeral::is_chinese(c) || !is_han(c))
                || lexicon
                    .metadata
                    .report_words
                    .iter()
                    .chain(&lexicon.metadata.township_words)
                    .any(|word| after.starts_with(word.as_str()));
            if !reports {
                continue;
            }
            let name = townships()
                .map(|township| township.name)
                .filter(|name| words[..name_end].ends_with(name))
                .max_by_key(|name| name.len());
            if let Some(name) = name {
                return Some(name.to_owned());
            }
        }
    }
    None
}
