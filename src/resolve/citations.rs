//! Which document is cited: its official title, its kind, the level and region of its issuer.

use super::Reporter;
use super::implemented::implemented;
use crate::lexicon::{BodyForm, Ending, Lexicon};
use crate::recognize::citations::CitationMention;
use crate::recognize::regions::regions;
use crate::report::{DocumentKind, How, Level};
use crate::text::{Text, is_han, is_invisible, mark, previous};

/// A document as a mention means it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolvedCitation {
    /// The name as meant.
    pub title: String,
    /// The official title.
    pub canonical: String,
    /// Its kind.
    pub kind: DocumentKind,
    /// Level of its issuer.
    pub level: Level,
    /// Code of the region that issued it.
    pub region: Option<String>,
    /// Official title of the national document that it puts into effect.
    pub implements: Option<String>,
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
    let mut resolved: Vec<Option<ResolvedCitation>> = Vec::with_capacity(mentions.len());
    let mut defined: Vec<(String, ResolvedCitation)> = Vec::new();
    for mention in mentions {
        let title = reading.printed_title(mention);
        let short = defined.iter().rev().find(|(name, _)| *name == title).map(|(_, document)| document.clone());
        let document = match (short, mention.how) {
            (Some(document), _) => Some(document),
            (None, How::Anaphor) => antecedent(&title, &resolved).cloned(),
            (None, _) => Some(reading.named(mention, &title)),
        };
        if reading.is_definition(mention)
            && let Some(antecedent) = resolved.iter().rev().flatten().next()
        {
            defined.push((title, antecedent.clone()));
            resolved.push(defined.last().map(|(_, document)| document.clone()));
            continue;
        }
        resolved.push(document);
    }
    resolved
}

/// The last document cited whose title ends with the word that refers back.
fn antecedent<'r>(word: &str, resolved: &'r [Option<ResolvedCitation>]) -> Option<&'r ResolvedCitation> {
    let bare = |title: &str| title.split('(').next().unwrap_or(title).to_owned();
    resolved.iter().rev().flatten().find(|document| bare(&document.title).ends_with(word))
}

struct Resolver<'a, 'l> {
    text: &'a Text<'a>,
    reporter: &'a Reporter<'l>,
    lexicon: &'l Lexicon,
}

/// 以下简称: how a short title is introduced.
const HEREAFTER: &str = "\u{7B80}\u{79F0}";

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
                '\u{2014}' | '\u{2013}' | '\u{FF0D}' | '\u{FF5E}' => '-',
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

    /// Whether the mention introduces a short title: (以下简称《纲要》).
    fn is_definition(&self, mention: &CitationMention) -> bool {
        self.text.folded()[..mention.range.start].ends_with(HEREAFTER)
    }

    /// The document that is named, known by the name in simplified script.
    fn named(&self, mention: &CitationMention, printed: &str) -> ResolvedCitation {
        let document = self.document(mention, self.text.in_simplified(printed));
        ResolvedCitation { title: printed.to_owned(), ..document }
    }

    fn document(&self, mention: &CitationMention, title: String) -> ResolvedCitation {
        let year = self.reporter.year;
        let documents = &self.lexicon.documents;
        let registered = documents
            .titled(&title)
            .or_else(|| documents.titled(&without_remark(&title)))
            .or_else(|| documents.weakly_named(&title, year));
        match registered {
            Some(document) => ResolvedCitation {
                canonical: document.title.clone(),
                kind: document.kind,
                level: Level::National,
                region: None,
                implements: None,
                title,
            },
            None => self.nearly_titled(mention, &title).unwrap_or_else(|| self.by_form(mention, title)),
        }
    }

    /// A registered document of which the title misses or mistakes a character (督查 for 督察), where nothing says that a
    /// region issued it.
    fn nearly_titled(&self, mention: &CitationMention, title: &str) -> Option<ResolvedCitation> {
        let issuer = self.issuer(mention, Text::new(title).folded());
        let document =
            (issuer.level == Level::National).then(|| self.lexicon.documents.nearly_titled(title)).flatten()?;
        Some(ResolvedCitation {
            canonical: document.title.clone(),
            kind: document.kind,
            level: Level::National,
            region: None,
            implements: None,
            title: title.to_owned(),
        })
    }

    /// A document that no table lists, told by the form of its title and the words around it.
    fn by_form(&self, mention: &CitationMention, title: String) -> ResolvedCitation {
        let cues = &self.lexicon.citations;
        let folded = Text::new(&title).folded().to_owned();
        let issuer = self.issuer(mention, &folded);
        let stem = without_remark(&folded);
        let ending = cues
            .endings
            .iter()
            .filter(|ending| stem.ends_with(ending.word.as_str()))
            .max_by_key(|ending| ending.word.len());
        let kind = if cues.books.iter().any(|book| folded.contains(book.as_str())) {
            DocumentKind::Other
        } else {
            self.kind(mention, &issuer, ending, &stem)
        };
        let implements = implemented(&folded, self.lexicon).map(|document| document.title.clone());
        ResolvedCitation {
            canonical: title.clone(),
            title,
            kind,
            level: issuer.level,
            region: issuer.region,
            implements,
        }
    }

    /// Who issued a document: the region in its title, else what the words around it say.
    fn issuer(&self, mention: &CitationMention, title: &str) -> Issuer {
        let cues = &self.lexicon.citations;
        let named = regions(title, self.lexicon).into_iter().take_while(|region| region.range.start <= 12).last();
        if let Some(region) = named
            && let Some(region) = self.nearest(&title[region.range])
        {
            return region;
        }
        if self.names_own_township(title) {
            return self.own();
        }
        if cues.national_issuers.iter().any(|issuer| title.starts_with(issuer.as_str())) {
            return Issuer::national();
        }
        if let Some(issuer) = self.bodies_issuer(title) {
            return issuer;
        }
        if let Some(issuer) = self.short_named_issuer(title) {
            return issuer;
        }
        if let Some(word) = cues.own.iter().find(|word| title.contains(word.as_str())) {
            return self.own_or_county(word);
        }
        let stem = without_remark(title);
        if cues.implementing.iter().any(|word| title.starts_with(word.as_str()))
            && cues.implementing_ends.iter().any(|end| stem.ends_with(end.as_str()))
        {
            return self.own();
        }
        self.issuer_before(mention).unwrap_or_else(|| self.issuer_by_verb(mention, title))
    }

    fn nearest(&self, name: &str) -> Option<Issuer> {
        let regions = self.lexicon.regions.named(name, self.reporter.year);
        let shared = |code: &str| {
            self.reporter.region.map_or(0, |own| own.code.bytes().zip(code.bytes()).take_while(|(a, b)| a == b).count())
        };
        let region =
            regions.into_iter().max_by_key(|region| (shared(&region.code), std::cmp::Reverse(region.code.clone())))?;
        let own = self.reporter.region.is_some_and(|own| own.code == region.code);
        Some(Issuer {
            level: region.level,
            region: Some(region.code.clone()),
            own: own && self.reporter.township.is_none(),
        })
    }

    /// A title that begins with a region's short name: 浙江省 is found above, 甘肃 of 《甘肃法治…》 here.
    fn short_named_issuer(&self, title: &str) -> Option<Issuer> {
        let region = self.reporter.region?;
        let mut at = Some(region);
        while let Some(region) = at {
            if crate::lexicon::short_name(&region.name).is_some_and(|short| title.starts_with(short)) {
                let own =
                    self.reporter.region.is_some_and(|own| own.code == region.code) && self.reporter.township.is_none();
                return Some(Issuer { level: region.level, region: Some(region.code.clone()), own });
            }
            at = self.lexicon.regions.parent(region, self.reporter.year);
        }
        None
    }

    fn names_own_township(&self, title: &str) -> bool {
        let own = self.reporter.township.as_ref().is_some_and(|township| title.contains(township.name.as_str()));
        own || self.reporter.region.is_some_and(|region| {
            crate::lexicon::townships_of(&region.code).any(|township| title.starts_with(township.name))
        })
    }

    fn own(&self) -> Issuer {
        Issuer {
            level: self.reporter.level.unwrap_or(Level::County),
            region: self.reporter.region.map(|region| region.code.clone()),
            own: true,
        }
    }

    /// 全县 in the title of a document that a township cites names the county's document.
    fn own_or_county(&self, word: &str) -> Issuer {
        let units = &self.lexicon.metadata.township_ends;
        if self.reporter.township.is_some() && !units.iter().any(|unit| word.contains(unit.as_str())) {
            return Issuer {
                level: Level::County,
                region: self.reporter.region.map(|region| region.code.clone()),
                own: false,
            };
        }
        self.own()
    }

    /// The issuer named directly before the title (省政府《…》, 国务院《…》).
    fn issuer_before(&self, mention: &CitationMention) -> Option<Issuer> {
        let clause = self.clause_before(mention);
        let tail: String = clause.chars().rev().take(12).collect::<Vec<char>>().into_iter().rev().collect();
        let (range, form) = self.lexicon.bodies.forms_in(&tail).pop()?;
        // Only a body that stands right before the title or before 印发的, 关于 issued it.
        if tail[range.end..].chars().count() > 4 {
            return None;
        }
        let kind = self.lexicon.bodies.kind(form)?;
        if kind.is_national() {
            return Some(Issuer::national());
        }
        self.issuer_of_form(form)
    }

    /// A title that begins with the short name of a body (县司法局…).
    fn bodies_issuer(&self, title: &str) -> Option<Issuer> {
        let (_, form) = self.lexicon.bodies.forms_in(title).into_iter().next().filter(|(range, _)| range.start == 0)?;
        self.issuer_of_form(form)
    }

    /// The region for whose body a form stands that begins with a unit (县).
    fn issuer_of_form(&self, form: &BodyForm) -> Option<Issuer> {
        let region = self.reporter.region_with_unit(form.unit.as_deref()?, self.lexicon)?;
        let own = self.reporter.region.is_some_and(|own| own.code == region.code) && self.reporter.township.is_none();
        Some(Issuer { level: region.level, region: Some(region.code.clone()), own })
    }

    /// Whoever makes a document issues it; whoever carries one out has it from above.
    fn issuer_by_verb(&self, mention: &CitationMention, title: &str) -> Issuer {
        let cues = &self.lexicon.citations;
        let clause = self.clause_before(mention);
        let last = |verbs: &[String]| verbs.iter().filter_map(|verb| clause.rfind(verb.as_str())).max();
        let (making, following) = (last(&cues.making), last(&cues.following));
        match (making, following) {
            (Some(made), Some(followed)) if made > followed => self.own(),
            (Some(_), None) => self.own(),
            (None, None)
                if !title.ends_with(cues.endings[0].word.as_str())
                    && mention.how == How::Bracketed
                    && self.follows_made(mention) =>
            {
                self.own()
            }
            _ => Issuer::national(),
        }
    }

    /// Whether the title stands in a list whose first title was made (出台《甲》《乙》).
    fn follows_made(&self, mention: &CitationMention) -> bool {
        let sentence = self.sentence_before(mention);
        let cues = &self.lexicon.citations;
        let last = |verbs: &[String]| verbs.iter().filter_map(|verb| sentence.rfind(verb.as_str())).max();
        last(&cues.making).is_some_and(|made| last(&cues.following).is_none_or(|followed| made > followed))
    }

    /// The words before a mention in its clause, titles in a list before it left out.
    fn clause_before(&self, mention: &CitationMention) -> String {
        let text = self.text.folded();
        let mut clause: Vec<char> = Vec::new();
        let mut depth = 0_usize;
        let mut at = mention.range.start;
        while let Some((start, c)) = previous(text, at) {
            match c {
                mark::TITLE_CLOSE | ')' => depth += 1,
                mark::TITLE_OPEN | '(' => depth = depth.saturating_sub(1),
                _ if depth > 0 => {}
                c if mark::ends_clause(c) => break,
                c => clause.push(c),
            }
            at = start;
        }
        clause.into_iter().rev().collect()
    }

    fn sentence_before(&self, mention: &CitationMention) -> &str {
        let before = &self.text.folded()[..mention.range.start];
        before.rsplit(|c| mark::ends_statement(c) || c == '\n').next().unwrap_or(before)
    }

    /// Whether the sentence calls what it cites a rule of the government (规章).
    fn is_called_rule(&self, mention: &CitationMention) -> bool {
        self.lexicon.citations.rules.iter().any(|word| self.sentence_before(mention).contains(word.as_str()))
    }

    fn kind(&self, mention: &CitationMention, issuer: &Issuer, ending: Option<&Ending>, stem: &str) -> DocumentKind {
        let cues = &self.lexicon.citations;
        let about =
            stem.contains(ABOUT) && ending.is_none_or(|ending| ending.regional != DocumentKind::LocalRegulation);
        let makes_law = matches!(issuer.level, Level::Province | Level::Prefecture);
        if makes_law && cues.assemblies.iter().any(|assembly| stem.contains(assembly.as_str())) {
            return DocumentKind::LocalRegulation;
        }
        match ending {
            Some(ending) if issuer.level == Level::National => {
                if about {
                    DocumentKind::PartyStatePolicy
                } else {
                    ending.national
                }
            }
            Some(ending) if makes_law && !about => match ending.regional {
                // Counties make no law, and a city's own measures are its documents unless they are called law.
                DocumentKind::LocalGovernmentRule if issuer.own && !self.is_called_rule(mention) => {
                    DocumentKind::LocalDocument
                }
                kind => kind,
            },
            Some(ending)
                if ending.regional == DocumentKind::LocalRegulation
                    && ending.word.chars().count() > 1
                    && !issuer.own =>
            {
                DocumentKind::LocalRegulation
            }
            _ if issuer.own => DocumentKind::LocalDocument,
            _ if issuer.is_below(self.reporter) => DocumentKind::LocalDocument,
            _ => DocumentKind::PartyStatePolicy,
        }
    }
}

/// 关于, with which policy documents and not rules are titled.
const ABOUT: &str = "\u{5173}\u{4E8E}";

struct Issuer {
    level: Level,
    region: Option<String>,
    /// Whether the reporting region issued it.
    own: bool,
}

impl Issuer {
    const fn national() -> Self {
        Self { level: Level::National, region: None, own: false }
    }

    /// Whether it is the reporter or stands below it.
    fn is_below(&self, reporter: &Reporter<'_>) -> bool {
        match (reporter.level, reporter.region, &self.region) {
            (_, Some(own), Some(code)) if reporter.township.is_none() => {
                let prefix = own.code.trim_end_matches("00");
                code.starts_with(prefix)
            }
            _ => false,
        }
    }
}

/// A title without the remark behind it: (试行), (2020年版) and the like stay in years of plans.
fn without_remark(title: &str) -> String {
    let open = title.strip_suffix(')').and_then(|rest| rest.rfind('('));
    match open {
        Some(open) if !title[open..].contains('-') => title[..open].to_owned(),
        _ => title.to_owned(),
    }
}
