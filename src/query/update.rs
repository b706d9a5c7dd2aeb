//! How is a SPARQL Update carried out? Over annotations only, as one step, within the limits of a query.
//!
//! The operations of a request see what those before them did, and all of them take effect or none. What is asked (WHERE) goes
//! over everything that queries see; what is written goes where [`Annotating`] allows. LOAD is refused: no request goes
//! to another host.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use oxigraph::model::{BlankNode, GraphName, NamedNode, NamedOrBlankNode, Quad, Term};
use oxigraph::sparql::{
    CancellationToken, PreparedSparqlQuery, QueryEvaluationError, QueryResults, QuerySolution, SparqlEvaluator,
    Variable,
};
use spargebra::algebra::{GraphPattern, GraphTarget, QueryDataset};
use spargebra::term::{
    GraphName as Written, GraphNamePattern, GroundQuadPattern, GroundTermPattern, NamedNodePattern, QuadPattern,
    TermPattern,
};
use spargebra::{GraphUpdateOperation, Query};

use super::error::{Error, SyntaxError};
use super::evaluate::{GRACE, LONGEST, Limits, STACK, parser};
use super::graphs::Graphs;
use super::guard::{Stop, guarded};
use super::rewrite::rewrite;
use crate::store::{Annotating, Changes, Store, StoreError};

/// Carries an update out. With `using`, WHERE goes over these graphs of annotations (`using-graph-uri` of the protocol).
///
/// # Errors
/// [`Error::Syntax`], [`Error::TimedOut`]; [`Error::Store`] where something else than annotations would be changed, or more
/// statements than the limit on rows are touched; [`Error::Refused`] of LOAD, and of a graph that is there or is missing
/// against the word of CREATE, CLEAR or DROP. Nothing is changed then.
pub fn update(store: &Arc<Store>, text: &str, using: Option<&Graphs>, limits: Limits) -> Result<Changes, Error> {
    if text.len() > LONGEST {
        let message = format!(
            "the update has {} bytes, and {LONGEST} is the most; send more with the Graph Store Protocol",
            text.len()
        );
        return Err(SyntaxError { line: None, column: None, message, excerpt: None }.into());
    }
    let work = Work {
        token: CancellationToken::new(),
        stop: Stop::default(),
        phase: Arc::new(AtomicU8::new(RUNNING)),
        limits,
    };
    let (sender, receiver) = mpsc::sync_channel(1);
    let worker = {
        let (store, text, using, work) = (Arc::clone(store), text.to_owned(), using.cloned(), work.clone());
        move || {
            let outcome = change(&store, &text, using.as_ref(), &work);
            // Whoever hears of it may end the process, and a store must not be closed while it ends.
            drop(store);
            // Whoever waited may have given up.
            sender.send(outcome).ok();
        }
    };
    // Parser and evaluator descend by recursion.
    thread::Builder::new().name("update".to_owned()).stack_size(STACK).spawn(worker)?;
    let limit = limits.timeout.unwrap_or(Duration::MAX);
    match receiver.recv_timeout(limit) {
        Ok(outcome) => return outcome,
        Err(RecvTimeoutError::Disconnected) => return Err(Error::BrokenOff),
        Err(RecvTimeoutError::Timeout) => {
            // Rows that go by hear of it at once; what reads the store and finds nothing, at the next statement.
            work.stop.now();
            work.token.cancel();
        }
    }
    match receiver.recv_timeout(GRACE) {
        Ok(Err(Error::Evaluation(QueryEvaluationError::Cancelled))) | Err(RecvTimeoutError::Disconnected) => {
            Err(Error::TimedOut { limit })
        }
        Ok(outcome) => outcome,
        // It does not look while a long step goes on: then it is given up, unless the change takes effect at this moment.
        Err(_) if work.turns(GIVEN_UP) => Err(Error::TimedOut { limit }),
        Err(_) => receiver.recv().unwrap_or(Err(Error::BrokenOff)),
    }
}

/// An update that is under way, as seen by the thread that does it and by whoever waits.
#[derive(Clone)]
struct Work {
    token: CancellationToken,
    stop: Stop,
    phase: Arc<AtomicU8>,
    limits: Limits,
}

/// From here an update either takes effect or is given up; which of the two comes first, the other cannot undo.
const RUNNING: u8 = 0;
const TAKES_EFFECT: u8 = 1;
const GIVEN_UP: u8 = 2;

impl Work {
    /// Turns from running to another phase; whether nobody came before.
    fn turns(&self, phase: u8) -> bool {
        self.phase.compare_exchange(RUNNING, phase, Ordering::SeqCst, Ordering::SeqCst).is_ok()
    }

    /// Statements that may be touched.
    fn most(&self) -> usize {
        self.limits.max_rows.unwrap_or(usize::MAX)
    }
}

fn change(store: &Store, text: &str, using: Option<&Graphs>, work: &Work) -> Result<Changes, Error> {
    let update = parser(text)?.parse_update(text).map_err(|error| SyntaxError::new(text, &error))?;
    let ((), changes) = store.annotate(work.most(), |annotating| {
        for operation in update.operations {
            // Between two operations the evaluator does not look.
            if work.token.is_cancelled() {
                return Err(Error::from(QueryEvaluationError::Cancelled));
            }
            carry_out(store, annotating, operation, using, work)?;
        }
        if work.turns(TAKES_EFFECT) { Ok(()) } else { Err(QueryEvaluationError::Cancelled.into()) }
    })?;
    Ok(changes)
}

fn carry_out(
    store: &Store,
    annotating: &mut Annotating<'_>,
    operation: GraphUpdateOperation,
    using: Option<&Graphs>,
    work: &Work,
) -> Result<(), Error> {
    match operation {
        GraphUpdateOperation::InsertData { data } => {
            let mut nodes = HashMap::new();
            for quad in data {
                let subject = match quad.subject {
                    NamedOrBlankNode::BlankNode(node) => fresh(&mut nodes, &node).into(),
                    named @ NamedOrBlankNode::NamedNode(_) => named,
                };
                let object = match quad.object {
                    Term::BlankNode(node) => fresh(&mut nodes, &node).into(),
                    other => other,
                };
                annotating.insert(&Quad::new(subject, quad.predicate, object, graph(quad.graph_name)))?;
            }
        }
        GraphUpdateOperation::DeleteData { data } => {
            for quad in data {
                annotating.remove(&Quad::new(
                    quad.subject,
                    quad.predicate,
                    Term::from(quad.object),
                    graph(quad.graph_name),
                ))?;
            }
        }
        GraphUpdateOperation::DeleteInsert { delete, insert, using: own, pattern } => {
            let (removed, inserted) = {
                let select = select(store, annotating, (own, using), *pattern, work)?;
                written(annotating, &delete, &insert, select, work.most())?
            };
            removed.iter().try_for_each(|quad| annotating.remove(quad))?;
            inserted.iter().try_for_each(|quad| annotating.insert(quad))?;
        }
        GraphUpdateOperation::Load { .. } => {
            return Err(Error::Refused(
                "LOAD is refused: the server sends no request to any host; \
             send the statements with the Graph Store Protocol"
                    .to_owned(),
            ));
        }
        GraphUpdateOperation::Create { silent, graph } => {
            if !annotating.create(graph.as_ref())? && !silent {
                return Err(Error::Refused(format!(
                    "there is a graph {graph} already; write CREATE SILENT where that is no trouble"
                )));
            }
        }
        GraphUpdateOperation::Clear { silent, graph } => {
            for_each(annotating, &graph, silent, |annotating, graph| annotating.clear(graph.as_ref()))?;
        }
        GraphUpdateOperation::Drop { silent, graph } => {
            for_each(annotating, &graph, silent, |annotating, graph| annotating.drop_graph(graph.as_ref()))?;
        }
    }
    Ok(())
}

/// The graphs that CLEAR or DROP names.
fn for_each(
    annotating: &mut Annotating<'_>,
    target: &GraphTarget,
    silent: bool,
    each: impl Fn(&mut Annotating<'_>, &NamedNode) -> Result<bool, StoreError>,
) -> Result<(), Error> {
    let graphs = match target {
        GraphTarget::NamedNode(graph) => vec![graph.clone()],
        GraphTarget::NamedGraphs => annotating.graphs()?,
        GraphTarget::DefaultGraph | GraphTarget::AllGraphs => {
            annotating.check(GraphName::DefaultGraph.as_ref())?;
            Vec::new()
        }
    };
    for graph in graphs {
        if !each(annotating, &graph)? && !silent {
            return Err(Error::Refused(format!("there is no graph {graph}; write SILENT where that is no trouble")));
        }
    }
    Ok(())
}

/// WHERE, ready to be asked over the graphs that the update or the request names, else over all that queries see.
fn select(
    store: &Store,
    annotating: &Annotating<'_>,
    using: (Option<QueryDataset>, Option<&Graphs>),
    pattern: GraphPattern,
    work: &Work,
) -> Result<PreparedSparqlQuery, Error> {
    let dataset = match using {
        (Some(_), Some(_)) => {
            let message = "the request names graphs, and so does the update (USING, WITH); name them once";
            return Err(Error::Refused(message.to_owned()));
        }
        (Some(own), None) => Some(Graphs { default: own.default, named: own.named.unwrap_or(annotating.graphs()?) }),
        (None, using) => using.cloned(),
    };
    let mut variables: Vec<Variable> = Vec::new();
    pattern.on_in_scope_variable(|variable| {
        if !variables.contains(variable) {
            variables.push(variable.clone());
        }
    });
    let pattern = GraphPattern::Project { inner: Box::new(pattern), variables };
    let mut query = Query::Select { dataset: None, pattern, base_iri: None };
    if dataset.is_none() {
        // What the reports say stays as it is while the update runs, so that it can be planned as for a query.
        query = rewrite(query, store.dataset(), &work.token)?;
    }
    let evaluator = work.stop.heard_by(SparqlEvaluator::new().with_cancellation_token(work.token.clone()));
    let mut prepared = evaluator.for_query(guarded(query));
    let named = match dataset {
        Some(Graphs { default, named }) => {
            for graph in default.iter().chain(&named) {
                annotating.check(graph.as_ref().into())?;
            }
            prepared.dataset_mut().set_default_graph(default.into_iter().map(GraphName::from).collect());
            named
        }
        None => annotating.graphs()?,
    };
    prepared.dataset_mut().set_available_named_graphs(named.into_iter().map(Into::into).collect());
    Ok(prepared)
}

/// The statements that the templates give with each row of WHERE: those that leave, and those that enter.
fn written(
    annotating: &Annotating<'_>,
    delete: &[GroundQuadPattern],
    insert: &[QuadPattern],
    select: PreparedSparqlQuery,
    most: usize,
) -> Result<(Vec<Quad>, Vec<Quad>), Error> {
    let QueryResults::Solutions(solutions) = select.on_transaction(annotating.transaction()).execute()? else {
        return Err(Error::BrokenOff);
    };
    let (mut removed, mut inserted) = (Vec::new(), Vec::new());
    for solution in solutions {
        let solution = solution?;
        removed.extend(delete.iter().filter_map(|quad| removal(quad, &solution)));
        let mut nodes = HashMap::new();
        inserted.extend(insert.iter().filter_map(|quad| insertion(quad, &solution, &mut nodes)));
        if removed.len() + inserted.len() > most {
            return Err(StoreError::TooManyStatements { most }.into());
        }
    }
    Ok((removed, inserted))
}

fn removal(quad: &GroundQuadPattern, row: &QuerySolution) -> Option<Quad> {
    let subject = subject(ground(&quad.subject, row)?)?;
    Some(Quad::new(
        subject,
        predicate(&quad.predicate, row)?,
        ground(&quad.object, row)?,
        named(&quad.graph_name, row)?,
    ))
}

fn insertion(quad: &QuadPattern, row: &QuerySolution, nodes: &mut HashMap<BlankNode, BlankNode>) -> Option<Quad> {
    let subject = subject(term(&quad.subject, row, nodes)?)?;
    let object = term(&quad.object, row, nodes)?;
    Some(Quad::new(subject, predicate(&quad.predicate, row)?, object, named(&quad.graph_name, row)?))
}

fn ground(pattern: &GroundTermPattern, row: &QuerySolution) -> Option<Term> {
    match pattern {
        GroundTermPattern::NamedNode(node) => Some(node.clone().into()),
        GroundTermPattern::Literal(literal) => Some(literal.clone().into()),
        GroundTermPattern::Variable(variable) => row.get(variable).cloned(),
    }
}

fn term(pattern: &TermPattern, row: &QuerySolution, nodes: &mut HashMap<BlankNode, BlankNode>) -> Option<Term> {
    match pattern {
        TermPattern::NamedNode(node) => Some(node.clone().into()),
        TermPattern::Literal(literal) => Some(literal.clone().into()),
        TermPattern::Variable(variable) => row.get(variable).cloned(),
        TermPattern::BlankNode(node) => Some(fresh(nodes, node).into()),
    }
}

fn subject(term: Term) -> Option<NamedOrBlankNode> {
    match term {
        Term::NamedNode(node) => Some(node.into()),
        Term::BlankNode(node) => Some(node.into()),
        Term::Literal(_) => None,
    }
}

fn predicate(pattern: &NamedNodePattern, row: &QuerySolution) -> Option<NamedNode> {
    match pattern {
        NamedNodePattern::NamedNode(node) => Some(node.clone()),
        NamedNodePattern::Variable(variable) => node_of(row.get(variable)),
    }
}

fn named(pattern: &GraphNamePattern, row: &QuerySolution) -> Option<GraphName> {
    match pattern {
        GraphNamePattern::NamedNode(node) => Some(node.clone().into()),
        GraphNamePattern::DefaultGraph => Some(GraphName::DefaultGraph),
        GraphNamePattern::Variable(variable) => node_of(row.get(variable)).map(Into::into),
    }
}

fn node_of(term: Option<&Term>) -> Option<NamedNode> {
    match term {
        Some(Term::NamedNode(node)) => Some(node.clone()),
        _ => None,
    }
}

fn graph(name: Written) -> GraphName {
    match name {
        Written::NamedNode(node) => node.into(),
        Written::DefaultGraph => GraphName::DefaultGraph,
    }
}

/// A blank node of a request is a new one in the store.
fn fresh(nodes: &mut HashMap<BlankNode, BlankNode>, node: &BlankNode) -> BlankNode {
    nodes.entry(node.clone()).or_default().clone()
}
