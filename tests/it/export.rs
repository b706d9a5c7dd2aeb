//! What is written in any format is read back as the same graph, by two programs written apart from each other.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, Quad};
use sophia::api::prelude::*;
use sophia::api::quad::Quad as _;
use sophia::turtle::parser::{nt, trig, turtle};

use crate::program::{output, pages, run_with_input, text};

struct Built {
    _dir: tempfile::TempDir,
    store: String,
}

fn built() -> Built {
    let dir = tempfile::tempdir().unwrap();
    let store = text(&dir.path().join("store")).to_owned();
    assert_eq!(run_with_input(&["build", "-", "--store", &store], &pages(0..4)).code, 0);
    Built { _dir: dir, store }
}

fn parsed(format: RdfFormat, text: &str) -> Vec<Quad> {
    RdfParser::from_format(format).for_slice(text).map(Result::unwrap).collect()
}

fn hash(quads: Vec<Quad>) -> String {
    fazhi::export::hash(quads).unwrap()
}

fn without_graphs(quads: Vec<Quad>) -> Vec<Quad> {
    quads.into_iter().map(|quad| Quad { graph_name: GraphName::DefaultGraph, ..quad }).collect()
}

#[test]
fn every_format_says_the_same() {
    let built = built();
    let export = |format| output(&["export", "--format", format, "--store", &built.store]);
    let quads = parsed(RdfFormat::NQuads, &export("nquads"));
    let (whole, flat) = (hash(quads.clone()), hash(without_graphs(quads)));
    assert_eq!(output(&["hash", "--store", &built.store]).trim(), whole);
    assert_eq!(hash(parsed(RdfFormat::TriG, &export("trig"))), whole);
    let json = RdfFormat::JsonLd { profile: oxigraph::io::JsonLdProfileSet::empty() };
    assert_eq!(hash(parsed(json, &export("jsonld"))), whole);
    assert_eq!(hash(parsed(RdfFormat::NTriples, &export("ntriples"))), flat);
    assert_eq!(hash(parsed(RdfFormat::Turtle, &export("turtle"))), flat);
    assert_eq!(hash(parsed(RdfFormat::RdfXml, &export("rdfxml"))), flat);
}

#[test]
fn another_library_reads_the_same_graph() {
    let built = built();
    let report = output(&["stats", "--reports", "--store", &built.store]);
    let report = report.lines().next().unwrap();
    let export = |format| output(&["export", "--format", format, "--report", report, "--store", &built.store]);
    let plain: Vec<[sophia::api::term::SimpleTerm<'static>; 3]> =
        nt::parse_str(&export("ntriples")).collect_triples().unwrap();
    let pretty: Vec<[sophia::api::term::SimpleTerm<'static>; 3]> =
        turtle::parse_str(&export("turtle")).collect_triples().unwrap();
    assert!(plain.len() > 50);
    assert!(sophia::isomorphism::isomorphic_graphs(&plain, &pretty).unwrap());
    let mut graphs = std::collections::BTreeSet::new();
    trig::parse_str(&export("trig"))
        .for_each_quad(|quad| {
            graphs.insert(quad.g().and_then(|name| name.iri().map(|iri| iri.to_string())).unwrap_or_default());
        })
        .unwrap();
    assert_eq!(graphs.len(), 1);
    assert!(graphs.iter().all(|graph| graph.ends_with(report)));
}

#[test]
fn one_report_is_what_its_page_says() {
    let built = built();
    let dir = tempfile::tempdir().unwrap();
    let said = run_with_input(&["extract", "-", "--format", "nquads"], &pages(2..3)).out;
    let quads = parsed(RdfFormat::NQuads, &said);
    let GraphName::NamedNode(report) = &quads[0].graph_name else { panic!("a report has its own graph") };
    let exported = output(&["export", "--format", "nquads", "--report", report.as_str(), "--store", &built.store]);
    assert_eq!(hash(parsed(RdfFormat::NQuads, &exported)), hash(quads.clone()));
    let file = dir.path().join("one.nq");
    fs::write(&file, said).unwrap();
    let stored = output(&["hash", "--report", report.as_str(), "--store", &built.store]);
    assert_eq!(output(&["hash", text(&file)]), stored);
}

#[test]
fn a_file_is_the_same_every_time() {
    let built = built();
    for format in ["nquads", "turtle", "trig", "rdfxml", "jsonld"] {
        let export = || output(&["export", "--format", format, "--store", &built.store]);
        assert!(export() == export(), "{format}");
    }
}

/// What a document of JSON-LD says in keys that a person can read.
#[test]
fn json_ld_has_the_keys_of_the_context_and_carries_it() {
    let built = built();
    let report = output(&["stats", "--reports", "--store", &built.store]);
    let report = report.lines().next().unwrap();
    let text = output(&["export", "--format", "jsonld", "--report", report, "--store", &built.store]);
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let context: serde_json::Value = serde_json::from_str(include_str!("../../ontology/context.jsonld")).unwrap();
    assert_eq!(document["@context"], context["@context"]);
    let graph = &document["@graph"][0];
    assert!(graph["id"].as_str().unwrap().ends_with(report));
    let things = graph["@graph"].as_array().unwrap();
    let of = |class: &str| things.iter().find(|thing| thing["type"] == class).unwrap();
    assert_eq!(of("Report")["year"], "2018");
    assert!(of("Report")["title"].as_str().unwrap().contains("2018"));
    let figure = of("Figure");
    assert!(figure["value"].is_u64() && figure["start"].is_u64() && figure["label"]["zh"].is_string(), "{figure}");
    let measure = things.iter().find(|thing| thing["type"] == "Measure" && !thing["cites"].is_null()).unwrap();
    assert!(measure["cites"].is_array() && measure["category"].is_string(), "{measure}");
    let terms = context["@context"].as_object().unwrap();
    for thing in things {
        for key in thing.as_object().unwrap().keys() {
            assert!(terms.contains_key(key), "the context has no key for {key}");
        }
    }
}

#[test]
fn a_network_has_the_same_nodes_and_edges_in_every_format() {
    let built = built();
    let dir = tempfile::tempdir().unwrap();
    let folder = text(dir.path());
    let export = |format| output(&["export", "--format", format, "--store", &built.store]);
    output(&["export", "--format", "edges", "-o", folder, "--store", &built.store]);
    let table = |name: &str| -> Vec<csv::StringRecord> {
        let file = fs::read(dir.path().join(name)).unwrap();
        csv::Reader::from_reader(file.as_slice()).records().map(Result::unwrap).collect()
    };
    let (nodes, edges) = (table("nodes.csv"), table("edges.csv"));
    let classes: std::collections::BTreeSet<&str> = nodes.iter().map(|node| &node[2]).collect();
    assert_eq!(
        classes.into_iter().collect::<Vec<_>>(),
        ["body", "category", "document", "measure", "plan", "problem", "region", "report"]
    );
    assert!(nodes.iter().all(|node| !node[1].is_empty()), "a node has no label");
    let known: std::collections::BTreeSet<&str> = nodes.iter().map(|node| &node[0]).collect();
    assert!(edges.iter().all(|edge| known.contains(&edge[0]) && known.contains(&edge[1])), "an edge leads nowhere");
    // Each of four pages has three measures, two problems and two plans; each is part of its report.
    let of = |relation: &str| edges.iter().filter(|edge| &edge[3] == relation).count();
    assert_eq!((of("part_of"), of("in_category")), (4 * 7, 4 * 7));
    for (format, node, edge) in
        [("graphml", "<node ", "<edge "), ("gexf", "<node ", "<edge "), ("dot", " shape=", " -> ")]
    {
        let text = export(format);
        assert_eq!(text.matches(node).count(), nodes.len(), "{format}");
        assert_eq!(text.matches(edge).count(), edges.len(), "{format}");
        if format != "dot" {
            let mut reader = quick_xml::Reader::from_str(&text);
            reader.config_mut().check_end_names = true;
            while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
        }
    }
    let none = crate::program::run(&["export", "--format", "dot", "-p", "year=1999", "--store", &built.store]);
    assert!(none.code == 0 && none.out == "digraph fazhi {\n}\n" && none.err.contains("no report"), "{}", none.err);
}

#[test]
fn the_description_counts_what_queries_count() {
    let built = built();
    let describe = |more: &[&str]| output(&[&["export", "--format", "void", "--store", &built.store], more].concat());
    let turtle = describe(&[]);
    assert_eq!(turtle, describe(&[]));
    let quads = parsed(RdfFormat::Turtle, &turtle);
    let nquads = describe(&["--syntax", "nquads"]);
    assert_eq!(hash(quads.clone()), hash(parsed(RdfFormat::NQuads, &nquads)));
    let base = "https://w3id.org/fazhi/id/dataset";
    let value = |subject: &str, property: &str| {
        let found = quads.iter().find(|quad| {
            quad.subject.to_string() == format!("<{base}{subject}>") && quad.predicate.as_str().ends_with(property)
        });
        let object = found.unwrap_or_else(|| panic!("{subject} has no {property}")).object.to_string();
        object.split('"').nth(1).unwrap_or(&object).to_owned()
    };
    let count = |pattern: &str, what: &str| {
        let query = format!("SELECT (COUNT({what}) AS ?n) WHERE {{ {pattern} }}");
        let answer = output(&["query", &query, "--store", &built.store, "--format", "csv"]);
        answer.lines().nth(1).unwrap().trim().to_owned()
    };
    let all = "?s ?p ?o";
    assert_eq!(value("", "ns/void#triples"), count(all, "*"));
    assert_eq!(value("", "void#distinctSubjects"), count(all, "DISTINCT ?s"));
    assert_eq!(value("", "void#distinctObjects"), count(all, "DISTINCT ?o"));
    assert_eq!(value("", "void#entities"), count("?s a ?c", "DISTINCT ?s"));
    assert_eq!(value("", "void#properties"), count(all, "DISTINCT ?p"));
    assert_eq!(value("", "void#classes"), count("?s a ?c", "DISTINCT ?c"));
    assert_eq!(value("#class/fz:Figure", "void#entities"), count("?s a fz:Figure", "*"));
    assert_eq!(value("#class/fz:Figure", "void#triples"), count("?s a fz:Figure ; ?p ?o", "*"));
    let indicator = "?s a fz:Figure ; fz:indicator ?o";
    assert_eq!(value("#class/fz:Figure/fz:indicator", "void#triples"), count(indicator, "*"));
    assert_eq!(value("#property/fz:cites", "void#triples"), count("?s fz:cites ?o", "*"));
    assert_eq!(value("#property/fz:cites", "void#distinctSubjects"), count("?s fz:cites ?o", "DISTINCT ?s"));
    assert_eq!(value("#links/fz:category/category", "void#triples"), count("?s fz:category ?o", "*"));
    assert_eq!((value("#years", "dcat#startDate"), value("#years", "dcat#endDate")), ("2018".into(), "2021".into()));
    assert_eq!(value("", "terms/spatial"), "<https://w3id.org/fazhi/id/region/620000>");
    let published = describe(&[
        "--modified",
        "2024-05-01",
        "--license",
        "https://example.org/l",
        "--address",
        "https://example.org/d/",
    ]);
    for part in
        ["\"2024-05-01\"^^xsd:date", "dcterms:license <https://example.org/l>", "<https://example.org/d/fazhi.nq>"]
    {
        assert!(published.contains(part), "{part} is not in {published}");
    }
    let wrong =
        crate::program::run(&["export", "--format", "void", "--modified", "yesterday", "--store", &built.store]);
    assert!(wrong.code == 2 && wrong.err.contains("2024-05-01"), "{}", wrong.err);
}
