//! The integration tests, one binary. Each module asks one question of the whole.

mod analyze; // networks of documents and measures: what is joined, how it is written
mod data_laws; // the tables of data/laws and data/policies: titles, names, dates, successors
mod data_regions; // the tables of data/regions: counts, codes, names, successors
mod describe; // a report in RDF: golden, valid IRIs, every part reachable
mod fixture; // six small reports said by hand, for queries and analyses
mod ontology; // the files of ontology/ agree with each other, with src, queries, data and goldens
mod read; // a folder of saved pages: what is read, what is skipped, what is refused and why
mod store; // a report enters, changes and leaves with all of it and nothing else; a killed process harms nothing
mod queries; // every query of the catalogue: header, parameters, answer checked by hand
mod vocab; // src/vocab is what ontology/fazhi.ttl declares
