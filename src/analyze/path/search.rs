//! Which ways are the cheapest? Dijkstra from both ends over what is looked up on the way, then Yen's algorithm on what was seen.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use petgraph::algo::astar;
use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::visit::{EdgeFiltered, EdgeRef, NodeFiltered};

use super::Bounds;
use super::expand::Explored;
use crate::query::Error;

/// Ways of up to so many times the cost of the cheapest are looked for.
const STRETCH: f64 = 1.5;

/// What a search found.
pub(super) struct Found {
    /// The cost and the things of each way, the cheapest first.
    pub(super) ways: Vec<(f64, Vec<String>)>,
    pub(super) looked_around: usize,
    pub(super) cut_short: bool,
}

/// A thing to be looked around, by its distance from an end.
#[derive(PartialEq)]
struct Waiting {
    distance: f64,
    thing: String,
}

impl Eq for Waiting {}

impl Ord for Waiting {
    /// The nearest is the greatest; of equally near ones the first by IRI.
    fn cmp(&self, other: &Self) -> Ordering {
        other.distance.total_cmp(&self.distance).then_with(|| other.thing.cmp(&self.thing))
    }
}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What was reached from one end.
struct Side {
    waiting: BinaryHeap<Waiting>,
    distances: BTreeMap<String, f64>,
    settled: BTreeSet<String>,
}

impl Side {
    fn new(end: &str) -> Self {
        let first = Waiting { distance: 0.0, thing: end.to_owned() };
        Self {
            waiting: BinaryHeap::from([first]),
            distances: BTreeMap::from([(end.to_owned(), 0.0)]),
            settled: BTreeSet::new(),
        }
    }

    /// How far the next thing is.
    fn next(&self) -> f64 {
        self.waiting.peek().map_or(f64::INFINITY, |waiting| waiting.distance)
    }
}

/// Finds the ways between two things.
pub(super) fn search(explored: &mut Explored<'_>, from: &str, to: &str, bounds: Bounds) -> Result<Found, Error> {
    let mut sides = [Side::new(from), Side::new(to)];
    let (mut best, mut looked_around, mut effort, mut cut_short) = (f64::INFINITY, 0, 0, false);
    loop {
        let [near, far] = [sides[0].next(), sides[1].next()];
        if near.is_infinite() && far.is_infinite() || near + far >= best * STRETCH {
            break;
        }
        if effort >= bounds.things {
            cut_short = true;
            break;
        }
        // Of two that wait, the one that less hangs on is looked around: units of a hub are met from the other side as well.
        let mut weight = |side: usize| -> Result<f64, Error> {
            match sides[side].waiting.peek() {
                Some(waiting) => explored.hub(&waiting.thing),
                None => Ok(f64::INFINITY),
            }
        };
        let side = usize::from(weight(1)? < weight(0)?);
        let Some(Waiting { distance, thing }) = sides[side].waiting.pop() else { continue };
        if !sides[side].settled.insert(thing.clone()) {
            continue;
        }
        effort += explored.look_around(&thing)?;
        looked_around += 1;
        let neighbours: Vec<String> = explored.neighbours(&thing).map(str::to_owned).collect();
        for other in neighbours {
            // What lies between two things costs half of each step that leads through it.
            let half = |explored: &mut Explored<'_>, thing: &str| -> Result<f64, Error> {
                Ok(if thing == from || thing == to { 0.0 } else { explored.hub(thing)? / 2.0 })
            };
            let length = explored.step(&thing, &other) + half(explored, &thing)? + half(explored, &other)?;
            let reached = distance + length;
            if let Some(rest) = sides[1 - side].distances.get(&other) {
                best = best.min(reached + rest);
            }
            if sides[side].distances.get(&other).is_none_or(|known| reached < *known) {
                sides[side].distances.insert(other.clone(), reached);
                sides[side].waiting.push(Waiting { distance: reached, thing: other });
            }
        }
    }
    let ways = cheapest(explored, from, to, bounds, best * STRETCH)?;
    Ok(Found { ways, looked_around, cut_short: cut_short || explored.is_partial })
}

type Graph = UnGraph<String, f64>;

/// Yen's algorithm: the cheapest way, then each time the cheapest that leaves a known one somewhere.
fn cheapest(
    explored: &mut Explored<'_>,
    from: &str,
    to: &str,
    bounds: Bounds,
    most: f64,
) -> Result<Vec<(f64, Vec<String>)>, Error> {
    let mut graph = Graph::default();
    let mut places: BTreeMap<String, NodeIndex> = BTreeMap::new();
    let pairs: Vec<(String, String, f64)> =
        explored.pairs().map(|(one, other, step)| (one.to_owned(), other.to_owned(), step)).collect();
    for (one, other, step) in pairs {
        let mut length = step;
        for end in [&one, &other] {
            if end != from && end != to {
                length += explored.hub(end)? / 2.0;
            }
        }
        let [one, other] =
            [one, other].map(|thing| *places.entry(thing.clone()).or_insert_with(|| graph.add_node(thing)));
        graph.add_edge(one, other, length);
    }
    let (Some(start), Some(goal)) = (places.get(from).copied(), places.get(to).copied()) else { return Ok(Vec::new()) };
    let mut found: Vec<(f64, Vec<NodeIndex>)> = Vec::new();
    let mut candidates: Vec<(f64, Vec<NodeIndex>)> =
        shortest(&graph, start, goal, &[], &BTreeSet::new()).into_iter().collect();
    while found.len() < bounds.ways && !candidates.is_empty() {
        candidates.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| labels(&graph, &a.1).cmp(&labels(&graph, &b.1))));
        let (cost, way) = candidates.remove(0);
        if cost > most {
            break;
        }
        for at in 0..way.len() - 1 {
            let root = &way[..=at];
            let left: BTreeSet<(NodeIndex, NodeIndex)> = found
                .iter()
                .map(|(_, known)| known)
                .chain([&way])
                .filter(|known| known.len() > at + 1 && known[..=at] == *root)
                .map(|known| (known[at], known[at + 1]))
                .collect();
            let Some((_, rest)) = shortest(&graph, way[at], goal, &root[..at], &left) else { continue };
            let whole: Vec<NodeIndex> = root[..at].iter().copied().chain(rest).collect();
            if !candidates.iter().any(|(_, known)| *known == whole) && !found.iter().any(|(_, known)| *known == whole) {
                candidates.push((length(&graph, &whole), whole));
            }
        }
        if way.len() <= bounds.steps + 1 {
            found.push((cost, way));
        } else if found.is_empty() && candidates.is_empty() {
            break;
        }
    }
    Ok(found.into_iter().map(|(cost, way)| (cost, labels(&graph, &way))).collect())
}

/// The cheapest way that passes none of `without` and does not begin with one of the steps `left`.
fn shortest(
    graph: &Graph,
    start: NodeIndex,
    goal: NodeIndex,
    without: &[NodeIndex],
    left: &BTreeSet<(NodeIndex, NodeIndex)>,
) -> Option<(f64, Vec<NodeIndex>)> {
    let allowed = NodeFiltered::from_fn(graph, |node| !without.contains(&node));
    let allowed = EdgeFiltered::from_fn(&allowed, |edge: petgraph::graph::EdgeReference<'_, f64>| {
        !left.contains(&(edge.source(), edge.target())) && !left.contains(&(edge.target(), edge.source()))
    });
    astar(&allowed, start, |node| node == goal, |edge| *edge.weight(), |_| 0.0)
}

fn length(graph: &Graph, way: &[NodeIndex]) -> f64 {
    let step = |pair: &[NodeIndex]| graph.find_edge(pair[0], pair[1]).and_then(|edge| graph.edge_weight(edge)).copied();
    way.windows(2).filter_map(step).sum()
}

fn labels(graph: &Graph, way: &[NodeIndex]) -> Vec<String> {
    way.iter().map(|node| graph[*node].clone()).collect()
}
