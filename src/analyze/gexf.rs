//! A network as GEXF 1.3, for Gephi: with colours by community, sizes by rank and a first position for each node.

use std::io::Write;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, Event};

use super::Analysis;
use super::colour::of_community;
use super::graphml::printable;
use super::scores::{Scores, as_f64};

/// Diameters of the nodes of lowest and highest rank, in Gephi's units.
const SMALLEST: f64 = 4.0;
const LARGEST: f64 = 40.0;

/// About how far apart two nodes of a community lie.
const DISTANCE: f64 = 30.0;

const ATTRIBUTES: [(&str, &str); 10] = [
    ("kind", "string"),
    ("iri", "string"),
    ("degree", "integer"),
    ("strength", "double"),
    ("page_rank", "double"),
    ("betweenness", "double"),
    ("core", "integer"),
    ("community", "integer"),
    ("community_name", "string"),
    ("component", "integer"),
];

/// Writes the network with the scores of its nodes.
pub(super) fn write(analysis: &Analysis, out: &mut impl Write) -> std::io::Result<()> {
    let mut xml = Writer::new_with_indent(out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let names = [("xmlns", "http://gexf.net/1.3"), ("xmlns:viz", "http://gexf.net/1.3/viz"), ("version", "1.3")];
    start(&mut xml, "gexf", &names)?;
    start(&mut xml, "graph", &[("defaultedgetype", "undirected"), ("mode", "static")])?;
    start(&mut xml, "attributes", &[("class", "node")])?;
    for (name, kind) in ATTRIBUTES {
        empty(&mut xml, "attribute", &[("id", name), ("title", name), ("type", kind)])?;
    }
    end(&mut xml, "attributes")?;
    start(&mut xml, "nodes", &[])?;
    let places = places(analysis);
    let highest = analysis.nodes().map(|(_, scores)| scores.page_rank).fold(f64::MIN_POSITIVE, f64::max);
    for (position, (node, scores)) in analysis.nodes().enumerate() {
        start(&mut xml, "node", &[("id", &position.to_string()), ("label", &printable(&node.label))])?;
        start(&mut xml, "attvalues", &[])?;
        let values = [
            node.kind.to_string(),
            node.iri.clone(),
            scores.degree.to_string(),
            scores.strength.to_string(),
            scores.page_rank.to_string(),
            scores.betweenness.to_string(),
            scores.core.to_string(),
            scores.community.to_string(),
            printable(&analysis.community_name(scores)),
            scores.component.to_string(),
        ];
        for ((name, _), value) in ATTRIBUTES.iter().zip(&values) {
            empty(&mut xml, "attvalue", &[("for", name), ("value", value)])?;
        }
        end(&mut xml, "attvalues")?;
        look(
            &mut xml,
            scores,
            places[position],
            SMALLEST + (LARGEST - SMALLEST) * (scores.page_rank / highest).sqrt(),
        )?;
        end(&mut xml, "node")?;
    }
    end(&mut xml, "nodes")?;
    start(&mut xml, "edges", &[])?;
    for (position, (one, other, weight)) in analysis.network.edges().enumerate() {
        let (id, source, target) = (position.to_string(), one.to_string(), other.to_string());
        let weight = weight.to_string();
        empty(&mut xml, "edge", &[("id", &id), ("source", &source), ("target", &target), ("weight", &weight)])?;
    }
    for name in ["edges", "graph", "gexf"] {
        end(&mut xml, name)?;
    }
    writeln!(xml.into_inner())
}

/// How a node is drawn.
fn look(xml: &mut Writer<&mut impl Write>, scores: &Scores, (x, y): (f64, f64), size: f64) -> std::io::Result<()> {
    let [red, green, blue] = of_community(scores.community).map(|part| part.to_string());
    empty(xml, "viz:color", &[("r", &red), ("g", &green), ("b", &blue)])?;
    let (x, y, size) = (format!("{x:.1}"), format!("{y:.1}"), format!("{size:.1}"));
    empty(xml, "viz:position", &[("x", &x), ("y", &y), ("z", "0.0")])?;
    empty(xml, "viz:size", &[("value", &size)])
}

/// A first place for each node, from which Gephi's own layouts go on: each community is a disk of its members, the
/// strongest in the middle, and the disks lie around the largest, both as seeds lie in a sunflower (Vogel 1979).
fn places(analysis: &Analysis) -> Vec<(f64, f64)> {
    let mut places = vec![(0.0, 0.0); analysis.measures.nodes.len()];
    let mut before = 0.0;
    for community in &analysis.measures.communities {
        let size = as_f64(community.size);
        // So far out that the disks before have room within.
        let middle = seed(before + size / 2.0, as_f64(community.number), DISTANCE * 2.0);
        before += size;
        for (position, node) in community.members.iter().enumerate() {
            let place = seed(as_f64(position), as_f64(position), DISTANCE);
            places[*node] = (middle.0 + place.0, middle.1 + place.1);
        }
    }
    places
}

/// A place at a distance that leaves room for so many before it, turned by so many golden angles.
fn seed(before: f64, turns: f64, distance: f64) -> (f64, f64) {
    let golden = std::f64::consts::PI * (3.0 - 5.0f64.sqrt());
    let (sine, cosine) = (turns * golden).sin_cos();
    let radius = distance * before.sqrt();
    (radius * cosine, radius * sine)
}

type Attributes<'a> = &'a [(&'a str, &'a str)];

fn start(xml: &mut Writer<&mut impl Write>, name: &str, attributes: Attributes<'_>) -> std::io::Result<()> {
    xml.write_event(Event::Start(BytesStart::new(name).with_attributes(attributes.iter().copied())))
}

fn empty(xml: &mut Writer<&mut impl Write>, name: &str, attributes: Attributes<'_>) -> std::io::Result<()> {
    xml.write_event(Event::Empty(BytesStart::new(name).with_attributes(attributes.iter().copied())))
}

fn end(xml: &mut Writer<&mut impl Write>, name: &str) -> std::io::Result<()> {
    xml.write_event(Event::End(BytesEnd::new(name)))
}
