//! Which nodes hang together more closely with each other than with the rest?

use std::collections::BTreeMap;

use leiden_rs::{GraphData, GraphDataBuilder, Leiden, LeidenConfig, Partition};

use super::network::{Network, NodeKind};

/// How often the search starts anew: chance decides where it goes, and the best result is kept.
const STARTS: u64 = 8;

/// How often a result is taken as the next start; after a few rounds nothing is gained any more.
const ROUNDS: u64 = 10;

/// A gain of modularity below this is rounding.
const GAIN: f64 = 1e-9;

/// About how many edges are gone through in all; a network of more gets fewer starts.
const EDGES: usize = 2_000_000;

/// How many members give a community its name.
const NAMESAKES: usize = 3;

/// A group of nodes, and what it is like.
#[derive(Debug, Clone, PartialEq)]
pub struct Community {
    /// Its number: 1 is the largest; of equally large ones that with the earlier node comes first.
    pub number: usize,
    /// Its strongest members by short label, at most three, measures only where it has nothing else: what a reader may
    /// call it.
    pub name: Vec<String>,
    /// How many nodes it has.
    pub size: usize,
    /// The weight of the edges within it.
    pub inside: f64,
    /// The weight of the edges that lead out of it.
    pub outside: f64,
    /// Its members, those first that are bound most strongly to the others in it.
    pub members: Vec<usize>,
}

impl Community {
    /// Its name in one piece.
    #[must_use]
    pub fn title(&self) -> String {
        self.name.join("\u{3001}")
    }

    /// The share of the weight at its nodes' edges that stays within it; `None` without edges.
    #[must_use]
    pub fn cohesion(&self) -> Option<f64> {
        let whole = self.inside + self.outside;
        (whole > 0.0).then(|| self.inside / whole)
    }
}

/// The number of each node's community (see [`Community::number`]), by the Leiden algorithm (Traag, Waltman and van Eck
/// 2019) for modularity with resolution 1, as good as several starts drawn from `seed` find it. A node without edges is
/// a community of its own.
#[must_use]
pub fn communities(network: &Network, seed: u64) -> Vec<usize> {
    let count = network.graph().node_count();
    let alone: Vec<usize> = (0..count).collect();
    // Weights of any size: only their ratios matter, and sums of the largest must not overflow.
    let heaviest = network.edges().map(|(_, _, weight)| weight).fold(0.0, f64::max);
    let Some(data) = data(network, heaviest) else { return numbered(&alone) };
    let starts = as_u64(EDGES / network.graph().edge_count().max(1)).clamp(1, STARTS);
    let mut best = (modularity(network, &alone), alone);
    for start in 0..starts {
        if let Some(found) = settled(network, &data, seed.wrapping_add(start.wrapping_mul(ROUNDS)))
            && found.0 > best.0 + GAIN
        {
            best = found;
        }
    }
    numbered(&best.1)
}

fn data(network: &Network, heaviest: f64) -> Option<GraphData> {
    let mut builder = GraphDataBuilder::new(network.graph().node_count());
    for (one, other, weight) in network.edges() {
        let relative = weight / heaviest;
        if relative.is_finite() && relative > 0.0 {
            builder.add_edge(one, other, relative).ok()?;
        }
    }
    builder.build().ok()
}

/// Searches from single nodes on, and then from what was found as long as that gains.
fn settled(network: &Network, data: &GraphData, seed: u64) -> Option<(f64, Vec<usize>)> {
    let mut best: Option<(f64, Vec<usize>)> = None;
    for round in 0..ROUNDS {
        let search = Leiden::new(LeidenConfig::builder().seed(seed.wrapping_add(round)).build());
        let found = match &best {
            None => search.run(data),
            Some((_, known)) => search.run_with_initial_partition(data, Partition::from_membership(known.clone())),
        }
        .ok()?;
        let of: Vec<usize> = (0..data.node_count()).map(|node| found.partition.community_of(node)).collect();
        let quality = modularity(network, &of);
        if best.as_ref().is_some_and(|(known, _)| quality <= known + GAIN) {
            break;
        }
        best = Some((quality, of));
    }
    best
}

/// The modularity of a division of the network (Newman and Girvan 2004; Newman 2004 for weights), `of` being any number for
/// each node's group: with `W` the weight of all edges, and of each group `c` the weight `w(c)` within it and the
/// strengths `s(c)` of its nodes, the sum of `w(c)/W − (s(c)/2W)²`. It is at most 1; 0 is what chance would give.
#[must_use]
pub fn modularity(network: &Network, of: &[usize]) -> f64 {
    let mut groups: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    let heaviest = network.edges().map(|(_, _, weight)| weight).fold(0.0, f64::max);
    let mut whole = 0.0;
    for (one, other, weight) in network.edges() {
        let relative = weight / heaviest;
        if !(relative.is_finite() && relative > 0.0) {
            continue;
        }
        whole += relative;
        if of[one] == of[other] {
            groups.entry(of[one]).or_default().0 += relative;
        }
        for node in [one, other] {
            groups.entry(of[node]).or_default().1 += relative;
        }
    }
    if whole == 0.0 {
        return 0.0;
    }
    groups.values().map(|(inside, strength)| inside / whole - (strength / (2.0 * whole)).powi(2)).sum()
}

/// The same groups, numbered from the largest.
fn numbered(of: &[usize]) -> Vec<usize> {
    let mut sizes: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (node, group) in of.iter().enumerate() {
        sizes.entry(*group).or_insert((0, node)).0 += 1;
    }
    let mut order: Vec<(usize, usize, usize)> =
        sizes.into_iter().map(|(group, (size, first))| (of.len() - size, first, group)).collect();
    order.sort_unstable();
    let numbers: BTreeMap<usize, usize> =
        order.into_iter().zip(1..).map(|((_, _, group), number)| (group, number)).collect();
    of.iter().map(|group| numbers.get(group).copied().unwrap_or_default()).collect()
}

/// The communities in the order of their numbers, described and named.
#[must_use]
pub fn described(network: &Network, of: &[usize]) -> Vec<Community> {
    let count = of.iter().copied().max().unwrap_or_default();
    let mut found: Vec<Community> = (1..=count)
        .map(|number| Community { number, name: Vec::new(), size: 0, inside: 0.0, outside: 0.0, members: Vec::new() })
        .collect();
    let mut bound = vec![0.0; of.len()];
    for (one, other, weight) in network.edges() {
        if of[one] == of[other] {
            bound[one] += weight;
            bound[other] += weight;
            found[of[one] - 1].inside += weight;
        } else {
            found[of[one] - 1].outside += weight;
            found[of[other] - 1].outside += weight;
        }
    }
    let nodes: Vec<_> = network.nodes().collect();
    let mut order: Vec<usize> = (0..of.len()).collect();
    order.sort_by(|left, right| {
        bound[*right].total_cmp(&bound[*left]).then_with(|| nodes[*left].label.cmp(&nodes[*right].label))
    });
    for node in order {
        let community = &mut found[of[node] - 1];
        community.size += 1;
        community.members.push(node);
    }
    for community in &mut found {
        // A measure is one of thousands, its name a phrase of one report: documents and fields say more to a reader.
        let (others, measures): (Vec<usize>, Vec<usize>) =
            community.members.iter().partition(|node| nodes[**node].kind != NodeKind::Measure);
        let called = if others.is_empty() { measures } else { others };
        community.name = called.into_iter().take(NAMESAKES).map(|node| nodes[node].short.clone()).collect();
    }
    found
}

fn as_u64(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::network::tests::{invented, network, planted};
    use super::*;

    const TWO_TRIANGLES: [(&str, &str, f64); 7] = [
        ("a", "b", 1.0),
        ("b", "c", 1.0),
        ("a", "c", 1.0),
        ("d", "e", 1.0),
        ("e", "f", 1.0),
        ("d", "f", 1.0),
        ("c", "d", 1.0),
    ];

    /// Two triangles joined by an edge: 7 edges, 3 within each triangle, strengths 7 and 7, so
    /// 2·(3/7 − (7/14)²) = 5/14. All in one: 7/7 − 1 = 0. Each alone: −(4·2² + 2·3²)/14² = −34/196.
    #[test]
    fn modularity_is_as_computed_by_hand() {
        let network = network(&["a", "b", "c", "d", "e", "f"], &TWO_TRIANGLES);
        for (of, expected) in [([1, 1, 1, 2, 2, 2], 5.0 / 14.0), ([1; 6], 0.0), ([1, 2, 3, 4, 5, 6], -34.0 / 196.0)] {
            assert!((modularity(&network, &of) - expected).abs() < 1e-12, "{of:?}");
        }
        assert_eq!(communities(&network, 1), [1, 1, 1, 2, 2, 2]);
    }

    #[test]
    fn a_community_is_described_by_its_strongest_members() {
        let mut edges = TWO_TRIANGLES.to_vec();
        edges.push(("d", "g", 1.0));
        let network = network(&["a", "b", "c", "d", "e", "f", "g", "lone"], &edges);
        let found = described(&network, &communities(&network, 1));
        let short: Vec<_> = found.iter().map(|c| (c.number, c.size, c.inside, c.outside)).collect();
        assert_eq!(short, [(1, 4, 4.0, 1.0), (2, 3, 3.0, 1.0), (3, 1, 0.0, 0.0)]);
        // d has three edges within, e and f two each, g one.
        assert_eq!(found[0].name, ["d", "e", "f"]);
        assert_eq!(found[0].members, [3, 4, 5, 6]);
        assert_eq!((found[1].cohesion(), found[2].cohesion()), (Some(0.75), None));
    }

    #[test]
    fn planted_communities_are_found() {
        for (groups, size, within, between, seed) in [(4, 30, 8, 1, 1), (20, 100, 8, 2, 2), (40, 30, 8, 1, 3)] {
            let (network, truth) = planted(groups, size, within, between, seed);
            let found = communities(&network, 1);
            assert!(modularity(&network, &found) >= modularity(&network, &truth) - 1e-3);
            // Of each group's nodes, nearly all are in one community, and that is not another group's.
            let mut kept = 0;
            let mut taken = std::collections::BTreeSet::new();
            for group in 0..groups {
                let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
                for node in (0..truth.len()).filter(|node| truth[*node] == group) {
                    *counts.entry(found[node]).or_default() += 1;
                }
                let (community, most) = counts.into_iter().max_by_key(|(_, count)| *count).unwrap();
                kept += most;
                taken.insert(community);
            }
            assert!(kept * 100 >= truth.len() * 97 && taken.len() == groups, "{kept} of {}", truth.len());
        }
    }

    /// What no search may do: split a community into parts that hang together only through others.
    #[test]
    fn communities_hang_together() {
        for seed in 0..20 {
            let network = invented(120, 140, seed);
            let of = communities(&network, 1);
            let mut union = petgraph::unionfind::UnionFind::<usize>::new(of.len());
            for (one, other, _) in network.edges().filter(|(one, other, _)| of[*one] == of[*other]) {
                union.union(one, other);
            }
            let parts: std::collections::BTreeSet<usize> = union.into_labeling().into_iter().collect();
            assert_eq!(parts.len(), of.iter().copied().max().unwrap(), "seed {seed}");
        }
    }

    #[test]
    fn the_same_seed_finds_the_same() {
        let network = invented(300, 900, 5);
        assert_eq!(communities(&network, 3), communities(&network, 3));
    }

    #[test]
    fn odd_networks_have_communities_too() {
        assert!(communities(&Network::default(), 1).is_empty());
        assert_eq!(communities(&network(&["a"], &[]), 1), [1]);
        assert_eq!(communities(&network(&["a", "b", "c"], &[]), 1), [1, 2, 3]);
        assert_eq!(communities(&network(&["a", "b", "c"], &[("a", "b", 0.0)]), 1), [1, 2, 3]);
        for scale in [1e-300, 1e-9, 1e9, 1e307] {
            let edges = TWO_TRIANGLES.map(|(one, other, weight)| (one, other, weight * scale));
            let network = network(&["a", "b", "c", "d", "e", "f"], &edges);
            let of = communities(&network, 1);
            assert_eq!(of, [1, 1, 1, 2, 2, 2], "scale {scale}");
            assert!((modularity(&network, &of) - 5.0 / 14.0).abs() < 1e-9);
        }
    }

    #[test]
    fn a_hundred_thousand_edges_take_seconds() {
        let (network, truth) = planted(100, 100, 8, 2, 9);
        assert!(network.edges().count() > 90_000);
        let found = communities(&network, 1);
        assert!(modularity(&network, &found) > modularity(&network, &truth) - 1e-3);
    }
}
