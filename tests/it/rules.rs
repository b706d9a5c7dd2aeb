//! Every rule that the extraction names is told of in `data/rules.toml`, and no other.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use fazhi::lexicon::rules;
use std::collections::BTreeSet;
use std::path::Path;

/// The names that stand behind `Basis::rule(` and `Basis::entry(` in the sources.
fn named_in_sources() -> BTreeSet<String> {
    let sources = walkdir::WalkDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let mut names = BTreeSet::new();
    for file in sources.into_iter().filter_map(Result::ok).filter(|file| file.path().extension().is_some()) {
        let source = std::fs::read_to_string(file.path()).expect("sources are text");
        for opener in ["Basis::rule(", "Basis::entry("] {
            for (at, _) in source.match_indices(opener) {
                let rest = source[at + opener.len()..].trim_start();
                if let Some(name) = rest.strip_prefix('"').and_then(|rest| rest.split('"').next()) {
                    names.insert(name.to_owned());
                }
            }
        }
    }
    names
}

#[test]
fn every_rule_has_its_sentence_and_every_sentence_its_rule() {
    let told: BTreeSet<String> = rules().expect("the table fits its schema").into_keys().collect();
    assert_eq!(named_in_sources(), told, "left: named in src, right: told of in data/rules.toml");
}
