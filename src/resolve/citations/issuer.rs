//! Who issued a document: the region in its title, the body before it, its number, the verb that governs it.

use super::kind::ABOUT;
use super::{Resolver, without_remark};
use crate::lexicon::{BodyForm, Region};
use crate::recognize::citations::CitationMention;
use crate::recognize::regions::regions;
use crate::report::{How, Level};
use crate::resolve::Reporter;
use crate::text::{mark, previous};

/// Longest piece of a sentence that is looked at before a title, in bytes.
const LONGEST_SENTENCE: usize = 3000;
/// Longest subject of a making verb, in characters.
const LONGEST_SUBJECT: usize = 24;

/// Bytes within which a title names its issuer's region.
const LONGEST_OPENING: usize = 12;
/// 的
const OF: char = '\u{7684}';

/// Who issued a document.
pub(super) struct Issuer {
    /// Its level.
    pub(super) level: Level,
    /// Code of its region.
    pub(super) region: Option<String>,
    /// Whether the reporting region issued it.
    pub(super) own: bool,
    /// Whether nothing but a verb, or nothing at all, told it.
    pub(super) guessed: bool,
}

impl Issuer {
    pub(super) const fn national() -> Self {
        Self { level: Level::National, region: None, own: false, guessed: false }
    }

    fn guessed(self) -> Self {
        Self { guessed: true, ..self }
    }

    /// Whether it is the reporter or stands below it.
    pub(super) fn is_below(&self, reporter: &Reporter<'_>) -> bool {
        match (reporter.level, reporter.region, &self.region) {
            (_, Some(own), Some(code)) if reporter.township.is_none() => {
                let prefix = own.code.trim_end_matches("00");
                code.starts_with(prefix)
            }
            _ => false,
        }
    }
}

impl Resolver<'_, '_> {
    /// Who issued a document: the region in its title, else what the words around it say.
    pub(super) fn issuer(&self, mention: &CitationMention, title: &str) -> Issuer {
        let cues = &self.lexicon.citations;
        if let Some(issuer) = self.titled_issuer(mention, title) {
            return issuer;
        }
        if let Some(issuer) = self.unlisted_issuer(title) {
            return issuer;
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
        if let Some(issuer) = self.issuer_by_number(mention).or_else(|| self.unit_before(mention)) {
            return issuer;
        }
        if let Some(word) = cues.own.iter().find(|word| title.contains(word.as_str())) {
            return self.scope_issuer(word);
        }
        let stem = without_remark(title);
        if cues.implementing.iter().any(|word| title.starts_with(word.as_str()))
            && cues.implementing_ends.iter().any(|end| stem.ends_with(end.as_str()))
        {
            return self.own();
        }
        self.issuer_before(mention).unwrap_or_else(|| self.issuer_by_verb(mention, title))
    }

    /// The issuer by the region that a title names among its first words: the last of those that follow each other. A
    /// region that only the subject names (关于做好某市…工作的通知) issues it unless its number or a maker says otherwise.
    fn titled_issuer(&self, mention: &CitationMention, title: &str) -> Option<Issuer> {
        let cues = &self.lexicon.citations;
        let named = regions(title, self.lexicon);
        let first = named.iter().position(|region| region.range.start <= LONGEST_OPENING)?;
        let mut last = first;
        while named.get(last + 1).is_some_and(|next| next.range.start == named[last].range.end) {
            last += 1;
        }
        let region = self.nearest(&title[named[last].range.clone()])?;
        let before = &title[..named[first].range.start];
        let is_subject = before.starts_with(ABOUT) && !cues.making.iter().any(|verb| before.ends_with(verb.as_str()));
        if !is_subject || region.own {
            return Some(region);
        }
        let made = || Some(self.issuer_by_verb(mention, title)).filter(|issuer| issuer.level != Level::National);
        self.issuer_by_number(mention).or_else(made).or(Some(region))
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
            guessed: false,
        })
    }

    /// A title that begins with a region's short name: 浙江省 is found above, 甘肃 of 《甘肃法治…》 and 《法治甘肃…》 here.
    fn short_named_issuer(&self, title: &str) -> Option<Issuer> {
        let openers = &self.lexicon.metadata.name_openers;
        let title = openers.iter().find_map(|word| title.strip_prefix(word.as_str())).unwrap_or(title);
        let region = self.reporter.region?;
        let mut at = Some(region);
        while let Some(region) = at {
            if crate::lexicon::short_name(&region.name).is_some_and(|short| title.starts_with(short)) {
                return Some(self.of_region(region));
            }
            at = self.lexicon.regions.parent(region, self.reporter.year);
        }
        None
    }

    /// The reporter itself where it stands in no table and the title names it among its first words.
    fn unlisted_issuer(&self, title: &str) -> Option<Issuer> {
        let place = self.reporter.unlisted.as_ref()?;
        let name = place.name();
        let named = !name.is_empty() && title.find(name).is_some_and(|at| at <= LONGEST_OPENING);
        let own = self.reporter.township.is_none();
        named.then_some(Issuer { level: place.level, region: None, own, guessed: false })
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
            guessed: false,
        }
    }

    /// The region that a word in a title means (全县, 全省): the reporter or the one above it with that unit.
    fn scope_issuer(&self, word: &str) -> Issuer {
        let cues = &self.lexicon.citations;
        let unit = cues.scope_words.iter().find_map(|cue| word.strip_prefix(cue.as_str()));
        let unit = unit.or_else(|| word.strip_suffix(cues.scope_level.as_str())).unwrap_or_default();
        let region = self.reporter.region_with_unit(unit, self.lexicon).filter(|_| !unit.is_empty());
        let above = region.filter(|region| self.reporter.region.is_some_and(|own| own.code != region.code));
        let units = &self.lexicon.metadata.township_ends;
        match above {
            Some(region) => self.of_region(region),
            None if self.reporter.township.is_some() && !units.iter().any(|unit| word.contains(unit.as_str())) => {
                Issuer {
                    level: self.reporter.region.map_or(Level::County, |region| region.level),
                    region: self.reporter.region.map(|region| region.code.clone()),
                    own: false,
                    guessed: false,
                }
            }
            None if cues.higher_scopes.iter().any(|unit_above| unit_above == unit) => Issuer {
                level: Level::Province,
                region: None,
                own: self.reporter.level == Some(Level::Province),
                guessed: true,
            },
            None => self.own(),
        }
    }

    /// The issuer named directly before the title (省政府《…》, 国务院《…》).
    fn issuer_before(&self, mention: &CitationMention) -> Option<Issuer> {
        let clause = self.clause_before(mention);
        let tail: String = clause.chars().rev().take(12).collect::<Vec<char>>().into_iter().rev().collect();
        let (range, form) = self.lexicon.bodies.forms_in(&tail).pop()?;
        // 根据国务院决定印发《…》: the body decided, and whoever speaks issued.
        let named = clause.len() - tail.len() + range.start;
        let made = self.lexicon.citations.making.iter().filter_map(|verb| clause.rfind(verb.as_str())).max();
        if made.is_some_and(|made| made > named && self.subject(mention, &clause, made).len() < named) {
            return None;
        }
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

    /// The region whose unit stands right before a title: 省《优化营商环境条例》; 全省 only says where.
    pub(super) fn unit_before(&self, mention: &CitationMention) -> Option<Issuer> {
        let cues = &self.lexicon.citations;
        let before = &self.text.folded()[..mention.range.start];
        let sentence = self.sentence_before(mention);
        let within = sentence.rfind(mark::TITLE_OPEN) > sentence.rfind(mark::TITLE_CLOSE);
        let bracketed = self.text.folded()[mention.range.start..].starts_with(mark::TITLE_OPEN) && !within;
        let unit =
            cues.local_before.iter().filter(|unit| before.ends_with(unit.as_str())).max_by_key(|unit| unit.len())?;
        let rest = &before[..before.len() - unit.len()];
        let elsewhere = cues.not_local_before.iter().any(|word| rest.ends_with(word.as_str()))
            && !cues.own_before.iter().any(|word| rest.ends_with(word.as_str()));
        let beside_nation = rest
            .trim_end_matches(|c| matches!(c, mark::ENUMERATION_COMMA | '\u{548C}' | '\u{53CA}'))
            .ends_with(cues.nation.as_str());
        let region = self.reporter.region_with_unit(unit, self.lexicon)?;
        (bracketed && !elsewhere && !beside_nation).then(|| self.of_region(region))
    }

    /// A title with the full name of the government with which it begins: 甘肃省人民政府工作规则 for 省政府工作规则.
    pub(super) fn with_full_name(&self, title: &str) -> Option<String> {
        let (range, form) =
            self.lexicon.bodies.forms_in(title).into_iter().next().filter(|(range, _)| range.start == 0)?;
        let region = self.reporter.region_with_unit(form.unit.as_deref()?, self.lexicon)?;
        let body = self.lexicon.bodies.name_in(self.lexicon.bodies.kind(form)?, &region.name);
        let is_government = self.lexicon.metadata.government_ends.iter().any(|end| body.ends_with(end.as_str()));
        is_government.then(|| format!("{body}{}", &title[range.end..]))
    }

    /// A title that begins with the short name of a body (县司法局…).
    fn bodies_issuer(&self, title: &str) -> Option<Issuer> {
        let (_, form) = self.lexicon.bodies.forms_in(title).into_iter().next().filter(|(range, _)| range.start == 0)?;
        self.issuer_of_form(form)
    }

    /// The region for whose body a form stands that begins with a unit (县).
    fn issuer_of_form(&self, form: &BodyForm) -> Option<Issuer> {
        let region = self.reporter.region_with_unit(form.unit.as_deref()?, self.lexicon)?;
        Some(self.of_region(region))
    }

    /// Whoever makes a document issues it; whoever carries one out has it from above.
    fn issuer_by_verb(&self, mention: &CitationMention, title: &str) -> Issuer {
        let cues = &self.lexicon.citations;
        let clause = self.clause_before(mention);
        let last = |verbs: &[String]| verbs.iter().filter_map(|verb| clause.rfind(verb.as_str())).max();
        let (making, following) = (last(&cues.making), last(&cues.following));
        let after = &self.text.folded()[mention.range.end..];
        let is_made_after = || cues.making_after.iter().any(|word| after.starts_with(word.as_str()));
        let issuer = match (making, following) {
            (Some(made), Some(followed)) if made > followed => self.maker(self.subject(mention, &clause, made)),
            (Some(made), None) => self.maker(&clause[..made]),
            _ if is_made_after() => self.own(),
            _ if making.is_none()
                && cues.own_papers.iter().any(|end| without_remark(title).ends_with(end.as_str())) =>
            {
                self.own()
            }
            (None, None) if mention.how == How::Bracketed && self.is_own_without_verb(mention, title) => self.own(),
            _ => Issuer::national(),
        };
        issuer.guessed()
    }

    /// The words in which the maker of a document stands: not those that say by whose decision it was made (根据国务院决定
    /// 印发《…》), unless the title belongs to them (按照省政府印发的《…》, 根据市委印发《…》要求).
    fn subject<'c>(&self, mention: &CitationMention, clause: &'c str, made: usize) -> &'c str {
        let cues = &self.lexicon.citations;
        let basis = cues.by_decision.iter().filter_map(|verb| clause[..made].rfind(verb.as_str())).max();
        let after = self.text.folded()[mention.range.end..].trim_start_matches(OF);
        let relative = clause.ends_with(OF) || cues.demands.iter().any(|word| after.starts_with(word.as_str()));
        basis.filter(|_| !relative).map_or(&clause[..made], |at| &clause[..at])
    }

    /// Who makes a document by the words before the verb: the last body or region named there, else the reporter.
    fn maker(&self, subject: &str) -> Issuer {
        let cues = &self.lexicon.citations;
        let tail: String =
            subject.chars().rev().take(LONGEST_SUBJECT).collect::<Vec<char>>().into_iter().rev().collect();
        let named = regions(&tail, self.lexicon).pop();
        let body = self.lexicon.bodies.forms_in(&tail).pop();
        if let Some((range, form)) = body
            && named.as_ref().is_none_or(|region| region.range.end < range.start)
        {
            if self.lexicon.bodies.kind(form).is_some_and(crate::lexicon::BodyKind::is_national) {
                return Issuer::national();
            }
            if let Some(issuer) = self.issuer_of_form(form) {
                return issuer;
            }
        }
        if let Some(region) = named
            && let Some(issuer) = self.nearest(&tail[region.range])
            && (issuer.own || issuer.level < Level::County || self.reporter.township.is_some())
        {
            return issuer;
        }
        if cues.national_issuers.iter().any(|word| tail.ends_with(word.as_str())) {
            return Issuer::national();
        }
        self.own()
    }

    /// Whether a title that no verb governs is the reporter's own: one of a list that was made, or a working paper.
    fn is_own_without_verb(&self, mention: &CitationMention, title: &str) -> bool {
        let cues = &self.lexicon.citations;
        let stem = without_remark(title);
        !title.ends_with(cues.endings[0].word.as_str()) && self.follows_made(mention)
            || cues.working_papers.iter().any(|end| stem.ends_with(end.as_str()))
    }

    /// Who issued a document by its number: 国办发, 浙政发, and those that begin with the first character of the name of the
    /// reporter's region or of one above it.
    fn issuer_by_number(&self, mention: &CitationMention) -> Option<Issuer> {
        let number = self.text.folded().get(mention.number.clone()?)?;
        let cues = &self.lexicon.citations;
        if cues.national_numbers.iter().any(|prefix| number.starts_with(prefix.as_str())) {
            return Some(Issuer::national());
        }
        let mut at = self.reporter.region;
        while let Some(region) = at {
            let mark = cues.province_marks.iter().find(|(code, _)| *code == region.code).map(|(_, marks)| marks);
            let named = match mark {
                Some(marks) => number.starts_with(|c| marks.contains(c)),
                None => number.chars().next() == region.name.chars().next(),
            };
            if named {
                return Some(self.of_region(region));
            }
            at = self.lexicon.regions.parent(region, self.reporter.year);
        }
        None
    }

    fn of_region(&self, region: &Region) -> Issuer {
        let own = self.reporter.region.is_some_and(|own| own.code == region.code) && self.reporter.township.is_none();
        Issuer { level: region.level, region: Some(region.code.clone()), own, guessed: false }
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
        while let Some((start, c)) = previous(text, at)
            && mention.range.start - at < LONGEST_SENTENCE
        {
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

    pub(super) fn sentence_before(&self, mention: &CitationMention) -> &str {
        let text = self.text.folded();
        let mut from = mention.range.start.saturating_sub(LONGEST_SENTENCE);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let before = &text[from..mention.range.start];
        before.rsplit(|c| mark::ends_statement(c) || c == '\n').next().unwrap_or(before)
    }
}
