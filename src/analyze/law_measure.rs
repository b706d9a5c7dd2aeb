//! Which documents are cited with which measures, of which category?

use super::network::{Network, NetworkBuilder, Node, NodeKind};

/// The columns of `law-measure.rq`: IRI and label of each kind of node.
const COLUMNS: [(usize, NodeKind); 3] = [(0, NodeKind::Document), (2, NodeKind::Measure), (4, NodeKind::Category)];

/// Each measure joined to the documents that it cites and to its category.
pub(super) fn network(rows: &[Vec<String>]) -> Network {
    let mut builder = NetworkBuilder::default();
    let mut edges = std::collections::BTreeSet::new();
    for row in rows {
        for (column, kind) in COLUMNS {
            builder.node(Node::new(&row[column], &row[column + 1], kind));
        }
        let [document, measure, category] = COLUMNS.map(|(column, _)| row[column].as_str());
        edges.insert((measure, document));
        edges.insert((measure, category));
    }
    for (measure, other) in edges {
        builder.edge(measure, other, 1.0);
    }
    builder.build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_is_joined_to_a_measure_once() {
        let rows: Vec<Vec<String>> = [["d1", "D1", "m", "M", "c", "C"], ["d2", "D2", "m", "M", "c", "C"]]
            .iter()
            .map(|row| row.map(str::to_owned).to_vec())
            .collect();
        let network = network(&rows);
        let labels: Vec<&str> = network.nodes().map(|node| node.label.as_str()).collect();
        assert_eq!(labels, ["C", "D1", "D2", "M"]);
        assert_eq!(network.edges().collect::<Vec<_>>(), [(0, 3, 1.0), (1, 3, 1.0), (2, 3, 1.0)]);
    }
}
