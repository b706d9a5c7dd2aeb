//! Which public bodies are named: short forms of the table (县司法局), their parts (县司法局法制股), names that no table
//! can list (…领导小组).

mod names;

use super::overlaps_any;
use crate::lexicon::{Bodies, BodyForm, Region, Regions, Stands, Tail};
use crate::recognize::regions::RegionMention;
use crate::text::{is_han, mark};
use std::ops::Range;

/// Whose body it is, as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// A region by its full or short name: its bytes.
    Region(Range<usize>),
    /// A township by its full or short name: its bytes.
    Township(Range<usize>),
    /// A unit that stands for a region (县).
    Unit(String),
    /// The same as of the body before it in a list (县人大、政协).
    Same,
    /// It is the body named before it, or a part of that (领导小组, 及其办公室).
    Back,
    /// Nobody is named.
    Unsaid,
}

/// A mention of a body before it is known which one is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyNamed<'l> {
    /// Bytes of the mention.
    pub range: Range<usize>,
    /// Whose body it is.
    pub owner: Owner,
    /// The form of the table; `None` of a name that no table lists.
    pub form: Option<&'l BodyForm>,
    /// Bytes of the name behind the owner: of a part behind the form, else of the whole name.
    pub rest: Range<usize>,
    /// The end of a name that no table lists.
    pub tail: Option<&'l Tail>,
}

/// What the recognizer of bodies looks at.
pub struct Surroundings<'a> {
    /// The folded text.
    pub text: &'a str,
    /// What stands in 《》, where bodies are part of a title.
    pub titles: &'a [Range<usize>],
    /// Full names of regions.
    pub regions: &'a [RegionMention],
    /// The table of regions, for short names.
    pub table: &'a Regions,
    /// Names of the townships of the reporting county, and of the one that reports.
    pub townships: &'a [&'a str],
    /// Name of the region that reports.
    pub own: Option<&'a str>,
    /// Whether a township reports.
    pub of_township: bool,
}

/// Notation of the type of governments.
const GOVERNMENT: &str = "government";

/// Notation of the type of people's congresses.
const CONGRESS: &str = "congress";
/// Notation of the type of the consultative conferences.
const CONFERENCE: &str = "cppcc";

/// Every mention of a body, in order.
#[must_use]
pub fn bodies<'l>(around: &Surroundings<'_>, table: &'l Bodies) -> Vec<BodyNamed<'l>> {
    let mut found: Vec<BodyNamed<'l>> = Vec::new();
    for (range, form) in table.forms_in(around.text) {
        if overlaps_any(&range, around.titles) || is_other_word(around.text, &range, form, table) {
            continue;
        }
        let Some((start, owner)) = around.owner(&range, form, found.last(), table) else { continue };
        if let Some(whole) = found.last_mut().filter(|whole| is_part(whole, start, form, &owner, table)) {
            whole.range.end = range.end;
            whole.rest.end = range.end;
            continue;
        }
        let end = around.part_end(range.end, table);
        found.push(BodyNamed { range: start..end, owner, form: Some(form), rest: range.end..end, tail: None });
        parts_named_behind(around.text, &mut found, table);
    }
    let made = names::made_names(around, table, &found);
    merged(found, made)
}

/// Whether a form right behind an organ names a part of it (区政府法律顾问室, 区人民政府…街道办事处) and no organ beside it
/// (县委县政府).
fn is_part(whole: &BodyNamed<'_>, start: usize, form: &BodyForm, owner: &Owner, table: &Bodies) -> bool {
    let is_organ = |form: &BodyForm| table.kind(form).is_some_and(|kind| table.rules.organs.contains(&kind.kind));
    whole.range.end == start
        && whole.form.is_some_and(is_organ)
        && (matches!(owner, Owner::Township(_)) || *owner == Owner::Same && form.unit.is_none() && !is_organ(form))
}

/// Both kinds of mentions in order. A longer made name swallows what it holds; where it begins with a form (县政府 of
/// 县政府法律顾问团), it is a part of that body.
fn merged<'l>(mut found: Vec<BodyNamed<'l>>, mut made: Vec<BodyNamed<'l>>) -> Vec<BodyNamed<'l>> {
    for name in &mut made {
        let at = found.partition_point(|body| body.range.end <= name.range.start);
        let holds = |body: &&BodyNamed<'l>| body.range.start == name.range.start && body.range.end < name.range.end;
        if let Some(body) = found.get(at).filter(holds)
            && let Some(form) = body.form
        {
            name.form = Some(form);
            name.owner = body.owner.clone();
            name.rest.start = body.rest.start;
        }
    }
    found.retain(|body| {
        let at = made.partition_point(|other| other.range.end < body.range.end);
        made.get(at).is_none_or(|other| other.range.start > body.range.start)
    });
    found.extend(made);
    found.sort_by_key(|body| body.range.start);
    found
}

/// Parts that carry on the name of the body before them (委员会、协调小组及其办公室).
fn parts_named_behind<'l>(text: &str, found: &mut Vec<BodyNamed<'l>>, table: &'l Bodies) {
    let rules = &table.rules.back;
    let has_parts = |body: &BodyNamed<'l>| {
        let kind = body.form.and_then(|form| table.kind(form)).map(|kind| kind.kind.as_str());
        kind.is_some_and(|kind| rules.types.iter().any(|word| word == kind))
    };
    if !found.last().is_some_and(has_parts) {
        return;
    }
    while let Some(end) = found.last().map(|body| body.range.end) {
        let after = &text[end..];
        let joined = rules.joins.iter().find_map(|join| after.strip_prefix(join.as_str()));
        let part =
            joined.and_then(|rest| Some((rest, rules.parts.iter().find(|part| rest.starts_with(part.as_str()))?)));
        let Some((rest, part)) = part else { return };
        if rules.refused_after.iter().any(|word| rest[part.len()..].starts_with(word.as_str())) {
            return;
        }
        let start = text.len() - rest.len();
        let range = start..start + part.len();
        found.push(BodyNamed { range: range.clone(), owner: Owner::Back, form: None, rest: range, tail: None });
    }
}

/// Whether what follows makes the form part of another word (政府性), or no list of short forms.
fn is_other_word(text: &str, range: &Range<usize>, form: &BodyForm, table: &Bodies) -> bool {
    let after = &text[range.end..];
    let listed = || {
        let rules = &table.rules.listed;
        let list: String = after.chars().take(rules.longest).take_while(|c| !mark::ends_clause(*c)).collect();
        rules.after.iter().any(|word| after.starts_with(word.as_str()))
            && rules.closes.iter().any(|word| list.contains(word.as_str()))
    };
    table.rules.not_after.iter().any(|word| after.starts_with(word.as_str()))
        || (form.stands == Stands::InList && !listed())
        // 派出所所长 is a person.
        || (form.stands == Stands::InTownship
            && text[range.clone()].chars().next_back().is_some_and(|last| after.starts_with(last)))
}

/// Whether 政协 stands behind the 人大 of the same region with nothing between them but what both bring in
/// (人大代表建议9件、政协提案).
fn brings_in_too(between: &str, congress: &BodyForm, form: &BodyForm, table: &Bodies) -> bool {
    let is_kind = |form: &BodyForm, name: &str| table.kind(form).is_some_and(|kind| kind.kind == name);
    let mut rest = between;
    while let Some(word) = table.rules.suggestions.iter().find(|word| rest.starts_with(word.as_str())) {
        rest = rest[word.len()..].trim_start_matches(|c: char| c.is_ascii_digit());
    }
    is_kind(congress, CONGRESS) && is_kind(form, CONFERENCE) && rest.is_empty()
}

impl Surroundings<'_> {
    /// Where the mention begins and whose body it is; `None` where the form means no body here.
    fn owner(
        &self,
        range: &Range<usize>,
        form: &BodyForm,
        last: Option<&BodyNamed<'_>>,
        table: &Bodies,
    ) -> Option<(usize, Owner)> {
        let leading = form.unit.as_ref().filter(|_| form.leading);
        let unit_end = range.start + leading.map_or(0, String::len);
        if let Some(region) = self.region_ending(unit_end).filter(|region| !self.is_word(region, table)) {
            let start = self.first_of_chain(region.start);
            return Some((self.party_start(start), Owner::Region(region)));
        }
        if let Some(township) = self.township_ending(unit_end) {
            return Some((self.first_of_chain(township.start), Owner::Township(township)));
        }
        let before = &self.text[..range.start];
        if let Some(unit) = &form.unit {
            let refused = table.rules.not_deictic_before.iter().any(|word| before.ends_with(word.as_str()));
            // The unit may be the end of a region's short name (池州仲裁委员会).
            let short = leading.and_then(|_| self.short_name_ending(unit_end, table));
            let whose =
                short.map_or((range.start, Owner::Unit(unit.clone())), |short| (short.start, Owner::Region(short)));
            return (!refused).then_some(whose);
        }
        // 浦江法院 names a court; a short name before 政府 is the name of a site or a slogan.
        let is_government = table.kind(form).is_some_and(|kind| kind.kind == GOVERNMENT);
        if let Some(short) = self.short_name_ending(range.start, table).filter(|_| !is_government) {
            // A prefecture's bureau in a county names both (苏州市吴江生态环境局).
            return Some((self.first_of_chain(short.start), Owner::Region(short)));
        }
        let of_class = names::ends_with_class(before, table);
        if of_class || table.rules.not_bare_before.iter().any(|word| before.ends_with(word.as_str())) {
            return None;
        }
        if form.stands == Stands::Alone
            && let Some(founder) = self.founder(range.start, table)
        {
            return Some((range.start, founder));
        }
        let continues = last.is_some_and(|last| {
            let between = self.text.get(last.range.end..range.start).unwrap_or("?");
            let is_joined = matches!(between, "" | "\u{3001}" | "\u{548C}" | "\u{4E0E}" | "\u{53CA}");
            last.form.is_some_and(|other| is_joined || brings_in_too(between, other, form, table))
        });
        if form.stands == Stands::InTownship && !self.of_township {
            return None;
        }
        if continues {
            return Some((range.start, Owner::Same));
        }
        let joined = table.rules.not_deictic_before.iter().any(|word| before.ends_with(word.as_str()));
        (form.stands != Stands::BehindRegion && !joined).then_some((range.start, Owner::Unsaid))
    }

    /// Who sets up what begins at `start`: the region or township right before the verb (指导平度市组建行政审批局).
    fn founder(&self, start: usize, table: &Bodies) -> Option<Owner> {
        let before = self.text[..start].trim_end_matches(mark::QUOTE_OPEN);
        let verb =
            table.rules.back.founding.iter().filter(|word| before.ends_with(word.as_str())).map(String::len).max()?;
        let mut before = &before[..before.len() - verb];
        while let Some(rest) = table.rules.back.adverbs.iter().find_map(|word| before.strip_suffix(word.as_str())) {
            before = rest;
        }
        self.region_ending(before.len())
            .map(Owner::Region)
            .or_else(|| self.township_ending(before.len()).map(Owner::Township))
    }

    /// The full name of a region that ends at `end`.
    fn region_ending(&self, end: usize) -> Option<Range<usize>> {
        let at = self.regions.partition_point(|region| region.range.end < end);
        self.regions.get(at).filter(|region| region.range.end == end).map(|region| region.range.clone())
    }

    /// Whether a region's name is a word before the unit of another (会同|县司法局), unless it reports or what is above it
    /// stands before it.
    fn is_word(&self, region: &Range<usize>, table: &Bodies) -> bool {
        let name = &self.text[region.clone()];
        table.rules.region_words.iter().any(|word| name.starts_with(word.as_str()))
            && self.own != Some(name)
            && self.first_of_chain(region.start) == region.start
    }

    /// Start of the first of the region names that follow each other without a gap (商丘市睢阳区).
    fn first_of_chain(&self, start: usize) -> usize {
        match self.region_ending(start) {
            Some(above) => self.first_of_chain(above.start),
            None => self.above_by_short_name(start).unwrap_or(start),
        }
    }

    /// Start of the short name of what is above the region at `start`, right before it (黄冈黄梅县).
    fn above_by_short_name(&self, start: usize) -> Option<usize> {
        let at = self.regions.partition_point(|region| region.range.start < start);
        let region = self.regions.get(at).filter(|region| region.range.start == start)?;
        let lower = self.table.named(&self.text[region.range.clone()], None);
        let starts = self.text[..start].char_indices().rev().take(4).map(|(at, _)| at).skip(1);
        let is_above = |above: &Region| {
            let stem = above.code.trim_end_matches("00");
            stem.len() < 6 && lower.iter().any(|region| region.code != above.code && region.code.starts_with(stem))
        };
        starts.filter(|at| self.table.short_named(&self.text[*at..start], None).into_iter().any(is_above)).min()
    }

    /// Start of the 中共 before the name of a party body's region.
    fn party_start(&self, start: usize) -> usize {
        let party = ["\u{4E2D}\u{5171}", "\u{4E2D}\u{56FD}\u{5171}\u{4EA7}\u{515A}"];
        party.iter().find(|party| self.text[..start].ends_with(*party)).map_or(start, |party| start - party.len())
    }

    fn township_ending(&self, end: usize) -> Option<Range<usize>> {
        let before = &self.text[..end];
        self.townships
            .iter()
            .flat_map(|name| [Some(*name), crate::lexicon::short_name(name)])
            .flatten()
            .filter(|name| before.ends_with(name))
            .max_by_key(|name| name.len())
            .map(|name| end - name.len()..end)
    }

    /// A region's short name (兰溪 of 兰溪市) that ends at `end`.
    fn short_name_ending(&self, end: usize, table: &Bodies) -> Option<Range<usize>> {
        let starts: Vec<usize> = self.text[..end].char_indices().rev().take(4).map(|(at, _)| at).collect();
        starts
            .into_iter()
            .skip(1)
            .rev()
            .find(|start| !self.table.short_named(&self.text[*start..end], None).is_empty())
            .map(|start| start..end)
            .filter(|short| !table.rules.region_words.iter().any(|word| *word == self.text[short.clone()]))
    }

    /// End of the part of a body that is named behind it (行政执法协调监督股).
    fn part_end(&self, end: usize, table: &Bodies) -> usize {
        let rules = &table.rules.unit;
        let mut best = end;
        for (count, (at, c)) in self.text[end..].char_indices().enumerate() {
            if count >= rules.longest || !is_han(c) {
                break;
            }
            let words = &self.text[end..end + at + c.len_utf8()];
            if rules.refused.iter().any(|word| names::holds(words, word, &table.rules.left.whole)) {
                break;
            }
            if rules.refused_first.iter().any(|word| words.starts_with(word.as_str())) {
                break;
            }
            let next = &self.text[end + words.len()..];
            if rules.not_ends.iter().any(|word| words.ends_with(word.as_str())) {
                continue;
            }
            if rules.refused_next.iter().any(|word| next.starts_with(word.as_str())) {
                continue;
            }
            if rules
                .ends
                .iter()
                .any(|word| words.ends_with(word.as_str()) && (count >= 2 || words == word.as_str() && count == 1))
            {
                best = end + words.len();
            }
        }
        best
    }
}
