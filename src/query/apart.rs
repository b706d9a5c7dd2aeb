//! Names that a sub-select hides are its own, and a blank node of a pattern is a variable like any other.
//!
//! What a sub-select does not hand on cannot be seen from outside, so that the same name may stand for something else there. Asked
//! with the values of a row, the evaluator would see the row's value behind it; under a name of its own it can be asked
//! row by row, where that is cheaper.

use std::collections::BTreeMap;

use oxigraph::model::BlankNode;
use oxigraph::sparql::Variable;
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use spargebra::term::TermPattern;

use super::each_name::{EachName, pattern};
use super::variables::Variables;

/// The same query, in which no sub-select hides a name that stands elsewhere too, without blank nodes.
pub(super) fn apart(query: Query) -> Query {
    match query {
        Query::Select { dataset, pattern, base_iri } => {
            Query::Select { dataset, pattern: outermost(pattern), base_iri }
        }
        Query::Construct { template, dataset, pattern, base_iri } => {
            Query::Construct { template, dataset, pattern: outermost(pattern), base_iri }
        }
        Query::Ask { dataset, pattern, base_iri } => Query::Ask { dataset, pattern: outermost(pattern), base_iri },
        describe @ Query::Describe { .. } => describe,
    }
}

/// The names of the outermost SELECT stay as they are.
fn outermost(query: GraphPattern) -> GraphPattern {
    use GraphPattern as P;
    match query {
        P::Project { inner, variables } => {
            let (inner, mut taken) = names(*inner);
            taken.extend(variables.iter().cloned());
            P::Project { inner: Box::new(pattern(inner, &mut Apart { taken, number: 0 })), variables }
        }
        P::Slice { inner, start, length } => P::Slice { inner: Box::new(outermost(*inner)), start, length },
        P::Distinct { inner } => P::Distinct { inner: Box::new(outermost(*inner)) },
        P::Reduced { inner } => P::Reduced { inner: Box::new(outermost(*inner)) },
        // An ASK, or a CONSTRUCT.
        other => {
            let (other, taken) = names(other);
            pattern(other, &mut Apart { taken, number: 0 })
        }
    }
}

/// The names that stand in a pattern, but for those that a sub-select in it hides.
fn names(asked: GraphPattern) -> (GraphPattern, Variables) {
    let mut seen = Seen(Variables::new());
    (pattern(asked, &mut seen), seen.0)
}

struct Seen(Variables);

impl EachName for Seen {
    fn name(&mut self, name: Variable) -> Variable {
        self.0.insert(name.clone());
        name
    }

    fn sub_select(&mut self, inner: GraphPattern, variables: Vec<Variable>) -> GraphPattern {
        self.0.extend(variables.iter().cloned());
        GraphPattern::Project { inner: Box::new(inner), variables }
    }
}

/// Sets sub-selects apart.
struct Apart {
    /// Names that stand for something already.
    taken: Variables,
    number: usize,
}

impl EachName for Apart {
    fn name(&mut self, name: Variable) -> Variable {
        name
    }

    fn blank(&mut self, node: BlankNode) -> TermPattern {
        // Neither can this be written in SPARQL.
        TermPattern::Variable(Variable::new_unchecked(format!("_:{}", node.as_str())))
    }

    fn sub_select(&mut self, inner: GraphPattern, variables: Vec<Variable>) -> GraphPattern {
        let (inner, within) = names(inner);
        let mut own = Own(BTreeMap::new());
        for name in within.into_iter().filter(|name| !variables.contains(name)) {
            if !self.taken.insert(name.clone()) {
                self.number += 1;
                // It cannot be written in SPARQL, so that it is nobody else's.
                let fresh = Variable::new_unchecked(format!("{} {}", name.as_str(), self.number));
                own.0.insert(name, fresh);
            }
        }
        let inner = if own.0.is_empty() { inner } else { pattern(inner, &mut own) };
        GraphPattern::Project { inner: Box::new(pattern(inner, self)), variables }
    }
}

/// Gives names of its own to what a sub-select hides.
struct Own(BTreeMap<Variable, Variable>);

impl EachName for Own {
    fn name(&mut self, name: Variable) -> Variable {
        self.0.get(&name).cloned().unwrap_or(name)
    }

    fn sub_select(&mut self, inner: GraphPattern, variables: Vec<Variable>) -> GraphPattern {
        // What it hides itself may change its name too, everywhere in it.
        let variables = variables.into_iter().map(|name| self.name(name)).collect();
        GraphPattern::Project { inner: Box::new(pattern(inner, self)), variables }
    }
}
