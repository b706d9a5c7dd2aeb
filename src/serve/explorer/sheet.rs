//! A question's answer as a workbook, for those who go on with a spreadsheet. Text is written as text, never as a formula.

use std::sync::Arc;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use oxigraph::model::Term;
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use tokio::task::spawn_blocking;

use super::table::number;
use crate::query::{self, Question, Solutions};
use crate::serve::problem::Problem;
use crate::serve::state::State;

/// What a workbook is called on the web.
const MEDIA: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Characters of a cell: Excel's limit, counted as it counts, in UTF-16.
const LONGEST: usize = 32_767;

/// The workbook as a file to keep, called after `name`.
pub(in crate::serve) async fn send(
    state: &Arc<State>,
    question: Option<&'static Question>,
    solutions: Arc<Solutions>,
    name: &str,
) -> Result<Response, Problem> {
    let turn = state.turn_to_send().await?;
    let made = spawn_blocking(move || {
        let _turn = turn;
        workbook(question, &solutions)
    });
    let bytes = made.await.map_err(|_| query::Error::BrokenOff)?;
    let bytes = bytes.map_err(|error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?;
    let name = format!("attachment; filename=\"{name}.xlsx\"");
    Ok(([(header::CONTENT_TYPE, MEDIA.to_owned()), (header::CONTENT_DISPOSITION, name)], bytes).into_response())
}

/// The bytes of the workbook: a line of headings that stays in sight and filters, then the rows.
fn workbook(question: Option<&Question>, solutions: &Solutions) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let bold = Format::new().set_bold();
    for (column, variable) in (0_u16..).zip(&solutions.variables) {
        let heading = question.and_then(|question| question.column(variable.as_str()));
        sheet.write_string_with_format(0, column, heading.map_or(variable.as_str(), |text| &text.zh), &bold)?;
    }
    for (row, terms) in (1_u32..).zip(&solutions.rows) {
        for (column, term) in (0_u16..).zip(terms) {
            let Some(term) = term else { continue };
            if let Some(number) = number(term) {
                sheet.write_number(row, column, number)?;
            } else {
                sheet.write_string(row, column, fitting(&text(term)))?;
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    let last = u16::try_from(solutions.variables.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let rows = u32::try_from(solutions.rows.len()).unwrap_or(u32::MAX);
    sheet.autofilter(0, 0, rows, last)?;
    workbook.save_to_buffer()
}

fn text(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::BlankNode(node) => node.to_string(),
        Term::Literal(literal) => literal.value().to_owned(),
    }
}

/// As much of a text as a cell holds, with a sign where that is not all.
fn fitting(text: &str) -> String {
    if text.len() <= LONGEST || text.encode_utf16().count() <= LONGEST {
        return text.to_owned();
    }
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units < LONGEST
    };
    text.chars().take_while(fits).chain(['\u{2026}']).collect()
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_no_cell_holds_ends_with_a_sign() {
        assert_eq!(fitting("短"), "短");
        let cut = fitting(&"长".repeat(40_000));
        assert_eq!(cut.encode_utf16().count(), LONGEST);
        assert!(cut.ends_with('…'));
    }
}
