//! The tools of language models over standard streams and over HTTP: what they answer on the sample reports, how they page, what
//! they say of trouble, and whom they do not answer.

#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::{LazyLock, Mutex};

use fazhi::serve::Settings;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::program::{fazhi, output, text};
use crate::serve::Running;

/// A client of `fazhi mcp`.
struct Client {
    child: Child,
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    id: u64,
    _dir: TempDir,
}

impl Client {
    fn start() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = dir.path().join("store");
        output(&["build", "-q", "--store", text(&store), concat!(env!("CARGO_MANIFEST_DIR"), "/data/reports")]);
        let mut command = fazhi(&["mcp", "--store", text(&store)]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let requests = child.stdin.take();
        let answers = BufReader::new(child.stdout.take().unwrap());
        let mut client = Self { child, requests, answers, id: 0, _dir: dir };
        let hello = client.request(
            "initialize",
            &json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "test", "version": "1" } }),
        );
        assert_eq!(hello["result"]["serverInfo"]["name"], "fazhi", "{hello}");
        client.say(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }).to_string());
        client
    }

    fn say(&mut self, line: &str) {
        let requests = self.requests.as_mut().unwrap();
        writeln!(requests, "{line}").unwrap();
        requests.flush().unwrap();
    }

    /// The next line of standard output, which must be a message and nothing else.
    fn hear(&mut self) -> Value {
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        let message: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert_eq!(message["jsonrpc"], "2.0");
        message
    }

    fn request(&mut self, method: &str, params: &Value) -> Value {
        self.id += 1;
        let id = self.id;
        self.say(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }).to_string());
        let answer = self.hear();
        assert_eq!(answer["id"], id, "{answer}");
        answer
    }

    /// What a tool answers, which must fit the schema that the tool says and stand in the text, too.
    fn call(&mut self, name: &str, arguments: &Value) -> Value {
        let answer = self.request("tools/call", &json!({ "name": name, "arguments": arguments }));
        let result = &answer["result"];
        assert_eq!(result["isError"], false, "{name} {arguments}: {answer}");
        let structured = result["structuredContent"].clone();
        let told: Value = serde_json::from_str(result["content"][0]["text"].as_str().unwrap()).unwrap();
        assert_eq!(told, structured);
        assert!(
            told.to_string().chars().count() < 30_000,
            "{name} {arguments} is more than a model should read at once"
        );
        structured
    }

    /// What a tool says is wrong.
    fn trouble(&mut self, name: &str, arguments: &Value) -> String {
        let answer = self.request("tools/call", &json!({ "name": name, "arguments": arguments }));
        assert_eq!(answer["result"]["isError"], true, "{name} {arguments}: {answer}");
        answer["result"]["content"][0]["text"].as_str().unwrap().to_owned()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        drop(self.requests.take());
        let _ = self.child.wait();
    }
}

static CLIENT: LazyLock<Mutex<Client>> = LazyLock::new(|| Mutex::new(Client::start()));

fn with<T>(work: impl FnOnce(&mut Client) -> T) -> T {
    // A test that failed leaves the client as it is.
    work(&mut CLIENT.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
}

#[test]
fn every_tool_tells_what_it_takes_and_gives() {
    with(|client| {
        let tools = client.request("tools/list", &json!({}))["result"]["tools"].clone();
        let names: Vec<&str> = tools.as_array().unwrap().iter().map(|tool| tool["name"].as_str().unwrap()).collect();
        let expected =
            ["search", "questions", "ask", "sparql", "read_passage", "evidence", "describe_schema", "audit_region"];
        assert_eq!(names, expected);
        for tool in tools.as_array().unwrap() {
            assert_eq!(tool["annotations"]["readOnlyHint"], true);
            assert_eq!(tool["outputSchema"]["type"], "object", "{}", tool["name"]);
            assert!(
                !tool.to_string().contains("\"uint"),
                "clients warn of formats that JSON Schema does not have: {tool}"
            );
            for (name, property) in tool["inputSchema"]["properties"].as_object().unwrap() {
                assert!(property["description"].is_string(), "{} does not tell of {name}", tool["name"]);
            }
        }
    });
}

#[test]
fn names_lead_to_things() {
    with(|client| {
        let found = client.call("search", &json!({ "text": "武山县", "limit": 1 }));
        let first = &found["results"][0];
        assert_eq!((&first["kind"], &first["code"]), (&json!("region"), &json!("620524")));
        assert_eq!(first["iri"], "https://w3id.org/fazhi/id/region/620524");
        assert!(first["place"].as_str().unwrap().starts_with("甘肃省 天水市"), "{first}");
        assert!(found["next"].as_str().unwrap().contains("offset=1"), "{found}");
        let law = client.call("search", &json!({ "text": "《行政处罚法》", "kinds": ["document"] }));
        assert!(law["results"].as_array().unwrap().iter().any(|found| found["name"] == "中华人民共和国行政处罚法"));
        let problems = client.call("search", &json!({ "text": "权大于法", "kinds": ["problem"], "region": "武山县" }));
        let problem = &problems["results"][0];
        let read = client.call("read_passage", &json!({ "report": problem["at"] }));
        assert!(read["text"].as_str().unwrap().contains("权大于法"), "{read}");
        assert_eq!((&problem["kind"], &read["report"]["region"]), (&json!("problem"), &json!("武山县")));
        let nothing = client.call("search", &json!({ "text": "zzzz qqqq" }));
        assert!(nothing["results"].as_array().unwrap().is_empty() && nothing["note"].is_string(), "{nothing}");
        assert!(client.trouble("search", &json!({ "text": " " })).contains("nothing to look for"));
    });
}

#[test]
fn questions_are_answered_page_by_page() {
    with(|client| {
        let listed = client.call("questions", &json!({}));
        let count: usize =
            listed["groups"].as_array().unwrap().iter().map(|group| group["questions"].as_array().unwrap().len()).sum();
        assert_eq!(count, fazhi::query::catalogue().len());
        let one = client.call("questions", &json!({ "name": "laws-by-counties" }));
        assert!(one["question"]["sparql"].as_str().unwrap().contains("SELECT"));
        assert_eq!(one["question"]["columns"]["counties"], "县数 / Counties");

        // Three of the samples say in their titles that they are of 2021; one of them is 永城市's, with 44 measures.
        let all = client
            .call("ask", &json!({ "question": "report-overview", "parameters": { "region": "永城市", "year": 2021 } }));
        assert_eq!(all["total"], 1, "{all}");
        let report = all["rows"][0]
            .as_array()
            .unwrap()
            .iter()
            .find(|cell| cell.as_str().is_some_and(|cell| cell.contains("/report/411481-2021")));
        let report = report.unwrap().as_str().unwrap();
        assert_eq!(all["labels"][report], "关于2021年度法治政府建设工作开展情况的报告");
        let first = client.call("ask", &json!({ "question": "report-overview", "limit": 2 }));
        assert_eq!((&first["total"], first["rows"].as_array().unwrap().len()), (&json!(7), 2));
        let second = client.call("ask", &json!({ "question": "report-overview", "limit": 2, "offset": 2 }));
        assert!(first["rows"][1] != second["rows"][0]);
        let last = client.call("ask", &json!({ "question": "report-overview", "offset": 6 }));
        assert_eq!((last["rows"].as_array().unwrap().len(), &last["next"]), (1, &Value::Null));
    });
}

#[test]
fn sparql_only_reads() {
    with(|client| {
        let answer =
            client.call("sparql", &json!({ "query": "SELECT (COUNT(*) AS ?reports) WHERE { ?report a fz:Report }" }));
        assert_eq!(answer["rows"], json!([[7]]));
        let service = "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }";
        assert!(client.trouble("sparql", &json!({ "query": service })).contains("nothing is asked of other servers"));
        for update in ["DROP ALL", "INSERT DATA { <urn:a> <urn:b> <urn:c> }", "LOAD <http://127.0.0.1:9/>"] {
            assert!(client.trouble("sparql", &json!({ "query": update })).contains("not SPARQL"), "{update}");
        }
        let trouble = client.trouble("sparql", &json!({ "query": "SELECT * WHERE { ?s ?p }" }));
        assert!(trouble.contains("line 1, column 18") && trouble.contains("describe_schema"), "{trouble}");
        let memory = "SELECT * WHERE { GRAPH ?g { ?s ?p ?o } }";
        assert_eq!(client.call("sparql", &json!({ "query": memory }))["total"], 0, "the store's memory is not told");
    });
}

#[test]
fn a_fact_is_traced_to_its_characters() {
    with(|client| {
        let query = "SELECT ?figure ?quote ?start ?end WHERE { ?figure a fz:Figure ; fz:quote ?quote ; fz:start ?start ; fz:end ?end ; \
                     dcterms:isPartOf+ ?report . ?report a fz:Report ; fz:region/fz:code \"620524\" }";
        let figures = client.call("sparql", &json!({ "query": query }));
        assert_eq!(figures["total"], 6);
        for row in figures["rows"].as_array().unwrap() {
            let evidence = client.call("evidence", &json!({ "fact": row[0] }));
            assert_eq!((&evidence["quote"], &evidence["start"], &evidence["end"]), (&row[1], &row[2], &row[3]));
            assert_eq!(evidence["report"]["title"], "武山县2019年法治政府建设工作报告");
            assert!(
                evidence["rules"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .any(|rule| rule["read_as"] == "figure" && rule["zh"].is_string())
            );
            let passage = client.call("read_passage", &json!({ "report": row[0], "context": 5 }));
            assert_eq!(passage["text"], row[1]);
            assert_eq!(passage["before"].as_str().unwrap().chars().count(), 5);
            assert!(passage["facts"].as_array().unwrap().iter().any(|fact| fact["iri"] == row[0]), "{passage}");
        }
        assert!(client.trouble("evidence", &json!({ "fact": "620524-2019#1-2" })).contains("read_passage"));
    });
}

#[test]
fn a_report_is_read_on_from_where_a_passage_ended() {
    with(|client| {
        let (mut whole, mut start) = (String::new(), 0);
        loop {
            let passage =
                client.call("read_passage", &json!({ "report": "620524-2019", "start": start, "end": start + 700 }));
            whole.push_str(passage["text"].as_str().unwrap());
            start = passage["end"].as_u64().unwrap();
            if passage["next"].is_null() {
                assert_eq!(passage["length"], start);
                break;
            }
        }
        let address = client.request("resources/read", &json!({ "uri": "fazhi://report/620524-2019" }));
        assert_eq!(address["result"]["contents"][0]["text"].as_str().unwrap(), whole);
        let under = client.call("read_passage", &json!({ "report": "620524-2019", "start": 900, "end": 1000 }));
        assert_eq!(under["headings"][0], "二、认真履职,强化对政府行为的监督", "{under}");
        assert!(
            client
                .trouble("read_passage", &json!({ "report": "620524-2019", "start": 99_999 }))
                .contains("behind its end")
        );
        assert!(client.trouble("read_passage", &json!({ "report": "999999-1900" })).contains("report-overview"));
    });
}

#[test]
fn the_schema_is_told_whole_and_in_parts() {
    with(|client| {
        let overview = client.call("describe_schema", &json!({}));
        assert_eq!(overview["prefixes"]["fz"], "https://w3id.org/fazhi/ns#");
        for example in overview["examples"].as_array().unwrap() {
            client.call("sparql", &json!({ "query": example["sparql"] }));
        }
        let category = client.call("describe_schema", &json!({ "topic": "category" }));
        assert!(category["concepts"].as_array().unwrap().iter().any(|concept| concept["notation"] == "disputes"));
        let cites = client.call("describe_schema", &json!({ "topic": "fz:cites" }));
        assert!(cites["note"].as_str().unwrap().contains("fz:Measure"), "{cites}");
        assert!(client.trouble("describe_schema", &json!({ "topic": "fz:Figur" })).contains("fz:Figure"));
    });
}

#[test]
fn a_region_is_audited() {
    with(|client| {
        let sheet = client.call("audit_region", &json!({ "region": "武山县" }));
        let place = &sheet["places"][0];
        assert_eq!((&place["name"], &place["above"]), (&json!("武山县"), &json!(["甘肃省", "天水市"])));
        // The sample has the name of another county in the place of its own.
        let finding = &sheet["findings"][0];
        assert_eq!((&finding["rule"], &finding["zh"]), (&json!("foreign_region"), &json!("他地地名")));
        assert_eq!(finding["passage"]["words"].as_str().unwrap().chars().count(), 4);
        assert!(sheet["note"].as_str().unwrap().contains("fazhi audit"));
        assert!(
            client.trouble("audit_region", &json!({ "region": "武山县", "rule": "copied" })).contains("copied_passage")
        );
    });
}

#[test]
fn trouble_names_the_remedy() {
    with(|client| {
        for (tool, arguments, part) in [
            ("ask", json!({ "question": "report-overviews" }), "did you mean report-overview?"),
            ("ask", json!({ "question": "citations-of-law" }), "\"law\":"),
            (
                "ask",
                json!({ "question": "report-overview", "parameters": { "county": "x" } }),
                "it takes region, year, level",
            ),
            ("ask", json!({ "question": "report-overview", "parameters": { "year": [2021] } }), "ask once for each"),
            ("ask", json!({ "quest": 1 }), "expected one of `question`"),
            ("sparql", json!({}), "missing field `query`"),
            ("find", json!({}), "there are search"),
        ] {
            let trouble = client.trouble(tool, &arguments);
            assert!(trouble.contains(part), "{tool} {arguments}: {trouble}");
            assert!(
                !trouble.contains("--param") && !trouble.contains("fazhi quer"),
                "no words of the command line: {trouble}"
            );
        }
        let missing = client.request("resources/read", &json!({ "uri": "fazhi://nothing" }));
        assert!(missing["error"]["message"].as_str().unwrap().contains("resources/list"), "{missing}");
        let prompt = client.request("prompts/get", &json!({ "name": "county_profile" }));
        assert!(prompt["error"]["message"].as_str().unwrap().contains("`region`"), "{prompt}");
    });
}

#[test]
fn what_is_no_message_is_passed_over() {
    with(|client| {
        client.say("not a message");
        client.say("\u{0}{}");
        assert_eq!(client.request("ping", &json!({}))["result"], json!({}));
    });
}

static SERVER: LazyLock<Running> = LazyLock::new(|| Running::start(Settings::default()));

const PING: &str = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"ask\",\"arguments\":{\"question\":\"report-overview\"}}}";

fn post(headers: &[(&str, &str)], body: &str) -> crate::serve::Reply {
    let mut all = vec![("Content-Type", "application/json"), ("Accept", "application/json, text/event-stream")];
    all.extend_from_slice(headers);
    SERVER.request("POST", "/mcp", &all, body)
}

#[test]
fn agents_are_answered_over_http_without_a_session() {
    let reply = post(&[("MCP-Protocol-Version", "2025-06-18")], PING);
    assert_eq!(reply.status, 200, "{reply:?}");
    assert_eq!(reply.header("content-type"), Some("application/json"));
    assert!(reply.header("mcp-session-id").is_none());
    let answer: Value = serde_json::from_str(&reply.body).unwrap();
    assert_eq!(answer["result"]["structuredContent"]["total"], 7, "{answer}");
    assert_eq!(SERVER.get("/mcp", "text/event-stream").status, 405);
}

#[test]
fn pages_of_other_sites_and_foreign_names_are_refused() {
    for origin in ["http://evil.example", "null", "http://localhost.evil.example", "file://"] {
        let reply = post(&[("Origin", origin)], PING);
        assert_eq!(reply.status, 403, "{origin}: {reply:?}");
    }
    assert_eq!(post(&[("Origin", "http://localhost:6274")], PING).status, 200);
    let foreign = format!(
        "POST /mcp HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\nContent-Type: application/json\r\n\
         Accept: application/json, text/event-stream\r\nContent-Length: {}\r\n\r\n{PING}",
        PING.len()
    );
    let reply = SERVER.send(foreign.as_bytes());
    assert_eq!(reply.status, 403);
    assert!(reply.body.contains("--host"), "{reply:?}");
}

#[test]
fn hostile_messages_are_refused_and_the_server_goes_on() {
    assert!(post(&[], "{").status >= 400);
    assert!(post(&[], "[]").status >= 400);
    let long = format!("{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"{}\"}}", "x".repeat(1 << 20));
    assert_eq!(post(&[], &long).status, 413);
    let deep = format!(
        "{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{}1{}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assert!(post(&[], &deep).status >= 400);
    assert_eq!(post(&[], PING).status, 200);
}
