//! Which documents are of one subject and one period, whoever issued them? What their titles say beside issuer and form.

use super::{CitationCues, Documents, RegisteredDocument};
use crate::report::DocumentKind;
use crate::text::{Text, mark};
use regex::Regex;
use serde::{Deserialize, Deserializer};
use std::collections::{BTreeSet, HashMap};

/// Words of titles that tell subject, period and form apart.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeriesCues {
    /// What lower documents are called that put a higher one into effect.
    pub plans: Vec<String>,
    /// What higher documents are called.
    pub higher: Vec<String>,
    /// Other words of papers that governments of all levels draw up for one period.
    pub yearly: Vec<String>,
    /// A period of years, or a year.
    #[serde(deserialize_with = "pattern")]
    pub years: Regex,
    /// Periods that go by a name, with their first and last years.
    pub named_years: Vec<(String, u16, u16)>,
    /// The word with which the subject of an official document begins.
    pub about: String,
    /// Words before a title within a title that is carried out.
    pub carrying: Vec<String>,
    /// Verbs of sending out behind it.
    pub sending: Vec<String>,
    /// Ends of the title of what was sent out.
    pub sent: Vec<String>,
    /// Words for the whole region of the issuer.
    pub scopes: Vec<String>,
    /// Words at the end of a subject that tell nothing.
    pub ends: Vec<String>,
}

fn pattern<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Regex, D::Error> {
    Regex::new(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
}

/// Most characters before the word with which a subject begins that are taken for the issuer.
const LONGEST_ISSUER: usize = 30;
/// Fewest characters of a subject, and of one whose period is told.
const SHORTEST: usize = 4;
const SHORTEST_WITH_PERIOD: usize = 2;

/// What a title says beside who issued the document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Series {
    /// What the document is about, without quotation marks, brackets and spaces.
    pub subject: String,
    /// What it is called (实施方案).
    pub form: String,
    /// First and last year for which it is made.
    pub period: Option<(u16, u16)>,
    /// Whether the title names the document that it carries out.
    pub carries: bool,
}

impl Series {
    /// Reads a title from which the name of the issuing region is taken off; `None` where it says no form or no subject.
    #[must_use]
    pub fn of(title: &str, cues: &SeriesCues) -> Option<Self> {
        let folded = Text::new(title).folded().to_owned();
        let own = subject_of(&folded, cues);
        if let Some((inner, ending)) = carried_out(own, cues) {
            let inner = Self::of(inner, cues)?;
            let form = longest_ending(ending, cues).map_or_else(|| ending.to_owned(), str::to_owned);
            return Some(Self { form, carries: true, ..inner });
        }
        let mut period = None;
        let mut words = own.to_owned();
        if let Some(found) = cues.years.captures(own)
            && let Some(whole) = found.get(0)
        {
            let year = |at: usize| found.get(at).and_then(|digits| digits.as_str().parse::<u16>().ok());
            period = match (year(1), year(2), year(3)) {
                (Some(first), Some(last), _) if first <= last => Some((first, last)),
                (_, _, Some(only)) => Some((only, only)),
                _ => None,
            };
            words.replace_range(whole.range(), "");
        }
        let mut words: String = without_remark(&words).chars().filter(|c| !is_dropped(*c)).collect();
        if period.is_none()
            && let Some((name, first, last)) = cues.named_years.iter().find(|(name, ..)| words.contains(name.as_str()))
        {
            period = Some((*first, *last));
            words = words.replacen(name.as_str(), "", 1);
        }
        for scope in &cues.scopes {
            words = words.replace(scope.as_str(), "");
        }
        let form = longest_ending(&words, cues)?;
        let mut subject = &words[..words.len() - form.len()];
        while let Some(rest) = cues.ends.iter().find_map(|end| subject.strip_suffix(end.as_str())) {
            subject = rest;
        }
        let least = if period.is_some() { SHORTEST_WITH_PERIOD } else { SHORTEST };
        let (subject, form) = (subject.to_owned(), form.to_owned());
        (subject.chars().count() >= least).then_some(Self { subject, form, period, carries: false })
    }

    /// Whether its form is one of what puts a higher document into effect.
    #[must_use]
    pub fn is_plan(&self, cues: &SeriesCues) -> bool {
        self.carries || cues.plans.contains(&self.form)
    }

    /// Whether a document of one level and one of the next are made for the same: the same subject, periods that end in one
    /// year, and forms that go together.
    #[must_use]
    pub fn goes_with(&self, other: &Self, cues: &SeriesCues) -> bool {
        let is_higher = cues.higher.contains(&other.form) || other.is_plan(cues);
        let forms = self.form == other.form || self.is_plan(cues) && is_higher;
        let periods = match (self.period, other.period) {
            (Some(own), Some(other)) => own.1 == other.1 && (own.0 == own.1) == (other.0 == other.1),
            (Some((first, last)), None) | (None, Some((first, last))) => first < last,
            (None, None) => true,
        };
        self.subject == other.subject && forms && periods
    }
}

/// The title within one that carries it out, and the words behind it.
fn carried_out<'t>(title: &'t str, cues: &SeriesCues) -> Option<(&'t str, &'t str)> {
    let rest = cues.carrying.iter().find_map(|word| title.strip_prefix(word.as_str()))?;
    let rest = rest.strip_prefix([mark::INNER_TITLE_OPEN, mark::TITLE_OPEN, '<'])?;
    let close = rest.rfind(is_close)?;
    Some((&rest[..close], rest[close..].trim_start_matches(is_close)))
}

/// The longest word for a document with which a title ends.
fn longest_ending<'c>(words: &str, cues: &'c SeriesCues) -> Option<&'c str> {
    let forms = cues.plans.iter().chain(&cues.higher).chain(&cues.yearly);
    forms.filter(|form| words.ends_with(form.as_str())).max_by_key(|form| form.len()).map(String::as_str)
}

/// A title without the issuer before 关于 and without the notice by which it was sent out.
fn subject_of<'t>(title: &'t str, cues: &SeriesCues) -> &'t str {
    let opens = [mark::INNER_TITLE_OPEN, mark::TITLE_OPEN, '<'];
    let mut own = title;
    if let Some(at) = title.find(cues.about.as_str())
        && title[..at].chars().count() <= LONGEST_ISSUER
        && !title[..at].contains(opens)
    {
        own = &title[at + cues.about.len()..];
    }
    let sent = cues.sending.iter().find_map(|verb| own.strip_prefix(verb.as_str())).and_then(|rest| {
        let rest = cues.sent.iter().find_map(|end| rest.strip_suffix(end.as_str()))?;
        Some(rest.trim_matches(|c| opens.contains(&c) || is_close(c)))
    });
    sent.unwrap_or(own)
}

const fn is_close(c: char) -> bool {
    matches!(c, mark::INNER_TITLE_CLOSE | mark::TITLE_CLOSE | '>')
}

/// A title without the remark in brackets behind it: (试行), (2024年版).
fn without_remark(title: &str) -> &str {
    let open = title.strip_suffix(')').and_then(|rest| rest.rfind('('));
    open.map_or(title, |open| &title[..open])
}

fn is_dropped(c: char) -> bool {
    c.is_whitespace()
        || is_close(c)
        || matches!(c, mark::INNER_TITLE_OPEN | mark::TITLE_OPEN | '<' | '(' | ')' | '-' | '"')
        || matches!(c, mark::QUOTE_OPEN | mark::QUOTE_CLOSE | mark::INNER_QUOTE_OPEN | mark::INNER_QUOTE_CLOSE)
        || c == mark::ENUMERATION_COMMA
}

/// The policy documents of the registry by what they are about.
#[derive(Debug, Default)]
pub struct Subjects {
    by_subject: HashMap<String, Vec<(Series, usize)>>,
}

impl Subjects {
    /// Reads the titles and other names of all policy documents.
    #[must_use]
    pub(super) fn new(documents: &Documents, cues: &CitationCues) -> Self {
        let mut by_subject: HashMap<String, Vec<(Series, usize)>> = HashMap::new();
        for (at, row) in documents.rows().iter().enumerate() {
            if row.kind != DocumentKind::PartyStatePolicy {
                continue;
            }
            let period = Series::of(&row.title, &cues.series).and_then(|series| series.period);
            let names = std::iter::once(&row.title).chain(&row.names).chain(&row.weak_names);
            let found: BTreeSet<Series> = names.filter_map(|name| Series::of(name, &cues.series)).collect();
            for mut series in found.into_iter().filter(|series| cues.series.higher.contains(&series.form)) {
                // A name without years means the edition all the same.
                series.period = series.period.or(period);
                by_subject.entry(series.subject.clone()).or_default().push((series, at));
            }
        }
        Self { by_subject }
    }

    /// The policy document that one of a lower level puts into effect by its subject and period, for a report on `year`:
    /// the edition of that time where the title names no years.
    #[must_use]
    pub fn higher<'d>(
        &self,
        series: &Series,
        year: Option<u16>,
        documents: &'d Documents,
        cues: &SeriesCues,
    ) -> Option<&'d RegisteredDocument> {
        if !series.is_plan(cues) {
            return None;
        }
        let of_its_time = |higher: &Series, row: &RegisteredDocument| {
            let issued = row.date.as_deref().and_then(|date| date.get(..4)?.parse::<u16>().ok());
            let ends = higher.period.map(|(_, last)| last);
            match (year, series.period) {
                // The report on the year after a period may still tell of it.
                (Some(year), None) => {
                    issued.is_none_or(|issued| issued <= year) && ends.is_none_or(|last| year <= last + 1)
                }
                (None, None) => ends.is_none(),
                _ => true,
            }
        };
        let near = self.by_subject.get(&series.subject)?.iter();
        near.filter(|(higher, _)| series.goes_with(higher, cues))
            .filter_map(|(higher, at)| Some((higher, documents.rows().get(*at)?)))
            .filter(|(higher, row)| of_its_time(higher, row))
            .map(|(_, row)| row)
            .max_by(|a, b| a.date.cmp(&b.date).then_with(|| b.title.cmp(&a.title)))
    }
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    /// Subject, form and period.
    type Told = (String, String, Option<(u16, u16)>);

    fn read(title: &str) -> Option<Told> {
        let cues = &Lexicon::shared().unwrap().citations.series;
        Series::of(title, cues).map(|series| (series.subject, series.form, series.period))
    }

    fn expected(subject: &str, form: &str, period: Option<(u16, u16)>) -> Told {
        (subject.to_owned(), form.to_owned(), period)
    }

    #[test]
    fn a_title_tells_subject_form_and_period() {
        let law = "法治政府建设";
        assert_eq!(read("法治政府建设实施方案(2021—2025年)"), Some(expected(law, "实施方案", Some((2021, 2025)))));
        assert_eq!(read("法治政府建设实施意见(2021-2025 年)"), Some(expected(law, "实施意见", Some((2021, 2025)))));
        assert_eq!(read("法治政府建设实施纲要(20212025年)"), Some(expected(law, "实施纲要", Some((2021, 2025)))));
        assert_eq!(read("法治政府建设“十三五”规划"), Some(expected(law, "规划", Some((2016, 2020)))));
        assert_eq!(read("2022年法治政府建设工作要点"), Some(expected(law, "工作要点", Some((2022, 2022)))));
        assert_eq!(
            read("关于印发〈全县法治政府建设实施方案(2021-2025年)〉的通知"),
            Some(expected(law, "实施方案", Some((2021, 2025))))
        );
        assert_eq!(read("“八五”普法规划"), Some(expected("普法", "规划", Some((2021, 2025)))));
        assert_eq!(
            read("中共云溪县委关于加强乡村治理的实施意见(试行)"),
            Some(expected("加强乡村治理", "实施意见", None))
        );
        assert_eq!(
            read("贯彻落实〈法治政府建设实施纲要(2021-2025年)〉重点任务清单"),
            Some(expected(law, "重点任务清单", Some((2021, 2025))))
        );
        assert_eq!(read("机构编制方案目录"), None);
        assert_eq!(read("方案"), None);
    }

    #[test]
    fn lower_plans_go_with_those_of_the_same_subject_and_end() {
        let cues = &Lexicon::shared().unwrap().citations.series;
        let series = |title| Series::of(title, cues).unwrap();
        let goes = |lower, higher| series(lower).goes_with(&series(higher), cues);
        assert!(goes("法治政府建设实施方案(2022-2025年)", "法治政府建设实施纲要(2021-2025年)"));
        assert!(!goes("法治政府建设实施方案(2022-2026年)", "法治政府建设实施纲要(2021-2025年)"));
        assert!(!goes("2021年法治政府建设工作方案", "法治政府建设实施纲要(2021-2025年)"), "a year is no period");
        assert!(goes("2021年法治政府建设工作要点", "2021年法治政府建设工作要点"));
        assert!(!goes("2021年法治政府建设工作要点", "2022年法治政府建设工作要点"));
        assert!(!goes("法治社会建设实施方案(2021-2025年)", "法治政府建设实施纲要(2021-2025年)"));
    }
}
