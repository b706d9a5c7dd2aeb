//! Parquet, a file a table: typed columns with their values unchanged, for pandas, R, `DuckDB` and other programs.
//!
//! Years are `INT32`, other whole numbers `INT64`, numbers `DOUBLE`, days `DATE`, text UTF-8 `STRING`; every column may be
//! empty. Columns are dictionary-encoded and compressed with zstd. The file's metadata names the version of the program
//! (`fazhi.version`), the table (`fazhi.table`) and says of each column what it holds (`fazhi.columns`, JSON).

use std::io::Write;
use std::sync::Arc;

use ::parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use ::parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use ::parquet::schema::types::Type;

use super::Sink;
use crate::export::error::ExportError;
use crate::export::table::{Cell, Kind, Table};

/// A row group ends when its rows take so many bytes: what one table keeps in memory.
const GROUP_BYTES: usize = 16 << 20;

/// Writes tables as Parquet, each to a place of its own.
pub struct Parquet<W: Write + Send> {
    files: Vec<File<W>>,
}

struct File<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    kinds: Vec<Kind>,
    /// The rows that wait for their group to be full.
    rows: Vec<Vec<Cell>>,
    bytes: usize,
}

impl<W: Write + Send> Parquet<W> {
    /// Begins a file for each table.
    ///
    /// # Errors
    /// When the beginning cannot be written.
    pub fn new(files: Vec<(&Table, W)>) -> Result<Self, ExportError> {
        let files = files.into_iter().map(|(table, out)| File::new(table, out)).collect::<Result<_, _>>()?;
        Ok(Self { files })
    }

    /// Ends the files and gives them back in their order.
    ///
    /// # Errors
    /// When the last rows cannot be written.
    pub fn finish(self) -> Result<Vec<W>, ExportError> {
        let finish = |mut file: File<W>| -> Result<W, ExportError> {
            file.write_group()?;
            Ok(file.writer.into_inner()?)
        };
        self.files.into_iter().map(finish).collect()
    }
}

impl<W: Write + Send> Sink for Parquet<W> {
    fn row(&mut self, table: usize, row: Vec<Cell>) -> Result<(), ExportError> {
        let Some(file) = self.files.get_mut(table) else { return Ok(()) };
        let text = |cell: &Cell| if let Cell::Text(text) = cell { text.len() } else { 0 };
        file.bytes += row.len() * size_of::<Cell>() + row.iter().map(text).sum::<usize>();
        file.rows.push(row);
        if file.bytes >= GROUP_BYTES {
            file.write_group()?;
        }
        Ok(())
    }
}

impl<W: Write + Send> File<W> {
    fn new(table: &Table, out: W) -> Result<Self, ParquetError> {
        let fields = table.columns.iter().map(|column| field(&column.name, column.kind).map(Arc::new));
        let schema = Type::group_type_builder("fazhi").with_fields(fields.collect::<Result<_, _>>()?).build()?;
        let told: Vec<_> = table
            .columns
            .iter()
            .map(|column| serde_json::json!({ "name": column.name, "zh": column.zh, "en": column.en }))
            .collect();
        let metadata = [
            ("fazhi.version", env!("CARGO_PKG_VERSION").to_owned()),
            ("fazhi.table", table.name.clone()),
            ("fazhi.columns", serde_json::Value::from(told).to_string()),
        ];
        let properties = WriterProperties::builder()
            .set_created_by(concat!("fazhi ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
            .set_key_value_metadata(Some(metadata.map(|(key, value)| KeyValue::new(key.to_owned(), value)).to_vec()))
            .build();
        let writer = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
        let kinds = table.columns.iter().map(|column| column.kind).collect();
        Ok(Self { writer, kinds, rows: Vec::new(), bytes: 0 })
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let mut group = self.writer.next_row_group()?;
        for (position, kind) in self.kinds.iter().enumerate() {
            let Some(mut column) = group.next_column()? else { break };
            let cells = self.rows.iter().filter_map(|row| row.get(position));
            write_column(&mut column, *kind, cells)?;
            column.close()?;
        }
        group.close()?;
        self.rows.clear();
        self.bytes = 0;
        Ok(())
    }
}

fn field(name: &str, kind: Kind) -> Result<Type, ParquetError> {
    let (physical, logical) = match kind {
        Kind::Iri | Kind::Url | Kind::Text | Kind::Long => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Integer => (Physical::INT64, None),
        Kind::Year => (Physical::INT32, None),
        Kind::Date => (Physical::INT32, Some(LogicalType::Date)),
        Kind::Number => (Physical::DOUBLE, None),
        Kind::Boolean => (Physical::BOOLEAN, None),
    };
    Type::primitive_type_builder(name, physical)
        .with_logical_type(logical)
        .with_repetition(Repetition::OPTIONAL)
        .build()
}

fn write_column<'a>(
    column: &mut SerializedColumnWriter<'_>,
    kind: Kind,
    cells: impl Iterator<Item = &'a Cell>,
) -> Result<(), ParquetError> {
    match kind {
        Kind::Iri | Kind::Url | Kind::Text | Kind::Long => write::<ByteArrayType>(column, cells, |cell| match cell {
            Cell::Text(text) => Some(ByteArray::from(text.as_str())),
            _ => None,
        }),
        Kind::Integer => write::<Int64Type>(column, cells, |cell| match cell {
            Cell::Integer(number) => Some(*number),
            _ => None,
        }),
        Kind::Year => write::<Int32Type>(column, cells, |cell| match cell {
            Cell::Integer(year) => i32::try_from(*year).ok(),
            _ => None,
        }),
        Kind::Date => write::<Int32Type>(column, cells, |cell| match cell {
            Cell::Date(days, _) => Some(*days),
            _ => None,
        }),
        Kind::Number => write::<DoubleType>(column, cells, |cell| match cell {
            Cell::Number(number) => Some(*number),
            _ => None,
        }),
        Kind::Boolean => write::<BoolType>(column, cells, |cell| match cell {
            Cell::Boolean(value) => Some(*value),
            _ => None,
        }),
    }
}

fn write<'a, T: DataType>(
    column: &mut SerializedColumnWriter<'_>,
    cells: impl Iterator<Item = &'a Cell>,
    value: impl Fn(&Cell) -> Option<T::T>,
) -> Result<(), ParquetError> {
    let (mut values, mut present) = (Vec::new(), Vec::new());
    for cell in cells {
        let value = value(cell);
        present.push(i16::from(value.is_some()));
        values.extend(value);
    }
    column.typed::<T>().write_batch(&values, Some(&present), None)?;
    Ok(())
}
