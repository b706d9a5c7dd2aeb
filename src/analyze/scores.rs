//! How central is a node, and what does it hang together with?

use std::cmp::Reverse;
use std::collections::BTreeMap;

use petgraph::unionfind::UnionFind;
use rustworkx_core::connectivity::core_number;
use serde::Serialize;

use super::betweenness::betweenness;
use super::communities::{Community, communities, described, modularity};
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
    /// The share of all shortest ways that lead over it; see [`betweenness`].
    pub betweenness: f64,
    /// The largest `k` such that it belongs to a part of the network in which every node has `k` neighbours (its
    /// k-core; Seidman 1983).
    pub core: usize,
    /// The number of its community; see [`communities`].
    pub community: usize,
    /// The number of its connected component; 1 is the largest.
    pub component: usize,
}

/// What was measured at a network and its nodes.
#[derive(Debug, Clone, Default)]
pub struct Measures {
    /// The scores of every node, in the order of the nodes.
    pub nodes: Vec<Scores>,
    /// The communities in the order of their numbers.
    pub communities: Vec<Community>,
    /// How much more weight lies within the communities than chance would put there; see [`modularity`].
    pub modularity: f64,
    /// From how many nodes shortest ways were looked for: fewer than all in a large network, whose betweenness is
    /// therefore an estimate.
    pub sources: usize,
}

/// Measures a network; `seed` is where the searches that are left to chance begin.
#[must_use]
pub fn measure(network: &Network, seed: u64) -> Measures {
    let (ranks, components, cores) = (page_rank(network, DAMPING), components(network), cores(network));
    let (between, of) = (betweenness(network, seed), communities(network, seed));
    let mut nodes: Vec<Scores> = (0..ranks.len())
        .map(|node| Scores {
            degree: 0,
            strength: 0.0,
            page_rank: ranks[node],
            betweenness: between.values[node],
            core: cores[node],
            community: of[node],
            component: components[node],
        })
        .collect();
    for (one, other, weight) in network.edges() {
        for node in [one, other] {
            nodes[node].degree += 1;
            nodes[node].strength += weight;
        }
    }
    Measures {
        nodes,
        communities: described(network, &of),
        modularity: modularity(network, &of),
        sources: between.sources,
    }
}

/// The core number of each node; see [`Scores::core`].
#[must_use]
pub fn cores(network: &Network) -> Vec<usize> {
    let cores = core_number(network.graph());
    network.graph().node_indices().map(|node| cores.get(&node).copied().unwrap_or_default()).collect()
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
    use super::super::network::tests::network;
    use super::*;

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
        let scores = measure(&network, 1).nodes;
        assert_eq!((scores[3].degree, scores[0].degree), (2, 0));
        assert_close(&[scores[3].strength], &[2.0]);
    }

    #[test]
    fn a_network_of_nothing_has_no_scores() {
        let found = measure(&Network::default(), 1);
        assert!(found.nodes.is_empty() && found.communities.is_empty());
        assert_close(&[found.modularity], &[0.0]);
    }

    /// a, b, c, d all joined to each other have three neighbours each; e hangs on a and b by two edges, f on e by one, and
    /// taking f away leaves e its two. The lone node has none.
    #[test]
    fn core_numbers_are_as_peeled_by_hand() {
        let edges = [
            ("a", "b", 5.0),
            ("a", "c", 1.0),
            ("a", "d", 1.0),
            ("b", "c", 1.0),
            ("b", "d", 1.0),
            ("c", "d", 1.0),
            ("e", "a", 1.0),
            ("e", "b", 1.0),
            ("e", "f", 9.0),
        ];
        assert_eq!(cores(&network(&["a", "b", "c", "d", "e", "f", "lone"], &edges)), [3, 3, 3, 3, 2, 1, 0]);
    }

    #[test]
    fn edges_add_up_and_loops_are_left_out() {
        let network = network(&["a", "b"], &[("a", "b", 1.0), ("b", "a", 2.0), ("a", "a", 5.0), ("a", "gone", 1.0)]);
        assert_eq!(network.edges().collect::<Vec<_>>(), [(0, 1, 3.0)]);
    }
}
