//! Seeing the effect of a change: two extractions compared, one fact explained, from the command line.

#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;

use crate::program::{output, page, pages, run, text};

#[test]
fn what_was_gained_lost_and_changed_is_told_with_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let (old, new) = (dir.path().join("old.jsonl"), dir.path().join("new.jsonl"));
    let report = dir.path().join("report.txt");
    fs::write(&report, page(3)).unwrap();
    let extracted = output(&["extract", text(&report)]);
    let mut later: serde_json::Value = serde_json::from_str(&extracted).unwrap();
    later["figures"][0]["value"] = 99.into();
    later["citations"].as_array_mut().unwrap().remove(0);
    fs::write(&old, &extracted).unwrap();
    fs::write(&new, later.to_string()).unwrap();

    let told = output(&["compare", text(&old), text(&new)]);
    assert!(told.contains("- citation") && told.contains("《中华人民共和国行政复议法》"), "{told}");
    assert!(told.contains("13件: value 13.0 -> 99"), "{told}");
    let json: serde_json::Value =
        serde_json::from_str(&output(&["compare", text(&old), text(&new), "--format", "json"])).unwrap();
    assert_eq!(json["tally"]["citation"]["lost"], 1);
    assert_eq!(json["tally"]["figure"]["changed"], 1);
    assert_eq!(json["tally"]["unit"]["changed"], 0);

    let only = output(&["compare", text(&old), text(&new), "--only", "figure"]);
    assert!(!only.contains("citation") && only.contains("figure"), "{only}");
    assert!(!output(&["compare", text(&old), text(&old)]).contains("report.txt"));
}

#[test]
fn a_file_that_is_no_extraction_is_named_with_its_line() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("notes.jsonl");
    fs::write(&file, "\n{\"text\":\"no report\"}\n").unwrap();
    let done = run(&["compare", text(&file), text(&file)]);
    assert_eq!(done.code, 1);
    assert!(done.err.contains("notes.jsonl:2") && done.err.contains("fazhi extract"), "{}", done.err);
    assert_eq!(run(&["compare", text(&file), text(&file), "--only", "laws"]).code, 2);
}

#[test]
fn a_fact_is_explained_at_its_place_from_file_and_store() {
    let dir = tempfile::tempdir().unwrap();
    let (report, store) = (dir.path().join("report.txt"), dir.path().join("store"));
    fs::write(&report, page(3)).unwrap();
    output(&["build", text(&report), "--store", text(&store)]);

    let place = page(3).chars().collect::<Vec<_>>().windows(3).position(|three| three == ['1', '3', '件']).unwrap();
    for place in [place.to_string(), "13件".to_owned()] {
        let told = output(&["explain", text(&report), &place, "--language", "en"]);
        let lines: Vec<&str> = told.lines().filter(|line| !line.starts_with(' ')).collect();
        let classes: Vec<&str> = lines.iter().map(|line| line.split(' ').nth(1).unwrap()).collect();
        assert_eq!(classes, ["figure", "statement", "unit"], "the narrowest first: {told}");
        assert!(told.contains("value 13.0"), "{told}");
    }
    let told = output(&["explain", "620524-2021", "13件", "--store", text(&store)]);
    assert!(told.contains("figure 13件"), "{told}");
    assert!(output(&["explain", text(&report)]).contains("metadata region"));
}

#[test]
fn what_cannot_be_explained_says_why() {
    let dir = tempfile::tempdir().unwrap();
    let (report, many) = (dir.path().join("report.txt"), dir.path().join("many.jsonl"));
    fs::write(&report, page(3)).unwrap();
    fs::write(&many, pages(0..2)).unwrap();
    let error = |arguments: &[&str]| {
        let done = run(arguments);
        assert_eq!(done.code, 1, "{arguments:?}");
        done.err
    };
    assert!(error(&["explain", text(&report), "不在文中"]).contains("words as they are printed"));
    assert!(error(&["explain", text(&report), "99999"]).contains("behind its end"));
    assert!(error(&["explain", text(&many), "0"]).contains("many.jsonl#1"));
    assert!(error(&["explain", &format!("{}#7", text(&many)), "0"]).contains("no report 7"));
    let nowhere = dir.path().join("nowhere");
    assert!(error(&["explain", "gone.txt", "0", "--store", text(&nowhere)]).contains("gone.txt"));
    let second = output(&["explain", &format!("{}#2", text(&many)), "0"]);
    assert!(second.contains("statement"), "{second}");
}

#[test]
fn the_line_of_data_behind_every_fact_of_the_samples_is_found() {
    let lexicon = fazhi::lexicon::Lexicon::shared().unwrap();
    let rules = fazhi::lexicon::rules().unwrap();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/reports");
    let mut found = 0;
    let mut lost = std::collections::BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "txt") {
            continue;
        }
        let document =
            fazhi::read::Document { text: fs::read_to_string(&path).unwrap(), ..fazhi::read::Document::default() };
        for fact in fazhi::facts::facts(&fazhi::extract(&document, lexicon)) {
            assert!(fact.basis.rule.is_empty() || rules.contains_key(fact.basis.rule), "{}", fact.basis.rule);
            let Some(entry) = &fact.basis.entry else { continue };
            match fazhi::facts::table_line(entry) {
                Some(line) => {
                    assert!(line.text.contains(entry.word.as_str()), "{entry:?}: {line:?}");
                    found += 1;
                }
                None => {
                    lost.insert(format!("{} {} {}", entry.table, entry.key, entry.word));
                }
            }
        }
    }
    assert!(lost.is_empty(), "in no table: {lost:#?}");
    assert!(found > 100, "{found} facts say their entry");
}
