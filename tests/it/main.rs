//! The integration tests, one binary. Each module asks one question of the whole.

/// Do the registries of law and policy mean what their READMEs say?
mod data_laws;
/// Do the tables of regions mean what their README says?
mod data_regions;
