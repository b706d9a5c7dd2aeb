//! How does one get from a focus node to its values? Property paths of SHACL, read from shapes and said in SPARQL.

use oxigraph::model::vocab::rdf;
use oxigraph::model::{BlankNode, NamedNode, Term, Triple};

use super::error::Error;
use super::graph::{Graph, SH};
use super::name::{short, short_iri};

/// A property path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Path {
    /// Along a property.
    Predicate(NamedNode),
    /// Against the direction of a path.
    Inverse(Box<Self>),
    /// One path after the other.
    Sequence(Vec<Self>),
    /// Along any of the paths.
    Alternative(Vec<Self>),
    /// Any number of times, none too.
    ZeroOrMore(Box<Self>),
    /// Any number of times, at least once.
    OneOrMore(Box<Self>),
    /// Once or not at all.
    ZeroOrOne(Box<Self>),
}

/// Paths within paths deeper than this are not written by people.
const DEEPEST: usize = 32;

impl Path {
    pub(super) fn parse(graph: &Graph, shape: &Term, node: &Term) -> Result<Self, Error> {
        Self::within(graph, shape, node, 0)
    }

    fn within(graph: &Graph, shape: &Term, node: &Term, depth: usize) -> Result<Self, Error> {
        let invalid = |expected| Error::Invalid {
            shape: short(shape),
            property: "sh:path".to_owned(),
            value: short(node),
            expected,
        };
        if let Term::NamedNode(property) = node {
            return Ok(Self::Predicate(property.clone()));
        }
        if depth > DEEPEST {
            return Err(invalid("a path without a circle"));
        }
        let inner = |node: &Term| Self::within(graph, shape, node, depth + 1);
        if graph.values(node, rdf::FIRST.as_str()).next().is_some() {
            let members = graph.list(shape, "sh:path", node)?;
            return Ok(Self::Sequence(members.iter().map(inner).collect::<Result<_, _>>()?));
        }
        let of = |name: &'static str| graph.sh(node, name).next();
        if let Some(path) = of("inversePath") {
            Ok(Self::Inverse(Box::new(inner(path)?)))
        } else if let Some(list) = of("alternativePath") {
            let members = graph.list(shape, "sh:alternativePath", list)?;
            Ok(Self::Alternative(members.iter().map(inner).collect::<Result<_, _>>()?))
        } else if let Some(path) = of("zeroOrMorePath") {
            Ok(Self::ZeroOrMore(Box::new(inner(path)?)))
        } else if let Some(path) = of("oneOrMorePath") {
            Ok(Self::OneOrMore(Box::new(inner(path)?)))
        } else if let Some(path) = of("zeroOrOnePath") {
            Ok(Self::ZeroOrOne(Box::new(inner(path)?)))
        } else {
            Err(invalid("a property, a list of paths, or one of SHACL's paths"))
        }
    }

    /// The path in SPARQL's notation.
    pub(super) fn sparql(&self) -> String {
        let join = |paths: &[Self], by: &str| paths.iter().map(Self::sparql).collect::<Vec<_>>().join(by);
        match self {
            Self::Predicate(property) => property.to_string(),
            Self::Inverse(path) => format!("^({})", path.sparql()),
            Self::Sequence(paths) => format!("({})", join(paths, "/")),
            Self::Alternative(paths) => format!("({})", join(paths, "|")),
            Self::ZeroOrMore(path) => format!("({})*", path.sparql()),
            Self::OneOrMore(path) => format!("({})+", path.sparql()),
            Self::ZeroOrOne(path) => format!("({})?", path.sparql()),
        }
    }

    /// A pattern by which `from`, which has a value, leads to `to`. A sequence is walked step by step: the evaluator
    /// would join its steps without looking where the walk begins.
    pub(super) fn pattern(&self, from: &str, to: &str, fresh: &mut impl FnMut() -> String) -> String {
        match self {
            Self::Inverse(path) if matches!(path.as_ref(), Self::Predicate(_)) => path.pattern(to, from, fresh),
            Self::Sequence(paths) => {
                let mut text = String::new();
                let mut at = from.to_owned();
                for (step, path) in paths.iter().enumerate() {
                    let next = if step + 1 == paths.len() { to.to_owned() } else { fresh() };
                    let pattern = path.pattern(&at, &next, fresh);
                    if step == 0 {
                        text.push_str(&pattern);
                    } else {
                        text.extend([" LATERAL { ", pattern.as_str(), " }"]);
                    }
                    at = next;
                }
                text
            }
            _ => format!("{from} {} {to} .", self.sparql()),
        }
    }

    /// The path as the value of `sh:resultPath`; what its nodes say goes to `triples`.
    pub(super) fn term(&self, triples: &mut Vec<Triple>, fresh: &mut impl FnMut() -> BlankNode) -> Term {
        let one = |name: &str, value: Term, triples: &mut Vec<Triple>, node: BlankNode| -> Term {
            triples.push(Triple::new(node.clone(), NamedNode::new_unchecked(format!("{SH}{name}")), value));
            node.into()
        };
        match self {
            Self::Predicate(property) => property.clone().into(),
            Self::Sequence(paths) => list(paths, triples, fresh),
            Self::Alternative(paths) => {
                let node = fresh();
                let value = list(paths, triples, fresh);
                one("alternativePath", value, triples, node)
            }
            Self::Inverse(path) | Self::ZeroOrMore(path) | Self::OneOrMore(path) | Self::ZeroOrOne(path) => {
                let name = match self {
                    Self::Inverse(_) => "inversePath",
                    Self::ZeroOrMore(_) => "zeroOrMorePath",
                    Self::OneOrMore(_) => "oneOrMorePath",
                    _ => "zeroOrOnePath",
                };
                let node = fresh();
                let value = path.term(triples, fresh);
                one(name, value, triples, node)
            }
        }
    }
}

fn list(paths: &[Path], triples: &mut Vec<Triple>, fresh: &mut impl FnMut() -> BlankNode) -> Term {
    let mut rest: Term = rdf::NIL.into();
    for path in paths.iter().rev() {
        let first = path.term(triples, fresh);
        let node = fresh();
        triples.push(Triple::new(node.clone(), rdf::FIRST, first));
        triples.push(Triple::new(node.clone(), rdf::REST, rest));
        rest = node.into();
    }
    rest
}

impl std::fmt::Display for Path {
    /// The path in SPARQL's notation, with the prefixes that are known here.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let join = |paths: &[Self], by: &str| paths.iter().map(ToString::to_string).collect::<Vec<_>>().join(by);
        match self {
            Self::Predicate(property) => f.write_str(&short_iri(property.as_str())),
            Self::Inverse(path) => write!(f, "^{path}"),
            Self::Sequence(paths) => write!(f, "({})", join(paths, "/")),
            Self::Alternative(paths) => write!(f, "({})", join(paths, "|")),
            Self::ZeroOrMore(path) => write!(f, "{path}*"),
            Self::OneOrMore(path) => write!(f, "{path}+"),
            Self::ZeroOrOne(path) => write!(f, "{path}?"),
        }
    }
}
