//! What can go wrong when the graph leaves, and what to do about it.

use std::io;

use crate::query;
use crate::store::StoreError;

/// Why something could not be exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A region or year that was asked for is none.
    #[error(transparent)]
    Query(#[from] query::Error),
    /// The result cannot be written to where it should go.
    #[error("cannot write the export")]
    Write(#[from] io::Error),
    /// No table has this name.
    #[error("there is no table `{name}`{}; the tables are {known}", hint(.suggestions))]
    UnknownTable {
        /// What was asked for.
        name: String,
        /// Tables that are spelled alike.
        suggestions: Vec<String>,
        /// The names there are.
        known: String,
    },
    /// An export cannot be narrowed by this.
    #[error("an export has no parameter `{name}`; it takes region=NAME and year=YYYY")]
    UnknownParameter {
        /// What was given.
        name: String,
    },
    /// One parameter was given twice.
    #[error("the parameter `{name}` is given twice; give it once, or make an export for each value")]
    RepeatedParameter {
        /// What was given.
        name: String,
    },
    /// A workbook cannot be made.
    #[error("cannot make the workbook: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// A Parquet file cannot be made.
    #[error("cannot make the Parquet file: {0}")]
    Parquet(#[from] parquet::errors::ParquetError),
    /// A JSON-LD context is not what this writer can follow.
    #[error("the JSON-LD context cannot be used: {0}")]
    Context(String),
}

fn hint(suggestions: &[String]) -> String {
    if suggestions.is_empty() {
        return String::new();
    }
    let quoted: Vec<String> = suggestions.iter().map(|name| format!("`{name}`")).collect();
    format!("; did you mean {}?", quoted.join(" or "))
}

impl From<csv::Error> for ExportError {
    fn from(error: csv::Error) -> Self {
        Self::Write(error.into())
    }
}
