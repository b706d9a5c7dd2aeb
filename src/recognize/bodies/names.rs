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
    taken: &[Range<usize>],
) -> Vec<BodyNamed<'l>> {
    let mut ends = table.tails_in(around.text);
    ends.sort_by_key(|(range, _)| (std::cmp::Reverse(range.end), range.start));
    let mut made: Vec<BodyNamed<'l>> = Vec::new();
    for (range, tail) in ends {
        let covered = made.last().is_some_and(|other| other.range.start < range.end);
        let at = taken.partition_point(|body| body.end < range.end);
        let inside = taken.get(at).is_some_and(|body| body.start < range.start || body.start < range.end && tail.any);
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
    table.rules.tail_refused_after.iter().any(|word| after.starts_with(word.as_str()))
        || tail.not_behind.iter().any(|word| before.ends_with(word.as_str()))
        || (tail.any && table.rules.unit.refused_next.iter().any(|word| after.starts_with(word.as_str())))
}

fn made_name<'l>(
    around: &Surroundings<'_>,
    table: &'l Bodies,
    range: &Range<usize>,
    tail: &'l Tail,
    taken: &[Range<usize>],
) -> Option<BodyNamed<'l>> {
    let reached = reach_back(around.text, range, table);
    if reached == range.start {
        return leads_back(around.text, range, tail, table);
    }
    let start = behind_actor(around.text, reached..range.start, taken, table)?;
    let modifier = &around.text[start..range.start];
    let rules = &table.rules.left;
    // A stop word may have cut a general word short (个人品牌).
    let is_generic = |word: &String| word.ends_with(modifier) && around.text[..range.start].ends_with(word.as_str());
    let is_name = |c| is_han(c) || matches!(c, mark::QUOTE_OPEN | mark::QUOTE_CLOSE | '(' | ')');
    let whole = start..range.end;
    let (mut owner, rest) = made_owner(around, table, &whole);
    let too_short = owner == Owner::Unsaid && modifier.chars().count() < 2;
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
            .find(|body| body.end <= start)
            .is_some_and(|body| body.start + sentence.len() >= before.len())
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
        && own.chars().all(is_han)
        && !rules.unit.refused.iter().any(|word| own.contains(word.as_str()))
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
    without_openers(text, start..tail.start, table)
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
    let rules = &table.rules;
    let is_word = rules.not_deictic.iter().any(|word| words.starts_with(word.as_str()))
        || rules.not_deictic_before.iter().any(|word| around.text[..range.start].ends_with(word.as_str()));
    let units = rules.deictic.iter().filter(|unit| !is_word && words.starts_with(unit.as_str()));
    match units.max_by_key(|unit| unit.len()) {
        Some(unit) => (Owner::Unit(unit.clone()), range.start + unit.len()),
        None => (Owner::Unsaid, range.start),
    }
}
