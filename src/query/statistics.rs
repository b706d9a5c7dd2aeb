//! How many statements does a pattern find? Counted as far as it matters, and guessed from a sample beyond.
//!
//! The store keeps no statistics, and the evaluator's optimizer takes every pattern of a form for equally large: a thousand
//! subjects for a property and a value, whether the value is the one law that is asked about or the class of all figures.
//! A look into the store tells better and costs a millisecond.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use oxigraph::model::{NamedNode, Term};
use oxigraph::sparql::{CancellationToken, Variable};
use oxigraph::store::Store;
use spargebra::algebra::{GraphPattern, PropertyPathExpression};
use spargebra::term::{NamedNodePattern, TriplePattern};

use super::error::Error;
use super::evaluate;
use super::variables::{Variables, of_term};

/// Statements of a property that are looked at to see how it branches.
const SAMPLE: usize = 512;

/// Looks into the store for one query, each some ten microseconds; whatever is asked beyond is guessed.
const MOST_TRIALS: usize = 6_000;

/// How a property branches.
#[derive(Debug, Clone, Copy)]
struct Branching {
    /// Objects of a subject, on average.
    objects: f64,
    /// Subjects of an object, on average.
    subjects: f64,
}

/// Looks into a store, at nothing twice.
pub(super) struct Statistics<'a> {
    store: &'a Store,
    token: &'a CancellationToken,
    /// Trials that may still be made.
    left: Cell<usize>,
    branchings: RefCell<BTreeMap<NamedNode, Branching>>,
    /// How many statements match a pattern, as far as they were counted.
    counts: RefCell<BTreeMap<(String, usize), usize>>,
}

impl<'a> Statistics<'a> {
    /// Looks as long as the token is not cancelled.
    pub(super) const fn new(store: &'a Store, token: &'a CancellationToken) -> Self {
        Self {
            store,
            token,
            left: Cell::new(MOST_TRIALS),
            branchings: RefCell::new(BTreeMap::new()),
            counts: RefCell::new(BTreeMap::new()),
        }
    }

    /// Whether a pattern can be tried with values for the variables in `known`: there are looks left, and it is no path that may lead
    /// through the whole store.
    pub(super) fn tries(&self, pattern: &GraphPattern, known: &Variables) -> bool {
        let Some(left) = self.left.get().checked_sub(1) else { return false };
        self.left.set(left);
        match pattern {
            GraphPattern::Path { subject, path, object } => {
                let mut ends = [subject, object].into_iter().map(of_term);
                is_short(path) && ends.any(|end| end.is_none_or(|end| known.contains(&end)))
            }
            _ => true,
        }
    }

    /// How many statements match the constants of a pattern; `most` if there are that many or more.
    pub(super) fn count(&self, triple: &TriplePattern, most: usize) -> Result<usize, Error> {
        let key = (triple.to_string(), most);
        if let Some(known) = self.counts.borrow().get(&key) {
            return Ok(*known);
        }
        let counted = self.rows(GraphPattern::Bgp { patterns: vec![triple.clone()] }, most)?;
        self.counts.borrow_mut().insert(key, counted);
        Ok(counted)
    }

    /// How many rows a pattern has; `most` if there are that many or more.
    pub(super) fn rows(&self, pattern: GraphPattern, most: usize) -> Result<usize, Error> {
        evaluate::count(self.store, self.token, first(pattern, most))
    }

    /// The first rows of a pattern, `most` at most, with these columns.
    pub(super) fn first(
        &self,
        pattern: GraphPattern,
        columns: &[Variable],
        most: usize,
    ) -> Result<Vec<Vec<Option<Term>>>, Error> {
        let inner = Box::new(GraphPattern::Project { inner: Box::new(pattern), variables: columns.to_vec() });
        evaluate::rows(self.store, self.token, GraphPattern::Slice { inner, start: 0, length: Some(most) })
    }

    /// How many rows one row becomes, on average, when the pattern is looked up with these ends known.
    pub(super) fn fan_out(&self, triple: &TriplePattern, subject: bool, object: bool) -> Result<f64, Error> {
        let NamedNodePattern::NamedNode(predicate) = &triple.predicate else {
            return Ok(match (subject, object) {
                (true, true) => 1.0,
                (true, false) => 20.0,
                (false, true) => 100.0,
                (false, false) => 1e7,
            });
        };
        self.branches(predicate, subject, object)
    }

    fn branches(&self, predicate: &NamedNode, subject: bool, object: bool) -> Result<f64, Error> {
        Ok(match (subject, object) {
            (true, true) => 0.5,
            (true, false) => self.branching(predicate)?.objects,
            (false, true) => self.branching(predicate)?.subjects,
            (false, false) => 1e6,
        })
    }

    /// The same for a property path.
    pub(super) fn path_fan_out(
        &self,
        path: &PropertyPathExpression,
        subject: bool,
        object: bool,
    ) -> Result<f64, Error> {
        use PropertyPathExpression as P;
        Ok(match path {
            P::NamedNode(predicate) => self.branches(predicate, subject, object)?,
            P::Reverse(inner) => self.path_fan_out(inner, object, subject)?,
            P::Sequence(first, second) => {
                self.path_fan_out(first, subject, false)? * self.path_fan_out(second, true, object)?
            }
            P::Alternative(one, other) => {
                self.path_fan_out(one, subject, object)? + self.path_fan_out(other, subject, object)?
            }
            P::ZeroOrOne(inner) => 1.0 + self.path_fan_out(inner, subject, object)?,
            // Two steps are the rule in a graph of parts and regions.
            P::ZeroOrMore(inner) | P::OneOrMore(inner) if subject || object => {
                let step = self.path_fan_out(inner, subject, object)?;
                step + step * step.min(10.0)
            }
            P::ZeroOrMore(_) | P::OneOrMore(_) => 1e8,
            P::NegatedPropertySet(_) => {
                if subject {
                    20.0
                } else {
                    1e6
                }
            }
        })
    }

    fn branching(&self, predicate: &NamedNode) -> Result<Branching, Error> {
        if let Some(known) = self.branchings.borrow().get(predicate) {
            return Ok(*known);
        }
        let [subject, object] = ["subject", "object"].map(Variable::new_unchecked);
        let triple = TriplePattern {
            subject: subject.clone().into(),
            predicate: predicate.clone().into(),
            object: object.clone().into(),
        };
        // They come by object, and which object comes first is chance.
        let sample = first(GraphPattern::Bgp { patterns: vec![triple] }, SAMPLE);
        let different = |variable: Variable| {
            let inner = GraphPattern::Project { inner: Box::new(sample.clone()), variables: vec![variable] };
            evaluate::count(self.store, self.token, GraphPattern::Distinct { inner: Box::new(inner) })
        };
        let (subjects, objects) = (different(subject)?, different(object)?);
        let all = evaluate::count(self.store, self.token, sample)?;
        let found = Branching { objects: mean(all, subjects), subjects: mean(all, objects) };
        self.branchings.borrow_mut().insert(predicate.clone(), found);
        Ok(found)
    }
}

/// The first rows of a pattern.
fn first(pattern: GraphPattern, most: usize) -> GraphPattern {
    let mut variables = Vec::new();
    pattern.on_in_scope_variable(|variable| {
        if !variables.contains(variable) {
            variables.push(variable.clone());
        }
    });
    let inner = Box::new(GraphPattern::Project { inner: Box::new(pattern), variables });
    GraphPattern::Slice { inner, start: 0, length: Some(most) }
}

#[expect(clippy::cast_precision_loss, reason = "an estimate")]
fn mean(all: usize, groups: usize) -> f64 {
    all as f64 / groups.max(1) as f64
}

/// Whether a path repeats a single property at most, which leads up or down a tree and not everywhere.
fn is_short(path: &PropertyPathExpression) -> bool {
    use PropertyPathExpression as P;
    match path {
        P::NamedNode(_) | P::NegatedPropertySet(_) => true,
        P::Reverse(inner) | P::ZeroOrOne(inner) => is_short(inner),
        P::Sequence(one, other) | P::Alternative(one, other) => is_short(one) && is_short(other),
        P::ZeroOrMore(inner) | P::OneOrMore(inner) => match inner.as_ref() {
            P::NamedNode(_) => true,
            P::Reverse(inner) => matches!(inner.as_ref(), P::NamedNode(_)),
            _ => false,
        },
    }
}
