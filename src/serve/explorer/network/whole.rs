//! The whole networks: measured once for each state of the store, drawn, and to take along.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State as Extract};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use minijinja::context;
use serde::Serialize;
use tokio::sync::Mutex;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::super::{link, view};
use crate::analyze::{self, Analysis, Format, Kind};
use crate::query;
use crate::serve::problem::Problem;
use crate::serve::state::State;

/// Which networks are shown.
const SHOWN: [Kind; 3] = [Kind::CocitationInReports, Kind::LawMeasure, Kind::Regions];

/// How long a client waits for a network that nobody asked for before. It is measured to its end all the same, for whoever asks next.
const WAIT: Duration = Duration::from_secs(25);

/// When a client that waited in vain may ask again.
const AGAIN: Duration = Duration::from_secs(10);

/// The ends of names by which a network is taken along, the form that is, and its media type.
const FORMS: [(&str, Format, &str); 7] = [
    (".svg", Format::Svg, "image/svg+xml"),
    (".graphml", Format::GraphMl, "application/xml; charset=utf-8"),
    (".gexf", Format::Gexf, "application/xml; charset=utf-8"),
    (".dot", Format::Dot, "text/vnd.graphviz; charset=utf-8"),
    ("-nodes.csv", Format::Nodes, "text/csv; charset=utf-8"),
    ("-edges.csv", Format::Edges, "text/csv; charset=utf-8"),
    (".json", Format::Json, "application/json; charset=utf-8"),
];

/// Nodes of the table.
const NODES: usize = 40;

/// The networks that were measured, each with the state of the store that it is of. One is measured at a time.
#[derive(Default)]
pub(in crate::serve) struct Networks {
    kept: Mutex<BTreeMap<&'static str, (String, Arc<Analysis>)>>,
}

/// A node of the table.
#[derive(Serialize)]
struct Row {
    name: String,
    href: String,
    around: String,
    kind: String,
    degree: usize,
    page_rank: String,
    betweenness: String,
    community: usize,
}

/// `/network/NAME`, and `/network/NAME.FORM` to take it along.
pub(in super::super) async fn page(
    Extract(state): Extract<Arc<State>>,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let form = FORMS.into_iter().find(|(ending, ..)| name.ends_with(ending));
    let stem = form.map_or(name.as_str(), |(ending, ..)| name.trim_end_matches(ending));
    let Some(kind) = SHOWN.into_iter().find(|kind| kind.name() == stem) else {
        let known = SHOWN.map(Kind::name).join(", ");
        return Err(Problem::missing(format!("there is no network `{stem}`; use one of {known}")));
    };
    let analysis = measured(&state, kind).await?;
    if let Some((_, format, media)) = form {
        return written(&state, analysis, format, media).await;
    }
    let nodes = analysis.measures().nodes.len();
    let edges = analysis.network().edges().count();
    let rows = rows(state.store.base(), &analysis);
    let context = context! {
        title => "", name => kind.name(), nodes, edges,
        communities => analysis.measures().communities.len(),
        modularity => format!("{:.3}", analysis.measures().modularity),
        rows => view::value(&rows),
    };
    view::page("whole.html", "", &context)
}

/// The nodes that stand nearest the centre.
fn rows(base: &str, analysis: &Analysis) -> Vec<Row> {
    let mut nodes: Vec<_> = analysis.nodes().collect();
    nodes.sort_by(|left, right| {
        right.1.page_rank.total_cmp(&left.1.page_rank).then_with(|| left.0.iri.cmp(&right.0.iri))
    });
    let row = |(node, scores): &(&analyze::Node, &analyze::Scores)| Row {
        name: node.label.clone(),
        href: link::to(base, &node.iri),
        around: link::with_parameters("/network", [("iri", node.iri.as_str())]),
        kind: node.kind.to_string(),
        degree: scores.degree,
        page_rank: format!("{:.4}", scores.page_rank),
        betweenness: format!("{:.4}", scores.betweenness),
        community: scores.community,
    };
    nodes.iter().take(NODES).map(row).collect()
}

async fn written(
    state: &Arc<State>,
    analysis: Arc<Analysis>,
    format: Format,
    media: &'static str,
) -> Result<Response, Problem> {
    let turn = state.turn_to_send().await?;
    let made = spawn_blocking(move || {
        let _turn = turn;
        let mut bytes = Vec::new();
        analyze::write(&analysis, format, 100, &mut bytes).map(|()| bytes)
    });
    let bytes = made.await.map_err(|_| query::Error::BrokenOff)?;
    let bytes = bytes.map_err(|error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?;
    Ok(([(header::CONTENT_TYPE, media)], bytes).into_response())
}

/// The network of the store as it is now.
async fn measured(state: &Arc<State>, kind: Kind) -> Result<Arc<Analysis>, Problem> {
    // A task of its own goes on when the client is gone.
    let task = tokio::spawn(measure(Arc::clone(state), kind));
    if let Ok(done) = timeout(WAIT, task).await {
        return done.map_err(|_| query::Error::BrokenOff)?;
    }
    let detail = "the network is being measured; come again in a few seconds";
    Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail).come_again(AGAIN))
}

async fn measure(state: Arc<State>, kind: Kind) -> Result<Arc<Analysis>, Problem> {
    let mut kept = state.networks.kept.lock().await;
    // What changes while it is measured makes another version.
    let version = state.version();
    if let Some((known, analysis)) = kept.get(kind.name())
        && *known == version
    {
        return Ok(Arc::clone(analysis));
    }
    let turn = state.turn().await?;
    let task = {
        let state = Arc::clone(&state);
        spawn_blocking(move || {
            let _turn = turn;
            analyze::analyze(state.store.dataset(), kind, &[], None, state.settings.limits)
        })
    };
    let analysis = task.await.map_err(|_| query::Error::BrokenOff)?.map_err(|error| match error {
        analyze::Error::Query(error) => Problem::from(error),
        analyze::Error::Empty { .. } => Problem::missing(error.to_string()),
        error => Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
    })?;
    let analysis = Arc::new(analysis);
    kept.insert(kind.name(), (version, Arc::clone(&analysis)));
    Ok(analysis)
}
