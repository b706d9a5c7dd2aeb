//! How does a file become documents? Unpacked and cut into pages by one thread, each page understood by any.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::archive::{Place, Tar, Zip};
use super::error::ReadError;
use super::input::Format;
use super::page::{Body, Page};
use super::sniff::{self, Content};
use super::table::{Csv, Parquet};
use super::unpack::{self, Packing, Stream};
use super::{Options, json, listing};

/// How often a file may be packed: a table in a gzip file in an archive.
const LAYERS: usize = 3;

/// The pages of one input, in its order; an archive's in the order of its directory.
pub struct Pages {
    /// What is being read, the innermost last.
    open: Vec<Source>,
    options: Options,
}

/// Where pages come from.
enum Source {
    One(Option<Result<Page, ReadError>>),
    /// JSON Lines, and whether there was any.
    Lines(json::Lines, String, bool),
    Values(json::Values, String),
    Csv(Csv),
    Parquet(Parquet),
    Zip {
        archive: Zip,
        wanted: std::vec::IntoIter<usize>,
        file: String,
        layer: usize,
    },
    Tar {
        archive: Tar,
        file: String,
        layer: usize,
        any: bool,
    },
}

/// What a source gives.
enum Step {
    Page(Result<Page, ReadError>),
    /// Something within it that is to be read first.
    Into(Source),
    End,
}

impl std::fmt::Debug for Pages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pages").field("options", &self.options).finish_non_exhaustive()
    }
}

impl Pages {
    /// The pages of a file. A file that is one page is not opened before [`Page::read`].
    #[must_use]
    pub fn of_file(path: &Path, format: Format, options: &Options) -> Self {
        let name = path.display().to_string();
        let source = file(path, &name, format, options).unwrap_or_else(failed);
        Self { open: vec![source], options: options.clone() }
    }

    /// The pages of a stream; `name` stands for its path.
    #[must_use]
    pub fn of_stream(stream: Box<dyn BufRead + Send>, name: &str, format: Format, options: &Options) -> Self {
        let source = opened(stream, name.to_owned(), format, options, 0).unwrap_or_else(failed);
        Self { open: vec![source], options: options.clone() }
    }
}

impl Iterator for Pages {
    type Item = Result<Page, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.open.last_mut()?.step(&self.options) {
                Step::Page(page) => return Some(page),
                Step::Into(source) => self.open.push(source),
                Step::End => {
                    self.open.pop();
                }
            }
        }
    }
}

fn failed(error: ReadError) -> Source {
    Source::One(Some(Err(error)))
}

impl Source {
    fn step(&mut self, options: &Options) -> Step {
        let page = match self {
            Self::One(page) => page.take(),
            Self::Lines(lines, name, any) => match lines.next() {
                None if !*any => {
                    *any = true;
                    Some(Err(ReadError::Empty { file: name.clone() }))
                }
                line => {
                    *any = true;
                    line.map(|line| line.map(|raw| record(raw, name, options)))
                }
            },
            Self::Values(values, name) => values.next().map(|value| value.map(|raw| record(raw, name, options))),
            Self::Csv(csv) => csv.next(),
            Self::Parquet(table) => table.next(),
            Self::Zip { archive, wanted, file, layer } => match wanted.next() {
                Some(index) => {
                    let entry = &archive.entries[index];
                    let name = format!("{file}#{}", entry.name);
                    let format = Format::of(Path::new(&entry.name)).unwrap_or(Format::Text);
                    let stream = archive.stream(entry, &name);
                    let source = stream.and_then(|stream| opened(stream, name, format, options, *layer));
                    return Step::Into(source.unwrap_or_else(failed));
                }
                None => None,
            },
            Self::Tar { archive, file, layer, any } => return tar_step(archive, file, *layer, any, options),
        };
        page.map_or(Step::End, Step::Page)
    }
}

fn tar_step(archive: &mut Tar, file: &str, layer: usize, any: &mut bool, options: &Options) -> Step {
    let limit = options.limits.document_bytes;
    loop {
        match archive.next(limit) {
            Some(Ok((inner, bytes))) => {
                let Some(format) = Format::of(Path::new(&inner)).filter(|_| !listing::is_passed(&inner)) else {
                    continue;
                };
                *any = true;
                let name = format!("{file}#{inner}");
                let source = match bytes {
                    Some(bytes) => opened(Box::new(Cursor::new(bytes)), name, format, options, layer),
                    None => Err(ReadError::TooLarge { file: name, size: None, limit }),
                };
                return Step::Into(source.unwrap_or_else(failed));
            }
            Some(Err(error)) => {
                *any = true;
                return Step::Page(Err(error));
            }
            None if !*any => {
                *any = true;
                return Step::Page(Err(ReadError::NothingPacked { file: file.to_owned() }));
            }
            None => return Step::End,
        }
    }
}

fn record(raw: json::Raw, name: &str, options: &Options) -> Page {
    let columns = Arc::clone(&options.columns);
    Page { name: format!("{name}#{}", raw.number), body: Body::Json(raw.bytes, columns), limits: options.limits }
}

/// What a file holds, as far as its first bytes tell.
fn file(path: &Path, name: &str, format: Format, options: &Options) -> Result<Source, ReadError> {
    let unreadable = |cause| ReadError::from_io(name, cause);
    let file = File::open(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(unreadable(io::ErrorKind::IsADirectory.into()));
    }
    // What is no ordinary file (a pipe) can be read only once.
    if !metadata.is_file() {
        return opened(Box::new(BufReader::new(file)), name.to_owned(), format, options, 0);
    }
    let (head, stream) = peek(BufReader::with_capacity(1 << 16, file)).map_err(unreadable)?;
    let one = |format| {
        let body = Body::File(PathBuf::from(path), format);
        Ok(Source::One(Some(Ok(Page { name: name.to_owned(), body, limits: options.limits }))))
    };
    match sniff::content(&head) {
        Content::Pdf => one(Format::Pdf),
        Content::Ole => one(Format::Docx),
        Content::Html if format != Format::Packed => one(Format::Html),
        Content::Zip => {
            let archive = Zip::open(Place::File(PathBuf::from(path)), name)?;
            if listing::is_docx(&archive) { one(Format::Docx) } else { zip(archive, name.to_owned(), 0) }
        }
        Content::Parquet => {
            let file = File::open(path).map_err(unreadable)?;
            Ok(Source::Parquet(Parquet::of_file(file, name, options)?))
        }
        Content::Other if matches!(format, Format::Text | Format::Html) => one(format),
        _ => opened(stream, name.to_owned(), format, options, 0),
    }
}

/// What a stream holds, as far as its first bytes tell; else what its name says.
fn opened(
    mut stream: Stream,
    name: String,
    mut format: Format,
    options: &Options,
    mut layer: usize,
) -> Result<Source, ReadError> {
    // The name within packed bytes: what remains of it without the ending that tells the packing.
    let mut inner = name.clone();
    loop {
        let (head, rest) = peek(stream).map_err(|cause| ReadError::from_io(&name, cause))?;
        let content = sniff::content(&head);
        let packing = match content {
            Content::Gzip => Packing::Gzip,
            Content::Zstd => Packing::Zstd,
            _ => return told(rest, content, name, format, options, layer),
        };
        layer += 1;
        if layer > LAYERS {
            return Err(ReadError::Nested { file: name, limit: LAYERS });
        }
        stream = unpack::unpack(rest, packing).map_err(|cause| ReadError::from_io(&name, cause))?;
        inner = listing::without_packing(&inner).to_owned();
        format = match (Format::of(Path::new(&inner)), format) {
            (Some(told), _) => told,
            (None, Format::Packed) => Format::Text,
            (None, named) => named,
        };
    }
}

/// A stream whose first bytes have been looked at.
fn told(
    stream: Stream,
    content: Content,
    name: String,
    format: Format,
    options: &Options,
    layer: usize,
) -> Result<Source, ReadError> {
    let limits = options.limits;
    let one = |stream: Stream, name: String, format| {
        let bytes = whole(stream, &name, limits.document_bytes)?;
        Ok(Source::One(Some(Ok(Page { name, body: Body::Bytes(bytes, format), limits }))))
    };
    match (content, format) {
        (Content::Pdf, _) => one(stream, name, Format::Pdf),
        (Content::Ole, _) => one(stream, name, Format::Docx),
        (Content::Html, _) => one(stream, name, Format::Html),
        (Content::Zip, _) => {
            let bytes: Arc<[u8]> = whole(stream, &name, limits.document_bytes)?.into();
            let archive = Zip::open(Place::Memory(Arc::clone(&bytes)), &name)?;
            if listing::is_docx(&archive) {
                let body = Body::Bytes(bytes.to_vec(), Format::Docx);
                return Ok(Source::One(Some(Ok(Page { name, body, limits }))));
            }
            zip(archive, name, layer)
        }
        (Content::Tar, _) => {
            if layer + 1 > LAYERS {
                return Err(ReadError::Nested { file: name, limit: LAYERS });
            }
            Ok(Source::Tar { archive: Tar::new(stream, name.clone()), file: name, layer: layer + 1, any: false })
        }
        (Content::Parquet, _) => {
            let bytes = whole(stream, &name, limits.document_bytes)?;
            Ok(Source::Parquet(Parquet::of_bytes(bytes, &name, options)?))
        }
        (_, Format::JsonLines) => {
            Ok(Source::Lines(json::Lines::new(stream, name.clone(), limits.document_bytes), name, false))
        }
        (_, Format::Json) => {
            Ok(Source::Values(json::Values::new(whole(stream, &name, limits.document_bytes)?, name.clone()), name))
        }
        (_, Format::Csv) => Ok(Source::Csv(Csv::new(stream, name, options)?)),
        (_, format) => one(stream, name, format),
    }
}

fn zip(archive: Zip, file: String, layer: usize) -> Result<Source, ReadError> {
    if layer + 1 > LAYERS {
        return Err(ReadError::Nested { file, limit: LAYERS });
    }
    let wanted = listing::wanted(&archive);
    if wanted.is_empty() {
        return Err(listing::nothing(&archive, file));
    }
    Ok(Source::Zip { archive, wanted: wanted.into_iter(), file, layer: layer + 1 })
}

/// The first bytes of a stream, and the stream with them.
fn peek(mut stream: impl BufRead + Send + 'static) -> io::Result<(Vec<u8>, Stream)> {
    let mut head = Vec::with_capacity(sniff::HEAD);
    (&mut stream).take(sniff::HEAD as u64).read_to_end(&mut head)?;
    Ok((head.clone(), Box::new(Cursor::new(head).chain(stream))))
}

/// All the bytes of a stream, if they are within the limit and not only white space.
pub(super) fn whole(stream: impl Read, name: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    if let Err(cause) = stream.take(limit.saturating_add(1)).read_to_end(&mut bytes) {
        return Err(ReadError::from_io(name, cause));
    }
    if bytes.len() as u64 > limit {
        return Err(ReadError::TooLarge { file: name.to_owned(), size: None, limit });
    }
    if bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes).trim_ascii().is_empty() {
        return Err(ReadError::Empty { file: name.to_owned() });
    }
    Ok(bytes)
}
