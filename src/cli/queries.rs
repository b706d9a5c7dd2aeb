//! `fazhi queries`: the catalogue of questions.

use std::io::{self, Write};

use clap::{Args, ValueEnum};

use super::exit::{Exit, Outcome};
use super::output::Output;
use crate::query::{Question, Text, catalogue};

/// List the questions of the catalogue, or tell one with its parameters
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
        None => {
            let longest = catalogue().iter().map(|question| question.name().len()).max().unwrap_or_default();
            for question in catalogue() {
                let title = question.title().map_or("", |title| arguments.language.of(title));
                writeln!(out, "{:longest$}  {title}", question.name())?;
            }
        }
    }
    out.finish()?;
    Ok(Exit::Done)
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
    Ok(())
}
