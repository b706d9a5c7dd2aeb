//! How does the graph leave the store?
