//! `data/relations.toml`: who carries a measure out, and what findings are made of.

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

/// Who carries a unit out.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CarrierCues {
    /// Words before a body that carries it out.
    pub before: Vec<String>,
    /// Words shortly before a body that carries it out.
    pub near_before: Vec<String>,
    /// Most characters between such a word and the body.
    pub reach: usize,
    /// Words behind a body that is only named.
    pub refused_after: Vec<String>,
    /// Words that join bodies in a list.
    pub joins: Vec<String>,
    /// Words before a body that is only named.
    pub refused_before: Vec<String>,
}

/// Which plan answers which problem.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanCues {
    /// Least share of two-character words in common, from 0 to 1.
    pub least_share: f64,
    /// Two-character words that every report is full of, which therefore join nothing.
    pub generic: Vec<String>,
}

/// Another place's name.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForeignRegionCues {
    /// Words right before the name, which then stands for the reporter.
    pub before: Vec<String>,
    /// Words right behind it.
    pub after: Vec<String>,
    /// Words before it in its clause, which then means another place.
    pub refused_before: Vec<String>,
    /// Words behind it in its clause.
    pub refused_after: Vec<String>,
}

/// Parts and wholes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SumCues {
    /// Wholes with all their parts.
    pub partitions: Vec<Partition>,
}

/// A whole and the parts that make it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partition {
    /// Words of the whole.
    pub whole: Vec<String>,
    /// Words of the parts.
    pub parts: Vec<String>,
}

/// Rates and shares.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateCues {
    /// Words of a fall.
    pub falls: Vec<String>,
    /// Ends of shares.
    pub shares: Vec<String>,
    /// Shares that may exceed 100 %.
    pub unbounded: Vec<String>,
    /// Most by which a printed rate may differ from its counts, in percentage points.
    pub tolerance: f64,
}

/// Text that was not filled in.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceholderCues {
    /// Marks that stand for a name.
    pub marks: Vec<String>,
    /// Units behind such a mark.
    pub units: Vec<String>,
    /// Words in the sentence of cases that are told without names.
    pub innocent: Vec<String>,
    /// Marks that stand for an amount.
    pub number_marks: Vec<String>,
    /// Counters behind such a mark.
    pub counters: Vec<String>,
    /// Words left from a form.
    pub left: Vec<String>,
}
