//! In which order are the parts of one join looked up?

use spargebra::algebra::GraphPattern;

use super::super::error::Error;
use super::super::variables::{Variables, certainly_bound, is_blank, mentioned, of_term, of_triple};
use super::{Planned, Planner, count, takes_values};

/// Statements of a property that are counted at first: some milliseconds for a query.
const FEW: usize = 2_000;
/// Statements that are counted of a pattern with two constants, such as the citations of a law or the members of a class.
const SOME: usize = 20_000;
/// Statements that are counted where every pattern has more: the query takes seconds in any case.
const MANY: usize = 50_000;
/// Rows of a table that one looks through for each row of the rest, at most, all in all.
const SCANS: f64 = 1e7;

/// Orders the parts of one join of which some variables are known.
pub(super) struct Order<'a> {
    pub planner: &'a Planner<'a>,
    pub known: &'a Variables,
}

/// A part of a join.
struct Part {
    pattern: GraphPattern,
    variables: Variables,
    /// As it is when nothing is known but what is known of the whole join; not for patterns of the store.
    alone: Option<Planned>,
}

impl Part {
    /// How much of a triple pattern is given; of anything else everything, since it is not counted in the store.
    fn constants(&self, known: &Variables) -> usize {
        let GraphPattern::Bgp { patterns } = &self.pattern else { return 3 };
        3 - patterns.iter().flat_map(of_triple).filter(|variable| !known.contains(variable)).count().min(3)
    }
}

impl Order<'_> {
    /// The join of the parts.
    pub(super) fn of(&self, parts: Vec<GraphPattern>) -> Result<Planned, Error> {
        let mut parts = parts.into_iter().map(|pattern| self.part(pattern)).collect::<Result<Vec<_>, _>>()?;
        let mut joined: Option<Planned> = None;
        while !parts.is_empty() {
            let component = self.take_component(&mut parts);
            let next = self.component(component)?;
            joined = Some(match joined {
                None => next,
                Some(before) => Planned {
                    rows: before.rows * next.rows,
                    cost: before.cost + next.cost + before.rows * next.rows,
                    pattern: GraphPattern::Join { left: Box::new(before.pattern), right: Box::new(next.pattern) },
                },
            });
        }
        let nothing = || Planned { pattern: GraphPattern::Bgp { patterns: Vec::new() }, rows: 1.0, cost: 0.0 };
        Ok(joined.unwrap_or_else(nothing))
    }

    fn part(&self, pattern: GraphPattern) -> Result<Part, Error> {
        let variables = mentioned(&pattern);
        let alone = match pattern {
            GraphPattern::Bgp { .. } | GraphPattern::Path { .. } => None,
            // It may be asked without them, so it is planned without them.
            ref other => Some(self.planner.plan(other.clone(), &Variables::new())?),
        };
        Ok(Part { pattern, variables, alone })
    }

    /// The first part with all those that share variables with it, straight or through others.
    fn take_component(&self, parts: &mut Vec<Part>) -> Vec<Part> {
        let mut component = vec![parts.remove(0)];
        let mut reached = &component[0].variables - self.known;
        while let Some(at) = parts.iter().position(|part| !part.variables.is_disjoint(&reached)) {
            let part = parts.remove(at);
            reached = &reached | &(&part.variables - self.known);
            component.push(part);
        }
        component
    }

    /// Tries every beginning and takes the cheapest.
    fn component(&self, parts: Vec<Part>) -> Result<Planned, Error> {
        let starts = self.starts(&parts)?;
        let mut best: Option<(f64, Vec<usize>)> = None;
        for (start, rows) in starts {
            let (cost, order) = self.from(&parts, start, rows)?;
            if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                best = Some((cost, order));
            }
        }
        let order = best.map(|(_, order)| order).unwrap_or_default();
        let mut parts: Vec<Option<Part>> = parts.into_iter().map(Some).collect();
        let mut joined: Option<Planned> = None;
        for part in order.into_iter().filter_map(|at| parts.get_mut(at)?.take()) {
            joined = Some(match joined {
                None => self.begin(part)?,
                Some(before) => self.add(before, part)?,
            });
        }
        let nothing = || Planned { pattern: GraphPattern::Bgp { patterns: Vec::new() }, rows: 1.0, cost: 0.0 };
        Ok(joined.unwrap_or_else(nothing))
    }

    /// The parts that one may begin with, and how many rows each has.
    fn starts(&self, parts: &[Part]) -> Result<Vec<(usize, f64)>, Error> {
        // A pattern of two constants is often small, and most queries have one.
        for (most, constants) in [(SOME, 2), (FEW, 0), (MANY, 0)] {
            let mut starts = Vec::new();
            for (at, part) in parts.iter().enumerate().filter(|(_, part)| part.constants(self.known) >= constants) {
                let rows = self.rows(part, most)?;
                if rows < count(most) {
                    starts.push((at, rows));
                }
            }
            if !starts.is_empty() {
                return Ok(starts);
            }
        }
        (0..parts.len()).map(|at| Ok((at, self.rows(&parts[at], MANY)? * 20.0))).collect()
    }

    /// Rows of a part at the beginning.
    fn rows(&self, part: &Part, most: usize) -> Result<f64, Error> {
        if let Some(alone) = &part.alone {
            return Ok(alone.rows);
        }
        if !part.variables.is_disjoint(self.known) {
            return self.fan_out(part, self.known);
        }
        match &part.pattern {
            GraphPattern::Bgp { patterns } => match patterns.as_slice() {
                [triple] => Ok(count(self.planner.statistics.count(triple, most)?)),
                _ => Ok(1.0),
            },
            _ => self.fan_out(part, self.known),
        }
    }

    /// What it costs to begin with a part, and the order in which the others follow.
    fn from(&self, parts: &[Part], start: usize, rows: f64) -> Result<(f64, Vec<usize>), Error> {
        let mut known = self.known | &parts[start].variables;
        let (mut rows, mut cost) = (rows, rows + parts[start].alone.as_ref().map_or(0.0, |alone| alone.cost));
        let mut order = vec![start];
        while order.len() < parts.len() {
            let mut next: Option<(f64, usize)> = None;
            for (at, part) in parts.iter().enumerate().filter(|(at, _)| !order.contains(at)) {
                // What shares nothing waits; at least one part shares something.
                if part.variables.is_disjoint(&known) && !part.variables.is_empty() {
                    continue;
                }
                let fan_out = self.fan_out(part, &known)?;
                if next.is_none_or(|(least, _)| fan_out < least) {
                    next = Some((fan_out, at));
                }
            }
            let Some((fan_out, at)) =
                next.or_else(|| (0..parts.len()).find(|at| !order.contains(at)).map(|at| (1e6, at)))
            else {
                break;
            };
            cost += rows * fan_out.max(1.0);
            rows *= fan_out;
            known = &known | &parts[at].variables;
            order.push(at);
        }
        Ok((cost, order))
    }

    /// Rows that one row becomes when this part is added.
    fn fan_out(&self, part: &Part, known: &Variables) -> Result<f64, Error> {
        let statistics = &self.planner.statistics;
        let is_known = |term| of_term(term).is_none_or(|variable| known.contains(&variable));
        match &part.pattern {
            GraphPattern::Bgp { patterns } => match patterns.as_slice() {
                [triple] => statistics.fan_out(triple, is_known(&triple.subject), is_known(&triple.object)),
                _ => Ok(1.0),
            },
            GraphPattern::Path { subject, path, object } => {
                statistics.path_fan_out(path, is_known(subject), is_known(object))
            }
            // A table that is looked through only drops rows.
            GraphPattern::Values { variables, .. } if variables.iter().all(|variable| known.contains(variable)) => {
                Ok(0.3)
            }
            // Something larger is best joined when all else is there.
            _ => Ok(part.alone.as_ref().map_or(1.0, |alone| alone.rows.clamp(1.0, 1e5))),
        }
    }

    fn begin(&self, part: Part) -> Result<Planned, Error> {
        let rows = self.rows(&part, FEW)?;
        let Some(alone) = part.alone else { return Ok(Planned { pattern: part.pattern, rows, cost: rows }) };
        // Only where the whole is asked with known values.
        if !part.variables.is_disjoint(self.known) {
            return self.planner.plan(part.pattern, self.known);
        }
        Ok(alone)
    }

    /// Joins a part to those before it: looked up row by row, or read once.
    fn add(&self, before: Planned, part: Part) -> Result<Planned, Error> {
        let bound = &certainly_bound(&before.pattern) | self.known;
        let fan_out = self.fan_out(&part, &bound)?;
        let left = Box::new(before.pattern);
        let lateral = |left, right, rows, cost| Planned {
            pattern: GraphPattern::Lateral { left, right: Box::new(right) },
            rows,
            cost,
        };
        let rows = before.rows * fan_out;
        let Some(alone) = part.alone else {
            return Ok(lateral(left, part.pattern, rows, before.cost + before.rows * fan_out.max(1.0)));
        };
        let shared = &part.variables & &bound;
        if let GraphPattern::Values { bindings, .. } = &part.pattern {
            if before.rows * count(bindings.len()) <= SCANS {
                return Ok(lateral(left, part.pattern, rows, before.cost + before.rows));
            }
        } else if !shared.is_empty() && takes_values(&part.pattern, &mentioned(&left), &shared) {
            let each = self.planner.plan(part.pattern, &shared)?;
            if before.rows * each.cost.max(1.0) <= alone.cost + before.rows {
                let (rows, cost) = (before.rows * each.rows, before.cost + before.rows * each.cost);
                return Ok(lateral(left, each.pattern, rows, cost));
            }
        }
        // The optimizer would ask a chain of look-ups anew for each row of the part; a sub-select it reads once. All that
        // stands in it is let through, so that within EXISTS it has the values from outside as before.
        let variables = mentioned(&left).into_iter().filter(|variable| !is_blank(variable)).collect();
        let left = Box::new(GraphPattern::Project { inner: left, variables });
        Ok(Planned {
            pattern: GraphPattern::Join { left, right: Box::new(alone.pattern) },
            rows: before.rows.max(alone.rows),
            cost: before.cost + alone.cost + before.rows,
        })
    }
}
