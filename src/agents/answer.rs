//! How does an answer fit into a model's context? A page of rows with the labels of what they name, and how to have the next.

use std::collections::BTreeMap;

use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, Term};
use rmcp::schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Number, Value};

use super::Library;
use super::trouble::Trouble;
use crate::query::{Answer, Around, Question};
use crate::vocab::{CONCEPTS, PREFIXES};

/// A page ends where its rows have this many characters, however few rows that are.
const PAGE: usize = 12_000;
/// A cell that is longer is cut, and says so.
const CELL: usize = 600;

/// Which rows are wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page {
    offset: usize,
    limit: usize,
}

impl Page {
    /// The page that was asked for, of a tool that gives `usual` rows unless told otherwise and never more than `most`.
    pub(super) fn new(offset: Option<usize>, limit: Option<usize>, usual: usize, most: usize) -> Self {
        Self { offset: offset.unwrap_or(0), limit: limit.unwrap_or(usual).clamp(1, most) }
    }

    /// The part of `all` that is on the page: as many as are wanted and fit. `size` tells the characters of one.
    pub(super) fn of<T>(self, all: Vec<T>, size: impl Fn(&T) -> usize) -> (Vec<T>, Extent) {
        let total = all.len();
        let mut characters = 0;
        let mut shown = Vec::new();
        for item in all.into_iter().skip(self.offset).take(self.limit) {
            characters += size(&item);
            if characters > PAGE && !shown.is_empty() {
                break;
            }
            shown.push(item);
        }
        let end = self.offset.saturating_add(shown.len()).min(total);
        let next = (end < total && !shown.is_empty())
            .then(|| format!("{}-{end} of {total}; for the next call again with offset={end}", self.offset + 1));
        let next = next.or_else(|| {
            (shown.is_empty() && total > 0).then(|| format!("there are only {total}; call again with offset=0"))
        });
        (shown, Extent { total, offset: self.offset, next })
    }
}

/// Which part of all is shown.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct Extent {
    /// How many there are.
    pub(super) total: usize,
    /// How many were passed over.
    pub(super) offset: usize,
    /// How to have the next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) next: Option<String>,
}

/// A column of an answer.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct Column {
    /// The variable.
    name: String,
    /// What it holds, in Chinese and English.
    #[serde(skip_serializing_if = "Option::is_none")]
    holds: Option<String>,
}

/// Rows of an answer.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct Table {
    /// The question that was answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) question: Option<String>,
    pub(super) columns: Vec<Column>,
    /// The rows; a cell is a text, a number, true or false, or null. Things are named by IRI.
    pub(super) rows: Vec<Vec<Value>>,
    #[serde(flatten)]
    pub(super) extent: Extent,
    /// Labels of the things in the rows, by IRI.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    labels: BTreeMap<String, String>,
    /// What is to be known of the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) note: Option<String>,
}

/// A page of an answer.
pub(super) fn table(
    library: &Library,
    answer: Answer,
    question: Option<&Question>,
    page: Page,
) -> Result<Table, Trouble> {
    let (names, rows): (Vec<String>, Vec<Vec<Option<Term>>>) = match answer {
        Answer::Boolean(value) => (vec!["answer".to_owned()], vec![vec![Some(Literal::from(value).into())]]),
        Answer::Solutions(solutions) => {
            (solutions.variables.iter().map(|name| name.as_str().to_owned()).collect(), solutions.rows)
        }
        Answer::Graph(triples) => {
            let row = |triple: oxigraph::model::Triple| {
                vec![Some(triple.subject.into()), Some(triple.predicate.into()), Some(triple.object)]
            };
            (["subject", "predicate", "object"].map(str::to_owned).to_vec(), triples.into_iter().map(row).collect())
        }
    };
    let holds = |name: &str| {
        let text = question.and_then(|question| question.column(name))?;
        Some(format!("{} / {}", text.zh, text.en))
    };
    let columns = names.iter().map(|name| Column { name: name.clone(), holds: holds(name) }).collect();
    let size = |row: &Vec<Option<Term>>| row.iter().flatten().map(|term| length(term).min(CELL)).sum();
    let (shown, extent) = page.of(rows, size);
    let labels = labels(library, shown.iter().flatten().flatten())?;
    let mut is_cut = false;
    let rows = shown.into_iter().map(|row| row.into_iter().map(|term| cell(term, &mut is_cut)).collect()).collect();
    let note = is_cut.then(|| {
        format!("cells that end in \u{2026} were cut after {CELL} characters; `read_passage` shows the text of a report whole")
    });
    Ok(Table { question: question.map(|question| question.name().to_owned()), columns, rows, extent, labels, note })
}

fn length(term: &Term) -> usize {
    match term {
        Term::NamedNode(node) => node.as_str().len(),
        Term::Literal(literal) => literal.value().chars().take(CELL).count(),
        Term::BlankNode(_) => 10,
    }
}

/// The labels of what the terms name; terms of the vocabularies speak for themselves.
fn labels<'t>(library: &Library, terms: impl Iterator<Item = &'t Term>) -> Result<BTreeMap<String, String>, Trouble> {
    let around = Around::new(library.store.dataset());
    let mut labels = BTreeMap::new();
    for term in terms {
        let Term::NamedNode(node) = term else { continue };
        let iri = node.as_str();
        if PREFIXES.iter().any(|(_, namespace)| iri.starts_with(namespace)) || labels.contains_key(iri) {
            continue;
        }
        let property = if iri.starts_with(CONCEPTS) { "skos:prefLabel" } else { "rdfs:label" };
        if let Some(label) = around.text(iri, property)? {
            labels.insert(iri.to_owned(), label);
        }
    }
    Ok(labels)
}

fn cell(term: Option<Term>, is_cut: &mut bool) -> Value {
    match term {
        None => Value::Null,
        Some(Term::NamedNode(node)) => short(node.as_str()).into(),
        Some(Term::BlankNode(node)) => node.to_string().into(),
        Some(Term::Literal(literal)) => {
            if let Some(value) = plain(&literal) {
                return value;
            }
            let (text, cut) = cut(literal.value(), CELL);
            *is_cut |= cut;
            text.into()
        }
    }
}

/// A number, or true or false; `None` for what is a text.
fn plain(literal: &Literal) -> Option<Value> {
    let (kind, text) = (literal.datatype(), literal.value());
    match kind {
        xsd::BOOLEAN => text.parse().ok().map(Value::Bool),
        xsd::INTEGER => text.parse::<i64>().ok().map(Value::from),
        xsd::DECIMAL | xsd::DOUBLE | xsd::FLOAT => text.parse().ok().and_then(Number::from_f64).map(Value::Number),
        _ => None,
    }
}

/// At most `most` characters of a text, and whether that is not all.
pub(super) fn cut(text: &str, most: usize) -> (String, bool) {
    match text.char_indices().nth(most) {
        Some((end, _)) => (format!("{}\u{2026}", &text[..end]), true),
        None => (text.to_owned(), false),
    }
}

/// A term of a vocabulary with its prefix; any other IRI as it is, so that it can be given back.
pub(super) fn short(iri: &str) -> String {
    let known = PREFIXES.iter().find_map(|(prefix, namespace)| Some((prefix, iri.strip_prefix(namespace)?)));
    known.map_or_else(|| iri.to_owned(), |(prefix, local)| format!("{prefix}:{local}"))
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_how_to_have_the_next() {
        let page = |offset, limit| Page::new(offset, limit, 2, 3).of((0..5).collect(), |_: &i32| 1);
        let (shown, extent) = page(None, None);
        assert_eq!(
            (shown, extent.total, extent.next.as_deref()),
            (vec![0, 1], 5, Some("1-2 of 5; for the next call again with offset=2"))
        );
        let (shown, extent) = page(Some(3), Some(100));
        assert_eq!((shown, extent.next), (vec![3, 4], None), "never more than the most, and the last page has no next");
        let (shown, extent) = page(Some(9), None);
        assert!(shown.is_empty());
        assert_eq!(extent.next.as_deref(), Some("there are only 5; call again with offset=0"));
        assert_eq!(Page::new(Some(usize::MAX), None, 2, 3).of(vec![1], |_| 1).0, Vec::<i32>::new());
    }

    #[test]
    fn a_page_is_bounded_by_characters_too_and_has_at_least_one_row() {
        let (shown, extent) = Page::new(None, Some(50), 20, 50).of(vec![PAGE - 1, 1, 1], |size| *size);
        assert_eq!((shown.len(), extent.next.is_some()), (2, true));
        let (shown, _) = Page::new(None, None, 20, 50).of(vec![PAGE * 2, 1], |size| *size);
        assert_eq!(shown.len(), 1);
    }

    #[test]
    fn cells_are_what_their_literals_are() {
        let mut is_cut = false;
        let mut of = |literal: Literal| cell(Some(literal.into()), &mut is_cut);
        assert_eq!(of(Literal::from(12)), Value::from(12));
        assert_eq!(of(Literal::new_typed_literal("6.25", xsd::DECIMAL)), Value::from(6.25));
        assert_eq!(of(Literal::from(true)), Value::Bool(true));
        assert_eq!(of(Literal::new_typed_literal("2021", xsd::G_YEAR)), Value::from("2021"));
        let long = "法".repeat(CELL + 1);
        assert_eq!(of(Literal::from(long)).as_str().unwrap().chars().count(), CELL + 1);
        assert!(is_cut);
    }
}
