//! Is a text an annual report on law-based government at all? Its title, its subject, its length, its measures.

use crate::lexicon::Lexicon;
use crate::report::{Report, Role};
use crate::text::{Text, is_han, mark};

/// Why a text is no such report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Its title is that of another kind of text.
    #[error("the title says \"{word}\", which is another kind of document")]
    Lookalike {
        /// The word of the title.
        word: String,
    },
    /// It is too short to be one.
    #[error("only {length} Chinese characters: the page is cut off or holds no report")]
    Short {
        /// How many ideographs it has.
        length: usize,
    },
    /// It does not speak of law-based government.
    #[error("it does not speak of law-based government")]
    OffSubject,
    /// Nothing in it is a measure, a problem or a plan.
    #[error("it tells of no measure, problem or plan")]
    NothingTold,
}

/// Whether the text of a report ends in the middle of a sentence, as that of a page that was not saved whole.
#[must_use]
pub fn breaks_off(report: &Report) -> bool {
    let Some(last) = report.statements.last().filter(|last| !matches!(last.role, Role::Meta | Role::Heading)) else {
        return false;
    };
    let text = Text::new(&report.text);
    let words = Text::new(text.slice(last.span));
    let ends = |c: char| mark::ends_clause(c) || matches!(c, mark::QUOTE_CLOSE | mark::TITLE_CLOSE | ')' | '.' | '"');
    !words.folded().trim_end().ends_with(ends)
}

/// Judges whether a text is an annual report on law-based government.
///
/// # Errors
/// The reason why it is none.
pub fn judge(report: &Report, lexicon: &Lexicon) -> Result<(), Refusal> {
    let cues = &lexicon.genre;
    let text = Text::new(&report.text);
    let title = report.metadata.title.as_deref().map(|title| Text::new(title).folded().to_owned());
    let heading = title.unwrap_or_else(|| {
        text.lines().first().map(|line| text.folded()[line.clone()].chars().take(60).collect()).unwrap_or_default()
    });
    let is_titled = cues.report.iter().any(|phrase| heading.contains(phrase.as_str()));
    if !is_titled
        && let Some(lookalike) = cues.lookalikes.iter().find(|lookalike| heading.contains(lookalike.word.as_str()))
    {
        return Err(Refusal::Lookalike { word: lookalike.word.clone() });
    }
    let length = report.text.chars().filter(|c| is_han(*c)).count();
    if length < cues.least_length {
        return Err(Refusal::Short { length });
    }
    let subjects: usize = cues.subjects.iter().map(|subject| text.folded().matches(subject.as_str()).count()).sum();
    if subjects < cues.least_subjects {
        return Err(Refusal::OffSubject);
    }
    if report.units.is_empty() { Err(Refusal::NothingTold) } else { Ok(()) }
}
