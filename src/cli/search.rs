//! `fazhi search`: words are found in what reports say and in the names of what they speak of.

use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use clap::{Args, ValueEnum};
use comfy_table::Cell;
use oxigraph::model::{NamedNode, Term};

use super::Place;
use super::exit::{Exit, Outcome};
use super::output::{Output, say, width};
use crate::query::{self, ParameterType, resolve};
use crate::search::{Found, Hit, Index, Kind, Marked, Wanted, heading};
use crate::store::Store;

/// Find words in what reports say, and in the names of regions, documents and bodies
///
/// Words set apart by spaces must all be found, each as it is written: 武山县 2021 行政复议 finds what that county said of it that
/// year. Script and width do not matter. Where nothing has them as they are, what has most of their parts is shown, and said to
/// be so. The first search of a store makes an index beside it.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// What to search for
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,
    #[command(flatten)]
    place: Place,
    /// Only things of this kind: region, document, body, field, indicator, report, measure, problem or plan. May be given several times
    #[arg(long, value_name = "KIND")]
    kind: Vec<Kind>,
    /// Only what is in this region or within it: a name or a code
    #[arg(long, value_name = "NAME")]
    region: Option<String>,
    /// Only reports and passages on this year
    #[arg(long, value_name = "YYYY", value_parser = clap::value_parser!(u16).range(1000..=9999))]
    year: Option<u16>,
    /// Only passages of this field: a name or a notation
    #[arg(long, value_name = "FIELD")]
    field: Option<String>,
    /// Things of each kind that are listed
    #[arg(long, value_name = "N", default_value_t = 10)]
    most: usize,
    /// Things of each kind that are passed over
    #[arg(long, value_name = "N", default_value_t = 0)]
    skip: usize,
    /// How to print what was found
    #[arg(long, value_enum, default_value_t = Style::Table)]
    format: Style,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Style {
    Table,
    Csv,
    Json,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let store = Store::read(&arguments.place.store)?;
    let named = |kind, name: &'static str, value: &Option<String>| -> Result<Option<NamedNode>, query::Error> {
        let Some(value) = value else { return Ok(None) };
        Ok(match resolve(store.dataset(), kind, name, value.trim())? {
            Term::NamedNode(node) => Some(node),
            _ => None,
        })
    };
    let wanted = Wanted {
        words: arguments.words.join(" "),
        kinds: arguments.kind.clone(),
        within: named(ParameterType::Region, "region", &arguments.region)?,
        year: arguments.year,
        field: named(ParameterType::Category, "field", &arguments.field)?,
        most: arguments.most,
        skip: arguments.skip,
    };
    let index = if let Some(index) = Index::open(&store)? {
        index
    } else {
        say("making the search index of this store; the next search begins at once");
        Index::make(&store, &AtomicBool::new(false))?
    };
    let found = index.ask(&store, &wanted)?;
    let mut out = Output::open(arguments.output.as_deref())?;
    match arguments.format {
        Style::Table => table(&store, &found, &mut out)?,
        Style::Csv => csv(&found, &mut out)?,
        Style::Json => writeln!(out, "{}", serde_json::to_string_pretty(&found)?)?,
    }
    out.finish()?;
    tell(&found);
    Ok(Exit::Done)
}

/// What a person should know of the answer as a whole.
fn tell(found: &Found) {
    if found.cut {
        say("note: only the beginning of these words was looked at");
    }
    if found.alike {
        say("note: nothing has these words as they are written; this has most of their parts");
    }
    if found.total == 0 {
        let others: Vec<String> = found.kinds.iter().map(|(kind, count)| format!("{count} of kind {kind}")).collect();
        let near: Vec<&str> = found.near.iter().map(|hit| hit.name.text.as_str()).collect();
        let mut note = String::from("note: nothing was found");
        if !others.is_empty() {
            note = format!("{note}, but there are {}", others.join(", "));
        }
        if !near.is_empty() {
            note = format!("{note}; did you mean {}?", near.join(", "));
        }
        say(&note);
    }
}

type Written = Result<(), Box<dyn std::error::Error + Send + Sync>>;

/// The things in the order in which they are shown.
fn hits(found: &Found) -> impl Iterator<Item = &Hit> {
    found.groups.iter().flat_map(|group| &group.hits)
}

/// A text with brackets around what is marked.
fn bracketed(marked: &Marked) -> String {
    let mut text = String::new();
    if marked.before > 0 {
        text.push('\u{2026}');
    }
    for piece in marked.pieces() {
        if piece.marked {
            text.extend(["\u{3014}", piece.text.as_str(), "\u{3015}"]);
        } else {
            text.push_str(&piece.text);
        }
    }
    if marked.after > 0 {
        text.push('\u{2026}');
    }
    text
}

fn table(store: &Store, found: &Found, out: &mut Output) -> Written {
    let counts = found.kinds.iter().map(|(kind, count)| format!("{} {count}", kind.label().zh));
    writeln!(out, "{}", counts.collect::<Vec<String>>().join("   "))?;
    for group in found.groups.iter().filter(|group| !group.hits.is_empty()) {
        let label = group.kind.label();
        writeln!(out, "\n{} {} ({})", label.zh, label.en, group.total)?;
        let rows = group.hits.iter().map(|hit| {
            let span = hit.span.map(|span| format!("{}-{}", span.start, span.end)).unwrap_or_default();
            let iri = hit.iri.as_str().strip_prefix(store.base()).unwrap_or(hit.iri.as_str());
            let place = match hit.report.as_ref().filter(|_| hit.kind.is_passage()) {
                Some(report) => format!("{}#{span}", report.as_str().rsplit('/').next().unwrap_or_default()),
                None => iri.to_owned(),
            };
            let what = hit.passage.as_ref().map_or_else(|| bracketed(&hit.name), bracketed);
            let year = hit.year.map(|year| year.to_string()).unwrap_or_default();
            vec![Cell::new(what), Cell::new(&hit.place), Cell::new(year), Cell::new(place)]
        });
        let header = ["said", "place", "year", "at"].map(|name| heading(name).zh).to_vec();
        query::write_cells(header, rows.collect(), width(), out)?;
    }
    Ok(())
}

fn csv(found: &Found, out: &mut Output) -> Written {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["kind", "name", "iri", "place", "year", "number", "report", "start", "end", "passage"])?;
    for hit in hits(found) {
        let text = |number: Option<usize>| number.map(|number| number.to_string()).unwrap_or_default();
        writer.write_record([
            hit.kind.name(),
            &hit.name.text,
            hit.iri.as_str(),
            &hit.place,
            &hit.year.map(|year| year.to_string()).unwrap_or_default(),
            hit.number.as_deref().unwrap_or_default(),
            hit.report.as_ref().map(NamedNode::as_str).unwrap_or_default(),
            &text(hit.span.map(|span| span.start)),
            &text(hit.span.map(|span| span.end)),
            hit.passage.as_ref().map(|passage| passage.text.as_str()).unwrap_or_default(),
        ])?;
    }
    writer.flush()?;
    Ok(())
}
