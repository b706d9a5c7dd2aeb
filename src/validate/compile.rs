//! Which query finds the nodes that break a demand? One SELECT a demand, over all focus nodes at once.
//!
//! A query has the columns `?focus`, `?value` where SHACL gives one, and `?property` where the demand is about any
//! property. That of a constraint which is itself a query (`sh:sparql`) has SHACL's columns: `?this`, `?value`, `?path`.
//!
//! What is broken is rare, so a query looks for that first and asks only then whether the node is one that the shape is
//! for: a property is read once from end to end, in the order in which it lies on the disk, each different value is
//! tested once, and what passes the test is never looked up. `LATERAL` says in which order to look, since the optimizer of
//! the evaluator knows neither how few values fail nor that a class has a million members.

use std::collections::BTreeMap;

use super::error::Error;
use super::name::short;
use super::path::Path;
use super::shape::{Constraint, Place, Shape, Shapes, Sparql, Target};

/// The classes below each class, itself among them.
pub(super) type Classes = BTreeMap<String, Vec<String>>;

/// A demand as a query.
#[derive(Debug, Clone)]
pub(super) struct Check {
    /// The shape that makes the demand.
    pub(super) shape: Place,
    /// The place of the demand in the shape.
    pub(super) constraint: usize,
    /// The query.
    pub(super) text: String,
}

/// Whom a shape is looked at for: the targets, or what paths lead to from them.
#[derive(Debug, Clone, Copy)]
struct Focus<'a> {
    targets: &'a [Target],
    steps: &'a [&'a Path],
}

/// A shape and all whom it is looked at for.
#[derive(Debug, Clone)]
struct Use<'a> {
    shape: Place,
    targets: Vec<Target>,
    steps: Vec<&'a Path>,
}

impl Use<'_> {
    fn focus(&self) -> Focus<'_> {
        Focus { targets: &self.targets, steps: &self.steps }
    }
}

/// Turns shapes into queries.
pub(super) struct Compiler<'a> {
    pub(super) shapes: &'a Shapes,
    pub(super) classes: &'a Classes,
    variables: usize,
}

impl<'a> Compiler<'a> {
    pub(super) const fn new(shapes: &'a Shapes, classes: &'a Classes) -> Self {
        Self { shapes, classes, variables: 0 }
    }

    /// The queries of all shapes that have targets, in the order of the file. A property shape that several shapes share is
    /// asked for once, for the targets of all of them: what it finds is the same whoever refers to it.
    pub(super) fn checks(&mut self) -> Result<Vec<Check>, Error> {
        let mut uses: Vec<Use<'_>> = Vec::new();
        for (place, shape) in self.shapes.shapes.iter().enumerate() {
            if !shape.targets.is_empty() {
                self.collect(Use { shape: place, targets: shape.targets.clone(), steps: Vec::new() }, &mut uses);
            }
        }
        let mut checks = Vec::new();
        for used in &uses {
            let Some(shape) = self.shapes.shapes.get(used.shape) else { continue };
            for (constraint, demand) in shape.constraints.iter().enumerate() {
                if !matches!(demand, Constraint::Property(_)) {
                    self.variables = 0;
                    let text = self.query(shape, demand, used.focus())?;
                    checks.push(Check { shape: used.shape, constraint, text });
                }
            }
        }
        Ok(checks)
    }

    /// Adds a use of a shape, and those of the property shapes to which it leads.
    fn collect(&self, used: Use<'a>, known_uses: &mut Vec<Use<'a>>) {
        let Some(shape) = self.shapes.shapes.get(used.shape).filter(|shape| !shape.deactivated) else { return };
        let (targets, steps): (Vec<Target>, Vec<&Path>) =
            (used.targets.clone(), used.steps.iter().copied().chain(&shape.path).collect());
        match known_uses.iter_mut().find(|known| known.shape == used.shape && known.steps == used.steps) {
            Some(known) => {
                let new: Vec<Target> =
                    used.targets.into_iter().filter(|target| !known.targets.contains(target)).collect();
                known.targets.extend(new);
            }
            None => known_uses.push(used),
        }
        for demand in &shape.constraints {
            if let Constraint::Property(property) = demand {
                self.collect(Use { shape: *property, targets: targets.clone(), steps: steps.clone() }, known_uses);
            }
        }
    }

    pub(super) fn fresh(&mut self) -> String {
        self.variables += 1;
        format!("?v{}", self.variables)
    }

    pub(super) fn pattern(&mut self, path: &Path, from: &str, to: &str) -> String {
        path.pattern(from, to, &mut || {
            self.variables += 1;
            format!("?v{}", self.variables)
        })
    }

    /// A pattern that gives `name` the nodes that the shape is for.
    fn focus(&mut self, focus: Focus<'_>, name: &str) -> String {
        let Some((last, before)) = focus.steps.split_last() else { return self.targets(focus.targets, name, false) };
        let from = self.fresh();
        let inner = self.focus(Focus { steps: before, ..focus }, &from);
        let step = self.pattern(last, &from, name);
        format!("{inner} LATERAL {{ {step} }}")
    }

    /// A pattern that `name`, which has a value if it is `bound`, is one of the targets.
    fn targets(&mut self, targets: &[Target], name: &str, bound: bool) -> String {
        let mut parts = Vec::new();
        for target in targets {
            match target {
                Target::Class(class) => {
                    parts.extend(self.below(class.as_str()).iter().map(|class| format!("{name} a <{class}> .")));
                }
                Target::Node(node) if bound => parts.push(format!("FILTER(sameTerm({name}, {node}))")),
                Target::Node(node) => parts.push(format!("VALUES {name} {{ {node} }}")),
                Target::SubjectsOf(property) => parts.push(format!("{name} {property} {} .", self.fresh())),
                Target::ObjectsOf(property) => parts.push(format!("{} {property} {name} .", self.fresh())),
            }
        }
        match parts.as_slice() {
            [one] => one.clone(),
            several => several.iter().map(|part| format!("{{ {part} }}")).collect::<Vec<_>>().join(" UNION "),
        }
    }

    /// The classes whose instances are those of `class`.
    pub(super) fn below(&self, class: &str) -> Vec<String> {
        self.classes.get(class).cloned().unwrap_or_else(|| vec![class.to_owned()])
    }

    /// The query of one demand.
    fn query(&mut self, shape: &Shape, demand: &Constraint, focus: Focus<'_>) -> Result<String, Error> {
        if let Constraint::Sparql(sparql) = demand {
            return Ok(self.sparql(sparql, focus));
        }
        let Some(path) = &shape.path else { return self.of_node(demand, focus) };
        if let Some(test) = self.fails(demand, "?value")? {
            let sparse = matches!(demand, Constraint::Class(_)) && self.is_looked_up_elsewhere(shape);
            return Ok(self.of_values(path, &test, focus, sparse));
        }
        let target = self.focus(focus, "?focus");
        let values = self.pattern(path, "?focus", "?value");
        Ok(match demand {
            Constraint::MaxCount(most) if *most > 0 && focus.steps.is_empty() && is_predicate(path) => {
                let target = self.targets(focus.targets, "?focus", true);
                format!(
                    "SELECT DISTINCT ?focus WHERE {{ {{ SELECT ?focus WHERE {{ {values} }} GROUP BY ?focus HAVING (COUNT(*) > {most}) }} \
                     LATERAL {{ {target} }} }}"
                )
            }
            Constraint::MaxCount(most) => format!(
                "SELECT ?focus WHERE {{ {{ SELECT DISTINCT ?focus ?value WHERE {{ {target} LATERAL {{ {values} }} }} }} }} \
                 GROUP BY ?focus HAVING (COUNT(*) > {most})"
            ),
            Constraint::Disjoint(other) => format!(
                "SELECT DISTINCT ?focus ?value WHERE {{ {target} LATERAL {{ ?focus {other} ?value . }} LATERAL {{ {values} }} }}"
            ),
            Constraint::Equals(other) => {
                let (absent, extra) = (self.pattern(path, "?focus", "?value"), format!("?focus {other} ?value ."));
                format!(
                    "SELECT DISTINCT ?focus ?value WHERE {{ {target} LATERAL {{ \
                     {{ {values} FILTER(NOT EXISTS {{ {extra} }}) }} UNION {{ {extra} FILTER(NOT EXISTS {{ {absent} }}) }} }} }}"
                )
            }
            Constraint::LessThan(other) | Constraint::LessThanOrEquals(other) => {
                let sign = if matches!(demand, Constraint::LessThan(_)) { "<" } else { "<=" };
                format!(
                    "SELECT DISTINCT ?focus ?value ?other WHERE {{ {target} LATERAL {{ {values} }} \
                     LATERAL {{ ?focus {other} ?other . }} FILTER(!COALESCE(?value {sign} ?other, false)) }}"
                )
            }
            Constraint::UniqueLang => {
                let other = self.pattern(path, "?focus", "?other");
                format!(
                    "SELECT DISTINCT ?focus ?language WHERE {{ {target} LATERAL {{ {values} }} LATERAL {{ {other} }} \
                     FILTER(!sameTerm(?value, ?other) && LANG(?value) != \"\" && LCASE(LANG(?value)) = LCASE(LANG(?other))) \
                     BIND(LCASE(LANG(?value)) AS ?language) }}"
                )
            }
            _ => self.of_whole(shape, demand, focus)?,
        })
    }

    /// The nodes that break a demand which is not about a single value.
    fn of_whole(&mut self, shape: &Shape, demand: &Constraint, focus: Focus<'_>) -> Result<String, Error> {
        let target = self.focus(focus, "?focus");
        let broken = self.broken(shape, demand, "?focus")?;
        Ok(format!("SELECT DISTINCT ?focus WHERE {{ {target} FILTER({broken}) }}"))
    }

    /// Whether another shape asks for other classes at the end of the same path, so that many values would fail here.
    fn is_looked_up_elsewhere(&self, shape: &Shape) -> bool {
        let looks_up = |demand: &Constraint| matches!(demand, Constraint::Class(_)) || !demand.refers_to().is_empty();
        let others = self.shapes.shapes.iter().filter(|other| other.id != shape.id && other.path == shape.path);
        others.flat_map(|other| &other.constraints).any(looks_up)
    }

    /// The values at the end of a path that fail a test.
    ///
    /// The test is made on all values of the property, whoever has them; where others may have quite other values (`sparse`), on
    /// the values of the focus nodes alone.
    fn of_values(&mut self, path: &Path, test: &str, focus: Focus<'_>, sparse: bool) -> String {
        let (target, values) = (self.focus(focus, "?focus"), self.pattern(path, "?focus", "?value"));
        if !focus.steps.is_empty() || !is_predicate(path) {
            return format!(
                "SELECT DISTINCT ?focus ?value WHERE {{ {{ SELECT DISTINCT ?focus ?value WHERE {{ {target} LATERAL {{ {values} }} }} }} \
                 FILTER({test}) }}"
            );
        }
        let all = if sparse {
            format!("{target} LATERAL {{ {values} }}")
        } else {
            let any = self.fresh();
            self.pattern(path, &any, "?value")
        };
        let target = self.targets(focus.targets, "?focus", true);
        format!(
            "SELECT DISTINCT ?focus ?value WHERE {{ {{ SELECT DISTINCT ?value WHERE {{ {all} }} }} FILTER({test}) \
             LATERAL {{ {values} }} LATERAL {{ {target} }} }}"
        )
    }

    /// The query of a demand on the focus node itself.
    fn of_node(&mut self, demand: &Constraint, focus: Focus<'_>) -> Result<String, Error> {
        let target = self.focus(focus, "?focus");
        if let Some(test) = self.fails(demand, "?focus")? {
            return Ok(format!(
                "SELECT ?focus (?focus AS ?value) WHERE {{ {{ SELECT DISTINCT ?focus WHERE {{ {target} }} }} FILTER({test}) }}"
            ));
        }
        Ok(match demand {
            Constraint::Equals(other) => format!(
                "SELECT DISTINCT ?focus ?value WHERE {{ {target} LATERAL {{ \
                 {{ ?focus {other} ?value . FILTER(!sameTerm(?focus, ?value)) }} UNION \
                 {{ BIND(?focus AS ?value) FILTER(NOT EXISTS {{ ?focus {other} ?value . }}) }} }} }}"
            ),
            Constraint::Disjoint(other) => format!(
                "SELECT DISTINCT ?focus (?focus AS ?value) WHERE {{ {target} LATERAL {{ ?focus {other} ?v . FILTER(sameTerm(?focus, ?v)) }} }}"
            ),
            Constraint::HasValue(value) => {
                format!("SELECT DISTINCT ?focus WHERE {{ {target} FILTER(!sameTerm(?focus, {value})) }}")
            }
            Constraint::Closed { allowed } => format!(
                "SELECT DISTINCT ?focus ?property ?value WHERE {{ {target} LATERAL {{ ?focus ?property ?value . \
                 FILTER(?property NOT IN ({})) }} }}",
                allowed.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
            ),
            other => {
                return Err(Error::Unsupported {
                    shape: self.shapes.file.clone(),
                    what: format!("sh:{} without sh:path", other.component()),
                    suggestions: Vec::new(),
                    advice: "give the shape a path",
                });
            }
        })
    }

    /// A query within a query: its own `$this` takes each focus node in turn, as SHACL has it.
    fn sparql(&mut self, sparql: &Sparql, focus: Focus<'_>) -> String {
        let target = self.focus(focus, "?this");
        format!(
            "{}SELECT DISTINCT * WHERE {{ {{ SELECT DISTINCT ?this WHERE {{ {target} }} }} LATERAL {{ {} }} }}",
            sparql.prologue, sparql.select
        )
    }

    pub(super) fn too_many(shape: &Shape, count: u64) -> Error {
        Error::Unsupported {
            shape: short(&shape.id),
            what: format!("that {count} values are to be counted within another shape"),
            suggestions: Vec::new(),
            advice: "count at most 8 there, or give the inner shape a target of its own",
        }
    }
}

const fn is_predicate(path: &Path) -> bool {
    matches!(path, Path::Predicate(_))
}
