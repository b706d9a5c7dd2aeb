//! Which body is meant: the full name with the region it belongs to.

use super::Reporter;
use crate::lexicon::{BodyKind, Lexicon, Region, Stands, townships_of};
use crate::recognize::bodies::{BodyNamed, Owner};
use crate::report::Basis;
use std::collections::BTreeMap;

/// A body as it is known by its full name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolvedBody {
    /// Full name.
    pub name: String,
    /// Code of the region that it belongs to.
    pub region: Option<String>,
    /// Notation of its type.
    pub kind: Option<String>,
    /// Whether it is a body of the national level.
    pub is_national: bool,
    /// Whether it belongs to a level above the one that reports.
    pub superior: bool,
    /// Why it was read as it was.
    pub basis: Basis,
}

/// 中, with which 中共 and 中国共产党 begin.
const PARTY: char = '\u{4E2D}';
/// 厅, with which the names of a province's departments end.
const DEPARTMENT: char = '\u{5385}';
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
    let mut resolved: Vec<Option<ResolvedBody>> = Vec::with_capacity(named.len());
    let mut last: Option<Place> = None;
    let mut printed = Printed { text, names: BTreeMap::new() };
    for body in named {
        if body.owner == Owner::Back {
            let back = led_back(text, body, &named[..resolved.len()], &resolved, lexicon);
            resolved.push(back);
            continue;
        }
        let kind = printed.kind(body, lexicon);
        let place = place(text, body, kind, last.as_ref(), reporter, lexicon);
        let full = place.as_ref().and_then(|place| full_name(text, body, kind, place, reporter, lexicon));
        resolved.push(full);
        if place.is_some() {
            last = place;
        }
    }
    for body in resolved.iter_mut().flatten() {
        body.superior = is_superior(body, reporter);
    }
    resolved
}

/// Which full names the text prints, each looked for once.
struct Printed<'t> {
    text: &'t str,
    names: BTreeMap<String, bool>,
}

impl Printed<'_> {
    /// The kind that a form means: of several the one whose full name the report prints elsewhere behind the same unit,
    /// else the usual one.
    fn kind<'l>(&mut self, body: &BodyNamed<'l>, lexicon: &'l Lexicon) -> Option<&'l BodyKind> {
        let form = body.form?;
        let usual = lexicon.bodies.kind(form);
        if lexicon.bodies.kinds(form).nth(1).is_none() {
            return usual;
        }
        let words = self.text.get(body.range.start..body.rest.start)?;
        let region = match &body.owner {
            Owner::Region(range) | Owner::Township(range) => self.text.get(range.clone())?.chars().next_back(),
            _ => None,
        };
        let unit = form.unit.clone().or_else(|| region.map(String::from)).unwrap_or_default();
        let mut others = lexicon.bodies.kinds(form).filter(|kind| !words.ends_with(kind.bare_name()));
        let is_printed = |kind: &&BodyKind| {
            let name = format!("{unit}{}", kind.bare_name());
            let text = self.text;
            *self.names.entry(name).or_insert_with_key(|name| text.contains(name.as_str()))
        };
        others.find(is_printed).or(usual)
    }
}

/// The body that a mention leads back to: a part of the one before it (及其办公室), or the last one named by its end
/// (领导小组).
fn led_back(
    text: &str,
    body: &BodyNamed<'_>,
    before: &[BodyNamed<'_>],
    resolved: &[Option<ResolvedBody>],
    lexicon: &Lexicon,
) -> Option<ResolvedBody> {
    let rules = &lexicon.bodies.rules.back;
    let word = text.get(body.range.clone())?;
    let mut named = before.iter().zip(resolved).rev();
    let basis = Basis::rule("bodies/back").doubted("implied-body");
    if body.tail.is_none() {
        let whole = named.find(|(body, _)| body.owner != Owner::Back)?.1.clone()?;
        return Some(ResolvedBody { name: format!("{}{word}", whole.name), basis, ..whole });
    }
    let part = rules.parts.iter().find_map(|part| Some((word.strip_suffix(part.as_str())?, part)));
    named
        .take_while(|(other, _)| body.range.start - other.range.end <= rules.reach)
        .filter_map(|(_, resolved)| resolved.as_ref())
        .find_map(|meant| {
            let name = if meant.name.ends_with(word) {
                meant.name.clone()
            } else {
                let (whole, part) = part.filter(|(whole, _)| !whole.is_empty())?;
                meant.name.ends_with(whole).then(|| format!("{}{part}", meant.name))?
            };
            Some(ResolvedBody { name, basis: basis.clone(), ..meant.clone() })
        })
}

/// Whether a body belongs to a level above the one that reports.
fn is_superior(body: &ResolvedBody, reporter: &Reporter<'_>) -> bool {
    let Some(own) = reporter.region else { return false };
    let Some(code) = &body.region else { return body.is_national };
    if body.name.contains(&own.name) || short_name(own).is_some_and(|short| body.name.contains(short)) {
        return reporter.township.as_ref().is_some_and(|township| {
            let short = crate::lexicon::short_name(&township.name).unwrap_or(&township.name);
            !body.name.contains(short)
        });
    }
    let stem = code.trim_end_matches("00");
    stem.len() < own.code.trim_end_matches("00").len() && own.code.starts_with(stem)
}

/// A region without its unit (天水).
fn short_name(region: &Region) -> Option<&str> {
    crate::lexicon::short_name(&region.name)
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
            return Some(lexicon.bodies.name_in(kind, &folded[region.range.clone()]));
        }
        if before.is_empty() {
            let region = form.unit.as_ref().map_or(reporter.region, |unit| reporter.region_with_unit(unit, lexicon))?;
            return Some(lexicon.bodies.name_in(kind, &region.name));
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
    (!kind.is_national() && has_region).then(|| lexicon.bodies.name_in(kind, place))
}

/// Whether words are the name of a national body.
#[must_use]
pub fn is_national(words: &str, lexicon: &Lexicon) -> bool {
    let kind = |form| lexicon.bodies.kind(form).is_some_and(crate::lexicon::BodyKind::is_national);
    lexicon.bodies.forms_in(words).into_iter().any(|(range, form)| range == (0..words.len()) && kind(form))
}

fn place(
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

fn without_last(name: &str) -> &str {
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

fn full_name(
    text: &str,
    body: &BodyNamed<'_>,
    kind: Option<&BodyKind>,
    place: &Place,
    reporter: &Reporter<'_>,
    lexicon: &Lexicon,
) -> Option<ResolvedBody> {
    let rest = text.get(body.rest.clone())?;
    let rest = match body.tail.and_then(|tail| Some((rest.strip_suffix(tail.word.as_str())?, tail.full.as_ref()?))) {
        Some((modifier, full)) => format!("{modifier}{full}"),
        None => rest.to_owned(),
    };
    let tail_kind = body.tail.map(|tail| tail.kind.clone());
    let of = |name: String, kind: Option<String>, basis: Basis| ResolvedBody {
        name,
        region: place.code.clone(),
        kind,
        superior: false,
        is_national: false,
        basis,
    };
    // Within a county its townships and departments have bodies of their own.
    let is_guessed = body.owner == Owner::Unsaid && (reporter.township.is_some() || reporter.department.is_some());
    let (Some(form), Some(kind)) = (body.form, kind) else {
        let basis = match body.tail {
            Some(tail) => Basis::entry("bodies/made", "data/bodies/rules.toml", "tails", &tail.word),
            None => Basis::rule("bodies/back"),
        };
        let basis = if is_guessed { basis.doubted("guessed-owner") } else { basis };
        return Some(of(made_name(&rest, body, place, reporter), tail_kind, basis));
    };
    let basis = || {
        let basis = Basis::entry("bodies/form", "data/bodies/bodies.csv", "name", &kind.name);
        match form.stands {
            Stands::InList => basis.doubted("implied-body"),
            _ if is_guessed && !kind.is_national() => basis.doubted("guessed-owner"),
            _ => basis,
        }
    };
    let classified = tail_kind.or_else(|| Some(kind.kind.clone()));
    if kind.is_superior_department() {
        let unit = form.unit.as_deref()?;
        let printed = text.get(body.range.start..body.rest.start)?;
        let name = superior_department(printed, unit, place, reporter)?;
        return Some(of(format!("{name}{rest}"), classified, basis()));
    }
    if kind.name_of_department("").is_some() {
        let name = kind.name_of_department(reporter.department.as_deref()?)?;
        return Some(of(format!("{name}{rest}"), classified, basis()));
    }
    if kind.is_national() {
        let national = of(format!("{}{rest}", kind.name), classified, basis());
        return Some(ResolvedBody { region: None, is_national: true, ..national });
    }
    if let Some(printed) = printed_in_full(text, body, kind, place, lexicon) {
        return Some(of(printed.to_owned(), classified, basis()));
    }
    let is_short = lexicon.bodies.rules.short_named.iter().any(|end| kind.name.ends_with(end.as_str()));
    if let Owner::Region(region) = &body.owner
        && is_short
        && let Some(short) = text.get(region.clone()).filter(|words| !lexicon.regions.is_name(words))
    {
        return Some(of(lexicon.bodies.name_in(kind, short), classified, basis()));
    }
    let mut name = lexicon.bodies.name_in_year(kind, &place.name, reporter.year);
    if !rest.is_empty() && kind.kind == PARTY_COMMITTEE {
        // A part of a committee is named by its short form (中共…委法治建设领导小组).
        let short = form_committee(&name);
        name.truncate(short);
    }
    Some(of(format!("{name}{rest}"), classified, basis()))
}

/// The name as printed, where that is the full name: a prefecture's bureau in a county, which gives both regions
/// (苏州市吴江生态环境局), and a party body with 中共 and its region.
fn printed_in_full<'t>(
    text: &'t str,
    body: &BodyNamed<'_>,
    kind: &BodyKind,
    place: &Place,
    lexicon: &Lexicon,
) -> Option<&'t str> {
    let Owner::Region(region) = &body.owner else { return None };
    let printed = text.get(body.range.clone()).filter(|_| region.start > body.range.start)?;
    let is_name = lexicon.regions.is_name(text.get(region.clone())?);
    let in_full = if printed.starts_with(PARTY) {
        is_name && kind.kind != PARTY_COMMITTEE && !lexicon.bodies.name_in(kind, &place.name).starts_with(printed)
    } else {
        !is_name
    };
    in_full.then_some(printed)
}

/// How much of 中共…委员会 is its short form 中共…委.
fn form_committee(name: &str) -> usize {
    const ENDS: &str = "\u{5458}\u{4F1A}";
    name.strip_suffix(ENDS).map_or(name.len(), str::len)
}

/// Notation of the type of the committees that run zones.
const ZONE: &str = "development-zone";

/// The name of a body that no table lists: behind its region, unless it begins with the region's own name (天水经济开发区
/// 管委会) or with the word that the department's name ends with (局工作专班).
fn made_name(rest: &str, body: &BodyNamed<'_>, place: &Place, reporter: &Reporter<'_>) -> String {
    if body.owner == Owner::Unsaid {
        let is_zone = body.tail.is_some_and(|tail| tail.kind == ZONE);
        let short = reporter.region.and_then(short_name);
        if short.and_then(|short| rest.find(short)).is_some_and(|at| at > 0 || is_zone) {
            return rest.to_owned();
        }
        let own = reporter.department.as_ref().and_then(|department| department.chars().next_back());
        if let Some(rest) = own.and_then(|own| rest.strip_prefix(own)) {
            return format!("{}{rest}", place.name);
        }
    }
    format!("{}{rest}", place.name)
}

/// The department of the same kind in the region of `unit` (市局 in a county bureau's report).
fn superior_department(printed: &str, unit: &str, place: &Place, reporter: &Reporter<'_>) -> Option<String> {
    let (own, region) = (reporter.department.as_deref()?, reporter.region?);
    let field = without_last(own.strip_prefix(region.name.as_str())?);
    let end = printed.strip_prefix(unit)?;
    (!field.is_empty()).then(|| format!("{}{field}{end}", place.name))
}
