//! How many rows does a part of a join have, and what does it cost to look it up?

use spargebra::algebra::GraphPattern;

use super::super::error::Error;
use super::super::variables::{Variables, of_term};
use super::order::{Order, Part};
use super::sample::Sample;
use super::scope::takes_values;
use super::{Known, Planned, count};

impl Order<'_> {
    /// Rows of a part at the beginning.
    pub(super) fn rows(&self, part: &Part, most: usize) -> Result<f64, Error> {
        if let Some(given) = self.given(part)? {
            return Ok(given.rows);
        }
        if !part.variables.is_disjoint(&self.known.variables) {
            return self.fan_out(part, &self.known.variables, &self.known.sample);
        }
        match &part.pattern {
            GraphPattern::Bgp { patterns } => match patterns.as_slice() {
                [triple] => Ok(count(self.planner.statistics.count(triple, most)?)),
                _ => Ok(1.0),
            },
            _ => self.fan_out(part, &self.known.variables, &self.known.sample),
        }
    }

    /// The part as it is at the beginning: asked with what is known of the whole join, if it is larger than a pattern.
    pub(super) fn given(&self, part: &Part) -> Result<Option<Planned>, Error> {
        let Some(alone) = &part.alone else { return Ok(None) };
        let shared = &part.variables & &self.known.variables;
        if shared.is_empty() {
            return Ok(Some(alone.clone()));
        }
        if let Some(given) = part.asked.borrow().get(&shared) {
            return Ok(Some(given.clone()));
        }
        let given = self.planner.plan(part.pattern.clone(), self.known)?;
        part.asked.borrow_mut().insert(shared, given.clone());
        Ok(Some(given))
    }

    /// What it costs to look this part up for one row: nothing beside its rows, but for what is larger than a pattern.
    pub(super) fn effort(&self, part: &Part, known: &Variables, sample: &Sample) -> Result<f64, Error> {
        let Some(alone) = &part.alone else { return Ok(0.0) };
        if matches!(part.pattern, GraphPattern::Values { .. }) {
            return Ok(0.0);
        }
        Ok(self.asked(part, known, known, sample)?.map_or(alone.cost, |each| each.cost.max(1.0)))
    }

    /// The part as it is when it is asked for the values of a row: `outer` are the variables of the row, `bound` those that
    /// have a value.
    pub(super) fn asked(
        &self,
        part: &Part,
        outer: &Variables,
        bound: &Variables,
        sample: &Sample,
    ) -> Result<Option<Planned>, Error> {
        let shared = &part.variables & bound;
        if shared.is_empty() || !takes_values(&part.pattern, outer, &shared) {
            return Ok(None);
        }
        if let Some(known) = part.asked.borrow().get(&shared) {
            return Ok(Some(known.clone()));
        }
        let each = self.planner.plan(part.pattern.clone(), &Known::of(shared.clone(), sample))?;
        part.asked.borrow_mut().insert(shared, each.clone());
        Ok(Some(each))
    }

    /// Rows that one row becomes when this part is added: tried on a sample, else guessed from what the properties do.
    pub(super) fn fan_out(&self, part: &Part, known: &Variables, sample: &Sample) -> Result<f64, Error> {
        let statistics = &self.planner.statistics;
        let looked_up =
            matches!(part.pattern, GraphPattern::Bgp { .. } | GraphPattern::Path { .. } | GraphPattern::Values { .. });
        let shared = &part.variables & known;
        if looked_up
            && !shared.is_empty()
            && sample.knows(&shared)
            && statistics.tries(&part.pattern, &shared)
            && let Some(tried) = sample.fan_out(&part.pattern, statistics)?
        {
            return Ok(tried);
        }
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
            _ => match self.asked(part, known, known, sample)? {
                Some(each) => Ok(each.rows),
                // Something larger is best joined when all else is there.
                None => Ok(part.alone.as_ref().map_or(1.0, |alone| alone.rows.clamp(1.0, 1e5))),
            },
        }
    }
}
