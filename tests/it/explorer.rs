//! The pages on regions, the map, the search and the way in: they say what they should, as text, without scripts.

#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]

use std::sync::LazyLock;

use fazhi::serve::Settings;

use crate::serve::{Reply, Running, encoded};

/// A server whose search index is made.
static SERVER: LazyLock<Running> = LazyLock::new(|| {
    let server = Running::start(Settings::default());
    for _ in 0..60 {
        // Each waits for some seconds by itself.
        let reply = server.get("/search?q=a", "text/html");
        if reply.status == 200 {
            return server;
        }
        assert_eq!((reply.status, reply.header("retry-after")), (503, Some("3")), "{}", reply.body);
    }
    panic!("the index is never made");
});

fn page(target: &str) -> Reply {
    SERVER.get(target, "text/html,application/xhtml+xml,*/*;q=0.8")
}

/// The page of a status, checked for what all pages have.
fn good(target: &str) -> String {
    let reply = page(target);
    assert_eq!(reply.status, 200, "{target}: {}", reply.body);
    let body = reply.body;
    assert_eq!(body.matches("<h1").count(), 1, "{target} has one heading of the first order");
    assert!(body.contains("<main id=\"main\">") && body.contains("lang=\"zh-Hans\""), "{target}");
    assert!(!body.contains(" style=") && !body.contains("<script>") && !body.contains("onclick"), "{target}");
    assert!(body.len() < 100_000, "{target}: {} bytes", body.len());
    // Templates write slashes of values so.
    body.replace("&#x2f;", "/")
}

#[test]
fn the_way_in_counts_and_leads_on() {
    let home = good("/");
    for expected in [
        "action=\"/search\"",
        "href=\"/regions\"",
        "href=\"/figures\"",
        "href=\"/findings\"",
        "href=\"/compare\"",
        "href=\"/q\"",
    ] {
        assert!(home.contains(expected), "{expected}");
    }
    assert!(home.contains("<dd>7</dd>"), "seven sample reports");
    // Every province has a tile; those of the samples have their reports.
    assert_eq!(home.matches("class=\"shade-").count() - home.matches("class=\"key\"").count(), 34);
    assert!(home.contains("甘肃省:1 份报告") && home.contains("/regions?within=620000"));
}

#[test]
fn a_search_shows_passages_with_marks_and_links_to_their_place() {
    let found = good(&format!("/search?q={}", encoded("行政复议")));
    assert!(found.contains("<mark>行政复议</mark>"));
    assert!(found.contains("#passage") && found.contains("?from="));
    assert!(found.contains("kind=measure"), "kinds narrow");
    let one = good(&format!("/search?q={}&kind=measure&year=2019", encoded("行政复议")));
    assert!(one.contains("aria-current=\"true\"") && !one.contains("id=\"document\""));
    let direct = good(&format!("/search?q={}", encoded("武山县")));
    let (direct, rest) = (direct.find("class=\"panel direct\""), direct.find("class=\"found\""));
    assert!(direct.is_some() && direct < rest, "what bears the name comes first");
    let json = SERVER.get(&format!("/search?q={}&format=json", encoded("行政复议")), "*/*");
    assert!(json.header("content-type").is_some_and(|kind| kind.starts_with("application/json")));
    assert!(json.body.contains("\"alike\":false"));
}

#[test]
fn a_search_that_finds_nothing_helps() {
    let found = good(&format!("/search?q={}", encoded("武山具")));
    assert!(found.contains("您要找的是不是") && found.contains("武山县"));
    let narrowed = good(&format!("/search?q={}&year=1999", encoded("行政复议")));
    assert!(narrowed.contains("Search without narrowing"));
    good("/search");
    good("/search?q=");
}

#[test]
fn what_a_reader_types_is_shown_as_text() {
    for hostile in ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'onmouseover='x", "{{ 7 * 7 }}"] {
        let found = good(&format!("/search?q={}&region=&kind=", encoded(hostile)));
        assert!(
            !found.contains("<script>alert") && !found.contains("<img src=x") && !found.contains(">49<"),
            "{hostile}"
        );
    }
    for (target, status) in [
        ("/search?q=a&kind=law", 400),
        ("/search?q=a&year=MMXX", 400),
        ("/search?q=a&region=nowhere", 400),
        ("/regions?within=nowhere", 400),
        ("/regions?level=castle", 400),
        ("/regions/alike", 400),
        ("/id/region/999999", 404),
    ] {
        let reply = page(target);
        assert_eq!(reply.status, status, "{target}: {}", reply.body);
        assert!(reply.body.contains("role=\"alert\""), "{target} tells on a page");
    }
}

#[test]
fn regions_are_listed_from_the_provinces_down() {
    let all = good("/regions");
    assert!(all.contains("甘肃省") && all.contains("class=\"dot-none\""));
    let gansu = good(&format!("/regions?within={}", encoded("甘肃省")));
    assert!(gansu.contains("/id/region/620524") && gansu.contains("武山县:1 份报告"));
    assert!(gansu.contains("天水市"), "counties stand under their prefecture");
    let counties = good("/regions?level=county");
    assert!(counties.contains("武山县") && !counties.contains("<option value=\"county\">"));
    let none = good("/regions?year=1999");
    assert!(none.contains("没有。"));
}

#[test]
fn a_region_tells_its_years_fields_laws_and_problems() {
    let county = good("/id/region/620524");
    for expected in [
        "<h1>武山县</h1>",
        "甘肃省",
        "天水市",
        "代码 620524",
        "id=\"reports\"",
        "id=\"laws\"",
        "id=\"problems\"",
        "class=\"heat\"",
        "2019",
    ] {
        assert!(county.contains(expected), "{expected}");
    }
    assert!(county.contains("/q/region-laws.csv?region=") && county.contains("/query?name=region-laws"));
    // A region with several years: lines over the years, and plans held against the year after.
    let years = good(&format!("/id/region/{}", encoded("青梧县")));
    assert!(years.contains("class=\"line\"") && years.contains("id=\"plans\""));
    let province = good("/id/region/620000");
    assert!(province.contains("库中没有它自己的报告") && province.contains("/regions?within=620000"));
    let alike = good("/regions/alike?region=620524");
    assert!(alike.contains("与武山县最相似的地区"));
}
