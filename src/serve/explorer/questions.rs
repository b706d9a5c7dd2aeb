//! The page of all questions, in the groups of the catalogue.

use std::collections::BTreeSet;

use axum::response::Response;
use minijinja::context;
use serde::Serialize;

use super::view;
use crate::query::{Question, Text, catalogue, groups};
use crate::serve::problem::Problem;

#[derive(Serialize)]
struct Listed<'a> {
    name: &'a str,
    title: Option<&'a Text>,
    description: Option<&'a Text>,
}

impl<'a> Listed<'a> {
    fn of(question: &'a Question) -> Self {
        Self { name: question.name(), title: question.title(), description: question.description() }
    }
}

#[derive(Serialize)]
struct Group<'a> {
    title: &'a Text,
    questions: Vec<Listed<'a>>,
}

pub(in crate::serve) fn page() -> Result<Response, Problem> {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let mut listed: Vec<Group> = Vec::new();
    for group in groups() {
        let names = group.questions.iter().flat_map(|question| &question.answers).filter_map(|way| way.query());
        // A query that answers questions of several groups is listed with the first.
        let names: Vec<&str> = names.filter(|name| told.insert(name)).collect();
        let known = names.iter().filter_map(|name| catalogue().iter().find(|question| question.name() == *name));
        let questions: Vec<Listed> = known.map(Listed::of).collect();
        if !questions.is_empty() {
            listed.push(Group { title: &group.title, questions });
        }
    }
    let others: Vec<Listed> =
        catalogue().iter().filter(|question| !told.contains(question.name())).map(Listed::of).collect();
    view::page("questions.html", "q", &context! { groups => view::value(&listed), others => view::value(&others) })
}
