//! How does a report leave the program? In SHACL's own vocabulary, as rows, or as JSON.

use std::fmt::Write as _;
use std::io::{self, Write};

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfSerializer};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{BlankNode, Literal, NamedNode, Term, Triple};
use oxigraph::store::Store;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::context::Context;
use super::error::Error;
use super::graph::SH;
use super::name::{SHAPE, short};
use super::report::{Report, Violation};
use super::wording::Wording;
use crate::describe::Base;
use crate::vocab::PREFIXES;

/// A notation of RDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// For people to read.
    Turtle,
    /// A triple a line.
    NTriples,
    /// JSON.
    JsonLd,
}

impl Notation {
    const fn format(self) -> RdfFormat {
        match self {
            Self::Turtle => RdfFormat::Turtle,
            Self::NTriples => RdfFormat::NTriples,
            Self::JsonLd => RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
        }
    }
}

/// Bytes of a digest that are kept: enough to tell more violations apart than a store can have.
const DIGEST: usize = 12;

/// A report as an `sh:ValidationReport`.
///
/// Report and results have IRIs under `base`, made from what tells them from each other: a violation that is found
/// again has its old name, so that two reports can be compared. Only the paths that SHACL writes as blank nodes, and shapes that have
/// no name, are blank nodes, with the same labels at every run.
///
/// # Errors
/// When the program's own words cannot be read, which the tests rule out.
pub fn triples(report: &Report, base: &Base) -> Result<Vec<Triple>, Error> {
    let mut triples = Vec::new();
    let names: Vec<NamedNode> = report.violations.iter().map(|violation| base.validation(&digest(violation))).collect();
    let whole =
        names.iter().map(|name| name.as_str().to_owned()).chain([report.shapes.clone(), report.count().to_string()]);
    let node = base.validation(&hash(&whole.collect::<Vec<_>>()));
    let said = |local: &str| NamedNode::new_unchecked(format!("{SH}{local}"));
    triples.push(Triple::new(node.clone(), rdf::TYPE, said("ValidationReport")));
    triples.push(Triple::new(node.clone(), said("conforms"), Literal::from(report.conforms())));
    if report.left_off() > 0 {
        let words = Wording::own()?.reasons("result", &report.left_off().to_string());
        triples
            .extend(Wording::literals(&words).into_iter().map(|words| Triple::new(node.clone(), rdfs::COMMENT, words)));
    }
    let mut blank = 0;
    for (violation, name) in report.violations.iter().zip(names) {
        triples.push(Triple::new(node.clone(), said("result"), name.clone()));
        result(violation, &name, &mut triples, &mut || {
            blank += 1;
            BlankNode::new_unchecked(format!("path{blank}"))
        });
    }
    Ok(triples)
}

fn result(violation: &Violation, name: &NamedNode, triples: &mut Vec<Triple>, fresh: &mut impl FnMut() -> BlankNode) {
    let mut path = Vec::new();
    let mut say = |property: &str, value: Term| {
        triples.push(Triple::new(name.clone(), NamedNode::new_unchecked(format!("{SH}{property}")), value));
    };
    let optional = [
        ("resultPath", violation.path.as_ref().map(|way| way.term(&mut path, fresh))),
        ("value", violation.value.clone()),
        ("sourceConstraint", violation.constraint.clone()),
    ];
    say("focusNode", violation.focus.clone());
    for (property, value) in optional {
        if let Some(value) = value {
            say(property, value);
        }
    }
    say("sourceShape", violation.shape.clone());
    say("sourceConstraintComponent", violation.component.clone().into());
    say("resultSeverity", violation.severity.iri().into());
    violation.messages.iter().for_each(|message| say("resultMessage", message.clone().into()));
    let class = NamedNode::new_unchecked(format!("{SH}ValidationResult"));
    triples.push(Triple::new(name.clone(), rdf::TYPE, class));
    triples.append(&mut path);
}

/// What tells a violation from every other one.
fn digest(violation: &Violation) -> String {
    let optional = |term: &Option<Term>| term.as_ref().map(ToString::to_string).unwrap_or_default();
    hash(&[
        violation.shape.to_string(),
        violation.component.to_string(),
        optional(&violation.constraint),
        violation.focus.to_string(),
        violation.path.as_ref().map(ToString::to_string).unwrap_or_default(),
        optional(&violation.value),
        violation.distinction.clone(),
    ])
}

fn hash(parts: &[String]) -> String {
    let bytes = Sha256::digest(parts.join("\n").as_bytes());
    bytes.iter().take(DIGEST).fold(String::new(), |mut hex, byte| {
        // Writing to a string does not fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Writes a report in SHACL's vocabulary.
///
/// # Errors
/// When `out` fails.
pub fn rdf(report: &Report, base: &Base, notation: Notation, out: &mut impl Write) -> Result<(), Error> {
    let mut serializer = RdfSerializer::from_format(notation.format());
    for (prefix, iri) in PREFIXES.iter().copied().chain([("sh", SH), ("shape", SHAPE)]) {
        // The prefixes are constants, and a test reads back what is written.
        if let Ok(with_prefix) = serializer.clone().with_prefix(prefix, iri) {
            serializer = with_prefix;
        }
    }
    let mut writer = serializer.for_writer(&mut *out);
    for triple in triples(report, base)? {
        writer.serialize_triple(&triple)?;
    }
    writer.finish()?;
    if notation == Notation::JsonLd {
        writeln!(out)?;
    }
    Ok(())
}

/// The columns of the rows.
const COLUMNS: [&str; 13] = [
    "severity",
    "shape",
    "component",
    "report",
    "report_label",
    "node",
    "label",
    "path",
    "value",
    "message_zh",
    "message_en",
    "passage",
    "start",
];

/// Writes a report as CSV, a row a violation; how many were left off is not said there but by [`Report::left_off`].
///
/// # Errors
/// When the store or `out` fails.
pub fn csv(report: &Report, store: &Store, out: &mut impl Write) -> Result<(), Error> {
    let mut writer = csv::Writer::from_writer(out);
    let failed = |error: csv::Error| Error::Write(io::Error::other(error));
    writer.write_record(COLUMNS).map_err(failed)?;
    for violation in &report.violations {
        let context = Context::of(store, &violation.focus)?;
        let text = |text: Option<String>| text.unwrap_or_default();
        writer
            .write_record([
                short(&violation.severity.iri().into()),
                short(&violation.shape),
                short(&violation.component.clone().into()),
                text(context.report),
                text(context.report_label),
                value(&violation.focus),
                text(context.label),
                text(violation.path.as_ref().map(ToString::to_string)),
                text(violation.value.as_ref().map(value)),
                message(violation, "zh"),
                message(violation, "en"),
                text(context.passage),
                text(context.start),
            ])
            .map_err(failed)?;
    }
    writer.flush()?;
    Ok(())
}

/// Writes a report as one JSON object: whether the store conforms, the broken demands with their counts, the violations.
///
/// # Errors
/// When the store or `out` fails.
pub fn json(report: &Report, store: &Store, out: &mut impl Write) -> Result<(), Error> {
    let demands: Vec<Value> = report
        .tallies
        .iter()
        .map(|tally| {
            json!({
                "shape": value(&tally.shape),
                "path": tally.path.as_ref().map(ToString::to_string),
                "component": tally.component.as_str(),
                "severity": tally.severity.iri().as_str(),
                "count": tally.count,
                "listed": tally.listed,
            })
        })
        .collect();
    let results = report.violations.iter().map(|violation| object(violation, store));
    let whole = json!({
        "conforms": report.conforms(),
        "shapes": report.shapes,
        "checked": report.checked,
        "count": report.count(),
        "left_off": report.left_off(),
        "demands": demands,
        "results": results.collect::<Result<Vec<Value>, Error>>()?,
    });
    serde_json::to_writer_pretty(&mut *out, &whole).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

fn object(violation: &Violation, store: &Store) -> Result<Value, Error> {
    let context = serde_json::to_value(Context::of(store, &violation.focus)?).map_err(io::Error::from)?;
    let mut object = Map::new();
    let mut say = |name: &str, value: Value| object.insert(name.to_owned(), value);
    say("severity", json!(violation.severity.iri().as_str()));
    say("shape", json!(value(&violation.shape)));
    say("component", json!(violation.component.as_str()));
    say("node", json!(value(&violation.focus)));
    say("path", json!(violation.path.as_ref().map(ToString::to_string)));
    say("value", json!(violation.value.as_ref().map(value)));
    say("message", json!({ "zh": message(violation, "zh"), "en": message(violation, "en") }));
    say("context", context);
    Ok(Value::Object(object))
}

/// The messages in one language; those that have none are for every reader.
pub(super) fn message(violation: &Violation, language: &str) -> String {
    let fits = |message: &&Literal| message.language().is_none_or(|found| found.starts_with(language));
    violation.messages.iter().filter(fits).map(Literal::value).collect::<Vec<_>>().join(" ")
}

/// A term without the marks around it: for a cell.
fn value(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::Literal(literal) => literal.value().to_owned(),
        other @ Term::BlankNode(_) => other.to_string(),
    }
}
