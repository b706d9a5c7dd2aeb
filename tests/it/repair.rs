//! Is a ruined text read as the whole one? Every sample report is ruined in each way that copying ruins a page, and what is
//! found must stay the same.
#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use fazhi::lexicon::Lexicon;
use fazhi::read::Document;
use fazhi::report::Report;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn samples() -> Vec<(String, String)> {
    let mut samples: Vec<(String, String)> = std::fs::read_dir(root().join("data/reports"))
        .expect("the sample reports")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).expect("UTF-8")))
        .collect();
    samples.sort();
    samples
}

/// What [`facts`] tells.
const FACTS: [&str; 4] = ["titles", "figures", "units", "reporter"];

/// What must not change: canonical titles, values, the categories of the units, the reporter.
fn facts(text: &str) -> [Vec<String>; 4] {
    let lexicon = Lexicon::shared().expect("the tables are valid");
    let report: Report = fazhi::extract(&Document { text: text.to_owned(), ..Document::default() }, lexicon);
    let folded = |title: &str| fazhi::lexicon::title_key(title);
    let titles = report.citations.iter().map(|citation| folded(&citation.canonical)).collect();
    let figures = report.figures.iter().map(|figure| format!("{} {}", figure.value, figure.unit)).collect();
    let units = report.units.iter().map(|unit| unit.category.clone()).collect();
    let region = report.metadata.region.and_then(|region| region.code).unwrap_or_default();
    [titles, figures, units, vec![region, format!("{:?}", report.metadata.year)]]
}

/// The words that traditional script writes otherwise, besides the characters.
const WORDS: [(&str, &str); 4] = [("信息", "資訊"), ("质量", "品質"), ("水平", "水準"), ("网络", "網路")];

fn traditional(text: &str) -> String {
    let table = std::fs::read_to_string(root().join("data/script/characters.csv")).expect("the table");
    let mut characters: HashMap<&str, &str> = HashMap::new();
    for row in table.lines().skip(1) {
        let mut cells = row.split(',');
        let (from, to) = (cells.next().expect("a character"), cells.next().expect("a character"));
        characters.entry(to).or_insert(from);
    }
    let text = WORDS.iter().fold(text.to_owned(), |text, (simplified, other)| text.replace(simplified, other));
    text.chars()
        .map(|c| characters.get(c.to_string().as_str()).map_or_else(|| c.to_string(), |c| (*c).to_owned()))
        .collect()
}

fn full_width(text: &str) -> String {
    let wide = |c: char| match c {
        '0'..='9' | '%' | '(' | ')' | ',' | ';' | ':' => char::from_u32(c as u32 + 0xFEE0).expect("a full-width form"),
        c => c,
    };
    text.chars().map(wide).collect()
}

/// A space around every number, and after every 政.
fn spaced(text: &str) -> String {
    let mut out = String::new();
    let mut before = '\n';
    for c in text.chars() {
        let is_edge = before.is_ascii_digit() != c.is_ascii_digit();
        let is_han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
        if (is_edge && (is_han(before) || is_han(c))) || (before == '政' && is_han(c)) {
            out.push(' ');
        }
        out.push(c);
        before = c;
    }
    out
}

/// The ideograph for one between years instead of a dash.
fn dashed(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let is_digit = |at: usize| characters.get(at).is_some_and(char::is_ascii_digit);
    let other = |(at, c): (usize, &char)| match c {
        '-' | '—' | '–' if at > 3 && (at - 4..at).all(is_digit) && (at + 1..at + 5).all(is_digit) => '一',
        c => *c,
    };
    characters.iter().enumerate().map(other).collect()
}

/// A way to ruin a text.
type Ruin = fn(&str) -> String;

const RUINS: [(&str, Ruin); 8] = [
    ("traditional script", traditional),
    ("pinyin", |text| text.replace('设', "设(shè)").replace('治', "治（zhì）").replace('责', "责(zé)")),
    ("full width", full_width),
    ("spaces", spaced),
    ("dashes", dashed),
    ("doubled brackets", |text| {
        let pairs: String = text.chars().map(|c| if c == '《' { "《《".to_owned() } else { c.to_string() }).collect();
        pairs.replace('》', "》》").replace('〔', "[").replace('〕', "]")
    }),
    ("invisible characters", |text| {
        text.replace('的', "\u{200B}的\u{FEFF}").replace('法', "法\u{AD}").replace('政', "\u{E5E5}政")
    }),
    ("radicals and compatibility ideographs", |text| {
        text.replace('行', "⾏").replace('文', "⽂").replace('人', "⼈").replace('民', "⺠")
    }),
];

#[test]
fn a_ruined_report_says_what_the_whole_one_says() {
    let mut applied = BTreeSet::new();
    for (path, text) in samples() {
        let whole = facts(&text);
        assert!(!whole[0].is_empty() && !whole[2].is_empty(), "{path} says something");
        for (ruin, apply) in RUINS {
            let ruined = apply(&text);
            if ruined == text {
                continue;
            }
            applied.insert(ruin);
            let found = facts(&ruined);
            for (fact, (found, whole)) in FACTS.iter().zip(found.iter().zip(&whole)) {
                assert_eq!(found, whole, "{path}: {fact}, {ruin}");
            }
        }
    }
    assert_eq!(applied.len(), RUINS.len(), "each way ruins a sample: {applied:?}");
}
