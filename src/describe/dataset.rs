//! What is in the whole graph? The data set in the words of VoID and DCAT, for catalogues and for programs that look for
//! their way about.
//!
//! Each partition has an IRI below that of the data set, so there are no blank nodes here either.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::vocab::{rdf, rdfs, xsd};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Triple};

use super::{Base, Triples, literal};
use crate::vocab::{PREFIXES, dcat, dcterms, prov, push_segment, void};

/// The Chinese language.
const CHINESE: &str = "http://id.loc.gov/vocabulary/iso639-1/zh";

/// Words in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Words {
    fn literals(&self) -> [Literal; 2] {
        [literal::zh(&self.zh), Literal::new_language_tagged_literal_unchecked(self.en.as_str(), "en")]
    }
}

/// How often a property is used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Use {
    /// Statements with it.
    pub triples: u64,
    /// Things that have it.
    pub subjects: u64,
}

/// The things of a class.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Members {
    /// How many there are.
    pub entities: u64,
    /// Statements about them.
    pub triples: u64,
    /// What is said of them.
    pub properties: BTreeMap<NamedNode, Use>,
}

/// A form in which the graph is given out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Distribution {
    /// Name of the file or directory.
    pub file: String,
    /// Its media type.
    pub media: String,
    /// IRI of the format.
    pub format: Option<NamedNode>,
    /// What it is called.
    pub title: Words,
    /// Where it can be had.
    pub address: Option<NamedNode>,
}

/// What is known of the whole graph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dataset {
    /// What it is called.
    pub title: Words,
    /// What it holds.
    pub description: Words,
    /// What is to be known of rights in it.
    pub rights: Words,
    /// The licence, where one is given.
    pub license: Option<NamedNode>,
    /// ISO 8601 date of the last change.
    pub modified: Option<String>,
    /// Number of statements.
    pub triples: u64,
    /// Number of things that have a class.
    pub entities: u64,
    /// Number of different subjects.
    pub subjects: u64,
    /// Number of different objects.
    pub objects: u64,
    /// The classes with their things.
    pub classes: BTreeMap<NamedNode, Members>,
    /// The properties.
    pub properties: BTreeMap<NamedNode, Use>,
    /// How many statements of a property lead to the concepts of a scheme.
    pub links: BTreeMap<(NamedNode, NamedNode), u64>,
    /// First and last year reported on.
    pub years: Option<(String, String)>,
    /// The provinces (where there is none, the regions) that reports are of.
    pub regions: BTreeSet<NamedNode>,
    /// The versions of the program that read the reports.
    pub extractors: BTreeSet<NamedNode>,
    /// A report to begin with.
    pub example: Option<NamedNode>,
    /// Where a server answers from it, without a slash at the end of the address.
    pub service: Option<NamedNode>,
    /// The forms in which it is given out.
    pub distributions: Vec<Distribution>,
}

/// The data set in RDF, each triple once.
#[must_use]
pub fn dataset(dataset: &Dataset, base: &Base) -> Vec<Triple> {
    let place = Place { iri: base.mint("dataset", &[]) };
    let mut out = Triples::default();
    describe_itself(dataset, base, &place, &mut out);
    for (class, members) in &dataset.classes {
        let partition = place.part(&["class", &short(class)]);
        out.about(&place.iri).says(void::CLASS_PARTITION, partition.clone());
        out.about(&partition)
            .says(void::CLASS, class.clone())
            .says(void::ENTITIES, count(members.entities))
            .says(void::TRIPLES, count(members.triples));
        for (property, used) in &members.properties {
            let inner = place.part(&["class", &short(class), &short(property)]);
            out.about(&partition).says(void::PROPERTY_PARTITION, inner.clone());
            describe_use(&inner, property, *used, &mut out);
        }
    }
    for (property, used) in &dataset.properties {
        let partition = place.part(&["property", &short(property)]);
        out.about(&place.iri).says(void::PROPERTY_PARTITION, partition.clone());
        describe_use(&partition, property, *used, &mut out);
    }
    for ((property, scheme), links) in &dataset.links {
        let name = scheme.as_str().rsplit('/').next().unwrap_or_default();
        let linkset = place.part(&["links", &short(property), name]);
        out.about(&place.iri).says(void::SUBSET, linkset.clone());
        out.about(&linkset)
            .says(rdf::TYPE, void::LINKSET)
            .says(void::LINK_PREDICATE, property.clone())
            .says(void::SUBJECTS_TARGET, place.iri.clone())
            .says(void::OBJECTS_TARGET, scheme.clone())
            .says(void::TRIPLES, count(*links));
        out.about(scheme)
            .says(rdf::TYPE, void::DATASET)
            .says(void::URI_SPACE, literal::plain(&format!("{}/", scheme.as_str())));
    }
    for distribution in &dataset.distributions {
        let iri = place.part(&["distribution", distribution.file.trim_end_matches('/')]);
        out.about(&place.iri).says(dcat::DISTRIBUTION, iri.clone());
        let media = format!("https://www.iana.org/assignments/media-types/{}", distribution.media);
        out.about(&iri)
            .says(rdf::TYPE, dcat::DISTRIBUTION_CLASS)
            .says_each(dcterms::TITLE, distribution.title.literals())
            .says(dcat::MEDIA_TYPE, NamedNode::new_unchecked(media))
            .may_say(dcterms::FORMAT, distribution.format.clone())
            .may_say(dcat::DOWNLOAD_URL, distribution.address.clone())
            .may_say(dcterms::LICENSE, dataset.license.clone());
    }
    out.once()
}

fn describe_itself(dataset: &Dataset, base: &Base, place: &Place, out: &mut Triples) {
    let years = dataset.years.as_ref().map(|_| place.part(&["years"]));
    let vocabularies: BTreeSet<NamedNode> =
        dataset.properties.keys().chain(dataset.classes.keys()).filter_map(namespace).collect();
    let rights = place.part(&["rights"]);
    let features = dataset.distributions.iter().filter_map(|distribution| distribution.format.clone());
    out.about(&place.iri)
        .says(rdf::TYPE, dcat::DATASET)
        .says(rdf::TYPE, void::DATASET)
        .says_each(dcterms::TITLE, dataset.title.literals())
        .says_each(rdfs::LABEL, dataset.title.literals())
        .says_each(dcterms::DESCRIPTION, dataset.description.literals())
        .says(dcterms::LANGUAGE, NamedNode::new_unchecked(CHINESE))
        .says(dcterms::RIGHTS, rights.clone())
        .may_say(dcterms::LICENSE, dataset.license.clone())
        .may_say(dcterms::MODIFIED, dataset.modified.as_deref().map(literal::date))
        .may_say(dcterms::TEMPORAL, years.clone())
        .says_each(dcterms::SPATIAL, dataset.regions.iter().cloned())
        .says_each(prov::WAS_GENERATED_BY, dataset.extractors.iter().cloned())
        .says(void::URI_SPACE, literal::plain(base.as_str()))
        .says_each(void::VOCABULARY, vocabularies)
        .says_each(void::FEATURE, features)
        .may_say(void::EXAMPLE_RESOURCE, dataset.example.clone())
        .says(void::TRIPLES, count(dataset.triples))
        .says(void::ENTITIES, count(dataset.entities))
        .says(void::CLASSES, count(dataset.classes.len() as u64))
        .says(void::PROPERTIES, count(dataset.properties.len() as u64))
        .says(void::DISTINCT_SUBJECTS, count(dataset.subjects))
        .says(void::DISTINCT_OBJECTS, count(dataset.objects));
    if let Some(service) = &dataset.service {
        let at = |path: &str| NamedNode::new_unchecked(format!("{}{path}", service.as_str()));
        out.about(&place.iri).says(void::SPARQL_ENDPOINT, at("/sparql")).says(void::DATA_DUMP, at("/graphs?default"));
    }
    out.about(&rights).says(rdf::TYPE, dcterms::RIGHTS_STATEMENT).says_each(rdfs::LABEL, dataset.rights.literals());
    if let (Some(years), Some((first, last))) = (years, &dataset.years) {
        out.about(&years)
            .says(rdf::TYPE, dcterms::PERIOD_OF_TIME)
            .says(dcat::START_DATE, Literal::new_typed_literal(first.as_str(), xsd::G_YEAR))
            .says(dcat::END_DATE, Literal::new_typed_literal(last.as_str(), xsd::G_YEAR));
    }
}

fn describe_use(partition: &NamedNode, property: &NamedNode, used: Use, out: &mut Triples) {
    out.about(partition)
        .says(void::PROPERTY, property.clone())
        .says(void::TRIPLES, count(used.triples))
        .says(void::DISTINCT_SUBJECTS, count(used.subjects));
}

fn count(number: u64) -> Literal {
    Literal::new_typed_literal(number.to_string(), xsd::INTEGER)
}

/// Prefix and local name of a term, or the whole IRI.
fn short(term: &NamedNode) -> String {
    let found = PREFIXES.iter().find_map(|(prefix, iri)| Some((prefix, term.as_str().strip_prefix(iri)?)));
    found.map_or_else(|| term.as_str().to_owned(), |(prefix, local)| format!("{prefix}:{local}"))
}

/// The vocabulary that a term is of.
fn namespace(term: &NamedNode) -> Option<NamedNode> {
    let iri = term.as_str();
    let end = iri.rfind(['#', '/'])? + 1;
    Some(NamedNodeRef::new_unchecked(&iri[..end]).into_owned())
}

/// The data set, below whose IRI its parts have theirs.
struct Place {
    iri: NamedNode,
}

impl Place {
    fn part(&self, names: &[&str]) -> NamedNode {
        let mut iri = format!("{}#", self.iri.as_str());
        for (position, name) in names.iter().enumerate() {
            if position > 0 {
                iri.push('/');
            }
            push_segment(&mut iri, name);
        }
        NamedNode::new_unchecked(iri)
    }
}
