//! Which nodes break the shapes? The queries of all demands, asked; their rows as a [`Report`].

use std::collections::BTreeMap;
use std::time::Duration;

use oxigraph::model::{NamedNode, Term};
use oxigraph::store::Store;
use rayon::prelude::*;

use super::compile::{Check, Classes, Compiler};
use super::error::Error;
use super::graph::SH;
use super::name::short;
use super::path::Path;
use super::report::{Report, Tally, Violation};
use super::shape::{Constraint, Severity, Shape, Shapes, Target};
use super::wording::Wording;
use crate::query::{self, Answer, Bindings, Limits, Solutions};

/// What is looked for and how much of it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The least severity of the shapes that are checked.
    pub severity: Severity,
    /// How many violations are kept; the others are counted.
    pub limit: usize,
    /// How long one demand may take to be checked; `None` is for ever.
    pub timeout: Option<Duration>,
}

impl Default for Options {
    /// Every severity, a thousand violations, ten minutes a demand.
    fn default() -> Self {
        Self { severity: Severity::Info, limit: 1000, timeout: Some(Duration::from_secs(600)) }
    }
}

/// Looks where the default graph of `store` breaks the shapes.
///
/// Two demands are checked at a time on two cores, and so on; the report is the same on any number.
///
/// # Errors
/// When a shape says something that cannot be checked, when a demand takes longer than was allowed, and when the store
/// fails. A store that breaks the shapes is no error.
pub fn validate(store: &Store, shapes: &Shapes, options: &Options) -> Result<Report, Error> {
    let asker = Asker { store, shapes, options, wording: Wording::own()? };
    let classes = asker.classes()?;
    let mut checks = Compiler::new(shapes, &classes).checks()?;
    checks.retain(|check| asker.shape(check).is_some_and(|shape| shape.severity >= options.severity));
    let found: Vec<Result<Found, Error>> = checks.par_iter().map(|check| asker.ask(check)).collect();
    let mut report =
        Report { shapes: shapes.file.clone(), checked: checks.len(), violations: Vec::new(), tallies: Vec::new() };
    for (check, found) in checks.iter().zip(found) {
        let (found, Some((shape, demand))) = (found?, asker.demand(check)) else { continue };
        if found.count == 0 {
            continue;
        }
        let room = options.limit.saturating_sub(report.violations.len());
        let listed = found.rows.rows.len().min(room);
        for row in found.rows.rows.iter().take(room) {
            let cell = |name: &str| {
                let column = found.rows.variables.iter().position(|variable| variable.as_str() == name)?;
                row.get(column)?.clone()
            };
            let mut violation = asker.violation(shape, demand, &cell);
            // Each row is a violation, also where rows differ only in what a message speaks of.
            let cells = row.iter().map(|term| term.as_ref().map(ToString::to_string).unwrap_or_default());
            violation.distinction = format!("{} {}", demand.shown(shapes), cells.collect::<Vec<_>>().join(" "));
            report.violations.push(violation);
        }
        report.tallies.push(Tally {
            shape: shape.id.clone(),
            path: shape.path.clone(),
            component: component(demand),
            severity: shape.severity.clone(),
            count: found.count,
            listed,
        });
    }
    Ok(report)
}

/// The queries that [`validate`] would ask, each under the shape and the component that it is for; in the order of the
/// file. The classes are taken as they stand, without those below them.
///
/// # Errors
/// When a shape says something that cannot be checked.
pub fn queries(shapes: &Shapes) -> Result<Vec<(String, String, String)>, Error> {
    let classes = Classes::new();
    let checks = Compiler::new(shapes, &classes).checks()?;
    let named = checks.into_iter().filter_map(|check| {
        let shape = shapes.shapes.get(check.shape)?;
        let demand = shape.constraints.get(check.constraint)?;
        Some((short(&shape.id), demand.component().to_owned(), check.text))
    });
    Ok(named.collect())
}

fn component(demand: &Constraint) -> NamedNode {
    NamedNode::new_unchecked(format!("{SH}{}", demand.component()))
}

struct Found {
    rows: Solutions,
    count: usize,
}

struct Asker<'a> {
    store: &'a Store,
    shapes: &'a Shapes,
    options: &'a Options,
    wording: Wording,
}

impl<'a> Asker<'a> {
    fn shape(&self, check: &Check) -> Option<&'a Shape> {
        self.shapes.shapes.get(check.shape)
    }

    fn demand(&self, check: &Check) -> Option<(&'a Shape, &'a Constraint)> {
        let shape = self.shape(check)?;
        Some((shape, shape.constraints.get(check.constraint)?))
    }

    /// The classes below each class that the shapes name, as the graph has them.
    fn classes(&self) -> Result<Classes, Error> {
        let mut classes = BTreeMap::new();
        for shape in &self.shapes.shapes {
            let targets = shape.targets.iter().filter_map(|target| match target {
                Target::Class(class) => Some(class),
                _ => None,
            });
            let demanded = shape.constraints.iter().filter_map(|demand| match demand {
                Constraint::Class(class) => Some(class),
                _ => None,
            });
            for class in targets.chain(demanded) {
                if !classes.contains_key(class.as_str()) {
                    classes.insert(class.as_str().to_owned(), self.below(class)?);
                }
            }
        }
        Ok(classes)
    }

    fn below(&self, class: &NamedNode) -> Result<Vec<String>, Error> {
        let text = format!("SELECT DISTINCT ?class WHERE {{ ?class rdfs:subClassOf* {class} FILTER(isIRI(?class)) }}");
        let rows = match query::run(self.store, &text, &Bindings::default(), self.limits(None))? {
            Answer::Solutions(solutions) => solutions.rows,
            _ => Vec::new(),
        };
        let mut classes: Vec<String> = rows
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|term| match term {
                Term::NamedNode(node) => Some(node.into_string()),
                _ => None,
            })
            .collect();
        if !classes.iter().any(|found| found == class.as_str()) {
            classes.push(class.as_str().to_owned());
        }
        classes.sort_unstable();
        Ok(classes)
    }

    const fn limits(&self, max_rows: Option<usize>) -> Limits {
        Limits { timeout: self.options.timeout, max_rows }
    }

    /// Asks one query. Where it has more rows than are kept, they are counted, and the first by name are taken.
    fn ask(&self, check: &Check) -> Result<Found, Error> {
        let most = self.options.limit.max(1);
        let (prologue, select) = split(&check.text);
        let trouble = |source| {
            let (shape, component) = self.demand(check).map_or_else(Default::default, |(shape, demand)| {
                (short(&shape.id), format!("sh:{}", demand.component()))
            });
            Error::Query { shape, component, source: Box::new(source) }
        };
        let ask = |text: &str, rows| query::run(self.store, text, &Bindings::default(), self.limits(rows));
        match ask(&check.text, Some(most)) {
            Ok(Answer::Solutions(rows)) => Ok(Found { count: rows.rows.len(), rows }),
            Ok(_) => Ok(Found { count: 0, rows: Solutions::default() }),
            Err(query::Error::TooManyRows { .. }) => {
                let counting = format!("{prologue}SELECT (COUNT(*) AS ?count) WHERE {{ {{ {select} }} }}");
                let first =
                    format!("{prologue}SELECT * WHERE {{ {{ {select} }} }} ORDER BY ?focus ?this ?value LIMIT {most}");
                let count = match ask(&counting, None).map_err(trouble)? {
                    Answer::Solutions(solutions) => solutions.rows.into_iter().flatten().flatten().next(),
                    _ => None,
                };
                let count = match count {
                    Some(Term::Literal(count)) => count.value().parse().unwrap_or_default(),
                    _ => 0,
                };
                match ask(&first, None).map_err(trouble)? {
                    Answer::Solutions(rows) => Ok(Found { rows, count }),
                    _ => Ok(Found { rows: Solutions::default(), count }),
                }
            }
            Err(error) => Err(trouble(error)),
        }
    }

    fn violation(&self, shape: &Shape, demand: &Constraint, cell: &dyn Fn(&str) -> Option<Term>) -> Violation {
        let missing = || Term::Literal("".into());
        let focus = cell("focus").or_else(|| cell("this")).unwrap_or_else(missing);
        let predicate = |term| match term {
            Term::NamedNode(node) => Some(Path::Predicate(node)),
            _ => None,
        };
        let path = cell("property").or_else(|| cell("path")).and_then(predicate).or_else(|| shape.path.clone());
        let is_query = matches!(demand, Constraint::Sparql(_));
        let of_node = is_query && shape.path.is_none();
        let value = cell("value").or_else(|| of_node.then(|| focus.clone()));
        let reasons = self.wording.reasons(demand.component(), &demand.shown(self.shapes));
        let own = match demand {
            Constraint::Sparql(sparql) if !sparql.messages.is_empty() => &sparql.messages,
            _ => &shape.messages,
        };
        let messages = if own.is_empty() {
            Wording::literals(&reasons)
        } else {
            own.iter().map(|message| Wording::filled(message, cell)).collect()
        };
        Violation {
            distinction: String::new(),
            shape: shape.id.clone(),
            component: component(demand),
            constraint: match demand {
                Constraint::Sparql(sparql) => Some(sparql.id.clone()),
                _ => None,
            },
            severity: shape.severity.clone(),
            focus,
            path,
            value,
            messages,
            reasons,
        }
    }
}

/// The PREFIX lines of a query, and the rest.
fn split(text: &str) -> (&str, &str) {
    text.find("SELECT").map_or(("", text), |at| text.split_at(at))
}
