//! Is `docs/cookbook.md` what the catalogue says and answers? It is written from the headers of the queries and their
//! answers on the sample reports.

#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use fazhi::query::{ParameterType, Question, Solutions, catalogue};

use crate::{fixture, samples};

/// Rows of an answer that are shown.
const ROWS: usize = 6;
/// Characters of a cell that are shown.
const WIDTH: usize = 36;

const INTRODUCTION: &str = "\
# 查询手册 · Cookbook

<!-- Written by `UPDATE=1 cargo test cookbook` from queries/*.rq and data/reports: do not edit it by hand. -->

每个问题是一条命令,不必懂 SPARQL。先把报告读进一个库(这里用四份样本报告),再提问:

    fazhi build data/reports/*.txt
    fazhi query laws-by-counties

Each question is one command; SPARQL need not be known. Read the reports into a store first (here the four sample reports),
then ask.

- **换一个地方、年份或法律**:加 `--param 名称=值`。地区写名称(`武山县`、`甘肃省`)或代码(`620524`),含其下所有地区;文件写全称或简称,
  带不带书名号都可以。写错了,程序会提示相近的名称。
  *Another place, year or law: add `--param NAME=VALUE`. A region is a name or a code and means all within it; a document is its
  title or short title. A mistyped name is answered with those spelled alike.*
- **要进电子表格**:加 `--format csv -o 答案.csv`。*For a spreadsheet: `--format csv -o answer.csv`.*
- **原文在哪里**:“起”“止”是这段文字在报告正文中的位置,从 0 数起,按字符计。*Start and end are positions in the text of the report,
  counted in characters from 0.*
- **一个问题有哪些参数**:`fazhi queries 名称`。*What can be set: `fazhi queries NAME`.*
- 折叠的 SPARQL 是标准的 SPARQL 1.1,任何载有此图的服务都能执行;参数是其中的同名变量,`fazhi` 以所给的值或缺省值代入。
  *The folded text is standard SPARQL 1.1 for any endpoint with the graph; a parameter is the variable of that name, which `fazhi`
  replaces by the value given or the default.*

表中只列前几行,长的单元格已截短,全空的列略去。样本里的青梧县是虚构的,它的报告有意写错。
*The tables show the first rows, cut long cells and leave out empty columns. 青梧县 is invented, and the mistakes in its report are planted.*
";

/// The questions of `queries/README.md` by number.
fn questions() -> BTreeMap<u8, String> {
    let rows = include_str!("../../queries/README.md").lines();
    let row = |line: &str| -> Option<(u8, String)> {
        let mut cells = line.strip_prefix("| ")?.split(" | ");
        Some((cells.next()?.trim().parse().ok()?, cells.next()?.to_owned()))
    };
    rows.filter_map(row).collect()
}

/// A cell of a Markdown table.
fn cell(words: &str) -> String {
    let line = words.replace(['\n', '\t'], " ");
    let cut = line.chars().count() > WIDTH;
    let shown: String = line.chars().take(if cut { WIDTH - 1 } else { WIDTH }).collect();
    // A bar would end the cell, and a star or an angle bracket would be read as markup.
    let mut safe = String::new();
    for c in shown.chars() {
        if matches!(c, '|' | '*' | '<' | '_' | '`') {
            safe.push('\\');
        }
        safe.push(c);
    }
    if cut { safe + "…" } else { safe }
}

fn answer(question: &Question, solutions: &Solutions) -> String {
    let rows: Vec<Vec<String>> =
        solutions.rows.iter().map(|row| row.iter().map(|cell| samples::plain(cell.as_ref())).collect()).collect();
    let shown: Vec<usize> =
        (0..solutions.variables.len()).filter(|at| rows.iter().any(|row| !row[*at].is_empty())).collect();
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let head = |at: &usize| {
        let variable = solutions.variables[*at].as_str();
        question.column(variable).map_or(variable, |text| text.zh.as_str()).to_owned()
    };
    let mut out = line(shown.iter().map(head).collect());
    out += &line(shown.iter().map(|_| "---".to_owned()).collect());
    for row in rows.iter().take(ROWS) {
        // The base of the graph's own IRIs says nothing to a reader.
        let words = |at: &usize| cell(row[*at].trim_start_matches("https://w3id.org/fazhi/id/"));
        out += &line(shown.iter().map(words).collect());
    }
    if rows.len() > ROWS {
        let _ = write!(out, "\n共 {} 行 · {} rows in all\n", rows.len(), rows.len());
    }
    out
}

/// The parameters in a line each.
fn parameters(question: &Question) -> String {
    let mut out = String::new();
    for parameter in question.parameters().unwrap_or_default() {
        let default = parameter.default.as_ref().map(|value| format!("(缺省 {value})")).unwrap_or_default();
        let required = if parameter.required { "(必填)" } else { "" };
        let limit = if parameter.kind == ParameterType::Limit { "行数" } else { "" };
        let words = if parameter.description.zh.is_empty() { limit } else { parameter.description.zh.as_str() };
        let _ = writeln!(out, "- `{}`{required}{default}:{words}", parameter.name);
    }
    out
}

fn section(question: &Question, asked: &BTreeMap<u8, String>) -> String {
    let name = question.name();
    let (title, description) = (question.title().expect("a title"), question.description().expect("a description"));
    let mut out = format!("## {}\n\n*{}*\n\n{}\n*{}*\n\n", title.zh, title.en, description.zh, description.en);
    for number in question.questions() {
        let _ = writeln!(out, "- 问题 {number}:{}", asked.get(number).map_or("", String::as_str));
    }
    out.push('\n');
    let answered = samples::cases(name).iter().find_map(|values| {
        let solutions = samples::ask(samples::store(), question, values);
        (!solutions.rows.is_empty()).then(|| (samples::command(name, values), solutions))
    });
    if let Some((command, solutions)) = answered {
        let _ = write!(out, "```sh\n{command}\n```\n\n{}", answer(question, &solutions));
    } else {
        let examples: Vec<(&str, &str)> = question
            .parameters()
            .unwrap_or_default()
            .iter()
            .filter_map(|parameter| Some((parameter.name.as_str(), parameter.example.as_deref()?)))
            .collect();
        let solutions = samples::ask(&fixture::store(), question, &examples);
        let _ = write!(
            out,
            "```sh\n{}\n```\n\n四份样本报告里没有这样的事;下表是测试用的六份虚构小报告的答案。\n\
                 *The four samples hold none; the table is the answer on the six small invented reports of the tests.*\n\n{}",
            samples::command(name, &examples),
            answer(question, &solutions)
        );
    }
    let parameters = parameters(question);
    if !parameters.is_empty() {
        let _ = write!(out, "\n参数 · Parameters\n\n{parameters}");
    }
    let _ = write!(out, "\n<details><summary>SPARQL</summary>\n\n```sparql\n{}```\n\n</details>\n", question.body());
    out
}

#[test]
fn the_cookbook_is_up_to_date() {
    let asked = questions();
    let mut order: Vec<&Question> = catalogue().iter().collect();
    order.sort_by_key(|question| (question.questions().first().copied(), question.name()));
    let mut book = INTRODUCTION.to_owned();
    book += "\n| 问题 | 命令 | Question |\n| --- | --- | --- |\n";
    for question in &order {
        let title = question.title().expect("a title");
        let _ = writeln!(book, "| [{}](#{}) | `{}` | {} |", title.zh, anchor(&title.zh), question.name(), title.en);
    }
    for question in order {
        let _ = write!(book, "\n{}", section(question, &asked));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cookbook.md");
    assert!(!samples::is_stale(&path, &book), "docs/cookbook.md is stale: run `UPDATE=1 cargo test cookbook`");
}

/// The anchor that Markdown viewers make of a heading: lower case, spaces as hyphens, marks left out.
fn anchor(heading: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-');
    heading.to_lowercase().chars().filter(kept).map(|c| if c == ' ' { '-' } else { c }).collect()
}
