//! Networks of the store: what they join, how they are written.

#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeMap;

use fazhi::analyze::{Analysis, Error, Format, Kind, NodeKind, analyze, write};
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
    let error = analyze(&Store::new().unwrap(), Kind::LawMeasure, &[], None, Limits::default()).unwrap_err().to_string();
    assert!(error.contains("no measure that cites a document") && error.contains("fazhi build"), "{error}");
    let error = analysis(Kind::CocitationInReports, &[("year", "1999")]).unwrap_err().to_string();
    assert!(error.contains("within this region, level and years"), "{error}");
    assert!(
        "cocitations".parse::<Kind>().unwrap_err().to_string().contains("cocitation, cocitation-in-units, law-measure, regions")
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
    assert!(
        table.starts_with("cocitation: 7 nodes, 11 edges, 2 connected components (the largest has 6 nodes)"),
        "{table}"
    );
    let csv = written(&analysis, Format::Nodes);
    assert!(csv.lines().nth(1).unwrap().starts_with("中华人民共和国行政处罚法,document,5,7,"), "{csv}");
    let json: serde_json::Value = serde_json::from_str(&written(&analysis, Format::Json)).unwrap();
    assert_eq!(json["nodes"].as_array().unwrap().len(), 7);
    assert_eq!(json["edges"].as_array().unwrap().len(), 11);
}
