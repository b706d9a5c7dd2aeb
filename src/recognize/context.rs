//! What do the clauses before a figure say of what it counts?

use super::clause::{Clause, Member};
use super::indicator::{Indicated, Indicators, Spot};
use super::phrase::longest_prefix;
use crate::report::Basis;
use crate::text::mark;

/// How many clauses back an object is looked for.
const NEAR: usize = 12;
/// A share of fewer characters needs its object: 办结率, 法定期限内办结率.
const SHORT_SHARE: usize = 7;
/// Longest words in brackets that only name a part of what stands before them.
const LONG_PART: usize = 5;

impl Indicators<'_> {
    /// What an earlier figure, clause or heading was about, nearest first. Figures tell it only where their unit may be
    /// that of the figure in question (`unit`, empty for any).
    pub(super) fn earlier(&self, spot: &Spot<'_>, unit: Option<&str>) -> Option<(String, Basis)> {
        let cues = &self.cues.indicator;
        let bare = spot.clauses.iter().rev().take(NEAR).filter(|clause| clause.inside.is_none());
        // 在办结的行政复议案件中: sets what the next figures speak of.
        let among = bare.clone().take_while(|clause| clause.members.is_empty()).find_map(|clause| {
            let words = self.phrases.strip(&clause.words).strip_suffix(cues.among.as_str())?;
            self.phrases.head(words.rsplit_once(cues.of.as_str()).map_or(words, |(_, noun)| noun))
        });
        if let Some(object) = among {
            return Some((object, Basis::rule("figures/earlier-clause")));
        }
        let last = self.carried.figures.last();
        let fits = unit.is_some_and(|unit| {
            let same = |other: &str| other == unit || (self.is_case(other) && self.is_case(unit));
            unit.is_empty() || self.carried.figures.iter().rev().take(4).any(|(_, other, _)| same(other))
        });
        let carried = self.carried.objects.last().filter(|_| fits).cloned();
        if self.in_statement()
            && let Some(object) = carried.clone()
        {
            return Some((object, Basis::rule("figures/carried-object")));
        }
        let near = bare.take_while(|clause| clause.members.is_empty() || unit.is_some());
        // 围绕清单开展调整 tells only what the deeds alone behind it are done with.
        let deed = unit.is_some_and(|unit| !unit.is_empty());
        let open = |clause: &&Clause| !self.is_apart(clause) || (deed && self.phrases.about(&clause.words).is_some());
        let told = |clause: &Clause| self.phrases.object(&clause.words).or_else(|| self.title_in(clause));
        if let Some(object) = near.filter(open).take(4).find_map(told) {
            return Some((object, Basis::rule("figures/earlier-clause")));
        }
        if last.is_some()
            && let Some(object) = carried
        {
            return Some((object, Basis::rule("figures/carried-object").doubted("topic-indicator")));
        }
        let object = self.topic_object().filter(|_| unit.is_some())?;
        Some((object, Basis::rule("figures/topic").doubted("topic-indicator")))
    }

    /// Whether a deed is done with what the figures before count: 立案 is not done with the units that were inspected,
    /// and what has a noun of its own (办理事项) is not done with windows.
    pub(super) fn shares_object(&self, spot: &Spot<'_>, verbs: &str, object: &str, carried: &str) -> bool {
        let phrases = self.phrases;
        // 围绕防汛开展执法检查,立案9件: the occasion is no object either.
        let occasion = |clause: &Clause| self.is_apart(clause) && phrases.about(&clause.words) == Some(carried);
        let inspected = phrases.is_inspected(carried) || spot.clauses.iter().rev().take(NEAR).any(occasion);
        let own = !object.is_empty() && phrases.is_generic(carried);
        !(own || (inspected && phrases.is_own_deed(verbs)))
    }

    /// The field that the clauses before or the heading name: 市场监管领域.
    pub(super) fn field(&self, spot: &Spot<'_>) -> Option<String> {
        const LONGEST_FIELD: usize = 8;
        let word = self.cues.indicator.field.as_str();
        let clauses = spot.clauses.iter().rev().map(|clause| clause.words.as_str());
        clauses.chain(std::iter::once(self.topic.as_str())).find_map(|words| {
            let before = &words[..words.find(word)?];
            let from = before.rfind(|c| !crate::text::is_han(c));
            let before = from.map_or(before, |at| before[at..].trim_start_matches(|c| !crate::text::is_han(c)));
            let (verbs, object) = self.phrases.verbs(self.phrases.strip(before));
            let object = if verbs.is_empty() { self.phrases.strip(before) } else { object };
            let object = longest_prefix(object, &self.cues.indicator.ways).map_or(object, |way| &object[way.len()..]);
            (2..=LONGEST_FIELD).contains(&object.chars().count()).then(|| format!("{object}{word}"))
        })
    }

    /// 评查案卷112卷,其中行政处罚43卷: what was done with the whole was done with its part.
    pub(super) fn part_of_whole(&self, spot: &Spot<'_>, member: &Member, object: &str) -> Option<String> {
        const LONGEST_WHOLE: usize = 8;
        let opens = |clause: &Clause| {
            self.text[clause.range.clone()].trim_start().starts_with(self.cues.indicator.among_them.as_str())
        };
        let before = spot.clauses.iter().rev().find(|clause| clause.inside.is_none() && !clause.members.is_empty());
        let follows = before.is_some_and(opens) && self.shares_verb(spot, member, object);
        let verb = self.carried.verb.as_str();
        if !(opens(spot.clause) || follows) || spot.clause.inside.is_some() || verb.is_empty() || !self.in_statement() {
            return None;
        }
        let whole = self.carried.objects.first()?;
        let tail = |words: &str| words.char_indices().rev().nth(1).map(|(at, _)| words[at..].to_owned());
        let named = tail(object).is_none_or(|end| whole.contains(&end)) || whole.chars().count() > LONGEST_WHOLE;
        let people = self.cues.indicator.counts.iter().any(|word| object.ends_with(word.as_str()));
        if people || self.is_measure(spot.counted.units[member.figures[0]]) {
            return None;
        }
        Some(format!("{verb}{object}{}", if named { "" } else { whole.as_str() }))
    }

    /// Whether a clause tells a circumstance and not what was done.
    pub(super) fn is_apart(&self, clause: &Clause) -> bool {
        let opens = |words: &str| longest_prefix(words, &self.cues.indicator.circumstances).is_some();
        opens(&clause.words) || opens(self.phrases.strip(&clause.words))
    }

    /// Whether a unit measures money, areas and the like.
    pub(super) fn is_measure(&self, unit: &str) -> bool {
        self.cues.indicator.measures.iter().any(|measure| measure == unit)
    }

    /// Whether a unit counts cases, of which reports speak in several words.
    pub(super) fn is_case(&self, unit: &str) -> bool {
        self.cues.indicator.cases.iter().any(|case| case == unit)
    }

    /// The last document that a clause names.
    pub(super) fn title_in(&self, clause: &Clause) -> Option<String> {
        let words = &self.text[clause.range.clone()];
        let end = words.rfind(mark::TITLE_CLOSE)?;
        let start = words[..end].rfind(mark::TITLE_OPEN)? + mark::TITLE_OPEN.len_utf8();
        self.phrases.head(&words[start..end])
    }

    /// What the heading is about, unless it only names a part of the report.
    pub(super) fn topic_object(&self) -> Option<String> {
        let cues = &self.cues.indicator;
        let first = self.topic.split([mark::FULL_STOP, ';', ',', ':']).find(|part| !part.trim().is_empty())?;
        let start = crate::outline::marker(first).map_or(0, |marker| marker.len);
        let words = self.phrases.strip(&first[start..]);
        if cues.frames.iter().any(|frame| words.contains(frame.as_str())) {
            return None;
        }
        self.phrases.object(words)
    }

    /// A share: of what was counted before, unless it says so itself.
    pub(super) fn share(&mut self, spot: &Spot<'_>, words: &str) -> Indicated {
        let cues = &self.cues.indicator;
        let first = words.split([mark::ENUMERATION_COMMA, cues.share_end]).next().unwrap_or(words);
        let whole = first.chars().count() + 1 >= SHORT_SHARE
            || longest_prefix(words, &cues.share_openers).is_some_and(|opener| words.len() > opener.len() + 6);
        if whole {
            return Indicated::new(words.to_owned(), Basis::rule("figures/clause"));
        }
        // 约谈负责人6人,整改率96%: what is done with cases is no share of the people.
        let people = self.carried.figures.last().is_some_and(|(_, unit, _)| cues.people.contains(unit));
        let of_things = people && !self.carried.things.is_empty() && longest_prefix(words, &cues.verbs).is_some();
        let objects = if of_things && longest_prefix(words, &cues.light).is_none() {
            self.carried.things.concat()
        } else {
            self.carried.objects.concat()
        };
        let said = |object: &str| !object.is_empty() && !words.starts_with(object);
        let before = spot.clauses.iter().rev().find(|clause| clause.inside.is_none());
        let before = before.filter(|clause| clause.members.is_empty() && !self.is_apart(clause));
        if let Some(object) = before.and_then(|clause| self.phrases.object(&clause.words)).filter(|object| said(object))
        {
            let basis = Basis::rule("figures/earlier-clause");
            return Indicated::new(format!("{object}{words}"), basis);
        }
        if self.in_statement() && said(&objects) && objects.chars().count() <= 20 {
            let outcome = cues.outcomes.iter().any(|outcome| outcome == words)
                && longest_prefix(&self.carried.verb, &cues.light).is_none();
            let objects = if outcome { format!("{}{objects}", self.carried.verb) } else { objects };
            return Indicated::new(format!("{objects}{words}"), Basis::rule("figures/carried-object"));
        }
        let distant = words.chars().count() > 4;
        let found = self.earlier(spot, Some("")).filter(|(_, basis)| !(distant && basis.doubt.is_some()));
        match found.filter(|(object, _)| said(object)) {
            Some((object, basis)) => Indicated::new(format!("{object}{words}"), basis),
            None => Indicated::new(words.to_owned(), Basis::rule("figures/clause").doubted("bare-indicator")),
        }
    }

    /// A part in brackets behind its whole: 出庭46宗(其中正职25宗).
    pub(super) fn part_in_brackets(
        &self,
        spot: &Spot<'_>,
        words: &str,
        found: &[Option<Indicated>],
    ) -> Option<Indicated> {
        let whole = spot.clause.inside.and_then(|at| found.get(at)?.as_ref())?;
        let (verbs, object) = self.phrases.verbs(words);
        let basis = Basis::rule("figures/part");
        if object.is_empty() && !verbs.is_empty() {
            let object = self.phrases.verbs(&whole.phrase).1;
            return Some(Indicated::new(format!("{verbs}{object}"), basis));
        }
        (words.chars().count() <= LONG_PART).then(|| Indicated::new(format!("{}{words}", whole.phrase), basis))
    }

    /// Whether a noun shares the verb of the figure before: 提供咨询4次、查询6次; 办结建议11件,提案11件.
    pub(super) fn shares_verb(&self, spot: &Spot<'_>, member: &Member, object: &str) -> bool {
        const LONGEST_SHARING: usize = 16;
        if object.chars().count() > LONGEST_SHARING || object.is_empty() {
            return false;
        }
        if member.joined {
            return true;
        }
        let unit = spot.counted.units[member.figures[0]];
        if self.carried.verb.is_empty() || self.is_measure(unit) {
            return false;
        }
        // 受理事项90件,领导干部接访20人次: nobody received the people.
        let turns = |other: &str| !self.cues.indicator.people.iter().any(|word| word == other);
        if !turns(unit)
            && unit.chars().count() > 1
            && self.carried.figures.last().is_some_and(|(_, other, _)| turns(other))
        {
            return false;
        }
        let counts = self.cues.indicator.counts.iter().any(|word| object.ends_with(word.as_str()));
        let before = spot.clauses.iter().rev().find(|clause| clause.inside.is_none());
        let closes = before.and_then(|clause| clause.members.last()?.behind.last()).is_some_and(String::is_empty);
        let of = object.contains(self.cues.indicator.of.as_str());
        closes && !counts && !of && spot.clause.inside.is_none() && member.behind.iter().all(String::is_empty)
    }
}
