//! How is the graph built, told briefly enough for a model? Made of the ontology, the concepts and the shapes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedOrBlankNode, Term, Triple};
use rmcp::schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Library;
use super::answer::short;
use super::trouble::Trouble;
use super::wording::wording;
use crate::describe::ontology;
use crate::query::suggest;
use crate::vocab::{CONCEPTS, PREFIXES};

const SHAPES: &str = include_str!("../../ontology/shapes.ttl");

/// What is to be told.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct Asked {
    topic: Option<String>,
}

/// The schema, or a part of it.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct Schema {
    /// Namespaces by prefix; queries need no PREFIX lines for them.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    prefixes: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    classes: Vec<Class>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    properties: Vec<Property>,
    /// Concept schemes with the number of their concepts.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    schemes: BTreeMap<String, usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    concepts: Vec<Concept>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    examples: Vec<Query>,
    /// What holds of the whole graph.
    note: String,
}

#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Class {
    name: String,
    zh: String,
    en: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
    /// What is said of its things; `!` is always said, `*` may be said more than once.
    properties: Vec<String>,
}

#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Property {
    name: String,
    zh: String,
    en: String,
    /// What it leads to.
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
}

#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Concept {
    iri: String,
    notation: String,
    zh: String,
    en: String,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Query {
    asks: String,
    sparql: String,
}

const NOTE: &str = "Every statement is in the default graph: no GRAPH is needed. Parts hang below their report by dcterms:isPartOf: \
    `?part dcterms:isPartOf+ ?report` finds all of it. A unit (fz:Measure, fz:Problem, fz:Plan) has fz:region and fz:year itself; a figure \
    or citation has them by its unit. Regions lie in each other by fz:within: `?county fz:within+ ?province`. Labels of things are \
    rdfs:label, of concepts skos:prefLabel in zh and en. Positions count code points of the report's fz:text.";

/// Tells the schema.
pub(super) fn describe(_: &Library, asked: &Asked) -> Result<Schema, Trouble> {
    let model = &*MODEL;
    let Some(topic) = asked.topic.as_deref().map(str::trim).filter(|topic| !topic.is_empty()) else {
        return Ok(model.overview());
    };
    // A scheme and the property that leads to it may be called alike; the property has its prefix then.
    if let Some(concepts) = model.concepts.get(topic) {
        return Ok(Schema {
            concepts: concepts.clone(),
            note: format!("concepts of the scheme {topic}"),
            ..Schema::default()
        });
    }
    let bare = topic.trim_start_matches("fz:");
    let found = |names: &dyn Fn() -> [String; 3]| names().iter().any(|name| name == topic || name == bare);
    if let Some(class) =
        model.classes.iter().find(|class| found(&|| [local(&class.name), class.zh.clone(), class.name.clone()]))
    {
        return Ok(model.class(class));
    }
    if let Some(property) =
        model.properties.iter().find(|known| found(&|| [local(&known.name), known.name.clone(), known.zh.clone()]))
    {
        return Ok(model.property(property));
    }
    let names = model.classes.iter().map(|class| class.name.clone());
    let names =
        names.chain(model.properties.iter().map(|known| known.name.clone())).chain(model.concepts.keys().cloned());
    let alike = suggest(topic, names);
    let alike = if alike.is_empty() { String::new() } else { format!(" (did you mean {}?)", alike.join(", ")) };
    Err(Trouble::Missing(format!(
        "the schema has no class, property or scheme `{topic}`{alike}; without a topic `describe_schema` lists all"
    )))
}

fn local(name: &str) -> String {
    name.trim_start_matches("fz:").to_owned()
}

/// The schema as it is looked up.
#[derive(Default)]
struct Model {
    classes: Vec<Class>,
    properties: Vec<Property>,
    concepts: BTreeMap<String, Vec<Concept>>,
}

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    // Tests hold both files to be Turtle.
    let triples = ontology().unwrap_or_default();
    let shapes = RdfParser::from_format(RdfFormat::Turtle).for_slice(SHAPES).filter_map(Result::ok).map(Triple::from);
    Model::new(&Facts::new(triples), &Facts::new(shapes))
});

impl Model {
    fn new(words: &Facts, shapes: &Facts) -> Self {
        let said = said(shapes);
        let mut model = Self::default();
        for subject in words.things.keys() {
            let kinds = words.all(subject, rdf::TYPE.as_str());
            let is = |kind: &str| kinds.iter().any(|known| known == kind);
            let name = short(subject);
            let (zh, en) = words.labels(subject, rdfs::LABEL.as_str());
            let comment = words.both(subject, rdfs::COMMENT.as_str());
            if is("http://www.w3.org/2002/07/owl#Class") {
                let properties = said.get(subject).cloned().unwrap_or_default().into_iter().collect();
                model.classes.push(Class { name, zh, en, comment, properties });
            } else if is("http://www.w3.org/2002/07/owl#ObjectProperty")
                || is("http://www.w3.org/2002/07/owl#DatatypeProperty")
            {
                let range = words.all(subject, rdfs::RANGE.as_str()).first().map(|range| short(range));
                model.properties.push(Property { name, zh, en, range, comment });
            } else if let Some((scheme, notation)) =
                subject.strip_prefix(CONCEPTS).and_then(|rest| rest.split_once('/'))
            {
                let (zh, en) = words.labels(subject, "http://www.w3.org/2004/02/skos/core#prefLabel");
                let concept = Concept { iri: subject.clone(), notation: notation.to_owned(), zh, en };
                model.concepts.entry(scheme.to_owned()).or_default().push(concept);
            }
        }
        model
    }

    fn overview(&self) -> Schema {
        let brief = |class: &Class| Class { comment: None, ..class.clone() };
        let property = |property: &Property| Property { comment: None, ..property.clone() };
        Schema {
            prefixes: PREFIXES.iter().map(|(prefix, iri)| ((*prefix).to_owned(), (*iri).to_owned())).collect(),
            classes: self.classes.iter().map(brief).collect(),
            properties: self.properties.iter().map(property).collect(),
            schemes: self.concepts.iter().map(|(scheme, concepts)| (scheme.clone(), concepts.len())).collect(),
            concepts: Vec::new(),
            examples: wording()
                .example
                .iter()
                .map(|example| Query {
                    asks: format!("{} / {}", example.asks.zh, example.asks.en),
                    sparql: example.query.trim().to_owned(),
                })
                .collect(),
            note: NOTE.to_owned(),
        }
    }

    fn class(&self, class: &Class) -> Schema {
        let of_class = |property: &&Property| {
            class.properties.iter().any(|said| said.trim_end_matches(['!', '*']) == property.name)
        };
        Schema {
            classes: vec![class.clone()],
            properties: self.properties.iter().filter(of_class).cloned().collect(),
            note: "`!` is always said, `*` may be said more than once; properties of other vocabularies mean what they mean there"
                .to_owned(),
            ..Schema::default()
        }
    }

    fn property(&self, property: &Property) -> Schema {
        let has =
            |class: &&Class| class.properties.iter().any(|said| said.trim_end_matches(['!', '*']) == property.name);
        let classes: Vec<String> = self.classes.iter().filter(has).map(|class| class.name.clone()).collect();
        Schema {
            properties: vec![property.clone()],
            note: format!(
                "said of {}",
                if classes.is_empty() { "things of several classes".to_owned() } else { classes.join(", ") }
            ),
            ..Schema::default()
        }
    }
}

/// Statements by what they are about.
struct Facts {
    things: BTreeMap<String, Vec<(String, Term)>>,
}

impl Facts {
    fn new(triples: impl IntoIterator<Item = Triple>) -> Self {
        let mut things: BTreeMap<String, Vec<(String, Term)>> = BTreeMap::new();
        for triple in triples {
            let subject = match triple.subject {
                NamedOrBlankNode::NamedNode(node) => node.into_string(),
                NamedOrBlankNode::BlankNode(node) => node.to_string(),
            };
            things.entry(subject).or_default().push((triple.predicate.into_string(), triple.object));
        }
        Self { things }
    }

    fn values<'a>(&'a self, thing: &str, property: &'a str) -> impl Iterator<Item = &'a Term> {
        let facts = self.things.get(thing).map_or(&[][..], Vec::as_slice);
        facts.iter().filter(move |(known, _)| known == property).map(|(_, value)| value)
    }

    /// Values by their plain words.
    fn all(&self, thing: &str, property: &str) -> Vec<String> {
        let word = |term: &Term| match term {
            Term::NamedNode(node) => node.as_str().to_owned(),
            Term::BlankNode(node) => node.to_string(),
            Term::Literal(literal) => literal.value().to_owned(),
        };
        self.values(thing, property).map(word).collect()
    }

    fn in_language(&self, thing: &str, property: &str, language: &str) -> Option<String> {
        self.values(thing, property).find_map(|term| match term {
            Term::Literal(literal) if literal.language() == Some(language) => Some(literal.value().to_owned()),
            _ => None,
        })
    }

    fn labels(&self, thing: &str, property: &str) -> (String, String) {
        let label = |language| self.in_language(thing, property, language).unwrap_or_default();
        (label("zh"), label("en"))
    }

    fn both(&self, thing: &str, property: &str) -> Option<String> {
        let (zh, en) = self.labels(thing, property);
        (!zh.is_empty() || !en.is_empty()).then(|| format!("{zh} / {en}"))
    }
}

/// What the shapes say that things of each class say: `!` always, `*` perhaps several times.
fn said(shapes: &Facts) -> BTreeMap<String, BTreeSet<String>> {
    const SHACL: &str = "http://www.w3.org/ns/shacl#";
    let term = |name: &str| format!("{SHACL}{name}");
    // Several shapes may speak of one property of a class: whether it is always said, and whether only once.
    let mut said: BTreeMap<String, BTreeMap<String, (bool, bool)>> = BTreeMap::new();
    for shape in shapes.things.keys() {
        for class in shapes.all(shape, &term("targetClass")) {
            let known = said.entry(class).or_default();
            for property in shapes.all(shape, &term("property")) {
                let paths = shapes.all(&property, &term("path"));
                let Some(path) = paths.iter().find(|path| path.contains("://")) else { continue };
                let (always, single) = known.entry(short(path)).or_default();
                *always |= shapes.all(&property, &term("minCount")).iter().any(|count| count != "0");
                *single |= shapes.all(&property, &term("maxCount")).iter().any(|count| count == "1");
            }
        }
    }
    let marked = |(name, (always, single)): (String, (bool, bool))| {
        format!("{name}{}{}", if always { "!" } else { "" }, if single { "" } else { "*" })
    };
    said.into_iter().map(|(class, properties)| (class, properties.into_iter().map(marked).collect())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_have_labels_and_what_is_said_of_them() {
        let figure = MODEL.classes.iter().find(|class| class.name == "fz:Figure").unwrap();
        assert_eq!((figure.zh.as_str(), figure.en.as_str()), ("\u{6570}\u{5b57}", "figure"));
        assert!(figure.properties.iter().any(|said| said == "fz:value!"), "{:?}", figure.properties);
        assert!(figure.properties.iter().any(|said| said.starts_with("dcterms:isPartOf!")), "{:?}", figure.properties);
    }

    #[test]
    fn the_overview_is_small_and_its_examples_are_queries() {
        let overview = MODEL.overview();
        let told = serde_json::to_string(&overview).unwrap();
        assert!(told.chars().count() < 16_000, "{}", told.chars().count());
        assert!(overview.schemes["category"] >= 10 && overview.properties.len() > 30);
        let store = oxigraph::store::Store::new().unwrap();
        for example in &wording().example {
            let limits = crate::query::Limits::default();
            crate::query::run(&store, &example.query, &crate::query::Bindings::default(), limits).unwrap();
        }
    }
}
