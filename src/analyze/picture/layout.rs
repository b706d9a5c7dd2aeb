//! Where does each node stand so that the picture can be read?
//!
//! First as far from each other as the network says (stress majorization: Gansner, Koren and North 2004), then stretched
//! over the page, then pushed apart until no label covers another.

/// What a node takes up around its centre, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Extent {
    /// To the left and to the right.
    pub(crate) half_width: f64,
    /// Upwards.
    pub(crate) above: f64,
    /// Downwards.
    pub(crate) below: f64,
}

/// Rounds of the majorization; it has settled long before.
const ROUNDS: usize = 300;

/// Rounds of pushing apart.
const PUSHES: usize = 3000;

/// How much longer an edge between two communities is than one within.
const ACROSS: f64 = 1.9;

/// The centres of the nodes within a page of `width` and `height`. `groups` are the nodes' communities.
pub(crate) fn places(
    extents: &[Extent],
    groups: &[usize],
    edges: &[(usize, usize, f64)],
    (width, height): (f64, f64),
) -> Vec<(f64, f64)> {
    let wanted = distances(groups, edges);
    let mut places = start(groups);
    settle(&mut places, &wanted);
    stretch(&mut places, extents, (width, height));
    push_apart(&mut places, extents, (width, height));
    places
}

/// How far apart the nodes are along the edges; what is not connected, a little farther than anything that is.
fn distances(groups: &[usize], edges: &[(usize, usize, f64)]) -> Vec<Vec<f64>> {
    let count = groups.len();
    let mut found = vec![vec![f64::INFINITY; count]; count];
    for (node, row) in found.iter_mut().enumerate() {
        row[node] = 0.0;
    }
    for (one, other, _) in edges {
        let length = if groups[*one] == groups[*other] { 1.0 } else { ACROSS };
        found[*one][*other] = length;
        found[*other][*one] = length;
    }
    for middle in 0..count {
        for one in 0..count {
            for other in 0..count {
                let way = found[one][middle] + found[middle][other];
                if way < found[one][other] {
                    found[one][other] = way;
                }
            }
        }
    }
    let longest = found.iter().flatten().copied().filter(|way| way.is_finite()).fold(1.0, f64::max);
    for way in found.iter_mut().flatten().filter(|way| way.is_infinite()) {
        *way = longest.min(4.0) + 0.5;
    }
    found
}

/// The nodes on a circle, by community.
#[expect(clippy::cast_precision_loss, reason = "dozens of nodes")]
fn start(groups: &[usize]) -> Vec<(f64, f64)> {
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|node| (groups[*node], *node));
    let mut places = vec![(0.0, 0.0); groups.len()];
    for (turn, node) in order.into_iter().enumerate() {
        let angle = std::f64::consts::TAU * turn as f64 / groups.len() as f64;
        // Not quite a circle: from a symmetrical start the nodes could not leave their line.
        let radius = 3.0 + 0.1 * (turn % 3) as f64;
        places[node] = (radius * angle.cos(), radius * angle.sin());
    }
    places
}

/// Moves each node in turn to where its distances to all others are kept best, near ones counting most.
fn settle(places: &mut [(f64, f64)], wanted: &[Vec<f64>]) {
    for _ in 0..ROUNDS {
        for node in 0..places.len() {
            let (mut x, mut y, mut sum) = (0.0, 0.0, 0.0);
            for other in (0..places.len()).filter(|other| *other != node) {
                let (dx, dy) = (places[node].0 - places[other].0, places[node].1 - places[other].1);
                let apart = dx.hypot(dy).max(1e-6);
                let weight = wanted[node][other].powi(-2);
                x += weight * (places[other].0 + wanted[node][other] * dx / apart);
                y += weight * (places[other].1 + wanted[node][other] * dy / apart);
                sum += weight;
            }
            if sum > 0.0 {
                places[node] = (x / sum, y / sum);
            }
        }
    }
}

/// Fills the page.
fn stretch(places: &mut [(f64, f64)], extents: &[Extent], (width, height): (f64, f64)) {
    let bounds = |of: fn(&(f64, f64)) -> f64| {
        places
            .iter()
            .map(of)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)))
    };
    let (horizontal, vertical) = (bounds(|place| place.0), bounds(|place| place.1));
    let within = |value: f64, (low, high): (f64, f64), from: f64, to: f64| {
        if high - low < 1e-9 { f64::midpoint(from, to) } else { from + (value - low) / (high - low) * (to - from) }
    };
    for (place, extent) in places.iter_mut().zip(extents) {
        place.0 = within(place.0, horizontal, extent.half_width, width - extent.half_width);
        place.1 = within(place.1, vertical, extent.above, height - extent.below);
    }
}

/// Moves nodes that cover each other apart, the shorter way, half of it each, until none do.
fn push_apart(places: &mut [(f64, f64)], extents: &[Extent], (width, height): (f64, f64)) {
    for _ in 0..PUSHES {
        let mut moved = false;
        for one in 0..places.len() {
            for other in one + 1..places.len() {
                let Some((dx, dy)) = overlap(places[one], extents[one], places[other], extents[other]) else {
                    continue;
                };
                moved = true;
                places[one] = (places[one].0 - dx / 2.0, places[one].1 - dy / 2.0);
                places[other] = (places[other].0 + dx / 2.0, places[other].1 + dy / 2.0);
            }
        }
        for (place, extent) in places.iter_mut().zip(extents) {
            place.0 = place.0.min(width - extent.half_width).max(extent.half_width);
            place.1 = place.1.min(height - extent.below).max(extent.above);
        }
        if !moved {
            return;
        }
    }
}

/// By how much the second has to move to be clear of the first, in the direction where less is needed.
fn overlap(one: (f64, f64), of_one: Extent, other: (f64, f64), of_other: Extent) -> Option<(f64, f64)> {
    let dx = other.0 - one.0;
    let across = of_one.half_width + of_other.half_width - dx.abs();
    let (upper, lower) = if one.1 <= other.1 { (of_one.below, of_other.above) } else { (of_one.above, of_other.below) };
    let dy = other.1 - one.1;
    let down = upper + lower - dy.abs();
    if across <= 0.01 || down <= 0.01 {
        return None;
    }
    // A little more than needed, so that it does not take for ever.
    Some(if across < down { ((across + 0.5).copysign(dx), 0.0) } else { (0.0, (down + 0.5).copysign(dy)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Extent = Extent { half_width: 40.0, above: 12.0, below: 30.0 };

    fn covered(places: &[(f64, f64)], extents: &[Extent]) -> usize {
        let pairs = (0..places.len()).flat_map(|one| (one + 1..places.len()).map(move |other| (one, other)));
        pairs
            .filter(|(one, other)| overlap(places[*one], extents[*one], places[*other], extents[*other]).is_some())
            .count()
    }

    /// A ring of 30 with a hub: labels fill a third of the page, and none covers another or leaves the page.
    #[test]
    fn no_label_covers_another() {
        let mut edges: Vec<(usize, usize, f64)> = (0..30).map(|node| (node, (node + 1) % 30, 1.0)).collect();
        edges.extend((0..30).map(|node| (node, 30, 1.0)));
        let (extents, groups) = (vec![SMALL; 31], (0..31).map(|node| node / 8).collect::<Vec<usize>>());
        let found = places(&extents, &groups, &edges, (800.0, 500.0));
        assert_eq!(covered(&found, &extents), 0);
        for (x, y) in &found {
            assert!((40.0..=760.0).contains(x) && (12.0..=470.0).contains(y), "{x} {y}");
        }
        assert_eq!(found, places(&extents, &groups, &edges, (800.0, 500.0)));
    }

    /// Two triangles joined by one edge: the ends of an edge are nearer than nodes of different triangles.
    #[test]
    fn what_is_joined_stands_together() {
        let edges = [(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0), (3, 4, 1.0), (4, 5, 1.0), (3, 5, 1.0), (2, 3, 1.0)];
        let groups = [1, 1, 1, 2, 2, 2];
        let mut found = start(&groups);
        settle(&mut found, &distances(&groups, &edges));
        let apart = |one: usize, other: usize| (found[one].0 - found[other].0).hypot(found[one].1 - found[other].1);
        assert!(apart(0, 1) < apart(0, 4) && apart(3, 4) < apart(1, 4) && apart(2, 3) < apart(0, 5));
    }

    #[test]
    fn few_nodes_have_places_too() {
        assert!(places(&[], &[], &[], (100.0, 100.0)).is_empty());
        assert_eq!(places(&[SMALL], &[1], &[], (100.0, 100.0)), [(50.0, 41.0)]);
        let two = places(&[SMALL; 2], &[1, 1], &[(0, 1, 1.0)], (200.0, 100.0));
        assert_eq!(covered(&two, &[SMALL; 2]), 0);
    }
}
