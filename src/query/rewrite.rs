//! What the evaluator would not find out by itself: how few places lie within a region.
//!
//! The catalogue says "within the region, if one is given" as `FILTER EXISTS { ?place fz:within* ?region }`: with a
//! value for `?region` it keeps what lies within, without one it keeps everything, since every place is within
//! itself. The evaluator would walk that path anew for every row, and its optimizer, which has no statistics, takes any
//! such path for a million rows. Here the path is walked once, beforehand, and becomes a table of the places, whose
//! size the optimizer knows; and the filter that keeps everything goes.
//!
//! Both steps keep the meaning: `?x p* C` has each `?x` from which `C` can be reached exactly once, and a filter for its
//! existence only tests `?x`, if `?x` has a value in every row that comes to the filter.

use std::collections::BTreeSet;
use std::mem;

use oxigraph::model::vocab::xsd;
use oxigraph::model::{GraphNameRef, NamedNode, NamedOrBlankNode, Term};
use oxigraph::sparql::{CancellationToken, Variable};
use oxigraph::store::Store;
use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern, PropertyPathExpression};
use spargebra::term::{GroundTerm, TermPattern};

use super::apart::apart;
use super::error::Error;
use super::plan::Planner;
use super::statistics::Statistics;
use super::variables::{certainly_bound, mentioned};

/// A table of more places than this costs more than it saves: the path stays.
const MOST_PLACES: usize = 20_000;

/// The same query, planned with knowledge of the store, until the token is cancelled.
pub(super) fn rewrite(query: Query, store: &Store, token: &CancellationToken) -> Result<Query, Error> {
    let rewriter = Rewriter { store };
    let planner = Planner::new(Statistics::new(store, token));
    let better = |pattern| planner.order(rewriter.pattern(pattern)?);
    Ok(match apart(query) {
        Query::Select { dataset: None, pattern, base_iri } => {
            Query::Select { dataset: None, pattern: better(pattern)?, base_iri }
        }
        Query::Construct { template, dataset: None, pattern, base_iri } => {
            Query::Construct { template, dataset: None, pattern: better(pattern)?, base_iri }
        }
        Query::Ask { dataset: None, pattern, base_iri } => {
            Query::Ask { dataset: None, pattern: better(pattern)?, base_iri }
        }
        // A DESCRIBE is small, and FROM asks of other graphs than the default one that is looked into here.
        other => other,
    })
}

struct Rewriter<'a> {
    store: &'a Store,
}

impl Rewriter<'_> {
    fn pattern(&self, pattern: GraphPattern) -> Result<GraphPattern, Error> {
        use GraphPattern as P;
        let boxed = |inner: Box<P>| self.pattern(*inner).map(Box::new);
        Ok(match pattern {
            P::Path { subject: TermPattern::Variable(place), path, object: TermPattern::NamedNode(target) } => {
                match self.places(&place, &path, &target)? {
                    Some(table) => table,
                    None => P::Path { subject: place.into(), path, object: target.into() },
                }
            }
            P::Filter { expr, inner } => self.filter(expr, self.pattern(*inner)?)?,
            P::Join { left, right } => P::Join { left: boxed(left)?, right: boxed(right)? },
            P::LeftJoin { left, right, expression } => {
                P::LeftJoin { left: boxed(left)?, right: boxed(right)?, expression }
            }
            P::Union { left, right } => P::Union { left: boxed(left)?, right: boxed(right)? },
            P::Extend { inner, variable, expression } => P::Extend { inner: boxed(inner)?, variable, expression },
            P::Minus { left, right } => P::Minus { left: boxed(left)?, right: boxed(right)? },
            P::OrderBy { inner, expression } => P::OrderBy { inner: boxed(inner)?, expression },
            P::Project { inner, variables } => P::Project { inner: boxed(inner)?, variables },
            P::Distinct { inner } => P::Distinct { inner: boxed(inner)? },
            P::Reduced { inner } => P::Reduced { inner: boxed(inner)? },
            P::Slice { inner, start, length } => P::Slice { inner: boxed(inner)?, start, length },
            P::Group { inner, variables, aggregates } => P::Group { inner: boxed(inner)?, variables, aggregates },
            // Within GRAPH and SERVICE the path is another graph's; LATERAL is not written by people.
            other => other,
        })
    }

    /// Takes the filters for "within a region" out of a conjunction of filters.
    fn filter(&self, expression: Expression, inner: GraphPattern) -> Result<GraphPattern, Error> {
        let mut parts = Vec::new();
        conjuncts(expression, &mut parts);
        let mut inner = inner;
        parts.retain(|part| match part {
            Expression::Bound(variable) => !demand(&mut inner, variable),
            _ => true,
        });
        let bound = certainly_bound(&inner);
        let mut kept: Option<Expression> = None;
        for part in parts {
            match self.within(&part, &bound, &inner)? {
                Within::Table(table) => inner = GraphPattern::Join { left: Box::new(table), right: Box::new(inner) },
                Within::Always => {}
                Within::Other => {
                    kept = Some(match kept {
                        Some(kept) => Expression::And(Box::new(kept), Box::new(part)),
                        None => part,
                    });
                }
            }
        }
        Ok(match kept {
            Some(expr) => GraphPattern::Filter { expr, inner: Box::new(inner) },
            None => inner,
        })
    }

    fn within(&self, part: &Expression, bound: &BTreeSet<Variable>, inner: &GraphPattern) -> Result<Within, Error> {
        let Expression::Exists(pattern) = part else { return Ok(Within::Other) };
        let GraphPattern::Path { subject: TermPattern::Variable(place), path, object } = pattern.as_ref() else {
            return Ok(Within::Other);
        };
        if !bound.contains(place) || !matches!(path, PropertyPathExpression::ZeroOrMore(_)) {
            return Ok(Within::Other);
        }
        Ok(match object {
            TermPattern::NamedNode(target) => self.places(place, path, target)?.map_or(Within::Other, Within::Table),
            TermPattern::Variable(region) => {
                let mut mentioned = region == place;
                inner.on_in_scope_variable(|variable| mentioned |= variable == region);
                if mentioned { Within::Other } else { Within::Always }
            }
            _ => Within::Other,
        })
    }

    /// The table of all `place` with `place path target`, for a path of the form `p*` or `p+`.
    fn places(
        &self,
        place: &Variable,
        path: &PropertyPathExpression,
        target: &NamedNode,
    ) -> Result<Option<GraphPattern>, Error> {
        let (step, mut found) = match path {
            PropertyPathExpression::ZeroOrMore(step) => (step, BTreeSet::from([target.clone()])),
            PropertyPathExpression::OneOrMore(step) => (step, BTreeSet::new()),
            _ => return Ok(None),
        };
        let mut waiting = vec![target.clone()];
        while let Some(next) = waiting.pop() {
            let Some(before) = self.before(step, &next)? else { return Ok(None) };
            for node in before {
                if found.insert(node.clone()) {
                    waiting.push(node);
                }
            }
            if found.len() > MOST_PLACES {
                return Ok(None);
            }
        }
        Ok(Some(GraphPattern::Values {
            variables: vec![place.clone()],
            bindings: found.into_iter().map(|node| vec![Some(GroundTerm::NamedNode(node))]).collect(),
        }))
    }

    /// From what one step of the path leads to `node`; `None` for steps and nodes that are not so simple.
    fn before(&self, step: &PropertyPathExpression, node: &NamedNode) -> Result<Option<Vec<NamedNode>>, Error> {
        let graph = Some(GraphNameRef::DefaultGraph);
        let mut found = Vec::new();
        match step {
            PropertyPathExpression::NamedNode(property) => {
                let object = Some(node.as_ref().into());
                for quad in self.store.quads_for_pattern(None, Some(property.as_ref()), object, graph) {
                    let NamedOrBlankNode::NamedNode(subject) = quad?.subject else { return Ok(None) };
                    found.push(subject);
                }
            }
            PropertyPathExpression::Reverse(inner) => {
                let PropertyPathExpression::NamedNode(property) = inner.as_ref() else { return Ok(None) };
                let subject = Some(node.as_ref().into());
                for quad in self.store.quads_for_pattern(subject, Some(property.as_ref()), None, graph) {
                    let Term::NamedNode(object) = quad?.object else { return Ok(None) };
                    found.push(object);
                }
            }
            PropertyPathExpression::Alternative(one, other) => {
                for part in [one, other] {
                    let Some(mut part) = self.before(part, node)? else { return Ok(None) };
                    found.append(&mut part);
                }
            }
            _ => return Ok(None),
        }
        Ok(Some(found))
    }
}

enum Within {
    Table(GraphPattern),
    Always,
    Other,
}

/// What must all be true, without what a value that was put in has decided.
fn conjuncts(expression: Expression, parts: &mut Vec<Expression>) {
    match expression {
        Expression::And(left, right) => {
            conjuncts(*left, parts);
            conjuncts(*right, parts);
        }
        Expression::Or(left, right) => match (decided(&left), decided(&right)) {
            (Some(true), _) | (_, Some(true)) => {}
            (Some(false), _) => conjuncts(*right, parts),
            (_, Some(false)) => conjuncts(*left, parts),
            (None, None) => parts.push(Expression::Or(left, right)),
        },
        other => parts.push(other),
    }
}

/// Whether an expression is true or false in any row.
fn decided(expression: &Expression) -> Option<bool> {
    match expression {
        Expression::Literal(value) if value.datatype() == xsd::BOOLEAN => value.value().parse().ok(),
        Expression::Not(inner) => decided(inner).map(|inner| !inner),
        _ => None,
    }
}

/// Makes an OPTIONAL that alone gives the variable its value a part of the join, as a filter for that value demands; whether there is
/// one.
fn demand(pattern: &mut GraphPattern, variable: &Variable) -> bool {
    use GraphPattern as P;
    match pattern {
        P::LeftJoin { left, right, expression } => {
            if !mentioned(right).contains(variable) {
                return demand(left, variable);
            }
            if expression.is_some() || mentioned(left).contains(variable) || !certainly_bound(right).contains(variable)
            {
                return false;
            }
            let take = |side: &mut Box<P>| Box::new(mem::replace(&mut **side, P::Bgp { patterns: Vec::new() }));
            *pattern = P::Join { left: take(left), right: take(right) };
            true
        }
        P::Extend { inner, variable: assigned, .. } => assigned != variable && demand(inner, variable),
        P::Filter { inner, .. } | P::Minus { left: inner, .. } => demand(inner, variable),
        P::Join { left, right } => {
            let (in_left, in_right) = (mentioned(left).contains(variable), mentioned(right).contains(variable));
            !(in_left && in_right) && (demand(left, variable) || demand(right, variable))
        }
        _ => false,
    }
}
