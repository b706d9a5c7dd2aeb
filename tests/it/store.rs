//! A report enters, is replaced and leaves with all of it and nothing else; whatever happens, the store opens again.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::path::Path;

use fazhi::store::{Entry, Loaded, Source, Store, StoreError};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, Quad};
use proptest::prelude::*;

const BASE: &str = "http://e/";

/// Statements in a shorthand: the prefix of `BASE` is left out, and so are graphs.
fn statements(text: &str) -> Vec<Quad> {
    let lines: Vec<String> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| {
            let terms: Vec<String> = line
                .splitn(3, ' ')
                .map(|term| if term.starts_with('"') { term.to_owned() } else { format!("<{BASE}{term}>") })
                .collect();
            format!("{} .\n", terms.join(" "))
        })
        .collect();
    RdfParser::from_format(RdfFormat::NQuads).for_slice(&lines.concat()).map(Result::unwrap).collect()
}

fn iri(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{BASE}{name}"))
}

fn entry(report: &str, program: &str, text: &str) -> Entry {
    Entry {
        report: iri(report),
        quads: statements(text),
        read: format!("{program}/{text}"),
        program: program.to_owned(),
        text: report.rsplit('-').next().unwrap_or_default().to_owned(),
    }
}

/// Two counties that share a law; the second says one thing more about it.
fn first() -> Entry {
    entry(
        "report/1-a",
        "v1",
        "report/1-a title \"one\"
         report/1-a#u1 partOf report/1-a
         report/1-a#u1 cites law
         report/1-a#c1 in report/1-a#u1
         report/1-a#u1 by body/1
         body/1 label \"office one\"
         law label \"the law\"",
    )
}

fn second() -> Entry {
    entry(
        "report/1-ab",
        "v1",
        "report/1-ab title \"two\"
         report/1-ab#u1 partOf report/1-ab
         report/1-ab#u1 cites law
         law label \"the law\"
         law alt \"law\"",
    )
}

/// What queries see, as sorted text.
fn seen(store: &Store) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    store
        .statements::<StoreError>(|quad| {
            assert_eq!(quad.graph_name, GraphName::DefaultGraph);
            seen.insert(quad.to_string());
            Ok(())
        })
        .unwrap();
    seen
}

/// Everything that is stored, named graphs and manifest included.
fn stored(store: &Store) -> BTreeSet<String> {
    store.dataset().iter().map(|quad| quad.unwrap().to_string()).collect()
}

fn open(dir: &Path) -> Store {
    Store::open(dir, BASE).unwrap()
}

fn node(name: &NamedNode) -> NamedNodeRef<'_> {
    name.as_ref()
}

#[test]
fn a_report_is_found_again_as_it_came() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    assert_eq!(store.load(vec![first(), second()], None).unwrap(), Loaded { new: 2, ..Loaded::default() });
    let report = store.report(node(&first().report)).unwrap();
    let graph: GraphName = first().report.into();
    let expected: BTreeSet<String> =
        first().quads.into_iter().map(|quad| Quad { graph_name: graph.clone(), ..quad }.to_string()).collect();
    assert_eq!(report.iter().map(ToString::to_string).collect::<BTreeSet<_>>(), expected);
}

#[test]
fn removing_a_report_removes_all_of_it_and_nothing_else() {
    let (both, one) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (store, reference) = (open(both.path()), open(one.path()));
    store.load(vec![first(), second()], None).unwrap();
    reference.load(vec![first()], None).unwrap();
    store.remove(node(&second().report)).unwrap();
    assert_eq!(stored(&store), stored(&reference));
    store.remove(node(&first().report)).unwrap();
    assert_eq!(seen(&store), BTreeSet::new());
}

#[test]
fn a_newer_program_replaces_a_report_even_under_another_name() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (store, reference) = (open(one.path()), open(two.path()));
    store.load(vec![first(), second()], None).unwrap();
    let renamed = entry("report/2-a", "v2", "report/2-a title \"better\"");
    let loaded = store.load(vec![renamed.clone()], None).unwrap();
    assert_eq!(loaded, Loaded { replaced: 1, ..Loaded::default() });
    reference.load(vec![second(), renamed], None).unwrap();
    assert_eq!(stored(&store), stored(&reference));
}

#[test]
fn what_was_read_before_is_known() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    assert!(!store.holds(&first().read).unwrap());
    store.load(vec![first()], None).unwrap();
    assert!(store.holds(&first().read).unwrap());
    store.remove(node(&first().report)).unwrap();
    assert!(!store.holds(&first().read).unwrap());
}

#[test]
fn copies_of_a_text_add_up_in_any_order() {
    let copy = entry("report/1-a", "v1", "report/1-a source \"another site\"");
    let mut results = Vec::new();
    for entries in [[first(), copy.clone()], [copy.clone(), first()]] {
        let dir = tempfile::tempdir().unwrap();
        let store = open(dir.path());
        for entry in entries {
            store.load(vec![entry], None).unwrap();
        }
        results.push(stored(&store));
    }
    assert_eq!(results[0], results[1]);
}

#[test]
fn a_renewed_reading_replaces_once_and_adds_copies() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    store.load(vec![first()], None).unwrap();
    let again = entry("report/1-a", "v1", "report/1-a title \"again\"");
    let copy = entry("report/1-a", "v1", "report/1-a source \"another site\"");
    let mut done = BTreeSet::new();
    let loaded = store.load(vec![again.clone(), copy.clone()], Some(&mut done)).unwrap();
    assert_eq!(loaded, Loaded { replaced: 1, copies: 1, ..Loaded::default() });
    let expected = again.quads.iter().chain(&copy.quads).map(ToString::to_string).collect();
    assert_eq!(seen(&store), expected);
}

#[test]
fn a_registry_is_loaded_once_and_renewed_with_its_version() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    let registry = |version: &str, text: &str| Source {
        name: iri("registry"),
        version: version.to_owned(),
        quads: statements(text),
    };
    let one = registry("1", "law label \"the law\"\nlaw year \"1996\"");
    assert!(store.renew(&one).unwrap());
    assert!(!store.renew(&one).unwrap());
    store.load(vec![first()], None).unwrap();
    // What the registry says stays when the report that says it too is gone, and the other way round.
    store.remove(node(&first().report)).unwrap();
    assert_eq!(seen(&store), one.quads.iter().map(ToString::to_string).collect());
    store.load(vec![first()], None).unwrap();
    assert!(store.renew(&registry("2", "law year \"2021\"")).unwrap());
    let now = seen(&store);
    assert!(now.iter().any(|line| line.contains("2021")));
    assert!(now.iter().any(|line| line.contains("the law")));
    assert!(!now.iter().any(|line| line.contains("1996")));
}

#[test]
fn readers_share_and_writers_do_not() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("store");
    assert!(matches!(Store::read(&path), Err(StoreError::Missing { .. })));
    let writer = open(&path);
    assert!(matches!(Store::open(&path, BASE), Err(StoreError::InUse { .. })));
    assert!(matches!(Store::read(&path), Err(StoreError::InUse { .. })));
    drop(writer);
    let (one, two) = (Store::read(&path).unwrap(), Store::read(&path).unwrap());
    assert!(matches!(Store::open(&path, BASE), Err(StoreError::InUse { .. })));
    drop((one, two));
    open(&path);
}

#[test]
fn a_directory_of_somebody_else_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("thesis.txt"), "x").unwrap();
    assert!(matches!(Store::open(dir.path(), BASE), Err(StoreError::NotAStore { .. })));
    assert!(matches!(Store::read(dir.path()), Err(StoreError::NotAStore { .. })));
    assert!(matches!(Store::open(&dir.path().join("thesis.txt"), BASE), Err(StoreError::NotAStore { .. })));
    let foreign = tempfile::tempdir().unwrap();
    let oxigraph = oxigraph::store::Store::open(foreign.path()).unwrap();
    oxigraph.extend(first().quads).unwrap();
    // Oxigraph itself holds the store: its lock counts as well as ours.
    assert!(matches!(Store::open(foreign.path(), BASE), Err(StoreError::InUse { .. })));
    drop(oxigraph);
    assert!(matches!(Store::open(foreign.path(), BASE), Err(StoreError::NotAStore { .. })));
}

#[test]
fn a_store_keeps_its_base() {
    let dir = tempfile::tempdir().unwrap();
    drop(open(dir.path()));
    assert!(matches!(Store::open(dir.path(), "http://other/"), Err(StoreError::OtherBase { .. })));
    assert_eq!(Store::read(dir.path()).unwrap().base(), BASE);
}

#[test]
fn a_backup_is_a_store() {
    let dir = tempfile::tempdir().unwrap();
    let (here, there) = (dir.path().join("here"), dir.path().join("deep/there"));
    let store = open(&here);
    store.load(vec![first()], None).unwrap();
    store.backup(&there).unwrap();
    assert!(matches!(store.backup(&there), Err(StoreError::BackupExists { .. })));
    store.remove(node(&first().report)).unwrap();
    assert_eq!(Store::read(&there).unwrap().reports().unwrap(), [first().report]);
}

#[test]
fn files_are_merged_when_a_fifth_of_the_reports_came() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    let report = |number: usize| {
        let name = format!("report/1-{number:02}");
        entry(&name, "v1", &format!("{name} title \"{number}\""))
    };
    store.load((0..10).map(report).collect(), None).unwrap();
    assert!(store.scatter(0).unwrap(), "nothing was ever merged");
    assert!(store.scatter(0).unwrap(), "nor is it now");
    store.merge().unwrap();
    assert!(!store.scatter(0).unwrap(), "nothing came since");
    store.load(vec![report(10)], None).unwrap();
    assert!(!store.scatter(1).unwrap(), "one of eleven is no fifth");
    drop(store);
    let store = open(dir.path());
    store.load(vec![report(11), report(12)], None).unwrap();
    assert!(store.scatter(2).unwrap(), "three of thirteen are more than a fifth");
    let before = stored(&store);
    store.merge().unwrap();
    assert!(!store.scatter(0).unwrap());
    let line = |text: &&String| text.contains("scattered");
    let same = |lines: &BTreeSet<String>| lines.iter().filter(|text| !line(text)).cloned().collect::<BTreeSet<_>>();
    assert_eq!(same(&stored(&store)), same(&before));
    assert_eq!(store.reports().unwrap().len(), 13);
}

#[test]
fn a_report_is_found_by_the_start_of_its_name() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    store.load(vec![first(), second(), entry("report/2-c", "v1", "report/2-c title \"c\"")], None).unwrap();
    assert_eq!(store.find("2").unwrap(), iri("report/2-c"));
    assert_eq!(store.find("1-a").unwrap(), iri("report/1-a"));
    assert_eq!(store.find("http://e/report/1-ab").unwrap(), iri("report/1-ab"));
    assert!(matches!(store.find("1-"), Err(StoreError::Ambiguous { .. })));
    assert!(matches!(store.find("9"), Err(StoreError::NoReport { .. })));
}

#[test]
fn leftovers_of_a_killed_bulk_load_are_swept() {
    let dir = tempfile::tempdir().unwrap();
    drop(open(dir.path()));
    let leftover = dir.path().join("bulk-1234.sst");
    std::fs::write(&leftover, "half").unwrap();
    drop(open(dir.path()));
    assert!(!leftover.exists());
}

/// What a report may say in the property test: its own things, linked to it, and things that all share.
fn any_entry() -> impl Strategy<Value = Entry> {
    let line = (0..3_u8, 0..3_u8, 0..3_u8);
    (0..4_u8, 0..2_u8, proptest::collection::vec(line, 0..6)).prop_map(|(report, program, lines)| {
        let report = format!("report/{report}-{report}");
        let text: String = lines
            .into_iter()
            .map(|(form, a, b)| match form {
                0 => format!("{report}#u{a} partOf {report}\n{report}#u{a} cites law/{b}\n"),
                1 => format!("law/{a} label \"{b}\"\n"),
                _ => format!("law/{a} implements law/{b}\n"),
            })
            .collect();
        entry(&report, &format!("v{program}"), &format!("{report} a report\n{text}"))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// However reports came, were replaced and went: what is left is what a new store has that was given only the rest.
    #[test]
    fn the_past_of_a_store_does_not_show(entries in proptest::collection::vec(any_entry(), 1..10), removed in 0..4_u8) {
        let (long, short) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (store, reference) = (open(long.path()), open(short.path()));
        for entry in &entries {
            store.load(vec![entry.clone()], None).unwrap();
        }
        let removed = iri(&format!("report/{removed}-{removed}"));
        if store.contains(removed.as_ref()).unwrap() {
            store.remove(removed.as_ref()).unwrap();
        }
        // The last run of entries of one report by one program is what stays of it.
        let mut rest: Vec<Entry> = Vec::new();
        for entry in entries.into_iter().filter(|entry| entry.report != removed) {
            rest.retain(|old| old.report != entry.report || old.program == entry.program);
            rest.push(entry);
        }
        reference.load(rest, None).unwrap();
        prop_assert_eq!(stored(&store), stored(&reference));
    }
}
