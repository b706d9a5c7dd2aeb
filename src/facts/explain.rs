//! Why is something what it is? The facts at a place of a report, with the rule and the line of data behind each.

use super::{Fact, FactClass, TableLine, facts, table_line};
use crate::lexicon::{LexiconError, RuleSentence, rules};
use crate::report::{Report, Span};
use serde_json::{Map, Value};

/// A fact with what made it.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The fact.
    pub fact: Fact,
    /// What the rule is; `None` where the fact follows from the others alone.
    pub rule: Option<RuleSentence>,
    /// The line of the table that decided it, where one did.
    pub line: Option<TableLine>,
}

/// The facts whose span holds the code point `at`, the narrowest first; without `at` those of the metadata.
///
/// # Errors
/// Where the table of rules does not fit its schema, which a test rules out.
pub fn explain(report: &Report, at: Option<usize>) -> Result<Vec<Explanation>, LexiconError> {
    let rules = rules()?;
    let wanted = |fact: &Fact| match (at, fact.span) {
        (Some(at), Some(span)) => span.start <= at && at < span.end,
        (None, None) => true,
        _ => false,
    };
    let mut found: Vec<Fact> = facts(report).into_iter().chain(carried(report)).filter(wanted).collect();
    let length = |span: Option<Span>| span.map(|span| span.end - span.start);
    found.sort_by_key(|fact| length(fact.span));
    let explained = |fact: Fact| Explanation {
        rule: rules.get(fact.basis.rule).cloned(),
        line: fact.basis.entry.as_ref().and_then(table_line),
        fact,
    };
    Ok(found.into_iter().map(explained).collect())
}

/// That bodies carry out the units they stand in.
fn carried(report: &Report) -> impl Iterator<Item = Fact> {
    report.bodies.iter().filter_map(|body| {
        let basis = body.carries.clone()?;
        let unit = report.units.iter().find(|unit| unit.span.contains(&body.span))?;
        let fields: Map<String, Value> = [("carries".to_owned(), unit.name.clone().into())].into_iter().collect();
        Some(Fact { class: FactClass::Body, span: Some(body.span), quote: body.quote.clone(), fields, basis })
    })
}
