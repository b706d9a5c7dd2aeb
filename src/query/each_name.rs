//! Every name of a variable in a pattern, in turn.

use oxigraph::model::BlankNode;
use oxigraph::sparql::Variable;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

/// What is done with names.
pub(super) trait EachName {
    /// The name that stands there now.
    fn name(&mut self, name: Variable) -> Variable;

    /// What stands where a blank node stood, which is a variable without a name.
    fn blank(&mut self, node: BlankNode) -> TermPattern {
        node.into()
    }

    /// A sub-select, whose names have not been gone through.
    fn sub_select(&mut self, inner: GraphPattern, variables: Vec<Variable>) -> GraphPattern;
}

/// The pattern with each of its names as `each` leaves it.
pub(super) fn pattern(asked: GraphPattern, each: &mut impl EachName) -> GraphPattern {
    use GraphPattern as P;
    match asked {
        P::Bgp { patterns } => {
            P::Bgp { patterns: patterns.into_iter().map(|triple| of_triple(triple, each)).collect() }
        }
        P::Path { subject, path, object } => {
            P::Path { subject: of_term(subject, each), path, object: of_term(object, each) }
        }
        P::Join { left, right } => P::Join { left: boxed(left, each), right: boxed(right, each) },
        P::Lateral { left, right } => P::Lateral { left: boxed(left, each), right: boxed(right, each) },
        P::Union { left, right } => P::Union { left: boxed(left, each), right: boxed(right, each) },
        P::Minus { left, right } => P::Minus { left: boxed(left, each), right: boxed(right, each) },
        P::LeftJoin { left, right, expression: condition } => P::LeftJoin {
            left: boxed(left, each),
            right: boxed(right, each),
            expression: condition.map(|condition| expression(condition, each)),
        },
        P::Filter { expr, inner } => P::Filter { inner: boxed(inner, each), expr: expression(expr, each) },
        P::Extend { inner, variable, expression: value } => {
            P::Extend { inner: boxed(inner, each), variable: each.name(variable), expression: expression(value, each) }
        }
        P::Values { variables, bindings } => P::Values { variables: all(variables, each), bindings },
        P::OrderBy { inner, expression: keys } => {
            let key = |key| match key {
                OrderExpression::Asc(by) => OrderExpression::Asc(expression(by, each)),
                OrderExpression::Desc(by) => OrderExpression::Desc(expression(by, each)),
            };
            let expression = keys.into_iter().map(key).collect();
            P::OrderBy { inner: boxed(inner, each), expression }
        }
        P::Project { inner, variables } => each.sub_select(*inner, variables),
        P::Group { inner, variables, aggregates } => P::Group {
            inner: boxed(inner, each),
            variables: all(variables, each),
            aggregates: aggregates
                .into_iter()
                .map(|(variable, aggregate)| (each.name(variable), of_aggregate(aggregate, each)))
                .collect(),
        },
        P::Graph { name, inner } => P::Graph { name: of_name(name, each), inner: boxed(inner, each) },
        P::Service { name, inner, silent } => {
            P::Service { name: of_name(name, each), inner: boxed(inner, each), silent }
        }
        P::Distinct { inner } => P::Distinct { inner: boxed(inner, each) },
        P::Reduced { inner } => P::Reduced { inner: boxed(inner, each) },
        P::Slice { inner, start, length } => P::Slice { inner: boxed(inner, each), start, length },
    }
}

#[expect(clippy::boxed_local, reason = "the algebra's parts are boxed")]
fn boxed(asked: Box<GraphPattern>, each: &mut impl EachName) -> Box<GraphPattern> {
    Box::new(pattern(*asked, each))
}

fn all(names: Vec<Variable>, each: &mut impl EachName) -> Vec<Variable> {
    names.into_iter().map(|name| each.name(name)).collect()
}

fn of_triple(triple: TriplePattern, each: &mut impl EachName) -> TriplePattern {
    TriplePattern {
        subject: of_term(triple.subject, each),
        predicate: of_name(triple.predicate, each),
        object: of_term(triple.object, each),
    }
}

fn of_term(term: TermPattern, each: &mut impl EachName) -> TermPattern {
    match term {
        TermPattern::Variable(name) => TermPattern::Variable(each.name(name)),
        TermPattern::BlankNode(node) => each.blank(node),
        constant => constant,
    }
}

fn of_name(term: NamedNodePattern, each: &mut impl EachName) -> NamedNodePattern {
    if let NamedNodePattern::Variable(name) = term { NamedNodePattern::Variable(each.name(name)) } else { term }
}

fn of_aggregate(aggregate: AggregateExpression, each: &mut impl EachName) -> AggregateExpression {
    match aggregate {
        AggregateExpression::FunctionCall { name, expr, distinct } => {
            AggregateExpression::FunctionCall { name, expr: expression(expr, each), distinct }
        }
        count @ AggregateExpression::CountSolutions { .. } => count,
    }
}

fn expression(asked: Expression, each: &mut impl EachName) -> Expression {
    use Expression as E;
    let mut one = |inner: Box<E>| Box::new(expression(*inner, each));
    match asked {
        E::Or(left, right) => E::Or(one(left), one(right)),
        E::And(left, right) => E::And(one(left), one(right)),
        E::Equal(left, right) => E::Equal(one(left), one(right)),
        E::SameTerm(left, right) => E::SameTerm(one(left), one(right)),
        E::Greater(left, right) => E::Greater(one(left), one(right)),
        E::GreaterOrEqual(left, right) => E::GreaterOrEqual(one(left), one(right)),
        E::Less(left, right) => E::Less(one(left), one(right)),
        E::LessOrEqual(left, right) => E::LessOrEqual(one(left), one(right)),
        E::Add(left, right) => E::Add(one(left), one(right)),
        E::Subtract(left, right) => E::Subtract(one(left), one(right)),
        E::Multiply(left, right) => E::Multiply(one(left), one(right)),
        E::Divide(left, right) => E::Divide(one(left), one(right)),
        E::UnaryPlus(inner) => E::UnaryPlus(one(inner)),
        E::UnaryMinus(inner) => E::UnaryMinus(one(inner)),
        E::Not(inner) => E::Not(one(inner)),
        E::If(condition, then, otherwise) => E::If(one(condition), one(then), one(otherwise)),
        E::In(needle, list) => E::In(one(needle), listed(list, each)),
        E::Coalesce(list) => E::Coalesce(listed(list, each)),
        E::FunctionCall(function, list) => E::FunctionCall(function, listed(list, each)),
        E::Variable(name) => E::Variable(each.name(name)),
        E::Bound(name) => E::Bound(each.name(name)),
        E::Exists(inner) => E::Exists(boxed(inner, each)),
        constant @ (E::NamedNode(_) | E::Literal(_)) => constant,
    }
}

fn listed(list: Vec<Expression>, each: &mut impl EachName) -> Vec<Expression> {
    list.into_iter().map(|item| expression(item, each)).collect()
}
