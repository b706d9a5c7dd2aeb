//! `fazhi audit`: what shows only when reports are laid beside each other.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use comfy_table::Cell;

use super::Place;
use super::exit::{Exit, Outcome};
use super::output::{Output, width};
use super::query::Cost;
use crate::audit::{Pair, Sign, compare};
use crate::query::write_cells;
use crate::report::Span;
use crate::store::Store;

/// Compare the measures, problems and plans of all reports: what two places share, what a place repeats
///
/// What the rules find within a report (sums, rates, other places' names, repealed documents) is answered by
/// `fazhi query findings`; late and missing reports, problems without a plan by `late-reports`, `missing-years`,
/// `problems-without-plan`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// Only pairs with a report of this region, or of one within it: a name or a code
    #[arg(long, value_name = "NAME")]
    region: Option<String>,
    /// Only what is a sign of this
    #[arg(long, value_enum)]
    rule: Vec<Rule>,
    /// Least similarity, from 0.5 to 1
    #[arg(long, value_name = "SHARE", default_value_t = 0.6)]
    least: f64,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Style::Text)]
    format: Style,
    #[command(flatten)]
    limits: Cost,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Rule {
    /// Reports of two places share a passage
    CopiedPassage,
    /// A place's later report has a passage word for word
    UnchangedPassage,
    /// A place's later report has a passage with other numbers
    OnlyNumbersChanged,
    /// A place names the same problem in another year
    RepeatedProblem,
}

impl Rule {
    const fn sign(self) -> Sign {
        match self {
            Self::CopiedPassage => Sign::CopiedPassage,
            Self::UnchangedPassage => Sign::UnchangedPassage,
            Self::OnlyNumbersChanged => Sign::OnlyNumbersChanged,
            Self::RepeatedProblem => Sign::RepeatedProblem,
        }
    }

    fn name(sign: Sign) -> String {
        let rule = Self::value_variants().iter().find(|rule| rule.sign() == sign);
        rule.and_then(ValueEnum::to_possible_value).map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Style {
    Text,
    Csv,
    Json,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let store = Store::read(&arguments.place.store)?;
    let filter: Vec<(String, String)> =
        arguments.region.iter().map(|region| ("region".to_owned(), region.clone())).collect();
    let mut pairs = compare(store.dataset(), &filter, arguments.limits.limits())?;
    let signs: Vec<Sign> = arguments.rule.iter().map(|rule| rule.sign()).collect();
    pairs.retain(|pair| pair.similarity >= arguments.least && (signs.is_empty() || signs.contains(&pair.sign)));
    let mut out = Output::open(arguments.output.as_deref())?;
    match arguments.format {
        Style::Text => tell(&pairs, &mut out)?,
        Style::Csv => csv(&pairs, &mut out)?,
        Style::Json => {
            serde_json::to_writer_pretty(&mut out, &pairs)?;
            writeln!(out)?;
        }
    }
    out.finish()?;
    Ok(Exit::Done)
}

const COLUMNS: [&str; 9] =
    ["rule", "similarity", "place", "year", "unit", "other_place", "other_year", "other_unit", "shared"];

fn row(pair: &Pair) -> [String; 9] {
    let (earlier, later) = (&pair.earlier, &pair.later);
    [
        Rule::name(pair.sign),
        format!("{:.2}", pair.similarity),
        earlier.place.clone(),
        earlier.year.clone(),
        earlier.name.clone(),
        later.place.clone(),
        later.year.clone(),
        later.name.clone(),
        longest(pair),
    ]
}

/// The longest stretch that they share.
fn longest(pair: &Pair) -> String {
    let length = |span: &Span| span.end - span.start;
    let longest = pair.shared.iter().map(|(earlier, _)| earlier).max_by_key(|span| length(span));
    longest.map_or_else(String::new, |span| {
        pair.earlier.text.chars().skip(span.start - pair.earlier.start).take(length(span)).collect()
    })
}

fn tell(pairs: &[Pair], out: &mut impl Write) -> io::Result<()> {
    let cells = |pair: &Pair| row(pair).into_iter().map(Cell::new).collect();
    write_cells(COLUMNS.map(str::to_owned).to_vec(), pairs.iter().map(cells).collect(), width(), out)?;
    match pairs.len() {
        1 => writeln!(out, "1 pair"),
        n => writeln!(out, "{n} pairs"),
    }
}

fn csv(pairs: &[Pair], out: &mut impl Write) -> Result<(), csv::Error> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS.into_iter().chain(["report", "other_report"]))?;
    for pair in pairs {
        let reports = [pair.earlier.report.clone(), pair.later.report.clone()];
        writer.write_record(row(pair).into_iter().chain(reports))?;
    }
    writer.flush()?;
    Ok(())
}
