//! `data/formulas.toml`: wordings that every report may have in common with every other.

use super::LexiconError;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    phrases: Vec<String>,
}

/// The formulas of the state, in the order of the table.
///
/// # Errors
/// Where the table does not fit its schema, which a test of the tables rules out.
pub fn formulas() -> Result<Vec<String>, LexiconError> {
    let table: Table = super::table("data/formulas.toml", include_str!("../../data/formulas.toml"))?;
    Ok(table.phrases)
}

#[cfg(test)]
mod tests {
    use super::formulas;

    #[test]
    fn each_formula_stands_once() {
        let mut phrases = formulas().unwrap();
        assert!(phrases.iter().all(|phrase| phrase.chars().count() >= 6), "shorter ones mark nothing");
        let all = phrases.len();
        phrases.sort();
        phrases.dedup();
        assert_eq!(phrases.len(), all);
    }
}
