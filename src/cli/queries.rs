//! `fazhi queries`: the catalogue of questions.

use std::collections::BTreeSet;
use std::io::{self, Write};

use clap::{Args, ValueEnum};
use unicode_width::UnicodeWidthStr;

use super::exit::{Exit, Outcome};
use super::output::Output;
use crate::query::{Question, Text, catalogue, groups};

/// List the questions of the catalogue, or tell one with its parameters
///
/// Without a name: all questions in groups, with the commands beside `query` that answer some of them. With a name: what a row
/// of the answer says, the parameters with their types and defaults, and commands to try.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Name of a question
    name: Option<String>,
    /// Print the SPARQL text of the question
    #[arg(long, requires = "name")]
    text: bool,
    /// Language of the titles
    #[arg(long, value_enum, default_value_t = Language::Zh)]
    language: Language,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Language {
    Zh,
    En,
}

impl Language {
    fn of(self, text: &Text) -> &str {
        match self {
            Self::Zh => &text.zh,
            Self::En => &text.en,
        }
    }
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let mut out = Output::open(None)?;
    match arguments.name.as_deref().map(Question::open).transpose()? {
        Some(question) if arguments.text => out.write_all(question.text().as_bytes())?,
        Some(question) => tell(&question, arguments.language, &mut out)?,
        None => list(arguments.language, &mut out)?,
    }
    out.finish()?;
    Ok(Exit::Done)
}

/// The catalogue in the groups of the list of questions, each query where it is named first, and the other commands
/// that answer a question.
fn list(language: Language, out: &mut Output) -> io::Result<()> {
    let ways = || groups().iter().flat_map(|group| &group.questions).flat_map(|question| &question.answers);
    let longest = ways().map(|way| way.query().map_or_else(|| way.line().width(), str::len)).max().unwrap_or_default();
    let mut listed = BTreeSet::new();
    for group in groups() {
        writeln!(out, "{}", language.of(&group.title))?;
        for way in group.questions.iter().flat_map(|question| &question.answers) {
            match (way.query(), &way.tells) {
                (Some(name), _) if listed.insert(name) => {
                    let question = catalogue().iter().find(|question| question.name() == name);
                    let title = question.and_then(Question::title).map_or("", |title| language.of(title));
                    writeln!(out, "  {name:longest$}  {title}")?;
                }
                (None, Some(tells)) => {
                    let line = way.line();
                    // Padded by width, not by characters: the line may name a place.
                    let gap = " ".repeat(longest - line.width());
                    writeln!(out, "  {line}{gap}  {}", language.of(tells))?;
                }
                _ => {}
            }
        }
        writeln!(out)?;
    }
    writeln!(out, "fazhi queries NAME tells the parameters of one; fazhi query NAME asks it")
}

fn tell(question: &Question, language: Language, out: &mut Output) -> io::Result<()> {
    writeln!(out, "{}", question.name())?;
    for text in [question.title(), question.description()].into_iter().flatten() {
        writeln!(out, "{}", language.of(text))?;
    }
    for parameter in question.parameters().unwrap_or_default() {
        let default = parameter.default.as_ref().map(|value| format!(", default {value}"));
        let need = if parameter.required { Some(", required".to_owned()) } else { default };
        writeln!(out, "\n  --param {}=...  ({}{})", parameter.name, parameter.kind, need.unwrap_or_default())?;
        writeln!(out, "      {}", language.of(&parameter.description))?;
    }
    let ways = groups().iter().flat_map(|group| &group.questions).flat_map(|question| &question.answers);
    let examples: BTreeSet<String> =
        ways.filter(|way| way.query() == Some(question.name())).map(crate::query::Way::line).collect();
    for (number, example) in examples.iter().enumerate() {
        writeln!(out, "{}  {example}", if number == 0 { "\n" } else { "" })?;
    }
    Ok(())
}
