//! What is known beforehand of regions and documents? Rows of the registries as triples, to be loaded beside the reports.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, Triple};

use super::{Base, Triples, literal, notation};
use crate::report::{DocumentKind, Level};
use crate::vocab::{Scheme, class, eli, geo, property, skos};

/// A code with a name that it had or has. A code that was renamed has a row a name.
#[derive(Debug, Clone, PartialEq)]
pub struct RegionRow<'a> {
    /// GB/T 2260 code, six digits, or GB/T 10114 code of a township, nine.
    pub code: &'a str,
    /// The name.
    pub name: &'a str,
    /// The level.
    pub level: Level,
    /// Code of the region directly above.
    pub parent: Option<&'a str>,
    /// First year of this name, where it is known.
    pub from: Option<u16>,
    /// Last year of this name; `None` while in force.
    pub to: Option<u16>,
    /// Codes of the regions that took its place; its own where only the name changed.
    pub successors: Vec<&'a str>,
    /// Latitude of the seat or centre, in degrees.
    pub latitude: Option<f64>,
    /// Longitude of the seat or centre, in degrees.
    pub longitude: Option<f64>,
}

/// A document of the registries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRow<'a> {
    /// The official title.
    pub title: &'a str,
    /// What kind of document it is.
    pub kind: DocumentKind,
    /// The level of its issuer.
    pub level: Level,
    /// Code of the region that issued it; `None` for a national one.
    pub region: Option<&'a str>,
    /// Short titles and former titles.
    pub aliases: Vec<&'a str>,
    /// ISO 8601 date of adoption: a day, a month or a year.
    pub adopted: Option<&'a str>,
    /// Dates of revision or amendment.
    pub revised: Vec<&'a str>,
    /// Date from which it is in force.
    pub effective: Option<&'a str>,
    /// Date on which it ceased to be in force.
    pub repealed_on: Option<&'a str>,
    /// Title of the document that repealed it.
    pub repealed_by: Option<&'a str>,
    /// Full names of the bodies that issued it.
    pub issuers: Vec<&'a str>,
    /// The official number (发文字号).
    pub number: Option<&'a str>,
    /// Titles of the higher documents that it puts into effect.
    pub implements: Vec<&'a str>,
}

/// The regions of a registry, in the order of their codes.
///
/// A region's label is the name that its code bears now, or bore last; former names are `skos:altLabel`.
pub fn regions<'a>(rows: &'a [RegionRow<'a>], base: &'a Base) -> impl Iterator<Item = Triple> + 'a {
    let mut codes: BTreeMap<&str, Vec<&RegionRow<'_>>> = BTreeMap::new();
    for row in rows {
        codes.entry(row.code).or_default().push(row);
    }
    codes.into_values().flat_map(|mut names| {
        names.sort_by_key(|row| (row.to.unwrap_or(u16::MAX), row.from));
        region(&names, base)
    })
}

/// One region from the rows of its code, the latest name last.
fn region(names: &[&RegionRow<'_>], base: &Base) -> Vec<Triple> {
    let (Some(first), Some(last)) = (names.first(), names.last()) else { return Vec::new() };
    let former: BTreeSet<&str> = names.iter().map(|row| row.name).filter(|name| *name != last.name).collect();
    let successors: BTreeSet<&str> =
        names.iter().flat_map(|row| &row.successors).copied().filter(|code| *code != last.code).collect();
    let mut out = Triples::default();
    out.about(&base.region(last.code))
        .says(rdf::TYPE, class::REGION)
        .says(rdfs::LABEL, literal::zh(last.name))
        .says_each(skos::ALT_LABEL, former.into_iter().map(literal::zh))
        .says(property::CODE, literal::plain(last.code))
        .says(property::LEVEL, Scheme::Level.concept(notation::level(last.level)))
        .may_say(property::WITHIN, last.parent.map(|code| base.region(code)))
        .may_say(property::SINCE, first.from.map(literal::year))
        .may_say(property::UNTIL, last.to.map(literal::year))
        .says_each(property::SUCCESSOR, successors.into_iter().map(|code| base.region(code)))
        .may_say(geo::LAT, last.latitude.map(literal::decimal))
        .may_say(geo::LONG, last.longitude.map(literal::decimal));
    out.once()
}

/// The documents of a registry with the bodies that issued them, in the order of the rows.
pub fn documents<'a>(rows: &'a [DocumentRow<'a>], base: &'a Base) -> impl Iterator<Item = Triple> + 'a {
    let known: BTreeSet<(&str, Option<&str>)> = rows.iter().map(|row| (row.title, row.region)).collect();
    rows.iter().flat_map(move |row| {
        // A title means the document of the row's own region where that region has one, else the national one.
        let named =
            |title: &&str| base.document(title, row.region.filter(|region| known.contains(&(*title, Some(*region)))));
        document(row, base, named)
    })
}

fn document(row: &DocumentRow<'_>, base: &Base, named: impl Fn(&&str) -> NamedNode) -> Vec<Triple> {
    let issuers: Vec<NamedNode> = row.issuers.iter().map(|name| base.body(name, row.region)).collect();
    let aliases: BTreeSet<&str> = row.aliases.iter().copied().filter(|alias| *alias != row.title).collect();
    let mut out = Triples::default();
    out.about(&base.document(row.title, row.region))
        .says(rdf::TYPE, class::DOCUMENT)
        .says(rdfs::LABEL, literal::zh(row.title))
        .says_each(skos::ALT_LABEL, aliases.into_iter().map(literal::zh))
        .says(property::KIND, Scheme::DocumentKind.concept(notation::document_kind(row.kind, row.level)))
        .says(property::LEVEL, Scheme::Level.concept(notation::level(row.level)))
        .may_say(property::REGION, row.region.map(|code| base.region(code)))
        .may_say(property::NUMBER, row.number.map(literal::plain))
        .may_say(eli::DATE_DOCUMENT, row.adopted.map(literal::date))
        .says_each(property::REVISED_ON, row.revised.iter().map(|date| literal::date(date)))
        .may_say(eli::FIRST_DATE_ENTRY_IN_FORCE, row.effective.map(literal::date))
        .may_say(eli::DATE_NO_LONGER_IN_FORCE, row.repealed_on.map(literal::date))
        .may_say(eli::REPEALED_BY, row.repealed_by.as_ref().map(&named))
        .says_each(property::IMPLEMENTS, row.implements.iter().map(&named))
        .says_each(eli::PASSED_BY, issuers.iter().cloned());
    for (issuer, name) in issuers.iter().zip(&row.issuers) {
        out.about(issuer)
            .says(rdf::TYPE, class::BODY)
            .says(rdfs::LABEL, literal::zh(name))
            .may_say(property::REGION, row.region.map(|code| base.region(code)));
    }
    out.once()
}
