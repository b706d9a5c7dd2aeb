//! What is a model told that gets no answer? What is wrong, and which tool or value helps: models try again with what they read.

use crate::audit::AuditError;
use crate::lexicon::LexiconError;
use crate::query::{Error, ParameterType};
use crate::search::SearchError;
use crate::store::StoreError;

/// Why a tool has no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    /// What was given does not fit the tool.
    #[error("the tool `{tool}` cannot be called so: {message}")]
    Arguments { tool: &'static str, message: String },
    /// Nothing is there under what was given.
    #[error("{0}")]
    Missing(String),
    /// A question, a name or a query.
    #[error("{}", told(.0))]
    Query(#[from] Error),
    /// The store.
    #[error("{}", stored(.0))]
    Store(#[from] StoreError),
    /// An audit.
    #[error("{0}")]
    Audit(#[from] AuditError),
    /// A search.
    #[error("{0}")]
    Search(#[from] SearchError),
    /// The program's own tables.
    #[error("{0}")]
    Tables(#[from] LexiconError),
    /// Too many ask at once.
    #[error("too many queries are running; call the tool again in a few seconds")]
    Busy,
    /// A thread ended without an answer.
    #[error("the tool broke off; call it again, or ask for less")]
    BrokenOff,
}

/// The trouble of a question in the words of the tools: what the command line is told names its own options.
fn told(error: &Error) -> String {
    match error {
        Error::UnknownQuery { name, suggestions } => {
            let alike = if suggestions.is_empty() {
                String::new()
            } else {
                format!(" (did you mean {}?)", suggestions.join(", "))
            };
            format!("there is no question `{name}`{alike}; the tool `questions` lists them all")
        }
        Error::MissingParameter { query, name, example } => format!(
            "question `{query}` needs a value for `{name}`: call `ask` with parameters {{\"{name}\": \"{example}\"}}; \
             `questions` with name `{query}` tells all of them"
        ),
        Error::AmbiguousName { name, value, kind, total, candidates } => {
            let listed: Vec<String> = candidates.iter().map(|(way, what)| format!("{way} ({})", what.trim())).collect();
            format!("`{value}` names {total} {kind}s; give for `{name}` one of: {}", listed.join("; "))
        }
        Error::UnknownParameter { .. } => format!("{error}; `questions` with the question's name tells what they mean"),
        Error::UnknownName { kind: ParameterType::Fact, .. } => {
            format!("{error}; `read_passage` lists the facts at a place of a report, with their IRIs")
        }
        Error::UnknownName { .. } | Error::UnknownThing { .. } => format!("{error}; the tool `search` finds names"),
        Error::TimedOut { limit } => format!(
            "the query was stopped after {} s and has no answer; narrow it by a region, a year or LIMIT, or use a question \
             of `questions`",
            limit.as_secs_f64()
        ),
        Error::TooManyRows { limit } => {
            format!(
                "the answer has more than {limit} rows; narrow it by a region, a year or LIMIT, or count instead (COUNT, GROUP BY)"
            )
        }
        Error::Syntax(_) => {
            format!("{error}\n`describe_schema` shows queries that work; prefixes need no PREFIX lines")
        }
        other => other.to_string(),
    }
}

fn stored(error: &StoreError) -> String {
    match error {
        StoreError::NoReport { name } => format!(
            "there is no report `{name}`; an identifier looks like 620524-2021-50854c2d9ea9, and `ask` with report-overview lists \
             the reports of a region"
        ),
        other => other.to_string(),
    }
}
