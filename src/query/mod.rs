//! What can be asked? The catalogue of `queries/` and any SPARQL.
