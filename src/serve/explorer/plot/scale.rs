//! Which values stand at an axis, and where does a value stand between them?

use super::{Tick, tenth};

/// From values to places along an axis.
#[derive(Debug, Clone)]
pub(super) struct Scale {
    /// Least and greatest value of the axis.
    values: (f64, f64),
    /// Where these stand.
    places: (f64, f64),
    step: f64,
}

impl Scale {
    /// An axis from `places.0` to `places.1` that holds `least` to `greatest` and has about `wanted` steps of 1, 2 or 5 times a power of
    /// ten; of one at least where both are whole, since most such values count something. Values that are not finite count as zero;
    /// equal ones get an axis around them.
    pub(super) fn new(least: f64, greatest: f64, wanted: u32, places: (f64, f64)) -> Self {
        let finite = |value: f64| if value.is_finite() { value } else { 0.0 };
        let (mut low, mut high) = (finite(least).min(finite(greatest)), finite(least).max(finite(greatest)));
        if high <= low {
            let around = if low == 0.0 { 1.0 } else { low.abs() / 2.0 };
            (low, high) = (low - if low == 0.0 { 0.0 } else { around }, high + around);
        }
        let step = step((high - low) / f64::from(wanted.max(1)));
        let step = if low.fract() == 0.0 && high.fract() == 0.0 { step.max(1.0) } else { step };
        Self { values: ((low / step).floor() * step, (high / step).ceil() * step), places, step }
    }

    /// Where a value stands.
    pub(super) fn place(&self, value: f64) -> f64 {
        let share = (value - self.values.0) / (self.values.1 - self.values.0);
        tenth(self.places.0 + share * (self.places.1 - self.places.0))
    }

    /// The values of the axis.
    pub(super) fn ticks(&self) -> Vec<Tick> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a dozen steps")]
        let steps = ((self.values.1 - self.values.0) / self.step).round() as u32;
        let decimals = decimals(self.step);
        let values = (0..=steps).map(|step| self.values.0 + f64::from(step) * self.step);
        values.map(|value| Tick { at: self.place(value), label: grouped(&format!("{value:.decimals$}")) }).collect()
    }
}

/// The least of 1, 2, 5 times a power of ten that is not below `least`.
fn step(least: f64) -> f64 {
    let power = 10_f64.powf(least.log10().floor());
    let share = least / power;
    // A share of 2.0000000001 is meant to be 2.
    let steps = [1.0, 2.0, 5.0, 10.0];
    power * steps.into_iter().find(|step| share <= step + 1e-9).unwrap_or(10.0)
}

/// Digits after the point that a step of this size needs.
fn decimals(step: f64) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most the digits of a double")]
    let digits = (-step.log10()).ceil().clamp(0.0, 300.0) as usize;
    digits
}

/// A value that was worked out, in few digits.
pub(in super::super) fn short(value: f64) -> String {
    let text = format!("{value:.2}");
    grouped(text.trim_end_matches('0').trim_end_matches('.'))
}

/// A number with commas between thousands, as printed otherwise; what is no plain number stays as it is.
pub(in super::super) fn grouped(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    if whole.is_empty() || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return number.to_owned();
    }
    let sign = if digits.bytes().all(|byte| matches!(byte, b'0' | b'.')) { "" } else { sign };
    let mut text = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(least: f64, greatest: f64, wanted: u32) -> Vec<String> {
        Scale::new(least, greatest, wanted, (0.0, 100.0)).ticks().into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn ticks_are_round_and_hold_all_values() {
        assert_eq!(labels(0.0, 222.0, 5), ["0", "50", "100", "150", "200", "250"]);
        assert_eq!(labels(0.0, 100.0, 5), ["0", "20", "40", "60", "80", "100"]);
        assert_eq!(labels(97.3, 100.0, 5), ["97", "98", "99", "100"]);
        assert_eq!(labels(0.0, 0.4, 4), ["0.0", "0.1", "0.2", "0.3", "0.4"]);
        assert_eq!(labels(0.0, 12_345.0, 3), ["0", "5,000", "10,000", "15,000"]);
        assert_eq!(labels(-3.0, 4.0, 4), ["-4", "-2", "0", "2", "4"]);
        assert_eq!(labels(0.0, 2.0, 5), ["0", "1", "2"]);
        assert_eq!(labels(0.0, 2.5, 5), ["0.0", "0.5", "1.0", "1.5", "2.0", "2.5"]);
    }

    #[test]
    fn one_value_alone_has_an_axis_too() {
        assert_eq!(labels(0.0, 0.0, 2), ["0", "1"]);
        assert_eq!(labels(8.0, 8.0, 4), ["4", "6", "8", "10", "12"]);
        assert_eq!(labels(f64::NAN, f64::INFINITY, 2), ["0", "1"]);
        assert_eq!(labels(-5.0, -5.0, 4), ["-8", "-6", "-4", "-2"]);
    }

    #[test]
    fn a_value_stands_between_the_ends() {
        let scale = Scale::new(0.0, 200.0, 4, (100.0, 300.0));
        assert!((scale.place(0.0) - 100.0).abs() < 1e-9 && (scale.place(50.0) - 150.0).abs() < 1e-9);
        // An axis may run upwards.
        assert!((Scale::new(0.0, 10.0, 2, (80.0, 0.0)).place(5.0) - 40.0).abs() < 1e-9);
    }

    #[test]
    fn what_is_worked_out_has_few_digits() {
        assert_eq!([short(2.5), short(1200.0), short(0.333), short(-0.001)], ["2.5", "1,200", "0.33", "0"]);
    }

    #[test]
    fn thousands_are_told_apart() {
        let cases =
            [("1234567", "1,234,567"), ("999", "999"), ("-1000.50", "-1,000.50"), ("-0.0", "0.0"), ("1e9", "1e9")];
        for (number, text) in cases {
            assert_eq!(grouped(number), text);
        }
    }
}
