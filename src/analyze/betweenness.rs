//! On how many of the shortest ways through the network does a node lie?

use std::collections::VecDeque;

use rayon::prelude::*;

use super::network::{Adjacency, Network};
use super::scores::as_f64;

/// About how many steps along an edge are taken for a network: some seconds on one core.
const STEPS: usize = 400_000_000;

/// Sources that are worked on together. Their sums are added up in order, so that the result does not depend on the number
/// of threads.
const CHUNK: usize = 32;

/// How central each node is by the shortest ways that lead over it.
#[derive(Debug, Clone, PartialEq)]
pub struct Betweenness {
    /// The share of all pairs of other nodes whose shortest ways lead over the node, from 0 to 1; a pair with several
    /// shortest ways counts by the share of these.
    pub values: Vec<f64>,
    /// From how many nodes ways were looked for; fewer than there are nodes when the network is large.
    pub sources: usize,
}

/// Betweenness by Brandes's algorithm (2001), every edge being one step whatever its weight.
///
/// In a network in which every node cannot be taken as source within some seconds, as many as can are drawn by `seed`
/// and the sums are scaled up (Brandes and Pich 2007).
#[must_use]
pub fn betweenness(network: &Network, seed: u64) -> Betweenness {
    let adjacency = network.adjacency();
    let edges = network.graph().edge_count();
    let affordable = (STEPS / (2 * edges + adjacency.len()).max(1)).max(1);
    from_sources(&adjacency, &draw(adjacency.len(), affordable, seed))
}

fn from_sources(adjacency: &Adjacency, sources: &[usize]) -> Betweenness {
    let count = adjacency.len();
    let parts: Vec<Vec<f64>> = sources
        .par_chunks(CHUNK)
        .map(|sources| {
            let mut walk = Walk::new(count);
            for source in sources {
                walk.from(adjacency, *source);
            }
            walk.sums
        })
        .collect();
    let mut values = vec![0.0; count];
    for part in parts {
        for (value, addend) in values.iter_mut().zip(part) {
            *value += addend;
        }
    }
    // Each unordered pair of other nodes is met from both its ends.
    let pairs = as_f64(count.saturating_sub(1)) * as_f64(count.saturating_sub(2));
    if pairs > 0.0 {
        let scale = as_f64(count) / as_f64(sources.len()) / pairs;
        for value in &mut values {
            *value *= scale;
        }
    }
    Betweenness { values, sources: sources.len() }
}

/// What one thread needs to walk the network from a source, kept from source to source.
struct Walk {
    sums: Vec<f64>,
    distance: Vec<usize>,
    ways: Vec<f64>,
    share: Vec<f64>,
    order: Vec<usize>,
    queue: VecDeque<usize>,
}

impl Walk {
    fn new(count: usize) -> Self {
        Self {
            sums: vec![0.0; count],
            distance: vec![usize::MAX; count],
            ways: vec![0.0; count],
            share: vec![0.0; count],
            order: Vec::with_capacity(count),
            queue: VecDeque::new(),
        }
    }

    fn from(&mut self, adjacency: &Adjacency, source: usize) {
        self.distance.fill(usize::MAX);
        self.ways.fill(0.0);
        self.share.fill(0.0);
        self.order.clear();
        self.distance[source] = 0;
        self.ways[source] = 1.0;
        self.queue.push_back(source);
        while let Some(node) = self.queue.pop_front() {
            self.order.push(node);
            for (next, _) in adjacency.of(node) {
                if self.distance[*next] == usize::MAX {
                    self.distance[*next] = self.distance[node] + 1;
                    self.queue.push_back(*next);
                }
                if self.distance[*next] == self.distance[node] + 1 {
                    self.ways[*next] += self.ways[node];
                }
            }
        }
        // From the farthest back: what depends on a node is handed to those before it, by their shares of its ways.
        for node in self.order.iter().rev() {
            for (before, _) in adjacency.of(*node) {
                if self.distance[*before] + 1 == self.distance[*node] {
                    self.share[*before] += self.ways[*before] / self.ways[*node] * (1.0 + self.share[*node]);
                }
            }
            if *node != source {
                self.sums[*node] += self.share[*node];
            }
        }
    }
}

/// All the numbers below `count`, or `wanted` of them drawn without putting back; ascending.
fn draw(count: usize, wanted: usize, seed: u64) -> Vec<usize> {
    let mut numbers: Vec<usize> = (0..count).collect();
    if wanted >= count {
        return numbers;
    }
    let mut state = seed;
    for position in 0..wanted {
        let left = u64::try_from(count - position).unwrap_or(u64::MAX);
        let other = position + usize::try_from(next(&mut state) % left).unwrap_or(0);
        numbers.swap(position, other);
    }
    numbers.truncate(wanted);
    numbers.sort_unstable();
    numbers
}

/// The next number of `SplitMix64` (Steele, Lea and Flood 2014).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::super::network::tests::{invented, network};
    use super::*;

    fn assert_close(found: &[f64], expected: &[f64]) {
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
        }
    }

    /// On the path a – b – c – d, the ways a–c and a–d lead over b: 2 of the 3 pairs of the others. In the square
    /// p – q – r – s each pair of opposite corners has two shortest ways, so each corner has half of one of its 3 pairs.
    #[test]
    fn shares_of_shortest_ways_are_as_counted_by_hand() {
        let path = network(&["a", "b", "c", "d"], &[("a", "b", 1.0), ("b", "c", 9.0), ("c", "d", 1.0)]);
        assert_close(&betweenness(&path, 1).values, &[0.0, 2.0 / 3.0, 2.0 / 3.0, 0.0]);
        let square =
            network(&["p", "q", "r", "s"], &[("p", "q", 1.0), ("q", "r", 1.0), ("r", "s", 1.0), ("s", "p", 1.0)]);
        assert_close(&betweenness(&square, 1).values, &[1.0 / 6.0; 4]);
    }

    /// Two pairs and one alone: no way leads over anything; networks of fewer than three nodes have no pairs at all.
    #[test]
    fn nothing_lies_between_what_is_not_connected() {
        let pairs = network(&["a", "b", "c", "d", "e"], &[("a", "b", 1.0), ("c", "d", 1.0)]);
        assert_close(&betweenness(&pairs, 1).values, &[0.0; 5]);
        assert_close(&betweenness(&network(&["a", "b"], &[("a", "b", 1.0)]), 1).values, &[0.0; 2]);
        assert_close(&betweenness(&network(&["a"], &[]), 1).values, &[0.0]);
        assert!(betweenness(&Network::default(), 1).values.is_empty());
    }

    /// rustworkx-core has an implementation of its own.
    #[test]
    fn another_implementation_finds_the_same() {
        for (nodes, edges, seed) in [(40, 60, 1), (60, 400, 2), (80, 70, 3)] {
            let network = invented(nodes, edges, seed);
            let theirs: Vec<f64> =
                rustworkx_core::centrality::betweenness_centrality(network.graph(), false, true, usize::MAX)
                    .into_iter()
                    .map(Option::unwrap_or_default)
                    .collect();
            assert_close(&betweenness(&network, 1).values, &theirs);
        }
    }

    #[test]
    fn a_sample_comes_near_the_whole() {
        let network = invented(400, 1200, 4);
        let adjacency = network.adjacency();
        let whole = from_sources(&adjacency, &draw(400, 400, 7));
        let sample = from_sources(&adjacency, &draw(400, 200, 7));
        assert_eq!((whole.sources, sample.sources), (400, 200));
        let top = |values: &[f64]| {
            let mut order: Vec<usize> = (0..values.len()).collect();
            order.sort_by(|left, right| values[*right].total_cmp(&values[*left]));
            order[..20].to_vec()
        };
        let (exact, found) = (top(&whole.values), top(&sample.values));
        let common = found.iter().filter(|node| exact.contains(node)).count();
        assert!(common >= 14, "{common} of the 20 most central are found");
        assert_eq!(sample, from_sources(&adjacency, &draw(400, 200, 7)));
        assert_ne!(draw(400, 200, 7), draw(400, 200, 8));
    }
}
