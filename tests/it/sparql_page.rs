//! The SPARQL page and what its editor asks: answers, mistakes, files, names, words.

#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use serde_json::Value;

use crate::serve::{Reply, SERVER, encoded};

const PAGE: &str = "text/html";
const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

fn page(query: &str, more: &str) -> Reply {
    SERVER.get(&format!("/query?query={}{more}", encoded(query)), PAGE)
}

fn json(reply: &Reply) -> Value {
    assert_eq!(reply.status, 200, "{}", reply.body);
    serde_json::from_str(&reply.body).unwrap()
}

#[test]
fn an_answer_is_a_table_whose_cells_lead_on() {
    let reply = page("SELECT ?report ?year { ?report a fz:Report ; fz:year ?year } ORDER BY ?year ?report", "");
    assert_eq!(reply.status, 200);
    assert!(reply.body.contains("<th scope=\"col\">report "), "{}", reply.body);
    assert!(reply.body.contains("href=\"&#x2f;id&#x2f;report&#x2f;620524-2019-"), "{}", reply.body);
    assert!(reply.body.contains("共 7 行"), "{}", reply.body);
    assert!(page("ASK { ?x a fz:Report }", "").body.contains("是 <span lang=\"en\">Yes"));
    let graph = page("CONSTRUCT { ?x a fz:Report } WHERE { ?x a fz:Report }", "").body;
    assert!(graph.contains("fz:Report") && graph.contains("value=\"turtle\""), "{graph}");
    assert!(page("SELECT ?x { ?x a fz:Nothing }", "").body.contains("No rows"));
}

#[test]
fn a_page_shows_so_many_rows_and_tells_of_the_others() {
    let reply = page("SELECT ?s { ?s ?p ?o } LIMIT 800", "&rows=500");
    assert_eq!(reply.body.matches("<tr>").count(), 501);
    assert!(reply.body.contains("共 800 行,这里是前 500 行"));
}

#[test]
fn a_mistake_is_told_with_its_place() {
    let reply = page("SELECT ?x\nWHERE { ?x a fz:Report ; ?y . }", "");
    assert_eq!(reply.status, 400);
    assert!(reply.body.contains("data-line=\"2\" data-column=\"26\""), "{}", reply.body);
    assert!(reply.body.contains("<mark>?y</mark>"), "{}", reply.body);
    let found = json(&SERVER.request("POST", "/query/check", &[FORM], "query=ASK+%7B"));
    assert_eq!((&found["line"], &found["column"]), (&1.into(), &6.into()));
    assert_eq!(json(&SERVER.request("POST", "/query/check", &[FORM], "query=ASK+%7B%7D")), Value::Null);
}

#[test]
fn what_is_written_is_shown_as_text() {
    let hostile = "# </textarea><script>alert(1)</script>\nSELECT (\"<img src=x onerror=alert(1)>\" AS ?x) {}";
    for reply in [page(hostile, ""), page("SELECT </textarea><script>alert(1)</script>", "")] {
        assert!(!reply.body.contains("<script>alert") && !reply.body.contains("<img src=x"), "{}", reply.body);
        assert!(reply.header("content-security-policy").unwrap().contains("script-src 'self';"));
    }
}

#[test]
fn an_answer_is_had_as_a_file() {
    let query = "SELECT ?year { ?report a fz:Report ; fz:year ?year } ORDER BY ?year";
    let csv = page(query, "&format=csv");
    assert_eq!(csv.header("content-disposition"), Some("attachment; filename=\"answer.csv\""));
    assert!(csv.body.starts_with("year\r\n2019\r\n"), "{}", csv.body);
    let workbook = page(query, "&format=xlsx");
    assert!(workbook.body.starts_with("PK") && workbook.header("content-type").unwrap().contains("spreadsheetml"));
    assert_eq!(page("ASK {}", "&format=xlsx").status, 406);
    assert_eq!(page(query, "&format=turtle").status, 406);
    assert_eq!(page(query, "&format=nonsense").status, 400);
    let posted = SERVER.request("POST", "/query", &[FORM, ("Accept", PAGE)], &format!("query={}", encoded(query)));
    assert!(posted.status == 200 && posted.body.contains("2019"), "{}", posted.body);
}

#[test]
fn a_question_is_opened_as_a_text_that_runs() {
    let reply = SERVER.get(&format!("/query?name=laws-by-counties&region={}", encoded("甘肃省")), PAGE);
    assert!(reply.body.contains("fz:within* &lt;https:"), "{}", reply.body);
    let unknown = SERVER.get(&format!("/query?name=laws-by-counties&region={}", encoded("无此县")), PAGE);
    assert!(unknown.status == 400 && unknown.body.contains("fz:within* ?region"), "{}", unknown.body);
    assert_eq!(SERVER.get("/query?name=no-such-question", PAGE).status, 404);
}

#[test]
fn the_time_of_a_query_can_be_shortened_but_not_stretched() {
    let slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
    let reply = page(slow, "&seconds=1");
    assert_eq!(reply.status, 504);
    assert!(reply.body.contains("stopped after 1 s"), "{}", reply.body);
    assert!(page("ASK {}", "&seconds=9999999999").body.contains("value=\"30\""));
}

#[test]
fn names_are_proposed_while_one_types() {
    let like = |typed: &str, kind: &str| json(&SERVER.get(&format!("/names?q={}&kind={kind}", encoded(typed)), "*/*"));
    let found = like("武山", "region");
    assert_eq!(found[0]["name"], "武山县");
    assert_eq!(found[0]["value"], "武山县");
    assert_eq!(found[0]["about"], "甘肃省天水市");
    assert!(found[0]["iri"].as_str().unwrap().ends_with("/region/620524"));
    // People leave the name of the state out, and what is called so stands before what only holds it.
    assert_eq!(like("行政处罚法", "document")[0]["name"], "中华人民共和国行政处罚法");
    assert_eq!(like("620524", "region")[0]["name"], "武山县", "a code is a name, too");
    // A name that several bear is given by its code.
    let several = like("鼓楼区", "region");
    assert!(several.as_array().unwrap().len() > 1 && several[0]["value"] != "鼓楼区", "{several}");
    assert_eq!(like("", "region"), Value::Array(Vec::new()));
    assert!(SERVER.get("/names?q=a&kind=nonsense", "*/*").body.contains("region, document"));
}

#[test]
fn the_words_of_the_graph_are_told_to_the_editor() {
    let words = json(&SERVER.get("/query/words", "*/*"));
    let terms = words["terms"].as_array().unwrap();
    assert!(terms.iter().any(|term| term["name"] == "fz:cites" && term["zh"] != ""), "{words}");
    assert!(words["prefixes"].as_array().unwrap().iter().any(|prefix| prefix[0] == "fz"));
}
