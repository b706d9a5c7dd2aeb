//! How central is a node, and what does it hang together with?

use std::cmp::Reverse;
use std::collections::BTreeMap;

use petgraph::unionfind::UnionFind;
use serde::Serialize;

use super::network::Network;

/// The chance that the walker of [`page_rank`] follows an edge rather than leap to any node (Brin and Page 1998).
pub const DAMPING: f64 = 0.85;

/// The ranks are taken as found when a round changes them, summed over all nodes, by less than this.
const TOLERANCE: f64 = 1e-12;

/// At a damping of 0.85 the change falls below the tolerance in some 170 rounds, whatever the network.
const ROUNDS: usize = 500;

/// What was measured at one node.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Scores {
    /// How many edges it has.
    pub degree: usize,
    /// The sum of their weights.
    pub strength: f64,
    /// Its share of the time of a walker who follows edges by weight; see [`page_rank`].
    pub page_rank: f64,
    /// The number of its connected component; 1 is the largest.
    pub component: usize,
}

/// Measures every node, in the order of the nodes.
#[must_use]
pub fn scores(network: &Network) -> Vec<Scores> {
    let ranks = page_rank(network, DAMPING);
    let components = components(network);
    let mut degrees = vec![(0, 0.0); ranks.len()];
    for (one, other, weight) in network.edges() {
        for node in [one, other] {
            degrees[node].0 += 1;
            degrees[node].1 += weight;
        }
    }
    degrees
        .into_iter()
        .zip(ranks)
        .zip(components)
        .map(|(((degree, strength), page_rank), component)| Scores { degree, strength, page_rank, component })
        .collect()
}

/// PageRank on the weighted, undirected network, by power iteration.
///
/// With `N` nodes, `w(u,v)` the weight of an edge and `s(u)` the sum of the weights at `u`, the rank is the fixed point of
///
/// ```text
/// PR(v) = (1 − d)/N + d · ( Σ over neighbours u of PR(u)·w(u,v)/s(u)  +  Σ over nodes u without edges of PR(u)/N )
/// ```
///
/// so the ranks sum to 1. petgraph's own `page_rank` looks at every pair of nodes in every round, ignores weights and
/// gives other values than this formula.
#[must_use]
pub fn page_rank(network: &Network, damping: f64) -> Vec<f64> {
    let count = network.graph().node_count();
    let nodes = as_f64(count);
    let edges: Vec<(usize, usize, f64)> = network.edges().collect();
    let mut strengths = vec![0.0; count];
    for (one, other, weight) in &edges {
        strengths[*one] += weight;
        strengths[*other] += weight;
    }
    let mut ranks = vec![1.0 / nodes; count];
    for _ in 0..ROUNDS {
        let idle: f64 = ranks.iter().zip(&strengths).filter(|(_, s)| **s == 0.0).map(|(rank, _)| rank).sum();
        let mut next = vec![(1.0 - damping + damping * idle) / nodes; count];
        for (one, other, weight) in &edges {
            next[*other] += damping * ranks[*one] * weight / strengths[*one];
            next[*one] += damping * ranks[*other] * weight / strengths[*other];
        }
        let change: f64 = ranks.iter().zip(&next).map(|(old, new)| (old - new).abs()).sum();
        ranks = next;
        if change < TOLERANCE {
            break;
        }
    }
    ranks
}

/// The number of each node's connected component: 1 for the largest; of equally large ones the one with the earlier node
/// comes first.
#[must_use]
pub fn components(network: &Network) -> Vec<usize> {
    let mut union = UnionFind::<usize>::new(network.graph().node_count());
    for (one, other, _) in network.edges() {
        union.union(one, other);
    }
    let roots = union.into_labeling();
    // Size and first node of each component, by its root.
    let mut found: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (node, root) in roots.iter().enumerate() {
        found.entry(*root).or_insert((0, node)).0 += 1;
    }
    let mut order: Vec<(Reverse<usize>, usize, usize)> =
        found.into_iter().map(|(root, (size, first))| (Reverse(size), first, root)).collect();
    order.sort_unstable();
    let numbers: BTreeMap<usize, usize> =
        order.into_iter().enumerate().map(|(position, (_, _, root))| (root, position + 1)).collect();
    roots.iter().map(|root| numbers.get(root).copied().unwrap_or_default()).collect()
}

#[expect(clippy::cast_precision_loss, reason = "a network has far fewer than 2^52 nodes")]
pub(super) const fn as_f64(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::super::network::{NetworkBuilder, Node, NodeKind};
    use super::*;

    fn network(names: &[&str], edges: &[(&str, &str, f64)]) -> Network {
        let mut builder = NetworkBuilder::default();
        for name in names {
            builder.node(Node { iri: (*name).to_owned(), label: (*name).to_owned(), kind: NodeKind::Document });
        }
        for (one, other, weight) in edges {
            builder.edge(one, other, *weight);
        }
        builder.build()
    }

    fn assert_close(found: &[f64], expected: &[f64]) {
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
        }
    }

    /// A path a – b – c with weights 1 and 1: by symmetry PR(a) = PR(c) = x, PR(b) = 1 − 2x, and
    /// x = 0.05 + 0.85·(1 − 2x)/2, so x = 0.475/1.85.
    #[test]
    fn page_rank_of_a_path_is_as_computed_by_hand() {
        let x = 0.475 / 1.85;
        let network = network(&["a", "b", "c"], &[("a", "b", 1.0), ("b", "c", 1.0)]);
        assert_close(&page_rank(&network, DAMPING), &[x, 2.0f64.mul_add(-x, 1.0), x]);
    }

    /// A star around b with weights 3 to a and 1 to c: PR(a) = 0.05 + 0.85·0.75·PR(b), PR(c) = 0.05 + 0.85·0.25·PR(b),
    /// PR(b) = 0.05 + 0.85·(PR(a) + PR(c)), so PR(b) = 0.135/(1 − 0.7225).
    #[test]
    fn page_rank_follows_the_weights() {
        let b = 0.135 / (1.0 - 0.7225);
        let network = network(&["a", "b", "c"], &[("a", "b", 3.0), ("c", "b", 1.0)]);
        assert_close(&page_rank(&network, DAMPING), &[0.05 + 0.6375 * b, b, 0.05 + 0.2125 * b]);
    }

    /// Two nodes with an edge and one alone: PR(lone) = z = 0.05 + 0.85·z/3, the others share what is left.
    #[test]
    fn page_rank_of_a_lone_node_is_spread_over_all() {
        let z = 0.05 / (1.0 - 0.85 / 3.0);
        let network = network(&["a", "b", "lone"], &[("a", "b", 2.0)]);
        assert_close(&page_rank(&network, DAMPING), &[(1.0 - z) / 2.0, (1.0 - z) / 2.0, z]);
    }

    #[test]
    fn components_are_numbered_from_the_largest() {
        let network = network(&["a", "b", "c", "d", "e"], &[("c", "d", 1.0), ("d", "e", 1.0)]);
        assert_eq!(components(&network), [2, 3, 1, 1, 1]);
        let scores = scores(&network);
        assert_eq!((scores[3].degree, scores[0].degree), (2, 0));
        assert_close(&[scores[3].strength], &[2.0]);
    }

    #[test]
    fn a_network_of_nothing_has_no_scores() {
        assert!(scores(&Network::default()).is_empty());
    }

    #[test]
    fn edges_add_up_and_loops_are_left_out() {
        let network = network(&["a", "b"], &[("a", "b", 1.0), ("b", "a", 2.0), ("a", "a", 5.0), ("a", "gone", 1.0)]);
        assert_eq!(network.edges().collect::<Vec<_>>(), [(0, 1, 3.0)]);
    }
}
