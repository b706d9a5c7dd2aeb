//! `fazhi audit`: what a reader of the reports should be warned of, in each and between them.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Place;
use super::exit::{Exit, Outcome};
use super::output::{Output, say};
use super::query::{Cost, pair};
use crate::audit::{self, Cross, Filter, Format, View, list, sheets};
use crate::describe::Base;
use crate::lexicon::Lexicon;
use crate::query::Limits;
use crate::store::{Derived, Store, StoreError};

/// Say what a reader of the reports should be warned of: copied passages, repeated problems, missing years, sums that do not
/// agree, and more
///
/// Lays all reports of the store beside each other and keeps what it finds there as findings of the graph (`fazhi query
/// findings` lists them). As long as no report comes or goes, the next audit reads them back at once. With --region it prints a
/// sheet for each who reports from there. What a finding means and how it is judged is told in docs/audit.md.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// A sheet of this region and of all within it: a name or a code
    #[arg(long, value_name = "NAME")]
    region: Option<String>,
    /// Only findings of this year
    #[arg(long, value_name = "YYYY", value_parser = four_digits)]
    year: Option<u16>,
    /// Only findings of this rule, by notation (`copied_passage`) or name. May be given several times
    #[arg(long, value_name = "RULE")]
    rule: Vec<String>,
    /// region=NAME, year=YYYY or rule=RULE: the same as the options of these names
    #[arg(short, long = "param", value_name = "NAME=VALUE", value_parser = pair)]
    parameters: Vec<(String, String)>,
    /// Least similarity of two passages, from 0 to 1
    #[arg(long, value_name = "SHARE", default_value_t = 0.5, value_parser = share)]
    least: f64,
    /// Only print: leave the store as it is
    #[arg(long)]
    dry_run: bool,
    /// How to print it; html is a page that can be opened and printed
    #[arg(long, value_enum, default_value_t = Style::Text)]
    format: Style,
    #[command(flatten)]
    limits: Cost,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Style {
    #[value(alias = "table")]
    Text,
    Csv,
    Json,
    Html,
}

impl From<Style> for Format {
    fn from(style: Style) -> Self {
        match style {
            Style::Text => Self::Text,
            Style::Csv => Self::Csv,
            Style::Json => Self::Json,
            Style::Html => Self::Html,
        }
    }
}

fn share(text: &str) -> Result<f64, String> {
    let share = text.parse().map_err(|_| "write a number from 0 to 1, such as 0.8")?;
    if (0.0..=1.0).contains(&share) { Ok(share) } else { Err("write a number from 0 to 1, such as 0.8".to_owned()) }
}

fn four_digits(text: &str) -> Result<u16, String> {
    let year = text.parse().ok().filter(|year| (1000..=9999).contains(year));
    year.ok_or_else(|| "write a year in four digits, such as 2023".to_owned())
}

/// A parameter that an audit does not take, or not so.
#[derive(Debug, thiserror::Error)]
enum NotTaken {
    #[error("an audit has no parameter `{0}`; it takes region=NAME, year=YYYY and rule=RULE")]
    Unknown(String),
    #[error("an audit takes one {0}: give it once, as --{0} or as --param {0}=VALUE")]
    Twice(&'static str),
    #[error("parameter `year`: {0}")]
    Year(String),
}

/// What is asked for, by options or by parameters of the same names.
#[derive(Debug, PartialEq)]
struct Wanted {
    region: Option<String>,
    year: Option<u16>,
    rules: Vec<String>,
}

impl Wanted {
    fn new(arguments: &Arguments) -> Result<Self, NotTaken> {
        let mut wanted = Self { region: arguments.region.clone(), year: arguments.year, rules: arguments.rule.clone() };
        for (name, value) in &arguments.parameters {
            let before = match name.as_str() {
                "region" => wanted.region.replace(value.clone()).map(|_| "region"),
                "year" => wanted.year.replace(four_digits(value).map_err(NotTaken::Year)?).map(|_| "year"),
                "rule" => {
                    wanted.rules.push(value.clone());
                    None
                }
                _ => return Err(NotTaken::Unknown(name.clone())),
            };
            if let Some(name) = before {
                return Err(NotTaken::Twice(name));
            }
        }
        Ok(wanted)
    }
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let wanted = Wanted::new(arguments)?;
    let lexicon = Lexicon::shared()?;
    let limits = arguments.limits.within(3600);
    let (store, cross) = findings(arguments, lexicon, limits)?;
    let base = Base::new(store.base())?;
    let mut filter = Filter { year: wanted.year, least: arguments.least, ..Filter::default() };
    for rule in &wanted.rules {
        filter = filter.with_rule(rule)?;
    }
    if let Some(region) = &wanted.region {
        filter = filter.within(store.dataset(), region, limits)?;
    }
    let order: Vec<String> = lexicon.audit.groups.iter().flat_map(|group| group.rules.iter().cloned()).collect();
    let found = list(store.dataset(), &base, &cross, &filter, &order, limits)?;
    let sheets = match &wanted.region {
        Some(_) => sheets(store.dataset(), &cross.reports, &found, &filter, lexicon, limits)?,
        None => Vec::new(),
    };
    let view = View {
        region: wanted.region,
        year: wanted.year,
        rules: filter.rules,
        reports: cross.reports.reports.len(),
        findings: found,
        sheets,
    };
    let mut out = Output::open(arguments.output.as_deref())?;
    audit::write(&view, arguments.format.into(), lexicon, &mut out)?;
    out.finish()?;
    Ok(Exit::Done)
}

/// The findings across the reports: those that are recorded, where they are up to date, else worked out and recorded.
fn findings(
    arguments: &Arguments,
    lexicon: &Lexicon,
    limits: Limits,
) -> Result<(Store, Cross), Box<dyn std::error::Error + Send + Sync>> {
    let path = &arguments.place.store;
    let store = Store::read(path)?;
    let base = Base::new(store.base())?;
    let state = audit::state(&store, &base)?;
    if state == Derived::Current {
        let cross = audit::recorded(&store, &base, limits)?;
        return Ok((store, cross));
    }
    let cross = audit::compute(&store, lexicon, limits)?;
    if arguments.dry_run {
        return Ok((store, cross));
    }
    drop(store);
    match Store::open_existing(path) {
        // A build may have run meanwhile: what was found is then of reports that are no longer all.
        Ok(writable) if !audit::is_of(&cross, &writable)? => {
            say("note: the findings are not kept: reports came or went meanwhile; run the same command again");
            Ok((writable, cross))
        }
        Ok(writable) => {
            audit::record(&writable, &base, &cross.findings, lexicon)?;
            writable.flush()?;
            Ok((writable, cross))
        }
        // Whoever may only read gets the answer all the same.
        Err(error @ (StoreError::InUse { .. } | StoreError::Io { .. } | StoreError::Storage { .. })) => {
            say(&format!("note: the findings are not kept: {error}"));
            Ok((Store::read(path)?, cross))
        }
        Err(error) => Err(error.into()),
    }
}
