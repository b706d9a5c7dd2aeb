//! What a reader should be warned of within one report.
//!
//! Precision before coverage: a rule speaks only where the text contradicts itself or the tables.

mod documents;
mod foreign;
mod names;
mod numbers;
mod rates;
mod sums;

use crate::lexicon::Lexicon;
use crate::recognize::regions::RegionMention;
use crate::report::{Basis, BodyMention, Citation, Figure, Finding, Statement};
use crate::resolve::Reporter;
use crate::text::Text;
use std::ops::Range;

/// What the rules look at.
#[derive(Debug)]
pub struct Evidence<'a, 'l> {
    /// The text.
    pub text: &'a Text<'a>,
    /// Bytes of the body in the folded text.
    pub body: Range<usize>,
    /// The title, folded.
    pub title: &'a str,
    /// Who reports.
    pub reporter: &'a Reporter<'l>,
    /// Regions named, in bytes of the folded text.
    pub regions: &'a [RegionMention],
    /// Statements.
    pub statements: &'a [Statement],
    /// Bodies named, with why they carry a unit out.
    pub bodies: &'a [BodyMention],
    /// Citations.
    pub citations: &'a [Citation],
    /// Figures.
    pub figures: &'a [Figure],
    /// The tables.
    pub lexicon: &'l Lexicon,
}

/// Every finding, in the order of the text.
#[must_use]
pub fn findings(evidence: &Evidence<'_, '_>) -> Vec<Finding> {
    let mut found = Vec::new();
    found.extend(foreign::names(evidence));
    found.extend(names::placeholders(evidence));
    found.extend(names::year_mismatch(evidence));
    found.extend(names::reused_text(evidence));
    found.extend(numbers::impossible_percentages(evidence));
    found.extend(sums::mismatches(evidence));
    found.extend(rates::mismatches(evidence));
    found.extend(numbers::duplicate_indicators(evidence));
    found.extend(documents::unknown_documents(evidence));
    found.extend(documents::repealed_documents(evidence));
    found.sort_by(|a, b| (a.span, &a.kind).cmp(&(b.span, &b.kind)));
    found.dedup();
    found
}

impl Evidence<'_, '_> {
    fn finding(&self, range: Range<usize>, kind: &str, blanks: &[(&str, &str)], basis: Basis) -> Finding {
        Finding {
            span: self.text.span(range),
            kind: kind.to_owned(),
            message: self.lexicon.categories.message(kind, blanks),
            basis,
        }
    }

    /// Whether words have one of these, and not its contrary (不合格 is not 合格).
    fn say(&self, words: &str, cues: &[String]) -> bool {
        let negations = &self.lexicon.relations.rates.negations;
        let plain = |at: usize| words[..at].chars().next_back().is_none_or(|c| !negations.contains(c));
        cues.iter().any(|cue| words.match_indices(cue.as_str()).any(|(at, _)| plain(at)))
    }

    /// The figures of a statement, in order.
    fn figures_of(&self, statement: &Statement) -> &[Figure] {
        let start = self.figures.partition_point(|figure| figure.span.start < statement.span.start);
        let end = self.figures.partition_point(|figure| figure.span.start < statement.span.end);
        &self.figures[start..end.max(start)]
    }
}
