//! What stands at a place of a report? The characters with their context, the headings above, and what was read from them.

use oxigraph::model::NamedNode;
use rmcp::schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Library;
use super::report::{ReportInfo, slice};
use super::trouble::Trouble;
use crate::lexicon::Lexicon;
use crate::outline::outline;
use crate::query::{self, Answer, Bindings};
use crate::report::Span;
use crate::text::Text;
use oxigraph::model::Term;

/// Code points of a passage, at most.
const LONGEST: usize = 4_000;
/// Code points shown where no end is given.
const USUAL: usize = 1_500;
/// Code points of context before and after, and the most of them.
const CONTEXT: (usize, usize) = (200, 1_000);
/// Facts named with a passage.
const FACTS: usize = 40;

/// Which passage.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct Asked {
    report: String,
    start: Option<usize>,
    end: Option<usize>,
    context: Option<usize>,
}

/// A passage.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct Passage {
    report: ReportInfo,
    /// First code point of the text.
    start: usize,
    /// Code point behind the last.
    end: usize,
    /// Code points of the whole report.
    length: usize,
    /// The headings that the passage begins under, from the outermost.
    headings: Vec<String>,
    before: String,
    text: String,
    after: String,
    /// What each statement of the passage does: meta, heading, background, action, problem or plan.
    statements: Vec<Part>,
    /// Measures, problems, plans, citations, figures and findings that were read from it.
    facts: Vec<Fact>,
    /// How to read on.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Part {
    start: usize,
    end: usize,
    role: String,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Fact {
    iri: String,
    class: String,
    label: String,
    start: usize,
    end: usize,
}

/// Reads a passage.
pub(super) fn read(library: &Library, asked: &Asked) -> Result<Passage, Trouble> {
    let (report, place) = report_of(library, &asked.report)?;
    let text = text_of(library, &report)?;
    let length = text.chars().count();
    let start = asked.start.or(place.map(|place| place.start)).unwrap_or(0);
    let end = asked.end.or(place.filter(|_| asked.start.is_none()).map(|place| place.end));
    if start >= length && length > 0 {
        let message = format!("the report has {length} characters, and {start} is behind its end; begin at 0");
        return Err(Trouble::Missing(message));
    }
    if end.is_some_and(|end| end <= start) {
        return Err(Trouble::Missing(format!("the end of a passage is behind its start: give more than {start}")));
    }
    let end = end.unwrap_or(start + USUAL).min(start.saturating_add(LONGEST)).min(length);
    let context = asked.context.unwrap_or(CONTEXT.0).min(CONTEXT.1);
    let (headings, statements) = structure(&text, Span { start, end })?;
    Ok(Passage {
        report: ReportInfo::of(library, &report)?,
        headings,
        statements,
        facts: facts(library, &report, Span { start, end })?,
        before: slice(&text, start.saturating_sub(context), start),
        after: slice(&text, end, end + context),
        text: slice(&text, start, end),
        next: (end < length).then(|| format!("{start}-{end} of {length}; to read on call again with start={end}")),
        start,
        end,
        length,
    })
}

/// The report that is meant, and the place in it where one is named: `620524-2021#1204-1391`, or the IRI of a fact.
pub(super) fn report_of(library: &Library, name: &str) -> Result<(NamedNode, Option<Span>), Trouble> {
    let name = name.trim().trim_start_matches('<').trim_end_matches('>');
    let (report, place) = name.split_once('#').map_or((name, None), |(report, place)| (report, Some(place)));
    let report = report.strip_prefix("report/").unwrap_or(report);
    let found = library.store.find(report)?;
    let span = place.and_then(|place| {
        let digits = place.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let mut numbers = digits.split('-').map(str::parse::<usize>);
        Some(Span { start: numbers.next()?.ok()?, end: numbers.next()?.ok()? })
    });
    match (place, span) {
        (Some(place), None) => {
            let message = format!("`{place}` is no place in a report; write start and end, such as {report}#1204-1391");
            Err(Trouble::Missing(message))
        }
        _ => Ok((found, span)),
    }
}

/// The text of a report, in which positions count.
pub(super) fn text_of(library: &Library, report: &NamedNode) -> Result<String, Trouble> {
    let document = query::document(library.store.dataset(), report.as_ref())?;
    let missing = || Trouble::Missing(format!("<{}> has no text in the store", report.as_str()));
    document.map(|document| document.text).ok_or_else(missing)
}

/// The headings above the beginning of a span, and the statements in it with their roles.
fn structure(text: &str, span: Span) -> Result<(Vec<String>, Vec<Part>), Trouble> {
    let lexicon = Lexicon::shared()?;
    let printed = Text::new(text);
    let outline = outline(&printed, &lexicon.outline);
    let spans: Vec<Span> = outline.pieces.iter().map(|piece| printed.span(piece.range.clone())).collect();
    let inside: Vec<usize> =
        (0..spans.len()).filter(|at| spans[*at].start < span.end && spans[*at].end > span.start).collect();
    let mut headings = Vec::new();
    if let Some(first) = inside.first() {
        for node in outline.tree.path(outline.tree.node_of[*first]) {
            let head = outline.tree.nodes[node].pieces.start;
            if head < *first
                && let Some(found) = spans.get(head)
            {
                headings.push(slice(text, found.start, found.end));
            }
        }
    }
    let role =
        |at: usize| serde_json::to_value(outline.roles[at]).ok().and_then(|role| Some(role.as_str()?.to_owned()));
    let parts = inside.iter().map(|at| Part {
        start: spans[*at].start,
        end: spans[*at].end,
        role: role(*at).unwrap_or_default(),
    });
    Ok((headings, parts.collect()))
}

/// What was read from a span of a report.
fn facts(library: &Library, report: &NamedNode, span: Span) -> Result<Vec<Fact>, Trouble> {
    let text = format!(
        "SELECT DISTINCT ?fact ?class ?label ?start ?end WHERE {{
           ?fact dcterms:isPartOf+ {report} ; a ?class ; fz:start ?start ; fz:end ?end .
           FILTER (?start < {} && ?end > {})
           OPTIONAL {{ ?fact rdfs:label ?label }} }} ORDER BY ?start DESC(?end) ?class LIMIT {FACTS}",
        span.end, span.start
    );
    let Answer::Solutions(solutions) =
        query::run(library.store.dataset(), &text, &Bindings::default(), library.limits)?
    else {
        return Ok(Vec::new());
    };
    let word = |term: Option<Term>| match term {
        Some(Term::NamedNode(node)) => node.into_string(),
        Some(Term::Literal(literal)) => literal.destruct().0,
        _ => String::new(),
    };
    let facts = solutions.rows.into_iter().map(|row| {
        let mut row = row.into_iter();
        let mut next = || word(row.next().flatten());
        let (iri, class, label) = (next(), super::answer::short(&next()), next());
        Fact { iri, class, label, start: next().parse().unwrap_or(0), end: next().parse().unwrap_or(0) }
    });
    Ok(facts.collect())
}
