//! Where does a fact come from, and why was it read so? Its characters, its report, its rule and its line of data.

use rmcp::schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use oxigraph::model::NamedNode;

use super::Library;
use super::answer::short;
use super::passage::report_of;
use super::report::{ReportInfo, slice};
use super::trouble::Trouble;
use crate::extract;
use crate::facts::explain;
use crate::lexicon::{Lexicon, doubts};
use crate::query::{self, Around, ParameterType, resolve};
use crate::report::Span;

/// Code points of context on either side.
const CONTEXT: usize = 120;

/// Which fact.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct Asked {
    fact: String,
}

/// What stands behind a fact.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct Evidence {
    iri: String,
    class: Option<String>,
    label: Option<String>,
    report: ReportInfo,
    /// First code point in the report's text.
    start: usize,
    /// Code point behind the last.
    end: usize,
    /// The characters that it was read from.
    quote: String,
    before: String,
    after: String,
    /// By which rules its characters were read, the fact itself first.
    rules: Vec<Rule>,
    /// What is to be known of the explanation.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// How something at the place was read.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Rule {
    /// What was read: statement, unit, citation, body, figure or finding.
    read_as: String,
    /// What it says.
    said: Map<String, Value>,
    name: String,
    zh: Option<String>,
    en: Option<String>,
    /// File and line of the table that decided it.
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<String>,
    /// Why a careful reader would doubt it.
    #[serde(skip_serializing_if = "Option::is_none")]
    doubt: Option<String>,
}

/// Tells the evidence of a fact.
pub(super) fn tell(library: &Library, asked: &Asked) -> Result<Evidence, Trouble> {
    let dataset = library.store.dataset();
    let iri = resolve(dataset, ParameterType::Fact, "fact", asked.fact.trim())?;
    let oxigraph::model::Term::NamedNode(fact) = iri else {
        return Err(Trouble::Missing("a fact has an IRI".to_owned()));
    };
    let around = Around::new(dataset);
    let span = span_of(around, &fact)?;
    let (report, _) = report_of(library, fact.as_str())?;
    let missing = || Trouble::Missing(format!("<{}> has no text in the store", report.as_str()));
    let document = query::document(dataset, report.as_ref())?.ok_or_else(missing)?;
    let extracted = extract(&document, Lexicon::shared()?);
    let rules = rules(&extracted, span)?;
    let note = rules.is_empty().then(|| {
        "the program that explains reads something else here than the one that filled the store; the fact stands as it was read then"
            .to_owned()
    });
    Ok(Evidence {
        class: around.class(fact.as_str())?.map(|class| format!("fz:{class}")),
        label: around.text(fact.as_str(), "rdfs:label")?,
        report: ReportInfo::of(library, &report)?,
        start: span.start,
        end: span.end,
        quote: slice(&document.text, span.start, span.end),
        before: slice(&document.text, span.start.saturating_sub(CONTEXT), span.start),
        after: slice(&document.text, span.end, span.end + CONTEXT),
        rules,
        note,
        iri: fact.into_string(),
    })
}

/// Where a fact stands.
fn span_of(around: Around<'_>, fact: &NamedNode) -> Result<Span, Trouble> {
    let number = |property| -> Result<Option<usize>, query::Error> {
        Ok(around.text(fact.as_str(), property)?.and_then(|number| number.parse().ok()))
    };
    match (number("fz:start")?, number("fz:end")?) {
        (Some(start), Some(end)) => Ok(Span { start, end }),
        _ => Err(Trouble::Missing(format!(
            "<{}> is no fact with a place of its own; measures, problems, plans, citations, figures and findings within a report have \
             one (findings between reports are told by `audit_region`)",
            short(fact.as_str())
        ))),
    }
}

fn rules(report: &crate::report::Report, span: Span) -> Result<Vec<Rule>, Trouble> {
    let doubts = doubts()?;
    let found = explain(report, Some(span.start))?;
    let here = found.into_iter().filter(|explanation| explanation.fact.span == Some(span));
    Ok(here
        .map(|explanation| {
            let fact = explanation.fact;
            let doubt = fact.basis.doubt.as_ref().and_then(|reason| doubts.get(reason));
            Rule {
                read_as: fact.class.to_string(),
                said: fact.fields.into_iter().filter(|(_, value)| !is_empty(value)).collect(),
                name: fact.basis.rule.to_owned(),
                zh: explanation.rule.as_ref().map(|rule| rule.zh.clone()),
                en: explanation.rule.map(|rule| rule.en),
                data: explanation.line.map(|line| format!("{}:{}", line.table, line.line)),
                doubt: doubt.map(|doubt| format!("{} / {}", doubt.zh, doubt.en)),
            }
        })
        .collect())
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty) || *value == Value::Bool(false)
}
