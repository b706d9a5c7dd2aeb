//! What does a mention mean?
