//! `data/regions/tiles.csv`: a tile for every province, in its rough place, so that each can be seen whatever its size.

use serde::Deserialize;

use super::LexiconError;

/// The tile of a province.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Tile {
    /// GB/T 2260 code of the province.
    pub code: String,
    /// Its short name.
    pub name: String,
    /// Column from the west, from 0.
    pub column: u16,
    /// Row from the north, from 0.
    pub row: u16,
}

impl Tile {
    /// Reads the embedded table.
    ///
    /// # Errors
    /// Where a row does not fit the schema, which a test of the table rules out.
    pub fn all() -> Result<Vec<Self>, LexiconError> {
        super::rows("data/regions/tiles.csv", include_str!("../../data/regions/tiles.csv"))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::lexicon::regions::Regions;
    use crate::report::Level;

    #[test]
    fn every_province_has_a_tile_of_its_own() {
        let tiles = Tile::all().unwrap();
        let regions = Regions::load().unwrap();
        let provinces = regions.rows().iter().filter(|region| region.level == Level::Province && region.to.is_none());
        let provinces: Vec<&str> = provinces.map(|region| region.code.as_str()).collect();
        assert_eq!(tiles.iter().map(|tile| tile.code.as_str()).collect::<Vec<&str>>(), provinces, "sorted by code");
        let places: BTreeSet<(u16, u16)> = tiles.iter().map(|tile| (tile.column, tile.row)).collect();
        assert_eq!(places.len(), tiles.len());
        for tile in &tiles {
            let region = regions.with_code(&tile.code, None).unwrap();
            assert!(region.name.starts_with(&tile.name), "{} {}", region.name, tile.name);
        }
    }
}
