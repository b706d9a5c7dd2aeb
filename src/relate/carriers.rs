//! Who carries a unit out, told from who is only named.

use crate::lexicon::RelationCues;
use crate::text::mark;
use std::ops::Range;

/// Which of the bodies at `bodies`, in order, carry out the unit that the text is of: those that act, or are set up to
/// act, and those that stand in a list with one that does. All ranges are bytes of `text`.
#[must_use]
pub fn carriers(text: &str, unit: &Range<usize>, bodies: &[Range<usize>], cues: &RelationCues) -> Vec<bool> {
    let mut carries: Vec<bool> = Vec::with_capacity(bodies.len());
    for (at, body) in bodies.iter().enumerate() {
        let listed = at > 0 && carries[at - 1] && is_listed(text, &bodies[at - 1], body, cues);
        carries.push((listed || acts(text, unit, body, cues)) && !is_only_named(text, body, cues));
    }
    // A list of which the last member alone is followed by a word of praise or of rank is only named as a whole.
    for at in (1..bodies.len()).rev() {
        if !carries[at] && carries[at - 1] && is_listed(text, &bodies[at - 1], &bodies[at], cues) {
            carries[at - 1] = false;
        }
    }
    carries
}

fn is_listed(text: &str, before: &Range<usize>, body: &Range<usize>, cues: &RelationCues) -> bool {
    let between = text.get(before.end..body.start).unwrap_or("?");
    cues.carriers.joins.iter().any(|join| join == between)
        || (between.starts_with(mark::ENUMERATION_COMMA)
            && between.ends_with(mark::ENUMERATION_COMMA)
            && between.chars().count() <= 10)
}

fn acts(text: &str, unit: &Range<usize>, body: &Range<usize>, cues: &RelationCues) -> bool {
    let before = &text[unit.start..body.start];
    let carriers = &cues.carriers;
    if carriers.before.iter().any(|word| before.ends_with(word.as_str())) {
        return true;
    }
    let clause = before.rsplit(is_clause_end).next().unwrap_or(before);
    let near = carriers.near_before.iter().any(|word| {
        clause.rfind(word.as_str()).is_some_and(|at| clause[at + word.len()..].chars().count() <= carriers.reach)
    });
    near || clause.is_empty()
}

const fn is_clause_end(c: char) -> bool {
    mark::ends_clause(c) || matches!(c, '\u{FF0C}' | '\u{FF1B}' | '\u{FF1A}')
}

fn is_only_named(text: &str, body: &Range<usize>, cues: &RelationCues) -> bool {
    let (before, after) = (&text[..body.start], &text[body.end..]);
    let ends = after.chars().next().is_none_or(|c| c != mark::ENUMERATION_COMMA && is_clause_end(c));
    let founded =
        cues.carriers.before.iter().chain(&cues.carriers.near_before).any(|word| before.ends_with(word.as_str()));
    cues.carriers.refused_after.iter().any(|word| after.starts_with(word.as_str()))
        || cues.carriers.refused_before.iter().any(|word| before.ends_with(word.as_str()))
        || (ends && !founded)
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::carriers;
    use crate::lexicon::Lexicon;

    /// Which of the bodies printed in 【】 carry the unit out.
    fn carry(marked: &str) -> Vec<String> {
        let (mut text, mut bodies) = (String::new(), Vec::new());
        for part in marked.split('【') {
            if let Some((body, rest)) = part.split_once('】') {
                bodies.push(text.len()..text.len() + body.len());
                text.push_str(body);
                text.push_str(rest);
            } else {
                text.push_str(part);
            }
        }
        let carries = carriers(&text, &(0..text.len()), &bodies, &Lexicon::shared().unwrap().relations);
        bodies.into_iter().zip(carries).filter(|(_, carries)| *carries).map(|(body, _)| text[body].to_owned()).collect()
    }

    #[test]
    fn who_acts_is_told_from_who_is_named() {
        assert_eq!(carry("【县司法局】审查文件13件。"), ["县司法局"]);
        assert_eq!(carry("由【县司法局】审查文件13件,向【县政府】报告。"), ["县司法局"]);
        assert_eq!(carry("【县公安局】、【县城管局】联合执法30次。"), ["县公安局", "县城管局"]);
        assert_eq!(carry("成立【领导小组】,研究工作4次。"), ["领导小组"]);
        assert!(carry("在【县委】的正确领导下,审查文件13件。").is_empty());
        assert!(carry("自觉接受【县人大】、【县政协】监督。").is_empty());
        assert!(carry("通过【县政府】网站公开信息900条。").is_empty());
    }
}
