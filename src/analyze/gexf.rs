//! A network as GEXF 1.3, for Gephi.

use std::io::Write;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, Event};

use super::Analysis;
use super::graphml::printable;

const ATTRIBUTES: [(&str, &str); 6] = [
    ("kind", "string"),
    ("iri", "string"),
    ("degree", "integer"),
    ("strength", "double"),
    ("page_rank", "double"),
    ("component", "integer"),
];

/// Writes the network with the scores of its nodes.
pub(super) fn write(analysis: &Analysis, out: &mut impl Write) -> std::io::Result<()> {
    let mut xml = Writer::new_with_indent(out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    start(&mut xml, "gexf", &[("xmlns", "http://gexf.net/1.3"), ("version", "1.3")])?;
    start(&mut xml, "graph", &[("defaultedgetype", "undirected"), ("mode", "static")])?;
    start(&mut xml, "attributes", &[("class", "node")])?;
    for (name, kind) in ATTRIBUTES {
        empty(&mut xml, "attribute", &[("id", name), ("title", name), ("type", kind)])?;
    }
    end(&mut xml, "attributes")?;
    start(&mut xml, "nodes", &[])?;
    for (position, (node, scores)) in analysis.nodes().enumerate() {
        start(&mut xml, "node", &[("id", &position.to_string()), ("label", &printable(&node.label))])?;
        start(&mut xml, "attvalues", &[])?;
        let values = [
            node.kind.to_string(),
            node.iri.clone(),
            scores.degree.to_string(),
            scores.strength.to_string(),
            scores.page_rank.to_string(),
            scores.component.to_string(),
        ];
        for ((name, _), value) in ATTRIBUTES.iter().zip(&values) {
            empty(&mut xml, "attvalue", &[("for", name), ("value", value)])?;
        }
        end(&mut xml, "attvalues")?;
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
