//! Where does a text without headings turn from what was done to what is lacking, and from that to what is planned?

use crate::lexicon::OutlineCues;
use crate::text::mark;

/// Openings of a year that is not the reported one: 2024年, 2024年度.
const YEAR_DIGITS: usize = 4;
/// Within so many characters the reporter says that it will do something.
const WITHIN: usize = 30;
/// What is general stands among this many characters at the end of a lead.
const GENERAL_WITHIN: usize = 18;
/// 将 (will)
const WILL: char = '\u{5C06}';

/// Whether a statement turns to problems or to plans; where it does not open its line, only a plain turn to plans counts.
pub(super) fn turns(words: &str, opens_line: bool, cues: &OutlineCues, year: Option<u16>) -> bool {
    to_plans(words, cues, year) || (opens_line && (to_problems(words, cues) || names_problems(words, cues)))
}

/// Whether a statement opens with the name of what follows: 存在的不足:….
pub(super) fn names_problems(words: &str, cues: &OutlineCues) -> bool {
    cues.statements.problem_leads.iter().any(|lead| words.starts_with(lead.as_str()))
}

/// Whether a statement says that not all is well after what was achieved: 虽取得一定成效,但仍存在一些不足.
pub(super) fn to_problems(words: &str, cues: &OutlineCues) -> bool {
    let statements = &cues.statements;
    let Some(turn) = first(words, &statements.problem_turns) else { return false };
    let (before, after) = words.split_at(turn);
    has(before, &statements.achievements) && has(after, &cues.headings.problem_nouns)
}

/// Whether a statement opens with what comes next.
pub(super) fn to_plans(words: &str, cues: &OutlineCues, year: Option<u16>) -> bool {
    cues.statements.plan_openers.iter().any(|cue| words.starts_with(cue.as_str())) || opens_later_year(words, year)
}

/// Whether a statement opens with the year after the reported one and says what will be done.
pub(super) fn opens_later_year(words: &str, year: Option<u16>) -> bool {
    let Some(year) = year else { return false };
    let digits = words.get(..YEAR_DIGITS).and_then(|digits| digits.parse::<u16>().ok());
    digits == Some(year + 1) && words.chars().take(WITHIN).any(|c| c == WILL)
}

/// Whether a lead speaks of shortcomings in general only: 还存在一些问题和不足. What is said behind a colon is particular.
pub(super) fn is_general_problem(words: &str, cues: &OutlineCues) -> bool {
    let bare = words.trim_end_matches(mark::ends_clause);
    let end = bare.char_indices().rev().nth(GENERAL_WITHIN).map_or(0, |(at, _)| at);
    to_problems(words, cues) && has(&bare[end..], &cues.statements.problem_generals)
}

fn has(words: &str, cues: &[String]) -> bool {
    cues.iter().any(|cue| words.contains(cue.as_str()))
}

/// Where the first of the cues stands.
fn first(words: &str, cues: &[String]) -> Option<usize> {
    cues.iter().filter_map(|cue| words.find(cue.as_str())).min()
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::{is_general_problem, to_plans, to_problems};
    use crate::lexicon::Lexicon;

    #[test]
    fn a_turn_sets_what_is_lacking_against_what_was_achieved() {
        let cues = &Lexicon::shared().unwrap().outline;
        for lead in ["我镇工作取得了一定成绩,但仍存在一些不足:", "法治建设虽有进展,但与群众期盼还有一定差距。"]
        {
            assert!(to_problems(lead, cues) && is_general_problem(lead, cues), "{lead}");
        }
        let particular = "我镇取得了一些成绩,但还存在一些问题:少数干部法治意识不强,执法人员少、任务重的矛盾突出。";
        assert!(to_problems(particular, cues) && !is_general_problem(particular, cues));
        let concrete = "执法质量有所提升,但还存在乡镇执法人员不足、专业能力不强的问题。";
        assert!(to_problems(concrete, cues) && !is_general_problem(concrete, cues));
        for other in ["解决群众反映的问题42个。", "针对存在的不足开展整改,取得明显成效。"]
        {
            assert!(!to_problems(other, cues), "{other}");
        }
    }

    #[test]
    fn a_later_year_opens_plans_where_something_will_be_done() {
        let cues = &Lexicon::shared().unwrap().outline;
        assert!(to_plans("2022年,我县将继续推进示范创建。", cues, Some(2021)));
        assert!(!to_plans("2022年1月,完成清理工作。", cues, Some(2021)));
        assert!(!to_plans("2021年,我县将培训列入计划。", cues, Some(2021)));
        assert!(to_plans("下一步,抓好三项工作。", cues, None));
    }
}
