//! Chains of implementation, ways between two things and change between years, on invented reports of real places. Expected
//! answers are worked out from the texts below.

#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fmt::Write as _;
use std::sync::OnceLock;

use fazhi::analyze::{
    Bounds, Chain, ChainFormat, Change, ChangeFormat, Error, Link, PathFormat, Scope, Trend, chain, change, path,
    write_chain, write_change, write_connection,
};
use fazhi::lexicon::Lexicon;
use fazhi::query::Limits;
use oxigraph::store::Store;

use crate::program::{output, text};

const OUTLINE: &str = "法治政府建设实施纲要(2021-2025年)";

/// A report: who, on which year, its measures, problems and plans.
fn report(who: &str, year: u16, measures: &[&str], problems: &[&str], plans: &[&str]) -> String {
    let mut out = format!(
        "{who}关于{year}年度法治政府建设情况的报告\n\n{year}年,我们深入学习贯彻习近平法治思想,全面推进依法行政。现将有关情况报告如下:\n"
    );
    for (number, heading, items) in
        [("一", "主要举措", measures), ("二", "存在问题", problems), ("三", "下一步打算", plans)]
    {
        if items.is_empty() {
            continue;
        }
        writeln!(out, "{number}、{heading}").unwrap();
        for (item, numeral) in items.iter().zip(["一", "二", "三", "四", "五", "六"]) {
            writeln!(out, "({numeral}){item}").unwrap();
        }
    }
    writeln!(out, "\n{who}\n{}年1月20日", year + 1).unwrap();
    out
}

fn reports() -> Vec<String> {
    let inspect = "规范行政执法。严格执行《中华人民共和国行政处罚法》,组织执法人员参加培训考试。";
    vec![
        report(
            "甘肃省人民政府",
            2021,
            &[
                "加强统筹谋划。贯彻落实《法治政府建设实施纲要(2021-2025年)》,省委、省政府印发《甘肃省法治政府建设实施方案(2021-2025年)》。",
                "健全监督机制。修订《甘肃省行政执法监督条例》,开展执法监督检查。",
            ],
            &[],
            &[],
        ),
        report(
            "天水市人民政府",
            2022,
            &[
                "强化组织领导。按照《甘肃省法治政府建设实施方案(2021-2025年)》要求,结合我市实际,市政府制定《天水市法治政府建设实施意见(2021-2025年)》。",
            ],
            &[],
            &[],
        ),
        report(
            "武山县人民政府",
            2022,
            &[
                "强化组织领导。印发《武山县贯彻落实〈法治政府建设实施纲要(2021-2025年)〉重点任务清单》,明确任务三十项。",
                "强化执法监督。县司法局落实《甘肃省行政执法监督条例》,开展案卷评查。",
                inspect,
                "做好行政复议。受理行政复议申请12件,同比增长20%,2020年以来累计受理行政复议申请40件。",
            ],
            &[
                "乡镇执法力量薄弱。乡镇综合执法队伍人员编制不足,持证上岗率偏低。",
                "普法宣传形式单一。个别单位仍以发放传单代替以案释法。",
            ],
            &[
                "充实乡镇执法力量。为乡镇综合执法队伍补充编制,组织持证考试。",
                "建设智慧政务平台。推动政务数据共享,上线掌上办事系统。",
            ],
        ),
        report(
            "武山县人民政府",
            2023,
            &[
                "充实执法队伍。为乡镇综合执法队伍补充编制二十个,组织持证考试两次。",
                "做好行政复议。受理行政复议申请15件。",
                "深化普法宣传。宣传《中华人民共和国民法典》,举办讲座。",
                inspect,
            ],
            &[
                "执法力量仍显不足。乡镇综合执法队伍人员编制不足的问题没有根本解决。",
                "政务数据共享不畅。部门之间信息系统互不联通。",
            ],
            &[],
        ),
        report(
            "武山县洛门镇人民政府",
            2022,
            &["压实工作责任。制定《洛门镇法治政府建设任务台账(2021-2025年)》,逐项抓好落实。", inspect],
            &[],
            &[],
        ),
        report(
            "甘谷县人民政府",
            2022,
            &["强化执法监督。县司法局落实《甘肃省行政执法监督条例》,抽查案卷。", inspect],
            &[],
            &[],
        ),
        report(
            "永城市人民政府",
            2022,
            &["提高政治站位。认真学习《法治政府建设实施纲要(2021-2025年)》,市政府常务会议专题研究。", inspect],
            &[],
            &[],
        ),
        report("任县人民政府", 2019, &["加强审查。依据《河北省规章规定》审查文件5件。"], &[], &[]),
        report("邢台市任泽区人民政府", 2020, &["加强审查。依据《重大行政决策程序暂行条例》审查文件6件。"], &[], &[]),
    ]
}

fn store() -> &'static Store {
    static STORE: OnceLock<Store> = OnceLock::new();
    STORE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("store");
        for (number, report) in reports().iter().enumerate() {
            std::fs::write(folder.path().join(format!("{number}.txt")), report).unwrap();
        }
        output(&["build", "--quiet", "--accept-all", "--store", text(&place), text(folder.path())]);
        let built = fazhi::store::Store::read(&place).unwrap();
        let store = Store::new().unwrap();
        store.extend(built.dataset().iter().map(|quad| quad.unwrap())).unwrap();
        store
    })
}

fn chain_of(document: &str, region: Option<&str>) -> Result<Chain, Error> {
    chain(store(), document, region, Lexicon::shared().unwrap(), Limits::default())
}

/// A link as lines: depth, place, tie, first year; then the places with none.
fn lines(link: &Link, depth: usize, out: &mut Vec<String>) {
    let year = link.first_cited.map_or_else(String::new, |year| year.to_string());
    out.push(format!("{depth} {} {} {} {year}", link.place, link.title, link.tie));
    for below in &link.below {
        lines(below, depth + 1, out);
    }
    for missing in &link.none_found {
        out.push(format!("{} none {} {}", depth + 1, missing.place, missing.reports));
    }
}

fn tree(chain: &Chain) -> Vec<String> {
    let mut out = Vec::new();
    lines(&chain.root, 0, &mut out);
    out
}

#[test]
fn a_chain_leads_from_the_centre_to_the_township_and_tells_where_it_breaks() {
    let found = chain_of("法治政府建设实施纲要（2021—2025年）", None).unwrap();
    assert_eq!(
        tree(&found),
        [
            format!("0  {OUTLINE} root 2021").as_str(),
            "1 甘肃省 甘肃省法治政府建设实施方案(2021-2025年) stated 2021",
            "2 天水市 天水市法治政府建设实施意见(2021-2025年) stated 2022",
            "3 武山县 武山县贯彻落实〈法治政府建设实施纲要(2021-2025年)〉重点任务清单 same_subject 2022",
            "4 洛门镇 洛门镇法治政府建设任务台账(2021-2025年) same_subject 2022",
            "3 none 甘肃省天水市甘谷县 1",
            "1 none 河南省 1",
            "1 none 河南省商丘市 1",
            "1 none 河南省商丘市永城市 1",
        ]
    );
    // The nine reports without 任县 2019 and 任泽区 2020, which are not of the outline's years.
    assert_eq!((found.years, found.reports), ((Some(2021), Some(2025)), 7));
    let passage = found.root.below[0].passage.clone().unwrap();
    assert_eq!(passage.quote, "《甘肃省法治政府建设实施方案(2021-2025年)》");
    assert_eq!(
        (passage.place.as_str(), passage.year),
        ("甘肃省", 2021),
        "its own report names it before the prefecture's"
    );
    let report = &reports()[0];
    let words: String = report.chars().skip(passage.start).take(passage.end - passage.start).collect();
    assert_eq!(words, passage.quote);
}

#[test]
fn a_chain_of_a_region_has_what_stands_above_it() {
    let found = chain_of(OUTLINE, Some("武山县")).unwrap();
    let places: Vec<String> =
        tree(&found).iter().map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(places, ["0 ", "1 甘肃省", "2 天水市", "3 武山县", "4 洛门镇"]);
    let below = chain_of("甘肃省法治政府建设实施方案(2021-2025年)", None).unwrap();
    assert_eq!(below.root.below.len(), 1);
    assert_eq!(below.root.below[0].place, "天水市");
}

#[test]
fn a_chain_is_written_as_a_tree_and_as_rows() {
    let found = chain_of(OUTLINE, None).unwrap();
    let written = |format| {
        let mut out = Vec::new();
        write_chain(&found, format, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    let table = written(ChainFormat::Table);
    assert!(
        table.contains("\n    甘肃省  《甘肃省法治政府建设实施方案(2021-2025年)》 (2021年起引用,2份报告)\n"),
        "{table}"
    );
    assert!(table.contains("✗ 河南省商丘市永城市(2022年,1份报告)"), "{table}");
    assert_eq!(written(ChainFormat::Csv).lines().count(), 1 + 5 + 4);
    let json: serde_json::Value = serde_json::from_str(&written(ChainFormat::Json)).unwrap();
    assert_eq!(json["root"]["below"][0]["below"][0]["place"], "天水市");
}

#[test]
fn a_chain_of_nothing_says_what_is_missing() {
    let unknown = chain_of("法治政府建设实施纲要(2021-2026年)", None).unwrap_err().to_string();
    assert!(unknown.contains(OUTLINE), "a near title is suggested: {unknown}");
    let empty = chain(&Store::new().unwrap(), OUTLINE, None, Lexicon::shared().unwrap(), Limits::default());
    assert!(empty.is_err());
    assert!(chain_of(OUTLINE, Some("武山先")).unwrap_err().to_string().contains("武山县"));
}

fn ways(from: &str, to: &str, bounds: Bounds) -> Vec<(f64, Vec<String>)> {
    let found = path(store(), from, to, bounds).unwrap();
    let labels = |steps: &[fazhi::analyze::Step]| steps.iter().map(|step| step.to.label.clone()).collect();
    found.ways.iter().map(|way| (way.cost, labels(&way.steps))).collect()
}

/// Two counties share a regulation that three reports cite, once each: three units and three citations join it, so passing it
/// costs log2(1+6) = 2.81, with two steps 4.81.
#[test]
fn the_best_way_leads_through_what_few_share() {
    let found = ways("武山县", "甘谷县", Bounds::default());
    assert_eq!(found[0], (4.81, vec!["甘肃省行政执法监督条例".to_owned(), "甘谷县".to_owned()]));
    assert!(found.windows(2).all(|pair| pair[0].0 <= pair[1].0), "{found:?}");
}

#[test]
fn a_step_is_said_with_its_source() {
    let found = path(store(), "620524", "《甘肃行政执法监督条例》", Bounds::default());
    assert!(found.unwrap_err().to_string().contains("甘肃省行政执法监督条例"), "a near title is suggested");
    let found = path(store(), "620524", "甘肃省行政执法监督条例", Bounds { ways: 1, ..Bounds::default() }).unwrap();
    let step = &found.ways[0].steps[0];
    let unit = step.unit.clone().unwrap();
    assert_eq!(
        step.zh,
        format!(
            "武山县2022年报告的举措“强化执法监督”引用了《甘肃省行政执法监督条例》(第{}—{}字)。",
            unit.start, unit.end
        )
    );
    assert!(step.en.starts_with("The measure “强化执法监督” in the report of 武山县 on 2022 cites"), "{}", step.en);
    assert_eq!(step.quotes[0].quote, "《甘肃省行政执法监督条例》");
    let report = &reports()[2];
    let at = report.chars().collect::<String>().find("《甘肃省行政执法监督条例》").unwrap();
    assert_eq!(step.quotes[0].start, report[..at].chars().count());
    let through_body =
        path(store(), "武山县司法局", "甘肃省行政执法监督条例", Bounds { ways: 1, ..Bounds::default() }).unwrap();
    assert!(through_body.ways[0].steps[0].zh.contains("由武山县司法局实施,引用了"), "{:?}", through_body.ways[0]);
}

#[test]
fn the_registry_joins_what_no_report_does() {
    let found = ways("天水市", "甘肃省", Bounds { ways: 1, ..Bounds::default() });
    assert_eq!(found[0].1, ["甘肃省"]);
    let mut out = Vec::new();
    let none = path(store(), "任县", "甘谷县", Bounds { steps: 1, ..Bounds::default() }).unwrap();
    assert!(none.ways.is_empty());
    write_connection(&none, PathFormat::Text, &mut out).unwrap();
    assert!(String::from_utf8(out).unwrap().contains("No way was found"));
}

#[test]
fn names_that_mean_nothing_or_one_thing_are_told() {
    let error = |from, to| path(store(), from, to, Bounds::default()).unwrap_err().to_string();
    assert!(error("武山先", "甘谷县").contains("武山县"));
    assert!(error("武山县", "620524").contains("both names mean"));
    assert!(error("https://example.org/nothing", "武山县").contains("knows no"));
    assert!(path(&Store::new().unwrap(), "武山县", "甘谷县", Bounds::default()).is_err());
}

fn wushan() -> Change {
    change(store(), "武山县", (None, None), false, Limits::default()).unwrap()
}

#[test]
fn documents_and_fields_come_and_go() {
    let found = wushan();
    assert_eq!((found.from, found.to, found.scope), (2022, 2023, Scope::Own));
    let of = |trend| {
        let fitting = found.documents.iter().filter(move |document| document.trend == trend);
        fitting.map(|document| document.title.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(of(Trend::New), ["中华人民共和国民法典"]);
    assert_eq!(of(Trend::Stayed), ["中华人民共和国行政处罚法"]);
    let gone = ["武山县贯彻落实〈法治政府建设实施纲要(2021-2025年)〉重点任务清单", OUTLINE, "甘肃省行政执法监督条例"];
    let mut found_gone = of(Trend::Gone);
    found_gone.sort_unstable();
    let mut gone = gone.to_vec();
    gone.sort_unstable();
    assert_eq!(found_gone, gone);
    let measures: (usize, usize) =
        found.fields.iter().fold((0, 0), |sum, field| (sum.0 + field.before, sum.1 + field.after));
    assert_eq!(measures, (4, 4), "every measure has one field");
    let publicity = found.fields.iter().find(|field| field.category.ends_with("/publicity")).unwrap();
    assert_eq!((publicity.trend, publicity.before, publicity.after), (Trend::New, 0, 1));
}

#[test]
fn values_of_the_year_itself_are_set_side_by_side() {
    let found = wushan();
    let accepted = found.indicators.iter().find(|change| change.indicator.ends_with("/review-accepted")).unwrap();
    let values = |values: &[fazhi::analyze::IndicatorValue]| values.iter().map(|value| value.value).collect::<Vec<_>>();
    // Neither the growth of 20 % nor the 40 since 2020 is a value of the year.
    assert_eq!((values(&accepted.before), values(&accepted.after)), (vec![12.0], vec![15.0]));
    assert_eq!(accepted.difference, Some(3.0));
    assert_eq!(accepted.after[0].passage.quote, "15件");
}

#[test]
fn problems_stay_and_plans_get_measures() {
    let found = wushan();
    let problems: Vec<(Trend, &str)> = found
        .problems
        .iter()
        .map(|problem| (problem.trend, problem.after.as_ref().or(problem.before.as_ref()).unwrap().name.as_str()))
        .collect();
    assert_eq!(
        problems,
        [(Trend::Stayed, "执法力量仍显不足"), (Trend::New, "政务数据共享不畅"), (Trend::Gone, "普法宣传形式单一"),]
    );
    let plans: Vec<(&str, Option<&str>)> = found
        .plans
        .iter()
        .map(|plan| (plan.plan.name.as_str(), plan.measure.as_ref().map(|measure| measure.name.as_str())))
        .collect();
    assert_eq!(plans, [("充实乡镇执法力量", Some("充实执法队伍")), ("建设智慧政务平台", None)]);
}

#[test]
fn a_region_is_compared_with_what_it_was() {
    let found = change(store(), "任泽区", (None, None), false, Limits::default()).unwrap();
    assert_eq!((found.region.as_str(), found.from, found.to), ("任泽区", 2019, 2020));
    assert_eq!(found.reporters.len(), 1);
    let former = change(store(), "任县", (None, None), false, Limits::default()).unwrap();
    assert_eq!(former.documents, found.documents);
}

#[test]
fn within_a_region_only_those_who_report_on_both_years_are_compared() {
    let found = change(store(), "甘肃省", (None, None), false, Limits::default()).unwrap();
    assert_eq!((found.scope, found.from, found.to), (Scope::Within, 2022, 2023));
    assert_eq!(found.reporters, ["武山县"]);
    assert_eq!(found.only_before.len(), 3, "{:?}", found.only_before);
    assert!(found.only_after.is_empty());
}

#[test]
fn a_change_is_written_in_every_form_and_refused_where_years_lack() {
    let found = wushan();
    let written = |format| {
        let mut out = Vec::new();
        write_change(&found, format, 140, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    assert!(written(ChangeFormat::Table).contains("+3"));
    let csv = written(ChangeFormat::Csv);
    let parts =
        found.documents.len() + found.fields.len() + found.indicators.len() + found.problems.len() + found.plans.len();
    assert_eq!(csv::Reader::from_reader(csv.as_bytes()).records().map(Result::unwrap).count(), parts);
    let json: serde_json::Value = serde_json::from_str(&written(ChangeFormat::Json)).unwrap();
    assert_eq!(json["indicators"][0]["place"], "武山县");
    let error = change(store(), "武山县", (Some(2021), None), false, Limits::default()).unwrap_err().to_string();
    assert!(error.contains("2022, 2023"), "{error}");
    assert!(matches!(change(store(), "永城市", (None, None), false, Limits::default()), Err(Error::NoYears { .. })));
}
