//! What can go wrong with a question, and what to do about it.

use std::fmt;
use std::time::Duration;

use oxigraph::sparql::QueryEvaluationError;
use oxigraph::store::StorageError;

use super::catalogue::catalogue;
use super::question::ParameterType;
use crate::store::StoreError;

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No question of the catalogue has this name.
    #[error("there is no query named `{name}`{}; `fazhi queries` lists them all", did_you_mean(.suggestions))]
    UnknownQuery {
        /// What was asked for.
        name: String,
        /// Names in the catalogue that are spelled alike.
        suggestions: Vec<String>,
    },
    /// A query file cannot be read.
    #[error("cannot read the query file {path}: {source}")]
    File {
        /// The file.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// The comment header of a query is not what it should be.
    #[error("the header of query `{query}` is not valid: {message}; see queries/README.md for its form")]
    Header {
        /// Name or file of the query.
        query: String,
        /// What is wrong, with line and column within the header where they are known.
        message: String,
    },
    /// The text is not SPARQL.
    #[error("{0}")]
    Syntax(#[from] SyntaxError),
    /// The query has no parameter of this name.
    #[error(
        "query `{query}` has no parameter `{name}`; {}",
        if .known.is_empty() { "it takes none".to_owned() } else { format!("it takes {}", .known.join(", ")) }
    )]
    UnknownParameter {
        /// The query.
        query: String,
        /// The parameter that was given.
        name: String,
        /// The parameters that it has.
        known: Vec<String>,
    },
    /// A parameter that must be given was not.
    #[error("query `{query}` needs a value: --param {name}={example}")]
    MissingParameter {
        /// The query.
        query: String,
        /// The parameter.
        name: String,
        /// A value that would do.
        example: String,
    },
    /// A parameter was given twice.
    #[error("parameter `{name}` is given twice; give it once")]
    RepeatedParameter {
        /// The parameter.
        name: String,
    },
    /// A value does not have the parameter's type.
    #[error("parameter `{name}`: `{value}` is not {expected}")]
    InvalidValue {
        /// The parameter.
        name: String,
        /// The value as given.
        value: String,
        /// What is expected, in words.
        expected: &'static str,
    },
    /// Nothing in the store has this name.
    #[error(
        "parameter `{name}`: the store knows no {kind} `{value}`{}{}",
        did_you_mean(.suggestions),
        if .known.is_empty() { String::new() } else { format!("; it is one of {}", .known.join(", ")) }
    )]
    UnknownName {
        /// The parameter.
        name: String,
        /// The value as given.
        value: String,
        /// What kind of thing was looked for.
        kind: ParameterType,
        /// Names in the store that are spelled alike.
        suggestions: Vec<String>,
        /// All there is to choose from, where that is a short list.
        known: Vec<String>,
    },
    /// Several things in the store have this name.
    #[error(
        "parameter `{name}`: {total} {kind}s are called `{value}`; choose one by what stands first in its line, as in \
         --param '{name}={}':\n{}{}",
        .candidates.first().map_or("", |(way, _)| way.as_str()),
        .candidates.iter().map(|(way, what)| format!("  {way}  {what}").trim_end().to_owned()).collect::<Vec<_>>().join("\n"),
        if .candidates.len() < *.total { format!("\n  and {} more", .total - .candidates.len()) } else { String::new() }
    )]
    AmbiguousName {
        /// The parameter.
        name: String,
        /// The value as given.
        value: String,
        /// What kind of thing was looked for.
        kind: ParameterType,
        /// How many have the name.
        total: usize,
        /// What it may mean: how each can be given instead, and what a person needs to choose.
        candidates: Vec<(String, String)>,
    },
    /// Nothing in the store has this name, whatever kind of thing is meant.
    #[error(
        "the store knows no {} `{value}`{}",
        .kinds.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        did_you_mean(.suggestions)
    )]
    UnknownThing {
        /// What kinds of things were looked for.
        kinds: Vec<ParameterType>,
        /// The name as given.
        value: String,
        /// Names in the store that are spelled alike.
        suggestions: Vec<String>,
    },
    /// Things of several kinds, or several of one, have this name.
    #[error(
        "`{value}` names {} things; give one of:\n{}",
        .candidates.len(),
        .candidates.iter().map(|candidate| format!("  {candidate}")).collect::<Vec<_>>().join("\n")
    )]
    AmbiguousThing {
        /// The name as given.
        value: String,
        /// What it may mean, each beginning with what can be given instead.
        candidates: Vec<String>,
    },
    /// The query itself assigns a variable that is a parameter.
    #[error(
        "the query assigns ?{name} by itself (BIND, VALUES, AS), so no value can be given for it; rename one of the two"
    )]
    AssignedParameter {
        /// The variable.
        name: String,
    },
    /// A parameter stands where its value cannot: a literal as a subject or predicate.
    #[error("?{name} stands as a subject, predicate or graph name and takes an IRI, not {value}")]
    MisplacedParameter {
        /// The variable.
        name: String,
        /// The value.
        value: String,
    },
    /// The query ran out of time.
    #[error(
        "the query was stopped after {} and has no answer; narrow it (a region, a year, LIMIT) or allow more time",
        seconds(*.limit)
    )]
    TimedOut {
        /// The time that was allowed.
        limit: Duration,
    },
    /// The answer is larger than was allowed.
    #[error("the answer has more than {limit} rows; narrow the query (a region, a year, LIMIT) or allow more rows")]
    TooManyRows {
        /// The rows that were allowed.
        limit: usize,
    },
    /// The query takes more memory than any question needs.
    #[error(
        "the query was stopped because it takes more than {megabytes} MB of memory, and has no answer; narrow it (a region, a year, LIMIT), \
         and see that all its parts have a variable in common"
    )]
    TooMuchMemory {
        /// The memory that was allowed, in millions of bytes.
        megabytes: usize,
    },
    /// The query asks another server.
    #[error(
        "the query has SERVICE, and nothing is asked of other servers here; load what you need into a store of your own"
    )]
    Service,
    /// The query is nested too deeply.
    #[error(
        "the query has {depth} parts within each other or in one chain, or more, and {most} are the most; use VALUES, or several queries"
    )]
    TooDeep {
        /// The parts, as far as they were counted.
        depth: usize,
        /// How many there may be.
        most: usize,
    },
    /// A text is made of itself again and again.
    #[error(
        "the query joins texts to one that may not fit into the memory (CONCAT or REPLACE of what is itself so made); join fewer"
    )]
    TextsWithoutEnd,
    /// More named graphs are chosen than are put together at once.
    #[error("{chosen} graphs are chosen, and {most} is the most; leave FROM out to ask over all")]
    TooManyGraphs {
        /// How many are chosen.
        chosen: usize,
        /// How many may be.
        most: usize,
    },
    /// The store has no such graph, or cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An update asks for what is not done.
    #[error("{0}")]
    Refused(String),
    /// The evaluator gave up.
    #[error("the query could not be evaluated: {0}")]
    Evaluation(#[from] QueryEvaluationError),
    /// The store could not be read.
    #[error("the store could not be read: {0}")]
    Storage(#[from] StorageError),
    /// The thread that evaluates ended without an answer.
    #[error("the evaluation of the query broke off; please report the query as a defect")]
    BrokenOff,
    /// A format that cannot hold this kind of answer.
    #[error("{format} cannot hold {answer}; use one of {}", .fitting.join(", "))]
    UnfitFormat {
        /// The format.
        format: &'static str,
        /// The kind of answer.
        answer: &'static str,
        /// Formats that can.
        fitting: Vec<&'static str>,
    },
    /// No format has this name.
    #[error("there is no format `{name}`{}; use one of {}", did_you_mean(.suggestions), .known.join(", "))]
    UnknownFormat {
        /// What was asked for.
        name: String,
        /// Formats that are spelled alike.
        suggestions: Vec<String>,
        /// All the formats.
        known: Vec<&'static str>,
    },
    /// The answer cannot be written.
    #[error("cannot write the answer: {0}")]
    Write(#[from] std::io::Error),
}

impl Error {
    pub(crate) fn unknown_query(name: &str) -> Self {
        let names = catalogue().iter().map(|question| question.name().to_owned());
        Self::UnknownQuery { name: name.to_owned(), suggestions: super::names::suggest(name, names) }
    }
}

fn did_you_mean(suggestions: &[String]) -> String {
    if suggestions.is_empty() { String::new() } else { format!(" (did you mean {}?)", suggestions.join(", ")) }
}

fn seconds(limit: Duration) -> String {
    format!("{} s", limit.as_secs_f64())
}

/// A text that is not SPARQL, with the place where reading it failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// Line, counted from 1, where it is known.
    pub line: Option<usize>,
    /// Character in the line, counted from 1, where it is known.
    pub column: Option<usize>,
    /// What the parser says.
    pub message: String,
    /// The line of the text.
    pub excerpt: Option<String>,
}

/// The parser may name dozens of tokens that could stand at the place; a reader needs the first few.
const TOKENS_SHOWN: usize = 8;

impl SyntaxError {
    /// Reads the parser's message, whose form is `error at LINE:COLUMN: expected one of A, B, …`.
    pub(super) fn new(text: &str, error: &impl fmt::Display) -> Self {
        let message = error.to_string();
        let place = message.strip_prefix("error at ").and_then(|rest| {
            let (line, rest) = rest.split_once(':')?;
            let (column, rest) = rest.split_once(": expected ")?;
            Some((line.parse::<usize>().ok()?, column.parse::<usize>().ok()?, rest))
        });
        let Some((line, column, expected)) = place else {
            return Self { line: None, column: None, message, excerpt: None };
        };
        let (message, back) = explain(expected);
        let excerpt = text.lines().nth(line.saturating_sub(1)).map(str::to_owned);
        Self { line: Some(line), column: Some(column.saturating_sub(back).max(1)), message, excerpt }
    }
}

/// What to tell a reader of the tokens that the parser expected, and how many characters before the place that it names
/// the trouble begins.
fn explain(expected: &str) -> (String, usize) {
    let tokens = expected.strip_prefix("one of ").unwrap_or(expected).split(", ");
    // Classes of characters (`['0' ..= '9']`) are parts of tokens, and tell a reader nothing.
    let tokens: Vec<&str> = tokens.filter(|token| !token.starts_with('[')).collect();
    let reasons: Vec<&str> =
        tokens.iter().copied().filter(|token| token.contains(' ') && !token.contains('"')).collect();
    if !reasons.is_empty() {
        return (reasons.join("; "), 0);
    }
    // The parser places a keyword that it does not find behind as many characters as the keyword has, and then the last
    // keyword that it tried hides what else could stand there.
    let keyword = |token: &&str| token.bytes().all(|byte| byte.is_ascii_uppercase());
    if let Some(first) = tokens.first()
        && tokens.iter().all(keyword)
    {
        return ("the text cannot be read from here on".to_owned(), first.len());
    }
    let more = if tokens.len() > TOKENS_SHOWN { ", \u{2026}" } else { "" };
    let shown: Vec<&str> = tokens.into_iter().take(TOKENS_SHOWN).collect();
    match shown.as_slice() {
        [] => ("a character that cannot stand here".to_owned(), 0),
        [token] => (format!("expected {token}"), 0),
        tokens => (format!("expected one of {}{more}", tokens.join(" ")), 0),
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Some(line), Some(column)) = (self.line, self.column) else {
            return write!(
                f,
                "this is not SPARQL: {}; compare it with a query that `fazhi queries` lists",
                self.message
            );
        };
        write!(f, "this is not SPARQL at line {line}, column {column}: {}", self.message)?;
        if let Some(excerpt) = &self.excerpt {
            let before: String = excerpt.chars().take(column - 1).collect();
            let mark = " ".repeat(unicode_width::UnicodeWidthStr::width(before.as_str()));
            write!(f, "\n  {excerpt}\n  {mark}^ mend the text here, or a mark or bracket left open before it")?;
        }
        Ok(())
    }
}

impl std::error::Error for SyntaxError {}
