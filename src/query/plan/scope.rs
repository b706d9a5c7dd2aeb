//! May a part of a query be asked with the values of a row, and may something follow early or late?
//!
//! The evaluator hands the values of a row down into whatever stands to the right of a LATERAL. A join, an OPTIONAL or a
//! MINUS has the rows that SPARQL gives it only where its right side, asked so, gives the rows that it gives otherwise and that
//! agree with the row.

use spargebra::algebra::GraphPattern;

use super::super::variables::{Variables, certainly_bound, mentioned, mentioned_in, of_term};

/// Whether the pattern gives, asked with the values of a row, the rows that it gives otherwise and that agree with them.
/// `outer` are all variables of the row, `known` those that have a value in every row.
pub(super) fn takes_values(pattern: &GraphPattern, outer: &Variables, known: &Variables) -> bool {
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
        // What follows on a pattern sees of the row only what the pattern has a value for in any case.
        P::Filter { expr, inner } => {
            takes_values(inner, outer, known) && (&mentioned_in(expr) & outer).is_subset(&certainly_bound(inner))
        }
        P::Extend { inner, variable, expression } => {
            !outer.contains(variable)
                && takes_values(inner, outer, known)
                && (&mentioned_in(expression) & outer).is_subset(&certainly_bound(inner))
        }
        P::LeftJoin { left, right, expression } => {
            let condition = expression.as_ref().map(mentioned_in).unwrap_or_default();
            takes_values(left, outer, known)
                && takes_values(right, outer, known)
                && (&(&mentioned(right) | &condition) & outer).is_subset(&certainly_bound(left))
        }
        P::Minus { left, right } => {
            let certain = certainly_bound(left);
            takes_values(left, outer, known)
                && takes_values(right, outer, known)
                && (&mentioned(right) & outer).is_subset(&certain)
                && !certain.is_disjoint(&certainly_bound(right))
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
        P::Distinct { inner } | P::Reduced { inner } | P::OrderBy { inner, .. } => is_asked_by(inner, given),
        P::Filter { inner, .. } => given.is_subset(&certainly_bound(inner)) && is_asked_by(inner, given),
        inner => given.is_subset(&certainly_bound(inner)) && takes_values(inner, given, given),
    }
}

/// Whether `left MINUS right` drops those rows for which `right`, asked with their values, has a row: what both speak of has a
/// value on the left in every row, and something of it on the right too, so that a row of the right that agrees shares something.
/// `outer` are the variables of a row that all this is asked with.
pub(super) fn drops_what_exists(left: &GraphPattern, right: &GraphPattern, outer: &Variables) -> bool {
    let certain = certainly_bound(left);
    let around = &mentioned(left) | outer;
    (&mentioned(right) & &around).is_subset(&certain)
        && !certain.is_disjoint(&certainly_bound(right))
        && takes_values(right, &around, &certain)
}
