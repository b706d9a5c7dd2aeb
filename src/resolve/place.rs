//! Whose body is it? The region, township or department in front of a body's name.

use super::Reporter;
use crate::lexicon::{BodyKind, Lexicon, Region, townships_of};
use crate::recognize::bodies::{BodyNamed, Owner};

/// 厅, with which the names of a province's departments end.
const DEPARTMENT: char = '\u{5385}';

/// A region's name as it stands in front of a body's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// The name.
    pub(super) name: String,
    /// The region's code, where it has one.
    pub(super) code: Option<String>,
}

/// The place whose body is meant by its owner.
pub(super) fn place(
    text: &str,
    body: &BodyNamed<'_>,
    kind: Option<&BodyKind>,
    last: Option<&Place>,
    reporter: &Reporter<'_>,
    lexicon: &Lexicon,
) -> Option<Place> {
    match &body.owner {
        Owner::Region(range) => {
            let words = text.get(range.clone())?;
            let region = nearest(lexicon.regions.named(words, reporter.year), reporter)
                .or_else(|| nearest(lexicon.regions.short_named(words, reporter.year), reporter))?;
            Some(of_region(region))
        }
        Owner::Township(range) => Some(of_township(text.get(range.clone())?, reporter)),
        Owner::Unit(unit) => of_unit(unit, reporter, lexicon),
        Owner::Back => None,
        // A township's judicial office is printed by its short name; what follows in the list is not.
        Owner::Same => last.map(|place| with_full_township(place, reporter)).or_else(|| match kind {
            Some(_) => own_of(kind, reporter, lexicon),
            None => own(reporter),
        }),
        Owner::Unsaid if kind.is_some() => own_of(kind, reporter, lexicon),
        Owner::Unsaid => own(reporter),
    }
}

/// The region of a body whose owner nobody names: the reporter's, but a township has no bureaus and only a province
/// has departments of its own.
fn own_of(kind: Option<&BodyKind>, reporter: &Reporter<'_>, lexicon: &Lexicon) -> Option<Place> {
    let name = kind.map(|kind| kind.name.as_str()).unwrap_or_default();
    let of_county = lexicon.bodies.rules.not_in_townships.iter().any(|end| name.ends_with(end.as_str()));
    match reporter.region {
        Some(region) if name.starts_with("{r}") && name.ends_with(DEPARTMENT) => {
            let above = std::iter::successors(Some(region), |region| lexicon.regions.parent(region, reporter.year));
            above.last().map(of_region)
        }
        Some(region) if of_county && reporter.township.is_some() => Some(of_region(region)),
        _ => own_region(reporter),
    }
}

fn of_region(region: &Region) -> Place {
    Place { name: region.name.clone(), code: Some(region.code.clone()) }
}

fn of_township(name: &str, reporter: &Reporter<'_>) -> Place {
    let county = reporter.region.map(|region| region.name.as_str()).unwrap_or_default();
    Place { name: format!("{county}{name}"), code: reporter.region.map(|region| region.code.clone()) }
}

/// A place with the full name of its township.
fn with_full_township(place: &Place, reporter: &Reporter<'_>) -> Place {
    let county = reporter.region.map(|region| (region.name.as_str(), region.code.as_str()));
    let named = county.and_then(|(county, code)| Some((place.name.strip_prefix(county)?, code)));
    let full = named.and_then(|(short, code)| {
        townships_of(code).map(|township| township.name).find(|name| crate::lexicon::short_name(name) == Some(short))
    });
    full.map_or_else(|| place.clone(), |name| of_township(name, reporter))
}

fn of_unit(unit: &str, reporter: &Reporter<'_>, lexicon: &Lexicon) -> Option<Place> {
    // 街 stands for 街道.
    if let Some(township) = &reporter.township
        && (township.name.ends_with(unit) || without_last(&township.name).ends_with(unit))
    {
        return Some(of_township(&township.name, reporter));
    }
    if let Some(region) = reporter.region_with_unit(unit, lexicon) {
        return Some(of_region(region));
    }
    if let Some(name) = reporter.unlisted.as_ref().and_then(|region| region.name_with_unit(unit)) {
        return Some(Place { name: name.to_owned(), code: None });
    }
    // Where nothing tells the region, the report's own short form is all there is to say.
    let unknown = reporter.region.is_none() && reporter.unlisted.is_none();
    unknown.then(|| Place { name: unit.to_owned(), code: None })
}

pub(super) fn without_last(name: &str) -> &str {
    name.char_indices().next_back().map_or(name, |(at, _)| &name[..at])
}

fn own(reporter: &Reporter<'_>) -> Option<Place> {
    if let Some(department) = &reporter.department {
        return Some(Place { name: department.clone(), code: reporter.region.map(|region| region.code.clone()) });
    }
    own_region(reporter)
}

fn own_region(reporter: &Reporter<'_>) -> Option<Place> {
    match (&reporter.township, reporter.region) {
        (Some(township), _) => Some(of_township(&township.name, reporter)),
        (None, Some(region)) => Some(of_region(region)),
        (None, None) => reporter.unlisted.as_ref().map(|region| Place { name: region.name().to_owned(), code: None }),
    }
}

/// Of regions of one name the one nearest to the reporter: in its prefecture, else in its province.
fn nearest<'l>(regions: Vec<&'l Region>, reporter: &Reporter<'_>) -> Option<&'l Region> {
    let shared = |region: &Region| {
        reporter.region.map_or(0, |own| own.code.bytes().zip(region.code.bytes()).take_while(|(a, b)| a == b).count())
    };
    regions.into_iter().max_by_key(|region| (shared(region), std::cmp::Reverse(region.code.clone())))
}
