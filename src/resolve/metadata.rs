//! What the report says of itself: title, addressee, signature, dates, index number.

use crate::lexicon::Lexicon;
use crate::outline::{Outline, is_date};
use crate::read::labels::{LabelConcept, before_labels, first, labels};
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
    /// Bytes of the names in the signature in the folded text, date and notes on the seal left out.
    pub signers: Vec<Range<usize>>,
    /// The publishing body as printed (发布机构).
    pub publisher: Option<String>,
    /// Where the page says that it took the text from (来源), as printed.
    pub source: Option<String>,
    /// The name of the site.
    pub site: Option<String>,
    /// The page's address.
    pub url: Option<String>,
    /// The page's file.
    pub path: String,
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
        let title = title.and_then(|title| without_labels(&title));
        let addressee = frame.salutation.map(|line| words(line).trim_end_matches([':', '\u{FF1A}']).trim().to_owned());
        let after = frame.body.end..lines.len();
        let found = signature(text, &lines[after], lexicon);
        let unsigned = found.0.is_empty() && found.1.is_none();
        let (signers, dated) = if unsigned {
            let headed = frame.title.map_or(0, |title| title + frame.title_lines)..frame.body.start;
            let letter = signature(text, &lines[frame.letter.clone()], lexicon);
            if letter.0.is_empty() && letter.1.is_none() {
                signature_above(text, lines.get(headed).unwrap_or_default(), lexicon)
            } else {
                letter
            }
        } else {
            found
        };
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
            signers,
            publisher: label(LabelConcept::Publisher).or_else(|| page.publisher.clone()),
            source: label(LabelConcept::Source),
            site: page.site.clone(),
            url: document.source.url.clone(),
            path: document.source.path.clone(),
            published: label(LabelConcept::Published)
                .or_else(|| page.published.clone())
                .or_else(|| label(LabelConcept::Updated))
                .or_else(|| dated_line((0..frame.body.start).map(words))),
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
            signature: &folded.signature,
            publisher: &folded.publisher,
            source: &folded.source,
            site: &folded.site,
            url: self.url.as_deref(),
            path: &self.path,
            addressee: &folded.addressee,
            body: self.body.clone(),
            published: self.published.as_deref(),
            dated: self.dated.as_deref(),
        }
    }

    /// The printed parts, folded.
    #[must_use]
    pub fn fold(&self, text: &str) -> FoldedSigns {
        let fold = |words: &Option<String>| {
            words.as_deref().map(|words| Text::new(words).folded().to_owned()).unwrap_or_default()
        };
        let signers: Vec<&str> = self.signers.iter().filter_map(|range| text.get(range.clone())).collect();
        FoldedSigns {
            signature: signers.join("\n"),
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
    /// Who signs, one a line.
    pub signature: String,
    /// The publishing body.
    pub publisher: String,
    /// Where the page says that it took the text from.
    pub source: String,
    /// The name of the site.
    pub site: String,
    /// The addressee.
    pub addressee: String,
}

/// A title without the labels that the page prints on its line; the labelled title where there is one.
fn without_labels(title: &str) -> Option<String> {
    let labels = labels(title);
    let labelled = first(&labels, LabelConcept::Title).map(str::to_owned);
    let before = || Some(before_labels(title).to_owned()).filter(|words| !words.is_empty());
    if labels.is_empty() { Some(title.to_owned()) } else { labelled.or_else(before) }
}

/// The date of a line in front of the body that holds nothing else, in digits: how pages print it without a label.
fn dated_line<'t>(mut lines: impl Iterator<Item = &'t str>) -> Option<String> {
    lines.find_map(|line| {
        let bare = line.trim_start_matches(|c: char| !c.is_ascii_digit());
        let bullet = line[..line.len() - bare.len()].chars().count() <= 2;
        let digits = bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | ':' | ' '));
        (bullet && digits).then(|| dates::iso(bare)).flatten()
    })
}

/// Who signs and the date under it, among the lines behind the body or those of a letter.
fn signature(text: &Text<'_>, lines: &[Range<usize>], lexicon: &Lexicon) -> (Vec<Range<usize>>, Option<String>) {
    let words = |line: &Range<usize>| &text.folded()[line.clone()];
    let dated = lines.iter().take(SIGNATURE_LINES + 4).enumerate().find_map(|(at, line)| {
        let words = words(line);
        let short = words.chars().count() <= SIGNATURE_LENGTH;
        (short && !is_page_line(words, lexicon)).then(|| dates::find(words)).flatten().map(|(_, date)| (at, date))
    });
    let last = dated.as_ref().map_or(lines.len(), |(at, _)| at + 1);
    let signers = lines[..last.min(SIGNATURE_LINES)].iter().flat_map(|line| signers(text, line, lexicon)).collect();
    (signers, dated.map(|(_, date)| date))
}

/// Who signs and the date, between title and body: a line with a body and under it one with nothing but a date, as
/// older reports have it.
fn signature_above(text: &Text<'_>, lines: &[Range<usize>], lexicon: &Lexicon) -> (Vec<Range<usize>>, Option<String>) {
    let signed = lines.windows(2).find_map(|pair| {
        let date = text.folded()[pair[1].clone()].trim_matches(['(', ')', ' ']);
        let signers = signers(text, &pair[0], lexicon);
        (is_date(date) && !signers.is_empty()).then(|| (signers, dates::find(date).map(|(_, date)| date)))
    });
    signed.unwrap_or_default()
}

/// The bodies that a line of the signature names, its date and a note on the seal left out.
fn signers(text: &Text<'_>, line: &Range<usize>, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let words = &text.folded()[line.clone()];
    if words.chars().count() > SIGNATURE_LENGTH
        || is_page_line(words, lexicon)
        || words.contains(['\u{3002}', ':', '|', '>'])
    {
        return Vec::new();
    }
    let end = dates::find(words).map_or(words.len(), |(date, _)| date.start);
    let printed = words[..end].trim_end_matches([' ', '(']);
    let printed = lexicon.metadata.seals.iter().find_map(|seal| printed.strip_suffix(seal.as_str())).unwrap_or(printed);
    let mut found = Vec::new();
    let mut at = 0;
    for name in printed.split([' ', '\u{3001}']) {
        let cues = &lexicon.metadata;
        let is_body = cues.department_ends.iter().chain(&cues.government_ends).chain(&cues.signing_ends);
        if name.chars().count() >= 3 && is_body.into_iter().any(|end| name.ends_with(end.as_str())) {
            found.push(line.start + at..line.start + at + name.len());
        }
        at += name.len() + printed[at + name.len()..].chars().next().map_or(0, char::len_utf8);
    }
    found
}

fn is_page_line(words: &str, lexicon: &Lexicon) -> bool {
    lexicon.outline.furniture.begins.iter().any(|cue| words.starts_with(cue.as_str()))
}
