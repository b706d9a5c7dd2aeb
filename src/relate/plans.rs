//! Which problems a plan answers: those of its category that share enough of its words.

use crate::lexicon::RelationCues;
use crate::text::is_han;

/// What is compared of a plan or a problem.
#[derive(Debug, Clone, Default)]
pub struct Matter<'a> {
    /// Notation of its category.
    category: &'a str,
    /// Its two-character words without those that every report is full of, sorted, each once.
    words: Vec<[char; 2]>,
}

impl<'a> Matter<'a> {
    /// What is compared of a plan or a problem with this text, of the category with this notation.
    #[must_use]
    pub fn new(text: &str, category: &'a str, cues: &RelationCues) -> Self {
        let mut words: Vec<[char; 2]> = Vec::with_capacity(text.len() / 3);
        let mut before = None;
        for (at, c) in text.char_indices() {
            let start = before.replace((at, c));
            if let Some((start, first)) = start
                && is_han(first)
                && is_han(c)
                && !cues.plans.generic.have(&text[start..at + c.len_utf8()])
            {
                words.push([first, c]);
            }
        }
        words.sort_unstable();
        words.dedup();
        Self { category, words }
    }

    /// How many words both have.
    fn shared(&self, other: &Self) -> usize {
        self.words.iter().filter(|word| other.words.binary_search(word).is_ok()).count()
    }
}

/// A problem that a plan answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered {
    /// Its index among the problems.
    pub problem: usize,
    /// Whether only its place tells it: plans and problems are as many, and it stands where the plan does.
    pub by_place: bool,
}

/// The problems that a plan answers: those of its category that share enough of its words, and, where there are as many
/// plans as problems, the one of its category at its own `place`.
#[must_use]
pub fn addressed(
    plan: &Matter<'_>,
    place: Option<usize>,
    problems: &[Matter<'_>],
    cues: &RelationCues,
) -> Vec<Answered> {
    let mut answered = Vec::new();
    for (problem, matter) in problems.iter().enumerate().filter(|(_, matter)| matter.category == plan.category) {
        let least = plan.words.len().min(matter.words.len()).max(1);
        let by_words = ratio(plan.shared(matter), least) >= cues.plans.least_share;
        if by_words || place == Some(problem) {
            answered.push(Answered { problem, by_place: !by_words });
        }
    }
    answered
}

fn ratio(part: usize, whole: usize) -> f64 {
    f64::from(u32::try_from(part).unwrap_or(u32::MAX)) / f64::from(u32::try_from(whole).unwrap_or(u32::MAX))
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::{Matter, addressed};
    use crate::lexicon::Lexicon;

    #[test]
    fn a_plan_answers_what_shares_its_field_and_words() {
        let cues = &Lexicon::shared().unwrap().relations;
        let matter = |text, category| Matter::new(text, category, cues);
        let problems = [
            matter("行政执法人员专业能力不强", "enforcement"),
            matter("行政执法人员专业能力不强", "publicity"),
            matter("规范性文件备案不及时", "enforcement"),
        ];
        let answered = |text, place| -> Vec<usize> {
            let found = addressed(&matter(text, "enforcement"), place, &problems, cues);
            found.into_iter().map(|answered| answered.problem).collect()
        };
        assert_eq!(answered("提升执法人员专业能力", None), [0]);
        assert!(answered("推广宪法宣传", None).is_empty());
        assert!(answered("", None).is_empty());
        assert_eq!(answered("健全责任清单", Some(2)), [2], "in the same place of lists of one length");
        assert!(answered("健全责任清单", Some(1)).is_empty(), "of another category");
    }
}
