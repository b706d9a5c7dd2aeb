//! Which colour does a community have?

/// Colours that stay apart for the colour-blind as far as eight can (their brightness varies too), all dark enough that
/// white figures on them and the colours on white are legible (contrast of 4.5 and more, WCAG 2.1).
pub(super) const COLOURS: [[u8; 3]; 8] = [
    [0x00, 0x5f, 0xa3],
    [0xb0, 0x46, 0x00],
    [0x00, 0x76, 0x50],
    [0x9b, 0x2d, 0x8e],
    [0x6e, 0x5a, 0x00],
    [0x1d, 0x2f, 0x5e],
    [0xc0, 0x1f, 0x4c],
    [0x4b, 0x1f, 0x6f],
];

/// The colour of the communities after those.
pub(super) const OTHER: [u8; 3] = [0x6b, 0x6b, 0x6b];

/// The colour of a community by its number.
pub(super) fn of_community(number: usize) -> [u8; 3] {
    number.checked_sub(1).and_then(|place| COLOURS.get(place)).copied().unwrap_or(OTHER)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance as WCAG 2.1 defines it.
    fn luminance(colour: [u8; 3]) -> f64 {
        let [red, green, blue] = colour.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    #[test]
    fn white_is_legible_on_every_colour() {
        for colour in COLOURS.into_iter().chain([OTHER]) {
            let contrast = 1.05 / (luminance(colour) + 0.05);
            assert!(contrast >= 4.5, "{colour:?} has {contrast}");
        }
    }

    #[test]
    fn each_of_the_largest_has_its_own() {
        let found: std::collections::BTreeSet<[u8; 3]> = (1..=9).map(of_community).collect();
        assert_eq!(found.len(), 9);
        assert_eq!((of_community(0), of_community(1), of_community(99)), (OTHER, COLOURS[0], OTHER));
    }
}
