//! What a figure counts, in the text's own words.
//!
//! The grammar of a clause with a figure: a verb and its object (受理行政复议申请32件), the object behind the figure (聘请12名
//! 法律顾问), a list that shares one verb (建成工作站13个、工作室109个), a verb alone that shares the object of an earlier figure
//! (保留4件), a share of what was counted before (办结率100%), people who take part in what an earlier clause names
//! (覆盖500余人次), a part in brackets (其中正职25宗), and growth or decline of what was counted before (同比下降8.3%).

use super::clause::{Clause, Member, clauses};
use super::phrase::{Phrases, joined, listed, longest_prefix};
use crate::lexicon::FigureCues;
use crate::report::{Basis, Change, ChangeBase, ChangeKind, Direction};
use crate::text::mark;
use std::collections::BTreeSet;
use std::ops::Range;

/// Longest indicator, in characters.
const LONGEST: usize = 40;
/// Most members of a list that are told apart.
const LIST: usize = 40;
/// A noun of at least this many characters says enough.
const LEAST_NOUN: usize = 4;

/// The figures of one statement and what they stand in.
#[derive(Debug)]
pub struct Counted<'a> {
    /// Bytes of the statement in the folded text.
    pub statement: Range<usize>,
    /// Bytes of its figures, in order.
    pub figures: &'a [Range<usize>],
    /// Their units.
    pub units: &'a [&'a str],
    /// The heading or lead sentence of the item that it stands in.
    pub topic: &'a str,
}

/// What a figure counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicated {
    /// The phrase.
    pub phrase: String,
    /// For growth or decline: what grew or fell, by its place among all figures read so far.
    pub change: Option<Change>,
    /// How the phrase came about.
    pub basis: Basis,
}

/// What is known of the figures before.
#[derive(Debug, Default)]
pub(super) struct Carried {
    /// The verb of the last figure that had one.
    pub(super) verb: String,
    /// Objects of the last full phrase and of the members that share its verb.
    pub(super) objects: Vec<String>,
    /// Object of the last full phrase that counts no people.
    pub(super) things: Vec<String>,
    /// Phrase, unit and place of the figures of this statement and the one before.
    pub(super) figures: Vec<(String, String, usize)>,
    /// Places of those that are parts in brackets.
    pub(super) parts: BTreeSet<usize>,
    /// What the figures of this statement began at.
    pub(super) statement: usize,
}

/// Reads statement after statement; what one figure counts is carried on to the next.
#[derive(Debug)]
pub struct Indicators<'a> {
    pub(super) text: &'a str,
    pub(super) cues: &'a FigureCues,
    pub(super) phrases: Phrases<'a>,
    pub(super) carried: Carried,
    pub(super) topic: String,
    read: usize,
}

impl<'a> Indicators<'a> {
    /// Begins with the first figures of a text.
    #[must_use]
    pub fn new(text: &'a str, cues: &'a FigureCues) -> Self {
        let phrases = Phrases { cues: &cues.indicator };
        Self { text, cues, phrases, carried: Carried::default(), topic: String::new(), read: 0 }
    }

    /// What each figure of a statement counts, in order.
    pub fn read(&mut self, counted: &Counted<'_>) -> Vec<Indicated> {
        if counted.topic != self.topic {
            self.carried = Carried::default();
            counted.topic.clone_into(&mut self.topic);
        }
        self.carried.statement = self.carried.figures.len();
        let cues = &self.cues.indicator;
        let clauses = clauses(self.text, &counted.statement, counted.figures, &cues.joins);
        let mut found: Vec<Option<Indicated>> = vec![None; counted.figures.len()];
        for (at, clause) in clauses.iter().enumerate() {
            let mut spot = Spot { clauses: &clauses[..at], clause, counted, head: String::new(), active: false };
            for (place, member) in clause.members.iter().enumerate() {
                self.member(&mut spot, (member, place), &mut found);
            }
        }
        let found: Vec<Indicated> = found.into_iter().map(Option::unwrap_or_default).collect();
        self.read += found.len();
        found
    }

    fn member(&mut self, spot: &mut Spot<'_>, (member, place): (&Member, usize), found: &mut [Option<Indicated>]) {
        for (nth, figure) in member.figures.iter().enumerate() {
            let share = self.is_share(spot.counted.units[*figure]);
            let mut indicated = self.change(spot, member, place, nth).unwrap_or_else(|| {
                let words = self.own_words(spot, (member, place), nth, share);
                self.complete(spot, member, (words, spot.counted.units[*figure]), found)
            });
            let length = indicated.phrase.chars().count();
            indicated.phrase = indicated.phrase.chars().skip(length.saturating_sub(LONGEST)).collect();
            if indicated.change.is_none() {
                let unit = spot.counted.units[*figure].to_owned();
                let place = self.read + figure;
                self.carried.figures.push((indicated.phrase.clone(), unit, place));
                if spot.clause.inside.is_some() {
                    self.carried.parts.insert(place);
                }
            }
            found[*figure] = Some(indicated);
        }
    }

    pub(super) fn is_share(&self, unit: &str) -> bool {
        self.cues.shares.iter().any(|share| share == unit)
    }

    /// The words of a figure's own member, in the order verb, object.
    fn own_words(&self, spot: &mut Spot<'_>, (member, place): (&Member, usize), nth: usize, share: bool) -> String {
        let phrases = self.phrases;
        if let Some(name) = self.respectively(spot, place) {
            return name;
        }
        let cues = &self.cues.indicator;
        let first = phrases.strip(&member.behind[0]);
        let lead = phrases.without_actor(phrases.strip(member.lead.trim()), first.chars().count() >= 2);
        spot.active = lead.len() < phrases.strip(member.lead.trim()).len();
        let lead = phrases.without_subject(phrases.strip(phrases.without_circumstance(&lead)));
        let lead = phrases.opened(&lead, first).map_or(lead.clone(), str::to_owned);
        if place == 0 && nth == 0 {
            spot.head.clone_from(&lead);
        }
        if let Some(words) = self.served(member, nth) {
            return words;
        }
        let last = member.behind.last().map_or("", |last| phrases.strip(last));
        let mut behind = self.unless_change(phrases.strip(&member.behind[nth]));
        let mut between = if nth > 0 { self.unless_change(phrases.strip(&member.behind[nth - 1])) } else { "" };
        if let Some(words) = self.doer(spot, member, nth, &lead) {
            return words;
        }
        if lead.is_empty() && !member.joined {
            // 82个人民调解委员会受理纠纷190件: the first figure counts who did it, the second what was done.
            if nth + 1 < member.figures.len() {
                behind = phrases.split_deed(behind).map_or(behind, |(actor, _)| actor);
            }
            between = phrases.split_deed(between).map_or(between, |(_, deed)| deed);
        }
        if behind.is_empty() && nth + 1 < member.figures.len() && !member.behind[nth].contains(is_word) {
            behind = last;
        }
        let named = if nth > 0 { between } else { behind };
        let lead = if named.chars().count() >= 2 {
            phrases.without_apposition(&lead, member.lead.trim_end().ends_with(cues.and_others.as_str()))
        } else {
            phrases.strip(lead.trim_end_matches(cues.of.as_str())).to_owned()
        };
        if let Some(words) = self.run(member, &lead, nth, spot.counted.units[member.figures[nth]]) {
            return words;
        }
        let words = match (lead.is_empty(), behind.is_empty()) {
            // 帮助4.7万名农民工讨薪8.2亿元: the words between belong to the second figure too.
            (_, true) => format!("{lead}{between}"),
            (true, false) if member.joined => phrases.up_to_stop(behind, false).to_owned(),
            (true, false) => behind.to_owned(),
            (false, false) if share && lead.ends_with(cues.share_of.as_str()) => format!("{lead}{behind}"),
            (false, false) => {
                let described = lead.ends_with(cues.of.as_str());
                let verbless = !described && phrases.verbs(&lead).0.is_empty() && phrases.verb_within(&lead).is_none();
                let joint = format!("{lead}{behind}");
                if verbless || phrases.turned_parts(&joint).is_some() {
                    joint
                } else {
                    format!("{lead}{}", phrases.up_to_stop(behind, described))
                }
            }
        };
        phrases.turned(phrases.strip(&words))
    }

    /// The words unless they only say that the first of two figures became the second: 由25天减少到11天.
    fn unless_change<'w>(&self, words: &'w str) -> &'w str {
        let change = &self.cues.change;
        let mut verbs = change.rises.iter().chain(&change.falls).chain(&self.cues.refused.saved);
        let within = &self.cues.refused.within;
        if verbs.any(|verb| verb == words) || within.iter().any(|word| word == words) { "" } else { words }
    }

    /// 调解、排查和预防纠纷量分别为3件、5件和2件: the name that belongs to the member.
    fn respectively(&self, spot: &Spot<'_>, place: usize) -> Option<String> {
        let cues = &self.cues.indicator;
        if spot.clause.members.len() > LIST {
            return None;
        }
        let lead = &spot.clause.members.first()?.lead;
        let at = lead.rfind(cues.respectively.as_str())?;
        let rest = self.phrases.strip(&lead[at + cues.respectively.len()..]);
        let names = self.phrases.without_subject(self.phrases.strip(&lead[..at]));
        let mut names: Vec<&str> = names.split(mark::ENUMERATION_COMMA).collect();
        let last = names.pop()?;
        match cues.joins.iter().find_map(|word| last.split_once(word.as_str())) {
            Some((one, other)) => names.extend([one, other]),
            None => names.push(last),
        }
        if names.len() != spot.clause.members.len() || names.len() < 2 {
            return None;
        }
        let name = self.phrases.strip(names[place]);
        let last = self.phrases.strip(names[names.len() - 1]);
        let shared =
            if place + 1 < names.len() && self.phrases.is_deed(name) { self.phrases.verbs(last).1 } else { "" };
        Some(format!("{name}{shared}{rest}"))
    }

    /// Growth or decline of what was counted before: 同比下降.
    fn change(&self, spot: &Spot<'_>, member: &Member, place: usize, nth: usize) -> Option<Indicated> {
        let first = spot.clause.members.first()?;
        let lead = if member.lead.is_empty() && member.joined { &first.lead } else { &member.lead };
        if nth > 0 || self.phrases.strip(&member.behind[nth]).chars().count() > 2 {
            return None;
        }
        let words = self.cues.change.read(lead)?;
        let unit = spot.counted.units[member.figures[nth]];
        let points = self.cues.points.iter().any(|points| points == unit);
        let kind = match (points, self.is_share(unit)) {
            (true, _) => ChangeKind::Points,
            (false, true) => ChangeKind::Relative,
            // 压减12件 says what was done, 较上年压减12件 how much fewer there were.
            (false, false) if words.base == ChangeBase::Unnamed && words.is_bare() => return None,
            (false, false) => ChangeKind::Absolute,
        };
        let subject = self.phrases.strip(words.subject);
        let deed = words.deed(&self.cues.indicator.respectively);
        let told = |phrase: String, of: Option<usize>| {
            let direction = if words.rises { Direction::Rise } else { Direction::Fall };
            let change = Some(Change { of, direction, kind, base: words.base });
            Some(Indicated { phrase, change, basis: Basis::rule("figures/change") })
        };
        // Growth behind brackets is of the whole, not of the part in them.
        let outside = spot.clause.inside.is_none();
        let from = self.carried.figures.len().saturating_sub(LIST).max(self.carried.statement);
        let here = self.carried.figures[from..].iter();
        let here: Vec<_> = here.filter(|(_, _, at)| !(outside && self.carried.parts.contains(at))).collect();
        if !subject.is_empty() && !self.phrases.is_deed(subject) {
            let of = here.iter().rev().find(|(phrase, _, _)| phrase.ends_with(subject));
            return told(format!("{subject}{deed}"), of.map(|(_, _, at)| *at));
        }
        // 同比分别上升60.7%、68.8%: of the last two figures, in their order.
        let spread = first.lead.contains(self.cues.indicator.respectively.as_str());
        let back = if spread { spot.clause.members.len() - place } else { 1 };
        let target = here.len().checked_sub(back).and_then(|at| here.get(at))?;
        told(format!("{}{deed}", target.0), Some(target.2))
    }

    /// What the words lack, taken from the figures and clauses before.
    fn complete(
        &mut self,
        spot: &Spot<'_>,
        member: &Member,
        (words, unit): (String, &str),
        found: &[Option<Indicated>],
    ) -> Indicated {
        let phrases = self.phrases;
        let share = self.is_share(unit);
        if let Some(part) = self.part_in_brackets(spot, &words, found) {
            return part;
        }
        if share {
            return self.share(spot, &words);
        }
        let (verbs, object) = phrases.parts(&words);
        let object = phrases.without_list(verbs, object);
        let own = format!("{verbs}{object}");
        if phrases.is_deed(&own) {
            let measure = self.is_measure(unit);
            let before = self.earlier(spot, Some(unit));
            if let Some((carried, _)) = &before
                && !self.shares_object(spot, verbs, &object, carried)
            {
                self.carried.objects.clear();
                self.carried.objects.extend(phrases.head(&object));
                let field = self.field(spot).filter(|_| phrases.is_own_deed(verbs)).unwrap_or_default();
                return Indicated::new(
                    format!("{field}{own}"),
                    Basis::rule("figures/clause").doubted("bare-indicator"),
                );
            }
            return match before {
                // 查处案件41宗,罚款35万元: the money is no kind of case.
                Some((carried, basis)) if measure => Indicated::new(format!("{carried}{own}"), basis),
                Some((carried, basis)) => {
                    verbs.clone_into(&mut self.carried.verb);
                    self.carried.objects = vec![carried.clone()];
                    Indicated::new(format!("{own}{carried}"), basis)
                }
                None => Indicated::new(own, Basis::rule("figures/clause").doubted("bare-indicator")),
            };
        }
        if let Some(light) = self.takes_part(&words, unit) {
            if let Some((carried, basis)) =
                self.earlier(spot, Some("")).filter(|(carried, _)| !words.contains(carried.as_str()))
            {
                let phrase =
                    if words.starts_with(light) { format!("{carried}{words}") } else { format!("{words}{carried}") };
                return Indicated::new(phrase, basis);
            }
            return Indicated::new(words, Basis::rule("figures/clause"));
        }
        self.full(spot, member, (verbs, object), unit)
    }

    /// A phrase with its own object; the verb of a list is shared, a noun that says too little is told of what.
    fn full(&mut self, spot: &Spot<'_>, member: &Member, (verbs, object): (&str, String), unit: &str) -> Indicated {
        let phrases = self.phrases;
        let bearing = self.cues.indicator.bearings.iter().any(|word| word == verbs);
        let noun = verbs.is_empty() && phrases.verb_within(&object).is_none() && !phrases.is_deed_of_organ(&object);
        let mut verbs = phrases.without_particle(verbs).to_owned();
        let mut basis = Basis::rule("figures/clause");
        let shares = noun && self.shares_verb(spot, member, &object);
        if shares {
            basis = Basis::rule("figures/shared-verb");
            let head = if member.joined { phrases.verbs(&spot.head).0 } else { "" };
            let within = if member.joined { phrases.verb_within(&spot.head) } else { None };
            let head = if head.is_empty() { within.unwrap_or(&self.carried.verb) } else { head };
            let holder = within
                .filter(|_| phrases.is_generic(&object))
                .and_then(|verb| phrases.holder(&spot.head, verb))
                .unwrap_or_default();
            verbs = format!("{holder}{head}");
        }
        if let Some(phrase) = self.part_of_whole(spot, member, &object).filter(|_| noun) {
            return Indicated::new(phrase, Basis::rule("figures/part"));
        }
        let mut phrase = format!("{verbs}{object}");
        let measure = self.is_measure(unit);
        let head =
            object.rfind(self.cues.indicator.of.as_str()).map_or("", |at| &object[at + self.cues.indicator.of.len()..]);
        let vague = (phrases.is_generic(&object) && !spot.active)
            || (object.chars().count() <= 6 && phrases.is_generic(head) && !head.is_empty());
        // 举办培训: a deed of two characters does not say of what.
        let deed = !phrases.verbs(&phrase).0.is_empty() && phrases.verbs(&phrase).1.is_empty();
        let short = (noun || deed) && object.chars().count() < LEAST_NOUN - usize::from(deed);
        let measured = measure && bearing && object.chars().count() < LEAST_NOUN;
        if measured && let Some((carried, told)) = self.earlier(spot, Some("")) {
            phrase = format!("{carried}{verbs}{object}");
            basis = told;
        } else if (vague || short)
            && !shares
            && let Some((carried, told)) = self.earlier(spot, if deed { Some(unit) } else { measure.then_some("") })
            && !phrase.contains(carried.as_str())
            && !(deed && told.rule == "figures/carried-object")
        {
            phrase = format!("{verbs}{}", joined(&carried, &object));
            basis = told;
        }
        if measure {
            return Indicated::new(phrase, basis);
        }
        let head = phrases.object(&phrase).or_else(|| phrases.head(&object)).or_else(|| listed(&object));
        if !shares {
            if !self.cues.indicator.people.iter().any(|word| word == unit) {
                self.carried.things.clear();
                self.carried.things.extend(head.clone());
            }
            self.carried.objects.clear();
            self.carried.verb = verbs;
        }
        if self.carried.objects.len() < LIST {
            self.carried.objects.extend(head);
        }
        Indicated::new(phrase, basis)
    }

    /// Whether the figures carried on stand in this statement.
    pub(super) fn in_statement(&self) -> bool {
        self.carried.figures.len() > self.carried.statement
    }

    /// The word by which people take part in something that the phrase does not name.
    fn takes_part<'w>(&self, words: &'w str, unit: &str) -> Option<&'w str> {
        let cues = &self.cues.indicator;
        if !cues.participants.iter().any(|word| word == unit) {
            return None;
        }
        if let Some(word) = longest_prefix(words, &cues.light) {
            return (words[word.len()..].chars().count() <= 6).then_some(word);
        }
        cues.light.iter().find(|word| words.ends_with(word.as_str())).map(|word| &words[words.len() - word.len()..])
    }
}

impl Indicated {
    pub(super) const fn new(phrase: String, basis: Basis) -> Self {
        Self { phrase, change: None, basis }
    }
}

impl Default for Indicated {
    fn default() -> Self {
        Self::new(String::new(), Basis::rule("figures/clause").doubted("bare-indicator"))
    }
}

const fn is_word(c: char) -> bool {
    !matches!(c, ' ' | mark::ENUMERATION_COMMA)
}

/// Where a figure stands.
pub(super) struct Spot<'s> {
    /// The clauses before its own.
    pub(super) clauses: &'s [Clause],
    pub(super) clause: &'s Clause,
    pub(super) counted: &'s Counted<'s>,
    /// Words before the first figure of the clause.
    head: String,
    /// Whether those who did it stood before the verb and were left out.
    active: bool,
}
