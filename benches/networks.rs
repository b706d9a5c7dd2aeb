//! How long do the measures of a network take by themselves? `benches/networks.py` does the same with networkx.
//!
//! `cargo bench --bench networks -- EDGES.csv` reads what `fazhi analyze … --format edges-csv` wrote and prints, a line
//! each, the seconds that a measure took (the best of three) and, of communities, their modularity.

#![expect(clippy::print_stdout, reason = "a bench prints")]
#![expect(clippy::unwrap_used, reason = "a bench may panic")]

use std::time::Instant;

use fazhi::analyze::{
    DAMPING, Network, NetworkBuilder, Node, NodeKind, SEED, betweenness, communities, cores, modularity, page_rank,
};

fn main() {
    let Some(path) = std::env::args().skip(1).find(|argument| !argument.starts_with("--")) else {
        println!("usage: cargo bench --bench networks -- EDGES.csv");
        return;
    };
    let network = read(&path);
    println!("nodes {} edges {}", network.nodes().count(), network.edges().count());
    timed("page_rank", || page_rank(&network, DAMPING));
    timed("core", || cores(&network));
    let found = timed("communities", || communities(&network, SEED));
    println!("modularity {:.6}", modularity(&network, &found));
    let found = timed("betweenness", || betweenness(&network, SEED));
    println!("betweenness from {} nodes", found.sources);
}

fn read(path: &str) -> Network {
    let mut builder = NetworkBuilder::default();
    for row in csv::Reader::from_path(path).unwrap().records() {
        let row = row.unwrap();
        for (label, iri) in [(4, 6), (5, 7)] {
            builder.node(Node::new(&row[iri], &row[label], NodeKind::Document));
        }
        builder.edge(&row[6], &row[7], row[3].parse().unwrap());
    }
    builder.build()
}

fn timed<T>(name: &str, run: impl Fn() -> T) -> T {
    let mut best = f64::INFINITY;
    let mut found = None;
    for _ in 0..3 {
        let start = Instant::now();
        found = Some(run());
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!("{name} {best:.4} s");
    found.unwrap()
}
