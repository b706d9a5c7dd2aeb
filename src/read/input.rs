//! Which files do the arguments name? Files, folders, patterns and `-` to a list of inputs.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use glob::MatchOptions;
use walkdir::{DirEntry, WalkDir};

use super::error::InputError;

/// How a file's bytes are to be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// A saved web page.
    Html,
    /// JSON Lines: one record a line.
    JsonLines,
    /// A JSON file: one record, an array of records, or records one after the other.
    Json,
    /// A Word document (Office Open XML).
    Docx,
    /// A PDF document with a text layer.
    Pdf,
    /// A table as text: cells separated by commas, tabs or semicolons, the first line naming the columns.
    Csv,
    /// A Parquet table.
    Parquet,
    /// Any of these packed: gzip, Zstandard, ZIP or tar.
    Packed,
}

impl Format {
    /// The format that a file's extension stands for.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        Some(match extension(path)?.as_str() {
            "txt" | "text" | "md" => Self::Text,
            "html" | "htm" | "xhtml" | "shtml" | "xhtm" => Self::Html,
            "jsonl" | "ndjson" => Self::JsonLines,
            "json" => Self::Json,
            // Files called .doc are often web pages or .docx in truth; what they are is told by their content.
            "docx" | "docm" | "dotx" | "doc" | "wps" => Self::Docx,
            "pdf" => Self::Pdf,
            "csv" | "tsv" => Self::Csv,
            "parquet" | "pq" => Self::Parquet,
            "gz" | "zst" | "zip" | "tar" | "tgz" => Self::Packed,
            _ => return None,
        })
    }
}

/// One thing to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A file.
    File {
        /// The file as it was named.
        path: PathBuf,
        /// How to read it.
        format: Format,
    },
    /// Standard input, in JSON Lines.
    StandardInput,
}

/// Why a file in a folder is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SkipReason {
    /// Its name begins with a dot.
    Hidden,
    /// Its extension is none of those that are read.
    UnknownExtension,
    /// It belongs to a saved page: the folder `X_files` beside `X.html`.
    PageResource,
    /// It tells of the folder: a README.
    Readme,
    /// It is neither file nor folder.
    NotAFile,
}

impl SkipReason {
    /// The reason in words.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hidden => "hidden",
            Self::UnknownExtension => "unknown extension",
            Self::PageResource => "part of a saved page",
            Self::Readme => "tells of the folder",
            Self::NotAFile => "not a file",
        }
    }
}

/// A file or folder that was seen and left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Its path.
    pub path: PathBuf,
    /// Why it was left out.
    pub reason: SkipReason,
}

/// What the arguments name.
#[derive(Debug, Default)]
pub struct Inputs {
    /// What is to be read: in the order of the arguments, within a folder or pattern by path, nothing twice.
    pub found: Vec<Input>,
    /// What was left out, in the same order.
    pub skipped: Vec<Skipped>,
    /// What could not be found.
    pub errors: Vec<InputError>,
}

/// Expands files, folders (with all below them), patterns (`*`, `?`, `[…]`, `**`) and `-` (standard input).
///
/// Every file is listed once, under the first name it was given. Trouble with one argument does not stop the others.
#[must_use]
pub fn inputs(arguments: &[String]) -> Inputs {
    let mut expansion = Expansion::default();
    for argument in arguments {
        if argument == "-" {
            if !expansion.inputs.found.contains(&Input::StandardInput) {
                expansion.inputs.found.push(Input::StandardInput);
            }
            continue;
        }
        // A file that is really called `a[1].txt` is meant before the pattern is.
        match fs::metadata(argument) {
            Ok(metadata) if metadata.is_dir() => expansion.folder(argument, Path::new(argument)),
            Ok(_) => expansion.named(argument, Path::new(argument)),
            Err(_) if argument.contains(['*', '?', '[']) => expansion.pattern(argument),
            // A name that exists and cannot be looked at is reported with its cause.
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
                let path = PathBuf::from(argument);
                expansion.inputs.errors.push(InputError::Unlistable { path, cause: cause.to_string() });
            }
            Err(_) => expansion.inputs.errors.push(InputError::Missing { argument: argument.clone() }),
        }
    }
    expansion.inputs
}

#[derive(Default)]
struct Expansion {
    inputs: Inputs,
    /// Canonical paths of the files that are listed.
    seen: HashSet<PathBuf>,
    /// Paths that are listed as skipped.
    passed: HashSet<PathBuf>,
}

impl Expansion {
    /// A file that was named itself is read even if its extension is unknown, but not if that is known to be no text.
    fn named(&mut self, argument: &str, path: &Path) {
        let format = match (Format::of(path), unsupported(path)) {
            (Some(format), _) => format,
            (None, Some(format)) => {
                self.inputs.errors.push(InputError::Unsupported { argument: argument.to_owned(), format });
                return;
            }
            (None, None) => Format::Text,
        };
        self.add(path, format);
    }

    fn add(&mut self, path: &Path, format: Format) {
        let identity = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if self.seen.insert(identity) {
            self.inputs.found.push(Input::File { path: path.to_owned(), format });
        }
    }

    fn skip(&mut self, path: &Path, reason: SkipReason) {
        if self.passed.insert(path.to_owned()) {
            self.inputs.skipped.push(Skipped { path: path.to_owned(), reason });
        }
    }

    fn folder(&mut self, argument: &str, folder: &Path) {
        let errors = self.inputs.errors.len();
        let mut listed = 0;
        let mut walk = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
        while let Some(entry) = walk.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().unwrap_or(folder).to_owned();
                    self.inputs.errors.push(InputError::Unlistable { path, cause: error.to_string() });
                    continue;
                }
            };
            if entry.depth() == 0 {
                continue;
            }
            let reason = skip_reason(&entry);
            match (reason, Format::of(entry.path())) {
                (Some(reason), _) => {
                    self.skip(entry.path(), reason);
                    if entry.file_type().is_dir() {
                        walk.skip_current_dir();
                    }
                }
                (None, _) if entry.file_type().is_dir() => {}
                (None, Some(format)) => {
                    listed += 1;
                    self.add(entry.path(), format);
                }
                (None, None) => self.skip(entry.path(), SkipReason::UnknownExtension),
            }
        }
        if listed == 0 && self.inputs.errors.len() == errors {
            self.inputs.errors.push(InputError::NothingInside { argument: argument.to_owned() });
        }
    }

    fn pattern(&mut self, argument: &str) {
        // As in a shell and in folders, names that begin with a dot are meant only where the pattern says so.
        let options = MatchOptions { require_literal_leading_dot: true, ..MatchOptions::new() };
        let paths = match glob::glob_with(argument, options) {
            Ok(paths) => paths,
            Err(error) => {
                let cause = error.to_string();
                self.inputs.errors.push(InputError::BadPattern { argument: argument.to_owned(), cause });
                return;
            }
        };
        let mut matched = false;
        for entry in paths {
            match entry {
                Ok(path) if path.is_dir() => {
                    // `reports/*` means the files below as well, as a shell's expansion of it would.
                    matched = true;
                    self.folder(&path.display().to_string(), &path);
                }
                Ok(path) => {
                    matched = true;
                    match Format::of(&path) {
                        Some(format) => self.add(&path, format),
                        None => self.skip(&path, SkipReason::UnknownExtension),
                    }
                }
                Err(error) => {
                    matched = true;
                    let (path, cause) = (error.path().to_owned(), error.error().to_string());
                    self.inputs.errors.push(InputError::Unlistable { path, cause });
                }
            }
        }
        if !matched {
            self.inputs.errors.push(InputError::NoMatch { argument: argument.to_owned() });
        }
    }
}

/// Beginning of the name of a file that tells of its folder.
pub(super) const README: &str = "README";

fn skip_reason(entry: &DirEntry) -> Option<SkipReason> {
    let name = entry.file_name().to_string_lossy();
    if name.starts_with('.') {
        return Some(SkipReason::Hidden);
    }
    if entry.file_type().is_dir() {
        let page = name.strip_suffix("_files").or_else(|| name.strip_suffix(".files"))?;
        let beside = |ending: &str| entry.path().with_file_name(format!("{page}.{ending}")).exists();
        return ["html", "htm", "shtml"].into_iter().any(beside).then_some(SkipReason::PageResource);
    }
    if name.starts_with(README) {
        return Some(SkipReason::Readme);
    }
    (!entry.file_type().is_file()).then_some(SkipReason::NotAFile)
}

fn extension(path: &Path) -> Option<String> {
    path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase())
}

/// The name of a format that is certainly no text.
fn unsupported(path: &Path) -> Option<&'static str> {
    Some(match extension(path)?.as_str() {
        "rtf" | "odt" | "ofd" => "word processor",
        "xls" | "xlsx" | "et" | "ods" => "spreadsheet",
        "ppt" | "pptx" => "presentation",
        "mht" | "mhtml" => "web archive",
        "rar" | "7z" | "bz2" | "xz" => "archive",
        "png" | "jpg" | "jpeg" | "gif" | "bmp" | "webp" | "tif" | "tiff" => "picture",
        "db" | "sqlite" => "database",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with these files, all empty.
    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        folder
    }

    /// The paths found, relative to the folder.
    fn found(folder: &tempfile::TempDir, inputs: &Inputs) -> Vec<String> {
        let relative = |input: &Input| match input {
            Input::File { path, .. } => path.strip_prefix(folder.path()).unwrap_or(path).display().to_string(),
            Input::StandardInput => "-".to_owned(),
        };
        inputs.found.iter().map(relative).collect()
    }

    fn arguments(folder: &tempfile::TempDir, names: &[&str]) -> Vec<String> {
        let full =
            |name: &&str| if *name == "-" { "-".to_owned() } else { folder.path().join(name).display().to_string() };
        names.iter().map(full).collect()
    }

    #[test]
    fn a_folder_is_listed_by_path_and_says_what_it_skips() {
        let folder = folder(&[
            "b.txt",
            "a/z.html",
            "a/b.TXT",
            ".git/x.txt",
            "c.png",
            "p.html",
            "p_files/frame.html",
            "d.jsonl",
            "README.md",
        ]);
        let inputs = inputs(&arguments(&folder, &[""]));
        assert_eq!(found(&folder, &inputs), ["a/b.TXT", "a/z.html", "b.txt", "d.jsonl", "p.html"]);
        let skipped: Vec<_> =
            inputs.skipped.iter().map(|s| (s.path.file_name().unwrap().to_str().unwrap(), s.reason)).collect();
        assert_eq!(
            skipped,
            [
                (".git", SkipReason::Hidden),
                ("README.md", SkipReason::Readme),
                ("c.png", SkipReason::UnknownExtension),
                ("p_files", SkipReason::PageResource)
            ]
        );
        assert!(inputs.errors.is_empty());
    }

    #[test]
    fn nothing_is_listed_twice_and_the_order_is_that_of_the_arguments() {
        let folder = folder(&["b.txt", "a.txt", "sub/c.txt"]);
        let inputs = inputs(&arguments(&folder, &["sub/../b.txt", "-", "*.txt", "", "-", "b.txt"]));
        assert_eq!(found(&folder, &inputs), ["sub/../b.txt", "-", "a.txt", "sub/c.txt"]);
    }

    #[test]
    fn a_pattern_reaches_below_with_two_stars() {
        let folder = folder(&["a/1.txt", "a/b/2.txt", "a/b/3.bin", "a/.b/4.txt", "a/.5.txt"]);
        let inputs = inputs(&arguments(&folder, &["**/*.txt"]));
        assert_eq!(found(&folder, &inputs), ["a/1.txt", "a/b/2.txt"]);
    }

    #[test]
    fn a_file_with_brackets_in_its_name_is_no_pattern() {
        let folder = folder(&["a[1].txt"]);
        assert_eq!(found(&folder, &inputs(&arguments(&folder, &["a[1].txt"]))), ["a[1].txt"]);
    }

    #[test]
    fn a_file_that_is_named_is_read_unless_it_is_known_to_be_no_text() {
        let folder = folder(&["report", "report.xlsx"]);
        let inputs = inputs(&arguments(&folder, &["report", "report.xlsx"]));
        assert!(matches!(&inputs.found[..], [Input::File { format: Format::Text, .. }]));
        assert!(matches!(&inputs.errors[..], [InputError::Unsupported { format: "spreadsheet", .. }]));
    }

    #[test]
    fn every_failure_is_named() {
        let folder = folder(&["empty/c.bin"]);
        let inputs = inputs(&arguments(&folder, &["gone.txt", "no*.txt", "***", "empty"]));
        assert!(inputs.found.is_empty());
        assert!(matches!(
            &inputs.errors[..],
            [
                InputError::Missing { .. },
                InputError::NoMatch { .. },
                InputError::BadPattern { .. },
                InputError::NothingInside { .. }
            ]
        ));
    }
}
