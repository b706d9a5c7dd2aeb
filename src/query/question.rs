//! One question: its SPARQL text and the header that says what it answers and which parameters it takes.
//!
//! The header is TOML in the comment lines that open the file, so that the file stays plain SPARQL for any other
//! tool; `queries/README.md` describes it.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use oxigraph::sparql::Variable;
use serde::{Deserialize, Serialize};

use super::catalogue::catalogue;
use super::error::Error;

/// A text in the two languages of the project.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// What a parameter's value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParameterType {
    /// Any text.
    String,
    /// A whole number.
    Integer,
    /// A calendar year.
    Year,
    /// How many rows at most; it replaces the LIMIT that closes the query.
    Limit,
    /// A region, by name or GB/T 2260 code; means everything within it.
    Region,
    /// A law, regulation or policy, by title, short title or document number.
    Document,
    /// A public body by its full name, or a type of body by label or notation.
    Body,
    /// A report, by its identifier or the start of it (`620524-2021`).
    Report,
    /// A category of measures and problems, by label or notation.
    Category,
    /// A type of body, by label or notation.
    BodyType,
    /// A kind of document, by label or notation.
    DocumentKind,
    /// An administrative level, by label or notation.
    Level,
    /// A common indicator, by label or notation.
    Indicator,
    /// A rule of the audit, by label or notation.
    Rule,
    /// A unit, citation, figure or finding, by its IRI or by report, start and end (`620524-2021#1204-1391`).
    Fact,
}

impl fmt::Display for ParameterType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::String => "text",
            Self::Integer => "integer",
            Self::Year => "year",
            Self::Limit => "limit",
            Self::Region => "region",
            Self::Document => "document",
            Self::Body => "body",
            Self::Report => "report",
            Self::Category => "category",
            Self::BodyType => "body type",
            Self::DocumentKind => "document kind",
            Self::Level => "level",
            Self::Indicator => "indicator",
            Self::Rule => "rule",
            Self::Fact => "fact",
        })
    }
}

/// A parameter of a question: a variable of its text that a value can be given for.
///
/// A parameter without a value stays an ordinary variable, so the query must mean "any" by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// The variable's name without the question mark.
    pub name: String,
    /// What its value is.
    #[serde(rename = "type")]
    pub kind: ParameterType,
    /// The value taken when none is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// Whether a value must be given.
    #[serde(default)]
    pub required: bool,
    /// A value to try, with which the query has an answer on the sample reports.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
    /// What it selects.
    pub description: Text,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    title: Text,
    description: Text,
    #[serde(default)]
    questions: Vec<u8>,
    #[serde(default, rename = "parameter")]
    parameters: Vec<Parameter>,
    #[serde(default)]
    columns: BTreeMap<String, Text>,
}

/// SPARQL text with what its header says; a text without a header has empty titles and no parameters.
#[derive(Debug, Clone)]
pub struct Question {
    name: String,
    header: Option<Header>,
    text: String,
}

impl Question {
    /// Reads a query text with its header, if it has one.
    ///
    /// # Errors
    /// [`Error::Header`] when the comment lines that open the text have the form of a header but are not one.
    pub fn parse(name: &str, text: &str) -> Result<Self, Error> {
        let header = header_of(text);
        // A query from elsewhere may open with any comment; a header of ours always has a title.
        let header = if header.lines().any(|line| line.trim_start().starts_with("title")) {
            let header: Header = toml::from_str(&header)
                .map_err(|error| Error::Header { query: name.to_owned(), message: error.to_string() })?;
            if let Some(parameter) = header.parameters.iter().find(|parameter| Variable::new(&parameter.name).is_err())
            {
                let message = format!("`{}` cannot be the name of a SPARQL variable", parameter.name);
                return Err(Error::Header { query: name.to_owned(), message });
            }
            Some(header)
        } else {
            None
        };
        Ok(Self { name: name.to_owned(), header, text: text.to_owned() })
    }

    /// What a person means by `argument`: a query of the catalogue by name, a file, or SPARQL itself.
    ///
    /// # Errors
    /// [`Error::UnknownQuery`] with names spelled alike, [`Error::File`] or [`Error::Header`].
    pub fn open(argument: &str) -> Result<Self, Error> {
        if let Some(question) = catalogue().iter().find(|question| question.name == argument) {
            return Ok(question.clone());
        }
        let is_text = argument.contains(['{', '\n']) || argument.split_whitespace().nth(1).is_some();
        let path = Path::new(argument);
        if path.is_file() || (!is_text && path.extension().is_some()) {
            let text =
                std::fs::read_to_string(path).map_err(|source| Error::File { path: argument.to_owned(), source })?;
            return Self::parse(argument, text.trim_start_matches('\u{feff}'));
        }
        if is_text { Self::parse("SPARQL", argument) } else { Err(Error::unknown_query(argument)) }
    }

    /// Its name in the catalogue, the file it was read from, or `SPARQL`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text, comments included.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text without its header.
    #[must_use]
    pub fn body(&self) -> &str {
        let header = if self.header.is_some() { comment_block(&self.text).map(str::len).sum() } else { 0 };
        self.text[header..].trim_start_matches(['\r', '\n'])
    }

    /// What it asks, in a line.
    #[must_use]
    pub fn title(&self) -> Option<&Text> {
        self.header.as_ref().map(|header| &header.title)
    }

    /// What its answer says, in a few sentences.
    #[must_use]
    pub fn description(&self) -> Option<&Text> {
        self.header.as_ref().map(|header| &header.description)
    }

    /// The questions of the project's list (`queries/README.md`) that it answers.
    #[must_use]
    pub fn questions(&self) -> &[u8] {
        self.header.as_ref().map_or(&[], |header| &header.questions)
    }

    /// What a column of the answer holds, for the head of a table.
    #[must_use]
    pub fn column(&self, variable: &str) -> Option<&Text> {
        self.header.as_ref()?.columns.get(variable)
    }

    /// Its parameters in the order in which they are listed; `None` for a text without a header.
    #[must_use]
    pub fn parameters(&self) -> Option<&[Parameter]> {
        self.header.as_ref().map(|header| header.parameters.as_slice())
    }
}

fn comment_block(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive('\n').take_while(|line| line.starts_with('#'))
}

fn header_of(text: &str) -> String {
    comment_block(text).map(|line| line.strip_prefix("# ").unwrap_or_else(|| &line[1..])).collect()
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;

    const TEXT: &str = "# title = { zh = \"法律\", en = \"Laws\" }\n# description = { zh = \"甲\", en = \"a\" }\n\
        # questions = [1]\n#\n# [[parameter]]\n# name = \"year\"\n# type = \"year\"\n\
        # description = { zh = \"年\", en = \"Year\" }\n\nSELECT * WHERE { ?s ?p ?year }\n";

    #[test]
    fn a_header_is_read_and_the_body_is_what_follows() {
        let question = Question::parse("laws", TEXT).unwrap();
        assert_eq!(question.title().unwrap().zh, "法律");
        assert_eq!(question.questions(), [1]);
        assert_eq!(question.parameters().unwrap()[0].kind, ParameterType::Year);
        assert_eq!(question.body(), "SELECT * WHERE { ?s ?p ?year }\n");
    }

    #[test]
    fn a_mistake_in_a_header_names_query_and_line() {
        let error = Question::parse("laws", &TEXT.replace("\"year\"\n#", "\"yaer\"\n#")).unwrap_err().to_string();
        assert!(error.contains("`laws`") && error.contains("yaer") && error.contains("line 7"), "{error}");
    }

    #[test]
    fn a_comment_of_another_kind_is_no_header() {
        let question = Question::parse("x", "# from a web page\nASK {}").unwrap();
        assert!(question.parameters().is_none());
        assert_eq!(question.body(), "# from a web page\nASK {}");
    }

    #[test]
    fn names_files_and_texts_are_told_apart() {
        assert_eq!(Question::open("ASK { ?s ?p ?o }").unwrap().name(), "SPARQL");
        assert!(matches!(Question::open("no-such-query"), Err(Error::UnknownQuery { .. })));
        assert!(matches!(Question::open("no-such-file.rq"), Err(Error::File { .. })));
        assert_eq!(Question::open("laws-by-counties").unwrap().name(), "laws-by-counties");
    }
}
