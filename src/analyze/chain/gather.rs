//! Which documents may belong to a chain, and which reports were read?

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::store::Store;

use super::super::places::rows;
use crate::lexicon::{Lexicon, Series};
use crate::query::{Around, Error, Limits};
use crate::resolve::implemented::series;
use crate::text::Text;

/// A document of the store, under all the titles by which it is cited.
#[derive(Debug, Clone, Default)]
pub(super) struct Document {
    /// IRIs with titles, the one that stands for all first.
    pub(super) names: Vec<(String, String)>,
    pub(super) level: String,
    pub(super) region: Option<String>,
    /// What its title says beside the issuer.
    pub(super) series: Option<Series>,
    /// IRIs of the documents that it states to put into effect.
    pub(super) implements: BTreeSet<String>,
}

/// What a chain is made of.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// The document that was asked for.
    pub(super) root: Document,
    /// The documents that may stand below it.
    pub(super) documents: Vec<Document>,
    /// Region and year of every report.
    pub(super) reports: Vec<(String, Option<u16>)>,
}

const DOCUMENTS: &str = "SELECT ?document ?title WHERE { ?document a fz:Document ; rdfs:label ?title }";
const IMPLEMENTS: &str = "SELECT ?lower ?higher WHERE { ?lower fz:implements ?higher }";
const REPORTS: &str = "SELECT ?report ?region ?year WHERE { ?report a fz:Report ; fz:region ?region ; fz:year ?year }";

pub(super) fn gather(store: &Store, root: &str, lexicon: &Lexicon, limits: Limits) -> Result<Gathered, Error> {
    let mut implements: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in rows(store, IMPLEMENTS, limits)? {
        implements.entry(row[0].clone()).or_default().insert(row[1].clone());
    }
    let mut all: BTreeMap<String, Document> = BTreeMap::new();
    for row in rows(store, DOCUMENTS, limits)? {
        let document = all.entry(row[0].clone()).or_insert_with(|| Document {
            names: vec![(row[0].clone(), row[1].clone())],
            level: String::new(),
            region: None,
            series: None,
            implements: implements.remove(&row[0]).unwrap_or_default(),
        });
        if document.series.is_none() {
            document.series = series(Text::new(&row[1]).folded(), lexicon);
        }
    }
    let mut found = Gathered { root: all.remove(root).unwrap_or_default(), ..Gathered::default() };
    let below = below(root, &found.root, &all, lexicon);
    all.retain(|iri, _| below.contains(iri));
    let around = Around::new(store);
    for (iri, document) in all.iter_mut().chain([(&root.to_owned(), &mut found.root)]) {
        let level = around.iri(iri, "fz:level")?.unwrap_or_default();
        level.rsplit('/').next().unwrap_or_default().clone_into(&mut document.level);
        document.region = around.iri(iri, "fz:region")?;
    }
    found.documents = merged(all.into_values());
    for row in rows(store, REPORTS, limits)? {
        found.reports.push((row[1].clone(), row[2].parse().ok()));
    }
    Ok(found)
}

/// The documents that state to put the root into effect, directly or through others, and those of its subject and period.
fn below(root: &str, of: &Document, all: &BTreeMap<String, Document>, lexicon: &Lexicon) -> BTreeSet<String> {
    let cues = &lexicon.citations.series;
    let subject = |iri: &str| all.get(iri).and_then(|document| document.series.as_ref()).map(|series| &series.subject);
    let alike = |document: &Document| match (&document.series, &of.series) {
        (Some(own), Some(higher)) => {
            // A title without years that states to put another edition into effect does not belong to this one.
            let of_another = own.period.is_none()
                && document.implements.iter().any(|other| other != root && subject(other) == Some(&higher.subject))
                && !document.implements.contains(root);
            own.goes_with(higher, cues) && !of_another
        }
        _ => false,
    };
    let mut found: BTreeSet<String> =
        all.iter().filter(|(_, document)| alike(document)).map(|(iri, _)| iri.clone()).collect();
    loop {
        let before = found.len();
        let states =
            |document: &Document| document.implements.iter().any(|higher| higher == root || found.contains(higher));
        let more: Vec<String> =
            all.iter().filter(|(_, document)| states(document)).map(|(iri, _)| iri.clone()).collect();
        found.extend(more);
        if found.len() == before {
            return found;
        }
    }
}

/// Documents of one region with one subject and form are one document where their periods do not differ: reports leave out the
/// years, or print them in several ways.
fn merged(documents: impl Iterator<Item = Document>) -> Vec<Document> {
    let mut groups: BTreeMap<(Option<String>, String, String), Vec<Document>> = BTreeMap::new();
    for document in documents {
        let (subject, form) = match &document.series {
            Some(series) => (series.subject.clone(), series.form.clone()),
            None => (document.names.first().map_or_else(String::new, |(iri, _)| iri.clone()), String::new()),
        };
        let group = groups.entry((document.region.clone(), subject, form)).or_default();
        let period = |document: &Document| document.series.as_ref().and_then(|series| series.period);
        let fits = |known: &&mut Document| match (period(known), period(&document)) {
            (Some(known), Some(own)) => known == own,
            _ => true,
        };
        if let Some(known) = group.iter_mut().find(fits) {
            if period(known).is_none() {
                known.series.clone_from(&document.series);
                known.names.splice(0..0, document.names);
            } else {
                known.names.extend(document.names);
            }
            known.implements.extend(document.implements);
        } else {
            group.push(document);
        }
    }
    groups.into_values().flatten().collect()
}
