//! Which neighbours of a thing are drawn, and where? As many of each relation as there is room for, the strongest first.

use std::collections::BTreeMap;

use oxigraph::model::Term;
use oxigraph::sparql::Variable;
use serde::Serialize;

use super::super::link::with_parameters;
use crate::analyze::picture::{Extent, lines, places, text_width};
use crate::query::Solutions;
use crate::vocab::{CONCEPTS, class};

/// Neighbours of one picture: more nobody reads.
const ROOM: usize = 30;

/// Neighbours of each other relation where one was widened.
const KEPT: usize = 2;

/// Width of the picture, and its least and greatest height.
const WIDTH: f64 = 860.0;
const HEIGHTS: (f64, f64) = (360.0, 1100.0);

/// How many times the room that the nodes take up the picture has.
const SPACE: f64 = 2.4;

/// Radius of a node's figure, size of its label, columns of a line of it, and height of a line.
const RADIUS: f64 = 11.0;
const FONT: f64 = 13.0;
const COLUMNS: usize = 20;
const LINE: f64 = 16.0;

/// A neighbour as the answer of a question names it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Neighbour {
    pub(super) iri: String,
    pub(super) name: String,
    pub(super) kind: &'static str,
    /// Passages that join the two; `None` where they are joined without one (a place and what it is part of).
    pub(super) passages: Option<u32>,
    /// The row of the answer.
    pub(super) row: usize,
}

/// Everything that is joined to a thing in one way.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    pub(super) name: String,
    pub(super) all: Vec<Neighbour>,
}

/// Which rows of an answer are of which relation; a relation is in the order of the answer.
pub(super) fn groups(solutions: &Solutions) -> Vec<Group> {
    let at = |name: &str| solutions.variables.iter().position(|variable| Variable::as_str(variable) == name);
    let text = |row: &[Option<Term>], name: &str| match at(name).and_then(|at| row[at].as_ref()) {
        Some(Term::NamedNode(node)) => node.as_str().to_owned(),
        Some(Term::Literal(literal)) => literal.value().to_owned(),
        _ => String::new(),
    };
    let mut groups: Vec<Group> = Vec::new();
    for (place, row) in solutions.rows.iter().enumerate() {
        let neighbour = Neighbour {
            iri: text(row, "neighbour"),
            name: text(row, "neighbour_name"),
            kind: kind(&text(row, "kind")),
            passages: text(row, "passages").parse().ok(),
            row: place,
        };
        let name = text(row, "group");
        match groups.iter_mut().find(|group| group.name == name) {
            // A thing with two names is one neighbour.
            Some(group) if group.all.iter().any(|known| known.iri == neighbour.iri) => {}
            Some(group) => group.all.push(neighbour),
            None => groups.push(Group { name, all: vec![neighbour] }),
        }
    }
    groups
}

/// What a node stands for, by its class or scheme; styles go by it.
fn kind(iri: &str) -> &'static str {
    let classes = [(class::REGION, "region"), (class::DOCUMENT, "document"), (class::BODY, "body")];
    match iri.strip_prefix(CONCEPTS) {
        Some("category") => "field",
        Some("body-type") => "type",
        _ => classes.iter().find(|(class, _)| class.as_str() == iri).map_or("other", |(_, kind)| kind),
    }
}

/// How many neighbours of each relation are shown: equally many as far as there are so many, or nearly all of one that was widened.
pub(super) fn shares(sizes: &[usize], widened: Option<usize>) -> Vec<usize> {
    let widened = widened.filter(|at| *at < sizes.len());
    let mut shares: Vec<usize> = match widened {
        Some(_) => sizes.iter().map(|size| *size.min(&KEPT)).collect(),
        None => vec![0; sizes.len()],
    };
    let mut room = ROOM.saturating_sub(shares.iter().sum());
    if let Some((share, size)) = widened.and_then(|at| Some((shares.get_mut(at)?, sizes.get(at)?))) {
        let more = room.min(size - *share);
        *share += more;
        room -= more;
    }
    while room > 0 {
        let before = room;
        for (share, size) in shares.iter_mut().zip(sizes) {
            if *share < *size && room > 0 {
                *share += 1;
                room -= 1;
            }
        }
        if room == before {
            break;
        }
    }
    shares
}

#[derive(Debug, Serialize)]
pub(super) struct Picture {
    width: f64,
    height: f64,
    nodes: Vec<Node>,
    edges: Vec<Edge>,
    /// The kinds of nodes that are drawn, for the legend.
    kinds: Vec<&'static str>,
}

#[derive(Debug, Serialize)]
struct Node {
    /// The network around it.
    href: String,
    name: String,
    kind: &'static str,
    centre: bool,
    x: f64,
    y: f64,
    radius: f64,
    /// The name in lines with their baselines.
    lines: Vec<(String, f64)>,
}

#[derive(Debug, Serialize)]
struct Edge {
    from: (f64, f64),
    to: (f64, f64),
    thick: f64,
    /// What the edge says.
    told: Vec<Told>,
}

/// One relation that an edge stands for.
#[derive(Debug, Clone, Serialize, PartialEq)]
struct Told {
    group: String,
    passages: Option<u32>,
}

/// The picture of a thing with these neighbours of each relation.
pub(super) fn picture(iri: &str, name: &str, kind: &'static str, shown: &[(&str, &[Neighbour])]) -> Picture {
    // A neighbour in two ways is one node.
    let mut nodes: Vec<(&str, &str, &'static str, usize)> = vec![(iri, name, kind, 0)];
    let mut edges: BTreeMap<usize, Vec<Told>> = BTreeMap::new();
    for (number, (group, neighbours)) in shown.iter().enumerate() {
        for neighbour in *neighbours {
            let known = nodes.iter().position(|(known, ..)| *known == neighbour.iri);
            let at = known.unwrap_or_else(|| {
                nodes.push((&neighbour.iri, &neighbour.name, neighbour.kind, number + 1));
                nodes.len() - 1
            });
            let told = Told { group: (*group).to_owned(), passages: neighbour.passages };
            if at > 0 {
                edges.entry(at).or_default().push(told);
            }
        }
    }
    let labels: Vec<Vec<String>> = nodes.iter().map(|(_, name, ..)| lines(name, COLUMNS, 2)).collect();
    let extents: Vec<Extent> = labels.iter().map(|label| extent(label)).collect();
    let taken: f64 = extents.iter().map(|extent| 2.0 * extent.half_width * (extent.above + extent.below)).sum();
    let height = (taken * SPACE / WIDTH).clamp(HEIGHTS.0, HEIGHTS.1).round();
    let parts: Vec<usize> = nodes.iter().map(|(.., part)| *part).collect();
    let joined: Vec<(usize, usize, f64)> = edges.keys().map(|at| (0, *at, 1.0)).collect();
    let places = places(&extents, &parts, &joined, (WIDTH, height));
    let most = edges.values().flatten().filter_map(|told| told.passages).max().unwrap_or(1);
    let drawn_edges = edges.iter().map(|(at, told)| {
        let passages = told.iter().filter_map(|told| told.passages).max().unwrap_or(0);
        let thick = tenth(1.0 + 5.0 * (f64::from(passages) / f64::from(most.max(1))).sqrt());
        Edge { from: rounded(places[0]), to: rounded(places[*at]), thick, told: told.clone() }
    });
    let edges = drawn_edges.collect();
    let mut kinds: Vec<&'static str> = Vec::new();
    for (.., kind, _) in &nodes {
        if !kinds.contains(kind) {
            kinds.push(kind);
        }
    }
    let nodes =
        nodes.iter().zip(&places).zip(labels).enumerate().map(|(at, (((iri, name, kind, _), place), label))| {
            let (x, y) = rounded(*place);
            let mut baseline = y + RADIUS + FONT + 1.0;
            let lines = label.into_iter().map(|line| {
                let at = tenth(baseline);
                baseline += LINE;
                (line, at)
            });
            Node {
                href: with_parameters("/network", [("iri", *iri)]),
                name: (*name).to_owned(),
                kind,
                centre: at == 0,
                x,
                y,
                radius: RADIUS,
                lines: lines.collect(),
            }
        });
    Picture { width: WIDTH, height, nodes: nodes.collect(), edges, kinds }
}

fn extent(label: &[String]) -> Extent {
    let widest = label.iter().map(|line| text_width(line, FONT)).fold(0.0, f64::max);
    #[expect(clippy::cast_precision_loss, reason = "a label has two lines at most")]
    let below = RADIUS + LINE * label.len() as f64 + 8.0;
    Extent { half_width: RADIUS.max(widest / 2.0) + 6.0, above: RADIUS + 4.0, below }
}

fn rounded((x, y): (f64, f64)) -> (f64, f64) {
    (tenth(x), tenth(y))
}

fn tenth(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;

    #[test]
    fn relations_share_the_room() {
        assert_eq!(shares(&[1, 67, 10, 24], None), [1, 10, 10, 9]);
        assert_eq!(shares(&[1, 2], None), [1, 2]);
        assert_eq!(shares(&[1, 67, 10, 24], Some(1)), [1, 25, 2, 2]);
        assert_eq!(shares(&[], None), [0; 0]);
        assert_eq!(shares(&[10, 5, 10], Some(1)), [10, 5, 10]);
        assert_eq!(shares(&[3, 5], Some(9)), [3, 5], "there is no such relation");
    }

    fn neighbour(iri: &str, passages: Option<u32>) -> Neighbour {
        Neighbour { iri: iri.into(), name: format!("{iri}的名称"), kind: "document", passages, row: 0 }
    }

    #[test]
    fn what_is_joined_in_two_ways_is_one_node() {
        let (cited, with) = ([neighbour("甲", Some(4)), neighbour("乙", Some(1))], [neighbour("甲", Some(2))]);
        let picture = picture("丙", "丙", "region", &[("引用", &cited), ("落实", &with)]);
        assert_eq!((picture.nodes.len(), picture.edges.len()), (3, 2));
        assert_eq!(picture.edges[0].told.len(), 2);
        assert!(picture.edges[0].thick > picture.edges[1].thick);
        assert_eq!(picture.kinds, ["region", "document"]);
    }

    #[test]
    fn labels_stay_within_the_picture() {
        let many: Vec<Neighbour> =
            (0..30).map(|number| neighbour(&format!("一个名称很长的文件{number}"), Some(number))).collect();
        let picture = picture("丙", "丙", "region", &[("引用", &many)]);
        for node in &picture.nodes {
            let last = node.lines.last().map_or(node.y, |(_, baseline)| *baseline);
            assert!(node.x > 0.0 && node.x < picture.width && node.y > 0.0 && last < picture.height, "{node:?}");
        }
        assert!(super::picture("丙", "丙", "region", &[]).edges.is_empty());
    }
}
