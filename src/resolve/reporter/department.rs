//! Whether a department reports, and which.

use super::{Selves, Signs, opening};
use crate::lexicon::Lexicon;
use crate::text::mark;

/// Whether a department reports: its name stands in the title or acts in the first sentence, or it speaks of itself as
/// one (我局) more often than of a region.
pub(super) fn is_department(signs: &Signs<'_>, selves: &Selves, lexicon: &Lexicon) -> bool {
    if department_in(signs.title, lexicon).is_some() {
        return true;
    }
    let governs = lexicon.metadata.government_ends.iter().any(|end| signs.title.contains(end.as_str()));
    let of_region = selves.units.first().map_or(0, |(_, count)| *count);
    !governs && (selves.department > 0 && of_region <= selves.department || department_acts(signs, lexicon))
}

/// Whether a department is the subject of the first sentence: 2021年,在…指导下,市交通运输局坚持….
fn department_acts(signs: &Signs<'_>, lexicon: &Lexicon) -> bool {
    let text = opening(signs);
    let sentence = text.split(mark::FULL_STOP).next().unwrap_or(text);
    lexicon.bodies.forms_in(sentence).into_iter().any(|(range, form)| {
        let acts = lexicon.metadata.subject_words.iter().any(|word| sentence[range.end..].starts_with(word.as_str()));
        acts && lexicon.bodies.kind(form).is_some_and(|kind| !is_general(&kind.kind))
    })
}

/// Whether bodies of a type speak for their region as a whole.
fn is_general(kind: &str) -> bool {
    matches!(
        kind,
        "party-committee"
            | "government"
            | "congress"
            | "congress-standing-committee"
            | "rule-of-law-committee"
            | "rule-of-law-office"
            | "government-office"
            | "party-office"
    )
}

/// The department that a title names as the one that reports, without its region.
pub(super) fn department_in(title: &str, lexicon: &Lexicon) -> Option<String> {
    lexicon.bodies.forms_in(title).into_iter().find_map(|(range, form)| {
        let kind = lexicon.bodies.kind(form)?;
        let general = is_general(&kind.kind);
        let ends = lexicon.metadata.department_ends.iter().any(|end| title[range.clone()].ends_with(end.as_str()));
        let reports = !general && ends && !title[..range.start].contains(lexicon.metadata.report_words[2].as_str());
        let full =
            if form.unit.is_some() { kind.name.trim_start_matches("{r}").to_owned() } else { title[range].to_owned() };
        reports.then_some(full)
    })
}
