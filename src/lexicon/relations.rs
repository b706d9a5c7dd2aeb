//! `data/relations.toml`: who carries a measure out, and what findings are made of.

use crate::text::WordList;
use serde::Deserialize;

/// Cues of relations.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationCues {
    /// Who carries a unit out.
    pub carriers: CarrierCues,
    /// Which plan answers which problem.
    pub plans: PlanCues,
    /// Another place's name.
    pub foreign_region: ForeignRegionCues,
    /// Parts and wholes.
    pub sums: SumCues,
    /// Rates and shares.
    pub rates: RateCues,
    /// Text that was not filled in.
    pub placeholders: PlaceholderCues,
    /// Documents no longer in force.
    pub repealed: RepealedCues,
    /// Text of a bureau in the report of a government.
    pub reused_text: ReusedTextCues,
}

/// Documents no longer in force.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RepealedCues {
    /// Words in the sentence with which it knows that the document is no longer in force, or speaks of history.
    pub innocent: Vec<String>,
}

/// Text of a bureau in the report of a government.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReusedTextCues {
    /// What a bureau calls itself.
    pub names: Vec<String>,
    /// What, right behind such a name, makes it another word.
    pub refused_after: Vec<String>,
}

/// Who carries a unit out. Of every list the words are tried as they stand, none is a pattern.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CarrierCues {
    /// Words that join bodies in a list.
    pub joins: Vec<String>,
    /// Most characters of general words between two bodies of a list.
    pub between: usize,
    /// Words behind a list that begin its general members.
    pub others: Vec<String>,
    /// Ends of general members.
    pub members: Vec<String>,
    /// Most characters of general members.
    pub reach_members: usize,
    /// Words behind a list of which a meeting is spoken of.
    pub meetings: Vec<String>,
    /// Words before such a list that say that a matter is put before the meeting.
    pub submitted: Vec<String>,
    /// Ends of names of bodies that act by meeting.
    pub convened: Vec<String>,
    /// Verbs of convening.
    pub convene: Vec<String>,
    /// Ends of names of bodies that end like those and meet all the time.
    pub standing: Vec<String>,
    /// Words behind a list that it modifies.
    pub heads: Vec<String>,
    /// Words behind a list that it modifies unless it is the subject, of which they are what it does.
    pub acts_or_heads: Vec<String>,
    /// Words that close the name of a person behind a list.
    pub persons: Vec<String>,
    /// Most characters of that name.
    pub reach_person: usize,
    /// Words before a list that does what is said.
    pub agents: Vec<String>,
    /// Words behind a list with whose help something is done.
    pub helping: Vec<String>,
    /// Words behind a list that only allows it.
    pub approves: Vec<String>,
    /// Words before a list that does what is said, whoever it is.
    pub assigned: Vec<String>,
    /// Words before a list that takes the lead by what follows.
    pub with: Vec<String>,
    /// What follows there.
    pub led: Vec<String>,
    /// Verbs of setting up.
    pub founding: Vec<String>,
    /// Ends of what is said of a body that is set up.
    pub attributes: Vec<String>,
    /// Words that may follow what is set up.
    pub founded_after: Vec<String>,
    /// Most characters between the verb and what is set up, with what is said of it.
    pub reach_founded: usize,
    /// Words behind a list that is set up or opened.
    pub opened: Vec<String>,
    /// Words behind such a word with which it only tells since when.
    pub since: Vec<String>,
    /// Measure words that count persons of a list.
    pub counted: Vec<String>,
    /// Most characters between a verb of setting up or convening and the list.
    pub reach: usize,
    /// Characters that may stand before the subject of a clause.
    pub lead_characters: String,
    /// Words that may.
    pub leads: Vec<String>,
    /// Words behind a list that is no subject.
    pub not_subject: Vec<String>,
}

/// Which plan answers which problem.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanCues {
    /// Least share of two-character words in common, from 0 to 1.
    pub least_share: f64,
    /// Two-character words that every report is full of, which therefore join nothing.
    pub generic: WordList,
}

/// Another place's name.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForeignRegionCues {
    /// Words right before a name, in full or short, with which a place names itself.
    pub frames: WordList,
    /// Words behind a short name that stands behind one of those.
    pub framed: WordList,
    /// Words right behind a name, which a place says of itself.
    pub goals: WordList,
    /// Words right before a short name with one of those behind it.
    pub leading: WordList,
    /// Words right behind a full name that opens a sentence in which the place tells of itself.
    pub subject_of: WordList,
    /// Verbs of making a document, right before its title.
    pub issued: WordList,
    /// Words behind a short name in quotation marks, which together are the name of an account.
    pub accounts: WordList,
    /// Words right before a body that then does what is told.
    pub agents: WordList,
    /// Short names that are words of their own.
    pub words: WordList,
    /// Words before a name in its clause, which then means another place.
    pub refused_before: WordList,
    /// Words behind it in its clause.
    pub refused_after: WordList,
    /// Words in the sentence of another place's body with which it has to do with the own place.
    pub handed: WordList,
    /// Words right before it.
    pub led_by: WordList,
    /// Words right behind it.
    pub followed_by: WordList,
    /// Marks and words between the names of a list.
    pub beside: WordList,
    /// Ends of names of townships.
    pub township_ends: WordList,
    /// Words right before such an end that make it a common noun.
    pub no_township: WordList,
    /// What makes a longer word of such an end.
    pub township_goes_on: WordList,
    /// Words which, with such an end, are a name somewhere and mostly something else.
    pub township_words: WordList,
}

/// Parts and wholes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SumCues {
    /// Words that sum up the figures before them.
    pub summing: WordList,
    /// Those of them that may count what earlier years brought.
    pub cumulative: WordList,
    /// Words that open a list of parts.
    pub among: WordList,
    /// Words that hand a total out to all its parts.
    pub each: WordList,
    /// Words that leave a list open.
    pub open: WordList,
    /// Words of a last part that takes up all that the others leave.
    pub rest: WordList,
    /// Words of what was left from an earlier year, which comes to what was received.
    pub carried: WordList,
    /// Words of what was carried over, where it is a number of its own.
    pub left_over: WordList,
    /// Words of what came new to that.
    pub new: WordList,
    /// Words that open the number which the two make ...
    pub totals: WordList,
    /// ... unless one of these says that it is of what was finished.
    pub finished: WordList,
    /// Wholes with parts that exclude each other.
    pub partitions: Vec<Partition>,
}

/// A whole and parts of it that exclude each other.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partition {
    /// Words of the whole; empty for anything.
    pub whole: Vec<String>,
    /// Words of the parts.
    pub parts: Vec<String>,
    /// With one of each of these groups the parts are all there can be; empty where there may always be others.
    #[serde(default)]
    pub closed_by: Vec<Vec<String>>,
    /// Whether what was left from an earlier year may be among the parts, of which the first group then has only one.
    #[serde(default)]
    pub carries: bool,
}

/// Rates and shares.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateCues {
    /// Words of a fall.
    pub falls: Vec<String>,
    /// Words between two amounts of which the second is what the first fell to.
    pub down_to: WordList,
    /// Words alone between them and the rate of that fall.
    pub went_down: WordList,
    /// Words in front of the first.
    pub from: WordList,
    /// Ends of the words between an amount and what it became.
    pub became: WordList,
    /// Words of a rise.
    pub rises: Vec<String>,
    /// Ends of shares.
    pub shares: Vec<String>,
    /// Shares that may exceed 100 %.
    pub unbounded: Vec<String>,
    /// Most by which a printed rate may differ from its counts, in percentage points.
    pub tolerance: f64,
    /// The same for a rate printed with decimals.
    pub tolerance_of_decimals: f64,
    /// Words of the rate of decisions that were corrected.
    pub correction: Vec<String>,
    /// Results that count as such.
    pub corrected: Vec<String>,
    /// Results by agreement, which some count as such, too.
    pub agreed: Vec<String>,
    /// Words that make a rate one of other counts than those printed.
    pub qualified: Vec<String>,
    /// Words that open the share of the figure before.
    pub portions: Vec<String>,
    /// Words of the year before.
    pub last_year: Vec<String>,
    /// Words between last year's number and that for the change.
    pub beside: WordList,
    /// Characters that turn the word behind them into its contrary.
    pub negations: String,
    /// Rates whose counts are known.
    pub kinds: Vec<RateKind>,
}

/// A rate and the counts that it is made of.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateKind {
    /// Words of the rate.
    pub rate: Vec<String>,
    /// Words of the part.
    pub part: Vec<String>,
    /// Words of the whole.
    pub whole: Vec<String>,
}

/// Text that was not filled in.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceholderCues {
    /// Marks that stand for a name.
    pub marks: WordList,
    /// Units behind such a mark.
    pub units: WordList,
    /// Words in the sentence of cases that are told without names.
    pub innocent: WordList,
    /// Marks that stand for an amount.
    pub number_marks: WordList,
    /// Counters behind such a mark.
    pub counters: WordList,
    /// Words left from a form.
    pub left: WordList,
}
