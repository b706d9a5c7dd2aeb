//! How is it read? As text, as a table, as JSON, or as a page that can be printed.
//!
//! Pages and text come from the templates beside this file. A page stands alone: no script, nothing to load, and whatever
//! comes from a report is escaped.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use minijinja::value::{Serde, Value};
use minijinja::{Environment, context};
use rayon::prelude::*;
use serde::Serialize;

use super::AuditError;
use super::listing::{Listed, Quoted};
use super::pieces::{Piece, side_by_side};
use super::sheet::Sheet;
use crate::lexicon::{Lexicon, RuleSentence, labels};
use crate::text::harmless;

/// How an audit is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// A row a finding.
    Csv,
    /// One object.
    Json,
    /// A page.
    Html,
}

/// What is written.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct View {
    /// The region that was asked for; `None` for the whole store.
    pub region: Option<String>,
    /// The year that was asked for.
    pub year: Option<u16>,
    /// Notations of the rules that were asked for; none for all.
    pub rules: BTreeSet<String>,
    /// How many reports the store has.
    pub reports: usize,
    /// What is found.
    pub findings: Vec<Listed>,
    /// A sheet for each who reports, where a region was asked for.
    pub sheets: Vec<Sheet>,
}

/// A rule with what it found.
#[derive(Debug, Serialize)]
struct RuleView<'a> {
    rule: &'a str,
    label: RuleSentence,
    group: &'a RuleSentence,
    count: usize,
    shown: Vec<Shown<'a>>,
}

/// A finding with its passages cut into pieces.
#[derive(Debug, Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    finding: &'a Listed,
    pieces: Vec<Piece>,
    other_pieces: Vec<Piece>,
}

/// Findings of a rule that a page of a whole store shows; a page of all could not be opened.
const SHOWN: usize = 100;
/// Examples of a rule in the overview.
const EXAMPLES: usize = 3;

/// Writes an audit.
///
/// # Errors
/// Where the output fails.
pub fn write(view: &View, format: Format, lexicon: &Lexicon, out: &mut impl Write) -> Result<(), AuditError> {
    match format {
        Format::Csv => csv(&view.findings, out),
        Format::Json => {
            let rules = rules(view, lexicon, 0)?;
            let counts: BTreeMap<&str, usize> = rules.iter().map(|rule| (rule.rule, rule.count)).collect();
            let all = serde_json::json!({
                "region": view.region, "year": view.year, "reports": view.reports, "rules": counts,
                "sheets": view.sheets, "findings": view.findings,
            });
            serde_json::to_writer_pretty(&mut *out, &all)?;
            Ok(writeln!(out)?)
        }
        Format::Text | Format::Html => page(view, format, lexicon, out),
    }
}

fn page(view: &View, format: Format, lexicon: &Lexicon, out: &mut impl Write) -> Result<(), AuditError> {
    let environment = environment()?;
    let is_html = format == Format::Html;
    let (name, body) = if view.region.is_some() {
        let sheets: Vec<Value> = view.sheets.iter().map(|sheet| sheet_value(sheet, is_html, lexicon)).collect();
        (if is_html { "sheet.html" } else { "sheet.txt" }, context! { sheets })
    } else {
        let shown = if is_html { SHOWN } else { EXAMPLES };
        let rules: Vec<Value> = rules(view, lexicon, shown)?.into_iter().map(|rule| Value::from(Serde(rule))).collect();
        let findings: Vec<Value> = match format {
            Format::Text => view.findings.iter().map(|finding| Value::from(Serde(finding))).collect(),
            _ => Vec::new(),
        };
        (if is_html { "overview.html" } else { "overview.txt" }, context! { rules, findings, limit => SHOWN })
    };
    let head = context! {
        region => view.region.clone(), year => view.year, reports => view.reports, count => view.findings.len(), ..body
    };
    environment.get_template(name)?.render_captured_to(head, &mut *out)?;
    Ok(writeln!(out)?)
}

fn sheet_value(sheet: &Sheet, cut: bool, lexicon: &Lexicon) -> Value {
    let lines: Vec<Value> = sheet
        .lines
        .iter()
        .map(|line| {
            let shown: Vec<Value> = line
                .findings
                .par_iter()
                .map(|finding| shown(finding, cut, lexicon))
                .map(Serde)
                .map(Value::from)
                .collect();
            context! { key => line.key.clone(), label => Value::from(Serde(&line.label)), findings => shown }
        })
        .collect();
    context! { lines, ..Value::from(Serde(sheet)) }
}

fn shown<'a>(finding: &'a Listed, cut: bool, lexicon: &Lexicon) -> Shown<'a> {
    let sides = if cut { side_by_side(finding, lexicon) } else { super::SideBySide::default() };
    Shown { finding, pieces: sides.passage, other_pieces: sides.other }
}

/// Every rule that was asked for, in the order of the sheet, with the first of what it found; the most alike first.
fn rules<'a>(view: &'a View, lexicon: &'a Lexicon, most: usize) -> Result<Vec<RuleView<'a>>, AuditError> {
    let labels = labels("rule")?;
    let mut found: BTreeMap<&str, Vec<&Listed>> = BTreeMap::new();
    for finding in &view.findings {
        found.entry(&finding.rule).or_default().push(finding);
    }
    let all = lexicon.audit.groups.iter().flat_map(|group| group.rules.iter().map(move |rule| (rule, &group.label)));
    Ok(all
        // Nothing was looked for where a rule was not asked for, which is not the same as nothing found.
        .filter(|(rule, _)| view.rules.is_empty() || view.rules.contains(*rule))
        .map(|(rule, group)| {
            let mut of_rule = found.remove(rule.as_str()).unwrap_or_default();
            let count = of_rule.len();
            let strength = |finding: &&Listed| (finding.others.len(), finding.score.unwrap_or_default());
            of_rule.sort_by(|a, b| {
                let ((a_others, a_score), (b_others, b_score)) = (strength(a), strength(b));
                a.doubt
                    .is_some()
                    .cmp(&b.doubt.is_some())
                    .then(b_others.cmp(&a_others))
                    .then(b_score.total_cmp(&a_score))
            });
            of_rule.truncate(most);
            let shown = of_rule.into_par_iter().map(|finding| shown(finding, most > EXAMPLES, lexicon)).collect();
            RuleView { rule, label: labels.get(rule).cloned().unwrap_or_default(), group, count, shown }
        })
        .collect())
}

fn environment() -> Result<Environment<'static>, AuditError> {
    let mut environment = Environment::new();
    environment.set_syntax(minijinja::syntax::SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    for (name, source) in [
        ("page.html", include_str!("templates/page.html")),
        ("style.css", include_str!("templates/style.css")),
        ("finding.html", include_str!("templates/finding.html")),
        ("overview.html", include_str!("templates/overview.html")),
        ("sheet.html", include_str!("templates/sheet.html")),
        ("overview.txt", include_str!("templates/overview.txt")),
        ("sheet.txt", include_str!("templates/sheet.txt")),
    ] {
        environment.add_template(name, source)?;
    }
    environment.add_filter("percent", |share: f64| format!("{:.0}%", share * 100.0));
    environment.add_filter("short", |text: String, most: usize| {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.chars().count() > most {
            format!("{}\u{2026}", line.chars().take(most).collect::<String>())
        } else {
            line
        }
    });
    // Only addresses of the web become links: a page may give any characters as its address.
    environment.add_filter("is_web", |url: String| url.starts_with("https://") || url.starts_with("http://"));
    Ok(environment)
}

const COLUMNS: [&str; 24] = [
    "rule",
    "rule_name",
    "place",
    "code",
    "year",
    "message",
    "doubt",
    "similarity",
    "report",
    "start",
    "end",
    "passage",
    "passage_start",
    "url",
    "other_place",
    "other_year",
    "other_report",
    "other_start",
    "other_end",
    "other_passage",
    "other_url",
    "others",
    "title",
    "finding",
];

fn csv(findings: &[Listed], out: &mut impl Write) -> Result<(), AuditError> {
    // Spreadsheets take a table for UTF-8 only with the mark in front.
    out.write_all("\u{feff}".as_bytes())?;
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    for finding in findings {
        writer.write_record(row(finding).iter().map(|cell| harmless(cell).into_owned()))?;
    }
    Ok(writer.flush()?)
}

fn row(finding: &Listed) -> [String; 24] {
    let text = |of: Option<&String>| of.cloned().unwrap_or_default();
    let year = |year: Option<u16>| year.map(|year| year.to_string()).unwrap_or_default();
    let (passage, other) = (finding.passage.as_ref(), finding.others.first());
    let of = |quoted: Option<&Quoted>, tell: fn(&Quoted) -> String| quoted.map(tell).unwrap_or_default();
    let report = finding.report.as_ref();
    let others: Vec<String> = finding
        .others
        .iter()
        .map(|other| format!("{} {}-{}", other.report.id, other.span.start, other.span.end))
        .collect();
    [
        finding.rule.clone(),
        finding.label.zh.clone(),
        finding.place.clone(),
        text(finding.code.as_ref()),
        year(finding.year),
        finding.message.clone(),
        finding.doubt.as_ref().map(|doubt| doubt.zh.clone()).unwrap_or_default(),
        finding.score.map(|score| score.to_string()).unwrap_or_default(),
        text(report.map(|report| &report.id)),
        of(passage, |quoted| quoted.span.start.to_string()),
        of(passage, |quoted| quoted.span.end.to_string()),
        of(passage, |quoted| quoted.text.clone()),
        of(passage, |quoted| quoted.from.to_string()),
        text(report.and_then(|report| report.url.as_ref())),
        of(other, |quoted| quoted.report.place.clone()),
        other.map(|quoted| year(quoted.report.year)).unwrap_or_default(),
        of(other, |quoted| quoted.report.id.clone()),
        of(other, |quoted| quoted.span.start.to_string()),
        of(other, |quoted| quoted.span.end.to_string()),
        of(other, |quoted| quoted.text.clone()),
        of(other, |quoted| quoted.report.url.clone().unwrap_or_default()),
        others.join("; "),
        text(report.map(|report| &report.title)),
        finding.iri.clone(),
    ]
}
