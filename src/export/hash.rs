//! Are two graphs the same? The fingerprint of the canonical form (W3C RDF Dataset Canonicalization, RDFC-1.0).
//!
//! It is equal exactly when the graphs are: whatever the order of the files, the number of threads, the format that the
//! statements came in or the names of blank nodes.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io;

use ::sophia::c14n::rdfc10;
use oxigraph::model::Quad;
use sha2::{Digest, Sha256};

use super::sophia::Quads;

/// Why a graph has no fingerprint.
#[derive(Debug, thiserror::Error)]
pub enum HashError {
    /// The blank nodes are so alike that telling them apart would take too long; a graph of this program has none.
    #[error("the graph cannot be brought into canonical form: {0}")]
    NotCanonical(String),
}

/// SHA-256 of the canonical N-Quads of these statements, in lower-case hexadecimal digits. Statements that are given
/// twice count once.
///
/// All statements are held in memory: about 0.5 GB for a million.
///
/// # Errors
/// When the graph has blank nodes that are too alike.
pub fn hash(quads: impl IntoIterator<Item = Quad>) -> Result<String, HashError> {
    let mut seen = HashSet::new();
    let mut quads: Vec<Quad> = quads.into_iter().filter(|quad| seen.insert(quad.clone())).collect();
    drop(seen);
    quads.shrink_to_fit();
    let mut digest = Digester(Sha256::new());
    rdfc10::normalize(&Quads(&quads), &mut digest).map_err(|error| HashError::NotCanonical(error.to_string()))?;
    let mut hex = String::with_capacity(64);
    for byte in digest.0.finalize() {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    Ok(hex)
}

/// A writer that keeps only the digest of what is written.
struct Digester(Sha256);

impl io::Write for Digester {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use oxigraph::io::{RdfFormat, RdfParser};
    use oxigraph::model::Dataset;
    use oxigraph::model::dataset::{CanonicalizationAlgorithm, CanonicalizationHashAlgorithm};
    use proptest::prelude::*;

    use super::*;

    fn parse(text: &str) -> Vec<Quad> {
        RdfParser::from_format(RdfFormat::NQuads).for_slice(text).map(Result::unwrap).collect()
    }

    fn oxigraph_hash(quads: &[Quad]) -> String {
        let mut dataset: Dataset = quads.iter().cloned().collect();
        let hash_algorithm = CanonicalizationHashAlgorithm::Sha256;
        dataset.canonicalize(CanonicalizationAlgorithm::Rdfc10 { hash_algorithm });
        let mut lines: Vec<String> = dataset.iter().map(|quad| format!("{quad} .\n")).collect();
        lines.sort_unstable();
        let mut hex = String::new();
        for byte in Sha256::digest(lines.concat()) {
            write!(hex, "{byte:02x}").unwrap();
        }
        hex
    }

    #[test]
    fn the_empty_graph_has_the_hash_of_nothing() {
        assert_eq!(hash([]).unwrap(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    #[test]
    fn order_repetition_and_names_of_blank_nodes_do_not_matter() {
        let one = "_:a <http://e/p> \"县\"@zh <http://e/g> .\n<http://e/s> <http://e/p> _:a .\n";
        let two = "<http://e/s> <http://e/p> _:z .\n_:z <http://e/p> \"县\"@zh <http://e/g> .\n<http://e/s> <http://e/p> _:z .\n";
        assert_eq!(hash(parse(one)).unwrap(), hash(parse(two)).unwrap());
    }

    #[test]
    fn a_changed_character_changes_the_hash() {
        let one = "<http://e/s> <http://e/p> \"武山县\" .\n";
        let two = "<http://e/s> <http://e/p> \"武乡县\" .\n";
        assert_ne!(hash(parse(one)).unwrap(), hash(parse(two)).unwrap());
    }

    proptest! {
        /// Two programs that were written apart from each other agree. They do not where a blank node points to itself,
        /// which one of them counts twice; the graphs of this program have no blank nodes.
        #[test]
        fn it_agrees_with_the_canonical_form_of_oxigraph(
            rows in proptest::collection::vec(
                ("(<http://e/[a-c]>|_:[ab])", "<http://e/[pq]>",
                 r#"(<http://e/[a-c]县>|_:[cd]|"([a-z县 ]|\\n|\\t|\\"){0,6}"(@zh|@en-gb|\^\^<http://www\.w3\.org/2001/XMLSchema#gYear>)?)"#,
                 "( <http://e/g>)?"),
                0..8,
            )
        ) {
            let lines: Vec<String> = rows.iter().map(|(s, p, o, g)| format!("{s} {p} {o}{g} .\n")).collect();
            let quads = parse(&lines.concat());
            prop_assert_eq!(hash(quads.clone()).unwrap(), oxigraph_hash(&quads));
        }
    }
}
