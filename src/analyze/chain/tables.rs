//! A chain for a terminal and for a spreadsheet.

use std::io::Write;

use super::{Chain, Link, NoneFound, Tie};
use crate::analyze::{Error, csv_error};

/// How many regions without a document the tree names below one document.
const SHOWN: usize = 12;

/// Writes the chain as an indented tree: a document with its place, then the words that name it; then what stands below it.
pub(super) fn write_tree(chain: &Chain, out: &mut impl Write) -> Result<(), Error> {
    let mut count = (0, 0);
    add(&chain.root, "", &mut count, out)?;
    let years = match chain.years {
        (Some(first), Some(last)) => format!(" on {first}\u{2013}{last}"),
        (Some(first), None) => format!(" on {first} and later"),
        (None, Some(last)) => format!(" on {last} and before"),
        (None, None) => String::new(),
    };
    let of = chain.region.as_ref().map_or_else(String::new, |region| format!(" of {region}"));
    writeln!(out, "\n{} documents below it; {} places with none (\u{2717}):", count.0, count.1)?;
    writeln!(out, "none found in the {} reports read{years}{of}, though one may exist.", chain.reports)?;
    if has_more(&chain.root) {
        writeln!(out, "--format csv or json lists every place.")?;
    }
    Ok(())
}

fn has_more(link: &Link) -> bool {
    link.none_found.len() > SHOWN || link.below.iter().any(has_more)
}

/// Writes a document and all below it; each line begins with `indent`.
fn add(link: &Link, indent: &str, count: &mut (usize, usize), out: &mut impl Write) -> Result<(), Error> {
    let place = if link.place.is_empty() { String::new() } else { format!("{}  ", link.place) };
    let tie = if link.tie == Tie::SameSubject { "; joined by subject and period" } else { "" };
    let first = link.first_cited.map_or_else(|| "not cited".to_owned(), |year| format!("first cited {year}"));
    let reports = match link.reports {
        1 => "1 report".to_owned(),
        n => format!("{n} reports"),
    };
    let number = link.number.as_ref().map_or_else(String::new, |number| format!(" {number}"));
    writeln!(out, "{indent}{place}\u{300A}{}\u{300B}{number} ({first}, {reports}{tie})", link.title)?;
    if let Some(passage) = &link.passage {
        let url = passage.url.as_deref().unwrap_or_default();
        let words = format!("{} {} {}\u{2013}{} {url}", passage.quote, passage.title, passage.start, passage.end);
        writeln!(out, "{indent}      {}", words.trim_end())?;
    }
    let indent = format!("{indent}    ");
    for below in &link.below {
        count.0 += 1;
        add(below, &indent, count, out)?;
    }
    count.1 += link.none_found.len();
    for missing in link.none_found.iter().take(SHOWN) {
        let years: Vec<String> = missing.years.iter().map(ToString::to_string).collect();
        writeln!(out, "{indent}\u{2717} {} ({} of {})", missing.place, count_of(missing), years.join(", "))?;
    }
    if link.none_found.len() > SHOWN {
        writeln!(out, "{indent}\u{2717} \u{2026} and {} more places", link.none_found.len() - SHOWN)?;
    }
    Ok(())
}

fn count_of(missing: &NoneFound) -> String {
    match missing.reports {
        1 => "1 report".to_owned(),
        n => format!("{n} reports"),
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
        let (depth, reports) = ((depth + 1).to_string(), missing.reports.to_string());
        let (place, level) = (missing.place.as_str(), missing.level.as_str());
        let cells =
            [&depth, "none_found", place, level, "", "", "", "", &link.title, "", &reports, "", "", "", "", "", ""];
        writer.write_record(cells).map_err(csv_error)?;
    }
    Ok(())
}
