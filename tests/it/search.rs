//! Full text search: what is found is what is there, whatever is typed; the index comes, goes and breaks without harm.

#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

use fazhi::query::{self, Answer, Bindings, Limits};
use fazhi::search::{Found, Hit, Index, Kind, SearchError, Wanted};
use fazhi::store::Store;
use oxigraph::model::{NamedNode, Term};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::program::{output, run, text};

struct Samples {
    store: Store,
    index: Index,
    dir: TempDir,
}

fn build(dir: &TempDir) -> Store {
    let path = dir.path().join("store");
    output(&["build", "-q", "--store", text(&path), concat!(env!("CARGO_MANIFEST_DIR"), "/data/reports")]);
    Store::read(&path).unwrap()
}

static SAMPLES: LazyLock<Samples> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    let store = build(&dir);
    let index = Index::make(&store, &AtomicBool::new(false)).unwrap();
    Samples { store, index, dir }
});

fn ask(wanted: &Wanted) -> Found {
    SAMPLES.index.ask(&SAMPLES.store, wanted).unwrap()
}

fn search(words: &str) -> Found {
    ask(&Wanted { words: words.to_owned(), most: 10_000, ..Wanted::default() })
}

fn hits(found: &Found) -> Vec<&Hit> {
    found.groups.iter().flat_map(|group| &group.hits).collect()
}

/// Every passage of the store with its name and text.
fn passages() -> Vec<(String, String)> {
    let text = "SELECT ?unit (CONCAT(COALESCE(?name, \"\"), \"\\n\", ?words) AS ?text) WHERE { ?unit a ?class ; fz:text ?words . OPTIONAL { ?unit rdfs:label ?name } FILTER (?class IN (fz:Measure, fz:Problem, fz:Plan)) }";
    let answer = query::run(SAMPLES.store.dataset(), text, &Bindings::default(), Limits::default()).unwrap();
    let Answer::Solutions(solutions) = answer else { panic!("rows were asked for") };
    let plain = |term: &Option<Term>| match term {
        Some(Term::NamedNode(node)) => node.as_str().to_owned(),
        Some(Term::Literal(literal)) => literal.value().to_owned(),
        _ => String::new(),
    };
    solutions.rows.iter().map(|row| (plain(&row[0]), plain(&row[1]))).collect()
}

fn marked(hit: &Hit) -> Vec<String> {
    let passage = hit.passage.as_ref().unwrap();
    passage.pieces().into_iter().filter(|piece| piece.marked).map(|piece| piece.text).collect()
}

fn region(code: &str) -> NamedNode {
    NamedNode::new(format!("{}region/{code}", SAMPLES.store.base())).unwrap()
}

#[test]
fn exactly_the_passages_that_have_a_phrase_are_found() {
    let passages = passages();
    assert!(passages.len() > 50);
    for phrase in ["行政复议", "执法", "规范性文件", "的", "法治宣传教育", "12", "合法性审查"] {
        let having: BTreeSet<&str> =
            passages.iter().filter(|(_, text)| text.contains(phrase)).map(|(unit, _)| unit.as_str()).collect();
        let found = search(phrase);
        if found.alike || found.total == 0 {
            assert!(having.is_empty(), "{phrase} is found nowhere as it stands");
            continue;
        }
        let found: BTreeSet<&str> =
            hits(&found).into_iter().filter(|hit| hit.kind.is_passage()).map(|hit| hit.iri.as_str()).collect();
        // A number is a word: 12 is not in 112, and a name of three characters more may be a passage's, too.
        let exact = phrase.chars().all(|c| !c.is_ascii_digit());
        assert!(found.is_subset(&having), "{phrase}");
        assert!(!exact || found == having, "{phrase}: {:?}", having.difference(&found).collect::<Vec<_>>());
    }
}

#[test]
fn a_hit_tells_where_it_stands() {
    let found = search("行政复议");
    let reports: Vec<(String, String)> = {
        let text = "SELECT ?report ?text WHERE { ?report a fz:Report ; fz:text ?text }";
        let answer = query::run(SAMPLES.store.dataset(), text, &Bindings::default(), Limits::default()).unwrap();
        let Answer::Solutions(solutions) = answer else { panic!("rows were asked for") };
        let plain = |term: &Option<Term>| match term.as_ref().unwrap() {
            Term::NamedNode(node) => node.as_str().to_owned(),
            Term::Literal(literal) => literal.value().to_owned(),
            Term::BlankNode(_) => String::new(),
        };
        solutions.rows.iter().map(|row| (plain(&row[0]), plain(&row[1]))).collect()
    };
    let mut seen = 0;
    for hit in hits(&found).into_iter().filter(|hit| hit.kind.is_passage()) {
        assert!(marked(hit).iter().all(|words| words == "行政复议"), "{hit:?}");
        let (_, text) = reports.iter().find(|(report, _)| report == hit.report.as_ref().unwrap().as_str()).unwrap();
        let (span, passage) = (hit.span.unwrap(), hit.passage.as_ref().unwrap());
        let there: String = text.chars().skip(span.start + passage.before).take(passage.text.chars().count()).collect();
        assert_eq!(there, passage.text, "the offsets lead to the characters of the report");
        assert_eq!(passage.before + passage.text.chars().count() + passage.after, span.end - span.start);
        seen += 1;
    }
    assert!(seen > 5);
}

#[test]
fn where_and_when_are_words_but_do_not_suffice() {
    let found = search("武山县 行政复议");
    assert!(!found.alike);
    let passages: Vec<&Hit> = hits(&found).into_iter().filter(|hit| hit.kind.is_passage()).collect();
    assert!(!passages.is_empty() && passages.iter().all(|hit| hit.place == "甘肃省 天水市 武山县"), "{passages:?}");
    let found = search("2019 行政复议");
    assert!(hits(&found).iter().all(|hit| hit.year == Some(2019)) && found.total > 0);
    // No passage is found only because it is in that county.
    for hit in hits(&search("武山县")).into_iter().filter(|hit| hit.kind.is_passage()) {
        assert!(marked(hit).contains(&"武山县".to_owned()), "{hit:?}");
    }
}

#[test]
fn a_name_comes_first_and_directly() {
    let found = search("武山县");
    assert_eq!(found.direct.iter().map(|hit| hit.iri.clone()).collect::<Vec<_>>(), [region("620524")]);
    let found = search("行政处罚法");
    assert_eq!(found.direct[0].name.text, "中华人民共和国行政处罚法", "a short title is a name");
    let documents = found.groups.iter().find(|group| group.kind == Kind::Document).unwrap();
    assert_eq!(documents.hits[0].iri, found.direct[0].iri);
    assert_eq!(search("620524").direct[0].iri, region("620524"), "a code is a name");
}

#[test]
fn script_width_and_brackets_do_not_matter() {
    let of = |words: &str| search(words).groups;
    assert_eq!(of("行政復議"), of("行政复议"));
    let number = search("国办发〔2023〕27号").direct[0].iri.clone();
    for other in ["国办发(2023)27号", "国办发[2023]27号", "國辦發〔２０２３〕２７號", "国办发2023 27号"]
    {
        let found = search(other);
        assert!(hits(&found).iter().any(|hit| hit.iri == number), "{other}");
    }
    assert_eq!(search("《行政处罚法》").direct, search("行政处罚法").direct);
}

#[test]
fn what_is_found_nowhere_as_it_stands_is_looked_for_in_parts() {
    let found = search("县司法局行政复议受理");
    assert!(found.alike && found.total > 0);
    let found = search("武山具");
    assert_eq!(found.total, 0);
    assert_eq!(found.near[0].name.text, "武山县");
    assert!(search("𠀀𠀁𠀂").near.is_empty());
}

#[test]
fn filters_hold_and_counts_add_up() {
    let all = search("执法");
    let wanted = |wanted: Wanted| ask(&Wanted { words: "执法".into(), most: 10_000, ..wanted });
    let gansu = wanted(Wanted { within: Some(region("620000")), ..Wanted::default() });
    assert!(gansu.total > 0 && gansu.total < all.total);
    assert!(hits(&gansu).iter().all(|hit| hit.place.starts_with("甘肃省")));
    for (year, count) in &all.years {
        let found = wanted(Wanted { year: Some(*year), ..Wanted::default() });
        assert_eq!((found.total, hits(&found).len()), (*count, *count), "{year}");
        assert!(hits(&found).iter().all(|hit| hit.year == Some(*year)));
    }
    for share in all.fields.iter().chain(&all.provinces) {
        let node = Some(NamedNode::new(&share.iri).unwrap());
        let is_field = share.iri.contains("/category/");
        let filter = if is_field {
            Wanted { field: node, ..Wanted::default() }
        } else {
            Wanted { within: node, ..Wanted::default() }
        };
        assert_eq!(wanted(filter).total, share.count, "{}", share.name);
    }
    for (kind, count) in &all.kinds {
        let found = wanted(Wanted { kinds: vec![*kind], ..Wanted::default() });
        assert_eq!((found.total, found.groups.len()), (*count, 1));
        assert_eq!(found.kinds, all.kinds, "kinds that are not wanted are still counted");
    }
}

#[test]
fn pages_follow_each_other_without_a_gap() {
    let all = search("的");
    let all: Vec<&str> = all
        .groups
        .iter()
        .find(|group| group.kind == Kind::Measure)
        .unwrap()
        .hits
        .iter()
        .map(|hit| hit.iri.as_str())
        .collect();
    assert!(all.len() > 20);
    let mut turned = Vec::new();
    for page in 0.. {
        let found = ask(&Wanted {
            words: "的".into(),
            kinds: vec![Kind::Measure],
            most: 7,
            skip: page * 7,
            ..Wanted::default()
        });
        let Some(group) = found.groups.first().filter(|group| !group.hits.is_empty()) else { break };
        turned.extend(group.hits.iter().map(|hit| hit.iri.as_str().to_owned()));
    }
    assert_eq!(turned, all);
}

#[test]
fn nothing_that_is_typed_is_an_error() {
    let long = "法治政府建设,\"行政复议\" (12件)\u{1F600} ".repeat(400);
    assert!(long.len() > 10_000);
    for words in [
        "",
        " ",
        "\"",
        "“”",
        "()",
        "a AND (b OR",
        "-法 +治 *",
        "field:法",
        "[1 TO 2]",
        "\\",
        "\u{0}",
        "\u{1F600}",
        "\u{FEFF}",
        "%%%",
        "'; DROP",
        &long,
        &"法".repeat(5000),
        &"\"".repeat(3000),
    ] {
        let found = search(words);
        assert!(found.total >= hits(&found).len());
    }
    assert!(search(&long).cut);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_answered(words in "\\PC{0,30}|[县法治行政复议0-9\"“” ()《》,。+*-]{0,30}", year in proptest::option::of(0_u16..3000), skip in 0_usize..20_000) {
        let wanted = Wanted { words, year, skip, most: usize::MAX, ..Wanted::default() };
        let found = SAMPLES.index.ask(&SAMPLES.store, &wanted);
        prop_assert!(found.is_ok());
    }
}

#[test]
fn the_index_is_there_until_the_store_changes() {
    let dir = tempfile::tempdir().unwrap();
    let store = build(&dir);
    assert!(Index::open(&store).unwrap().is_none());
    let stopped = Index::make(&store, &AtomicBool::new(true));
    assert!(matches!(stopped, Err(SearchError::Stopped)));
    assert!(Index::open(&store).unwrap().is_none(), "what was broken off is no index");
    let made = Index::make(&store, &AtomicBool::new(false)).unwrap();
    let wanted = Wanted { words: "行政复议".into(), ..Wanted::default() };
    let found = made.ask(&store, &wanted).unwrap();
    let opened = Index::open(&store).unwrap().unwrap();
    assert_eq!(opened.ask(&store, &wanted).unwrap(), found);
    assert_eq!(found, ask(&wanted), "two indexes of one content answer alike");
    drop(store);
    let path = dir.path().join("store");
    let page = dir.path().join("page.txt");
    std::fs::write(&page, crate::program::page(3)).unwrap();
    output(&["build", "-q", "--store", text(&path), text(&page)]);
    let store = Store::read(&path).unwrap();
    assert!(Index::open(&store).unwrap().is_none(), "another state needs another index");
    let made = Index::make(&store, &AtomicBool::new(false)).unwrap();
    assert!(made.ask(&store, &wanted).unwrap().total > found.total);
    assert_eq!(indexes(&path).len(), 1, "the earlier one is gone");
}

fn indexes(store: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(store.join("search")).unwrap().map(|entry| entry.unwrap());
    entries.filter(|entry| entry.path().is_dir()).map(|entry| entry.file_name().into_string().unwrap()).collect()
}

#[test]
fn a_damaged_index_is_made_anew_and_one_that_cannot_be_written_lives_in_memory() {
    let dir = tempfile::tempdir().unwrap();
    let store = build(&dir);
    let wanted = Wanted { words: "行政复议".into(), ..Wanted::default() };
    drop(Index::make(&store, &AtomicBool::new(false)).unwrap());
    let index = store.path().join("search").join(&indexes(store.path())[0]);
    std::fs::write(index.join("meta.json"), "{").unwrap();
    assert!(Index::open(&store).unwrap().is_none());
    let made = Index::make(&store, &AtomicBool::new(false)).unwrap();
    assert_eq!(made.ask(&store, &wanted).unwrap(), ask(&wanted));
    drop(made);
    std::fs::remove_dir_all(store.path().join("search")).unwrap();
    std::fs::write(store.path().join("search"), "in the way").unwrap();
    let made = Index::make(&store, &AtomicBool::new(false)).unwrap();
    assert_eq!(made.ask(&store, &wanted).unwrap(), ask(&wanted));
    assert!(Index::open(&store).unwrap().is_none());
}

#[test]
fn the_program_prints_what_it_finds() {
    let store = SAMPLES.dir.path().join("store");
    let table = output(&["search", "--store", text(&store), "武山县", "行政复议"]);
    assert!(table.contains("举措 Measures") && table.contains("〔行政复议〕"), "{table}");
    let csv = output(&["search", "--store", text(&store), "--format", "csv", "--kind", "region", "武山县"]);
    assert!(csv.starts_with("kind,name,iri,"), "{csv}");
    assert!(csv.lines().nth(1).unwrap().starts_with("region,武山县,"), "{csv}");
    let json = output(&["search", "--store", text(&store), "--format", "json", "--year", "2019", "行政复议"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["total"], search_total("行政复议", 2019));
    let done = run(&["search", "--store", text(&store), "--region", "武山市", "复议"]);
    assert!(done.code == 1 && done.err.contains("武山县"), "{}", done.err);
    let done = run(&["search", "--store", text(&store), "--kind", "law", "复议"]);
    assert!(done.code == 2 && done.err.contains("region, document"), "{}", done.err);
    let done = run(&["search", "--store", text(&store), "武山具"]);
    assert!(done.code == 0 && done.err.contains("武山县"), "{}", done.err);
}

fn search_total(words: &str, year: u16) -> usize {
    ask(&Wanted { words: words.to_owned(), year: Some(year), ..Wanted::default() }).total
}
