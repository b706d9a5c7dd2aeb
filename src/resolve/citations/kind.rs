//! Of what kind a document is that no table lists: by its last word, its issuer, and what the sentence calls it.

use super::issuer::Issuer;
use super::{ResolvedCitation, Resolver, without_remark};
use crate::lexicon::Ending;
use crate::recognize::citations::CitationMention;
use crate::report::{DocumentKind, How, Level};
use crate::text::{Text, mark};

/// 关于, with which policy documents and not rules are titled.
pub(super) const ABOUT: &str = "\u{5173}\u{4E8E}";
/// 决定
const DECISION: &str = "\u{51B3}\u{5B9A}";
/// 令, in the number of an order by which a rule is made public.
const ORDER: char = '\u{4EE4}';
/// Most titles and verbs of a list that are passed over to see what it is called.
const LONGEST_LIST: usize = 48;
/// 等, which closes a list.
const AND_OTHERS: char = '\u{7B49}';

/// Where a document is cited, and who issued it.
type Around<'a> = Option<(&'a CitationMention, &'a Issuer)>;

impl Resolver<'_, '_> {
    /// The kind that the title and the level of the issuer tell whoever cites a document, where it is another than was told.
    ///
    /// A report calls policy what comes from above, and its own papers documents: that is no difference.
    pub(super) fn other_kind_by_name(&self, document: &ResolvedCitation) -> Option<DocumentKind> {
        let title = document.canonical.as_str();
        let documents = &self.lexicon.documents;
        let registered = || documents.titled(title).or_else(|| documents.titled(&without_remark(title)));
        let kind = match Some(document.level).filter(|level| *level == Level::National).and_then(|_| registered()) {
            Some(registered) => registered.kind,
            None => self.kind_of(document.level, Text::new(title).folded(), None).0,
        };
        let is_paper = |kind| matches!(kind, DocumentKind::PartyStatePolicy | DocumentKind::LocalDocument);
        (kind != document.kind && !(is_paper(kind) && is_paper(document.kind))).then_some(kind)
    }

    /// The kind of a document with this folded title and level, and the ending that told it. `around` is where it is cited
    /// and who issued it; without that the title and the level decide alone.
    pub(super) fn kind_of(&self, level: Level, folded: &str, around: Around<'_>) -> (DocumentKind, Option<&Ending>) {
        let cues = &self.lexicon.citations;
        let stem = without_remark(amended_title(folded, &cues.amending).unwrap_or(folded));
        let ending = cues
            .endings
            .iter()
            .filter(|ending| stem.ends_with(ending.word.as_str()))
            .max_by_key(|ending| ending.word.len());
        // A notice about a yearly report is no report.
        let is_document = ending.is_some() || cues.official_forms.iter().any(|word| stem.ends_with(word.as_str()));
        let is_about_book = is_document && stem.contains(ABOUT);
        let is_book = cues
            .books
            .iter()
            .any(|book| stem.ends_with(book.as_str()) || (folded.contains(book.as_str()) && !is_about_book))
            || cues.reports.iter().any(|end| stem.ends_with(end.as_str()));
        let is_lecture = around.is_none_or(|(mention, issuer)| mention.how == How::Bracketed && issuer.guessed)
            && ending.is_none()
            && level == Level::National
            && !cues.document_words.iter().any(|word| stem.ends_with(word.as_str()))
            && !stem.contains(ABOUT)
            && !stem.contains(|c: char| c.is_ascii_digit());
        if is_book || is_lecture {
            return (DocumentKind::Other, None);
        }
        (self.kind(level, ending, &stem, around), ending)
    }

    fn kind(&self, level: Level, ending: Option<&Ending>, stem: &str, around: Around<'_>) -> DocumentKind {
        let cues = &self.lexicon.citations;
        let about =
            stem.contains(ABOUT) && ending.is_none_or(|ending| ending.regional != DocumentKind::LocalRegulation);
        let is_called = |words: &[String]| around.is_some_and(|(mention, _)| self.is_called(mention, words));
        let own = around.is_some_and(|(_, issuer)| issuer.own);
        let below = around.is_some_and(|(_, issuer)| issuer.is_below(self.reporter));
        let makes_law = matches!(level, Level::Province | Level::Prefecture);
        let by_assembly =
            cues.assemblies.iter().any(|word| stem.contains(word.as_str())) || is_called(&cues.regulations);
        if makes_law && by_assembly {
            return DocumentKind::LocalRegulation;
        }
        let number = around.and_then(|(mention, _)| mention.number.clone());
        let is_order = number.is_some_and(|number| self.text.folded()[number].contains(ORDER));
        let is_rule = is_order || is_called(&cues.rules);
        let of_party = cues.party_words.iter().any(|word| stem.contains(word.as_str())) && !is_rule;
        match ending {
            Some(ending) if level == Level::National => {
                if about || of_party && ending.national == DocumentKind::DepartmentRule {
                    DocumentKind::PartyStatePolicy
                } else {
                    ending.national
                }
            }
            Some(ending) if makes_law && !about => match ending.regional {
                // Counties make no law, and a city's own measures are its documents unless they are called law.
                DocumentKind::LocalGovernmentRule if own && !is_rule => DocumentKind::LocalDocument,
                DocumentKind::LocalGovernmentRule if of_party => DocumentKind::PartyStatePolicy,
                DocumentKind::PartyStatePolicy if own || below => DocumentKind::LocalDocument,
                kind => kind,
            },
            Some(ending)
                if ending.regional == DocumentKind::LocalRegulation && ending.word.chars().count() > 1 && !own =>
            {
                DocumentKind::LocalRegulation
            }
            _ if own || below => DocumentKind::LocalDocument,
            _ => DocumentKind::PartyStatePolicy,
        }
    }

    /// Whether the sentence calls what it cites by one of `words` (规章): before the title, outside of other titles, or behind
    /// the list in which it stands (《甲》《乙》等政府规章).
    fn is_called(&self, mention: &CitationMention, words: &[String]) -> bool {
        let named = |clause: &str| words.iter().any(|word| clause.contains(word.as_str()));
        named(&without_titles(behind_closed_list(self.sentence_before(mention))))
            || self
                .behind_list(mention)
                .is_some_and(|clause| words.iter().any(|word| clause.starts_with(word.as_str())))
    }

    /// What a list of titles is called: the words behind 等, an amount left out.
    fn behind_list(&self, mention: &CitationMention) -> Option<&str> {
        let mut rest = &self.text.folded()[mention.range.end..];
        for _ in 0..LONGEST_LIST {
            rest = rest.trim_start_matches(|c| matches!(c, ',' | mark::ENUMERATION_COMMA | '\u{548C}' | '\u{53CA}'));
            if let Some(verb) = self.lexicon.citations.making.iter().find(|verb| rest.starts_with(verb.as_str())) {
                rest = &rest[verb.len()..];
                continue;
            }
            let Some(inner) = rest.strip_prefix(mark::TITLE_OPEN) else { break };
            rest = &inner[inner.find(mark::TITLE_CLOSE)? + mark::TITLE_CLOSE.len_utf8()..];
        }
        let behind = rest.strip_prefix(AND_OTHERS)?;
        let cues = &self.lexicon.citations;
        let mut words = behind.trim_start_matches(|c: char| c.is_ascii_digit() || crate::text::numeral::is_chinese(c));
        while let Some(word) = cues.list_fillers.iter().find(|word| words.starts_with(word.as_str())) {
            words = &words[word.len()..];
        }
        Some(words)
    }
}

/// The document that a decision amends or repeals, which is of the same rank: 关于修改〈甲〉的决定.
pub(super) fn amended_title<'t>(title: &'t str, amending: &[String]) -> Option<&'t str> {
    let stem_ends = title.split('(').next()?.ends_with(DECISION) || title.ends_with(DECISION);
    let open = title.find([mark::INNER_TITLE_OPEN, mark::TITLE_OPEN, '<'])?;
    let close = title.rfind([mark::INNER_TITLE_CLOSE, mark::TITLE_CLOSE, '>'])?;
    let amends = amending.iter().any(|word| title[..open].ends_with(word.as_str()));
    let inner = open + title[open..].chars().next()?.len_utf8();
    (stem_ends && amends && inner < close).then(|| &title[inner..close])
}

/// What a sentence says behind the last list in it that 等 closed, with what that list is called left out.
fn behind_closed_list(sentence: &str) -> &str {
    let closed = sentence
        .match_indices(mark::TITLE_CLOSE)
        .map(|(at, close)| at + close.len())
        .rfind(|end| sentence[*end..].starts_with(AND_OTHERS));
    let Some(end) = closed else { return sentence };
    sentence[end..].find(mark::ends_clause).map_or("", |clause| &sentence[end + clause..])
}

fn without_titles(words: &str) -> String {
    let mut depth = 0_usize;
    words
        .chars()
        .filter(|c| {
            match *c {
                mark::TITLE_OPEN => depth += 1,
                mark::TITLE_CLOSE => depth = depth.saturating_sub(1),
                _ => return depth == 0,
            }
            false
        })
        .collect()
}
