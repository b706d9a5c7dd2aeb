//! A network for Graphviz.

use std::io::Write;

use super::colour::of_community;
use super::network::NodeKind;
use super::{Analysis, Error};

/// Writes the network with the labels and kinds of its nodes; a thicker line is a heavier edge.
pub(super) fn write(analysis: &Analysis, out: &mut impl Write) -> Result<(), Error> {
    writeln!(out, "graph \"{}\" {{", analysis.kind)?;
    // `dot` ranks what has no direction; `sfdp` and `neato` place it, without labels over each other.
    writeln!(out, "  graph [layout=sfdp overlap=prism outputorder=edgesfirst charset=\"UTF-8\"];")?;
    writeln!(out, "  node [style=filled fillcolor=white penwidth=2];")?;
    for (position, (node, scores)) in analysis.nodes().enumerate() {
        let shape = match node.kind {
            NodeKind::Document => "box",
            NodeKind::Measure | NodeKind::Region => "ellipse",
            NodeKind::Category => "hexagon",
        };
        let [red, green, blue] = of_community(scores.community);
        writeln!(
            out,
            "  n{position} [label=\"{}\" kind={} shape={shape} color=\"#{red:02x}{green:02x}{blue:02x}\" degree={} strength={} \
             page_rank={} betweenness={} core={} community={} component={} iri=\"{}\"];",
            escape(&node.label),
            node.kind,
            scores.degree,
            scores.strength,
            scores.page_rank,
            scores.betweenness,
            scores.core,
            scores.community,
            scores.component,
            escape(&node.iri),
        )?;
    }
    let heaviest = analysis.network.edges().map(|(_, _, weight)| weight).fold(f64::MIN_POSITIVE, f64::max);
    for (one, other, weight) in analysis.network.edges() {
        writeln!(out, "  n{one} -- n{other} [weight={weight} penwidth={:.2}];", 0.5 + 5.5 * weight / heaviest)?;
    }
    writeln!(out, "}}")?;
    Ok(())
}

fn escape(label: &str) -> String {
    label.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " ")
}
