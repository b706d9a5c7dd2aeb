//! Queries that would take all time, all memory or all the stack end soon, with a message and nothing else.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use fazhi::query::{self, Answer, Bindings, Error, Limits};
use oxigraph::store::Store;

use crate::fixture;
use crate::program::{fazhi, output, text};
use crate::serve::encoded;

/// The time that each may take here.
const LIMIT: Duration = Duration::from_millis(300);

fn ask(store: &Store, text: &str) -> Result<Answer, Error> {
    query::run(store, text, &Bindings::default(), Limits { timeout: Some(LIMIT), max_rows: Some(100_000) })
}

fn repeated(count: usize, part: impl Fn(usize) -> String) -> String {
    (0..count).map(part).collect()
}

/// Queries whose answers nobody lives to see: products of tables and of the store with itself, sorts of them, conditions on them that
/// nothing meets, paths through everything.
fn endless() -> Vec<String> {
    let numbers = repeated(200, |number| format!(" {number}"));
    let tables = repeated(6, |number| format!("VALUES ?v{number} {{{numbers}}} "));
    let joined = (0..40).fold(String::new(), |all, number| {
        format!("{all}{{ {{ BIND (1 AS ?c{number}) }} UNION {{ BIND (2 AS ?c{number}) }} }}\n")
    });
    let triples = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i";
    let never = |names: [&str; 3]| {
        format!("FILTER (STRLEN(CONCAT(STR({}), STR({}), STR({}))) > 1e9)", names[0], names[1], names[2])
    };
    vec![
        format!("SELECT (COUNT(*) AS ?n) WHERE {{ {tables} }}"),
        format!("SELECT (COUNT(*) AS ?n) WHERE {{ {joined} }}"),
        format!("SELECT (SUM(STRLEN(STR(?c))) AS ?n) (GROUP_CONCAT(?i) AS ?all) WHERE {{ {triples} }}"),
        format!("SELECT ?a WHERE {{ {triples} }} ORDER BY STR(?a) STR(?g)"),
        format!("SELECT * WHERE {{ {{ SELECT ?a WHERE {{ {triples} }} ORDER BY STR(?a) }} }} LIMIT 1"),
        format!("SELECT ?a (COUNT(DISTINCT ?f) AS ?n) WHERE {{ {triples} }} GROUP BY ?a"),
        format!("ASK {{ {triples} {} }}", never(["?a", "?f", "?i"])),
        format!("ASK {{ {tables} {} }}", never(["?v0", "?v1", "?v2"])),
        format!("ASK {{ ?x ?y ?z MINUS {{ {triples} {} }} FILTER (STRLEN(STR(?x)) > 1e9) }}", never(["?c", "?e", "?h"])),
        format!("SELECT * WHERE {{ ?x ?y ?z MINUS {{ ?x ?b ?c . ?d ?e ?f }} ?d ?p ?q }}"),
        format!("SELECT (COUNT(*) AS ?n) WHERE {{ ?x ?y ?z OPTIONAL {{ {triples} }} }}"),
        format!("ASK {{ ?x ?y ?z . ?u ?v ?w OPTIONAL {{ ?d ?e ?f . ?g ?h ?i {} }} FILTER (?z = ?i) }}", never(["?u", "?e", "?h"])),
        format!("CONSTRUCT {{ ?a ?b ?i }} WHERE {{ {triples} {} }}", never(["?a", "?f", "?i"])),
        format!("ASK {{ ?a a ?t . ?b a ?t . ?c a ?t . ?d a ?t {} }}", never(["?a", "?b", "?d"])),
        "SELECT (COUNT(*) AS ?n) WHERE { ?a (<urn:a>|!<urn:a>)* ?b . ?c (<urn:a>|!<urn:a>)* ?d . ?e (<urn:a>|!<urn:a>)* ?f }".to_owned(),
        format!("ASK {{ {triples} FILTER REGEX(CONCAT(STR(?c), STR(?f), STR(?i)), \"(.*)*(.+)+x{{900}}$\") }}"),
    ]
}

/// Whatever has no end is stopped by the time, also where no statement is read.
#[test]
fn what_has_no_end_is_stopped() {
    let store = fixture::store();
    for text in endless() {
        let begin = Instant::now();
        let error = ask(&store, &text).unwrap_err();
        assert!(matches!(error, Error::TimedOut { .. } | Error::TooManyRows { .. }), "{error}: {text}");
        assert!(begin.elapsed() < Duration::from_secs(20), "{:?}: {text}", begin.elapsed());
    }
}

/// The threads of a process that run a query.
#[cfg(target_os = "linux")]
fn asking(process: u32) -> usize {
    let tasks = std::fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten();
    let names = tasks.filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("comm")).ok());
    names.filter(|name| name.trim() == "query").count()
}

/// What was stopped takes no more time of the processor and no more memory: its thread has ended. In a process of its own, where nobody
/// else asks.
#[cfg(target_os = "linux")]
#[test]
fn what_was_stopped_has_ended() {
    let dir = tempfile::tempdir().unwrap();
    let store = dir.path().join("store");
    output(&["build", "-q", "--store", text(&store), concat!(env!("CARGO_MANIFEST_DIR"), "/data/reports")]);
    let arguments = ["serve", "--store", text(&store), "--bind", "127.0.0.1:0", "--timeout", "1", "--queries", "4"];
    let mut server = fazhi(&arguments).stderr(Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(server.stderr.take().unwrap()).lines().map_while(Result::ok);
    let line = said.find(|line| line.contains("http://")).unwrap();
    let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).unwrap().to_owned();
    // Its log is read, so that it never waits for a reader.
    thread::spawn(move || said.for_each(drop));
    assert!(std::fs::exists(format!("/proc/{}/task", server.id())).unwrap());
    let mut stuck = Vec::new();
    for query in endless() {
        let mut stream = TcpStream::connect(&address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let target = format!("/sparql?query={}", encoded(&query));
        write!(stream, "GET {target} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let refused = ["HTTP/1.1 504", "HTTP/1.1 422", "HTTP/1.1 503"].iter().any(|status| answer.starts_with(status));
        assert!(refused, "{answer}: {query}");
        let begin = Instant::now();
        while asking(server.id()) > stuck.len() && begin.elapsed() < Duration::from_secs(15) {
            thread::sleep(Duration::from_millis(20));
        }
        if asking(server.id()) > stuck.len() {
            stuck.push(query);
        }
    }
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(stuck.is_empty(), "go on after they were stopped: {stuck:#?}");
}

/// What is nested or chained without end is refused or answered; the program goes on.
#[test]
fn what_is_nested_without_end_is_refused() {
    let store = fixture::store();
    let around =
        |open: &str, close: &str, count: usize, inside: &str| open.repeat(count) + inside + &close.repeat(count);
    for count in [250, 8_000, 30_000] {
        for filter in [
            around("(", ")", count, "1"),
            around("!", "", count, "true"),
            around("-", "", count, "1"),
            around("STR(", ")", count.min(12_000), "1"),
            around("1+", "", count, "1"),
            around("true && ", "", count.min(10_000), "true"),
            around("1 IN (", ")", count.min(9_000), "1"),
        ] {
            let text = format!("ASK {{ ?a ?b ?c FILTER ({filter}) }}");
            refused_or_answered(&store, &text);
        }
        for group in [
            around("{", "}", count, "?a ?b ?c"),
            around("{?a ?b ?c}UNION", "", count.min(6_000), "{?a ?b ?c}"),
            around("OPTIONAL{?a ?b ?c ", "}", count.min(4_000), ""),
            around("OPTIONAL{?a ?b ?c}", "", count.min(4_000), ""),
            around("MINUS{?a ?b ?c}", "", count.min(5_000), ""),
            around("FILTER NOT EXISTS{?a ?b ?c ", "}", count.min(3_000), ""),
            around("{SELECT*{", "}}", count.min(8_000), "?a ?b ?c"),
            around("?a ", "", 1, &(around("(", ")", count, "<urn:p>") + " ?b")),
            around("?a ", "", 1, &(around("<urn:p>/", "", count.min(10_000), "<urn:p>") + " ?b")),
            around("?a ", "", 1, &(around("^", "", count, "<urn:p>") + " ?b")),
            around("?a <urn:p> ", "", 1, &around("[<urn:p> ", "]", count.min(8_000), "1")),
            around("?a <urn:p> ", "", 1, &around("(", ")", count, "1")),
            around("?a ?b ?c . ", "", count.min(8_000), ""),
            format!("VALUES ?a {{ {} }}", around("1 ", "", count, "")),
        ] {
            refused_or_answered(&store, &format!("ASK {{ {group} }}"));
        }
    }
}

fn refused_or_answered(store: &Store, text: &str) {
    let begin = Instant::now();
    let shown: String = text.chars().take(60).collect();
    match ask(store, text) {
        Ok(_) | Err(Error::Syntax(_) | Error::TooDeep { .. } | Error::TimedOut { .. }) => {}
        Err(error) => panic!("{error}: {shown}"),
    }
    assert!(begin.elapsed() < Duration::from_secs(20), "{:?}: {shown}", begin.elapsed());
}

/// A text of which thirty doublings would be made is not made; a few are.
#[test]
fn texts_without_end_are_not_made() {
    let store = fixture::store();
    let doubled = |count: usize| {
        let steps = repeated(count, |step| format!("BIND (CONCAT(?t{step}, ?t{step}) AS ?t{}) ", step + 1));
        format!("SELECT (STRLEN(?t{count}) AS ?length) WHERE {{ BIND (\"abc\" AS ?t0) {steps} }}")
    };
    for text in [
        doubled(13),
        doubled(60),
        "SELECT ?d WHERE { ?x ?y ?z BIND (REPLACE(STR(?z), \"\", STR(?z)) AS ?a) BIND (REPLACE(?a, \"\", ?a) AS ?b) \
         BIND (REPLACE(?b, \"\", ?b) AS ?d) }"
            .to_owned(),
        "SELECT ?d WHERE { { SELECT (GROUP_CONCAT(?t) AS ?a) { { SELECT (CONCAT(?z, ?z, ?z, ?z, ?z, ?z, ?z, ?z) AS ?t) { ?x ?y ?z } } } } \
         BIND (CONCAT(?a, ?a, ?a, ?a, ?a, ?a, ?a, ?a) AS ?b) BIND (CONCAT(?b, ?b, ?b, ?b, ?b, ?b, ?b, ?b) AS ?c) \
         BIND (CONCAT(?c, ?c, ?c, ?c, ?c, ?c, ?c, ?c, ?c) AS ?d) }"
            .to_owned(),
    ] {
        let error = ask(&store, &text).unwrap_err();
        assert!(matches!(error, Error::TextsWithoutEnd), "{error}: {text}");
    }
    let Answer::Solutions(answer) = ask(&store, &doubled(10)).unwrap() else { panic!("no SELECT") };
    assert!(answer.rows[0][0].as_ref().unwrap().to_string().starts_with("\"3072\""), "{answer:?}");
}

/// No other server is asked, silently or not.
#[test]
fn service_is_refused() {
    let store = fixture::store();
    for silent in ["", "SILENT "] {
        let text = format!(
            "SELECT * WHERE {{ ?s ?p ?o OPTIONAL {{ SERVICE {silent}<http://127.0.0.1:9/> {{ ?s ?p ?o }} }} }}"
        );
        let error = ask(&store, &text).unwrap_err();
        assert!(error.to_string().contains("the query has SERVICE"), "{error}");
    }
}
