//! The integration tests, one binary. Each module asks one question of the whole.

mod data_laws; // the tables of data/laws and data/policies: titles, names, dates, successors
mod data_regions; // the tables of data/regions: counts, codes, names, successors
mod store; // a report enters, changes and leaves with all of it and nothing else; a killed process harms nothing
