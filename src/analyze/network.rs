//! A network of documents, measures, categories and regions.

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
    /// A region that reports.
    Region,
}

impl fmt::Display for NodeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Document => "document",
            Self::Measure => "measure",
            Self::Category => "category",
            Self::Region => "region",
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
    /// The label in few words, for a picture.
    pub short: String,
    /// What it stands for.
    pub kind: NodeKind,
}

impl Node {
    /// A node that goes by its label.
    #[must_use]
    pub fn new(iri: &str, label: &str, kind: NodeKind) -> Self {
        Self { iri: iri.to_owned(), label: label.to_owned(), short: label.to_owned(), kind }
    }
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
    pub fn edges(&self) -> impl Iterator<Item = (usize, usize, f64)> + Clone {
        self.graph.edge_references().map(|edge| (edge.source().index(), edge.target().index(), *edge.weight()))
    }

    /// The part of it that edges of a weight of `least` and more make, or the weight of its heaviest edge, 0 without
    /// edges, if none is so heavy.
    pub(super) fn of_edges(&self, least: f64) -> Result<Self, f64> {
        let graph =
            self.graph.filter_map(|_, node| Some(node.clone()), |_, weight| (*weight >= least).then_some(*weight));
        let graph = graph.filter_map(
            |place, node| graph.neighbors(place).next().is_some().then(|| node.clone()),
            |_, weight| Some(*weight),
        );
        if graph.node_count() == 0 {
            return Err(self.graph.edge_weights().copied().fold(0.0, f64::max));
        }
        Ok(Self { graph })
    }

    /// Gives every node its label in few words.
    pub(super) fn shorten(&mut self, short: impl Fn(&Node) -> String) {
        for node in self.graph.node_weights_mut() {
            node.short = short(node);
        }
    }

    pub(super) fn adjacency(&self) -> Adjacency {
        Adjacency::new(self.graph.node_count(), self.edges())
    }
}

/// The neighbours of each node in one piece of memory, for algorithms that walk the network many times.
#[derive(Debug)]
pub(super) struct Adjacency {
    /// Where the neighbours of a node begin; one more than there are nodes.
    starts: Vec<usize>,
    ends: Vec<(usize, f64)>,
}

impl Adjacency {
    /// The neighbours of each node, in the order of the edges.
    pub(super) fn new(nodes: usize, edges: impl Iterator<Item = (usize, usize, f64)> + Clone) -> Self {
        let mut starts = vec![0; nodes + 1];
        for (one, other, _) in edges.clone() {
            starts[one + 1] += 1;
            starts[other + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let mut next = starts.clone();
        let mut ends = vec![(0, 0.0); starts[nodes]];
        for (one, other, weight) in edges {
            for (from, to) in [(one, other), (other, one)] {
                ends[next[from]] = (to, weight);
                next[from] += 1;
            }
        }
        Self { starts, ends }
    }

    /// How many nodes there are.
    pub(super) const fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The neighbours of a node with the weights of the edges.
    pub(super) fn of(&self, node: usize) -> &[(usize, f64)] {
        &self.ends[self.starts[node]..self.starts[node + 1]]
    }
}

/// Collects nodes and edges in any order.
///
/// Inside, things go by numbers: a network of millions of edges would spend its time comparing IRIs.
#[derive(Debug, Default)]
pub struct NetworkBuilder {
    numbers: BTreeMap<String, usize>,
    /// By number; `None` of what only edges spoke of.
    nodes: Vec<Option<Node>>,
    edges: Vec<(usize, usize, f64)>,
}

impl NetworkBuilder {
    /// Adds a node; of several labels for one IRI the first in code-point order is kept.
    pub fn node(&mut self, node: Node) {
        let number = self.number(&node.iri);
        match &mut self.nodes[number] {
            Some(known) if known.label <= node.label => {}
            place => *place = Some(node),
        }
    }

    /// Adds `weight` to the edge between two IRIs; an edge from a node to itself is left out.
    pub fn edge(&mut self, one: &str, other: &str, weight: f64) {
        let (one, other) = (self.number(one), self.number(other));
        self.edge_between(one, other, weight);
    }

    /// The number by which a thing goes here.
    pub(super) fn number(&mut self, iri: &str) -> usize {
        if let Some(number) = self.numbers.get(iri) {
            return *number;
        }
        let number = self.nodes.len();
        self.numbers.insert(iri.to_owned(), number);
        self.nodes.push(None);
        number
    }

    /// As [`Self::edge`], by numbers.
    pub(super) fn edge_between(&mut self, one: usize, other: usize, weight: f64) {
        if one != other {
            self.edges.push((one, other, weight));
        }
    }

    /// The network; edges between nodes that were not added are left out.
    #[must_use]
    pub fn build(mut self) -> Network {
        let mut graph = UnGraph::default();
        let mut places: Vec<Option<usize>> = vec![None; self.nodes.len()];
        for number in self.numbers.into_values() {
            if let Some(node) = self.nodes[number].take() {
                places[number] = Some(graph.add_node(node).index());
            }
        }
        let mut edges: Vec<(usize, usize, f64)> = self
            .edges
            .into_iter()
            .filter_map(|(one, other, weight)| {
                let (one, other) = (places[one]?, places[other]?);
                Some((one.min(other), one.max(other), weight))
            })
            .collect();
        // A stable sort: weights of one edge are added up in the order in which they came.
        edges.sort_by_key(|(one, other, _)| (*one, *other));
        for same in edges.chunk_by(|left, right| (left.0, left.1) == (right.0, right.1)) {
            let (one, other, _) = same[0];
            let weight = same.iter().map(|(_, _, weight)| weight).sum();
            graph.add_edge(NodeIndex::new(one), NodeIndex::new(other), weight);
        }
        Network { graph }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A network of documents named so.
    pub fn network(names: &[&str], edges: &[(&str, &str, f64)]) -> Network {
        let mut builder = NetworkBuilder::default();
        for name in names {
            builder.node(Node::new(name, name, NodeKind::Document));
        }
        for (one, other, weight) in edges {
            builder.edge(one, other, *weight);
        }
        builder.build()
    }

    /// Numbers that look like chance (Lehmer's generator).
    fn chance(seed: usize) -> impl FnMut(usize) -> usize {
        let mut state = seed * 2 + 1;
        move |below| {
            state = state * 48_271 % 2_147_483_647;
            state / 7 % below
        }
    }

    fn numbered(nodes: usize, edges: &[(usize, usize)]) -> Network {
        let names: Vec<String> = (0..nodes).map(|node| format!("{node:06}")).collect();
        let edges: Vec<(&str, &str, f64)> =
            edges.iter().map(|(one, other)| (names[*one].as_str(), names[*other].as_str(), 1.0)).collect();
        network(&names.iter().map(String::as_str).collect::<Vec<_>>(), &edges)
    }

    /// A network whose edges are drawn by chance.
    pub fn invented(nodes: usize, edges: usize, seed: usize) -> Network {
        let mut draw = chance(seed);
        numbered(nodes, &(0..edges).map(|_| (draw(nodes), draw(nodes))).collect::<Vec<_>>())
    }

    /// A network of groups with so many edges a node within its group and between any groups, and each node's group.
    pub fn planted(groups: usize, size: usize, within: usize, between: usize, seed: usize) -> (Network, Vec<usize>) {
        let mut draw = chance(seed);
        let mut edges = Vec::new();
        let nodes = groups * size;
        for _ in 0..nodes * within {
            let group = draw(groups) * size;
            edges.push((group + draw(size), group + draw(size)));
        }
        edges.extend((0..nodes * between).map(|_| (draw(nodes), draw(nodes))));
        (numbered(nodes, &edges), (0..nodes).map(|node| node / size).collect())
    }

    #[test]
    fn light_edges_can_be_left_out() {
        let network = network(&["a", "b", "c", "d"], &[("a", "b", 1.0), ("b", "d", 3.0), ("c", "d", 2.0)]);
        let heavy = network.of_edges(2.0).unwrap();
        let labels: Vec<&str> = heavy.nodes().map(|node| node.label.as_str()).collect();
        assert_eq!(labels, ["b", "c", "d"]);
        assert_eq!(heavy.edges().collect::<Vec<_>>(), [(0, 2, 3.0), (1, 2, 2.0)]);
        assert_eq!(network.of_edges(9.0).unwrap_err().to_string(), "3");
        assert_eq!(Network::default().of_edges(1.0).unwrap_err().to_string(), "0");
    }

    #[test]
    fn neighbours_are_found_from_both_ends() {
        let network = network(&["a", "b", "c"], &[("a", "b", 2.0), ("b", "c", 3.0)]);
        let adjacency = network.adjacency();
        assert_eq!(adjacency.len(), 3);
        assert_eq!(adjacency.of(1), [(0, 2.0), (2, 3.0)]);
        assert_eq!(adjacency.of(2), [(1, 3.0)]);
    }
}
