//! What can be read and which work can be begun, beside the tools? Resources and prompts.

use rmcp::model::{
    ErrorCode, ErrorData, GetPromptResult, JsonObject, Prompt, PromptArgument, PromptMessage, ReadResourceResult,
    Resource, ResourceContents, ResourceTemplate, Role,
};
use serde_json::json;

use super::Library;
use super::ask::named;
use super::passage::{report_of, text_of};
use super::schema;
use super::trouble::Trouble;
use super::wording::{ResourceWords, wording};
use crate::query::{Text, catalogue};

const ONTOLOGY: &str = include_str!("../../ontology/fazhi.ttl");

fn both(text: &Text) -> String {
    format!("{} / {}", text.zh, text.en)
}

/// The resources that are always there.
pub(super) fn resources() -> Vec<Resource> {
    let resource = |(name, words): (&String, &ResourceWords)| {
        let media = if name == "ontology" { "text/turtle" } else { "application/json" };
        Resource::new(words.uri.clone(), name.clone())
            .with_title(both(&words.title))
            .with_description(words.description.clone())
            .with_mime_type(media)
    };
    wording().resource.iter().map(resource).collect()
}

/// The addresses of what there is by name.
pub(super) fn templates() -> Vec<ResourceTemplate> {
    let template = |(name, words): (&String, &ResourceWords)| {
        let media = if name == "question" { "application/sparql-query" } else { "text/plain" };
        ResourceTemplate::new(words.uri.clone(), name.clone())
            .with_title(both(&words.title))
            .with_description(words.description.clone())
            .with_mime_type(media)
    };
    wording().template.iter().map(template).collect()
}

/// Reads a resource.
pub(super) fn read(library: &Library, uri: &str) -> Result<ReadResourceResult, ErrorData> {
    let (text, media) = content(library, uri).map_err(|trouble| {
        let message = format!("{trouble}; resources/list and resources/templates/list tell what can be read");
        ErrorData::new(ErrorCode::RESOURCE_NOT_FOUND, message, Some(json!({ "uri": uri })))
    })?;
    Ok(ReadResourceResult::new(vec![ResourceContents::text(text, uri).with_mime_type(media)]))
}

fn content(library: &Library, uri: &str) -> Result<(String, &'static str), Trouble> {
    let json = |value: Result<String, serde_json::Error>| value.map_err(|_| Trouble::BrokenOff);
    let missing = || Trouble::Missing(format!("there is no resource `{uri}`"));
    let path = uri.strip_prefix("fazhi://").ok_or_else(missing)?;
    match path {
        "ontology" => Ok((ONTOLOGY.to_owned(), "text/turtle")),
        "schema" => {
            let told = schema::describe(library, &schema::Asked::default())?;
            Ok((json(serde_json::to_string_pretty(&told))?, "application/json"))
        }
        "catalogue" => {
            let questions = catalogue().iter().map(|question| {
                json!({ "name": question.name(), "title": question.title(), "description": question.description(),
                    "parameters": question.parameters() })
            });
            let told = questions.collect::<Vec<_>>();
            Ok((json(serde_json::to_string_pretty(&told))?, "application/json"))
        }
        _ => match path.split_once('/') {
            Some(("question", name)) => Ok((named(name)?.text().to_owned(), "application/sparql-query")),
            Some(("report", id)) => {
                let (report, _) = report_of(library, id)?;
                Ok((text_of(library, &report)?, "text/plain"))
            }
            _ => Err(missing()),
        },
    }
}

/// The prompts, by name.
pub(super) fn prompts() -> Vec<Prompt> {
    let prompts = wording().prompt.iter().map(|(name, words)| {
        let argument = |(name, means): (&String, &String)| {
            PromptArgument::new(name.clone()).with_description(means.clone()).with_required(true)
        };
        let arguments = words.arguments.iter().map(argument).collect();
        Prompt::new(name.clone(), Some(both(&words.description)), Some(arguments)).with_title(both(&words.title))
    });
    prompts.collect()
}

/// A prompt with its blanks filled.
pub(super) fn prompt(name: &str, given: Option<&JsonObject>) -> Result<GetPromptResult, ErrorData> {
    let Some(words) = wording().prompt.get(name) else {
        let known: Vec<&str> = wording().prompt.keys().map(String::as_str).collect();
        let message = format!("there is no prompt `{name}`; there are {}", known.join(", "));
        return Err(ErrorData::invalid_params(message, None));
    };
    let mut text = words.text.trim().to_owned();
    for argument in words.arguments.keys() {
        let value = given.and_then(|given| given.get(argument)).and_then(|value| value.as_str()).map(str::trim);
        let Some(value) = value.filter(|value| !value.is_empty()) else {
            let message = format!("the prompt `{name}` needs a value for `{argument}`");
            return Err(ErrorData::invalid_params(message, None));
        };
        text = text.replace(&format!("{{{argument}}}"), value);
    }
    Ok(GetPromptResult::new(vec![PromptMessage::new_text(Role::User, text)]).with_description(both(&words.description)))
}
