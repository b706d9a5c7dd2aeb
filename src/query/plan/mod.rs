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

use std::cell::Cell;

use super::error::Error;
use super::statistics::Statistics;
use super::variables::{Variables, certainly_bound, mentioned, mentioned_in};
use oxigraph::sparql::Variable;
use spargebra::algebra::{Expression, GraphPattern};

mod effort;
mod order;
mod sample;
mod scope;
#[cfg(test)]
mod tests;

use order::Order;
use sample::Sample;
use scope::{drops_what_exists, takes_values};

/// A part of a query with what it is thought to cost.
#[derive(Clone)]
pub(super) struct Planned {
    pattern: GraphPattern,
    /// Rows that come out.
    rows: f64,
    /// Rows looked at on the way.
    cost: f64,
    /// Some of the rows; none of what is not looked up for planning.
    sample: Sample,
}

/// What is known when a part is asked.
#[derive(Clone)]
struct Known {
    variables: Variables,
    sample: Sample,
}

impl Default for Known {
    /// Nothing.
    fn default() -> Self {
        Self { variables: Variables::new(), sample: Sample::nothing() }
    }
}

impl Known {
    /// These variables of a row, with their values in some rows.
    fn of(variables: Variables, sample: &Sample) -> Self {
        let sample = if sample.knows(&variables) { sample.only(&variables) } else { Sample::none() };
        Self { variables, sample }
    }

    /// No more than these variables of it.
    fn only(&self, variables: &[Variable]) -> Self {
        let kept = self.variables.iter().filter(|variable| variables.contains(variable)).cloned().collect();
        if self.variables.is_empty() { self.clone() } else { Self::of(kept, &self.sample) }
    }
}

/// What looks at no more rows than this for a row is looked up for each, without a thought of what else could be done.
const CHEAP: f64 = 8.0;

/// A join of nothing: one row without values.
const fn nothing() -> Planned {
    Planned { pattern: GraphPattern::Bgp { patterns: Vec::new() }, rows: 1.0, cost: 0.0, sample: Sample::none() }
}

/// Something that follows on a join.
enum Follows {
    Filter(Expression),
    Extend { variable: Variable, expression: Expression },
    Optional { right: GraphPattern, expression: Option<Expression> },
    Minus(GraphPattern),
}

/// Brings a query into order.
pub(super) struct Planner<'a> {
    statistics: Statistics<'a>,
    /// Parts that may still be planned.
    left: Cell<usize>,
}

/// Parts of a query that are planned, with every part once for each way of asking it; more than that stay as they were
/// written. The catalogue's largest question has some hundred.
const MOST_PARTS: usize = 3_000;

impl<'a> Planner<'a> {
    pub(super) const fn new(statistics: Statistics<'a>) -> Self {
        Self { statistics, left: Cell::new(MOST_PARTS) }
    }

    /// The same pattern in a better order.
    pub(super) fn order(&self, pattern: GraphPattern) -> Result<GraphPattern, Error> {
        Ok(self.plan(pattern, &Known::default())?.pattern)
    }

    /// Plans a pattern of which some variables will be known when it is asked. What is known decides the order only.
    fn plan(&self, pattern: GraphPattern, known: &Known) -> Result<Planned, Error> {
        use GraphPattern as P;
        let Some(left) = self.left.get().checked_sub(1) else {
            return Ok(Planned { pattern, rows: 1e4, cost: 1e4, sample: Sample::none() });
        };
        self.left.set(left);
        let with = |planned: Planned, wrap: &dyn Fn(Box<P>) -> P| Planned {
            pattern: wrap(Box::new(planned.pattern)),
            ..planned
        };
        Ok(match pattern {
            P::Project { inner, variables } => with(self.plan(*inner, &known.only(&variables))?, &|inner| P::Project {
                inner,
                variables: variables.clone(),
            }),
            P::Group { inner, variables, aggregates } => {
                let single = variables.iter().all(|variable| known.variables.contains(variable));
                let planned = with(self.plan(*inner, &known.only(&variables))?, &|inner| P::Group {
                    inner,
                    variables: variables.clone(),
                    aggregates: aggregates.clone(),
                });
                Planned { rows: if single { 1.0 } else { planned.rows }, ..planned }
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
                    sample: Sample::none(),
                }
            }
            // What stands in another graph or another store is not counted here; LATERAL is in order already.
            P::Graph { .. } | P::Service { .. } | P::Lateral { .. } => {
                Planned { pattern, rows: 1e4, cost: 1e4, sample: Sample::none() }
            }
            P::Values { ref bindings, .. } => {
                let rows = count(bindings.len());
                Planned { pattern, rows, cost: rows, sample: Sample::none() }
            }
            joined => self.join(joined, known)?,
        })
    }

    /// Plans everything that is joined, and what follows on it.
    fn join(&self, pattern: GraphPattern, known: &Known) -> Result<Planned, Error> {
        let mut flat = Vec::new();
        flatten(pattern, &mut flat);
        let mut parts: Vec<Branch> = flat.into_iter().map(|pattern| Branch { pattern, below: Vec::new() }).collect();
        let mut follows = Vec::new();
        while let Some(at) = (0..parts.len()).find(|at| may_follow_on_all(&parts, *at, &follows)) {
            let Branch { pattern, mut below } = parts.remove(at);
            let (inner, follow) = split(pattern);
            if let Some(follow) = follow {
                below.push(follows.len());
                follows.push(follow);
            }
            let mut inside = Vec::new();
            flatten(inner, &mut inside);
            // They stay where they were written: of two equal ones the first is looked up first.
            parts.splice(at..at, inside.into_iter().map(|pattern| Branch { pattern, below: below.clone() }));
        }
        let parts: Vec<GraphPattern> = parts.into_iter().map(|branch| branch.pattern).collect();
        follows.reverse();
        let shared = &shared(&parts, &follows) | &known.variables;
        let (mut planned, left) = Order { planner: self, known, shared }.of(parts, follows)?;
        for follow in left {
            planned = self.follow(planned, follow, &known.variables)?;
        }
        Ok(planned)
    }

    fn follow(&self, on: Planned, follow: Follows, known: &Variables) -> Result<Planned, Error> {
        use GraphPattern as P;
        let bound = &certainly_bound(&on.pattern) | known;
        Ok(match follow {
            Follows::Filter(expr) => {
                let expr = self.expression(expr, &bound, &on.sample)?;
                Planned { pattern: P::Filter { expr, inner: Box::new(on.pattern) }, ..on }
            }
            Follows::Extend { variable, expression } => {
                let expression = self.expression(expression, &bound, &on.sample)?;
                Planned { pattern: P::Extend { inner: Box::new(on.pattern), variable, expression }, ..on }
            }
            Follows::Minus(right) => self.minus(on, right, known)?,
            Follows::Optional { right, expression } => self.optional(on, right, expression, &bound)?,
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
        let cheap = each.as_ref().is_some_and(|each| each.cost <= CHEAP);
        let once = if cheap { nothing() } else { self.plan(right, &Known::default())? };
        if let Some(each) = each
            && (cheap || left.rows * each.cost.max(1.0) <= once.cost + left.rows)
        {
            let there = Expression::Not(Box::new(Expression::Exists(Box::new(each.pattern))));
            return Ok(Planned {
                pattern: P::Filter { expr: there, inner: Box::new(left.pattern) },
                rows: left.rows,
                cost: left.cost + left.rows * each.cost,
                sample: left.sample,
            });
        }
        Ok(Planned {
            pattern: P::Minus { left: Box::new(left.pattern), right: Box::new(once.pattern) },
            rows: left.rows,
            cost: left.cost + once.cost,
            sample: left.sample,
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
        let cheap = each.as_ref().is_some_and(|each| each.cost <= CHEAP);
        let once = if cheap { nothing() } else { self.plan(right, &Known::default())? };
        let left_pattern = Box::new(left.pattern);
        Ok(match each {
            Some(each) if cheap || left.rows * each.cost.max(1.0) <= once.cost + left.rows => {
                let nothing = Box::new(GraphPattern::Bgp { patterns: Vec::new() });
                let right = GraphPattern::LeftJoin { left: nothing, right: Box::new(each.pattern), expression };
                Planned {
                    pattern: GraphPattern::Lateral { left: left_pattern, right: Box::new(right) },
                    rows: left.rows * each.rows.max(1.0),
                    cost: left.cost + left.rows * each.cost,
                    sample: left.sample,
                }
            }
            _ => Planned {
                pattern: GraphPattern::LeftJoin { left: left_pattern, right: Box::new(once.pattern), expression },
                rows: left.rows,
                cost: left.cost + once.cost,
                sample: left.sample,
            },
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

#[expect(clippy::cast_precision_loss, reason = "an estimate")]
pub(super) const fn count(things: usize) -> f64 {
    things as f64
}

/// The variables that more than one of these speak of.
fn shared(parts: &[GraphPattern], follows: &[Follows]) -> Variables {
    let (mut once, mut more) = (Variables::new(), Variables::new());
    for own in parts.iter().map(mentioned).chain(follows.iter().map(Follows::mentioned)) {
        for variable in own {
            if !once.insert(variable.clone()) {
                more.insert(variable);
            }
        }
    }
    more
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

/// A part of a join that stood below something that follows on it.
struct Branch {
    pattern: GraphPattern,
    /// Which of those that follow it stood below: they see what it has, as before.
    below: Vec<usize>,
}

/// Whether a part is something that follows on its inner pattern and may as well follow on the whole join.
fn may_follow_on_all(parts: &[Branch], at: usize, follows: &[Follows]) -> bool {
    use GraphPattern as P;
    let (inner, own) = match &parts[at].pattern {
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
        others.append(&mut mentioned(&part.pattern));
    }
    for (_, follow) in follows.iter().enumerate().filter(|(number, _)| !parts[at].below.contains(number)) {
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
