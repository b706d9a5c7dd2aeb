//! What follows on a join: filters, assignments, OPTIONALs and MINUSes, each looked up row by row, or read once for all rows.

use oxigraph::sparql::Variable;
use spargebra::algebra::{Expression, GraphPattern};

use super::super::error::Error;
use super::super::variables::{Variables, certainly_bound, mentioned, mentioned_in};
use super::sample::Sample;
use super::scope::{drops_what_exists, takes_values};
use super::{Known, MOST_KEPT, Planned, Planner, sealed};

/// Something that follows on a join.
pub(super) enum Follows {
    Filter(Expression),
    Extend { variable: Variable, expression: Expression },
    Optional { right: GraphPattern, expression: Option<Expression> },
    Minus(GraphPattern),
}

impl Follows {
    pub(super) fn mentioned(&self) -> Variables {
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

/// What a part is when that which follows on it is taken off.
pub(super) fn split(part: GraphPattern) -> (GraphPattern, Option<Follows>) {
    use GraphPattern as P;
    match part {
        P::Filter { inner, expr } => (*inner, Some(Follows::Filter(expr))),
        P::Extend { inner, expression, variable } => (*inner, Some(Follows::Extend { variable, expression })),
        P::Minus { left, right } => (*left, Some(Follows::Minus(*right))),
        P::LeftJoin { left, right, expression } => (*left, Some(Follows::Optional { right: *right, expression })),
        other => (other, None),
    }
}

/// How the other side is asked.
enum Way {
    /// With the values of each row.
    Each(Planned),
    /// Once, and joined with all rows in memory.
    Once(Planned),
}

impl Planner<'_> {
    pub(super) fn follow(&self, on: Planned, follow: Follows, known: &Variables) -> Result<Planned, Error> {
        use GraphPattern as P;
        let bound = &certainly_bound(&on.pattern) | known;
        Ok(match follow {
            Follows::Filter(expr) => self.filter(on, expr, known, &bound)?,
            Follows::Extend { variable, expression } => {
                let expression = self.expression(expression, &bound, &on.sample)?;
                Planned { pattern: P::Extend { inner: Box::new(on.pattern), variable, expression }, ..on }
            }
            Follows::Minus(right) => self.minus(on, right, known)?,
            Follows::Optional { right, expression } => self.optional(on, right, expression, &bound)?,
        })
    }

    /// Asks something for each of the rows, where it can be, or once for all of them: whichever costs less.
    fn way(&self, rows: f64, each: Option<Planned>, once: impl FnOnce() -> Result<Planned, Error>) -> Result<Way, Error> {
        let Some(each) = each else { return Ok(Way::Once(once()?)) };
        let cost = rows * each.cost.max(self.prices.look_up);
        if rows < self.prices.few && cost < self.prices.few * self.prices.look_up {
            return Ok(Way::Each(each));
        }
        let once = once()?;
        let together = once.cost + (once.rows + rows) * self.prices.join;
        Ok(if once.rows <= MOST_KEPT && together < cost { Way::Once(once) } else { Way::Each(each) })
    }

    /// A filter. What must be there, or must not, for very many rows is read once, as a join or a MINUS.
    fn filter(&self, on: Planned, expr: Expression, known: &Variables, bound: &Variables) -> Result<Planned, Error> {
        if !known.is_empty() || on.rows < self.prices.few {
            return self.keep(on, expr, bound);
        }
        let (mut tests, mut exist, mut lack) = (Vec::new(), Vec::new(), Vec::new());
        for part in conjuncts(expr) {
            match part {
                Expression::Exists(pattern) => exist.push(*pattern),
                Expression::Not(inner) => match *inner {
                    Expression::Exists(pattern) => lack.push(*pattern),
                    other => tests.push(Expression::Not(Box::new(other))),
                },
                other => tests.push(other),
            }
        }
        let mut planned = on;
        if let Some(test) = tests.into_iter().reduce(|all, test| Expression::And(Box::new(all), Box::new(test))) {
            planned = self.keep(planned, test, bound)?;
        }
        for pattern in lack {
            planned = match drops_what_exists(&planned.pattern, &pattern, known) {
                true => self.minus(planned, pattern, known)?,
                false => self.keep(planned, Expression::Not(Box::new(Expression::Exists(Box::new(pattern)))), bound)?,
            };
        }
        for pattern in exist {
            planned = self.semijoin(planned, pattern, known, bound)?;
        }
        Ok(planned)
    }

    /// The rows for which an expression is true.
    fn keep(&self, on: Planned, expr: Expression, bound: &Variables) -> Result<Planned, Error> {
        let expr = self.expression(expr, bound, &on.sample)?;
        Ok(Planned { pattern: GraphPattern::Filter { expr, inner: Box::new(on.pattern) }, ..on })
    }

    /// The rows for which a pattern has a row.
    fn semijoin(
        &self,
        left: Planned,
        right: GraphPattern,
        known: &Variables,
        bound: &Variables,
    ) -> Result<Planned, Error> {
        let shared = &mentioned(&right) & &mentioned(&left.pattern);
        // What shows each of its values once leaves each row that agrees with one as it is.
        let once = drops_what_exists(&left.pattern, &right, known) && shared.is_subset(&certainly_bound(&right));
        if !once {
            return self.keep(left, Expression::Exists(Box::new(right)), bound);
        }
        let each = self.plan(right.clone(), &Known::of(shared.clone(), &left.sample))?;
        Ok(match self.way(left.rows, Some(each), || self.plan(right, &Known::default()))? {
            Way::Each(each) => {
                let cost = left.cost + left.rows * each.cost;
                let expr = Expression::Exists(Box::new(each.pattern));
                Planned { pattern: GraphPattern::Filter { expr, inner: Box::new(left.pattern) }, cost, ..left }
            }
            Way::Once(once) => {
                let variables = shared.into_iter().collect();
                let shown = GraphPattern::Project { inner: Box::new(once.pattern), variables };
                let right = Box::new(GraphPattern::Distinct { inner: Box::new(shown) });
                let cost = left.cost + once.cost + (once.rows + left.rows) * self.prices.join;
                Planned { pattern: GraphPattern::Join { left: sealed(left.pattern), right }, cost, ..left }
            }
        })
    }

    /// A MINUS: looked up row by row, or read once for all rows.
    fn minus(&self, left: Planned, right: GraphPattern, known: &Variables) -> Result<Planned, Error> {
        use GraphPattern as P;
        let each = if drops_what_exists(&left.pattern, &right, known) {
            let shared = &mentioned(&right) & &certainly_bound(&left.pattern);
            Some(self.plan(right.clone(), &Known::of(shared, &left.sample))?)
        } else {
            None
        };
        Ok(match self.way(left.rows, each, || self.plan(right, &Known::default()))? {
            Way::Each(each) => {
                let cost = left.cost + left.rows * each.cost;
                let expr = Expression::Not(Box::new(Expression::Exists(Box::new(each.pattern))));
                Planned { pattern: P::Filter { expr, inner: Box::new(left.pattern) }, cost, ..left }
            }
            Way::Once(once) => {
                let cost = left.cost + once.cost + (once.rows + left.rows) * self.prices.join;
                let pattern = P::Minus { left: Box::new(left.pattern), right: Box::new(once.pattern) };
                Planned { pattern, cost, ..left }
            }
        })
    }

    /// An OPTIONAL: looked up row by row, or once for all rows and joined.
    fn optional(
        &self,
        left: Planned,
        right: GraphPattern,
        expression: Option<Expression>,
        bound: &Variables,
    ) -> Result<Planned, Error> {
        let outer = &mentioned(&left.pattern) | bound;
        // A variable that has a value in some rows only counts too: a row without one goes with all rows of the right side, and
        // finds them so.
        let shared = &mentioned(&right) & &outer;
        let expression = match expression {
            Some(expression) => {
                Some(self.expression(expression, &(bound | &certainly_bound(&right)), &Sample::none())?)
            }
            None => None,
        };
        let single = !shared.is_empty() && takes_values(&right, &outer, &(&shared & bound));
        let each = if single { Some(self.plan(right.clone(), &Known::of(shared, &left.sample))?) } else { None };
        // Without the right side being a sub-select the optimizer might ask it for each row all the same.
        let seal = single;
        Ok(match self.way(left.rows, each, || self.plan(right, &Known::default()))? {
            Way::Each(each) => {
                let nothing = Box::new(GraphPattern::Bgp { patterns: Vec::new() });
                let right = GraphPattern::LeftJoin { left: nothing, right: Box::new(each.pattern), expression };
                Planned {
                    pattern: GraphPattern::Lateral { left: Box::new(left.pattern), right: Box::new(right) },
                    rows: left.rows * each.rows.max(1.0),
                    cost: left.cost + left.rows * each.cost,
                    sample: left.sample,
                }
            }
            Way::Once(once) => {
                let right = if seal { sealed(once.pattern) } else { Box::new(once.pattern) };
                Planned {
                    pattern: GraphPattern::LeftJoin { left: Box::new(left.pattern), right, expression },
                    cost: left.cost + once.cost + (once.rows + left.rows) * self.prices.join,
                    ..left
                }
            }
        })
    }

    /// Orders what stands in the EXISTS of an expression.
    fn expression(&self, expression: Expression, bound: &Variables, sample: &Sample) -> Result<Expression, Error> {
        use Expression as E;
        let boxed = |inner: Box<E>| self.expression(*inner, bound, sample).map(Box::new);
        Ok(match expression {
            E::Exists(pattern) => {
                let shared = &mentioned(&pattern) & bound;
                E::Exists(Box::new(self.plan(*pattern, &Known::of(shared, sample))?.pattern))
            }
            E::Not(inner) => E::Not(boxed(inner)?),
            E::And(left, right) => E::And(boxed(left)?, boxed(right)?),
            E::Or(left, right) => E::Or(boxed(left)?, boxed(right)?),
            E::If(condition, then, otherwise) => E::If(boxed(condition)?, boxed(then)?, boxed(otherwise)?),
            other => other,
        })
    }
}

/// What must all be true.
fn conjuncts(expression: Expression) -> Vec<Expression> {
    match expression {
        Expression::And(left, right) => {
            let mut parts = conjuncts(*left);
            parts.append(&mut conjuncts(*right));
            parts
        }
        other => vec![other],
    }
}
