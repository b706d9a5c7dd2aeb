//! What does a mention mean? Who reports, which body is meant, which document is cited.

pub mod bodies;
pub mod citations;
pub mod implemented;
pub mod issuer;
pub mod metadata;
mod place;
pub mod reporter;

pub use reporter::Reporter;
