//! The pages that go across counties: figures compared, bodies, fields and other concepts, networks. What they show is worked out
//! by hand from `data/reports`.

#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]

use std::sync::LazyLock;

use fazhi::serve::Settings;

use crate::serve::{Reply, Running, encoded};

static SERVER: LazyLock<Running> = LazyLock::new(|| Running::start(Settings::default()));

/// A page; its addresses are written as they are read.
fn page(target: &str) -> Reply {
    let mut reply = SERVER.get(target, "text/html");
    reply.body = reply.body.replace("&#x2f;", "/").replace("&amp;", "&");
    reply
}

/// A page that is there, without its tags; white space counts as one space.
fn said(target: &str) -> String {
    let reply = page(target);
    assert_eq!(reply.status, 200, "{target}: {}", reply.body);
    plain(&reply.body)
}

fn plain(html: &str) -> String {
    let mut text = String::new();
    for piece in html.split('<') {
        text.push(' ');
        text.push_str(piece.split_once('>').map_or("", |(_, text)| text));
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands between two marks, each time.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    text.split(from).skip(1).filter_map(|rest| rest.split(to).next()).collect()
}

#[test]
fn indicators_are_listed_by_field_with_their_number_of_values() {
    let page = page("/figures");
    assert_eq!(page.status, 200);
    assert!(page.body.contains(r#"href="/figures?indicator=review-accepted""#));
    let said = plain(&page.body);
    // 32 in Yongcheng; 41 of 2023, 27 of 2021 and 35 of 2022 in Qingwu; 20 in Yanxi.
    assert!(said.contains("受理行政复议案件 件 5"), "{said}");
}

#[test]
fn the_values_of_an_indicator_stand_by_region_and_year_with_their_passages() {
    let page = page(&format!("/figures?indicator={}&sort=-2021", encoded("受理行政复议案件")));
    assert_eq!(page.status, 200, "{}", page.body);
    let rows = between(&page.body, r#"<th scope="row">"#, "</tr>");
    let cells: Vec<String> = rows.iter().map(|row| plain(&format!("<th>{row}"))).collect();
    assert_eq!(cells, ["永城市 县级 32", "青梧县 县级 27 35 41", "砚溪县 县级 20"]);
    // A value leads to its passage, 「32件」 to that in the report of Yongcheng.
    let first = between(rows[0], r#"<a href=""#, r#"""#)[1];
    assert!(first.starts_with("/id/report/411481-2021-") && first.ends_with("#passage"), "{first}");
}

#[test]
fn numbers_in_pictures_are_those_of_the_table() {
    let page = page("/figures?indicator=review-accepted&year=2021");
    let bars = between(&page.body, r#"<text class="told""#, "</text>");
    let told: Vec<&str> = bars.iter().filter_map(|bar| bar.split_once('>').map(|(_, text)| text)).collect();
    assert_eq!(told, ["32件", "27件"]);
    // The bars are as long as the values are great.
    let lengths: Vec<f64> =
        between(&page.body, r#"width=""#, r#"""#).iter().filter_map(|width| width.parse().ok()).collect();
    assert!(lengths.windows(2).any(|pair| (pair[0] / pair[1] - 32.0 / 27.0).abs() < 0.01), "{lengths:?}");
    // Qingwu has values of three years; its line says them.
    for point in ["青梧县 2021:27件", "青梧县 2022:35件", "青梧县 2023:41件"] {
        assert!(page.body.contains(point), "{point}");
    }
    assert!(page.body.contains("<title id=\"bars-t\">") && page.body.contains("<desc id=\"bars-d\">"));
}

#[test]
fn units_are_never_mixed_and_approximate_values_are_marked() {
    // Qingwu counts its trainings in 期, Pujiang in 次.
    let most = said("/figures?indicator=training-sessions");
    assert!(most.contains("期(3)") && most.contains("次(1)"), "{most}");
    assert!(most.contains("青梧县 县级 4 5 6") && !most.contains("浦江县"), "{most}");
    let other = said(&format!("/figures?indicator=training-sessions&unit={}", encoded("次")));
    assert!(other.contains("浦江县 县级 9") && !other.contains("青梧县"), "{other}");
    // 抽查办结案卷200余件.
    let about = said(&format!("/figures?indicator=case-files&unit={}", encoded("件")));
    assert!(about.contains("永城市 县级 约 200"), "{about}");
    assert!(about.contains("≈200件"), "{about}");
}

#[test]
fn values_are_ranked_from_either_end() {
    let order = |sort: &str| {
        let page = page(&format!("/figures?indicator=review-accepted&year=2021&sort={sort}"));
        let rows = between(&page.body, r#"<th scope="row">"#, "</th>");
        rows.iter().map(|row| plain(&format!("<th>{row}"))).collect::<Vec<_>>()
    };
    assert_eq!(order("-2021"), ["永城市", "青梧县", "砚溪县"]);
    assert_eq!(order("2021"), ["青梧县", "永城市", "砚溪县"]);
}

#[test]
fn the_wide_table_can_be_taken_along() {
    let csv = SERVER.get("/figures.csv?indicator=review-accepted&sort=-2021", "*/*");
    assert_eq!(csv.status, 200);
    let lines: Vec<&str> = csv.body.lines().collect();
    assert_eq!(
        lines,
        ["地区,层级,单位,2021,2022,2023", "永城市,县级,件,32,,", "青梧县,县级,件,27,35,41", "砚溪县,县级,件,,,20"]
    );
    let workbook = SERVER.get("/figures.xlsx?indicator=review-accepted", "*/*");
    assert_eq!(workbook.status, 200);
    assert!(workbook.header("content-disposition").is_some_and(|name| name.contains("review-accepted.xlsx")));
}

#[test]
fn what_there_is_not_is_said() {
    assert_eq!(page("/figures?indicator=nonsense").status, 404);
    let unknown = page("/figures?indicator=review-accepted&region=nowhere");
    assert_eq!(unknown.status, 400);
    // What was filled in stays.
    assert!(unknown.body.contains(r#"value="nowhere""#) && unknown.body.contains("role=\"alert\""));
    assert!(said("/figures?indicator=review-accepted&since=1990&until=1991").contains("这些条件下没有数值"));
    assert_eq!(page("/concept/category/nothing").status, 404);
    assert_eq!(page("/network?iri=nothing-is-called-so").status, 404);
    assert_eq!(page("/network/nothing").status, 404);
    assert_eq!(page("/figures?indicator=%3Cscript%3E").status, 404);
}

#[test]
fn a_field_and_a_type_of_body_are_told_of_across_counties() {
    assert!(page("/fields").body.contains(r#"href="/concept/category/disputes""#));
    assert!(page("/bodies").body.contains(r#"href="/concept/body-type/justice""#));
    let field = page("/concept/category/disputes");
    let text = plain(&field.body);
    assert!(
        text.contains("矛盾纠纷化解") && text.contains("各年的举措、问题和打算") && text.contains("行政复议"),
        "{text}"
    );
    for tab in ["measures", "problems", "plans", "laws", "bodies", "figures", "blanks"] {
        let address = format!("/concept/category/disputes?tab={tab}");
        assert!(field.body.contains(&format!(r#"href="{address}""#)), "{tab}");
        said(&address);
    }
    let within = said(&format!("/concept/category/disputes?tab=measures&region={}", encoded("永城市")));
    assert!(within.contains("永城市") && !within.contains("武山县"), "{within}");
    let justice = said(&format!("/concept/body-type/justice?tab=places&region={}", encoded("武山县")));
    assert!(justice.contains("武山县司法局"), "{justice}");
    let body = said(&format!("/id/body/620524/{}", encoded("武山县司法局")));
    assert!(body.contains("司法行政") && body.contains("所属地区"), "{body}");
    assert_eq!(page("/concept/category/disputes?tab=laws&region=nowhere").status, 400);
}

#[test]
fn other_concepts_have_pages_and_indicators_lead_to_their_figures() {
    for concept in
        ["level/county", "document-kind/law", "rule/duplicate_indicator", "doubt/namesake", "how/bracketed", "level"]
    {
        said(&format!("/concept/{concept}"));
    }
    assert!(said("/concept/level/county").contains("武山县"));
    assert!(said("/concept/level").contains("县级"));
    let indicator = page("/concept/indicator/review-accepted");
    assert_eq!(indicator.status, 303);
    assert_eq!(indicator.header("location"), Some("/figures?indicator=review-accepted"));
    // Machines have the statements as before.
    let data = SERVER.get("/concept/indicator/review-accepted", "text/turtle");
    assert_eq!(data.status, 200);
    assert!(data.body.contains("review-accepted"));
}

#[test]
fn the_network_around_a_thing_leads_on() {
    assert!(said("/network").contains("文件共引网络"));
    let page = page(&format!("/network?iri={}", encoded("武山县")));
    assert_eq!(page.status, 200, "{}", page.body);
    let nodes = between(&page.body, r#"<a href="/network?iri="#, r#"""#).len();
    assert!((3..=60).contains(&nodes), "{nodes} links");
    // The place above it is joined without a passage; what its report cites, with one.
    let text = plain(&page.body);
    assert!(text.contains("上级地区") && text.contains("天水市") && text.contains("引用的文件"), "{text}");
    assert!(page.body.contains("#passage"));
    for (name, told) in [
        ("行政处罚法", "引用它的地区"),
        ("武山县司法局", "所属地区"),
        ("矛盾纠纷化解", "其下的主题"),
        ("620524-2019", "举措的领域"),
    ] {
        let text = said(&format!("/network?iri={}", encoded(name)));
        assert!(text.contains(told), "{name}: {text}");
    }
}

#[test]
fn whole_networks_are_drawn_and_taken_along() {
    for name in ["cocitation", "law-measure", "regions"] {
        assert!(said(&format!("/network/{name}")).contains("PageRank"), "{name}");
        let kinds = [
            (".svg", "<svg"),
            (".graphml", "<graphml"),
            (".gexf", "<gexf"),
            (".dot", "graph"),
            ("-nodes.csv", ","),
            ("-edges.csv", ","),
            (".json", "{"),
        ];
        for (ending, begins) in kinds {
            let reply = SERVER.get(&format!("/network/{name}{ending}"), "*/*");
            assert_eq!(reply.status, 200, "{name}{ending}");
            assert!(reply.body.contains(begins), "{name}{ending}: {}", reply.body);
        }
    }
}
