//! Do the tables of `data/laws` and `data/policies` mean what their READMEs say?

#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]

use std::collections::{BTreeMap, BTreeSet};

const STATE: &str = "中华人民共和国";

/// What both tables say of a document.
struct Document {
    title: String,
    strong: Vec<String>,
    weak: Vec<String>,
    kind: String,
    /// Adoption or issue, then the revisions.
    dates: Vec<String>,
    effective: String,
    repealed_on: String,
    repealed_by: String,
    number: String,
    until: String,
}

impl Document {
    fn is_in_force(&self) -> bool {
        self.repealed_on.is_empty()
    }

    /// The title without 中华人民共和国, if that is another name.
    fn implied(&self) -> Option<&str> {
        self.title.strip_prefix(STATE)
    }
}

fn records(file: &str, header: &[&str]) -> Vec<csv::StringRecord> {
    let path = format!("{}/data/{file}", env!("CARGO_MANIFEST_DIR"));
    let mut reader = csv::Reader::from_path(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let found: Vec<String> =
        reader.headers().unwrap_or_else(|e| panic!("{path}: {e}")).iter().map(str::to_owned).collect();
    assert_eq!(found, header, "header of {file}");
    reader.records().map(|row| row.unwrap_or_else(|e| panic!("{path}: {e}"))).collect()
}

fn list(cell: &str) -> Vec<String> {
    cell.split(';').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn names(cell: &str) -> (Vec<String>, Vec<String>) {
    let (weak, strong): (Vec<String>, Vec<String>) = list(cell).into_iter().partition(|name| name.starts_with('?'));
    (strong, weak.iter().map(|name| name.trim_start_matches('?').to_owned()).collect())
}

fn laws() -> Vec<Document> {
    records(
        "laws/laws.csv",
        &["title", "kind", "short", "adopted", "revised", "effective", "repealed_on", "repealed_by"],
    )
    .iter()
    .map(|row| {
        let (strong, weak) = names(&row[2]);
        let mut dates = vec![row[3].to_owned()];
        dates.extend(list(&row[4]));
        Document {
            title: row[0].to_owned(),
            strong,
            weak,
            kind: row[1].to_owned(),
            dates,
            effective: row[5].to_owned(),
            repealed_on: row[6].to_owned(),
            repealed_by: row[7].to_owned(),
            number: String::new(),
            until: String::new(),
        }
    })
    .collect()
}

fn policies() -> Vec<Document> {
    records("policies/policies.csv", &["title", "short", "issuer", "number", "date", "kind", "level", "until"])
        .iter()
        .map(|row| {
            let (strong, weak) = names(&row[1]);
            assert_eq!(&row[6], "national", "level of {}", &row[0]);
            Document {
                title: row[0].to_owned(),
                strong,
                weak,
                kind: row[5].to_owned(),
                dates: list(&row[4]),
                effective: String::new(),
                repealed_on: String::new(),
                repealed_by: String::new(),
                number: row[3].to_owned(),
                until: row[7].to_owned(),
            }
        })
        .collect()
}

fn both() -> Vec<Document> {
    laws().into_iter().chain(policies()).collect()
}

fn law<'d>(documents: &'d [Document], title: &str) -> &'d Document {
    documents.iter().find(|document| document.title == title).unwrap_or_else(|| panic!("{title} is in no table"))
}

/// A year, a month of a year or a day that the calendar has.
fn is_date(date: &str) -> bool {
    let parts: Vec<&str> = date.split('-').collect();
    let widths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let numbers: Vec<u32> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    let days = |year: u32, month: u32| match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let calendar = match numbers[..] {
        [_] => true,
        [_, month] => (1..=12).contains(&month),
        [year, month, day] => (1..=12).contains(&month) && (1..=days(year, month)).contains(&day),
        _ => false,
    };
    [4, 2, 2].starts_with(&widths) && numbers.len() == parts.len() && calendar && (1949..=2035).contains(&numbers[0])
}

/// Whether `earlier` does not come after `later`, as far as the shorter of the two says.
fn in_order(earlier: &str, later: &str) -> bool {
    let common = earlier.len().min(later.len());
    earlier[..common] <= later[..common]
}

#[test]
fn rows_stand_in_order_and_each_title_once() {
    for (table, documents) in [("laws", laws()), ("policies", policies())] {
        for pair in documents.windows(2) {
            assert!(pair[0].title < pair[1].title, "{table}: {} before {}", pair[0].title, pair[1].title);
        }
    }
    let laws: BTreeSet<String> = laws().into_iter().map(|document| document.title).collect();
    for policy in policies() {
        assert!(!laws.contains(&policy.title), "{} stands in both tables", policy.title);
    }
}

#[test]
fn titles_and_names_are_in_the_canonical_form() {
    for document in both() {
        for name in std::iter::once(&document.title).chain(&document.strong).chain(&document.weak) {
            let refused = ['（', '）', '〈', '〉', '－', '\u{3000}', '\u{2013}', '\u{FF1F}', '"'];
            assert!(!name.contains(refused), "{name} has a character that titles do not have here");
            assert!(!name.is_empty() && name.trim() == name, "{name:?} of {} has spaces around it", document.title);
            assert_eq!(name.matches('《').count(), name.matches('》').count(), "{name} leaves a title open");
            assert_eq!(name.matches('(').count(), name.matches(')').count(), "{name} leaves a bracket open");
        }
        for name in document.strong.iter().chain(&document.weak) {
            let is_implied = document.implied() == Some(name) && name.chars().count() > 2;
            assert!(*name != document.title && !is_implied, "{name} is implied by its title");
        }
    }
}

#[test]
fn kinds_are_those_of_the_readme() {
    let of_laws = [
        "law",
        "administrative_regulation",
        "department_rule",
        "supervisory_regulation",
        "judicial_interpretation",
        "party_regulation",
    ];
    let of_policies = ["policy", "department_policy", "party_regulation", "other"];
    for document in laws() {
        assert!(of_laws.contains(&document.kind.as_str()), "{} is a {}", document.title, document.kind);
    }
    for document in policies() {
        assert!(of_policies.contains(&document.kind.as_str()), "{} is a {}", document.title, document.kind);
    }
}

#[test]
fn dates_exist_and_follow_each_other() {
    for document in both() {
        let title = &document.title;
        let rest = [&document.effective, &document.repealed_on, &document.until];
        for date in document.dates.iter().chain(rest).filter(|date| !date.is_empty()) {
            assert!(is_date(date), "{date} of {title} is no date");
        }
        for pair in document.dates.windows(2) {
            assert!(in_order(&pair[0], &pair[1]) && pair[0] != pair[1], "{title}: {} before {}", pair[0], pair[1]);
        }
        let first = document.dates.first().map_or("", String::as_str);
        for later in rest.into_iter().filter(|date| !date.is_empty()) {
            assert!(in_order(first, later), "{title} of {first} cannot have {later}");
        }
    }
    for document in laws() {
        assert!(!document.dates[0].is_empty(), "{} has no date of adoption", document.title);
    }
}

#[test]
fn what_replaced_a_document_is_in_the_tables() {
    let documents = both();
    let titles: BTreeSet<&str> = documents.iter().map(|document| document.title.as_str()).collect();
    for document in documents.iter().filter(|document| !document.repealed_by.is_empty()) {
        assert!(titles.contains(document.repealed_by.as_str()), "{} is in no table", document.repealed_by);
        assert!(!document.repealed_on.is_empty(), "{} was replaced, but when?", document.title);
    }
}

#[test]
fn a_strong_name_means_one_document_in_force() {
    let documents = both();
    let mut meaning: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for document in documents.iter().filter(|document| document.is_in_force()) {
        let names =
            document.strong.iter().map(String::as_str).chain(document.implied()).chain([document.title.as_str()]);
        for name in names {
            meaning.entry(name).or_default().insert(&document.title);
        }
    }
    let doubtful: Vec<_> = meaning.iter().filter(|(_, titles)| titles.len() > 1).collect();
    assert!(doubtful.is_empty(), "these names mean several documents: {doubtful:?}");
    for document in &documents {
        for weak in &document.weak {
            assert!(!meaning.contains_key(weak.as_str()), "{weak} is weak in {} and strong elsewhere", document.title);
        }
    }
}

#[test]
fn document_numbers_have_their_form() {
    let mut seen: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for policy in policies().into_iter().filter(|policy| !policy.number.is_empty()) {
        let (organ, rest) = policy.number.split_once('〔').unwrap_or_else(|| panic!("{} has no 〔", policy.number));
        let (year, serial) = rest.split_once('〕').unwrap_or_else(|| panic!("{} has no 〕", policy.number));
        let is_number = |part: &str, least: usize| part.len() >= least && part.chars().all(|c| c.is_ascii_digit());
        assert!(!organ.is_empty() && is_number(year, 4), "{} names no issuer or year", policy.number);
        assert!(
            serial.strip_suffix('号').is_some_and(|serial| is_number(serial, 1)),
            "{} does not end in 号",
            policy.number
        );
        let issued = policy.dates.first().and_then(|date| date.get(..4)).and_then(|date| date.parse::<i32>().ok());
        let numbered = year.parse::<i32>().ok();
        // A document can be numbered in December and published in January.
        let close = issued.zip(numbered).is_none_or(|(issued, numbered)| (0..=1).contains(&(issued - numbered)));
        assert!(close, "{} of {issued:?} bears {}", policy.title, policy.number);
        seen.entry(policy.number).or_default().push(policy.title);
    }
    // One number sends out one document, or a notice and what it encloses.
    for (number, titles) in seen {
        assert!(titles.len() <= 2, "{number} is borne by {titles:?}");
    }
}

#[test]
fn rejected_phrases_hold_the_name_of_their_law() {
    let documents = laws();
    let rows = records("laws/rejected_bare.csv", &["phrase", "law", "reason"]);
    for pair in rows.windows(2) {
        assert!(pair[0][0] < pair[1][0], "{} before {}", &pair[0][0], &pair[1][0]);
    }
    for row in &rows {
        let rejected = law(&documents, &row[1]);
        let name = rejected.implied().unwrap_or(&rejected.title);
        assert!(row[0].contains(name) && &row[0] != name, "{} does not hold {name}", &row[0]);
        assert!(!row[2].is_empty(), "{} has no reason", &row[0]);
    }
    for mention in ["宪法宣传周", "民法典宣传月", "民法典专题培训", "宪法和法律"] {
        assert!(rows.iter().all(|row| !mention.contains(&row[0])), "{mention} names the law");
    }
}

#[test]
fn what_reports_cite_most_is_known() {
    let documents = both();
    let penalties = law(&documents, "中华人民共和国行政处罚法");
    assert_eq!(penalties.dates, ["1996-03-17", "2009-08-27", "2017-09-01", "2021-01-22"]);
    assert_eq!(penalties.effective, "2021-07-15");
    for title in ["合同法", "物权法", "民法总则", "民法通则", "侵权责任法", "婚姻法", "继承法", "收养法", "担保法"]
    {
        let replaced = law(&documents, &format!("{STATE}{title}"));
        assert_eq!(
            (replaced.repealed_on.as_str(), replaced.repealed_by.as_str()),
            ("2021-01-01", "中华人民共和国民法典")
        );
    }
    let petitions = law(&documents, "信访条例");
    assert_eq!((petitions.repealed_on.as_str(), petitions.repealed_by.as_str()), ("2022-05-01", "信访工作条例"));
    let outline = law(&documents, "法治政府建设实施纲要(2021-2025年)");
    assert_eq!((outline.number.as_str(), outline.until.as_str()), ("中发〔2021〕33号", "2025"));
    let congress = documents.iter().find(|document| document.strong.iter().any(|name| name == "党的二十大报告"));
    assert!(congress.is_some_and(|report| report.title.ends_with("在中国共产党第二十次全国代表大会上的报告")));
}

#[test]
fn the_readmes_count_the_rows() {
    let count = |documents: &[Document], kind: &str| documents.iter().filter(|document| document.kind == kind).count();
    let laws = laws();
    let text = |file: &str| {
        let path = format!("{}/data/{file}/README.md", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"))
    };
    let stated = [
        format!("{} laws (with", count(&laws, "law")),
        format!("{} administrative regulations", count(&laws, "administrative_regulation")),
        format!("{} department rules", count(&laws, "department_rule")),
        format!("{} judicial interpretations", count(&laws, "judicial_interpretation")),
        format!("{} Party regulations", count(&laws, "party_regulation")),
        format!("{} supervisory regulations", count(&laws, "supervisory_regulation")),
        format!("{} phrases", records("laws/rejected_bare.csv", &["phrase", "law", "reason"]).len()),
    ];
    for sentence in stated {
        assert!(text("laws").contains(&sentence), "data/laws/README.md should say: {sentence}");
    }
    let sentence = format!("{} documents", policies().len());
    assert!(text("policies").contains(&sentence), "data/policies/README.md should say: {sentence}");
}
