//! What should a reader of a region's reports be warned of? The sheets of an audit, and its findings page by page.

use std::sync::{Arc, Mutex, PoisonError};

use rmcp::schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Library;
use super::answer::{Extent, Page, cut};
use super::report::slice;
use super::trouble::Trouble;
use crate::audit::{self, Cross, Filter, Listed, Quoted, Share, Sheet, list, sheets};
use crate::describe::Base;
use crate::lexicon::Lexicon;
use crate::store::Derived;

/// Findings of a page unless told otherwise, and the most.
const FINDINGS: (usize, usize) = (15, 100);
/// Places told at most: a province has many.
const PLACES: usize = 20;
/// Other reports told at most that share passages with those of a place.
const SHARED: usize = 5;
/// Characters of a passage; the whole can be read with the positions.
const QUOTE: usize = 240;

/// Whose reports, and which findings.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct Asked {
    region: String,
    year: Option<u16>,
    rule: Option<String>,
    limit: Option<usize>,
    offset: Option<usize>,
}

/// What is found.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct Audited {
    /// Who reports from the region and what is within it.
    places: Vec<Place>,
    /// How many places there are.
    places_total: usize,
    /// The findings of the page.
    findings: Vec<Finding>,
    #[serde(flatten)]
    extent: Extent,
    /// What is to be known of the audit.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Place {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    above: Vec<String>,
    reports: Vec<Told>,
    /// Fields in which no report of the place tells a measure.
    fields_without_measures: Vec<String>,
    /// Number of findings by rule group.
    findings: Vec<Count>,
    /// Other reports that have passages of this place's, the most first.
    shares_text_with: Vec<Shared>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Told {
    id: String,
    title: String,
    year: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    measures: usize,
    problems: usize,
    plans: usize,
    figures: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Count {
    zh: String,
    en: String,
    findings: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Shared {
    year: Option<u16>,
    with: String,
    with_title: String,
    passages: usize,
    /// Share of this place's report, from 0 to 1.
    share: f64,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Finding {
    iri: String,
    rule: String,
    zh: String,
    en: String,
    place: String,
    year: Option<u16>,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    doubt: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    passage: Option<Quote>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    others: Vec<Quote>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Quote {
    /// Report and positions, as `read_passage` takes them.
    at: String,
    title: String,
    year: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// The words that the finding is about, where `text` has others around them.
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<String>,
    text: String,
}

/// The findings between reports as they were read last: the same for every region.
#[derive(Default)]
pub(super) struct Kept(Mutex<Option<(String, Arc<Cross>)>>);

impl Kept {
    fn cross(&self, library: &Library, base: &Base) -> Result<Arc<Cross>, Trouble> {
        let state = library.store.state()?;
        let held = |kept: &Option<(String, Arc<Cross>)>| {
            kept.as_ref().filter(|(known, _)| *known == state).map(|(_, cross)| Arc::clone(cross))
        };
        if let Some(cross) = held(&self.0.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(cross);
        }
        let cross = Arc::new(audit::recorded(&library.store, base, library.limits)?);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((state, Arc::clone(&cross)));
        Ok(cross)
    }
}

/// Audits a region.
pub(super) fn audit(library: &Library, asked: &Asked) -> Result<Audited, Trouble> {
    let lexicon = Lexicon::shared()?;
    let store = library.store.dataset();
    let base = Base::new(library.store.base()).map_err(|error| Trouble::Missing(error.to_string()))?;
    let mut filter = Filter { year: asked.year, ..Filter::default() }.within(store, &asked.region, library.limits)?;
    if let Some(rule) = asked.rule.as_deref().filter(|rule| !rule.trim().is_empty()) {
        filter = filter.with_rule(rule)?;
    }
    let cross = library.audit.cross(library, &base)?;
    let order: Vec<String> = lexicon.audit.groups.iter().flat_map(|group| group.rules.iter().cloned()).collect();
    let found = list(store, &base, &cross, &filter, &order, library.limits)?;
    let sheets = sheets(store, &cross.reports, &found, &filter, lexicon, library.limits)?;
    let places_total = sheets.len();
    let page = Page::new(asked.offset, asked.limit, FINDINGS.0, FINDINGS.1);
    let told: Vec<Finding> = found.into_iter().map(finding).collect();
    let (findings, extent) = page.of(told, Finding::length);
    // Whoever reads on has the places already.
    let places = if extent.offset == 0 { sheets.into_iter().take(PLACES).map(place).collect() } else { Vec::new() };
    let note = match audit::state(&library.store, &base)? {
        Derived::Current => None,
        Derived::Missing => Some(
            "findings between reports are not in the store: `fazhi audit` has not been run; those within reports are told",
        ),
        Derived::Outdated => {
            Some("the findings between reports are older than the reports or the program; `fazhi audit` renews them")
        }
    };
    Ok(Audited { places, places_total, findings, extent, note: note.map(str::to_owned) })
}

fn place(sheet: Sheet) -> Place {
    let told = sheet.reports.into_iter().map(|found| Told {
        id: found.report.id,
        title: found.report.title,
        year: found.report.year,
        published: found.report.published,
        url: found.report.url,
        measures: found.measures,
        problems: found.problems,
        plans: found.plans,
        figures: found.figures,
    });
    let uncovered = sheet.fields.into_iter().filter(|field| field.measures.iter().all(|measures| *measures == 0));
    let counts = sheet.lines.into_iter().filter(|line| !line.findings.is_empty());
    Place {
        name: sheet.place,
        code: sheet.code,
        above: sheet.above,
        reports: told.collect(),
        fields_without_measures: uncovered.map(|field| field.label.zh).collect(),
        findings: counts
            .map(|line| Count { findings: line.findings.len(), zh: line.label.zh, en: line.label.en })
            .collect(),
        shares_text_with: sheet.shared_with.into_iter().take(SHARED).map(shared).collect(),
    }
}

fn shared(share: Share) -> Shared {
    Shared {
        year: share.year,
        with: share.other.id,
        with_title: share.other.title,
        passages: share.passages,
        share: (share.share * 1000.0).round() / 1000.0,
    }
}

fn finding(found: Listed) -> Finding {
    Finding {
        iri: found.iri,
        rule: found.rule,
        zh: found.label.zh,
        en: found.label.en,
        place: found.place,
        year: found.year,
        message: found.message,
        score: found.score,
        doubt: found.doubt.map(|doubt| format!("{} / {}", doubt.zh, doubt.en)),
        passage: found.passage.map(quote),
        others: found.others.into_iter().take(SHARED).map(quote).collect(),
    }
}

fn quote(quoted: Quoted) -> Quote {
    let words = (quoted.from < quoted.span.start)
        .then(|| slice(&quoted.text, quoted.span.start - quoted.from, quoted.span.end.saturating_sub(quoted.from)));
    Quote {
        words,
        at: format!("{}#{}-{}", quoted.report.id, quoted.span.start, quoted.span.end),
        title: quoted.report.title,
        year: quoted.report.year,
        url: quoted.report.url,
        text: cut(&quoted.text, QUOTE).0,
    }
}

impl Finding {
    /// About how many characters it takes.
    fn length(&self) -> usize {
        let quotes = self.passage.iter().chain(&self.others);
        200 + self.message.chars().count() + quotes.map(|quote| 120 + quote.text.chars().count()).sum::<usize>()
    }
}
