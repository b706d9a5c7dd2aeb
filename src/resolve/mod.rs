//! What does a mention mean? Who reports, which body is meant, which document is cited.

pub mod bodies;
pub mod citations;
mod implemented;
pub mod issuer;
pub mod metadata;
pub mod reporter;

pub use reporter::Reporter;
