//! Which tools are there? Each with what it takes, what it gives, and the function behind it.

use std::sync::{Arc, LazyLock};

use rmcp::handler::server::tool::{schema_for_input, schema_for_output};
use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use rmcp::schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::trouble::Trouble;
use super::wording::wording;
use super::{Library, ask, evidence, passage, schema, search, sheet};

type Call = Box<dyn Fn(&Library, Value) -> Result<Value, Trouble> + Send + Sync>;

/// A tool.
pub(super) struct Definition {
    pub(super) name: &'static str,
    pub(super) input: Arc<JsonObject>,
    output: Arc<JsonObject>,
    pub(super) call: Call,
}

static DEFINITIONS: LazyLock<Vec<Definition>> = LazyLock::new(|| {
    vec![
        define("search", search::search),
        define("questions", ask::questions),
        define("ask", ask::ask),
        define("sparql", ask::sparql),
        define("read_passage", passage::read),
        define("evidence", evidence::tell),
        define("describe_schema", schema::describe),
        define("audit_region", sheet::audit),
    ]
});

/// All tools, in the order in which they are listed.
pub(super) fn definitions() -> &'static [Definition] {
    &DEFINITIONS
}

fn define<I, O>(name: &'static str, answer: fn(&Library, &I) -> Result<O, Trouble>) -> Definition
where
    I: DeserializeOwned + JsonSchema + 'static,
    O: Serialize + JsonSchema + 'static,
{
    let call = move |library: &Library, given: Value| {
        let asked: I = serde_json::from_value(given)
            .map_err(|error| Trouble::Arguments { tool: name, message: error.to_string() })?;
        let answer = answer(library, &asked)?;
        serde_json::to_value(answer).map_err(|_| Trouble::BrokenOff)
    };
    // The types are structures, which a test holds; an input that is none would be an empty object.
    let input = schema_for_input::<I>().unwrap_or_default();
    let output = Arc::new(plain(&schema_for_output::<O>()));
    Definition { name, input: told(name, &input), output, call: Box::new(call) }
}

/// The schema of what a tool takes, with what is told of each parameter.
fn told(name: &str, input: &JsonObject) -> Arc<JsonObject> {
    let words = wording().tool(name);
    let mut input = plain(input);
    if let Some(Value::Object(properties)) = input.get_mut("properties") {
        for (parameter, means) in words.parameters {
            if let Some(Value::Object(property)) = properties.get_mut(&parameter) {
                property.insert("description".to_owned(), means.into());
            }
        }
    }
    Arc::new(input)
}

/// A schema without the names of Rust's numbers, of which clients warn: JSON Schema has no format `uint`.
fn plain(schema: &JsonObject) -> JsonObject {
    let kept = schema.iter().filter(|(key, value)| *key != "format" || !value.is_string());
    kept.map(|(key, value)| (key.clone(), plain_value(value))).collect()
}

fn plain_value(value: &Value) -> Value {
    match value {
        Value::Object(object) => Value::Object(plain(object)),
        Value::Array(values) => Value::Array(values.iter().map(plain_value).collect()),
        other => other.clone(),
    }
}

impl Definition {
    /// The tool as a client is told of it.
    pub(super) fn tool(&self) -> Tool {
        let words = wording().tool(self.name);
        let title = format!("{} / {}", words.title.zh, words.title.en);
        let annotations = ToolAnnotations::with_title(title.clone())
            .read_only(true)
            .destructive(false)
            .idempotent(true)
            .open_world(false);
        Tool::new(self.name, words.description.trim().to_owned(), Arc::clone(&self.input))
            .with_title(title)
            .with_raw_output_schema(Arc::clone(&self.output))
            .with_annotations(annotations)
    }
}
