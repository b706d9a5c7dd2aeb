//! An analysis as tables: for a terminal, for a spreadsheet, for a program.

use std::io::Write;

use comfy_table::{Cell, CellAlignment};
use serde_json::json;

use super::network::Node;
use super::scores::{DAMPING, Scores};
use super::{Analysis, Error};
use crate::query::write_cells;

/// How many nodes and edges a table shows: the strongest; the other formats have them all.
const SHOWN: usize = 20;

/// Writes a line on the whole, the nodes of highest rank and the heaviest edges.
pub(super) fn write_table(analysis: &Analysis, width: u16, out: &mut impl Write) -> Result<(), Error> {
    let nodes = ranked(analysis);
    let mut edges: Vec<(usize, usize, f64)> = analysis.network.edges().collect();
    edges.sort_by(|left, right| right.2.total_cmp(&left.2).then_with(|| (left.0, left.1).cmp(&(right.0, right.1))));
    let components = analysis.scores.iter().map(|scores| scores.component).max().unwrap_or_default();
    let largest = analysis.scores.iter().filter(|scores| scores.component == 1).count();
    writeln!(
        out,
        "{}: {} nodes, {} edges, {components} connected components (the largest has {largest} nodes); PageRank d = {DAMPING}",
        analysis.kind,
        nodes.len(),
        edges.len(),
    )?;
    let head = ["node", "kind", "degree", "strength", "PageRank", "component"].map(str::to_owned).to_vec();
    let rows = nodes.iter().take(SHOWN).map(|(node, scores)| {
        vec![
            Cell::new(&node.label),
            Cell::new(node.kind),
            number(&scores.degree),
            number(&scores.strength),
            number(&format!("{:.4}", scores.page_rank)),
            number(&scores.component),
        ]
    });
    write_cells(head, rows.collect(), width, out)?;
    note(nodes.len(), "nodes", out)?;
    let labels: Vec<&str> = analysis.network.nodes().map(|node| node.label.as_str()).collect();
    let head = ["node", "with", "weight"].map(str::to_owned).to_vec();
    let rows = edges
        .iter()
        .take(SHOWN)
        .map(|(one, other, weight)| vec![Cell::new(labels[*one]), Cell::new(labels[*other]), number(weight)]);
    write_cells(head, rows.collect(), width, out)?;
    note(edges.len(), "edges", out)
}

fn note(count: usize, what: &str, out: &mut impl Write) -> Result<(), Error> {
    if count > SHOWN {
        writeln!(out, "{SHOWN} of {count} {what}; --format csv, json or graphml has them all")?;
    }
    Ok(())
}

fn number(value: &impl ToString) -> Cell {
    Cell::new(value.to_string()).set_alignment(CellAlignment::Right)
}

/// The nodes from the highest rank down; equals by label and IRI.
fn ranked(analysis: &Analysis) -> Vec<(&Node, &Scores)> {
    let mut nodes: Vec<(&Node, &Scores)> = analysis.nodes().collect();
    nodes.sort_by(|(left, left_scores), (right, right_scores)| {
        // Ranks that differ only by rounding are equal.
        let rounded = |scores: &Scores| (scores.page_rank * 1e9).round();
        rounded(right_scores)
            .total_cmp(&rounded(left_scores))
            .then_with(|| (&left.label, &left.iri).cmp(&(&right.label, &right.iri)))
    });
    nodes
}

/// Writes every node with its scores.
pub(super) fn write_csv(analysis: &Analysis, out: &mut impl Write) -> Result<(), Error> {
    let mut csv = csv::Writer::from_writer(out);
    let written = (|| {
        csv.write_record(["label", "kind", "degree", "strength", "page_rank", "component", "iri"])?;
        for (node, scores) in ranked(analysis) {
            csv.write_record([
                node.label.as_str(),
                &node.kind.to_string(),
                &scores.degree.to_string(),
                &scores.strength.to_string(),
                &scores.page_rank.to_string(),
                &scores.component.to_string(),
                &node.iri,
            ])?;
        }
        csv.flush().map_err(csv::Error::from)
    })();
    written.map_err(|error| Error::Write(std::io::Error::other(error)))
}

/// Writes every node with its scores and every edge by the IRIs of its ends.
pub(super) fn write_json(analysis: &Analysis, out: &mut impl Write) -> Result<(), Error> {
    let iris: Vec<&str> = analysis.network.nodes().map(|node| node.iri.as_str()).collect();
    let nodes: Vec<_> = analysis
        .nodes()
        .map(|(node, scores)| {
            json!({
                "iri": node.iri, "label": node.label, "kind": node.kind, "degree": scores.degree,
                "strength": scores.strength, "page_rank": scores.page_rank, "component": scores.component,
            })
        })
        .collect();
    let edges: Vec<_> = analysis
        .network
        .edges()
        .map(|(one, other, weight)| json!({ "source": iris[one], "target": iris[other], "weight": weight }))
        .collect();
    let whole = json!({ "network": analysis.kind.name(), "damping": DAMPING, "nodes": nodes, "edges": edges });
    serde_json::to_writer_pretty(&mut *out, &whole).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}
