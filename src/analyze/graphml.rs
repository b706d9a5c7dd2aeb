//! A network as GraphML, for Gephi, Cytoscape, networkx, igraph.

use std::io::Write;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::Analysis;

/// The attributes: identifier, of what, name, type.
const KEYS: [(&str, &str, &str, &str); 12] = [
    ("label", "node", "label", "string"),
    ("kind", "node", "kind", "string"),
    ("iri", "node", "iri", "string"),
    ("degree", "node", "degree", "int"),
    ("strength", "node", "strength", "double"),
    ("page_rank", "node", "page_rank", "double"),
    ("betweenness", "node", "betweenness", "double"),
    ("core", "node", "core", "int"),
    ("community", "node", "community", "int"),
    ("community_name", "node", "community_name", "string"),
    ("component", "node", "component", "int"),
    ("weight", "edge", "weight", "double"),
];

/// Writes the network with the scores of its nodes.
pub(super) fn write(analysis: &Analysis, out: &mut impl Write) -> std::io::Result<()> {
    let mut xml = Writer::new_with_indent(out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = [("xmlns", "http://graphml.graphdrawing.org/xmlns")];
    xml.write_event(Event::Start(BytesStart::new("graphml").with_attributes(root)))?;
    for (id, of, name, kind) in KEYS {
        let key = [("id", id), ("for", of), ("attr.name", name), ("attr.type", kind)];
        xml.write_event(Event::Empty(BytesStart::new("key").with_attributes(key)))?;
    }
    let graph = [("id", analysis.kind.name()), ("edgedefault", "undirected")];
    xml.write_event(Event::Start(BytesStart::new("graph").with_attributes(graph)))?;
    for (position, (node, scores)) in analysis.nodes().enumerate() {
        let id = format!("n{position}");
        xml.write_event(Event::Start(BytesStart::new("node").with_attributes([("id", id.as_str())])))?;
        data(&mut xml, "label", &printable(&node.label))?;
        data(&mut xml, "kind", &node.kind.to_string())?;
        data(&mut xml, "iri", &node.iri)?;
        data(&mut xml, "degree", &scores.degree.to_string())?;
        data(&mut xml, "strength", &scores.strength.to_string())?;
        data(&mut xml, "page_rank", &scores.page_rank.to_string())?;
        data(&mut xml, "betweenness", &scores.betweenness.to_string())?;
        data(&mut xml, "core", &scores.core.to_string())?;
        data(&mut xml, "community", &scores.community.to_string())?;
        data(&mut xml, "community_name", &printable(&analysis.community_name(scores)))?;
        data(&mut xml, "component", &scores.component.to_string())?;
        xml.write_event(Event::End(BytesEnd::new("node")))?;
    }
    for (one, other, weight) in analysis.network.edges() {
        let (source, target) = (format!("n{one}"), format!("n{other}"));
        let ends = [("source", source.as_str()), ("target", target.as_str())];
        xml.write_event(Event::Start(BytesStart::new("edge").with_attributes(ends)))?;
        data(&mut xml, "weight", &weight.to_string())?;
        xml.write_event(Event::End(BytesEnd::new("edge")))?;
    }
    xml.write_event(Event::End(BytesEnd::new("graph")))?;
    xml.write_event(Event::End(BytesEnd::new("graphml")))?;
    writeln!(xml.into_inner())
}

fn data(xml: &mut Writer<&mut impl Write>, key: &str, value: &str) -> std::io::Result<()> {
    xml.write_event(Event::Start(BytesStart::new("data").with_attributes([("key", key)])))?;
    xml.write_event(Event::Text(BytesText::new(value)))?;
    xml.write_event(Event::End(BytesEnd::new("data")))
}

/// XML has no place for most control characters, not even escaped.
pub(super) fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\t' | '\n')).collect()
}
