//! Is `docs/cookbook.md` what the catalogue says and answers? It is written from the list of questions, the headers of
//! the queries, and what the commands answer on the sample reports.

#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use fazhi::query::{Listed, ParameterType, Question, Solutions, Way, groups};

use crate::{program, samples};

/// Rows of an answer that are shown.
const ROWS: usize = 6;
/// Characters of a cell that are shown.
const WIDTH: usize = 36;

/// Lines that are shown of what a command prints, and characters of a line.
const LINES: usize = 24;
const LENGTH: usize = 160;

const INTRODUCTION: &str = "\
# 查询手册 · Cookbook

<!-- Written by `UPDATE=1 cargo test cookbook` from queries/questions.toml, queries/*.rq and data/reports: do not edit it by hand. -->

每个问题是一条或几条命令,不必懂 SPARQL。先把报告读进一个库(这里用随程序附带的七份样本报告),再提问:

    fazhi build data/reports
    fazhi query laws-by-counties

Each question is answered by a command or a few; SPARQL need not be known. Read the reports into a store first (here the seven samples that
come with the program), then ask.

- **换一个地方、年份、法律或机构**:加 `--param 名称=值`(或 `-p`)。地区写名称(`武山县`、`甘肃`、`天水市武山县`)或代码(`620524`),含其下所有地区;文件写全称、
  简称或文号,带不带书名号、“中华人民共和国”都可以;领域、指标、规则、层级写中文名称、英文名称或代号。写错了,程序会提示相近的名称;几个地方同名,
  会列出上级和代码供选择。`--param level=` 这样的空值取消缺省值。
  *Another place, year, law or body: add `--param NAME=VALUE` (or `-p`). A region is a name, a name with those around it, or a code, and means all within it;
  a document is its title, short title or number; fields, indicators, rules and levels are given by label or notation. A mistyped name is answered with those
  spelled alike, one that several regions have with their parents and codes. An empty value takes a default away.*
- **要进电子表格**:加 `--format csv --bom -o 答案.csv`,Excel 打开中文不乱码。*For a spreadsheet: `--format csv --bom -o answer.csv`; Excel needs the mark
  (`--bom`) to read Chinese, other programs do without.*
- **要整段原文**:屏幕上的表格截短长的单元格,加 `--whole` 即全。*Whole passages on the screen: `--whole`.*
- **原文在哪里**:“起”“止”是这段文字在报告正文中的位置,从 0 数起,按字符计;有“原词”的,是原词的位置,否则是原文的。*Start and end are positions in the text of
  the report, counted in characters from 0: of the quote where there is one, else of the passage.*
- **一个问题有哪些参数**:`fazhi queries 名称`。*What can be set: `fazhi queries NAME`.*
- **没有答案**:没有一行结果也是回答,程序另加一句说明,退出码为 0;超过时限(`--timeout`)或行数上限(`--max-rows`)就没有答案,退出码为 1,绝不给半份答案。
  *An answer without rows is an answer (exit code 0, and a note says so); one that passes a limit is none (exit code 1): there is never a part of an answer.*
- 折叠的 SPARQL 是标准的 SPARQL 1.1,任何载有此图的服务都能执行;参数是其中的同名变量,`fazhi` 以所给的值或缺省值代入。
  *The folded text is standard SPARQL 1.1 for any endpoint with the graph; a parameter is the variable of that name, which `fazhi`
  replaces by the value given or the default.*

表中只列前几行,长的单元格已截短,全空的列略去。样本里的青梧县和砚溪县是虚构的,它们的报告有意写错、照抄。
*The tables show the first rows, cut long cells and leave out empty columns. 青梧县 and 砚溪县 are invented, and the mistakes and copies in their reports are planted.*
";

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

/// The parameters that a command gives, as `fazhi query` reads them.
fn given(way: &Way) -> Vec<(&str, &str)> {
    way.command.iter().filter_map(|word| word.split_once('=')).collect()
}

/// What a query of the catalogue answers; its description, parameters and text where it comes first.
fn of_query(name: &str, way: &Way, first: bool) -> String {
    let question = Question::open(name).expect("a query of the catalogue");
    let title = question.title().expect("a title");
    let mut out = format!("### {}\n\n*{}*\n\n", title.zh, title.en);
    if first {
        let description = question.description().expect("a description");
        let _ = write!(out, "{}\n*{}*\n\n", description.zh, description.en);
    }
    let solutions = samples::ask(&samples::all().0, &question, &given(way));
    assert!(!solutions.rows.is_empty(), "{} has no answer on the samples", way.line());
    let _ = write!(out, "```sh\n{}\n```\n\n{}", way.line(), answer(&question, &solutions));
    let parameters = parameters(&question);
    if first && !parameters.is_empty() {
        let _ = write!(out, "\n参数 · Parameters\n\n{parameters}");
    }
    if first {
        let _ =
            write!(out, "\n<details><summary>SPARQL</summary>\n\n```sparql\n{}```\n\n</details>\n", question.body());
    }
    out
}

/// What another command of the program prints.
fn of_command(way: &Way) -> String {
    let tells = way.tells.as_ref().expect("what it tells");
    let mut arguments: Vec<&str> = way.command.iter().map(String::as_str).collect();
    let place = samples::all().1.path().join("fazhi.store");
    arguments.extend(["--store", program::text(&place)]);
    let printed = program::output(&arguments);
    assert!(printed.lines().count() > 2, "{} has no answer on the samples", way.line());
    let cut = |line: &str| match line.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.trim_end().to_owned(),
    };
    // The mark that begins a CSV file is not to be seen.
    let lines = printed.trim_start_matches('\u{feff}').lines().take(LINES);
    let mut shown = lines.fold(String::new(), |all, line| all + &cut(line) + "\n");
    if printed.lines().count() > LINES {
        shown += "…\n";
    }
    format!("### `{}`\n\n{}\n*{}*\n\n```text\n{shown}```\n", way.line(), tells.zh, tells.en)
}

#[test]
fn the_cookbook_is_up_to_date() {
    let mut asked: Vec<&Listed> = groups().iter().flat_map(|group| &group.questions).collect();
    asked.sort_by_key(|question| question.number);
    let mut book = INTRODUCTION.to_owned();
    for group in groups() {
        let _ = write!(book, "\n**{}** · {}\n\n", group.title.zh, group.title.en);
        for question in &group.questions {
            let heading = heading(question);
            let _ = writeln!(book, "- [{heading}](#{})  \n  *{}*", anchor(&heading), question.text.en);
        }
    }
    let mut told = BTreeSet::new();
    for question in asked {
        let _ = write!(book, "\n## {}\n\n*{}*\n", heading(question), question.text.en);
        for way in &question.answers {
            let section = match way.query() {
                Some(name) => of_query(name, way, told.insert(name)),
                None => of_command(way),
            };
            let _ = write!(book, "\n{section}");
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cookbook.md");
    assert!(!samples::is_stale(&path, &book), "docs/cookbook.md is stale: run `UPDATE=1 cargo test cookbook`");
}

fn heading(question: &Listed) -> String {
    format!("{}. {}", question.number, question.text.zh)
}

/// The anchor that Markdown viewers make of a heading: lower case, spaces as hyphens, marks left out.
fn anchor(heading: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-');
    heading.to_lowercase().chars().filter(kept).map(|c| if c == ' ' { '-' } else { c }).collect()
}
