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
