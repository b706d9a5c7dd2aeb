//! What is called so, and where is it said? Names and passages by full text search.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use oxigraph::model::{NamedNode, Term};
use rmcp::schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Library;
use super::trouble::Trouble;
use crate::query::{ParameterType, resolve};
use crate::search::{self, Hit, Index, Wanted};
use crate::store::Store;

/// Results of a kind unless told otherwise, and the most.
const RESULTS: (usize, usize) = (5, 30);

/// How long a search waits for an index that is being made: whoever waits keeps the turn of a query.
const PATIENCE: Duration = Duration::from_secs(8);

/// Provinces and fields that are told with their counts.
const SHARES: usize = 5;

/// The same as [`search::Kind`], for the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(crate = "rmcp::schemars")]
enum Kind {
    Region,
    Document,
    Body,
    Field,
    Indicator,
    Report,
    Measure,
    Problem,
    Plan,
}

impl From<Kind> for search::Kind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Region => Self::Region,
            Kind::Document => Self::Document,
            Kind::Body => Self::Body,
            Kind::Field => Self::Field,
            Kind::Indicator => Self::Indicator,
            Kind::Report => Self::Report,
            Kind::Measure => Self::Measure,
            Kind::Problem => Self::Problem,
            Kind::Plan => Self::Plan,
        }
    }
}

/// What is looked for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct Asked {
    text: String,
    #[serde(default)]
    kinds: Vec<Kind>,
    region: Option<String>,
    year: Option<u16>,
    limit: Option<usize>,
    offset: Option<usize>,
}

/// What was found.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct Listing {
    /// The best of each kind; what bears the words as its name comes first.
    results: Vec<Found>,
    /// How many there are of each kind.
    totals: BTreeMap<String, usize>,
    /// How many there are by year.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    years: BTreeMap<u16, usize>,
    /// How many there are in the provinces that have most.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    provinces: Vec<Share>,
    /// How many there are in the fields that have most.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<Share>,
    /// How to have the next.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    /// What is to be known of the results.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Share {
    name: String,
    iri: String,
    count: usize,
}

/// A thing that was found.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Found {
    kind: String,
    iri: String,
    name: String,
    /// Code of a region, number of a document.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    /// Names of the regions that it belongs to, from the province down.
    #[serde(skip_serializing_if = "String::is_empty")]
    place: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<u16>,
    /// Of a passage, report and positions, as `read_passage` takes them.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    /// Of a passage, the part that says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    passage: Option<String>,
}

/// Looks for names and passages.
pub(super) fn search(library: &Library, asked: &Asked) -> Result<Listing, Trouble> {
    if asked.text.trim().is_empty() {
        return Err(Trouble::Missing("there is nothing to look for; give a name, a code or words".to_owned()));
    }
    let within = match asked.region.as_deref().filter(|region| !region.trim().is_empty()) {
        Some(region) => match resolve(library.store.dataset(), ParameterType::Region, "region", region.trim())? {
            Term::NamedNode(node) => Some(node),
            _ => None,
        },
        None => None,
    };
    let skip = asked.offset.unwrap_or(0);
    let most = asked.limit.unwrap_or(RESULTS.0).clamp(1, RESULTS.1);
    let kinds: Vec<search::Kind> = asked.kinds.iter().copied().map(Into::into).collect();
    let wanted = Wanted { words: asked.text.clone(), kinds, within, year: asked.year, field: None, most, skip };
    let index = library.searching.index(&library.store)?;
    Ok(told(index.ask(&library.store, &wanted)?, skip))
}

fn told(found: search::Found, skip: usize) -> Listing {
    let more: Vec<String> = found
        .groups
        .iter()
        .filter(|group| skip + group.hits.len() < group.total && !group.hits.is_empty())
        .map(|group| format!("{}: {} of {}", group.kind, skip + group.hits.len(), group.total))
        .collect();
    let next = found.groups.iter().map(|group| group.hits.len()).max().map(|most| skip + most);
    let next = next.filter(|_| !more.is_empty()).map(|next| {
        format!(
            "{}; for more of a kind call again with `kinds` of it alone, a larger limit or offset={next}",
            more.join(", ")
        )
    });
    let note = if found.groups.is_empty() {
        let near: Vec<&str> = found.near.iter().map(|hit| hit.name.text.as_str()).collect();
        let alike = if near.is_empty() { String::new() } else { format!(" (did you mean {}?)", near.join(", ")) };
        Some(format!("nothing is called so or says this{alike}. Fewer words, or a part of a name, may find more"))
    } else {
        found.alike.then(|| "the words are found nowhere as they stand; this has most of their parts".to_owned())
    };
    let share = |share: search::Share| Share { name: share.name, iri: share.iri, count: share.count };
    let mut results: Vec<Found> = Vec::new();
    let direct = if skip == 0 { found.direct } else { Vec::new() };
    for hit in direct.into_iter().chain(found.groups.into_iter().flat_map(|group| group.hits)) {
        if results.iter().all(|known| known.iri != hit.iri.as_str()) {
            results.push(of_hit(hit));
        }
    }
    Listing {
        results,
        totals: found.kinds.into_iter().map(|(kind, total)| (kind.name().to_owned(), total)).collect(),
        years: found.years.into_iter().collect(),
        provinces: found.provinces.into_iter().take(SHARES).map(share).collect(),
        fields: found.fields.into_iter().take(SHARES).map(share).collect(),
        next,
        note,
    }
}

fn of_hit(hit: Hit) -> Found {
    let id = |report: &NamedNode| report.as_str().rsplit('/').next().unwrap_or_default().to_owned();
    let at =
        hit.report.as_ref().zip(hit.span).map(|(report, span)| format!("{}#{}-{}", id(report), span.start, span.end));
    let mark = |left_out: usize| if left_out > 0 { "\u{2026}" } else { "" };
    Found {
        kind: hit.kind.name().to_owned(),
        name: hit.name.text,
        code: hit.number,
        place: hit.place,
        year: hit.year,
        at,
        passage: hit.passage.map(|part| format!("{}{}{}", mark(part.before), part.text, mark(part.after))),
        iri: hit.iri.into_string(),
    }
}

/// The index, which may have to be made first.
#[derive(Default)]
pub(super) struct Searching(Mutex<Progress>);

#[derive(Default)]
enum Progress {
    #[default]
    NotBegun,
    /// A thread makes it.
    Making(Receiver<Result<Index, search::SearchError>>),
    Made(Arc<Index>),
}

impl Searching {
    /// The index; where it is being made, this waits a while for it.
    fn index(&self, store: &Arc<Store>) -> Result<Arc<Index>, Trouble> {
        let mut progress = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(*progress, Progress::NotBegun) {
            *progress = match Index::open(store)? {
                Some(index) => Progress::Made(Arc::new(index)),
                None => Progress::Making(begin(store)?),
            };
        }
        let made = match &*progress {
            Progress::Made(index) => return Ok(Arc::clone(index)),
            Progress::Making(making) => making.recv_timeout(PATIENCE),
            Progress::NotBegun => return Err(Trouble::BrokenOff),
        };
        match made {
            Ok(Ok(index)) => {
                let index = Arc::new(index);
                *progress = Progress::Made(Arc::clone(&index));
                Ok(index)
            }
            Err(RecvTimeoutError::Timeout) => Err(Trouble::Missing(
                "the search index is being made, which is needed once for each state of the store; search again in a minute, and \
                 use `ask` with names meanwhile"
                    .to_owned(),
            )),
            Ok(Err(error)) => {
                *progress = Progress::NotBegun;
                Err(error.into())
            }
            Err(RecvTimeoutError::Disconnected) => {
                *progress = Progress::NotBegun;
                Err(Trouble::BrokenOff)
            }
        }
    }
}

/// Makes the index on a thread of its own: whoever waits may give up, and finds it made the next time.
fn begin(store: &Arc<Store>) -> Result<Receiver<Result<Index, search::SearchError>>, Trouble> {
    let (sender, receiver) = mpsc::channel();
    let store = Arc::clone(store);
    let work = move || {
        let made = Index::make(&store, &AtomicBool::new(false));
        // Whoever waited may have gone.
        sender.send(made).ok();
    };
    thread::Builder::new().name("index".to_owned()).spawn(work).map_err(|_| Trouble::BrokenOff)?;
    Ok(receiver)
}
