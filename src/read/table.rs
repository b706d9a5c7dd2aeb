//! Which rows of a table are reports? CSV and Parquet, read row by row.

use std::fs::File;
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::reader::RowIter;
use parquet::record::{Field, Row};
use parquet::schema::types::Type;

use super::error::ReadError;
use super::page::{Body, Page};
use super::pages::whole;
use super::record::{self, Record};
use super::unpack::{Meter, Metered, Stream};
use super::{Options, encoding};

/// Bytes of a table by which its separator and encoding are told.
const SAMPLE: u64 = 1 << 16;
/// Columns of the widest table that is read.
const COLUMNS: usize = 10_000;
const PARQUET: &str = "Parquet table";

/// A table of which the first line names the columns.
pub(super) struct Csv {
    reader: Option<csv::Reader<Metered<Stream>>>,
    meter: Meter,
    header: Vec<String>,
    encoding: &'static Encoding,
    row: csv::ByteRecord,
    number: usize,
    name: String,
    options: Options,
}

impl Csv {
    pub fn new(mut stream: Stream, name: String, options: &Options) -> Result<Self, ReadError> {
        let limit = options.limits.document_bytes;
        let mut sample = Vec::new();
        let read = (&mut stream).take(SAMPLE).read_to_end(&mut sample);
        read.map_err(|cause| ReadError::from_io(&name, cause))?;
        if sample.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&sample).trim_ascii().is_empty() {
            return Err(ReadError::Empty { file: name });
        }
        let mut encoding = sampled(&sample, &name)?;
        let mut stream: Stream = Box::new(Cursor::new(sample.clone()).chain(stream));
        if encoding == UTF_16LE || encoding == UTF_16BE {
            let decoded = encoding::decode(&whole(stream, &name, limit)?, None, &name)?.text;
            sample = decoded.as_bytes()[..decoded.len().min(sample.len())].to_vec();
            (stream, encoding) = (Box::new(Cursor::new(decoded.into_bytes())), UTF_8);
        }
        let (metered, meter) = Metered::new(stream, limit.saturating_add(SAMPLE));
        let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(separator(&sample)).from_reader(metered);
        let header = reader.byte_headers().map_err(|error| broken(error, &name))?;
        let header: Vec<String> = header.iter().map(|cell| decoded(cell, encoding)).take(COLUMNS).collect();
        record::check(&header, &options.columns, &name)?;
        let (row, options) = (csv::ByteRecord::new(), options.clone());
        Ok(Self { reader: Some(reader), meter, header, encoding, row, number: 0, name, options })
    }

    pub fn next(&mut self) -> Option<Result<Page, ReadError>> {
        let reader = self.reader.as_mut()?;
        self.meter.reset();
        match reader.read_byte_record(&mut self.row) {
            Ok(true) => {}
            Ok(false) => {
                self.reader = None;
                // A table without a row says as little as an empty file.
                return (self.number == 0).then(|| Err(ReadError::Empty { file: self.name.clone() }));
            }
            Err(error) => {
                // Where the row ends is not known, nor where the next begins.
                self.reader = None;
                return Some(Err(broken(error, &format!("{}#{}", self.name, self.number + 1))));
            }
        }
        self.number += 1;
        let (row, encoding) = (&self.row, self.encoding);
        let record = Record::new(&self.options.columns, |name| {
            let cells = self.header.iter().zip(row).filter(|(own, _)| record::is_name(own, name));
            cells.map(|(_, cell)| decoded(cell, encoding)).find(|cell| !cell.trim().is_empty())
        });
        let name = format!("{}#{}", self.name, self.number);
        Some(Ok(Page { name, body: Body::Row(Box::new(record), "csv"), limits: self.options.limits }))
    }
}

fn broken(error: csv::Error, file: &str) -> ReadError {
    match error.into_kind() {
        csv::ErrorKind::Io(cause) => ReadError::from_io(file, cause),
        kind => ReadError::Damaged { file: file.to_owned(), what: "CSV table", cause: format!("{kind:?}") },
    }
}

fn decoded(cell: &[u8], encoding: &'static Encoding) -> String {
    encoding.decode_without_bom_handling(cell.strip_prefix(b"\xef\xbb\xbf").unwrap_or(cell)).0.into_owned()
}

/// The encoding of a table by its beginning. Separators and quotes are the same bytes in UTF-8 and GB18030.
fn sampled(sample: &[u8], name: &str) -> Result<&'static Encoding, ReadError> {
    if let Some((encoding, _)) = Encoding::for_bom(sample) {
        return Ok(encoding);
    }
    // The sample may end within a character.
    let end = sample.iter().rposition(|&b| b == b'\n').filter(|_| sample.len() as u64 == SAMPLE);
    let decoded = encoding::decode(&sample[..end.unwrap_or(sample.len())], None, name)?;
    Ok(Encoding::for_label(decoded.encoding.as_bytes()).unwrap_or(UTF_8))
}

/// The separator that occurs most in the first line.
fn separator(sample: &[u8]) -> u8 {
    let line = sample.split(|&b| b == b'\n').next().unwrap_or_default();
    let count = |separator: u8| line.split(|&b| b == separator).count();
    b",\t;".iter().copied().rev().max_by_key(|&separator| count(separator)).unwrap_or(b',')
}

/// A Parquet table; only the columns that are read are decoded, a few rows at a time.
pub(super) struct Parquet {
    rows: Option<RowIter<'static>>,
    number: usize,
    name: String,
    options: Options,
}

impl Parquet {
    pub fn of_file(file: File, name: &str, options: &Options) -> Result<Self, ReadError> {
        guarded(name, || Ok(Box::new(SerializedFileReader::new(file)?) as Box<dyn FileReader>))
            .and_then(|reader| Self::new(reader, name, options))
    }

    pub fn of_bytes(bytes: Vec<u8>, name: &str, options: &Options) -> Result<Self, ReadError> {
        let bytes = bytes::Bytes::from(bytes);
        guarded(name, || Ok(Box::new(SerializedFileReader::new(bytes)?) as Box<dyn FileReader>))
            .and_then(|reader| Self::new(reader, name, options))
    }

    fn new(reader: Box<dyn FileReader>, name: &str, options: &Options) -> Result<Self, ReadError> {
        let schema = reader.metadata().file_metadata().schema_descr().root_schema_ptr();
        let fields = schema.get_fields();
        let header: Vec<String> = fields.iter().map(|field| field.name().to_owned()).take(COLUMNS).collect();
        record::check(&header, &options.columns, name)?;
        let read = |field: &&Arc<Type>| field.is_primitive() && record::is_read(field.name(), &options.columns);
        let fields = fields.iter().filter(read).cloned().collect();
        let rows = guarded(name, || {
            let projection = Type::group_type_builder(schema.name()).with_fields(fields).build()?;
            Ok(RowIter::from_file_into(reader).project(Some(projection))?.with_batch_size(16))
        })?;
        Ok(Self { rows: Some(rows), number: 0, name: name.to_owned(), options: options.clone() })
    }

    pub fn next(&mut self) -> Option<Result<Page, ReadError>> {
        let rows = self.rows.as_mut()?;
        let name = format!("{}#{}", self.name, self.number + 1);
        match guarded(&name, || rows.next().transpose()) {
            Ok(Some(row)) => {
                self.number += 1;
                Some(self.page(name, &row))
            }
            Ok(None) => {
                self.rows = None;
                (self.number == 0).then(|| Err(ReadError::Empty { file: self.name.clone() }))
            }
            Err(error) => {
                // A column that cannot be decoded gives no further rows that could be trusted.
                self.rows = None;
                Some(Err(error))
            }
        }
    }

    fn page(&self, name: String, row: &Row) -> Result<Page, ReadError> {
        let limits = self.options.limits;
        let mut size = 0;
        let record = Record::new(&self.options.columns, |wanted| {
            let mut cells = row.get_column_iter().filter(|(own, _)| record::is_name(own, wanted));
            let cell = cells.find_map(|(_, field)| cell(field)).filter(|cell| !cell.trim().is_empty())?;
            size += cell.len() as u64;
            Some(cell)
        });
        if size > limits.document_bytes {
            return Err(ReadError::TooLarge { file: name, size: Some(size), limit: limits.document_bytes });
        }
        Ok(Page { name, body: Body::Row(Box::new(record), "parquet"), limits })
    }
}

/// The text of a cell; dates and numbers as they are printed.
fn cell(field: &Field) -> Option<String> {
    match field {
        Field::Str(text) => Some(text.clone()),
        Field::Bytes(bytes) => std::str::from_utf8(bytes.data()).ok().map(str::to_owned),
        Field::Date(_) | Field::TimestampMillis(_) | Field::TimestampMicros(_) => Some(field.to_string()),
        _ => None,
    }
}

/// The library is made for tables that one has written oneself: where it fails on others, the table is damaged.
fn guarded<T>(file: &str, read: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, ReadError> {
    let damaged = |cause: String| ReadError::Damaged { file: file.to_owned(), what: PARQUET, cause };
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(ParquetError::External(cause))) => Err(damaged(cause.to_string())),
        Ok(Err(error)) => {
            let cause = error.to_string();
            Err(damaged(cause.chars().map(|c| if c.is_control() { ' ' } else { c }).take(160).collect()))
        }
        Err(_) => Err(damaged("its parts contradict each other".to_owned())),
    }
}
