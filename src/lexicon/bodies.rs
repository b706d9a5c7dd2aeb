//! `data/bodies/`: public bodies, their short forms and types, and the rules by which other names are made.

use super::{LexiconError, list, rows, table};
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;

const TABLE: &str = "data/bodies/bodies.csv";

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
}

impl BodyKind {
    /// The full name of this body in `region`.
    #[must_use]
    pub fn name_in(&self, region: &str) -> String {
        let unit = region.chars().next_back().map(String::from).unwrap_or_default();
        self.name.replace("{r}", region).replace("{d}", &unit)
    }

    /// The full name of this body of the department that reports, for a name that begins with it (局党组).
    #[must_use]
    pub fn name_of_department(&self, department: &str) -> Option<String> {
        self.name.strip_prefix("{own}").map(|rest| format!("{department}{rest}"))
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
    /// The unit of the region with which the form begins (县 of 县司法局); `None` of a form without one.
    pub unit: Option<String>,
    /// Whether the form means a body wherever it stands; else only behind the name of a region.
    pub alone: bool,
}

/// Rules of `data/bodies/rules.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BodyRules {
    /// Short names of regions that are words first.
    pub region_words: Vec<String>,
    /// Units of a region that stand for it in short names.
    pub deictic: Vec<String>,
    /// What stands before such a unit where it is none.
    pub not_deictic_before: Vec<String>,
    /// What stands after a name where it is none.
    pub not_after: Vec<String>,
    /// What stands after such an end where it is another word.
    pub tail_refused_after: Vec<String>,
    /// Ends of names that no table can list.
    pub tails: Vec<Tail>,
    /// How far such a name reaches back.
    pub left: Left,
    /// Parts of a body.
    pub unit: UnitRules,
}

/// The end of a name that no table can list.
#[derive(Debug, Clone, Deserialize)]
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
}

/// How far a name reaches back from its end.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Left {
    /// Words at which it stops wherever they stand.
    pub stops: Vec<String>,
    /// Words at which it stops where it begins with them.
    pub openers: Vec<String>,
    /// Names that mean no body in particular.
    pub generic: Vec<String>,
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
    /// Most characters.
    pub longest: usize,
}

/// All the bodies.
pub struct Bodies {
    kinds: Vec<BodyKind>,
    forms: Vec<BodyForm>,
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
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
        let rules: BodyRules = table("data/bodies/rules.toml", include_str!("../../data/bodies/rules.toml"))?;
        let mut printed: BTreeMap<String, BodyForm> = BTreeMap::new();
        for (kind, row) in kinds.iter().enumerate() {
            for form in list(&row.forms) {
                add_form(&mut printed, form, kind, row.is_national(), &rules.deictic);
            }
            for form in list(&row.bare) {
                printed.insert(form.to_owned(), BodyForm { kind, unit: None, alone: true });
            }
        }
        let forms: Vec<BodyForm> = printed.values().cloned().collect();
        let patterns =
            printed.keys().enumerate().map(|(at, form)| (form.as_str(), u32::try_from(at).unwrap_or(u32::MAX)));
        let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .build_with_values(patterns)
            .map_err(|error| LexiconError::Names { table: TABLE, message: error.to_string() })?;
        Ok(Self { kinds, forms, automaton, rules })
    }

    /// The kind of body that a form prints.
    #[must_use]
    pub fn kind(&self, form: &BodyForm) -> Option<&BodyKind> {
        self.kinds.get(form.kind)
    }

    /// Every printed form in `text`, longest first at each place: its bytes and the form.
    #[must_use]
    pub fn forms_in<'l>(&'l self, text: &str) -> Vec<(Range<usize>, &'l BodyForm)> {
        self.automaton
            .leftmost_find_iter(text)
            .filter_map(|found| Some((found.start()..found.end(), self.forms.get(found.value() as usize)?)))
            .collect()
    }
}

/// Spells a form out for every unit of a region, and without one where the rest is a name by itself.
fn add_form(printed: &mut BTreeMap<String, BodyForm>, form: &str, kind: usize, national: bool, units: &[String]) {
    if national {
        printed.entry(form.to_owned()).or_insert(BodyForm { kind, unit: None, alone: true });
        return;
    }
    for unit in units {
        let spelled = form.replace("{d}", unit);
        let begins = form.starts_with("{d}");
        printed.entry(spelled).or_insert(BodyForm { kind, unit: begins.then(|| unit.clone()), alone: begins });
    }
    if let Some(rest) = form.strip_prefix("{d}")
        && rest.chars().count() >= 2
        && !rest.contains("{d}")
    {
        printed.entry(rest.to_owned()).or_insert(BodyForm { kind, unit: None, alone: false });
    }
}
