//! Which documents are cited together?

use std::collections::{BTreeMap, BTreeSet};

use super::network::{Network, NetworkBuilder, Node, NodeKind};

/// The columns of `cocitation.rq`.
const REPORT: usize = 0;
const PART: usize = 1;
const DOCUMENT: usize = 2;
const LABEL: usize = 3;

/// Documents joined when a report cites both.
pub(super) fn in_reports(rows: &[Vec<String>]) -> Network {
    network(rows, |row| Some(&row[REPORT]))
}

/// Documents joined when a unit cites both; what a report cites outside its units is left out.
pub(super) fn in_units(rows: &[Vec<String>]) -> Network {
    network(rows, |row| (row[PART] != row[REPORT]).then_some(&row[PART]))
}

/// Joins the documents of each group; an edge weighs the reports in which a group has both.
fn network<'a>(rows: &'a [Vec<String>], group: impl Fn(&'a [String]) -> Option<&'a String>) -> Network {
    let mut builder = NetworkBuilder::default();
    let mut groups: BTreeMap<(&str, &str), BTreeSet<usize>> = BTreeMap::new();
    for row in rows {
        let Some(place) = group(row) else { continue };
        builder.node(Node::new(&row[DOCUMENT], &row[LABEL], NodeKind::Document));
        groups.entry((&row[REPORT], place)).or_default().insert(builder.number(&row[DOCUMENT]));
    }
    let groups: Vec<(&str, BTreeSet<usize>)> =
        groups.into_iter().map(|((report, _), documents)| (report, documents)).collect();
    // The groups of a report stand together.
    for of_report in groups.chunk_by(|(report, _), (next, _)| report == next) {
        let mut together = Vec::new();
        for (_, documents) in of_report {
            for (position, one) in documents.iter().enumerate() {
                together.extend(documents.iter().skip(position + 1).map(|other| (*one, *other)));
            }
        }
        together.sort_unstable();
        together.dedup();
        for (one, other) in together {
            builder.edge_between(one, other, 1.0);
        }
    }
    builder.build()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[[&str; 4]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.map(str::to_owned).to_vec()).collect()
    }

    fn edges(network: &Network) -> Vec<(usize, usize, f64)> {
        network.edges().collect()
    }

    #[test]
    fn a_pair_counts_once_a_report_however_often_it_is_cited() {
        let rows = rows(&[
            ["r1", "r1#u1", "a", "A"],
            ["r1", "r1#u1", "b", "B"],
            ["r1", "r1#u2", "a", "A"],
            ["r1", "r1#u2", "b", "B"],
            ["r2", "r2", "a", "A"],
            ["r2", "r2#u1", "b", "B"],
            ["r2", "r2#u1", "c", "C"],
        ]);
        assert_eq!(edges(&in_reports(&rows)), [(0, 1, 2.0), (0, 2, 1.0), (1, 2, 1.0)]);
        assert_eq!(edges(&in_units(&rows)), [(0, 1, 1.0), (1, 2, 1.0)]);
    }
}
