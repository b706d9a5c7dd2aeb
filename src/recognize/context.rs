//! What do the clauses before a figure say of what it counts?

use super::clause::Clause;
use super::indicator::{Indicators, Spot};
use super::phrase::longest_prefix;
use crate::report::Basis;
use crate::text::mark;

/// How many clauses back an object is looked for.
const NEAR: usize = 12;

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
        let told = |clause: &Clause| self.phrases.object(&clause.words).or_else(|| self.title_in(clause));
        if let Some(object) = near.filter(|clause| !self.is_apart(clause)).take(4).find_map(told) {
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
}
