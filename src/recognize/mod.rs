//! What is named in the text? Mentions of regions, bodies, documents, figures and dates.
