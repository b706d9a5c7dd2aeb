//! Which shapes are in a file? Turtle to [`Shapes`]; what is not understood is refused by name, never passed over.

use std::collections::BTreeMap;
use std::path::Path as File;

use oxigraph::model::vocab::rdfs;
use oxigraph::model::{Literal, Term};

use super::error::Error;
use super::graph::{Graph, SH};
use super::name::short;
use super::path::Path;
use super::select::select;
use super::shape::{Bound, Constraint, Place, Qualified, Severity, Shape, Shapes, Target};
use super::values::{
    boolean, closed, findable, flag, invalid, literal, messages, named, node_kind, number, pattern, unsupported,
};

/// The program's own shapes.
const OWN: &str = include_str!("../../ontology/shapes.ttl");

/// Properties of a shape that demand something, in the order in which they are looked at.
const DEMANDS: [&str; 28] = [
    "class",
    "datatype",
    "nodeKind",
    "minCount",
    "maxCount",
    "minExclusive",
    "minInclusive",
    "maxExclusive",
    "maxInclusive",
    "minLength",
    "maxLength",
    "pattern",
    "languageIn",
    "uniqueLang",
    "equals",
    "disjoint",
    "lessThan",
    "lessThanOrEquals",
    "not",
    "and",
    "or",
    "xone",
    "node",
    "qualifiedValueShape",
    "closed",
    "hasValue",
    "in",
    "sparql",
];

/// Properties of a shape that belong to a demand, tell where it holds, or only describe it.
const OTHERS: [&str; 20] = [
    "property",
    "path",
    "flags",
    "ignoredProperties",
    "qualifiedMinCount",
    "qualifiedMaxCount",
    "qualifiedValueShapesDisjoint",
    "targetClass",
    "targetNode",
    "targetSubjectsOf",
    "targetObjectsOf",
    "severity",
    "message",
    "deactivated",
    "name",
    "description",
    "order",
    "group",
    "defaultValue",
    "codeIdentifier",
];

impl Shapes {
    /// The shapes that come with the program.
    ///
    /// # Errors
    /// When the file that the program was built with is damaged, which the tests rule out.
    pub fn own() -> Result<Self, Error> {
        Self::parse("ontology/shapes.ttl", OWN)
    }

    /// Reads a Turtle file of shapes.
    ///
    /// # Errors
    /// When the file cannot be read, and as [`Shapes::parse`].
    pub fn open(path: &File) -> Result<Self, Error> {
        let text = std::fs::read(path).map_err(|source| Error::File { path: path.to_path_buf(), source })?;
        let file = path.display().to_string();
        let text = String::from_utf8(text).map_err(|error| Error::Turtle {
            file: file.clone(),
            line: None,
            column: None,
            message: format!("it is not UTF-8 from byte {} on", error.utf8_error().valid_up_to()),
        })?;
        Self::parse(&file, &text)
    }

    /// Reads shapes from Turtle; `file` is what messages call it.
    ///
    /// # Errors
    /// When the text is no Turtle, when no shape has a target, and when a shape says something that is not valid or not
    /// supported: nothing is passed over, since a report would then say less than the shapes do.
    pub fn parse(file: &str, text: &str) -> Result<Self, Error> {
        let graph = Graph::parse(file, text)?;
        let mut reader = Reader { graph: &graph, shapes: Vec::new(), places: BTreeMap::new() };
        for subject in graph.subjects() {
            let own = ["parameter", "validator", "nodeValidator", "propertyValidator"];
            if let Some(name) = own.iter().find(|name| graph.sh(subject, name).next().is_some()) {
                return Err(unsupported(
                    subject,
                    &format!("sh:{name}"),
                    "state it with the components of SHACL Core or as sh:sparql",
                ));
            }
            let typed = ["NodeShape", "PropertyShape"].iter().any(|class| graph.is_a(subject, &format!("{SH}{class}")));
            let targeted = graph.about(subject).iter().any(|(property, _)| {
                property.as_str().strip_prefix(SH).is_some_and(|local| local.starts_with("target"))
            });
            if typed || targeted {
                reader.shape(subject)?;
            }
        }
        let mut shapes = Self { file: file.to_owned(), shapes: reader.finish() };
        shapes.rule_out_circles()?;
        shapes.tell_siblings(&graph)?;
        if shapes.shapes.iter().all(|shape| shape.targets.is_empty()) {
            return Err(Error::NoTarget { file: file.to_owned() });
        }
        Ok(shapes)
    }

    /// How many demands there are, each counted once for the shape that makes it.
    #[must_use]
    pub fn demands(&self) -> usize {
        let constraints = self.shapes.iter().flat_map(|shape| &shape.constraints);
        constraints.filter(|constraint| !matches!(constraint, Constraint::Property(_))).count()
    }

    fn rule_out_circles(&self) -> Result<(), Error> {
        // 0: not seen; 1: being followed; 2: done.
        let mut state = vec![0_u8; self.shapes.len()];
        for start in 0..self.shapes.len() {
            let mut stack: Vec<(Place, bool)> = vec![(start, false)];
            while let Some((place, done)) = stack.pop() {
                let (Some(shape), Some(found)) = (self.shapes.get(place), state.get_mut(place)) else { continue };
                if done {
                    *found = 2;
                } else if *found == 1 {
                    return Err(Error::Recursive { shape: short(&shape.id) });
                } else if *found == 0 {
                    *found = 1;
                    stack.push((place, true));
                    for next in shape.constraints.iter().flat_map(Constraint::refers_to) {
                        match state.get(next) {
                            Some(1) => return Err(Error::Recursive { shape: short(&shape.id) }),
                            Some(0) => stack.push((next, false)),
                            _ => {}
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// The qualified shapes of the other properties of the same parents, where values must not be of those as well.
    fn tell_siblings(&mut self, graph: &Graph) -> Result<(), Error> {
        let qualified = |shape: &Shape| {
            shape.constraints.iter().find_map(|constraint| match constraint {
                Constraint::QualifiedMin(qualified, _) | Constraint::QualifiedMax(qualified, _) => {
                    Some(qualified.shape)
                }
                _ => None,
            })
        };
        for place in 0..self.shapes.len() {
            let Some(shape) = self.shapes.get(place) else { continue };
            if !flag(graph, &shape.id, "qualifiedValueShapesDisjoint")? {
                continue;
            }
            let own = qualified(shape);
            let parents = self.shapes.iter().map(properties).filter(|properties| properties.contains(&place));
            let siblings: Vec<Place> = parents
                .flatten()
                .filter_map(|sibling| self.shapes.get(sibling).and_then(qualified))
                .filter(|sibling| Some(*sibling) != own)
                .collect();
            for constraint in self.shapes.get_mut(place).into_iter().flat_map(|shape| &mut shape.constraints) {
                if let Constraint::QualifiedMin(qualified, _) | Constraint::QualifiedMax(qualified, _) = constraint {
                    qualified.others.clone_from(&siblings);
                }
            }
        }
        Ok(())
    }
}

fn properties(shape: &Shape) -> Vec<Place> {
    let property = |constraint: &Constraint| match constraint {
        Constraint::Property(place) => Some(*place),
        _ => None,
    };
    shape.constraints.iter().filter_map(property).collect()
}

struct Reader<'a> {
    graph: &'a Graph,
    /// A shape that is still being read has its place already.
    shapes: Vec<Option<Shape>>,
    places: BTreeMap<String, Place>,
}

impl Reader<'_> {
    fn finish(self) -> Vec<Shape> {
        self.shapes.into_iter().flatten().collect()
    }

    /// The place of a shape, which is read if it is met for the first time.
    fn shape(&mut self, id: &Term) -> Result<Place, Error> {
        if let Some(place) = self.places.get(&id.to_string()) {
            return Ok(*place);
        }
        if matches!(id, Term::Literal(_)) {
            return Err(invalid(id, "a shape", id, "an IRI or a blank node"));
        }
        let place = self.shapes.len();
        self.places.insert(id.to_string(), place);
        self.shapes.push(None);
        self.refuse_the_unknown(id)?;
        let graph = self.graph;
        let paths: Vec<&Term> = graph.sh(id, "path").collect();
        let path = match paths.as_slice() {
            [] => None,
            [path] => Some(Path::parse(graph, id, path)?),
            [_, second, ..] => return Err(invalid(id, "sh:path", second, "one path")),
        };
        let severity = match graph.sh(id, "severity").next() {
            None => Severity::Violation,
            Some(Term::NamedNode(node)) => Severity::of(node),
            Some(other) => return Err(invalid(id, "sh:severity", other, "sh:Violation, sh:Warning or sh:Info")),
        };
        let mut shape = Shape {
            id: id.clone(),
            path,
            targets: self.targets(id)?,
            constraints: Vec::new(),
            severity,
            messages: messages(graph, id)?,
            deactivated: flag(graph, id, "deactivated")?,
        };
        for name in DEMANDS.iter().chain(&["property"]) {
            let values: Vec<Term> = graph.sh(id, name).cloned().collect();
            for value in &values {
                self.demand(&mut shape, name, value)?;
            }
        }
        if let Some(slot) = self.shapes.get_mut(place) {
            *slot = Some(shape);
        }
        Ok(place)
    }

    fn refuse_the_unknown(&self, id: &Term) -> Result<(), Error> {
        for (property, _) in self.graph.about(id) {
            let Some(name) = property.as_str().strip_prefix(SH) else { continue };
            let is_query =
                self.graph.sh(id, "sparql").any(|query| query == id) && ["select", "prefixes"].contains(&name);
            if !DEMANDS.contains(&name) && !OTHERS.contains(&name) && !is_query {
                let known = DEMANDS.iter().chain(&OTHERS).map(|known| (strsim::jaro_winkler(known, name), *known));
                let near = known.filter(|(likeness, _)| *likeness > 0.88).map(|(_, known)| format!("sh:{known}"));
                return Err(Error::Unsupported {
                    shape: short(id),
                    what: format!("sh:{name}"),
                    suggestions: near.take(3).collect(),
                    advice: "say it with the components of SHACL Core or as sh:sparql, or take it out",
                });
            }
        }
        Ok(())
    }

    fn targets(&self, id: &Term) -> Result<Vec<Target>, Error> {
        let mut targets = Vec::new();
        for (property, value) in self.graph.about(id) {
            let Some(name) = property.as_str().strip_prefix(SH) else { continue };
            targets.push(match (name, value) {
                ("targetClass", Term::NamedNode(class)) => Target::Class(class.clone()),
                ("targetNode", Term::NamedNode(_) | Term::Literal(_)) => Target::Node(value.clone()),
                ("targetSubjectsOf", Term::NamedNode(property)) => Target::SubjectsOf(property.clone()),
                ("targetObjectsOf", Term::NamedNode(property)) => Target::ObjectsOf(property.clone()),
                ("targetNode", _) => {
                    return Err(invalid(
                        id,
                        "sh:targetNode",
                        value,
                        "an IRI or a literal: a blank node has no name to be found by",
                    ));
                }
                ("targetClass" | "targetSubjectsOf" | "targetObjectsOf", _) => {
                    return Err(invalid(id, &format!("sh:{name}"), value, "an IRI"));
                }
                _ => continue,
            });
        }
        // A shape that is a class as well is for the instances of that class.
        if let Term::NamedNode(class) = id
            && self.graph.is_a(id, rdfs::CLASS.as_str())
        {
            targets.push(Target::Class(class.clone()));
        }
        Ok(targets)
    }

    fn places(&mut self, id: &Term, property: &str, list: &Term) -> Result<Vec<Place>, Error> {
        let members = self.graph.list(id, property, list)?;
        members.iter().map(|member| self.shape(member)).collect()
    }

    /// Adds what one value of a property of a shape demands.
    fn demand(&mut self, shape: &mut Shape, name: &str, value: &Term) -> Result<(), Error> {
        let (graph, id) = (self.graph, shape.id.clone());
        let property = format!("sh:{name}");
        if shape.path.is_none() && NEEDS_PATH.contains(&name) {
            return Err(invalid(&id, &property, value, "a property shape, that is one with sh:path, to stand in"));
        }
        let iri = || named(&id, &property, value);
        let number = || number(&id, &property, value);
        let constraint = match name {
            "class" => Constraint::Class(iri()?),
            "datatype" => Constraint::Datatype(iri()?),
            "nodeKind" => Constraint::NodeKind(node_kind(&id, value)?),
            "minCount" => Constraint::MinCount(number()?),
            "maxCount" => Constraint::MaxCount(number()?),
            "minExclusive" => Constraint::Bound(Bound::MinExclusive, literal(&id, &property, value)?),
            "minInclusive" => Constraint::Bound(Bound::MinInclusive, literal(&id, &property, value)?),
            "maxExclusive" => Constraint::Bound(Bound::MaxExclusive, literal(&id, &property, value)?),
            "maxInclusive" => Constraint::Bound(Bound::MaxInclusive, literal(&id, &property, value)?),
            "minLength" => Constraint::MinLength(number()?),
            "maxLength" => Constraint::MaxLength(number()?),
            "pattern" => pattern(graph, &id, value)?,
            "languageIn" => Constraint::LanguageIn(
                graph
                    .list(&id, &property, value)?
                    .iter()
                    .map(|tag| Ok(literal(&id, &property, tag)?.value().to_owned()))
                    .collect::<Result<_, Error>>()?,
            ),
            // SHACL asks for the term `true` here, not for another way of writing it.
            "uniqueLang" => {
                if !(boolean(&id, &property, value)? && *value == Literal::from(true).into()) {
                    return Ok(());
                }
                Constraint::UniqueLang
            }
            "equals" => Constraint::Equals(iri()?),
            "disjoint" => Constraint::Disjoint(iri()?),
            "lessThan" => Constraint::LessThan(iri()?),
            "lessThanOrEquals" => Constraint::LessThanOrEquals(iri()?),
            "not" => Constraint::Not(self.shape(value)?),
            "and" => Constraint::And(self.places(&id, &property, value)?),
            "or" => Constraint::Or(self.places(&id, &property, value)?),
            "xone" => Constraint::Xone(self.places(&id, &property, value)?),
            "node" => Constraint::Node(self.shape(value)?),
            "property" => {
                let place = self.shape(value)?;
                if graph.sh(value, "path").next().is_none() {
                    return Err(invalid(&id, &property, value, "a property shape, that is one with sh:path"));
                }
                Constraint::Property(place)
            }
            "qualifiedValueShape" => return self.qualified(shape, value),
            "closed" => {
                if !boolean(&id, &property, value)? {
                    return Ok(());
                }
                closed(graph, &id)?
            }
            "hasValue" => Constraint::HasValue(findable(&id, &property, value)?),
            "in" => Constraint::In(
                graph
                    .list(&id, &property, value)?
                    .iter()
                    .map(|value| findable(&id, &property, value))
                    .collect::<Result<_, _>>()?,
            ),
            "sparql" => match select(graph, shape, value)? {
                Some(sparql) => Constraint::Sparql(sparql),
                None => return Ok(()),
            },
            _ => return Err(unsupported(&id, &property, "take it out")),
        };
        shape.constraints.push(constraint);
        Ok(())
    }

    fn qualified(&mut self, shape: &mut Shape, value: &Term) -> Result<(), Error> {
        let id = &shape.id;
        if self.graph.sh(id, "qualifiedValueShape").count() > 1 {
            return Err(invalid(id, "sh:qualifiedValueShape", value, "one shape; write a property shape for each"));
        }
        let qualified = Qualified { shape: self.shape(value)?, others: Vec::new() };
        for value in self.graph.sh(id, "qualifiedMinCount") {
            let least = number(id, "sh:qualifiedMinCount", value)?;
            shape.constraints.push(Constraint::QualifiedMin(qualified.clone(), least));
        }
        for value in self.graph.sh(id, "qualifiedMaxCount") {
            let most = number(id, "sh:qualifiedMaxCount", value)?;
            shape.constraints.push(Constraint::QualifiedMax(qualified.clone(), most));
        }
        Ok(())
    }
}

/// What can only be demanded of the values of a path.
const NEEDS_PATH: [&str; 6] =
    ["minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals", "qualifiedValueShape"];
