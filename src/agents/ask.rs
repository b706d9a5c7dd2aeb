//! Which questions are ready, and what is their answer?

use std::collections::BTreeMap;

use rmcp::schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Library;
use super::answer::{Page, Table, table};
use super::trouble::Trouble;
use crate::query::{self, Bindings, Error, Parameter, Question, Text, Way, catalogue, groups};

/// Rows of an answer unless told otherwise, and the most.
pub(super) const ROWS: (usize, usize) = (20, 200);

/// Which question to tell of.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct Wanted {
    name: Option<String>,
}

/// The questions.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct Questions {
    /// All of them in groups.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    groups: Vec<Group>,
    /// The one that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<Whole>,
    /// What to do next.
    next: String,
}

/// Questions that belong together.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Group {
    about: String,
    questions: Vec<Brief>,
}

/// A question in a line.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Brief {
    name: String,
    zh: String,
    en: String,
    /// Its parameters; one that must be given ends in `!`.
    parameters: Vec<String>,
}

/// All that is to be known of a question.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Whole {
    name: String,
    title: String,
    description: String,
    parameters: Vec<Explained>,
    /// What the columns hold.
    columns: BTreeMap<String, String>,
    /// Parameters to try.
    example: BTreeMap<String, String>,
    /// Its text.
    sparql: String,
}

/// A parameter.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Explained {
    name: String,
    #[serde(rename = "type")]
    kind: String,
    required: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<String>,
    means: String,
}

fn both(text: Option<&Text>) -> String {
    text.map(|text| format!("{} / {}", text.zh, text.en)).unwrap_or_default()
}

/// A question of the catalogue, never a file or a text.
pub(super) fn named(name: &str) -> Result<&'static Question, Error> {
    let found = catalogue().iter().find(|question| question.name() == name.trim());
    found.ok_or_else(|| Error::unknown_query(name.trim()))
}

/// Tells the questions.
pub(super) fn questions(_: &Library, wanted: &Wanted) -> Result<Questions, Trouble> {
    if let Some(name) = &wanted.name {
        let question = Some(whole(named(name)?));
        return Ok(Questions {
            groups: Vec::new(),
            question,
            next: format!("`ask` {} with values for its parameters", name.trim()),
        });
    }
    let mut listed: Vec<&str> = Vec::new();
    let mut told: Vec<Group> = Vec::new();
    for group in groups() {
        let mut questions = Vec::new();
        for name in group.questions.iter().flat_map(|question| &question.answers).filter_map(Way::query) {
            // A query that answers several questions is named at the first.
            if let (false, Ok(question)) = (listed.contains(&name), named(name)) {
                listed.push(name);
                questions.push(brief(question));
            }
        }
        told.push(Group { about: both(Some(&group.title)), questions });
    }
    let rest: Vec<Brief> =
        catalogue().iter().filter(|question| !listed.contains(&question.name())).map(brief).collect();
    if !rest.is_empty() {
        told.push(Group { about: "\u{2026}".to_owned(), questions: rest });
    }
    told.retain(|group| !group.questions.is_empty());
    let next = "`questions` with a name tells all of one; `ask` answers it".to_owned();
    Ok(Questions { groups: told, question: None, next })
}

fn brief(question: &Question) -> Brief {
    let title = question.title().cloned().unwrap_or_default();
    let mark = |parameter: &Parameter| format!("{}{}", parameter.name, if parameter.required { "!" } else { "" });
    let parameters = question.parameters().unwrap_or_default().iter().map(mark).collect();
    Brief { name: question.name().to_owned(), zh: title.zh, en: title.en, parameters }
}

fn whole(question: &Question) -> Whole {
    let parameters = question.parameters().unwrap_or_default();
    // The columns are told by the header; which there are is told by the text.
    let names = question.text().split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '?');
    let columns = names
        .filter_map(|name| name.strip_prefix('?'))
        .filter_map(|name| Some((name.to_owned(), both(Some(question.column(name)?)))))
        .collect();
    let example = |parameter: &Parameter| Some((parameter.name.clone(), parameter.example.clone()?));
    Whole {
        name: question.name().to_owned(),
        title: both(question.title()),
        description: both(question.description()),
        parameters: parameters
            .iter()
            .map(|parameter| Explained {
                name: parameter.name.clone(),
                kind: parameter.kind.to_string(),
                required: parameter.required,
                default: parameter.default.clone(),
                means: both(Some(&parameter.description)),
            })
            .collect(),
        columns,
        example: parameters.iter().filter_map(example).collect(),
        sparql: question.body().to_owned(),
    }
}

/// Which question to answer, with which values.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct Asked {
    question: String,
    #[serde(default)]
    parameters: BTreeMap<String, Value>,
    limit: Option<usize>,
    offset: Option<usize>,
}

/// Answers a question.
pub(super) fn ask(library: &Library, asked: &Asked) -> Result<Table, Trouble> {
    let question = named(&asked.question)?;
    let mut given = Vec::new();
    for (name, value) in &asked.parameters {
        given.push((name.clone(), text(name, value)?));
    }
    let dataset = library.store.dataset();
    let bindings = question.bind(dataset, &given)?;
    let answer = query::run(dataset, question.text(), &bindings, library.limits)?;
    let page = Page::new(asked.offset, asked.limit, ROWS.0, ROWS.1);
    let mut told = table(library, answer, Some(question), page)?;
    if told.extent.total == 0 {
        let note = "nothing in the graph answers this; `ask` report-overview tells which reports there are, and other values or fewer \
                    may find more";
        told.note = Some(note.to_owned());
    }
    Ok(told)
}

/// A value as a person would type it: models give years as numbers.
fn text(name: &str, value: &Value) -> Result<String, Trouble> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(flag) => Ok(flag.to_string()),
        Value::Null => Ok(String::new()),
        Value::Array(_) | Value::Object(_) => Err(Trouble::Arguments {
            tool: "ask",
            message: format!("the value of `{name}` is one text or number; ask once for each value"),
        }),
    }
}

/// Which query to run.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct Sparql {
    query: String,
    limit: Option<usize>,
    offset: Option<usize>,
}

/// Runs a query.
pub(super) fn sparql(library: &Library, asked: &Sparql) -> Result<Table, Trouble> {
    let answer = query::ask(&library.store, &asked.query, &Bindings::default(), None, None, library.limits)?;
    table(library, answer, None, Page::new(asked.offset, asked.limit, ROWS.0, ROWS.1))
}
