//! Tests as documents: every case of `tests/spec/*.md` is a piece of a report and tables of what must be found in it.
//!
//! `tests/spec/README.md` says how the files are written. What is found in the lines that the harness puts around a
//! case (its title) is left out; everything else that the program finds of a table's kind must stand in the table, in
//! order, and nothing more.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use fazhi::lexicon::Lexicon;
use fazhi::read::Document;
use fazhi::report::{Report, Source, Span};

/// One case of a file.
struct Case {
    name: String,
    reporter: String,
    year: String,
    gap: Option<String>,
    url: Option<String>,
    text: String,
    tables: Vec<Table>,
}

/// One table of what must be found.
struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec")
}

fn cases(file: &str) -> Vec<Case> {
    let path = folder().join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let (mut defaults, mut cases) = ((String::new(), String::new()), Vec::new());
    let mut current: Option<Case> = None;
    for (number, line) in text.lines().enumerate() {
        let place = || format!("{file}:{}", number + 1);
        if let Some(name) = line.strip_prefix("## ") {
            cases.extend(current.take());
            let (reporter, year) = defaults.clone();
            let (text, gap, url, tables) = (String::new(), None, None, Vec::new());
            current = Some(Case { name: format!("{}: {name}", place()), reporter, year, gap, url, text, tables });
        } else if let Some(context) = line.strip_prefix("reporter: ") {
            let (reporter, year) = context.split_once(", year: ").unwrap_or((context, ""));
            match &mut current {
                Some(case) => (case.reporter, case.year) = (reporter.to_owned(), year.to_owned()),
                None => defaults = (reporter.to_owned(), year.to_owned()),
            }
        } else if let Some(case) = &mut current {
            case.read(line, &place());
        }
    }
    cases.extend(current);
    cases
}

impl Case {
    fn read(&mut self, line: &str, place: &str) {
        if let Some(reason) = line.strip_prefix("known gap: ") {
            self.gap = Some(reason.to_owned());
        } else if let Some(url) = line.strip_prefix("url: ") {
            self.url = Some(url.to_owned());
        } else if let Some(words) = line.strip_prefix('>') {
            self.text.push_str(words.strip_prefix(' ').unwrap_or(words));
            self.text.push('\n');
        } else if line.starts_with('|') {
            let cells = cells(line);
            let opens = self.tables.last().is_none_or(|table| table.rows.last().is_some_and(Vec::is_empty));
            match self.tables.last_mut() {
                Some(table) if !opens && is_rule(&cells) => {
                    assert!(table.rows.is_empty(), "{place}: a rule in a table");
                }
                Some(table) if !opens => {
                    assert_eq!(cells.len(), table.columns.len(), "{place}: number of cells");
                    table.rows.push(cells);
                }
                _ => self.tables.push(Table { columns: cells, rows: Vec::new() }),
            }
        } else if line.trim().is_empty() {
            // An empty row marks where a table ends, so that the next one opens with its header.
            if let Some(table) = self.tables.last_mut()
                && table.rows.last().is_none_or(|row| !row.is_empty())
            {
                table.rows.push(Vec::new());
            }
        }
    }

    /// The text with its title, and the code point at which the case's own text begins.
    fn document(&self) -> (String, usize) {
        if self.reporter == "none" {
            return (self.text.clone(), 0);
        }
        let name = self.reporter.split(' ').next().unwrap_or_default();
        let title = format!("{name}关于{}年度法治政府建设情况的报告\n\n", self.year);
        let start = title.chars().count();
        (format!("{title}{}", self.text), start)
    }

    /// What was found that should not have been or the other way round; empty where all is as it should be.
    fn check(&self, lexicon: &Lexicon) -> String {
        let (text, start) = self.document();
        let source = Source { url: self.url.clone(), ..Source::default() };
        let report = fazhi::extract(&Document { text, source, ..Document::default() }, lexicon);
        let mut complaint = String::new();
        if let Some((_, code)) = self.reporter.split_once(' ') {
            let told = report.metadata.region.as_ref().and_then(|region| region.code.clone()).unwrap_or_default();
            if told != code {
                let _ = writeln!(complaint, "  the region of the title is {told:?} instead of {code:?}");
            }
        }
        let found = Found { report: &report, start };
        for table in &self.tables {
            let expected: Vec<&Vec<String>> = table.rows.iter().filter(|row| !row.is_empty()).collect();
            let actual = found.rows(&table.columns, &expected);
            complaint.push_str(&difference(&table.columns, &expected, &actual));
        }
        complaint
    }
}

fn cells(line: &str) -> Vec<String> {
    let inner = line.trim().trim_start_matches('|');
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    inner.replace("\\|", "\u{1}").split('|').map(|cell| cell.trim().replace('\u{1}', "|")).collect()
}

fn is_rule(cells: &[String]) -> bool {
    cells.iter().all(|cell| !cell.is_empty() && cell.chars().all(|c| matches!(c, '-' | ':')))
}

/// What the program found in the text of a case.
struct Found<'a> {
    report: &'a Report,
    start: usize,
}

impl Found<'_> {
    /// The rows of the kind that the first column names.
    fn rows(&self, columns: &[String], expected: &[&Vec<String>]) -> Vec<Vec<String>> {
        let report = self.report;
        let own = |span: &Span| span.start >= self.start;
        match columns[0].as_str() {
            "citation" => {
                report.citations.iter().filter(|c| own(&c.span)).map(|c| self.json_row(columns, &c.quote, c)).collect()
            }
            "body" => {
                report.bodies.iter().filter(|b| own(&b.span)).map(|b| self.json_row(columns, &b.quote, b)).collect()
            }
            "figure" => {
                report.figures.iter().filter(|f| own(&f.span)).map(|f| self.json_row(columns, &f.quote, f)).collect()
            }
            "finding" => report.findings.iter().map(|f| self.json_row(columns, &f.kind, f)).collect(),
            "unit" => report.units.iter().filter(|u| own(&u.span)).map(|u| self.json_row(columns, "", u)).collect(),
            "role" => {
                let statements = report.statements.iter().filter(|s| own(&s.span)).enumerate();
                statements
                    .map(|(at, s)| {
                        let most = expected.get(at).and_then(|row| row.get(1)).map_or(12, |cell| cell.chars().count());
                        vec![
                            plain(&serde_json::to_value(s.role).expect("a word")),
                            self.text(s.span).chars().take(most).collect(),
                        ]
                    })
                    .collect()
            }
            "field" => expected.iter().map(|row| vec![row[0].clone(), self.field(&row[0])]).collect(),
            other => panic!("no table begins with {other}"),
        }
    }

    fn text(&self, span: Span) -> String {
        self.report.text.chars().skip(span.start).take(span.end - span.start).collect()
    }

    fn field(&self, name: &str) -> String {
        let metadata = serde_json::to_value(&self.report.metadata).expect("a report is JSON");
        match name {
            "region" => plain(&metadata["region"]["name"]),
            "code" | "level" | "path" | "township" => plain(&metadata["region"][name]),
            _ => plain(metadata.get(name).unwrap_or_else(|| panic!("no field {name}"))),
        }
    }

    /// The fields of an item that the columns name; the first column holds what kind of table it is.
    fn json_row(&self, columns: &[String], first: &str, item: &impl serde::Serialize) -> Vec<String> {
        let item = serde_json::to_value(item).expect("a report is JSON");
        let span = Span { start: index(&item["start"]), end: index(&item["end"]) };
        let cell = |column: &String| match column.as_str() {
            "unit" if item.get("addresses").is_some() => plain(&item["type"]),
            "citation" | "body" | "figure" | "finding" => first.to_owned(),
            "quote" => self.text(span),
            "begins" => self.text(span).chars().take(6).collect(),
            "ends" => self.text(span).chars().rev().take(6).collect::<Vec<char>>().into_iter().rev().collect(),
            "citations" => quotes(&item["citations"], |at| self.report.citations[at].quote.clone()),
            "figures" => quotes(&item["figures"], |at| self.report.figures[at].quote.clone()),
            "addresses" => quotes(&item["addresses"], |at| self.report.units[at].name.clone()),
            name => {
                let value = name.split('.').try_fold(&item, |value, key| value.get(key));
                plain(value.unwrap_or(&serde_json::Value::Null))
            }
        };
        columns.iter().map(cell).collect()
    }
}

fn quotes(indexes: &serde_json::Value, quote: impl Fn(usize) -> String) -> String {
    indexes.as_array().into_iter().flatten().map(|at| quote(index(at))).collect::<Vec<String>>().join(" ")
}

fn index(value: &serde_json::Value) -> usize {
    value.as_u64().and_then(|value| usize::try_from(value).ok()).expect("a position")
}

/// A value as a cell prints it: empty where there is none, a list with spaces, a whole number without its point.
fn plain(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null | serde_json::Value::Bool(false) => String::new(),
        serde_json::Value::Bool(true) => "yes".to_owned(),
        serde_json::Value::String(words) => words.clone(),
        serde_json::Value::Number(number) => number.as_f64().map_or_else(String::new, |number| number.to_string()),
        serde_json::Value::Array(items) => items.iter().map(plain).collect::<Vec<String>>().join(" "),
        serde_json::Value::Object(_) => value.to_string(),
    }
}

/// The rows of both sides in their order, those of one side only marked; empty where the two agree.
fn difference(columns: &[String], expected: &[&Vec<String>], actual: &[Vec<String>]) -> String {
    let same =
        expected.len() == actual.len() && expected.iter().zip(actual).all(|(expected, actual)| *expected == actual);
    let mut report = String::new();
    if same {
        return report;
    }
    let _ = writeln!(report, "      | {} |", columns.join(" | "));
    let mut at = 0;
    for row in expected {
        let found = actual[at.min(actual.len())..].iter().position(|found| found == *row);
        if let Some(skip) = found {
            for extra in &actual[at..at + skip] {
                let _ = writeln!(report, "    + | {} |", extra.join(" | "));
            }
            let _ = writeln!(report, "      | {} |", row.join(" | "));
            at += skip + 1;
        } else {
            let _ = writeln!(report, "    - | {} |", row.join(" | "));
        }
    }
    for extra in &actual[at.min(actual.len())..] {
        let _ = writeln!(report, "    + | {} |", extra.join(" | "));
    }
    report
}

/// Checks every case of a file.
fn check(file: &str) {
    let lexicon = Lexicon::shared().expect("the tables are valid");
    let (mut complaints, mut count) = (String::new(), 0);
    for case in cases(file) {
        assert!(!case.text.is_empty() && !case.tables.is_empty(), "{} has no text or no table", case.name);
        let difference = case.check(lexicon);
        let complaint = match (&case.gap, difference.is_empty()) {
            (None, false) => difference,
            (Some(gap), true) => format!("  passes now: take the mark off that says: known gap: {gap}\n"),
            _ => continue,
        };
        count += 1;
        let _ = write!(complaints, "\n{}\n{complaint}", case.name);
    }
    assert!(count == 0, "{count} cases of tests/spec/{file} (- expected, + found):\n{complaints}");
}

macro_rules! files {
    ($($name:ident),*) => {
        $(#[test]
        fn $name() {
            check(concat!(stringify!($name), ".md"));
        })*

        /// The files that have a test of their own.
        const FILES: &[&str] = &[$(concat!(stringify!($name), ".md")),*];
    };
}

files!(statements, roles, units, citations, bodies, figures, metadata, findings, ruined);

#[test]
fn every_file_is_run() {
    let entries = std::fs::read_dir(folder()).expect("tests/spec is there");
    let names = entries.map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| name != "README.md").collect();
    let mut run: Vec<&str> = FILES.to_vec();
    names.sort();
    run.sort_unstable();
    assert_eq!(names, run, "every file of tests/spec has a line in the macro above");
}

#[test]
fn no_case_stands_twice() {
    let mut names: Vec<String> = Vec::new();
    for file in FILES {
        for case in cases(file) {
            let name = case.name.split_once(": ").map_or(case.name.clone(), |(_, name)| format!("{file} {name}"));
            assert!(!names.contains(&name), "{name} stands twice");
            names.push(name);
        }
    }
    assert!(names.len() >= 120, "{} cases", names.len());
}
