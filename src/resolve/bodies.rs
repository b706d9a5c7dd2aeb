//! Which body is meant: the full name with the region it belongs to.

use super::Reporter;
use crate::lexicon::{Lexicon, Region};
use crate::recognize::bodies::{BodyNamed, Owner};

/// A body as it is known by its full name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolvedBody {
    /// Full name.
    pub name: String,
    /// Code of the region that it belongs to.
    pub region: Option<String>,
    /// Notation of its type.
    pub kind: Option<String>,
}

/// 中, with which 中共 and 中国共产党 begin.
const PARTY: char = '\u{4E2D}';
/// Type of the Party's committee of a region.
const PARTY_COMMITTEE: &str = "party-committee";

/// A region's name as it stands in front of a body's.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    name: String,
    code: Option<String>,
}

/// The full names of bodies, in the order of the mentions; `None` where the region behind a unit is not known.
#[must_use]
pub fn resolve(
    text: &str,
    named: &[BodyNamed<'_>],
    reporter: &Reporter<'_>,
    lexicon: &Lexicon,
) -> Vec<Option<ResolvedBody>> {
    let mut resolved = Vec::with_capacity(named.len());
    let mut last: Option<Place> = None;
    for body in named {
        let place = place(text, &body.owner, body.form.is_some(), last.as_ref(), reporter, lexicon);
        resolved.push(place.as_ref().and_then(|place| full_name(text, body, place, reporter, lexicon)));
        if place.is_some() {
            last = place;
        }
    }
    resolved
}

/// The full name of the body that `words` prints, for signatures and page metadata.
#[must_use]
pub fn full_name_of(words: &str, reporter: &Reporter<'_>, lexicon: &Lexicon) -> Option<String> {
    let folded = crate::text::Text::new(words).folded().to_owned();
    let form = lexicon.bodies.forms_in(&folded).into_iter().find(|(range, _)| range.end == folded.len());
    let regions = crate::recognize::regions::regions(&folded, lexicon);
    if let Some((range, form)) = form {
        let kind = lexicon.bodies.kind(form)?;
        let unit_end = range.start + form.unit.as_ref().map_or(0, String::len);
        let before = &folded[..range.start];
        if kind.is_national() {
            return Some(kind.name.clone());
        }
        let named = regions.iter().rev().find(|region| region.range.end == unit_end || region.range.end == range.start);
        if let Some(region) = named {
            return Some(kind.name_in(&folded[region.range.clone()]));
        }
        if before.is_empty() {
            let region = form.unit.as_ref().map_or(reporter.region, |unit| reporter.region_with_unit(unit, lexicon))?;
            return Some(kind.name_in(&region.name));
        }
    }
    let has_region = !regions.is_empty();
    match reporter.region {
        Some(region) if !has_region => Some(format!("{}{}", region.name, folded)),
        _ => Some(folded),
    }
}

/// A body's name with its region as printed, its short form spelled out (武汉市市场监管局, 中共中山市委); `None` where
/// it prints no region or ends with no known form.
#[must_use]
pub fn in_full(words: &str, lexicon: &Lexicon) -> Option<String> {
    let (range, form) = lexicon.bodies.forms_in(words).into_iter().find(|(range, _)| range.end == words.len())?;
    let kind = lexicon.bodies.kind(form)?;
    let printed = &words[..range.start + form.unit.as_ref().map_or(0, String::len)];
    // A party body printed with 中共 gives its name in full, but for the committee itself (中共中山市委).
    let committee = printed.starts_with(PARTY);
    if committee && kind.kind != PARTY_COMMITTEE {
        return None;
    }
    let place = if committee { printed.get(2 * PARTY.len_utf8()..)? } else { printed };
    let has_region = !crate::recognize::regions::regions(place, lexicon).is_empty();
    (!kind.is_national() && has_region).then(|| kind.name_in(place))
}

fn place(
    text: &str,
    owner: &Owner,
    form: bool,
    last: Option<&Place>,
    reporter: &Reporter<'_>,
    lexicon: &Lexicon,
) -> Option<Place> {
    match owner {
        Owner::Region(range) => {
            let words = text.get(range.clone())?;
            let region = nearest(lexicon.regions.named(words, reporter.year), reporter)
                .or_else(|| nearest(lexicon.regions.short_named(words, reporter.year), reporter))?;
            Some(of_region(region))
        }
        Owner::Township(range) => Some(of_township(text.get(range.clone())?, reporter)),
        Owner::Unit(unit) => of_unit(unit, reporter, lexicon),
        Owner::Same => last.cloned().or_else(|| own_region(reporter)),
        Owner::Unsaid if form => own_region(reporter),
        Owner::Unsaid => own(reporter),
    }
}

fn of_region(region: &Region) -> Place {
    Place { name: region.name.clone(), code: Some(region.code.clone()) }
}

fn of_township(name: &str, reporter: &Reporter<'_>) -> Place {
    let county = reporter.region.map(|region| region.name.as_str()).unwrap_or_default();
    Place { name: format!("{county}{name}"), code: reporter.region.map(|region| region.code.clone()) }
}

fn of_unit(unit: &str, reporter: &Reporter<'_>, lexicon: &Lexicon) -> Option<Place> {
    if let Some(township) = &reporter.township
        && township.name.ends_with(unit)
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

fn full_name(
    text: &str,
    body: &BodyNamed<'_>,
    place: &Place,
    reporter: &Reporter<'_>,
    lexicon: &Lexicon,
) -> Option<ResolvedBody> {
    let rest = text.get(body.rest.clone())?;
    let Some(form) = body.form else {
        return Some(ResolvedBody {
            name: format!("{}{rest}", place.name),
            region: place.code.clone(),
            kind: body.kind.map(str::to_owned),
        });
    };
    let kind = lexicon.bodies.kind(form)?;
    // A party body printed with 中共 and its region gives its name in full, unless the name is only cut short (中共天水市委).
    let printed = text.get(body.range.clone())?;
    if let Owner::Region(region) = &body.owner
        && region.start > body.range.start
        && printed.starts_with(PARTY)
        && lexicon.regions.is_name(&text[region.clone()])
        && !kind.name_in(&place.name).starts_with(printed)
    {
        return Some(ResolvedBody {
            name: printed.to_owned(),
            region: place.code.clone(),
            kind: Some(kind.kind.clone()),
        });
    }
    if kind.name_of_department("").is_some() {
        let name = kind.name_of_department(reporter.department.as_deref()?)?;
        return Some(ResolvedBody { name, region: place.code.clone(), kind: Some(kind.kind.clone()) });
    }
    if kind.is_national() {
        return Some(ResolvedBody {
            name: format!("{}{rest}", kind.name),
            region: None,
            kind: Some(kind.kind.clone()),
        });
    }
    Some(ResolvedBody {
        name: format!("{}{rest}", kind.name_in(&place.name)),
        region: place.code.clone(),
        kind: Some(kind.kind.clone()),
    })
}
