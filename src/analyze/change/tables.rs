//! A change for a terminal and for a spreadsheet.

use std::io::Write;

use comfy_table::Cell;

use super::{Change, Scope, Told, Trend, Value};
use crate::analyze::passage::Passage;
use crate::analyze::wording::Wording;
use crate::analyze::{Error, csv_error};
use crate::query::write_cells;

/// How many rows of a part a table shows; the other formats have them all.
const SHOWN: usize = 30;
/// How many characters of a passage it shows.
const EXCERPT: usize = 50;

/// Writes a table a part.
pub(super) fn write_tables(change: &Change, width: u16, out: &mut impl Write) -> Result<(), Error> {
    let wording = Wording::read()?;
    let (from, to) = (change.from.to_string(), change.to.to_string());
    let count = [("count", change.reporters.len().to_string())];
    let (whose, whose_en) = match change.scope {
        Scope::Own => ("own", "own_en"),
        Scope::Within => ("within", "within_en"),
    };
    let (whose, whose_en) = (wording.of_change(whose, &count), wording.of_change(whose_en, &count));
    writeln!(out, "{} {from} \u{2192} {to}: {whose} {whose_en}", change.region)?;
    for (names, year) in [(&change.only_before, &from), (&change.only_after, &to)] {
        if !names.is_empty() {
            let values = [("year", year.clone()), ("names", some_of(names, &wording))];
            writeln!(out, "{}", wording.of_change("left_out", &values))?;
        }
    }
    let mut parts = Parts { wording, width, out };
    parts.documents(change, &from, &to)?;
    parts.fields(change, &from, &to)?;
    parts.indicators(change, &from, &to)?;
    parts.problems(change, &from, &to)?;
    parts.plans(change, &from, &to)
}

/// The parts of a change, as they are written one after the other.
struct Parts<'o, W> {
    wording: Wording,
    width: u16,
    out: &'o mut W,
}

impl<W: Write> Parts<'_, W> {
    fn documents(&mut self, change: &Change, from: &str, to: &str) -> Result<(), Error> {
        let stayed = change.documents.iter().filter(|document| document.trend == Trend::Stayed).count();
        let moved = change.documents.iter().filter(|document| document.trend != Trend::Stayed);
        let rows = moved.map(|document| {
            let cells = vec![
                self.trend(document.trend),
                document.title.clone(),
                document.before.to_string(),
                document.after.to_string(),
            ];
            with_source(cells, &document.passage)
        });
        let rows = rows.collect();
        self.part("documents", &[("stayed", stayed.to_string())], &["", &self.word("document"), from, to], rows)
    }

    fn fields(&mut self, change: &Change, from: &str, to: &str) -> Result<(), Error> {
        let rows = change.fields.iter().map(|field| {
            let cells =
                vec![self.trend(field.trend), field.label.clone(), field.before.to_string(), field.after.to_string()];
            with_source(cells, &field.passage)
        });
        let rows = rows.collect();
        self.part("fields", &[], &["", &self.word("field"), from, to], rows)
    }

    fn indicators(&mut self, change: &Change, from: &str, to: &str) -> Result<(), Error> {
        let rows = change.indicators.iter().map(|indicator| {
            let difference = indicator.difference.map_or_else(String::new, signed);
            let cells = vec![
                indicator.place.clone(),
                indicator.label.clone(),
                values(&indicator.before),
                values(&indicator.after),
                difference,
            ];
            let first = indicator.after.first().or(indicator.before.first());
            with_source(cells, &first.map(|value| value.passage.clone()).unwrap_or_default())
        });
        let rows = rows.collect();
        let head = [&*self.word("place"), &*self.word("indicator"), from, to, &*self.word("difference")];
        self.part("indicators", &[], &head, rows)
    }

    fn problems(&mut self, change: &Change, from: &str, to: &str) -> Result<(), Error> {
        let rows = change.problems.iter().map(|problem| {
            let cells = vec![
                problem.place.clone(),
                self.trend(problem.trend),
                name(problem.before.as_ref()),
                name(problem.after.as_ref()),
                share(problem.similarity),
            ];
            let told = problem.after.as_ref().or(problem.before.as_ref());
            with_source(cells, &told.map(|told| told.passage.clone()).unwrap_or_default())
        });
        let rows = rows.collect();
        self.part("problems", &[], &[&*self.word("place"), "", from, to, &*self.word("alike")], rows)
    }

    fn plans(&mut self, change: &Change, from: &str, to: &str) -> Result<(), Error> {
        let rows = change.plans.iter().map(|plan| {
            let cells =
                vec![plan.place.clone(), plan.plan.name.clone(), name(plan.measure.as_ref()), share(plan.similarity)];
            let told = plan.measure.as_ref().unwrap_or(&plan.plan);
            with_source(cells, &told.passage)
        });
        let rows = rows.collect();
        let plan = self.wording.of_change("plan", &[("year", from.to_owned())]);
        let measure = self.wording.of_change("measure", &[("year", to.to_owned())]);
        self.part("plans", &[], &[&*self.word("place"), &plan, &measure, &*self.word("covered")], rows)
    }

    /// Writes a part that has rows under its title.
    fn part(
        &mut self,
        title: &str,
        of_title: &[(&str, String)],
        head: &[&str],
        rows: Vec<Vec<String>>,
    ) -> Result<(), Error> {
        let title_en = self.wording.of_change(&format!("{title}_en"), of_title);
        writeln!(self.out, "\n{} {title_en}", self.wording.of_change(title, of_title))?;
        let count = rows.len();
        let rows = rows.into_iter().take(SHOWN).map(|row| row.into_iter().map(Cell::new).collect()).collect();
        let head = head.iter().map(|&heading| heading.to_owned()).chain([self.word("passage")]).collect();
        write_cells(head, rows, self.width, self.out)?;
        if count > SHOWN {
            let values = [("count", count.to_string()), ("shown", SHOWN.to_string())];
            writeln!(self.out, "{}", self.wording.of_change("more_rows", &values))?;
        }
        Ok(())
    }

    fn trend(&self, trend: Trend) -> String {
        self.word(&trend.to_string())
    }

    fn word(&self, name: &str) -> String {
        self.wording.of_change(name, &[])
    }
}

fn name(told: Option<&Told>) -> String {
    told.map_or_else(String::new, |told| told.name.clone())
}

fn with_source(mut cells: Vec<String>, passage: &Passage) -> Vec<String> {
    let mut quote: String = passage.quote.chars().take(EXCERPT).collect();
    if passage.quote.chars().count() > EXCERPT {
        quote.push('\u{2026}');
    }
    if !passage.report.is_empty() {
        quote = format!("{quote} ({} {}\u{2013}{})", passage.title, passage.start, passage.end);
    }
    cells.push(quote);
    cells
}

fn some_of(names: &[String], wording: &Wording) -> String {
    let shown: Vec<&str> = names.iter().take(SHOWN).map(String::as_str).collect();
    let mut listed = shown.join("\u{3001}");
    if names.len() > SHOWN {
        listed.push_str(&wording.of_change("more_names", &[("count", names.len().to_string())]));
    }
    listed
}

fn values(values: &[Value]) -> String {
    let said = values.iter().map(|value| {
        let about = if value.approximate { "\u{2248}" } else { "" };
        format!("{about}{}{}", value.value, value.unit)
    });
    said.collect::<Vec<String>>().join("; ")
}

fn signed(difference: f64) -> String {
    if difference > 0.0 { format!("+{difference}") } else { difference.to_string() }
}

fn share(similarity: f64) -> String {
    if similarity > 0.0 { format!("{similarity:.2}") } else { String::new() }
}

const COLUMNS: [&str; 18] = [
    "part",
    "place",
    "trend",
    "name",
    "before",
    "after",
    "difference",
    "similarity",
    "quote_before",
    "report_before",
    "start_before",
    "end_before",
    "url_before",
    "quote_after",
    "report_after",
    "start_after",
    "end_after",
    "url_after",
];

/// Writes a row for every document, field, indicator, problem and plan.
pub(super) fn write_csv(change: &Change, out: &mut impl Write) -> Result<(), Error> {
    let mut sheet = Sheet { writer: csv::Writer::from_writer(out) };
    sheet.writer.write_record(COLUMNS).map_err(csv_error)?;
    let one = |passage: &Passage, is_after: bool| {
        if is_after { (None, Some(passage.clone())) } else { (Some(passage.clone()), None) }
    };
    for document in &change.documents {
        let sources = one(&document.passage, document.after > 0);
        let (before, after) = (document.before.to_string(), document.after.to_string());
        let trend = document.trend.to_string();
        sheet.row(["document", &change.region, &trend, &document.title, &before, &after, "", ""], &sources)?;
    }
    for field in &change.fields {
        let sources = one(&field.passage, field.after > 0);
        let (before, after) = (field.before.to_string(), field.after.to_string());
        let trend = field.trend.to_string();
        sheet.row(["field", &change.region, &trend, &field.label, &before, &after, "", ""], &sources)?;
    }
    for indicator in &change.indicators {
        let first = |values: &[Value]| values.first().map(|value| value.passage.clone());
        let difference = indicator.difference.map_or_else(String::new, |difference| difference.to_string());
        let cells = [
            "indicator",
            &indicator.place,
            "",
            &indicator.label,
            &values(&indicator.before),
            &values(&indicator.after),
            &difference,
            "",
        ];
        sheet.row(cells, &(first(&indicator.before), first(&indicator.after)))?;
    }
    let passage = |told: &Option<Told>| told.as_ref().map(|told| told.passage.clone());
    let name = |told: &Option<Told>| told.as_ref().map_or_else(String::new, |told| told.name.clone());
    for problem in &change.problems {
        let (before, after) = (name(&problem.before), name(&problem.after));
        let title = if after.is_empty() { &before } else { &after };
        let trend = problem.trend.to_string();
        let cells = ["problem", &problem.place, &trend, title, &before, &after, "", &share(problem.similarity)];
        sheet.row(cells, &(passage(&problem.before), passage(&problem.after)))?;
    }
    for plan in &change.plans {
        let measure = name(&plan.measure);
        let trend = if plan.measure.is_some() { "followed" } else { "not_found" };
        let cells =
            ["plan", &plan.place, trend, &plan.plan.name, &plan.plan.name, &measure, "", &share(plan.similarity)];
        sheet.row(cells, &(Some(plan.plan.passage.clone()), passage(&plan.measure)))?;
    }
    sheet.writer.flush()?;
    Ok(())
}

struct Sheet<W: Write> {
    writer: csv::Writer<W>,
}

impl<W: Write> Sheet<W> {
    fn row(&mut self, cells: [&str; 8], (before, after): &(Option<Passage>, Option<Passage>)) -> Result<(), Error> {
        let mut row: Vec<String> = cells.map(str::to_owned).to_vec();
        for passage in [before, after] {
            let source = passage.as_ref().map(|passage| {
                let url = passage.url.clone().unwrap_or_default();
                [passage.quote.clone(), passage.title.clone(), passage.start.to_string(), passage.end.to_string(), url]
            });
            row.extend(source.unwrap_or_default());
        }
        self.writer.write_record(row).map_err(csv_error)
    }
}
