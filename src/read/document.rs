//! The text of one report with what its page says of itself.

use crate::report::Source;

/// One report as it was read, before anything in it is understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Where it was read.
    pub source: Source,
    /// The decoded text: of a plain-text file its content as it stands (byte-order mark dropped, CRLF read as LF), of
    /// any other format the plain text that the reader made of it. All later positions count in it.
    pub text: String,
    /// What the page says of itself outside the text.
    pub page: PageMetadata,
}

/// What a page says of itself outside its text: HTML `meta` elements, fields of a JSON record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageMetadata {
    /// The page's title, without the site's name.
    pub title: Option<String>,
    /// The publishing body as printed (发布机构).
    pub publisher: Option<String>,
    /// Date of publication (发布日期), ISO 8601.
    pub published: Option<String>,
    /// Date of the document (成文日期), ISO 8601.
    pub dated: Option<String>,
    /// Index number (索引号).
    pub index_number: Option<String>,
    /// Name of the site.
    pub site: Option<String>,
    /// Whether the page ends before its body does: it was not saved whole.
    pub cut_off: bool,
}
