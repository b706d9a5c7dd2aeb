//! Numbers that look random and are always the same.

/// A small generator (splitmix64).
pub struct Dice(u64);

impl Dice {
    /// The generator that belongs to these numbers.
    pub fn of(parts: &[u64]) -> Self {
        Self(parts.iter().fold(0, |state, part| Self(state ^ part.wrapping_mul(0x2545_f491_4f6c_dd1d)).next()))
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 up to `limit`, which must not be 0.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).unwrap_or(0)
    }

    /// Whether a thing happens that happens `percent` times in a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// A place in a list of `length` by Zipf's law: the n-th has a weight of 1/n.
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small")]
    pub fn zipf(&mut self, length: usize) -> usize {
        // The harmonic sum up to n is about ln n, so that equal steps of u are equal steps of the sum.
        let u = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        ((((length + 1) as f64).ln() * u).exp() as usize).clamp(1, length) - 1
    }
}
