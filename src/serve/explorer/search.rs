//! `/search?q=`: what the words that a reader typed are found in, by kind, with links that narrow it.

use std::sync::Arc;

use axum::extract::{RawQuery, State as Extract};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use minijinja::context;
use oxigraph::model::{NamedNode, Term};
use serde::Serialize;
use tokio::task::spawn_blocking;

use super::link::{self, with_parameters};
use super::view;
use crate::query::{self, ParameterType, Text, resolve};
use crate::search::{Found, Hit, Kind, Marked, Piece, Share, Wanted};
use crate::serve::problem::Problem;
use crate::serve::searching;
use crate::serve::state::State;

/// Things of each kind where all kinds are shown.
const FEW: usize = 4;

/// Things of one kind on a page.
const MANY: usize = 20;

/// Provinces and fields by which a reader may narrow.
const SHARES: usize = 12;

/// Pages that can be turned to.
const LAST: usize = 400;

/// What was asked, as it stands in the address.
#[derive(Debug, Clone, Default, Serialize)]
struct Query {
    q: String,
    kind: String,
    region: String,
    year: String,
    field: String,
    page: usize,
}

impl Query {
    fn read(text: &str) -> (Self, bool) {
        let mut query = Self { page: 1, ..Self::default() };
        let mut json = false;
        for (name, value) in form_urlencoded::parse(text.as_bytes()) {
            let value = value.trim().to_owned();
            match name.as_ref() {
                "q" => query.q = value,
                "kind" => query.kind = value,
                "region" => query.region = value,
                "year" => query.year = value,
                "field" => query.field = value,
                "page" => query.page = value.parse().unwrap_or(1).clamp(1, LAST),
                "format" => json = value == "json",
                _ => {}
            }
        }
        (query, json)
    }

    /// The address of this search with one thing changed; it begins at its first page.
    fn with(&self, changed: &str, value: &str) -> String {
        let of = |name: &str, own| if name == changed { value.to_owned() } else { own };
        let values = [
            ("q", of("q", self.q.clone())),
            ("kind", of("kind", self.kind.clone())),
            ("region", of("region", self.region.clone())),
            ("year", of("year", self.year.clone())),
            ("field", of("field", self.field.clone())),
            ("page", if changed == "page" { value.to_owned() } else { String::new() }),
        ];
        with_parameters("/search", values.iter().map(|(name, value)| (*name, value.as_str())))
    }

    fn wanted(&self, state: &State) -> Result<Wanted, Problem> {
        let named = |kind, name, value: &str| -> Result<Option<NamedNode>, query::Error> {
            if value.is_empty() {
                return Ok(None);
            }
            Ok(match resolve(state.store.dataset(), kind, name, value)? {
                Term::NamedNode(node) => Some(node),
                _ => None,
            })
        };
        let kinds: Vec<Kind> = if self.kind.is_empty() {
            Vec::new()
        } else {
            vec![self.kind.parse().map_err(|error: crate::search::SearchError| Problem::bad(error.to_string()))?]
        };
        let year = if self.year.is_empty() {
            None
        } else {
            Some(self.year.parse().map_err(|_| Problem::bad(format!("`{}` is not a year such as 2023", self.year)))?)
        };
        let most = if kinds.is_empty() { FEW } else { MANY };
        Ok(Wanted {
            words: self.q.clone(),
            skip: if kinds.is_empty() { 0 } else { (self.page - 1) * MANY },
            kinds,
            within: named(ParameterType::Region, "region", &self.region)?,
            year,
            field: named(ParameterType::Category, "field", &self.field)?,
            most,
        })
    }
}

/// A thing that was found, as the page shows it.
#[derive(Serialize)]
struct Shown {
    href: String,
    kind: Text,
    name: Vec<Piece>,
    place: String,
    year: Option<u16>,
    number: Option<String>,
    passage: Option<Passage>,
}

#[derive(Serialize)]
struct Passage {
    pieces: Vec<Piece>,
    begins: bool,
    ends: bool,
}

impl Shown {
    fn new(base: &str, hit: &Hit) -> Self {
        let href = match (&hit.report, hit.span) {
            (Some(report), Some(span)) => {
                let (from, to) = (span.start.to_string(), span.end.to_string());
                with_parameters(&link::to(base, report.as_str()), [("from", from.as_str()), ("to", to.as_str())])
                    + "#passage"
            }
            _ => link::to(base, hit.iri.as_str()),
        };
        let passage =
            |marked: &Marked| Passage { pieces: marked.pieces(), begins: marked.before == 0, ends: marked.after == 0 };
        // The names of a region's own path end in its name.
        let place = if hit.kind == Kind::Region {
            hit.place.strip_suffix(&hit.name.text).unwrap_or(&hit.place).trim()
        } else {
            &hit.place
        };
        Self {
            href,
            kind: hit.kind.label(),
            name: hit.name.pieces(),
            place: place.to_owned(),
            year: hit.year,
            number: hit.number.clone(),
            passage: hit.passage.as_ref().map(passage),
        }
    }
}

/// A link that narrows the search, or takes a narrowing back.
#[derive(Serialize)]
struct Narrow {
    label: String,
    count: usize,
    href: String,
    chosen: bool,
}

/// The page.
pub(super) async fn page(Extract(state): Extract<Arc<State>>, RawQuery(text): RawQuery) -> Result<Response, Problem> {
    let (query, json) = Query::read(&text.unwrap_or_default());
    let wanted = {
        let (state, query) = (Arc::clone(&state), query.clone());
        let broken = |_| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the search broke off");
        spawn_blocking(move || query.wanted(&state)).await.map_err(broken)??
    };
    if !json && !state.searching.is_ready().await {
        return making(&query);
    }
    let found = searching::search(&state, wanted).await?;
    if json {
        let body = serde_json::to_string(&found).map_err(|error| Problem::bad(error.to_string()))?;
        return Ok(([(header::CONTENT_TYPE, "application/json; charset=utf-8")], body + "\n").into_response());
    }
    show(&state, &query, &found)
}

/// The page that is shown while the index is being made; browsers ask again by themselves.
fn making(query: &Query) -> Result<Response, Problem> {
    let mut response = view::page("search.html", "", &context! { searched => &query.q, making => true })?;
    *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    response.headers_mut().insert("refresh", HeaderValue::from_static("3"));
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("3"));
    Ok(response)
}

fn show(state: &State, query: &Query, found: &Found) -> Result<Response, Problem> {
    let base = state.store.base();
    let shown = |hits: &[Hit]| -> Vec<Shown> { hits.iter().map(|hit| Shown::new(base, hit)).collect() };
    let groups: Vec<_> = found.groups.iter().filter(|group| !group.hits.is_empty()).collect();
    let groups: Vec<_> = groups
        .into_iter()
        .map(|group| {
            context! {
                name => group.kind.name(), passage => group.kind.is_passage(), label => view::value(&group.kind.label()), total => group.total,
                hits => view::value(&shown(&group.hits)), all => query.with("kind", group.kind.name()),
            }
        })
        .collect();
    let pages = if query.kind.is_empty() { 1 } else { found.total.div_ceil(MANY).clamp(1, LAST) };
    let turn =
        |page: usize| if (1..=pages).contains(&page) { query.with("page", &page.to_string()) } else { String::new() };
    // Whoever finds nothing is shown what is spelled alike, and the search without its narrowing.
    let wider = if found.total == 0
        && [&query.kind, &query.region, &query.year, &query.field].iter().any(|value| !value.is_empty())
    {
        with_parameters("/search", [("q", query.q.as_str())])
    } else {
        String::new()
    };
    let direct = if query.page == 1 { shown(&found.direct) } else { Vec::new() };
    view::page(
        "search.html",
        "",
        &context! {
            searched => &query.q, query => view::value(query), found => context! { total => found.total, alike => found.alike, cut => found.cut },
            direct => view::value(&direct), groups, near => view::value(&shown(&found.near)), wider,
            narrowed => narrowed(query, found), turning => context! { at => query.page.min(pages), pages => pages, previous => turn(query.page - 1), next => turn(query.page + 1) },
            json => with_parameters("/search", [("q", query.q.as_str()), ("kind", &query.kind), ("region", &query.region), ("year", &query.year), ("field", &query.field), ("format", "json")]),
        },
    )
}

/// The links that narrow the search: kinds, years, provinces, fields.
fn narrowed(query: &Query, found: &Found) -> minijinja::Value {
    let one = |name: &str, own: &str, value: &str, label: String, count| {
        let chosen = own == value;
        Narrow { label, count, href: query.with(name, if chosen { "" } else { value }), chosen }
    };
    let kinds: Vec<Narrow> = found
        .kinds
        .iter()
        .map(|(kind, count)| one("kind", &query.kind, kind.name(), kind.label().zh, *count))
        .collect();
    let years: Vec<Narrow> = found
        .years
        .iter()
        .map(|(year, count)| one("year", &query.year, &year.to_string(), year.to_string(), *count))
        .collect();
    let of = |name: &str, own: &str, shares: &[Share]| -> Vec<Narrow> {
        shares.iter().take(SHARES).map(|share| one(name, own, &share.iri, share.name.clone(), share.count)).collect()
    };
    let provinces = of("region", &query.region, &found.provinces);
    let fields = of("field", &query.field, &found.fields);
    // What was chosen by name, and is in no list, can be taken back, too.
    let all = [&kinds, &years, &provinces, &fields];
    let listed = |value: &str, at: usize| value.is_empty() || all[at].iter().any(|narrow| narrow.chosen);
    let chosen: Vec<Narrow> =
        [("kind", &query.kind, 0), ("year", &query.year, 1), ("region", &query.region, 2), ("field", &query.field, 3)]
            .into_iter()
            .filter(|(_, value, at)| !listed(value, *at))
            .map(|(name, value, _)| Narrow {
                label: link::local(value).to_owned(),
                count: 0,
                href: query.with(name, ""),
                chosen: true,
            })
            .collect();
    context! {
        kinds => view::value(&kinds), years => view::value(&years), provinces => view::value(&provinces), fields => view::value(&fields),
        chosen => view::value(&chosen),
    }
}
