//! What is the value of a property of a shape? Each as the type that SHACL gives it, or an error that says what it takes.

use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNode, Term};

use super::error::Error;
use super::graph::{Graph, SH};
use super::name::short;
use super::shape::{Constraint, NodeKind};

pub(super) fn unsupported(shape: &Term, what: &str, advice: &'static str) -> Error {
    Error::Unsupported { shape: short(shape), what: what.to_owned(), suggestions: Vec::new(), advice }
}

pub(super) fn invalid(shape: &Term, property: &str, value: &Term, expected: &'static str) -> Error {
    Error::Invalid { shape: short(shape), property: property.to_owned(), value: short(value), expected }
}

pub(super) fn named(id: &Term, property: &str, value: &Term) -> Result<NamedNode, Error> {
    match value {
        Term::NamedNode(node) => Ok(node.clone()),
        _ => Err(invalid(id, property, value, "an IRI")),
    }
}

pub(super) fn literal(id: &Term, property: &str, value: &Term) -> Result<Literal, Error> {
    match value {
        Term::Literal(literal) => Ok(literal.clone()),
        _ => Err(invalid(id, property, value, "a literal")),
    }
}

pub(super) fn number(id: &Term, property: &str, value: &Term) -> Result<u64, Error> {
    let read = literal(id, property, value).ok().filter(|literal| literal.datatype() == xsd::INTEGER);
    read.and_then(|literal| literal.value().parse().ok())
        .ok_or_else(|| invalid(id, property, value, "a whole number, not below zero"))
}

pub(super) fn boolean(id: &Term, property: &str, value: &Term) -> Result<bool, Error> {
    match literal(id, property, value).ok().filter(|literal| literal.datatype() == xsd::BOOLEAN) {
        Some(literal) => Ok(matches!(literal.value(), "true" | "1")),
        None => Err(invalid(id, property, value, "true or false")),
    }
}

/// A yes-or-no property of a shape; no where it is not said.
pub(super) fn flag(graph: &Graph, id: &Term, name: &str) -> Result<bool, Error> {
    let property = format!("sh:{name}");
    graph.sh(id, name).try_fold(false, |yes, value| Ok(yes || boolean(id, &property, value)?))
}

pub(super) fn findable(id: &Term, property: &str, value: &Term) -> Result<Term, Error> {
    match value {
        Term::BlankNode(_) => {
            Err(invalid(id, property, value, "IRIs and literals: a blank node has no name to be found by"))
        }
        value => Ok(value.clone()),
    }
}

pub(super) fn messages(graph: &Graph, id: &Term) -> Result<Vec<Literal>, Error> {
    graph.sh(id, "message").map(|value| literal(id, "sh:message", value)).collect()
}

pub(super) fn node_kind(id: &Term, value: &Term) -> Result<NodeKind, Error> {
    let kind = |iri, blank, literal| Ok(NodeKind { iri, blank, literal });
    let name = match value {
        Term::NamedNode(node) => node.as_str().strip_prefix(SH).unwrap_or_default(),
        _ => "",
    };
    match name {
        "IRI" => kind(true, false, false),
        "BlankNode" => kind(false, true, false),
        "Literal" => kind(false, false, true),
        "BlankNodeOrIRI" => kind(true, true, false),
        "IRIOrLiteral" => kind(true, false, true),
        "BlankNodeOrLiteral" => kind(false, true, true),
        _ => Err(invalid(
            id,
            "sh:nodeKind",
            value,
            "sh:IRI, sh:BlankNode, sh:Literal or two of them joined by Or, as in sh:IRIOrLiteral",
        )),
    }
}

pub(super) fn pattern(graph: &Graph, id: &Term, value: &Term) -> Result<Constraint, Error> {
    let regex = literal(id, "sh:pattern", value)?.value().to_owned();
    let flags = graph.sh(id, "flags").map(|flags| Ok(literal(id, "sh:flags", flags)?.value().to_owned()));
    let flags = flags.collect::<Result<String, Error>>()?;
    // The evaluator would take a pattern that it cannot read for one that nothing has.
    let known = flags.chars().all(|flag| "smixq".contains(flag));
    if !known {
        return Err(Error::Invalid {
            shape: short(id),
            property: "sh:flags".to_owned(),
            value: flags,
            expected: "letters out of s m i x q",
        });
    }
    if !flags.contains('q') && regex::Regex::new(&regex).is_err() {
        return Err(invalid(id, "sh:pattern", value, "a regular expression (without references back)"));
    }
    Ok(Constraint::Pattern { regex, flags })
}

pub(super) fn closed(graph: &Graph, id: &Term) -> Result<Constraint, Error> {
    let mut allowed = Vec::new();
    for property in graph.sh(id, "property") {
        allowed.extend(graph.sh(property, "path").filter_map(|path| named(id, "sh:path", path).ok()));
    }
    for list in graph.sh(id, "ignoredProperties") {
        for property in graph.list(id, "sh:ignoredProperties", list)? {
            allowed.push(named(id, "sh:ignoredProperties", &property)?);
        }
    }
    Ok(Constraint::Closed { allowed })
}
