//! Which document is cited: its official title, its kind, the level and region of its issuer.

mod antecedent;
mod issuer;
mod kind;

use super::Reporter;
use super::implemented::implemented;
use crate::lexicon::{Ending, Lexicon, RegisteredDocument};
use crate::recognize::citations::CitationMention;
use crate::report::{Basis, DocumentKind, How, Implemented, Level};
use crate::text::{Text, is_han, is_invisible};
use antecedent::Cited;

/// A document as a mention means it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolvedCitation {
    /// The name as meant.
    pub title: String,
    /// The official title.
    pub canonical: String,
    /// Its kind.
    pub kind: DocumentKind,
    /// The kind that its title and the level of its issuer tell alone, where it is another.
    pub kind_by_name: Option<DocumentKind>,
    /// Level of its issuer.
    pub level: Level,
    /// Code of the region that issued it.
    pub region: Option<String>,
    /// The national document that its title says it puts into effect.
    pub implements: Option<Implemented>,
    /// How it is mentioned: a short title that a document before bears refers back.
    pub how: How,
    /// Year of the revision meant, where the text speaks of a newly revised one.
    pub revision: Option<u16>,
    /// Why it was read as it was.
    pub basis: Basis,
}

/// What each mention means, in their order; `None` of a word that refers back to nothing.
#[must_use]
pub fn resolve(
    text: &Text<'_>,
    mentions: &[CitationMention],
    reporter: &Reporter<'_>,
    lexicon: &Lexicon,
) -> Vec<Option<ResolvedCitation>> {
    let reading = Resolver { text, reporter, lexicon };
    let mut cited = Cited::default();
    mentions
        .iter()
        .map(|mention| {
            let printed = reading.printed_title(mention);
            // Whatever the script of the text, documents are known by their names in simplified script.
            let name = text.in_simplified(&printed);
            let document = reading.meant(mention, name.clone(), &mut cited);
            cited.add(mention.range.clone(), document.clone());
            let title = |own: String| if own == name { printed } else { own };
            document.map(|document| ResolvedCitation {
                title: title(document.title.clone()),
                kind_by_name: reading.other_kind_by_name(&document),
                ..document
            })
        })
        .collect()
}

struct Resolver<'a, 'l> {
    text: &'a Text<'a>,
    reporter: &'a Reporter<'l>,
    lexicon: &'l Lexicon,
}

impl Resolver<'_, '_> {
    /// The title as printed: brackets off, spaces at its ends off, dashes and brackets as GB/T 15835 years have them.
    fn printed_title(&self, mention: &CitationMention) -> String {
        let printed = self.text.printed(mention.title.clone());
        self.without_stray_spaces(&printed)
            .chars()
            .filter(|c| !is_invisible(*c))
            .map(|c| match c {
                '\u{FF08}' => '(',
                '\u{FF09}' => ')',
                '\u{2010}'..='\u{2015}' | '\u{FF0D}' | '\u{FF5E}' => '-',
                c => c,
            })
            .collect()
    }

    /// A title without the spaces that justified type leaves in it; one behind the name of a body separates two issuers.
    fn without_stray_spaces(&self, printed: &str) -> String {
        let mut title = String::with_capacity(printed.len());
        for word in printed.split_whitespace() {
            let closes_up = title.chars().next_back().is_some_and(is_han) && word.chars().next().is_some_and(is_han);
            let is_body = self.lexicon.metadata.department_ends.iter().any(|end| title.ends_with(end.as_str()));
            if !title.is_empty() && (!closes_up || is_body) {
                title.push(' ');
            }
            title.push_str(word);
        }
        title
    }

    /// The document that a mention with this title names, or refers back to.
    fn meant(&self, mention: &CitationMention, title: String, cited: &mut Cited) -> Option<ResolvedCitation> {
        if self.is_definition(mention)
            && let Some(document) = cited.last(mention)
        {
            let document =
                ResolvedCitation { how: How::Anaphor, basis: Basis::rule("citations/defined"), ..document.clone() };
            cited.define(title, document.clone());
            return Some(document);
        }
        if let Some(document) = cited.defined(&title) {
            return Some(ResolvedCitation {
                how: How::Anaphor,
                basis: Basis::rule("citations/defined"),
                ..document.clone()
            });
        }
        let bracketed = self.text.folded()[mention.range.clone()].len() > mention.title.len();
        match mention.how {
            How::Anaphor if bracketed => Some(self.referred(mention, title, cited)),
            How::Anaphor => cited.in_line(self.text.folded(), mention, &title),
            How::Bracketed if self.registered(&title).is_none() => {
                let is_short = antecedent::is_short(&title);
                let back = is_short.then(|| cited.ending_in(self.text.folded(), mention, &title)).flatten();
                back.or_else(|| (!self.is_work(&title)).then(|| self.document(mention, title)))
            }
            _ => Some(self.document(mention, title)),
        }
    }

    /// Whether a short title that no table has holds no word of documents: a periodical, a film, a song (《今日丰台》).
    fn is_work(&self, title: &str) -> bool {
        let is_named_document = self.lexicon.citations.document_words.iter().any(|word| title.contains(word.as_str()));
        title.chars().count() <= LONGEST_WORK && !is_named_document && !title.contains(|c: char| c.is_ascii_digit())
    }

    /// What a word in brackets (《条例》, 《纲要》) refers to: what the words before it complete (十八届四中全会《决定》), a document of
    /// the same paragraph, the best known, the last one cited.
    fn referred(&self, mention: &CitationMention, word: String, cited: &Cited) -> ResolvedCitation {
        let folded = self.text.folded();
        if let Some(document) = self.completed(mention, &word) {
            let basis = Basis::rule("citations/completed");
            return ResolvedCitation { how: How::Anaphor, basis, ..national(document, document.title.clone()) };
        }
        if let Some(document) = cited.in_line(folded, mention, &word) {
            return document;
        }
        let known = self.lexicon.citations.known.iter().find(|(short, _)| *short == word).map(|(_, name)| name);
        if let Some(name) = known {
            if let Some(document) = cited.titled_like(name) {
                return document;
            }
            if let Some(document) = self.lexicon.documents.weakly_named(name, self.reporter.year) {
                let basis = Basis::entry("citations/best-known", "data/citations.toml", "known", &word);
                return ResolvedCitation {
                    how: How::Anaphor,
                    basis: basis.doubted("no-antecedent"),
                    ..national(document, document.title.clone())
                };
            }
        }
        cited.ending_in(folded, mention, &word).unwrap_or_else(|| {
            let basis = Basis::rule("citations/unresolved").doubted("no-antecedent");
            ResolvedCitation { how: How::Anaphor, basis, ..self.document(mention, word) }
        })
    }

    /// The document whose name the words before a bracket and the word in it make together.
    fn completed(&self, mention: &CitationMention, word: &str) -> Option<&RegisteredDocument> {
        let before = &self.text.folded()[..mention.range.start];
        let starts: Vec<usize> = before.char_indices().rev().take(LONGEST_OPENING).map(|(at, _)| at).collect();
        starts.into_iter().rev().find_map(|at| self.lexicon.documents.titled(&format!("{}{word}", &before[at..])))
    }

    /// Whether the mention introduces a short title: (以下简称《纲要》).
    fn is_definition(&self, mention: &CitationMention) -> bool {
        let before = &self.text.folded()[..mention.range.start];
        self.lexicon.citations.defining.iter().any(|word| {
            before
                .trim_end_matches(|c| matches!(c, crate::text::mark::QUOTE_OPEN | '"' | '\u{4E3A}'))
                .ends_with(word.as_str())
        })
    }

    fn registered(&self, title: &str) -> Option<&RegisteredDocument> {
        let documents = &self.lexicon.documents;
        documents
            .titled(title)
            .or_else(|| documents.titled(&without_remark(title)))
            .or_else(|| documents.weakly_named(title, self.reporter.year))
    }

    fn document(&self, mention: &CitationMention, title: String) -> ResolvedCitation {
        match self.registered(&title) {
            // 省《优化营商环境条例》 is the province's, which has the nation's title.
            Some(document) if document.kind != DocumentKind::Law && self.unit_before(mention).is_some() => {
                self.by_form(mention, title)
            }
            Some(document) => {
                let basis = Basis::entry("citations/registered", document.table, "title", &document.title);
                let revision = self.revision(mention, document);
                ResolvedCitation { how: mention.how, basis, revision, ..national(document, title) }
            }
            None => self.nearly_titled(mention, &title).unwrap_or_else(|| self.by_form(mention, title)),
        }
    }

    /// The revision meant by 新修订的《行政复议法》, 新《行政处罚法》: the newest that was there in the report's year.
    fn revision(&self, mention: &CitationMention, document: &RegisteredDocument) -> Option<u16> {
        let cues = &self.lexicon.citations;
        let before = self.text.folded()[..mention.range.start].trim_end_matches(crate::text::mark::QUOTE_OPEN);
        if !cues.newly_revised.iter().any(|word| before.ends_with(word.as_str())) {
            return None;
        }
        let years = document.revised.iter().filter_map(|date| date.get(..4)?.parse::<u16>().ok());
        years.filter(|revised| self.reporter.year.is_none_or(|year| *revised <= year)).max()
    }

    /// A registered document of which the title misses or mistakes a character (督查 for 督察), where nothing says that a
    /// region issued it.
    fn nearly_titled(&self, mention: &CitationMention, title: &str) -> Option<ResolvedCitation> {
        let issuer = self.issuer(mention, Text::new(title).folded());
        let document =
            (issuer.level == Level::National).then(|| self.lexicon.documents.nearly_titled(title)).flatten()?;
        let basis = Basis::entry("citations/nearly-titled", document.table, "title", &document.title);
        Some(ResolvedCitation {
            how: mention.how,
            basis: basis.doubted("misprint"),
            ..national(document, title.to_owned())
        })
    }

    /// A document that no table lists, told by the form of its title and the words around it.
    fn by_form(&self, mention: &CitationMention, title: String) -> ResolvedCitation {
        let folded = Text::new(&title).folded().to_owned();
        let meant = kind::amended_title(&folded, &self.lexicon.citations.amending).unwrap_or(&folded);
        let issuer = self.issuer(mention, meant);
        let (kind, ending) = self.kind_of(issuer.level, &folded, Some((mention, &issuer)));
        let implements = implemented(&folded, issuer.level, self.reporter.year, self.lexicon);
        let basis = form_basis(kind, ending, &issuer);
        ResolvedCitation {
            canonical: self.full_title(mention, &folded, kind, ending).unwrap_or_else(|| title.clone()),
            title,
            kind,
            kind_by_name: None,
            level: issuer.level,
            region: issuer.region,
            implements,
            how: mention.how,
            revision: None,
            basis,
        }
    }

    /// The official title of local law of which the text names the region in front, and of standing rules (规则, 办法) that
    /// begin with the short name of their government; how a yearly paper is officially titled is not known.
    fn full_title(
        &self,
        mention: &CitationMention,
        folded: &str,
        kind: DocumentKind,
        ending: Option<&Ending>,
    ) -> Option<String> {
        if !matches!(kind, DocumentKind::LocalRegulation | DocumentKind::LocalGovernmentRule) {
            return ending.and_then(|_| self.with_full_name(folded));
        }
        let code = self.unit_before(mention)?.region?;
        let region = self.lexicon.regions.with_code(&code, self.reporter.year)?;
        (!folded.starts_with(&region.name)).then(|| format!("{}{folded}", region.name))
    }
}

/// Why a document has the kind that its form tells; who guessed its issuer from a verb would be doubted.
fn form_basis(kind: DocumentKind, ending: Option<&Ending>, issuer: &issuer::Issuer) -> Basis {
    let basis = match (kind, ending) {
        (DocumentKind::Other, _) => Basis::rule("citations/book"),
        (_, Some(ending)) => Basis::entry("citations/ending", "data/citations.toml", "endings", &ending.word),
        (_, None) => Basis::rule("citations/issuer"),
    };
    if issuer.guessed && kind != DocumentKind::Other { basis.doubted("form-only") } else { basis }
}

/// Longest title that is taken for one of a work for want of a document's word, in characters.
const LONGEST_WORK: usize = 8;
/// Longest words before a bracket that make a name with the word in it, in characters.
const LONGEST_OPENING: usize = 14;

/// A document of the national registry under the name `title`, in the edition of a book that it names.
fn national(document: &RegisteredDocument, title: String) -> ResolvedCitation {
    let edition = document.kind == DocumentKind::Other
        && title.strip_prefix(document.title.as_str()).is_some_and(|rest| rest.ends_with(EDITION));
    let canonical = if edition { title.clone() } else { document.title.clone() };
    ResolvedCitation {
        title,
        canonical,
        kind: document.kind,
        kind_by_name: None,
        level: Level::National,
        region: None,
        implements: None,
        how: How::default(),
        revision: None,
        basis: Basis::default(),
    }
}

/// 版), which closes the edition of a book.
const EDITION: &str = "\u{7248})";

/// A title without the remark behind it: (试行), (2020年版) and the like; years of plans stay.
fn without_remark(title: &str) -> String {
    let open = title.strip_suffix(')').and_then(|rest| rest.rfind('('));
    match open {
        Some(open) if !title[open..].contains('-') => title[..open].to_owned(),
        _ => title.to_owned(),
    }
}
