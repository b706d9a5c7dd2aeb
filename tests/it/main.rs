//! The integration tests, one binary. Each module asks one question of the whole.

mod agents; // the tools of language models, over standard streams and over HTTP
mod analyze; // networks of documents and measures: what is joined, how it is written
mod annotations; // what may be written with the token, and what not
mod audit; // planted copies are found, and nothing else
mod build; // the same graph for any number of threads, any order and any number of interruptions
mod cli; // exit codes and messages
mod compare; // pages across counties: figures, bodies, fields, concepts, networks
mod cookbook; // docs/cookbook.md is what the catalogue says and answers
mod data_laws; // the tables of data/laws and data/policies: titles, names, dates, successors
mod data_regions; // the tables of data/regions: counts, codes, names, successors
mod describe; // a report in RDF: golden, valid IRIs, every part reachable
mod effect; // two extractions compared, one fact explained
mod explorer; // pages of the way in, the search, the map and a region
mod export; // every format is read back as the same graph
mod filled; // a question with its values in its text asks the same
mod findings; // findings between reports: planted once each, in the graph, as a sheet, a page and a table
mod fixture; // six small reports said by hand, for queries and analyses
mod genre; // which texts are taken for reports, and what the others are
mod hostile; // queries that would take all time, memory or stack
mod lexicon; // the tables of cues: their form, and an example of every rule at work
mod ontology; // the files of ontology/ agree with each other, with src, queries, data and goldens
mod parameters; // names, codes and facts given to a question; whose values count
mod paths; // chains of implementation, ways between things, change between years, on invented reports
mod planned; // the catalogue planned has the rows of the catalogue as written
mod program; // the program as a test runs it, and pages for it to read
mod queries; // every query of the catalogue: header, parameters, answer checked by hand
mod read; // a folder of saved pages: what is read, what is skipped, what is refused and why
mod reading; // a report to read, two side by side, findings and documents, as a browser gets them
mod repair; // a text ruined by copying says what the whole one says
mod robust; // no text makes extraction fail, and what it finds lies where it says
mod rules; // every rule that the extraction names is told of in data/rules.toml, and no other
mod samples; // the sample reports, asked every query: answers checked against the texts
mod score; // the reports with a hand-made gold beside the repository, where it is there
mod search; // what is found is what is there, whatever is typed; the index comes, goes and breaks without harm
mod serve; // the store over HTTP: protocol, formats, limits, hostile requests
mod sparql_page; // the SPARQL page and what its editor asks
mod spec; // tests/spec/*.md: pieces of reports and what must be found in them
mod stages; // src is laid out as the pipeline runs, and documents name what exists
mod tables; // tables of an export: read back, counted, with hostile text; docs/export.md
mod store; // a report enters, changes and leaves with all of it and nothing else
mod validate; // every demand of the shapes is broken once, found, and nothing else with it
mod vocab; // src/vocab is what ontology/fazhi.ttl declares
