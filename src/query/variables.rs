//! Which variables does a part of a query speak of, and which has it a value for?

use std::collections::BTreeSet;

use oxigraph::sparql::Variable;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

/// Variables in no particular order.
pub(super) type Variables = BTreeSet<Variable>;

/// The variable that a term stands for. A blank node stands for one as well, which no other part of the query can name.
pub(super) fn of_term(term: &TermPattern) -> Option<Variable> {
    match term {
        TermPattern::Variable(variable) => Some(variable.clone()),
        TermPattern::BlankNode(node) => Some(Variable::new_unchecked(format!("_:{}", node.as_str()))),
        TermPattern::NamedNode(_) | TermPattern::Literal(_) => None,
    }
}

/// The variables of a triple pattern.
pub(super) fn of_triple(triple: &TriplePattern) -> Variables {
    let predicate = match &triple.predicate {
        NamedNodePattern::Variable(variable) => Some(variable.clone()),
        NamedNodePattern::NamedNode(_) => None,
    };
    [of_term(&triple.subject), predicate, of_term(&triple.object)].into_iter().flatten().collect()
}

/// Every variable that stands anywhere in the pattern, in scope or not.
pub(super) fn mentioned(pattern: &GraphPattern) -> Variables {
    let mut found = Variables::new();
    mention(pattern, &mut found);
    found
}

/// Every variable that stands anywhere in the expression.
pub(super) fn mentioned_in(expression: &Expression) -> Variables {
    let mut found = Variables::new();
    mention_in(expression, &mut found);
    found
}

fn mention(pattern: &GraphPattern, found: &mut Variables) {
    use GraphPattern as P;
    // This has all variables in scope, and those of the parts are gone through below.
    pattern.on_in_scope_variable(|variable| {
        found.insert(variable.clone());
    });
    match pattern {
        P::Bgp { patterns } => found.extend(patterns.iter().flat_map(of_triple)),
        P::Path { subject, object, .. } => found.extend([of_term(subject), of_term(object)].into_iter().flatten()),
        P::Values { .. } => {}
        P::Join { left, right } | P::Lateral { left, right } | P::Union { left, right } | P::Minus { left, right } => {
            mention(left, found);
            mention(right, found);
        }
        P::LeftJoin { left, right, expression } => {
            mention(left, found);
            mention(right, found);
            if let Some(expression) = expression {
                mention_in(expression, found);
            }
        }
        P::Filter { expr: expression, inner } | P::Extend { inner, expression, .. } => {
            mention(inner, found);
            mention_in(expression, found);
        }
        P::OrderBy { inner, expression } => {
            mention(inner, found);
            for OrderExpression::Asc(key) | OrderExpression::Desc(key) in expression {
                mention_in(key, found);
            }
        }
        P::Group { inner, variables, aggregates } => {
            mention(inner, found);
            found.extend(variables.iter().cloned());
            for (_, aggregate) in aggregates {
                if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                    mention_in(expr, found);
                }
            }
        }
        P::Graph { inner, .. }
        | P::Service { inner, .. }
        | P::Project { inner, .. }
        | P::Distinct { inner }
        | P::Reduced { inner }
        | P::Slice { inner, .. } => mention(inner, found),
    }
}

fn mention_in(expression: &Expression, found: &mut Variables) {
    use Expression as E;
    match expression {
        E::NamedNode(_) | E::Literal(_) => {}
        E::Variable(variable) | E::Bound(variable) => {
            found.insert(variable.clone());
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
        | E::Divide(left, right) => {
            mention_in(left, found);
            mention_in(right, found);
        }
        E::UnaryPlus(inner) | E::UnaryMinus(inner) | E::Not(inner) => mention_in(inner, found),
        E::In(needle, list) => {
            mention_in(needle, found);
            for item in list {
                mention_in(item, found);
            }
        }
        E::Exists(pattern) => mention(pattern, found),
        E::If(condition, then, otherwise) => {
            for part in [condition, then, otherwise] {
                mention_in(part, found);
            }
        }
        E::Coalesce(list) | E::FunctionCall(_, list) => {
            for item in list {
                mention_in(item, found);
            }
        }
    }
}

/// Variables that have a value in every row of the pattern; some may be missed, none is wrongly there.
pub(super) fn certainly_bound(pattern: &GraphPattern) -> Variables {
    use GraphPattern as P;
    let mut bound = Variables::new();
    let mut add = |term: &TermPattern| {
        if let TermPattern::Variable(variable) = term {
            bound.insert(variable.clone());
        }
    };
    match pattern {
        P::Bgp { patterns } => {
            for triple in patterns {
                add(&triple.subject);
                add(&triple.object);
                if let NamedNodePattern::Variable(variable) = &triple.predicate {
                    add(&TermPattern::Variable(variable.clone()));
                }
            }
        }
        P::Path { subject, object, .. } => {
            add(subject);
            add(object);
        }
        P::Join { left, right } | P::Lateral { left, right } => {
            bound = certainly_bound(left);
            bound.append(&mut certainly_bound(right));
        }
        P::LeftJoin { left: inner, .. }
        | P::Minus { left: inner, .. }
        | P::Filter { inner, .. }
        | P::OrderBy { inner, .. }
        | P::Distinct { inner }
        | P::Reduced { inner }
        | P::Slice { inner, .. } => bound = certainly_bound(inner),
        P::Extend { inner, variable, expression } => {
            bound = certainly_bound(inner);
            if always_has_value(expression, &bound) {
                bound.insert(variable.clone());
            }
        }
        P::Union { left, right } => bound = &certainly_bound(left) & &certainly_bound(right),
        P::Project { inner, variables } | P::Group { inner, variables, .. } => {
            bound = certainly_bound(inner);
            bound.retain(|variable| variables.contains(variable));
        }
        P::Values { variables, bindings } => {
            bound.extend(
                variables
                    .iter()
                    .enumerate()
                    .filter(|(column, _)| bindings.iter().all(|row| row[*column].is_some()))
                    .map(|(_, variable)| variable.clone()),
            );
        }
        P::Graph { .. } | P::Service { .. } => {}
    }
    bound
}

/// Whether an expression has a value, and no error, in every row in which these variables have one.
fn always_has_value(expression: &Expression, bound: &Variables) -> bool {
    match expression {
        Expression::NamedNode(_) | Expression::Literal(_) | Expression::Bound(_) => true,
        Expression::Variable(variable) => bound.contains(variable),
        Expression::Coalesce(list) => list.iter().any(|item| always_has_value(item, bound)),
        _ => false,
    }
}
