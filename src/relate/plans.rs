//! Which problems a plan answers: those of its category that share enough of its words.

use crate::lexicon::RelationCues;
use crate::text::is_han;
use std::collections::BTreeSet;

/// The indexes of the problems that a plan answers. Each problem is its words and its category.
#[must_use]
pub fn addressed(plan: (&str, &str), problems: &[(&str, &str)], cues: &RelationCues) -> Vec<usize> {
    let words = pairs(plan.0, cues);
    let mut best: Vec<(usize, f64)> = Vec::new();
    for (index, (text, category)) in problems.iter().enumerate() {
        let other = pairs(text, cues);
        let shared = words.intersection(&other).count();
        let least = words.len().min(other.len()).max(1);
        let share = ratio(shared, least);
        if *category == plan.1 && share >= cues.plans.least_share {
            best.push((index, share));
        }
    }
    best.into_iter().map(|(index, _)| index).collect()
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
    use super::addressed;
    use crate::lexicon::Lexicon;

    #[test]
    fn a_plan_answers_what_shares_its_field_and_words() {
        let cues = &Lexicon::shared().unwrap().relations;
        let problems = [
            ("行政执法人员专业能力不强", "enforcement"),
            ("行政执法人员专业能力不强", "publicity"),
            ("规范性文件备案不及时", "enforcement"),
        ];
        assert_eq!(addressed(("提升执法人员专业能力", "enforcement"), &problems, cues), [0]);
        assert!(addressed(("推广宪法宣传", "enforcement"), &problems, cues).is_empty());
        assert!(addressed(("", "enforcement"), &problems, cues).is_empty());
    }
}
