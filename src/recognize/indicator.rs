//! What a figure counts, in the text's own words.
//!
//! The words around a number say it in one of a few ways: 受理行政复议申请32件 (before), 2313名行政执法人员参加 (behind),
//! 保留4件 (a verb that shares the object of the figure before it), 报备率达100% (a short word that needs its topic).

use crate::lexicon::{FigureCues, IndicatorCues};
use crate::text::{is_han, mark};
use std::ops::Range;

/// A phrase shorter than this many characters says too little without its topic.
const SHORT: usize = 6;
/// Longest indicator, in characters.
const LONGEST: usize = 40;

/// The figures of one statement and what they stand in.
pub struct Counted<'a> {
    /// The folded text.
    pub text: &'a str,
    /// Bytes of the statement.
    pub statement: Range<usize>,
    /// Bytes of its figures, in order.
    pub figures: &'a [Range<usize>],
    /// The heading or lead sentence of the item that it stands in.
    pub topic: &'a str,
}

/// The phrases that say what each of the figures counts, in order.
#[must_use]
pub fn indicators(counted: &Counted<'_>, cues: &FigureCues) -> Vec<String> {
    let mut phrases: Vec<String> = Vec::with_capacity(counted.figures.len());
    for at in 0..counted.figures.len() {
        let phrase = counted.phrase(at, phrases.last().map(String::as_str), &cues.indicator);
        phrases.push(phrase);
    }
    phrases
}

impl Counted<'_> {
    fn phrase(&self, at: usize, previous: Option<&str>, cues: &IndicatorCues) -> String {
        let head = self.head_of_run(at);
        let (clause, before) = self.before(head, cues);
        let after = self.after(at);
        let joined = cues.joins.iter().any(|word| before.ends_with(word.as_str())) && !after.is_empty();
        let mut phrase = turned(&if joined { after } else { format!("{before}{after}") }, cues);
        if is_deed(&phrase, cues)
            && let Some(previous) = previous
        {
            phrase.push_str(object(previous, cues));
        }
        if phrase.chars().count() < SHORT {
            let earlier = self.earlier_clause(clause, cues);
            let topic = if earlier.chars().count() >= 4 { earlier } else { strip(self.topic_words(), cues) };
            phrase = format!("{topic}{phrase}");
        }
        let length = phrase.chars().count();
        phrase.chars().skip(length.saturating_sub(LONGEST)).collect()
    }

    /// The first of the figures that follow each other without a mark (34家单位200余人1995项事项 share one verb).
    fn head_of_run(&self, at: usize) -> usize {
        let mut head = at;
        while head > 0 && !self.text[self.figures[head - 1].end..self.figures[head].start].contains(is_break) {
            head -= 1;
        }
        head
    }

    /// Where the clause before a figure begins, and its words without those that say nothing of what is counted.
    fn before(&self, head: usize, cues: &IndicatorCues) -> (usize, String) {
        let least = head.checked_sub(1).map_or(self.statement.start, |previous| self.figures[previous].end);
        let end = self.figures[head].start;
        let clause = clause_start(self.text, least, end);
        let words = without_titles(&self.text[clause..end]);
        let mut words = words.as_str();
        for word in &cues.totals {
            // 市政府法制机构共参与审查…: who did it says nothing of what is counted.
            if let Some(found) = words.rfind(word.as_str())
                && words[found + word.len()..].chars().filter(|c| is_han(*c)).count() >= 2
            {
                words = &words[found + word.len()..];
            }
        }
        (clause, strip(words, cues))
    }

    /// The words behind a figure up to the next mark or figure, brackets stepped over.
    fn after(&self, at: usize) -> String {
        let end = self.figures.get(at + 1).map_or(self.statement.end, |next| next.start);
        let mut depth = 0_usize;
        let mut words = String::new();
        for c in self.text[self.figures[at].end..end].chars() {
            match c {
                '(' => depth += 1,
                ')' if depth == 0 => break,
                ')' => depth -= 1,
                _ if depth > 0 => {}
                c if is_break(c) || c == mark::QUOTE_CLOSE => break,
                c => words.push(c),
            }
        }
        words
    }

    /// The clause before the one that begins at `clause`, marks of enumeration within it left in.
    fn earlier_clause(&self, clause: usize, cues: &IndicatorCues) -> String {
        let end = self.text[self.statement.start..clause]
            .trim_end_matches(|c| mark::ends_clause(c) || c == mark::ENUMERATION_COMMA)
            .len()
            + self.statement.start;
        let start = self.text[self.statement.start..end]
            .rfind(mark::ends_clause)
            .map_or(self.statement.start, |at| self.statement.start + at + 1);
        let start = (start..=end).find(|at| self.text.is_char_boundary(*at)).unwrap_or(end);
        let words: String =
            without_titles(&self.text[start..end]).chars().filter(|c| !c.is_ascii_digit() && *c != '%').collect();
        strip(&words, cues)
    }

    /// The topic without its enumerator and its last mark.
    fn topic_words(&self) -> &str {
        let first = self.topic.split([mark::FULL_STOP, ';']).next().unwrap_or(self.topic);
        let start = crate::outline::marker(first).map_or(0, |marker| marker.len);
        first[start..].trim()
    }
}

/// Marks at which what is counted ends.
const fn is_break(c: char) -> bool {
    mark::ends_clause(c) || matches!(c, mark::ENUMERATION_COMMA | '(' | ')')
}

/// Where the clause before `end` begins; what stands in brackets, titles and quotations is stepped over.
fn clause_start(text: &str, least: usize, end: usize) -> usize {
    let mut depth = 0_usize;
    for (at, c) in text[least..end].char_indices().rev() {
        match c {
            ')' | mark::TITLE_CLOSE | mark::QUOTE_CLOSE => depth += 1,
            '(' if depth == 0 => return least + at + c.len_utf8(),
            '(' | mark::TITLE_OPEN | mark::QUOTE_OPEN => depth = depth.saturating_sub(1),
            c if depth == 0 && is_break(c) => return least + at + c.len_utf8(),
            _ => {}
        }
    }
    least
}

/// The words without titles in 《》.
fn without_titles(words: &str) -> String {
    let mut depth = 0_usize;
    words
        .chars()
        .filter(|c| match *c {
            mark::TITLE_OPEN => {
                depth += 1;
                false
            }
            mark::TITLE_CLOSE => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

/// A clause without dates and the words around it that say nothing of what is counted.
fn strip(clause: &str, cues: &IndicatorCues) -> String {
    let mut clause = clause.trim();
    loop {
        let before = clause;
        clause = clause.trim_start_matches(|c: char| {
            c.is_ascii_digit() || matches!(c, ' ' | '.' | ')' | ',' | mark::ENUMERATION_COMMA)
        });
        if let Some(marker) = crate::outline::marker(clause) {
            clause = &clause[marker.len..];
        }
        for word in &cues.leading {
            clause = clause.strip_prefix(word.as_str()).unwrap_or(clause);
        }
        for word in &cues.trailing {
            clause = clause.strip_suffix(word.as_str()).unwrap_or(clause);
        }
        clause = clause.trim();
        if clause == before {
            return clause.to_owned();
        }
    }
}

/// 对规范性文件进行了清理 says 清理规范性文件.
fn turned(phrase: &str, cues: &IndicatorCues) -> String {
    let Some(rest) = phrase.strip_prefix(cues.object_opener.as_str()) else { return phrase.to_owned() };
    let Some(at) = rest.find(cues.deed_opener.as_str()) else { return strip(rest, cues) };
    let deed = &rest[at + cues.deed_opener.len()..];
    let deed = cues.particles.iter().find_map(|particle| deed.strip_prefix(particle.as_str())).unwrap_or(deed);
    format!("{deed}{}", strip(&rest[..at], cues))
}

/// Whether a phrase is a verb alone, which shares the object of the figure before it.
fn is_deed(phrase: &str, cues: &IndicatorCues) -> bool {
    let short = phrase.chars().count() <= 4;
    phrase.is_empty()
        || (short
            && cues.verbs.iter().any(|verb| {
                phrase == verb
                    || phrase
                        .strip_prefix(verb.as_str())
                        .is_some_and(|rest| cues.verbs.iter().any(|other| other == rest))
            }))
}

/// What a phrase is about: the phrase without its verbs.
fn object<'p>(phrase: &'p str, cues: &IndicatorCues) -> &'p str {
    let mut rest = phrase;
    while let Some(verb) =
        cues.verbs.iter().filter(|verb| rest.starts_with(verb.as_str())).max_by_key(|verb| verb.len())
    {
        rest = &rest[verb.len()..];
        rest = cues.particles.iter().find_map(|particle| rest.strip_prefix(particle.as_str())).unwrap_or(rest);
    }
    rest
}
