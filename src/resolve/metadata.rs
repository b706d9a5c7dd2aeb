//! What the report says of itself: title, addressee, signature, dates, index number.

use crate::lexicon::Lexicon;
use crate::outline::Outline;
use crate::read::labels::{LabelConcept, first, labels};
use crate::read::{Document, dates};
use crate::resolve::reporter::Signs;
use crate::text::Text;
use std::ops::Range;

/// What the page and the frame of the report say, before it is known who reports.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frontmatter {
    /// The title as printed.
    pub title: Option<String>,
    /// The addressee as printed.
    pub addressee: Option<String>,
    /// Bytes of the lines of the signature in the folded text, date left out.
    pub signature: Option<Range<usize>>,
    /// The publishing body as printed (发布机构).
    pub publisher: Option<String>,
    /// Where the page says that it took the text from (来源), as printed.
    pub source: Option<String>,
    /// The name of the site.
    pub site: Option<String>,
    /// The page's address.
    pub url: Option<String>,
    /// Date of publication.
    pub published: Option<String>,
    /// Date under the signature.
    pub dated: Option<String>,
    /// Index number.
    pub index_number: Option<String>,
    /// Bytes of the body in the folded text.
    pub body: Range<usize>,
}

/// A signature has at most this many lines, and each at most this many characters.
const SIGNATURE_LINES: usize = 4;
const SIGNATURE_LENGTH: usize = 40;

impl Frontmatter {
    /// Reads the frame of the report.
    #[must_use]
    pub fn read(document: &Document, text: &Text<'_>, outline: &Outline, lexicon: &Lexicon) -> Self {
        let lines = text.lines();
        let frame = &outline.frame;
        let words = |line: usize| text.quote(lines[line].clone()).trim();
        let title = frame.title.map(|line| (line..line + frame.title_lines).map(words).collect::<String>());
        let addressee = frame.salutation.map(|line| words(line).trim_end_matches([':', '\u{FF1A}']).trim().to_owned());
        let (signature, dated) = signature(text, &lines, frame.body.end, lexicon);
        let labels = labels(text.original());
        let label = |concept| first(&labels, concept).map(str::to_owned);
        let page = &document.page;
        let is_title = |title: &str| crate::outline::is_title(Text::new(title).folded(), &lexicon.outline);
        let body = lines.get(frame.body.start).map_or(0, |line| line.start)
            ..frame.body.end.checked_sub(1).and_then(|line| lines.get(line)).map_or(0, |line| line.end);
        Self {
            title: title
                .or_else(|| label(LabelConcept::Title).filter(|title| is_title(title)))
                .or_else(|| page.title.clone().filter(|title| is_title(title))),
            addressee,
            signature,
            publisher: label(LabelConcept::Publisher).or_else(|| page.publisher.clone()),
            source: label(LabelConcept::Source),
            site: page.site.clone(),
            url: document.source.url.clone(),
            published: label(LabelConcept::Published)
                .or_else(|| page.published.clone())
                .or_else(|| label(LabelConcept::Updated)),
            dated: dated.or_else(|| label(LabelConcept::Dated)).or_else(|| page.dated.clone()),
            index_number: label(LabelConcept::IndexNumber).or_else(|| page.index_number.clone()),
            body: body.start..body.end.max(body.start),
        }
    }

    /// The signs by which the reporter is told.
    #[must_use]
    pub fn signs<'a>(&'a self, text: &'a str, folded: &'a FoldedSigns) -> Signs<'a> {
        Signs {
            text,
            title: &folded.title,
            signature: self.signature.as_ref().and_then(|range| text.get(range.clone())).unwrap_or_default(),
            publisher: &folded.publisher,
            source: &folded.source,
            site: &folded.site,
            url: self.url.as_deref(),
            addressee: &folded.addressee,
            body: self.body.clone(),
            published: self.published.as_deref(),
            dated: self.dated.as_deref(),
        }
    }

    /// The printed parts, folded.
    #[must_use]
    pub fn fold(&self) -> FoldedSigns {
        let fold = |words: &Option<String>| {
            words.as_deref().map(|words| Text::new(words).folded().to_owned()).unwrap_or_default()
        };
        FoldedSigns {
            title: fold(&self.title),
            publisher: fold(&self.publisher),
            source: fold(&self.source),
            site: fold(&self.site),
            addressee: fold(&self.addressee),
        }
    }
}

/// The printed parts of the frame, folded.
#[derive(Debug, Clone, Default)]
pub struct FoldedSigns {
    /// The title.
    pub title: String,
    /// The publishing body.
    pub publisher: String,
    /// Where the page says that it took the text from.
    pub source: String,
    /// The name of the site.
    pub site: String,
    /// The addressee.
    pub addressee: String,
}

/// The lines of the signature and the date under it, among the lines behind the body.
fn signature(
    text: &Text<'_>,
    lines: &[Range<usize>],
    end: usize,
    lexicon: &Lexicon,
) -> (Option<Range<usize>>, Option<String>) {
    let words = |line: usize| &text.folded()[lines[line].clone()];
    let after = end..lines.len().min(end + SIGNATURE_LINES + 4);
    let dated = after.clone().find_map(|line| {
        let words = words(line);
        let short = words.chars().count() <= SIGNATURE_LENGTH;
        (short && !is_page_line(words, lexicon)).then(|| dates::find(words)).flatten().map(|(_, date)| (line, date))
    });
    let last = dated.as_ref().map_or(after.end, |(line, _)| line + 1);
    let signers: Vec<usize> =
        (end..last.min(end + SIGNATURE_LINES)).filter(|line| is_signer(words(*line), lexicon)).collect();
    let range = signers.first().zip(signers.last()).map(|(first, last)| lines[*first].start..lines[*last].end);
    (range, dated.map(|(_, date)| date))
}

fn is_page_line(words: &str, lexicon: &Lexicon) -> bool {
    lexicon.outline.furniture.begins.iter().any(|cue| words.starts_with(cue.as_str()))
}

/// Whether a line names a body that may sign.
fn is_signer(words: &str, lexicon: &Lexicon) -> bool {
    let named = lexicon
        .metadata
        .department_ends
        .iter()
        .chain(&lexicon.metadata.report_words)
        .any(|end| words.contains(end.as_str()));
    words.chars().count() <= SIGNATURE_LENGTH
        && named
        && !is_page_line(words, lexicon)
        && !words.contains(['\u{3002}', ':', '|', '>'])
}
