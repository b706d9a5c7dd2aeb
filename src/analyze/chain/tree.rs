//! What stands below what, who names it, and which regions name nothing?

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::store::Store;

use super::gather::{Document, Gathered};
use super::{Chain, Link, NoneFound, Tie};
use crate::analyze::Error;
use crate::analyze::passage::Passages;
use crate::analyze::places::Places;
use crate::lexicon::{Lexicon, SeriesCues};
use crate::query::Around;

/// The levels from the top.
const LEVELS: [&str; 6] = ["national", "province", "prefecture", "county", "township", "department"];
/// The levels of regions in which a document is looked for even where only places within them report.
const AROUND: [&str; 3] = ["province", "prefecture", "county"];
/// Most citations of one document that are looked at for the first.
const CITATIONS: usize = 20_000;

fn rank(level: &str) -> usize {
    LEVELS.iter().position(|known| *known == level).unwrap_or(LEVELS.len())
}

pub(super) fn grow(
    store: &Store,
    gathered: &Gathered,
    places: &Places,
    region: Option<&str>,
    lexicon: &Lexicon,
) -> Result<Chain, Error> {
    let tree = Tree { gathered, places, cues: &lexicon.citations.series };
    let around = Around::new(store);
    let mut scribe = Scribe { around, passages: Passages::new(around), places };
    let reach = |document: &Document| match (&document.region, region) {
        (Some(own), Some(wanted)) => places.is_within(own, wanted) || places.is_within(wanted, own),
        (None, Some(_)) => false,
        (_, None) => true,
    };
    let within_root = |document: &Document| match (&document.region, &gathered.root.region) {
        (Some(own), Some(root)) => places.is_within(own, root),
        _ => gathered.root.region.is_none(),
    };
    let kept: Vec<usize> = gathered
        .documents
        .iter()
        .enumerate()
        .filter(|(_, document)| reach(document) && within_root(document))
        .map(|(at, _)| at)
        .collect();
    let parents = tree.parents(&kept);
    let mut root = scribe.link(&gathered.root, Tie::Root)?;
    let years = tree.years(&scribe, &root)?;
    let reports = tree.reports(years, region);
    tree.add_below(&mut root, None, &parents, &mut scribe)?;
    let mut covered = BTreeSet::new();
    collect_regions(&root, &mut covered);
    for missing in tree.none_found(&reports, &covered) {
        let at = places.upwards(&missing.region).find(|above| covered.contains(*above)).map(str::to_owned);
        deepest(&mut root, at.as_deref()).none_found.push(missing);
    }
    Ok(Chain {
        root,
        region: region.map(|region| places.path(region)),
        years,
        reports: reports.values().map(Vec::len).sum(),
    })
}

struct Tree<'a> {
    gathered: &'a Gathered,
    places: &'a Places,
    cues: &'a SeriesCues,
}

impl Tree<'_> {
    /// Below which document each stands, and why; `None` for the root.
    fn parents(&self, kept: &[usize]) -> BTreeMap<usize, (Option<usize>, Tie)> {
        let documents = &self.gathered.documents;
        let mut parents: BTreeMap<usize, (Option<usize>, Tie)> = BTreeMap::new();
        for at in kept {
            let own = &documents[*at];
            let is_above = |other: &&usize| rank(&documents[**other].level) < rank(&own.level);
            let near =
                kept.iter().filter(is_above).filter_map(|other| Some((*other, self.tie(own, &documents[*other])?)));
            let level = |other: usize| rank(&documents[other].level);
            let nearest =
                near.max_by_key(|(other, tie)| (level(*other), *tie == Tie::Stated, std::cmp::Reverse(*other)));
            let states_root = self.states(own, &self.gathered.root);
            let found = match nearest {
                Some((other, tie)) => (Some(other), tie),
                None => (None, if states_root { Tie::Stated } else { Tie::SameSubject }),
            };
            parents.insert(*at, found);
        }
        // What puts a document of the same level into effect stands below that one.
        for at in kept {
            let own = &documents[*at];
            let beside = kept.iter().find(|other| {
                let other_document = &documents[**other];
                *other != at && other_document.region == own.region && self.states(own, other_document)
            });
            if let Some(other) = beside
                && !leads_to(&parents, *other, *at)
            {
                parents.insert(*at, (Some(*other), Tie::Stated));
            }
        }
        parents
    }

    fn states(&self, lower: &Document, higher: &Document) -> bool {
        higher.names.iter().any(|(iri, _)| lower.implements.contains(iri))
    }

    /// Why a document stands below one of a higher level.
    fn tie(&self, lower: &Document, higher: &Document) -> Option<Tie> {
        if self.states(lower, higher) {
            return Some(Tie::Stated);
        }
        let within = self.places.is_within(lower.region.as_deref()?, higher.region.as_deref()?);
        let (own, other) = (lower.series.as_ref()?, higher.series.as_ref()?);
        (within && own.goes_with(other, self.cues)).then_some(Tie::SameSubject)
    }

    /// The years of the reports in which the chain is looked for.
    fn years(&self, scribe: &Scribe<'_>, root: &Link) -> Result<(Option<u16>, Option<u16>), Error> {
        let period = self.gathered.root.series.as_ref().and_then(|series| series.period);
        let issued = scribe.around.text(&root.document, "eli:date_document")?;
        let issued = issued.and_then(|date| date.get(..4)?.parse::<u16>().ok());
        Ok((issued.or(period.map(|(first, _)| first)), period.map(|(_, last)| last)))
    }

    /// The years of the reports of each region, within the region that was asked for.
    fn reports(&self, years: (Option<u16>, Option<u16>), region: Option<&str>) -> BTreeMap<&str, Vec<u16>> {
        let mut found: BTreeMap<&str, Vec<u16>> = BTreeMap::new();
        let root = self.gathered.root.region.as_deref();
        for (place, year) in &self.gathered.reports {
            let Some(year) = year else { continue };
            let in_time = years.0.is_none_or(|first| *year >= first) && years.1.is_none_or(|last| *year <= last);
            let is_within = |around: Option<&str>| around.is_none_or(|around| self.places.is_within(place, around));
            if in_time && !place.is_empty() && is_within(region) && is_within(root) {
                found.entry(place).or_default().push(*year);
            }
        }
        found
    }

    /// The regions with reports and those around them that have no document in the chain.
    fn none_found(&self, reports: &BTreeMap<&str, Vec<u16>>, covered: &BTreeSet<String>) -> Vec<NoneFound> {
        let mut years: BTreeMap<&str, (usize, BTreeSet<u16>)> = BTreeMap::new();
        let root = self.gathered.root.region.as_deref();
        for (place, found) in reports {
            for at in self.places.upwards(place) {
                let level = self.places.get(at).map_or("", |place| place.level.as_str());
                let counts = at == *place || AROUND.contains(&level);
                let below_root = Some(at) != root && root.is_none_or(|root| self.places.is_within(at, root));
                if counts && below_root && !covered.contains(at) {
                    let known = years.entry(at).or_default();
                    known.0 += found.len();
                    known.1.extend(found);
                }
            }
        }
        let missing = years.into_iter().map(|(region, (reports, years))| NoneFound {
            region: region.to_owned(),
            place: self.places.path(region),
            level: self.places.get(region).map_or_else(String::new, |place| place.level.clone()),
            reports,
            years: years.into_iter().collect(),
        });
        let mut missing: Vec<NoneFound> = missing.collect();
        missing.sort_by(|a, b| (rank(&a.level), &a.region).cmp(&(rank(&b.level), &b.region)));
        missing
    }

    fn add_below(
        &self,
        link: &mut Link,
        at: Option<usize>,
        parents: &BTreeMap<usize, (Option<usize>, Tie)>,
        scribe: &mut Scribe<'_>,
    ) -> Result<(), Error> {
        for (child, (_, tie)) in parents.iter().filter(|(_, (parent, _))| *parent == at) {
            let mut below = scribe.link(&self.gathered.documents[*child], *tie)?;
            self.add_below(&mut below, Some(*child), parents, scribe)?;
            link.below.push(below);
        }
        link.below.sort_by(|a, b| (&a.region, &a.title).cmp(&(&b.region, &b.title)));
        Ok(())
    }
}

/// Whether the way up from one document passes another.
fn leads_to(parents: &BTreeMap<usize, (Option<usize>, Tie)>, from: usize, to: usize) -> bool {
    let mut at = Some(from);
    for _ in 0..=parents.len() {
        match at {
            Some(here) if here == to => return true,
            Some(here) => at = parents.get(&here).and_then(|(parent, _)| *parent),
            None => return false,
        }
    }
    true
}

fn collect_regions(link: &Link, into: &mut BTreeSet<String>) {
    // What a department or an office drew up is not yet its region's.
    into.extend(link.region.clone().filter(|_| link.level != "department"));
    for below in &link.below {
        collect_regions(below, into);
    }
}

/// The deepest link of a region; the root where none is of it.
fn deepest<'l>(link: &'l mut Link, region: Option<&str>) -> &'l mut Link {
    let has = |link: &Link| {
        let mut regions = BTreeSet::new();
        collect_regions(link, &mut regions);
        region.is_some_and(|region| regions.contains(region))
    };
    match link.below.iter().position(has) {
        Some(at) if link.region.as_deref() != region || region.is_none() => deepest(&mut link.below[at], region),
        _ => link,
    }
}

/// Reads what a link says of its document.
struct Scribe<'s> {
    around: Around<'s>,
    passages: Passages<'s>,
    places: &'s Places,
}

impl Scribe<'_> {
    fn is_township_of(&self, region: &str, document: &Document) -> bool {
        let is_township = self.places.get(region).is_some_and(|place| place.level == "township");
        let within = document.region.as_deref().is_some_and(|county| self.places.is_within(region, county));
        document.level == "township" && is_township && within
    }

    fn link(&mut self, document: &Document, tie: Tie) -> Result<Link, Error> {
        let mut cited: Vec<(u16, bool, String, String)> = Vec::new();
        let (mut reports, mut townships) = (BTreeSet::new(), BTreeSet::new());
        for (iri, _) in &document.names {
            for citation in self.around.pointing("fz:cites", iri, CITATIONS)? {
                // Units cite too, but only a citation knows where.
                if self.around.class(&citation)?.as_deref() != Some("Citation") {
                    continue;
                }
                let Some(report) = self.passages.report_of(&citation)? else { continue };
                let elsewhere = report.region != document.region;
                townships.extend(report.region.filter(|region| self.is_township_of(region, document)));
                reports.insert(report.iri.clone());
                cited.push((report.year, elsewhere, report.iri, citation));
            }
        }
        let first = cited.into_iter().min();
        let passage = first.as_ref().map(|(.., citation)| self.passages.of(citation)).transpose()?.flatten();
        // A township's document is known by its county; the township itself reports of it.
        let township = townships.pop_first().filter(|_| townships.is_empty());
        let region = township.or_else(|| document.region.clone());
        let (iri, title) = document.names.first().cloned().unwrap_or_default();
        let mut also: Vec<String> = document.names.iter().skip(1).map(|(_, name)| name.clone()).collect();
        also.sort();
        also.dedup();
        also.retain(|name| *name != title);
        Ok(Link {
            number: self.around.text(&iri, "fz:number")?,
            document: iri,
            title,
            also,
            level: document.level.clone(),
            place: region.as_deref().map_or_else(String::new, |region| self.places.name(region)),
            region,
            tie,
            first_cited: first.map(|(year, ..)| year).filter(|year| *year > 0),
            reports: reports.len(),
            passage,
            below: Vec::new(),
            none_found: Vec::new(),
        })
    }
}
