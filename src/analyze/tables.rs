//! An analysis as tables: for a terminal, for a spreadsheet, for a program.

use std::io::Write;

use comfy_table::{Cell, CellAlignment};
use serde_json::json;

use super::network::Node;
use super::scores::{DAMPING, Scores};
use super::wording::{Wording, filled};
use super::{Analysis, Error};
use crate::query::write_cells;

/// How many nodes and edges a table shows: the strongest; the other formats have them all.
const SHOWN: usize = 20;

/// How many communities a table shows: the largest.
const COMMUNITIES: usize = 10;

/// Writes a few lines on the whole, the nodes of highest rank, the largest communities and the heaviest edges.
pub(super) fn write_table(analysis: &Analysis, width: u16, out: &mut impl Write) -> Result<(), Error> {
    let words = Wording::read()?;
    write_head(analysis, &words, out)?;
    write_nodes_table(analysis, &words, width, out)?;
    write_communities_table(analysis, &words, width, out)?;
    write_edges_table(analysis, &words, width, out)
}

fn write_head(analysis: &Analysis, words: &Wording, out: &mut impl Write) -> Result<(), Error> {
    let measures = &analysis.measures;
    let components = measures.nodes.iter().map(|scores| scores.component).max().unwrap_or_default();
    let largest = measures.nodes.iter().filter(|scores| scores.component == 1).count();
    let values = [
        ("nodes", measures.nodes.len().to_string()),
        ("edges", analysis.network.edges().count().to_string()),
        ("components", components.to_string()),
        ("largest", largest.to_string()),
        ("communities", measures.communities.len().to_string()),
        ("modularity", format!("{:.3}", measures.modularity)),
        ("damping", DAMPING.to_string()),
        ("sources", measures.sources.to_string()),
    ];
    let table = &words.table;
    if let Some(network) = words.network(analysis.kind) {
        writeln!(out, "{}\n{}", network.zh, network.en)?;
        let weight = [("zh", network.weight.zh.clone()), ("en", network.weight.en.clone())];
        writeln!(out, "{}\n{}", filled(&table.whole, &values), filled(&table.whole_en, &values))?;
        writeln!(out, "{}", filled(&table.weight, &weight))?;
    }
    let ways = if measures.sources < measures.nodes.len() { &table.sampled } else { &table.exact };
    writeln!(out, "{}", filled(ways, &values))?;
    Ok(())
}

fn write_nodes_table(analysis: &Analysis, words: &Wording, width: u16, out: &mut impl Write) -> Result<(), Error> {
    let nodes = ranked(analysis);
    let rows = nodes.iter().take(SHOWN).map(|(_, node, scores)| {
        vec![
            Cell::new(&node.label),
            Cell::new(words.kind(&node.kind.to_string())),
            number(&scores.community),
            number(&scores.degree),
            number(&tidy(scores.strength)),
            number(&format!("{:.4}", scores.page_rank)),
            number(&format!("{:.4}", scores.betweenness)),
            number(&scores.core),
        ]
    });
    write_cells(words.table.nodes.clone(), rows.collect(), width, out)?;
    more(nodes.len(), &words.table.more_nodes, out)
}

fn write_communities_table(
    analysis: &Analysis,
    words: &Wording,
    width: u16,
    out: &mut impl Write,
) -> Result<(), Error> {
    let (shown, left): (Vec<_>, Vec<_>) = analysis
        .measures
        .communities
        .iter()
        .partition(|community| community.number <= COMMUNITIES && community.size > 1);
    let rows = shown.iter().map(|community| {
        vec![
            number(&community.number),
            Cell::new(community.title()),
            number(&community.size),
            number(&community.cohesion().map_or_else(String::new, |share| format!("{:.0} %", share * 100.0))),
        ]
    });
    write_cells(words.table.communities.clone(), rows.collect(), width, out)?;
    if !left.is_empty() {
        let single = left.iter().filter(|community| community.size == 1).count();
        let values = [("count", left.len().to_string()), ("single", single.to_string())];
        writeln!(out, "{}", filled(&words.table.more_communities, &values))?;
    }
    Ok(())
}

fn write_edges_table(analysis: &Analysis, words: &Wording, width: u16, out: &mut impl Write) -> Result<(), Error> {
    let mut edges: Vec<(usize, usize, f64)> = analysis.network.edges().collect();
    edges.sort_by(|left, right| right.2.total_cmp(&left.2).then_with(|| (left.0, left.1).cmp(&(right.0, right.1))));
    let labels: Vec<&str> = analysis.network.nodes().map(|node| node.label.as_str()).collect();
    let rows = edges
        .iter()
        .take(SHOWN)
        .map(|(one, other, weight)| vec![Cell::new(labels[*one]), Cell::new(labels[*other]), number(&tidy(*weight))]);
    write_cells(words.table.edges.clone(), rows.collect(), width, out)?;
    more(edges.len(), &words.table.more_edges, out)
}

fn more(count: usize, sentence: &str, out: &mut impl Write) -> Result<(), Error> {
    if count > SHOWN {
        let values = [("count", count.to_string()), ("shown", SHOWN.to_string())];
        writeln!(out, "{}", filled(sentence, &values))?;
    }
    Ok(())
}

fn number(value: &impl ToString) -> Cell {
    Cell::new(value.to_string()).set_alignment(CellAlignment::Right)
}

/// A weight without digits that say nothing.
pub(super) fn tidy(weight: f64) -> String {
    if weight.fract() == 0.0 { weight.to_string() } else { format!("{weight:.3}") }
}

/// The nodes with their positions from the highest rank down; equals by label and IRI.
fn ranked(analysis: &Analysis) -> Vec<(usize, &Node, &Scores)> {
    let mut nodes: Vec<(usize, &Node, &Scores)> =
        analysis.nodes().enumerate().map(|(position, (node, scores))| (position, node, scores)).collect();
    nodes.sort_by(|(_, left, left_scores), (_, right, right_scores)| {
        // Ranks that differ only by rounding are equal.
        let rounded = |scores: &Scores| (scores.page_rank * 1e9).round();
        rounded(right_scores)
            .total_cmp(&rounded(left_scores))
            .then_with(|| (&left.label, &left.iri).cmp(&(&right.label, &right.iri)))
    });
    nodes
}

/// Writes every node with its scores. `Id` and `Label` are the names that Gephi looks for; an `Id` is the position in the
/// network, as in the other formats.
pub(super) fn write_nodes(analysis: &Analysis, out: &mut impl Write) -> Result<(), Error> {
    let head = [
        "Id",
        "Label",
        "kind",
        "community",
        "community_name",
        "degree",
        "strength",
        "page_rank",
        "betweenness",
        "core",
        "component",
        "iri",
    ];
    let rows = ranked(analysis).into_iter().map(|(position, node, scores)| {
        [
            position.to_string(),
            node.label.clone(),
            node.kind.to_string(),
            scores.community.to_string(),
            analysis.community_name(scores),
            scores.degree.to_string(),
            scores.strength.to_string(),
            scores.page_rank.to_string(),
            scores.betweenness.to_string(),
            scores.core.to_string(),
            scores.component.to_string(),
            node.iri.clone(),
        ]
    });
    write_csv(head, rows, out)
}

/// Writes every edge: `Source`, `Target`, `Type` and `Weight` as Gephi looks for them, with the labels and IRIs of the ends.
pub(super) fn write_edges(analysis: &Analysis, out: &mut impl Write) -> Result<(), Error> {
    let nodes: Vec<&Node> = analysis.network.nodes().collect();
    let head = ["Source", "Target", "Type", "Weight", "source_label", "target_label", "source_iri", "target_iri"];
    let rows = analysis.network.edges().map(|(one, other, weight)| {
        [
            one.to_string(),
            other.to_string(),
            "Undirected".to_owned(),
            weight.to_string(),
            nodes[one].label.clone(),
            nodes[other].label.clone(),
            nodes[one].iri.clone(),
            nodes[other].iri.clone(),
        ]
    });
    write_csv(head, rows, out)
}

fn write_csv<const N: usize>(
    head: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
    out: &mut impl Write,
) -> Result<(), Error> {
    let mut csv = csv::Writer::from_writer(out);
    let mut written = csv.write_record(head);
    for row in rows {
        written = written.and_then(|()| csv.write_record(row));
    }
    written
        .and_then(|()| csv.flush().map_err(csv::Error::from))
        .map_err(|error| Error::Write(std::io::Error::other(error)))
}

/// Writes every node with its scores, every community, and every edge by the IRIs of its ends.
pub(super) fn write_json(analysis: &Analysis, out: &mut impl Write) -> Result<(), Error> {
    let iris: Vec<&str> = analysis.network.nodes().map(|node| node.iri.as_str()).collect();
    let nodes: Vec<_> = analysis
        .nodes()
        .map(|(node, scores)| {
            json!({
                "iri": node.iri, "label": node.label, "kind": node.kind, "degree": scores.degree,
                "strength": scores.strength, "page_rank": scores.page_rank, "betweenness": scores.betweenness,
                "core": scores.core, "community": scores.community, "component": scores.component,
            })
        })
        .collect();
    let edges: Vec<_> = analysis
        .network
        .edges()
        .map(|(one, other, weight)| json!({ "source": iris[one], "target": iris[other], "weight": weight }))
        .collect();
    let communities: Vec<_> = analysis
        .measures
        .communities
        .iter()
        .map(|community| {
            json!({
                "number": community.number, "name": community.name, "size": community.size,
                "inside": community.inside, "outside": community.outside,
                "members": community.members.iter().map(|node| iris[*node]).collect::<Vec<_>>(),
            })
        })
        .collect();
    let filter: serde_json::Map<String, serde_json::Value> =
        analysis.filter.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    let whole = json!({
        "network": analysis.kind.name(), "filter": filter, "damping": DAMPING,
        "modularity": analysis.measures.modularity, "betweenness_sources": analysis.measures.sources,
        "communities": communities, "nodes": nodes, "edges": edges,
    });
    serde_json::to_writer_pretty(&mut *out, &whole).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}
