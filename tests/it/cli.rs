//! Exit codes and messages: what a script acts on, and what a person reads.

#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::io::Read;
use std::process::Stdio;

use crate::program::{Done, fazhi, output, page, pages, run, run_with_input, text};
use crate::samples;

/// A folder with some pages that can be read and some that cannot.
fn mixed() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("1.txt"), page(1)).unwrap();
    fs::write(dir.path().join("2.txt"), page(2)).unwrap();
    fs::write(dir.path().join("binary.txt"), [0_u8, 159, 146, 150, 0, 1, 2, 3]).unwrap();
    fs::write(dir.path().join("empty.txt"), "").unwrap();
    fs::write(dir.path().join("picture.png"), "").unwrap();
    dir
}

#[test]
fn one_bad_page_never_stops_the_others() {
    let (inputs, store) = (mixed(), tempfile::tempdir().unwrap());
    let done = run(&["build", text(inputs.path()), "--store", text(store.path()), "--format", "json"]);
    assert_eq!(done.code, 3, "{}", done.err);
    let summary: serde_json::Value = serde_json::from_str(&done.out).unwrap();
    assert_eq!((summary["pages"].as_u64(), summary["new"].as_u64()), (Some(4), Some(2)));
    let kinds: Vec<&str> =
        summary["skipped"].as_array().unwrap().iter().map(|skip| skip["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["unreadable", "unreadable"]);
    assert!(done.err.contains("binary.txt") && done.err.contains("empty.txt"), "{}", done.err);
    // The second time only what could not be read is looked at again.
    let again = run(&["build", text(inputs.path()), "--store", text(store.path()), "--format", "json"]);
    let summary: serde_json::Value = serde_json::from_str(&again.out).unwrap();
    assert_eq!((summary["unchanged"].as_u64(), summary["new"].as_u64()), (Some(2), Some(0)));
}

#[test]
fn nothing_done_is_one_and_a_wrong_command_line_two() {
    let dir = tempfile::tempdir().unwrap();
    let (empty, store) = (dir.path().join("empty.txt"), dir.path().join("store"));
    fs::write(&empty, "").unwrap();
    assert_eq!(run(&["extract", text(&empty)]).code, 1);
    assert_eq!(run(&["extract", text(&dir.path().join("gone.txt"))]).code, 1);
    assert_eq!(run(&["build", text(&empty), "--store", text(&store)]).code, 1);
    assert_eq!(run(&["build", text(&empty), "--jobs", "0"]).code, 2);
    assert_eq!(run(&["frobnicate"]).code, 2);
    assert_eq!(run(&["extract"]).code, 2);
    assert_eq!(run(&["--help"]).code, 0);
}

#[test]
fn every_error_names_the_place_and_the_remedy() {
    let dir = tempfile::tempdir().unwrap();
    let (nothing, foreign) = (dir.path().join("nothing"), dir.path().join("foreign"));
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join("thesis.txt"), "x").unwrap();
    let store = dir.path().join("store");
    output(&["build", "--store", text(&store)]);
    let said = |done: Done, code: i32, words: &[&str]| {
        assert_eq!(done.code, code, "{}", done.err);
        for word in words {
            assert!(done.err.contains(word), "{word} is not in: {}", done.err);
        }
    };
    said(run(&["stats", "--store", text(&nothing)]), 1, &["nothing", "fazhi build"]);
    said(run(&["stats", "--store", text(&foreign)]), 1, &["foreign", "--store"]);
    said(run(&["build", "--store", text(&foreign)]), 1, &["foreign", "--store"]);
    said(run(&["build", "--store", text(&store), "--base", "http://other/"]), 1, &["--base", "http://other/"]);
    said(run(&["build", "--store", text(&nothing), "--base", "other"]), 1, &["other"]);
    said(run(&["export", "--format", "turtle", "--report", "9", "--store", text(&store)]), 1, &["9", "stats"]);
    said(run(&["query", "nosuch", "--store", text(&store)]), 1, &["nosuch", "fazhi queries"]);
    said(run(&["hash", text(&foreign.join("thesis.pdf"))]), 1, &["thesis.pdf", ".nq"]);
    said(run(&["backup", text(&foreign), "--store", text(&store)]), 1, &["foreign", "exists"]);
}

#[test]
fn json_lines_come_from_standard_input_and_go_out_in_their_order() {
    let done = run_with_input(&["extract", "-", "--jobs", "3"], &pages(0..40));
    assert_eq!(done.code, 0, "{}", done.err);
    let urls: Vec<String> = done
        .out
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["source"]["url"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(urls, (0..40).map(|number| format!("https://example.org/{number}")).collect::<Vec<_>>());
    let broken = run_with_input(&["extract", "-"], "{\"text\": 1}\nnot json\n");
    assert_eq!(broken.code, 1);
    assert!(broken.err.contains("-#1") && broken.err.contains("-#2"), "{}", broken.err);
}

#[test]
fn a_reader_that_has_had_enough_is_no_error() {
    let dir = tempfile::tempdir().unwrap();
    let input = dir.path().join("pages.jsonl");
    fs::write(&input, pages(0..300)).unwrap();
    let mut child = fazhi(&["extract", text(&input), "--format", "nquads"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut begin = [0; 100];
    child.stdout.take().unwrap().read_exact(&mut begin).unwrap();
    let done: Done = child.wait_with_output().unwrap().into();
    assert_eq!((done.code, done.err.as_str()), (0, ""));
}

#[test]
fn a_file_appears_under_its_name_only_when_it_is_complete() {
    let dir = tempfile::tempdir().unwrap();
    let (input, out) = (dir.path().join("page.txt"), dir.path().join("out.ttl"));
    fs::write(&input, page(1)).unwrap();
    output(&["extract", text(&input), "--format", "turtle", "--output", text(&out)]);
    assert!(fs::read_to_string(&out).unwrap().contains("fz:Measure"));
    assert!(!dir.path().join("out.ttl.partial").exists());
    let nowhere = run(&["extract", text(&input), "--output", text(&dir.path().join("no/such/out.ttl"))]);
    assert_eq!(nowhere.code, 1);
    assert!(nowhere.err.contains("no/such"), "{}", nowhere.err);
}

#[test]
fn a_report_is_listed_counted_and_removed() {
    let (inputs, store) = (mixed(), tempfile::tempdir().unwrap());
    let store = text(store.path());
    run(&["build", text(inputs.path()), "--store", store]);
    let listed = output(&["stats", "--reports", "--store", store]);
    let first = listed.lines().next().unwrap();
    let removed = output(&["remove", first, "--store", store]);
    assert!(removed.contains(first));
    let stats: serde_json::Value =
        serde_json::from_str(&output(&["stats", "--format", "json", "--store", store])).unwrap();
    assert_eq!(stats["reports"], 1);
    assert_eq!(run(&["remove", first, "--store", store]).code, 1);
}

#[test]
fn the_catalogue_is_listed_and_answers() {
    let (inputs, store) = (mixed(), tempfile::tempdir().unwrap());
    let store = text(store.path());
    run(&["build", text(inputs.path()), "--store", store]);
    assert!(output(&["queries"]).contains("laws-by-counties"));
    assert!(output(&["queries", "laws-by-counties", "--language", "en"]).contains("--param"));
    let csv = output(&["query", "laws-by-counties", "--format", "csv", "--store", store]);
    assert!(csv.contains("中华人民共和国行政复议法,"), "{csv}");
    let rows = output(&["query", "ASK { ?report a fz:Report }", "--format", "csv", "--store", store]);
    assert_eq!(rows.trim(), "true");
    let graph = output(&["analyze", "law-measure", "--format", "graphml", "--store", store]);
    assert!(graph.contains("<graphml"));
}

#[test]
fn an_analysis_that_there_is_not_is_told_with_those_spelled_alike() {
    let help = output(&["analyze", "--help"]);
    for name in ["cocitation", "cocitation-in-units", "law-measure"] {
        assert!(help.lines().any(|line| line.trim_start().starts_with(name)), "{name} is not in {help}");
    }
    let done = run(&["analyze", "law-mesure"]);
    assert_eq!(done.code, 2);
    assert!(done.err.contains("'law-measure'"), "{}", done.err);
}

/// As root every file can be read, so that this can only be tested as somebody else.
#[cfg(unix)]
#[test]
fn a_page_that_may_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = mixed();
    let secret = dir.path().join("secret.txt");
    fs::write(&secret, page(3)).unwrap();
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o000)).unwrap();
    let may_read_all = fs::read(&secret).is_ok();
    let done = run(&["extract", text(dir.path())]);
    assert_eq!(done.code, 3);
    assert!(may_read_all || done.err.contains("secret.txt"), "{}", done.err);
}

/// The catalogue stands in groups, and one question tells its parameters and a command to try.
#[test]
fn the_catalogue_is_listed_in_groups() {
    let listed = output(&["queries"]);
    let lines: Vec<&str> = listed.lines().collect();
    assert_eq!(lines.first(), Some(&"引用的法律和文件"));
    assert_eq!(lines.iter().filter(|line| line.trim_start().starts_with("findings ")).count(), 1, "each query once");
    assert!(lines.iter().any(|line| line.trim_start().starts_with("fazhi audit ")), "{listed}");
    assert!(output(&["queries", "--language", "en"]).starts_with("Laws and documents cited"));
    let one = output(&["queries", "court-appearance"]);
    assert!(
        one.contains("--param level=...  (level, default county)") && one.contains("\n  fazhi query court-appearance"),
        "{one}"
    );
}

/// An answer without rows says why; a limit that is passed leaves no answer; a spreadsheet is told the encoding.
#[test]
fn an_empty_answer_has_a_note_and_a_stopped_query_none() {
    let (inputs, stores) = (mixed(), tempfile::tempdir().unwrap());
    let (empty, store) = (stores.path().join("empty"), stores.path().join("store"));
    run(&["build", "--store", text(&empty)]);
    run(&["build", text(inputs.path()), "--store", text(&store)]);
    let done = run(&["query", "late-reports", "--store", text(&empty)]);
    assert_eq!(done.code, 0);
    assert!(done.err.contains("holds no reports yet") && done.err.contains("fazhi build"), "{}", done.err);
    let done = run(&["query", "late-reports", "-p", "year=1999", "--format", "csv", "--store", text(&store)]);
    assert_eq!((done.code, done.out.lines().count()), (0, 1));
    assert!(done.err.contains("nothing in the store answers this with year=1999"), "{}", done.err);
    let endless = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
    let done = run(&["query", endless, "--timeout", "1", "--store", text(&store)]);
    assert_eq!((done.code, done.out.as_str()), (1, ""));
    assert!(done.err.contains("stopped after 1 s and has no answer"), "{}", done.err);
    let done = run(&["query", "report-overview", "--max-rows", "1", "--store", text(&store)]);
    assert_eq!((done.code, done.out.as_str()), (1, ""));
    let csv = output(&["query", "report-overview", "--format", "csv", "--bom", "--store", text(&store)]);
    assert!(csv.starts_with("\u{feff}place_name,"), "{csv}");
}

/// A region is asked for in the same words of every command, and a rule that was not asked for is not said to have found nothing.
#[test]
fn what_is_asked_for_is_said_alike_everywhere() {
    let place = samples::all().1.path().join("fazhi.store");
    let store = text(&place);
    let ask = |arguments: &[&str]| run(&[arguments, &["--store", store]].concat());
    let (option, parameter) = (["--region", "青梧县"], ["-p", "region=青梧县"]);
    let chain = ["analyze", "chain", "法治政府建设实施纲要(2021-2025年)"];
    for command in [&["audit", "--dry-run"][..], &["analyze", "change"], &chain] {
        let (first, second) = (ask(&[command, &option].concat()), ask(&[command, &parameter].concat()));
        assert_eq!((first.code, &first.err, &first.out), (0, &String::new(), &second.out), "{command:?}");
        let twice = ask(&[command, &option, &parameter].concat());
        assert!(twice.code == 1 && twice.err.contains("takes one region"), "{command:?}: {}", twice.err);
    }
    let year = ask(&["audit", "--dry-run", "--year", "21"]);
    assert!(year.code == 2 && year.err.contains("four digits"), "{}", year.err);
    let unknown = ask(&["audit", "--dry-run", "-p", "regoin=青梧县"]);
    assert!(unknown.code == 1 && unknown.err.contains("it takes region=NAME"), "{}", unknown.err);

    let late = ask(&["audit", "--dry-run", "-p", "rule=late_report"]);
    assert!(late.out.contains("late_report") && !late.out.contains("copied_passage"), "{}", late.out);
    let alike = ask(&["analyze", "alike", "青吾县"]);
    assert!(alike.code == 1 && alike.err.contains("`region`") && alike.err.contains("青梧县"), "{}", alike.err);
}
