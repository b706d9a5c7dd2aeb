//! Under which keys does JSON-LD have the properties? `ontology/context.jsonld`, read as far as a writer needs it.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::error::ExportError;

/// The file, whose context every document carries: it can be read without a network.
const FILE: &str = include_str!("../../ontology/context.jsonld");

/// What a plain value of a key is taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Taken {
    /// An IRI.
    Node,
    /// A literal of this type.
    Typed(String),
    /// Text in this language.
    Language(String),
    /// Text by language: the value is an object with a key a language.
    Languages,
    /// What JSON has: a string, a whole number, true or false.
    Plain,
}

/// A key with what its values are.
#[derive(Debug, Clone)]
pub(super) struct Key {
    pub(super) name: String,
    pub(super) taken: Taken,
    /// Whether the value is a list also where there is only one.
    pub(super) listed: bool,
}

/// The context.
pub(super) struct Context {
    /// By the IRI of the property or class.
    keys: HashMap<String, Key>,
    /// Prefix and namespace, the longest namespace first.
    prefixes: Vec<(String, String)>,
}

impl Context {
    pub(super) fn new() -> Result<Self, ExportError> {
        let wrong = |what: &str| ExportError::Context(what.to_owned());
        let file: Value = serde_json::from_str(FILE).map_err(|error| ExportError::Context(error.to_string()))?;
        let terms = file["@context"].as_object().ok_or_else(|| wrong("it has no @context"))?;
        let mut prefixes: Vec<(String, String)> = Vec::new();
        for (name, value) in terms {
            if let Some(namespace) = value.as_str().filter(|value| value.ends_with(['#', '/'])) {
                prefixes.push((name.clone(), namespace.to_owned()));
            }
        }
        prefixes.sort_by(|left, right| right.1.len().cmp(&left.1.len()).then_with(|| left.cmp(right)));
        let mut this = Self { keys: HashMap::new(), prefixes };
        let mut keys = HashMap::new();
        for (name, value) in terms {
            let (id, definition) = match value {
                Value::String(id) => (id.as_str(), None),
                Value::Object(definition) => (definition["@id"].as_str().unwrap_or_default(), Some(definition)),
                _ => continue,
            };
            if id.starts_with('@') || id.ends_with(['#', '/']) {
                continue;
            }
            let iri = this.expand(id).ok_or_else(|| wrong(&format!("`{id}` has an unknown prefix")))?;
            keys.insert(iri, this.key(name, definition)?);
        }
        this.keys = keys;
        Ok(this)
    }

    fn key(&self, name: &str, definition: Option<&Map<String, Value>>) -> Result<Key, ExportError> {
        let word = |key: &str| definition.and_then(|definition| definition.get(key)).and_then(Value::as_str);
        let taken = match (word("@type"), word("@language"), word("@container")) {
            (_, _, Some("@language")) => Taken::Languages,
            (Some("@id"), ..) => Taken::Node,
            (Some(datatype), ..) => Taken::Typed(
                self.expand(datatype)
                    .ok_or_else(|| ExportError::Context(format!("`{datatype}` has an unknown prefix")))?,
            ),
            (None, Some(language), _) => Taken::Language(language.to_owned()),
            (None, None, _) => Taken::Plain,
        };
        Ok(Key { name: name.to_owned(), taken, listed: word("@container") == Some("@set") })
    }

    /// The member of a document that holds the context, as the file has it.
    pub(super) fn member() -> &'static str {
        let inside = FILE.trim().strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        inside.unwrap_or(FILE).trim()
    }

    /// The key of a property or class.
    pub(super) fn of(&self, iri: &str) -> Option<&Key> {
        self.keys.get(iri)
    }

    /// An IRI with its prefix, where the context has one for it; a name of that form is no key, so nothing is taken for
    /// granted of its values.
    pub(super) fn short(&self, iri: &str) -> String {
        let found = self.prefixes.iter().find_map(|(prefix, namespace)| {
            let local = iri.strip_prefix(namespace.as_str())?;
            (!local.is_empty() && !local.starts_with('/')).then(|| format!("{prefix}:{local}"))
        });
        found.unwrap_or_else(|| iri.to_owned())
    }

    fn expand(&self, name: &str) -> Option<String> {
        let (prefix, local) = name.split_once(':')?;
        let (_, namespace) = self.prefixes.iter().find(|(known, _)| known == prefix)?;
        Some(format!("{namespace}{local}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_context_is_read() {
        let context = Context::new().unwrap();
        let key = |iri: &str| context.of(iri).cloned().unwrap();
        let label = key("http://www.w3.org/2000/01/rdf-schema#label");
        assert_eq!((label.name.as_str(), label.taken), ("label", Taken::Languages));
        let year = key("https://w3id.org/fazhi/ns#year");
        assert_eq!(year.taken, Taken::Typed("http://www.w3.org/2001/XMLSchema#gYear".to_owned()));
        let cites = key("https://w3id.org/fazhi/ns#cites");
        assert!(cites.listed && cites.taken == Taken::Node);
        assert_eq!(context.short("http://www.w3.org/2001/XMLSchema#date"), "xsd:date");
        assert_eq!(context.short("https://example.org/x"), "https://example.org/x");
        assert!(Context::member().starts_with("\"@context\": {") && Context::member().ends_with('}'));
    }
}
