//! A network for Graphviz.

use std::io::Write;

use super::network::NodeKind;
use super::{Analysis, Error};

/// Writes the network with the labels and kinds of its nodes; a thicker line is a heavier edge.
pub(super) fn write(analysis: &Analysis, out: &mut impl Write) -> Result<(), Error> {
    writeln!(out, "graph \"{}\" {{", analysis.kind)?;
    for (position, (node, scores)) in analysis.nodes().enumerate() {
        let shape = match node.kind {
            NodeKind::Document => "box",
            NodeKind::Measure => "ellipse",
            NodeKind::Category => "hexagon",
        };
        writeln!(
            out,
            "  n{position} [label=\"{}\" shape={shape} page_rank={}];",
            escape(&node.label),
            scores.page_rank
        )?;
    }
    for (one, other, weight) in analysis.network.edges() {
        writeln!(out, "  n{one} -- n{other} [weight={weight} penwidth={:.2}];", weight.sqrt())?;
    }
    writeln!(out, "}}")?;
    Ok(())
}

fn escape(label: &str) -> String {
    label.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " ")
}
