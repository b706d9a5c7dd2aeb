//! `data/bodies/`: public bodies, their short forms and types, and the rules by which other names are made.

use super::{LexiconError, list, rows, table};
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;

const TABLE: &str = "data/bodies/bodies.csv";
const RULES: &str = "data/bodies/rules.toml";

/// A kind of body that every region of some level has, or a body of the national level.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct BodyKind {
    /// Full name, `{r}` for the region's name and `{d}` for its last character; without `{r}` a national body.
    pub name: String,
    forms: String,
    /// Notation of its type.
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(default)]
    bare: String,
    #[serde(default)]
    township: String,
    /// Last year of an earlier name and that name, separated by a space.
    #[serde(default)]
    before: String,
}

impl BodyKind {
    /// The full name of this body of the department that reports, for a name that begins with it (局党组).
    #[must_use]
    pub fn name_of_department(&self, department: &str) -> Option<String> {
        self.name.strip_prefix("{own}").map(|rest| format!("{department}{rest}"))
    }

    /// The base of the name of a department of the same kind above the one that reports (市局), which is left to be told.
    #[must_use]
    pub fn is_superior_department(&self) -> bool {
        self.name.starts_with("{up}")
    }

    /// Its name in a year, for `{r}` and `{d}` as in [`BodyKind::name`]: bodies that a reform renamed have an earlier one.
    #[must_use]
    pub fn name_in_year(&self, year: Option<u16>) -> &str {
        let earlier = self.before.split_once(' ');
        match earlier.and_then(|(last, name)| Some((last.parse::<u16>().ok()?, name))) {
            Some((last, name)) if year.is_some_and(|year| year <= last) => name,
            _ => &self.name,
        }
    }

    /// What its full name says behind the region.
    #[must_use]
    pub fn bare_name(&self) -> &str {
        self.name.trim_start_matches("{r}")
    }

    /// Whether it belongs to the national level.
    #[must_use]
    pub fn is_national(&self) -> bool {
        !self.name.contains('{')
    }
}

/// One way of printing the name of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyForm {
    /// Index into the kinds.
    kind: usize,
    /// Other kinds that are printed so too (城管局 of 城市管理局 and of 城市管理综合执法局).
    others: Vec<usize>,
    /// The unit of the region that the form names (县 of 县司法局 and of 团县委); `None` of a form without one.
    pub unit: Option<String>,
    /// Whether the form begins with the unit.
    pub leading: bool,
    /// Where the form means a body.
    pub stands: Stands,
}

/// Where a form means a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// Wherever it stands.
    Alone,
    /// Only behind the name of a region.
    BehindRegion,
    /// In the report of a township, whose own it is.
    InTownship,
    /// In a list that a general word closes (市审计、市财政等部门).
    InList,
}

/// Rules of `data/bodies/rules.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyRules {
    /// Short names of regions that are words first.
    pub region_words: Vec<String>,
    /// Units of a region that stand for it in short names.
    pub deictic: Vec<String>,
    /// Those of townships.
    pub township_units: Vec<String>,
    /// Ends of names of bodies that no township has.
    pub not_in_townships: Vec<String>,
    /// Bodies named without 局 in a list that a general word closes.
    pub listed: ListedRules,
    /// Parts named right behind a body (委员会及其办公室), and ends that alone lead back to a name.
    pub back: BackRules,
    /// What stands before such a unit where it is none.
    pub not_deictic_before: Vec<String>,
    /// Words that begin with such a unit and name none.
    pub not_deictic: Vec<String>,
    /// Types of the organs that stand side by side (县委县政府).
    pub organs: Vec<String>,
    /// What stands after a name where it is none.
    pub not_after: Vec<String>,
    /// What stands before a form without a region where it is part of another name.
    pub not_bare_before: Vec<String>,
    /// Ends of forms that mean the reporting region's own body even without a region in front.
    pub bare_ends: Vec<String>,
    /// A character that ends short forms and begins verbs, and what follows it in these (政府|办理).
    pub verb: VerbRules,
    /// What stands after such an end where it is another word.
    pub tail_refused_after: Vec<String>,
    /// The same where it is not (领导小组制定).
    pub tail_allowed_after: Vec<String>,
    /// Ends of names of bodies that are called by a region's short name.
    pub short_named: Vec<String>,
    /// What stands between a people's congress and the consultative conference of the same region (人大代表建议、政协).
    pub suggestions: Vec<String>,
    /// Ends of names that no table can list.
    pub tails: Vec<Tail>,
    /// How far such a name reaches back.
    pub left: Left,
    /// Parts of a body.
    pub unit: UnitRules,
}

/// A character that ends short forms and begins verbs.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerbRules {
    /// The character.
    pub end: String,
    /// What follows it in a verb.
    pub after: Vec<String>,
    /// The same where it is a word of its own.
    pub not_after: Vec<String>,
}

/// The end of a name that no table can list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tail {
    /// The word.
    pub word: String,
    /// Notation of its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether the name means a body only where it says whose it is.
    #[serde(default)]
    pub owned: bool,
    /// Whether any organ ends so, so that only a short name without a verb in it is one.
    #[serde(default)]
    pub any: bool,
    /// The end in full, where it is a short form.
    #[serde(default)]
    pub full: Option<String>,
    /// What stands before the end where it is another word (格局).
    #[serde(default)]
    pub not_behind: Vec<String>,
}

/// Bodies named without 局 in a list that a general word closes (市审计、市财政等部门).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListedRules {
    /// The word that is left out.
    pub end: String,
    /// What follows such a short form.
    pub after: Vec<String>,
    /// What closes the list.
    pub closes: Vec<String>,
    /// Most characters of the list.
    pub longest: usize,
}

/// Mentions that lead back to a body named before.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackRules {
    /// Parts named right behind a body.
    pub parts: Vec<String>,
    /// What joins them to it.
    pub joins: Vec<String>,
    /// Types of bodies that have such parts.
    pub types: Vec<String>,
    /// What follows a part where it is another word.
    pub refused_after: Vec<String>,
    /// What stands before such an end where a new or any body is meant.
    pub founded: Vec<String>,
    /// What stands before a name that is set up without saying whose it is.
    pub founding: Vec<String>,
    /// Adverbs before such a verb (率先成立).
    pub adverbs: Vec<String>,
    /// Words between it and what is set up (由县长任组长的).
    pub attributes: Vec<String>,
    /// Words of those before the verb who each have one (各镇均成立).
    pub plural: Vec<String>,
    /// Ends that alone mean the last body named so.
    pub ends: Vec<String>,
    /// Most bytes back to it.
    pub reach: usize,
}

/// How far a name reaches back from its end.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Left {
    /// Words at which it stops wherever they stand.
    pub stops: Vec<String>,
    /// Words that hold such a stop without ending there.
    pub whole: Vec<String>,
    /// Measure words, which stop only behind a number.
    pub measures: Vec<String>,
    /// Words at which it stops where it begins with them.
    pub openers: Vec<String>,
    /// Verbs at which it stops where it begins with them and a region, a unit of one or a quotation follows.
    pub verbs: Vec<String>,
    /// Words that join the two fields of one name (依法行政和法治政府建设领导小组).
    pub joins: Vec<String>,
    /// Ends of words before such a join that name a body or people by themselves.
    pub not_joined: Vec<String>,
    /// Numbers that names hold (12345热线服务中心).
    pub numbers: Vec<String>,
    /// Names that mean no body in particular.
    pub generic: Vec<String>,
    /// Words with which names begin that mean a class or a title of honour.
    pub classes: Vec<String>,
    /// Ends of words in quotation marks that do so (“枫桥式”司法所).
    pub class_ends: Vec<String>,
    /// Most characters.
    pub longest: usize,
}

/// Parts of a body that follow its name.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitRules {
    /// Ends of their names.
    pub ends: Vec<String>,
    /// What follows such an end where it is another word.
    pub refused_next: Vec<String>,
    /// Words that are no part of such a name.
    pub refused: Vec<String>,
    /// Verbs with which no such name begins.
    pub refused_first: Vec<String>,
    /// Words that end like a part and are none (调处).
    pub not_ends: Vec<String>,
    /// Most characters.
    pub longest: usize,
}

/// All the bodies.
pub struct Bodies {
    kinds: Vec<BodyKind>,
    forms: Vec<BodyForm>,
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
    tails: CharwiseDoubleArrayAhoCorasick<u32>,
    /// The rules for names that no table can list.
    pub rules: BodyRules,
}

impl std::fmt::Debug for Bodies {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bodies")
            .field("kinds", &self.kinds.len())
            .field("forms", &self.forms.len())
            .finish_non_exhaustive()
    }
}

impl Bodies {
    /// Reads the embedded tables.
    ///
    /// # Errors
    /// Where a row does not fit the schema, which a test of the tables rules out.
    pub fn load() -> Result<Self, LexiconError> {
        let mut kinds: Vec<BodyKind> = rows(TABLE, include_str!("../../data/bodies/bodies.csv"))?;
        kinds.extend(rows::<BodyKind>("data/bodies/national.csv", include_str!("../../data/bodies/national.csv"))?);
        let rules: BodyRules = table(RULES, include_str!("../../data/bodies/rules.toml"))?;
        let mut printed: BTreeMap<String, BodyForm> = BTreeMap::new();
        for (kind, row) in kinds.iter().enumerate() {
            for form in list(&row.forms) {
                add_form(&mut printed, form, kind, row, &rules);
            }
            for form in list(&row.bare) {
                add(&mut printed, form.to_owned(), bare(kind, Stands::Alone));
            }
            for form in list(&row.township) {
                add(&mut printed, form.to_owned(), bare(kind, Stands::InTownship));
            }
        }
        let forms: Vec<BodyForm> = printed.values().cloned().collect();
        let patterns =
            printed.keys().enumerate().map(|(at, form)| (form.as_str(), u32::try_from(at).unwrap_or(u32::MAX)));
        let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .build_with_values(patterns)
            .map_err(|error| LexiconError::Names { table: TABLE, message: error.to_string() })?;
        let ends = rules
            .tails
            .iter()
            .enumerate()
            .map(|(at, tail)| (tail.word.as_str(), u32::try_from(at).unwrap_or(u32::MAX)));
        let tails = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .build_with_values(ends)
            .map_err(|error| LexiconError::Names { table: RULES, message: error.to_string() })?;
        Ok(Self { kinds, forms, automaton, tails, rules })
    }

    /// The full name of a kind of body in `region` today.
    #[must_use]
    pub fn name_in(&self, kind: &BodyKind, region: &str) -> String {
        self.name_in_year(kind, region, None)
    }

    /// The full name of a kind of body in `region` in a year.
    #[must_use]
    pub fn name_in_year(&self, kind: &BodyKind, region: &str, year: Option<u16>) -> String {
        let units = self.rules.township_units.iter().filter(|unit| region.ends_with(unit.as_str()));
        let unit = units.max_by_key(|unit| unit.len()).cloned().unwrap_or_else(|| last_character(region));
        kind.name_in_year(year).replace("{r}", region).replace("{d}", &unit)
    }

    /// Every end of a name that no table can list, overlapping ones too, in the order of their ends.
    #[must_use]
    pub fn tails_in<'l>(&'l self, text: &str) -> Vec<(Range<usize>, &'l Tail)> {
        self.tails
            .find_overlapping_iter(text)
            .filter_map(|found| Some((found.start()..found.end(), self.rules.tails.get(found.value() as usize)?)))
            .collect()
    }

    /// The kind of body that a form prints.
    #[must_use]
    pub fn kind(&self, form: &BodyForm) -> Option<&BodyKind> {
        self.kinds.get(form.kind)
    }

    /// The kinds that a form prints, the usual one first.
    pub fn kinds<'l>(&'l self, form: &'l BodyForm) -> impl Iterator<Item = &'l BodyKind> {
        std::iter::once(&form.kind).chain(&form.others).filter_map(|kind| self.kinds.get(*kind))
    }

    /// Every printed form in `text`, longest first at each place: its bytes and the form.
    #[must_use]
    pub fn forms_in<'l>(&'l self, text: &str) -> Vec<(Range<usize>, &'l BodyForm)> {
        self.automaton
            .leftmost_find_iter(text)
            .filter_map(|found| {
                self.before_verb(text, found.start()..found.end(), self.forms.get(found.value() as usize)?)
            })
            .collect()
    }

    /// A form without the character with which a verb begins (县政府|办理); `None` where nothing is left.
    fn before_verb<'l>(
        &'l self,
        text: &str,
        range: Range<usize>,
        form: &'l BodyForm,
    ) -> Option<(Range<usize>, &'l BodyForm)> {
        let rules = &self.rules.verb;
        let begins = |words: &[String]| words.iter().any(|word| text[range.end..].starts_with(word.as_str()));
        let Some(words) = text[range.clone()].strip_suffix(rules.end.as_str()) else { return Some((range, form)) };
        if !begins(&rules.after) || begins(&rules.not_after) {
            return Some((range, form));
        }
        let found = self.automaton.leftmost_find_iter(words).next().filter(|found| found.start() == 0)?;
        Some((range.start..range.start + found.end(), self.forms.get(found.value() as usize)?))
    }
}

const fn bare(kind: usize, stands: Stands) -> BodyForm {
    BodyForm { kind, others: Vec::new(), unit: None, leading: false, stands }
}

/// Adds a form. A form that stands for a body by itself goes before one that does so only in some places; of two that
/// stand alike the first is the usual one.
fn add(printed: &mut BTreeMap<String, BodyForm>, words: String, form: BodyForm) {
    let rank = |stands: Stands| match stands {
        Stands::Alone => 0,
        Stands::InTownship => 1,
        Stands::BehindRegion => 2,
        Stands::InList => 3,
    };
    match printed.entry(words) {
        Entry::Vacant(place) => {
            place.insert(form);
        }
        Entry::Occupied(mut known) => {
            let known = known.get_mut();
            if rank(form.stands) < rank(known.stands) {
                *known = form;
            } else if form.stands == known.stands && form.unit == known.unit && form.kind != known.kind {
                known.others.push(form.kind);
            }
        }
    }
}

/// 委, the Party's committee, and 党委, which it is called in autonomous regions and townships.
const COMMITTEES: (&str, &str) = ("\u{59D4}", "\u{515A}\u{59D4}");

/// Spells a form out for every unit of a region, and without one where the rest is a name by itself.
fn add_form(printed: &mut BTreeMap<String, BodyForm>, form: &str, kind: usize, row: &BodyKind, rules: &BodyRules) {
    if row.is_national() || !form.contains("{d}") {
        add(printed, form.to_owned(), bare(kind, Stands::Alone));
        return;
    }
    let county_only = rules.not_in_townships.iter().any(|end| row.name.ends_with(end.as_str()));
    for unit in rules.deictic.iter().filter(|unit| !(county_only && rules.township_units.contains(unit))) {
        // 自治区党委依法治区办: within a name the unit's last character stands for it.
        let inner = if rules.township_units.contains(unit) { unit.clone() } else { last_character(unit) };
        let named = |stands| BodyForm {
            kind,
            others: Vec::new(),
            unit: Some(unit.clone()),
            leading: form.starts_with("{d}"),
            stands,
        };
        let Some(rest) = form.strip_prefix("{d}") else {
            if inner == *unit {
                add(printed, form.replace("{d}", unit), named(Stands::Alone));
            }
            continue;
        };
        let rest = rest.replace("{d}", &inner);
        add(printed, format!("{unit}{rest}"), named(Stands::Alone));
        if let Some(of_committee) = rest.strip_prefix(COMMITTEES.0) {
            add(printed, format!("{unit}{}{of_committee}", COMMITTEES.1), named(Stands::Alone));
        }
        let stem = rest.strip_suffix(rules.listed.end.as_str()).filter(|stem| stem.chars().count() >= 2);
        if let Some(stem) = stem {
            add(printed, format!("{unit}{stem}"), named(Stands::InList));
        }
    }
    if let Some(rest) = form.strip_prefix("{d}")
        && rest.chars().count() >= 2
        && !rest.contains("{d}")
    {
        let is_bare = rest.chars().count() >= 3 && rules.bare_ends.iter().any(|end| rest.ends_with(end.as_str()));
        let stands = if is_bare { Stands::Alone } else { Stands::BehindRegion };
        add(printed, rest.to_owned(), bare(kind, stands));
    }
}

fn last_character(unit: &str) -> String {
    unit.chars().next_back().map(String::from).unwrap_or_default()
}
