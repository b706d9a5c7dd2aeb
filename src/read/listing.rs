//! Which files of an archive are reports? The same that would be read of a folder.

use std::path::Path;

use super::archive::Zip;
use super::error::ReadError;
use super::input::{self, Format};

/// The entries to be read, in the archive's order.
pub(super) fn wanted(archive: &Zip) -> Vec<usize> {
    let is_page = |name: &str| Format::of(Path::new(name)).is_some() && !is_passed(name);
    let names = archive.entries.iter().enumerate();
    names.filter(|(_, entry)| is_page(&entry.name)).map(|(index, _)| index).collect()
}

/// Endings of the names of folders that belong to a saved page.
const RESOURCES: [&str; 2] = ["_files", ".files"];

/// Whether a file is passed over by its name: hidden, what an archiver of another system left, part of a saved page.
pub(super) fn is_passed(name: &str) -> bool {
    let mut parts = name.split(['/', '\\']).rev();
    let file = parts.next().unwrap_or_default();
    let hidden = |part: &str| part.starts_with('.') && part != "." && part != "..";
    hidden(file)
        || file.starts_with(input::README)
        || parts.any(|part| hidden(part) || part == "__MACOSX" || RESOURCES.iter().any(|ending| part.ends_with(ending)))
}

/// A Word document is a ZIP archive that holds one.
pub(super) fn is_docx(archive: &Zip) -> bool {
    archive.entries.iter().any(|entry| is_main_part(&entry.name))
}

/// The part that holds the text; some programs number it.
pub(super) fn is_main_part(name: &str) -> bool {
    name.strip_prefix("word/document")
        .is_some_and(|rest| rest.strip_suffix(".xml").is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit())))
}

/// Why nothing is read of an archive.
pub(super) fn nothing(archive: &Zip, file: String) -> ReadError {
    let kinds = [
        ("xl/workbook.xml", "a spreadsheet"),
        ("ppt/presentation.xml", "a presentation"),
        ("OFD.xml", "an OFD document"),
        ("content.xml", "an OpenDocument file"),
    ];
    match kinds.into_iter().find(|(part, _)| archive.find(part).is_some()) {
        Some((_, kind)) => ReadError::Binary { file, kind, byte: 0 },
        None => ReadError::NothingPacked { file },
    }
}

/// A name without the ending that tells the packing: `a.html` of `a.html.gz`, `a.tar` of `a.tgz`.
pub(super) fn without_packing(name: &str) -> &str {
    let packed = Path::new(name)
        .extension()
        .is_some_and(|e| ["gz", "zst", "tgz"].iter().any(|packing| e.eq_ignore_ascii_case(packing)));
    if packed { name.rsplit_once('.').map_or(name, |(rest, _)| rest) } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_folder_would_pass_over_is_passed_over() {
        for name in [".a.txt", "x/.git/a.txt", "__MACOSX/x/a.txt", "p_files/frame.html", "x/README.md", "a\\.b\\c.txt"]
        {
            assert!(is_passed(name), "{name}");
        }
        for name in ["a.txt", "./x/a.txt", "../a.txt", "files/a.txt"] {
            assert!(!is_passed(name), "{name}");
        }
    }

    #[test]
    fn the_main_part_is_known_by_its_name() {
        assert!(is_main_part("word/document.xml") && is_main_part("word/document2.xml"));
        assert!(!is_main_part("word/documentary.xml") && !is_main_part("document.xml"));
    }

    #[test]
    fn the_inner_name_tells_the_inner_format() {
        assert_eq!(without_packing("a/b.html.GZ"), "a/b.html");
        assert_eq!(without_packing("a.zst"), "a");
        assert_eq!(without_packing("a.html"), "a.html");
    }
}
