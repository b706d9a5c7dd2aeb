//! How do pages reach the extractor? Inputs read and worked on by many threads, given back in the order they were named.

use std::io::BufRead;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use super::ordered::ordered;
use crate::read::{self, Document, Format, Input, Limits, ReadError};

/// How pages are read.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// Number of threads that read and extract.
    pub jobs: usize,
    /// What a page may be.
    pub limits: Limits,
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
    let work = |task: Task| {
        let page = match task {
            // One file is one page.
            Task::File(path, format) => match read::documents(&path, format, &reading.limits).next() {
                Some(page) => page,
                None => Err(ReadError::Empty { file: path.display().to_string() }),
            },
            Task::Page(page) => *page,
        }?;
        let file = page.source.path.clone();
        // One page must not end the reading of a hundred thousand others.
        catch_unwind(AssertUnwindSafe(|| work(page))).map_err(|_| PageError::Panic { file })
    };
    ordered(reading.jobs, tasks(inputs, standard_input, reading), work, each)
}

/// What a thread does next.
enum Task {
    /// Read a file that holds one page, and work on it.
    File(PathBuf, Format),
    /// Work on a page of a file that holds many.
    Page(Box<Result<Document, ReadError>>),
}

fn tasks<'a>(
    inputs: Vec<Input>,
    standard_input: Box<dyn BufRead + Send>,
    reading: &'a Reading<'_>,
) -> impl Iterator<Item = Task> + Send + 'a {
    let mut standard_input = Some(standard_input);
    inputs
        .into_iter()
        .flat_map(move |input| {
            let documents = match input {
                Input::File { path, format: format @ (Format::Text | Format::Html) } => {
                    return Tasks::One(Some(Task::File(path, format)));
                }
                Input::File { path, format } => read::documents(&path, format, &reading.limits),
                Input::StandardInput => {
                    let reader = standard_input.take().unwrap_or_else(|| Box::new(std::io::empty()));
                    read::documents_from(reader, "-", Format::JsonLines, &reading.limits)
                }
            };
            Tasks::Many(documents)
        })
        .take_while(|_| !reading.cancel.load(Ordering::Relaxed))
}

/// The tasks of one input.
enum Tasks {
    One(Option<Task>),
    Many(read::Documents),
}

impl Iterator for Tasks {
    type Item = Task;

    fn next(&mut self) -> Option<Task> {
        match self {
            Self::One(task) => task.take(),
            Self::Many(documents) => documents.next().map(|page| Task::Page(Box::new(page))),
        }
    }
}
