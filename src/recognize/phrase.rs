//! What of the words around a figure says what is counted?
//!
//! Adverbs, dates and words of a total say nothing of it; a verb at the beginning says what was done, the rest to what.

use crate::lexicon::IndicatorCues;
use crate::text::{is_han, mark};

/// Longest object that is carried on to another figure, in characters.
const LONGEST_OBJECT: usize = 26;
/// Longest words before a list that say whose its members are.
const LONGEST_OWNER: usize = 10;
/// A deed behind the verb that opens it has at least this many characters.
const LEAST_DEED: usize = 2;

/// The words of a phrase, read with the cues.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phrases<'c> {
    pub cues: &'c IndicatorCues,
}

impl Phrases<'_> {
    /// The words without dates and the words around them that say nothing of what is counted.
    pub(super) fn strip(self, words: &str) -> &str {
        let mut words = words;
        loop {
            let before = words;
            words = words.trim_start_matches(is_mark).trim_end_matches([' ', ',', ':', mark::ENUMERATION_COMMA]);
            if let Some(marker) = crate::outline::marker(words) {
                words = &words[marker.len..];
            }
            words = self.without_time(words);
            if let Some(word) = longest_prefix(words, &self.cues.leading).filter(|word| !self.opens(words, word)) {
                words = &words[word.len()..];
            }
            if let Some(word) = longest_suffix(words, &self.cues.trailing).filter(|word| !self.closes(words, word)) {
                words = &words[..words.len() - word.len()];
            }
            if words == before {
                return words;
            }
        }
    }

    /// Whether a longer word begins the words, of which `word` is only the beginning (经 of 经济).
    pub(super) fn opens(self, words: &str, word: &str) -> bool {
        self.cues
            .compounds
            .iter()
            .any(|longer| longer.len() > word.len() && longer.starts_with(word) && words.starts_with(longer.as_str()))
    }

    fn closes(self, words: &str, word: &str) -> bool {
        self.cues
            .compounds
            .iter()
            .any(|longer| longer.len() > word.len() && longer.ends_with(word) && words.ends_with(longer.as_str()))
    }

    /// Without a date at the beginning: 截至2021年底, 2014年8月1日以来的.
    fn without_time(self, words: &str) -> &str {
        let start = longest_prefix(words, &self.cues.until).map_or(0, str::len);
        let mut at = start;
        let mut dated = false;
        loop {
            let rest = &words[at..];
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-').len();
            let Some(unit) = longest_prefix(&rest[digits..], &self.cues.times) else { break };
            if digits == 0 && !dated {
                break;
            }
            at += digits + unit.len();
            dated = true;
        }
        if dated { &words[at..] } else { words }
    }

    /// Without the subject in front of a word of total: 市政府法制机构共参与审查 is 参与审查. Left whole where what remains is
    /// a verb alone, as the subject is then what is counted (公职人员共注册), or very short.
    pub(super) fn without_subject(self, words: &str) -> String {
        for total in &self.cues.totals {
            let Some(at) = words.rfind(total.as_str()).filter(|at| !self.within_compound(words, *at, total)) else {
                continue;
            };
            let (subject, rest) = (&words[..at], self.strip(&words[at + total.len()..]));
            if rest.chars().filter(|c| is_han(*c)).count() < 2 {
                continue;
            }
            let (verbs, object) = self.verbs(rest);
            let bare = object.is_empty() && !verbs.is_empty();
            let subject = self.strip(subject);
            let short = subject.chars().count() <= 18 && rest.chars().count() <= 6;
            if (bare || short) && !subject.contains(mark::ends_clause) {
                return format!("{subject}{rest}");
            }
            return rest.to_owned();
        }
        words.to_owned()
    }

    /// Without a long circumstance in front of the verb: 围绕基层实务开展培训, 以调解等方式化解.
    pub(super) fn without_circumstance(self, words: &str) -> &str {
        const LONG: usize = 14;
        if longest_prefix(words, &self.cues.circumstances).is_none() {
            return words;
        }
        let ends = self.cues.means.iter().chain(std::iter::once(&self.cues.and_others));
        let by = ends.filter_map(|word| Some(words.rfind(word.as_str())? + word.len())).max();
        let verb = self.cues.strong.iter().filter_map(|verb| words.rfind(verb.as_str()).filter(|at| *at > 0)).min();
        let cut = by.or(verb).filter(|at| words[..*at].chars().count() >= LONG && *at < words.len());
        cut.map_or(words, |at| self.strip(&words[at..]))
    }

    /// Without the list of which the figure behind it gives the number: 开办、建设、登记5类窗口, 县发改局等16个部门.
    pub(super) fn without_apposition(self, lead: &str, closed: bool) -> String {
        let (verbs, object) = self.verbs(lead);
        let listed = object.matches(mark::ENUMERATION_COMMA).count() >= 2;
        if closed || listed {
            let verb = if verbs.is_empty() { self.verb_within(lead).unwrap_or_default() } else { verbs };
            return verb.to_owned();
        }
        lead.to_owned()
    }

    pub(super) fn within_compound(self, words: &str, at: usize, total: &str) -> bool {
        self.cues.compounds.iter().filter(|longer| longer.len() > total.len()).any(|longer| {
            longer.match_indices(total).any(|(offset, _)| {
                at.checked_sub(offset)
                    .is_some_and(|from| words.get(from..).is_some_and(|rest| rest.starts_with(longer.as_str())))
            })
        })
    }

    /// The adverbs and verbs at the beginning of a phrase, and what they are done with.
    ///
    /// A verb behind which one or two characters are left belongs to the noun, unless it is the first: 培训班, 发放宣传资料.
    pub(super) fn verbs(self, phrase: &str) -> (&str, &str) {
        let (mut at, mut end, mut verbs) = (0, 0, 0);
        loop {
            let rest = &phrase[at..];
            let verb = longest_prefix(rest, &self.cues.verbs).filter(|verb| !self.opens(rest, verb));
            let adverb = longest_prefix(rest, &self.cues.adverbs);
            let is_verb = verb.map_or(0, str::len) >= adverb.map_or(1, str::len);
            let Some(word) = (if is_verb { verb } else { adverb }) else {
                // 审查、修改各种文书: verbs in a list.
                let listed = rest.trim_start_matches(mark::ENUMERATION_COMMA);
                if verbs > 0 && listed.len() < rest.len() && longest_prefix(listed, &self.cues.verbs).is_some() {
                    at += rest.len() - listed.len();
                    continue;
                }
                break;
            };
            let mut next = at + word.len();
            if let Some(particle) = longest_prefix(&phrase[next..], &self.cues.particles) {
                next += particle.len();
            }
            let left = phrase[next..].chars().count();
            if is_verb {
                if left == 1 || (left == 2 && verbs > 0) {
                    break;
                }
                verbs += 1;
                end = next;
            }
            at = next;
        }
        phrase.split_at(end)
    }

    /// 开展专项督查: the verb behind a verb that only opens it is what was done, a noun.
    pub(super) fn parts(self, phrase: &str) -> (&str, &str) {
        let (verbs, object) = self.verbs(phrase);
        if object.is_empty()
            && let Some(opener) = longest_prefix(verbs, &self.cues.deed_openers)
            && verbs[opener.len()..].chars().count() >= LEAST_DEED
        {
            let end = longest_prefix(&verbs[opener.len()..], &self.cues.particles).map_or(0, str::len);
            return phrase.split_at(opener.len() + end);
        }
        (verbs, object)
    }

    /// A verb without the particle behind it: 办结了, 办结相关.
    pub(super) fn without_particle(self, verbs: &str) -> &str {
        let particle = longest_suffix(verbs, &self.cues.particles).filter(|word| !self.closes(verbs, word));
        match particle {
            Some(particle) if particle.len() < verbs.len() && !self.is_verb(verbs) => {
                &verbs[..verbs.len() - particle.len()]
            }
            _ => verbs,
        }
    }

    fn is_verb(self, words: &str) -> bool {
        self.cues.verbs.iter().any(|verb| words.ends_with(verb.as_str()))
    }

    /// Whether a phrase is a verb alone, which needs the object of another figure.
    pub(super) fn is_deed(self, phrase: &str) -> bool {
        let (verbs, object) = self.parts(phrase);
        phrase.is_empty()
            || (!verbs.is_empty() && (object.is_empty() || self.cues.empty.iter().any(|word| word == object)))
    }

    /// What a clause is about: what its verb is done with, or what stands behind 对.
    pub(super) fn object(self, clause: &str) -> Option<String> {
        let clause = self.strip(clause);
        let object = if let Some((object, _)) = self.turned_parts(clause) {
            object.to_owned()
        } else if let Some(object) = self.about(clause).or_else(|| self.of_state(clause)) {
            object.to_owned()
        } else if let Some(taken) = self.taken(clause) {
            return self.head(taken);
        } else {
            let (verbs, object) = self.verbs(clause);
            let inner = self.behind_verb(if verbs.is_empty() { clause } else { object });
            match inner {
                Some(inner) if verbs.is_empty() || inner.chars().count() >= 4 => inner.to_owned(),
                _ if verbs.is_empty() => return None,
                _ => object.to_owned(),
            }
        };
        let counted = |object: &String| !self.cues.abstract_ends.iter().any(|end| object.ends_with(end.as_str()));
        self.head(&object).filter(counted)
    }

    /// The noun at the end of an object: what stands behind its last 的, without dates and particles.
    pub(super) fn head(self, object: &str) -> Option<String> {
        let mut object = self.strip(object);
        if let Some(at) = object.rfind(self.cues.of.as_str()) {
            let behind = &object[at + self.cues.of.len()..];
            if behind.chars().count() >= 3 {
                object = behind;
            }
        }
        if let Some(at) = object.rfind(self.cues.and_others.as_str()) {
            let behind = &object[at + self.cues.and_others.len()..];
            if behind.chars().count() >= 4 {
                object = behind;
            }
        }
        let object = self.strip(object);
        let count = object.chars().filter(|c| is_han(*c)).count();
        let number = self.cues.counts.iter().any(|word| object.ends_with(word.as_str()));
        let listed = object.matches(mark::ENUMERATION_COMMA).count();
        if number || listed > 1 || (listed == 1 && self.cues.joins.iter().any(|word| object.contains(word.as_str()))) {
            return None;
        }
        (2..=LONGEST_OBJECT).contains(&count).then(|| object.replace(char::is_whitespace, ""))
    }

    /// What stands behind the last verb within a clause that begins with its subject.
    fn behind_verb(self, clause: &str) -> Option<&str> {
        let found = self.cues.strong.iter().filter_map(|verb| Some((clause.rfind(verb.as_str())?, verb.len())));
        let (at, length) = found.max()?;
        let rest = &clause[at + length..];
        let rest = longest_prefix(rest, &self.cues.particles).map_or(rest, |particle| &rest[particle.len()..]);
        (rest.chars().count() >= 2).then_some(rest)
    }

    /// The verb within a clause that begins with its subject.
    pub(super) fn verb_within(self, clause: &str) -> Option<&str> {
        let found = self.cues.strong.iter().filter_map(|verb| Some((clause.find(verb.as_str())?, verb.len())));
        let (at, length) = found.min_by_key(|(at, length)| (*at, std::cmp::Reverse(*length)))?;
        Some(&clause[at..at + length])
    }

    /// 对规范性文件进行了清理: what it was done with, and what was done.
    pub(super) fn turned_parts(self, phrase: &str) -> Option<(&str, &str)> {
        let opener = longest_prefix(phrase, &self.cues.object_openers).filter(|word| !self.opens(phrase, word))?;
        let rest = &phrase[opener.len()..];
        let (at, word) = self
            .cues
            .deed_openers
            .iter()
            .filter_map(|word| Some((rest.find(word.as_str())?, word)))
            .min_by_key(|(at, word)| (*at, std::cmp::Reverse(word.len())))?;
        let deed = &rest[at + word.len()..];
        let deed = longest_prefix(deed, &self.cues.particles).map_or(deed, |particle| &deed[particle.len()..]);
        Some((self.strip(&rest[..at]), deed))
    }

    /// What a clause names before what is done with it, behind those who did it: 县编办对事项进行了清理, 围绕清单开展调整.
    pub(super) fn about(self, clause: &str) -> Option<&str> {
        const LONGEST_DEED: usize = 6;
        clause.char_indices().find_map(|(at, _)| {
            let (before, rest) = clause.split_at(at);
            let opener = longest_prefix(rest, &self.cues.about_openers).filter(|word| !self.opens(rest, word))?;
            let actor = at == 0 || self.cues.organs.iter().any(|organ| before.ends_with(organ.as_str()));
            let rest = &rest[opener.len()..];
            let openers =
                self.cues.deed_openers.iter().filter_map(|word| Some((rest.find(word.as_str())?, word.len())));
            let (end, length) = openers.min_by_key(|(at, length)| (*at, std::cmp::Reverse(*length)))?;
            let deed = &rest[end + length..];
            let deed = longest_prefix(deed, &self.cues.particles).map_or(deed, |particle| &deed[particle.len()..]);
            let short = deed.chars().count() <= LONGEST_DEED && self.is_verb(deed);
            let object = &rest[..end];
            let nested = self.cues.object_openers.iter().filter_map(|word| {
                object
                    .rfind(word.as_str())
                    .filter(|at| !self.within_compound(object, *at, word))
                    .map(|at| at + word.len())
            });
            let object = self.strip(&object[nested.max().unwrap_or(0)..]);
            (actor && short && !object.is_empty()).then_some(object)
        })
    }

    /// Of what a clause says that there were many: 劳动争议案件多发.
    fn of_state(self, clause: &str) -> Option<&str> {
        let state = longest_suffix(clause, &self.cues.states)?;
        let cases = self.strip(&clause[..clause.len() - state.len()]);
        (self.verbs(cases).0.is_empty() && cases.chars().count() >= LEAST_DEED).then_some(cases)
    }

    /// The phrase with what was done in front: 清理规范性文件.
    pub(super) fn turned(self, phrase: &str) -> String {
        if let Some((object, deed)) = self.turned_parts(phrase) {
            return format!("{}{object}", self.strip(deed));
        }
        let opener = longest_prefix(phrase, &self.cues.object_openers).filter(|word| !self.opens(phrase, word));
        phrase[opener.map_or(0, str::len)..].to_owned()
    }

    /// Words behind a figure up to where another thing is said of what it counts (…并公开).
    pub(super) fn up_to_stop(self, behind: &str, described: bool) -> &str {
        let stops = self.cues.stops.iter().filter_map(|stop| behind.find(stop.as_str()));
        let kept = stops.filter(|at| *at > 0).min().map_or(behind, |at| self.strip(&behind[..at]));
        if self.is_generic(kept) && !described { behind } else { kept }
    }

    /// Whether a noun says too little alone (文件, 具体任务).
    pub(super) fn is_generic(self, noun: &str) -> bool {
        let short = noun.chars().count() <= 4;
        noun.chars().count() < 2 || (short && self.cues.generic.iter().any(|word| noun.ends_with(word.as_str())))
    }

    /// Drops the list in front of 等 where a full noun follows it: 研究解决阵地建设、执法规范化等重点问题.
    pub(super) fn without_list(self, verbs: &str, object: &str) -> String {
        // 成立包括宣传在内的专项小组
        if let Some((_, behind)) = object.split_once(self.cues.included.as_str())
            && begins_with_any(object, &self.cues.bearings)
        {
            return self.strip(behind).to_owned();
        }
        let Some(at) = object.rfind(self.cues.and_others.as_str()) else { return object.to_owned() };
        let behind = &object[at + self.cues.and_others.len()..];
        let tail = longest_prefix(behind, &self.cues.list_tails);
        if verbs.is_empty() || (tail.is_none() && self.within_compound(object, at, &self.cues.and_others)) {
            return object.to_owned();
        }
        let behind = self.strip(&behind[tail.map_or(0, str::len)..]);
        let (before, length) = (&object[..at], behind.chars().count());
        let bearing = self.cues.bearings.iter().filter_map(|word| before.find(word.as_str()));
        if let Some(owner) = bearing.min().map(|from| self.strip(&before[..from]))
            && length >= 2
            && owner.chars().count() <= LONGEST_OWNER
        {
            return format!("{owner}{behind}");
        }
        // Titles and quotations before it are left out: 制定《甲》《乙》等制度.
        let listed =
            before.chars().all(|c| !is_han(c)) || before.contains([mark::ENUMERATION_COMMA, mark::QUOTE_CLOSE]);
        if listed && self.cues.vague_heads.iter().any(|head| head == behind) {
            let last = before.rsplit(mark::ENUMERATION_COMMA).next().unwrap_or(before);
            return format!("{}{}{behind}", self.strip(last), self.cues.and_others);
        }
        if length >= 4 || (listed && length >= 2) { behind.to_owned() } else { object.to_owned() }
    }
}

/// A noun with the one it is of; the end that both have is said once: 省级事项 of 政务服务事项 are 省级政务服务事项.
pub(super) fn joined(whole: &str, noun: &str) -> String {
    let end = noun.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
    if end > 0 && whole.ends_with(&noun[end..]) {
        return format!("{}{whole}", &noun[..end]);
    }
    format!("{whole}{noun}")
}

/// The members of a list, where it is short: what 受理投诉、举报及咨询 was done with.
pub(super) fn listed(object: &str) -> Option<String> {
    let several = object.contains(mark::ENUMERATION_COMMA);
    let count = object.chars().count();
    (several && (2..=LONGEST_OBJECT).contains(&count)).then(|| object.to_owned())
}

const fn is_mark(c: char) -> bool {
    matches!(c, ' ' | '.' | ')' | ',' | ':' | mark::ENUMERATION_COMMA)
}

/// The longest word of a sorted list at the beginning of some words.
pub(super) fn longest_prefix<'p>(words: &'p str, list: &[String]) -> Option<&'p str> {
    let first = words.chars().next();
    let from = list.partition_point(|word| word.chars().next() < first);
    let candidates = list[from..].iter().take_while(|word| word.chars().next() == first);
    let word = candidates.filter(|word| words.starts_with(word.as_str())).max_by_key(|word| word.len())?;
    Some(&words[..word.len()])
}

/// Whether some words begin with a word of a list.
pub(super) fn begins_with_any(words: &str, list: &[String]) -> bool {
    list.iter().any(|word| words.starts_with(word.as_str()))
}

fn longest_suffix<'p>(words: &'p str, list: &[String]) -> Option<&'p str> {
    let word = list.iter().filter(|word| words.ends_with(word.as_str())).max_by_key(|word| word.len())?;
    Some(&words[words.len() - word.len()..])
}
