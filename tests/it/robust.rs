//! Does extraction hold on whatever it is given? No text makes it fail, and what it finds lies where it says.
#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::sync::OnceLock;

use fazhi::lexicon::Lexicon;
use fazhi::read::Document;
use fazhi::report::{Report, Span};
use fazhi::text::Text;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

fn extract(text: &str) -> Report {
    let lexicon = Lexicon::shared().expect("the tables are valid");
    fazhi::extract(&Document { text: text.to_owned(), ..Document::default() }, lexicon)
}

/// The sample reports.
fn samples() -> &'static [String] {
    static SAMPLES: OnceLock<Vec<String>> = OnceLock::new();
    SAMPLES.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/reports");
        let entries = std::fs::read_dir(folder).expect("data/reports is there");
        let mut paths: Vec<_> = entries.map(|entry| entry.expect("readable").path()).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
        paths.sort();
        assert!(!paths.is_empty(), "data/reports holds the samples");
        paths.iter().map(|path| std::fs::read_to_string(path).expect("UTF-8")).collect()
    })
}

/// What must hold of the report of any text.
fn check(report: &Report) -> Result<(), TestCaseError> {
    let text: Vec<char> = report.text.chars().collect();
    let slice = |span: Span| -> String { text[span.start..span.end].iter().collect() };
    let inside = |span: Span| span.start < span.end && span.end <= text.len();
    for pair in report.statements.windows(2) {
        prop_assert!(pair[0].span.end <= pair[1].span.start, "statements {:?} and {:?}", pair[0], pair[1]);
    }
    for pair in report.units.windows(2) {
        prop_assert!(pair[0].span.start <= pair[1].span.start, "units {:?} and {:?}", pair[0], pair[1]);
    }
    for statement in &report.statements {
        prop_assert!(inside(statement.span), "{:?}", statement);
    }
    for citation in &report.citations {
        prop_assert!(inside(citation.span) && slice(citation.span) == citation.quote, "{:?}", citation);
        prop_assert!(!citation.title.is_empty() && !citation.canonical.is_empty(), "{:?}", citation);
    }
    for body in &report.bodies {
        prop_assert!(inside(body.span) && slice(body.span) == body.quote && !body.name.is_empty(), "{:?}", body);
    }
    for figure in &report.figures {
        prop_assert!(inside(figure.span) && slice(figure.span) == figure.quote, "{:?}", figure);
        prop_assert!(figure.value.is_finite() && figure.value >= 0.0 && !figure.unit.is_empty(), "{:?}", figure);
    }
    for finding in &report.findings {
        prop_assert!(inside(finding.span) && !finding.message.contains('{'), "{:?}", finding);
    }
    for unit in &report.units {
        prop_assert!(inside(unit.span), "{:?}", unit);
        prop_assert!(unit.name.is_empty() || report.text.contains(&unit.name), "{:?}", unit);
        let holds = |span: Option<Span>| span.is_some_and(|span| unit.span.contains(&span));
        prop_assert!(unit.citations.iter().all(|at| holds(report.citations.get(*at).map(|c| c.span))), "{:?}", unit);
        prop_assert!(unit.figures.iter().all(|at| holds(report.figures.get(*at).map(|f| f.span))), "{:?}", unit);
        prop_assert!(unit.addresses.iter().all(|at| report.units.get(*at).is_some()), "{:?}", unit);
    }
    Ok(())
}

/// What a report states, in a form that widths do not change.
fn facts(report: &Report) -> Vec<String> {
    let folded = |words: &str| Text::new(words).folded().to_owned();
    let citations = report.citations.iter().map(|citation| folded(&citation.canonical));
    let bodies = report.bodies.iter().map(|body| folded(&body.name));
    let figures = report.figures.iter().map(|figure| format!("{} {}", figure.value, figure.unit));
    let roles = report.statements.iter().map(|statement| format!("{:?}", statement.role));
    let units = report.units.iter().map(|unit| format!("{:?} {} {}", unit.kind, unit.category, folded(&unit.name)));
    citations.chain(bodies).chain(figures).chain(roles).chain(units).collect()
}

/// Marks of half and full width.
const WIDTHS: [(char, char); 8] =
    [(',', '，'), (':', '：'), (';', '；'), ('(', '（'), (')', '）'), ('!', '！'), ('?', '？'), ('%', '％')];

fn widened(text: &str) -> String {
    text.chars().map(|c| WIDTHS.iter().find(|(half, _)| *half == c).map_or(c, |(_, full)| *full)).collect()
}

fn narrowed(text: &str) -> String {
    text.chars().map(|c| WIDTHS.iter().find(|(_, full)| *full == c).map_or(c, |(half, _)| *half)).collect()
}

#[test]
fn the_samples_hold() {
    for sample in samples() {
        let report = extract(sample);
        check(&report).expect("what must hold of any report");
        assert!(report.units.len() > 5 && report.statements.len() > 20, "{} says little", report.id);
    }
}

#[test]
fn widths_of_marks_change_no_fact() {
    for sample in samples() {
        let (half, full) = (extract(&narrowed(sample)), extract(&widened(sample)));
        assert_eq!(facts(&half), facts(&full), "{}", full.id);
    }
}

#[test]
fn characters_without_width_change_no_fact() {
    for sample in samples() {
        let spread: String = sample.chars().flat_map(|c| [c, '\u{200B}']).collect();
        let without =
            |facts: Vec<String>| facts.into_iter().map(|fact| fact.replace('\u{200B}', "")).collect::<Vec<_>>();
        assert_eq!(without(facts(&extract(&spread))), facts(&extract(sample)), "{}", extract(sample).id);
    }
}

#[test]
fn extraction_is_the_same_each_time() {
    for sample in samples() {
        assert_eq!(extract(sample), extract(sample));
    }
}

#[test]
fn texts_at_the_edge_hold() {
    let edges = [
        "",
        "\n",
        " ",
        "\u{FEFF}",
        "。",
        "《",
        "》",
        "《》",
        "〈〉",
        "《〈》〉",
        "“",
        "（",
        "一、",
        "（一）",
        "1.",
        "一是",
        "第",
        "年",
        "2021年",
        "县",
        "县委",
        "局",
        "百分之",
        "1",
        "1,",
        "%",
        "近",
        "余",
        "万",
        "亿",
        "2万",
        "几",
        "〔〕",
        "号",
        "以下简称",
        "该办法",
        "《办法》",
        "\u{0}",
        "\r\n\r\n",
        "a",
        "😀",
        "《😀》",
        "１２３",
        "①",
        "——",
        "|",
        "||||",
        "x镇",
        "某县",
        "领导小组",
        "十",
        "十十十",
        "一一一一一一一一一一一一一一一一一一一一一一",
        "99999999999999999999999件",
        "1.2.3.4",
        "1,2,3,4,5",
        "：",
        "专此报告",
        "2021年13月40日",
    ];
    for edge in edges {
        check(&extract(edge)).unwrap_or_else(|error| panic!("{edge:?}: {error}"));
        let within = format!("武山县人民政府关于2021年度法治政府建设情况的报告\n一、工作情况\n全县办理案件30件{edge}");
        check(&extract(&within)).unwrap_or_else(|error| panic!("{within:?}: {error}"));
    }
}

#[test]
fn a_long_line_takes_no_longer_than_its_length() {
    // Nested openings and words without an end are where a careless scan turns quadratic.
    for piece in ["《", "（", "“", "一是", "县司法局", "12件", "领导小组", "第", "x镇", "《办法》", "宪法、"]
    {
        let text = format!("武山县2021年法治政府建设情况报告\n{}", piece.repeat(20_000 / piece.chars().count()));
        check(&extract(&text)).unwrap_or_else(|error| panic!("{piece}: {error}"));
    }
}

/// Marks, enumerators and words that open something.
fn any_piece() -> impl Strategy<Value = String> {
    let words = [
        "。",
        "，",
        "；",
        "：",
        "、",
        "\n",
        "《",
        "》",
        "〈",
        "〉",
        "“",
        "”",
        "（",
        "）",
        "(",
        ")",
        "<",
        ">",
        "〔",
        "〕",
        "【",
        "】",
        " ",
        "\u{3000}",
        "\u{200B}",
        "|",
        "一、",
        "（一）",
        "一）",
        "1.",
        "2、",
        "(3)",
        "④",
        "一是",
        "第一，",
        "二要",
        "第三部分",
        "——",
        "2021年",
        "二○二一年",
        "3月5日",
        "12件",
        "1,234",
        "2万余",
        "百分之",
        "近",
        "约",
        "98.5%",
        "以上",
        "县",
        "市",
        "区",
        "镇",
        "县司法局",
        "县委",
        "政协",
        "中共",
        "武山县",
        "天水市",
        "浦江",
        "洛门镇",
        "领导小组",
        "司法所",
        "宪法",
        "民法典",
        "行政处罚法",
        "《条例》",
        "该办法",
        "以下简称",
        "国办发",
        "号",
        "第三条",
        "存在问题",
        "下一步",
        "专此报告",
        "x",
        "**",
        "我县",
        "我局",
        "全区",
        "法治政府建设",
        "报告",
        "办理",
        "受理",
        "成立",
        "由",
        "的",
        "下降",
        "率",
    ];
    prop_oneof![6 => select(words.to_vec()).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)]
}

/// Pieces of the samples, cut anywhere and put together in any order.
fn any_shuffle() -> impl Strategy<Value = String> {
    vec((any::<Index>(), any::<Index>(), 1_usize..200), 1..8).prop_map(|cuts| {
        let mut text = String::new();
        for (sample, from, length) in cuts {
            let sample: Vec<char> = samples()[sample.index(samples().len())].chars().collect();
            text.extend(sample[from.index(sample.len())..].iter().take(length));
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_string_holds(text in any::<String>()) {
        check(&extract(&text))?;
    }

    #[test]
    fn any_run_of_marks_and_enumerators_holds(pieces in vec(any_piece(), 0..120)) {
        check(&extract(&pieces.concat()))?;
    }

    #[test]
    fn shuffled_pieces_of_reports_hold(text in any_shuffle()) {
        let report = extract(&text);
        check(&report)?;
        prop_assert_eq!(facts(&extract(&narrowed(&text))), facts(&extract(&widened(&text))));
    }
}
