//! What is a model told of the tools? The words stand in `wording.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::query::Text;

const WORDING: &str = include_str!("wording.toml");

/// All that is told.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wording {
    pub(super) title: Text,
    pub(super) instructions: String,
    tool: BTreeMap<String, ToolWords>,
    pub(super) prompt: BTreeMap<String, PromptWords>,
    pub(super) resource: BTreeMap<String, ResourceWords>,
    pub(super) template: BTreeMap<String, ResourceWords>,
    pub(super) example: Vec<Example>,
}

/// What is told of a tool.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ToolWords {
    pub(super) title: Text,
    pub(super) description: String,
    /// What each parameter is, by name.
    pub(super) parameters: BTreeMap<String, String>,
}

/// A prompt that a person chooses.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PromptWords {
    pub(super) title: Text,
    pub(super) description: Text,
    /// What each argument is; in the text they stand in braces.
    pub(super) arguments: BTreeMap<String, String>,
    pub(super) text: String,
}

/// A resource, or a template of the addresses of some.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ResourceWords {
    pub(super) uri: String,
    pub(super) title: Text,
    pub(super) description: String,
}

/// A query to learn from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Example {
    pub(super) asks: Text,
    pub(super) query: String,
}

impl Wording {
    /// What is told of the tool with this name.
    pub(super) fn tool(&self, name: &str) -> ToolWords {
        self.tool.get(name).cloned().unwrap_or_default()
    }
}

// A test reads the file, so that it is not empty here.
static WORDS: LazyLock<Wording> = LazyLock::new(|| toml::from_str(WORDING).unwrap_or_default());

pub(super) fn wording() -> &'static Wording {
    &WORDS
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::agents::tools::definitions;

    #[test]
    fn every_tool_and_each_of_its_parameters_is_told_of_and_nothing_else() {
        let wording: Wording = toml::from_str(WORDING).unwrap();
        let told: BTreeSet<&str> = wording.tool.keys().map(String::as_str).collect();
        assert_eq!(told, definitions().iter().map(|tool| tool.name).collect());
        for tool in definitions() {
            let words = wording.tool(tool.name);
            assert!(words.description.trim().len() > 40 && !words.title.zh.is_empty(), "{}", tool.name);
            let told: BTreeSet<String> = words.parameters.keys().cloned().collect();
            let taken: BTreeSet<String> =
                tool.input["properties"].as_object().unwrap().keys().map(String::to_owned).collect();
            assert_eq!(told, taken, "{}", tool.name);
        }
    }

    #[test]
    fn a_prompt_uses_its_arguments_and_questions_that_there_are() {
        let names: BTreeSet<&str> = crate::query::catalogue().iter().map(crate::query::Question::name).collect();
        for (name, prompt) in &wording().prompt {
            for argument in prompt.arguments.keys() {
                assert!(prompt.text.contains(&format!("{{{argument}}}")), "{name} does not use {argument}");
            }
            // What has a hyphen is the name of a question; `ask` is told to answer it.
            let asked = prompt.text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
            let asked = asked.filter(|word| word.contains('-') && word.len() > 8 && *word != "law-based");
            for question in asked {
                assert!(names.contains(question), "{name} asks {question}, which is no question");
            }
        }
        assert!(wording().prompt.len() >= 3);
    }
}
