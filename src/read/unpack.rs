//! How are packed bytes unpacked without being trusted? Streams with a bound on what comes out of them.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::Crc;
use flate2::read::{DeflateDecoder, MultiGzDecoder};

use super::error::Unpacking;

/// A stream of bytes that can be handed to another thread.
pub(super) type Stream = Box<dyn BufRead + Send>;

/// What may come out of any packed stream, however small it is.
const FREE: u64 = 64 << 20;
/// What may come out of a packed byte beyond that; web pages of one site packed together reach some fifty.
const RATIO: u64 = 200;

/// The bytes that may come out of `packed` bytes.
pub(super) const fn allowance(packed: u64) -> u64 {
    FREE.saturating_add(packed.saturating_mul(RATIO))
}

/// How bytes are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Gzip,
    Zstd,
}

impl Packing {
    const fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip file",
            Self::Zstd => "Zstandard file",
        }
    }
}

/// Unpacks a stream; what comes out is bounded by what went in.
pub(super) fn unpack(packed: Stream, packing: Packing) -> io::Result<Stream> {
    let taken = Arc::new(AtomicU64::new(0));
    let counted = Counted { inner: packed, taken: Arc::clone(&taken) };
    let inner: Box<dyn Read + Send> = match packing {
        Packing::Gzip => Box::new(MultiGzDecoder::new(counted)),
        Packing::Zstd => {
            let mut decoder = zstd::stream::read::Decoder::new(counted)?;
            // 128 MiB: the largest window that the format's command line takes without being told to.
            decoder.window_log_max(27)?;
            Box::new(decoder)
        }
    };
    let bounded = Bounded { inner, what: packing.name(), bound: Bound::Taken(taken), given: 0 };
    Ok(Box::new(BufReader::with_capacity(1 << 16, bounded)))
}

/// An entry of a ZIP archive: `packed` holds exactly its bytes.
pub(super) fn entry(packed: Box<dyn Read + Send>, deflated: bool, allowed: u64, crc: u32) -> Stream {
    let inner: Box<dyn Read + Send> = if deflated { Box::new(DeflateDecoder::new(packed)) } else { packed };
    let bounded = Bounded { inner, what: "ZIP archive", bound: Bound::Fixed(allowed), given: 0 };
    Box::new(BufReader::with_capacity(1 << 15, Checked { inner: bounded, crc: Crc::new(), expected: crc }))
}

/// Counts what is read.
struct Counted {
    inner: Stream,
    taken: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.taken.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// What bounds the bytes that come out.
enum Bound {
    /// What has gone in so far.
    Taken(Arc<AtomicU64>),
    /// A number known beforehand.
    Fixed(u64),
}

/// Ends with an error where more comes out than may, and says of any other error what was damaged.
struct Bounded<R> {
    inner: R,
    what: &'static str,
    bound: Bound,
    given: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer).map_err(|error| {
            if error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<Unpacking>) {
                return error;
            }
            let cause = match error.kind() {
                io::ErrorKind::UnexpectedEof => "it ends early".to_owned(),
                _ => error.to_string(),
            };
            Unpacking::Damaged { what: self.what, cause }.into()
        })?;
        self.given += read as u64;
        let limit = match &self.bound {
            Bound::Taken(taken) => allowance(taken.load(Ordering::Relaxed)),
            Bound::Fixed(limit) => *limit,
        };
        if self.given > limit { Err(Unpacking::Bomb { limit }.into()) } else { Ok(read) }
    }
}

/// Compares the sum of an entry at its end.
struct Checked<R> {
    inner: R,
    crc: Crc,
    expected: u32,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.crc.update(&buffer[..read]);
        if read == 0 && !buffer.is_empty() && self.crc.sum() != self.expected {
            let cause = "its check sum is wrong".to_owned();
            return Err(Unpacking::Damaged { what: "ZIP archive", cause }.into());
        }
        Ok(read)
    }
}

/// A stream of which no more than so many bytes may be read between two resets.
pub(super) struct Metered<R> {
    inner: R,
    left: Arc<AtomicU64>,
    limit: u64,
}

/// Resets a [`Metered`] stream.
pub(super) struct Meter {
    left: Arc<AtomicU64>,
    limit: u64,
}

impl<R> Metered<R> {
    pub fn new(inner: R, limit: u64) -> (Self, Meter) {
        let left = Arc::new(AtomicU64::new(limit));
        (Self { inner, left: Arc::clone(&left), limit }, Meter { left, limit })
    }
}

impl Meter {
    pub fn reset(&self) {
        self.left.store(self.limit, Ordering::Relaxed);
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let left = self.left.load(Ordering::Relaxed);
        match left.checked_sub(read as u64) {
            Some(left) => self.left.store(left, Ordering::Relaxed),
            None => return Err(Unpacking::TooLarge { limit: self.limit }.into()),
        }
        Ok(read)
    }
}
