//! What does a file of shapes say of a node? Its triples by subject, and the lists in it.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::io::{RdfFormat, RdfParseError, RdfParser};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{BlankNode, NamedNode, NamedOrBlankNode, Term};

use super::error::Error;
use super::name::short;

/// The namespace of SHACL.
pub(super) const SH: &str = "http://www.w3.org/ns/shacl#";

/// A graph of shapes in memory.
#[derive(Debug, Clone, Default)]
pub(super) struct Graph {
    /// Subjects in the order of the file, each with what is said of it in that order.
    nodes: Vec<(Term, Vec<(NamedNode, Term)>)>,
    index: BTreeMap<String, usize>,
}

impl Graph {
    /// Reads Turtle. Blank nodes get numbers in the order of the file, so that two runs name them alike.
    pub(super) fn parse(file: &str, text: &str) -> Result<Self, Error> {
        let mut graph = Self::default();
        let mut blank: BTreeMap<String, BlankNode> = BTreeMap::new();
        let mut rename = |node: BlankNode| {
            let next = BlankNode::new_unchecked(format!("n{}", blank.len() + 1));
            blank.entry(node.as_str().to_owned()).or_insert(next).clone()
        };
        for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(text) {
            let quad = quad.map_err(|error| syntax(file, &error.into()))?;
            let subject = match quad.subject {
                NamedOrBlankNode::NamedNode(node) => Term::from(node),
                NamedOrBlankNode::BlankNode(node) => rename(node).into(),
            };
            let object = match quad.object {
                Term::BlankNode(node) => rename(node).into(),
                object => object,
            };
            graph.say(subject, quad.predicate, object);
        }
        Ok(graph)
    }

    fn say(&mut self, subject: Term, predicate: NamedNode, object: Term) {
        let next = self.nodes.len();
        let place = *self.index.entry(subject.to_string()).or_insert(next);
        if place == next {
            self.nodes.push((subject, Vec::new()));
        }
        if let Some((_, said)) = self.nodes.get_mut(place) {
            said.push((predicate, object));
        }
    }

    /// Everything that something is said of, in the order of the file.
    pub(super) fn subjects(&self) -> impl Iterator<Item = &Term> {
        self.nodes.iter().map(|(subject, _)| subject)
    }

    /// What is said of `subject`, in the order of the file.
    pub(super) fn about(&self, subject: &Term) -> &[(NamedNode, Term)] {
        let node = self.index.get(&subject.to_string()).and_then(|place| self.nodes.get(*place));
        node.map_or(&[], |(_, said)| said)
    }

    /// The values of a property, by its IRI.
    pub(super) fn values<'a>(&'a self, subject: &Term, property: &'a str) -> impl Iterator<Item = &'a Term> + use<'a> {
        self.about(subject).iter().filter(move |(name, _)| name.as_str() == property).map(|(_, value)| value)
    }

    /// The values of a property of SHACL, by its local name.
    pub(super) fn sh<'a>(&'a self, subject: &Term, name: &'a str) -> impl Iterator<Item = &'a Term> + use<'a> {
        let said = self.about(subject).iter();
        said.filter(move |(property, _)| property.as_str().strip_prefix(SH) == Some(name)).map(|(_, value)| value)
    }

    /// Whether `subject` is said to be of a class.
    pub(super) fn is_a(&self, subject: &Term, class: &str) -> bool {
        self.values(subject, rdf::TYPE.as_str())
            .any(|found| matches!(found, Term::NamedNode(node) if node.as_str() == class))
    }

    /// The members of a list that is the value of `property` of `shape`.
    pub(super) fn list(&self, shape: &Term, property: &str, head: &Term) -> Result<Vec<Term>, Error> {
        let invalid = || Error::Invalid {
            shape: short(shape),
            property: property.to_owned(),
            value: short(head),
            expected: "a list in parentheses, whole and without a circle",
        };
        let (mut members, mut seen) = (Vec::new(), BTreeSet::new());
        let mut next = head.clone();
        while next != Term::from(rdf::NIL) {
            if !seen.insert(next.to_string()) {
                return Err(invalid());
            }
            members.push(self.values(&next, rdf::FIRST.as_str()).next().ok_or_else(invalid)?.clone());
            next = self.values(&next, rdf::REST.as_str()).next().ok_or_else(invalid)?.clone();
        }
        Ok(members)
    }
}

fn syntax(file: &str, error: &RdfParseError) -> Error {
    let place = match error {
        RdfParseError::Syntax(error) => error.location().map(|location| location.start),
        RdfParseError::Io(_) => None,
    };
    Error::Turtle {
        file: file.to_owned(),
        line: place.map(|place| place.line + 1),
        column: place.map(|place| place.column + 1),
        message: error.to_string(),
    }
}
