//! Is a text an annual report on law-based government at all? Its title, what it says of itself, its words, its measures.
//!
//! A report that is refused is lost, a text that only looks alike does little harm: so a text is refused where its title
//! says that it is another kind, or where its words do and nothing says that it is a report.

use std::collections::BTreeSet;
use std::fmt;

use crate::lexicon::{GenreCues, Kind, Lexicon, Reason};
use crate::report::{Report, Role};
use crate::text::{Text, is_han, mark};

/// Why a text is no such report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Notation of the reason or of the kind of text; see `data/genre.toml`.
    pub reason: String,
    /// What it means, in Chinese.
    pub zh: String,
    /// What it means, in English.
    pub en: String,
    /// The words that decided it, in the folded form; empty where what is missing did.
    pub words: Vec<String>,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}: {})", self.en, self.reason, self.zh)?;
        if self.words.is_empty() { Ok(()) } else { write!(f, ", told by \"{}\"", self.words.join("\", \"")) }
    }
}

impl std::error::Error for Refusal {}

/// Whether the text of a report ends in the middle of a sentence, as that of a page that was not saved whole.
#[must_use]
pub fn breaks_off(report: &Report) -> bool {
    let Some(last) = report.statements.last().filter(|last| !matches!(last.role, Role::Meta | Role::Heading)) else {
        return false;
    };
    let text = Text::new(&report.text);
    let ends = |c: char| mark::ends_clause(c) || matches!(c, mark::QUOTE_CLOSE | mark::TITLE_CLOSE | ')' | '.' | '"');
    !text.folded_at(last.span).trim_end().ends_with(ends)
}

/// Judges whether a text is an annual report on law-based government.
///
/// # Errors
/// The reason why it is none.
pub fn judge(report: &Report, lexicon: &Lexicon) -> Result<(), Box<Refusal>> {
    let cues = &lexicon.genre;
    let text = Text::new(&report.text);
    let page = Page::new(&text, report, cues);
    if let Some((kind, words)) = cues.kinds.iter().find_map(|kind| Some((kind, page.tells(kind)?))) {
        let Kind { notation, zh, en, .. } = kind;
        return Err(Box::new(Refusal { reason: notation.clone(), zh: zh.clone(), en: en.clone(), words }));
    }
    let is_said = page.is_titled || page.announces;
    let least = if is_said { cues.least_beginning } else { cues.least_length };
    let told = !report.units.is_empty() || is_said;
    let reason = if page.length < least {
        "short"
    } else if page.subjects < cues.least_subjects {
        "off-subject"
    } else if told {
        return Ok(());
    } else {
        "nothing-told"
    };
    let told = cues.reasons.iter().find(|other| other.notation == reason);
    let sentence = |of: fn(&Reason) -> &String| told.map(of).cloned().unwrap_or_default();
    Err(Box::new(Refusal {
        reason: reason.to_owned(),
        zh: sentence(|reason| &reason.zh),
        en: sentence(|reason| &reason.en),
        words: Vec::new(),
    }))
}

/// A title stands among this many first lines, and has so many characters.
const TITLE_WITHIN: usize = 12;
const TITLE_LENGTH: std::ops::RangeInclusive<usize> = 8..=70;
/// Of the lines of a list of pages, so many of ten are short.
const SHORT_OF_TEN: usize = 7;
/// And so many characters of it stand in longer lines at most.
const MOST_PROSE: usize = 300;

/// What decides about a text.
struct Page<'a> {
    text: &'a str,
    /// The title of the report, or where it has none the lines that may be the page's title.
    titles: Vec<String>,
    /// Whether the title is one of a report.
    is_titled: bool,
    /// Whether the text announces a report.
    announces: bool,
    /// Whether it is known which region it speaks of.
    is_named: bool,
    /// How many ideographs it has.
    length: usize,
    /// How often it has words of the subject.
    subjects: usize,
}

impl<'a> Page<'a> {
    fn new(text: &'a Text<'_>, report: &Report, cues: &GenreCues) -> Self {
        let folded = text.folded();
        let announces = announces(folded, cues);
        let title = report.metadata.title.as_deref().map(|title| Text::new(title).folded().to_owned());
        let has_phrase = |title: &String| {
            let subject = cues.subjects.stand_in(title);
            let ended = title.trim_end_matches([' ', mark::TITLE_CLOSE, mark::LABEL_CLOSE, ')']);
            cues.report.stand_in(title) || (subject && cues.report_ends.end(ended))
        };
        let titles = match title {
            Some(title) => vec![title],
            // What announces a report needs no title; the lines above it may be links.
            None if announces => Vec::new(),
            None => first_lines(text),
        };
        let is_titled = titles.iter().any(has_phrase);
        let length = folded.chars().filter(|c| is_han(*c)).count();
        let subjects = cues.subjects.occurrences(folded).count();
        let is_named = report.metadata.region.is_some();
        Self { text: folded, titles, is_titled, announces, is_named, length, subjects }
    }

    /// The words by which the text is of this kind, if it is.
    fn tells(&self, kind: &Kind) -> Option<Vec<String>> {
        if (!self.is_titled || kind.stronger)
            && let Some(word) = self.titles.iter().find_map(|title| word_of_title(title, kind))
        {
            return Some(vec![word.to_owned()]);
        }
        let is_said = self.announces || (self.is_titled && !kind.in_lists);
        let may_be = kind.least > 0
            && (kind.stronger || !is_said)
            && !(kind.nameless && self.is_named)
            && (kind.longest == 0 || self.length <= kind.longest);
        may_be.then(|| self.words_of(kind)).flatten()
    }

    /// The words of this kind in the text, if there are enough.
    fn words_of(&self, kind: &Kind) -> Option<Vec<String>> {
        let short = |line: &&str| !line.contains(mark::FULL_STOP) && line.chars().count() <= *TITLE_LENGTH.end();
        let lines: Vec<&str> = self.text.lines().filter(|line| !line.trim().is_empty()).collect();
        let shorts: Vec<&str> = lines.iter().copied().filter(short).collect();
        let prose = || lines.iter().filter(|line| !short(line)).map(|line| line.chars().count()).sum::<usize>();
        if kind.in_lists && (shorts.len() * 10 < lines.len() * SHORT_OF_TEN || prose() > MOST_PROSE) {
            return None;
        }
        let mut counts = vec![0_usize; kind.words.len()];
        if kind.in_lists {
            for line in shorts {
                let of_line: BTreeSet<usize> = kind.words.occurrences(line).map(|(_, word)| word).collect();
                for word in of_line {
                    counts[word] += 1;
                }
            }
        } else {
            for (_, word) in kind.words.occurrences(self.text) {
                counts[word] += 1;
            }
        }
        let found: Vec<(&String, usize)> = kind.words.iter().zip(counts).filter(|(_, count)| *count > 0).collect();
        let times: usize = found.iter().map(|(_, count)| count).sum();
        (found.len() >= kind.least && times >= kind.times && (!kind.outweighs || times > self.subjects))
            .then(|| found.into_iter().map(|(word, _)| word.clone()).collect())
    }
}

/// The word of a title that says that the text is of this kind.
fn word_of_title<'k>(title: &str, kind: &'k Kind) -> Option<&'k str> {
    let ended = title.trim_end_matches([' ', mark::FULL_STOP, mark::TITLE_CLOSE, mark::LABEL_CLOSE, ')']);
    kind.title.within(title).or_else(|| kind.title_ends.ending(title)).or_else(|| kind.title_ends.ending(ended))
}

/// The first lines that may be a title: no sentence, no path of links, no label.
fn first_lines(text: &Text<'_>) -> Vec<String> {
    let lines = text.lines().into_iter().take(TITLE_WITHIN).map(|line| &text.folded()[line]);
    let may_be = |line: &&str| {
        TITLE_LENGTH.contains(&line.chars().count()) && !line.contains([mark::FULL_STOP, '>', '|', ':', ';'])
    };
    lines.take_while(|line| line.chars().count() <= *TITLE_LENGTH.end() * 2).filter(may_be).map(str::to_owned).collect()
}

/// Whether the text says that a report on the subject follows (现将法治政府建设情况报告如下).
fn announces(text: &str, cues: &GenreCues) -> bool {
    cues.announces.occurrences(text).any(|(at, _)| {
        let start = text[..at].char_indices().rev().take(cues.announced_within).last().map_or(at, |(start, _)| start);
        cues.subjects.stand_in(&text[start..at])
    })
}
