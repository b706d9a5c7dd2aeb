//! Which layout of the store is best? Quads, bytes, load time and query time of each, on invented reports.
//!
//!     cargo run --release --example layout -- 1000
//!
//! The figures that led to the layout in use are in `docs/layout.md`.

#[path = "../benches/synthetic/mod.rs"]
mod synthetic;

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use fazhi::describe::{self, Base};
use fazhi::report::Report;
use fazhi::store::{Entry, Store};
use fazhi::vocab::{class, property};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term};
use oxigraph::sparql::{CancellationToken, QueryEvaluationError, QueryResults, SparqlEvaluator};
use oxigraph::store::Store as Oxigraph;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Where the statements of a report go.
#[derive(Clone, Copy, PartialEq)]
enum Layout {
    /// Each report in its named graph; queries see the union.
    Named,
    /// Everything once, in the default graph.
    Default,
    /// What a report shares with others also in its named graph.
    Twice,
    /// The same as a line a shared thing: the layout of the program.
    Lines,
    /// Everything in the default graph and again in the named graph.
    Both,
}

/// How the mention of a body is written.
#[derive(Clone, Copy, PartialEq)]
enum Mentions {
    /// What it is part of and which body it means; its span is in its IRI: as the program does.
    Brief,
    /// With quote, start and end besides.
    Full,
    /// Not at all.
    None,
}

const QUERIES: [(&str, &str); 4] = [
    (
        "laws by counties",
        "SELECT ?law (COUNT(DISTINCT ?region) AS ?n) WHERE { ?d fz:kind <https://w3id.org/fazhi/concept/document-kind/law> ;
           rdfs:label ?law . ?unit fz:cites ?d ; fz:region ?region } GROUP BY ?law ORDER BY DESC(?n)",
    ),
    (
        "one county",
        "SELECT ?unit ?text ?law WHERE { ?unit fz:region <https://w3id.org/fazhi/id/region/110117> ; fz:text ?text ; fz:cites ?law }",
    ),
    (
        "field and law",
        "SELECT ?law (COUNT(?unit) AS ?n) WHERE { ?unit fz:category <https://w3id.org/fazhi/concept/category/disputes> ;
           fz:cites ?d . ?d rdfs:label ?law } GROUP BY ?law",
    ),
    (
        "body across counties",
        "SELECT ?name (COUNT(?unit) AS ?n) WHERE { ?unit fz:responsibleBody ?body . ?body rdfs:label ?name } GROUP BY ?name",
    ),
];

fn main() -> Result<()> {
    let count = std::env::args().nth(1).map_or(Ok(1000), |count| count.parse())?;
    let mut out = std::io::stdout().lock();
    let titles = QUERIES.map(|(title, _)| title).join(" | ");
    writeln!(out, "| layout | mentions | quads | MB | bytes a report | load s | remove ms | {titles} |")?;
    for (layout, mentions) in [
        (Layout::Named, Mentions::Brief),
        (Layout::Default, Mentions::Brief),
        (Layout::Both, Mentions::Brief),
        (Layout::Twice, Mentions::Brief),
        (Layout::Lines, Mentions::Brief),
        (Layout::Lines, Mentions::Full),
        (Layout::Lines, Mentions::None),
    ] {
        let dir = tempfile::tempdir()?;
        let load = load(dir.path(), layout, mentions, count)?;
        let oxigraph = Oxigraph::open(dir.path())?;
        let (quads, bytes) = (oxigraph.len()?, compact_size(&oxigraph)?);
        let times: Vec<String> =
            QUERIES.iter().map(|(_, query)| time(&oxigraph, layout, query)).collect::<Result<_>>()?;
        drop(oxigraph);
        let remove = remove(dir.path(), layout, count)?;
        writeln!(
            out,
            "| {} | {} | {quads} | {} | {} | {load:.1} | {remove} | {} |",
            ["named graphs", "default graph", "shared ones twice", "shared ones as lines", "both"][layout as usize],
            ["brief", "full", "none"][mentions as usize],
            bytes / 1_000_000,
            bytes / count as u64,
            times.join(" | ")
        )?;
        out.flush()?;
    }
    Ok(())
}

/// Seconds to load all reports in one step.
fn load(dir: &Path, layout: Layout, mentions: Mentions, count: usize) -> Result<f64> {
    let base = Base::default();
    let entries: Vec<Entry> =
        (0..count).map(|n| entry(&synthetic::report(n), &base, mentions)).collect::<Result<_>>()?;
    let begin = Instant::now();
    if layout == Layout::Lines {
        Store::open(dir, base.as_str())?.load(entries, None)?;
    } else {
        let oxigraph = Oxigraph::open(dir)?;
        let mut loader = oxigraph.bulk_loader();
        loader.load_quads(entries.into_iter().flat_map(|entry| arrange(entry, layout)))?;
        loader.commit()?;
    }
    Ok(begin.elapsed().as_secs_f64())
}

fn entry(report: &Report, base: &Base, mentions: Mentions) -> Result<Entry> {
    let mut quads: Vec<Quad> = describe::quads(report, base).collect();
    let mention_nodes: Vec<NamedOrBlankNode> = quads
        .iter()
        .filter(|quad| quad.predicate == rdf::TYPE && quad.object == Term::from(class::BODY_MENTION))
        .map(|quad| quad.subject.clone())
        .collect();
    match mentions {
        Mentions::Brief => {}
        Mentions::None => {
            quads.retain(|quad| !mention_nodes.contains(&quad.subject));
        }
        Mentions::Full => {
            for (node, mention) in mention_nodes.into_iter().zip(&report.bodies) {
                for (predicate, object) in [
                    (property::START, Literal::from(i64::try_from(mention.span.start)?)),
                    (property::END, Literal::from(i64::try_from(mention.span.end)?)),
                    (property::QUOTE, Literal::new_language_tagged_literal_unchecked(&mention.quote, "zh")),
                ] {
                    quads.push(Quad::new(node.clone(), predicate, object, GraphName::DefaultGraph));
                }
            }
        }
    }
    let (report_iri, id) = (describe::report_iri(report, base), report.id.clone());
    Ok(Entry { report: report_iri, quads, read: id.clone(), program: "layout".into(), text: id })
}

fn arrange(entry: Entry, layout: Layout) -> Vec<Quad> {
    let named = entry.report;
    let prefix = format!("<{}", named.as_str());
    let own = |quad: &Quad| quad.subject.to_string().starts_with(&prefix);
    let place = |quad: Quad, graph_name: GraphName| Quad { graph_name, ..quad };
    entry
        .quads
        .into_iter()
        .flat_map(|quad| match layout {
            Layout::Named => vec![place(quad, named.clone().into())],
            Layout::Default | Layout::Lines => vec![place(quad, GraphName::DefaultGraph)],
            Layout::Twice if own(&quad) => vec![place(quad, GraphName::DefaultGraph)],
            Layout::Both | Layout::Twice => {
                vec![place(quad.clone(), named.clone().into()), place(quad, GraphName::DefaultGraph)]
            }
        })
        .collect()
}

/// A query is given up after this time.
const PATIENCE: Duration = Duration::from_secs(30);

/// Milliseconds of a query when the store is warm: the best of three.
fn time(store: &Oxigraph, layout: Layout, query: &str) -> Result<String> {
    let query =
        format!("PREFIX fz: <https://w3id.org/fazhi/ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> {query}");
    let (mut best, mut rows) = (f64::MAX, 0);
    for _ in 0..3 {
        let token = CancellationToken::new();
        let (done, waiting) = std::sync::mpsc::channel::<()>();
        let stop = token.clone();
        std::thread::spawn(move || {
            if waiting.recv_timeout(PATIENCE).is_err_and(|error| error == std::sync::mpsc::RecvTimeoutError::Timeout) {
                stop.cancel();
            }
        });
        let begin = Instant::now();
        match ask(store, layout, &query, token) {
            Ok(count) => rows = count,
            Err(error) if matches!(error.downcast_ref(), Some(QueryEvaluationError::Cancelled)) => {
                return Ok(format!("> {} ms", PATIENCE.as_millis()));
            }
            Err(error) => return Err(error),
        }
        best = best.min(begin.elapsed().as_secs_f64() * 1e3);
        drop(done);
    }
    Ok(format!("{best:.0} ms ({rows} rows)"))
}

fn ask(store: &Oxigraph, layout: Layout, query: &str, token: CancellationToken) -> Result<usize> {
    let mut prepared = SparqlEvaluator::new().with_cancellation_token(token).parse_query(query)?;
    if layout == Layout::Named {
        prepared.dataset_mut().set_default_graph_as_union();
    }
    let QueryResults::Solutions(solutions) = prepared.on_store(store).execute()? else { return Ok(0) };
    let mut rows = 0;
    for solution in solutions {
        solution?;
        rows += 1;
    }
    Ok(rows)
}

/// Milliseconds to remove one report, over twenty.
fn remove(dir: &Path, layout: Layout, count: usize) -> Result<String> {
    let names: Vec<NamedNode> =
        (0..20).map(|n| describe::report_iri(&synthetic::report(n * count / 20), &Base::default())).collect();
    let seconds = match layout {
        Layout::Named => {
            let store = Oxigraph::open(dir)?;
            let begin = Instant::now();
            for name in &names {
                store.remove_named_graph(name)?;
            }
            begin.elapsed().as_secs_f64()
        }
        Layout::Lines => {
            let store = Store::open(dir, Base::DEFAULT)?;
            let begin = Instant::now();
            for name in &names {
                store.remove(name.as_ref())?;
            }
            begin.elapsed().as_secs_f64()
        }
        Layout::Default | Layout::Both | Layout::Twice => return Ok("-".to_owned()),
    };
    Ok(format!("{:.1}", seconds * 50.0))
}

/// Bytes of the same quads in one bulk load: what a layout costs by itself, apart from how far the store has come with
/// compacting its files.
fn compact_size(oxigraph: &Oxigraph) -> Result<u64> {
    let dir = tempfile::tempdir()?;
    let copy = Oxigraph::open(dir.path())?;
    let mut loader = copy.bulk_loader();
    loader.load_ok_quads::<oxigraph::store::StorageError, oxigraph::store::StorageError>(oxigraph)?;
    loader.commit()?;
    size(dir.path())
}

fn size(dir: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        if entry.path().extension().is_some_and(|extension| extension == "sst") {
            bytes += entry.metadata()?.len();
        }
    }
    Ok(bytes)
}
