//! What does a PDF say? Its text layer to paragraphs, one a line.
//!
//! The library `lopdf` reads the objects of the file, within bounds; the text is put together here by where it stands on
//! the page: only so can lines be joined into paragraphs, and heads, feet and page numbers be told from the report.

mod cmap;
mod font;
mod lexer;
mod lines;
mod paragraphs;
mod rules;
mod walk;

use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::{Document, Error, LoadOptions};

use super::error::ReadError;
use walk::{Run, Walk};

const PDF: &str = "PDF";
/// Pages of the longest document that is read.
const PAGES: usize = 20_000;

/// The text of a PDF; its streams may unpack to `limit` bytes each.
pub(super) fn read(bytes: &[u8], file: &str, limit: u64) -> Result<String, ReadError> {
    // The library is guarded against hostile files; should one get through all the same, it costs only this document.
    catch_unwind(AssertUnwindSafe(|| text(bytes, file, limit)))
        .unwrap_or_else(|_| Err(damaged(file, "its parts contradict each other")))
}

fn damaged(file: &str, cause: &str) -> ReadError {
    ReadError::Damaged { file: file.to_owned(), what: PDF, cause: cause.to_owned() }
}

fn text(bytes: &[u8], file: &str, limit: u64) -> Result<String, ReadError> {
    let start = bytes.windows(5).take(1024).position(|window| window == b"%PDF-").unwrap_or(0);
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let options = LoadOptions { max_decompressed_size: Some(most), ..LoadOptions::default() };
    let locked = || ReadError::Locked { file: file.to_owned(), what: "the document" };
    let document = Document::load_mem_with_options(&bytes[start..], options).map_err(|error| match error {
        Error::InvalidPassword | Error::Decryption(_) | Error::Unimplemented(_) => locked(),
        other => damaged(file, &other.to_string()),
    })?;
    if document.is_encrypted() {
        return Err(locked());
    }
    let mut walk = Walk::new(&document, most);
    let mut pages: Vec<Vec<Run>> = Vec::new();
    for page in document.page_iter().take(PAGES) {
        pages.push(walk.page(page));
        if walk.overflown {
            return Err(ReadError::Bomb { file: file.to_owned(), limit });
        }
    }
    if pages.is_empty() {
        return Err(damaged(file, "it has no pages"));
    }
    if walk.drawn == 0 && walk.broken {
        return Err(damaged(file, "the content of its pages cannot be unpacked"));
    }
    if walk.drawn == 0 {
        return Err(ReadError::Scan { file: file.to_owned(), pages: pages.len() });
    }
    if walk.unknown * 2 > walk.drawn {
        return Err(ReadError::Unmapped { file: file.to_owned() });
    }
    let mut pages: Vec<_> = content(pages).into_iter().map(lines::lines).collect();
    lines::clear(&mut pages);
    let paragraphs = paragraphs::paragraphs(&pages);
    if paragraphs.is_empty() {
        return Err(ReadError::Scan { file: file.to_owned(), pages: pages.len() });
    }
    Ok(paragraphs.join("\n"))
}

/// The runs that are content as the document itself says, unless it says so of too little.
fn content(mut pages: Vec<Vec<Run>>) -> Vec<Vec<Run>> {
    let length = |artifact: bool| -> usize {
        let runs = pages.iter().flatten().filter(|run| run.artifact == artifact);
        runs.map(|run| run.text.len()).sum()
    };
    if length(true) < length(false) {
        for page in &mut pages {
            page.retain(|run| !run.artifact);
        }
    }
    pages
}

#[cfg(test)]
mod tests;
