//! The network in the formats that programs for networks read, a node and an edge at a time.

use std::io::{self, Write};

use quick_xml::escape::escape;

use super::Node;
use crate::export::error::ExportError;
use crate::text::harmless;

/// A format for networks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NetworkFormat {
    /// `GraphML`, for Gephi, Cytoscape, networkx, igraph.
    GraphMl,
    /// GEXF 1.3, for Gephi.
    Gexf,
    /// Graphviz.
    Dot,
    /// Two tables, of nodes and of edges.
    Tables,
}

/// The attributes of a node beside its label.
const ATTRIBUTES: [&str; 4] = ["class", "iri", "region", "year"];

pub(super) struct NetworkWriter<W: Write> {
    format: NetworkFormat,
    out: W,
    edges: Option<W>,
}

impl<W: Write> NetworkWriter<W> {
    pub(super) fn begin(format: NetworkFormat, mut out: W, mut edges: Option<W>) -> io::Result<Self> {
        match format {
            NetworkFormat::GraphMl => {
                out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")?;
                out.write_all(b"<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n")?;
                for key in ["label"].iter().chain(&ATTRIBUTES) {
                    writeln!(out, "<key id=\"{key}\" for=\"node\" attr.name=\"{key}\" attr.type=\"string\"/>")?;
                }
                out.write_all(
                    b"<key id=\"relation\" for=\"edge\" attr.name=\"relation\" attr.type=\"string\"/>\n\
                      <graph id=\"fazhi\" edgedefault=\"directed\">\n",
                )?;
            }
            NetworkFormat::Gexf => {
                out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")?;
                out.write_all(b"<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n")?;
                out.write_all(b"<graph defaultedgetype=\"directed\" mode=\"static\">\n<attributes class=\"node\">\n")?;
                for key in ATTRIBUTES {
                    writeln!(out, "<attribute id=\"{key}\" title=\"{key}\" type=\"string\"/>")?;
                }
                out.write_all(
                    b"</attributes>\n<attributes class=\"edge\">\n\
                      <attribute id=\"relation\" title=\"relation\" type=\"string\"/>\n</attributes>\n<nodes>\n",
                )?;
            }
            NetworkFormat::Dot => out.write_all(b"digraph fazhi {\n")?,
            NetworkFormat::Tables => {
                out.write_all(b"Id,Label,class,iri,region,year\r\n")?;
                if let Some(edges) = &mut edges {
                    edges.write_all(b"Source,Target,Type,relation\r\n")?;
                }
            }
        }
        Ok(Self { format, out, edges })
    }

    pub(super) fn node(&mut self, node: &Node<'_>) -> Result<(), ExportError> {
        let values = [node.class, node.iri, node.region, node.year];
        let out = &mut self.out;
        match self.format {
            NetworkFormat::GraphMl => {
                write!(out, "<node id=\"n{}\"><data key=\"label\">{}</data>", node.id, xml(node.label))?;
                for (key, value) in ATTRIBUTES.iter().zip(values).filter(|(_, value)| !value.is_empty()) {
                    write!(out, "<data key=\"{key}\">{}</data>", xml(value))?;
                }
                out.write_all(b"</node>\n")?;
            }
            NetworkFormat::Gexf => {
                write!(out, "<node id=\"{}\" label=\"{}\"><attvalues>", node.id, xml(node.label))?;
                for (key, value) in ATTRIBUTES.iter().zip(values).filter(|(_, value)| !value.is_empty()) {
                    write!(out, "<attvalue for=\"{key}\" value=\"{}\"/>", xml(value))?;
                }
                out.write_all(b"</attvalues></node>\n")?;
            }
            NetworkFormat::Dot => {
                write!(out, "  n{} [label=\"{}\"", node.id, dot(node.label))?;
                for (key, value) in ATTRIBUTES.iter().zip(values).filter(|(_, value)| !value.is_empty()) {
                    write!(out, " {key}=\"{}\"", dot(value))?;
                }
                writeln!(out, " shape={}];", shape(node.class))?;
            }
            NetworkFormat::Tables => {
                let id = node.id.to_string();
                let row = [&id, node.label, node.class, node.iri, node.region, node.year].map(harmless);
                let mut line = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut *out);
                line.write_record(row.iter().map(|field| field.as_bytes()))?;
                line.flush()?;
            }
        }
        Ok(())
    }

    /// Ends the nodes.
    pub(super) fn begin_edges(&mut self) -> io::Result<()> {
        match self.format {
            NetworkFormat::Gexf => self.out.write_all(b"</nodes>\n<edges>\n"),
            _ => Ok(()),
        }
    }

    pub(super) fn edge(&mut self, number: usize, source: u32, target: u32, relation: &str) -> io::Result<()> {
        let out = &mut self.out;
        match self.format {
            NetworkFormat::GraphMl => writeln!(
                out,
                "<edge id=\"e{number}\" source=\"n{source}\" target=\"n{target}\"><data key=\"relation\">{relation}</data></edge>"
            ),
            NetworkFormat::Gexf => writeln!(
                out,
                "<edge id=\"{number}\" source=\"{source}\" target=\"{target}\" label=\"{relation}\"><attvalues>\
                 <attvalue for=\"relation\" value=\"{relation}\"/></attvalues></edge>"
            ),
            NetworkFormat::Dot => writeln!(out, "  n{source} -> n{target} [label=\"{relation}\"];"),
            NetworkFormat::Tables => match &mut self.edges {
                Some(edges) => write!(edges, "{source},{target},Directed,{relation}\r\n"),
                None => Ok(()),
            },
        }
    }

    pub(super) fn finish(mut self) -> Result<Vec<W>, ExportError> {
        match self.format {
            NetworkFormat::GraphMl => self.out.write_all(b"</graph>\n</graphml>\n")?,
            NetworkFormat::Gexf => self.out.write_all(b"</edges>\n</graph>\n</gexf>\n")?,
            NetworkFormat::Dot => self.out.write_all(b"}\n")?,
            NetworkFormat::Tables => {}
        }
        self.out.flush()?;
        if let Some(edges) = &mut self.edges {
            edges.flush()?;
        }
        Ok(std::iter::once(self.out).chain(self.edges).collect())
    }
}

/// Text for XML, which has no place for most control characters, not even escaped.
fn xml(text: &str) -> String {
    let allowed = |c: &char| (!c.is_control() || matches!(c, '\t' | '\n')) && !matches!(c, '\u{fffe}' | '\u{ffff}');
    let text: String = text.chars().filter(allowed).collect();
    escape(&text).into_owned()
}

fn dot(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " ")
}

fn shape(class: &str) -> &'static str {
    match class {
        "report" => "folder",
        "document" => "note",
        "body" => "house",
        "region" => "box",
        "category" => "hexagon",
        _ => "ellipse",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_format_cannot_hold_is_escaped() {
        assert_eq!(xml("<a b=\"1\">&\u{1}\u{ffff}"), "&lt;a b=&quot;1&quot;&gt;&amp;");
        assert_eq!(dot("a \"b\"\\\n"), "a \\\"b\\\"\\\\ ");
    }
}
