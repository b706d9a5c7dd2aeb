//! The knowledge graph itself for Gephi, Cytoscape, Graphviz, networkx or igraph: things as nodes, what is said between them
//! as typed, directed edges.
//!
//! Nodes are reports, their measures, problems and plans, and the regions, bodies, documents and categories that these lead
//! to; figures, citations and mentions are left out, since a drawing of them shows nothing. Networks that are computed (which
//! documents are cited together, which regions are alike) come from [`crate::analyze`].
//!
//! Nodes are written as they are met, report by report; an edge waits in 12 bytes until all nodes are written, as GEXF wants
//! it.

mod write;

use std::collections::HashMap;
use std::io::Write;

use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, NamedNodeRef, Term};

use super::error::ExportError;
use super::look::{Facts, Look, Told, plain};
use super::selection::Selection;
use crate::store::{Store, StoreError};
use crate::vocab::{CONCEPTS, class, dcterms, eli, property};

pub use write::NetworkFormat;
use write::NetworkWriter;

const BROADER: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#broader");

/// What an edge says: its property and its name.
const RELATIONS: [(NamedNodeRef<'static>, &str); 12] = [
    (dcterms::IS_PART_OF, "part_of"),
    (dcterms::PUBLISHER, "published_by"),
    (property::REGION, "of_region"),
    (property::CATEGORY, "in_category"),
    (property::ALSO_CATEGORY, "also_in_category"),
    (property::TOPIC, "on_topic"),
    (property::RESPONSIBLE_BODY, "done_by"),
    (property::CITES, "cites"),
    (property::ADDRESSES, "addresses"),
    (property::WITHIN, "within"),
    (property::IMPLEMENTS, "implements"),
    (eli::REPEALED_BY, "repealed_by"),
];
/// The name of the relation from a topic to its category.
const NARROWER: &str = "topic_of";

/// A node.
pub(super) struct Node<'a> {
    id: u32,
    iri: &'a str,
    label: &'a str,
    class: &'a str,
    /// Name of the region of a report, its parts, a body or a document.
    region: &'a str,
    year: &'a str,
}

/// Writes the network of the chosen reports; `edges` takes the table of edges where the format is two tables.
///
/// # Errors
/// Trouble with the disk or with what is written to.
pub fn network<W: Write>(
    store: &Store,
    selection: &Selection,
    format: NetworkFormat,
    nodes: W,
    edges: Option<W>,
) -> Result<Vec<W>, ExportError> {
    let look = Look::new(store);
    let mut net = Net {
        look: &look,
        writer: NetworkWriter::begin(format, nodes, edges)?,
        shared: HashMap::new(),
        waiting: Vec::new(),
        edges: Vec::new(),
        next: 0,
    };
    for chosen in selection.reports() {
        net.report(&Told::read(store, &chosen.report)?)?;
    }
    let Net { mut writer, edges, .. } = net;
    writer.begin_edges()?;
    for (number, (source, target, relation)) in edges.iter().enumerate() {
        let relation = RELATIONS.get(usize::from(*relation)).map_or(NARROWER, |(_, name)| name);
        writer.edge(number, *source, *target, relation)?;
    }
    writer.finish()
}

struct Net<'a, W: Write> {
    look: &'a Look<'a>,
    writer: NetworkWriter<W>,
    /// The nodes that reports share.
    shared: HashMap<NamedNode, u32>,
    /// Shared nodes of which it is not told yet where they lead.
    waiting: Vec<NamedNode>,
    /// Source, target and relation.
    edges: Vec<(u32, u32, u8)>,
    next: u32,
}

impl<W: Write> Net<'_, W> {
    fn report(&mut self, told: &Told) -> Result<(), ExportError> {
        let whole = told.of_report();
        let region = match whole.node(property::REGION) {
            Some(region) => self.look.about(region)?.name().unwrap_or_default().to_owned(),
            None => String::new(),
        };
        let year = whole.first(property::YEAR).unwrap_or_default();
        let mut own: HashMap<&NamedNode, u32> = HashMap::new();
        for (thing, facts) in told.things() {
            let Some(class) = own_class(facts) else { continue };
            let label = facts.first(rdfs::LABEL).unwrap_or_default();
            let id = self.node(thing.as_str(), label, class, &region, year)?;
            own.insert(thing, id);
        }
        for (thing, facts) in told.things() {
            // A citation outside the units is what the report itself cites.
            if facts.is(class::CITATION) && told.holder(facts).is_none() {
                if let (Some(report), Some(document)) = (own.get(&told.report), facts.node(property::CITES)) {
                    let document = self.shared(document)?;
                    self.edge(*report, document, property::CITES);
                }
                continue;
            }
            let Some(source) = own.get(thing).copied() else { continue };
            // The region of a part is that of its report.
            let is_part = *thing != told.report;
            for (relation, value) in facts.all() {
                let known = RELATIONS.iter().any(|(known, _)| known == relation);
                let Term::NamedNode(target) = value else { continue };
                if !known || (is_part && *relation == property::REGION) {
                    continue;
                }
                let target = match own.get(target) {
                    Some(target) => *target,
                    None => self.shared(target)?,
                };
                self.edge(source, target, relation.as_ref());
            }
        }
        self.follow()
    }

    /// Tells where the shared nodes lead that were met.
    fn follow(&mut self) -> Result<(), ExportError> {
        while let Some(thing) = self.waiting.pop() {
            let facts = self.look.about(&thing)?;
            let Some(source) = self.shared.get(&thing).copied() else { continue };
            for (relation, value) in facts.all() {
                let Term::NamedNode(target) = value else { continue };
                if *relation == BROADER {
                    let target = self.shared(target)?;
                    self.edges.push((source, target, u8::MAX));
                } else if RELATIONS.iter().any(|(known, _)| known == relation) {
                    let target = self.shared(target)?;
                    self.edge(source, target, relation.as_ref());
                }
            }
        }
        Ok(())
    }

    /// The node of a thing that reports share, which is written when it is met first.
    fn shared(&mut self, thing: &NamedNode) -> Result<u32, ExportError> {
        if let Some(id) = self.shared.get(thing) {
            return Ok(*id);
        }
        let facts = self.look.about(thing)?;
        let class = shared_class(thing, &facts);
        let region = self.region_of(&facts)?;
        let id = self.node(thing.as_str(), facts.name().unwrap_or_default(), class, &region, "")?;
        self.shared.insert(thing.clone(), id);
        self.waiting.push(thing.clone());
        Ok(id)
    }

    fn region_of(&self, facts: &Facts) -> Result<String, StoreError> {
        let Some(region) = facts.node(property::REGION) else { return Ok(String::new()) };
        Ok(self.look.about(region)?.name().unwrap_or_default().to_owned())
    }

    fn node(&mut self, iri: &str, label: &str, class: &str, region: &str, year: &str) -> Result<u32, ExportError> {
        let id = self.next;
        self.next += 1;
        self.writer.node(&Node { id, iri, label, class, region, year })?;
        Ok(id)
    }

    fn edge(&mut self, source: u32, target: u32, relation: NamedNodeRef<'_>) {
        let position = RELATIONS.iter().position(|(known, _)| *known == relation);
        if let Some(Ok(relation)) = position.map(u8::try_from) {
            self.edges.push((source, target, relation));
        }
    }
}

fn own_class(facts: &Facts) -> Option<&'static str> {
    [(class::REPORT, "report"), (class::MEASURE, "measure"), (class::PROBLEM, "problem"), (class::PLAN, "plan")]
        .into_iter()
        .find_map(|(class, name)| facts.is(class).then_some(name))
}

fn shared_class(thing: &NamedNode, facts: &Facts) -> &'static str {
    let classes = [(class::REGION, "region"), (class::BODY, "body"), (class::DOCUMENT, "document")];
    let found = classes.into_iter().find_map(|(class, name)| facts.is(class).then_some(name));
    let concept = thing.as_str().starts_with(CONCEPTS).then_some("category");
    found.or(concept).unwrap_or_else(|| match facts.of(rdf::TYPE).next().map(plain) {
        Some(_) => "other",
        None => "unknown",
    })
}
