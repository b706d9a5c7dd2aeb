//! Are planted copies found, and nothing else?

#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use fazhi::audit::{Collection, Source};
use fazhi::lexicon::Lexicon;

/// Characters of which clauses are drawn; what a passage means does not matter here.
const CHARACTERS: &str = "检查案卷评程序裁量基准备修复证明援助公服务速机网格员队录仪普长廊释旁听庭督改风险估专家论合同审首违免罚联抽远许可帮代办诉前调解逐月通报约谈后由分管领导带队现场核验销号面向经营主体征集建议条答委托第方开展满意度回访编印口袋手册发给线人纳入绩效指标并与先挂钩依微信小时询邀请高校教师担任点嘉宾";

/// The `number`-th clause of twelve characters, drawn by a linear congruential generator.
fn clause(number: usize) -> String {
    let characters: Vec<char> = CHARACTERS.chars().collect();
    let mut state = (number as u64 + 1).wrapping_mul(6_364_136_223_846_793_005);
    let mut draw = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % characters.len()
    };
    (0..12).map(|_| characters[draw()]).collect()
}

/// The `number`-th passage of six clauses, with a number and a name in it.
fn passage(number: usize, place: &str) -> String {
    let own: Vec<String> = (0..6).map(|part| clause(number * 6 + part)).collect();
    format!("{place}全年对{}个单位{}。", 10 + number, own.join(","))
}

/// A copy in which the clauses from `kept` on are others, the name and the numbers too.
fn copy(number: usize, kept: usize) -> String {
    let (source, other) = (passage(number, "永城市"), passage(number + 20, "永城市"));
    let clauses = |text: &str| text.trim_end_matches('。').split(',').map(str::to_owned).collect::<Vec<String>>();
    let (mut mixed, other) = (clauses(&source), clauses(&other));
    mixed.splice(kept.., other[kept..].iter().cloned());
    mixed.join(",").replace(&(10 + number).to_string(), "97") + "。"
}

/// Pairs of passages that are alike, each passage a report of its own.
fn found(originals: &[String], copies: &[String]) -> Vec<(usize, usize)> {
    let all = originals.iter().chain(copies).enumerate();
    let sources: Vec<Source<'_>> = all.map(|(at, text)| Source { text, region: at, reporter: at }).collect();
    let found = Collection::new(&sources, Lexicon::shared().unwrap()).unwrap().alike();
    let mut pairs: Vec<(usize, usize)> = found.iter().map(|pair| (pair.left, pair.right)).collect();
    pairs.sort_unstable();
    pairs
}

#[test]
fn copies_with_most_clauses_kept_are_found_and_nothing_else() {
    let originals: Vec<String> = (0..20).map(|number| passage(number, "武山县")).collect();
    for kept in [6, 5, 4] {
        let copies: Vec<String> = (0..20).map(|number| copy(number, kept)).collect();
        let pairs = found(&originals, &copies);
        let planted: Vec<(usize, usize)> = (0..20).map(|number| (number, number + 20)).collect();
        assert_eq!(pairs, planted, "{kept} of 6 clauses kept");
    }
    let others: Vec<String> = (20..40).map(|number| passage(number, "永城市")).collect();
    assert!(found(&originals, &others).is_empty());
}
