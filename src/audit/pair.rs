//! What does the comparison tell of two passages? Where they stand, what they share, and how their reports are related.

use crate::report::Span;
use serde::Serialize;

/// What two passages that are alike are a sign of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// Reports of two reporters share it: one may be copied from the other, or both from a third.
    CopiedPassage,
    /// Reports of one reporter and different years have it word for word.
    UnchangedPassage,
    /// Reports of one reporter and different years have it with other numbers.
    OnlyNumbersChanged,
    /// Reports of one reporter and different years name the same problem.
    RepeatedProblem,
}

/// How the two reporters are related.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// One reporter, another year.
    SamePlace,
    /// Two reporters of one region: two departments, or a department and the government.
    SameRegion,
    /// One region lies within the other: a higher authority is quoted below, or sums up what stands below.
    AboveAndBelow,
    /// Neither; also where the region of one is not known.
    Unrelated,
}

/// How it is told which of the two reports came first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// They cover different years.
    Year,
    /// They cover the same year and were published on different days.
    Published,
    /// Nothing else tells, but the later one names the earlier one's place.
    Name,
    /// It cannot be told; the one whose IRI is less is called the earlier.
    Unknown,
}

/// One of the two passages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Side {
    /// IRI of its report.
    pub report: String,
    /// IRI of the first unit (measure, problem, plan) that it touches; empty where it touches none.
    pub unit: String,
    /// IRIs of all units that it touches, in the order of the text.
    pub units: Vec<String>,
    /// Name of the region that reports; empty where none is known.
    pub place: String,
    /// IRI of that region; empty where none is known.
    pub region: String,
    /// The year reported on; empty where none is known.
    pub year: String,
    /// Day of publication, as the graph has it; empty where none is known.
    pub published: String,
    /// Name of the first unit that it touches; else its first words.
    pub name: String,
    /// Its first code point in the report's text.
    pub start: usize,
    /// The code point after its last one.
    pub end: usize,
    /// Its text.
    pub text: String,
}

/// What a segment of two passages that stand side by side is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SegmentKind {
    /// Both have it; at most marks and spaces differ.
    Shared,
    /// The name of a region, or the word for its level, stands for another.
    Name,
    /// A number stands for another.
    Number,
    /// Other words stand for each other, the title of a document included.
    Words,
    /// Only one of the two has it.
    Own,
}

/// A segment of two passages that stand side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Segment {
    /// What it is.
    pub kind: SegmentKind,
    /// Code points of the earlier report's text; `None` where only the later one has it.
    pub earlier: Option<Span>,
    /// Code points of the later report's text; `None` where only the earlier one has it.
    pub later: Option<Span>,
}

/// The name of the one reporter's place, left in the passage of the other: the strongest evidence of copying.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftName {
    /// The name as it stands there.
    pub name: String,
    /// Whether it is the later passage that names the earlier one's place, and not the other way round.
    pub in_later: bool,
    /// Code points of the text of the report in which it was left.
    pub span: Span,
}

/// A pair of passages that are alike.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pair {
    /// What it is a sign of.
    pub sign: Sign,
    /// How the reporters are related.
    pub relation: Relation,
    /// How it is told which is the earlier.
    pub order: Order,
    /// Of the compared characters of both passages, the share that stands in shared stretches: 0 to 1. Compared are the
    /// ideographs but for numbers, names of regions, words for their levels, and titles of documents.
    pub similarity: f64,
    /// The earlier passage.
    pub earlier: Side,
    /// The later passage.
    pub later: Side,
    /// Shared stretches: spans in the earlier report's text and in the later one's, in the order of the earlier.
    pub shared: Vec<(Span, Span)>,
    /// Both passages side by side, in the order of the earlier; what is the later one's own stands where it would be read.
    pub segments: Vec<Segment>,
    /// Names of the one's place in the other's passage.
    pub left_names: Vec<LeftName>,
}
