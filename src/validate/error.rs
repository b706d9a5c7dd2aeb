//! What can go wrong with shapes, and what to do about it.

use std::io;
use std::path::PathBuf;

use crate::query;

/// Why a store was not validated. A store that breaks the shapes is no error but a [`super::Report`].
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file of shapes cannot be read.
    #[error("cannot read the shapes in {}; name a Turtle file with --shapes, or leave it out to use the program's own", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file of shapes is not Turtle.
    #[error("{file} is not valid Turtle{}: {message}; mend the file there", place(*.line, *.column))]
    Turtle {
        /// The file.
        file: String,
        /// Line, counted from 1, where it is known.
        line: Option<u64>,
        /// Character in the line, counted from 1, where it is known.
        column: Option<u64>,
        /// What the parser says.
        message: String,
    },
    /// The file has no shape that would ever be looked at.
    #[error(
        "{file} has no shape with a target, so there is nothing to check; give one sh:targetClass, sh:targetNode, \
         sh:targetSubjectsOf or sh:targetObjectsOf"
    )]
    NoTarget {
        /// The file.
        file: String,
    },
    /// A shape says something that this program does not understand, so that nothing is checked rather than a part.
    #[error("{shape} says {what}, which is not supported{}; {advice}", did_you_mean(.suggestions))]
    Unsupported {
        /// The shape.
        shape: String,
        /// The property, or the use of one.
        what: String,
        /// Properties that are spelled alike.
        suggestions: Vec<String>,
        /// What to do.
        advice: &'static str,
    },
    /// The value of a property of a shape is not what it has to be.
    #[error("{shape} says {property} {value}, but it takes {expected}")]
    Invalid {
        /// The shape.
        shape: String,
        /// The property.
        property: String,
        /// The value.
        value: String,
        /// What is expected, in words.
        expected: &'static str,
    },
    /// A shape needs itself to say whether a node conforms, which SHACL leaves undefined.
    #[error(
        "{shape} refers to itself, directly or by way of other shapes; SHACL does not say what that means: break the circle"
    )]
    Recursive {
        /// The shape.
        shape: String,
    },
    /// A query that a constraint became has no answer.
    #[error("{component} of {shape} could not be checked")]
    Query {
        /// The shape.
        shape: String,
        /// The constraint component.
        component: String,
        /// Why the query has no answer.
        source: Box<query::Error>,
    },
    /// The classes or the passages of the store could not be asked for.
    #[error(transparent)]
    Store(#[from] query::Error),
    /// The report cannot be written.
    #[error("cannot write the report")]
    Write(#[from] io::Error),
}

fn place(line: Option<u64>, column: Option<u64>) -> String {
    match (line, column) {
        (Some(line), Some(column)) => format!(" at line {line}, column {column}"),
        (Some(line), None) => format!(" at line {line}"),
        _ => String::new(),
    }
}

fn did_you_mean(suggestions: &[String]) -> String {
    if suggestions.is_empty() { String::new() } else { format!(" (did you mean {}?)", suggestions.join(", ")) }
}
