//! What is known beforehand? The tables of `data/` and `ontology/`, in memory.
