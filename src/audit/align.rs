//! Where do two passages say the same? The longest common stretch, then the same on either side of it.
//!
//! Ratcliff and Obershelp's way of matching patterns (Dr. Dobb's Journal, July 1988), with a least length of a stretch so
//! that the characters that all Chinese prose shares do not count.

/// A stretch shorter than this is chance.
const LEAST_STRETCH: usize = 4;

/// A stretch that two passages share: where it begins in each, and its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Index of its first character in the one.
    pub left: usize,
    /// Index of its first character in the other.
    pub right: usize,
    /// Characters.
    pub length: usize,
}

/// The stretches that two passages share, in their order in both.
#[must_use]
pub fn stretches(left: &[char], right: &[char]) -> Vec<Stretch> {
    let mut found = Vec::new();
    let mut open = vec![(0..left.len(), 0..right.len())];
    let mut row = vec![0_usize; right.len() + 1];
    while let Some((of_left, of_right)) = open.pop() {
        let Some(best) = longest(left, right, &of_left, &of_right, &mut row) else { continue };
        open.push((of_left.start..best.left, of_right.start..best.right));
        open.push((best.left + best.length..of_left.end, best.right + best.length..of_right.end));
        found.push(best);
    }
    found.sort_by_key(|stretch| stretch.left);
    found
}

fn longest(
    left: &[char],
    right: &[char],
    of_left: &std::ops::Range<usize>,
    of_right: &std::ops::Range<usize>,
    row: &mut [usize],
) -> Option<Stretch> {
    if of_left.len() < LEAST_STRETCH || of_right.len() < LEAST_STRETCH {
        return None;
    }
    let row = &mut row[..=of_right.len()];
    row.fill(0);
    let mut best: Option<Stretch> = None;
    for (i, a) in left[of_left.clone()].iter().enumerate() {
        // From right to left, so that the length of the stretch before is still that of the row above.
        for (j, b) in right[of_right.clone()].iter().enumerate().rev() {
            row[j + 1] = if a == b { row[j] + 1 } else { 0 };
            let length = row[j + 1];
            if length >= LEAST_STRETCH && best.is_none_or(|best| length > best.length) {
                best = Some(Stretch {
                    left: of_left.start + i + 1 - length,
                    right: of_right.start + j + 1 - length,
                    length,
                });
            }
        }
    }
    best
}

/// The share of the characters of both passages that stands in shared stretches, from 0 to 1.
#[must_use]
pub fn similarity(stretches: &[Stretch], left: usize, right: usize) -> f64 {
    let shared: usize = stretches.iter().map(|stretch| stretch.length).sum();
    let (shared, all) =
        (u32::try_from(2 * shared).unwrap_or(u32::MAX), u32::try_from(left + right).unwrap_or(u32::MAX));
    if all == 0 { 0.0 } else { f64::from(shared) / f64::from(all) }
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;

    fn characters(words: &str) -> Vec<char> {
        words.chars().collect()
    }

    #[test]
    fn shared_stretches_stand_in_their_order() {
        let left = characters("建立案件评查制度定期通报情况");
        let right = characters("完善案件评查制度每季通报情况");
        let found = stretches(&left, &right);
        let words: Vec<String> = found.iter().map(|s| left[s.left..s.left + s.length].iter().collect()).collect();
        assert_eq!(words, ["案件评查制度", "通报情况"]);
        let similarity = similarity(&found, left.len(), right.len());
        assert!((similarity - 20.0 / 28.0).abs() < 1e-9, "{similarity}");
    }

    #[test]
    fn two_characters_in_common_are_chance() {
        assert!(stretches(&characters("推进工作"), &characters("检查工作")).is_empty());
        assert!(stretches(&[], &characters("检查工作")).is_empty());
        assert!(similarity(&[], 0, 0).abs() < 1e-9);
    }
}
