//! What is a shape? Plain data: whom it is for, where it looks, and what it demands there.

use oxigraph::model::{Literal, NamedNode, Term};

use super::graph::SH;
use super::name::short;
use super::path::Path;

/// The shapes of one file.
#[derive(Debug, Clone)]
pub struct Shapes {
    /// What the file is called in messages.
    pub(super) file: String,
    /// All shapes that are reachable; those that others refer to are known by their place here.
    pub(super) shapes: Vec<Shape>,
}

/// The place of a shape in [`Shapes::shapes`].
pub(super) type Place = usize;

/// A node shape, or a property shape if it has a path.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    pub(super) id: Term,
    pub(super) path: Option<Path>,
    pub(super) targets: Vec<Target>,
    pub(super) constraints: Vec<Constraint>,
    pub(super) severity: Severity,
    pub(super) messages: Vec<Literal>,
    pub(super) deactivated: bool,
}

/// Which nodes of the graph a shape is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    Class(NamedNode),
    Node(Term),
    SubjectsOf(NamedNode),
    ObjectsOf(NamedNode),
}

/// How much it matters that a shape is broken.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// `sh:Info`: worth knowing.
    Info,
    /// `sh:Warning`: perhaps wrong.
    Warning,
    /// `sh:Violation`: wrong. The severity of a shape that names none.
    Violation,
    /// Another that a file of shapes names; it counts as a violation.
    Other(NamedNode),
}

impl Severity {
    /// The IRI.
    #[must_use]
    pub fn iri(&self) -> NamedNode {
        let local = match self {
            Self::Info => "Info",
            Self::Warning => "Warning",
            Self::Violation => "Violation",
            Self::Other(node) => return node.clone(),
        };
        NamedNode::new_unchecked(format!("{SH}{local}"))
    }

    /// The severity with this IRI.
    pub(super) fn of(node: &NamedNode) -> Self {
        match node.as_str().strip_prefix(SH) {
            Some("Info") => Self::Info,
            Some("Warning") => Self::Warning,
            Some("Violation") => Self::Violation,
            _ => Self::Other(node.clone()),
        }
    }
}

/// One demand of a shape.
#[derive(Debug, Clone)]
pub(super) enum Constraint {
    Class(NamedNode),
    Datatype(NamedNode),
    NodeKind(NodeKind),
    MinCount(u64),
    MaxCount(u64),
    Bound(Bound, Literal),
    MinLength(u64),
    MaxLength(u64),
    Pattern { regex: String, flags: String },
    LanguageIn(Vec<String>),
    UniqueLang,
    Equals(NamedNode),
    Disjoint(NamedNode),
    LessThan(NamedNode),
    LessThanOrEquals(NamedNode),
    Not(Place),
    And(Vec<Place>),
    Or(Vec<Place>),
    Xone(Vec<Place>),
    Node(Place),
    Property(Place),
    QualifiedMin(Qualified, u64),
    QualifiedMax(Qualified, u64),
    Closed { allowed: Vec<NamedNode> },
    HasValue(Term),
    In(Vec<Term>),
    Sparql(Sparql),
}

/// What sort of term a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NodeKind {
    pub(super) iri: bool,
    pub(super) blank: bool,
    pub(super) literal: bool,
}

/// On which side of a value the bound stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    MinExclusive,
    MinInclusive,
    MaxExclusive,
    MaxInclusive,
}

/// A shape of which only some values have to be, and the shapes that those must not be.
#[derive(Debug, Clone)]
pub(super) struct Qualified {
    pub(super) shape: Place,
    pub(super) others: Vec<Place>,
}

/// A constraint that is a query: each of its rows is a violation.
#[derive(Debug, Clone)]
pub(super) struct Sparql {
    pub(super) id: Term,
    /// PREFIX lines.
    pub(super) prologue: String,
    /// The SELECT, with the path in place of `$PATH`.
    pub(super) select: String,
    pub(super) messages: Vec<Literal>,
}

impl Constraint {
    /// The local name of the constraint component in SHACL.
    pub(super) const fn component(&self) -> &'static str {
        match self {
            Self::Class(_) => "ClassConstraintComponent",
            Self::Datatype(_) => "DatatypeConstraintComponent",
            Self::NodeKind(_) => "NodeKindConstraintComponent",
            Self::MinCount(_) => "MinCountConstraintComponent",
            Self::MaxCount(_) => "MaxCountConstraintComponent",
            Self::Bound(Bound::MinExclusive, _) => "MinExclusiveConstraintComponent",
            Self::Bound(Bound::MinInclusive, _) => "MinInclusiveConstraintComponent",
            Self::Bound(Bound::MaxExclusive, _) => "MaxExclusiveConstraintComponent",
            Self::Bound(Bound::MaxInclusive, _) => "MaxInclusiveConstraintComponent",
            Self::MinLength(_) => "MinLengthConstraintComponent",
            Self::MaxLength(_) => "MaxLengthConstraintComponent",
            Self::Pattern { .. } => "PatternConstraintComponent",
            Self::LanguageIn(_) => "LanguageInConstraintComponent",
            Self::UniqueLang => "UniqueLangConstraintComponent",
            Self::Equals(_) => "EqualsConstraintComponent",
            Self::Disjoint(_) => "DisjointConstraintComponent",
            Self::LessThan(_) => "LessThanConstraintComponent",
            Self::LessThanOrEquals(_) => "LessThanOrEqualsConstraintComponent",
            Self::Not(_) => "NotConstraintComponent",
            Self::And(_) => "AndConstraintComponent",
            Self::Or(_) => "OrConstraintComponent",
            Self::Xone(_) => "XoneConstraintComponent",
            Self::Node(_) => "NodeConstraintComponent",
            Self::Property(_) => "PropertyShapeComponent",
            Self::QualifiedMin(..) => "QualifiedMinCountConstraintComponent",
            Self::QualifiedMax(..) => "QualifiedMaxCountConstraintComponent",
            Self::Closed { .. } => "ClosedConstraintComponent",
            Self::HasValue(_) => "HasValueConstraintComponent",
            Self::In(_) => "InConstraintComponent",
            Self::Sparql(_) => "SPARQLConstraintComponent",
        }
    }

    /// The shapes that this demand refers to.
    pub(super) fn refers_to(&self) -> Vec<Place> {
        match self {
            Self::Not(place) | Self::Node(place) | Self::Property(place) => vec![*place],
            Self::And(places) | Self::Or(places) | Self::Xone(places) => places.clone(),
            Self::QualifiedMin(qualified, _) | Self::QualifiedMax(qualified, _) => {
                qualified.others.iter().copied().chain([qualified.shape]).collect()
            }
            _ => Vec::new(),
        }
    }

    /// What is demanded, for a message: a number, a class, a pattern, the values of a list.
    pub(super) fn shown(&self, shapes: &Shapes) -> String {
        let name = |place: &Place| shapes.shapes.get(*place).map_or_else(String::new, |shape| shape.described(shapes));
        let join = |parts: Vec<String>| parts.join(", ");
        match self {
            Self::Class(node)
            | Self::Datatype(node)
            | Self::Equals(node)
            | Self::Disjoint(node)
            | Self::LessThan(node)
            | Self::LessThanOrEquals(node) => short(&node.clone().into()),
            Self::NodeKind(kind) => kind.shown(),
            Self::MinCount(n)
            | Self::MaxCount(n)
            | Self::MinLength(n)
            | Self::MaxLength(n)
            | Self::QualifiedMin(_, n)
            | Self::QualifiedMax(_, n) => n.to_string(),
            Self::Bound(_, bound) => bound.value().to_owned(),
            Self::Pattern { regex, .. } => regex.clone(),
            Self::LanguageIn(languages) => join(languages.clone()),
            Self::Not(place) | Self::Node(place) | Self::Property(place) => name(place),
            Self::And(places) | Self::Or(places) | Self::Xone(places) => join(places.iter().map(name).collect()),
            Self::Closed { allowed } => join(allowed.iter().map(|node| short(&node.clone().into())).collect()),
            Self::HasValue(value) => short(value),
            Self::In(values) => join(values.iter().map(short).collect()),
            Self::UniqueLang | Self::Sparql(_) => String::new(),
        }
    }
}

impl NodeKind {
    fn shown(self) -> String {
        let named = [(self.iri, "IRI"), (self.blank, "blank node"), (self.literal, "literal")];
        let kinds: Vec<&str> = named.into_iter().filter_map(|(is, name)| is.then_some(name)).collect();
        kinds.join(" | ")
    }
}

impl Shape {
    /// What the shape is called in messages: its IRI, or what it demands where it has none.
    fn described(&self, shapes: &Shapes) -> String {
        if matches!(self.id, Term::NamedNode(_)) {
            return short(&self.id);
        }
        let demands = self.constraints.iter().map(|constraint| constraint.shown(shapes));
        demands.filter(|demand| !demand.is_empty()).collect::<Vec<_>>().join(" ")
    }
}
