//! The integration tests, one binary. Each module asks one question of the whole.

/// Do the tables of regions mean what their README says?
mod data_regions;
