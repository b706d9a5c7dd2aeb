//! Which problems a plan answers: those of its category that share enough of its words.

use crate::lexicon::RelationCues;
use crate::text::is_han;
use std::collections::BTreeSet;

/// What is compared of a plan or a problem.
#[derive(Debug, Clone, Default)]
pub struct Matter<'a> {
    /// Its text.
    pub text: &'a str,
    /// Notation of its category.
    pub category: &'a str,
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
    let words = pairs(plan.text, cues);
    let mut answered = Vec::new();
    for (problem, matter) in problems.iter().enumerate().filter(|(_, matter)| matter.category == plan.category) {
        let other = pairs(matter.text, cues);
        let shared = words.intersection(&other).count();
        let least = words.len().min(other.len()).max(1);
        let by_words = ratio(shared, least) >= cues.plans.least_share;
        if by_words || place == Some(problem) {
            answered.push(Answered { problem, by_place: !by_words });
        }
    }
    answered
}

fn ratio(part: usize, whole: usize) -> f64 {
    f64::from(u32::try_from(part).unwrap_or(u32::MAX)) / f64::from(u32::try_from(whole).unwrap_or(u32::MAX))
}

/// The two-character words of a text without those that every report is full of.
fn pairs<'t>(text: &'t str, cues: &RelationCues) -> BTreeSet<&'t str> {
    let starts: Vec<(usize, char)> = text.char_indices().collect();
    starts
        .windows(2)
        .filter(|pair| is_han(pair[0].1) && is_han(pair[1].1))
        .map(|pair| &text[pair[0].0..pair[1].0 + pair[1].1.len_utf8()])
        .filter(|pair| !cues.plans.generic.iter().any(|word| word == pair))
        .collect()
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::{Matter, addressed};
    use crate::lexicon::Lexicon;

    #[test]
    fn a_plan_answers_what_shares_its_field_and_words() {
        let cues = &Lexicon::shared().unwrap().relations;
        let matter = |text, category| Matter { text, category };
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
