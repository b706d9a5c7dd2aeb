//! What tables and pictures of networks say to a reader: `wording.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Error, Kind};
use crate::query::Text;

/// All of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wording {
    networks: BTreeMap<String, OfNetwork>,
    kinds: BTreeMap<String, String>,
    pub(super) table: OfTable,
    pub(super) picture: BTreeMap<String, String>,
    pub(super) alike: OfAlike,
    chain: BTreeMap<String, String>,
    change: BTreeMap<String, String>,
    path: BTreeMap<String, String>,
    path_kinds: BTreeMap<String, String>,
}

/// What is said of a network.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OfNetwork {
    pub(super) zh: String,
    pub(super) en: String,
    pub(super) weight: Text,
}

/// What a table says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OfTable {
    pub(super) whole: String,
    pub(super) whole_en: String,
    pub(super) weight: String,
    pub(super) exact: String,
    pub(super) sampled: String,
    pub(super) nodes: Vec<String>,
    pub(super) communities: Vec<String>,
    pub(super) edges: Vec<String>,
    pub(super) more_nodes: String,
    pub(super) more_edges: String,
    pub(super) more_communities: String,
}

/// What is said of regions that are alike.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OfAlike {
    pub(super) title: String,
    pub(super) title_en: String,
    pub(super) measure: String,
    pub(super) measure_en: String,
    pub(super) head: Vec<String>,
    pub(super) reasons: Vec<String>,
    pub(super) none: String,
    pub(super) none_en: String,
}

impl Wording {
    /// Reads it.
    pub(super) fn read() -> Result<Self, Error> {
        Ok(toml::from_str(include_str!("wording.toml"))?)
    }

    /// What is said of a network.
    pub(super) fn network(&self, kind: Kind) -> Option<&OfNetwork> {
        self.networks.get(kind.name())
    }

    /// What a node is, in Chinese.
    pub(super) fn kind<'a>(&'a self, name: &'a str) -> &'a str {
        self.kinds.get(name).map_or(name, String::as_str)
    }

    /// A sentence of the picture.
    pub(super) fn of_picture(&self, name: &str, values: &[(&str, String)]) -> String {
        said(&self.picture, name, values)
    }

    /// A sentence of a chain.
    pub(super) fn of_chain(&self, name: &str, values: &[(&str, String)]) -> String {
        said(&self.chain, name, values)
    }

    /// A sentence of a change.
    pub(super) fn of_change(&self, name: &str, values: &[(&str, String)]) -> String {
        said(&self.change, name, values)
    }

    /// A sentence of a path.
    pub(super) fn of_path(&self, name: &str, values: &[(&str, String)]) -> String {
        said(&self.path, name, values)
    }

    /// What an end of a path is, in Chinese.
    pub(super) fn path_kind<'a>(&'a self, name: &'a str) -> &'a str {
        self.path_kinds.get(name).map_or(name, String::as_str)
    }
}

fn said(sentences: &BTreeMap<String, String>, name: &str, values: &[(&str, String)]) -> String {
    sentences.get(name).map_or_else(String::new, |sentence| filled(sentence, values))
}

/// A sentence with its values filled in.
pub(super) fn filled(sentence: &str, values: &[(&str, String)]) -> String {
    values.iter().fold(sentence.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_network_and_kind_of_node_has_its_words() {
        let wording = Wording::read().unwrap();
        assert_eq!(wording.networks.len(), Kind::ALL.len());
        for (name, kind) in Kind::ALL {
            assert!(wording.network(kind).is_some_and(|words| !words.weight.zh.is_empty()), "{name}");
        }
        for kind in ["document", "measure", "category", "region"] {
            assert_ne!(wording.kind(kind), kind);
        }
        let counts = (wording.table.nodes.len(), wording.table.communities.len(), wording.table.edges.len());
        assert_eq!(counts, (8, 4, 3));
        assert_eq!((wording.alike.head.len(), wording.alike.reasons.len()), (7, 5));
    }

    #[test]
    fn values_stand_where_their_names_did() {
        assert_eq!(filled("{a} of {b}, {a}", &[("a", "1".to_owned()), ("b", "2".to_owned())]), "1 of 2, 1");
    }
}
