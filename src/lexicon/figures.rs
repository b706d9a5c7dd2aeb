//! `data/figures.toml`: how figures are written.

use crate::report::ChangeBase;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Cues of figures.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureCues {
    /// Units, in any order.
    pub units: Vec<String>,
    /// Powers of ten between number and unit, and the factor of units that hold one.
    pub multiples: BTreeMap<String, f64>,
    /// Words of approximation.
    pub words: ApproximationCues,
    /// Numbers that report nothing.
    pub refused: RefusedNumbers,
    /// Units of a share.
    pub shares: Vec<String>,
    /// By the usual unit of an indicator the others in which it is given.
    pub alike: BTreeMap<String, Vec<String>>,
    /// Units of the difference of two shares.
    pub points: Vec<String>,
    /// Words around an indicator.
    pub indicator: IndicatorCues,
    /// Words of growth and decline.
    pub change: ChangeCues,
    /// Words of the time of which figures speak.
    pub period: PeriodCues,
}

impl FigureCues {
    /// With the words that are looked for at the beginning of a phrase in order, so that they are found by their first
    /// character.
    pub(super) fn sorted(mut self) -> Self {
        let words = &mut self.indicator;
        for list in [
            &mut words.leading,
            &mut words.compounds,
            &mut words.until,
            &mut words.times,
            &mut words.object_openers,
            &mut words.about_openers,
            &mut words.ways,
            &mut words.tools,
            &mut words.taken_openers,
            &mut words.bearings,
            &mut words.deed_openers,
            &mut words.list_tails,
            &mut words.particles,
            &mut words.share_openers,
            &mut words.verbs,
            &mut words.adverbs,
            &mut words.light,
            &mut words.circumstances,
        ] {
            list.sort();
        }
        self
    }
}

/// Words that say that a number is not exact.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApproximationCues {
    /// Between number and unit.
    pub inside: Vec<String>,
    /// Before the number, part of the quotation.
    pub near: Vec<String>,
    /// Before the number, not part of the quotation.
    pub about: Vec<String>,
    /// After the unit, not part of the quotation.
    pub above: Vec<String>,
    /// Before a percentage in words.
    pub per_cent: String,
    /// Verbs before a number in words that counts something.
    pub counting: Vec<String>,
    /// Before a bare power of ten.
    pub over: Vec<String>,
    /// Between a number in words and its decimals.
    pub point: String,
}

/// Numbers that report nothing.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefusedNumbers {
    /// What stands directly before them.
    pub before: Vec<String>,
    /// What stands directly after their unit.
    pub after_unit: Vec<String>,
    /// What stands in their clause before them, where they set a standard.
    pub standards: Vec<String>,
    /// Words of a least number, which set a standard behind one of `demands`.
    pub least: Vec<String>,
    /// Words that demand.
    pub demands: Vec<String>,
    /// Words between the two numbers of a range.
    pub ranges: Vec<String>,
    /// Before a power of ten of which the text does not say how many: 数千.
    pub some: Vec<String>,
    /// Units of time, counted only where time is saved.
    pub spans: Vec<String>,
    /// Verbs by which time is saved.
    pub saved: Vec<String>,
    /// Words directly before a time that remains.
    pub saved_to: Vec<String>,
    /// Words behind a time that was reached.
    pub within: Vec<String>,
    /// Phrases with a number that are names.
    pub phrases: Vec<String>,
    /// Units that count only behind digits.
    pub only_digits: Vec<String>,
    /// What follows a unit and only seems to begin with such a word.
    pub whole_after: Vec<String>,
    /// What follows a unit where it is the beginning of another word.
    pub other_word_after: BTreeMap<String, Vec<String>>,
}

/// Words around an indicator.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorCues {
    /// Words at the beginning of a clause that say nothing of what is counted.
    pub leading: Vec<String>,
    /// Words at the end of a clause before its number.
    pub trailing: Vec<String>,
    /// Words that begin or end with one of the others and are no such word.
    pub compounds: Vec<String>,
    /// Words before a date up to which something is counted.
    pub until: Vec<String>,
    /// Words behind the digits of a date.
    pub times: Vec<String>,
    /// Words of a total, after which a clause says what is counted.
    pub totals: Vec<String>,
    /// Words that join what is counted with another thing.
    pub joins: Vec<String>,
    /// What opens the object that stands before its deed (对).
    pub object_openers: Vec<String>,
    /// What opens that deed (进行).
    pub deed_openers: Vec<String>,
    /// Particles behind a verb.
    pub particles: Vec<String>,
    /// The particle between a noun and what describes it.
    pub of: String,
    /// The word that ends a list.
    pub and_others: String,
    /// The word that ends the circumstance in which something is counted.
    pub among: String,
    /// The word that gives each figure of a list to one of the names before.
    pub respectively: String,
    /// Words that open what the deed behind them is done with (围绕…开展…).
    pub about_openers: Vec<String>,
    /// What is said of cases at the end of a clause (多发).
    pub states: Vec<String>,
    /// Deeds of law enforcement that are not done to the places and people that were inspected.
    pub own_deeds: Vec<String>,
    /// Ends of what is inspected, beside the ends of organs.
    pub inspected_ends: Vec<String>,
    /// The word of a field (市场监管领域).
    pub field: String,
    /// The word that opens the parts of what was counted (其中).
    pub among_them: String,
    /// Shares that only tell how well the deed before them went.
    pub outcomes: Vec<String>,
    /// What opens a share of something named behind it.
    pub share_openers: Vec<String>,
    /// The last character of a share.
    pub share_end: char,
    /// The word of a share behind which its whole stands.
    pub share_of: String,
    /// What denies the deed right behind it.
    pub denials: Vec<String>,
    /// Verbs of what is done with what is counted, at the beginning of a phrase.
    pub verbs: Vec<String>,
    /// Adverbs before a verb.
    pub adverbs: Vec<String>,
    /// Verbs that are verbs also behind a subject.
    pub strong: Vec<String>,
    /// Verbs of people who take part.
    pub light: Vec<String>,
    /// Objects that name nothing.
    pub empty: Vec<String>,
    /// Ends of nouns that say too little alone.
    pub generic: Vec<String>,
    /// Words behind which another thing is said of what is counted.
    pub stops: Vec<String>,
    /// Beginnings of clauses that tell a circumstance.
    pub circumstances: Vec<String>,
    /// Ends of the names of organs, behind which a verb tells what they did.
    pub organs: Vec<String>,
    /// Beginnings of the words that tell by what or towards whom something is done.
    pub ways: Vec<String>,
    /// Words that open what the members of a list have in common (涉及…等方面).
    pub bearings: Vec<String>,
    /// Words behind the word that ends a list that say nothing of its members.
    pub list_tails: Vec<String>,
    /// Ends of nouns that are never counted.
    pub abstract_ends: Vec<String>,
    /// Beginnings of the words that tell where or by what something is made public.
    pub tools: Vec<String>,
    /// Endings of the words that tell by which rule something is done.
    pub rule_ends: Vec<String>,
    /// Nouns at the end of a list that say too little without one of its members.
    pub vague_heads: Vec<String>,
    /// Words that open what is taken up by a verb behind it.
    pub taken_openers: Vec<String>,
    /// The word behind the members of a group that are named (包括…在内的).
    pub included: String,
    /// The word that names all members of a group.
    pub all_of: String,
    /// Words that open for whom something is done.
    pub served_openers: Vec<String>,
    /// Words behind the means by which something is done.
    pub means: Vec<String>,
    /// Units of people.
    pub people: Vec<String>,
    /// Units of those who take part in something.
    pub participants: Vec<String>,
    /// Units of cases.
    pub cases: Vec<String>,
    /// Units of measures, of which nothing else is counted.
    pub measures: Vec<String>,
    /// Ends of nouns that are numbers themselves and share no verb.
    pub counts: Vec<String>,
    /// Words of headings that only name a part of the report.
    pub frames: Vec<String>,
}

/// Words of growth and decline.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeCues {
    /// Words that compare with the same time of the year before.
    pub last_year: Vec<String>,
    /// Words that compare with the time right before.
    pub previous: Vec<String>,
    /// Words that compare with an earlier time without saying which.
    pub unnamed: Vec<String>,
    /// Verbs of growth.
    pub rises: Vec<String>,
    /// Verbs of decline.
    pub falls: Vec<String>,
    /// Particles behind such a verb.
    pub particles: Vec<String>,
}

/// The words of a growth or decline before its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeWords<'w> {
    /// What grew or fell, where the words name it.
    pub subject: &'w str,
    /// The words of comparison and the verb.
    said: &'w str,
    bare: bool,
    /// What is compared with.
    pub base: ChangeBase,
    /// Whether it grew.
    pub rises: bool,
}

impl ChangeCues {
    /// Reads the words that stand before a number: 投诉同比下降.
    #[must_use]
    pub fn read<'w>(&self, words: &'w str) -> Option<ChangeWords<'w>> {
        let mut end = words;
        while let Some(particle) = self.particles.iter().find(|word| end.ends_with(word.as_str())) {
            end = &end[..end.len() - particle.len()];
        }
        let verb = |list: &[String]| list.iter().filter(|word| end.ends_with(word.as_str())).map(String::len).max();
        let (rise, fall) = (verb(&self.rises), verb(&self.falls));
        let length = rise.max(fall)?;
        let rises = rise > fall;
        let before = &end[..end.len() - length];
        let based = |list: &[String], base: ChangeBase| {
            let found = list.iter().filter_map(|word| before.rfind(word.as_str()));
            found.min().map(|at| (at, base))
        };
        let base = based(&self.last_year, ChangeBase::LastYear)
            .or_else(|| based(&self.previous, ChangeBase::Previous))
            .or_else(|| based(&self.unnamed, ChangeBase::Unnamed));
        let (at, base) = match base {
            Some(base) => base,
            // A verb alone, as in 办结46件,下降8.3%.
            None if before.trim().is_empty() => (0, ChangeBase::Unnamed),
            None => return None,
        };
        let alone = at == 0 && before.trim().is_empty();
        Some(ChangeWords { subject: before[..at].trim(), said: &end[at..], bare: alone, base, rises })
    }
}

impl ChangeWords<'_> {
    /// Whether there is a verb and no comparison.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.bare
    }

    /// The comparison and its verb without the word `respectively`.
    #[must_use]
    pub fn deed(&self, respectively: &str) -> String {
        self.said.replace(respectively, "")
    }
}

/// Words of the time of which figures speak.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeriodCues {
    /// How a time is written.
    pub forms: Vec<PeriodForm>,
    /// What directly before a form makes it something else (较去年).
    pub refused_before: Vec<String>,
}

/// How a time is written and what it means.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeriodForm {
    /// The words; `Y` stands for a year in four digits, `M` for a month, `D` for a day, `N` for a number.
    pub form: String,
    /// What it means.
    pub means: PeriodKind,
}

/// What the words of a time mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodKind {
    /// The year reported on.
    Whole,
    /// From a day on.
    Since,
    /// Up to a day.
    Until,
    /// From the first of two numbers to the second.
    Span,
    /// The last so many years.
    Years,
    /// The first so many quarters.
    Quarters,
    /// The first half of the year.
    FirstHalf,
    /// The second half of the year.
    SecondHalf,
    /// A five-year plan, by its number.
    Plan,
    /// The year before.
    LastYear,
    /// One year, named where its clause begins.
    Year,
}
