//! Which part of a network is the strongest?

use std::collections::{BTreeMap, BTreeSet};

use petgraph::unionfind::UnionFind;

use super::super::network::NodeKind;
use super::super::{Analysis, Kind};

/// More nodes than this nobody reads.
const NODES: usize = 36;

/// So many edges a node show the structure without a hairball.
const EDGES: f64 = 1.7;

/// The nodes and edges to draw.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    /// Positions in the network.
    pub(super) nodes: Vec<usize>,
    /// Positions in `nodes` and the weight, from the weakest edge to the strongest.
    pub(super) edges: Vec<(usize, usize, f64)>,
    /// Whether an edge stands for the measures between a document and a field.
    pub(super) contracted: bool,
}

/// What is strongest: the ends of the heaviest edges, joined by a tree of heaviest edges and by the edges that stand
/// out most.
pub(super) fn strongest(analysis: &Analysis) -> Part {
    let contracted = analysis.kind == Kind::LawMeasure;
    let edges = if contracted { over_measures(analysis) } else { analysis.network.edges().collect() };
    part(edges, NODES, contracted)
}

/// Documents and fields, joined by the number of measures that cite the one and belong to the other: a picture has no room
/// for measures.
fn over_measures(analysis: &Analysis) -> Vec<(usize, usize, f64)> {
    let kinds: Vec<NodeKind> = analysis.network.nodes().map(|node| node.kind).collect();
    let adjacency = analysis.network.adjacency();
    let mut found: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    let ends = |measure: usize, kind: NodeKind| -> Vec<usize> {
        adjacency.of(measure).iter().map(|(end, _)| *end).filter(|end| kinds[*end] == kind).collect()
    };
    for measure in (0..kinds.len()).filter(|node| kinds[*node] == NodeKind::Measure) {
        let fields = ends(measure, NodeKind::Category);
        for document in ends(measure, NodeKind::Document) {
            for field in &fields {
                *found.entry((document.min(*field), document.max(*field))).or_default() += 1.0;
            }
        }
    }
    found.into_iter().map(|((one, other), weight)| (one, other, weight)).collect()
}

fn part(mut edges: Vec<(usize, usize, f64)>, most: usize, contracted: bool) -> Part {
    let mut strengths: BTreeMap<usize, f64> = BTreeMap::new();
    for (one, other, weight) in &edges {
        *strengths.entry(*one).or_default() += weight;
        *strengths.entry(*other).or_default() += weight;
    }
    let strength = |node: usize| strengths.get(&node).copied().unwrap_or_default();
    // Of equally heavy edges, those between strong nodes first.
    edges.sort_by(|left, right| {
        let ends = |edge: &(usize, usize, f64)| strength(edge.0) + strength(edge.1);
        right
            .2
            .total_cmp(&left.2)
            .then_with(|| ends(right).total_cmp(&ends(left)))
            .then_with(|| (left.0, left.1).cmp(&(right.0, right.1)))
    });
    let mut chosen = BTreeSet::new();
    for (one, other, _) in &edges {
        let new = usize::from(!chosen.contains(one)) + usize::from(!chosen.contains(other));
        if chosen.len() + new <= most {
            chosen.extend([*one, *other]);
        }
    }
    let nodes: Vec<usize> = chosen.into_iter().collect();
    let places: BTreeMap<usize, usize> = nodes.iter().enumerate().map(|(place, node)| (*node, place)).collect();
    let among: Vec<(usize, usize, f64)> = edges
        .into_iter()
        .filter_map(|(one, other, weight)| Some((*places.get(&one)?, *places.get(&other)?, weight)))
        .collect();
    Part { edges: backbone(nodes.len(), &among), nodes, contracted }
}

/// A forest of the heaviest edges, so that what hangs together is seen to; then those edges that chance would least make
/// so heavy (the disparity filter: Serrano, Boguñá and Vespignani 2009). `edges` come from the heaviest down.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "dozens of nodes"
)]
fn backbone(nodes: usize, edges: &[(usize, usize, f64)]) -> Vec<(usize, usize, f64)> {
    let mut at = vec![(0, 0.0); nodes];
    for (one, other, weight) in edges {
        for node in [*one, *other] {
            at[node].0 += 1;
            at[node].1 += weight;
        }
    }
    let by_chance = |edge: &(usize, usize, f64)| {
        let at_end = |node: usize| {
            let (degree, strength): (i32, f64) = at[node];
            if degree > 1 { (1.0 - edge.2 / strength).powi(degree - 1) } else { 1.0 }
        };
        at_end(edge.0).min(at_end(edge.1))
    };
    let mut trees = UnionFind::<usize>::new(nodes);
    let (mut kept, mut others): (Vec<_>, Vec<_>) = edges.iter().partition(|(one, other, _)| trees.union(*one, *other));
    others.sort_by(|left, right| by_chance(left).total_cmp(&by_chance(right)));
    let room = ((nodes as f64 * EDGES) as usize).saturating_sub(kept.len());
    kept.extend(others.into_iter().take(room));
    kept.sort_by(|left, right| left.2.total_cmp(&right.2).then_with(|| (left.0, left.1).cmp(&(right.0, right.1))));
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of a triangle 1–2–3 and a pair 4–5, all joined weakly to 0: with room for five nodes the weak node stays out.
    #[test]
    fn the_ends_of_the_heaviest_edges_are_chosen() {
        let mut edges = vec![(1, 2, 5.0), (2, 3, 4.0), (1, 3, 3.0), (4, 5, 6.0)];
        edges.extend((1..=5).map(|node| (0, node, 1.0)));
        let part = part(edges, 5, false);
        assert_eq!(part.nodes, [1, 2, 3, 4, 5]);
        assert_eq!(part.edges, [(0, 2, 3.0), (1, 2, 4.0), (0, 1, 5.0), (3, 4, 6.0)]);
    }

    /// A clique of 12 with one heavy ring: the forest and 20 edges in all, the ring among them.
    #[test]
    fn of_a_clique_the_edges_that_stand_out_remain() {
        let mut edges = Vec::new();
        for one in 0..12 {
            for other in one + 1..12 {
                edges.push((one, other, if other == one + 1 || (one, other) == (0, 11) { 9.0 } else { 1.0 }));
            }
        }
        let part = part(edges, 30, false);
        assert_eq!(part.edges.len(), 20);
        assert_eq!(part.edges.iter().filter(|(_, _, weight)| *weight > 5.0).count(), 12);
    }

    #[test]
    fn a_network_without_edges_has_no_strongest_part() {
        let part = part(Vec::new(), 30, false);
        assert!(part.nodes.is_empty() && part.edges.is_empty());
    }
}
