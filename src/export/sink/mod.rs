//! Where do the rows go? One writer a file format; each takes the rows of all tables as they come and keeps few of them.

mod csv;
mod parquet;
mod xlsx;

use super::error::ExportError;
use super::table::Cell;

pub use csv::Csv;
pub use parquet::Parquet;
pub use xlsx::Xlsx;

/// Takes rows.
pub trait Sink {
    /// Writes a row of the table with this number, in the order in which the tables were given to the sink.
    ///
    /// # Errors
    /// When it cannot be written.
    fn row(&mut self, table: usize, row: Vec<Cell>) -> Result<(), ExportError>;
}
