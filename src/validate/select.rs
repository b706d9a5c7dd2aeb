//! Which query does an `sh:sparql` constraint make? Its text with prefixes and path, if SHACL lets it say what it says.

use std::collections::BTreeSet;
use std::fmt::Write;

use oxigraph::model::Term;

use super::error::Error;
use super::graph::{Graph, SH};

use super::shape::{Shape, Sparql};
use super::values::{flag, invalid, literal, messages, unsupported};

const IMPORTS: &str = "http://www.w3.org/2002/07/owl#imports";

/// What SHACL forbids in such a query, since `$this` would not reach it, and what this program does not have.
const FORBIDDEN: [&str; 6] = ["MINUS", "VALUES", "SERVICE", "$shapesGraph", "$currentShape", "?shapesGraph"];

/// The query of a constraint; `None` for one that is switched off.
pub(super) fn select(graph: &Graph, shape: &Shape, constraint: &Term) -> Result<Option<Sparql>, Error> {
    let id = &shape.id;
    if flag(graph, constraint, "deactivated")? {
        return Ok(None);
    }
    for (property, _) in graph.about(constraint) {
        if let Some(name) = property.as_str().strip_prefix(SH)
            && constraint != id
            && !["select", "prefixes", "message", "deactivated"].contains(&name)
        {
            return Err(unsupported(id, &format!("sh:{name} within sh:sparql"), "write an sh:select"));
        }
    }
    let mut selects = graph.sh(constraint, "select");
    let (Some(text), None) = (selects.next(), selects.next()) else {
        return Err(invalid(id, "sh:sparql", constraint, "a node with one sh:select"));
    };
    let mut select = literal(id, "sh:select", text)?.value().trim().to_owned();
    let code = bare(&select);
    let word = |wanted: &str| {
        code.split(|c: char| c.is_whitespace() || "{}().;,".contains(c)).any(|word| word.eq_ignore_ascii_case(wanted))
    };
    if let Some(name) = FORBIDDEN.iter().find(|name| word(name)) {
        return Err(unsupported(
            id,
            &format!("{name} within sh:select"),
            "say it with FILTER NOT EXISTS, FILTER (... IN (...)) or UNION",
        ));
    }
    let selects = code.to_ascii_uppercase().matches("SELECT").count();
    if selects != 1 || !code.to_ascii_uppercase().starts_with("SELECT") {
        return Err(unsupported(
            id,
            "an sh:select that is not a single SELECT",
            "declare prefixes by sh:prefixes and write one SELECT",
        ));
    }
    if !code.contains("$this") && !code.contains("?this") {
        return Err(invalid(id, "sh:select", text, "a SELECT that gives $this"));
    }
    if let Some(path) = &shape.path {
        select = select.replace("$PATH", &path.sparql());
    }
    let prologue = prologue(graph, constraint)?;
    Ok(Some(Sparql { id: constraint.clone(), prologue, select, messages: messages(graph, constraint)? }))
}

/// The prefixes of a constraint: those that the nodes named by `sh:prefixes` declare, and the nodes that those import.
fn prologue(graph: &Graph, constraint: &Term) -> Result<String, Error> {
    let mut waiting: Vec<Term> = graph.sh(constraint, "prefixes").cloned().collect();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut lines = BTreeSet::new();
    while let Some(holder) = waiting.pop() {
        if !seen.insert(holder.to_string()) {
            continue;
        }
        waiting.extend(graph.values(&holder, IMPORTS).cloned());
        for declared in graph.sh(&holder, "declare") {
            let of = |name: &'static str| match graph.sh(declared, name).next() {
                Some(Term::Literal(literal)) => Ok(literal.value().to_owned()),
                Some(Term::NamedNode(node)) => Ok(node.as_str().to_owned()),
                _ => Err(invalid(&holder, "sh:declare", declared, "a node with sh:prefix and sh:namespace")),
            };
            lines.insert((of("prefix")?, of("namespace")?));
        }
    }
    Ok(lines.into_iter().fold(String::new(), |mut text, (prefix, namespace)| {
        // Writing to a string does not fail.
        let _ = writeln!(text, "PREFIX {prefix}: <{namespace}>");
        text
    }))
}

/// The text without what stands in quotation marks, between angle brackets and behind `#`.
fn bare(text: &str) -> String {
    let mut bare = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' | '\'' => {
                while let Some(inner) = chars.next() {
                    if inner == '\\' {
                        chars.next();
                    } else if inner == c {
                        break;
                    }
                }
                bare.push(' ');
            }
            '<' if chars.peek().is_some_and(|next| next.is_alphabetic()) => {
                chars.by_ref().find(|inner| *inner == '>');
                bare.push(' ');
            }
            '#' => {
                chars.by_ref().find(|inner| *inner == '\n');
                bare.push(' ');
            }
            c => bare.push(c),
        }
    }
    bare.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_strings_iris_and_comments_are_no_code() {
        assert_eq!(bare("SELECT $this { ?a <http://x/MINUS> \"VALUES \\\" #\" } # MINUS"), "SELECT $this { ?a     }");
        assert_eq!(bare("FILTER(?a <?b && ?b < 3)"), "FILTER(?a <?b && ?b < 3)");
    }
}
