//! What stands in the tables? One a class, defined by `data/export`; the sinks of `sink` write them.

pub(super) mod cell;
mod definition;
mod path;
pub(super) mod row;
mod sides;

pub use cell::Cell;
pub use definition::{Column, DefinitionError, Kind, Table, panel_tables, tables};
pub use path::Path;
