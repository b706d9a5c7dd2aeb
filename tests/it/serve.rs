//! The store over HTTP: the SPARQL protocol, the graphs, the questions, single things; limits, tags and hostile requests.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::LazyLock;
use std::thread;
use std::time::{Duration, Instant};

use fazhi::query::Limits;
use fazhi::serve::{Server, Settings};
use fazhi::store::Store;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

use crate::program::{output, text};

/// A server on a port of its own, for as long as it is held.
pub struct Running {
    pub address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<thread::JoinHandle<()>>,
    /// Where the store is.
    pub dir: TempDir,
}

impl Running {
    /// A server over a store of the sample reports; one that takes annotations where the settings have a token.
    pub fn start(settings: Settings) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("store");
        let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/data/reports");
        output(&["build", "-q", "--store", text(&path), samples]);
        Self::over(dir, settings)
    }

    /// A server of the store `store` in this folder.
    pub fn over(dir: TempDir, settings: Settings) -> Self {
        let path = dir.path().join("store");
        let store = if settings.token.is_some() { Store::open_existing(&path) } else { Store::read(&path) };
        let server = Server::new(store.unwrap(), settings).unwrap();
        let (stop, stopped) = oneshot::channel();
        let (told, address) = std::sync::mpsc::channel();
        let thread = thread::spawn(move || {
            Runtime::new().unwrap().block_on(async {
                let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                told.send(listener.local_addr().unwrap()).unwrap();
                let stop = async { drop(stopped.await) };
                server.run(listener, stop).await.unwrap();
            });
        });
        Self { address: address.recv().unwrap(), stop: Some(stop), thread: Some(thread), dir }
    }

    /// Sends a request as it stands and reads what comes back until the connection ends.
    pub fn send(&self, request: &[u8]) -> Reply {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream.write_all(request).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        Reply::read(&bytes)
    }

    pub fn request(&self, method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        let mut request = format!("{method} {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.address);
        for (name, value) in headers {
            write!(request, "{name}: {value}\r\n").unwrap();
        }
        if !body.is_empty() {
            write!(request, "Content-Length: {}\r\n", body.len()).unwrap();
        }
        self.send(format!("{request}\r\n{body}").as_bytes())
    }

    pub fn get(&self, target: &str, accept: &str) -> Reply {
        self.request("GET", target, &[("Accept", accept)], "")
    }

    pub fn query(&self, text: &str, accept: &str) -> Reply {
        self.get(&format!("/sparql?query={}", encoded(text)), accept)
    }
}

impl Running {
    /// The same when the server has ended; its store is still there.
    pub fn stopped(mut self) -> TempDir {
        self.end();
        std::mem::replace(&mut self.dir, tempfile::tempdir().unwrap())
    }

    fn end(&mut self) {
        self.stop.take().map(|stop| stop.send(()));
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Reply {
    fn read(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("an answer has a head");
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let mut body = bytes[end + 4..].to_vec();
        if head.to_ascii_lowercase().contains("transfer-encoding: chunked") {
            body = unchunked(&body);
        }
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Self { status, head, body: String::from_utf8_lossy(&body).into_owned() }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let named = |line: &&str| line.split(':').next().is_some_and(|found| found.eq_ignore_ascii_case(name));
        self.head.lines().find(named).and_then(|line| line.split_once(": ")).map(|(_, value)| value)
    }
}

/// The body of a chunked message; it must be whole.
fn unchunked(mut bytes: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let end = bytes.windows(2).position(|window| window == b"\r\n").expect("a chunk has a size");
        let size = usize::from_str_radix(std::str::from_utf8(&bytes[..end]).unwrap(), 16).unwrap();
        bytes = &bytes[end + 2..];
        if size == 0 {
            return body;
        }
        body.extend_from_slice(&bytes[..size]);
        bytes = &bytes[size + 2..];
    }
}

pub fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        write!(encoded, "%{byte:02X}").unwrap();
        encoded
    })
}

pub static SERVER: LazyLock<Running> = LazyLock::new(|| Running::start(Settings::default()));

const COUNT: &str = "SELECT (COUNT(*) AS ?reports) WHERE { ?report a fz:Report }";

#[test]
fn a_query_is_answered_by_get_and_by_post() {
    let csv = "reports\r\n7\r\n";
    let form = [("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "text/csv")];
    let direct = [("Content-Type", "application/sparql-query; charset=utf-8"), ("Accept", "text/csv")];
    for reply in [
        SERVER.query(COUNT, "text/csv"),
        SERVER.request("POST", "/sparql", &form, &format!("query={}", encoded(COUNT))),
        SERVER.request("POST", "/sparql", &direct, COUNT),
        SERVER.get(&format!("/sparql?query={}&format=csv", encoded(COUNT)), "*/*"),
    ] {
        assert_eq!((reply.status, reply.body.as_str()), (200, csv), "{reply:?}");
        assert_eq!(reply.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
    }
}

#[test]
fn each_form_of_query_comes_in_the_format_that_is_liked_best() {
    let select = "SELECT ?r WHERE { ?r a fz:Report }";
    let construct = "CONSTRUCT { ?r a fz:Report } WHERE { ?r a fz:Report }";
    for (query, accept, media, part) in [
        (select, "*/*", "application/sparql-results+json", "\"bindings\":["),
        (select, "application/sparql-results+xml", "application/sparql-results+xml", "<binding name=\"r\"><uri>"),
        (select, "text/tab-separated-values", "text/tab-separated-values", "?r\n<https://"),
        (select, "text/turtle, text/csv;q=0.1", "text/csv", "r\r\nhttps://"),
        (
            "ASK { ?r a fz:Report }",
            "application/sparql-results+json",
            "application/sparql-results+json",
            "\"boolean\":true",
        ),
        (construct, "*/*", "text/turtle", "a fz:Report"),
        (construct, "application/n-triples", "application/n-triples", "<https://w3id.org/fazhi/ns#Report> ."),
        (construct, "application/rdf+xml", "application/rdf+xml", "<rdf:RDF"),
        (construct, "application/ld+json", "application/ld+json", "\"@id\""),
    ] {
        let reply = SERVER.query(query, accept);
        assert_eq!(reply.status, 200, "{accept}: {reply:?}");
        assert!(reply.header("content-type").unwrap().starts_with(media), "{accept}: {reply:?}");
        assert!(reply.body.contains(part), "{accept}: {reply:?}");
    }
}

#[test]
fn what_cannot_be_answered_says_why_in_its_status() {
    let text = [("Content-Type", "text/plain")];
    let update = [("Content-Type", "application/sparql-update")];
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    let service = "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }";
    for (status, part, reply) in [
        (400, "line 1, column 18", SERVER.query("SELECT * WHERE { ?s ?p }", "*/*")),
        (400, "several queries", SERVER.get(&format!("/sparql?query={0}&query={0}", encoded(COUNT)), "*/*")),
        (400, "no query", SERVER.request("POST", "/sparql", &form, "other=1")),
        (400, "nothing is asked of other servers", SERVER.query(service, "*/*")),
        (406, "text/csv", SERVER.query(COUNT, "image/png")),
        (415, "text/plain", SERVER.request("POST", "/sparql", &text, COUNT)),
        (405, "only reads", SERVER.request("POST", "/sparql", &update, "CLEAR ALL")),
        (405, "only reads", SERVER.request("POST", "/sparql", &form, "update=CLEAR%20ALL")),
        (405, "only reads", SERVER.request("PUT", "/graphs?default", &[], "x")),
        (405, "only reads", SERVER.request("DELETE", "/sparql", &[], "")),
        (404, "laws-by-counties", SERVER.get("/q/laws-by-countys", "*/*")),
        (404, "nothing here", SERVER.get("/../../etc/passwd", "*/*")),
        (413, "", SERVER.request("POST", "/sparql", &form, &"x".repeat((1 << 20) + 1))),
    ] {
        assert_eq!(reply.status, status, "{reply:?}");
        assert!(reply.body.contains(part), "{reply:?}");
    }
}

#[test]
fn a_report_can_be_asked_alone() {
    let list = SERVER.get("/graphs", "*/*").body;
    let report = list.lines().find(|graph| graph.contains("/report/")).unwrap();
    let alone = SERVER.get(&format!("/graphs?graph={}", encoded(report)), "application/n-triples");
    let statements = alone.body.lines().count();
    assert!(statements > 100, "{statements}");
    let count = |query: &str, rest: &str| {
        let reply = SERVER.get(&format!("/sparql?query={}{rest}", encoded(query)), "text/csv");
        assert_eq!(reply.status, 200, "{reply:?}");
        reply.body.lines().nth(1).unwrap_or_default().to_owned()
    };
    let all = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }";
    let named = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }";
    assert_eq!(count(all, &format!("&default-graph-uri={}", encoded(report))), statements.to_string());
    assert_eq!(count(named, &format!("&named-graph-uri={}", encoded(report))), statements.to_string());
    let from = format!("SELECT (COUNT(*) AS ?n) FROM <{report}> WHERE {{ ?s ?p ?o }}");
    assert_eq!(count(&from, ""), statements.to_string());
    // What the protocol says goes before what the query says.
    let other = list.lines().filter(|graph| graph.contains("/report/")).nth(1).unwrap();
    let elsewhere = count(&from, &format!("&default-graph-uri={}", encoded(other)));
    assert_eq!(elsewhere, count(&from.replace(report, other), ""));
    assert_eq!(count(named, ""), "0", "the memory of the store is no graph of it");
    assert_eq!(SERVER.get(&format!("/sparql?query={}&default-graph-uri=urn%3Anone", encoded(all)), "*/*").status, 404);
}

#[test]
fn everything_can_be_read_at_once() {
    let reply = SERVER.get("/graphs?default", "application/n-triples");
    let count = SERVER.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", "text/csv").body;
    assert_eq!(Some(reply.body.lines().count().to_string().as_str()), count.lines().nth(1));
}

#[test]
fn a_client_that_has_the_answer_is_told_so() {
    let first = SERVER.query(COUNT, "text/csv");
    let tag = first.header("etag").unwrap().to_owned();
    let target = format!("/sparql?query={}", encoded(COUNT));
    let again = SERVER.request("GET", &target, &[("Accept", "text/csv"), ("If-None-Match", &tag)], "");
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    let other = SERVER.request("GET", &target, &[("Accept", "application/json"), ("If-None-Match", &tag)], "");
    assert_eq!(other.status, 200, "another format is another answer");
    assert!(SERVER.query("SELECT", "*/*").header("etag").is_none(), "trouble has no tag");
}

#[test]
fn things_are_told_to_people_and_to_machines() {
    let page = SERVER.get("/id/region/620524", "text/html,application/xml;q=0.9,*/*;q=0.8");
    assert_eq!(page.status, 200, "{page:?}");
    assert!(page.body.contains("<h1>\u{6b66}\u{5c71}\u{53bf}</h1>"), "{page:?}");
    assert!(page.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
    let data = SERVER.get("/resource?iri=https%3A%2F%2Fw3id.org%2Ffazhi%2Fid%2Fregion%2F620524", "text/turtle");
    assert!(data.body.contains("fz:code \"620524\""), "{data:?}");
    let law =
        format!("/id/document/{}", encoded("\u{4e2d}\u{534e}\u{4eba}\u{6c11}\u{5171}\u{548c}\u{56fd}\u{5baa}\u{6cd5}"));
    assert_eq!(SERVER.get(&law, "text/turtle").status, 200);
    assert_eq!(SERVER.get("/id/region/999999", "*/*").status, 404);
}

#[test]
fn the_data_set_describes_itself() {
    let reply = SERVER.get("/.well-known/void", "application/n-triples");
    assert_eq!(reply.status, 200, "{reply:?}");
    let says = |part: &str| assert!(reply.body.contains(part), "{part} is missing");
    says(&format!("<http://rdfs.org/ns/void#sparqlEndpoint> <http://{}/sparql> .", SERVER.address));
    says(&format!("<http://rdfs.org/ns/void#dataDump> <http://{}/graphs?default> .", SERVER.address));
    let count = SERVER.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", "text/csv").body;
    let triples = format!(
        "<https://w3id.org/fazhi/id/dataset> <http://rdfs.org/ns/void#triples> \"{}\"",
        count.lines().nth(1).unwrap()
    );
    says(&triples);
    for (accept, media) in [
        ("*/*", "text/turtle"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/ld+json", "application/ld+json"),
    ] {
        assert!(SERVER.get("/.well-known/void", accept).header("content-type").unwrap().starts_with(media));
    }
    assert_eq!(SERVER.get("/.well-known/void", "image/png").status, 406);
    assert!(SERVER.get("/sparql", "text/turtle").body.contains("/.well-known/void>"));
}

#[test]
fn tricks_with_paths_headers_and_parameters_lead_nowhere() {
    for path in [
        "//etc/passwd",
        "/id/../../../../etc/passwd",
        "/q/..%2F..%2Fqueries%2Fevidence",
        "/id/%2e%2e%2f%2e%2e",
        "/q/%00",
        "/id/%ff%fe",
        "/style.css/../../Cargo.toml",
        "/q/evidence.rq",
        "/resource?iri=file:///etc/passwd",
        "/resource?iri=%FF",
    ] {
        let reply = SERVER.get(path, "*/*");
        assert!((400..=404).contains(&reply.status), "{path}: {reply:?}");
        assert!(!reply.body.contains("root:"), "{path}");
    }
    // The host that is repeated in a description is one.
    let request = "GET /sparql HTTP/1.1\r\nHost: a\"><script>\r\nConnection: close\r\nAccept: text/turtle\r\n\r\n";
    let reply = SERVER.send(request.as_bytes());
    assert!(reply.status == 400 || !reply.body.contains("<script>"), "{reply:?}");
    // A header that holds a line break is no header.
    let split = SERVER.get("/sparql?query=ASK%7B%7D%0d%0aSet-Cookie:%20a=b", "*/*");
    assert!(split.header("set-cookie").is_none());
    let many = "&x=1".repeat(100_000);
    assert!(
        SERVER.get(&format!("/sparql?query={}{many}", encoded(COUNT)), "*/*").status >= 400,
        "a long address is refused"
    );
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    let body = format!("query={}{}", encoded(COUNT), "&default-graph-uri=urn%3Ax".repeat(20_000));
    assert_eq!(SERVER.request("POST", "/sparql", &form, &body).status, 400, "more graphs than can be put together");
    let deep = format!("SELECT * WHERE {{ {}?s ?p ?o{} }}", "{".repeat(45_000), "}".repeat(45_000));
    assert!(
        SERVER.request("POST", "/sparql", &form, &format!("query={}", encoded(&deep))).status >= 200,
        "it is answered"
    );
    let invalid = SERVER.get("/sparql?query=%FF%FE", "*/*");
    assert_eq!(invalid.status, 400, "{invalid:?}");
    let headers: Vec<(String, String)> = (0..300).map(|n| (format!("X-{n}"), "x".repeat(2_000))).collect();
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert!(SERVER.request("GET", "/health", &headers, "").status >= 400, "600 KB of headers");
    assert_eq!(SERVER.query(COUNT, "text/csv").body, "reports\r\n7\r\n");
}

#[test]
fn the_service_describes_itself() {
    let reply = SERVER.get("/sparql", "text/turtle");
    assert!(reply.body.contains(&format!("http://{}/sparql", SERVER.address)), "{reply:?}");
    assert_eq!(SERVER.get("/health", "*/*").status, 200);
    assert!(SERVER.get("/metrics", "*/*").body.contains("fazhi_requests_total{status=\"2xx\"}"));
    let listed: serde_json::Value = serde_json::from_str(&SERVER.get("/q", "*/*").body).unwrap();
    assert_eq!(listed.as_array().unwrap().len(), fazhi::query::catalogue().len());
}

#[test]
fn limits_that_are_passed_have_a_status_of_their_own() {
    let limits = Limits { timeout: Some(Duration::from_secs(3)), max_rows: Some(100) };
    let server = Running::start(Settings { limits, ..Settings::default() });
    let endless = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (STR(?a) = CONCAT(STR(?f), STR(?i))) }";
    let began = Instant::now();
    let reply = server.query(endless, "*/*");
    assert_eq!(reply.status, 504, "{reply:?}");
    assert!(began.elapsed() < Duration::from_secs(20), "it is stopped");
    // A laden machine must not run out of time before it runs out of rows.
    let limits = Limits { timeout: Some(Duration::from_secs(60)), max_rows: Some(100) };
    let server = Running::start(Settings { limits, ..Settings::default() });
    let reply = server.query("SELECT * WHERE { ?s ?p ?o }", "*/*");
    assert_eq!(reply.status, 422, "{reply:?}");
}

#[test]
fn a_client_that_says_nothing_holds_up_nobody() {
    let idle: Vec<TcpStream> = (0..200).map(|_| TcpStream::connect(SERVER.address).unwrap()).collect();
    for mut stream in &idle {
        stream.write_all(b"GET /sparql?query=").unwrap();
    }
    assert_eq!(SERVER.query(COUNT, "text/csv").body, "reports\r\n7\r\n");
}

#[test]
fn a_server_that_is_told_to_stop_ends() {
    let server = Running::start(Settings::default());
    let address = server.address;
    assert_eq!(server.get("/health", "*/*").status, 200);
    drop(server);
    assert!(TcpStream::connect(address).is_err());
}
