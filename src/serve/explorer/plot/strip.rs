//! How the values of one year are spread: a dot a region, and a box from the first quartile to the third.

use serde::Serialize;

use super::scale::Scale;
use super::{FONT, Tick, WIDTH, tenth};
use crate::analyze::picture::text_width;

/// Distance of dots beside and above each other, at most.
const DOT: f64 = 7.0;

/// How high dots may be heaped.
const HEAP: f64 = 126.0;

/// Room above the dots for the names of chosen regions, a line each.
const NAME: f64 = 17.0;

/// A value to draw.
#[derive(Debug, Clone, Serialize)]
pub(in super::super) struct Dot {
    pub(in super::super) name: String,
    pub(in super::super) value: f64,
    pub(in super::super) told: String,
    pub(in super::super) href: String,
    pub(in super::super) chosen: bool,
}

#[derive(Debug, Serialize)]
pub(in super::super) struct Strip {
    pub(in super::super) width: f64,
    pub(in super::super) height: f64,
    /// Where the dots stand on, and where the axis is.
    pub(in super::super) ground: f64,
    pub(in super::super) axis: f64,
    pub(in super::super) ticks: Vec<Tick>,
    /// Where first quartile, median and third quartile are.
    pub(in super::super) quartiles: (f64, f64, f64),
    /// The values there.
    pub(in super::super) values: (f64, f64, f64),
    pub(in super::super) radius: f64,
    pub(in super::super) dots: Vec<Placed>,
    pub(in super::super) names: Vec<Name>,
}

/// A dot with its place.
#[derive(Debug, Serialize)]
pub(in super::super) struct Placed {
    #[serde(flatten)]
    pub(in super::super) dot: Dot,
    pub(in super::super) x: f64,
    pub(in super::super) y: f64,
}

/// The name of a chosen region, with the line to its dot.
#[derive(Debug, Serialize)]
pub(in super::super) struct Name {
    pub(in super::super) text: String,
    pub(in super::super) x: f64,
    pub(in super::super) y: f64,
    /// `start`, `middle` or `end`: where the text is held, so that it stays within the picture.
    pub(in super::super) anchor: &'static str,
    pub(in super::super) to: f64,
}

/// The picture of these values; `None` without any.
pub(in super::super) fn strip(mut values: Vec<Dot>) -> Option<Strip> {
    values.sort_by(|left, right| left.value.total_cmp(&right.value).then_with(|| left.name.cmp(&right.name)));
    let sorted: Vec<f64> = values.iter().map(|dot| dot.value).collect();
    let (least, greatest) = (*sorted.first()?, *sorted.last()?);
    let scale = Scale::new(least.min(0.0), greatest.max(0.0), 6, (24.0, WIDTH - 24.0));
    let chosen = values.iter().filter(|dot| dot.chosen).count();
    #[expect(clippy::cast_precision_loss, reason = "a dozen names")]
    let above = chosen as f64 * NAME;
    let bins: Vec<i64> = sorted.iter().map(|value| bin(scale.place(*value))).collect();
    let tallest = bins.chunk_by(|one, other| one == other).map(<[i64]>::len).max().unwrap_or(1);
    #[expect(clippy::cast_precision_loss, reason = "thousands of regions")]
    let tallest = tallest as f64;
    let rise = (HEAP / tallest).min(DOT);
    let ground = 8.0 + above + (tallest * rise).max(NAME);
    let mut dots: Vec<Placed> = Vec::new();
    let mut heaped = (i64::MIN, 0_u32);
    for (dot, bin) in values.into_iter().zip(bins) {
        heaped = if heaped.0 == bin { (bin, heaped.1 + 1) } else { (bin, 0) };
        #[expect(clippy::cast_precision_loss, reason = "bins of a picture")]
        let x = tenth((bin as f64 + 0.5) * DOT);
        dots.push(Placed { x, y: tenth(ground - DOT / 2.0 - f64::from(heaped.1) * rise), dot });
    }
    let values = (quantile(&sorted, 0.25), quantile(&sorted, 0.5), quantile(&sorted, 0.75));
    let quartiles = (scale.place(values.0), scale.place(values.1), scale.place(values.2));
    let names = names(&dots);
    let axis = ground + 44.0;
    Some(Strip {
        width: WIDTH,
        height: axis + 26.0,
        ground,
        axis,
        ticks: scale.ticks(),
        quartiles,
        values,
        radius: 3.0,
        dots,
        names,
    })
}

#[expect(clippy::cast_possible_truncation, reason = "bins of a picture")]
fn bin(x: f64) -> i64 {
    (x / DOT).floor() as i64
}

/// The names of chosen dots, each on a line of its own.
fn names(dots: &[Placed]) -> Vec<Name> {
    let mut y = 4.0;
    let chosen = dots.iter().filter(|placed| placed.dot.chosen);
    chosen
        .map(|placed| {
            y += NAME;
            let text = format!("{} {}", placed.dot.name, placed.dot.told);
            let half = text_width(&text, FONT) / 2.0;
            let (x, anchor) = if placed.x < half {
                (2.0, "start")
            } else if placed.x > WIDTH - half {
                (WIDTH - 2.0, "end")
            } else {
                (placed.x, "middle")
            };
            Name { text, x, y: y - 4.0, anchor, to: placed.y }
        })
        .collect()
}

/// The value below which this share of the sorted values lies, between two values in proportion (R's type 7); 0 of none.
pub(in super::super) fn quantile(sorted: &[f64], share: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    #[expect(clippy::cast_precision_loss, reason = "thousands of regions")]
    let at = share.clamp(0.0, 1.0) * last as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place among them")]
    let below = at.floor() as usize;
    let above = (below + 1).min(last);
    sorted[below] + (sorted[above] - sorted[below]) * at.fract()
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;

    fn dot(name: &str, value: f64, chosen: bool) -> Dot {
        Dot { name: name.into(), value, told: format!("{value}件"), href: String::new(), chosen }
    }

    #[test]
    fn quartiles_lie_between_values() {
        let close = |found: f64, wanted: f64| assert!((found - wanted).abs() < 1e-9, "{found} {wanted}");
        close(quantile(&[1.0, 2.0, 3.0, 4.0], 0.5), 2.5);
        close(quantile(&[1.0, 2.0, 3.0, 4.0], 0.25), 1.75);
        close(quantile(&[5.0], 0.75), 5.0);
        close(quantile(&[], 0.5), 0.0);
    }

    #[test]
    fn equal_values_are_heaped() {
        let mut values: Vec<Dot> = (0..5).map(|_| dot("县", 10.0, false)).collect();
        values.push(dot("甲县", 90.0, true));
        let strip = strip(values).unwrap();
        let heap: Vec<f64> = strip.dots[..5].iter().map(|placed| placed.y).collect();
        assert!(heap.windows(2).all(|pair| pair[1] < pair[0]), "{heap:?}");
        assert!(strip.dots.iter().all(|placed| placed.y > 0.0 && placed.y < strip.ground));
        assert_eq!(strip.names.len(), 1);
        assert!(strip.quartiles.1 < strip.dots[5].x);
    }

    #[test]
    fn a_thousand_regions_fit_and_none_give_no_picture() {
        let strip = super::strip((0..1000).map(|_| dot("县", 1.0, false)).collect()).unwrap();
        assert!(strip.dots.iter().all(|placed| placed.y > 0.0));
        assert!(super::strip(Vec::new()).is_none());
    }
}
