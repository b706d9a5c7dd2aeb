//! How do things hang together? The store as petgraph networks.
