//! `fazhi explain`: by which rule and which line of data something was read.

use std::io::{self, BufReader, Write};
use std::ops::ControlFlow;

use clap::{Args, ValueEnum};

use super::Place;
use super::build::Extraction;
use super::exit::{Exit, Outcome};
use super::output::{Output, say};
use crate::build::pages;
use crate::extract;
use crate::facts::{Explanation, explain};
use crate::lexicon::{Lexicon, RuleSentence, doubts};
use crate::query;
use crate::read::{self, Document};
use crate::store::Store;

/// Say which rule and which line of data made the facts at a place of a report what they are
///
/// Without a place, what the report says of itself. The rules are explained with the tables of this program: a report of
/// the store is read once more from its text there.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A file, or the identifier (or the start of one) of a report in the store
    report: String,
    /// Position in the text, as `extract` counts (code points from zero), or words that stand there
    start: Option<String>,
    #[command(flatten)]
    place: Place,
    /// Language of the explanations
    #[arg(long, value_enum, default_value_t = Language::Zh)]
    language: Language,
    #[command(flatten)]
    extraction: Extraction,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Language {
    Zh,
    En,
}

impl Language {
    fn of(self, sentence: &RuleSentence) -> &str {
        match self {
            Self::Zh => &sentence.zh,
            Self::En => &sentence.en,
        }
    }
}

/// Why nothing can be explained.
#[derive(Debug, thiserror::Error)]
enum ExplainError {
    #[error("{file} holds several reports; name one of them, such as {first}")]
    Several { file: String, first: String },
    #[error("{file}: {cause}")]
    Unreadable { file: String, cause: String },
    #[error("{file} has no report {record}; count its records from 1")]
    NoRecord { file: String, record: String },
    #[error("{words} does not stand in the text of {file}; give a position, or words as they are printed")]
    NotFound { words: String, file: String },
    #[error("the text of {file} has {length} characters; the position {at} is behind its end")]
    Behind { file: String, at: usize, length: usize },
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let lexicon = Lexicon::shared()?;
    let document = document(arguments)?;
    let report = extract(&document, lexicon);
    let file = &report.source.path;
    let at = arguments.start.as_deref().map(|start| position(start, &report.text, file)).transpose()?;
    let explanations = explain(&report, at)?;
    let mut out = Output::open(None)?;
    if explanations.is_empty() {
        say("nothing was read here");
    }
    let doubts = doubts()?;
    for explanation in &explanations {
        let doubt = explanation.fact.basis.doubt.as_ref().and_then(|reason| doubts.get(reason));
        tell(explanation, doubt, arguments.language, &mut out)?;
    }
    out.finish()?;
    Ok(Exit::Done)
}

/// The document of a file, or of a report in the store.
fn document(arguments: &Arguments) -> Result<Document, Box<dyn std::error::Error + Send + Sync>> {
    let name = arguments.report.as_str();
    let (file, record) = match name.rsplit_once('#') {
        Some((file, record)) if !std::path::Path::new(name).exists() => (file, Some(record)),
        _ => (name, None),
    };
    if std::path::Path::new(file).exists() {
        return Ok(of_file(arguments, file, record)?);
    }
    let path = &arguments.place.store;
    let store = Store::read(path).map_err(|error| format!("there is no file {name}, and of stores: {error}"))?;
    let iri = store.find(name)?;
    query::document(store.dataset(), iri.as_ref())?.ok_or_else(|| format!("{name} has no text in the store").into())
}

fn of_file(arguments: &Arguments, file: &str, record: Option<&str>) -> Result<Document, ExplainError> {
    let inputs = read::inputs(&[file.to_owned()]);
    let unreadable = |cause: String| ExplainError::Unreadable { file: file.to_owned(), cause };
    if let Some(error) = inputs.errors.first() {
        return Err(unreadable(error.to_string()));
    }
    let mut found: Vec<Document> = Vec::new();
    let mut failed = None;
    let wanted = record.map(|record| format!("{file}#{record}"));
    let standard_input = Box::new(BufReader::new(std::io::empty()));
    pages(
        inputs.found,
        standard_input,
        &arguments.extraction.reading(),
        |page| page,
        |page| {
            match page {
                Ok(page) if wanted.as_ref().is_none_or(|wanted| page.source.path == *wanted) => found.push(page),
                Ok(_) => {}
                Err(error) => failed = Some(error.to_string()),
            }
            let enough = if wanted.is_some() { 1 } else { 2 };
            if found.len() >= enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        },
    );
    let several = found.get(1).map(|second| second.source.path.clone());
    match (found.into_iter().next(), several, failed, record) {
        (Some(page), Some(_), _, _) => Err(ExplainError::Several { file: file.to_owned(), first: page.source.path }),
        (Some(page), None, ..) => Ok(page),
        (None, _, Some(cause), _) => Err(unreadable(cause)),
        (None, _, None, record) => {
            Err(ExplainError::NoRecord { file: file.to_owned(), record: record.unwrap_or_default().to_owned() })
        }
    }
}

/// A position as it is given: a number, or words that stand there.
fn position(start: &str, text: &str, file: &str) -> Result<usize, ExplainError> {
    let length = text.chars().count();
    if let Ok(at) = start.parse::<usize>() {
        return if at < length { Ok(at) } else { Err(ExplainError::Behind { file: file.to_owned(), at, length }) };
    }
    let byte =
        text.find(start).ok_or_else(|| ExplainError::NotFound { words: start.to_owned(), file: file.to_owned() })?;
    Ok(text[..byte].chars().count())
}

/// Names of the lines under a fact.
const RULE: [&str; 2] = ["\u{89C4}\u{5219}", "rule"];
const SOURCE: [&str; 2] = ["\u{4F9D}\u{636E}", "data"];
const DOUBT: [&str; 2] = ["\u{5B58}\u{7591}", "doubt"];

fn tell(
    explanation: &Explanation,
    doubt: Option<&RuleSentence>,
    language: Language,
    out: &mut impl Write,
) -> io::Result<()> {
    let fact = &explanation.fact;
    let name = |names: [&'static str; 2]| names[usize::from(language == Language::En)];
    let place = fact.span.map(|span| format!("{}-{} ", span.start, span.end)).unwrap_or_default();
    writeln!(out, "{place}{} {}", fact.class, super::compare::shortened(&fact.quote))?;
    let said = super::compare::listed(&fact.fields);
    if !said.is_empty() {
        writeln!(out, "    {said}")?;
    }
    if let Some(rule) = &explanation.rule {
        writeln!(out, "    {} {}: {}", name(RULE), fact.basis.rule, language.of(rule))?;
    }
    if let Some(line) = &explanation.line {
        let word = fact.basis.entry.as_ref().map(|entry| entry.word.as_str()).unwrap_or_default();
        writeln!(out, "    {} {}:{} {word}", name(SOURCE), line.table, line.line)?;
    }
    if let Some(doubt) = doubt {
        writeln!(out, "    {} {}", name(DOUBT), language.of(doubt))?;
    }
    Ok(())
}
