//! A chain for a terminal and for a spreadsheet.

use std::io::Write;

use super::{Chain, Link, Tie};
use crate::analyze::wording::Wording;
use crate::analyze::{Error, csv_error};

/// How many regions without a document the tree names below one document.
const SHOWN: usize = 12;

/// Writes the chain as an indented tree: a document with its place, then the words that name it; then what stands below it.
pub(super) fn write_tree(chain: &Chain, out: &mut impl Write) -> Result<(), Error> {
    let wording = Wording::read()?;
    let mut tree = Tree { wording: &wording, found: 0, missing: 0 };
    tree.add(&chain.root, "", out)?;
    let year = |year: Option<u16>| year.map_or_else(String::new, |year| year.to_string());
    let years = [("first", year(chain.years.0)), ("last", year(chain.years.1))];
    let region = [("region", chain.region.clone().unwrap_or_default())];
    writeln!(out)?;
    let of_years = match chain.years {
        (Some(_), Some(_)) => Some("years"),
        (Some(_), None) => Some("since"),
        (None, Some(_)) => Some("until"),
        (None, None) => None,
    };
    for (total, ending) in [("total", ""), ("total_en", "_en")] {
        let years = of_years.map(|name| wording.of_chain(&format!("{name}{ending}"), &years)).unwrap_or_default();
        let of = chain.region.as_ref().map(|_| wording.of_chain(&format!("of{ending}"), &region)).unwrap_or_default();
        let values = [
            ("found", tree.found.to_string()),
            ("missing", tree.missing.to_string()),
            ("reports", chain.reports.to_string()),
            ("years", years),
            ("of", of),
        ];
        writeln!(out, "{}", wording.of_chain(total, &values))?;
    }
    if has_more(&chain.root) {
        writeln!(out, "{} {}", wording.of_chain("all", &[]), wording.of_chain("all_en", &[]))?;
    }
    Ok(())
}

fn has_more(link: &Link) -> bool {
    link.none_found.len() > SHOWN || link.below.iter().any(has_more)
}

/// A tree that is being written, with how many documents and places without one it has so far.
struct Tree<'w> {
    wording: &'w Wording,
    found: usize,
    missing: usize,
}

impl Tree<'_> {
    /// Writes a document and all below it; each line begins with `indent`.
    fn add(&mut self, link: &Link, indent: &str, out: &mut impl Write) -> Result<(), Error> {
        let place = if link.place.is_empty() { String::new() } else { format!("{}  ", link.place) };
        let number = link.number.as_ref().map_or_else(String::new, |number| format!(" {number}"));
        let reports = ("reports", link.reports.to_string());
        let mut cited = match link.first_cited {
            Some(year) => self.wording.of_chain("cited", &[("year", year.to_string()), reports]),
            None => self.wording.of_chain("uncited", &[reports]),
        };
        if link.tie == Tie::SameSubject {
            cited.push_str(&self.wording.of_chain("same_subject", &[]));
        }
        writeln!(out, "{indent}{place}\u{300A}{}\u{300B}{number} ({cited})", link.title)?;
        if let Some(passage) = &link.passage {
            let url = passage.url.as_deref().unwrap_or_default();
            let words = format!("{} {} {}\u{2013}{} {url}", passage.quote, passage.title, passage.start, passage.end);
            writeln!(out, "{indent}      {}", words.trim_end())?;
        }
        let indent = format!("{indent}    ");
        for below in &link.below {
            self.found += 1;
            self.add(below, &indent, out)?;
        }
        self.missing += link.none_found.len();
        for missing in link.none_found.iter().take(SHOWN) {
            let years: Vec<String> = missing.years.iter().map(ToString::to_string).collect();
            let values = [
                ("place", missing.place.clone()),
                ("years", years.join("\u{3001}")),
                ("reports", missing.reports.to_string()),
            ];
            writeln!(out, "{indent}{}", self.wording.of_chain("missing", &values))?;
        }
        if link.none_found.len() > SHOWN {
            let count = [("count", (link.none_found.len() - SHOWN).to_string())];
            writeln!(out, "{indent}{}", self.wording.of_chain("more", &count))?;
        }
        Ok(())
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
