//! The graph is the same for any number of threads, any order of the inputs and any number of interruptions.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::program::{fazhi, output, page, pages, run_with_input, text};

const COUNT: usize = 120;

/// The fingerprint of what `fazhi build` makes of these arguments in a new store.
fn built(arguments: &[&str]) -> String {
    let dir = tempfile::tempdir().unwrap();
    let mut all = vec!["build", "--store", text(dir.path())];
    all.extend(arguments);
    output(&all);
    output(&["hash", "--store", text(dir.path())])
}

fn input(dir: &Path, name: &str, numbers: impl Iterator<Item = usize>) -> String {
    let path = dir.join(name);
    fs::write(&path, pages(numbers)).unwrap();
    text(&path).to_owned()
}

#[test]
fn the_graph_does_not_depend_on_threads_order_or_batches() {
    let dir = tempfile::tempdir().unwrap();
    let forward = input(dir.path(), "forward.jsonl", 0..COUNT);
    let backward = input(dir.path(), "backward.jsonl", (0..COUNT).rev());
    let (first, second) = (input(dir.path(), "1.jsonl", 0..50), input(dir.path(), "2.jsonl", 40..COUNT));
    let one = built(&[&forward, "--jobs", "1"]);
    assert_eq!(built(&[&forward, "--jobs", "4", "--batch", "500"]), one);
    assert_eq!(built(&[&backward, "--jobs", "2", "--batch", "30000"]), one);
    assert_eq!(built(&[&second, &first, &forward]), one);
}

#[test]
fn a_build_is_what_its_pages_say_and_the_registries() {
    let dir = tempfile::tempdir().unwrap();
    let pages = input(dir.path(), "pages.jsonl", 0..5);
    let (registries, full) = (dir.path().join("registries"), dir.path().join("full"));
    output(&["build", "--store", text(&registries)]);
    output(&["build", &pages, "--store", text(&full)]);
    let (said, known) = (dir.path().join("said.nq"), dir.path().join("known.nq"));
    output(&["extract", &pages, "--format", "nquads", "-o", text(&said)]);
    output(&["export", "--format", "nquads", "--store", text(&registries), "-o", text(&known)]);
    assert_eq!(output(&["hash", text(&said), text(&known)]), output(&["hash", "--store", text(&full)]));
}

#[test]
fn removing_what_was_added_leaves_the_graph_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let (few, more) = (input(dir.path(), "few.jsonl", 0..5), input(dir.path(), "more.jsonl", 5..9));
    let store = dir.path().join("store");
    output(&["build", &few, "--store", text(&store)]);
    let before = output(&["hash", "--store", text(&store)]);
    let known = output(&["stats", "--reports", "--store", text(&store)]);
    output(&["build", &more, "--store", text(&store)]);
    let all = output(&["stats", "--reports", "--store", text(&store)]);
    assert_ne!(output(&["hash", "--store", text(&store)]), before);
    let added: Vec<&str> = all.lines().filter(|id| !known.contains(id)).collect();
    assert_eq!(added.len(), 4);
    let mut remove = vec!["remove", "--store", text(&store)];
    remove.extend(added);
    output(&remove);
    assert_eq!(output(&["hash", "--store", text(&store)]), before);
}

#[test]
fn reading_all_again_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let pages = input(dir.path(), "pages.jsonl", 0..20);
    let store = dir.path().join("store");
    output(&["build", &pages, "--store", text(&store)]);
    let before = output(&["hash", "--store", text(&store)]);
    let again = output(&["build", &pages, "--renew", "--store", text(&store), "--format", "json"]);
    let summary: serde_json::Value = serde_json::from_str(&again).unwrap();
    assert_eq!((summary["replaced"].as_u64(), summary["new"].as_u64()), (Some(20), Some(0)));
    assert_eq!(output(&["hash", "--store", text(&store)]), before);
}

/// Killed at five moments: what is in the store is whole, and the same command brings the rest.
#[test]
fn a_killed_build_harms_nothing_and_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let pages = input(dir.path(), "pages.jsonl", 0..COUNT);
    let (known, full) = (dir.path().join("known"), dir.path().join("full"));
    output(&["build", "--store", text(&known)]);
    output(&["backup", text(&full), "--store", text(&known)]);
    let build = |store: &Path| {
        fazhi(&["build", &pages, "--jobs", "1", "--batch", "300", "--store", text(store)])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    let begin = Instant::now();
    build(&full).wait().unwrap();
    let time = begin.elapsed();
    let whole = output(&["hash", "--store", text(&full)]);
    let mut partly = 0;
    for sixth in 1..6 {
        let store = dir.path().join(format!("killed-{sixth}"));
        output(&["backup", text(&store), "--store", text(&known)]);
        let mut child = build(&store);
        std::thread::sleep(time * sixth / 6);
        child.kill().unwrap();
        child.wait().unwrap();
        partly += usize::from(check(&store));
        output(&["build", &pages, "--store", text(&store)]);
        assert_eq!(output(&["hash", "--store", text(&store)]), whole);
    }
    assert!(partly > 0, "no build was killed between its first and its last report");
}

/// Killed while every report is replaced by itself: at no moment is one missing, half there or there twice.
#[test]
fn a_killed_replacement_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let pages = input(dir.path(), "pages.jsonl", 0..COUNT);
    let store = dir.path().join("store");
    output(&["build", &pages, "--store", text(&store)]);
    let whole = output(&["hash", "--store", text(&store)]);
    for round in 1..6 {
        let mut child = fazhi(&["build", &pages, "--renew", "--batch", "300", "--store", text(&store)])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(150 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(output(&["hash", "--store", text(&store)]), whole);
    }
}

/// Every report in the store is all that its page says; whether the store has some reports and not all.
fn check(store: &Path) -> bool {
    let listed = output(&["stats", "--reports", "--store", text(store)]);
    let ids: Vec<&str> = listed.lines().collect();
    let Some(last) = ids.last() else { return false };
    let stored = output(&["hash", "--report", last, "--store", text(store)]);
    let page = (0..COUNT).find(|number| {
        let done = run_with_input(&["extract", "-"], &pages(std::iter::once(*number)));
        done.out.contains(last)
    });
    let said = run_with_input(&["extract", "-", "--format", "nquads"], &pages(page.into_iter()));
    let file = store.with_extension("nq");
    fs::write(&file, said.out).unwrap();
    assert_eq!(output(&["hash", text(&file)]), stored);
    ids.len() < COUNT
}

#[test]
fn a_page_is_known_wherever_it_lies() {
    let dir = tempfile::tempdir().unwrap();
    let (here, there) = (dir.path().join("here.txt"), dir.path().join("there.txt"));
    let store = dir.path().join("store");
    fs::write(&here, page(1)).unwrap();
    output(&["build", text(&here), "--store", text(&store)]);
    fs::rename(&here, &there).unwrap();
    let again = output(&["build", text(&there), "--store", text(&store), "--format", "json"]);
    let summary: serde_json::Value = serde_json::from_str(&again).unwrap();
    assert_eq!(summary["unchanged"].as_u64(), Some(1));
}

/// Ctrl-C: what is under way is stored, and the exit code says that it was not all.
#[cfg(unix)]
#[test]
fn an_interrupted_build_keeps_what_was_read() {
    let dir = tempfile::tempdir().unwrap();
    let pages = input(dir.path(), "pages.jsonl", 0..5000);
    let store = dir.path().join("store");
    let child = fazhi(&["build", &pages, "--jobs", "1", "--batch", "300", "--format", "json", "--store", text(&store)])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let begin = Instant::now();
    while !store.join("CURRENT").exists() && begin.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(5));
    }
    std::thread::sleep(Duration::from_secs(2));
    let status = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(status.success());
    let done = child.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(130), "{}", String::from_utf8_lossy(&done.stderr));
    let summary: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(summary["interrupted"], true);
    let listed = output(&["stats", "--reports", "--store", text(&store)]);
    assert_eq!(listed.lines().count() as u64, summary["new"].as_u64().unwrap());
}
