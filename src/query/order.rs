//! In which order do the rows stand?
//!
//! The evaluator sorts by reading both keys from disk at every comparison, all rows before the first: half a minute for
//! 220,000 rows of which twenty are wanted, and no way to stop it meanwhile. So the order by which a query closes is
//! taken off it and kept here, wherever it goes by plain variables. Rows that the query leaves equal follow their
//! columns, and rows without an order too: an answer does not depend on how the store happens to lie on disk.

use std::cmp::Ordering;

use oxigraph::model::vocab::xsd;
use oxigraph::model::{NamedNodeRef, Term};
use oxigraph::sparql::Variable;
use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern, OrderExpression};

/// A row: a term, or nothing, for each column.
pub(super) type Row = Vec<Option<Term>>;

/// Which columns to sort by, which of them to show, and which of the rows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Order {
    /// Variables to sort by; whether from the greatest down.
    keys: Vec<(Variable, bool)>,
    /// The columns to show.
    shown: Vec<Variable>,
    start: usize,
    length: Option<usize>,
}

impl Order {
    /// Takes the closing ORDER BY, with OFFSET and LIMIT, off a SELECT. A query that the evaluator has to sort itself,
    /// by an expression or before dropping doubles, is left as it is.
    pub(super) fn detach(query: Query) -> (Query, Option<Self>) {
        let Query::Select { dataset, pattern, base_iri } = query else { return (query, None) };
        let (pattern, order) = detach(pattern);
        (Query::Select { dataset, pattern, base_iri }, order)
    }

    /// How many rows from the top can be needed at most.
    const fn needed(&self) -> Option<usize> {
        match self.length {
            Some(length) => Some(self.start.saturating_add(length)),
            None => None,
        }
    }

    fn compare(keys: &[(usize, bool)], left: &Row, right: &Row) -> Ordering {
        keys.iter()
            .map(|(column, descending)| {
                let ordering = compare(left[*column].as_ref(), right[*column].as_ref());
                if *descending { ordering.reverse() } else { ordering }
            })
            .find(|ordering| ordering.is_ne())
            .unwrap_or_else(|| compare_rows(left, right))
    }
}

/// Collects rows and brings them into an order, of which no more is kept than is asked for.
pub(super) struct Sorter {
    order: Order,
    keys: Vec<(usize, bool)>,
    rows: Vec<Row>,
}

/// Rows beyond those needed that are kept before the surplus is sorted out.
const SLACK: usize = 10_000;

impl Sorter {
    /// A sorter of rows with these columns.
    pub(super) fn new(order: Order, columns: &[Variable]) -> Self {
        let place = |variable: &Variable| columns.iter().position(|column| column == variable);
        let keys = order.keys.iter().filter_map(|(key, descending)| Some((place(key)?, *descending))).collect();
        Self { order, keys, rows: Vec::new() }
    }

    /// Adds a row; tells how many rows the answer has by now.
    pub(super) fn push(&mut self, row: Row) -> usize {
        self.rows.push(row);
        if let Some(needed) = self.order.needed() {
            if self.rows.len() > needed.saturating_mul(2).saturating_add(SLACK) {
                self.sort();
                self.rows.truncate(needed);
            }
            return self.rows.len().min(needed).saturating_sub(self.order.start);
        }
        self.rows.len().saturating_sub(self.order.start)
    }

    fn sort(&mut self) {
        let keys = &self.keys;
        self.rows.sort_by(|left, right| Order::compare(keys, left, right));
    }

    /// The columns to show and the rows in order.
    pub(super) fn finish(mut self) -> (Vec<Variable>, Vec<Row>) {
        self.sort();
        let length = self.order.length.unwrap_or(usize::MAX);
        let shown = self.order.shown.len();
        let rows = self.rows.into_iter().skip(self.order.start).take(length);
        // The columns that are only sorted by stand behind those to show.
        (self.order.shown, rows.map(|row| row.into_iter().take(shown).collect()).collect())
    }
}

fn detach(pattern: GraphPattern) -> (GraphPattern, Option<Order>) {
    match pattern {
        GraphPattern::Slice { inner, start, length } => match detach(*inner) {
            (inner, Some(order)) if order.start == 0 && order.length.is_none() => {
                (inner, Some(Order { start, length, ..order }))
            }
            (inner, order) => (GraphPattern::Slice { inner: Box::new(attach(inner, order)), start, length }, None),
        },
        GraphPattern::Distinct { inner } => match detach(*inner) {
            // With a hidden column to sort by, rows that look the same would not be.
            (GraphPattern::Project { inner, variables }, Some(order)) if variables == order.shown => {
                let inner = Box::new(GraphPattern::Project { inner, variables });
                (GraphPattern::Distinct { inner }, Some(order))
            }
            (inner, order) => (GraphPattern::Distinct { inner: Box::new(attach(inner, order)) }, None),
        },
        GraphPattern::Project { inner, variables } => match *inner {
            GraphPattern::OrderBy { inner, expression } => {
                let Some(keys) = expression.iter().map(key).collect() else {
                    let inner = Box::new(GraphPattern::OrderBy { inner, expression });
                    return (GraphPattern::Project { inner, variables }, None);
                };
                let order = Order { keys, shown: variables.clone(), start: 0, length: None };
                let mut columns = variables;
                for (key, _) in &order.keys {
                    if !columns.contains(key) {
                        columns.push(key.clone());
                    }
                }
                (GraphPattern::Project { inner, variables: columns }, Some(order))
            }
            inner => (GraphPattern::Project { inner: Box::new(inner), variables }, None),
        },
        other => (other, None),
    }
}

/// Puts an order that was taken off a projection back on it.
fn attach(pattern: GraphPattern, order: Option<Order>) -> GraphPattern {
    match (pattern, order) {
        (GraphPattern::Project { inner, .. }, Some(order)) => {
            let expression = order
                .keys
                .into_iter()
                .map(|(key, descending)| {
                    let key = Expression::Variable(key);
                    if descending { OrderExpression::Desc(key) } else { OrderExpression::Asc(key) }
                })
                .collect();
            let inner = Box::new(GraphPattern::OrderBy { inner, expression });
            let pattern = GraphPattern::Project { inner, variables: order.shown };
            if order.start == 0 && order.length.is_none() {
                return pattern;
            }
            GraphPattern::Slice { inner: Box::new(pattern), start: order.start, length: order.length }
        }
        (pattern, _) => pattern,
    }
}

fn key(expression: &OrderExpression) -> Option<(Variable, bool)> {
    match expression {
        OrderExpression::Asc(Expression::Variable(variable)) => Some((variable.clone(), false)),
        OrderExpression::Desc(Expression::Variable(variable)) => Some((variable.clone(), true)),
        _ => None,
    }
}

/// Compares two rows column by column.
pub(super) fn compare_rows(left: &Row, right: &Row) -> Ordering {
    left.iter()
        .zip(right)
        .map(|(left, right)| compare(left.as_ref(), right.as_ref()))
        .find(|ordering| ordering.is_ne())
        .unwrap_or(Ordering::Equal)
}

/// SPARQL's order: nothing, blank nodes, IRIs, literals; numbers by value, texts by code point, dates (which the graph has
/// in one time zone) by their digits. Where SPARQL leaves the order open, it is by datatype and characters.
fn compare(left: Option<&Term>, right: Option<&Term>) -> Ordering {
    rank(left).cmp(&rank(right)).then_with(|| match (left, right) {
        (Some(Term::Literal(one)), Some(Term::Literal(other))) => {
            let numbers = left.and_then(number).zip(right.and_then(number));
            numbers
                .map_or(Ordering::Equal, |(one, other)| one.total_cmp(&other))
                .then_with(|| one.value().cmp(other.value()))
                .then_with(|| one.datatype().as_str().cmp(other.datatype().as_str()))
                .then_with(|| one.language().cmp(&other.language()))
        }
        (Some(Term::NamedNode(one)), Some(Term::NamedNode(other))) => one.cmp(other),
        (Some(Term::BlankNode(one)), Some(Term::BlankNode(other))) => one.as_str().cmp(other.as_str()),
        _ => Ordering::Equal,
    })
}

fn rank(term: Option<&Term>) -> u8 {
    match term {
        None => 0,
        Some(Term::BlankNode(_)) => 1,
        Some(Term::NamedNode(_)) => 2,
        Some(literal @ Term::Literal(_)) if number(literal).is_some() => 3,
        Some(Term::Literal(_)) => 4,
    }
}

/// The datatypes whose values are numbers and that the graph or the evaluator writes.
const NUMBERS: [NamedNodeRef<'static>; 5] =
    [xsd::INTEGER, xsd::DECIMAL, xsd::DOUBLE, xsd::FLOAT, xsd::NON_NEGATIVE_INTEGER];

/// The value of a numeric literal.
pub(super) fn number(term: &Term) -> Option<f64> {
    let Term::Literal(literal) = term else { return None };
    if NUMBERS.contains(&literal.datatype()) { literal.value().parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use oxigraph::model::Literal;

    use super::*;
    use crate::query::evaluate::parse;

    fn detached(text: &str) -> Option<Order> {
        Order::detach(parse(text).unwrap()).1
    }

    #[test]
    fn the_closing_order_is_taken_off_with_its_limit() {
        let order = detached("SELECT ?a WHERE { ?a ?b ?c } ORDER BY DESC(?c) ?a LIMIT 5 OFFSET 2").unwrap();
        assert_eq!((order.start, order.length, order.keys.len(), order.shown.len()), (2, Some(5), 2, 1));
    }

    #[test]
    fn orders_that_the_evaluator_must_see_stay() {
        let stays = [
            "SELECT ?a WHERE { ?a ?b ?c } ORDER BY STR(?c)",
            "SELECT DISTINCT ?a WHERE { ?a ?b ?c } ORDER BY ?c",
            "SELECT ?a WHERE { ?a ?b ?c }",
            "CONSTRUCT WHERE { ?a ?b ?c } ORDER BY ?a",
        ];
        for text in stays {
            let query = parse(text).unwrap();
            assert_eq!(Order::detach(query.clone()), (query, None), "{text}");
        }
        assert!(detached("SELECT DISTINCT ?a WHERE { ?a ?b ?c } ORDER BY ?a LIMIT 1").is_some());
    }

    #[test]
    fn numbers_go_by_value_and_nothing_comes_first() {
        let integer = |value: i64| Some(Term::from(Literal::from(value)));
        let text = |value: &str| Some(Term::from(Literal::from(value)));
        let mut terms = [text("b"), integer(10), None, text("a"), integer(9)];
        terms.sort_by(|left, right| compare(left.as_ref(), right.as_ref()));
        assert_eq!(terms, [None, integer(9), integer(10), text("a"), text("b")]);
    }

    #[test]
    fn a_sorter_keeps_no_more_than_is_needed() {
        let order = detached("SELECT ?a WHERE { ?a ?b ?c } ORDER BY DESC(?a) LIMIT 3 OFFSET 1").unwrap();
        let columns = [Variable::new("a").unwrap()];
        let mut sorter = Sorter::new(order, &columns);
        for value in 0..50_000 {
            sorter.push(vec![Some(Literal::from(value).into())]);
            assert!(sorter.rows.len() <= SLACK + 8);
        }
        let values: Vec<String> =
            sorter.finish().1.into_iter().flatten().flatten().map(|term| term.to_string()).collect();
        assert!(values.iter().map(|value| value.get(1..6).unwrap()).eq(["49998", "49997", "49996"]), "{values:?}");
    }
}
