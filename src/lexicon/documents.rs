//! `data/laws/` and `data/policies/`: national law and the policy documents that reports cite.

use super::{LexiconError, list, rows};
use crate::report::DocumentKind;
use crate::text::{Text, WordList, mark};
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use serde::Deserialize;
use std::collections::HashMap;

const LAWS: &str = "data/laws/laws.csv";
const POLICIES: &str = "data/policies/policies.csv";
/// 中华人民共和国, which short titles leave out.
const STATE: &str = "\u{4E2D}\u{534E}\u{4EBA}\u{6C11}\u{5171}\u{548C}\u{56FD}";

/// A document of the national registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredDocument {
    /// Official title.
    pub title: String,
    /// Kind as reports' citations are told apart.
    pub kind: DocumentKind,
    /// Kind as the registry has it: `law`, `administrative_regulation`, `department_rule`, `policy` …
    pub registered_kind: String,
    /// Other names by which it is known wherever they stand.
    pub names: Vec<String>,
    /// Names that mean it only in context.
    pub weak_names: Vec<String>,
    /// Date of adoption or issue, ISO 8601 (a policy document's may lack the day).
    pub date: Option<String>,
    /// Dates of revision.
    pub revised: Vec<String>,
    /// Entry into force of the current version.
    pub effective: Option<String>,
    /// Date of repeal.
    pub repealed_on: Option<String>,
    /// Title of what took its place.
    pub repealed_by: Option<String>,
    /// Who issued it.
    pub issuer: Vec<String>,
    /// Document number (发文字号).
    pub number: Option<String>,
    /// Path of the table in which it stands.
    pub table: &'static str,
}

#[derive(Deserialize)]
struct LawRow {
    title: String,
    kind: String,
    short: String,
    adopted: String,
    revised: String,
    effective: String,
    repealed_on: String,
    repealed_by: String,
}

#[derive(Deserialize)]
struct PolicyRow {
    title: String,
    short: String,
    issuer: String,
    number: String,
    date: String,
    kind: String,
}

#[derive(Deserialize)]
struct RejectedRow {
    phrase: String,
}

/// The national registry.
pub struct Documents {
    rows: Vec<RegisteredDocument>,
    by_key: HashMap<String, usize>,
    /// What each row's title is compared by.
    title_keys: Vec<Vec<char>>,
    names: CharwiseDoubleArrayAhoCorasick<u32>,
    weak: HashMap<String, Vec<usize>>,
    weak_names: WordList,
    rejected: Vec<String>,
}

impl std::fmt::Debug for Documents {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Documents").field("rows", &self.rows.len()).finish_non_exhaustive()
    }
}

/// Shortest name of a document that counts without brackets, in characters; 宪法 and 民法典 are in the tables.
const SHORTEST_NAME: usize = 3;
/// Shortest title that is compared with those of the registry character by character.
const SHORTEST_NEARLY_TITLED: usize = 9;
/// Shortest title of a regulation of the Party that counts without brackets.
const SHORTEST_PARTY_REGULATION: usize = 6;
/// Shortest title of a policy document or department rule that counts without brackets.
const SHORTEST_POLICY: usize = 7;

impl Documents {
    /// Reads the embedded tables.
    ///
    /// # Errors
    /// Where a row does not fit the schema, which a test of the tables rules out.
    pub fn load() -> Result<Self, LexiconError> {
        let laws: Vec<LawRow> = rows(LAWS, include_str!("../../data/laws/laws.csv"))?;
        let policies: Vec<PolicyRow> = rows(POLICIES, include_str!("../../data/policies/policies.csv"))?;
        let rejected: Vec<RejectedRow> =
            rows("data/laws/rejected_bare.csv", include_str!("../../data/laws/rejected_bare.csv"))?;
        let rows: Vec<RegisteredDocument> = laws.into_iter().map(law).chain(policies.into_iter().map(policy)).collect();
        let by_key = keys(&rows);
        let title_keys = rows.iter().map(|row| title_key(&row.title).chars().collect()).collect();
        let mut weak: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, row) in rows.iter().enumerate() {
            // A title of two characters (水法) runs into other words.
            let short = row
                .title
                .strip_prefix(STATE)
                .filter(|short| short.chars().count() < SHORTEST_NAME && !row.names.iter().any(|name| name == short));
            for name in row.weak_names.iter().map(String::as_str).chain(short) {
                weak.entry(name.to_owned()).or_default().push(at);
            }
        }
        let names = automaton(&rows)?;
        let rejected = rejected.into_iter().map(|row| row.phrase).collect();
        let mut weak_names: Vec<String> = weak.keys().cloned().collect();
        weak_names.sort_unstable();
        let weak_names = WordList::new(weak_names);
        Ok(Self { rows, by_key, title_keys, names, weak, weak_names, rejected })
    }

    /// Every document in the order of the tables.
    #[must_use]
    pub fn rows(&self) -> &[RegisteredDocument] {
        &self.rows
    }

    /// The document of this title, as printed or short.
    #[must_use]
    pub fn titled(&self, title: &str) -> Option<&RegisteredDocument> {
        self.by_key.get(&title_key(title)).and_then(|row| self.rows.get(*row))
    }

    /// The document whose title differs from `title` in one character that is no digit, or has up to two more.
    #[must_use]
    pub fn nearly_titled(&self, title: &str) -> Option<&RegisteredDocument> {
        let key: Vec<char> = title_key(title).chars().collect();
        if key.len() < SHORTEST_NEARLY_TITLED {
            return None;
        }
        let found = self.title_keys.iter().position(|other| {
            let ends_alike = key.last() == other.last();
            ends_alike && (differs_in_one(&key, other) || lacks_up_to_two(&key, other))
        });
        found.and_then(|row| self.rows.get(row))
    }

    /// The document that this name means where the context is one of law (民法 beside 宪法), or in the report's year
    /// (法治政府建设实施纲要 of one period or the next).
    #[must_use]
    pub fn weakly_named(&self, name: &str, year: Option<u16>) -> Option<&RegisteredDocument> {
        let rows = || self.weak.get(name).into_iter().flatten().filter_map(|row| self.rows.get(*row));
        let issued_by = |row: &RegisteredDocument, year: u16| {
            row.date.as_deref().and_then(|date| date.get(..4)?.parse::<u16>().ok()).is_some_and(|issued| issued <= year)
        };
        // The latest that was there in the year.
        year.and_then(|year| rows().filter(|row| issued_by(row, year)).max_by(|a, b| a.date.cmp(&b.date)))
            .or_else(|| rows().next())
    }

    /// Every weak name at every place of `text`, from left to right: its first byte and the name.
    pub fn weak_names_in<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, &'a str)> + 'a {
        self.weak_names.occurrences(text).map(|(at, name)| (at, self.weak_names[name].as_str()))
    }

    /// Every name of a registered document in `text`, longest first at each place: its bytes and the document.
    pub fn names_in<'t>(
        &'t self,
        text: &'t str,
    ) -> impl Iterator<Item = (std::ops::Range<usize>, &'t RegisteredDocument)> + 't {
        self.names
            .leftmost_find_iter(text)
            .filter_map(|found| Some((found.start()..found.end(), self.rows.get(found.value() as usize)?)))
    }

    /// Phrases in which a law's name is no mention of the law (宪法广场).
    #[must_use]
    pub fn rejected(&self) -> &[String] {
        &self.rejected
    }
}

fn optional(cell: String) -> Option<String> {
    (!cell.is_empty()).then_some(cell)
}

fn strong_and_weak(cell: &str) -> (Vec<String>, Vec<String>) {
    let (weak, strong): (Vec<&str>, Vec<&str>) = list(cell).partition(|name| name.starts_with('?'));
    (
        strong.into_iter().map(str::to_owned).collect(),
        weak.into_iter().map(|name| name.trim_start_matches('?').to_owned()).collect(),
    )
}

fn law(row: LawRow) -> RegisteredDocument {
    let (names, weak_names) = strong_and_weak(&row.short);
    RegisteredDocument {
        title: row.title,
        kind: kind(&row.kind),
        registered_kind: row.kind,
        names,
        weak_names,
        date: optional(row.adopted),
        revised: list(&row.revised).map(str::to_owned).collect(),
        effective: optional(row.effective),
        repealed_on: optional(row.repealed_on),
        repealed_by: optional(row.repealed_by),
        issuer: Vec::new(),
        number: None,
        table: LAWS,
    }
}

fn policy(row: PolicyRow) -> RegisteredDocument {
    let (names, weak_names) = strong_and_weak(&row.short);
    RegisteredDocument {
        title: row.title,
        kind: kind(&row.kind),
        registered_kind: row.kind,
        names,
        weak_names,
        date: optional(row.date),
        revised: Vec::new(),
        effective: None,
        repealed_on: None,
        repealed_by: None,
        issuer: list(&row.issuer).map(str::to_owned).collect(),
        number: optional(row.number),
        table: POLICIES,
    }
}

fn kind(registered: &str) -> DocumentKind {
    match registered {
        "law" => DocumentKind::Law,
        "administrative_regulation" => DocumentKind::AdministrativeRegulation,
        "department_rule" => DocumentKind::DepartmentRule,
        "policy" | "department_policy" | "party_regulation" | "supervisory_regulation" => {
            DocumentKind::PartyStatePolicy
        }
        _ => DocumentKind::Other,
    }
}

/// In what titles are compared: folded, without 中华人民共和国 in front, spaces, brackets, 、 and dashes of any form; a period of years
/// is the same with 至 and without 年 behind it.
#[must_use]
pub fn title_key(title: &str) -> String {
    let title = Text::new(title);
    let title = title.folded();
    let mut key = String::with_capacity(title.len());
    let mut rest = title.chars().filter(|c| !is_dropped(*c)).peekable();
    while let Some(c) = rest.next() {
        let after_digit = key.ends_with(|last: char| last.is_ascii_digit());
        let next_is_digit = rest.peek().is_some_and(char::is_ascii_digit);
        let next_joins = rest.peek().is_none_or(|next| matches!(*next, UNTIL | UP_TO));
        let of_period =
            after_digit && (matches!(c, UNTIL | UP_TO) && next_is_digit || c == YEAR && (next_is_digit || next_joins));
        if !of_period {
            key.push(c);
        }
    }
    key.strip_prefix(STATE).map_or(key.clone(), str::to_owned)
}

/// 至
const UNTIL: char = '\u{81F3}';
/// 到
const UP_TO: char = '\u{5230}';
/// 年
const YEAR: char = '\u{5E74}';

/// Whether a character makes no difference between titles.
fn is_dropped(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            mark::TITLE_OPEN | mark::TITLE_CLOSE | mark::INNER_TITLE_OPEN | mark::INNER_TITLE_CLOSE | '<' | '>'
        )
        || matches!(c, mark::QUOTE_OPEN | mark::QUOTE_CLOSE | '"' | '-' | '~' | '_' | mark::ENUMERATION_COMMA)
        || matches!(c, '(' | ')')
}

fn differs_in_one(a: &[char], b: &[char]) -> bool {
    let differing = |(x, y): &(&char, &char)| x != y;
    a.len() == b.len()
        && a.iter().zip(b).filter(differing).count() == 1
        && !a.iter().zip(b).any(|(x, y)| x != y && (x.is_ascii_digit() || y.is_ascii_digit()))
}

fn lacks_up_to_two(short: &[char], full: &[char]) -> bool {
    if full.len() <= short.len() || full.len() > short.len() + 2 {
        return false;
    }
    let mut rest = full.iter();
    short.iter().all(|c| rest.any(|other| other == c))
}

/// Titles before names, documents in force before repealed ones.
fn keys(rows: &[RegisteredDocument]) -> HashMap<String, usize> {
    let mut keys = HashMap::new();
    for repealed in [false, true] {
        for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.repealed_on.is_some() == repealed) {
            keys.entry(title_key(&row.title)).or_insert(at);
        }
    }
    for (at, row) in rows.iter().enumerate() {
        for name in &row.names {
            keys.entry(title_key(name)).or_insert(at);
        }
    }
    keys
}

fn automaton(rows: &[RegisteredDocument]) -> Result<CharwiseDoubleArrayAhoCorasick<u32>, LexiconError> {
    let mut names: HashMap<&str, u32> = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        let value = u32::try_from(at).unwrap_or(u32::MAX);
        let least = match row.kind {
            DocumentKind::Law | DocumentKind::AdministrativeRegulation => SHORTEST_NAME,
            _ if row.registered_kind == "party_regulation" => SHORTEST_PARTY_REGULATION,
            _ => SHORTEST_POLICY,
        };
        let short = row.title.strip_prefix(STATE);
        for name in [Some(row.title.as_str()), short].into_iter().flatten().filter(|name| name.chars().count() >= least)
        {
            let is_current = row.repealed_on.is_none();
            names
                .entry(name)
                .and_modify(|old| {
                    if is_current {
                        *old = value;
                    }
                })
                .or_insert(value);
        }
        for name in &row.names {
            names.entry(name).or_insert(value);
        }
    }
    let mut names: Vec<(&str, u32)> = names.into_iter().collect();
    names.sort_unstable();
    CharwiseDoubleArrayAhoCorasickBuilder::new()
        .match_kind(MatchKind::LeftmostLongest)
        .build_with_values(names)
        .map_err(|error| LexiconError::Names { table: LAWS, message: error.to_string() })
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::{Documents, title_key};

    #[test]
    fn titles_are_compared_without_what_printing_changes() {
        for (printed, key) in [
            ("中华人民共和国行政处罚法", "行政处罚法"),
            ("行政 处罚法", "行政处罚法"),
            ("法治政府建设实施纲要（2021—2025年）", "法治政府建设实施纲要(20212025年)"),
            ("贯彻〈纲要〉方案", "贯彻纲要方案"),
            ("法治政府建设实施纲要2021至2025年", "法治政府建设实施纲要(2021-2025年)"),
            ("法治政府建设实施纲要（2021年-2025）", "法治政府建设实施纲要(2021-2025年)"),
        ] {
            assert_eq!(title_key(printed), title_key(key), "{printed}");
        }
        assert_ne!(title_key("纲要(2015-2020年)"), title_key("纲要(2021-2025年)"));
    }

    #[test]
    fn a_title_with_a_slip_is_known_but_not_one_of_other_years() {
        let documents = Documents::load().unwrap();
        let near = |title| documents.nearly_titled(title).map(|row| row.title.as_str());
        assert_eq!(near("法治政府建设与责任落实督查工作规定"), Some("法治政府建设与责任落实督察工作规定"));
        assert_eq!(near("公平竞争审查实施细则"), Some("公平竞争审查制度实施细则"));
        assert_eq!(near("法治政府建设实施纲要(2022-2025年)"), None);
        assert_eq!(near("条例"), None);
    }

    #[test]
    fn a_weak_name_means_what_was_there_in_the_year() {
        let documents = Documents::load().unwrap();
        let meant = |year| documents.weakly_named("法治政府建设实施纲要", Some(year)).map(|row| row.title.as_str());
        assert_eq!(meant(2019), Some("法治政府建设实施纲要(2015-2020年)"));
        assert_eq!(meant(2023), Some("法治政府建设实施纲要(2021-2025年)"));
    }
}
