//! When does a node fail a demand? SPARQL expressions, for values and for shapes within shapes.

use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef};

use super::compile::Compiler;
use super::error::Error;
use super::name::short;
use super::path::Path;
use super::shape::{Bound, Constraint, NodeKind, Place, Qualified, Shape};

/// Numeric datatypes: the evaluator tells whether a literal is one.
const NUMERIC: [NamedNodeRef<'_>; 16] = [
    xsd::INTEGER,
    xsd::DECIMAL,
    xsd::DOUBLE,
    xsd::FLOAT,
    xsd::BYTE,
    xsd::SHORT,
    xsd::INT,
    xsd::LONG,
    xsd::UNSIGNED_BYTE,
    xsd::UNSIGNED_SHORT,
    xsd::UNSIGNED_INT,
    xsd::UNSIGNED_LONG,
    xsd::POSITIVE_INTEGER,
    xsd::NEGATIVE_INTEGER,
    xsd::NON_POSITIVE_INTEGER,
    xsd::NON_NEGATIVE_INTEGER,
];

/// Datatypes of dates, each with a literal that every well-formed one can be compared with, whatever its time zone.
const DATES: [(NamedNodeRef<'_>, &str); 4] = [
    (xsd::DATE, "0001-01-01"),
    (xsd::DATE_TIME, "0001-01-01T00:00:00"),
    (xsd::G_YEAR, "0001"),
    (xsd::G_YEAR_MONTH, "0001-01"),
];

/// Datatypes whose form a pattern tells.
const FORMS: [(NamedNodeRef<'_>, &str); 5] = [
    (xsd::BOOLEAN, "^(true|false|1|0)$"),
    (xsd::TIME, r"^(([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?|24:00:00(\.0+)?)(Z|[+-][0-9]{2}:[0-9]{2})?$"),
    (xsd::G_MONTH, "^--(0[1-9]|1[0-2])(Z|[+-][0-9]{2}:[0-9]{2})?$"),
    (xsd::G_MONTH_DAY, "^--(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(Z|[+-][0-9]{2}:[0-9]{2})?$"),
    (xsd::G_DAY, "^---(0[1-9]|[12][0-9]|3[01])(Z|[+-][0-9]{2}:[0-9]{2})?$"),
];

/// More values than this are not told apart within an expression, whose cost grows with the power of their number.
const MOST_COUNTED: u64 = 8;

/// An expression that is false everywhere.
const NEVER: &str = "false";

impl Compiler<'_> {
    /// An expression that is true where the value `v` fails `demand`; `None` if the demand is not about a single value.
    pub(super) fn fails(&mut self, demand: &Constraint, v: &str) -> Result<Option<String>, Error> {
        Ok(Some(match demand {
            Constraint::Class(class) => {
                let classes = self.below(class.as_str());
                let tests: Vec<String> =
                    classes.iter().map(|class| format!("EXISTS {{ {v} a <{class}> . }}")).collect();
                format!("!({})", tests.join(" || "))
            }
            Constraint::Datatype(datatype) => format!("!(isLiteral({v}) && {})", well_formed(datatype, v)),
            Constraint::NodeKind(kind) => node_kind(*kind, v),
            Constraint::Bound(bound, limit) => {
                let sign = match bound {
                    Bound::MinExclusive => ">",
                    Bound::MinInclusive => ">=",
                    Bound::MaxExclusive => "<",
                    Bound::MaxInclusive => "<=",
                };
                format!("!COALESCE({v} {sign} {limit}, false)")
            }
            Constraint::MinLength(least) => format!("(isBlank({v}) || STRLEN(STR({v})) < {least})"),
            Constraint::MaxLength(most) => format!("(isBlank({v}) || STRLEN(STR({v})) > {most})"),
            Constraint::Pattern { regex, flags } => {
                let (regex, flags) = (Literal::from(regex.as_str()), Literal::from(flags.as_str()));
                format!("(isBlank({v}) || !REGEX(STR({v}), {regex}, {flags}))")
            }
            Constraint::LanguageIn(languages) => {
                let range = |tag: &String| format!("LANGMATCHES(LANG({v}), {})", Literal::from(tag.as_str()));
                format!("!(isLiteral({v}) && ({}))", any(languages.iter().map(range)))
            }
            Constraint::In(values) => {
                format!("!({})", any(values.iter().map(|value| format!("sameTerm({v}, {value})"))))
            }
            Constraint::Not(shape) => self.conforms(*shape, v)?,
            Constraint::And(shapes) => any(self.each(shapes, v, Self::breaks)?),
            Constraint::Or(shapes) => format!("!({})", any(self.each(shapes, v, Self::conforms)?)),
            Constraint::Xone(shapes) => {
                let counted = self.each(shapes, v, Self::conforms)?;
                let counted: Vec<String> = counted.iter().map(|test| format!("IF({test}, 1, 0)")).collect();
                format!("({}) != 1", if counted.is_empty() { "0".to_owned() } else { counted.join(" + ") })
            }
            Constraint::Node(shape) => self.breaks(*shape, v)?,
            _ => return Ok(None),
        }))
    }

    fn each(
        &mut self,
        shapes: &[Place],
        v: &str,
        test: impl Fn(&mut Self, Place, &str) -> Result<String, Error>,
    ) -> Result<Vec<String>, Error> {
        shapes.iter().map(|shape| test(self, *shape, v)).collect()
    }

    fn conforms(&mut self, shape: Place, v: &str) -> Result<String, Error> {
        Ok(format!("!({})", self.breaks(shape, v)?))
    }

    /// An expression that is true where `v` breaks any demand of the shape.
    fn breaks(&mut self, place: Place, v: &str) -> Result<String, Error> {
        let shapes = self.shapes;
        let Some(shape) = shapes.shapes.get(place).filter(|shape| !shape.deactivated) else {
            return Ok(NEVER.to_owned());
        };
        let demands = shape.constraints.iter().map(|demand| self.broken(shape, demand, v));
        let demands: Vec<String> = demands.collect::<Result<_, _>>()?;
        Ok(any(demands))
    }

    /// An expression that is true where the focus node `f` breaks a demand of the shape, with its path or without one.
    pub(super) fn broken(&mut self, shape: &Shape, demand: &Constraint, f: &str) -> Result<String, Error> {
        let value = shape.path.as_ref().map_or_else(|| f.to_owned(), |_| self.fresh());
        let test = match demand {
            Constraint::Property(place) => Some(self.breaks(*place, &value)?),
            demand => self.fails(demand, &value)?,
        };
        let Some(path) = &shape.path else {
            return match test {
                Some(test) => Ok(format!("({test})")),
                None => self.broken_by_node(shape, demand, f),
            };
        };
        let values = self.pattern(path, f, &value);
        if let Some(test) = test {
            return Ok(format!("EXISTS {{ {values} FILTER({test}) }}"));
        }
        let other = self.fresh();
        Ok(match demand {
            Constraint::MinCount(least) => format!("!({})", self.at_least(*least, shape, path, f, None)?),
            Constraint::MaxCount(most) => self.at_least(most.saturating_add(1), shape, path, f, None)?,
            Constraint::QualifiedMin(qualified, least) => {
                format!("!({})", self.at_least(*least, shape, path, f, Some(qualified))?)
            }
            Constraint::QualifiedMax(qualified, most) => {
                self.at_least(most.saturating_add(1), shape, path, f, Some(qualified))?
            }
            Constraint::HasValue(wanted) => format!("!EXISTS {{ {} }}", self.pattern(path, f, &wanted.to_string())),
            Constraint::Disjoint(property) => format!("EXISTS {{ {values} LATERAL {{ {f} {property} {value} . }} }}"),
            Constraint::Equals(property) => {
                let absent = self.pattern(path, f, &other);
                format!(
                    "(EXISTS {{ {values} FILTER(!EXISTS {{ {f} {property} {value} . }}) }} || \
                     EXISTS {{ {f} {property} {other} . FILTER(!EXISTS {{ {absent} }}) }})"
                )
            }
            Constraint::LessThan(property) | Constraint::LessThanOrEquals(property) => {
                let sign = if matches!(demand, Constraint::LessThan(_)) { "<" } else { "<=" };
                format!(
                    "EXISTS {{ {values} LATERAL {{ {f} {property} {other} . }} FILTER(!COALESCE({value} {sign} {other}, false)) }}"
                )
            }
            Constraint::UniqueLang => {
                let second = self.pattern(path, f, &other);
                format!(
                    "EXISTS {{ {values} LATERAL {{ {second} }} FILTER(!sameTerm({value}, {other}) && LANG({value}) != \"\" \
                     && LCASE(LANG({value})) = LCASE(LANG({other}))) }}"
                )
            }
            other => return Err(within(shape, other)),
        })
    }

    /// The same for demands that have a meaning of their own where the focus node is the only value.
    fn broken_by_node(&mut self, shape: &Shape, demand: &Constraint, f: &str) -> Result<String, Error> {
        let (property, value) = (self.fresh(), self.fresh());
        Ok(match demand {
            Constraint::HasValue(wanted) => format!("!sameTerm({f}, {wanted})"),
            Constraint::Disjoint(other) => format!("EXISTS {{ {f} {other} {value} . FILTER(sameTerm({f}, {value})) }}"),
            Constraint::Equals(other) => format!(
                "(!EXISTS {{ {f} {other} {value} . FILTER(sameTerm({f}, {value})) }} || \
                 EXISTS {{ {f} {other} {value} . FILTER(!sameTerm({f}, {value})) }})"
            ),
            Constraint::Closed { allowed } => {
                let allowed: Vec<String> = allowed.iter().map(ToString::to_string).collect();
                format!("EXISTS {{ {f} {property} {value} . FILTER({property} NOT IN ({})) }}", allowed.join(", "))
            }
            other => return Err(within(shape, other)),
        })
    }

    /// An expression that is true where the path leads from `f` to `least` different values; of the kind that is
    /// asked for, where one is.
    fn at_least(
        &mut self,
        least: u64,
        shape: &Shape,
        path: &Path,
        f: &str,
        of: Option<&Qualified>,
    ) -> Result<String, Error> {
        if least == 0 {
            return Ok("true".to_owned());
        }
        if least > MOST_COUNTED {
            return Err(Self::too_many(shape, least));
        }
        let mut body = String::new();
        let mut seen: Vec<String> = Vec::new();
        for _ in 0..least {
            let value = self.fresh();
            let mut step = self.pattern(path, f, &value);
            if let Some(qualified) = of {
                let mut tests = vec![self.conforms(qualified.shape, &value)?];
                for other in &qualified.others {
                    tests.push(self.breaks(*other, &value)?);
                }
                step = format!("{step} FILTER({})", all(tests));
            }
            body = match seen.as_slice() {
                [] => step,
                seen => {
                    let different = all(seen.iter().map(|earlier| format!("!sameTerm({earlier}, {value})")));
                    format!("{{ {body} LATERAL {{ {step} }} FILTER({different}) }}")
                }
            };
            seen.push(value);
        }
        Ok(format!("EXISTS {{ {body} }}"))
    }
}

fn within(shape: &Shape, demand: &Constraint) -> Error {
    Error::Unsupported {
        shape: short(&shape.id),
        what: format!("sh:{} within another shape or without a path", demand.component()),
        suggestions: Vec::new(),
        advice: "give the shape that says it a target of its own, or refer to it by sh:property",
    }
}

fn any(tests: impl IntoIterator<Item = String>) -> String {
    let tests: Vec<String> = tests.into_iter().collect();
    if tests.is_empty() { NEVER.to_owned() } else { tests.join(" || ") }
}

fn all(tests: impl IntoIterator<Item = String>) -> String {
    let tests: Vec<String> = tests.into_iter().map(|test| format!("({test})")).collect();
    if tests.is_empty() { "true".to_owned() } else { tests.join(" && ") }
}

/// An expression that is true where the literal `v` is a well-formed one of the datatype.
fn well_formed(datatype: &NamedNode, v: &str) -> String {
    let has = format!("datatype({v}) = {datatype}");
    let datatype = datatype.as_ref();
    if NUMERIC.contains(&datatype) {
        format!("{has} && isNumeric({v})")
    } else if let Some((_, date)) = DATES.iter().find(|(known, _)| *known == datatype) {
        // What is not well-formed cannot be compared, which is an error and neither yes nor no.
        format!("{has} && COALESCE({v} >= \"{date}\"^^{datatype} || {v} < \"{date}\"^^{datatype}, false)")
    } else if let Some((_, form)) = FORMS.iter().find(|(known, _)| *known == datatype) {
        format!("{has} && REGEX(STR({v}), {})", Literal::from(*form))
    } else if datatype == rdf::LANG_STRING {
        format!("LANG({v}) != \"\"")
    } else {
        has
    }
}

/// An expression that is true where `v` is of another kind.
fn node_kind(kind: NodeKind, v: &str) -> String {
    let tests = [(kind.iri, "isIRI"), (kind.blank, "isBlank"), (kind.literal, "isLiteral")];
    format!("!({})", any(tests.iter().filter(|(is, _)| *is).map(|(_, test)| format!("{test}({v})"))))
}
