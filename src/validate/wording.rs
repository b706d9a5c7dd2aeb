//! In which words is a broken demand told? Those of the shape, and those of `ontology/components.ttl`.

use std::collections::BTreeMap;

use oxigraph::model::vocab::rdfs;
use oxigraph::model::{Literal, NamedNode, Term};

use super::error::Error;
use super::graph::{Graph, SH};
use super::name::short;

const FILE: &str = include_str!("../../ontology/components.ttl");

/// More characters of a value than this tell a reader no more.
const LONGEST: usize = 160;

/// Names of the words that no term of SHACL has.
const WORDS: &str = "urn:fazhi:words:";

/// The words of the components and severities, and of the report that a person reads.
pub(super) struct Wording(Graph);

impl Wording {
    pub(super) fn own() -> Result<Self, Error> {
        Ok(Self(Graph::parse("ontology/components.ttl", FILE)?))
    }

    /// What is said of a term of SHACL, with what is demanded or counted in its place; by language.
    pub(super) fn reasons(&self, local: &str, demanded: &str) -> BTreeMap<String, String> {
        let term = self.term(local);
        let templates = self.0.sh(&term, "labelTemplate").filter_map(text);
        templates.map(|(language, text)| (language, text.replace("{$value}", demanded))).collect()
    }

    /// The Chinese name of a term of SHACL or of a word of the report, by its local name; that name where it has none.
    pub(super) fn label(&self, local: &str) -> String {
        let term = self.term(local);
        let mut labels = self.0.values(&term, rdfs::LABEL.as_str()).filter_map(text);
        labels.find(|(language, _)| language == "zh").map_or_else(|| local.to_owned(), |(_, label)| label)
    }

    fn term(&self, local: &str) -> Term {
        let word: Term = NamedNode::new_unchecked(format!("{WORDS}{local}")).into();
        if self.0.about(&word).is_empty() { NamedNode::new_unchecked(format!("{SH}{local}")).into() } else { word }
    }

    /// Texts by language as literals.
    pub(super) fn literals(texts: &BTreeMap<String, String>) -> Vec<Literal> {
        texts
            .iter()
            .rev()
            .map(|(language, text)| Literal::new_language_tagged_literal_unchecked(text, language))
            .collect()
    }

    /// A message with the values of a row in place of `{?name}` and `{$name}`.
    pub(super) fn filled(message: &Literal, cell: &dyn Fn(&str) -> Option<Term>) -> Literal {
        let mut filled = String::new();
        let mut rest = message.value();
        while let Some(open) = rest.find(['{']) {
            filled.push_str(&rest[..open]);
            rest = &rest[open..];
            let inside = rest.strip_prefix("{?").or_else(|| rest.strip_prefix("{$"));
            let named = inside.and_then(|inside| inside.split_once('}'));
            if let Some((value, after)) = named.and_then(|(name, after)| Some((cell(name)?, after))) {
                filled.push_str(&plain(&value));
                rest = after;
            } else {
                filled.push('{');
                rest = &rest[1..];
            }
        }
        filled.push_str(rest);
        match message.language() {
            Some(language) => Literal::new_language_tagged_literal_unchecked(filled, language),
            None => filled.into(),
        }
    }
}

fn text(term: &Term) -> Option<(String, String)> {
    match term {
        Term::Literal(literal) => Some((literal.language().unwrap_or_default().to_owned(), literal.value().to_owned())),
        _ => None,
    }
}

/// A value as a reader sees it: the characters of a literal, the short name of anything else; cut where it is long.
pub(super) fn plain(term: &Term) -> String {
    let text = match term {
        Term::Literal(literal) => literal.value().to_owned(),
        other => short(other),
    };
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}\u{2026}", &text[..end]),
        None => text,
    }
}
