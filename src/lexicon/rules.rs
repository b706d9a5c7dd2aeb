//! `data/rules.toml`: what the rules of extraction are, in a sentence each; `data/sentences.toml`: how connections are told.

use super::{LexiconError, table};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What a rule is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSentence {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// The sentences in which connections are told, by name, with braces for what was found.
///
/// # Errors
/// Where the table does not fit its schema, which a test rules out.
pub fn sentences() -> Result<BTreeMap<String, RuleSentence>, LexiconError> {
    table("data/sentences.toml", include_str!("../../data/sentences.toml"))
}

/// The sentences of all rules, by name: `part/rule`.
///
/// # Errors
/// Where the table does not fit its schema, which a test rules out.
pub fn rules() -> Result<BTreeMap<String, RuleSentence>, LexiconError> {
    let parts: BTreeMap<String, BTreeMap<String, RuleSentence>> =
        table("data/rules.toml", include_str!("../../data/rules.toml"))?;
    let named = |(part, rules): (String, BTreeMap<String, RuleSentence>)| {
        rules.into_iter().map(move |(name, sentence)| (format!("{part}/{name}"), sentence))
    };
    Ok(parts.into_iter().flat_map(named).collect())
}
