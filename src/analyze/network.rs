//! A network of documents, measures and categories.

use std::collections::BTreeMap;
use std::fmt;

use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::visit::EdgeRef;
use serde::Serialize;

/// What a node stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NodeKind {
    /// A law, regulation, policy or other document.
    Document,
    /// A measure of one report.
    Measure,
    /// A category of measures.
    Category,
}

impl fmt::Display for NodeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Document => "document",
            Self::Measure => "measure",
            Self::Category => "category",
        })
    }
}

/// A node: what it is, and where to look it up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Node {
    /// The thing's IRI in the store.
    pub iri: String,
    /// What people call it.
    pub label: String,
    /// What it stands for.
    pub kind: NodeKind,
}

/// An undirected, weighted network without parallel edges and loops; its nodes are sorted by IRI, its edges by theirs.
#[derive(Debug, Clone, Default)]
pub struct Network {
    graph: UnGraph<Node, f64>,
}

impl Network {
    /// The network as petgraph has it.
    #[must_use]
    pub const fn graph(&self) -> &UnGraph<Node, f64> {
        &self.graph
    }

    /// The nodes in their order.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.graph.node_weights()
    }

    /// The edges in their order: two positions among the nodes, the smaller first, and the weight.
    pub fn edges(&self) -> impl Iterator<Item = (usize, usize, f64)> {
        self.graph.edge_references().map(|edge| (edge.source().index(), edge.target().index(), *edge.weight()))
    }
}

/// Collects nodes and edges in any order.
#[derive(Debug, Default)]
pub struct NetworkBuilder {
    nodes: BTreeMap<String, Node>,
    edges: BTreeMap<(String, String), f64>,
}

impl NetworkBuilder {
    /// Adds a node; of several labels for one IRI the first in code-point order is kept.
    pub fn node(&mut self, node: Node) {
        let known = self.nodes.entry(node.iri.clone()).or_insert_with(|| node.clone());
        if node.label < known.label {
            known.label = node.label;
        }
    }

    /// Adds `weight` to the edge between two IRIs; an edge from a node to itself is left out.
    pub fn edge(&mut self, one: &str, other: &str, weight: f64) {
        if one != other {
            let (first, second) = if one < other { (one, other) } else { (other, one) };
            *self.edges.entry((first.to_owned(), second.to_owned())).or_default() += weight;
        }
    }

    /// The network; edges between nodes that were not added are left out.
    #[must_use]
    pub fn build(self) -> Network {
        let mut graph = UnGraph::default();
        let places: BTreeMap<String, NodeIndex> =
            self.nodes.into_iter().map(|(iri, node)| (iri, graph.add_node(node))).collect();
        for ((one, other), weight) in self.edges {
            if let (Some(one), Some(other)) = (places.get(&one), places.get(&other)) {
                graph.add_edge(*one, *other, weight);
            }
        }
        Network { graph }
    }
}
