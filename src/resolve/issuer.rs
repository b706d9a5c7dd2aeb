//! Which body issues the report: who signs, whom the title names, whom the page names as publisher.

use super::bodies::{full_name_of, in_full, is_national};
use super::metadata::Frontmatter;
use super::reporter::Reporter;
use crate::lexicon::Lexicon;
use crate::recognize::regions;
use crate::report::{BodyMention, Level};
use crate::text::Text;
use std::ops::Range;

/// The full name of the body that signs, else of the one in the title, else of the one that the page names.
#[must_use]
pub fn issuer(
    text: &Text<'_>,
    front: &Frontmatter,
    reporter: &Reporter<'_>,
    bodies: &[BodyMention],
    lexicon: &Lexicon,
) -> Option<String> {
    let signed = || {
        let mut names: Vec<String> = Vec::new();
        for name in front.signers.iter().filter_map(|range| signer(text, range, reporter, bodies, lexicon)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        (!names.is_empty()).then(|| names.join(JOINT))
    };
    let titled = || front.title.as_deref().and_then(|title| titled_issuer(title, reporter, lexicon));
    let published = || {
        let words = front.publisher.as_deref()?;
        let folded = Text::new(words).folded().to_owned();
        // A township's bodies go by its name alone.
        if reporter.township.as_ref().is_some_and(|township| folded.starts_with(&township.name)) {
            return Some(folded);
        }
        in_full(&folded, lexicon).or_else(|| full_name_of(words, reporter, lexicon))
    };
    signed().or_else(titled).or_else(published)
}

/// Between bodies that issue a report together.
const JOINT: &str = "\u{3001}";

/// The full name of a body of the signature.
fn signer(
    text: &Text<'_>,
    range: &Range<usize>,
    reporter: &Reporter<'_>,
    bodies: &[BodyMention],
    lexicon: &Lexicon,
) -> Option<String> {
    let words = text.folded()[range.clone()].trim();
    // A signature that names its region is the full name as it stands.
    let names_place = !regions::regions(words, lexicon).is_empty() || lexicon.regions.zone_in(words).is_some();
    if names_place {
        let full = in_full(words, lexicon).unwrap_or_else(|| words.to_owned());
        return Some(without_prefecture(&full, lexicon).to_owned());
    }
    let span = text.span(range.clone());
    let named = bodies.iter().rfind(|body| span.contains(&body.span)).map(|body| body.name.clone());
    named.or_else(|| full_name_of(words, reporter, lexicon))
}

/// The bodies that a title names as those that report: 某县人民政府关于…的报告, 某县司法局2021年….
fn titled_issuer(title: &str, reporter: &Reporter<'_>, lexicon: &Lexicon) -> Option<String> {
    let folded = Text::new(title).folded().to_owned();
    let about = lexicon
        .metadata
        .title_breaks
        .iter()
        .filter_map(|word| folded.find(word.as_str()))
        .chain(folded.find(|c: char| c.is_ascii_digit()))
        .min()?;
    let cues = &lexicon.metadata;
    let ends = || cues.department_ends.iter().chain(&cues.government_ends).chain(&cues.signing_ends);
    let is_body = |name: &str| ends().any(|end| name.ends_with(end.as_str()));
    let issuers = &folded[..about];
    // 中共某县委员会某县人民政府: a body ends where the next region's name begins.
    let mut starts: Vec<usize> = regions::regions(issuers, lexicon)
        .into_iter()
        .skip(1)
        .map(|mention| mention.range.start)
        .filter(|start| {
            is_body(issuers[..*start].trim_end_matches([' ', '\u{3001}'])) && !is_branch(&issuers[*start..], lexicon)
        })
        .collect();
    starts.push(issuers.len());
    let mut names: Vec<String> = Vec::new();
    let mut start = 0;
    for next in starts {
        let name = issuers[start..next].trim_matches([' ', '\u{3001}']);
        start = next;
        let name = name.rsplit(' ').next().unwrap_or_default();
        let is_ministry = || is_national(name, lexicon);
        if is_body(name) && (name.chars().count() >= 4 || is_ministry()) {
            let full = in_full(name, lexicon).or_else(|| {
                // 省人民政府: the reporter's own.
                let own = lexicon.bodies.rules.deictic.iter().any(|unit| name.starts_with(unit.as_str()))
                    && regions::regions(name, lexicon).is_empty();
                own.then(|| full_name_of(name, reporter, lexicon)).flatten()
            });
            let full = full.unwrap_or_else(|| name.to_owned());
            names.push(without_prefecture(&full, lexicon).to_owned());
        }
    }
    (!names.is_empty()).then(|| names.join(JOINT))
}

/// Whether the name of a body goes on with a region's (某市公安局某区分局).
fn is_branch(words: &str, lexicon: &Lexicon) -> bool {
    let region = regions::regions(words, lexicon).into_iter().next().map_or(0, |region| region.range.end);
    lexicon.metadata.branch_ends.iter().any(|end| words[region..].starts_with(end.as_str()))
}

/// The name of a county's body without the prefecture that stands in front of its county. A district goes by the name of
/// its city.
fn without_prefecture<'n>(name: &'n str, lexicon: &Lexicon) -> &'n str {
    let named = regions::regions(name, lexicon);
    let is_county = |words: &str| {
        lexicon.metadata.own_named_units.iter().any(|unit| words.ends_with(unit.as_str()))
            && lexicon.regions.named(words, None).iter().any(|region| region.level == Level::County)
    };
    let Some(county) = named.iter().find(|region| is_county(&name[region.range.clone()])) else { return name };
    // Only places stand in front of it: of a branch (某市公安局某县分局) nothing is left out.
    let mut end = 0;
    for region in named.iter().filter(|region| region.range.end <= county.range.start) {
        end = if region.range.start == end { region.range.end } else { end };
    }
    let above = &name[end..county.range.start];
    let is_place = above.is_empty() || !lexicon.regions.short_named(above, None).is_empty();
    if is_place { &name[county.range.start..] } else { name }
}
