//! Whose deed do figures tell that count those who did something, or for whom it was done?
//!
//! 38个部门公布事项3865项 counts the departments that published and what they published; 为320名职工追回工资45万元 those for whom
//! it was done; 60家单位2313名执法人员参加 all who took part.

use super::clause::Member;
use super::indicator::{Indicators, Spot};

impl Indicators<'_> {
    /// 为320名职工追回工资45万元: those for whom it was done, and what was done for them.
    pub(super) fn served(&self, member: &Member, nth: usize) -> Option<String> {
        let lead = member.lead.trim_end();
        let opener = self.cues.indicator.served_openers.iter().find(|word| lead.ends_with(word.as_str()))?;
        let before = &lead[..lead.len() - opener.len()];
        let actor =
            before.is_empty() || self.cues.indicator.organs.iter().any(|organ| before.ends_with(organ.as_str()));
        if !actor || member.figures.len() != 2 || !self.phrases.strip(&member.behind[1]).is_empty() {
            return None;
        }
        let (whom, deed) = self.phrases.split_deed(self.phrases.strip(&member.behind[0]))?;
        Some(if nth == 0 { format!("{deed}{}{whom}", self.cues.indicator.of) } else { format!("{whom}{deed}") })
    }

    /// 38个部门公布事项3865项; 12个镇、46个部门完成述法: those who did it, with what they did; and what they did.
    pub(super) fn doer(&self, spot: &Spot<'_>, member: &Member, nth: usize, lead: &str) -> Option<String> {
        const DEED: std::ops::RangeInclusive<usize> = 3..=20;
        let phrases = self.phrases;
        let members = &spot.clause.members;
        let bare = |member: &Member| phrases.strip(&member.lead).is_empty();
        if !lead.is_empty() || !members.iter().all(bare) {
            return None;
        }
        let last = members.last()?;
        let counted = last.figures.len() == 2 && last.behind.last().is_some_and(String::is_empty);
        let (actor, deed) = phrases.split_predicate(phrases.strip(last.behind.first()?))?;
        if !(counted || (members.len() > 1 && last.figures.len() == 1)) || !DEED.contains(&deed.chars().count()) {
            return None;
        }
        let (verbs, object) = phrases.verbs(deed);
        let deed = format!("{}{object}", phrases.without_particle(verbs));
        if nth > 0 {
            // 3865项 counts what they did.
            return (counted && nth == 1 && std::ptr::eq(member, last)).then_some(deed);
        }
        let own = phrases.strip(&member.behind[0]);
        let own = if std::ptr::eq(member, last) { actor } else { own };
        (!own.is_empty()).then(|| format!("{deed}{}{own}", self.cues.indicator.of))
    }

    /// Figures that follow each other without a mark: 25家单位56套信息系统 are units that have the systems of the last.
    pub(super) fn run(&self, member: &Member, lead: &str, nth: usize, unit: &str) -> Option<String> {
        let cues = &self.cues.indicator;
        let last = self.phrases.strip(member.behind.last()?);
        if nth + 1 >= member.figures.len() || last.is_empty() {
            return None;
        }
        let own = self.phrases.strip(&member.behind[nth]);
        let people = cues.people.iter().any(|word| word == unit);
        if own.is_empty() && !people {
            return None;
        }
        let own = if own.is_empty() { unit } else { own };
        let taking_part = self.last_deed(member);
        if lead.is_empty() && !taking_part.is_empty() {
            // 60家单位2313名执法人员参加: what the last one did, all did.
            return Some(format!("{own}{taking_part}"));
        }
        Some(format!("{lead}{last}{}{own}", cues.of))
    }

    /// The verb at the end of a member's words: 参加.
    pub(super) fn last_deed<'m>(&self, member: &'m Member) -> &'m str {
        let Some(behind) = member.behind.last() else { return "" };
        let behind = self.phrases.strip(behind);
        let light = self.cues.indicator.light.iter();
        let takes_part = light.filter_map(|word| {
            behind.rfind(word.as_str()).filter(|at| !self.phrases.within_compound(behind, *at, word))
        });
        takes_part.min().map_or("", |at| &behind[at..])
    }
}
