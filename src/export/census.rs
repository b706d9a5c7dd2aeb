//! What is in the store, counted for its description: one pass over all statements.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use serde::Deserialize;

use super::error::ExportError;
use super::look::{Look, plain};
use crate::describe::{Base, Dataset, Distribution, Members, Use, Words, dataset};
use crate::store::Store;
use crate::vocab::{CONCEPTS, class, dcterms, property, prov};

const WORDING: &str = include_str!("../../data/export/dataset.toml");

/// What the store cannot tell of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Publication {
    /// IRI of the licence of the extracted data.
    pub license: Option<NamedNode>,
    /// ISO 8601 date of the last change; without it the latest date on a page counts.
    pub modified: Option<String>,
    /// Where the files of `fazhi export` are published, an address that ends in a slash.
    pub address: Option<NamedNode>,
    /// Where a server answers from the store (`fazhi serve`), without a slash at its end.
    pub service: Option<NamedNode>,
}

#[derive(Deserialize)]
struct Wording {
    title: Text,
    description: Text,
    rights: Text,
    distribution: Vec<File>,
}

#[derive(Deserialize)]
struct Text {
    zh: String,
    en: String,
}

#[derive(Deserialize)]
struct File {
    #[serde(rename = "file")]
    name: String,
    media: String,
    format: Option<String>,
    title: Text,
}

impl From<Text> for Words {
    fn from(text: Text) -> Self {
        Self { zh: text.zh, en: text.en }
    }
}

/// The description of the data set that the store holds, in VoID and DCAT: statements of the default graph, those about
/// the data set itself first.
///
/// Every statement of the store is read once. In memory are the counts, and 16 bytes or so for each different object.
///
/// # Errors
/// When the disk fails, or the base of the store is none.
pub fn describe(store: &Store, publication: &Publication) -> Result<Vec<Quad>, ExportError> {
    let base = Base::new(store.base()).map_err(|error| std::io::Error::new(std::io::ErrorKind::InvalidData, error))?;
    published(&count(store)?, publication, &base)
}

/// What is in the store, counted: every statement is read once.
///
/// # Errors
/// When the disk fails.
pub fn count(store: &Store) -> Result<Dataset, ExportError> {
    let mut census = Census::default();
    let mut thing: Vec<Quad> = Vec::new();
    store.statements::<ExportError>(|quad| {
        if thing.first().is_some_and(|first| first.subject != quad.subject) {
            census.count(&thing);
            thing.clear();
        }
        thing.push(quad.clone());
        Ok(())
    })?;
    census.count(&thing);
    census.finish(store)
}

/// The description of what was counted: statements of the default graph, those about the data set itself first.
///
/// # Errors
/// When the wording that the program was built with is damaged, which the tests rule out.
pub fn published(counted: &Dataset, publication: &Publication, base: &Base) -> Result<Vec<Quad>, ExportError> {
    let wording: Wording =
        toml::from_str(WORDING).map_err(|error| std::io::Error::new(std::io::ErrorKind::InvalidData, error))?;
    let mut known = counted.clone();
    known.title = wording.title.into();
    known.description = wording.description.into();
    known.rights = wording.rights.into();
    known.license.clone_from(&publication.license);
    known.service.clone_from(&publication.service);
    if publication.modified.is_some() {
        known.modified.clone_from(&publication.modified);
    }
    known.distributions = wording
        .distribution
        .into_iter()
        .map(|file| Distribution {
            format: file.format.and_then(|format| NamedNode::new(format).ok()),
            address: publication
                .address
                .as_ref()
                .and_then(|address| NamedNode::new(format!("{}{}", address.as_str(), file.name)).ok()),
            file: file.name,
            media: file.media,
            title: file.title.into(),
        })
        .collect();
    let mut quads: Vec<Quad> = dataset(&known, base)
        .into_iter()
        .map(|triple| triple.in_graph(oxigraph::model::GraphName::DefaultGraph))
        .collect();
    // The data set itself comes first, and what is said of one thing stands together.
    let first = quads.first().map(|quad| quad.subject.clone());
    quads.sort_by_cached_key(|quad| (Some(&quad.subject) != first.as_ref(), quad.to_string()));
    Ok(quads)
}

#[derive(Default)]
struct Census {
    known: Dataset,
    /// Fingerprints of the objects: two of ten million are taken for one with a chance of less than one in 100,000.
    objects: HashSet<u64>,
    years: BTreeSet<String>,
    reporting: BTreeSet<NamedNode>,
}

impl Census {
    /// Counts the statements about one thing.
    fn count(&mut self, thing: &[Quad]) {
        let Some(first) = thing.first() else { return };
        let types: BTreeSet<&NamedNode> = thing.iter().filter_map(class_of).collect();
        let properties: BTreeSet<&NamedNode> = thing.iter().map(|quad| &quad.predicate).collect();
        let triples = thing.len() as u64;
        self.known.triples += triples;
        self.known.subjects += 1;
        self.known.entities += u64::from(!types.is_empty());
        for quad in thing {
            let mut hasher = DefaultHasher::new();
            quad.object.hash(&mut hasher);
            self.objects.insert(hasher.finish());
            if let Some(scheme) = scheme_of(&quad.object) {
                *self.known.links.entry((quad.predicate.clone(), scheme)).or_default() += 1;
            }
        }
        let uses: BTreeMap<&NamedNode, u64> = properties
            .iter()
            .map(|property| (*property, thing.iter().filter(|quad| quad.predicate == **property).count() as u64))
            .collect();
        add(&mut self.known.properties, &uses);
        for class in types {
            let members: &mut Members = self.known.classes.entry(class.clone()).or_default();
            members.entities += 1;
            members.triples += triples;
            add(&mut members.properties, &uses);
        }
        if let NamedOrBlankNode::NamedNode(report) = &first.subject
            && thing.iter().any(|quad| class_of(quad).is_some_and(|found| *found == class::REPORT))
        {
            self.report(report, thing);
        }
    }

    fn report(&mut self, report: &NamedNode, facts: &[Quad]) {
        if self.known.example.as_ref().is_none_or(|example| report < example) {
            self.known.example = Some(report.clone());
        }
        for quad in facts {
            match (quad.predicate.as_ref(), &quad.object) {
                (property::YEAR, year) => {
                    self.years.insert(plain(year).to_owned());
                }
                (property::REGION, Term::NamedNode(region)) => {
                    self.reporting.insert(region.clone());
                }
                (prov::WAS_GENERATED_BY, Term::NamedNode(extractor)) => {
                    self.known.extractors.insert(extractor.clone());
                }
                (dcterms::ISSUED, issued) => {
                    let issued = plain(issued);
                    if self.known.modified.as_deref().is_none_or(|latest| issued > latest) {
                        self.known.modified = Some(issued.to_owned());
                    }
                }
                _ => {}
            }
        }
    }

    fn finish(mut self, store: &Store) -> Result<Dataset, ExportError> {
        let look = Look::new(store);
        for region in &self.reporting {
            let province = look.around(region, "province")?;
            self.known.regions.insert(province.unwrap_or_else(|| region.clone()));
        }
        self.known.years = self.years.first().cloned().zip(self.years.last().cloned());
        self.known.objects = self.objects.len() as u64;
        Ok(self.known)
    }
}

fn add(uses: &mut BTreeMap<NamedNode, Use>, more: &BTreeMap<&NamedNode, u64>) {
    for (property, triples) in more {
        if !uses.contains_key(*property) {
            uses.insert((*property).clone(), Use::default());
        }
        if let Some(used) = uses.get_mut(*property) {
            used.triples += triples;
            used.subjects += 1;
        }
    }
}

fn class_of(quad: &Quad) -> Option<&NamedNode> {
    match &quad.object {
        Term::NamedNode(class) if quad.predicate == rdf::TYPE => Some(class),
        _ => None,
    }
}

/// The scheme of a concept.
fn scheme_of(object: &Term) -> Option<NamedNode> {
    let Term::NamedNode(concept) = object else { return None };
    let (scheme, _) = concept.as_str().strip_prefix(CONCEPTS)?.split_once('/')?;
    Some(NamedNodeRef::new_unchecked(&format!("{CONCEPTS}{scheme}")).into_owned())
}
