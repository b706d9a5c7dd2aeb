//! fazhi reads Chinese annual reports on law-based government (法治政府建设年度报告) into a knowledge graph.
//!
//! The modules stand in the order of the pipeline; a stage uses only what stands before it.

pub mod report;
pub mod text;
pub mod read;
pub mod lexicon;
pub mod outline;
pub mod recognize;
pub mod resolve;
pub mod relate;
mod extract;
pub mod vocab;
pub mod describe;
pub mod store;
pub mod build;
pub mod query;
pub mod analyze;
pub mod export;
pub mod cli;

pub use extract::extract;
pub use relate::genre::{Refusal, breaks_off, judge};
