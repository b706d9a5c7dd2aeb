//! A value for a variable, put into the query's algebra.
//!
//! The evaluator has a substitution of its own, but it reaches only variables of the outermost SELECT, and the
//! optimizer does not know of it: it would plan as if the value were unknown. Put into the algebra, the value reaches
//! sub-selects, filters and templates, and the optimizer sees a constant. Text is never pasted together, so a value
//! can not become part of the query's syntax.

use std::collections::BTreeMap;

use oxigraph::model::Term;
use oxigraph::sparql::Variable;
use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

use super::bind::Bindings;
use super::error::Error;

/// The query with every bound variable replaced by its value.
pub(super) fn substitute(query: Query, bindings: &Bindings) -> Result<Query, Error> {
    let values = Values(bindings.terms());
    Ok(match query {
        Query::Select { dataset, pattern, base_iri } => {
            Query::Select { dataset, pattern: limited(values.pattern(pattern)?, bindings), base_iri }
        }
        Query::Construct { template, dataset, pattern, base_iri } => Query::Construct {
            template: template.into_iter().map(|triple| values.triple(triple)).collect::<Result<_, _>>()?,
            dataset,
            pattern: limited(values.pattern(pattern)?, bindings),
            base_iri,
        },
        Query::Describe { dataset, pattern, base_iri } => {
            Query::Describe { dataset, pattern: limited(values.pattern(pattern)?, bindings), base_iri }
        }
        Query::Ask { dataset, pattern, base_iri } => {
            Query::Ask { dataset, pattern: values.pattern(pattern)?, base_iri }
        }
    })
}

/// A limit given as a parameter takes the place of the one that closes the query.
fn limited(pattern: GraphPattern, bindings: &Bindings) -> GraphPattern {
    match (pattern, bindings.limit()) {
        (GraphPattern::Slice { inner, start, .. }, Some(limit)) => {
            GraphPattern::Slice { inner, start, length: Some(limit) }
        }
        (pattern, Some(limit)) => GraphPattern::Slice { inner: Box::new(pattern), start: 0, length: Some(limit) },
        (pattern, None) => pattern,
    }
}

struct Values<'a>(&'a BTreeMap<Variable, Term>);

impl Values<'_> {
    fn pattern(&self, pattern: GraphPattern) -> Result<GraphPattern, Error> {
        use GraphPattern as P;
        Ok(match pattern {
            P::Bgp { patterns } => {
                P::Bgp { patterns: patterns.into_iter().map(|triple| self.triple(triple)).collect::<Result<_, _>>()? }
            }
            P::Path { subject, path, object } => {
                P::Path { subject: self.subject(subject)?, path, object: self.object(object) }
            }
            P::Join { left, right } => P::Join { left: self.boxed(left)?, right: self.boxed(right)? },
            P::LeftJoin { left, right, expression } => P::LeftJoin {
                left: self.boxed(left)?,
                right: self.boxed(right)?,
                expression: expression.map(|expression| self.expression(expression)).transpose()?,
            },
            P::Lateral { left, right } => P::Lateral { left: self.boxed(left)?, right: self.boxed(right)? },
            P::Filter { expr, inner } => P::Filter { expr: self.expression(expr)?, inner: self.boxed(inner)? },
            P::Union { left, right } => P::Union { left: self.boxed(left)?, right: self.boxed(right)? },
            P::Graph { name, inner } => P::Graph { name: self.name(name)?, inner: self.boxed(inner)? },
            P::Extend { inner, variable, expression } => {
                self.refuse_assignment(&variable)?;
                P::Extend { inner: self.boxed(inner)?, variable, expression: self.expression(expression)? }
            }
            P::Minus { left, right } => P::Minus { left: self.boxed(left)?, right: self.boxed(right)? },
            P::Values { variables, bindings } => {
                variables.iter().try_for_each(|variable| self.refuse_assignment(variable))?;
                P::Values { variables, bindings }
            }
            P::OrderBy { inner, expression } => {
                let expression: Vec<_> =
                    expression.into_iter().map(|order| self.order(order)).collect::<Result<_, _>>()?;
                // What has one value in every row orders nothing, and would hide that the rest are plain variables.
                ordered(self.pattern(*inner)?, expression.into_iter().filter(|order| !is_constant(order)).collect())
            }
            P::Project { inner, variables } => {
                // The order stays outermost: behind an assignment it would no longer be that of the answer.
                let kept = match self.pattern(*inner)? {
                    P::OrderBy { inner, expression } => ordered(self.keep(*inner, &variables), expression),
                    inner => self.keep(inner, &variables),
                };
                P::Project { inner: Box::new(kept), variables }
            }
            P::Distinct { inner } => P::Distinct { inner: self.boxed(inner)? },
            P::Reduced { inner } => P::Reduced { inner: self.boxed(inner)? },
            P::Slice { inner, start, length } => P::Slice { inner: self.boxed(inner)?, start, length },
            P::Group { inner, variables, aggregates } => P::Group {
                inner: Box::new(self.keep(self.pattern(*inner)?, &variables)),
                variables,
                aggregates: aggregates
                    .into_iter()
                    .map(|(variable, aggregate)| {
                        self.refuse_assignment(&variable)?;
                        Ok((variable, self.aggregate(aggregate)?))
                    })
                    .collect::<Result<_, Error>>()?,
            },
            P::Service { name, inner, silent } => {
                P::Service { name: self.name(name)?, inner: self.boxed(inner)?, silent }
            }
        })
    }

    #[expect(clippy::boxed_local, reason = "the algebra's parts are boxed")]
    fn boxed(&self, pattern: Box<GraphPattern>) -> Result<Box<GraphPattern>, Error> {
        self.pattern(*pattern).map(Box::new)
    }

    /// A bound variable that is projected or grouped by is still there, with its value in every row.
    fn keep(&self, inner: GraphPattern, variables: &[Variable]) -> GraphPattern {
        variables.iter().filter_map(|variable| Some((variable, self.0.get(variable)?))).fold(
            inner,
            |inner, (variable, term)| GraphPattern::Extend {
                inner: Box::new(inner),
                variable: variable.clone(),
                expression: constant(term),
            },
        )
    }

    fn refuse_assignment(&self, variable: &Variable) -> Result<(), Error> {
        if self.0.contains_key(variable) {
            return Err(Error::AssignedParameter { name: variable.as_str().to_owned() });
        }
        Ok(())
    }

    fn triple(&self, triple: TriplePattern) -> Result<TriplePattern, Error> {
        Ok(TriplePattern {
            subject: self.subject(triple.subject)?,
            predicate: self.name(triple.predicate)?,
            object: self.object(triple.object),
        })
    }

    fn subject(&self, term: TermPattern) -> Result<TermPattern, Error> {
        if let TermPattern::Variable(variable) = &term
            && let Some(value @ Term::Literal(_)) = self.0.get(variable)
        {
            return Err(misplaced(variable, value));
        }
        Ok(self.object(term))
    }

    fn object(&self, term: TermPattern) -> TermPattern {
        match &term {
            TermPattern::Variable(variable) => match self.0.get(variable) {
                Some(Term::NamedNode(value)) => TermPattern::NamedNode(value.clone()),
                Some(Term::Literal(value)) => TermPattern::Literal(value.clone()),
                _ => term,
            },
            _ => term,
        }
    }

    fn name(&self, name: NamedNodePattern) -> Result<NamedNodePattern, Error> {
        match &name {
            NamedNodePattern::Variable(variable) => match self.0.get(variable) {
                Some(Term::NamedNode(value)) => Ok(NamedNodePattern::NamedNode(value.clone())),
                Some(value) => Err(misplaced(variable, value)),
                None => Ok(name),
            },
            NamedNodePattern::NamedNode(_) => Ok(name),
        }
    }

    fn order(&self, order: OrderExpression) -> Result<OrderExpression, Error> {
        Ok(match order {
            OrderExpression::Asc(expression) => OrderExpression::Asc(self.expression(expression)?),
            OrderExpression::Desc(expression) => OrderExpression::Desc(self.expression(expression)?),
        })
    }

    fn aggregate(&self, aggregate: AggregateExpression) -> Result<AggregateExpression, Error> {
        Ok(match aggregate {
            AggregateExpression::CountSolutions { distinct } => AggregateExpression::CountSolutions { distinct },
            AggregateExpression::FunctionCall { name, expr, distinct } => {
                AggregateExpression::FunctionCall { name, expr: self.expression(expr)?, distinct }
            }
        })
    }

    fn expression(&self, expression: Expression) -> Result<Expression, Error> {
        use Expression as E;
        let both = |left: Box<E>, right: Box<E>| -> Result<(Box<E>, Box<E>), Error> {
            Ok((Box::new(self.expression(*left)?), Box::new(self.expression(*right)?)))
        };
        let one = |inner: Box<E>| self.expression(*inner).map(Box::new);
        Ok(match expression {
            E::Variable(variable) => match self.0.get(&variable) {
                Some(term) => constant(term),
                None => E::Variable(variable),
            },
            E::Bound(variable) if self.0.contains_key(&variable) => E::Literal(true.into()),
            E::NamedNode(_) | E::Literal(_) | E::Bound(_) => expression,
            E::Or(l, r) => both(l, r).map(|(l, r)| E::Or(l, r))?,
            E::And(l, r) => both(l, r).map(|(l, r)| E::And(l, r))?,
            E::Equal(l, r) => both(l, r).map(|(l, r)| E::Equal(l, r))?,
            E::SameTerm(l, r) => both(l, r).map(|(l, r)| E::SameTerm(l, r))?,
            E::Greater(l, r) => both(l, r).map(|(l, r)| E::Greater(l, r))?,
            E::GreaterOrEqual(l, r) => both(l, r).map(|(l, r)| E::GreaterOrEqual(l, r))?,
            E::Less(l, r) => both(l, r).map(|(l, r)| E::Less(l, r))?,
            E::LessOrEqual(l, r) => both(l, r).map(|(l, r)| E::LessOrEqual(l, r))?,
            E::Add(l, r) => both(l, r).map(|(l, r)| E::Add(l, r))?,
            E::Subtract(l, r) => both(l, r).map(|(l, r)| E::Subtract(l, r))?,
            E::Multiply(l, r) => both(l, r).map(|(l, r)| E::Multiply(l, r))?,
            E::Divide(l, r) => both(l, r).map(|(l, r)| E::Divide(l, r))?,
            E::UnaryPlus(inner) => E::UnaryPlus(one(inner)?),
            E::UnaryMinus(inner) => E::UnaryMinus(one(inner)?),
            E::Not(inner) => E::Not(one(inner)?),
            E::In(needle, list) => E::In(one(needle)?, self.expressions(list)?),
            E::Exists(pattern) => E::Exists(self.boxed(pattern)?),
            E::If(condition, then, otherwise) => {
                let (then, otherwise) = both(then, otherwise)?;
                E::If(one(condition)?, then, otherwise)
            }
            E::Coalesce(list) => E::Coalesce(self.expressions(list)?),
            E::FunctionCall(function, list) => E::FunctionCall(function, self.expressions(list)?),
        })
    }

    fn expressions(&self, list: Vec<Expression>) -> Result<Vec<Expression>, Error> {
        list.into_iter().map(|expression| self.expression(expression)).collect()
    }
}

fn ordered(inner: GraphPattern, expression: Vec<OrderExpression>) -> GraphPattern {
    if expression.is_empty() { inner } else { GraphPattern::OrderBy { inner: Box::new(inner), expression } }
}

fn is_constant(order: &OrderExpression) -> bool {
    let (OrderExpression::Asc(expression) | OrderExpression::Desc(expression)) = order;
    matches!(expression, Expression::NamedNode(_) | Expression::Literal(_))
}

fn constant(term: &Term) -> Expression {
    match term {
        Term::NamedNode(node) => Expression::NamedNode(node.clone()),
        Term::Literal(literal) => Expression::Literal(literal.clone()),
        // `Bindings` holds no blank nodes.
        Term::BlankNode(node) => Expression::Literal(node.to_string().into()),
    }
}

fn misplaced(variable: &Variable, value: &impl ToString) -> Error {
    Error::MisplacedParameter { name: variable.as_str().to_owned(), value: value.to_string() }
}
