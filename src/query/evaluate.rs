//! The one place where a query goes to the evaluator.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use oxigraph::model::Term;
use oxigraph::sparql::{CancellationToken, QueryEvaluationError, QueryResults, SparqlEvaluator, Variable};
use oxigraph::store::Store;
use spargebra::algebra::{AggregateExpression, GraphPattern};
use spargebra::{Query, SparqlParser};

use super::answer::Answer;
use super::bind::Bindings;
use super::error::{Error, SyntaxError};
use super::graphs::Graphs;
use super::order::Order;
use super::rewrite::rewrite;
use super::substitute::substitute;
use crate::describe::Base;
use crate::store::annotations;
use crate::vocab::PREFIXES;

/// What a query may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long it may run; `None` is for ever.
    pub timeout: Option<Duration>,
    /// How many rows or triples the answer may have; `None` is any number.
    pub max_rows: Option<usize>,
}

impl Default for Limits {
    /// A minute and a million rows.
    fn default() -> Self {
        Self { timeout: Some(Duration::from_secs(60)), max_rows: Some(1_000_000) }
    }
}

/// How long the evaluator may take to notice that it was told to stop. It looks between two quads, not while it
/// sorts; a query that sorts on is given up, and its thread ends by itself when the sorting is done.
pub(super) const GRACE: Duration = Duration::from_millis(200);

/// Parser and evaluator descend into nested groups and expressions by recursion.
pub(super) const STACK: usize = 256 << 20;

/// A query of more characters than this is not written by a person, and could nest deeper than the stack is.
pub(super) const LONGEST: usize = 100_000;

/// Asks `store` the SPARQL query `text` with values for some of its variables.
///
/// # Errors
/// [`Error::Syntax`] with the place in the text, [`Error::TimedOut`] and [`Error::TooManyRows`] when the limits are
/// passed, and whatever the evaluator or the store fails with. There is never a part of an answer.
pub fn run(store: &Store, text: &str, bindings: &Bindings, limits: Limits) -> Result<Answer, Error> {
    run_over(store, None, text, bindings, limits)
}

/// Asks as [`run`] does, over the named graphs of `store` that are chosen; without a choice, over those that the query
/// chooses itself.
///
/// # Errors
/// As [`run`].
pub fn run_over(
    store: &Store,
    graphs: Option<&Graphs>,
    text: &str,
    bindings: &Bindings,
    limits: Limits,
) -> Result<Answer, Error> {
    fits(text)?;
    let token = CancellationToken::new();
    let (sender, receiver) = mpsc::sync_channel(1);
    let worker = {
        let (store, text, bindings, token) = (store.clone(), text.to_owned(), bindings.clone(), token.clone());
        let graphs = graphs.cloned();
        move || {
            // Whoever waited may have gone, and then nobody wants the answer.
            sender.send(evaluate(&store, graphs.as_ref(), &text, &bindings, token, limits.max_rows)).ok();
        }
    };
    thread::Builder::new().name("query".to_owned()).stack_size(STACK).spawn(worker)?;
    let Some(limit) = limits.timeout else {
        return receiver.recv().unwrap_or(Err(Error::BrokenOff));
    };
    match receiver.recv_timeout(limit) {
        Ok(answer) => answer,
        Err(RecvTimeoutError::Disconnected) => Err(Error::BrokenOff),
        Err(RecvTimeoutError::Timeout) => {
            token.cancel();
            // An answer that became complete in this moment is as good as any.
            match receiver.recv_timeout(GRACE) {
                Ok(Ok(answer)) => Ok(answer),
                Ok(Err(Error::Evaluation(QueryEvaluationError::Cancelled))) | Err(_) => Err(Error::TimedOut { limit }),
                Ok(Err(error)) => Err(error),
            }
        }
    }
}

fn evaluate(
    store: &Store,
    graphs: Option<&Graphs>,
    text: &str,
    bindings: &Bindings,
    token: CancellationToken,
    max_rows: Option<usize>,
) -> Result<Answer, Error> {
    let mut query = parse(text)?;
    if let Some(graphs) = graphs {
        graphs.impose(&mut query);
    }
    let query = rewrite(substitute(query, bindings)?, store)?;
    let (query, order) = Order::detach(query);
    let ordered = is_ordered(&query);
    let evaluator = SparqlEvaluator::new().with_cancellation_token(token);
    let chooses = Graphs::dataset(&query).is_some();
    let mut prepared = evaluator.for_query(query);
    if !chooses {
        // The other named graphs of the store are its own memory, not part of what it says.
        let graphs = annotations(store)?;
        prepared.dataset_mut().set_available_named_graphs(graphs.into_iter().map(Into::into).collect());
    }
    let results = prepared.on_store(store).execute()?;
    Answer::collect(results, order, ordered, max_rows)
}

/// How many rows a pattern has. Nothing of them is read but that they are there.
pub(super) fn count(store: &Store, pattern: GraphPattern) -> Result<usize, Error> {
    let rows = Variable::new_unchecked("rows");
    let aggregate = AggregateExpression::CountSolutions { distinct: false };
    let counted = GraphPattern::Group {
        inner: Box::new(pattern),
        variables: Vec::new(),
        aggregates: vec![(rows.clone(), aggregate)],
    };
    let pattern = GraphPattern::Project { inner: Box::new(counted), variables: vec![rows] };
    let query = Query::Select { dataset: None, pattern, base_iri: None };
    let QueryResults::Solutions(mut solutions) = SparqlEvaluator::new().for_query(query).on_store(store).execute()?
    else {
        return Ok(0);
    };
    let Some(solution) = solutions.next().transpose()? else { return Ok(0) };
    Ok(match solution.get(0) {
        Some(Term::Literal(rows)) => rows.value().parse().unwrap_or(usize::MAX),
        _ => 0,
    })
}

/// A parser that knows the prefixes of the vocabularies. Relative IRIs (`<region/620524>`) are things under the base that stores
/// have unless told otherwise: the protocol wants some base.
pub(super) fn parser(text: &str) -> Result<SparqlParser, SyntaxError> {
    let mut parser =
        SparqlParser::new().with_base_iri(Base::DEFAULT).map_err(|error| SyntaxError::new(text, &error))?;
    for (prefix, iri) in PREFIXES {
        parser = parser.with_prefix(*prefix, *iri).map_err(|error| SyntaxError::new(text, &error))?;
    }
    Ok(parser)
}

/// The algebra of a query text.
pub(super) fn parse(text: &str) -> Result<Query, SyntaxError> {
    parser(text)?.parse_query(text).map_err(|error| SyntaxError::new(text, &error))
}

/// Whether `text` is a query, without asking it.
///
/// # Errors
/// What is wrong, with its place in the text.
pub fn check(text: &str) -> Result<(), SyntaxError> {
    fits(text)?;
    let text = text.to_owned();
    let worker = thread::Builder::new().name("check".to_owned()).stack_size(STACK);
    let broken = |message: String| SyntaxError { line: None, column: None, message, excerpt: None };
    let parsed = worker.spawn(move || parse(&text).map(drop)).map_err(|error| broken(error.to_string()))?;
    parsed.join().unwrap_or_else(|_| Err(broken("reading the text broke off".to_owned())))
}

/// Whether a text is short enough to be read.
fn fits(text: &str) -> Result<(), SyntaxError> {
    if text.len() <= LONGEST {
        return Ok(());
    }
    let message = format!("the text has {} bytes, and {LONGEST} is the most", text.len());
    Err(SyntaxError { line: None, column: None, message, excerpt: None })
}

/// Whether the evaluator brings the rows into the order that the query asks for.
fn is_ordered(query: &Query) -> bool {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    let mut pattern = pattern;
    loop {
        pattern = match pattern {
            GraphPattern::OrderBy { .. } => return true,
            GraphPattern::Slice { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Project { inner, .. } => inner,
            _ => return false,
        };
    }
}
