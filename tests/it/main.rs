//! The integration tests, one binary. Each module asks one question of the whole.

/// Do the tables of regions mean what their README says?
mod data_regions;
/// Does a report enter, change and leave the store with all of it and nothing else, and does a killed process harm nothing?
mod store;
