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
    /// Words that sum up the figures before them.
    pub summing: Vec<String>,
    /// Words that open a list of parts.
    pub among: Vec<String>,
    /// Words that hand a total out to all its parts.
    pub each: Vec<String>,
    /// Words that leave a list open.
    pub open: Vec<String>,
    /// Wholes with parts that exclude each other.
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
    /// The same for a rate printed with decimals.
    pub tolerance_of_decimals: f64,
    /// Words that make a rate one of other counts than those printed.
    pub qualified: Vec<String>,
    /// Words that open the share of the figure before.
    pub portions: Vec<String>,
    /// Words of the year before.
    pub last_year: Vec<String>,
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
    pub marks: Vec<String>,
    /// Units behind such a mark.
    pub units: Vec<String>,
}
