//! What do reports share? The documents, bodies and region that one report names, described so that its graph can be read
//! alone: no more than follows from what identifies each, so that no two reports contradict each other.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{Literal, NamedNode};

use super::{Base, Triples, literal, notation};
use crate::report::{BodyMention, Citation, Implemented, Level, Report};
use crate::vocab::{Scheme, class, org, property, prov};

/// What one report named so far, to be described at the end, each once.
pub(super) struct Shared<'a> {
    report: &'a Report,
    base: &'a Base,
    documents: BTreeMap<NamedNode, (&'a Citation, Option<NamedNode>)>,
    implements: BTreeMap<NamedNode, Vec<&'a Implemented>>,
    bodies: BTreeMap<NamedNode, Body<'a>>,
    /// The first mention of each name: bodies that carry out a unit or issue the report are known by name only.
    mentions: BTreeMap<&'a str, &'a BodyMention>,
}

struct Body<'a> {
    name: &'a str,
    region: Option<&'a str>,
    kind: Option<&'a str>,
}

impl<'a> Shared<'a> {
    pub(super) fn new(report: &'a Report, base: &'a Base) -> Self {
        let mut mentions = BTreeMap::new();
        for mention in &report.bodies {
            mentions.entry(mention.name.as_str()).or_insert(mention);
        }
        Self {
            report,
            base,
            documents: BTreeMap::new(),
            implements: BTreeMap::new(),
            bodies: BTreeMap::new(),
            mentions,
        }
    }

    /// The document that a citation means.
    pub(super) fn document(&mut self, citation: &'a Citation) -> NamedNode {
        let (iri, region) = self.issued(citation);
        let stated = citation.implements.iter().filter(|higher| higher.basis.doubt.is_none());
        self.implements.entry(iri.clone()).or_default().extend(stated);
        self.documents.entry(iri.clone()).or_insert((citation, region));
        iri
    }

    /// The IRI of a document, and the region that issued it. Its level follows from the IRI, whoever cites it: from the code of
    /// the region, from that there is none, or because the level stands in it.
    fn issued(&self, citation: &Citation) -> (NamedNode, Option<NamedNode>) {
        let (title, level) = (citation.canonical.as_str(), citation.level);
        if level == Level::National {
            return (self.base.document(title, None), None);
        }
        let reporter = self.report.metadata.region.as_ref().filter(|region| !region.name.is_empty());
        let own = reporter.filter(|region| region.level == level && region.code == citation.region);
        let code = own.and_then(|own| own.township.as_deref()).or(citation.region.as_deref());
        if let Some(code) = code.filter(|code| level_of_code(code) == Some(level)) {
            return (self.base.document(title, Some(code)), Some(self.base.region(code)));
        }
        let mut issuer: Vec<&str> = code.into_iter().collect();
        let mut region = code.map(|code| self.base.region(code));
        match own {
            Some(own) if level == Level::Department => {
                issuer.extend(own.path.iter().filter(|_| code.is_none()).map(String::as_str));
                issuer.extend(self.report.metadata.issuer.as_deref());
            }
            Some(own) if level == Level::Township || code.is_none() => {
                issuer.extend(own.path.iter().filter(|name| code.is_none() && **name != own.name).map(String::as_str));
                issuer.push(&own.name);
                region = Some(self.base.region_of(own));
            }
            _ => {}
        }
        (self.base.document_without_code(notation::level(level), &issuer, title), region)
    }

    /// The body that a mention means.
    pub(super) fn mentioned(&mut self, mention: &'a BodyMention) -> NamedNode {
        self.name(&mention.name, mention.region.as_deref(), mention.kind.as_deref())
    }

    /// The body with this full name: of the region that a mention of it tells, else of the report's.
    pub(super) fn body(&mut self, name: &'a str) -> NamedNode {
        if let Some(&mention) = self.mentions.get(name) {
            return self.mentioned(mention);
        }
        let region = self.report.metadata.region.as_ref().and_then(|region| region.code.as_deref());
        self.name(name, region, None)
    }

    fn name(&mut self, name: &'a str, region: Option<&'a str>, kind: Option<&'a str>) -> NamedNode {
        let iri = self.base.body(name, region);
        let body = self.bodies.entry(iri.clone()).or_insert(Body { name, region, kind });
        body.kind = body.kind.or(kind);
        iri
    }

    /// What made the graph: this version of the program.
    pub(super) fn extractor(&self) -> NamedNode {
        extractor(self.base)
    }

    pub(super) fn describe(&self, out: &mut Triples) {
        for (iri, (citation, region)) in &self.documents {
            let kind = citation.kind_by_name.unwrap_or(citation.kind);
            out.about(iri)
                .says(rdf::TYPE, class::DOCUMENT)
                .says(rdfs::LABEL, literal::zh(&citation.canonical))
                .says(property::KIND, Scheme::DocumentKind.concept(notation::document_kind(kind, citation.level)))
                .says(property::LEVEL, Scheme::Level.concept(notation::level(citation.level)))
                .may_say(property::REGION, region.clone())
                .says_each(property::IMPLEMENTS, self.implemented(iri));
        }
        for (iri, body) in &self.bodies {
            out.about(iri)
                .says(rdf::TYPE, class::BODY)
                .says(rdfs::LABEL, literal::zh(body.name))
                .may_say(property::REGION, body.region.map(|code| self.base.region(code)))
                .may_say(org::CLASSIFICATION, body.kind.map(|kind| Scheme::BodyType.concept(kind)));
        }
        self.describe_region(out);
        let name = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));
        out.about(&self.extractor())
            .says(rdf::TYPE, prov::ACTIVITY)
            .says(rdfs::LABEL, Literal::new_language_tagged_literal_unchecked(name, "en"));
    }

    /// The higher documents that any citation of a document says it puts into effect, doubted ones left out.
    fn implemented(&self, document: &NamedNode) -> BTreeSet<NamedNode> {
        let stated = self.implements.get(document).into_iter().flatten();
        stated.map(|higher| self.base.document(&higher.title, higher.region.as_deref())).collect()
    }

    /// The report's region, where it is named. Of one with a code the registry tells the rest.
    fn describe_region(&self, out: &mut Triples) {
        let Some(region) = self.report.metadata.region.as_ref().filter(|region| !region.name.is_empty()) else {
            return;
        };
        let iri = self.base.region_of(region);
        let about = out.about(&iri).says(rdf::TYPE, class::REGION).says(rdfs::LABEL, literal::zh(&region.name));
        let is_township = region.level == Level::Township;
        // Townships are in no registry of the store.
        if is_township || region.code.is_none() {
            let level = Some(region.level).filter(|level| *level != Level::Department);
            about
                .may_say(property::LEVEL, level.map(|level| Scheme::Level.concept(notation::level(level))))
                .may_say(property::WITHIN, region.code.as_deref().map(|county| self.base.region(county)));
        }
    }
}

/// This version of the program.
pub(super) fn extractor(base: &Base) -> NamedNode {
    base.mint("extractor", &[env!("CARGO_PKG_VERSION")])
}

/// The level of the region with this code: six digits by GB/T 2260, nine of a township by GB/T 10114.
fn level_of_code(code: &str) -> Option<Level> {
    if !code.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    match code.len() {
        6 if code.ends_with("0000") => Some(Level::Province),
        6 if code.ends_with("00") => Some(Level::Prefecture),
        6 => Some(Level::County),
        9 => Some(Level::Township),
        _ => None,
    }
}
