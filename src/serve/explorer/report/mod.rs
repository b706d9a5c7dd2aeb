//! What does a report say, and where? The page on which a report is read: its text with all that was read in it marked, each
//! mark one click from its evidence; its outline, its findings, and the reports before and after it.

mod content;
mod evidence;
mod findings;
mod head;
mod headings;
mod text;
mod wish;

use std::sync::Arc;

use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use minijinja::context;
use oxigraph::model::vocab::rdfs;
use oxigraph::model::{NamedNode, NamedNodeRef};
use tokio::task::spawn_blocking;

pub(super) use self::evidence::labels;
pub(super) use self::findings::audited;

use self::content::{Content, Kind};
use self::text::paragraphs_of;
use self::wish::{LAYERS, Wish};
use super::{link, series, view};
use crate::lexicon::Lexicon;
use crate::query;
use crate::serve::problem::Problem;
use crate::serve::state::State;
use crate::vocab::property;

/// The page of the report with this IRI.
pub(super) async fn page(state: &Arc<State>, report: &NamedNode, query: &str) -> Result<Response, Problem> {
    let wish = Wish::new(query);
    if wish.format == "text" {
        return plain(state, report).await;
    }
    let turn = state.turn().await?;
    let task = {
        let (state, report) = (Arc::clone(state), report.clone());
        move || {
            let _turn = turn;
            read(&state, report.as_ref(), &wish)
        }
    };
    let read = spawn_blocking(task).await.map_err(|_| query::Error::BrokenOff)??;
    let series = series::of(state, report.as_str()).await?;
    let context = context! { series => view::value(&series), ..read };
    view::page("report.html", "regions", &context)
}

/// A fact of a report is told of on the report's page.
pub(super) fn fact(state: &State, fact: &NamedNode) -> Option<Response> {
    let (report, place) = fact.as_str().split_once('#')?;
    let page = link::to(state.store.base(), report);
    let span = content::span(place)?;
    let (from, to) = (span.start.to_string(), span.end.to_string());
    let is_unit = place.starts_with('u');
    let passage = [("from", from.as_str()), ("to", to.as_str())];
    let passage = passage.into_iter().filter(|_| is_unit);
    let address = link::with_parameters(&page, passage.chain([("fact", place)]));
    Some(Redirect::temporary(&format!("{address}#evidence")).into_response())
}

/// The text alone.
async fn plain(state: &Arc<State>, report: &NamedNode) -> Result<Response, Problem> {
    let (state, report) = (Arc::clone(state), report.clone());
    let task = move || state.store.values(report.as_ref(), property::TEXT);
    let values = spawn_blocking(task).await.map_err(|_| query::Error::BrokenOff)??;
    let text = values.first().map(content::text).unwrap_or_default().to_owned();
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}

/// What the template knows of a report, but for the reports around it.
fn read(state: &State, report: NamedNodeRef<'_>, wish: &Wish) -> Result<minijinja::Value, Problem> {
    let iri = report.as_str();
    let base = state.store.base();
    let content = Content::new(iri, state.store.report(report)?);
    let mut headings = headings::headings(&content.text, Lexicon::shared()?);
    let mut paragraphs = paragraphs_of(&content, &headings, wish, base);
    for heading in &mut headings {
        let at = paragraphs.partition_point(|paragraph| paragraph.span.start <= heading.at);
        heading.href = at.checked_sub(1).map_or_else(String::new, |at| format!("#{}", paragraphs[at].id));
    }
    let mut unknown = false;
    if let Some(place) = &wish.fact {
        match content.fact(place) {
            Some(fact) => {
                let told = evidence::evidence(state, report, &content, fact, wish)?;
                let at = paragraphs.partition_point(|paragraph| paragraph.span.start <= fact.span.start);
                if let Some(paragraph) = paragraphs.get_mut(at.saturating_sub(1)) {
                    paragraph.evidence = Some(told);
                }
            }
            None => unknown = true,
        }
    }
    let count = |kinds: &[Kind]| content.facts().filter(|fact| kinds.contains(&fact.kind)).count();
    let counts = context! {
        units => content.units.len(),
        measures => count(&[Kind::Measure]),
        problems => count(&[Kind::Problem]),
        plans => count(&[Kind::Plan]),
        citations => count(&[Kind::Citation]),
        bodies => count(&[Kind::Body]),
        figures => count(&[Kind::Figure]),
        findings => content.findings.len(),
        characters => content.text.chars().count(),
    };
    let shown: Vec<&str> = LAYERS.into_iter().filter(|layer| wish.shows(layer)).collect();
    let findings = findings::of(state, report, &content)?;
    let title = content.value(rdfs::LABEL).unwrap_or(iri).to_owned();
    let passage = wish.passage.map(|span| context! { start => span.start, end => span.end });
    Ok(context! {
        title, iri, counts, unknown, passage,
        head => view::value(&head::head(state, &content)?),
        headings => view::value(&headings),
        paragraphs => view::value(&paragraphs),
        layers => LAYERS,
        shown,
        fact => wish.fact.clone(),
        findings => view::value(&findings),
        here => link::to(base, iri),
        data => link::with_parameters("/resource", [("iri", iri)]),
        tables => link::with_parameters("", [("report", iri)]),
    })
}
