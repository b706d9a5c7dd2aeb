//! Why was a fact read as it was? The rule, what of the tables decided it, and what a careful reader would doubt.

use serde::{Deserialize, Serialize};

/// Why a fact was read as it was: the rule, what of the tables decided it, and what a careful reader would doubt.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// Name of the rule, a key of `data/rules.toml`; empty where none was noted. Not printed: `fazhi explain` shows it.
    #[serde(skip)]
    pub rule: &'static str,
    /// The entry of a table that decided it, where one did.
    #[serde(skip)]
    pub entry: Option<Entry>,
    /// Notation of the reason for which a careful reader would doubt it, a concept of the scheme `doubt` of
    /// `ontology/categories.ttl`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubt: Option<String>,
}

impl Basis {
    /// Read by a rule alone.
    #[must_use]
    pub const fn rule(rule: &'static str) -> Self {
        Self { rule, entry: None, doubt: None }
    }

    /// Read by a rule for what a table says.
    #[must_use]
    pub fn entry(rule: &'static str, table: &'static str, key: &'static str, word: &str) -> Self {
        Self { rule, entry: Some(Entry { table, key, word: word.to_owned() }), doubt: None }
    }

    /// The same with a reason for doubt.
    #[must_use]
    pub fn doubted(self, reason: &str) -> Self {
        Self { doubt: Some(reason.to_owned()), ..self }
    }
}

/// An entry of a table under `data/` or `ontology/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Path of the table from the top of the project.
    pub table: &'static str,
    /// Key of the list within a TOML file (`carriers.before`), column of a CSV table, property of a Turtle file.
    pub key: &'static str,
    /// The word as it stands there.
    pub word: String,
}
