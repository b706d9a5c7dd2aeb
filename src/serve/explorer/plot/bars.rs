//! The values of one year, a bar a value, from the greatest down.

use serde::Serialize;

use super::scale::Scale;
use super::{FONT, Tick, WIDTH, tenth};
use crate::analyze::picture::{shortened, text_width};

/// Height of a bar with the space around it, and of the bar.
const ROW: f64 = 24.0;
const THICK: f64 = 14.0;

/// Above the first bar, for the values of the axis, and below the last.
const TOP: f64 = 26.0;
const BOTTOM: f64 = 6.0;

/// The narrowest and the widest column of names.
const NAMES: (f64, f64) = (48.0, 196.0);

/// A value to draw.
#[derive(Debug, Clone, Serialize)]
pub(in super::super) struct Bar {
    /// Whose it is.
    pub(in super::super) name: String,
    pub(in super::super) value: f64,
    /// The value as it is told, with its unit.
    pub(in super::super) told: String,
    /// Where it was read.
    pub(in super::super) href: String,
    pub(in super::super) approximate: bool,
    /// Whether the reader chose whose it is.
    pub(in super::super) chosen: bool,
}

#[derive(Debug, Serialize)]
pub(in super::super) struct Bars {
    pub(in super::super) width: f64,
    pub(in super::super) height: f64,
    /// Where zero is.
    pub(in super::super) zero: f64,
    pub(in super::super) ticks: Vec<Tick>,
    pub(in super::super) rows: Vec<Row>,
}

/// A bar with its places.
#[derive(Debug, Serialize)]
pub(in super::super) struct Row {
    #[serde(flatten)]
    pub(in super::super) bar: Bar,
    /// The name as far as there is room, and where it ends.
    pub(in super::super) short: String,
    pub(in super::super) names_end: f64,
    pub(in super::super) baseline: f64,
    pub(in super::super) x: f64,
    pub(in super::super) y: f64,
    pub(in super::super) length: f64,
    pub(in super::super) thick: f64,
    /// Where the value is told.
    pub(in super::super) told_at: f64,
}

/// The picture of these values in their order.
pub(in super::super) fn bars(values: Vec<Bar>) -> Bars {
    let widest = |texts: &mut dyn Iterator<Item = &str>| texts.map(|text| text_width(text, FONT)).fold(0.0, f64::max);
    let names_end = widest(&mut values.iter().map(|bar| bar.name.as_str())).clamp(NAMES.0, NAMES.1) + 4.0;
    let told = widest(&mut values.iter().map(|bar| bar.told.as_str())).min(WIDTH / 4.0);
    let least = values.iter().map(|bar| bar.value).fold(0.0, f64::min);
    let greatest = values.iter().map(|bar| bar.value).fold(0.0, f64::max);
    let scale = Scale::new(least, greatest, 5, (names_end + 8.0, WIDTH - told - 10.0));
    let zero = scale.place(0.0);
    let mut top = TOP;
    let rows: Vec<Row> = values
        .into_iter()
        .map(|bar| {
            let (end, y) = (scale.place(bar.value), top + (ROW - THICK) / 2.0);
            top += ROW;
            Row {
                short: shortened(&bar.name, names_end, FONT),
                names_end: tenth(names_end),
                baseline: tenth(y + THICK - 2.5),
                x: zero.min(end),
                y: tenth(y),
                length: tenth((end - zero).abs()),
                thick: THICK,
                told_at: tenth(zero.max(end) + 6.0),
                bar,
            }
        })
        .collect();
    Bars { width: WIDTH, height: top + BOTTOM, zero, ticks: scale.ticks(), rows }
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;

    fn bar(name: &str, value: f64) -> Bar {
        let (told, href) = (format!("{value}件"), String::new());
        Bar { name: name.into(), value, told, href, approximate: false, chosen: false }
    }

    #[test]
    fn lengths_are_as_the_values() {
        let bars = bars(vec![bar("甲县", 40.0), bar("乙县", 10.0), bar("丙县", 0.0)]);
        let lengths: Vec<f64> = bars.rows.iter().map(|row| row.length).collect();
        assert!((lengths[0] - 4.0 * lengths[1]).abs() < 0.5 && lengths[2] == 0.0, "{lengths:?}");
        assert!(bars.rows[0].y + bars.rows[0].thick < bars.rows[1].y);
        assert!(bars.rows[0].told_at + text_width("40件", FONT) <= bars.width);
        assert!(bars.rows.iter().all(|row| row.x >= row.names_end));
    }

    #[test]
    fn what_is_below_zero_goes_the_other_way() {
        let bars = bars(vec![bar("甲县", 4.0), bar("乙县", -2.0)]);
        assert!(bars.rows[1].x < bars.zero && (bars.rows[1].x + bars.rows[1].length - bars.zero).abs() < 0.11);
    }

    #[test]
    fn a_long_name_is_cut_and_nothing_is_drawn_of_nothing() {
        let bars = bars(vec![bar("某某某自治区某某某某自治州某某某自治县", 1.0)]);
        assert!(bars.rows[0].short.ends_with('…'));
        assert!(super::bars(Vec::new()).rows.is_empty());
    }
}
