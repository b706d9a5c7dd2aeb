//! Which region reports: evidence from title, signature, text and address, added up.

use super::{OPENING, Selves, Signs};
use crate::lexicon::{Lexicon, Region, Spelling};
use crate::recognize::regions::{RegionMention, regions, short_names};
use crate::report::Level;
use crate::text::mark;
use std::collections::BTreeMap;
use std::ops::Range;

/// 区
const DISTRICT: char = '\u{533A}';

/// Weights of the places where a region's name may stand. They order the evidence: a title outweighs every mention in
/// the text, a signature all but the title.
mod weight {
    pub(super) const TITLE: f64 = 40.0;
    pub(super) const SIGNATURE: f64 = 16.0;
    pub(super) const OPENING: f64 = 10.0;
    pub(super) const PUBLISHER: f64 = 6.0;
    pub(super) const SITE: f64 = 6.0;
    pub(super) const SOURCE: f64 = 4.0;
    pub(super) const PATH: f64 = 4.0;
    pub(super) const MENTION: f64 = 1.0;
    pub(super) const MOST_MENTIONS: f64 = 8.0;
    pub(super) const SHORT: f64 = 0.5;
    pub(super) const MOST_SHORT: f64 = 4.0;
    pub(super) const FEW: f64 = 3.0;
    pub(super) const PARENT: f64 = 4.0;
    pub(super) const UNIT: f64 = 6.0;
    pub(super) const ISSUER: f64 = 6.0;
    pub(super) const ADDRESSEE: f64 = -12.0;
}

/// What speaks for one region.
#[derive(Debug, Clone, Copy)]
struct Score<'l> {
    region: &'l Region,
    /// By its name, anywhere.
    named: f64,
    /// By the page's address, and by the name of its file and folder.
    spelled: f64,
    /// By the names of regions above it and the unit with which the reporter speaks of itself.
    fitting: f64,
}

impl Score<'_> {
    fn total(&self) -> f64 {
        self.named + self.spelled + self.fitting
    }
}

/// Why a careful reader would doubt that the region is the right one.
pub(super) mod doubt {
    /// Other regions bear the name, and little tells this one from them.
    pub const NAMESAKE: &str = "namesake";
    /// Only the address of the page, or a name or two in the text, tells it.
    pub const GUESSED: &str = "guessed-region";
}

/// The evidence for every region that anything speaks for, by code.
#[derive(Debug, Default)]
pub(super) struct Evidence<'l> {
    scores: BTreeMap<&'l str, Score<'l>>,
}

impl<'l> Evidence<'l> {
    pub(super) fn gather(
        signs: &Signs<'_>,
        mentions: &[RegionMention],
        selves: &Selves,
        lexicon: &'l Lexicon,
        year: Option<u16>,
    ) -> Self {
        let mut evidence = Self::default();
        evidence.add_names(signs, mentions, lexicon, year);
        for (code, spelling) in signs.url.map(|url| lexicon.regions.spelled(url)).unwrap_or_default() {
            if let Some(region) = lexicon.regions.with_code(code, year) {
                evidence.score(region).spelled += share_of(spelling);
            }
        }
        for (name, share) in chained_names(last_two(signs.path), lexicon) {
            for region in lexicon.regions.named(name, year) {
                evidence.score(region).spelled += weight::PATH * share;
            }
        }
        evidence.add_context(signs, mentions, selves, lexicon, year);
        evidence
    }

    fn score(&mut self, region: &'l Region) -> &mut Score<'l> {
        let new = Score { region, named: 0.0, spelled: 0.0, fitting: 0.0 };
        self.scores.entry(region.code.as_str()).or_insert(new)
    }

    fn add_names(&mut self, signs: &Signs<'_>, mentions: &[RegionMention], lexicon: &'l Lexicon, year: Option<u16>) {
        let mut add = |name: &str, weight: f64, most: Option<f64>| {
            for region in lexicon.regions.named(name, year) {
                let score = &mut self.score(region).named;
                *score = most.map_or(*score + weight, |most| if *score < most { *score + weight } else { *score });
            }
        };
        for mention in mentions {
            add(&signs.text[mention.range.clone()], weight::MENTION, Some(weight::MOST_MENTIONS));
        }
        if let Some(first) = first_in_opening(signs, mentions, lexicon) {
            add(&signs.text[first], weight::OPENING, None);
        }
        for (words, weight) in [
            (signs.title, weight::TITLE),
            (signs.signature, weight::SIGNATURE),
            (signs.publisher, weight::PUBLISHER),
            (signs.site, weight::SITE),
            (signs.source, weight::SOURCE),
            (signs.addressee, weight::ADDRESSEE),
        ] {
            for (name, share) in chained_names(words, lexicon) {
                add(name, weight * share, None);
            }
        }
        for name in short_names(signs.text, lexicon) {
            for region in lexicon.regions.short_named(&signs.text[name], year) {
                let score = &mut self.score(region).named;
                *score += if *score < weight::MOST_SHORT { weight::SHORT } else { 0.0 };
            }
        }
    }

    /// Adds what the regions above and the reporter's words for itself say.
    fn add_context(
        &mut self,
        signs: &Signs<'_>,
        mentions: &[RegionMention],
        selves: &Selves,
        lexicon: &'l Lexicon,
        year: Option<u16>,
    ) {
        let unit = selves.units.first().map(|(unit, _)| unit.as_str());
        let names: Vec<&str> = mentions.iter().map(|mention| &signs.text[mention.range.clone()]).collect();
        let behind_bracket = |mention: &&RegionMention| signs.text[..mention.range.start].ends_with(mark::TITLE_OPEN);
        let issuers: Vec<&str> =
            mentions.iter().filter(behind_bracket).map(|mention| &signs.text[mention.range.clone()]).collect();
        let all = [signs.title, signs.signature, signs.publisher, signs.site, signs.source, signs.addressee].concat();
        let spelled: Vec<&str> =
            self.scores.values().filter(|score| score.spelled > 1.0).map(|score| score.region.code.as_str()).collect();
        for score in self.scores.values_mut() {
            let mut above = lexicon.regions.parent(score.region, year);
            while let Some(parent) = above {
                let is_named = names.contains(&parent.name.as_str()) || all.contains(parent.name.as_str());
                if is_named || spelled.contains(&parent.code.as_str()) {
                    score.fitting += weight::PARENT;
                }
                above = lexicon.regions.parent(parent, year);
            }
            if unit.is_some_and(|unit| score.region.name.ends_with(unit)) {
                score.fitting += weight::UNIT;
                // What a region of the reporter's own unit issued is most likely the reporter's own document.
                if issuers.contains(&score.region.name.as_str()) {
                    score.fitting += weight::ISSUER;
                }
            }
        }
    }

    /// The region for which the most evidence speaks, and what makes it doubtful.
    pub(super) fn best(&self) -> Option<(&'l Region, Option<&'static str>)> {
        let told = |score: &&Score<'l>| {
            let spelled = score.spelled >= share_of(Spelling::InitialsOfBoth);
            score.named > 0.0 || spelled || (score.spelled > 0.0 && score.fitting >= weight::UNIT)
        };
        let order = |left: &Score<'l>, right: &Score<'l>| {
            left.total().total_cmp(&right.total()).then_with(|| right.region.code.cmp(&left.region.code))
        };
        let best = *self.scores.values().filter(told).max_by(|left, right| order(left, right))?;
        let rivals = || self.scores.values().filter(|score| score.region.code != best.region.code);
        let close = |score: &Score<'l>| best.total() - score.total() < weight::PARENT;
        if best.named <= 0.0 {
            // Two regions that an address spells alike are told apart by nothing.
            let alone = !rivals().any(|rival| rival.spelled >= best.spelled && close(rival));
            return alone.then_some((best.region, Some(doubt::GUESSED)));
        }
        if rivals().any(|rival| rival.region.name == best.region.name && close(rival)) {
            return Some((best.region, Some(doubt::NAMESAKE)));
        }
        // A name or two in the text, and nothing else, may be another place's.
        let weak = best.named < weight::FEW && best.spelled <= 0.0;
        Some((best.region, weak.then_some(doubt::GUESSED)))
    }

    /// The region above this one whose unit the reporter speaks of itself with (全省), where neither title nor opening
    /// nor address names this one as the reporter.
    pub(super) fn lifted(
        &self,
        region: &Region,
        selves: &Selves,
        lexicon: &'l Lexicon,
        year: Option<u16>,
    ) -> Option<&'l Region> {
        let (unit, _) = selves.units.first().filter(|(_, count)| *count >= OFTEN)?;
        let told =
            self.is_named_as_reporter(region) || self.is_addressed(region) || region.name.ends_with(unit.as_str());
        let mut above = lexicon.regions.parent(region, year).filter(|_| !told);
        while let Some(parent) = above {
            if parent.name.ends_with(unit.as_str()) {
                return Some(parent);
            }
            above = lexicon.regions.parent(parent, year);
        }
        None
    }

    /// What speaks for a region and those above it, fitting words left out.
    pub(super) fn along(&self, region: &Region, lexicon: &Lexicon) -> f64 {
        let own = |region: &Region| {
            self.scores.get(region.code.as_str()).map_or(0.0, |score| (score.named + score.spelled).max(0.0))
        };
        let mut sum = own(region);
        let mut above = lexicon.regions.parent(region, None);
        while let Some(parent) = above {
            sum += own(parent);
            above = lexicon.regions.parent(parent, None);
        }
        sum
    }

    /// Whether the region is named where the reporter is named: in title, signature or opening.
    pub(super) fn is_named_as_reporter(&self, region: &Region) -> bool {
        self.scores.get(region.code.as_str()).is_some_and(|score| score.named >= weight::OPENING)
    }

    /// The one county that the page's address spells out.
    fn addressed_county(&self) -> Option<&'l Region> {
        let mut whole = self.scores.values().filter(|score| score.spelled >= share_of(Spelling::Whole));
        let only = whole.next().filter(|_| whole.next().is_none())?;
        (only.region.level == Level::County).then_some(only.region)
    }

    /// Whether the page's address spells out other regions alone than this one and those above it.
    pub(super) fn is_addressed_elsewhere(&self, region: &Region, lexicon: &Lexicon) -> bool {
        let table = &lexicon.regions;
        let mut whole = self.scores.values().filter(|score| score.spelled >= share_of(Spelling::Whole)).peekable();
        whole.peek().is_some()
            && !whole.any(|score| table.is_within(region, score.region) || table.is_within(score.region, region))
    }

    /// The county in which a district lies that only bears the name of a listed one (西城区 of a county-level city): its
    /// page's address spells that county, and nothing that stands above the listed district is named.
    pub(super) fn county_of_namesake(
        &self,
        region: &Region,
        lexicon: &Lexicon,
        year: Option<u16>,
    ) -> Option<&'l Region> {
        let score = self.scores.get(region.code.as_str())?;
        let is_district = region.level == Level::County && region.name.ends_with(DISTRICT);
        let mut above = lexicon.regions.parent(region, year);
        while let Some(parent) = above {
            if self.scores.get(parent.code.as_str()).is_some_and(|score| score.named + score.spelled > 0.0) {
                return None;
            }
            above = lexicon.regions.parent(parent, year);
        }
        let alone = is_district && score.spelled <= 0.0 && self.is_addressed_elsewhere(region, lexicon);
        self.addressed_county().filter(|_| alone)
    }

    /// Whether the page's address spells the region so far that it can hardly mean another.
    pub(super) fn is_addressed(&self, region: &Region) -> bool {
        let spelled = |code: &str| self.scores.get(code).map_or(0.0, |score| score.spelled);
        spelled(&region.code) >= share_of(Spelling::InitialsOfBoth)
    }
}

/// A word that a reporter says of itself this often is no slip.
const OFTEN: usize = 2;

/// The file with its folder: what lies above says nothing of this page.
fn last_two(path: &str) -> &str {
    path.rmatch_indices('/').nth(1).map_or(path, |(at, _)| &path[at + 1..])
}

/// How much an address says for a region whose name it spells so far.
const fn share_of(spelling: Spelling) -> f64 {
    match spelling {
        Spelling::Initials => 1.0,
        Spelling::InitialsWithUnit => 2.5,
        Spelling::InitialsOfBoth => 5.0,
        Spelling::Whole => 6.0,
    }
}

/// The first region in the opening of the body that is not named as another place.
fn first_in_opening(signs: &Signs<'_>, mentions: &[RegionMention], lexicon: &Lexicon) -> Option<Range<usize>> {
    let end = signs.body.start + OPENING;
    let own = |mention: &&RegionMention| {
        let before = &signs.text[..mention.range.start];
        mention.range.start >= signs.body.start
            && mention.range.end <= end
            && !lexicon.metadata.foreign_openers.iter().any(|word| before.ends_with(word.as_str()))
    };
    let first = mentions.iter().position(|mention| own(&mention))?;
    // 浙江省金华市浦江县: the last of the names that follow each other.
    let mut last = first;
    while mentions.get(last + 1).is_some_and(|next| next.range.start == mentions[last].range.end) {
        last += 1;
    }
    Some(mentions[last].range.clone())
}

/// The region names of a line, each with the share of the line's weight that it takes: the last name of a chain all.
fn chained_names<'t>(words: &'t str, lexicon: &Lexicon) -> Vec<(&'t str, f64)> {
    let mentions = regions(words, lexicon);
    mentions
        .iter()
        .enumerate()
        .map(|(at, mention)| {
            let is_last = mentions.get(at + 1).is_none_or(|next| next.range.start != mention.range.end);
            (&words[mention.range.clone()], if is_last { 1.0 } else { 0.1 })
        })
        .collect()
}
