//! Is each finding between reports made where it was planted, and nowhere else? And does the graph keep it as it should?

#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::program::{output, run, text};

/// A measure that 永城市 copied from 武山县 with the name and the numbers changed.
fn window(place: &str, bodies: usize, matters: usize) -> String {
    format!(
        "在{place}推行“一窗受理、集成服务”,把分散在{bodies}个单位的{matters}个事项归到综合窗口,群众办一件事只跑一扇门、只交一套表,窗口人员当场核对材料,缺件一次讲清,出证当天送达。"
    )
}

/// A measure of which only the numbers change.
fn patrol(persuaded: usize, cases: usize) -> String {
    format!(
        "组织执法队员分片巡查集贸市场、建筑工地和校园周边,发现占道经营先劝导后处置,全年劝导{persuaded}人次、立案{cases}件,没有一件被提起复议。"
    )
}

const SCHOOL: &str = "县司法局与县教育局合编乡土普法读本,请老人讲村规民约的来历,请学生把学到的法条演成小戏,在赶集的日子到各个集镇轮流上演。";
const ADVISERS: &str = "一是村级法律顾问到村次数偏少,遇到土地纠纷时群众仍习惯找熟人说情。";

fn wushan() -> [(u16, &'static str, String); 3] {
    [
        (
            2020,
            "2021-03-12",
            format!(
                "一、主要举措\n(一)优化政务服务。{}\n(二)规范行政执法。县公安局对涉企案件实行提级审核,退回补证7件。\n二、存在问题\n{ADVISERS}\n\
                 三、下一步打算\n(一)充实村级法律顾问。让法律顾问每月到村坐班,就地调处土地纠纷。\n",
                window("武山县", 21, 340)
            ),
        ),
        (
            2021,
            "2022-03-30",
            format!(
                "一、主要举措\n(一)规范行政执法。{}\n(二)抓实普法宣传。{SCHOOL}\n(三)用好村级法律顾问。选派律师到村坐班,土地纠纷在村里调处的有60件。\n\
                 二、存在问题\n{}\n三、下一步打算\n(一)充实村级法律顾问。继续让法律顾问到村坐班,把土地纠纷化解在村里。\n\
                 (二)健全应急预案。修订突发事件应急预案,每季度组织防汛演练。\n",
                patrol(412, 35),
                ADVISERS.replace("偏少", "还是偏少")
            ),
        ),
        (
            2022,
            "2023-05-10",
            format!(
                "一、主要举措\n(一)规范行政执法。{}\n(二)抓实普法宣传。{SCHOOL}\n(三)做实村级法律顾问。法律顾问到村坐班满一年,化解土地纠纷88件。\n\
                 二、存在问题\n{ADVISERS}\n三、下一步打算\n(一)充实村级法律顾问。法律顾问到村坐班的天数再增加一倍,土地纠纷当月办结。\n",
                patrol(530, 41)
            ),
        ),
    ]
}

fn yongcheng() -> [(u16, &'static str, String); 2] {
    [
        (
            2019,
            "2020-02-20",
            "一、主要举措\n(一)清理规范性文件。逐件核对市政府历年文件,宣布失效14件。\n二、存在问题\n一是规范性文件清理不够及时。\n\
             三、下一步打算\n(一)定期清理规范性文件。每两年对文件清理一次。\n"
                .to_owned(),
        ),
        (
            2021,
            "2022-02-25",
            format!(
                "一、主要举措\n(一)优化政务服务。{}\n(二)做好行政应诉。行政机关负责人出庭应诉率达100%,旁听庭审成为干部的一堂课。\n\
                 二、存在问题\n一是行政决策公众参与渠道单一,听证会上很少听到不同声音。\n三、下一步打算\n\
                 (一)深化政务服务。把综合窗口开到乡镇便民中心。\n",
                window("永城市", 18, 295)
            ),
        ),
    ]
}

/// Innocent: published on the day itself, a full rate with its cases, a plan that was followed, a problem that has a plan.
fn pujiang() -> [(u16, &'static str, String); 2] {
    [
        (
            2021,
            "2022-04-01",
            "一、主要举措\n(一)化解行政争议。办理行政应诉案件26件,行政机关负责人出庭应诉率100%。\n\
             (二)推行柔性执法。列出免罚事项52项,对初犯者以告诫书代替罚单。\n二、存在问题\n一是镇街执法队员法律知识老化,文书制作常有疏漏。\n\
             三、下一步打算\n(一)培训执法队员。分批轮训镇街执法队员,抽查执法文书。\n"
                .to_owned(),
        ),
        (
            2022,
            "2023-03-31",
            "一、主要举措\n(一)轮训执法队员。开办镇街执法队员夜校12期,抽查执法文书300份并逐份讲评。\n\
             (二)完善重大决策程序。城市更新方案听取居民意见后三易其稿。\n二、存在问题\n一是合法性审查人手紧张,急件往往隔夜才能答复。\n\
             三、下一步打算\n(一)充实合法性审查力量。从律所遴选顾问参加合法性审查。\n"
                .to_owned(),
        ),
    ]
}

fn record(place: &str, (year, published, body): &(u16, &str, String)) -> String {
    let text = format!("{place}人民政府关于{year}年度法治政府建设情况的报告\n\n{body}");
    let url = format!("https://www.example.cn/{year}.html?a=1&b={place}");
    json!({ "url": url, "published": published, "text": text }).to_string() + "\n"
}

/// A store of the seven reports, in a folder that lives as long as the first of the two.
fn corpus() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let mut lines = String::new();
    for report in wushan() {
        lines += &record("武山县", &report);
    }
    for report in yongcheng() {
        lines += &record("永城市", &report);
    }
    for report in pujiang() {
        lines += &record("浦江县", &report);
    }
    let (pages, store) = (dir.path().join("pages.jsonl"), dir.path().join("store"));
    fs::write(&pages, lines).unwrap();
    build(&store, &pages);
    (dir, store)
}

fn build(store: &Path, pages: &Path) {
    output(&["build", "--quiet", "--accept-all", "--store", text(store), text(pages)]);
}

fn audit(store: &Path, arguments: &[&str]) -> Value {
    let all: Vec<&str> =
        ["audit", "--store", text(store), "--format", "json"].iter().chain(arguments).copied().collect();
    serde_json::from_str(&output(&all)).unwrap()
}

fn list(found: &Value) -> &Vec<Value> {
    found["findings"].as_array().unwrap()
}

/// Rule, place and year of each finding.
fn told(found: &Value) -> Vec<(String, String, u64)> {
    let word = |finding: &Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let mut told: Vec<_> = list(found)
        .iter()
        .map(|finding| (word(finding, "rule"), word(finding, "place"), finding["year"].as_u64().unwrap()))
        .collect();
    told.sort();
    told
}

const PLANTED: [(&str, &str, u64); 9] = [
    ("copied_passage", "永城市", 2021),
    ("late_report", "武山县", 2022),
    ("missing_year", "永城市", 2020),
    ("only_numbers_changed", "武山县", 2022),
    ("plan_without_measure", "武山县", 2021),
    ("problem_without_plan", "永城市", 2021),
    ("rate_without_cases", "永城市", 2021),
    ("repeated_problem", "武山县", 2022),
    ("unchanged_passage", "武山县", 2022),
];

fn planted() -> Vec<(String, String, u64)> {
    PLANTED.iter().map(|(rule, place, year)| ((*rule).to_owned(), (*place).to_owned(), *year)).collect()
}

#[test]
fn each_rule_finds_what_was_planted_and_nothing_else() {
    let (_dir, store) = corpus();
    let found = audit(&store, &["--dry-run"]);
    assert_eq!(told(&found), planted());
    let by_rule: BTreeMap<&str, &Value> =
        list(&found).iter().map(|finding| (finding["rule"].as_str().unwrap(), finding)).collect();
    // 1 April to 10 May are 39 days.
    assert_eq!(by_rule["late_report"]["message"], "2022年报告于2023-05-10公开,比2023-04-01晚39天。");
    assert_eq!(by_rule["repeated_problem"]["message"], "同一问题连续3年出现(2020、2021、2022),措辞相近。");
    assert_eq!(by_rule["repeated_problem"]["others"].as_array().unwrap().len(), 2);
    let copied = by_rule["copied_passage"];
    let (own, other) = (copied["passage"]["text"].as_str().unwrap(), copied["others"][0]["text"].as_str().unwrap());
    assert!(own.contains("18个单位的295个事项") && other.contains("21个单位的340个事项"), "{copied}");
    assert_eq!(copied["others"][0]["report"]["place"], "武山县");
    assert!(by_rule["unchanged_passage"]["passage"]["text"].as_str().unwrap().contains("合编乡土普法读本"));
    let plan = by_rule["plan_without_measure"]["passage"]["text"].as_str().unwrap();
    assert!(plan.contains("应急预案"), "{plan}");
    let problem = by_rule["problem_without_plan"]["passage"]["text"].as_str().unwrap();
    assert!(problem.contains("听证会"), "{problem}");
}

#[test]
fn what_is_recorded_is_what_was_found() {
    let (_dir, store) = corpus();
    let (dry, first, second) = (audit(&store, &["--dry-run"]), audit(&store, &[]), audit(&store, &[]));
    assert_eq!(dry, first);
    assert_eq!(first, second, "read back from the store");
    let rows = output(&["query", "findings", "--store", text(&store), "--format", "csv", "--param", "rule=段落雷同"]);
    assert!(rows.contains("永城市,2021,段落雷同") && rows.matches("段落雷同").count() == 1, "{rows}");
    let rows = output(&["query", "findings", "--store", text(&store), "--format", "csv", "--param", "region=河南省"]);
    assert!(rows.contains("缺少年度报告") && !rows.contains("武山县,"), "{rows}");
}

#[test]
fn an_audit_is_part_of_no_report() {
    let (_dir, store) = corpus();
    let place = text(&store);
    let before = (output(&["hash", "--store", place]), output(&["export", "--store", place, "--format", "nquads"]));
    audit(&store, &[]);
    assert_eq!(output(&["hash", "--store", place]), before.0);
    let after = output(&["export", "--store", place, "--format", "nquads"]);
    let own: Vec<&str> = after.lines().filter(|line| !line.ends_with("<https://w3id.org/fazhi/id/audit> .")).collect();
    assert_eq!(own, before.1.lines().collect::<Vec<_>>(), "only the graph of the audit was added");
    assert!(own.len() < after.lines().count());
    let report = output(&["export", "--store", place, "--format", "nquads", "--report", "620524-2022"]);
    assert!(!report.contains("audit#"), "{report}");
}

#[test]
fn findings_leave_with_the_reports_that_they_are_about() {
    let (dir, store) = corpus();
    let place = text(&store);
    audit(&store, &[]);
    assert!(!run(&["stats", "--store", place]).err.contains("older"));
    output(&["remove", "--store", place, "620524-2020"]);
    // The source of the copy, the first of three years of a problem and nothing else rested on that report.
    let rows = run(&["query", "findings", "--store", place, "--format", "csv"]);
    assert!(rows.err.contains("older than the reports"), "{}", rows.err);
    for (rule, stays) in [("段落雷同", false), ("问题连年重复", false), ("逾期公开", true), ("缺少年度报告", true)]
    {
        assert_eq!(rows.out.contains(rule), stays, "{rule}: {}", rows.out);
    }
    assert!(run(&["stats", "--store", place]).err.contains("fazhi audit"));
    let renewed = audit(&store, &[]);
    let messages: Vec<&str> = list(&renewed).iter().map(|finding| finding["message"].as_str().unwrap()).collect();
    assert!(messages.contains(&"同一问题连续2年出现(2021、2022),措辞相近。"), "{messages:?}");
    assert!(!told(&renewed).iter().any(|(rule, _, _)| rule == "copied_passage"));
    // What comes anew outdates the audit too, and what it finds then is what it found at first.
    build(&store, &dir.path().join("pages.jsonl"));
    assert!(run(&["stats", "--store", place]).err.contains("older"));
    assert_eq!(told(&audit(&store, &[])), planted());
}

#[test]
fn a_filter_narrows_what_is_found_and_a_mistyped_one_names_what_there_is() {
    let (_dir, store) = corpus();
    let of = |arguments: &[&str]| told(&audit(&store, arguments));
    assert!(of(&["--rule", "late_report"]).iter().all(|(rule, _, _)| rule == "late_report"));
    assert_eq!(of(&["--rule", "逾期公开"]), of(&["--rule", "late report"]));
    assert_eq!(of(&["--year", "2020"]), [("missing_year".to_owned(), "永城市".to_owned(), 2020)]);
    let above_all = of(&["--least", "1"]);
    assert!(above_all.iter().any(|(rule, _, _)| rule == "unchanged_passage"), "{above_all:?}");
    // The copy concerns both places, all else only its own.
    let henan = of(&["--region", "河南省"]);
    assert_eq!(henan.iter().filter(|(_, place, _)| place == "永城市").count(), henan.len());
    assert!(of(&["--region", "甘肃省"]).iter().any(|(rule, place, _)| rule == "copied_passage" && place == "永城市"));
    assert!(of(&["--region", "浙江省"]).is_empty());

    let wrong = |arguments: &[&str]| {
        let all: Vec<&str> = ["audit", "--store", text(&store)].iter().chain(arguments).copied().collect();
        let done = run(&all);
        assert_ne!(done.code, 0, "{arguments:?}");
        done.err
    };
    let rule = wrong(&["--rule", "copied_pasage"]);
    assert!(rule.contains("did you mean copied_passage") && rule.contains("late_report 逾期公开"), "{rule}");
    let region = wrong(&["--region", "武山线"]);
    assert!(region.contains("武山县"), "{region}");
    assert!(wrong(&["--least", "2"]).contains("from 0 to 1"));
    assert!(wrong(&["--format", "pdf"]).contains("html"));
}

#[test]
fn a_sheet_tells_what_an_auditor_asks() {
    let (_dir, store) = corpus();
    let sheet = output(&["audit", "--store", text(&store), "--region", "永城市"]);
    for words in [
        "永城市 法治政府建设年度报告体检表",
        "河南省 > 商丘市 (411481)",
        "2019  永城市人民政府关于2019年度法治政府建设情况的报告",
        "公开 2022-02-25",
        "缺少年度报告] 2020",
        "数字核算 Arithmetic: 1 处",
        "2021年: 与武山县2020年报告相同",
        "突发事件应对  ← 空白",
        "引用有误或已废止 Citations wrong or repealed: 未发现",
    ] {
        assert!(sheet.contains(words), "{words}: {sheet}");
    }
    let json = audit(&store, &["--region", "武山县"]);
    let sheet = &json["sheets"][0];
    assert_eq!(sheet["reports"].as_array().unwrap().len(), 3);
    assert_eq!(sheet["fields"].as_array().unwrap().len(), 10);
    // The passage of the place itself stands first, although it is the other side of the finding.
    let copied = sheet["lines"].as_array().unwrap().iter().find(|line| line["key"] == "copied").unwrap();
    assert_eq!(copied["findings"][0]["passage"]["report"]["place"], "武山县");
    let nowhere = output(&["audit", "--store", text(&store), "--region", "四川省"]);
    assert!(nowhere.contains("没有这一地区的报告"), "{nowhere}");
}

#[test]
fn a_page_stands_alone_and_escapes_what_comes_from_reports() {
    let dir = tempfile::tempdir().unwrap();
    let (pages, store) = (dir.path().join("pages.jsonl"), dir.path().join("store"));
    let evil = "一是<script>alert(1)</script>决策公众参与渠道单一,听证会上\"很少\"听到不同声音。";
    let body = format!("一、主要举措\n(一)清理规范性文件。宣布失效14件。\n二、存在问题\n{evil}\n");
    let line = json!({ "url": "javascript:alert(2)", "published": "2023-06-01",
        "text": format!("永城市人民政府关于2022年度法治政府建设情况的报告\n\n{body}") });
    fs::write(&pages, line.to_string()).unwrap();
    build(&store, &pages);
    for arguments in [&["--format", "html"][..], &["--format", "html", "--region", "永城市"]] {
        let all: Vec<&str> = ["audit", "--store", text(&store)].iter().chain(arguments).copied().collect();
        let page = output(&all);
        assert!(page.starts_with("<!doctype html>") && page.contains("default-src 'none'"), "{page}");
        assert!(page.contains("&lt;script&gt;") && !page.contains("<script"), "{page}");
        assert!(!page.contains("href=\"javascript:"), "{page}");
        assert!(!page.contains("src=") && !page.contains("@import"), "nothing is loaded");
    }
}

#[test]
fn a_table_opens_in_a_spreadsheet_and_has_both_passages() {
    let (_dir, store) = corpus();
    let table = output(&["audit", "--store", text(&store), "--format", "csv"]);
    let table = table.strip_prefix('\u{feff}').unwrap();
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let columns: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), PLANTED.len());
    let cell =
        |row: &csv::StringRecord, name: &str| row[columns.iter().position(|column| column == name).unwrap()].to_owned();
    let copied = rows.iter().find(|row| cell(row, "rule") == "copied_passage").unwrap();
    let length = |from: &str, to: &str| {
        cell(copied, to).parse::<usize>().unwrap() - cell(copied, from).parse::<usize>().unwrap()
    };
    assert_eq!(length("start", "end"), cell(copied, "passage").chars().count());
    assert_eq!(length("other_start", "other_end"), cell(copied, "other_passage").chars().count());
    assert!(cell(copied, "url").starts_with("https://www.example.cn/2021"), "{copied:?}");
}

#[test]
fn an_empty_store_has_nothing_to_find() {
    let dir = tempfile::tempdir().unwrap();
    let store = dir.path().join("store");
    output(&["build", "--quiet", "--store", text(&store)]);
    let found = audit(&store, &[]);
    assert_eq!((found["reports"].as_u64(), list(&found).len()), (Some(0), 0));
    let missing = run(&["audit", "--store", text(&dir.path().join("none"))]);
    assert!(missing.code == 1 && missing.err.contains("fazhi build"), "{}", missing.err);
}

#[test]
fn the_sample_reports_give_no_false_finding() {
    let dir = tempfile::tempdir().unwrap();
    let store = dir.path().join("store");
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/reports/*.txt");
    output(&["build", "--quiet", "--store", text(&store), text(&samples)]);
    let found = audit(&store, &["--dry-run"]);
    let between: Vec<(String, String)> = told(&found)
        .into_iter()
        .filter(|(rule, _, _)| {
            ["copied", "unchan", "only_n", "repeat", "plan_w", "proble", "missin", "late_r", "rate_w"]
                .iter()
                .any(|start| rule.starts_with(start))
        })
        .map(|(rule, place, _)| (rule, place))
        .collect();
    // Read by hand: nothing is planned for decisions in 浦江县, nor for duties of government and supervision in 武山县, whose
    // page on 2019 bears a date of 2021.
    let expected: Vec<(String, String)> = [
        ("late_report", "武山县"),
        ("problem_without_plan", "武山县"),
        ("problem_without_plan", "武山县"),
        ("problem_without_plan", "武山县"),
        ("problem_without_plan", "武山县"),
        ("problem_without_plan", "浦江县"),
    ]
    .map(|(rule, place)| (rule.to_owned(), place.to_owned()))
    .to_vec();
    assert_eq!(between, expected);
}
