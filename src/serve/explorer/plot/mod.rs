//! How are figures drawn? Places in a picture; a template writes them as SVG (`web/pages/plots.html`), so that words stand there.
//!
//! Three pictures: the regions of one year by rank ([`bars`]), some regions over the years ([`lines`]), and how the values of
//! one year are spread ([`strip`]). Lengths are pixels of the picture, from its upper left corner.

mod bars;
mod lines;
mod scale;
mod strip;

pub(super) use bars::{Bar, Bars, bars};
pub(super) use lines::{Line, Lines, lines};
pub(super) use scale::{grouped, short};
pub(super) use strip::{Dot, Strip, strip};

use serde::Serialize;

/// Width of every picture.
const WIDTH: f64 = 720.0;

/// Size of the letters.
const FONT: f64 = 13.0;

/// A value at an axis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Tick {
    /// Where it is, along the axis.
    pub(super) at: f64,
    pub(super) label: String,
}

/// A length to a tenth of a pixel: more digits only make the page longer.
fn tenth(length: f64) -> f64 {
    let rounded = (length * 10.0).round() / 10.0;
    // Minus zero would be written as such.
    if rounded == 0.0 { 0.0 } else { rounded }
}
