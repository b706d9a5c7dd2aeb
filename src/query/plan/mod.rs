//! In which order are the parts of a query looked up?
//!
//! The evaluator's optimizer has no statistics, never orders what stands inside EXISTS, and keeps what was written before an
//! OPTIONAL apart from what is written behind it. Here all that is joined together, through filters, assignments and
//! OPTIONALs, is brought into one order: each part is looked up with the values of those before it, the part that
//! multiplies the rows least next. Where to begin is found by counting in the store. The order is written as nested
//! LATERAL, which the optimizer leaves as it is.
//!
//! Each step keeps the meaning. A join may be taken in any order, and triple patterns and paths give with known values the
//! rows that they give otherwise and that agree with these. Something that follows on a part of a join (an OPTIONAL, a
//! FILTER, a BIND, a MINUS) may follow on the whole of it if the variables that it shares with the other parts have a value in
//! every row of its own part. A sub-select may be asked for the known values one by one if these are what it groups by.

use super::error::Error;
use super::statistics::Statistics;
use super::variables::{Variables, certainly_bound, mentioned, mentioned_in, of_term};
use spargebra::algebra::{Expression, GraphPattern};

mod order;
#[cfg(test)]
mod tests;

use order::Order;

/// A part of a query with what it is thought to cost.
#[derive(Clone)]
pub(super) struct Planned {
    pattern: GraphPattern,
    /// Rows that come out.
    rows: f64,
    /// Rows looked at on the way.
    cost: f64,
}

/// Something that follows on a join.
enum Follows {
    Filter(Expression),
    Extend { variable: oxigraph::sparql::Variable, expression: Expression },
    Optional { right: GraphPattern, expression: Option<Expression> },
    Minus(GraphPattern),
}

/// Brings a query into order.
pub(super) struct Planner<'a> {
    statistics: Statistics<'a>,
}

impl<'a> Planner<'a> {
    pub(super) const fn new(statistics: Statistics<'a>) -> Self {
        Self { statistics }
    }

    /// The same pattern in a better order.
    pub(super) fn order(&self, pattern: GraphPattern) -> Result<GraphPattern, Error> {
        Ok(self.plan(pattern, &Variables::new())?.pattern)
    }

    /// Plans a pattern of which some variables will be known when it is asked. What is known decides the order only.
    fn plan(&self, pattern: GraphPattern, known: &Variables) -> Result<Planned, Error> {
        use GraphPattern as P;
        let with = |planned: Planned, wrap: &dyn Fn(Box<P>) -> P| Planned {
            pattern: wrap(Box::new(planned.pattern)),
            ..planned
        };
        Ok(match pattern {
            P::Project { inner, variables } => {
                let visible = known.iter().filter(|variable| variables.contains(variable)).cloned().collect();
                with(self.plan(*inner, &visible)?, &|inner| P::Project { inner, variables: variables.clone() })
            }
            P::Group { inner, variables, aggregates } => {
                let keys = known.iter().filter(|variable| variables.contains(variable)).cloned().collect();
                with(self.plan(*inner, &keys)?, &|inner| P::Group {
                    inner,
                    variables: variables.clone(),
                    aggregates: aggregates.clone(),
                })
            }
            P::Distinct { inner } => with(self.plan(*inner, known)?, &|inner| P::Distinct { inner }),
            P::Reduced { inner } => with(self.plan(*inner, known)?, &|inner| P::Reduced { inner }),
            P::OrderBy { inner, expression } => {
                with(self.plan(*inner, known)?, &|inner| P::OrderBy { inner, expression: expression.clone() })
            }
            P::Slice { inner, start, length } => {
                with(self.plan(*inner, known)?, &|inner| P::Slice { inner, start, length })
            }
            P::Union { left, right } => {
                let (left, right) = (self.plan(*left, known)?, self.plan(*right, known)?);
                Planned {
                    pattern: P::Union { left: Box::new(left.pattern), right: Box::new(right.pattern) },
                    rows: left.rows + right.rows,
                    cost: left.cost + right.cost,
                }
            }
            // What stands in another graph or another store is not counted here; LATERAL is in order already.
            P::Graph { .. } | P::Service { .. } | P::Lateral { .. } => Planned { pattern, rows: 1e4, cost: 1e4 },
            P::Values { ref bindings, .. } => {
                let rows = count(bindings.len());
                Planned { pattern, rows, cost: rows }
            }
            joined => self.join(joined, known)?,
        })
    }

    /// Plans everything that is joined, and what follows on it.
    fn join(&self, pattern: GraphPattern, known: &Variables) -> Result<Planned, Error> {
        let mut parts = Vec::new();
        flatten(pattern, &mut parts);
        let mut follows = Vec::new();
        while let Some(at) = (0..parts.len()).find(|at| may_follow_on_all(&parts, *at, &follows)) {
            let (inner, follow) = split(parts.remove(at));
            follows.extend(follow);
            let mut inside = Vec::new();
            flatten(inner, &mut inside);
            // They stay where they were written: of two equal ones the first is looked up first.
            parts.splice(at..at, inside);
        }
        let mut planned = Order { planner: self, known }.of(parts)?;
        for follow in follows.into_iter().rev() {
            planned = self.follow(planned, follow, known)?;
        }
        Ok(planned)
    }

    fn follow(&self, on: Planned, follow: Follows, known: &Variables) -> Result<Planned, Error> {
        use GraphPattern as P;
        let bound = &certainly_bound(&on.pattern) | known;
        let inner = Box::new(on.pattern);
        let (pattern, cost) = match follow {
            Follows::Filter(expr) => (P::Filter { expr: self.expression(expr, &bound)?, inner }, on.cost),
            Follows::Extend { variable, expression } => {
                (P::Extend { inner, variable, expression: self.expression(expression, &bound)? }, on.cost)
            }
            Follows::Minus(right) => {
                let right = self.plan(right, &Variables::new())?;
                (P::Minus { left: inner, right: Box::new(right.pattern) }, on.cost + right.cost)
            }
            Follows::Optional { right, expression } => {
                return self.optional(Planned { pattern: *inner, ..on }, right, expression, &bound);
            }
        };
        Ok(Planned { pattern, rows: on.rows, cost })
    }

    /// An OPTIONAL: looked up row by row, or once for all rows and joined.
    fn optional(
        &self,
        left: Planned,
        right: GraphPattern,
        expression: Option<Expression>,
        bound: &Variables,
    ) -> Result<Planned, Error> {
        let shared = &mentioned(&right) & bound;
        let expression = match expression {
            Some(expression) => Some(self.expression(expression, &(bound | &certainly_bound(&right)))?),
            None => None,
        };
        let single = !shared.is_empty() && takes_values(&right, &mentioned(&left.pattern), &shared);
        let once = self.plan(right.clone(), &Variables::new())?;
        let each = if single { Some(self.plan(right, &shared)?) } else { None };
        let left_pattern = Box::new(left.pattern);
        Ok(match each {
            Some(each) if left.rows * each.cost.max(1.0) <= once.cost + left.rows => {
                let nothing = Box::new(GraphPattern::Bgp { patterns: Vec::new() });
                let right = GraphPattern::LeftJoin { left: nothing, right: Box::new(each.pattern), expression };
                Planned {
                    pattern: GraphPattern::Lateral { left: left_pattern, right: Box::new(right) },
                    rows: left.rows * each.rows.max(1.0),
                    cost: left.cost + left.rows * each.cost,
                }
            }
            _ => Planned {
                pattern: GraphPattern::LeftJoin { left: left_pattern, right: Box::new(once.pattern), expression },
                rows: left.rows,
                cost: left.cost + once.cost,
            },
        })
    }

    /// Orders what stands in the EXISTS of an expression.
    fn expression(&self, expression: Expression, bound: &Variables) -> Result<Expression, Error> {
        use Expression as E;
        let boxed = |inner: Box<E>| self.expression(*inner, bound).map(Box::new);
        Ok(match expression {
            E::Exists(pattern) => E::Exists(Box::new(self.plan(*pattern, bound)?.pattern)),
            E::Not(inner) => E::Not(boxed(inner)?),
            E::And(left, right) => E::And(boxed(left)?, boxed(right)?),
            E::Or(left, right) => E::Or(boxed(left)?, boxed(right)?),
            E::If(condition, then, otherwise) => E::If(boxed(condition)?, boxed(then)?, boxed(otherwise)?),
            other => other,
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "an estimate")]
const fn count(things: usize) -> f64 {
    things as f64
}

/// The parts of nested joins; a basic pattern is a join of its triples.
fn flatten(pattern: GraphPattern, parts: &mut Vec<GraphPattern>) {
    match pattern {
        GraphPattern::Join { left, right } => {
            flatten(*left, parts);
            flatten(*right, parts);
        }
        GraphPattern::Bgp { patterns } => {
            parts.extend(patterns.into_iter().map(|triple| GraphPattern::Bgp { patterns: vec![triple] }));
        }
        other => parts.push(other),
    }
}

/// Whether a part is something that follows on its inner pattern and may as well follow on the whole join.
fn may_follow_on_all(parts: &[GraphPattern], at: usize, follows: &[Follows]) -> bool {
    use GraphPattern as P;
    let (inner, own) = match &parts[at] {
        P::Filter { inner, expr } => (inner, mentioned_in(expr)),
        P::Extend { inner, expression, variable } => {
            (inner, &mentioned_in(expression) | &Variables::from([variable.clone()]))
        }
        P::Minus { left, right } => (left, mentioned(right)),
        P::LeftJoin { left, right, expression } => {
            let condition = expression.as_ref().map(mentioned_in).unwrap_or_default();
            (left, &mentioned(right) | &condition)
        }
        _ => return false,
    };
    let mut others = Variables::new();
    for (_, part) in parts.iter().enumerate().filter(|(other, _)| *other != at) {
        others.append(&mut mentioned(part));
    }
    for follow in follows {
        others.append(&mut follow.mentioned());
    }
    let certain = certainly_bound(inner);
    // Alone in its join, it follows on the whole already.
    parts.len() == 1 || own.intersection(&others).all(|variable| certain.contains(variable))
}

fn split(part: GraphPattern) -> (GraphPattern, Option<Follows>) {
    use GraphPattern as P;
    match part {
        P::Filter { inner, expr } => (*inner, Some(Follows::Filter(expr))),
        P::Extend { inner, expression, variable } => (*inner, Some(Follows::Extend { variable, expression })),
        P::Minus { left, right } => (*left, Some(Follows::Minus(*right))),
        P::LeftJoin { left, right, expression } => (*left, Some(Follows::Optional { right: *right, expression })),
        other => (other, None),
    }
}

impl Follows {
    fn mentioned(&self) -> Variables {
        match self {
            Self::Filter(expression) => mentioned_in(expression),
            Self::Extend { variable, expression } => &mentioned_in(expression) | &Variables::from([variable.clone()]),
            Self::Minus(right) => mentioned(right),
            Self::Optional { right, expression } => {
                &mentioned(right) | &expression.as_ref().map(mentioned_in).unwrap_or_default()
            }
        }
    }
}

/// Whether the pattern gives, asked with the values of a row, the rows that it gives otherwise and that agree with them.
/// `outer` are all variables of the row, `known` those that have a value in every row.
fn takes_values(pattern: &GraphPattern, outer: &Variables, known: &Variables) -> bool {
    use GraphPattern as P;
    match pattern {
        P::Bgp { .. } | P::Values { .. } => true,
        // A path of no steps leads from anything to itself, also from what is not in the graph.
        P::Path { subject, object, .. } => {
            [subject, object].into_iter().filter_map(of_term).all(|end| known.contains(&end) || !outer.contains(&end))
        }
        P::Join { left, right } | P::Union { left, right } => {
            takes_values(left, outer, known) && takes_values(right, outer, known)
        }
        P::Filter { expr, inner } => {
            let certain = certainly_bound(inner);
            takes_values(inner, outer, known)
                && mentioned_in(expr).iter().all(|variable| certain.contains(variable) || !outer.contains(variable))
        }
        P::Project { inner, variables } => {
            let visible: Variables = variables.iter().filter(|variable| outer.contains(variable)).cloned().collect();
            // What the sub-select hides is hidden from the optimizer only by another name.
            (&mentioned(inner) & outer).is_subset(&visible) && visible.is_subset(known) && is_asked_by(inner, &visible)
        }
        _ => false,
    }
}

/// Whether the body of a sub-select gives, with values for some variables, the rows that have these values.
fn is_asked_by(body: &GraphPattern, given: &Variables) -> bool {
    use GraphPattern as P;
    match body {
        P::Group { inner, variables, .. } => {
            let certain = certainly_bound(inner);
            !variables.is_empty()
                && given.iter().all(|variable| variables.contains(variable) && certain.contains(variable))
                && is_asked_by(inner, given)
        }
        P::Extend { inner, variable, .. } => !given.contains(variable) && is_asked_by(inner, given),
        P::Distinct { inner } => is_asked_by(inner, given),
        P::Filter { inner, .. } => given.is_subset(&certainly_bound(inner)) && is_asked_by(inner, given),
        inner => given.is_subset(&certainly_bound(inner)) && takes_values(inner, given, given),
    }
}
