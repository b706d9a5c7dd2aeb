//! The integration tests, one binary. Each module asks one question of the whole.

mod data_regions; // the tables of data/regions: counts, codes, names, successors
mod describe; // a report in RDF: golden, valid IRIs, every part reachable
mod ontology; // the files of ontology/ agree with each other, with src, queries, data and goldens
mod store; // a report enters, changes and leaves with all of it and nothing else; a killed process harms nothing
mod vocab; // src/vocab is what ontology/fazhi.ttl declares
