//! What may be written with the token, and what not: annotations beside the reports, and nothing of what the reports say.

#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fmt::Write as _;
use std::sync::LazyLock;

use fazhi::query::Limits;
use fazhi::serve::{Settings, Token};
use fazhi::store::Store;

use crate::program::{output, text};
use crate::serve::{Reply, Running, encoded};

const TOKEN: &str = "0123456789-abcdefghij";
const UPDATE: &str = "application/sparql-update";

fn settings() -> Settings {
    Settings { token: Some(Token::new(TOKEN).unwrap()), ..Settings::default() }
}

static SERVER: LazyLock<Running> = LazyLock::new(|| Running::start(settings()));

fn bearer() -> String {
    format!("Bearer {TOKEN}")
}

impl Running {
    fn update(&self, update: &str) -> Reply {
        self.request("POST", "/sparql", &[("Content-Type", UPDATE), ("Authorization", &bearer())], update)
    }

    fn graph(&self, method: &str, iri: &str, media: &str, body: &str) -> Reply {
        let target = format!("/graphs?graph={}", encoded(iri));
        self.request(method, &target, &[("Content-Type", media), ("Authorization", &bearer())], body)
    }

    fn rows(&self, query: &str) -> Vec<String> {
        let reply = self.query(query, "text/csv");
        assert_eq!(reply.status, 200, "{reply:?}");
        reply.body.lines().skip(1).map(str::to_owned).collect()
    }

    /// How much the reports say.
    fn statements(&self) -> Vec<String> {
        self.rows("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    }
}

#[test]
fn only_the_token_lets_a_client_write() {
    let insert = "INSERT DATA { GRAPH <http://example.org/token> { <urn:a> <urn:b> 1 } }";
    let form = format!("update={}", encoded(insert));
    let wrong = format!("Bearer {TOKEN}x");
    for authorization in
        [None, Some(wrong.as_str()), Some("Bearer "), Some("Bearer"), Some("Basic 0123456789-abcdefghij"), Some(TOKEN)]
    {
        let mut headers = vec![("Content-Type", UPDATE)];
        headers.extend(authorization.map(|value| ("Authorization", value)));
        for reply in [
            SERVER.request("POST", "/sparql", &headers, insert),
            SERVER.request("PUT", "/graphs?graph=urn%3Ax", &headers, "x"),
            SERVER.request("POST", "/graphs?graph=urn%3Ax", &headers, "x"),
            SERVER.request("DELETE", "/graphs?graph=urn%3Ax", &headers, ""),
        ] {
            assert_eq!(reply.status, 401, "{authorization:?}: {reply:?}");
            assert!(reply.header("www-authenticate").unwrap().starts_with("Bearer realm="), "{reply:?}");
        }
    }
    // The token is no part of an address or of a form.
    let in_form = format!("{form}&access_token={TOKEN}");
    let headers = [("Content-Type", "application/x-www-form-urlencoded")];
    assert_eq!(SERVER.request("POST", &format!("/sparql?access_token={TOKEN}"), &headers, &in_form).status, 401);
    // Two tokens are no token.
    let (right, twice) = (bearer(), "Bearer other-other-other");
    let headers = [("Content-Type", UPDATE), ("Authorization", twice), ("Authorization", right.as_str())];
    assert_eq!(SERVER.request("POST", "/sparql", &headers, insert).status, 401);
    assert!(SERVER.rows("SELECT * WHERE { GRAPH <http://example.org/token> { ?s ?p ?o } }").is_empty());
    let headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Authorization", right.as_str())];
    assert_eq!(SERVER.request("POST", "/sparql", &headers, &form).status, 200);
    assert_eq!(SERVER.rows("SELECT ?o WHERE { GRAPH <http://example.org/token> { ?s ?p ?o } }"), ["1"]);
    // A page of another site may not send the header.
    let preflight = [
        ("Origin", "http://evil.example"),
        ("Access-Control-Request-Method", "POST"),
        ("Access-Control-Request-Headers", "authorization"),
    ];
    let allowed = SERVER.request("OPTIONS", "/sparql", &preflight, "");
    assert!(
        !allowed.header("access-control-allow-headers").unwrap_or_default().contains("authorization"),
        "{allowed:?}"
    );
}

#[test]
fn a_server_without_a_token_takes_nothing() {
    let server = Running::start(Settings::default());
    let headers = [("Content-Type", UPDATE), ("Authorization", "Bearer 0123456789-abcdefghij")];
    let update = "INSERT DATA { GRAPH <http://example.org/a> { <urn:a> <urn:b> 1 } }";
    assert_eq!(server.request("POST", "/sparql", &headers, update).status, 405);
    assert_eq!(server.request("PUT", "/graphs?graph=urn%3Ax", &headers, "").status, 405);
    assert!(!server.get("/sparql", "text/turtle").body.contains("SPARQL11Update"));
    assert!(SERVER.get("/sparql", "text/turtle").body.contains("SPARQL11Update"));
}

#[test]
fn annotations_are_read_beside_what_the_reports_say() {
    let before = SERVER.statements();
    // Every finding of the samples is marked; there are some.
    let findings: Vec<String> = SERVER.rows("SELECT ?f WHERE { ?f a fz:Finding }");
    assert!(!findings.is_empty());
    let mark = "PREFIX n: <http://example.org/n#>
        INSERT { GRAPH <http://example.org/marks> { ?f n:checked true ; n:note [ n:by \"me\" ] } } WHERE { ?f a fz:Finding }";
    let reply = SERVER.update(mark);
    assert_eq!(reply.body, format!("{{\"inserted\":{},\"removed\":0}}\n", 3 * findings.len()), "{reply:?}");
    let joined = "SELECT ?f WHERE { ?f a fz:Finding . GRAPH <http://example.org/marks> { ?f <http://example.org/n#checked> true } }";
    assert_eq!(SERVER.rows(joined), findings);
    assert_eq!(
        SERVER.rows("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s <http://example.org/n#checked> ?o } }"),
        ["http://example.org/marks"]
    );
    let from = "SELECT (COUNT(*) AS ?n) FROM <http://example.org/marks> WHERE { ?s ?p ?o }";
    assert_eq!(SERVER.rows(from), [(3 * findings.len()).to_string()]);
    assert_eq!(SERVER.statements(), before, "what the reports say is the same");
    assert!(SERVER.get("/graphs", "*/*").body.contains("http://example.org/marks\n"));
    // The operations of a request see each other, and all of them take effect.
    let reply = SERVER.update(
        "DELETE WHERE { GRAPH <http://example.org/marks> { ?f <http://example.org/n#note> ?b . ?b ?p ?o } };
         DELETE { GRAPH ?g { ?f ?p true } } INSERT { GRAPH ?g { ?f ?p false } } WHERE { GRAPH ?g { ?f ?p true } }",
    );
    assert_eq!(
        reply.body,
        format!("{{\"inserted\":{0},\"removed\":{1}}}\n", findings.len(), 3 * findings.len()),
        "{reply:?}"
    );
    assert_eq!(SERVER.update("DROP GRAPH <http://example.org/marks>").status, 200);
    assert!(!SERVER.get("/graphs", "*/*").body.contains("http://example.org/marks\n"));
    assert_eq!(SERVER.statements(), before);
}

#[test]
fn what_the_reports_say_cannot_be_changed() {
    let before = SERVER.statements();
    let list = SERVER.get("/graphs", "*/*").body;
    let report = list.lines().find(|graph| graph.contains("/report/")).unwrap();
    let refused = [
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }".to_owned(),
        "DELETE WHERE { ?s ?p ?o }".to_owned(),
        "CLEAR ALL".to_owned(),
        "DROP DEFAULT".to_owned(),
        "CLEAR SILENT DEFAULT".to_owned(),
        "MOVE <http://example.org/a> TO DEFAULT".to_owned(),
        "ADD DEFAULT TO DEFAULT; DELETE WHERE { ?s a fz:Report }".to_owned(),
        format!("DROP GRAPH <{report}>"),
        format!("DROP SILENT GRAPH <{report}>"),
        format!("CLEAR GRAPH <{report}>"),
        format!("INSERT DATA {{ GRAPH <{report}> {{ <urn:a> <urn:b> 1 }} }}"),
        "CREATE GRAPH <https://w3id.org/fazhi/id/report/1>".to_owned(),
        "INSERT DATA { GRAPH <urn:fazhi:store> { <urn:fazhi:store> <urn:fazhi:store:layout> \"2\" } }".to_owned(),
        // The store's own words, which would keep a statement alive when its report leaves.
        "INSERT DATA { GRAPH <http://example.org/a> { <urn:a> <urn:fazhi:store:says> \"x\" } }".to_owned(),
        "INSERT { GRAPH <http://example.org/a> { <urn:a> ?p \"x\" } } WHERE { BIND (IRI(CONCAT(\"urn:fazhi:\", \"store:says\")) AS ?p) }".to_owned(),
        "INSERT { GRAPH ?g { <urn:a> <urn:b> 1 } } WHERE { BIND (<urn:fazhi:store> AS ?g) }".to_owned(),
        // Nor can the store's memory be read by way of USING.
        "INSERT { GRAPH <http://example.org/a> { ?s ?p ?o } } USING <urn:fazhi:store> WHERE { ?s ?p ?o }".to_owned(),
    ];
    for update in &refused {
        let reply = SERVER.update(update);
        assert_eq!(reply.status, 403, "{update}: {reply:?}");
        assert!(reply.body.contains("of your own"), "{reply:?}");
    }
    for (method, target) in [("PUT", "/graphs?default"), ("DELETE", "/graphs?default"), ("POST", "/graphs?default")] {
        let headers = [("Content-Type", "text/turtle"), ("Authorization", &*bearer())];
        assert_eq!(SERVER.request(method, target, &headers, "").status, 403, "{method}");
    }
    assert_eq!(SERVER.graph("PUT", report, "text/turtle", "").status, 403);
    assert_eq!(SERVER.graph("DELETE", report, "text/turtle", "").status, 403);
    let memory = "INSERT { GRAPH <http://example.org/memory> { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } FILTER (STRSTARTS(STR(?p), \"urn:fazhi\")) }";
    assert_eq!(SERVER.update(memory).body, "{\"inserted\":0,\"removed\":0}\n", "the store's memory is not read");
    let forget = "DELETE WHERE { GRAPH <urn:fazhi:store> { ?s ?p ?o } }";
    assert_eq!(SERVER.update(forget).body, "{\"inserted\":0,\"removed\":0}\n", "nor found to be taken away");
    assert_eq!(SERVER.statements(), before);
}

#[test]
fn an_update_takes_effect_wholly_or_not_at_all() {
    let graph = "http://example.org/atomic";
    let reply = SERVER.update(&format!(
        "INSERT DATA {{ GRAPH <{graph}> {{ <urn:a> <urn:b> 1 }} }}; INSERT DATA {{ <urn:a> <urn:b> 1 }}"
    ));
    assert_eq!(reply.status, 403);
    assert!(!SERVER.get("/graphs", "*/*").body.contains(graph));
    for (update, part) in [
        ("LOAD <http://127.0.0.1:9/x> INTO GRAPH <http://example.org/a>", "no request"),
        ("LOAD SILENT <file:///etc/passwd> INTO GRAPH <http://example.org/a>", "no request"),
        (
            "INSERT { GRAPH <http://example.org/a> { ?s ?p ?o } } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
            "not supported",
        ),
        ("DROP GRAPH <http://example.org/never>", "no graph"),
        ("CREATE GRAPH <http://example.org/c>; CREATE GRAPH <http://example.org/c>", "already"),
        ("INSERT DATA { GRAPH <http://example.org/a> { <urn:a> }", "line 1"),
        ("SELECT * WHERE { ?s ?p ?o }", "line 1"),
    ] {
        let reply = SERVER.update(update);
        assert_eq!(reply.status, 400, "{update}: {reply:?}");
        assert!(reply.body.contains(part), "{update}: {reply:?}");
    }
    assert_eq!(SERVER.update("DROP SILENT GRAPH <http://example.org/never>").status, 200);
}

#[test]
fn an_update_is_bounded() {
    let limits = Limits { timeout: Some(std::time::Duration::from_secs(3)), max_rows: Some(50) };
    let server = Running::start(Settings { limits, ..settings() });
    let many = "INSERT { GRAPH <http://example.org/a> { ?s ?p ?o } } WHERE { ?s ?p ?o }";
    let reply = server.update(many);
    assert_eq!(reply.status, 422, "{reply:?}");
    let endless = "INSERT { GRAPH <http://example.org/a> { ?a <urn:b> ?g } } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (STR(?a) = CONCAT(STR(?f), STR(?i))) }";
    let reply = server.update(endless);
    assert_eq!(reply.status, 504, "{reply:?}");
    let statements = (0..51).fold(String::new(), |mut text, n| {
        write!(text, "<urn:a> <urn:b> {n} . ").unwrap();
        text
    });
    assert_eq!(server.graph("PUT", "http://example.org/a", "text/turtle", &statements).status, 422);
    assert_eq!(
        server.update(&format!("INSERT DATA {{ GRAPH <http://example.org/a> {{ {statements} }} }}")).status,
        422
    );
    assert!(!server.get("/graphs", "*/*").body.contains("http://example.org/a"), "nothing of it was taken");
    let deep = format!(
        "INSERT {{ GRAPH <http://example.org/a> {{ ?s ?p ?o }} }} WHERE {{ {}?s ?p ?o{} }}",
        "{".repeat(40_000),
        "}".repeat(40_000)
    );
    assert!(server.update(&deep).status >= 200, "it is answered");
    assert_eq!(server.update(&format!("INSERT DATA {{ }} # {}", "x".repeat(200_000))).status, 400);
    assert_eq!(server.update("INSERT DATA { GRAPH <http://example.org/a> { <urn:a> <urn:b> 1 } }").status, 200);
}

#[test]
fn graphs_are_put_added_to_read_and_taken_away() {
    let iri = "http://example.org/gsp";
    let read = |accept: &str| SERVER.get(&format!("/graphs?graph={}", encoded(iri)), accept);
    assert_eq!(read("text/turtle").status, 404);
    assert_eq!(SERVER.graph("DELETE", iri, "", "").status, 404);
    assert_eq!(SERVER.graph("PUT", iri, "text/turtle", "<a> <b> 1 .").status, 201);
    assert_eq!(
        read("application/n-triples").body,
        "<http://example.org/a> <http://example.org/b> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n"
    );
    let reply = SERVER.graph("POST", iri, "application/n-triples; charset=utf-8", "<urn:c> <urn:d> \"法\"@zh .\n");
    assert_eq!((reply.status, reply.body.as_str()), (200, "{\"inserted\":1,\"removed\":0}\n"));
    assert_eq!(read("application/n-triples").body.lines().count(), 2);
    assert_eq!(
        SERVER.graph("PUT", iri, "text/turtle", "<urn:e> <urn:f> <urn:g> .").body,
        "{\"inserted\":1,\"removed\":2}\n"
    );
    assert_eq!(read("application/n-triples").body, "<urn:e> <urn:f> <urn:g> .\n");
    assert_eq!(SERVER.graph("PUT", iri, "text/turtle", "<urn:e> <urn:f>").status, 400, "half a statement");
    assert_eq!(read("application/n-triples").body, "<urn:e> <urn:f> <urn:g> .\n", "what was there stays");
    assert_eq!(SERVER.graph("PUT", iri, "text/html", "<p>").status, 415);
    assert_eq!(SERVER.graph("PUT", "no iri", "text/turtle", "").status, 400);
    assert_eq!(SERVER.graph("DELETE", iri, "", "").status, 200);
    assert_eq!(read("text/turtle").status, 404);
}

#[test]
fn whoever_has_an_answer_is_told_that_it_changed() {
    // A server of its own: other tests write, too.
    let server = Running::start(settings());
    let target = format!("/sparql?query={}", encoded("SELECT ?o WHERE { GRAPH <http://example.org/t> { ?s ?p ?o } }"));
    let tag = server.get(&target, "text/csv").header("etag").unwrap().to_owned();
    let again = || server.request("GET", &target, &[("Accept", "text/csv"), ("If-None-Match", &tag)], "");
    assert_eq!(again().status, 304);
    assert_eq!(server.update("INSERT DATA { GRAPH <http://example.org/t> { <urn:a> <urn:b> 1 } }").status, 200);
    let changed = again();
    assert_eq!((changed.status, changed.body.as_str()), (200, "o\r\n1\r\n"));
}

#[test]
fn annotations_lend_no_names_to_questions() {
    let insert = "INSERT DATA { GRAPH <http://example.org/names> { <http://example.org/r> a fz:Region ; rdfs:label \"武山县\"@zh ; fz:code \"620524\" } }";
    assert_eq!(SERVER.update(insert).status, 200);
    let reply = SERVER.get(&format!("/q/report-overview.csv?region={}", encoded("武山县")), "*/*");
    assert_eq!((reply.status, reply.body.lines().count()), (200, 2), "{reply:?}");
}

#[test]
fn annotations_stay_when_reports_come_and_go() {
    let server = Running::start(settings());
    let insert = "INSERT DATA { GRAPH <http://example.org/stay> { <https://w3id.org/fazhi/id/region/620524> <urn:note> \"x\" } }";
    assert_eq!(server.update(insert).status, 200);
    let dir = server.stopped();
    let path = dir.path().join("store");
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/data/reports");
    output(&["remove", "--store", text(&path), "620524-2019"]);
    output(&["build", "-q", "--store", text(&path), samples]);
    output(&["audit", "--store", text(&path)]);
    let asked = [
        "query",
        "--store",
        text(&path),
        "--format",
        "csv",
        "SELECT ?o WHERE { GRAPH <http://example.org/stay> { ?s ?p ?o } }",
    ];
    assert_eq!(output(&asked), "o\r\nx\r\n");
    let store = Store::read(&path).unwrap();
    assert_eq!(store.annotations().unwrap().len(), 1);
    assert_eq!(store.reports().unwrap().len(), 7);
    drop(dir);
}

#[test]
fn what_is_no_text_is_refused() {
    let head = |length: usize| {
        format!(
            "POST /sparql HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nAuthorization: {}\r\nContent-Type: {UPDATE}\r\nContent-Length: {length}\r\n\r\n",
            SERVER.address,
            bearer()
        )
    };
    let mut request = head(4).into_bytes();
    request.extend_from_slice(b"\xff\xfe{}");
    assert_eq!(SERVER.send(&request).status, 400);
    let form = "update=%FF%FE";
    let headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Authorization", &*bearer())];
    assert_eq!(SERVER.request("POST", "/sparql", &headers, form).status, 400);
    let both = "update=CLEAR%20NAMED&query=ASK%7B%7D";
    assert_eq!(SERVER.request("POST", "/sparql", &headers, both).status, 400);
    let many = "update=CLEAR%20NAMED&".repeat(2);
    assert_eq!(SERVER.request("POST", "/sparql", &headers, &many).status, 400);
    assert_eq!(SERVER.get("/sparql?update=CLEAR%20ALL", "*/*").status, 405);
}
