//! A chain for a terminal and for a spreadsheet.

use std::io::Write;

use comfy_table::Cell;

use super::{Chain, Link, NoneFound};
use crate::analyze::{Error, csv_error};
use crate::query::write_cells;

/// How many regions without a document a table names below one document.
const SHOWN: usize = 12;
/// What a step down is indented by: comfy-table takes white space off the front of a cell.
const STEP: &str = "\u{00B7} ";

/// Writes the chain as a table whose first column is indented by what stands below what.
pub(super) fn write_tree(chain: &Chain, width: u16, out: &mut impl Write) -> Result<(), Error> {
    let mut rows = Vec::new();
    let mut count = (0, 0);
    add(&chain.root, 0, &mut rows, &mut count);
    let years = match chain.years {
        (Some(first), Some(last)) => format!(" on {first}\u{2013}{last}"),
        (Some(first), None) => format!(" on {first} and later"),
        (None, Some(last)) => format!(" on {last} and before"),
        (None, None) => String::new(),
    };
    let head = ["document", "place", "first cited", "reports", "tie", "passage"].map(str::to_owned).to_vec();
    write_cells(head, rows, width, out)?;
    writeln!(
        out,
        "{} documents below it; {} regions of which none was found in the {} reports read{years}{}",
        count.0,
        count.1,
        chain.reports,
        chain.region.as_ref().map_or_else(String::new, |region| format!(" of {region}")),
    )?;
    writeln!(
        out,
        "\u{2717}: no such document is named in the reports read; one may exist. --format csv or json has them all."
    )?;
    Ok(())
}

fn add(link: &Link, depth: usize, rows: &mut Vec<Vec<Cell>>, count: &mut (usize, usize)) {
    let indent = STEP.repeat(depth);
    let source = link.passage.as_ref().map_or_else(String::new, |passage| {
        format!("{}\u{ff0c}{}\u{ff0c}{}\u{2014}{}", passage.quote, passage.title, passage.start, passage.end)
    });
    rows.push(vec![
        Cell::new(format!("{indent}{}", link.title)),
        Cell::new(&link.place),
        Cell::new(link.first_cited.map_or_else(String::new, |year| year.to_string())),
        Cell::new(link.reports),
        Cell::new(link.tie),
        Cell::new(source),
    ]);
    for below in &link.below {
        count.0 += 1;
        add(below, depth + 1, rows, count);
    }
    count.1 += link.none_found.len();
    let indent = STEP.repeat(depth + 1);
    for missing in link.none_found.iter().take(SHOWN) {
        let years: Vec<String> = missing.years.iter().map(ToString::to_string).collect();
        let cells = [format!("{indent}\u{2717}"), missing.place.clone(), String::new(), missing.reports.to_string()];
        rows.push(cells.into_iter().chain([String::new(), years.join(" ")]).map(Cell::new).collect());
    }
    if link.none_found.len() > SHOWN {
        let more = format!("{indent}\u{2717} {} more regions", link.none_found.len() - SHOWN);
        rows.push(vec![Cell::new(more)]);
    }
}

const COLUMNS: [&str; 17] = [
    "depth",
    "status",
    "place",
    "level",
    "title",
    "also",
    "number",
    "tie",
    "below",
    "first_cited",
    "reports",
    "quote",
    "report",
    "start",
    "end",
    "url",
    "document",
];

/// Writes a row a document and a row a region of which none was found.
pub(super) fn write_csv(chain: &Chain, out: &mut impl Write) -> Result<(), Error> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS).map_err(csv_error)?;
    write_rows(&chain.root, 0, "", &mut writer)?;
    writer.flush()?;
    Ok(())
}

fn write_rows(link: &Link, depth: usize, above: &str, writer: &mut csv::Writer<impl Write>) -> Result<(), Error> {
    let passage = link.passage.clone().unwrap_or_default();
    let number = |number: usize| if link.passage.is_some() { number.to_string() } else { String::new() };
    writer
        .write_record([
            &depth.to_string(),
            "found",
            &link.place,
            &link.level,
            &link.title,
            &link.also.join("; "),
            link.number.as_deref().unwrap_or_default(),
            &link.tie.to_string(),
            above,
            &link.first_cited.map_or_else(String::new, |year| year.to_string()),
            &link.reports.to_string(),
            &passage.quote,
            &passage.title,
            &number(passage.start),
            &number(passage.end),
            passage.url.as_deref().unwrap_or_default(),
            &link.document,
        ])
        .map_err(csv_error)?;
    for below in &link.below {
        write_rows(below, depth + 1, &link.title, writer)?;
    }
    for missing in &link.none_found {
        write_missing(missing, depth + 1, &link.title, writer)?;
    }
    Ok(())
}

fn write_missing(
    missing: &NoneFound,
    depth: usize,
    above: &str,
    writer: &mut csv::Writer<impl Write>,
) -> Result<(), Error> {
    let mut row = vec![String::new(); COLUMNS.len()];
    let cells = [
        (0, depth.to_string()),
        (1, "none_found".to_owned()),
        (2, missing.place.clone()),
        (3, missing.level.clone()),
        (8, above.to_owned()),
        (10, missing.reports.to_string()),
    ];
    for (at, cell) in cells {
        row[at] = cell;
    }
    writer.write_record(row).map_err(csv_error)
}
