//! The one place where a query goes to the evaluator.

use std::sync::Arc;
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
use super::guard::{Stop, check_query, check_text, guarded};
use super::memory;
use super::order::Order;
use super::plans::Plans;
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

/// How long the evaluator may take to notice that it was told to stop. What goes on after that, a sort of very many rows,
/// is given up, and its thread ends by itself.
pub(super) const GRACE: Duration = Duration::from_millis(200);

/// How often it is looked how much memory a query takes.
const GLANCE: Duration = Duration::from_millis(20);

/// Megabytes that the process may take more than when the query began.
const MEGABYTES: usize = 3_000;

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
    run_over(store, None, None, text, bindings, limits)
}

/// Asks as [`run`] does, over the named graphs of `store` that are chosen; without a choice, over those that the query
/// chooses itself, and then by a plan that is kept, if there is one.
///
/// # Errors
/// As [`run`].
pub(super) fn run_over(
    store: &Store,
    graphs: Option<&Graphs>,
    plans: Option<&Arc<Plans>>,
    text: &str,
    bindings: &Bindings,
    limits: Limits,
) -> Result<Answer, Error> {
    fits(text)?;
    let (token, stop) = (CancellationToken::new(), Stop::default());
    let (sender, receiver) = mpsc::sync_channel(1);
    let worker = {
        let (store, text, bindings) = (store.clone(), text.to_owned(), bindings.clone());
        let (token, stop, graphs, plans) = (token.clone(), stop.clone(), graphs.cloned(), plans.cloned());
        move || {
            let asked = Asked { store: &store, graphs: graphs.as_ref(), plans: plans.as_deref(), token, stop };
            let answer = asked.evaluate(&text, &bindings, limits.max_rows);
            // Whoever has the answer may end the process, and a store must not be closed while it ends.
            drop(store);
            // Whoever waited may have gone, and then nobody wants the answer.
            sender.send(answer).ok();
        }
    };
    let before = memory::megabytes();
    thread::Builder::new().name("query".to_owned()).stack_size(STACK).spawn(worker)?;
    let mut waited = Duration::ZERO;
    let why = loop {
        let left = limits.timeout.map_or(GLANCE, |limit| limit.saturating_sub(waited).min(GLANCE));
        match receiver.recv_timeout(left) {
            Ok(answer) => return answer,
            Err(RecvTimeoutError::Disconnected) => return Err(Error::BrokenOff),
            Err(RecvTimeoutError::Timeout) => waited += left,
        }
        if memory::megabytes().saturating_sub(before) > MEGABYTES {
            break Error::TooMuchMemory { megabytes: MEGABYTES };
        }
        if let Some(limit) = limits.timeout.filter(|limit| waited >= *limit) {
            break Error::TimedOut { limit };
        }
    };
    // Rows that go by hear of it at once; what reads the store and finds nothing, a moment later.
    stop.now();
    for _ in 0..2 {
        match receiver.recv_timeout(GRACE) {
            // An answer that became complete in this moment is as good as any.
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(Error::Evaluation(QueryEvaluationError::Cancelled))) | Err(RecvTimeoutError::Disconnected) => break,
            Ok(Err(error)) => return Err(error),
            Err(RecvTimeoutError::Timeout) => token.cancel(),
        }
    }
    Err(why)
}

/// A store that is asked, and how the query is told to stop.
struct Asked<'a> {
    store: &'a Store,
    graphs: Option<&'a Graphs>,
    plans: Option<&'a Plans>,
    token: CancellationToken,
    stop: Stop,
}

impl Asked<'_> {
    fn evaluate(self, text: &str, bindings: &Bindings, max_rows: Option<usize>) -> Result<Answer, Error> {
        let query = self.planned(text, bindings)?;
        let (query, order) = Order::detach(query);
        let ordered = is_ordered(&query);
        let evaluator = self.stop.heard_by(SparqlEvaluator::new().with_cancellation_token(self.token));
        let chooses = Graphs::dataset(&query).is_some();
        let mut prepared = evaluator.for_query(guarded(query));
        if !chooses {
            // The other named graphs of the store are its own memory, not part of what it says.
            let graphs = annotations(self.store)?;
            prepared.dataset_mut().set_available_named_graphs(graphs.into_iter().map(Into::into).collect());
        }
        Answer::collect(prepared.on_store(self.store).execute()?, order, ordered, max_rows)
    }

    fn planned(&self, text: &str, bindings: &Bindings) -> Result<Query, Error> {
        let plan = |graphs: Option<&Graphs>| {
            let mut query = parse(text)?;
            check_query(&query)?;
            if let Some(graphs) = graphs {
                graphs.impose(&mut query);
            }
            rewrite(substitute(query, bindings)?, self.store, &self.token)
        };
        match (self.graphs, self.plans) {
            (None, Some(plans)) => {
                let key = Plans::key(text, bindings);
                if let Some(kept) = plans.get(&key) {
                    return Ok(kept);
                }
                let query = plan(None)?;
                plans.keep(key, &query);
                Ok(query)
            }
            (graphs, _) => plan(graphs),
        }
    }
}

/// How many rows a pattern has. Nothing of them is read but that they are there.
pub(super) fn count(store: &Store, token: &CancellationToken, pattern: GraphPattern) -> Result<usize, Error> {
    let number = Variable::new_unchecked("rows");
    let aggregate = AggregateExpression::CountSolutions { distinct: false };
    let counted = GraphPattern::Group {
        inner: Box::new(pattern),
        variables: Vec::new(),
        aggregates: vec![(number.clone(), aggregate)],
    };
    let pattern = GraphPattern::Project { inner: Box::new(counted), variables: vec![number] };
    Ok(match rows(store, token, pattern)?.first().map(Vec::as_slice) {
        Some([Some(Term::Literal(number))]) => number.value().parse().unwrap_or(usize::MAX),
        _ => 0,
    })
}

/// The rows of a projection.
pub(super) fn rows(
    store: &Store,
    token: &CancellationToken,
    pattern: GraphPattern,
) -> Result<Vec<Vec<Option<Term>>>, Error> {
    let query = Query::Select { dataset: None, pattern, base_iri: None };
    let evaluator = SparqlEvaluator::new().with_cancellation_token(token.clone());
    let QueryResults::Solutions(solutions) = evaluator.for_query(query).on_store(store).execute()? else {
        return Ok(Vec::new());
    };
    solutions.map(|solution| Ok(solution?.values().to_vec())).collect()
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

/// Whether a text is short and flat enough to be read.
pub(super) fn fits(text: &str) -> Result<(), SyntaxError> {
    if text.len() <= LONGEST {
        return check_text(text);
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
