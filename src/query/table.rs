//! An answer as a table for a terminal, aligned for characters of double width.

use std::borrow::Cow;
use std::io::Write;

use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{Cell, CellAlignment, ContentArrangement, LineStyle, Table};
use oxigraph::model::vocab::rdfs;
use oxigraph::model::{NamedNodeRef, Term, TermRef};
use oxigraph::store::Store;

use super::answer::Answer;
use super::error::Error;
use super::graphs::REPORTED;
use super::names::PREF_LABEL;
use super::order::number;
use super::question::Question;
use super::records;
use crate::describe::Base;
use crate::vocab::{CONCEPTS, PREFIXES};

/// Below this width nothing can be set legibly.
const NARROWEST: u16 = 20;

/// Space and line around a column's content.
const PADDING: usize = 3;

/// How a table is set.
#[derive(Clone)]
pub struct Style<'a> {
    width: u16,
    longest: Option<usize>,
    labels: Option<&'a Store>,
    question: Option<&'a Question>,
    base: &'a str,
}

impl<'a> Style<'a> {
    /// A table of at most `width` columns of the terminal, in which a cell shows at most 120 characters. With a
    /// store, an IRI is followed by the label that it has there.
    #[must_use]
    pub const fn new(width: u16, labels: Option<&'a Store>) -> Self {
        Self { width, longest: Some(120), labels, question: None, base: Base::DEFAULT }
    }

    /// Heads the columns with what the question says of them, in Chinese. A question of the catalogue asks for labels
    /// itself, so its IRIs are left alone.
    #[must_use]
    pub fn headed_by(mut self, question: &'a Question) -> Self {
        self.question = Some(question);
        if question.title().is_some() {
            self.labels = None;
        }
        self
    }

    /// Leaves out the base of the graph's own IRIs where it is not [`Base::DEFAULT`].
    #[must_use]
    pub const fn based_on(mut self, base: &'a str) -> Self {
        self.base = base;
        self
    }

    /// Cells of any length.
    #[must_use]
    pub const fn whole(mut self) -> Self {
        self.longest = None;
        self
    }

    fn cell(&self, term: Option<&Term>) -> Result<Shown, Error> {
        let Some(term) = term else { return Ok(Shown { text: String::new(), number: false }) };
        let text = match term {
            Term::Literal(literal) => Cow::Borrowed(literal.value()),
            Term::NamedNode(node) => {
                let short = self.shorten(node.as_str());
                match self.label(node.as_ref())? {
                    Some(label) if !short.contains(&label) => Cow::Owned(format!("{label} {short}")),
                    _ => short,
                }
            }
            Term::BlankNode(node) => Cow::Owned(node.to_string()),
        };
        Ok(Shown { text: self.cut(&text).into_owned(), number: number(term).is_some() })
    }

    fn cut<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.longest.and_then(|longest| text.char_indices().nth(longest)) {
            Some((end, _)) => Cow::Owned(format!("{}\u{2026}", &text[..end])),
            None => Cow::Borrowed(text),
        }
    }

    /// A term of a vocabulary with its prefix, a thing of the graph by what follows the base, another address in full.
    fn shorten<'t>(&self, iri: &'t str) -> Cow<'t, str> {
        if let Some(local) = iri.strip_prefix(self.base) {
            return Cow::Borrowed(local);
        }
        if let Some(local) = iri.strip_prefix(CONCEPTS) {
            return Cow::Owned(format!("concept/{local}"));
        }
        match PREFIXES.iter().find_map(|(prefix, namespace)| Some((prefix, iri.strip_prefix(namespace)?))) {
            Some((prefix, local)) => Cow::Owned(format!("{prefix}:{local}")),
            None => Cow::Borrowed(iri),
        }
    }

    /// The Chinese label of a thing of ours; terms of the vocabularies speak for themselves.
    fn label(&self, node: NamedNodeRef<'_>) -> Result<Option<String>, Error> {
        let Some(store) = self.labels else { return Ok(None) };
        if PREFIXES.iter().any(|(_, iri)| node.as_str().starts_with(iri)) {
            return Ok(None);
        }
        let mut found: Option<(bool, String)> = None;
        for property in [rdfs::LABEL, PREF_LABEL] {
            for quad in store.quads_for_pattern(Some(node.into()), Some(property), None, REPORTED) {
                if let TermRef::Literal(literal) = quad?.object.as_ref() {
                    let chinese = literal.language() == Some("zh");
                    let better = found
                        .as_ref()
                        .is_none_or(|(is_chinese, label)| (chinese, literal.value()) > (*is_chinese, label.as_str()));
                    if better {
                        found = Some((chinese, literal.value().to_owned()));
                    }
                }
            }
        }
        Ok(found.map(|(_, label)| label))
    }
}

/// Writes the answer as a table with a closing line that counts its rows.
pub(super) fn write(answer: &Answer, style: &Style<'_>, out: &mut impl Write) -> Result<(), Error> {
    let head =
        |name: &str| style.question.and_then(|question| question.column(name)).map_or(name, |text| &text.zh).to_owned();
    let (header, cells): (Vec<String>, Vec<Result<Vec<Shown>, Error>>) = match answer {
        Answer::Boolean(value) => {
            writeln!(out, "{value}")?;
            return Ok(());
        }
        Answer::Solutions(solutions) => (
            solutions.variables.iter().map(|variable| head(variable.as_str())).collect(),
            solutions.rows.iter().map(|row| row.iter().map(|term| style.cell(term.as_ref())).collect()).collect(),
        ),
        Answer::Graph(triples) => (
            ["subject", "predicate", "object"].map(str::to_owned).to_vec(),
            triples
                .iter()
                .map(|triple| {
                    [triple.subject.clone().into(), triple.predicate.clone().into(), triple.object.clone()]
                        .iter()
                        .map(|term| style.cell(Some(term)))
                        .collect()
                })
                .collect(),
        ),
    };
    let rows: Vec<Vec<Shown>> = Vec::into_iter(cells).collect::<Result<_, Error>>()?;
    // A column without any value would only make the others narrower.
    let filled: Vec<usize> =
        (0..header.len()).filter(|at| rows.is_empty() || rows.iter().any(|row| !row[*at].text.is_empty())).collect();
    if records::are_better(&header, &rows, &filled, style.width) {
        records::write(&header, &rows, style.width, out)?;
    } else {
        let cells = rows.iter().map(|row| filled.iter().map(|at| row[*at].cell()).collect()).collect();
        write_cells(filled.iter().map(|at| header[*at].clone()).collect(), cells, style.width, out)?;
    }
    let empty: Vec<&str> = (0..header.len()).filter(|at| !filled.contains(at)).map(|at| header[at].as_str()).collect();
    let left_out = if empty.is_empty() { String::new() } else { format!("; without a value: {}", empty.join(", ")) };
    match rows.len() {
        1 => writeln!(out, "1 row{left_out}")?,
        count => writeln!(out, "{count} rows{left_out}")?,
    }
    Ok(())
}

/// What a cell shows.
pub(super) struct Shown {
    pub(super) text: String,
    number: bool,
}

impl Shown {
    fn cell(&self) -> Cell {
        let cell = Cell::new(&self.text);
        if self.number { cell.set_alignment(CellAlignment::Right) } else { cell }
    }
}

/// Writes ready cells as a table of at most `width` columns.
pub(crate) fn write_cells(
    header: Vec<String>,
    rows: Vec<Vec<Cell>>,
    width: u16,
    out: &mut impl Write,
) -> std::io::Result<()> {
    let mut table = Table::new();
    table.force_no_tty().set_width(width.max(NARROWEST)).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(header).add_rows(rows);
    // Lines between the rows help where cells are wrapped, and only there.
    let natural: usize = table.column_max_content_widths().iter().map(|column| usize::from(*column) + PADDING).sum();
    let style = if natural > usize::from(width) {
        UTF8_HORIZONTAL_ONLY
    } else {
        UTF8_HORIZONTAL_ONLY.row_separator(LineStyle::none())
    };
    table.load_style(style);
    for line in table.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}
