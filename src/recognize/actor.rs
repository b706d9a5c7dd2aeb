//! Who did what a figure counts, for whom, and by what means?
//!
//! The organs before a verb and the rules and systems by which it was done say nothing of what is counted: 县司法局会同
//! 县公安局开展清查 is 开展清查. They stay where the verb and its object alone would say too little.

use super::phrase::{Phrases, begins_with_any, longest_prefix};
use crate::text::mark;

/// Bytes of a Chinese character.
const MARK: usize = mark::ENUMERATION_COMMA.len_utf8();

impl Phrases<'_> {
    /// Without the organs that did it and by what they did it: 县司法局会同县公安局开展清查 is 开展清查.
    ///
    /// A verb alone keeps its organ, which then says what the cases were of, but not a way (向县人大常委会报备).
    pub(super) fn without_actor(self, words: &str, named: bool) -> String {
        const SHORT_DEED: usize = 4;
        const SHORT_ACTOR: usize = 14;
        const FULL_OBJECT: usize = 4;
        let Some(at) = self.deed_of_actor(words, named) else { return words.to_owned() };
        let (actor, deed) = words.split_at(at);
        let short = actor.chars().count() <= SHORT_ACTOR;
        if let Some(tool) = longest_prefix(words, &self.cues.tools)
            && short
            && deed.chars().count() <= SHORT_DEED
        {
            return words[tool.len()..].to_owned();
        }
        // 市政府召开常务会议: the object alone says too little.
        let way = longest_prefix(words, &self.cues.ways).is_some();
        // 县直各单位、各乡镇聘请顾问: a list of all says of which part of them the number is.
        let all = !way && actor.contains(mark::ENUMERATION_COMMA) && actor.contains(self.cues.all_of.as_str());
        if all {
            return words.to_owned();
        }
        let object = self.verbs(deed).1;
        if short && !way && !named && self.is_generic(object) && object.chars().count() < FULL_OBJECT {
            return words.to_owned();
        }
        self.strip(deed).to_owned()
    }

    /// Where behind the organs that did it, or a way of doing it, the deed begins.
    /// `named` tells that the object stands behind the number.
    fn deed_of_actor(self, words: &str, named: bool) -> Option<usize> {
        const LEAST: usize = 2;
        let mut quoted = false;
        let way = longest_prefix(words, &self.cues.ways).filter(|word| !self.opens(words, word));
        if way.is_none() && !self.verbs(words).0.is_empty() {
            return None;
        }
        let mut found = None;
        for (at, c) in words.char_indices() {
            quoted = (quoted || c == mark::QUOTE_OPEN) && c != mark::QUOTE_CLOSE;
            quoted ^= c == '"';
            let (before, rest) = words.split_at(at);
            if quoted || before.len() < LEAST * MARK {
                continue;
            }
            let ends = |list: &[String]| list.iter().any(|end| before.ends_with(end.as_str()));
            let actor = ends(&self.cues.organs) || (way.is_some() && ends(&self.cues.rule_ends));
            let strong = way.is_some() && found.is_none() && begins_with_any(rest, &self.cues.strong);
            if !actor && !strong {
                continue;
            }
            if actor && self.turned_parts(rest).is_some() {
                return Some(at);
            }
            let (verbs, object) = self.verbs(rest);
            let whole = object.chars().count() >= LEAST && !self.cues.empty.iter().any(|word| word == object);
            if !verbs.is_empty() && (whole || named || way.is_some()) && !self.within_compound(words, at, verbs) {
                found = Some(at);
            }
        }
        found
    }

    /// Whether some words are an organ with the verb that says what it did: 县城管局立案.
    pub(super) fn is_deed_of_organ(self, words: &str) -> bool {
        words.char_indices().skip(2).any(|(at, _)| {
            let (before, rest) = words.split_at(at);
            let (verbs, object) = self.verbs(rest);
            object.is_empty()
                && !verbs.is_empty()
                && self.cues.organs.iter().any(|organ| before.ends_with(organ.as_str()))
        })
    }

    /// Where within the words behind a number the deed of what it counts begins: 人民调解委员会受理纠纷.
    pub(super) fn split_deed(self, words: &str) -> Option<(&str, &str)> {
        let mut places = words.char_indices().skip(2).map(|(at, _)| at);
        let at = places.find(|at| {
            longest_prefix(&words[*at..], &self.cues.verbs).is_some_and(|verb| !self.within_compound(words, *at, verb))
        })?;
        Some(words.split_at(at))
    }

    /// 政府部门均公布事项: those who did something, and what they did, without the adverbs between.
    pub(super) fn split_predicate(self, words: &str) -> Option<(&str, &str)> {
        let (actor, deed) = words.char_indices().skip(1).find_map(|(at, _)| {
            let (actor, rest) = words.split_at(at);
            let adverb = longest_prefix(rest, &self.cues.adverbs).filter(|word| !self.within_compound(words, at, word));
            let behind = &rest[adverb.map_or(0, str::len)..];
            let strong = begins_with_any(behind, &self.cues.strong) && !self.opens(behind, self.verb_at(behind));
            let particle = longest_prefix(&behind[self.verb_at(behind).len()..], &self.cues.particles);
            let done = adverb.is_some() || particle.is_some_and(|word| word != self.cues.of && word.len() == MARK);
            let verb = strong || (done && !self.verb_at(behind).is_empty());
            (verb && !self.within_compound(words, at, self.verb_at(behind))).then_some((actor, behind))
        })?;
        Some((self.strip(actor), deed))
    }

    fn verb_at(self, words: &str) -> &str {
        longest_prefix(words, &self.cues.verbs).unwrap_or_default()
    }

    /// The organ in front of the verb of a list, where it is short: whose windows they are.
    pub(super) fn holder<'w>(self, head: &'w str, verb: &str) -> Option<&'w str> {
        const LONGEST: usize = 12;
        let holder = &head[..head.find(verb)?];
        let organ = self.cues.organs.iter().any(|organ| holder.ends_with(organ.as_str()));
        (organ && holder.chars().count() <= LONGEST).then_some(holder)
    }

    /// Whether a deed of law enforcement stands alone: 立案, 依法罚没.
    pub(super) fn is_own_deed(self, verbs: &str) -> bool {
        let verbs = self.without_particle(verbs);
        self.cues.own_deeds.iter().any(|deed| {
            verbs
                .strip_suffix(deed.as_str())
                .is_some_and(|before| self.cues.adverbs.iter().any(|word| word == before) || before.is_empty())
        })
    }

    /// Whether a noun names those or the places that are inspected: 食品经营单位, 在建工地.
    pub(super) fn is_inspected(self, noun: &str) -> bool {
        self.cues.organs.iter().chain(&self.cues.inspected_ends).any(|end| noun.ends_with(end.as_str()))
    }

    /// 组织专家对40卷案卷进行评查: the words before the number without those who did it.
    pub(super) fn opened<'w>(self, lead: &'w str, behind: &str) -> Option<&'w str> {
        let opener = self.cues.object_openers.iter().find(|word| lead.ends_with(word.as_str()))?;
        let at = lead.len() - opener.len();
        let deed = self.cues.deed_openers.iter().any(|word| behind.contains(word.as_str()));
        (deed && !self.within_compound(lead, at, opener)).then_some(&lead[at..])
    }

    /// What a verb takes up: 将普法实效纳入考核.
    pub(super) fn taken(self, clause: &str) -> Option<&str> {
        let opener = longest_prefix(clause, &self.cues.taken_openers).filter(|word| !self.opens(clause, word))?;
        let rest = &clause[opener.len()..];
        self.split_deed(rest).map(|(object, _)| object)
    }
}
