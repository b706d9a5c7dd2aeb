//! How do pages reach the extractor? Inputs read and worked on by many threads, given back in the order they were named.

use std::io::BufRead;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};

use super::ordered::ordered;
use crate::read::{Document, Format, Input, Options, Page, Pages, ReadError};

/// How pages are read.
#[derive(Debug, Clone)]
pub struct Reading<'a> {
    /// Number of threads that read and extract.
    pub jobs: usize,
    /// What a page may be, and where tables have their text.
    pub options: Options,
    /// No further page is begun once this is true.
    pub cancel: &'a AtomicBool,
}

/// Why a page gave nothing.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// It could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The program failed on it, which is a mistake in the program.
    #[error("{file}: the program failed on this page; please report it with the page, it is a mistake in the program")]
    Panic {
        /// The page.
        file: String,
    },
}

/// Reads all inputs and gives what `work` makes of each page to `each`, in the order of the inputs, on the calling
/// thread. Memory is bounded by the number of threads, however many pages there are. When `each` breaks, the value of
/// the break is returned.
///
/// `standard_input` is what [`Input::StandardInput`] stands for.
pub fn pages<T: Send, B>(
    inputs: Vec<Input>,
    standard_input: Box<dyn BufRead + Send>,
    reading: &Reading<'_>,
    work: impl Fn(Document) -> T + Sync,
    each: impl FnMut(Result<T, PageError>) -> ControlFlow<B>,
) -> Option<B> {
    let work = |page: Result<Page, ReadError>| {
        let page = page?;
        let file = page.name().to_owned();
        // One page must not end the reading of a hundred thousand others.
        let done = catch_unwind(AssertUnwindSafe(|| Ok(work(page.read()?))));
        done.unwrap_or(Err(PageError::Panic { file }))
    };
    ordered(reading.jobs, unread(inputs, standard_input, reading), work, each)
}

/// The pages of all inputs, in their order, for the threads to read.
fn unread<'a>(
    inputs: Vec<Input>,
    standard_input: Box<dyn BufRead + Send>,
    reading: &'a Reading<'_>,
) -> impl Iterator<Item = Result<Page, ReadError>> + Send + 'a {
    let mut standard_input = Some(standard_input);
    inputs
        .into_iter()
        .flat_map(move |input| match input {
            Input::File { path, format } => Pages::of_file(&path, format, &reading.options),
            Input::StandardInput => {
                let stream = standard_input.take().unwrap_or_else(|| Box::new(std::io::empty()));
                Pages::of_stream(stream, "-", Format::JsonLines, &reading.options)
            }
        })
        .take_while(|_| !reading.cancel.load(Ordering::Relaxed))
}
