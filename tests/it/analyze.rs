//! Networks of the store: what they join, how they are written.

#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeMap;

use fazhi::analyze::{Alike, Analysis, Error, Format, Kind, NodeKind, alike, analyze, modularity, write, write_alike};
use fazhi::query::Limits;
use oxigraph::store::Store;
use quick_xml::events::Event;

use crate::fixture;

fn analysis(kind: Kind, filter: &[(&str, &str)]) -> Result<Analysis, Error> {
    let filter: Vec<_> = filter.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    analyze(&fixture::store(), kind, &filter, None, Limits::default())
}

fn written(analysis: &Analysis, format: Format) -> String {
    let mut out = Vec::new();
    write(analysis, format, 100, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The edges by the labels of their ends.
fn edges(analysis: &Analysis) -> Vec<(String, String, f64)> {
    let labels: Vec<_> = analysis.network().nodes().map(|node| node.label.clone()).collect();
    analysis
        .network()
        .edges()
        .map(|(one, other, weight)| (labels[one].clone(), labels[other].clone(), weight))
        .collect()
}

/// Read off the six reports: 2019 cites five documents, so ten pairs; 2020 and 2021 of 武山县 cite 合同法 and 行政处罚法;
/// 永城市 cites 行政复议法 and 行政处罚法, as 武山县's 2019 does.
#[test]
fn documents_of_one_report_are_joined() {
    let analysis = analysis(Kind::CocitationInReports, &[]).unwrap();
    let edges = edges(&analysis);
    assert_eq!(edges.len(), 11);
    let heavy: Vec<_> = edges.iter().filter(|(_, _, weight)| *weight > 1.5).collect();
    assert_eq!(heavy.len(), 2);
    for (one, other, weight) in heavy {
        assert!((weight - 2.0).abs() < 1e-9);
        assert!(one.ends_with("行政处罚法") || other.ends_with("行政处罚法"), "{one} {other}");
    }
    // 民法典 is cited alone, twice: a component of its own.
    let lone: Vec<_> = analysis.nodes().filter(|(_, scores)| scores.degree == 0).collect();
    assert_eq!(lone.len(), 1);
    assert_eq!((lone[0].0.label.as_str(), lone[0].1.component), ("中华人民共和国民法典", 2));
    let ranks: f64 = analysis.nodes().map(|(_, scores)| scores.page_rank).sum();
    assert!((ranks - 1.0).abs() < 1e-9);
}

#[test]
fn documents_of_one_unit_are_joined() {
    let analysis = analysis(Kind::CocitationInUnits, &[]).unwrap();
    let pair = ("中华人民共和国行政处罚法".to_owned(), "甘肃省行政执法监督条例".to_owned());
    let edges = edges(&analysis);
    assert_eq!(edges.len(), 1);
    let (one, other, _) = &edges[0];
    assert!((one, other) == (&pair.0, &pair.1) || (one, other) == (&pair.1, &pair.0));
}

#[test]
fn measures_are_joined_to_documents_and_categories() {
    let analysis = analysis(Kind::LawMeasure, &[("region", "永城市"), ("year", "2021")]).unwrap();
    let kinds = |kind| analysis.network().nodes().filter(|node| node.kind == kind).count();
    assert_eq!((kinds(NodeKind::Document), kinds(NodeKind::Measure), kinds(NodeKind::Category)), (2, 2, 2));
    assert_eq!(analysis.network().edges().count(), 4);
}

#[test]
fn an_empty_store_is_told() {
    let error =
        analyze(&Store::new().unwrap(), Kind::LawMeasure, &[], None, Limits::default()).unwrap_err().to_string();
    assert!(error.contains("no measure that cites a document") && error.contains("fazhi build"), "{error}");
    let error = analysis(Kind::CocitationInReports, &[("year", "1999")]).unwrap_err().to_string();
    assert!(error.contains("within this region, level and years"), "{error}");
    assert!(
        "cocitations"
            .parse::<Kind>()
            .unwrap_err()
            .to_string()
            .contains("cocitation, cocitation-in-units, law-measure, regions")
    );
    assert!("png".parse::<Format>().unwrap_err().to_string().contains("edges-csv"));
}

/// Attributes and data by name.
type Record = BTreeMap<String, String>;

/// The nodes and edges that a `GraphML` reader finds: data by key.
fn graphml(text: &str) -> (Vec<Record>, Vec<Record>, Record) {
    let (mut nodes, mut edges, mut keys) = (Vec::new(), Vec::new(), BTreeMap::new());
    let mut reader = quick_xml::Reader::from_str(text);
    let mut key = String::new();
    let mut open: Vec<String> = Vec::new();
    let mut record = BTreeMap::new();
    loop {
        let event = reader.read_event().unwrap();
        if let Event::Start(element) | Event::Empty(element) = &event {
            let name = element.name().as_ref().to_owned();
            let attributes: BTreeMap<String, String> = element
                .attributes()
                .map(|attribute| {
                    let attribute = attribute.unwrap();
                    let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap().into_owned();
                    (attribute.key.as_ref().to_owned(), value)
                })
                .collect();
            match name.as_str() {
                "key" => drop(keys.insert(attributes["id"].clone(), attributes["attr.type"].clone())),
                "node" | "edge" => record = attributes,
                "data" => key.clone_from(&attributes["key"]),
                _ => {}
            }
            if matches!(event, Event::Start(_)) {
                open.push(name);
            }
        } else if let Event::Text(text) = &event {
            if open.last().is_some_and(|name| name == "data") {
                record.entry(key.clone()).or_default().push_str(text);
            }
        } else if let Event::GeneralRef(reference) = &event {
            let resolved = quick_xml::escape::resolve_xml_entity(reference).unwrap();
            record.entry(key.clone()).or_default().push_str(resolved);
        } else if let Event::End(element) = &event {
            assert_eq!(open.pop().unwrap(), element.name().as_ref());
            match element.name().as_ref() {
                "node" => nodes.push(std::mem::take(&mut record)),
                "edge" => edges.push(std::mem::take(&mut record)),
                _ => {}
            }
        } else if matches!(event, Event::Eof) {
            assert!(open.is_empty());
            return (nodes, edges, keys);
        }
    }
}

#[test]
fn graphml_is_read_back_as_it_was() {
    let analysis = analysis(Kind::CocitationInReports, &[]).unwrap();
    let (nodes, edges, keys) = graphml(&written(&analysis, Format::GraphMl));
    assert_eq!(keys["page_rank"], "double");
    assert_eq!(nodes.len(), analysis.nodes().count());
    for ((node, scores), read) in analysis.nodes().zip(&nodes) {
        assert_eq!((&read["label"], &read["iri"], &read["kind"]), (&node.label, &node.iri, &"document".to_owned()));
        assert!((read["page_rank"].parse::<f64>().unwrap() - scores.page_rank).abs() < 1e-15);
    }
    let read: Vec<(usize, usize, f64)> = edges
        .iter()
        .map(|edge| {
            let end = |name: &str| edge[name][1..].parse().unwrap();
            (end("source"), end("target"), edge["weight"].parse().unwrap())
        })
        .collect();
    assert_eq!(read, analysis.network().edges().collect::<Vec<_>>());
}

/// Labels that XML, DOT and CSV would misread; the network must survive them.
#[test]
fn marks_in_labels_are_escaped() {
    let store = fixture::store();
    let label = "《甲<乙>&\"丙\"》";
    let insert = format!(
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> DELETE {{ ?d rdfs:label ?old }} INSERT {{ ?d rdfs:label {label:?}@zh }}
         WHERE {{ ?d rdfs:label ?old FILTER (STR(?old) = \"中华人民共和国民法典\") }}"
    );
    let update = oxigraph::sparql::SparqlEvaluator::new().parse_update(&insert).unwrap();
    update.on_store(&store).execute().unwrap();
    let analysis = analyze(&store, Kind::CocitationInReports, &[], None, Limits::default()).unwrap();
    let (nodes, _, _) = graphml(&written(&analysis, Format::GraphMl));
    assert!(nodes.iter().any(|node| node["label"] == label));
    assert!(written(&analysis, Format::Dot).contains(r#"label="《甲<乙>&\"丙\"》""#));
    assert!(written(&analysis, Format::Nodes).contains("\"《甲<乙>&\"\"丙\"\"》\""));
    let gexf = written(&analysis, Format::Gexf);
    assert!(gexf.contains("label=\"《甲&lt;乙&gt;&amp;&quot;丙&quot;》\""), "{gexf}");
}

#[test]
fn tables_and_json_show_the_strongest_first() {
    let analysis = analysis(Kind::CocitationInReports, &[]).unwrap();
    let table = written(&analysis, Format::Table);
    assert!(table.contains("7个节点,11条边,2个连通部分(最大者6个节点)"), "{table}");
    assert!(table.contains("7 nodes, 11 edges, 2 connected components (largest 6)"), "{table}");
    assert!(table.contains("由全部7个节点的最短路径算出"), "{table}");
    let csv = written(&analysis, Format::Nodes);
    assert!(
        csv.lines().nth(1).unwrap().starts_with("4,中华人民共和国行政处罚法,document,2,合同法、行政处罚法,5,7,"),
        "{csv}"
    );
    let json: serde_json::Value = serde_json::from_str(&written(&analysis, Format::Json)).unwrap();
    assert_eq!(json["nodes"].as_array().unwrap().len(), 7);
    assert_eq!(json["edges"].as_array().unwrap().len(), 11);
    let sizes: Vec<_> =
        json["communities"].as_array().unwrap().iter().map(|one| one["size"].as_u64().unwrap()).collect();
    assert_eq!(sizes.iter().sum::<u64>(), 7);
    assert!(sizes.is_sorted_by(|one, next| one >= next));
}

/// 行政处罚法 is cited beside the five documents of 2019 and beside 合同法, which is cited with nothing else: of the 15 pairs
/// of the other six nodes, the shortest way between 合同法 and each of the other four leads over it, so 4/15. The five of
/// 2019 have four neighbours each among themselves, 合同法 has one.
#[test]
fn scores_are_as_counted_by_hand() {
    let analysis = analysis(Kind::CocitationInReports, &[]).unwrap();
    for (node, scores) in analysis.nodes() {
        let expected = match node.label.as_str() {
            "中华人民共和国行政处罚法" => (4.0 / 15.0, 4),
            "中华人民共和国合同法" => (0.0, 1),
            "中华人民共和国民法典" => (0.0, 0),
            _ => (0.0, 4),
        };
        assert!((scores.betweenness - expected.0).abs() < 1e-12 && scores.core == expected.1, "{node:?} {scores:?}");
    }
    // 行政处罚法 with 合同法, the other four of 2019, and the lone one: 2 + 6 of the weight 13 lie within, the strengths are
    // 9 and 17, so 8/13 − (9² + 17²)/26².
    assert!((analysis.measures().modularity - 46.0 / 676.0).abs() < 1e-12);
    let of: Vec<usize> = analysis.nodes().map(|(_, scores)| scores.community).collect();
    assert!((analysis.measures().modularity - modularity(analysis.network(), &of)).abs() < 1e-12);
}

/// 合同法 is cited in 2020 and 2021; until 2019 there is only the one report of 武山县 with its five documents.
#[test]
fn years_and_light_edges_can_be_left_out() {
    let until = analysis(Kind::CocitationInReports, &[("until", "2019")]).unwrap();
    assert_eq!((until.nodes().count(), until.network().edges().count()), (5, 10));
    let since = analysis(Kind::CocitationInReports, &[("since", "2020"), ("region", "武山县")]).unwrap();
    assert_eq!(edges(&since).len(), 1);
    let store = fixture::store();
    let heavy = analyze(&store, Kind::CocitationInReports, &[], Some(2.0), Limits::default()).unwrap();
    assert_eq!((heavy.nodes().count(), heavy.network().edges().count()), (3, 2));
    let error = analyze(&store, Kind::CocitationInReports, &[], Some(3.0), Limits::default()).unwrap_err().to_string();
    assert_eq!(error, "no edge of the network `cocitation` weighs 3 or more; the heaviest weighs 2");
}

#[test]
fn edges_are_written_as_gephi_reads_them() {
    let csv = written(&analysis(Kind::CocitationInUnits, &[]).unwrap(), Format::Edges);
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines[0], "Source,Target,Type,Weight,source_label,target_label,source_iri,target_iri");
    assert!(lines[1].contains(",Undirected,1,") && lines[1].contains("甘肃省行政执法监督条例"), "{csv}");
    assert_eq!(lines.len(), 2);
}

#[test]
fn gexf_has_colours_places_and_sizes() {
    let gexf = written(&analysis(Kind::CocitationInReports, &[]).unwrap(), Format::Gexf);
    for part in [
        "<viz:color r=",
        "<viz:position x=",
        "<viz:size value=\"40.0\"",
        "xmlns:viz=",
        "title=\"betweenness\" type=\"double\"",
    ] {
        assert!(gexf.contains(part), "{part} in {gexf}");
    }
    assert_eq!(gexf.matches("<viz:position").count(), 7);
}

/// The elements of a well-formed XML text, in order, and what is written in its `text` elements.
fn drawn(svg: &str) -> (Vec<String>, Vec<String>) {
    let (mut elements, mut texts) = (Vec::new(), Vec::new());
    let mut reader = quick_xml::Reader::from_str(svg);
    let mut open: Vec<String> = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) => {
                open.push(element.name().as_ref().to_owned());
                elements.push(element.name().as_ref().to_owned());
            }
            Event::Empty(element) => elements.push(element.name().as_ref().to_owned()),
            Event::End(element) => assert_eq!(open.pop().unwrap(), element.name().as_ref()),
            Event::Text(text) if open.last().is_some_and(|name| name == "text") => texts.push(text.to_string()),
            Event::Eof => {
                assert!(open.is_empty());
                return (elements, texts);
            }
            _ => {}
        }
    }
}

#[test]
fn a_picture_shows_titles_in_chinese_as_text() {
    let analysis = analysis(Kind::CocitationInReports, &[("until", "2021")]).unwrap();
    let svg = written(&analysis, Format::Svg);
    let (elements, texts) = drawn(&svg);
    assert_eq!(elements[..3], ["svg", "title", "desc"]);
    assert!(texts.iter().any(|text| text == "行政处罚法"), "{texts:?}");
    assert!(texts.iter().any(|text| text.contains("至2021年")), "{texts:?}");
    assert!(texts.iter().any(|text| text == "甘肃省行政执法监督条例"), "{texts:?}");
    // 民法典 stands alone and is not drawn.
    assert!(!texts.iter().any(|text| text == "民法典"), "{texts:?}");
    assert_eq!(elements.iter().filter(|name| *name == "line").count(), 6 * 17 / 10 + 2, "edges, and two of the legend");
    assert_eq!(svg, written(&analysis, Format::Svg));
}

/// The measures of 永城市 cite two laws, in two fields: two pairs of a circle and a square.
#[test]
fn a_picture_of_measures_joins_documents_to_fields() {
    let analysis = analysis(Kind::LawMeasure, &[("region", "永城市")]).unwrap();
    let svg = written(&analysis, Format::Svg);
    let (elements, texts) = drawn(&svg);
    assert_eq!(elements.iter().filter(|name| *name == "rect").count(), 1 + 2, "the page and two fields");
    assert!(texts.iter().any(|text| text == "行政复议法") && !texts.iter().any(|text| text.contains("办好行政复议")));
}

#[test]
fn a_picture_of_nothing_says_so() {
    let analysis = analysis(Kind::CocitationInReports, &[("region", "浦江县")]).unwrap();
    let (elements, texts) = drawn(&written(&analysis, Format::Svg));
    assert!(
        texts.iter().any(|text| text.contains("无图可画")) && !elements.contains(&"circle".to_owned()),
        "{texts:?}"
    );
}

fn most_like(region: &str, filter: &[(&str, &str)]) -> Result<Alike, Error> {
    let filter: Vec<_> = filter.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    alike(&fixture::store(), region, &filter, 10, Limits::default())
}

/// Reckoned by hand from the six reports, with N = 3 regions. What 武山县 cites: 纲要 1, 行政复议法 1, 监督条例 1, 行政处罚法 3,
/// 合同法 2, and its own 实施方案, which does not count; 永城市: 行政复议法 1, 行政处罚法 1; 浦江县: 民法典 2. Fields of 武山县's measures:
/// leadership 1, disputes 5, enforcement 3, decision 1; of 永城市's: disputes 2, rulemaking 1, enforcement 2; of 浦江县's:
/// enforcement 1, publicity 2, functions 1. With ln 4 for what one region has, ln 2.5 for two and ln 2 for three:
/// 2.601561/√(15.812064 · 3.600989) by citations and 5.416614/√(13.598331 · 7.627848) by fields.
#[test]
fn likeness_of_regions_is_as_reckoned_by_hand() {
    let found = most_like("武山县", &[]).unwrap();
    assert_eq!((found.label.as_str(), found.regions), ("武山县", 3));
    let labels: Vec<&str> = found.others.iter().map(|other| other.label.as_str()).collect();
    assert_eq!(labels, ["永城市", "浦江县"]);
    let close = |value: f64, expected: f64| assert!((value - expected).abs() < 1e-4, "{value} is not {expected}");
    close(found.others[0].citations, 0.34477);
    close(found.others[0].topics, 0.53184);
    close(found.others[0].likeness, 0.43831);
    close(found.others[1].likeness, 0.04360);
    let shared: Vec<(&str, &str)> =
        found.others[0].reasons.iter().map(|reason| (reason.kind, reason.label.as_str())).collect();
    assert_eq!(
        shared,
        [
            ("document", "中华人民共和国行政处罚法"),
            ("document", "中华人民共和国行政复议法"),
            ("topic", "矛盾纠纷化解"),
            ("topic", "行政执法"),
        ]
    );
    let first = &found.others[0].reasons[0];
    assert_eq!((first.here.year.as_str(), first.there.year.as_str()), ("2019", "2021"));
    assert_eq!((first.here.quote.as_str(), first.there.quote.as_str()), ("《行政处罚法》", "《行政处罚法》"));
    assert!(first.here.iri.contains("report/620524-2019-") && first.there.iri.contains("report/411481-2021-"));
    let whole: f64 = found.others[0].reasons.iter().map(|reason| reason.part).sum();
    close(whole, found.others[0].likeness);
}

#[test]
fn regions_are_joined_by_their_likeness() {
    let analysis = analysis(Kind::Regions, &[]).unwrap();
    let edges = edges(&analysis);
    assert_eq!(edges.len(), 3);
    let (_, _, heaviest) = edges.iter().find(|(one, other, _)| one != "浦江县" && other != "浦江县").unwrap();
    assert!((heaviest - 0.43831).abs() < 1e-4);
    assert!(analysis.network().nodes().all(|node| node.kind == NodeKind::Region));
    // In 2021 浦江县 cites only 民法典; 武山县 still shares 行政处罚法 with 永城市.
    assert_eq!(self::analysis(Kind::Regions, &[("year", "2021"), ("level", "county")]).unwrap().nodes().count(), 3);
    let error = self::analysis(Kind::Regions, &[("level", "province")]).unwrap_err().to_string();
    assert!(error.contains("ask for more"), "{error}");
}

#[test]
fn a_region_that_cannot_be_compared_is_told() {
    let error = most_like("甘肃省", &[]).unwrap_err().to_string();
    assert!(error.contains("no report of 甘肃省") && error.contains("fazhi stats"), "{error}");
    let error = most_like("武水县", &[]).unwrap_err().to_string();
    assert!(error.contains("武山县"), "{error}");
    let error = most_like("武山县", &[("years", "2021")]).unwrap_err().to_string();
    assert!(error.contains("`years`") && error.contains("since"), "{error}");
    let found = most_like("武山县", &[]).unwrap();
    let error = write_alike(&found, Format::Svg, "", 100, &mut Vec::new()).unwrap_err().to_string();
    assert_eq!(error, "an analysis cannot be written as `svg`; use one of table, csv, json");
}

#[test]
fn alike_is_written_with_its_reasons() {
    let found = most_like("武山县", &[]).unwrap();
    let text = |format| {
        let mut out = Vec::new();
        write_alike(&found, format, "https://w3id.org/fazhi/id/", 120, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    let table = text(Format::Table);
    assert!(
        table.contains("与武山县最相似的地区(比较了3个地区)") && table.contains("中华人民共和国行政处罚法(2)"),
        "{table}"
    );
    assert!(!table.contains("https://") && !table.contains("-0.0"), "{table}");
    assert_eq!(text(Format::Nodes).lines().count(), 1 + 4 + 1);
    let json: serde_json::Value = serde_json::from_str(&text(Format::Json)).unwrap();
    assert_eq!(json["others"][0]["reasons"][0]["label"], "中华人民共和国行政处罚法");
    let alone = most_like("浦江县", &[("region", "浙江省")]).unwrap();
    let mut out = Vec::new();
    write_alike(&alone, Format::Table, "", 100, &mut out).unwrap();
    assert!(String::from_utf8(out).unwrap().starts_with("没有与浦江县相似的地区"));
}
