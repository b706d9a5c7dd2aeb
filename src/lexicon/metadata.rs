//! `data/metadata.toml`: how a report names its region, its level and its year.

use crate::report::Level;
use crate::text::WordList;
use serde::Deserialize;

/// Cues of metadata.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetadataCues {
    /// How a reporter speaks of itself, and the level and unit that this tells.
    pub selves: SelfWords,
    /// Ends of the name of a department (局, 委员会 …).
    pub department_ends: Vec<String>,
    /// Ends of names of regions that no table has, with their level.
    pub unlisted_units: Vec<UnlistedUnit>,
    /// Ends of the name of a government.
    pub government_ends: Vec<String>,
    /// What ends the name of the body in front of a title.
    pub title_breaks: Vec<String>,
    /// Words behind the name of the body that reports, in the first sentence.
    pub subject_words: Vec<String>,
    /// Words that names of regions follow (法治武山县), also short ones.
    pub name_openers: Vec<String>,
    /// Words behind the name of a township that reports.
    pub township_words: Vec<String>,
    /// Ends of the name of a township-level unit.
    pub township_ends: Vec<String>,
    /// Beginnings of words that are no name of a place although one of its units ends them (自治州, 全市).
    pub no_place_begins: Vec<String>,
    /// Notes on the seal behind a signature.
    pub seals: Vec<String>,
    /// Other ends of the names of bodies that sign.
    pub signing_ends: Vec<String>,
    /// What stands behind the name of a township that is surely its government.
    pub township_offices: Vec<String>,
    /// Names of zones of which a region has one (高新区), and ends of the names of others.
    pub zone_words: Vec<String>,
    /// Bodies that run a zone.
    pub zone_offices: Vec<String>,
    /// Words before a region's name with which it is another place than the reporting one.
    pub foreign_openers: Vec<String>,
    /// Units of counties that go by their own name, without that of the prefecture above.
    pub own_named_units: Vec<String>,
    /// Ends of the names of a bureau's branches, behind the place for which they work.
    pub branch_ends: Vec<String>,
    /// Words that join a region's name with the text in which the region is certainly the reporter.
    pub report_words: Vec<String>,
}

/// The end of the name of a region that no table has.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnlistedUnit {
    /// The word (县, 开发区).
    pub word: String,
    /// Level of such a region.
    pub level: Level,
    /// Whether a name of a region below may follow it directly.
    #[serde(default)]
    pub divides: bool,
    /// Whether every region with this unit is of this level.
    #[serde(default)]
    pub of_one_level: bool,
}

/// The words with which reporters speak of themselves.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "Vec<SelfWord>")]
pub struct SelfWords {
    words: WordList,
    told: Vec<SelfWord>,
}

impl From<Vec<SelfWord>> for SelfWords {
    fn from(told: Vec<SelfWord>) -> Self {
        Self { words: WordList::new(told.iter().map(|told| told.word.clone()).collect()), told }
    }
}

impl SelfWords {
    /// What every such word in `text` tells.
    pub fn told_in<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a SelfWord> + 'a {
        self.words.occurrences(text).filter_map(|(_, word)| self.told.get(word))
    }
}

/// A word with which a reporter speaks of itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SelfWord {
    /// The word (我县).
    pub word: String,
    /// The unit with which the region's name ends (县), empty for a department.
    pub unit: String,
    /// `region`, `township` or `department`.
    pub kind: String,
}
