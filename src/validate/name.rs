//! How is a term named where a person reads it?

use std::borrow::Cow;

use oxigraph::model::Term;

use super::graph::SH;
use crate::vocab::{CONCEPTS, PREFIXES};

/// The namespace of the program's own shapes.
pub(super) const SHAPE: &str = "https://w3id.org/fazhi/shape/";

/// A term with a prefix instead of a namespace that is known here; a literal in Turtle's notation.
pub(super) fn short(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => short_iri(node.as_str()).into_owned(),
        other => other.to_string(),
    }
}

/// An IRI with a prefix instead of a namespace that is known here.
pub(super) fn short_iri(iri: &str) -> Cow<'_, str> {
    if let Some(local) = iri.strip_prefix(CONCEPTS) {
        return Cow::Owned(format!("concept/{local}"));
    }
    let mut known = PREFIXES.iter().copied().chain([("sh", SH), ("shape", SHAPE)]);
    let found = known.find_map(|(prefix, namespace)| Some((prefix, iri.strip_prefix(namespace)?)));
    found.map_or(Cow::Borrowed(iri), |(prefix, local)| Cow::Owned(format!("{prefix}:{local}")))
}
