//! fazhi reads Chinese annual reports on law-based government (法治政府建设年度报告) into a knowledge graph.
//!
//! The modules stand in the order of the pipeline; a stage uses only what stands before it. What one page says:
//!
//! ```
//! use fazhi::{extract, lexicon::Lexicon, read::Document};
//!
//! let text = "武山县2021年法治政府建设情况报告\n2021年,我县审查规范性文件13件,认真贯彻《行政处罚法》。".to_owned();
//! let report = extract(&Document { text, ..Document::default() }, Lexicon::shared()?);
//!
//! assert_eq!(report.metadata.region.as_ref().and_then(|region| region.code.as_deref()), Some("620524"));
//! assert_eq!(report.citations[0].canonical, "中华人民共和国行政处罚法");
//! assert_eq!(report.figures[0].value, 13.0);
//! # Ok::<(), fazhi::lexicon::LexiconError>(())
//! ```
//!
//! [`build::Build`] takes whole folders into a [`store::Store`]; [`query`] and [`analyze`] ask it.

pub mod report;
pub mod text;
pub mod read;
pub mod lexicon;
pub mod outline;
pub mod recognize;
pub mod resolve;
pub mod relate;
mod extract;
pub mod facts;
pub mod vocab;
pub mod describe;
pub mod store;
pub mod build;
pub mod query;
pub mod analyze;
pub mod audit;
pub mod validate;
pub mod export;
pub mod search;
pub mod agents;
pub mod serve;
pub mod cli;

pub use extract::extract;
pub use relate::genre::{Refusal, breaks_off, judge};
