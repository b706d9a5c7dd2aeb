//! What are the concepts called? Fields, types of bodies, kinds, levels, rules, indicators and doubts, in both languages.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::lexicon::{RuleSentence, labels};
use crate::vocab::{CONCEPTS, Scheme};

/// What the concept with this IRI is called; `None` of what is no concept of the vocabulary.
pub(super) fn name(iri: &str) -> Option<&'static RuleSentence> {
    static NAMES: LazyLock<BTreeMap<String, RuleSentence>> = LazyLock::new(read);
    NAMES.get(iri.strip_prefix(CONCEPTS)?)
}

fn read() -> BTreeMap<String, RuleSentence> {
    let mut names = BTreeMap::new();
    for scheme in Scheme::ALL {
        // The vocabulary comes with the program, and its tests read it.
        let of_scheme = labels(scheme.name()).unwrap_or_default();
        names.extend(of_scheme.into_iter().map(|(notation, label)| (format!("{}/{notation}", scheme.name()), label)));
    }
    names
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;

    #[test]
    fn a_concept_has_its_names_and_another_thing_has_none() {
        let rule = name(&format!("{CONCEPTS}rule/copied_passage")).unwrap();
        assert_eq!((rule.zh.as_str(), rule.en.is_empty()), ("段落雷同", false));
        assert!(name(&format!("{CONCEPTS}category/disputes")).is_some());
        assert!(name("https://w3id.org/fazhi/ns#cites").is_none() && name("").is_none());
    }
}
