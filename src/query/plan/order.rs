//! In which order are the parts of one join looked up?

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::mem;

use spargebra::algebra::GraphPattern;

use super::super::error::Error;
use super::super::variables::{Variables, certainly_bound, mentioned, of_triple};
use super::sample::Sample;
use super::{Follows, Known, Planned, Planner, count, nothing};

/// Statements of a pattern that are counted to find a beginning: at first what takes some milliseconds for a query, and more where every
/// way from the beginnings that were found costs more than to count on.
const COUNTED: [usize; 6] = [2_000, SOME, 100_000, 400_000, 2_000_000, 8_000_000];
/// Statements that are counted of a pattern with two constants, such as the citations of a law or the members of a class.
const SOME: usize = 20_000;
/// Beginnings that are gone through, of those found at a time.
const STARTS: usize = 4;
/// What is larger than a pattern is worked out on trial if it looks at no more rows than this.
const TRIED: f64 = 3e4;
/// Rows of a table that one looks through for each row of the rest, at most, all in all.
const SCANS: f64 = 1e7;

/// Orders the parts of one join of which some variables are known.
pub(super) struct Order<'a> {
    pub planner: &'a Planner<'a>,
    pub known: &'a Known,
    /// The variables that several parts, or something that follows, speak of.
    pub shared: Variables,
}

/// A part of a join.
pub(super) struct Part {
    pub pattern: GraphPattern,
    pub variables: Variables,
    /// As it is when nothing is known but what is known of the whole join; not for patterns of the store.
    pub alone: Option<Planned>,
    /// As it is when these variables are known.
    pub asked: RefCell<BTreeMap<Variables, Planned>>,
}

/// Something that follows, with its place among those that follow.
type Numbered = (usize, Follows);

/// Parts in the order in which they are looked up.
#[derive(Default)]
struct Sequence {
    steps: Vec<Step>,
    cost: f64,
}

/// A part that is looked up, and what there is then.
struct Step {
    part: usize,
    rows: f64,
    sample: Sample,
}

impl Part {
    /// How much of a triple pattern is given; of anything else everything, since it is not counted in the store.
    fn constants(&self, known: &Variables) -> usize {
        let GraphPattern::Bgp { patterns } = &self.pattern else { return 3 };
        3 - patterns.iter().flat_map(of_triple).filter(|variable| !known.contains(variable)).count().min(3)
    }
}

impl Order<'_> {
    /// The join of the parts, with what follows on it as early as there are fewest rows, and what is left of it.
    pub(super) fn of(&self, parts: Vec<GraphPattern>, follows: Vec<Follows>) -> Result<(Planned, Vec<Follows>), Error> {
        let mut follows: Vec<Numbered> = follows.into_iter().enumerate().collect();
        let mut parts = parts.into_iter().map(|pattern| self.part(pattern)).collect::<Result<Vec<_>, _>>()?;
        let mut joined: Option<Planned> = None;
        while !parts.is_empty() {
            let component = self.take_component(&mut parts);
            // What stands beside is not looked up with these rows.
            let alone = joined.is_none() && parts.is_empty();
            let early = if alone { self.early(&component, &mut follows) } else { Vec::new() };
            let (next, mut too_late) = self.component(component, early)?;
            follows.append(&mut too_late);
            joined = Some(match joined {
                None => next,
                Some(before) => Planned {
                    rows: before.rows * next.rows,
                    cost: before.cost + next.cost + before.rows * next.rows,
                    sample: before.sample.beside(&next.sample),
                    pattern: GraphPattern::Join { left: Box::new(before.pattern), right: Box::new(next.pattern) },
                },
            });
        }
        follows.sort_by_key(|(number, _)| *number);
        Ok((joined.unwrap_or_else(nothing), follows.into_iter().map(|(_, follow)| follow).collect()))
    }

    /// Takes out the OPTIONALs and MINUSes of which no other part knows more than it says itself, each with the variables of
    /// which it must know the value: when these are known, it may follow.
    fn early(&self, parts: &[Part], follows: &mut Vec<Numbered>) -> Vec<(Numbered, Variables)> {
        let owns: Vec<Variables> = follows.iter().map(|(_, follow)| follow.mentioned()).collect();
        let (mut early, mut late) = (Vec::new(), Vec::new());
        for (at, (number, follow)) in follows.drain(..).enumerate() {
            let mut others = parts.iter().fold(self.known.variables.clone(), |all, part| &all | &part.variables);
            for (_, own) in owns.iter().enumerate().filter(|(other, _)| *other != at) {
                others = &others | own;
            }
            let needed = &owns[at] & &others;
            match follow {
                Follows::Optional { .. } | Follows::Minus(_) if !needed.is_empty() => {
                    early.push(((number, follow), needed));
                }
                other => late.push((number, other)),
            }
        }
        *follows = late;
        early
    }

    fn part(&self, pattern: GraphPattern) -> Result<Part, Error> {
        let variables = mentioned(&pattern);
        let alone = match pattern {
            GraphPattern::Bgp { .. } | GraphPattern::Path { .. } => None,
            // It may be asked without them, so it is planned without them.
            ref other => Some(self.planner.plan(other.clone(), &Known::default())?),
        };
        Ok(Part { pattern, variables, alone, asked: RefCell::default() })
    }

    /// The first part with all those that share variables with it, straight or through others.
    fn take_component(&self, parts: &mut Vec<Part>) -> Vec<Part> {
        let mut component = vec![parts.remove(0)];
        let mut reached = &component[0].variables - &self.known.variables;
        while let Some(at) = parts.iter().position(|part| !part.variables.is_disjoint(&reached)) {
            let part = parts.remove(at);
            reached = &reached | &(&part.variables - &self.known.variables);
            component.push(part);
        }
        component
    }

    /// Joins the parts in the cheapest order.
    /// Gives back what needs values that are never certain.
    fn component(
        &self,
        parts: Vec<Part>,
        mut early: Vec<(Numbered, Variables)>,
    ) -> Result<(Planned, Vec<Numbered>), Error> {
        let sequence = self.cheapest(&parts)?;
        let mut parts: Vec<Option<Part>> = parts.into_iter().map(Some).collect();
        let mut joined: Option<Planned> = None;
        for (at, step) in sequence.steps.iter().enumerate() {
            let Some(part) = parts.get_mut(step.part).and_then(Option::take) else { continue };
            let mut planned = match joined {
                None => self.begin(part, step.rows)?,
                Some(before) => self.add(before, part, step.rows)?,
            };
            planned.sample = step.sample.clone();
            // It follows where no later step has fewer rows.
            let fewest = sequence.steps[at..].iter().all(|later| step.rows <= later.rows);
            let certain = certainly_bound(&planned.pattern);
            let (now, later): (Vec<_>, Vec<_>) =
                early.into_iter().partition(|(_, needed)| fewest && needed.is_subset(&certain));
            for ((_, follow), _) in now {
                planned = self.planner.follow(planned, follow, &self.known.variables)?;
            }
            early = later;
            joined = Some(planned);
        }
        Ok((joined.unwrap_or_else(nothing), early.into_iter().map(|(follow, _)| follow).collect()))
    }

    /// The order that costs least, of those from the few smallest beginnings.
    fn cheapest(&self, parts: &[Part]) -> Result<Sequence, Error> {
        // What must be worked out before it can be tried is not among the few: it is a beginning beside them.
        let given: Vec<Option<Planned>> = parts.iter().map(|part| self.given(part)).collect::<Result<_, _>>()?;
        let worked_out = |at: usize| given[at].as_ref().is_some_and(|given| given.cost > TRIED);
        let (beside, mut uncounted): (Vec<usize>, Vec<usize>) = (0..parts.len()).partition(|at| worked_out(*at));
        let mut best: Option<Sequence> = None;
        for most in COUNTED {
            // A way costs some microseconds a row, and counting as much for all parts.
            if best.as_ref().is_some_and(|best| best.cost <= 2.0 * count(most)) {
                break;
            }
            let mut starts = Vec::new();
            for at in mem::take(&mut uncounted) {
                // A pattern of two constants is often small, and most queries have one.
                let two = parts[at].constants(&self.known.variables) >= 2;
                let most = if two { most.max(SOME) } else { most };
                match self.rows(&parts[at], most)? {
                    rows if rows < count(most) => starts.push((at, rows)),
                    _ => uncounted.push(at),
                }
            }
            starts.sort_by(|left, right| left.1.total_cmp(&right.1));
            starts.truncate(STARTS);
            if best.is_none() && !starts.is_empty() {
                starts.extend(beside.iter().filter_map(|at| Some((*at, given[*at].as_ref()?.rows))));
            }
            self.try_from(parts, starts, &mut best)?;
        }
        if best.is_none() {
            let all = (0..parts.len()).map(|at| Ok((at, self.rows(&parts[at], COUNTED[COUNTED.len() - 1])?)));
            self.try_from(parts, all.collect::<Result<_, Error>>()?, &mut best)?;
        }
        Ok(best.unwrap_or_default())
    }

    /// Tries beginnings, of which the number of rows is given, and keeps the cheapest.
    fn try_from(&self, parts: &[Part], starts: Vec<(usize, f64)>, best: &mut Option<Sequence>) -> Result<(), Error> {
        for (start, rows) in starts {
            let sequence = self.from(parts, start, rows)?;
            if best.as_ref().is_none_or(|best| sequence.cost < best.cost) {
                *best = Some(sequence);
            }
        }
        Ok(())
    }

    /// What it costs to begin with a part, and the order in which the others follow.
    fn from(&self, parts: &[Part], start: usize, rows: f64) -> Result<Sequence, Error> {
        let mut known = &self.known.variables | &parts[start].variables;
        let mut cost = rows + self.given(&parts[start])?.map_or(0.0, |given| given.cost);
        let sample = self.extended(&self.known.sample, &parts[start])?;
        let mut steps = vec![Step { part: start, rows, sample }];
        let mut left: Vec<usize> = (0..parts.len()).filter(|at| *at != start).collect();
        let mut fan_outs: BTreeMap<usize, f64> = BTreeMap::new();
        while let Some(Step { rows, sample, .. }) = steps.last() {
            let mut next: Option<(f64, usize)> = None;
            for (place, at) in left.iter().enumerate() {
                let part = &parts[*at];
                // What shares nothing waits; at least one part shares something.
                if part.variables.is_disjoint(&known) && !part.variables.is_empty() {
                    continue;
                }
                if !fan_outs.contains_key(at) {
                    fan_outs.insert(*at, self.fan_out(part, &known, sample)?);
                }
                let effort = fan_outs[at].max(self.effort(part, &known, sample)?);
                if next.is_none_or(|(least, _)| effort < least) {
                    next = Some((effort, place));
                }
            }
            if left.is_empty() {
                break;
            }
            let at = left.remove(next.map_or(0, |(_, place)| place));
            let part = &parts[at];
            let fan_out = fan_outs.remove(&at).unwrap_or(1e6);
            cost += match &part.alone {
                Some(alone) => (rows * self.effort(part, &known, sample)?).min(alone.cost + rows),
                None => rows * fan_out.max(1.0),
            };
            // What was found out holds on as long as the rows are the same.
            if (fan_out - 1.0).abs() < 1e-9 {
                fan_outs.retain(|at, _| (&parts[*at].variables & &part.variables).is_subset(&known));
            } else {
                fan_outs.clear();
            }
            let step = Step { part: at, rows: rows * fan_out, sample: self.extended(sample, part)? };
            known = &known | &part.variables;
            steps.push(step);
        }
        Ok(Sequence { steps, cost })
    }

    /// The sample when this part was looked up for it.
    fn extended(&self, sample: &Sample, part: &Part) -> Result<Sample, Error> {
        if !self.planner.statistics.tries(&part.pattern, &sample.variables()) {
            return Ok(Sample::none());
        }
        match part.pattern {
            GraphPattern::Bgp { .. } | GraphPattern::Path { .. } | GraphPattern::Values { .. } => {
                sample.extended(&part.pattern, &self.shared, &self.planner.statistics)
            }
            // It takes too long to look it up, and most such parts neither drop rows nor make more of them.
            _ if !sample.is_nothing() => Ok(sample.clone()),
            _ => match &part.alone {
                Some(alone) if alone.cost <= TRIED => {
                    sample.extended(&alone.pattern, &self.shared, &self.planner.statistics)
                }
                _ => Ok(Sample::none()),
            },
        }
    }

    fn begin(&self, part: Part, rows: f64) -> Result<Planned, Error> {
        Ok(match self.given(&part)? {
            Some(given) => given,
            None => Planned { pattern: part.pattern, rows, cost: rows, sample: Sample::none() },
        })
    }

    /// Joins a part to those before it: looked up row by row, or read once.
    fn add(&self, before: Planned, part: Part, rows: f64) -> Result<Planned, Error> {
        let bound = &certainly_bound(&before.pattern) | &self.known.variables;
        let left = Box::new(before.pattern);
        let sample = Sample::none();
        let lateral = |left, right, rows, cost| Planned {
            pattern: GraphPattern::Lateral { left, right: Box::new(right) },
            rows,
            cost,
            sample: Sample::none(),
        };
        let Some(alone) = part.alone.clone() else {
            return Ok(lateral(left, part.pattern, rows, before.cost + rows.max(before.rows)));
        };
        if let GraphPattern::Values { bindings, .. } = &part.pattern {
            if before.rows * count(bindings.len()) <= SCANS {
                return Ok(lateral(left, part.pattern, rows, before.cost + before.rows));
            }
        } else if let Some(each) =
            self.asked(&part, &(&mentioned(&left) | &self.known.variables), &bound, &before.sample)?
            && before.rows * each.cost.max(1.0) <= alone.cost + before.rows
        {
            let (rows, cost) = (before.rows * each.rows, before.cost + before.rows * each.cost);
            return Ok(lateral(left, each.pattern, rows, cost));
        }
        Ok(Planned {
            pattern: GraphPattern::Join { left: sealed(*left), right: sealed(alone.pattern) },
            sample,
            rows: before.rows.max(alone.rows),
            cost: before.cost + alone.cost + before.rows,
        })
    }
}

/// A sub-select that lets everything through: within EXISTS it has the values from outside as before. A side of a join that is one is
/// read once, where the optimizer would ask a chain of look-ups anew for each row of the other side, and show its
/// values to what stands in an EXISTS there.
fn sealed(side: GraphPattern) -> Box<GraphPattern> {
    Box::new(match side {
        whole @ GraphPattern::Project { .. } => whole,
        inner => GraphPattern::Project { variables: mentioned(&inner).into_iter().collect(), inner: Box::new(inner) },
    })
}
