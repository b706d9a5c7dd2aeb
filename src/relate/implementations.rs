//! Which of the documents that a report cites puts another one of them into effect, as the report's own words say?
//!
//! Two forms are read: a title that names the other in brackets within (《某县贯彻〈甲〉的意见》), and the sentence that tells how a
//! document was made (按照《甲》要求,结合我县实际,制定《乙》). What needs no more than a title and the registry, `resolve` has read
//! already. A wrong link is worse than a missing one, so a sentence that does anything else in between says nothing.

use crate::lexicon::CarriedOut;
use crate::report::{Basis, Citation, DocumentKind, Implemented, Level, Span};
use crate::text::{Text, mark};
use std::ops::Range;

/// Most characters from a verb of carrying out to the title behind it (贯彻落实省委、省政府印发的《…》).
const BEFORE_HIGHER: usize = 16;
/// Most characters from a verb of making to the title behind it (印发我县《…》).
const BEFORE_LOWER: usize = 4;
/// Most characters of a clause between the two.
const BETWEEN: usize = 24;
/// Most characters of who makes it, with adverbs (市委、市政府联合).
const MAKER: usize = 14;

/// Adds to each citation the higher documents that the text says it puts into effect.
pub fn complete(text: &Text<'_>, citations: &mut [Citation], cues: &CarriedOut) {
    let ranges: Vec<Range<usize>> = citations.iter().map(|citation| text.range(citation.span)).collect();
    let mut found: Vec<(usize, Implemented)> = Vec::new();
    for at in 0..citations.len() {
        if let Some(higher) = named_within(text, citations, &ranges, at, cues) {
            found.push((at, higher));
        }
        let made = Made { text: text.folded(), citations, ranges: &ranges, cues };
        found.extend(made.higher_of(at).into_iter().map(|higher| (at, higher)));
    }
    for (at, higher) in found {
        let known = &mut citations[at].implements;
        if !known.iter().any(|known| known.title == higher.title && known.region == higher.region) {
            known.push(higher);
        }
    }
}

/// The document in the inner brackets of a title behind a word of carrying out.
fn named_within(
    text: &Text<'_>,
    citations: &[Citation],
    ranges: &[Range<usize>],
    at: usize,
    cues: &CarriedOut,
) -> Option<Implemented> {
    let (outer, own) = (&citations[at], &ranges[at]);
    let within = |span: Span| outer.span.contains(&span) && span != outer.span;
    let (inner, range) = citations[at + 1..]
        .iter()
        .zip(&ranges[at + 1..])
        .take_while(|(_, range)| range.start < own.end)
        .find(|(inner, _)| within(inner.span))?;
    let before =
        text.folded()[own.start..range.start].trim_end_matches([mark::INNER_TITLE_OPEN, mark::TITLE_OPEN, '<']);
    let carried = cues.before.iter().find(|word| before.ends_with(word.as_str()))?;
    let basis = Basis::entry("citations/named-in-title", "data/citations.toml", "carried_out.before", carried);
    is_above(inner, outer).then(|| implemented(inner, basis))
}

/// The sentences of a report in which documents are made.
struct Made<'a> {
    text: &'a str,
    citations: &'a [Citation],
    ranges: &'a [Range<usize>],
    cues: &'a CarriedOut,
}

impl Made<'_> {
    /// The documents of the nearest level above that the sentence of a citation says it was made to put into effect.
    fn higher_of(&self, at: usize) -> Vec<Implemented> {
        let lower = &self.citations[at];
        if lower.level == Level::National || lower.kind == DocumentKind::Other || self.is_inner(at) {
            return Vec::new();
        }
        let first = self.first_of_list(at);
        let Some(last) = self.outer_before(first) else { return Vec::new() };
        let gap = &self.text[self.ranges[last].end..self.ranges[first].start];
        let Some(word) = self.leads_from(gap) else { return Vec::new() };
        let list = self.first_of_list(last)..=last;
        let Some(only_basis) = self.is_carried_out(*list.start(), gap) else { return Vec::new() };
        let fits = |higher: &&Citation| is_above(higher, lower) && !(only_basis && is_law(higher.kind));
        let above: Vec<&Citation> = self.citations[list].iter().filter(fits).collect();
        let nearest = above.iter().map(|higher| higher.level).max();
        let nearest = above.into_iter().filter(|higher| Some(higher.level) == nearest);
        let basis = Basis::entry("citations/carried-out", "data/citations.toml", "carried_out.making", word);
        // Of several that were made, the sentence may tell only of the first.
        let basis = if first == at { basis } else { basis.doubted("weak-link") };
        nearest.map(|higher| implemented(higher, basis.clone())).collect()
    }

    /// Whether a citation stands within another.
    fn is_inner(&self, at: usize) -> bool {
        let own = &self.ranges[at];
        self.ranges[..at].iter().rev().take(4).any(|outer| outer.start <= own.start && own.end <= outer.end)
    }

    /// The last citation before one in its sentence that stands in no other.
    fn outer_before(&self, at: usize) -> Option<usize> {
        let start = self.ranges[at].start;
        let before =
            (0..at).rev().take(8).find(|before| !self.is_inner(*before) && self.ranges[*before].end <= start)?;
        let between = &self.text[self.ranges[before].end..start];
        (!between.contains(|c: char| mark::ends_statement(c) || c == '\n')).then_some(before)
    }

    /// The first title of the list in which a citation stands.
    fn first_of_list(&self, at: usize) -> usize {
        let mut first = at;
        while let Some(before) = self.outer_before(first) {
            let between = &self.text[self.ranges[before].end..self.ranges[first].start];
            let between = without_number(between);
            let joined = between.is_empty() || self.cues.joins.iter().any(|join| join == between);
            // 《甲》和省委《乙》: whose it is may stand before the next title.
            let joined = joined || {
                let rest = self.cues.joins.iter().find_map(|join| between.strip_prefix(join.as_str()));
                rest.is_some_and(|rest| {
                    rest.chars().count() <= BEFORE_LOWER && !rest.contains(',') && !self.makes(rest)
                })
            };
            if !joined {
                break;
            }
            first = before;
        }
        first
    }

    fn makes(&self, words: &str) -> bool {
        self.cues.making.iter().any(|verb| words.contains(verb.as_str()))
    }

    /// The verb of making with which the words between two titles end, if they do nothing else.
    fn leads_from(&self, gap: &str) -> Option<&str> {
        let gap = without_number(gap);
        let verb = self.cues.making.iter().filter_map(|verb| Some((gap.rfind(verb.as_str())?, verb)));
        let (start, verb) = verb.max_by_key(|(start, verb)| (start + verb.len(), verb.len()))?;
        let behind = &gap[start + verb.len()..];
        if behind.chars().count() > BEFORE_LOWER || behind.contains(',') {
            return None;
        }
        let mut clauses: Vec<&str> = gap[..start].split(',').collect();
        let maker = clauses.pop()?;
        let first = if clauses.is_empty() { "" } else { clauses.remove(0) };
        let since = |words: &str| self.cues.since.iter().any(|since| words.starts_with(since.as_str()));
        let demanded = |words: &str| since(words) || self.without_demands(words).is_empty();
        let opens = |words: &str| self.cues.between.iter().any(|word| words.starts_with(word.as_str()));
        let between = clauses.iter().all(|words| opens(words) && words.chars().count() <= BETWEEN);
        // Where no comma stands between, what is demanded runs on into the maker (要求制定《乙》).
        let maker = if since(maker) { "" } else { self.without_demands(maker) };
        let is_maker = maker.chars().count() <= MAKER && !self.follows(maker) && !maker.contains(mark::TITLE_OPEN);
        (demanded(first) && between && is_maker).then_some(verb.as_str())
    }

    fn without_demands<'w>(&self, mut words: &'w str) -> &'w str {
        while let Some(rest) = self.cues.demands.iter().find_map(|word| words.strip_prefix(word.as_str())) {
            words = rest;
        }
        words
    }

    fn follows(&self, words: &str) -> bool {
        self.cues.carrying.iter().chain(&self.cues.basis).any(|verb| words.contains(verb.as_str()))
    }

    /// Whether a verb before a title says that it is carried out: `Some(true)` where it may be no more than what another
    /// document rests on.
    fn is_carried_out(&self, first: usize, gap: &str) -> Option<bool> {
        let before = &self.text[..self.ranges[first].start];
        let clause = before.rsplit(mark::ends_clause).next().unwrap_or_default();
        let last = |verbs: &[String]| {
            let found = verbs.iter().filter_map(|verb| Some((clause.rfind(verb.as_str())?, verb.len())));
            found.max().map(|(start, length)| start + length)
        };
        let near = |end: Option<usize>| end.filter(|end| clause[*end..].chars().count() <= BEFORE_HIGHER);
        match (near(last(&self.cues.carrying)), near(last(&self.cues.basis))) {
            (None, None) => {
                self.cues.since.iter().any(|word| without_number(gap).starts_with(word.as_str())).then_some(false)
            }
            (carrying, basis) => Some(basis > carrying),
        }
    }
}

/// The words between titles without a document number in brackets in front.
fn without_number(between: &str) -> &str {
    let number = between.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    number.map_or(between, |(_, rest)| rest)
}

const fn is_law(kind: DocumentKind) -> bool {
    !matches!(kind, DocumentKind::PartyStatePolicy | DocumentKind::LocalDocument | DocumentKind::Other)
}

/// Whether a document may be put into effect by another: of a level above, and of the nation or of a region around.
fn is_above(higher: &Citation, lower: &Citation) -> bool {
    let around = match (&higher.region, &lower.region) {
        (None, _) => higher.level == Level::National,
        (Some(higher), Some(lower)) => lower.starts_with(higher.trim_end_matches("00")),
        (Some(_), None) => false,
    };
    higher.level < lower.level && higher.kind != DocumentKind::Other && around
}

fn implemented(higher: &Citation, basis: Basis) -> Implemented {
    Implemented {
        title: higher.canonical.clone(),
        level: higher.level,
        region: higher.region.clone().filter(|_| higher.level != Level::National),
        basis,
    }
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use crate::lexicon::Lexicon;
    use crate::read::Document;

    /// What a county's report says that its documents put into effect: title, higher title, doubt.
    fn read(sentence: &str) -> Vec<(String, String, bool)> {
        let text = format!("武山县2022年法治政府建设情况报告\n一、主要举措\n(一)健全机制。{sentence}\n");
        let report = crate::extract(&Document { text, ..Document::default() }, Lexicon::shared().unwrap());
        let stated = report.citations.iter().flat_map(|citation| {
            let title = citation.canonical.clone();
            citation
                .implements
                .iter()
                .map(move |higher| (title.clone(), higher.title.clone(), higher.basis.doubt.is_some()))
        });
        stated.collect()
    }

    fn one(lower: &str, higher: &str) -> Vec<(String, String, bool)> {
        vec![(lower.to_owned(), higher.to_owned(), false)]
    }

    #[test]
    fn what_a_document_was_made_by_it_puts_into_effect() {
        let own = "武山县基层治理规范化清单";
        for sentence in [
            "按照《甘肃省基层治理三年提升计划》要求,结合我县实际,制定《武山县基层治理规范化清单》。",
            "县政府认真贯彻落实《甘肃省基层治理三年提升计划》(甘政发〔2021〕9号),及时印发了《武山县基层治理规范化清单》。",
            "根据《甘肃省基层治理三年提升计划》制定《武山县基层治理规范化清单》,明确任务20项。",
            "《甘肃省基层治理三年提升计划》印发后,县委、县政府联合出台《武山县基层治理规范化清单》。",
        ] {
            assert_eq!(read(sentence), one(own, "甘肃省基层治理三年提升计划"), "{sentence}");
        }
    }

    #[test]
    fn of_several_higher_documents_the_nearest_is_meant() {
        let sentence =
            "贯彻落实《关于加强法治乡村建设的意见》和《甘肃省基层治理三年提升计划》,制定《武山县基层治理规范化清单》。";
        assert_eq!(read(sentence), one("武山县基层治理规范化清单", "甘肃省基层治理三年提升计划"));
    }

    #[test]
    fn the_second_that_was_made_is_doubted() {
        let found =
            read("按照《甘肃省基层治理三年提升计划》,制定《武山县基层治理规范化清单》《武山县案卷评查流程清单》。");
        let doubts: Vec<(&str, bool)> = found.iter().map(|(lower, _, doubt)| (lower.as_str(), *doubt)).collect();
        assert_eq!(doubts, [("武山县基层治理规范化清单", false), ("武山县案卷评查流程清单", true)]);
    }

    #[test]
    fn a_title_that_names_a_local_document_puts_it_into_effect() {
        let found = read("印发《武山县贯彻落实〈甘肃省基层治理三年提升计划〉任务分工》。");
        assert_eq!(found, one("武山县贯彻落实〈甘肃省基层治理三年提升计划〉任务分工", "甘肃省基层治理三年提升计划"));
    }

    #[test]
    fn other_deeds_in_between_say_nothing() {
        for sentence in [
            "贯彻落实《甘肃省基层治理三年提升计划》,召开专题会议3次,制定《武山县基层治理规范化清单》。",
            "学习《甘肃省基层治理三年提升计划》。制定《武山县基层治理规范化清单》。",
            "根据《中华人民共和国行政处罚法》,制定《武山县基层治理规范化清单》。",
            "按照《天津市基层治理三年提升计划》,制定《武山县基层治理规范化清单》。",
            "制定《武山县基层治理规范化清单》,按照《甘肃省基层治理三年提升计划》开展评估。",
            "审议《甘肃省基层治理三年提升计划》,制定《武山县基层治理规范化清单》。",
        ] {
            assert_eq!(read(sentence), [], "{sentence}");
        }
    }
}
