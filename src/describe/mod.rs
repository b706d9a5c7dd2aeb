//! How is a report said in RDF?
