//! Why does a query take long? The order in which the store is asked, and what each step of it cost.

use std::thread;

use oxigraph::sparql::{CancellationToken, QueryResults, SparqlEvaluator};
use oxigraph::store::Store;
use serde::Deserialize;
use spargebra::Query;

use super::bind::Bindings;
use super::error::Error;
use super::evaluate::{STACK, fits, parse};
use super::guard::check_query;
use super::rewrite::rewrite;
use super::substitute::substitute;

/// One step of a query that was carried out.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// How many steps it is part of.
    pub depth: usize,
    /// What the evaluator calls it: the pattern that is looked up, or how two parts are joined.
    pub name: String,
    /// Rows that came out of it, all in all.
    pub rows: u64,
    /// Seconds that it took with its parts.
    pub seconds: f64,
}

/// The query in the order in which `store` is asked, as SPARQL with LATERAL: for whoever wants to know why it takes long.
///
/// # Errors
/// As [`run`](super::run), but for its limits.
pub fn explain(store: &Store, text: &str, bindings: &Bindings) -> Result<String, Error> {
    aside(|| Ok(ordered(store, text, bindings)?.to_string()))
}

/// Carries the query out, without any limit, and tells of each step what it cost; a step stands before its parts.
///
/// # Errors
/// As [`run`](super::run), but for its limits.
pub fn measure(store: &Store, text: &str, bindings: &Bindings) -> Result<Vec<Step>, Error> {
    aside(|| {
        let query = ordered(store, text, bindings)?;
        let (results, explanation) =
            SparqlEvaluator::new().for_query(query).on_store(store).compute_statistics().explain();
        match results? {
            QueryResults::Solutions(mut solutions) => solutions.try_for_each(|row| row.map(drop))?,
            QueryResults::Graph(mut triples) => triples.try_for_each(|triple| triple.map(drop))?,
            QueryResults::Boolean(_) => {}
        }
        let mut json = Vec::new();
        explanation.write_in_json(&mut json)?;
        let told: Told = serde_json::from_slice(&json).map_err(std::io::Error::from)?;
        let mut steps = Vec::new();
        told.plan.list(0, &mut steps);
        Ok(steps)
    })
}

fn ordered(store: &Store, text: &str, bindings: &Bindings) -> Result<Query, Error> {
    fits(text)?;
    let query = parse(text)?;
    check_query(&query)?;
    rewrite(substitute(query, bindings)?, store, &CancellationToken::new())
}

/// On a thread with room for deep queries.
fn aside<T: Send>(work: impl FnOnce() -> Result<T, Error> + Send) -> Result<T, Error> {
    thread::scope(|scope| {
        let worker = thread::Builder::new().name("explain".to_owned()).stack_size(STACK);
        worker.spawn_scoped(scope, work)?.join().unwrap_or(Err(Error::BrokenOff))
    })
}

/// What the evaluator tells of a query.
#[derive(Deserialize)]
struct Told {
    plan: Node,
}

#[derive(Deserialize)]
struct Node {
    name: String,
    #[serde(default, rename = "number of results")]
    rows: u64,
    #[serde(default, rename = "duration in seconds")]
    seconds: f64,
    #[serde(default)]
    children: Vec<Node>,
}

impl Node {
    fn list(self, depth: usize, steps: &mut Vec<Step>) {
        steps.push(Step { depth, name: self.name, rows: self.rows, seconds: self.seconds });
        for child in self.children {
            child.list(depth + 1, steps);
        }
    }
}
