//! Why does the graph say this? One fact with its words, what it means, by which rule it was read, and as RDF.

use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, Quad, Term};
use serde::Serialize;

use super::content::{Content, Fact, Kind, text};
use super::text::Link;
use super::wish::Wish;
use crate::export::{Format, Writer};
use crate::extract;
use crate::facts::{Explanation, FactClass, explain};
use crate::lexicon::{Lexicon, RuleSentence, doubts};
use crate::query;
use crate::serve::explorer::cut::Characters;
use crate::serve::explorer::{concepts, link};
use crate::serve::problem::Problem;
use crate::serve::state::State;
use crate::vocab::{PREFIXES, property};

/// What is told of a fact.
#[derive(Serialize)]
pub(super) struct Evidence {
    kind: &'static str,
    /// Its characters in the report.
    words: String,
    start: usize,
    end: usize,
    iri: String,
    /// The fact as data, in the formats of RDF.
    data: String,
    /// The document, body, indicator or rule that is meant.
    meant: Option<Link>,
    said: Vec<Said>,
    /// By which rules this program reads it; none where it does not.
    rules: Vec<Rule>,
    doubt: Option<RuleSentence>,
    turtle: String,
    /// Other facts that stand there, the shortest first.
    others: Vec<Other>,
    /// The page without this panel.
    close: String,
}

/// A statement about the fact.
#[derive(Serialize)]
struct Said {
    property: RuleSentence,
    value: Link,
}

/// A rule with the line of data that decided.
#[derive(Serialize)]
struct Rule {
    name: String,
    sentence: RuleSentence,
    table: String,
    line: usize,
    row: String,
    word: String,
}

/// A fact at the same place.
#[derive(Serialize)]
struct Other {
    kind: &'static str,
    words: String,
    href: String,
}

/// Words of another fact that are shown.
const SHORT: usize = 24;

/// What is told of `fact`, which stands in the report with this IRI.
pub(super) fn evidence(
    state: &State,
    report: NamedNodeRef<'_>,
    content: &Content,
    fact: &Fact,
    wish: &Wish,
) -> Result<Evidence, Problem> {
    let characters = Characters::new(&content.text);
    let namer = Namer { state, content };
    let explanations = explanations(state, report, fact)?;
    let reason = explanations.iter().find_map(|explanation| explanation.fact.basis.doubt.clone());
    let known = fact.value(property::DOUBT).map(link::local);
    let doubts = doubts()?;
    let doubt = known.or(reason.as_deref()).and_then(|reason| doubts.get(reason)).cloned();
    let others = content.facts().filter(|other| other.place != fact.place && other.span.overlaps(&fact.span));
    let mut others: Vec<&Fact> = others.collect();
    others.sort_by_key(|other| (other.span.end - other.span.start, other.span.start));
    Ok(Evidence {
        kind: fact.kind.name(),
        words: characters.slice(fact.span).to_owned(),
        start: fact.span.start,
        end: fact.span.end,
        iri: fact.iri.clone(),
        data: link::with_parameters("/resource", [("iri", fact.iri.as_str())]),
        meant: fact.meant().map(|iri| namer.link(iri)).transpose()?,
        said: said(&namer, fact)?,
        rules: explanations.iter().filter_map(rule).collect(),
        doubt,
        turtle: turtle(fact)?,
        others: others
            .into_iter()
            .take(MOST_OTHERS)
            .map(|other| Other {
                kind: other.kind.name(),
                words: shortened(characters.slice(other.span)),
                href: wish.telling_of(&other.place) + "#evidence",
            })
            .collect(),
        close: wish.telling_of(""),
    })
}

/// Other facts of a place that are listed at most.
const MOST_OTHERS: usize = 12;

fn shortened(words: &str) -> String {
    let mut short: String = words.chars().take(SHORT).collect();
    if short.len() < words.len() {
        short.push('\u{2026}');
    }
    short
}

/// What the graph's things are called, for a reader.
struct Namer<'a> {
    state: &'a State,
    content: &'a Content,
}

impl Namer<'_> {
    fn link(&self, iri: &str) -> Result<Link, Problem> {
        let href = link::to(self.state.store.base(), iri);
        let known = concepts::name(iri).map(|name| name.zh.clone());
        let text = match known.or_else(|| self.content.label(iri).map(str::to_owned)) {
            Some(text) => text,
            None => self.label(iri)?.unwrap_or_else(|| link::local(iri).to_owned()),
        };
        Ok(Link { text, href })
    }

    fn label(&self, iri: &str) -> Result<Option<String>, Problem> {
        let Ok(node) = NamedNode::new(iri) else { return Ok(None) };
        Ok(labels(self.state, node.as_ref())?.map(|label| label.zh))
    }
}

/// What a thing or a property is called in the store.
pub(in crate::serve::explorer) fn labels(
    state: &State,
    thing: NamedNodeRef<'_>,
) -> Result<Option<RuleSentence>, Problem> {
    let values = state.store.values(thing, rdfs::LABEL)?;
    let of = |wanted: Option<&str>| {
        let mut found = values.iter().filter_map(|value| match value {
            Term::Literal(literal) if literal.language() == wanted => Some(literal.value().to_owned()),
            _ => None,
        });
        found.next()
    };
    let Some(zh) = of(Some("zh")).or_else(|| of(None)) else { return Ok(None) };
    Ok(Some(RuleSentence { zh, en: of(Some("en")).unwrap_or_default() }))
}

/// Statements that the panel tells in other ways.
const TOLD: [NamedNodeRef<'static>; 6] =
    [rdf::TYPE, property::START, property::END, property::QUOTE, property::TEXT, property::DOUBT];

fn said(namer: &Namer<'_>, fact: &Fact) -> Result<Vec<Said>, Problem> {
    let mut said = Vec::new();
    for (predicate, value) in fact.said.iter().filter(|(property, _)| !TOLD.contains(&property.as_ref())) {
        // Of vocabularies that the store does not describe the name is that of the term.
        let local = || RuleSentence { zh: String::new(), en: link::local(predicate.as_str()).to_owned() };
        let property = labels(namer.state, predicate.as_ref())?.unwrap_or_else(local);
        let value = match value {
            Term::NamedNode(node) => namer.link(node.as_str())?,
            other => Link { text: text(other).to_owned(), href: String::new() },
        };
        said.push(Said { property, value });
    }
    Ok(said)
}

/// Why this program reads the fact so, from the text of the report as the store has it.
fn explanations(state: &State, report: NamedNodeRef<'_>, fact: &Fact) -> Result<Vec<Explanation>, Problem> {
    let Some(document) = query::document(state.store.dataset(), report)? else { return Ok(Vec::new()) };
    let read = extract(&document, Lexicon::shared()?);
    let class = match fact.kind {
        Kind::Citation => FactClass::Citation,
        Kind::Body => FactClass::Body,
        Kind::Figure => FactClass::Figure,
        Kind::Finding => FactClass::Finding,
        Kind::Measure | Kind::Problem | Kind::Plan => FactClass::Unit,
    };
    let mut found = explain(&read, Some(fact.span.start))?;
    found.retain(|explanation| explanation.fact.class == class && explanation.fact.span == Some(fact.span));
    Ok(found)
}

fn rule(explanation: &Explanation) -> Option<Rule> {
    let line = explanation.line.as_ref();
    Some(Rule {
        name: explanation.fact.basis.rule.to_owned(),
        sentence: explanation.rule.clone()?,
        table: line.map(|line| line.table.to_owned()).unwrap_or_default(),
        line: line.map_or(0, |line| line.line),
        row: line.map(|line| line.text.clone()).unwrap_or_default(),
        word: explanation.fact.basis.entry.as_ref().map(|entry| entry.word.clone()).unwrap_or_default(),
    })
}

fn turtle(fact: &Fact) -> Result<String, Problem> {
    let mut writer = Writer::new(Format::Turtle, PREFIXES, Vec::new())?;
    let subject = NamedNode::new(&fact.iri).map_err(|error| Problem::bad(error.to_string()))?;
    for (predicate, value) in &fact.said {
        writer.write(&Quad::new(subject.clone(), predicate.clone(), value.clone(), GraphName::DefaultGraph))?;
    }
    let written = String::from_utf8_lossy(&writer.finish()?).into_owned();
    // Which prefixes there are is the same everywhere, and longer than the fact.
    Ok(written.lines().filter(|line| !line.starts_with("@prefix")).collect::<Vec<_>>().join("\n").trim().to_owned())
}
