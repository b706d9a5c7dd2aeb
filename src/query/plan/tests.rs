//! A planned query has the rows of the query as it was written: random queries over random small graphs.

use oxigraph::io::RdfFormat;
use oxigraph::sparql::{CancellationToken, QueryResults, SparqlEvaluator};
use oxigraph::store::Store;
use proptest::prelude::*;
use spargebra::Query;

use super::super::evaluate::parse;
use super::super::rewrite::rewrite;

/// A graph of few nodes and properties, so that most joins find something.
fn graph() -> impl Strategy<Value = String> {
    prop::collection::vec((0..5_u8, 0..3_u8, 0..6_u8), 0..24).prop_map(|triples| {
        // Every node is in the graph: of what is not, the evaluator denies that a path of no steps leads to itself,
        // which SPARQL says it does.
        let nodes = (0..5).map(|node| format!("<urn:n{node}> <urn:label> \"{node}\" .\n"));
        let edges = triples.into_iter().map(|(subject, property, object)| {
            let object = if object == 5 { "\"x\"".to_owned() } else { format!("<urn:n{object}>") };
            format!("<urn:n{subject}> <urn:p{property}> {object} .\n")
        });
        nodes.chain(edges).collect()
    })
}

/// The last two are also assigned.
fn variable() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => (0..4_u8).prop_map(|number| format!("?v{number}")),
        1 => (0..2_u8).prop_map(|number| format!("?b{number}")),
    ]
}

fn node() -> impl Strategy<Value = String> {
    prop_oneof![4 => variable(), 1 => (0..5_u8).prop_map(|number| format!("<urn:n{number}>"))]
}

fn property() -> impl Strategy<Value = String> {
    (0..3_u8).prop_map(|number| format!("<urn:p{number}>"))
}

fn triple() -> impl Strategy<Value = String> {
    let path = prop_oneof![
        8 => property(),
        1 => property().prop_map(|property| format!("{property}+")),
        1 => property().prop_map(|property| format!("{property}*")),
        1 => property().prop_map(|property| format!("{property}?")),
        1 => property().prop_map(|property| format!("^{property}")),
        1 => (property(), property()).prop_map(|(one, other)| format!("{one}/{other}")),
        1 => (property(), property()).prop_map(|(one, other)| format!("({one}|{other})+")),
    ];
    (node(), path, node()).prop_map(|(subject, path, object)| format!("{subject} {path} {object} ."))
}

fn condition() -> impl Strategy<Value = String> {
    prop_oneof![
        (variable(), node()).prop_map(|(one, other)| format!("{one} = {other}")),
        (variable(), node()).prop_map(|(one, other)| format!("{one} != {other}")),
        variable().prop_map(|variable| format!("BOUND({variable})")),
        variable().prop_map(|variable| format!("!BOUND({variable})")),
    ]
}

/// What stands between braces.
fn group() -> impl Strategy<Value = String> {
    let simple = prop::collection::vec(triple(), 1..4).prop_map(|triples| triples.join(" "));
    simple.prop_recursive(3, 24, 4, |inner| {
        let element = prop_oneof![
            4 => triple(),
            2 => inner.clone().prop_map(|inner| format!("OPTIONAL {{ {inner} }}")),
            1 => (inner.clone(), condition()).prop_map(|(inner, test)| format!("OPTIONAL {{ {inner} FILTER ({test}) }}")),
            2 => triple().prop_map(|triple| format!("OPTIONAL {{ {triple} }}")),
            1 => inner.clone().prop_map(|inner| format!("MINUS {{ {inner} }}")),
            2 => triple().prop_map(|triple| format!("MINUS {{ {triple} }}")),
            // A value that is certain, or perhaps not, and is joined on.
            2 => (variable(), variable(), 0..2_u8).prop_map(|(one, other, number)| {
                format!("BIND (COALESCE({one}, {other}) AS ?b{number})")
            }),
            1 => (variable(), variable(), 0..2_u8).prop_map(|(one, other, number)| {
                format!("BIND (IF({one} = {other}, {one}, ?none) AS ?b{number})")
            }),
            1 => (inner.clone(), inner.clone()).prop_map(|(one, other)| format!("{{ {one} }} UNION {{ {other} }}")),
            1 => inner.clone().prop_map(|inner| format!("{{ {inner} }}")),
            1 => inner.clone().prop_map(|inner| format!("FILTER EXISTS {{ {inner} }}")),
            1 => inner.clone().prop_map(|inner| format!("FILTER NOT EXISTS {{ {inner} }}")),
            1 => condition().prop_map(|test| format!("FILTER ({test})")),
            1 => (variable(), 0..5_u8, 0..5_u8)
                .prop_map(|(variable, one, other)| format!("VALUES {variable} {{ <urn:n{one}> <urn:n{other}> }}")),
            1 => (inner.clone(), variable(), variable(), 0..9_u8).prop_map(|(inner, key, counted, number)| format!(
                "{{ SELECT {key} (COUNT({counted}) AS ?c{number}) WHERE {{ {inner} }} GROUP BY {key} }}"
            )),
            1 => (inner, variable(), variable()).prop_map(|(inner, one, other)| format!(
                "{{ SELECT DISTINCT {one} {other} WHERE {{ {inner} }} }}"
            )),
        ];
        prop::collection::vec(element, 1..5).prop_map(|elements| elements.join(" "))
    })
}

/// The rows as sorted lines.
fn rows(store: &Store, query: Query, optimized: bool) -> Vec<String> {
    let evaluator = SparqlEvaluator::new();
    let evaluator = if optimized { evaluator } else { evaluator.without_optimizations() };
    let QueryResults::Solutions(solutions) = evaluator.for_query(query).on_store(store).execute().unwrap() else {
        return Vec::new();
    };
    let mut rows: Vec<String> = solutions
        .map(|solution| {
            let solution = solution.unwrap();
            let mut cells: Vec<String> = solution.iter().map(|(name, term)| format!("{name}={term}")).collect();
            cells.sort();
            cells.join(" ")
        })
        .collect();
    rows.sort();
    rows
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn a_planned_query_has_the_rows_of_the_query_as_written(graph in graph(), group in group()) {
        // SPARQL 1.1 does not tell what known values mean for a sub-select or an assignment within EXISTS; the evaluator answers
        // either way.
        prop_assume!(!(group.contains("EXISTS") && (group.contains("SELECT") || group.contains("BIND"))));
        let store = Store::new().unwrap();
        store.load_from_slice(RdfFormat::NTriples, &graph).unwrap();
        let text = format!("SELECT * WHERE {{ {group} }}");
        let query = parse(&text);
        prop_assume!(query.is_ok());
        let query = query.unwrap();
        let literal = rows(&store, query.clone(), false);
        prop_assume!(literal.len() < 5_000);
        // Where the evaluator's own optimizer is at variance with the letter, nothing can be held against the plan.
        prop_assume!(rows(&store, query.clone(), true) == literal);
        let planned = rewrite(query, &store, &CancellationToken::new()).unwrap();
        let shown = format!("{text}\n{planned}");
        prop_assert_eq!(rows(&store, planned, true), literal, "{}", shown);
    }
}
