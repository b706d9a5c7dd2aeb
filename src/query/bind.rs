//! From what a person typed to terms of the graph.

use std::collections::BTreeMap;
use std::str::FromStr;

use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNode, Term};
use oxigraph::sparql::Variable;
use oxigraph::store::Store;

use super::error::Error;
use super::fact::fact;
use super::names::find;
use super::question::{Parameter, ParameterType, Question};

/// Values for some variables of a query, and perhaps a limit on its rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bindings {
    terms: BTreeMap<Variable, Term>,
    limit: Option<usize>,
}

impl Bindings {
    /// Gives `variable` a value; an IRI or a literal.
    #[must_use]
    pub fn with(mut self, variable: Variable, value: impl Into<Value>) -> Self {
        self.terms.insert(variable, value.into().0);
        self
    }

    /// The values by variable.
    #[must_use]
    pub const fn terms(&self) -> &BTreeMap<Variable, Term> {
        &self.terms
    }

    /// The limit on rows that takes the place of the query's own.
    #[must_use]
    pub const fn limit(&self) -> Option<usize> {
        self.limit
    }
}

/// A term that a variable can be replaced by: a blank node would be another variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value(Term);

impl From<NamedNode> for Value {
    fn from(node: NamedNode) -> Self {
        Self(node.into())
    }
}

impl From<Literal> for Value {
    fn from(literal: Literal) -> Self {
        Self(literal.into())
    }
}

impl Question {
    /// Turns parameters as a person gives them, `(name, value)`, into bindings, with the defaults for the others.
    ///
    /// An empty value stands for any, also where there is a default.
    ///
    /// The variables of a text without a header can be given any term in SPARQL's notation (`<IRI>`, `"text"@zh`,
    /// `2021`); what has no such form is taken as plain text.
    ///
    /// # Errors
    /// An unknown, repeated or missing parameter; a value that has not the parameter's type; a name that the store
    /// does not know, with names spelled alike, or knows more than once, with what it may mean.
    pub fn bind(&self, store: &Store, given: &[(String, String)]) -> Result<Bindings, Error> {
        for (position, (name, _)) in given.iter().enumerate() {
            if given[..position].iter().any(|(earlier, _)| earlier == name) {
                return Err(Error::RepeatedParameter { name: name.clone() });
            }
        }
        let Some(parameters) = self.parameters() else { return self.bind_untyped(given) };
        if let Some((name, _)) = given.iter().find(|(name, _)| !parameters.iter().any(|known| known.name == *name)) {
            let known = parameters.iter().map(|parameter| parameter.name.clone()).collect();
            return Err(Error::UnknownParameter { query: self.name().to_owned(), name: name.clone(), known });
        }
        let mut bindings = Bindings::default();
        for parameter in parameters {
            let value = given.iter().find(|(name, _)| *name == parameter.name).map(|(_, value)| value.trim());
            match value.or(parameter.default.as_deref()) {
                // An empty value takes a default away: any will do.
                Some("") if !parameter.required => {}
                Some(value) if !value.is_empty() => bindings.add(store, parameter, value)?,
                _ if parameter.required => {
                    return Err(Error::MissingParameter {
                        query: self.name().to_owned(),
                        name: parameter.name.clone(),
                        example: parameter.example.clone().unwrap_or_else(|| "\u{2026}".to_owned()),
                    });
                }
                _ => {}
            }
        }
        Ok(bindings)
    }

    fn bind_untyped(&self, given: &[(String, String)]) -> Result<Bindings, Error> {
        let known = variables(self.text());
        let mut bindings = Bindings::default();
        for (name, value) in given {
            let Some(variable) = known.iter().find(|known| known.as_str() == name) else {
                let known = known.iter().map(|variable| variable.as_str().to_owned()).collect();
                return Err(Error::UnknownParameter { query: self.name().to_owned(), name: name.clone(), known });
            };
            let term = match Term::from_str(value.trim()) {
                Ok(term @ (Term::NamedNode(_) | Term::Literal(_))) => term,
                _ => Literal::from(value.trim()).into(),
            };
            bindings.terms.insert(variable.clone(), term);
        }
        Ok(bindings)
    }
}

impl Bindings {
    fn add(&mut self, store: &Store, parameter: &Parameter, value: &str) -> Result<(), Error> {
        if parameter.kind == ParameterType::Limit {
            let invalid = || invalid(&parameter.name, value, "a number of rows");
            self.limit = Some(value.parse().map_err(|_| invalid())?);
            return Ok(());
        }
        let term = resolve(store, parameter.kind, &parameter.name, value)?;
        // `question.rs` has checked that each name is a variable's.
        self.terms.insert(Variable::new_unchecked(&parameter.name), term);
        Ok(())
    }
}

fn invalid(name: &str, value: &str, expected: &'static str) -> Error {
    Error::InvalidValue { name: name.to_owned(), value: value.to_owned(), expected }
}

/// What a person means by `value`, given for the parameter `name` of this type: a region by its name or code, a year by
/// its digits, anything by its IRI.
///
/// # Errors
/// A value that has not the type; a name that the store does not know, with names spelled alike, or knows more than
/// once, with what it may mean.
pub fn resolve(store: &Store, kind: ParameterType, name: &str, value: &str) -> Result<Term, Error> {
    Ok(match kind {
        ParameterType::String => Literal::from(value).into(),
        ParameterType::Integer | ParameterType::Limit => {
            Literal::from(value.parse::<i64>().map_err(|_| invalid(name, value, "a whole number"))?).into()
        }
        ParameterType::Year if value.len() == 4 && value.bytes().all(|byte| byte.is_ascii_digit()) => {
            Literal::new_typed_literal(value, xsd::G_YEAR).into()
        }
        ParameterType::Fact => fact(store, name, value)?.into(),
        ParameterType::Year => return Err(invalid(name, value, "a year of four digits, such as 2021")),
        kind => match iri(value) {
            Some(iri) => NamedNode::new(iri).map_err(|_| invalid(name, value, "an absolute IRI"))?.into(),
            None => find(store, kind, name, value)?.into(),
        },
    })
}

/// A thing may be named by its IRI, with angle brackets or without.
pub(super) fn iri(value: &str) -> Option<&str> {
    let bracketed = value.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    bracketed.or_else(|| (value.starts_with("http://") || value.starts_with("https://")).then_some(value))
}

/// The names after `?` and `$` in a text, in order, each once.
fn variables(text: &str) -> Vec<Variable> {
    let mut found: Vec<Variable> = Vec::new();
    for piece in text.split(['?', '$']).skip(1) {
        let name: String = piece.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        if let Ok(variable) = Variable::new(name)
            && !found.contains(&variable)
        {
            found.push(variable);
        }
    }
    found
}
