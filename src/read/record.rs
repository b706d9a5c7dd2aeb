//! Which field of a record or column of a table says what? Fields by name to a document.

use std::sync::LazyLock;

use serde::Deserialize;

use super::document::{Document, PageMetadata};
use super::error::ReadError;
use super::{dates, encoding, html};
use crate::report::Source;

/// Where a table or a record has its text and its address, if under other names than the usual ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// The column or field that holds the text (or a page's source).
    pub text: Option<String>,
    /// The column or field that holds the page's address.
    pub url: Option<String>,
}

/// The usual names: `data/columns.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    text: Vec<String>,
    html: Vec<String>,
    url: Vec<String>,
    title: Vec<String>,
    publisher: Vec<String>,
    published: Vec<String>,
    dated: Vec<String>,
    index_number: Vec<String>,
    site: Vec<String>,
}

#[expect(clippy::expect_used, reason = "the embedded table is fixed when the program is built; a test parses it")]
static NAMES: LazyLock<Names> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/columns.toml")).expect("data/columns.toml is well-formed")
});

/// What is read of a record or row; all else is ignored.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    /// Plain text.
    pub text: Option<String>,
    /// A page's source.
    pub html: Option<String>,
    /// The page's address.
    pub url: Option<String>,
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<String>,
    pub dated: Option<String>,
    pub index_number: Option<String>,
    pub site: Option<String>,
}

impl Record {
    /// Reads the fields that `value` gives for a name, comparing names by [`is_name`].
    pub fn new(columns: &Columns, mut value: impl FnMut(&str) -> Option<String>) -> Self {
        let mut first = |names: &[String]| names.iter().find_map(|name| value(name));
        let mut record = Self {
            text: None,
            html: first(&NAMES.html),
            url: first(columns.url.as_ref().map_or(NAMES.url.as_slice(), std::slice::from_ref)),
            title: first(&NAMES.title),
            publisher: first(&NAMES.publisher),
            published: first(&NAMES.published),
            dated: first(&NAMES.dated),
            index_number: first(&NAMES.index_number),
            site: first(&NAMES.site),
        };
        let text = first(columns.text.as_ref().map_or(NAMES.text.as_slice(), std::slice::from_ref));
        match text {
            Some(text) if is_markup(&text) => record.html = Some(text),
            text => {
                record.html = record.html.filter(|_| columns.text.is_none());
                record.text = text;
            }
        }
        record
    }

    /// The document that the record is; `source` says where it stands.
    pub fn document(self, mut source: Source) -> Result<Document, ReadError> {
        let (text, page, url) = match (self.text, self.html) {
            (Some(text), _) => {
                let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
                (encoding::with_line_feeds(text.into()), PageMetadata::default(), None)
            }
            (None, Some(html)) => {
                let page = html::read(&html, &source.path)?;
                (page.text, page.metadata, page.url)
            }
            (None, None) => return Err(ReadError::Empty { file: source.path }),
        };
        let date = |date: Option<String>| date.and_then(|date| dates::iso(&date));
        source.url = self.url.or(url);
        Ok(Document {
            source,
            text,
            page: PageMetadata {
                title: self.title.or(page.title),
                publisher: self.publisher.or(page.publisher),
                published: date(self.published).or(page.published),
                dated: date(self.dated).or(page.dated),
                index_number: self.index_number.or(page.index_number),
                site: self.site.or(page.site),
                cut_off: page.cut_off,
            },
        })
    }
}

/// Whether a column's or field's name is this one: white space around it and case do not matter.
pub(super) fn is_name(own: &str, name: &str) -> bool {
    own.trim().trim_start_matches('\u{feff}').to_lowercase() == name.trim().to_lowercase()
}

/// Where in a header the columns stand that are read, by the place in [`Record`]; the error lists the columns.
pub(super) fn check(header: &[String], columns: &Columns, file: &str) -> Result<(), ReadError> {
    let has = |name: &str| header.iter().any(|own| is_name(own, name));
    let missing = |name: &str, option| ReadError::NoColumn {
        file: file.to_owned(),
        column: name.to_owned(),
        option,
        columns: listed(header.iter().map(String::as_str)),
    };
    match (&columns.text, &columns.url) {
        (Some(name), _) if !has(name) => Err(missing(name, "--text-column")),
        (_, Some(name)) if !has(name) => Err(missing(name, "--url-column")),
        (None, _) if !NAMES.text.iter().chain(&NAMES.html).any(|name| has(name)) => {
            Err(missing(NAMES.text.first().map_or("", String::as_str), "--text-column"))
        }
        _ => Ok(()),
    }
}

/// Whether a column is read at all.
pub(super) fn is_read(own: &str, columns: &Columns) -> bool {
    let n = &*NAMES;
    let lists = [&n.text, &n.html, &n.url, &n.title, &n.publisher, &n.published, &n.dated, &n.index_number, &n.site];
    let named = columns.text.iter().chain(&columns.url);
    lists.into_iter().flatten().chain(named).any(|name| is_name(own, name))
}

/// Names for a message: the first ones, on one line.
pub(super) fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    const SHOWN: usize = 20;
    let names: Vec<String> = names.map(|name| name.chars().filter(|c| !c.is_control()).take(40).collect()).collect();
    let more = if names.len() > SHOWN { ", \u{2026}" } else { "" };
    format!("{}{more}", names.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", "))
}

/// A text that is the source of a page, or a part of one.
fn is_markup(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    text.starts_with('<') && text.contains("</")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_means_two_things() {
        let n = &*NAMES;
        let lists =
            [&n.text, &n.html, &n.url, &n.title, &n.publisher, &n.published, &n.dated, &n.index_number, &n.site];
        let names: Vec<&String> = lists.into_iter().flatten().collect();
        let mut once = names.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), names.len());
        assert!(names.iter().all(|name| **name == name.to_lowercase() && name.trim() == name.as_str()));
    }

    #[test]
    fn a_column_is_found_whatever_its_case_and_a_named_one_goes_before_the_usual_ones() {
        let cells = [("Text ", "a"), ("note", "b"), ("URL", "c")];
        let value = |name: &str| cells.iter().find(|(own, _)| is_name(own, name)).map(|(_, value)| (*value).to_owned());
        let usual = Record::new(&Columns::default(), value);
        assert_eq!((usual.text.as_deref(), usual.url.as_deref()), (Some("a"), Some("c")));
        let named = Record::new(&Columns { text: Some("Note".into()), url: None }, value);
        assert_eq!(named.text.as_deref(), Some("b"));
    }

    #[test]
    fn a_column_that_is_not_there_is_told_with_those_that_are() {
        let header = ["id".to_owned(), "words".to_owned()];
        let error = check(&header, &Columns::default(), "f.csv").unwrap_err().to_string();
        assert!(error.contains("`text`") && error.contains("id, words") && error.contains("--text-column"), "{error}");
        let columns = Columns { text: Some("words".into()), url: Some("address".into()) };
        let error = check(&header, &columns, "f.csv").unwrap_err().to_string();
        assert!(error.contains("`address`") && error.contains("--url-column"), "{error}");
        assert!(check(&header, &Columns { text: Some("WORDS".into()), url: None }, "f.csv").is_ok());
    }

    #[test]
    fn a_page_in_the_text_column_is_read_as_a_page() {
        let value = |name: &str| (name == "content").then(|| " <p>a</p>".to_owned());
        let record = Record::new(&Columns::default(), value);
        assert_eq!((record.text, record.html.as_deref()), (None, Some(" <p>a</p>")));
    }
}
