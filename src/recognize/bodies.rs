//! Which public bodies are named: short forms of the table (县司法局), their parts (县司法局法制股), names that no table
//! can list (…领导小组).

use super::overlaps_any;
use crate::lexicon::{Bodies, BodyForm, Regions, Tail};
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
    /// Notation of the type of a name that no table lists.
    pub kind: Option<&'l str>,
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
}

/// Notation of the type of governments.
const GOVERNMENT: &str = "government";

/// Every mention of a body, in order.
#[must_use]
pub fn bodies<'l>(around: &Surroundings<'_>, table: &'l Bodies) -> Vec<BodyNamed<'l>> {
    let mut found: Vec<BodyNamed<'l>> = Vec::new();
    for (range, form) in table.forms_in(around.text) {
        if overlaps_any(&range, around.titles) || is_other_word(around.text, &range, table) {
            continue;
        }
        let Some((start, owner)) = around.owner(&range, form, found.last(), table) else { continue };
        let end = around.part_end(range.end, table);
        found.push(BodyNamed { range: start..end, owner, form: Some(form), rest: range.end..end, kind: None });
    }
    let taken: Vec<Range<usize>> = found.iter().map(|body| body.range.clone()).collect();
    let made = made_names(around, table, &taken);
    // A longer made name swallows the form that it begins with (县政府 of 县政府法律顾问团).
    found.retain(|body| {
        !made.iter().any(|other| other.range.start <= body.range.start && body.range.end <= other.range.end)
    });
    found.extend(made);
    found.sort_by_key(|body| body.range.start);
    found
}

/// Whether what follows makes the form part of another word (政府性).
fn is_other_word(text: &str, range: &Range<usize>, table: &Bodies) -> bool {
    let after = &text[range.end..];
    table.rules.not_after.iter().any(|word| after.starts_with(word.as_str()))
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
        let unit_end = range.start + form.unit.as_ref().map_or(0, String::len);
        if let Some(region) = self.region_ending(unit_end) {
            let start = self.first_of_chain(region.start);
            return Some((self.party_start(start), Owner::Region(region)));
        }
        if let Some(township) = self.township_ending(unit_end) {
            return Some((self.first_of_chain(township.start), Owner::Township(township)));
        }
        let before = &self.text[..range.start];
        if let Some(unit) = &form.unit {
            let refused = table.rules.not_deictic_before.iter().any(|word| before.ends_with(word.as_str()));
            return (!refused).then(|| (range.start, Owner::Unit(unit.clone())));
        }
        // 浦江法院 names a court; a short name before 政府 is the name of a site or a slogan.
        let is_government = table.kind(form).is_some_and(|kind| kind.kind == GOVERNMENT);
        if let Some(short) = self.short_name_ending(range.start, table).filter(|_| !is_government) {
            return Some((short.start, Owner::Region(short)));
        }
        let continues = last.is_some_and(|last| {
            let between = self.text.get(last.range.end..range.start).unwrap_or("?");
            matches!(between, "" | "\u{3001}" | "\u{548C}" | "\u{4E0E}" | "\u{53CA}") && last.form.is_some()
        });
        if continues {
            return Some((range.start, Owner::Same));
        }
        let joined = table.rules.not_deictic_before.iter().any(|word| before.ends_with(word.as_str()));
        (form.alone && !joined).then_some((range.start, Owner::Unsaid))
    }

    /// The full name of a region that ends at `end`.
    fn region_ending(&self, end: usize) -> Option<Range<usize>> {
        let at = self.regions.partition_point(|region| region.range.end < end);
        self.regions.get(at).filter(|region| region.range.end == end).map(|region| region.range.clone())
    }

    /// Start of the first of the region names that follow each other without a gap (商丘市睢阳区).
    fn first_of_chain(&self, start: usize) -> usize {
        self.region_ending(start).map_or(start, |above| self.first_of_chain(above.start))
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
            if rules.refused.iter().any(|word| words.contains(word.as_str())) {
                break;
            }
            let next = &self.text[end + words.len()..];
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

/// Names that no table can list, told by their ends.
fn made_names<'l>(around: &Surroundings<'_>, table: &'l Bodies, taken: &[Range<usize>]) -> Vec<BodyNamed<'l>> {
    let mut ends: Vec<(Range<usize>, &'l Tail)> = Vec::new();
    for tail in &table.rules.tails {
        ends.extend(around.text.match_indices(tail.word.as_str()).map(|(at, word)| (at..at + word.len(), tail)));
    }
    ends.sort_by_key(|(range, _)| (std::cmp::Reverse(range.end), range.start));
    let mut made: Vec<BodyNamed<'l>> = Vec::new();
    for (tail, kind) in ends {
        let after = &around.text[tail.end..];
        if table.rules.tail_refused_after.iter().any(|word| after.starts_with(word.as_str())) {
            continue;
        }
        let covered = made.iter().any(|other| other.range.start < tail.end && tail.start < other.range.end);
        let inside = taken.iter().any(|body| body.start < tail.start && tail.end <= body.end);
        if covered || inside || overlaps_any(&tail, around.titles) {
            continue;
        }
        if let Some(body) = made_name(around, table, &tail, kind, taken) {
            made.push(body);
        }
    }
    made.reverse();
    made
}

fn made_name<'l>(
    around: &Surroundings<'_>,
    table: &'l Bodies,
    tail: &Range<usize>,
    kind: &'l Tail,
    taken: &[Range<usize>],
) -> Option<BodyNamed<'l>> {
    let start = behind_actor(around.text, reach_back(around.text, tail, table)..tail.start, taken, table)?;
    let modifier = &around.text[start..tail.start];
    let rules = &table.rules.left;
    // A stop word may have cut a general word short (个人品牌).
    let is_generic = |word: &String| word.ends_with(modifier) && around.text[..tail.start].ends_with(word.as_str());
    if modifier.chars().count() < 2
        || rules.generic.iter().any(is_generic)
        || !modifier.chars().all(|c| is_han(c) || matches!(c, mark::QUOTE_OPEN | mark::QUOTE_CLOSE | '(' | ')'))
    {
        return None;
    }
    let range = start..tail.end;
    let (owner, rest) = made_owner(around, table, &range);
    if kind.owned && owner == Owner::Unsaid {
        return None;
    }
    let own = &around.text[rest..tail.start];
    // Behind its owner too a verb or a general word is no name (下洋镇完善领导小组, 浙江省级…).
    if own.is_empty() || own.starts_with('\u{7EA7}') || (rest > start && rules.generic.iter().any(|word| word == own)) {
        return None;
    }
    Some(BodyNamed { range: range.clone(), owner, form: None, rest: rest..range.end, kind: Some(kind.kind.as_str()) })
}

/// Where a made name begins: behind the last mark or stop word before its end.
fn reach_back(text: &str, tail: &Range<usize>, table: &Bodies) -> usize {
    let rules = &table.rules.left;
    let least = text[..tail.start]
        .char_indices()
        .rev()
        .take(rules.longest)
        .take_while(|(_, c)| is_han(*c) || matches!(*c, mark::QUOTE_OPEN | mark::QUOTE_CLOSE))
        .last()
        .map_or(tail.start, |(at, _)| at);
    let mut start = unquoted(text, least, tail.start);
    for stop in &rules.stops {
        if let Some(at) = text[start..tail.start].rfind(stop.as_str()) {
            start += at + stop.len();
        }
    }
    without_openers(text, start..tail.start, table)
}

/// Start of a name behind the verbs with which the words before its end begin. A verb that leaves nothing is the name's
/// own word.
fn without_openers(text: &str, words: Range<usize>, table: &Bodies) -> usize {
    let mut start = words.start;
    while let Some(opener) = opener_at(&text[start..words.end], table) {
        if text[start + opener..words.end].chars().count() < 2 {
            break;
        }
        start += opener;
    }
    start
}

/// Length of the verb with which the words before the end of a name begin.
fn opener_at(words: &str, table: &Bodies) -> Option<usize> {
    table.rules.left.openers.iter().filter(|opener| words.starts_with(opener.as_str())).map(String::len).max()
}

/// Behind a body of the table that acts (县政府建成…) a name begins after the verb; `None` where the verb leaves nothing.
fn behind_actor(text: &str, words: Range<usize>, taken: &[Range<usize>], table: &Bodies) -> Option<usize> {
    let actor = taken.iter().rfind(|body| words.start <= body.start && body.end < words.end);
    match actor {
        Some(actor) if opener_at(&text[actor.end..words.end], table).is_some() => {
            Some(without_openers(text, actor.end..words.end, table)).filter(|start| *start > actor.end)
        }
        _ => Some(words.start),
    }
}

/// A name does not begin inside a quotation that ends before it.
fn unquoted(text: &str, start: usize, end: usize) -> usize {
    let words = &text[start..end];
    let open = words.rfind(mark::QUOTE_OPEN);
    match open {
        Some(open) if !words[open..].contains(mark::QUOTE_CLOSE) => start + open + mark::QUOTE_OPEN.len_utf8(),
        _ => start,
    }
}

/// Whose a made name's body is, and where the name behind the owner begins.
fn made_owner(around: &Surroundings<'_>, table: &Bodies, range: &Range<usize>) -> (Owner, usize) {
    let named =
        around.regions.iter().filter(|region| region.range.start >= range.start && region.range.end < range.end);
    let chain = named.take_while({
        let mut at = range.start;
        move |region| {
            let follows = region.range.start == at;
            at = region.range.end;
            follows
        }
    });
    if let Some(region) = chain.last() {
        return (Owner::Region(region.range.clone()), region.range.end);
    }
    let words = &around.text[range.clone()];
    let townships = around.townships.iter();
    if let Some(name) = townships.filter(|name| words.starts_with(**name)).max_by_key(|name| name.len()) {
        return (Owner::Township(range.start..range.start + name.len()), range.start + name.len());
    }
    match table.rules.deictic.iter().filter(|unit| words.starts_with(unit.as_str())).max_by_key(|unit| unit.len()) {
        Some(unit) => (Owner::Unit(unit.clone()), range.start + unit.len()),
        None => (Owner::Unsaid, range.start),
    }
}
