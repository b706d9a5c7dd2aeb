//! What must not be asked, and how is a query stopped that goes on?
//!
//! The evaluator looks between two statements of the store whether it was told to stop; it then hands an error on for every
//! statement that is left. A product of two tables reads no statement, and a sort none for minutes. So calls of a function of our own are
//! put where rows go by: where it finds that the query is to stop, it unwinds the query's thread, which gives back all its memory
//! at once.
//!
//! Two things are refused before they begin. A query may not be nested so deeply that walking through it needs more stack
//! than there is, and may not make one text out of so many others that a single row does not fit into the memory: a text that is joined with itself
//! thirty times in a row of BINDs has a billion times its length.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use oxigraph::model::NamedNode;
use oxigraph::sparql::{SparqlEvaluator, Variable};
use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, Function, GraphPattern, OrderExpression};
use spargebra::term::TriplePattern;

use super::error::{Error, SyntaxError};
use super::variables::{Variables, mentioned};

/// Brackets within brackets that a text may have.
const DEEPEST: usize = 300;
/// Parts within parts that a query may have; a chain of as many UNIONs or `&&` counts as well.
const LONGEST_CHAIN: usize = 1_000;
/// Texts of which one may be made.
const MOST_TEXTS: f64 = 4_096.0;

/// Refuses a text that is nested deeper than the parser can go down.
pub(super) fn check_text(text: &str) -> Result<(), SyntaxError> {
    let (mut depth, mut deepest) = (0_usize, 0);
    for character in text.chars() {
        match character {
            '(' | '{' | '[' => depth += 1,
            ')' | '}' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    if deepest <= DEEPEST {
        return Ok(());
    }
    let message = format!("there are {deepest} brackets within each other, and {DEEPEST} are the most");
    Err(SyntaxError { line: None, column: None, message, excerpt: None })
}

/// Refuses a query that is too deep to be walked through, asks other servers, or makes texts without end.
pub(super) fn check_query(query: &Query) -> Result<(), Error> {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    let mut check = Check { sizes: BTreeMap::new(), depth: 0, deepest: 0, largest: 0.0, asks_others: false };
    check.pattern(pattern);
    if check.asks_others {
        return Err(Error::Service);
    }
    if check.deepest > LONGEST_CHAIN {
        return Err(Error::TooDeep { depth: check.deepest, most: LONGEST_CHAIN });
    }
    if check.largest > MOST_TEXTS {
        return Err(Error::TextsWithoutEnd);
    }
    Ok(())
}

struct Check {
    /// How many texts of the store or the query a variable's value may be made of.
    sizes: BTreeMap<Variable, f64>,
    depth: usize,
    deepest: usize,
    largest: f64,
    asks_others: bool,
}

impl Check {
    fn pattern(&mut self, pattern: &GraphPattern) {
        use GraphPattern as P;
        if !self.go_down() {
            return;
        }
        match pattern {
            P::Bgp { .. } | P::Path { .. } | P::Values { .. } => {}
            P::Join { left, right }
            | P::Lateral { left, right }
            | P::Union { left, right }
            | P::Minus { left, right } => {
                self.pattern(left);
                self.pattern(right);
            }
            P::LeftJoin { left, right, expression } => {
                self.pattern(left);
                self.pattern(right);
                if let Some(expression) = expression {
                    self.size(expression);
                }
            }
            P::Filter { expr, inner } => {
                self.pattern(inner);
                self.size(expr);
            }
            P::Extend { inner, variable, expression } => {
                self.pattern(inner);
                let size = self.size(expression);
                self.define(variable, size);
            }
            P::OrderBy { inner, expression } => {
                self.pattern(inner);
                for OrderExpression::Asc(key) | OrderExpression::Desc(key) in expression {
                    self.size(key);
                }
            }
            P::Group { inner, aggregates, .. } => {
                self.pattern(inner);
                for (variable, aggregate) in aggregates {
                    if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                        let size = self.size(expr);
                        self.define(variable, size);
                    }
                }
            }
            P::Service { .. } => self.asks_others = true,
            P::Graph { inner, .. }
            | P::Project { inner, .. }
            | P::Distinct { inner }
            | P::Reduced { inner }
            | P::Slice { inner, .. } => self.pattern(inner),
        }
        self.depth -= 1;
    }

    /// Whether it goes deeper still.
    fn go_down(&mut self) -> bool {
        self.depth += 1;
        self.deepest = self.deepest.max(self.depth);
        // The rest is not looked at: the query is refused.
        if self.deepest > LONGEST_CHAIN {
            self.depth -= 1;
            return false;
        }
        true
    }

    /// Of two things of one name the larger counts: they may be in different sub-selects.
    fn define(&mut self, variable: &Variable, size: f64) {
        let known = self.sizes.entry(variable.clone()).or_insert(1.0);
        *known = known.max(size);
    }

    /// Of how many texts the value of an expression may be made.
    fn size(&mut self, expression: &Expression) -> f64 {
        use Expression as E;
        if !self.go_down() {
            return 1.0;
        }
        let size = match expression {
            E::NamedNode(_) | E::Literal(_) | E::Bound(_) => 1.0,
            E::Variable(variable) => self.sizes.get(variable).copied().unwrap_or(1.0),
            E::Exists(pattern) => {
                self.pattern(pattern);
                1.0
            }
            E::Or(left, right)
            | E::And(left, right)
            | E::Equal(left, right)
            | E::SameTerm(left, right)
            | E::Greater(left, right)
            | E::GreaterOrEqual(left, right)
            | E::Less(left, right)
            | E::LessOrEqual(left, right)
            | E::Add(left, right)
            | E::Subtract(left, right)
            | E::Multiply(left, right)
            | E::Divide(left, right) => self.size(left).max(self.size(right)),
            E::UnaryPlus(inner) | E::UnaryMinus(inner) | E::Not(inner) => self.size(inner),
            E::If(condition, then, otherwise) => {
                self.size(condition);
                self.size(then).max(self.size(otherwise))
            }
            E::In(needle, list) => list.iter().map(|item| self.size(item)).sum::<f64>().max(self.size(needle)),
            E::Coalesce(list) => list.iter().map(|item| self.size(item)).fold(1.0, f64::max),
            E::FunctionCall(function, arguments) => {
                let sizes: Vec<f64> = arguments.iter().map(|argument| self.size(argument)).collect();
                made(function, arguments, &sizes)
            }
        };
        self.largest = self.largest.max(size);
        self.depth -= 1;
        size
    }
}

/// Of how many texts a function makes one, if its arguments are made of so many.
fn made(function: &Function, arguments: &[Expression], sizes: &[f64]) -> f64 {
    let first = sizes.first().copied().unwrap_or(1.0);
    match (function, sizes) {
        (Function::Concat, _) => sizes.iter().sum::<f64>().max(1.0),
        // A byte becomes three.
        (Function::EncodeForUri, _) => 3.0 * first,
        // Every character may be replaced, and something put between any two.
        (Function::Replace, [_, _, with, ..]) => match arguments.get(2) {
            Some(Expression::Literal(text)) if text.value().chars().count() <= 1 => first,
            Some(Expression::Literal(text)) => first * super::plan::count(text.value().chars().count()),
            _ => first * with * 100.0,
        },
        _ => sizes.iter().copied().fold(1.0, f64::max),
    }
}

/// Tells a query that runs to stop.
#[derive(Debug, Clone, Default)]
pub(super) struct Stop(Arc<AtomicBool>);

/// The function by which a query asks whether it is to stop. It has no value.
const ASK: &str = "fazhi:stop";

impl Stop {
    /// The query ends at the next row that goes by.
    pub(super) fn now(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// An evaluator whose queries ask.
    pub(super) fn heard_by(&self, evaluator: SparqlEvaluator) -> SparqlEvaluator {
        let told = Arc::clone(&self.0);
        evaluator.with_custom_function(NamedNode::new_unchecked(ASK), move |_| {
            if told.load(Ordering::Relaxed) {
                // Not a panic: nothing is reported, and the thread ends.
                resume_unwind(Box::new("stopped"));
            }
            None
        })
    }
}

/// The query with the question put where rows go by that are read from no store, or are all kept before the first is handed on.
pub(super) fn guarded(query: Query) -> Query {
    let guard = Guard { number: Cell::new(0) };
    match query {
        Query::Select { dataset, pattern, base_iri } => {
            Query::Select { dataset, pattern: guard.pattern(pattern), base_iri }
        }
        Query::Construct { template, dataset, pattern, base_iri } => {
            Query::Construct { template, dataset, pattern: guard.pattern(pattern), base_iri }
        }
        Query::Describe { dataset, pattern, base_iri } => {
            Query::Describe { dataset, pattern: guard.pattern(pattern), base_iri }
        }
        Query::Ask { dataset, pattern, base_iri } => {
            Query::Ask { dataset, pattern: guard.asking(guard.pattern(pattern)), base_iri }
        }
    }
}

struct Guard {
    number: Cell<usize>,
}

impl Guard {
    /// The rows of the pattern, at each of which is asked.
    fn asking(&self, pattern: GraphPattern) -> GraphPattern {
        let number = self.number.get();
        self.number.set(number + 1);
        // The name cannot be written in SPARQL, so that it is nobody else's.
        let variable = Variable::new_unchecked(format!("stop {number}"));
        GraphPattern::Extend { inner: Box::new(pattern), variable, expression: ask() }
    }

    fn pattern(&self, pattern: GraphPattern) -> GraphPattern {
        use GraphPattern as P;
        let boxed = |inner: Box<P>| Box::new(self.pattern(*inner));
        let asking = |inner: Box<P>| Box::new(self.asking(self.pattern(*inner)));
        match pattern {
            P::Values { ref bindings, .. } if bindings.len() > 1 => self.asking(pattern),
            P::Union { left, right } => self.asking(P::Union { left: boxed(left), right: boxed(right) }),
            P::Project { inner, variables } => P::Project { inner: asking(inner), variables },
            P::Group { inner, variables, aggregates } => P::Group { inner: asking(inner), variables, aggregates },
            P::OrderBy { inner, expression } => {
                let key = |key| Expression::Coalesce(vec![ask(), self.expression(key)]);
                let expression = expression.into_iter().map(|order| match order {
                    OrderExpression::Asc(by) => OrderExpression::Asc(key(by)),
                    OrderExpression::Desc(by) => OrderExpression::Desc(key(by)),
                });
                P::OrderBy { expression: expression.collect(), inner: asking(inner) }
            }
            P::Bgp { patterns } => self.basic(patterns),
            P::Join { left, right } => self.asking(P::Join { left: boxed(left), right: boxed(right) }),
            P::Lateral { left, right } => P::Lateral { left: boxed(left), right: boxed(right) },
            // Each row of the left side goes past all of the right side that is kept.
            P::Minus { left, right } => P::Minus { left: asking(left), right: boxed(right) },
            P::LeftJoin { left, right, expression } => self.left_join(*left, *right, expression),
            P::Filter { expr, inner } => P::Filter { expr: self.expression(expr), inner: boxed(inner) },
            P::Extend { inner, variable, expression } => {
                P::Extend { inner: boxed(inner), variable, expression: self.expression(expression) }
            }
            P::Graph { name, inner } => P::Graph { name, inner: boxed(inner) },
            P::Distinct { inner } => P::Distinct { inner: boxed(inner) },
            P::Reduced { inner } => P::Reduced { inner: boxed(inner) },
            P::Slice { inner, start, length } => P::Slice { inner: boxed(inner), start, length },
            other => other,
        }
    }

    /// A basic pattern: parts that share no variable are multiplied with each other, and are asked for one after the other.
    fn basic(&self, patterns: Vec<TriplePattern>) -> GraphPattern {
        let mut parts: Vec<(Variables, Vec<TriplePattern>)> = Vec::new();
        for triple in patterns {
            let mut own = mentioned(&GraphPattern::Bgp { patterns: vec![triple.clone()] });
            let (near, mut rest): (Vec<_>, Vec<_>) =
                parts.into_iter().partition(|(variables, _)| !variables.is_disjoint(&own));
            let mut triples = Vec::new();
            for (mut variables, part) in near {
                own.append(&mut variables);
                triples.extend(part);
            }
            triples.push(triple);
            rest.push((own, triples));
            parts = rest;
        }
        let parts = parts.into_iter().map(|(_, patterns)| GraphPattern::Bgp { patterns });
        let product = |left: GraphPattern, right| {
            self.asking(GraphPattern::Join { left: Box::new(left), right: Box::new(right) })
        };
        parts.reduce(product).unwrap_or(GraphPattern::Bgp { patterns: Vec::new() })
    }

    fn left_join(&self, left: GraphPattern, right: GraphPattern, expression: Option<Expression>) -> GraphPattern {
        let single = left == GraphPattern::Bgp { patterns: Vec::new() };
        // A condition that no pair meets lets no row go by, so that it asks itself; what is false is then an error, and neither
        // joins the pair.
        let expression =
            expression.map(|expression| Expression::Or(Box::new(self.expression(expression)), Box::new(ask())));
        let joined = GraphPattern::LeftJoin {
            left: Box::new(self.pattern(left)),
            right: Box::new(self.pattern(right)),
            expression,
        };
        // With one row on the left, the right side asks.
        if single { joined } else { self.asking(joined) }
    }

    fn expression(&self, expression: Expression) -> Expression {
        use Expression as E;
        let boxed = |inner: Box<E>| Box::new(self.expression(*inner));
        match expression {
            E::Exists(pattern) => E::Exists(Box::new(self.pattern(*pattern))),
            E::Not(inner) => E::Not(boxed(inner)),
            E::And(left, right) => E::And(boxed(left), boxed(right)),
            E::Or(left, right) => E::Or(boxed(left), boxed(right)),
            other => other,
        }
    }
}

fn ask() -> Expression {
    Expression::FunctionCall(Function::Custom(NamedNode::new_unchecked(ASK)), Vec::new())
}
