//! Names of bodies that no table can list, told by their ends (…领导小组, 县农业综合执法大队).

use super::{BodyNamed, Owner, Surroundings};
use crate::lexicon::{Bodies, Tail};
use crate::recognize::overlaps_any;
use crate::text::{is_han, mark, numeral};
use std::ops::Range;

/// Every name that no table lists, in order.
pub(super) fn made_names<'l>(
    around: &Surroundings<'_>,
    table: &'l Bodies,
    taken: &[BodyNamed<'l>],
) -> Vec<BodyNamed<'l>> {
    let mut ends = table.tails_in(around.text);
    ends.sort_by_key(|(range, _)| (std::cmp::Reverse(range.end), range.start));
    let mut made: Vec<BodyNamed<'l>> = Vec::new();
    for (range, tail) in ends {
        let covered = made.last().is_some_and(|other| other.range.start < range.end);
        let at = taken.partition_point(|body| body.range.end < range.end);
        // A form without a region may be the end of a longer name (县园林绿化和林业局).
        let is_inside = |body: &BodyNamed<'_>| {
            let may_grow = body.range.end == range.end && body.form.is_some_and(|form| form.unit.is_none());
            let begins = body.range.start < range.start || body.range.start < range.end && tail.any;
            begins && !(may_grow && tail.any && body.owner == Owner::Unsaid)
        };
        let inside = taken.get(at).is_some_and(is_inside);
        if covered || inside || is_other_word(around.text, &range, tail, table) || overlaps_any(&range, around.titles) {
            continue;
        }
        if let Some(body) = made_name(around, table, &range, tail, taken) {
            made.push(body);
        }
    }
    made.reverse();
    made
}

/// Whether the end of a name is a part of another word (工作组织, 格局).
fn is_other_word(text: &str, range: &Range<usize>, tail: &Tail, table: &Bodies) -> bool {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let follows = |words: &[String]| words.iter().any(|word| after.starts_with(word.as_str()));
    follows(&table.rules.tail_refused_after) && !follows(&table.rules.tail_allowed_after)
        || tail.not_behind.iter().any(|word| before.ends_with(word.as_str()))
        || (tail.any && table.rules.unit.refused_next.iter().any(|word| after.starts_with(word.as_str())))
}

fn made_name<'l>(
    around: &Surroundings<'_>,
    table: &'l Bodies,
    range: &Range<usize>,
    tail: &'l Tail,
    taken: &[BodyNamed<'_>],
) -> Option<BodyNamed<'l>> {
    let reached = reach_back(around, range, table, taken);
    if reached == range.start {
        return leads_back(around.text, range, tail, table);
    }
    let start = behind_actor(around, reached..range.start, taken, table)?;
    let modifier = &around.text[start..range.start];
    let rules = &table.rules.left;
    // A stop word may have cut a general word short (个人品牌).
    let is_generic = |word: &String| word.ends_with(modifier) && around.text[..range.start].ends_with(word.as_str());
    let is_name =
        |c: char| is_han(c) || c.is_ascii_digit() || matches!(c, mark::QUOTE_OPEN | mark::QUOTE_CLOSE | '(' | ')');
    let whole = start..range.end;
    let (mut owner, rest) = made_owner(around, table, &whole);
    if owner == Owner::Unsaid && (is_class(modifier, table) || around.each_founds(start, table)) {
        return None;
    }
    if owner == Owner::Unsaid
        && let Some(founder) = around.founder(start, table)
    {
        owner = founder;
    }
    // 配强司法所: a verb alone names none.
    let is_verb = rules.openers.iter().any(|verb| verb == modifier);
    let too_short = owner == Owner::Unsaid && (is_verb || modifier.chars().count() < 2);
    if too_short || rules.generic.iter().any(is_generic) || !modifier.chars().all(is_name) {
        return None;
    }
    if tail.owned && owner == Owner::Unsaid {
        // 挂牌“…工作室”: what is set up by a name of its own.
        let before = around.text[..start].strip_suffix(mark::QUOTE_OPEN)?;
        let founded = table.rules.back.founding.iter().any(|word| before.ends_with(word.as_str()));
        if tail.any || !founded {
            return None;
        }
        let sentence = before.rsplit(mark::ends_statement).next().unwrap_or(before);
        if taken
            .iter()
            .rev()
            .find(|body| body.range.end <= start)
            .is_some_and(|body| body.range.start + sentence.len() >= before.len())
        {
            owner = Owner::Same;
        }
    }
    let own = &around.text[rest..range.start];
    // Behind its owner too a verb or a general word is no name (下洋镇完善领导小组, 浙江省级…).
    if (own.is_empty() && tail.word.chars().count() < 4)
        || own.starts_with('\u{7EA7}')
        || (rest > start && rules.generic.iter().any(|word| word == own))
    {
        return None;
    }
    if tail.any && !own.is_empty() && !is_plain(own, table) {
        return None;
    }
    Some(BodyNamed { range: whole, owner, form: None, rest: rest..range.end, tail: Some(tail) })
}

/// Whether the words between owner and end are a field or a place, no clause.
fn is_plain(own: &str, table: &Bodies) -> bool {
    let rules = &table.rules;
    own.chars().count() <= rules.unit.longest
        && own.chars().all(|c| is_han(c) || c.is_ascii_digit())
        && !rules
            .unit
            .refused
            .iter()
            .any(|word| !rules.left.joins.contains(word) && holds(own, word, &rules.left.whole))
        && !rules.left.openers.iter().any(|word| own.starts_with(word.as_str()))
}

/// An end that stands alone means the last body named so, unless it is set up here.
fn leads_back<'l>(text: &str, range: &Range<usize>, tail: &'l Tail, table: &'l Bodies) -> Option<BodyNamed<'l>> {
    let rules = &table.rules.back;
    let founded = rules.founded.iter().any(|word| text[..range.start].ends_with(word.as_str()));
    let refused = rules.refused_after.iter().any(|word| text[range.end..].starts_with(word.as_str()));
    (!founded && !refused && rules.ends.contains(&tail.word)).then(|| BodyNamed {
        range: range.clone(),
        owner: Owner::Back,
        form: None,
        rest: range.clone(),
        tail: Some(tail),
    })
}

/// Whether the words before the end of a name mean a class or a title of honour (模范, “枫桥式”).
fn is_class(modifier: &str, table: &Bodies) -> bool {
    let rules = &table.rules.left;
    let quoted = modifier.split_once(mark::QUOTE_OPEN).and_then(|(_, rest)| rest.split_once(mark::QUOTE_CLOSE));
    rules.classes.iter().any(|word| modifier.starts_with(word.as_str()))
        || quoted.is_some_and(|(words, _)| rules.class_ends.iter().any(|end| words.ends_with(end.as_str())))
}

/// Whether the text ends with a word of a class or a title of honour (争创“枫桥式”, 规范化).
pub(super) fn ends_with_class(text: &str, table: &Bodies) -> bool {
    let rules = &table.rules.left;
    let quoted = text.strip_suffix(mark::QUOTE_CLOSE);
    rules.classes.iter().any(|word| text.ends_with(word.as_str()))
        || quoted.is_some_and(|words| rules.class_ends.iter().any(|end| words.ends_with(end.as_str())))
}

/// Start of the characters of which a name that ends at `end` may consist.
fn least_start(text: &str, end: usize, table: &Bodies) -> usize {
    let rules = &table.rules.left;
    let mut start = end;
    for _ in 0..rules.longest {
        let before = &text[..start];
        let last =
            before.chars().next_back().filter(|c| is_han(*c) || matches!(*c, mark::QUOTE_OPEN | mark::QUOTE_CLOSE));
        let number = || rules.numbers.iter().find(|number| before.ends_with(number.as_str()));
        match last.map(char::len_utf8).or_else(|| number().map(String::len)) {
            Some(length) => start -= length,
            None => break,
        }
    }
    start
}

/// Where a made name begins: behind the last mark or stop word before its end.
fn reach_back(around: &Surroundings<'_>, tail: &Range<usize>, table: &Bodies, taken: &[BodyNamed<'_>]) -> usize {
    let (text, rules) = (around.text, &table.rules.left);
    let least = least_start(text, tail.start, table);
    let mut start = unquoted(text, least, tail.start);
    for stop in rules.stops.iter().filter(|stop| !rules.joins.contains(stop)) {
        let places = text[start..tail.start].rmatch_indices(stop.as_str()).map(|(at, _)| start + at);
        if let Some(at) = places.into_iter().find(|at| !is_within(text, *at, stop, &rules.whole)) {
            start = at + stop.len();
        }
    }
    for measure in &rules.measures {
        let counts = |at: &usize| {
            text[..*at].chars().next_back().is_some_and(|c| c.is_ascii_digit() || numeral::is_chinese(c))
                && !is_within(text, *at, measure, &rules.whole)
        };
        let places = text[start..tail.start].rmatch_indices(measure.as_str()).map(|(at, _)| start + at);
        if let Some(at) = places.into_iter().find(counts) {
            start = at + measure.len();
        }
    }
    start = without_openers(around, start..tail.start, table);
    let mut at = start;
    while let Some(c) = text[at..tail.start].chars().next() {
        let join = rules.joins.iter().find(|join| text[at..tail.start].starts_with(join.as_str()));
        let join = join.filter(|join| !is_within(text, at, join, &rules.whole));
        if let Some(join) = join.filter(|_| !joins_fields(around, start..at, table, taken)) {
            start = without_openers(around, at + join.len()..tail.start, table);
        }
        at = start.max(at + join.map_or(c.len_utf8(), String::len));
    }
    start
}

/// Whether the words before 和 are the first field of one name (县依法行政和…领导小组): they say whose it is or stand
/// behind the verb that sets it up, and name no body by themselves.
fn joins_fields(around: &Surroundings<'_>, words: Range<usize>, table: &Bodies, taken: &[BodyNamed<'_>]) -> bool {
    let rules = &table.rules;
    let before = &around.text[..words.start];
    let founded = rules.back.founding.iter().chain(&rules.back.attributes).any(|word| before.ends_with(word.as_str()));
    let named = taken.partition_point(|body| body.range.end <= words.start);
    let field = &around.text[words.clone()];
    (founded || around.owner_begins(words.start, table))
        && taken.get(named).is_none_or(|body| body.range.start >= words.end)
        && field.chars().count() >= 2
        && !rules.left.not_joined.iter().any(|end| field.ends_with(end.as_str()))
        && table.tails_in(field).is_empty()
}

/// Whether a word stands in `text` other than as a part of a longer one.
pub(super) fn holds(text: &str, word: &str, longer: &[String]) -> bool {
    text.match_indices(word).any(|(at, _)| !is_within(text, at, word, longer))
}

/// Whether the word at `at` is a part of one of the longer ones (经 of 经济).
fn is_within(text: &str, at: usize, word: &str, longer: &[String]) -> bool {
    longer.iter().any(|whole| {
        whole.match_indices(word).any(|(inside, _)| {
            at.checked_sub(inside)
                .and_then(|from| text.get(from..))
                .is_some_and(|from| from.starts_with(whole.as_str()))
        })
    })
}

/// Start of a name behind the verbs with which the words before its end begin, and behind the last verb before the one
/// whose body it is. A verb that leaves nothing is the name's own word.
fn without_openers(around: &Surroundings<'_>, words: Range<usize>, table: &Bodies) -> usize {
    let text = around.text;
    let mut start = words.start;
    while let Some(opener) = opener_at(&text[start..words.end], table) {
        if text[start + opener..words.end].chars().count() < 2 {
            break;
        }
        start += opener;
    }
    let verbs =
        || table.rules.left.openers.iter().chain(&table.rules.left.verbs).filter(|verb| verb.chars().nth(1).is_some());
    let owned = text[start..words.end].char_indices().skip(2).map(|(at, _)| start + at).find(|at| {
        (around.owner_begins(*at, table) || text[*at..].starts_with(mark::QUOTE_OPEN))
            && verbs().any(|verb| text[start..*at].ends_with(verb.as_str()))
    });
    owned.unwrap_or(start)
}

/// Length of the verb with which the words before the end of a name begin.
fn opener_at(words: &str, table: &Bodies) -> Option<usize> {
    table.rules.left.openers.iter().filter(|opener| words.starts_with(opener.as_str())).map(String::len).max()
}

/// Behind a body of the table that acts (县政府建成…) a name begins after the verb; `None` where the verb leaves nothing.
fn behind_actor(
    around: &Surroundings<'_>,
    words: Range<usize>,
    taken: &[BodyNamed<'_>],
    table: &Bodies,
) -> Option<usize> {
    let before = &taken[..taken.partition_point(|body| body.range.end < words.end)];
    let actor = before.last().map(|body| &body.range).filter(|actor| words.start <= actor.start);
    match actor {
        Some(actor) if opener_at(&around.text[actor.end..words.end], table).is_some() => {
            Some(without_openers(around, actor.end..words.end, table)).filter(|start| *start > actor.end)
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
    let first = around.regions.partition_point(|region| region.range.start < range.start);
    let mut at = range.start;
    let mut last = None;
    for region in around.regions[first..].iter().take_while(|region| region.range.end < range.end) {
        if region.range.start != at || around.is_word(&region.range, table) {
            break;
        }
        at = region.range.end;
        last = Some(region.range.clone());
    }
    if let Some(region) = last {
        return (Owner::Region(region), at);
    }
    let words = &around.text[range.clone()];
    let townships = around.townships.iter();
    if let Some(name) = townships.filter(|name| words.starts_with(**name)).max_by_key(|name| name.len()) {
        return (Owner::Township(range.start..range.start + name.len()), range.start + name.len());
    }
    match unit_at(around.text, range.start, table) {
        Some(unit) => (Owner::Unit(unit.clone()), range.start + unit.len()),
        None => (Owner::Unsaid, range.start),
    }
}

/// The unit at `at` that stands for a region (县 of 县物业领导小组).
fn unit_at<'l>(text: &str, at: usize, table: &'l Bodies) -> Option<&'l String> {
    let rules = &table.rules;
    let (before, words) = text.split_at(at);
    let is_word = rules.not_deictic.iter().any(|word| words.starts_with(word.as_str()))
        || rules.not_deictic_before.iter().any(|word| before.ends_with(word.as_str()));
    let units = rules.deictic.iter().filter(|unit| !is_word && words.starts_with(unit.as_str()));
    units.max_by_key(|unit| unit.len())
}

impl Surroundings<'_> {
    /// Whether the name of a region or township, or a unit that stands for one, begins at `at`.
    fn owner_begins(&self, at: usize, table: &Bodies) -> bool {
        let region = self.regions.partition_point(|region| region.range.start < at);
        self.regions.get(region).is_some_and(|region| region.range.start == at && !self.is_word(&region.range, table))
            || self.townships.iter().any(|name| self.text[at..].starts_with(name))
            || unit_at(self.text, at, table).is_some()
    }

    /// Whether what begins at `start` is set up by several, by each its own (各镇均成立).
    fn each_founds(&self, start: usize, table: &Bodies) -> bool {
        let rules = &table.rules.back;
        let before = self.text[..start].trim_end_matches(mark::QUOTE_OPEN);
        let verb =
            rules.founding.iter().filter_map(|word| before.strip_suffix(word.as_str())).min_by_key(|rest| rest.len());
        let Some(mut before) = verb else { return false };
        while let Some(rest) = rules.adverbs.iter().find_map(|word| before.strip_suffix(word.as_str())) {
            before = rest;
        }
        rules.plural.iter().any(|word| before.ends_with(word.as_str()))
    }
}
