//! `data/audit.toml`: what reports are judged by when they are laid beside each other.

use super::{LexiconError, RuleSentence, source};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{NamedOrBlankNode, Term};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What the rules across reports judge by.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditCues {
    /// Name of the audit as a thing of the graph.
    pub name: String,
    /// Notations of the ten fields in the order of the sheet.
    pub fields: Vec<String>,
    /// When a report is late.
    pub late: LateCues,
    /// When a problem is repeated.
    pub repeated: RepeatedCues,
    /// When a year is missing.
    pub missing: MissingCues,
    /// Which rates need numbers beside them.
    pub rates: AppearanceCues,
    /// Words that fill the blanks of messages.
    pub reasons: AuditReasons,
    /// The lines of the sheet, in order.
    #[serde(rename = "group")]
    pub groups: Vec<RuleGroup>,
}

/// When a report is late.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LateCues {
    /// Month and day of the following year, `MM-DD`, after which it is.
    pub due: String,
    /// The first year reported on for which that holds.
    pub first_year: u16,
    /// From this many days on, the date is doubted.
    pub doubted_days: i64,
}

/// When a problem is repeated.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RepeatedCues {
    /// Years running, at least.
    pub years: usize,
}

/// When a year is missing after the last that a place reported on.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MissingCues {
    /// Places beside it, at least, that reported on the year before.
    pub peers: usize,
    /// Share of them, from 0 to 1, that reported on the year in question.
    pub share: f64,
}

/// Which rates need numbers beside them. Notations are of the scheme `indicator`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppearanceCues {
    /// The rate.
    pub rate: String,
    /// The numbers, any of which does.
    pub counts: Vec<String>,
    /// Units of figures that are no numbers of anything.
    pub shares: Vec<String>,
    /// Words in the label of a figure beside the rate that counts cases or appearances.
    pub words: Vec<String>,
    /// From this rate on, in per cent.
    pub full: f64,
}

/// Words that fill the blanks of messages.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditReasons {
    /// Of a plan: its field has no measure.
    pub field_empty: String,
    /// Of a plan: the measures of its field are others.
    pub field_differs: String,
    /// Of a problem: the report has no plan.
    pub no_plans: String,
    /// Of a problem: its field has none.
    pub no_plan_of_field: String,
    /// Of a problem: the plans of its field are others.
    pub plans_differ: String,
    /// Of a year: there are reports before and after.
    pub between: String,
    /// Of a year: others reported.
    pub peers: String,
    /// Of a passage: the other place's name was left in it, with a blank for the name.
    pub left_name: String,
    /// What stands between the members of a list.
    pub separator: String,
}

/// A line of the sheet.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleGroup {
    /// Its name in JSON.
    pub key: String,
    /// What it is called.
    pub label: RuleSentence,
    /// Notations of its rules.
    pub rules: Vec<String>,
}

const TABLE: &str = "ontology/categories.ttl";
const CONCEPTS: &str = "https://w3id.org/fazhi/concept/";
const LABEL: &str = "http://www.w3.org/2004/02/skos/core#prefLabel";

/// The labels of the concepts of a scheme (`rule`, `doubt`, `category`), by notation.
///
/// # Errors
/// Where the vocabulary is not Turtle, which a test rules out.
pub fn labels(scheme: &str) -> Result<BTreeMap<String, RuleSentence>, LexiconError> {
    let mut found: BTreeMap<String, RuleSentence> = BTreeMap::new();
    for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(source(TABLE).unwrap_or_default()) {
        let quad = quad.map_err(|error| LexiconError::Turtle { table: TABLE, message: error.to_string() })?;
        let (NamedOrBlankNode::NamedNode(subject), Term::Literal(words)) = (&quad.subject, &quad.object) else {
            continue;
        };
        let notation = subject.as_str().strip_prefix(CONCEPTS).and_then(|rest| rest.strip_prefix(scheme));
        let Some(notation) = notation.and_then(|rest| rest.strip_prefix('/')) else { continue };
        if quad.predicate.as_str() != LABEL {
            continue;
        }
        let sentence = found.entry(notation.to_owned()).or_default();
        match words.language() {
            Some("en") => words.value().clone_into(&mut sentence.en),
            _ => words.value().clone_into(&mut sentence.zh),
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::super::Lexicon;
    use super::labels;

    #[test]
    fn every_rule_stands_in_one_line_of_the_sheet() {
        let mut grouped: Vec<String> =
            Lexicon::shared().unwrap().audit.groups.iter().flat_map(|group| group.rules.clone()).collect();
        grouped.sort();
        let rules: Vec<String> = labels("rule").unwrap().into_keys().collect();
        assert_eq!(grouped, rules);
        assert!(labels("rule").unwrap().values().all(|label| !label.zh.is_empty() && !label.en.is_empty()));
    }
}
