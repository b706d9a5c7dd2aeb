//! Are planted copies found, and nothing else?

#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;

use fazhi::audit::{Collection, Order, Relation, Sign, Source, compare, running, years};
use fazhi::lexicon::Lexicon;
use fazhi::query::Limits;
use fazhi::store::Store;

use crate::program::{output, page, text};

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

/// Indexes of the passages of the one report that are found in the other, each with the passage that is like it.
fn found(originals: &[String], copies: &[String]) -> Vec<(usize, usize)> {
    let texts = [originals.join("\n"), copies.join("\n")];
    let sources: Vec<Source> = (texts.iter().enumerate())
        .map(|(report, text)| Source { text, parts: &[], region: report, reporter: report })
        .collect();
    let collection = Collection::new(&sources, Lexicon::shared().unwrap()).unwrap();
    // Each passage is a line of its report.
    let line = |report: usize, place: usize| texts[report].chars().take(place).filter(|c| *c == '\n').count();
    let place = |report: usize, index: usize| line(report, collection.masked(report).unwrap().place(index));
    let mut pairs: Vec<(usize, usize)> = collection
        .alike()
        .iter()
        .flat_map(|alike| {
            let stretches = alike.shared.stretches.iter();
            stretches.flat_map(|stretch| {
                (0..stretch.length).map(|at| (place(0, stretch.left + at), place(1, stretch.right + at)))
            })
        })
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

#[test]
fn copies_with_most_clauses_kept_are_found_and_nothing_else() {
    let originals: Vec<String> = (0..20).map(|number| passage(number, "武山县")).collect();
    for kept in [6, 5, 4] {
        let copies: Vec<String> = (0..20).map(|number| copy(number, kept)).collect();
        // What the copies have instead is the end of the passages 20 to 39, which are not among the originals.
        let planted: Vec<(usize, usize)> = (0..20).map(|number| (number, number)).collect();
        assert_eq!(found(&originals, &copies), planted, "{kept} of 6 clauses kept");
    }
    let others: Vec<String> = (20..40).map(|number| passage(number, "永城市")).collect();
    assert!(found(&originals, &others).is_empty());
}

#[test]
fn the_name_of_the_source_that_was_left_in_a_copy_tells_who_copied() {
    let dir = tempfile::tempdir().unwrap();
    let (texts, place) = (dir.path().join("texts"), dir.path().join("store"));
    fs::create_dir(&texts).unwrap();
    for number in [3, 4, 5] {
        fs::write(texts.join(format!("{number}.txt")), page(number)).unwrap();
    }
    // All names are changed but one, in a plan.
    let copy = page(3).replace("武山县", "永城市").replace("运用新媒体开展宣传", "在武山县运用新媒体开展宣传");
    fs::write(texts.join("copy.txt"), &copy).unwrap();
    output(&["build", text(&texts), "--store", text(&place), "--quiet"]);
    let store = Store::read(&place).unwrap();

    let pairs = compare(store.dataset(), &[], Limits::default()).unwrap();
    let named: Vec<_> = pairs.iter().filter(|pair| !pair.left_names.is_empty()).collect();
    assert!(!named.is_empty());
    for pair in &named {
        assert_eq!((pair.sign, pair.relation), (Sign::CopiedPassage, Relation::Unrelated));
        let [name] = pair.left_names.as_slice() else { panic!("{pair:?}") };
        let copier = if name.in_later { &pair.later } else { &pair.earlier };
        assert_eq!((name.name.as_str(), copier.place.as_str()), ("武山县", "永城市"), "{pair:?}");
        let left: String = copy.chars().skip(name.span.start).take(3).collect();
        assert_eq!(left, "武山县");
    }
    // Of 2021 are both, and neither tells a day of publication.
    assert!(named.iter().any(|pair| pair.earlier.year == "2021" && pair.order == Order::Name), "{named:?}");

    // Both problems stand in the reports of 2021, 2022 and 2023.
    let running = running(&pairs);
    let runs: Vec<Vec<&str>> = running.iter().map(|run| run.iter().map(|side| side.year.as_str()).collect()).collect();
    assert_eq!(runs, [["2021", "2022", "2023"]; 2]);

    let years = years(store.dataset(), &[], Limits::default()).unwrap();
    assert_eq!(years.len(), 2);
    for year in &years {
        let all = year.unchanged + year.only_numbers + year.reworded + year.new;
        assert!((all - 1.0).abs() < 1e-9 && year.new < 0.1, "{year:?}");
    }
    let review = years[0].numbers.iter().find(|numbers| numbers.later_text.contains("行政复议申请")).unwrap();
    let changes: Vec<(&str, &str)> = review.changes.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(changes, [("13", "14"), ("3", "4")]);
}
