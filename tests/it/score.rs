//! Are the reports with a hand-made gold read as well as promised? Where the gold lies beside the repository
//! (`../shared`), extraction is scored; elsewhere the test says that it had nothing to score.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use fazhi::lexicon::Lexicon;
use fazhi::read::Document;
use fazhi::report::{Report, Source, Span};
use serde_json::Value;

/// The least that `score.py` is to print, by its names.
const LEAST: [&str; 10] = [
    "metadata=0.85",
    "statement roles (chars)=0.93",
    "unit all=0.75",
    "unit category=0.75",
    "citation mention=0.92",
    "citation kind=0.85",
    "figure=0.95",
    "body mention=0.80",
    "body names=0.70",
    "link unit-law=0.75",
];

fn shared() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let found = folder.join("eval/gold").is_dir() && folder.join("reports").is_dir();
    if !found {
        eprintln!("skipped: {} has no gold and no reports to score with", folder.display());
    }
    found.then_some(folder)
}

/// Each gold with the report that was read for it.
fn read(shared: &Path) -> Vec<(Value, Report)> {
    let lexicon = Lexicon::shared().expect("the tables are valid");
    let entries = fs::read_dir(shared.join("eval/gold")).expect("the gold can be listed");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    let gold = paths.iter().filter(|path| path.to_string_lossy().ends_with(".gold.json"));
    gold.map(|path| {
        let gold: Value = serde_json::from_str(&fs::read_to_string(path).expect("UTF-8")).expect("JSON");
        let name = gold["report"].as_str().expect("the gold names its report");
        let file = shared.join("reports").join(name);
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let text = text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n");
        let source = Source { path: name.to_owned(), ..Source::default() };
        let report = fazhi::extract(&Document { text, source, ..Document::default() }, lexicon);
        (gold, report)
    })
    .collect()
}

fn span(value: &Value) -> Span {
    let at = |name: &str| value[name].as_u64().and_then(|at| usize::try_from(at).ok()).expect("an offset");
    Span { start: at("start"), end: at("end") }
}

fn list<'v>(gold: &'v Value, name: &str) -> &'v [Value] {
    gold[name].as_array().map(Vec::as_slice).unwrap_or_default()
}

#[test]
fn citations_of_the_gold_are_found() {
    let Some(shared) = shared() else { return };
    let (mut found, mut all) = (0, 0);
    for (gold, report) in read(&shared) {
        let gold = list(&gold, "citations");
        all += gold.len();
        found +=
            gold.iter().filter(|&gold| report.citations.iter().any(|read| read.span.overlaps(&span(gold)))).count();
    }
    assert!(found * 100 >= all * 92, "{found} of {all} citations are found");
}

#[test]
fn there_are_about_as_many_units_as_in_the_gold() {
    let Some(shared) = shared() else { return };
    for (gold, report) in read(&shared) {
        let (gold, read) = (list(&gold, "units").len(), report.units.len());
        assert!(
            read * 10 >= gold * 9 && read * 10 <= gold * 11,
            "{}: {read} units, {gold} in the gold",
            report.source.path
        );
    }
}

#[test]
fn the_score_reaches_what_was_promised() {
    let Some(shared) = shared() else { return };
    if Command::new("python3").arg("--version").output().is_err() {
        eprintln!("skipped: score.py needs python3");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder for the predictions");
    let predictions = folder.path().join("predictions.jsonl");
    let lines: Vec<String> =
        read(&shared).iter().map(|(_, report)| serde_json::to_string(report).expect("a report is JSON")).collect();
    fs::write(&predictions, lines.join("\n")).expect("the folder can be written to");
    let mut score = Command::new("python3");
    score.arg(shared.join("eval/score.py")).arg("--gold").arg(shared.join("eval/gold")).arg("--pred").arg(&predictions);
    for least in LEAST {
        score.args(["--min", least]);
    }
    let output = score.output().expect("score.py runs");
    let printed = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{printed}");
}
