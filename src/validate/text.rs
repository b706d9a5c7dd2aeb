//! How is a report told to a person? Chinese first: which report, which node, what is wrong, the words, what to do.

use std::io::Write;

use oxigraph::model::Term;
use oxigraph::store::Store;

use super::context::Context;
use super::error::Error;
use super::name::short;
use super::report::{Report, Violation};
use super::wording::{Wording, plain};
use super::write::message;

/// Writes a report as lines for a person.
///
/// # Errors
/// When the store or `out` fails.
pub fn text(report: &Report, store: &Store, out: &mut impl Write) -> Result<(), Error> {
    let wording = Wording::own()?;
    let say = |local: &str, number: usize| {
        let said = wording.reasons(local, &number.to_string());
        let in_language = |language: &str| said.get(language).cloned().unwrap_or_default();
        format!("{} {}", in_language("zh"), in_language("en"))
    };
    if report.conforms() {
        writeln!(out, "{}", say("conforms", report.checked))?;
        return Ok(());
    }
    writeln!(out, "{}", say("ValidationReport", report.count()))?;
    for tally in &report.tallies {
        let path = tally.path.as_ref().map(|path| format!(" {path}")).unwrap_or_default();
        let component = short(&tally.component.clone().into()).replace("ConstraintComponent", "");
        writeln!(out, "{:>8}  {}{path} {component}", tally.count, short(&tally.shape))?;
    }
    for (number, violation) in report.violations.iter().enumerate() {
        writeln!(out)?;
        tell(number + 1, violation, &Context::of(store, &violation.focus)?, &wording, out)?;
    }
    writeln!(out)?;
    if report.left_off() > 0 {
        writeln!(out, "{}", say("result", report.left_off()))?;
    }
    for line in wording.reasons("remedy", "").into_values().rev() {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn tell(
    number: usize,
    violation: &Violation,
    context: &Context,
    wording: &Wording,
    out: &mut impl Write,
) -> Result<(), Error> {
    let iri = violation.severity.iri();
    let severity = wording.label(iri.as_str().rsplit('#').next().unwrap_or_default());
    let reason = |language: &str| violation.reasons.get(language).cloned().unwrap_or_default();
    let shape = match &violation.shape {
        Term::BlankNode(_) => String::new(),
        shape => format!(" {}", short(shape)),
    };
    writeln!(out, "{number}. [{severity}] {}{shape}", reason("zh"))?;
    let mut line = |name: &str, text: &str| {
        if text.is_empty() { Ok(()) } else { writeln!(out, "   {}  {text}", wording.label(name)) }
    };
    let own = message(violation, "zh");
    if own != reason("zh") {
        line("resultMessage", &own)?;
    }
    let english = message(violation, "en");
    line("resultMessage", &if english == reason("en") { english } else { format!("{english} ({})", reason("en")) })?;
    let named = |label: &Option<String>, id: &str| match label {
        Some(label) => format!("{label} {id}"),
        None => id.to_owned(),
    };
    if let Some(id) = context.identifier() {
        line("report", &named(&context.report_label, id))?;
    }
    line("focusNode", &named(&context.label, &plain(&violation.focus)))?;
    line("resultPath", &violation.path.as_ref().map(ToString::to_string).unwrap_or_default())?;
    line("value", &violation.value.as_ref().map(short).unwrap_or_default())?;
    line("passage", &context.passage.clone().unwrap_or_default())?;
    if let (Some(id), Some(start)) = (context.identifier(), &context.start) {
        line("origin", &format!("fazhi explain {id} {start}"))?;
    }
    Ok(())
}
