//! What files does an archive hold? ZIP by its directory, tar entry by entry.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;

use encoding_rs::GB18030;
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use super::error::ReadError;
use super::unpack::{self, Stream};

/// Most files that an archive may hold.
const MOST: usize = 200_000;
const ZIP: &str = "ZIP archive";
const TAR: &str = "tar archive";

/// Where an archive's bytes are.
#[derive(Debug, Clone)]
pub(super) enum Place {
    File(PathBuf),
    Memory(Arc<[u8]>),
}

trait Bytes: Read + Seek + Send {}
impl<T: Read + Seek + Send> Bytes for T {}

impl Place {
    fn open(&self) -> io::Result<(Box<dyn Bytes>, u64)> {
        Ok(match self {
            Self::File(path) => {
                let file = File::open(path)?;
                let length = file.metadata()?.len();
                (Box::new(io::BufReader::new(file)), length)
            }
            Self::Memory(bytes) => (Box::new(Cursor::new(Arc::clone(bytes))), bytes.len() as u64),
        })
    }
}

/// A ZIP archive's directory.
#[derive(Debug)]
pub(super) struct Zip {
    place: Place,
    pub entries: Vec<Entry>,
}

/// A file within a ZIP archive.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub name: String,
    header: u64,
    packed: u64,
    crc: u32,
    locked: bool,
    method: CompressionMethod,
}

impl Zip {
    /// Reads the directory; folders are left out.
    pub fn open(place: Place, file: &str) -> Result<Self, ReadError> {
        let damaged = |error: ZipError| match error {
            ZipError::Io(cause) if cause.kind() != io::ErrorKind::UnexpectedEof => ReadError::from_io(file, cause),
            other => ReadError::Damaged { file: file.to_owned(), what: ZIP, cause: other.to_string() },
        };
        let (bytes, length) = place.open().map_err(|cause| ReadError::from_io(file, cause))?;
        let directory = ZipArchive::new(bytes).map_err(damaged)?;
        if directory.len() > MOST {
            return Err(ReadError::TooManyFiles { file: file.to_owned(), limit: MOST });
        }
        let (mut entries, mut packed) = (Vec::new(), 0u64);
        for index in 0..directory.len() {
            let entry = directory.by_index_data(index).map_err(damaged)?;
            if entry.is_dir() {
                continue;
            }
            packed = packed.saturating_add(entry.compressed_size());
            if packed > length {
                // More packed bytes than there are: entries lie over each other.
                let cause = "its entries overlap".to_owned();
                return Err(ReadError::Damaged { file: file.to_owned(), what: ZIP, cause });
            }
            entries.push(Entry {
                name: decoded(entry.name_raw()).into_owned(),
                header: entry.header_start(),
                packed: entry.compressed_size(),
                crc: entry.crc32(),
                locked: entry.encrypted(),
                method: entry.compression(),
            });
        }
        Ok(Self { place, entries })
    }

    /// The entry of this name.
    pub fn find(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    /// The content of an entry; `file` is what messages call it.
    pub fn stream(&self, entry: &Entry, file: &str) -> Result<Stream, ReadError> {
        let damaged = |cause: &str| ReadError::Damaged { file: file.to_owned(), what: ZIP, cause: cause.to_owned() };
        if entry.locked {
            return Err(ReadError::Locked { file: file.to_owned(), what: "the archive" });
        }
        let deflated = match entry.method {
            CompressionMethod::Stored => false,
            CompressionMethod::Deflated => true,
            _ => return Err(damaged("it is packed by a method that is not read")),
        };
        let content = || -> io::Result<Box<dyn Read + Send>> {
            let (mut bytes, _) = self.place.open()?;
            bytes.seek(SeekFrom::Start(entry.header))?;
            let mut header = [0; 30];
            bytes.read_exact(&mut header)?;
            if !header.starts_with(b"PK\x03\x04") {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let length = |at: usize| i64::from(u16::from_le_bytes([header[at], header[at + 1]]));
            bytes.seek_relative(length(26) + length(28))?;
            Ok(Box::new(bytes.take(entry.packed)))
        };
        let content = content().map_err(|cause| match cause.kind() {
            io::ErrorKind::UnexpectedEof => damaged("an entry is not where the directory says"),
            _ => ReadError::from_io(file, cause),
        })?;
        Ok(unpack::entry(content, deflated, unpack::allowance(entry.packed), entry.crc))
    }
}

/// A name in UTF-8, else in the encoding of Chinese Windows.
fn decoded(name: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(name).map_or_else(|_| GB18030.decode_without_bom_handling(name).0, Cow::Borrowed)
}

/// The name of a file in a tar archive and its bytes, or none of these where there are too many.
pub(super) type TarFile = (String, Option<Vec<u8>>);

/// A tar archive, read from its beginning to its end.
pub(super) struct Tar {
    stream: Stream,
    file: String,
    seen: usize,
}

impl Tar {
    pub fn new(stream: Stream, file: String) -> Self {
        Self { stream, file, seen: 0 }
    }

    /// The next file: its name and its bytes, or none of these where it is larger than `limit`.
    pub fn next(&mut self, limit: u64) -> Option<Result<TarFile, ReadError>> {
        let next = self.entry(limit);
        if !matches!(next, Ok(Some(_))) {
            // Nothing after the end or after damage is read.
            self.stream = Box::new(io::empty());
        }
        next.transpose()
    }

    fn entry(&mut self, limit: u64) -> Result<Option<TarFile>, ReadError> {
        let mut long_name = None;
        loop {
            let mut header = [0; 512];
            let read = self.fill(&mut header)?;
            if read == 0 || header.iter().all(|&byte| byte == 0) {
                return Ok(None);
            }
            let (Some(size), true) = (octal(&header[124..136]), read == 512) else {
                let cause = "a header is cut off or not well-formed".to_owned();
                return Err(ReadError::Damaged { file: self.file.clone(), what: TAR, cause });
            };
            self.seen += 1;
            if self.seen > MOST {
                return Err(ReadError::TooManyFiles { file: self.file.clone(), limit: MOST });
            }
            match header[156] {
                // GNU's and POSIX's records of a long name for the next entry.
                b'L' => long_name = self.content(size, 1 << 16)?,
                b'x' => long_name = self.content(size, 1 << 16)?.and_then(|record| path_of(&record)).or(long_name),
                b'0' | 0 => {
                    let field = |range: std::ops::Range<usize>| {
                        let bytes = &header[range];
                        &bytes[..bytes.iter().position(|&b| b == 0).unwrap_or(bytes.len())]
                    };
                    let name = long_name.take().unwrap_or_else(|| match field(345..500) {
                        prefix if header[257..].starts_with(b"ustar\0") && !prefix.is_empty() => {
                            [prefix, b"/", field(0..100)].concat()
                        }
                        _ => field(0..100).to_vec(),
                    });
                    let name = decoded(&name).trim_end_matches('\0').to_owned();
                    return Ok(Some((name, self.content(size, limit)?)));
                }
                _ => {
                    self.content(size, 0)?;
                }
            }
        }
    }

    /// Reads an entry's bytes, or passes them where there are more than `limit`; then what fills its last block.
    fn content(&mut self, size: u64, limit: u64) -> Result<Option<Vec<u8>>, ReadError> {
        let padding = size.next_multiple_of(512) - size;
        let mut bytes = Vec::new();
        let mut part = (&mut self.stream).take(size);
        let read = if size > limit {
            io::copy(&mut part, &mut io::sink())
        } else {
            part.read_to_end(&mut bytes).map(|read| read as u64)
        };
        let padded = io::copy(&mut (&mut self.stream).take(padding), &mut io::sink());
        let read = read.and_then(|read| padded.map(|_| read)).map_err(|cause| ReadError::from_io(&self.file, cause))?;
        if read < size {
            let cause = "it ends early".to_owned();
            return Err(ReadError::Damaged { file: self.file.clone(), what: TAR, cause });
        }
        Ok((size <= limit).then_some(bytes))
    }

    /// Fills the buffer as far as the stream goes.
    fn fill(&mut self, buffer: &mut [u8]) -> Result<usize, ReadError> {
        let mut read = 0;
        while read < buffer.len() {
            match self.stream.read(&mut buffer[read..]) {
                Ok(0) => break,
                Ok(more) => read += more,
                Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
                Err(cause) => return Err(ReadError::from_io(&self.file, cause)),
            }
        }
        Ok(read)
    }
}

/// A number of a tar header: octal digits, or, of large files, two's complement after a set bit.
fn octal(field: &[u8]) -> Option<u64> {
    const LARGEST: u64 = 1 << 50;
    if field.first()? & 0x80 != 0 {
        let bytes = field.last_chunk::<8>()?;
        return Some(u64::from_be_bytes(*bytes)).filter(|&size| size < LARGEST);
    }
    let digits = std::str::from_utf8(field).ok()?.trim_matches([' ', '\0']);
    if digits.is_empty() { Some(0) } else { u64::from_str_radix(digits, 8).ok().filter(|&size| size < LARGEST) }
}

/// The path in a POSIX extended header: records `LENGTH KEY=VALUE\n`.
fn path_of(records: &[u8]) -> Option<Vec<u8>> {
    records.split(|&b| b == b'\n').find_map(|record| {
        let at = record.windows(6).position(|window| window == b" path=")?;
        Some(record[at + 6..].to_vec())
    })
}
