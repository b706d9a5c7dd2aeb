//! How alike are two passages? By the pairs of characters that they share, weighed by how few passages have them.
//!
//! What every passage of such reports has (法治政府建设, 进一步加强) weighs nothing, so no list of common words is needed.

use std::collections::{BTreeMap, BTreeSet};

use crate::analyze::scores::as_f64;
use crate::text::is_han;

/// A pair of neighbouring ideographs.
type Pair = (char, char);

/// Weights of pairs over the passages of the reports that are compared.
#[derive(Debug, Default)]
pub(super) struct Likeness {
    passages: usize,
    /// In how many passages a pair stands.
    frequencies: BTreeMap<Pair, usize>,
}

impl Likeness {
    pub(super) fn over<'t>(passages: impl Iterator<Item = &'t str>) -> Self {
        let mut likeness = Self::default();
        for passage in passages {
            likeness.passages += 1;
            for pair in pairs(passage) {
                *likeness.frequencies.entry(pair).or_default() += 1;
            }
        }
        likeness
    }

    /// What a pair weighs: ln of the passages by those that have it.
    fn weight(&self, pair: &Pair) -> f64 {
        let having = self.frequencies.get(pair).copied().unwrap_or(1);
        (as_f64(self.passages.max(1)) / as_f64(having)).ln()
    }

    /// The weight that two passages share by what both have: 1 where they have the same pairs, 0 where none that weighs.
    pub(super) fn both_ways(&self, one: &str, other: &str) -> f64 {
        let (one, other) = (pairs(one), pairs(other));
        let shared = self.sum(one.intersection(&other));
        ratio(2.0 * shared, self.sum(one.iter()) + self.sum(other.iter()))
    }

    /// The share of the weight of one passage that another one has.
    pub(super) fn covered(&self, one: &str, by: &str) -> f64 {
        let (one, by) = (pairs(one), pairs(by));
        ratio(self.sum(one.intersection(&by)), self.sum(one.iter()))
    }

    fn sum<'p>(&self, pairs: impl Iterator<Item = &'p Pair>) -> f64 {
        pairs.map(|pair| self.weight(pair)).sum()
    }
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

fn pairs(text: &str) -> BTreeSet<Pair> {
    let is_word = |pair: &Pair| is_han(pair.0) && is_han(pair.1);
    text.chars().zip(text.chars().skip(1)).filter(is_word).collect()
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;

    fn assert_close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
    }

    /// Of three passages 甲乙 stands in all (weight ln 3/3 = 0), 乙丙 in two (ln 1.5), 丙丁 and 乙戊 in one (ln 3).
    #[test]
    fn what_all_have_weighs_nothing() {
        let likeness = Likeness::over(["甲乙丙丁", "甲乙丙", "甲乙戊"].into_iter());
        let (half, one) = (1.5_f64.ln(), 3.0_f64.ln());
        assert_close(likeness.both_ways("甲乙丙丁", "甲乙丙"), 2.0 * half / (half + one + half));
        assert_close(likeness.covered("甲乙丙", "甲乙丙丁"), 1.0);
        assert_close(likeness.covered("甲乙丙丁", "甲乙丙"), half / (half + one));
        assert_close(likeness.both_ways("甲乙丙", "甲乙戊"), 0.0);
        assert_close(likeness.both_ways("", ""), 0.0);
    }
}
