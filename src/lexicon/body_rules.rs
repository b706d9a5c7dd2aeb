//! `data/bodies/rules.toml`: how names of public bodies are made and read where no table can list them.

use serde::Deserialize;

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
