//! Who carries a unit out, told from who is only named.
//!
//! Bodies that stand in a list are judged as one. A list carries the unit out where it is the subject of its clause, where
//! a word before it makes it the agent or the partner of what is done (由, 会同), where it is set up, or where it convenes.
//! It is only named where it modifies another noun (县政府网站), is an object or an addressee, or where a body of a higher
//! level praises, inspects or approves. The words are in `data/relations.toml`.

use crate::lexicon::{CarrierCues, RelationCues};
use crate::report::Basis;
use crate::text::mark;
use std::ops::Range;

/// A body as it is named in a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Bytes of the mention.
    pub range: Range<usize>,
    /// Whether it belongs to a level above the one that reports.
    pub superior: bool,
}

/// Why the bodies at `bodies`, in order, carry out the unit that the text is of; `None` of one that is only named. All
/// ranges are bytes of the folded `text`.
#[must_use]
pub fn carriers(text: &str, unit: &Range<usize>, bodies: &[Named], cues: &RelationCues) -> Vec<Option<Basis>> {
    let mut carries = Vec::with_capacity(bodies.len());
    while let Some(first) = bodies.get(carries.len()) {
        let rest = &bodies[carries.len()..];
        let more = rest.windows(2).take_while(|pair| is_listed(text, &pair[0].range, &pair[1].range, &cues.carriers));
        let members = &rest[..=more.count()];
        let last = members.last().unwrap_or(first);
        let group = List {
            text,
            unit,
            range: first.range.start..last.range.end,
            last: last.range.clone(),
            superior: members.iter().all(|body| body.superior),
            cues: &cues.carriers,
        };
        let acts = group.acts();
        carries.extend(members.iter().map(|_| acts.clone()));
    }
    carries
}

/// Whether two bodies stand in one list, at most a few general words between them.
fn is_listed(text: &str, before: &Range<usize>, body: &Range<usize>, cues: &CarrierCues) -> bool {
    let Some(between) = text.get(before.end..body.start) else { return false };
    cues.joins.iter().any(|join| join == between)
        || (between.starts_with(mark::ENUMERATION_COMMA)
            && cues.joins.iter().any(|join| !join.is_empty() && between.ends_with(join.as_str()))
            && between.chars().count() <= cues.between)
}

/// Bodies that stand side by side, and what is around them.
struct List<'a> {
    text: &'a str,
    unit: &'a Range<usize>,
    /// From the first body to the last.
    range: Range<usize>,
    /// The last body.
    last: Range<usize>,
    /// Whether all of them are above the level that reports.
    superior: bool,
    cues: &'a CarrierCues,
}

impl List<'_> {
    fn acts(&self) -> Option<Basis> {
        let cues = self.cues;
        let (left, right) = (self.left(), self.right());
        let outside = left.trim_end_matches(mark::QUOTE_OPEN);
        let subject = || self.is_subject(left, right).then(|| Basis::rule("carriers/subject"));
        if starts(right, &cues.meetings) {
            let submitted = || !self.superior && ends(outside, &cues.submitted);
            return (self.convenes() || submitted()).then(|| Basis::rule("carriers/meeting"));
        }
        if starts(right, &cues.acts_or_heads) {
            return subject();
        }
        let number = right.trim_start_matches(|c: char| c.is_ascii_digit());
        let counted = number.len() < right.len() && starts(number, &cues.counted);
        if counted || starts(right, &cues.heads) || self.is_of_person(right) {
            return None;
        }
        if let Some(word) = ending(outside, &cues.agents) {
            return (!(self.superior || starts(right, &cues.approves))).then(|| agent("carriers.agents", word));
        }
        if let Some(word) = ending(outside, &cues.assigned) {
            return Some(agent("carriers.assigned", word));
        }
        if let Some(word) = cues.helping.iter().find(|word| right.starts_with(word.as_str())) {
            return Some(agent("carriers.helping", word));
        }
        if ends(outside, &cues.with) && starts(right, &cues.led) {
            return Some(Basis::rule("carriers/agent"));
        }
        if self.is_opened(right) || self.is_founded(right) {
            return Some(Basis::rule("carriers/set-up"));
        }
        subject()
    }

    /// The clause up to the list.
    fn left(&self) -> &str {
        let before = &self.text[self.unit.start..self.range.start];
        before.rsplit(mark::ends_clause).next().unwrap_or(before)
    }

    /// The clause behind the list, without what closes the list: a remark in brackets, 等部门, general members.
    fn right(&self) -> &str {
        let after = self.text.get(self.last.end..self.unit.end).unwrap_or_default();
        let mut right = after.split(mark::ends_clause).next().unwrap_or(after);
        if let Some((_, rest)) = right.strip_prefix('(').and_then(|inside| inside.split_once(')')) {
            right = rest;
        }
        let cues = self.cues;
        let joined = cues.joins.iter().any(|join| !join.is_empty() && right.starts_with(join.as_str()));
        if !joined && !starts(right, &cues.others) {
            return right;
        }
        let reach = right.char_indices().nth(cues.reach_members).map_or(right.len(), |(at, _)| at);
        let end = cues.members.iter().filter_map(|word| Some(right[..reach].rfind(word.as_str())? + word.len())).max();
        end.map_or(right, |end| &right[end..])
    }

    /// Whether the list only says whose a person is.
    fn is_of_person(&self, right: &str) -> bool {
        let cues = self.cues;
        let named = |word: &String| {
            right.find(word.as_str()).is_some_and(|at| right[..at].chars().count() <= cues.reach_person)
        };
        cues.persons.iter().any(named)
    }

    /// A commission is what its meeting does (召开…委员会第一次会议).
    fn convenes(&self) -> bool {
        let cues = self.cues;
        ends(&self.text[self.last.clone()], &cues.convened)
            && !ends(&self.text[self.last.clone()], &cues.standing)
            && cues.convene.iter().any(|word| {
                let left = self.left();
                left.rfind(word.as_str()).is_some_and(|at| left[at + word.len()..].chars().count() <= cues.reach)
            })
    }

    /// Whether the list is opened here, and not told to have been.
    fn is_opened(&self, right: &str) -> bool {
        let opened = self.cues.opened.iter().filter_map(|word| right.strip_prefix(word.as_str()));
        opened.min_by_key(|rest| rest.len()).is_some_and(|rest| !starts(rest, &self.cues.since))
    }

    /// Whether the list is what is set up: directly, behind a few words, or behind what is said of it
    /// (成立由县长任组长的…领导小组).
    fn is_founded(&self, right: &str) -> bool {
        let cues = self.cues;
        if !right.is_empty() && !starts(right, &cues.founded_after) {
            return false;
        }
        let before = &self.text[self.unit.start..self.range.start];
        let sentence = before.rsplit(|c| mark::ends_statement(c) || c == '\n').next().unwrap_or(before);
        let least = sentence.char_indices().rev().nth(cues.reach_founded).map_or(0, |(at, _)| at);
        let sentence = &sentence[least..];
        cues.founding.iter().filter_map(|word| Some(sentence.rfind(word.as_str())? + word.len())).max().is_some_and(
            |at| {
                let between = sentence[at..].trim_end_matches(mark::QUOTE_OPEN);
                let close = between.chars().count() <= cues.reach && !between.contains(mark::ends_clause);
                close || ends(between, &cues.attributes)
            },
        )
    }

    /// Whether the list is the subject of its clause, behind nothing but a number, a date or an adverb.
    fn is_subject(&self, left: &str, right: &str) -> bool {
        let cues = self.cues;
        !self.superior
            && !right.is_empty()
            && !starts(right, &cues.not_subject)
            && self.without_leads(left.rsplit(mark::QUOTE_OPEN).next().unwrap_or(left)).is_empty()
    }

    fn without_leads<'t>(&self, left: &'t str) -> &'t str {
        let mut rest = left;
        loop {
            rest = rest.trim_start_matches(|c: char| {
                c.is_ascii_digit() || c.is_whitespace() || self.cues.lead_characters.contains(c)
            });
            let lead = self.cues.leads.iter().filter(|lead| rest.starts_with(lead.as_str())).map(String::len).max();
            match lead {
                Some(length) => rest = &rest[length..],
                None => return rest,
            }
        }
    }
}

fn starts(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.starts_with(word.as_str()))
}

/// The agent of what is done, told by a word beside it.
fn agent(key: &'static str, word: &str) -> Basis {
    Basis::entry("carriers/agent", "data/relations.toml", key, word)
}

/// The longest of the words with which the text ends.
fn ending<'w>(text: &str, words: &'w [String]) -> Option<&'w String> {
    words.iter().filter(|word| text.ends_with(word.as_str())).max_by_key(|word| word.len())
}

fn ends(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.ends_with(word.as_str()))
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::{Named, carriers};
    use crate::lexicon::Lexicon;

    /// Which of the bodies printed in 【】 carry the unit out; those in 【^】 are above the level that reports.
    fn carry(marked: &str) -> Vec<String> {
        let (mut text, mut bodies) = (String::new(), Vec::new());
        for part in marked.split('【') {
            if let Some((body, rest)) = part.split_once('】') {
                let name = body.trim_start_matches('^');
                bodies.push(Named { range: text.len()..text.len() + name.len(), superior: name != body });
                text.push_str(name);
                text.push_str(rest);
            } else {
                text.push_str(part);
            }
        }
        let carries = carriers(&text, &(0..text.len()), &bodies, &Lexicon::shared().unwrap().relations);
        let named = bodies.into_iter().zip(carries).filter(|(_, carries)| carries.is_some());
        named.map(|(body, _)| text[body.range].to_owned()).collect()
    }

    #[test]
    fn the_subject_of_a_clause_carries_the_unit_out() {
        assert_eq!(carry("【县司法局】审查文件13件。"), ["县司法局"]);
        assert_eq!(carry("二是2021年【县司法局】审查文件13件。"), ["县司法局"]);
        assert_eq!(carry("【县公安局】、【县城管局】联合执法30次。"), ["县公安局", "县城管局"]);
        assert_eq!(carry("【县委】、【县政府】要求各乡镇压实责任。"), ["县委", "县政府"]);
        assert_eq!(carry("【县政府】及9个乡镇(街道)均公布了目录。"), ["县政府"]);
        assert_eq!(carry("【县人社局】为312名工人追回工资。"), ["县人社局"]);
        assert_eq!(carry("【县委】理论学习中心组举办专题学习会2次。"), ["县委"]);
        assert_eq!(carry("【县公安局】、【县水利局】等7个单位公布了清单。"), ["县公安局", "县水利局"]);
    }

    #[test]
    fn agents_and_partners_carry_the_unit_out() {
        assert_eq!(carry("由【县司法局】审查文件13件,向【县政府】报告。"), ["县司法局"]);
        assert_eq!(carry("重大事项均经【县司法局】合法性审核。"), ["县司法局"]);
        assert_eq!(carry("【县司法局】牵头,会同【县审计局】核查项目6个。"), ["县司法局", "县审计局"]);
        assert_eq!(carry("依托【县水利局】、【县林草局】等部门组建抢险队伍。"), ["县水利局", "县林草局"]);
        assert_eq!(carry("在【县工业园区管委会】配合下,审查文件13件。"), ["县工业园区管委会"]);
        assert_eq!(carry("重大事项均由【镇党委】会议集体讨论决定。"), ["镇党委"]);
        assert_eq!(carry("合同以【县财政局】为主导办理。"), ["县财政局"]);
    }

    #[test]
    fn what_is_set_up_or_convenes_carries_the_unit_out() {
        assert_eq!(carry("成立【领导小组】,研究工作4次。"), ["领导小组"]);
        assert_eq!(carry("成立了由镇长任组长,各站所负责人为成员的【普法工作专班】。"), ["普法工作专班"]);
        assert_eq!(carry("召开【县委全面依法治县委员会】第三次会议。"), ["县委全面依法治县委员会"]);
        assert_eq!(carry("【县行政争议化解中心】揭牌运行。"), ["县行政争议化解中心"]);
    }

    #[test]
    fn who_is_only_named_does_not() {
        assert!(carry("在【县委】的正确领导下,审查文件13件。").is_empty());
        assert!(carry("自觉接受【县人大】、【县政协】监督。").is_empty());
        assert!(carry("通过【县政府】网站公开信息900条。").is_empty());
        assert!(carry("【县委】、【县政府】主要领导高度重视。").is_empty());
        assert!(carry("【县公安局】被评为先进集体。").is_empty());
        assert!(carry("自【县行政争议化解中心】成立以来,化解案件9件。").is_empty());
        assert!(carry("【镇综合行政执法队】12名队员持证上岗。").is_empty());
        assert!(carry("明确普法清单,【县司法局】为牵头单位。").is_empty());
        assert!(carry("把宪法纳入【县委】理论学习中心组学习内容。").is_empty());
        assert!(carry("取消了【县水利局】等3个单位的权力事项。").is_empty());
        assert!(carry("【县政府】常务会议学法4次。").is_empty());
        assert!(carry("【县政府】、【县法院】等部门负责人参加。").is_empty());
    }

    #[test]
    fn a_higher_level_praises_inspects_and_approves() {
        assert!(carry("【^省司法厅】在我县开展调研。").is_empty());
        assert!(carry("经【^市政府】批准,设立窗口8个。").is_empty());
        assert_eq!(carry("【县司法局】会同【^市司法局】开展检查。"), ["县司法局", "市司法局"]);
    }
}
