//! JSON-LD with the project's context: short readable keys, the context within the document, a thing a line.
//!
//! The document is a list of graphs, one a report or registry, each with its things:
//!
//! ```json
//! {"@context": {…}, "@graph": [
//! {"id": "…/report/620524-2021-50854c2d9ea9", "@graph": [
//! {"id": "…", "type": "Figure", "label": {"zh": "…"}, "value": 12, "unit": "…", "start": 1350, "end": 1353}
//! ]}
//! ]}
//! ```
//!
//! Whatever reads JSON-LD gets from it the statements that N-Quads have. Numbers that JSON would round stay strings.

use std::collections::BTreeMap;
use std::io::{self, Write};

use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{GraphName, LiteralRef, NamedOrBlankNode, Quad, TermRef};
use serde_json::{Map, Value, json};

use super::context::{Context, Key, Taken};
use super::error::ExportError;

/// Writes statements as JSON-LD in little memory; those about one thing should come one after the other.
pub(super) struct JsonLd<W: Write> {
    out: W,
    context: Context,
    /// The graph that is being written.
    graph: Option<GraphName>,
    /// Whether the graph has a thing already.
    has_things: bool,
    /// The statements about the thing at hand.
    thing: Vec<Quad>,
}

impl<W: Write> JsonLd<W> {
    pub(super) fn new(mut out: W) -> Result<Self, ExportError> {
        let context = Context::new()?;
        write!(out, "{{{},\n\"@graph\": [", Context::member())?;
        Ok(Self { out, context, graph: None, has_things: false, thing: Vec::new() })
    }

    pub(super) fn write(&mut self, quad: &Quad) -> Result<(), ExportError> {
        if self.thing.first().is_some_and(|first| first.subject != quad.subject || first.graph_name != quad.graph_name)
        {
            self.end_thing()?;
        }
        self.thing.push(quad.clone());
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<W, ExportError> {
        self.end_thing()?;
        if self.graph.is_some() {
            self.end_graph()?;
        }
        self.out.write_all(b"\n]}\n")?;
        Ok(self.out)
    }

    fn end_thing(&mut self) -> Result<(), ExportError> {
        let thing = std::mem::take(&mut self.thing);
        let Some(first) = thing.first() else { return Ok(()) };
        if self.graph.as_ref() != Some(&first.graph_name) {
            if self.graph.is_some() {
                self.end_graph()?;
                self.out.write_all(b",")?;
            }
            self.begin_graph(&first.graph_name)?;
        }
        self.out.write_all(if self.has_things { b",\n" } else { b"\n" })?;
        self.has_things = true;
        let node = self.node(&thing);
        serde_json::to_writer(&mut self.out, &node).map_err(io::Error::from)?;
        Ok(())
    }

    fn begin_graph(&mut self, name: &GraphName) -> Result<(), ExportError> {
        self.out.write_all(b"\n{")?;
        // Without a name, a graph in the list is the default graph.
        if let GraphName::NamedNode(_) | GraphName::BlankNode(_) = name {
            let id = match name {
                GraphName::NamedNode(node) => node.as_str().to_owned(),
                other => other.to_string(),
            };
            write!(self.out, "\"id\": {}, ", Value::from(id))?;
        }
        self.out.write_all(b"\"@graph\": [")?;
        self.graph = Some(name.clone());
        self.has_things = false;
        Ok(())
    }

    fn end_graph(&mut self) -> io::Result<()> {
        self.out.write_all(b"\n]}")
    }

    /// The object of a thing.
    fn node(&self, thing: &[Quad]) -> Members {
        let mut members: Vec<(String, Values)> = Vec::new();
        let mut types = Vec::new();
        let id = match thing.first().map(|quad| &quad.subject) {
            Some(NamedOrBlankNode::NamedNode(node)) => node.as_str().to_owned(),
            Some(NamedOrBlankNode::BlankNode(node)) => node.to_string(),
            None => String::new(),
        };
        for quad in thing {
            if quad.predicate == rdf::TYPE
                && let TermRef::NamedNode(class) = quad.object.as_ref()
            {
                types.push(Value::from(match self.context.of(class.as_str()) {
                    Some(key) => key.name.clone(),
                    None => self.context.short(class.as_str()),
                }));
                continue;
            }
            let (name, place) = self.place(quad.predicate.as_str(), quad.object.as_ref());
            let position = members.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
                members.push((name, Values::default()));
                members.len() - 1
            });
            members[position].1.add(place);
        }
        let mut all = vec![("id".to_owned(), Value::from(id))];
        if !types.is_empty() {
            all.push(("type".to_owned(), one_or_list(types, false)));
        }
        all.extend(members.into_iter().map(|(name, values)| (name, values.finish())));
        Members(all)
    }

    /// Under which key a value stands, and in what form.
    fn place(&self, property: &str, value: TermRef<'_>) -> (String, Placed) {
        if let Some(key) = self.context.of(property) {
            if let Some(placed) = fitting(key, value) {
                return (key.name.clone(), placed);
            }
            if key.taken == Taken::Plain {
                let placed = Placed { value: self.explicit(value), language: None, listed: key.listed };
                return (key.name.clone(), placed);
            }
        }
        // The key takes its values for something else: the property in full, and the value with all that it is.
        (self.context.short(property), Placed { value: self.explicit(value), language: None, listed: false })
    }

    fn explicit(&self, value: TermRef<'_>) -> Value {
        match value {
            TermRef::NamedNode(node) => json!({ "id": node.as_str() }),
            TermRef::BlankNode(node) => json!({ "id": node.to_string() }),
            TermRef::Literal(literal) => match literal.language() {
                Some(language) => json!({ "@language": language, "@value": literal.value() }),
                None if literal.datatype() == xsd::STRING => json!({ "@value": literal.value() }),
                None => {
                    json!({ "@type": self.context.short(literal.datatype().as_str()), "@value": literal.value() })
                }
            },
        }
    }
}

/// A value under its key.
struct Placed {
    value: Value,
    /// Its key in an object by language.
    language: Option<String>,
    /// Whether it stands in a list even when it is alone.
    listed: bool,
}

/// The form of a value that means it under this key; `None` where no form does.
fn fitting(key: &Key, value: TermRef<'_>) -> Option<Placed> {
    let listed = key.listed;
    let plain = |value: Value| Some(Placed { value, language: None, listed });
    match (&key.taken, value) {
        (Taken::Node, TermRef::NamedNode(node)) => plain(Value::from(node.as_str())),
        (Taken::Languages, TermRef::Literal(literal)) => literal.language().map(|language| Placed {
            value: Value::from(literal.value()),
            language: Some(language.to_owned()),
            listed,
        }),
        (Taken::Language(language), TermRef::Literal(literal)) if literal.language() == Some(language) => {
            plain(Value::from(literal.value()))
        }
        (Taken::Typed(datatype), TermRef::Literal(literal)) if literal.datatype().as_str() == datatype => {
            plain(whole_number(literal).unwrap_or_else(|| Value::from(literal.value())))
        }
        (Taken::Plain, TermRef::Literal(literal)) if literal.language().is_none() => match literal.datatype() {
            xsd::STRING => plain(Value::from(literal.value())),
            xsd::BOOLEAN if literal.value() == "true" => plain(Value::from(true)),
            xsd::BOOLEAN if literal.value() == "false" => plain(Value::from(false)),
            xsd::INTEGER => whole_number(literal).and_then(plain),
            _ => None,
        },
        _ => None,
    }
}

/// An integer that JSON has exactly and every reader writes with the same digits.
fn whole_number(literal: LiteralRef<'_>) -> Option<Value> {
    const EXACT: i64 = 1 << 53;
    let number: i64 = literal.value().parse().ok().filter(|number| (-EXACT..=EXACT).contains(number))?;
    (literal.datatype() == xsd::INTEGER && number.to_string() == literal.value()).then(|| Value::from(number))
}

/// The values of a key.
#[derive(Default)]
struct Values {
    plain: Vec<Value>,
    languages: BTreeMap<String, Vec<Value>>,
    listed: bool,
}

impl Values {
    fn add(&mut self, placed: Placed) {
        self.listed |= placed.listed;
        match placed.language {
            Some(language) => self.languages.entry(language).or_default().push(placed.value),
            None => self.plain.push(placed.value),
        }
    }

    fn finish(self) -> Value {
        if self.languages.is_empty() {
            return one_or_list(self.plain, self.listed);
        }
        let by_language = self.languages.into_iter().map(|(language, values)| (language, one_or_list(values, false)));
        Value::Object(by_language.collect::<Map<_, _>>())
    }
}

fn one_or_list(mut values: Vec<Value>, listed: bool) -> Value {
    match values.pop() {
        Some(only) if values.is_empty() && !listed => only,
        last => {
            values.extend(last);
            Value::Array(values)
        }
    }
}

/// Members of an object that keep their order.
struct Members(Vec<(String, Value)>);

impl serde::Serialize for Members {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfParser};
    use proptest::prelude::*;

    use super::*;

    fn written(quads: &[Quad]) -> String {
        let mut writer = JsonLd::new(Vec::new()).unwrap();
        for quad in quads {
            writer.write(quad).unwrap();
        }
        String::from_utf8(writer.finish().unwrap()).unwrap()
    }

    fn parsed(format: RdfFormat, text: &str) -> Vec<Quad> {
        let mut quads: Vec<Quad> = RdfParser::from_format(format).for_slice(text).map(Result::unwrap).collect();
        quads.sort_by_cached_key(ToString::to_string);
        quads.dedup();
        quads
    }

    fn object(literal: &str) -> serde_json::Value {
        let line = format!("<http://e/s> {literal} .");
        let quads = parsed(RdfFormat::NQuads, &line);
        let document: serde_json::Value = serde_json::from_str(&written(&quads)).unwrap();
        document["@graph"][0]["@graph"][0].clone()
    }

    #[test]
    fn values_stand_under_short_keys_in_their_plainest_form() {
        const FZ: &str = "https://w3id.org/fazhi/ns#";
        const XSD: &str = "http://www.w3.org/2001/XMLSchema#";
        assert_eq!(object(&format!("<{FZ}value> \"12\"^^<{XSD}integer>"))["value"], 12);
        // A reader would take 12.50 for a double, and 012 would lose its zero.
        let decimal = serde_json::json!({ "@type": "xsd:decimal", "@value": "12.50" });
        assert_eq!(object(&format!("<{FZ}value> \"12.50\"^^<{XSD}decimal>"))["value"], decimal);
        assert_eq!(object(&format!("<{FZ}value> \"012\"^^<{XSD}integer>"))["value"]["@value"], "012");
        assert_eq!(object(&format!("<{FZ}year> \"2021\"^^<{XSD}gYear>"))["year"], "2021");
        assert_eq!(object(&format!("<{FZ}cites> <http://e/d>"))["cites"], serde_json::json!(["http://e/d"]));
        assert_eq!(object(&format!("<{FZ}text> \"县\"@zh"))["text"], "县");
        // English under a key for Chinese, a year under a key for an IRI: the property in full.
        assert_eq!(object(&format!("<{FZ}text> \"a\"@en"))["fz:text"]["@language"], "en");
        assert_eq!(object(&format!("<{FZ}region> \"x\""))["fz:region"]["@value"], "x");
        assert_eq!(object("<http://e/p> <http://e/o>")["http://e/p"]["id"], "http://e/o");
    }

    #[test]
    fn nothing_is_a_document_without_graphs() {
        assert_eq!(parsed(RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }, &written(&[])), []);
    }

    proptest! {
        /// Whatever stands under whatever property: a reader gets back what was written.
        #[test]
        fn a_reader_gets_the_same_statements(
            rows in proptest::collection::vec(
                (
                    "(<http://e/[a-c]>|_:[ab])",
                    "(http://e/p|https://w3id\\.org/fazhi/ns#(value|year|cites|text|region|start|period|approximate)|http://www\\.w3\\.org/2000/01/rdf-schema#label|http://www\\.w3\\.org/1999/02/22-rdf-syntax-ns#type|http://purl\\.org/dc/terms/(source|issued))",
                    r#"(<http://e/o县>|"([a-z县 :@]|\\n|\\t|\\"){0,6}"(@zh|@en)?|"(0|1|-7|007|12\.5|1E3|true|2021|9007199254740993)"(\^\^<http://www\.w3\.org/2001/XMLSchema#(integer|decimal|double|boolean|gYear|date|string)>)?)"#,
                    "( <http://e/g[12]>)?",
                ),
                0..12,
            )
        ) {
            let lines: Vec<String> = rows.iter().map(|(s, p, o, g)| format!("{s} <{p}> {o}{g} .\n")).collect();
            let quads = parsed(RdfFormat::NQuads, &lines.concat());
            let json = written(&quads);
            let read = parsed(RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }, &json);
            prop_assert_eq!(read.len(), quads.len(), "{}", json);
            let without_blanks = |quads: &[Quad]| -> Vec<String> {
                let mut lines: Vec<String> = quads.iter().map(ToString::to_string).filter(|line| !line.contains("_:")).collect();
                lines.sort();
                lines
            };
            prop_assert_eq!(without_blanks(&read), without_blanks(&quads), "{}", json);
        }
    }
}
