//! Over which graphs is a store asked? Over everything, unless the query or whoever asks it chooses some of its sources.

use std::sync::Arc;

use super::answer::Answer;
use super::bind::Bindings;
use super::error::Error;
use super::evaluate::{Limits, run_over};
use super::graphs::Graphs;
use super::plans::Plans;
use crate::store::Store;

/// How many named graphs may be chosen: each is put together in memory.
const MOST_GRAPHS: usize = 200;

/// Asks `store` a query over the graphs that are chosen, else over those that its FROM clauses name, else over all that it says. With
/// `plans`, a query is planned once.
///
/// # Errors
/// As [`run`](super::run), and when a graph is chosen that the store does not have, or too many are.
pub fn ask(
    store: &Store,
    text: &str,
    bindings: &Bindings,
    graphs: Option<&Graphs>,
    plans: Option<&Arc<Plans>>,
    limits: Limits,
) -> Result<Answer, Error> {
    let of_query = if graphs.is_none() { Graphs::of_query(text)? } else { None };
    let Some(graphs) = graphs.or(of_query.as_ref()) else {
        return run_over(store.dataset(), None, plans, text, bindings, limits);
    };
    let mut names = graphs.default.clone();
    names.extend(graphs.named.iter().filter(|name| !graphs.default.contains(name)).cloned());
    if names.len() > MOST_GRAPHS {
        return Err(Error::TooManyGraphs { chosen: names.len(), most: MOST_GRAPHS });
    }
    run_over(&store.view(&names)?, Some(graphs), None, text, bindings, limits)
}
